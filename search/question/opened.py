"""A question opened for reading: its text, with the organizations and the graph's names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from search.question.excluded import read_excluded
from search.question.names import Mention
from search.question.owners import read_organizations
from search.question.text import BLANK, Text

if TYPE_CHECKING:
    from search.known import Known, Thing

# What is named only as one of those asked for: 跟印章刻制一样走政府采购的.
_LIKE = re.compile(
    "[跟和与同像][^,，、]{2,20}一样(?=走|列|没|也是|属|归|由|设|用|安排|考核?|采用|进了?|纳入|要)"
)
_Means = TypeVar("_Means")


@dataclass(frozen=True, slots=True)
class Opened:
    """The *text* that readers claim words of, and the mentions in it, by position.

    *excluded* are the words for what is left out (除掉人员经费).
    """

    text: Text
    organizations: tuple[Mention[str], ...]
    names: tuple[Mention[tuple[Thing, ...]], ...]
    excluded: str | None

    def left(self) -> Opened:
        """Return the question with those mentions whose words no reader has claimed."""
        return replace(
            self,
            organizations=_unclaimed(self.text, self.organizations),
            names=_unclaimed(self.text, self.names),
        )


def opened(written: str, known: Known) -> Opened:
    """Return *written* to be read; what it leaves out is claimed."""
    organizations = read_organizations(written, known)
    owners = [(each.start, each.end) for each in organizations]
    names = known.names.within(written, owners)
    text = Text(written, [*owners, *((each.start, each.end) for each in names)])
    for match in _LIKE.finditer(text.left):
        text.blank(*match.span())
    excluded = read_excluded(text, organizations)
    return Opened(text, tuple(organizations), tuple(names), excluded).left()


def _unclaimed(text: Text, mentions: tuple[Mention[_Means], ...]) -> tuple[Mention[_Means], ...]:
    return tuple(each for each in mentions if BLANK not in text.left[each.start : each.end])
