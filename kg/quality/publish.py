"""Apply the rules to the parts of a graph and write what they find as the quality graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.iri import Minter
from kg.nquads import write_graph
from kg.quality.run import find_issues
from kg.quality.triples import finding_triples


def publish_findings(
    parts: Iterable[Path], minter: Minter, path: Path, rules: Path | None
) -> dict[str, int]:
    """Write the findings over the N-Quads files *parts* to *path*; return type -> count.

    Args:
        rules: a folder of further rules, beside the built-in ones.

    Raises:
        QueryError: a rule is not valid.
    """
    store = Store()
    for part in parts:
        store.bulk_load(path=str(part), format=RdfFormat.N_QUADS)
    findings = find_issues(store, rules)
    write_graph(finding_triples(findings, minter.base), minter.graph("quality"), path)
    return dict(sorted(Counter(finding.issue_type for finding in findings).items()))
