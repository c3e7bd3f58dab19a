"""The real site over the real disclosure with the embedded model, and Chromium to visit it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.visitor import Programs, Visitor, start_chromium

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "data/sources/qhd-etdz-442-2021.txt"
COMMAND = Path(sys.executable).with_name("budgetkg")
START_S = 120


@pytest.fixture(scope="session")
def programs() -> Programs:
    """Chromium and its driver; without them every test here is skipped."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("needs chromium and chromedriver: apt-get install chromium chromium-driver")
    return Programs(chromium, driver)


@pytest.fixture(scope="session")
def built(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which `budgetkg build` has built the disclosure."""
    folder = tmp_path_factory.mktemp("site")
    build = [COMMAND, "build", SOURCE]
    subprocess.run(build, cwd=folder, env=_environment(), check=True, timeout=300)
    return folder


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """The address of the site that `budgetkg serve` makes of the disclosure."""
    yield from _serve(built, _environment())


@pytest.fixture(scope="session")
def plain_site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same from a copy of the package ``api`` for which npm fetched nothing."""
    copy = tmp_path_factory.mktemp("without npm")
    shutil.copytree(REPOSITORY / "api", copy / "api", ignore=shutil.ignore_patterns("vendor"))
    environment = _environment()
    path = [str(copy), *filter(None, [environment.get("PYTHONPATH")])]
    yield from _serve(built, {**environment, "PYTHONPATH": os.pathsep.join(path)})


def _environment() -> dict[str, str]:
    return {name: v for name, v in os.environ.items() if not name.startswith("BUDGETKG_")}


def _serve(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Yield the address at which `budgetkg serve` serves the build in *folder*."""
    with NamedTemporaryFile(prefix="serve-", suffix=".log", dir=folder) as output:
        serve = [COMMAND, "serve", "--port", "0"]
        server = subprocess.Popen(serve, cwd=folder, env=environment, stderr=output)
        try:
            yield _address(server, Path(output.name))
        finally:
            server.terminate()
            server.wait(timeout=30)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Return the address that *server* announces in *log*, without the slash at its end."""

    def announced(_server: subprocess.Popen[bytes]) -> re.Match[str] | None:
        assert server.poll() is None, log.read_text("utf-8")
        return re.search(r"serving on (http://\S+)/\n", log.read_text("utf-8"))

    return WebDriverWait(server, START_S, poll_frequency=0.1).until(announced)[1]


def _visit(programs: Programs, profile: Path, site: str, scripts: bool) -> Iterator[Visitor]:
    driver = start_chromium(programs, profile, scripts=scripts)
    try:
        yield Visitor(driver, site)
    finally:
        driver.quit()


@pytest.fixture(scope="session")
def visitor(
    programs: Programs, site: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    """Someone with an ordinary Chromium."""
    yield from _visit(programs, tmp_path_factory.mktemp("profile"), site, True)


@pytest.fixture(scope="session")
def scriptless(
    programs: Programs, site: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visitor]:
    """Someone whose Chromium runs no scripts."""
    yield from _visit(programs, tmp_path_factory.mktemp("profile"), site, False)


@pytest.fixture(scope="session")
def printed() -> list[str]:
    """The lines of the disclosure as published; line *n* is ``printed[n - 1]``."""
    return SOURCE.read_text("utf-8").splitlines()
