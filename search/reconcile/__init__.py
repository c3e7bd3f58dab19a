"""Names and codes of other people's tables -> things of the graph, each with how sure it is.

The matching behind the Reconciliation API 0.2 (https://reconciliation-api.github.io/specs/0.2/);
the protocol itself is in :mod:`api.reconcile`.
"""
