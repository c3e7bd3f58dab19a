"""What every engine answers over graph.nq; the counts are counted by hand in that file."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.engine import Dataset, Engine
from kg.errors import QueryError

A = NamedNode("http://localhost/id/project/A")
B = NamedNode("http://localhost/id/project/B")
C = NamedNode("http://localhost/id/项目/丙")
LABEL = NamedNode("http://localhost/label")
JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(engine: Engine, query: str = COUNT, dataset: Dataset | None = None) -> int:
    body = engine.answer(query, JSON, dataset or Dataset()).body
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_without_a_dataset_a_query_sees_the_union_of_all_graphs(engine: Engine) -> None:
    assert count(engine) == 7


def test_from_narrows_the_query_to_one_graph(engine: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <http://localhost/graph/2> { ?s ?p ?o }"
    assert count(engine, query) == 3


def test_from_named_alone_leaves_the_default_graph_empty(engine: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM NAMED <http://localhost/graph/2> { ?s ?p ?o }"
    assert count(engine, query) == 0


def test_the_protocols_default_graph_overrides_from(engine: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <http://localhost/graph/2> { ?s ?p ?o }"
    assert count(engine, query, Dataset(default_graphs=("http://localhost/graph/1",))) == 4


def test_the_protocols_default_graph_hides_the_named_graphs(engine: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(engine, query, Dataset(default_graphs=("http://localhost/graph/1",))) == 0


def test_the_protocols_named_graph_is_the_only_named_graph(engine: Engine) -> None:
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(engine, query, Dataset(named_graphs=("http://localhost/graph/2",))) == 3


def test_a_dataset_that_is_not_an_iri_is_the_callers_error(engine: Engine) -> None:
    with pytest.raises(QueryError, match="not an absolute IRI"):
        engine.answer(COUNT, JSON, Dataset(default_graphs=("not an iri",)))


def test_rows_come_as_terms_in_order(engine: Engine) -> None:
    rows = engine.select("SELECT ?s ?o { ?s <http://localhost/amount> ?o } ORDER BY DESC(?o)")
    assert [row["s"] for row in rows] == [A, B, C]
    assert [Decimal(row["o"].value) for row in rows] == [
        Decimal("120000.00"),
        Decimal("35000.50"),
        Decimal(7),
    ]


def test_an_unbound_variable_is_absent_from_its_row(engine: Engine) -> None:
    rows = engine.select(
        "SELECT ?s ?x { ?s <http://localhost/label> ?l OPTIONAL { ?s <http://localhost/no> ?x } }"
    )
    assert len(rows) == 3
    assert all(list(row) == ["s"] for row in rows)


def test_a_projected_variable_takes_its_binding(engine: Engine) -> None:
    rows = engine.select("SELECT ?s ?l { ?s <http://localhost/label> ?l }", {"s": C})
    assert rows == [{"s": C, "l": Literal('say "SERVICE" \\ done', language="en")}]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?l { ?s ?p ?l }",
        "SELECT ?l { { ?x ?p ?l FILTER(?x = ?s) } UNION { ?s <http://localhost/no> ?l } }",
        "SELECT ?l { { SELECT ?l { ?s ?p ?l } } }",
    ],
)
def test_a_variable_that_is_not_projected_takes_its_binding_too(engine: Engine, query: str) -> None:
    rows = engine.select(query, {"s": B, "p": LABEL})
    assert rows == [{"l": Literal("档案整理费", language="zh")}]


def test_a_count_takes_bindings(engine: Engine) -> None:
    assert engine.select(COUNT, {"s": A}) == [
        {"n": Literal("3", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))}
    ]


def test_a_value_stays_one_term_whatever_it_holds(engine: Engine) -> None:
    hostile = Literal('x" } SERVICE <http://127.0.0.1/> { ?s ?p "\n\\')
    assert engine.ask('ASK { FILTER(STR(?v) = ?v && ?v != "?v") }', {"v": hostile})
    assert not engine.ask("ASK { ?s ?p ?v }", {"v": hostile})
    assert engine.select("SELECT ?v { BIND(1 AS ?x) FILTER(?x = 1) }", {"v": hostile}) == [
        {"v": hostile}
    ]


def test_a_binding_for_a_variable_the_query_lacks_is_an_error(engine: Engine) -> None:
    with pytest.raises(QueryError, match=r"no variable \?yaer"):
        engine.select("SELECT ?s { ?s ?p ?year }", {"yaer": Literal("2021")})


def test_a_blank_node_never_becomes_a_wildcard(engine: Engine) -> None:
    with pytest.raises(QueryError, match="blank node"):
        engine.ask("ASK { ?s ?p ?o }", {"s": BlankNode("b")})


def test_ask_and_construct_take_bindings(engine: Engine) -> None:
    assert engine.ask("ASK { ?s ?p ?o }", {"s": A})
    assert not engine.ask("ASK { ?s ?p ?o }", {"s": NamedNode("http://localhost/none")})
    described = engine.construct("DESCRIBE ?s", {"s": A})
    assert len(described) == 3
    assert {triple.subject for triple in described} == {A}


def test_construct_gives_each_triple_once(engine: Engine) -> None:
    query = "CONSTRUCT { <http://localhost/a> <http://localhost/b> 1 } WHERE { ?s ?p ?o }"
    assert len(engine.construct(query)) == 1


@pytest.mark.parametrize(
    ("method", "query"),
    [("select", "ASK {}"), ("ask", "SELECT * {}"), ("construct", "ASK {}")],
)
def test_a_query_of_another_form_is_refused(engine: Engine, method: str, query: str) -> None:
    with pytest.raises(QueryError, match="expected"):
        getattr(engine, method)(query)


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z <http://localhost/label> ?a . ?z <http://localhost/amount> ?m }", "zam"),
        ("SELECT DISTINCT * WHERE { ?z ?p ?a }", "zpa"),
        ("SELECT*{?z ?p ?a # ?b\n FILTER(?a != '?c')}", "zpa"),
        ("SELECT * { ?z ?p ?a MINUS { ?q ?p 1 } { SELECT ?z { ?z ?y ?x } } }", "zpa"),
        ("SELECT ?b ?a { BIND(1 AS ?a) BIND(2 AS ?b) }", "ba"),
    ],
)
def test_columns_are_in_the_order_of_the_query(engine: Engine, query: str, columns: str) -> None:
    assert json.loads(engine.answer(query, JSON).body)["head"]["vars"] == list(columns)


def test_select_star_without_variables_is_answered(engine: Engine) -> None:
    assert json.loads(engine.answer("SELECT * {}", JSON).body)["results"]["bindings"] == [{}]


def test_rows_in_csv_and_tsv_and_xml(engine: Engine) -> None:
    query = "SELECT ?l { <http://localhost/id/project/A> <http://localhost/label> ?l }"
    assert engine.answer(query, "text/csv").body.decode() == "l\r\n专家评审费\r\n"
    tsv = engine.answer(query, "text/tab-separated-values").body.decode()
    assert tsv == '?l\n"专家评审费"@zh\n'
    assert "专家评审费" in engine.answer(query, "application/sparql-results+xml").body.decode()


def test_ask_in_json(engine: Engine) -> None:
    assert json.loads(engine.answer("ASK { ?s ?p 8.0 }", JSON).body)["boolean"] is False
    assert json.loads(engine.answer("ASK { ?s ?p ?o }", JSON).body)["boolean"] is True


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
        "application/n-quads",
        "application/trig",
    ],
)
def test_a_graph_means_the_same_in_every_format(engine: Engine, media_type: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <http://localhost/graph/2> { ?s ?p ?o } }"
    body = engine.answer(query, media_type).body
    rdf_format = RdfFormat.from_media_type(media_type)
    triples = {quad.triple for quad in parse(body, format=rdf_format)}
    assert triples == set(engine.construct(query))
    assert len(triples) == 3


def test_a_media_type_of_another_form_is_refused(engine: Engine) -> None:
    with pytest.raises(QueryError, match="cannot be answered as text/csv"):
        engine.answer("DESCRIBE <http://localhost/id/project/A>", "text/csv")


def test_eight_threads_get_the_right_answers(engine: Engine) -> None:
    counts: list[int] = []

    def ask_often() -> None:
        counts.extend(count(engine) for _ in range(50))

    threads = [threading.Thread(target=ask_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [7] * 400


def test_a_triple_of_two_graphs_counts_once_in_their_union(
    open_engine: Callable[[Path], Engine], tmp_path: Path
) -> None:
    quad = '<http://localhost/a> <http://localhost/amount> "5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    path = tmp_path / "graph.nq"
    path.write_text(
        "".join(f"{quad} <http://localhost/graph/{name}> .\n" for name in ("1", "2", "3"))
    )
    engine = open_engine(path)
    graphs = tuple(f"http://localhost/graph/{name}" for name in ("1", "2"))
    from_both = "".join(f"FROM <{graph}> " for graph in graphs)
    for query, dataset in (
        ("SELECT (SUM(?n) AS ?n5) { ?s ?p ?n }", Dataset()),
        (f"SELECT (SUM(?n) AS ?n5) {from_both} {{ ?s ?p ?n }}", Dataset()),
        (
            "PREFIX g: <http://localhost/graph/> SELECT (SUM(?n) AS ?n5) FROM g:1 FROM g:2 "
            "{ ?s ?p ?n }",
            Dataset(),
        ),
        ("SELECT (SUM(?n) AS ?n5) { ?s ?p ?n }", Dataset(default_graphs=graphs)),
    ):
        assert engine.answer(query, "text/csv", dataset).body == b"n5\r\n5\r\n"
    assert [row["n5"].value for row in engine.select("SELECT (SUM(?n) AS ?n5) { ?s ?p ?n }")] == [
        "5"
    ]
    named = (
        "SELECT (COUNT(*) AS ?n) FROM <http://localhost/graph/1> FROM <http://localhost/graph/2> "
    )
    assert (
        count(engine, named + "FROM NAMED <http://localhost/graph/3> { GRAPH ?g { ?s ?p ?o } }")
        == 1
    )
    assert count(engine, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == 3


def test_an_iri_with_a_comma_is_one_cell_of_csv(
    open_engine: Callable[[Path], Engine], tmp_path: Path
) -> None:
    path = tmp_path / "graph.nq"
    path.write_text(
        "<http://localhost/d#line=1,2> <http://localhost/p> <http://localhost/o> "
        "<http://localhost/graph/1> .\n"
    )
    body = open_engine(path).answer("SELECT ?s ?o { ?s ?p ?o }", "text/csv").body
    assert body == b's,o\r\n"http://localhost/d#line=1,2",http://localhost/o\r\n'
