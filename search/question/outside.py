"""What no budget disclosure holds (``outside.toml``); a question for it gets no answer."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _matters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(files("search.question").joinpath("outside.toml").read_text("utf-8"))
    return tuple(
        (matter["name"], re.compile("|".join(matter["asked"]), re.IGNORECASE))
        for matter in table["matter"]
    )


def outside(text: str) -> str | None:
    """Return what *text* asks for that disclosures do not hold, if anything.

    >>> outside("政府采购中心的电话是多少"), outside("打电话的话费")
    ('电话和联系方式', None)
    """
    return next((name for name, pattern in _matters() if pattern.search(text)), None)
