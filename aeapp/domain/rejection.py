"""Collect what is wrong with a file, and refuse the file whole.

Importers report every problem at once, by its place. A place is a path or a line number and a
sentence never quotes a value, because both reach terminals and logs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

MAX_BYTES = 25_000_000
MAX_PROBLEMS = 50
_LONGEST_NAME = 60
NOTHING_TAKEN = N_("Correct the file and import it again; nothing was taken from it.")


class Problem(NamedTuple):
    """One mistake in a file.

    Attributes:
        path: Where it is: ``events[0].onset``, or ``line 12``.
        text: A sentence that names the place itself.
    """

    path: str
    text: str


class ImportRejected(BadInputError):  # noqa: N818 - the word of the requirement it answers
    """A file was refused as a whole.

    Attributes:
        problems: The first 50, in the order of the file.
        more: How many there are beyond these.
    """

    code: ClassVar[str] = "import.rejected"

    def __init__(
        self,
        problems: Iterable[Problem],
        *,
        more: int = 0,
        remedy: str = NOTHING_TAKEN,
        option: str = "",
    ) -> None:
        self.problems = tuple(problems)
        self.more = more
        count = len(self.problems) + more
        message = self.problems[0].text
        if count > 1:
            message = _("{first} (The first of {count} problems.)").format(
                first=message, count=count
            )
        super().__init__(message, remedy=_(remedy), option=option)

    def lines(self) -> tuple[str, ...]:
        """Return a sentence a problem, and one for those that are only counted."""
        out = tuple(problem.text for problem in self.problems)
        if self.more:
            out = (*out, _("There are {count} more problems.").format(count=self.more))
        return out


class NewerFormat(ImportRejected):
    """The file was written by a later program."""

    code: ClassVar[str] = "import.newer-format"

    def __init__(self, path: str) -> None:
        text = _("{path} names a newer format than this program reads.").format(path=path)
        remedy = N_("Update the program, or ask the sender for format 1.")
        super().__init__([Problem(path, text)], remedy=remedy)


def _problem(path: str, sentence: str) -> Problem:
    text = _(sentence)
    return Problem(path, text.replace("{path}", path) if "{path}" in text else f"{path}: {text}")


class Problems:
    """Gathers the problems of one file; keeps the first 50 and counts the others.

    Args:
        most: How many are kept; more where every row of a table is told its own.
    """

    def __init__(self, most: int = MAX_PROBLEMS) -> None:
        self._most = most
        self._kept: list[Problem] = []
        self._more = 0

    def add(self, path: str, sentence: str) -> None:
        """Note a problem; ``sentence`` holds ``{path}``, or the path is put before it."""
        if len(self._kept) == self._most:
            self._more += 1
            return
        self._kept.append(_problem(path, sentence))

    def raise_if_any(self) -> None:
        """Refuse the file if anything was noted.

        Raises:
            ImportRejected: Something was.
        """
        if self._kept:
            raise ImportRejected(self._kept, more=self._more)


def rejected(
    path: str, sentence: str, *, remedy: str = NOTHING_TAKEN, option: str = ""
) -> ImportRejected:
    """Return the refusal of a file for one reason that ends the reading."""
    return ImportRejected([_problem(path, sentence)], remedy=remedy, option=option)


def text_of(source: str | bytes) -> str:
    """Return the text of a file, its byte order mark taken off.

    Raises:
        ImportRejected: It is longer than 25 MB, or is not UTF-8.
    """
    if len(source) > MAX_BYTES:
        raise rejected(_("The file"), N_("{path} is larger than 25 MB."))
    if isinstance(source, bytes):
        try:
            source = source.decode("utf-8")
        except UnicodeDecodeError as error:
            where = _("byte {number}").format(number=error.start + 1)
            raise rejected(where, N_("The text is not UTF-8.")) from None
    return source.removeprefix("\ufeff")


def printable(name: str) -> str:
    """Return a name found in a file so that it can be shown: short, no invisible characters."""
    shown = "".join(c if c.isprintable() else "?" for c in name[:_LONGEST_NAME])
    return shown + ("…" if len(name) > _LONGEST_NAME else "")
