"""Matches the columns ``name`` and ``year`` of standard input (CSV) with the service at argv[1].

Run by the interpreter of ``.venv-clients``, which has the PyPI package ``reconciler``; the columns
``input_value``, ``id``, ``score`` and ``match`` of its answer go to standard output.
"""

from __future__ import annotations

import sys

import pandas
from reconciler import reconcile

table = pandas.read_csv(sys.stdin, dtype=str)
found = reconcile(
    table["name"],
    type_id="BudgetProject",
    property_mapping={"fiscalYear": table["year"]},
    reconciliation_endpoint=sys.argv[1],
)
found[["input_value", "id", "score", "match"]].to_csv(sys.stdout, index=False)
