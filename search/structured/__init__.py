"""How a question with structure is answered: as a SPARQL query over things that it resolves to.

:mod:`~search.structured.plan` decides what to compute, :mod:`~search.structured.selection` says of
which things, :mod:`~search.structured.compute` asks the graph. Values enter a query as RDF terms;
nothing of a question's text becomes query text.
"""
