"""What becomes of one value of a source, and the few shapes of rules that decide it.

A rule takes the line and one value of it. It never guesses: what an item cannot hold stays in
words, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aeapp.domain.values import PartialDate
from tools.faers_cases.sources import Line

NO_ITEM = "no item for it"
NOT_LISTED = "not in the list of codes"
NO_NUMBER = "no number with a unit that the item takes"
NO_DATE = "no date of the calendar"
NO_RULE = "no rule for this field"
THEIRS = "date of its sender or of FDA, not of this clinic"
UNKNOWN = {"unknown": "UNK"}
NO_INFORMATION = {"unknown": "NI"}

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one value.

    Attributes:
        items: Where it goes, and as what JSON value; text of a list of codes is one code.
        words: Why it is kept in words, too or only; empty where the items hold all of it.
    """

    items: tuple[tuple[Path, Any], ...] = ()
    words: str = ""


Rule = Callable[[Line, str], Fate]


class Unheld(Exception):  # noqa: N818 - no error, the reason for keeping a value in words
    """The item cannot hold the value."""


@dataclass(frozen=True, slots=True)
class Partly:
    """What an item holds of a value that says more.

    Attributes:
        more: What the item does not say.
    """

    value: Any
    more: str


def at(line: Line, path: str) -> Path:
    """Return the path of an item, ``products/{drug}/name``, for the records of a line."""
    return tuple(part.format(**line.names) for part in path.split("/"))


def words(reason: str = NO_ITEM) -> Rule:
    """Keep the value in words."""
    return lambda _line, _value: Fate(words=reason)


def item(path: str, convert: Callable[[str], Any] = str) -> Rule:
    """Put the value, converted, into one item."""
    return items((path, convert))


def items(*targets: tuple[str, Callable[[str], Any]]) -> Rule:
    """Put the value into several items, each as its own conversion has it; None leaves one out."""

    def rule(line: Line, value: str) -> Fate:
        held, more = [], ""
        for path, convert in targets:
            try:
                found = convert(value)
            except Unheld as reason:
                return Fate(words=str(reason))
            if isinstance(found, Partly):
                found, more = found.value, found.more
            if found is not None:
                held.append((at(line, path), found))
        return Fate(tuple(held), more)

    return rule


def coded(codes: Mapping[str, Any], reason: str = NOT_LISTED) -> Callable[[str], Any]:
    """Convert by a list of codes; what is not in it stays in words."""

    def convert(value: str) -> Any:
        try:
            return codes[value.upper()]
        except KeyError:
            raise Unheld(reason) from None

    return convert


def same(codes: Iterable[str]) -> Callable[[str], Any]:
    """Take a code that is the same on both sides."""
    return coded({code.upper(): code for code in codes})


def date(value: str) -> str:
    """Convert ``2017``, ``201704`` or ``20170406``, only as exact as it is known."""
    match = re.fullmatch(r"(\d{4})(?:(\d\d)(\d\d)?)?", value, re.ASCII)
    text = "-".join(part for part in match.groups() if part) if match else ""
    try:
        return PartialDate.from_iso(text).iso()
    except ValueError:
        raise Unheld(NO_DATE) from None


def number(value: str) -> str:
    """Convert a decimal number; a leading nought that the source leaves out is written."""
    match = re.fullmatch(r"(\d{0,18})(\.\d{1,18})?", value, re.ASCII)
    if not match or not value:
        raise Unheld(NO_NUMBER)
    return (match[1] or "0") + (match[2] or "")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in one field and its unit in another; neither means anything alone.

    Attributes:
        to, unit_to: Paths of the two items.
        also: Items that say what was measured.
        in_words: Path of a text for the two where they fit no items, such as a dose in words.
    """

    fields: tuple[str, str]
    to: str
    unit_to: str
    units: Mapping[str, Any]
    also: tuple[tuple[str, Any], ...] = ()
    in_words: str = ""

    def rules(self) -> dict[str, Rule]:
        """Return the rules of both fields."""
        return dict(zip(self.fields, (self._amount, self._unit), strict=True))

    def _amount(self, line: Line, value: str) -> Fate:
        if not self._fits(line):
            return self._as_words(line)
        also = tuple((at(line, path), what) for path, what in self.also)
        return Fate(((at(line, self.to), number(value)), *also))

    def _unit(self, line: Line, value: str) -> Fate:
        if not self._fits(line):
            return self._as_words(line)
        return Fate(((at(line, self.unit_to), self.units[value.upper()]),))

    def _fits(self, line: Line) -> bool:
        amount, unit = (line.get(name) for name in self.fields)
        try:
            return bool(number(amount)) and unit.upper() in self.units
        except Unheld:
            return False

    def _as_words(self, line: Line) -> Fate:
        amount, unit = (line.get(name) for name in self.fields)
        if not (self.in_words and amount and unit):
            return Fate(words=NO_NUMBER)
        return Fate(((at(line, self.in_words), f"{amount} {unit}"),))
