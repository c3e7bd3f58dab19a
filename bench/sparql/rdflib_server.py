"""``python rdflib_server.py GRAPH PORT``: rdflib-endpoint over an N-Quads file.

Runs in .venv-servers/, without budgetkg. The process that loads the graph serves from a fork, and
from another one when that is killed: the only way to end a query of rdflib.
"""

import os
import sys


def main(graph: str, port: int) -> None:
    """Serve *graph* until this process is killed."""
    import uvicorn  # type: ignore[import-not-found]  # these two are in .venv-servers/
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint  # type: ignore[import-not-found]

    dataset = Dataset(default_union=True)
    dataset.parse(graph, format="nquads")
    while True:
        child = os.fork()
        if child == 0:
            app = SparqlEndpoint(graph=dataset)
            uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
