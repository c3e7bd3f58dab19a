"""The generated modules are up to date, closed and unambiguous."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from ontology import generate, labels, vocabulary
from ontology.labels import SLUGS, slug_of
from ontology.namespaces import PREFIXES, SKOS
from ontology.terms import BP, CODES, concept, scheme

ROOT = Path(__file__).parents[2]


def test_generated_files_are_up_to_date() -> None:
    assert generate.main(["--check"]) == 0, "run: python -m ontology.generate"


def test_generation_gives_the_same_text_each_time() -> None:
    command = "from ontology import generate; print(''.join(generate.generated().values()))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_check_reports_a_stale_file_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate.main([], tmp_path) == 0
    (tmp_path / "labels.py").write_text("old", encoding="utf-8")
    capsys.readouterr()
    assert generate.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().out == "stale: labels.py\n"
    assert (tmp_path / "labels.py").read_text(encoding="utf-8") == "old"
    assert generate.main([], tmp_path) == 0
    assert generate.main(["--check"], tmp_path) == 0


def test_each_term_is_an_attribute_and_a_typo_raises() -> None:
    assert BP.cumulativePercent == URIRef(PREFIXES["bp"] + "cumulativePercent")
    attributes = {name for name in vars(BP) if not name.startswith("_")}
    assert attributes == {name for name, _ in vocabulary.terms(vocabulary.load())}
    with pytest.raises(AttributeError):
        _ = BP.cumulativePercnet  # type: ignore[attr-defined]  # a typo, on purpose


def test_a_code_is_found_by_list_and_slug_and_a_typo_raises() -> None:
    assert concept("indicator-type", "cost") == URIRef(PREFIXES["code"] + "indicator-type/cost")
    assert scheme("dq-issue") == URIRef(PREFIXES["code"] + "dq-issue")
    with pytest.raises(LookupError, match="no code 'costs' in 'indicator-type'"):
        concept("indicator-type", "costs")
    with pytest.raises(LookupError, match="no code list 'indicator'"):
        concept("indicator", "cost")


def test_codes_are_those_of_the_graph() -> None:
    graph = vocabulary.load()
    pairs = {(name, slug) for name, slugs in CODES.items() for slug in slugs}
    assert {concept(*pair) for pair in pairs} == set(graph.subjects(SKOS.inScheme))


def test_no_label_stands_for_two_codes_of_a_list_and_level() -> None:
    graph = vocabulary.load()
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, within in graph.subject_objects(SKOS.inScheme):
        level = "2" if (code, SKOS.broader, None) in graph else "1"
        within = f"{within}/{level}" if within == scheme("indicator-type") else str(within)
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(code, predicate):
                meanings[within, labels.spelling(str(label))].add(str(code))
    assert len(meanings) > 300
    assert {key: codes for key, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("name", "printed", "slug"),
    [
        ("figure", "部门预算收入", "income-total"),
        ("figure", "本年收入合计", "income-total"),
        ("figure", "财政拨款收入", "income-fiscal"),
        ("figure", "其他来源收入", "income-other"),
        ("figure", "其他收入", "income-other"),
        ("figure", "上级补助收入", "income-superior-subsidy"),
        ("figure", "支出合计", "expenditure-total"),
        ("figure", "上缴上级支出", "expenditure-to-superior"),
        ("figure", "公用经费", "expenditure-public"),
        ("figure", "“三公经费”", "three-public"),
        ("figure", "“三公”经费", "three-public"),
        ("figure", "“三公经费”增减", "three-public-change"),
        ("figure", "部门预算增减", "change-total"),
        ("figure", "公务出国", "abroad"),
        ("figure", "因公出国(境)费", "abroad"),
        ("figure", "公务用车运行维护费", "vehicle-running"),
        ("figure", "公务接待", "reception"),
        ("figure", "机关运行经费", "operating"),
        ("figure", "政府采购预算合计", "procurement-total"),
        ("indicator-type/1", "成本指标", "cost-category"),
        ("indicator-type/2", "成本指标", "cost"),
        ("indicator-type/2", "经济效益", "economic"),
        ("indicator-type/2", "满意度指标", "service-recipient"),
        ("indicator-type/2", " 服务对象 满意度指标\n", "service-recipient"),
        ("indicator-type/2", "环境效益指标", "ecological"),
        ("indicator-type/2", "生态环境成本指标", "ecological-cost"),
        ("unit-rank", "副处级", "deputy-division"),
        ("unit-nature", "参照公务员法管理事业", "civil-service-managed"),
        ("funding-mode", "财政性资金零补助", "fiscal-zero-subsidy"),
        ("monetary-unit", "万", "ten-thousand-yuan"),
        ("amount-component", "其中:财政资金", "fiscal"),
    ],
)
def test_a_printed_label_gives_its_slug(name: str, printed: str, slug: str) -> None:
    assert slug_of(name, printed) == slug


def test_an_unknown_label_gives_nothing_and_an_unknown_list_raises() -> None:
    assert slug_of("figure", "某某收入") is None
    assert slug_of("indicator-type/1", "数量指标") is None
    with pytest.raises(KeyError):
        slug_of("indicator-type", "数量指标")


def test_every_slug_that_a_label_gives_is_a_code() -> None:
    for name, table in SLUGS.items():
        assert set(table.values()) <= CODES[name.partition("/")[0]]


def test_labels_load_without_rdflib() -> None:
    command = "import sys, ontology.labels; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], cwd=ROOT).returncode == 0


def test_the_context_has_a_key_for_each_term() -> None:
    context = json.loads(vocabulary.context_text())["@context"]
    for name, term in vocabulary.terms(vocabulary.load()):
        definition = context[name]
        iri = definition["@id"] if isinstance(definition, dict) else definition
        assert PREFIXES["bp"] + iri.removeprefix("bp:") == str(term)
    assert context["budgetAmount"] == {"@id": "bp:budgetAmount", "@type": "xsd:decimal"}
    assert context["responsibleUnit"] == {"@id": "bp:responsibleUnit", "@type": "@id"}


def test_the_context_has_a_key_for_each_reused_term_that_the_shape_of_the_graph_names() -> None:
    page = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:dct|skos|prov|oa|rdf|rdfs):\w+)`", page))
    assert {"dct:isPartOf", "oa:hasTarget", "skos:altLabel"} <= named
    context = json.loads(vocabulary.context_text())["@context"]
    keyed = {value["@id"] if isinstance(value, dict) else value for value in context.values()}
    assert named - keyed == set()


def test_no_two_keys_of_the_context_mean_the_same() -> None:
    context = json.loads(vocabulary.context_text())["@context"]
    iris = [value["@id"] if isinstance(value, dict) else value for value in context.values()]
    assert [iri for iri, times in Counter(map(str, iris)).items() if times > 1] == []


def test_json_ld_with_the_context_keeps_every_statement_and_needs_no_prefix() -> None:
    text = """
    <http://x/b> a bp:ProjectBudget ; skos:prefLabel "专家评审费"@zh ; bp:projectCode "130311" ;
      bp:budgetAmount 120000.00 ; bp:purposeText "主要用于专家评审"@zh ;
      bp:responsibleUnit <http://x/u> ; dct:isPartOf <http://x/s> ;
      prov:wasDerivedFrom <http://x/d> ; bp:sourceLocation <http://x/d#line=2136,2235> .
    """
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    graph = Graph().parse(data=prefixes + text, format="turtle")
    context = json.loads(vocabulary.context_text())["@context"]
    written = graph.serialize(format="json-ld", context=context)
    keys = set(json.loads(written)) - {"@context"}
    assert {key for key in keys if ":" in key} == set()
    assert {"purposeText", "responsibleUnit", "isPartOf", "wasDerivedFrom"} <= keys
    assert isomorphic(Graph().parse(data=written, format="json-ld"), graph)
