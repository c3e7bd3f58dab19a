"""The command line and the site over a graph that a SPARQL server elsewhere holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.settings import Settings
from api.site import Site, open_engine
from kg.errors import NotReadyError
from tests.servers import free_port
from tests.servers.oxigraph import oxigraph_server

BUDGETS = "SELECT (COUNT(?b) AS ?n) { ?b a <https://w3id.org/budgetkg/ontology/ProjectBudget> }"


def query(site: Site, endpoint: str) -> tuple[int, str]:
    """Return the exit status and the output of a query for the number of project budgets."""
    # The site's build is the version itself; the command wants the folder that points to it.
    folder = site.build.folder.parent.parent
    arguments = ["query", "-", "--format", "csv", "--build", str(folder), "--engine", endpoint]
    done = CliRunner().invoke(main, arguments, input=BUDGETS)
    return done.exit_code, done.output


def test_a_query_is_answered_by_the_endpoint(site: Site, tmp_path: Path) -> None:
    with oxigraph_server(site.build.graph_path, tmp_path) as url:
        assert query(site, url) == (0, "n\n24\n")


def test_an_endpoint_that_is_down_is_one_line(site: Site) -> None:
    status, output = query(site, f"http://127.0.0.1:{free_port()}/query")
    assert status == 1
    assert output.startswith("error: the SPARQL endpoint http://127.0.0.1:")
    assert output.count("\n") == 1


def test_a_site_is_not_opened_over_an_endpoint_that_is_down(site: Site) -> None:
    settings = replace(Settings(), engine=f"http://127.0.0.1:{free_port()}/query")
    with pytest.raises(NotReadyError, match="cannot be reached"):
        open_engine(settings, site.build)
