"""``/reconcile`` over HTTP as OpenRefine asks it, its answers held against the JSON schemas.

The published schemas (W3C Software and Document License) are no part of the checkout; where they
lie beside it, they hold too: ``shared/reconciliation-api/0.2/schemas`` of
https://github.com/reconciliation-api/specs.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from flask.testing import FlaskClient
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from api import app_over
from api.site import Site
from tests.api.conftest import REPOSITORY
from tests.api.serving import serving

OURS = json.loads(Path(__file__).with_name("reconciliation.json").read_text(encoding="utf-8"))
PUBLISHED = REPOSITORY.parent / "shared/reconciliation-api/0.2/schemas"
CLIENT = REPOSITORY / ".venv-clients/bin/python"
BASE = "http://localhost:8080/"
EXPERTS = "project/13031121EN1GSCNSBU2TQ"  # line 2142; named 专家评审费 in line 2144
CENTRE = "org/qhd-etdz/442004"  # 秦皇岛经济技术开发区政府采购中心

PREFIXES = """@base <http://localhost:8080/id/> .
@prefix bp: <https://w3id.org/budgetkg/ontology/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NAMED = """
<project/CODE> a bp:BudgetProject ; bp:sourceLocation <document/CODE#line=0,1> .
<project/CODE/budget/2021> a bp:ProjectBudget ; bp:project <project/CODE> ; bp:projectCode "CODE" ;
    skos:prefLabel "办公费"@zh ; prov:wasDerivedFrom <document/CODE> .
