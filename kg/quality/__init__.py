"""Data quality (数据质量): what a disclosure contradicts, omits or repeats; nothing is repaired.

A rule is one ``.rq`` file in ``rules/`` (or in a folder of the analyst's own), or one module here
where texts must be compared. :mod:`kg.quality.run` runs them, :mod:`kg.quality.triples` publishes
what they found.
"""
