"""A question opened for reading: its text, with the organizations and the graph's names in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from search.question.excluded import read_excluded
from search.question.names import Mention
from search.question.owners import read_organizations
from search.question.text import BLANK, Text

if TYPE_CHECKING:
    from search.known import Known, Thing

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
    excluded = read_excluded(text, organizations)
    return Opened(text, tuple(organizations), tuple(names), excluded).left()


def _unclaimed(text: Text, mentions: tuple[Mention[_Means], ...]) -> tuple[Mention[_Means], ...]:
    return tuple(each for each in mentions if BLANK not in text.left[each.start : each.end])
