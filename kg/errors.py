"""The families of error that cross a package border: ``api`` maps them to a status."""

from __future__ import annotations


class BudgetkgError(Exception):
    """Something its reader can act on: what, where, what was expected, what to do."""


class SourceError(BudgetkgError):
    """A source document does not say what its format or layout promises.

    >>> print(SourceError("no 项目名称 cell", file="442.txt", line=755, expected="a name"))
    442.txt, line 755: no 项目名称 cell; expected a name
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.message = message
        self.file = file
        self.line = line
        self.expected = expected
        self.hint = hint
        super().__init__(message)

    def in_file(self, file: str) -> SourceError:
        """Return the same error with the name of the file it was found in."""
        return SourceError(
            self.message, file=file, line=self.line, expected=self.expected, hint=self.hint
        )

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.file, f"line {self.line}" if self.line else None) if part
        )
        text = f"{place}: {self.message}" if place else self.message
        if self.expected:
            text += f"; expected {self.expected}"
        if self.hint:
            text += f". {self.hint}"
        return text


class QueryError(BudgetkgError):
    """The caller's query or request is malformed or not allowed."""


class NotReadyError(BudgetkgError):
    """There is no graph, no index or no model to answer from yet."""


class DeadlineError(BudgetkgError):
    """A query was stopped because its time was over."""


class LostAnswerError(BudgetkgError):
    """The process that evaluated a query ended before it had the answer."""


class BusyError(BudgetkgError):
    """As many queries run as may; the caller may come again after *retry_after_s* seconds."""

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
