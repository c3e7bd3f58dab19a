"""The command line as a person runs it: as a process, over a real build."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from api.cli import ANSWERS, EXPORTS, GRAPHS, PARTS, main
from api.site import Site
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.export import FORMATS
from search.judgments import Part
from tests.kg.engine.processes import children, comes_true, cpu_seconds, is_alive

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "data/sources/qhd-etdz-442-2021.txt"
Completed = subprocess.CompletedProcess[bytes]
COMMANDS = ("build", "doctor", "evaluate", "export", "query", "search", "serve", "validate")
TWO_A_MINUTE = {"BUDGETKG_REQUESTS_PER_MINUTE": "2"}


def environment(**variables: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BUDGETKG_")}
    return {**own, "PYTHONPATH": str(REPOSITORY), **variables}


def budgetkg(*arguments: str, stdin: str | bytes = "", **variables: str) -> Completed:
    """Run the command to its end and return it; stdout and stderr are bytes."""
    given = stdin if isinstance(stdin, bytes) else stdin.encode()
    return subprocess.run(
        [sys.executable, "-c", "from api.cli import main; main()", *arguments],
        input=given,
        capture_output=True,
        env=environment(**variables),
        timeout=300,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder made by the command, with the embedded model's index."""
    folder = tmp_path_factory.mktemp("cli") / "build"
    done = budgetkg("build", str(SOURCE), "-o", str(folder))
    assert done.returncode == 0, done.stderr.decode()
    # 1766 lines of the source are not blank (grep -c '[^[:space:]]'); the number of findings
    # depends on the rules.
    assert re.fullmatch(
        r"qhd-etdz-442-2021: 100\.00% of 1766 lines claimed, \d+ by facts, \d+ by the form's own "
        r"text\nbuilt [0-9a-f]{16}: 1 documents, \d+ quads, \d+ findings\n",
        done.stdout.decode(),
    )
    return folder


@pytest.fixture
def folder(site: Site) -> str:
    """The build folder of the session's site, whose index is of a small test encoder."""
    return str(site.build.folder.parents[1])


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, api.cli\n"
        "heavy = ('flask', 'rdflib', 'pyoxigraph', 'torch', 'faiss', 'numpy', 'waitress')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), text=True
    )
    assert loaded.stdout == "[]\n"


def test_the_commands_are_those_of_the_contract() -> None:
    assert sorted(main.commands) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command: str) -> None:
    shown = budgetkg(command, "--help")
    assert shown.returncode == 0
    assert f"budgetkg {command}" in shown.stdout.decode().partition("Example:")[2]


