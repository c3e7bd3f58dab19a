"""Disclosures and builds that several tests share: the first real one, and one of a single page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build
from kg.layouts import parse
from kg.model import Disclosure
from kg.readers import read
from kg.versions import Build
from tests.kg.builds import BASE, SOURCE, WritePage


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


@pytest.fixture(scope="session")
def write_page() -> WritePage:
    """Write a disclosure of one project and return its file.

    It is the title (line 1) and the first project's table (lines 320 to 405) of the first
    disclosure, for another *department*, *year* or *amount* (预算数, printed 4.00).
    """
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    page = "\n".join([lines[0], "", *lines[319:405]])

    def write(
        folder: Path, *, department: str = "442", year: int = 2021, amount: str = "4.00"
    ) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"x1-{department}-{year}.txt"
        text = page.replace("\t442001", f"\t{department}001").replace("2021年", f"{year}年")
        text = text.replace("\t1303112121B0", f"\t13{department}12121B0")
        path.write_text(text.replace("\t4.00", f"\t{amount}", 1), encoding="utf-8")
        return path

    return write
