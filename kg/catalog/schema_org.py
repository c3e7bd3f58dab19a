"""A data set as search engines read it in a page: schema.org/Dataset (https://schema.org/Dataset)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.catalog.dataset import KEYWORDS, Dataset, download, page_of
from kg.catalog.publication import Publication
from kg.iri import Minter

FOLDER = "schema"


def describe(dataset: Dataset, publication: Publication, minter: Minter) -> dict[str, Any]:
    """Return *dataset* as JSON-LD; what nobody has stated is absent."""
    about = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": minter.dataset(dataset.name),
        "name": dataset.title,
        "alternateName": dataset.english,
        "description": dataset.description,
        "url": page_of(dataset, minter),
        "identifier": dataset.name,
        "version": dataset.version,
        "keywords": list(KEYWORDS),
        "inLanguage": "zh",
        "isAccessibleForFree": True,
        "license": dataset.licence,
        "datePublished": dataset.issued,
        "dateModified": dataset.modified,
        "temporalCoverage": f"{dataset.years[0]:04}-01-01/{dataset.years[-1]:04}-12-31",
        "spatialCoverage": [
            {"@type": "Place", "@id": minter.jurisdiction(slug), "name": name}
            for slug, name in dataset.places
        ],
        "creator": _organization(dataset.publisher or publication.publisher),
        "publisher": _organization(publication.publisher),
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": minter.catalog},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": dump.file,
                "encodingFormat": dump.media_type,
                "contentUrl": download(dataset, dump, minter),
                "contentSize": f"{dump.size} B",
                "sha256": dump.sha256,
            }
            for dump in dataset.dumps
        ],
    }
    return {name: value for name, value in about.items() if value is not None}


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def write_descriptions(
    datasets: list[Dataset], publication: Publication, minter: Minter, folder: Path
) -> None:
    """Write ``{name}.json`` for each of *datasets* into the new *folder*, fit to stand in HTML."""
    folder.mkdir()
    for dataset in datasets:
        text = json.dumps(describe(dataset, publication, minter), ensure_ascii=False)
        # No text can end the script element that it stands in.
        safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        (folder / f"{dataset.name}.json").write_text(safe, encoding="utf-8")
