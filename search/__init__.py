"""Search in natural language over the knowledge graph (语义检索)."""
