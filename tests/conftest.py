"""What is no test: programs that tests start, each in an environment of its own."""

from __future__ import annotations

collect_ignore = ["clients", "harvesters"]
