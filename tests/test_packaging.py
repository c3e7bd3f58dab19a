"""The wheel holds the four packages and nothing else, and runs without the checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("kg", "search", "api", "ontology")
SOURCE = ROOT / "data" / "sources" / "qhd-etdz-442-2021.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built by the installed hatchling: no network, no isolation."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; its dependencies are those of this environment.

    The .pth file adds one folder to the path. That folder's own .pth files, among them the one
    that makes the checkout importable, have no effect there.
    """
    environment = tmp_path_factory.mktemp("bare environment")
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install"]
    run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)], cwd=environment)
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment


def run(command: list[str], *, cwd: Path) -> str:
    """Return what *command* prints; the checkout is on no path, no setting is set."""
    hidden = ("PYTHONPATH", "BUDGETKG_")
    environment = {name: v for name, v in os.environ.items() if not name.startswith(hidden)}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_of_the_packages() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_files_of_the_four_packages_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    described = {name for name in names if re.match(r"budgetkg-[^/]+\.dist-info/", name)}
    assert names - described == files_of_the_packages()


@pytest.mark.parametrize(
    "name",
    [
        "ontology/budget.ttl",
        "ontology/codes/figure.ttl",
        "ontology/shapes.ttl",
        "ontology/context.jsonld",
        "kg/queries/projects.rq",
        "kg/queries/table-projects.json",
        "kg/datacube.ttl",
        "kg/quality/rules/residue.rq",
        "kg/catalog/external.ttl",
        "kg/description/presentation.toml",
        "search/lexicon.ttl",
        "search/model/NOTICE",
        "search/model/modules.json",
        "search/model/0_StaticEmbedding/model.safetensors",
        "search/model/0_StaticEmbedding/tokenizer.json",
        "api/openapi.json",
        "api/templates/search.html",
        "api/static/site.css",
        "api/translations/en/LC_MESSAGES/messages.mo",
    ],
)
def test_the_wheel_brings_what_is_read_at_run_time(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_brings_both_licences(wheel: Path) -> None:
    """Ours, and the notice of the embedded model, whose licence is another one (CC BY-SA 4.0)."""
    archive = zipfile.ZipFile(wheel)
    texts = [archive.read(name).decode() for name in archive.namelist() if "/licenses/" in name]
    assert any("Apache License" in text for text in texts)
    assert any("CC BY-SA 4.0" in text for text in texts)


def test_the_wheel_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Table of 专家评审费, line 1 of its purpose: 组织开展政府采购工作中的专家评审费开支."""
    command = str(installed / "bin" / "budgetkg")
    shutil.copy(SOURCE, tmp_path)
    assert "build" in run([command, "--help"], cwd=tmp_path)
    run([command, "build", SOURCE.name], cwd=tmp_path)
    assert (tmp_path / "build" / "manifest.json").is_file()
    answer = json.loads(run([command, "search", "专家评审费", "--json"], cwd=tmp_path))
    assert answer["results"][0]["label"] == "专家评审费"


def test_the_wheel_imports_its_own_files(installed: Path, tmp_path: Path) -> None:
    python = str(installed / "bin" / "python")
    script = (
        "import kg, search, api, ontology as o; print(*(m.__file__ for m in (kg, search, api, o)))"
    )
    paths = run([python, "-c", script], cwd=tmp_path).split(" /")
    assert len(paths) == 4
    assert all("bare environment" in path for path in paths)


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def needed(name: str, extra: str, seen: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return (distribution, extra) of all that *name* needs here with *extra*, added to *seen*."""
    seen.add((canonicalize_name(name), extra))
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            for wanted in ("", *requirement.extras):
                if (canonicalize_name(requirement.name), wanted) not in seen:
                    needed(requirement.name, wanted, seen)
    return seen


def test_everything_installed_that_budgetkg_needs_is_pinned() -> None:
    closure = needed("budgetkg", "", set()) | needed("budgetkg", "dev", set())
    names = {name for name, _ in closure} - {"budgetkg"}
    assert len(names) > len(PROJECT["dependencies"])
    assert names - pins().keys() == set()


def test_every_dependency_of_the_project_is_pinned_within_its_bounds() -> None:
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, lines):
        assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)])


def test_what_trains_the_model_is_pinned_exactly() -> None:
    """Only `make model` installs it, so constraints.txt leaves it out."""
    lines = PROJECT["optional-dependencies"]["train"]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[\w-]+==\d+(\.\d+)*", line)] == []


def test_pins_name_versions_that_every_registry_has() -> None:
    for name, version in pins().items():
        assert re.fullmatch(r"\d+(\.\d+)*", version), f"{name}=={version}"
