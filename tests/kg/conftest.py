"""Disclosures and builds that several tests share: the first real one, and one of a single page."""

from __future__ import annotations

import pytest

from kg.build import build
from kg.layouts import parse
from kg.model import Disclosure
from kg.readers import read
from kg.versions import Build
from tests.kg.builds import BASE, SOURCE, WritePage, write_page


@pytest.fixture(scope="session")
def real_disclosure() -> Disclosure:
    """The first disclosure as read."""
    return parse(read(SOURCE), "qhd-etdz")


@pytest.fixture(scope="session")
def real_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build of the first disclosure; not to be written to."""
    report = build([SOURCE], tmp_path_factory.mktemp("real"), base_iri=BASE)
    assert report.failures == ()
    assert report.build is not None
    return report.build


@pytest.fixture(scope="session", name="write_page")
def write_page_() -> WritePage:
    """Write a disclosure of one project and return its file."""
    return write_page
