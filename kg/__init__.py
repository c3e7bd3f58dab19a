"""Disclosure -> records -> triples -> store: the knowledge graph, without web or vectors."""
