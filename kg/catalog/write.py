"""Writes all that other catalogues read into a version: dumps, catalogue, VoID, sitemap, records.

The dumps hold the data: the disclosures, the findings and the vocabulary. The catalogue, which
states their sizes and hashes, is a graph of its own that queries see too but that no dump holds;
its ``dcat:version`` is a hash of the data, so nothing depends on itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.catalog import dcat, gbt, schema_org, sitemap, void
from kg.catalog.dataset import Dataset, of_document, of_whole
from kg.catalog.dumps import FOLDER, WHOLE, Dump, Edition, write_dumps
from kg.catalog.publication import Publication
from kg.iri import Minter
from kg.nquads import merge, sha256_of

CATALOG = "catalog"
_VERSION_LENGTH = 16


def write_catalog(
    stage: Path,
    documents: Sequence[Mapping[str, Any]],
    minter: Minter,
    publication: Publication,
) -> dict[str, Any]:
    """Write dumps and catalogue of the data in ``graph.nq``, and add the catalogue to it.

    Returns what the manifest says of it: the ``version`` of the data and the ``dumps`` of each data
    set.
    """
    datasets = _write_dumps(stage, documents, minter, publication)
    whole, folder = datasets[0], stage / CATALOG
    folder.mkdir()
    parts = [*_write_pages(folder, datasets, minter, publication), folder / "void.nq"]
    about = void.describe(void.count(stage / "graph.nq"), datasets, minter)
    about.write(folder, "void")
    about.write_quads(minter.graph(CATALOG), parts[-1])
    gbt.write_records(datasets, publication, minter, folder)
    schema_org.write_descriptions(datasets, publication, minter, folder / schema_org.FOLDER)
    _add_graph(stage, parts)
    sitemap.write_sitemap(stage / "graph.nq", stage / sitemap.FOLDER, minter, whole.modified)
    return {
        "version": whole.version,
        "modified": whole.modified,
        "missing": publication.missing,
        "dumps": {dataset.name: [asdict(dump) for dump in dataset.dumps] for dataset in datasets},
    }


def _write_dumps(
    stage: Path,
    documents: Sequence[Mapping[str, Any]],
    minter: Minter,
    publication: Publication,
) -> list[Dataset]:
    """Write the dumps of every data set; return these, the whole first."""
    dumps, version = _dumps(WHOLE, stage / "graph.nq", stage, minter)
    datasets = [of_whole(documents, dumps, version, publication)]
    for entry in documents:
        name = str(entry["name"])
        dumps, version = _dumps(name, stage / "documents" / f"{name}.nq", stage, minter)
        datasets.append(of_document(entry, dumps, version, publication))
    return datasets


def _dumps(name: str, graph: Path, stage: Path, minter: Minter) -> tuple[list[Dump], str]:
    with Edition(name, graph, stage, minter.base) as edition:
        dumps = write_dumps(edition, stage / FOLDER / name)
    return dumps, sha256_of(graph)[:_VERSION_LENGTH]


def _write_pages(
    folder: Path, datasets: Sequence[Dataset], minter: Minter, publication: Publication
) -> list[Path]:
    """Write each page of the catalogue in every format; return what each adds to its graph."""
    parts, pages = [], dcat.pages(len(datasets))
    for number in range(1, pages + 1):
        shown = list(dcat.on_page(number, datasets))
        page = dcat.shared(minter, publication, datasets[0])
        for dataset in shown:
            page.take(dcat.describe(dataset, minter, publication))
        parts.append(folder / f"{number}.nq")
        page.write_quads(minter.graph(CATALOG), parts[-1])
        page.take(dcat.paging(number, len(datasets), minter))
        page.write(folder, f"page-{number}")
        records = {"pages": pages, "datasets": [asdict(dataset) for dataset in shown]}
        text = json.dumps(records, ensure_ascii=False)
        (folder / f"page-{number}.json").write_text(text, encoding="utf-8")
    return parts


def _add_graph(stage: Path, parts: Sequence[Path]) -> None:
    """Make the catalogue of its *parts*, which are removed, and add it to the whole graph."""
    merge(parts, stage / f"{CATALOG}.nq")
    for part in parts:
        part.unlink()
    data = (stage / "graph.nq").rename(stage / "data.nq")
    merge([data, stage / f"{CATALOG}.nq"], stage / "graph.nq")
    data.unlink()