<document/CODE#line=0,1> oa:hasSource <document/CODE> .
"""


def published(uri: str) -> Resource[Any]:
    """Return the published schema *uri*; one of another publisher allows everything."""
    path = PUBLISHED / uri.rpartition("/")[2]
    contents = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return Resource.from_contents(contents, default_specification=DRAFT7)


def check(name: str, answer: Any) -> None:
    """Fail unless *answer* is of the schema *name*, ours and the published one."""
    Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": OURS["$defs"]}).validate(answer)
    if PUBLISHED.is_dir():
        schema = json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))
        Draft7Validator(schema, registry=Registry(retrieve=published)).validate(answer)


@pytest.fixture(scope="module")
def url(site: Site) -> Iterator[str]:
    with serving(lambda _address: app_over(site)) as address:
        yield address + "reconcile"


def post(url: str, **form: Any) -> requests.Response:
    return requests.post(
        url, data={name: json.dumps(value) for name, value in form.items()}, timeout=30
    )


def reconciled(url: str, query: str | None = None, **more: Any) -> list[dict[str, Any]]:
    """Return the candidates of one query, checked against the schemas."""
    asked = {**({"query": query} if query is not None else {}), **more}
    answer = post(url, queries={"q0": asked}).json()
    check("reconciliation-result-batch", answer)
    found: list[dict[str, Any]] = answer["q0"]["result"]
    return found


def test_the_published_schemas_are_there() -> None:
    if not PUBLISHED.is_dir():
        pytest.skip(f"the published schemas are not in {PUBLISHED}; ours hold alone")
    assert {path.name for path in PUBLISHED.glob("*.json")} >= {
        "manifest.json",
        "reconciliation-result-batch.json",
        "data-extension-response.json",
    }


def test_the_manifest_names_every_part_of_the_service(url: str) -> None:
    manifest = requests.get(url, timeout=30).json()
    check("manifest", manifest)
    assert manifest["identifierSpace"] == BASE + "id/"
    assert manifest["schemaSpace"] == "https://w3id.org/budgetkg/ontology/"
    assert manifest["view"]["url"] == BASE + "id/{{id}}"
    assert {"id": "BudgetProject", "name": "预算项目"} in manifest["defaultTypes"]


def test_what_the_manifest_names_is_there(url: str) -> None:
    manifest = requests.get(url, timeout=30).json()
    there = url.removesuffix("reconcile")
    encoded = quote(EXPERTS, safe="")
    paths = [each["service_url"] + each["service_path"] for each in manifest["suggest"].values()]
    paths += [
        manifest["preview"]["url"].replace("{{id}}", encoded),
        manifest["view"]["url"].replace("{{id}}", encoded),
    ]
    for path in paths:
        assert path.startswith(BASE)
        answer = requests.get(there + path.removeprefix(BASE), timeout=30)
        assert answer.status_code == 200, path


@pytest.mark.parametrize(
    "written",
    [
        "专家评审费",
        "專家評審費",
        " 专家 评审费",
        "“专家评审费”",
        "13031121EN1GSCNSBU2TQ",
        "13031121en1gscnsbu2tq",
        EXPERTS,
        BASE + "id/" + EXPERTS,
    ],
)
def test_the_very_name_code_or_identifier_is_a_match(url: str, written: str) -> None:
    first = reconciled(url, written, type="BudgetProject")[0]
    assert (first["id"], first["score"], first["match"]) == (EXPERTS, 100, True)
    assert first["name"] == "专家评审费"
    assert first["description"] == "预算项目 · 13031121EN1GSCNSBU2TQ · 2021"


def test_one_result_alone_is_a_match(url: str) -> None:
    assert [each["match"] for each in reconciled(url, "专家评审费")].count(True) == 1


def test_a_variant_is_offered_but_never_a_match(url: str) -> None:
    first = reconciled(url, "2021年专家评审费项目")[0]
    assert (first["id"], first["score"], first["match"]) == (EXPERTS, 95, False)


def test_a_part_of_a_name_finds_the_whole(url: str) -> None:
    first = reconciled(url, "政府采购中心", type="BudgetUnit")[0]
    assert (first["id"], first["match"]) == (CENTRE, False)
    assert 50 < first["score"] < 90


def test_a_name_that_two_things_print_is_no_match_until_the_type_tells(url: str) -> None:
    # The disclosure prints its own office both with and without （本级）.
    office = "秦皇岛经济技术开发区行政审批局"
    found = {each["id"]: each for each in reconciled(url, office)}
    assert not any(each["match"] for each in found.values())
    assert found["org/qhd-etdz/442"]["score"] == found["org/qhd-etdz/442001"]["score"] == 100
    (department,) = reconciled(url, office, type="BudgetDepartment")
    assert (department["id"], department["match"]) == ("org/qhd-etdz/442", True)


def test_namesakes_are_told_apart_by_what_stands_beside(url: str) -> None:
    # 维护社会稳定 is an indicator of several projects, twice of 130311210GSGT4IDZUISX: 5 and 7.
    project = {"pid": "project", "v": {"id": "project/130311210GSGT4IDZUISX"}}
    kind = "PerformanceIndicator"
    assert not any(each["match"] for each in reconciled(url, "维护社会稳定", type=kind))
    of_project = reconciled(url, "维护社会稳定", type=kind, properties=[project])
    assert not any(each["match"] for each in of_project)
    fifth = [project, {"pid": "order", "v": 5}]
    first = reconciled(url, "维护社会稳定", type=kind, properties=fifth)[0]
    assert first["id"] == "project/130311210GSGT4IDZUISX/budget/2021/indicator/5"
    assert first["match"]


def test_of_very_many_namesakes_none_is_a_match(
    client_over: Callable[[bytes], FlaskClient],
) -> None:
    graph = PREFIXES + "".join(NAMED.replace("CODE", f"X{n}") for n in range(1200))
    client, batch = client_over(graph.encode()), {"q": {"query": "办公费"}, "r": {"query": "X7"}}
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)}).get_json()
    assert {(each["score"], each["match"]) for each in answer["q"]["result"]} == {(100, False)}
    assert [each["id"] for each in answer["r"]["result"] if each["match"]] == ["project/X7"]


@pytest.mark.parametrize(
    ("pid", "value", "agrees"),
    [
        ("budgetAmount", "120000", True),  # line 2148: 12.00 万元
        ("budgetAmount", 120000.0, True),
        ("budgetAmount", "12万元", True),
        ("budgetAmount", "13万元", False),
        ("fiscalYear", "2021", True),
        ("fiscalYear", 2020, False),
        ("responsibleUnit", {"id": CENTRE, "name": "政府采购中心"}, True),
        ("responsibleUnit", "442004", True),
        ("responsibleUnit", "秦皇島經濟技術開發區政府採購中心", True),
        ("responsibleUnit", ["442003", "442004"], True),
        ("https://w3id.org/budgetkg/ontology/projectCode", "13031121EN1GSCNSBU2TQ", True),
        ("noSuchProperty", "x", False),
    ],
)
def test_what_stands_beside_a_name_agrees_or_lowers_the_score(
    url: str, pid: str, value: Any, agrees: bool
) -> None:
    first = reconciled(url, "专家评审费", properties=[{"pid": pid, "v": value}])[0]
    assert first["id"] == EXPERTS
    assert (first["score"] == 100, first["match"]) == (agrees, agrees)
    assert {"id": "properties_agreeing", "value": float(agrees)} in first["features"]


def test_a_query_may_have_properties_alone(url: str) -> None:
    code = {"pid": "projectCode", "v": "13031121EN1GSCNSBU2TQ"}
    assert [each["id"] for each in reconciled(url, properties=[code])] == [EXPERTS]


def test_a_strict_type_excludes_and_should_only_prefers(url: str) -> None:
    assert reconciled(url, "专家评审费", type="BudgetUnit", type_strict="any") == []
    others = reconciled(url, "专家评审费", type=["BudgetUnit"], type_strict="should")
    assert others[0]["id"] == EXPERTS
    assert not any(each["match"] for each in others)
    units = reconciled(url, "行政审批", type="BudgetUnit", type_strict="should")
    assert {each["type"][0]["id"] for each in units} == {"BudgetUnit"}


def test_candidates_come_best_first_and_as_many_as_asked(url: str) -> None:
    found = reconciled(url, "评审", limit=3)
    assert len(found) == 3
    assert [each["score"] for each in found] == sorted(
        (each["score"] for each in found), reverse=True
    )


def test_nothing_like_it_is_no_candidate(url: str) -> None:
    assert reconciled(url, "冰壶世锦赛") == []
    assert reconciled(url, "***") == []


def test_a_batch_is_answered_by_get_too_each_query_by_its_name(url: str) -> None:
    # OpenRefine asks for the first rows of a column, to guess its type.
    batch = {"q0": {"query": "专家评审费", "limit": 3}, "q1": {"query": "442004", "limit": 3}}
    answer = requests.get(url, params={"queries": json.dumps(batch)}, timeout=30).json()
    check("reconciliation-result-batch", answer)
    assert {name: of["result"][0]["id"] for name, of in answer.items()} == {
        "q0": EXPERTS,
        "q1": CENTRE,
    }


def test_other_sites_may_ask(url: str) -> None:
    answer = requests.get(url, headers={"Origin": "https://example.org"}, timeout=30)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    preflight = requests.options(url, headers={"Origin": "https://example.org"}, timeout=30)
    assert {"GET", "POST"} <= set(preflight.headers["Access-Control-Allow-Methods"].split(", "))


def test_a_callback_makes_no_script(url: str) -> None:
    answer = requests.get(url, params={"callback": "alert(1)"}, timeout=30)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.text.startswith("{")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"queries": "{"}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q0": "专家"}'}, 400),
        ({"queries": '{"q0": {}}'}, 400),
        ({"queries": '{"q0": {"query": 7}}'}, 400),
        ({"queries": '{"q0": {"query": "\\ud800"}}'}, 400),
        ({"queries": '{"\\ud800": {"query": "x"}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "limit": 0}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "limit": NaN}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "limit": 1e999}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "type": [7]}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "type_strict": "none"}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "properties": [{"pid": "order"}]}}'}, 400),
        ({"queries": '{"q0": {"query": "x", "properties": {}}}'}, 400),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}, 413),
        ({"extend": "{}"}, 400),
        ({"extend": '{"ids": [7], "properties": []}'}, 400),
        ({"extend": '{"ids": ["x"], "properties": ["order"]}'}, 400),
        ({"extend": json.dumps({"ids": ["x"] * 101, "properties": []})}, 413),
        ({"queries": "x" * 1_000_001}, 413),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    url: str, form: dict[str, str], status: int
) -> None:
    answer = requests.post(url, data=form, timeout=30)
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\ufffd", "％", "a/b", "../x", "<b>", "𠮷" * 999, "%", "?id=1#2"]
    + [f"{BASE}id/{odd}" for odd in ("", '<>" {}', "\x00", "%zz", "[", "##", "\ud7ff", "a" * 4900)],
)
def test_odd_text_is_answered(url: str, text: str) -> None:
    asked = {"query": text, "properties": [{"pid": text, "v": text}], "type": text}
    assert post(url, queries={text: asked}).status_code == 200
    assert post(url, extend={"ids": [text], "properties": [{"id": text}]}).status_code == 200
    for path in ("suggest/entity", "suggest/type", "suggest/property"):
        assert requests.get(f"{url}/{path}", params={"prefix": text}, timeout=30).ok
    assert requests.get(f"{url}/preview", params={"id": text}, timeout=30).status_code == 404


def test_columns_are_proposed_by_type(url: str) -> None:
    answer = requests.get(f"{url}/properties", params={"type": "BudgetProject"}, timeout=30).json()
    check("data-extension-property-proposal", answer)
    assert {"id": "budgetAmount", "name": "预算数（元）"} in answer["properties"]
    few = {"type": "BudgetProject", "limit": "2"}
    assert len(requests.get(f"{url}/properties", params=few, timeout=30).json()["properties"]) == 2


def test_a_batch_takes_no_longer_than_a_query_may(site: Site) -> None:
    hurried = app_over(replace(site, settings=replace(site.settings, query_timeout=0)))
    batches = {"queries": '{"a": {"query": "x"}}', "extend": '{"ids": ["x"], "properties": []}'}
    for name, batch in batches.items():
        answer = hurried.test_client().post("/reconcile", data={name: batch})
        assert answer.status_code == 504
        assert "send fewer" in answer.get_json()["error"]


@pytest.mark.parametrize("limit", ["-1", "x", "1.5", "99999", "\u0661"])
def test_a_limit_that_is_no_number_is_refused(url: str, limit: str) -> None:
    answer = requests.get(f"{url}/properties", params={"limit": limit}, timeout=30)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_columns_of_what_was_matched_are_fetched(url: str) -> None:
    columns = ["budgetAmount", "responsibleUnit", "fiscalYear", "purposeText", "skos:altLabel"]
    asked = {"ids": [EXPERTS, "project/none"], "properties": [{"id": name} for name in columns]}
    answer = post(url, extend=asked).json()
    check("data-extension-response", answer)
    assert [column["id"] for column in answer["meta"]] == columns
    assert answer["rows"] == {
        EXPERTS: {
            "budgetAmount": [{"int": 120000}],
            "responsibleUnit": [{"id": CENTRE, "name": "秦皇岛经济技术开发区政府采购中心"}],
            "fiscalYear": [{"str": "2021年度"}],
            "purposeText": [{"str": "组织开展政府采购工作中的专家评审费开支"}],
            "skos:altLabel": [],
        },
        "project/none": {name: [] for name in columns},
    }


def test_entities_are_suggested_by_the_beginning_of_a_name_or_code(url: str) -> None:
    def suggested(prefix: str, **more: Any) -> list[str]:
        answer = requests.get(
            f"{url}/suggest/entity", params={"prefix": prefix, **more}, timeout=30
        ).json()
        check("suggest-entities-response", answer)
        return [each["id"] for each in answer["result"]]

    assert suggested("专家评")[0] == suggested("專家評")[0] == EXPERTS
    assert suggested("13031121en1")[0] == suggested(EXPERTS)[0] == EXPERTS
    assert suggested("") == []
    two = suggested("秦皇岛")
    assert suggested("秦皇岛", cursor=1)[:3] == two[1:4]
    answer = requests.get(f"{url}/suggest/entity", params={"cursor": "-1"}, timeout=30)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("what", "prefix", "found"),
    [
        ("type", "项目", {"id": "BudgetProject", "name": "预算项目"}),
        ("type", "budgetp", {"id": "BudgetProject", "name": "预算项目"}),
        ("property", "预算数", {"id": "budgetAmount", "name": "预算数（元）"}),
        ("property", "budgetAmount", {"id": "budgetAmount", "name": "预算数（元）"}),
    ],
)
def test_types_and_properties_are_suggested(
    url: str, what: str, prefix: str, found: dict[str, str]
) -> None:
    answer = requests.get(f"{url}/suggest/{what}", params={"prefix": prefix}, timeout=30).json()
    check("suggest-types-response" if what == "type" else "suggest-properties-response", answer)
    assert found in answer["result"]


def test_names_are_english_for_who_asks_in_english(url: str) -> None:
    asked = {"prefix": "BudgetProject", "lang": "en"}
    answer = requests.get(f"{url}/suggest/type", params=asked, timeout=30)
    assert answer.json()["result"] == [{"id": "BudgetProject", "name": "budget project"}]
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_preview_alone_may_be_framed_by_other_sites(url: str) -> None:
    answer = requests.get(f"{url}/preview", params={"id": EXPERTS}, timeout=30)
    assert "专家评审费" in answer.text
    assert "120,000.00" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "object-src 'none'" in policy
    page = requests.get(url.replace("reconcile", "id/" + EXPERTS + ".html"), timeout=30)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.skipif(not CLIENT.exists(), reason="the client is not installed: see CONTRIBUTING.md")
def test_a_client_that_we_did_not_write_matches_a_column(url: str) -> None:
    script = REPOSITORY / "tests/clients/reconcile_column.py"
    done = subprocess.run(
        [str(CLIENT), str(script), url],
        input="name,year\n專家評審費,2021\n气候可行性,2021\n冰壶世锦赛,2021\n".encode(),
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = {row["input_value"]: row for row in csv.DictReader(io.StringIO(done.stdout.decode()))}
    assert (rows["專家評審費"]["id"], rows["專家評審費"]["match"]) == (EXPERTS, "True")
    assert rows["气候可行性"]["match"] == "False"
    assert rows["气候可行性"]["id"].startswith("project/")
    assert rows["冰壶世锦赛"]["id"] == ""
