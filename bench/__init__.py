"""Measurements of budgetkg on this machine; ``python -m bench`` writes docs/benchmarks.md.

Every measured thing runs in a process of its own, so none pays for the imports or the memory of
another; this process stays small.
"""

from pathlib import Path

QUERIES = Path(__file__).with_name("queries")
