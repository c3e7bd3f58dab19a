"""``python -m bench.graph_only SOURCES OUT``: a build without the search index."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.build import build


def main(sources: Path, out: Path) -> int:
    """Build from *sources* into *out*; return the exit status."""
    return 1 if build([sources], out, base_iri="http://localhost:8080/").failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