def test_formats_offered_are_formats_known() -> None:
    assert set(EXPORTS) == set(FORMATS)
    assert set(ANSWERS) == {"table", *RESULT_FORMATS}
    assert set(GRAPHS) == set(GRAPH_FORMATS)
    assert set(PARTS) == set(Part)


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["query", "-"], "", "the query is empty"),
        (["query", "-"], "SELECT * { ?s ?p }", "near line 1, column"),
        (["query", "-"], "LOAD <http://127.0.0.1/>", "read-only"),
        (["query", "-"], "SELECT * { SERVICE <http://127.0.0.1/> {} }", "SERVICE"),
        (["query", "-"], b"ASK { ?s ?p '\xff' }", "not UTF-8"),
        (["query", "-", "--format", "turtle"], "ASK {}", "turtle cannot hold the answer to ASK"),
        (["query", "-", "--format", "csv"], "DESCRIBE <a:b>", "csv cannot hold"),
    ],
)
def test_a_faulty_query_is_one_line_and_exit_1(
    folder: str, arguments: list[str], stdin: str | bytes, message: str
) -> None:
    done = budgetkg(*arguments, "--build", folder, stdin=stdin)
    assert (done.returncode, done.stdout) == (1, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert message in lines[0]


@pytest.mark.parametrize(
    "arguments", [["search", "x"], ["serve", "--port", "0"], ["validate"], ["query", "-"]]
)
def test_without_a_build_every_command_says_so(tmp_path: Path, arguments: list[str]) -> None:
    done = budgetkg(*arguments, stdin="ASK {}", BUDGETKG_BUILD=str(tmp_path))
    assert done.returncode == 1
    error = done.stderr.decode()
    assert error == f"error: nothing is built in {tmp_path}; run `budgetkg build -o {tmp_path}`\n"


def test_a_bad_setting_names_its_variable() -> None:
    done = budgetkg("serve", BUDGETKG_PORT="many")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("error: BUDGETKG_PORT is 'many'; expected")


COUNT_PROJECTS = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT (COUNT(?budget) AS ?projects) (SUM(?amount) AS ?yuan) {
  ?budget a bp:ProjectBudget ; bp:budgetAmount ?amount }"""


def test_query_prints_a_table_of_the_printed_totals(folder: str) -> None:
    # The disclosure prints 24 projects of 367.47 万元 together.
    done = budgetkg("query", "-", "--build", folder, stdin=COUNT_PROJECTS)
    assert done.stdout.decode() == "projects  yuan\n--------  -------\n24        3674700\n"


def test_query_prints_the_format_asked_from_a_file(folder: str, tmp_path: Path) -> None:
    file = tmp_path / "projects.rq"
    file.write_text(COUNT_PROJECTS, encoding="utf-8")
    done = budgetkg("query", str(file), "--format", "csv", "--build", folder)
    assert done.stdout == b"projects,yuan\r\n24,3674700\r\n"
    asked = budgetkg("query", "-", "--build", folder, stdin="ASK { ?s ?p ?o }")
    assert asked.stdout == b"true\n"


def test_a_table_lines_up_chinese_as_two_columns(folder: str) -> None:
    query = "SELECT * { VALUES (?name ?n) { ('专家评审费' 1) ('ab' 2) } } ORDER BY ?n"
    done = budgetkg("query", "-", "--build", folder, stdin=query)
    assert done.stdout.decode().splitlines() == [
        "name        n",
        "----------  -",
        "专家评审费  1",
        "ab          2",
    ]


def test_export_writes_every_quad(folder: str, tmp_path: Path, site: Site) -> None:
    out = tmp_path / "graph.nq"
    done = budgetkg("export", "--format", "nquads", "-o", str(out), "--build", folder)
    assert (done.returncode, done.stdout.decode()) == (0, f"{out}\n")
    assert len(out.read_text("utf-8").splitlines()) == site.build.manifest["graph"]["quads"]


def test_validate_says_that_the_graph_conforms(folder: str) -> None:
    done = budgetkg("validate", "--build", folder)
    assert (done.returncode, done.stdout.decode().splitlines()[-1]) == (0, "the graph conforms")


def _wrong_link(folder: Path) -> Path:
    """Write a folder of sources: the first disclosure, and a link of a year that it lacks."""
    (folder / "links").mkdir(parents=True)
    (folder / SOURCE.name).write_bytes(SOURCE.read_bytes())
    register = f'[[source]]\nfile = "{SOURCE.name}"\njurisdiction = "qhd-etdz"\n'
    (folder / "sources.toml").write_text(register, encoding="utf-8")
    text = (REPOSITORY / "data" / "links" / "calendar.ttl").read_text(encoding="utf-8")
    (folder / "links" / "years.ttl").write_text(text.replace("2020", "1999"), encoding="utf-8")
    return folder


# The links of calendar.ttl stand on its lines 22 and 23.
WRONG_LINK = "links/years.ttl, line 22: <http://localhost:8080/id/year/1999> is not in the graph"


def test_validate_names_the_file_and_line_of_a_wrong_link(folder: str, tmp_path: Path) -> None:
    data = _wrong_link(tmp_path / "data")
    done = budgetkg("validate", str(data), "--build", folder)
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, lines[-1]) == (1, "the graph conforms")
    assert [line for line in lines if line.startswith(f"Link  {WRONG_LINK}; expected ")]


@pytest.mark.model
def test_a_wrong_link_costs_no_build(tmp_path: Path) -> None:
    data = _wrong_link(tmp_path / "data")
    done = budgetkg("build", str(data), "-o", str(tmp_path / "build"))
    assert done.returncode == 0
    assert f"warning: {WRONG_LINK}; expected " in done.stderr.decode()
    links = (tmp_path / "build" / "current" / "links.nq").read_text(encoding="utf-8")
    assert "gregorian-year/2021" in links and "1999" not in links


def test_build_goes_on_after_a_faulty_source_and_exits_1(tmp_path: Path) -> None:
    faulty = tmp_path / "qhd-etdz-443-2021.txt"
    faulty.write_text("这不是部门预算\n", encoding="utf-8")
    done = budgetkg("build", str(faulty), "-o", str(tmp_path / "build"))
    assert done.returncode == 1
    errors = [line for line in done.stderr.decode().splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert "qhd-etdz-443-2021.txt" in errors[0]


LOOKUP = '{"query": "专项差旅费", "relevant": ["proj:14"], "kind": "lookup"}'
TOTAL = (
    '{"query": "专项邮电费", "relevant": [], "kind": "lookup",'
    ' "expect": "number", "value": "1", "unit": "CNY"}'
)


@pytest.mark.model
def test_evaluate_reports_what_is_found_and_answered(built: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(f"{LOOKUP}\n{TOTAL}\n", encoding="utf-8")
    told = budgetkg("evaluate", str(asked), "--json", "--build", str(built))
    assert told.returncode == 0, told.stderr.decode()
    report = json.loads(told.stdout)
    assert [(each["kind"], each["method"]) for each in report["retrieval"][:3]] == [
        ("all", "bm25"), ("all", "dense"), ("all", "hybrid"),
    ]  # fmt: skip
    assert report["retrieval"][2]["MRR"] == [1, 1, 1]
    # The second question is judged wrongly: 专项邮电费 is 3.00 万元 (line 1967), not one yuan.
    assert [each["right"] for each in report["questions"]] == [True, False]
    assert report["answered"]["lookup"]["right"][0] == 1 / 2
    half = budgetkg("evaluate", str(asked), "--part", "dev", "--build", str(built))
    assert half.returncode == 0, half.stderr.decode()
    lines = half.stdout.decode().splitlines()
    assert lines[0].split() == ["found", "questions", "by", "recall@5", "nDCG@10", "MRR"]
    assert "lookup    1          1.000 (1.00 to 1.00)" in lines


def test_a_bad_line_of_judged_questions_is_one_line_and_exit_1(folder: str, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(LOOKUP + '\n{"query": "x", "relevant": []}\n', encoding="utf-8")
    done = budgetkg("evaluate", str(asked), "--build", folder)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"error: {asked}, line 2: field 'kind' is missing or empty; expected text\n"
    )


@pytest.mark.model
def test_search_finds_the_review_project(built: Path) -> None:
    done = budgetkg("search", "专家评审费", "--json", "--limit", "1", "--build", str(built))
    answer = json.loads(done.stdout)
    assert [result["label"] for result in answer["results"]] == ["专家评审费"]
    shown = budgetkg("search", "专家评审费", "--limit", "1", "--build", str(built)).stdout.decode()
    assert "专家评审费  120,000.00 元" in shown


@pytest.mark.model
def test_each_line_of_a_file_is_asked_and_bad_ones_are_numbered(
    built: Path, tmp_path: Path
) -> None:
    asked = tmp_path / "questions.txt"
    lines = ["专家评审费".encode(), b"", b"\xff\xfe", "评".encode() * 1001, "有几个项目".encode()]
    asked.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    done = budgetkg("search", "--file", str(asked), "--json", "--build", str(built))
    assert done.returncode == 1
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [answer["line"] for answer in answers] == [1, 3, 4, 5]
    assert [("error" in answer, answer.get("status")) for answer in answers] == [
        (False, None), (True, 400), (True, 400), (False, None),
    ]  # fmt: skip
    assert answers[0]["results"][0]["label"] == "专家评审费"
    assert answers[3]["answer"]["value"] == "24"
    complaints = done.stderr.decode().splitlines()
    assert complaints[0] == "error: line 3: not UTF-8"
    assert complaints[1].startswith("error: line 4: ")


@pytest.mark.model
def test_questions_come_from_standard_input_as_text(built: Path) -> None:
    done = budgetkg("search", "--file", "-", "--build", str(built), stdin="有几个项目\n")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("1: 有几个项目\n24")
    # Not a terminal: nothing is bold.
    assert b"\x1b" not in done.stdout


@pytest.mark.model
def test_shared_words_are_bold_on_a_terminal(built: Path) -> None:
    reader, writer = os.openpty()
    command = "from api.cli import main; main()"
    with os.fdopen(writer, "wb") as terminal:
        subprocess.run(
            [sys.executable, "-c", command, "search", "专家评审", "--limit", "1"],
            stdout=terminal,
            stderr=subprocess.DEVNULL,
            env=environment(BUDGETKG_BUILD=str(built)),
            timeout=300,
        )
    shown = os.read(reader, 4096).decode(errors="replace")
    os.close(reader)
    assert "\x1b[1m专家评审\x1b[0m费" in shown


@pytest.mark.parametrize("arguments", [["search"], ["search", "x", "--file", "-"]])
def test_a_search_wants_one_question_or_one_file(arguments: list[str]) -> None:
    done = budgetkg(*arguments)
    assert done.returncode == 2
    assert b"give either a question or --file" in done.stderr


@pytest.mark.model
def test_doctor_finds_nothing_wrong_with_a_fresh_build(built: Path) -> None:
    """But that nobody has said yet who publishes it."""
    done = budgetkg("doctor", "--build", str(built), "--port", "0")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert [line for line in lines if not line.startswith("ok ")] == [
        "warn  catalogue   sources.toml says nothing of its publisher, contact, licence; "
        "fill in [catalog], then run `budgetkg build`"
    ]
    assert len(lines) == 9


@pytest.mark.model
def test_doctor_names_what_is_wrong(folder: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = budgetkg(
            *("doctor", "--build", folder, "--port", port),
            BUDGETKG_BASE_IRI="https://budget.example.org/",
        )
    said = {line[6:17].strip(): line.split()[0] for line in done.stdout.decode().splitlines()}
    assert done.returncode == 1
    assert said["base IRI"] == "warn"  # a placeholder
    assert said["port"] == "warn"  # taken
    assert said["graph IRIs"] == "fail"  # built for another base
    assert said["index"] == "fail"  # made with the test encoder
    assert said["store"] == "ok"
    assert said["vocabulary"] == "ok"


@pytest.fixture
def server(built: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A server of the build, with the variables that the test's parameter names."""
    variables: dict[str, str] = getattr(request, "param", {})
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"],
        env=environment(BUDGETKG_BUILD=str(built), **variables),
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()


@pytest.mark.model
def test_serve_tells_its_address_answers_and_stops_when_told(
    server: subprocess.Popen[str],
) -> None:
    assert server.stderr is not None
    told = server.stderr.readline()
    address = told.removeprefix("serving on ").strip()
    with urllib.request.urlopen(address + "healthz", timeout=10) as answer:
        assert json.load(answer)["documents"] == 1
    again = budgetkg("serve", "--port", address.rpartition(":")[2].rstrip("/"))
    assert again.returncode == 1
    assert re.fullmatch(
        r"error: cannot serve on 127\.0\.0\.1 port \d+: Address already in use; "
        r"choose another with --port\n",
        again.stderr.decode(),
    )
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    assert server.stderr.read() == ""


RUNAWAY = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


def status_of(address: str) -> int | None:
    """Return the status of the answer at *address*, None where the connection is broken off."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, http.client.HTTPException):
        return None


@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
@pytest.mark.parametrize(
    ("told", "exit_status", "answer"),
    [(signal.SIGTERM, 0, 504), (signal.SIGINT, 0, 504), (signal.SIGKILL, -9, None)],
)
def test_a_server_that_is_ended_leaves_no_process_and_no_port(
    server: subprocess.Popen[str], told: signal.Signals, exit_status: int, answer: int | None
) -> None:
    assert server.stderr is not None
    address = server.stderr.readline().removeprefix("serving on ").strip()
    (nursery,) = children(server.pid)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(status_of, f"{address}sparql?timeout=8&query={RUNAWAY}")
        assert comes_true(lambda: any(cpu_seconds(each) > 0.1 for each in children(nursery)))
        processes = [nursery, *children(nursery)]
        server.send_signal(told)
        assert comes_true(lambda: status_of(f"{address}healthz") is None)
        assert answer is None or not running.done()
        assert running.result(timeout=60) == answer
    assert server.wait(timeout=20) == exit_status
    assert server.stderr.read() == ""
    assert comes_true(lambda: not any(is_alive(process) for process in processes))
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", int(address.rpartition(":")[2].rstrip("/"))))


@pytest.mark.model
@pytest.mark.parametrize(
    ("server", "statuses"),
    [
        ({**TWO_A_MINUTE, "BUDGETKG_TRUSTED_PROXIES": "1"}, [200, 200, 429, 200]),
        (TWO_A_MINUTE, [200, 200, 429, 429]),
    ],
    indirect=["server"],
)
def test_the_server_hears_of_its_clients_from_a_proxy_that_it_trusts(
    server: subprocess.Popen[str], statuses: list[int]
) -> None:
    assert server.stderr is not None
    address = server.stderr.readline().removeprefix("serving on ").strip()
    clients = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"]
    told = [{"X-Forwarded-For": client} for client in clients]
    answers = [requests.get(f"{address}sparql", headers=one, timeout=10) for one in told]
    assert [answer.status_code for answer in answers] == statuses


def truncate_graph(version: Path) -> str:
    graph = version / "graph.nq"
    lines = graph.read_bytes().splitlines(keepends=True)
    graph.write_bytes(b"".join(lines[: len(lines) // 2]))  # still N-Quads
    return "graph.nq missing or changed; run `budgetkg build"


def remove_text(version: Path) -> str:
    (version / "sources/qhd-etdz-442-2021.txt").unlink()
    return "sources/qhd-etdz-442-2021.txt missing or changed; run `budgetkg build"


def write_list_as_manifest(version: Path) -> str:
    (version / "manifest.json").write_text("[]", encoding="utf-8")
    return "manifest of the build"


def write_empty_manifest(version: Path) -> str:
    (version / "manifest.json").write_text("{}", encoding="utf-8")
    return "manifest of the build"


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "0"],
        ["search", "x"],
        ["query", "-"],
        ["export", "--format", "turtle"],
        ["validate"],
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize(
    "damage", [truncate_graph, remove_text, write_list_as_manifest, write_empty_manifest]
)
def test_a_damaged_build_is_one_line_and_exit_1(
    folder: str, tmp_path: Path, arguments: list[str], damage: Callable[[Path], str]
) -> None:
    copy = tmp_path / "build"
    shutil.copytree(folder, copy, symlinks=True)
    said = damage((copy / "current").resolve())
    done = budgetkg(*arguments, "--build", str(copy), stdin="ASK {}")
    assert (done.returncode, done.stdout) == (1, b"")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert said in lines[0]


@pytest.mark.model
@pytest.mark.parametrize("damage", [write_list_as_manifest, write_empty_manifest])
def test_doctor_says_that_the_manifest_is_damaged(
    folder: str, tmp_path: Path, damage: Callable[[Path], str]
) -> None:
    copy = tmp_path / "build"
    shutil.copytree(folder, copy, symlinks=True)
    said = damage((copy / "current").resolve())
    done = budgetkg("doctor", "--build", str(copy), "--port", "0")
    assert done.returncode == 1
    assert said in done.stdout.decode().splitlines()[-1]


@pytest.mark.model
def test_serve_refuses_a_graph_of_another_base_iri(built: Path) -> None:
    done = budgetkg(
        *("serve", "--port", "0", "--build", str(built)),
        BUDGETKG_BASE_IRI="https://data.example.org/kg/",
    )
    assert done.returncode == 1
    assert done.stderr.decode() == (
        f"error: the graph in {built} was built for http://localhost:8080/, but BUDGETKG_BASE_IRI "
        "is https://data.example.org/kg/; set it to http://localhost:8080/, or run "
        "`budgetkg build` with the new one\n"
    )
