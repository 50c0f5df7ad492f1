"""Take values of a message into records; what nothing takes is left, and is told by element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from aeapp.domain.codecs import from_json
from aeapp.domain.findings import item_problem
from aeapp.domain.items import FieldSpec, NullFlavor, Section, spec_at
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.message import Part, Value
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.kernel.errors import BadInputError

S = TypeVar("S", bound=Section)
_MOMENT = re.compile(
    r"(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\.\d+)?(?:([+-])(\d\d?)(\d\d)?)?", re.ASCII
)
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Left:
    """A value of a message that no record holds, or holds whole.

    Attributes:
        where: The groups it stands in, ``/G.k[2]/G.k.4.r[1]``.
        number: The element; "" for what stands at no element's place.
        name: Of the element, or the path of the node.
        value: As the message writes it.
    """

    where: str
    number: str
    name: str
    value: str

    def sentence(self) -> str:
        """Return it in one line."""
        place = " ".join(part for part in (self.where, self.number, self.name) if part)
        return f"{place}: {self.value}"


class Taking:
    """One part of a message, and which of its values were taken.

    Attributes:
        part: The values.
        where: The groups it stands in.
    """

    def __init__(
        self, part: Part, where: str = "", taken: set[tuple[str, str]] | None = None
    ) -> None:
        self.part, self.where = part, where
        self._taken: set[tuple[str, str]] = set() if taken is None else taken

    def members(self, group: str) -> list[Taking]:
        """Return the members of a group."""
        return [
            Taking(member, f"{self.where}/{group}[{n}]", self._taken)
            for n, member in enumerate(self.part.members(group), start=1)
        ]

    def value(self, number: str) -> Value | None:
        """Return a value and leave it."""
        return self.part.values.get(number)

    def text(self, number: str) -> str:
        """Return a text and leave it; "" where there is none, or only a reason."""
        return self.part.text(number)

    def take(self, *numbers: str) -> None:
        """Say that records hold these values."""
        self._taken |= {(self.where, number) for number in numbers}

    def take_if(self, number: str, *values: Value | None) -> None:
        """Say that a value is held where it is one of these."""
        if number in self.part.values and self.part.values[number] in values:
            self.take(number)

    def taken(self, number: str) -> str:
        """Return a text and say that records hold it."""
        text = self.text(number)
        if text:
            self.take(number)
        return text

    def left(self) -> tuple[Left, ...]:
        """Return what was not taken, in the order of the message; its envelope is not told."""
        known = elements()
        return tuple(
            Left(where, number, known[number].name, str(value))
            for where, number, value in self.part.everything(self.where)
            if (where, number) not in self._taken and not number.startswith("N.")
        )


def held(cls: type[S], taking: Taking, rows: Iterable[tuple[str, str]], **given: Any) -> S:
    """Return a record of the values that its items take; the others are left.

    Args:
        cls: The record.
        taking: Where the values come from.
        rows: Item and element.
        given: Items that are known otherwise; they stand before the rows.
    """
    for name, number in rows:
        if name in given:
            continue
        value, whole = read_as(spec_at(cls, name), taking.value(number))
        if value is not None:
            given[name] = value
            if whole:
                taking.take(number)
    return cls(**given)


def fits(cls: type[Section], name: str, text: str) -> str | None:
    """Return a text as an item holds it, None where it does not."""
    value, _whole = read_as(spec_at(cls, name), text)
    return value if isinstance(value, str) else None


def read_as(spec: FieldSpec, value: Value | None) -> tuple[Any, bool]:
    """Return a value as an item holds it, and whether that is the whole of it."""
    if value is None or isinstance(value, NullFlavor):
        return (value, True) if value in spec.item.nulls else (None, False)
    if spec.type is PartialDate:
        return moment_of(value)
    try:
        read = from_json(spec, _plain(spec, value))
    except BadInputError:
        return None, False
    return (None, False) if item_problem(spec, read) else (read, True)


def _plain(spec: FieldSpec, value: str) -> object:
    """Return a text of the message as JSON would hold it."""
    if spec.type is bool:
        return _FLAGS.get(value, value)
    whole = spec.type is int and value.isascii() and value.isdigit()
    return int(value) if whole else value


def moment_of(text: str) -> tuple[PartialDate | None, bool]:
    """Return a date of HL7, and whether it holds all of the text."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None, False
    *parts, fraction, sign, hours, minutes = match.groups()
    year, month, day, hour, minute, second = (None if p is None else int(p) for p in parts)
    whole = fraction is None and (hour is None) == (minute is None)
    if minute is None:
        # An hour without its minute is no time that a record holds.
        hour = None
    offset = None
    if sign and hour is not None:
        offset = (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        return PartialDate(year or 0, month, day, hour, minute, second, offset), whole
    except ValueError:
        return None, False


def coded(taking: Taking, version: str, code: str) -> str:
    """Return words for a MedDRA code that came without words; "" where there is none."""
    number, edition = taking.text(code), taking.text(version)
    if not number:
        return ""
    taking.take(code, version)
    return f"MedDRA {number} ({edition})" if edition else f"MedDRA {number}"


def texts(takings: Iterable[Taking], number: str) -> Iterator[tuple[Taking, str]]:
    """Yield each member that has a text at an element, and the text."""
    for taking in takings:
        if text := taking.text(number):
            yield taking, text
