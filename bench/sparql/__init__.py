"""budgetkg's SPARQL beside rdflib-endpoint, the Oxigraph server and pyoxigraph, on one graph.

``python -m bench sparql --triples 1000000`` writes a graph of about that size
(:mod:`bench.sparql.graph`), asks every party the fifteen queries of ``kg/queries/analysis``
(:mod:`bench.sparql.questions`), compares the answers and writes one section of the page.
"""
