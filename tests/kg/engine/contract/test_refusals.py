"""What every engine refuses, shown with a real listener where the network is concerned."""

from __future__ import annotations

import pytest

from kg.engine import Engine
from kg.errors import QueryError
from tests.servers.listener import Listener

JSON = "application/sparql-results+json"

# URL stands for a listener's address; ex: is that address too, and so is the empty prefix.
CALLS = [
    "SERVICE <URL> { ?s ?p ?o }",
    "service<URL>{?s ?p ?o}",
    "SeRvIcE SILENT <URL> { ?s ?p ?o }",
    "SERVICESILENT<URL>{?s ?p ?o}",
    "SERVICESILENTex:a{?s ?p ?o}",
    "SERVICEex:a {?s ?p ?o}",
    "service:a {?s ?p ?o}",
    "SERVICE:{}",
    "SERVICE ?where {} VALUES ?where { <URL> }",
    "{}SERVICE <URL> {}",
    "?s ?p 1SERVICE <URL> {}",
    "FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } }",
    "LATERAL { SERVICE <URL> {} }",
    "{ SELECT * { SERVICE <URL> {} } }",
    "# comment\rSERVICE <URL> {}",
    "?s ?p ?o # '\n SERVICE <URL> {} # '",
    'BIND("""a"b\\""" AS ?v) SERVICE <URL> {} BIND("" AS ?w)',
    "FILTER('''\\''''=1) SERVICE <URL> {}",
    "?s ?p 'it\\'s' SERVICE <URL> {} ?s ?p ''",
    "?s ?p <http://localhost/\\u0041#b> SERVICE <URL> {}",
    "?s ?p (1 <http://localhost/#b>) SERVICE <URL> {}",
    "VALUES (?a ?b) {(<http://localhost/> <http://localhost/'c>)} SERVICE <URL> {} ?s ?p 'a'",
    "FILTER(?x<1)SERVICE#>\nex:a{}",
    "FILTER(?x<'>' ) SERVICE <URL> {} FILTER('' = '')",
    "FILTER(true<'>' ) SERVICE <URL> {} FILTER('' = '')",
    "FILTER((?x)<'>') SERVICE <URL> {} FILTER(''='')",
    "FILTER(EXISTS{}<'>' ) SERVICE <URL> {} FILTER('' = '')",
    "FILTER('a'@en<'>') SERVICE <URL> {} FILTER(''='')",
    "FILTER(1<<http://localhost/>) SERVICE <URL> {}",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_query_reaches_the_network(engine: Engine, listener: Listener, call: str) -> None:
    url = listener.url
    query = f"PREFIX ex: <{url}> PREFIX : <{url}> PREFIX service: <{url}> SELECT * {{ {call} }}"
    with pytest.raises(QueryError):
        engine.answer(query.replace("URL", url), JSON)
    with pytest.raises(QueryError):
        engine.select(query.replace("URL", url))
    assert listener.knock() == 0


@pytest.mark.parametrize(
    "pattern",
    [
        "# SERVICE <http://localhost/> {}\n",
        "FILTER('SERVICE <http://localhost/> {}' != '')",
        'FILTER("""\n"SERVICE" <http://localhost/> {}""" != "")',
        "?s <http://localhost/SERVICE/service#service> ?o",
        "?SERVICE service:service service:SERVICE.service ; ex:service ?service",
        "GRAPH service:g { ?s ?p ?o }",
        "?s ?p 'x'@service",
        "_:service ?p _:b.service",
        "VALUES (?a ?b) { (<http://localhost/service#a> <http://localhost/it's#b>) }",
    ],
)
def test_the_word_service_is_harmless_where_it_is_no_keyword(engine: Engine, pattern: str) -> None:
    prefixes = "PREFIX ex: <http://localhost/> PREFIX service: <http://localhost/>"
    engine.answer(f"{prefixes} SELECT * {{ {pattern} }}", JSON)


@pytest.mark.parametrize("source", ["URL", "file:///etc/passwd"])
@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>"])
def test_from_fetches_nothing(engine: Engine, listener: Listener, source: str, clause: str) -> None:
    named = clause.format(source.replace("URL", listener.url))
    query = f"SELECT * {named} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    assert engine.select(query) == []
    assert listener.knock() == 0


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://localhost/a> <http://localhost/b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <URL>",
        "load silent <URL>",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <http://localhost/g>",
        "COPY DEFAULT TO <http://localhost/g>",
        "MOVE DEFAULT TO <http://localhost/g>",
        "ADD DEFAULT TO <http://localhost/g>",
        "PREFIX ex: <http://localhost/> WITH ex:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_as_such(engine: Engine, listener: Listener, update: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        engine.answer(update.replace("URL", listener.url), JSON)
    assert listener.knock() == 0
    assert len(engine.select("SELECT * { ?s ?p ?o }")) == 7


@pytest.mark.parametrize(
    "update", ["ASK {} ; INSERT DATA {}", "SELECT * {} LOAD <http://localhost/>", "ASK {} ASK {}"]
)
def test_a_second_operation_is_a_syntax_error(engine: Engine, update: str) -> None:
    with pytest.raises(QueryError, match=r"line 1, column \d+"):
        engine.answer(update, JSON)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "the query is empty"),
        (" \n# only a comment", "no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("PREFIX ex: <http://localhost/>", "no SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * {\n ?s ?p }", "near line 2, column "),
        ("ASK { ?s ?p 'open }", "line 1, column 13: this string is not closed"),
        ('ASK { ?s ?p """open" }', "line 1, column 13: this string is not closed"),
        ("你好", "line 1, column 1: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found '你好'"),
        ("ASK { ?s ?p ?o } \x00", "line 1"),
        ("ASK { ?s <relative> ?o }", "line 1"),
        ("ASK { FILTER(<http://localhost/f>(1)) }", "not supported"),
        ("ASK { ?s ?p '\ud800' }", "surrogates"),
    ],
)
def test_a_faulty_query_names_its_fault(engine: Engine, query: str, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        engine.answer(query, JSON)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 100_000 + "}" * 100_000,
        "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        "SELECT * { FILTER(" + "!" * 100_000 + "?x) }",
        "SELECT * { FILTER(" + "1+" * 100_000 + "1) }",
        "SELECT * {" + "FILTER EXISTS {" * 1000 + "}" * 1001,
        "SELECT * {" + "MINUS { ?s ?p ?o } " * 3000 + "}",
        "SELECT * {" + "[ a " * 5000 + "1" + "]" * 5000 + "}",
        "ASK {" + "<http://localhost/a> ?p 1 . " * 5000 + "}",
        "SELECT * {" + "{?s ?p ?o} " * 20_000 + "}",
        "SELECT ?x { (" + "1 " * 20_000 + ") a ?x }",
        "SELECT * { ?s " + "a|" * 60_000 + "a ?o }",
        "SELECT * {" + "<<" * 10_000 + "?s ?p ?o" + ">>" * 10_000 + " ?p ?o }",
    ],
    ids=lambda query: query[:24],
)
def test_a_query_that_would_exhaust_the_stack_is_refused(engine: Engine, query: str) -> None:
    with pytest.raises(QueryError, match=r"nested deeper|more than"):
        engine.answer(query, JSON)


def test_a_megabyte_of_values_is_answered(engine: Engine) -> None:
    values = " ".join(f"<http://localhost/id/project/{n}>" for n in range(30_000))
    values += " <http://localhost/id/project/A>"
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
    assert len(query) > 1_000_000
    assert engine.select(query)[0]["n"].value == "3"
