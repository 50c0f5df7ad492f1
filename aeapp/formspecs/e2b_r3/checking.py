"""Check a message by the rules of the guide, which no schema knows: each finding names its element.

Source:
    ICH E2B(R3) Implementation Guide 5.03; FDA rejection and warning rules (R and W numbers).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from aeapp.domain.findings import Severity
from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3.codes import CODES
from aeapp.formspecs.e2b_r3.conditions import CONDITIONS, INSIDE, Condition
from aeapp.formspecs.e2b_r3.fda_rules import PAIR_RULES, broken
from aeapp.formspecs.e2b_r3.message import Batch, Part, Value
from aeapp.formspecs.e2b_r3.model import BY_HAND, Element, Kind, elements
from aeapp.formspecs.e2b_r3.taking import moment_of
from aeapp.formspecs.e2b_r3.ucum import is_ucum
from aeapp.kernel.i18n import N_, _


class Profile(StrEnum):
    """Whose rules a message is held against."""

    ICH = "ich"
    FDA_POSTMARKET = "fda-postmarket"
    FDA_PREMARKET = "fda-premarket"


@dataclass(frozen=True, slots=True)
class MessageFinding:
    """What is wrong with a message.

    Attributes:
        where: The message and the members of groups, ``1/E.i[2]``.
        number: The element.
        severity: BLOCKS where the receiver would refuse the message.
        text: One sentence.
        rule: Number of FDA's rule, "" for the guide's own.
    """

    where: str
    number: str
    severity: Severity
    text: str
    rule: str = ""


_DATE = re.compile(
    r"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.\d+)?)?)?)?)?)?([+-]\d{1,4})?"
)
_NUMBER = re.compile(r"(<=|>=|<|>)?[+-]?\d+(\.\d+)?")
_TO_SECOND = frozenset({"N.1.5", "N.2.r.4", "C.1.2"})
_TO_DAY = frozenset({"C.1.4", "C.1.5", "D.2.1"})
_TRUE_OR_NI = frozenset({"C.1.9.1", *(f"E.i.3.2{letter}" for letter in "abcdef"), "FDA.E.i.3.2h"})
# A UUID with hyphens, as FDA's own samples write it; the guide counts it without.
_KEYS = frozenset({"G.k.9.i.1"})
_MEDDRA_DIGITS = 8
_LANGUAGE = re.compile(r"[A-Za-z]{3}")
_DAY, _SECOND = 8, 14
# Number and unit, or version and code: one needs the other.
_PAIRS = (
    ("D.2.2a", "D.2.2b"), ("D.2.2.1a", "D.2.2.1b"), ("D.7.1.r.1a", "D.7.1.r.1b"),
    ("D.8.r.6a", "D.8.r.6b"), ("D.8.r.7a", "D.8.r.7b"), ("D.9.2.r.1a", "D.9.2.r.1b"),
    ("D.9.4.r.1a", "D.9.4.r.1b"), ("D.10.2.2a", "D.10.2.2b"), ("D.10.7.1.r.1a", "D.10.7.1.r.1b"),
    ("D.10.8.r.6a", "D.10.8.r.6b"), ("D.10.8.r.7a", "D.10.8.r.7b"), ("E.i.1.1a", "E.i.1.1b"),
    ("E.i.2.1a", "E.i.2.1b"), ("E.i.6a", "E.i.6b"), ("F.r.2.2a", "F.r.2.2b"),
    ("G.k.2.3.r.3a", "G.k.2.3.r.3b"), ("G.k.3.1", "G.k.3.2"),
    ("G.k.4.r.1a", "G.k.4.r.1b"), ("G.k.4.r.2", "G.k.4.r.3"),
    ("G.k.4.r.6a", "G.k.4.r.6b"), ("G.k.5a", "G.k.5b"), ("G.k.6a", "G.k.6b"),
    ("G.k.7.r.2a", "G.k.7.r.2b"), ("G.k.9.i.3.1a", "G.k.9.i.3.1b"),
    ("G.k.9.i.3.2a", "G.k.9.i.3.2b"), ("H.3.r.1a", "H.3.r.1b"), ("H.5.r.1a", "H.5.r.1b"),
)  # fmt: skip
# Unit or interval alone may stand for itself here.
_LATER_ALONE = frozenset({"G.k.3.2", "G.k.4.r.3"})
_ORDERED = (("C.1.4", "C.1.5"), ("C.1.5", "C.1.2"), ("E.i.4", "E.i.5"), ("G.k.4.r.4", "G.k.4.r.5"),
            ("D.7.1.r.2", "D.7.1.r.4"), ("D.8.r.4", "D.8.r.5"))  # fmt: skip


def check(
    batch: Batch, profile: Profile, today: dt.date, told: Callable[[int], None] = lambda _n: None
) -> tuple[MessageFinding, ...]:
    """Return what is wrong with a batch; ``told`` hears of each message that was looked at."""
    found = list(check_header(batch, len(batch.messages), today))
    for n, message in enumerate(batch.messages, start=1):
        found += check_message(str(n), batch, message, profile, today)
        told(n)
    return tuple(found)


def check_header(batch: Batch, messages: int, today: dt.date) -> Iterator[MessageFinding]:
    """Yield what is wrong with a batch before its messages are looked at."""
    yield from _values("", Part(batch.values), today)
    yield from _missing("", "N.1.", batch.values)
    if not messages:
        yield _finding("", "N.2.r", N_("The batch holds no message."))


def check_message(
    where: str, batch: Batch, message: Part, profile: Profile, today: dt.date
) -> Iterator[MessageFinding]:
    """Yield what is wrong with one message; of its batch only the header is looked at."""
    yield from _parts(where, message, "", profile, today)
    yield from _whole(where, message)
    yield from _links(where, message)
    yield from _envelope(where, batch, message, profile)
    yield from _of_fda(where, batch, message, profile)


def _finding(
    where: str, number: str, text: str, severity: Severity = Severity.BLOCKS, rule: str = ""
) -> MessageFinding:
    return MessageFinding(where, number, severity, _(text), rule)


# --- each part by itself


def _parts(
    where: str, part: Part, group: str, profile: Profile, today: dt.date
) -> Iterator[MessageFinding]:
    yield from _values(where, part, today)
    yield from _mandatory(where, part, group, profile)
    yield from _pairs(where, part, group)
    yield from _order(where, part, group)
    yield from _lasting(where, part)
    for name, members in part.groups.items():
        for n, member in enumerate(members, start=1):
            yield from _parts(f"{where}/{name}[{n}]", member, name, profile, today)


def _values(where: str, part: Part, today: dt.date) -> Iterator[MessageFinding]:
    known = elements()
    for number, value in part.values.items():
        element = known[number]
        if isinstance(value, NullFlavor):
            if value not in element.nulls and not (element.hl7 == "BL" and value is NullFlavor.NI):
                text = N_("This element takes no such reason for having no value.")
                yield _finding(where, number, text)
        else:
            yield from _value(where, element, value, today)


def _value(where: str, element: Element, value: str, today: dt.date) -> Iterator[MessageFinding]:
    number, is_code = element.number, element.place.attribute == "code"
    if element.longest and len(value) > element.longest and number not in _KEYS:
        text = _("The text has {count} characters, {longest} are allowed.")
        yield _finding(where, number, text.format(count=len(value), longest=element.longest))
    if is_code and value not in CODES.get(element.codes, {value}):
        yield _finding(where, number, N_("The code is not in the list of this element."))
    if is_code and element.codes == "MedDRA" and not _is_meddra(value):
        yield _finding(where, number, N_("A MedDRA code has eight digits."))
    if number in _UNITS and value not in _UNITS[number]:
        yield _finding(where, number, N_("The unit is not in the list of this element."))
    elif element.place.attribute == "unit" and not is_ucum(value):
        yield _finding(where, number, N_("This is no unit of UCUM."))
    if element.kind is Kind.DATE:
        yield from _date(where, number, value, today)
    elif text := _unfit(element, value):
        yield _finding(where, number, text)


def _unfit(element: Element, value: str) -> str:
    """Return what is wrong with a truth value, a language or a number; "" where nothing is."""
    if element.codes == "ISO639" and not _LANGUAGE.fullmatch(value):
        return N_("A language is three letters of ISO 639-2.")
    if element.kind is Kind.FLAG and value not in {"true", "false"}:
        return N_("Only true or false may stand here.")
    if element.number in _TRUE_OR_NI and value == "false":
        return N_("Only true, or NI for no information, may stand here.")
    measured = element.kind is Kind.NUMBER or element.hl7 in {"PQ", "IVL_PQ", "RTO"}
    is_number = measured and element.place.attribute == "value"
    if is_number and not _NUMBER.fullmatch(value):
        return N_("Only a number may stand here.")
    return ""


_FIGURE = re.compile(r"\d{1,9}(\.\d+)?", re.ASCII)
# Units that are of one length each.
_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
# Units of one list, by element.
_TIMES = frozenset({"s", "min", "h", "d", "wk", "mo", "a"})
_GESTATION = frozenset({"d", "wk", "mo", "{trimester}", "{Trimester}"})
_AGES = frozenset({"h", "d", "wk", "mo", "a", "10.a", "{decade}"})
_UNITS = {
    **dict.fromkeys(("E.i.6b", "G.k.4.r.6b", "G.k.9.i.3.1b", "G.k.9.i.3.2b"), _TIMES),
    "G.k.4.r.3": (_TIMES - {"s"}) | {"{cyclical}", "{asnecessary}", "{total}"},
    **dict.fromkeys(("D.2.2b", "D.10.2.2b"), _AGES),
    **dict.fromkeys(("D.2.2.1b", "G.k.6b"), _GESTATION),
}


def _is_meddra(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) == _MEDDRA_DIGITS


def _date(where: str, number: str, value: str, today: dt.date) -> Iterator[MessageFinding]:
    match = _DATE.fullmatch(value)
    first = _first_day(match) if match else None
    digits = len(value.partition("+")[0].partition("-")[0])
    if match is None or first is None:
        yield _finding(where, number, N_("This is no date of the calendar."))
    elif first > today + dt.timedelta(days=1):
        yield _finding(where, number, N_("The date lies in the future."))
    elif number in _TO_SECOND and digits < _SECOND:
        yield _finding(where, number, N_("The time has to be told to the second."))
    elif number in _TO_DAY and digits < _DAY:
        yield _finding(where, number, N_("The date has to be told to the day."))


def _first_day(match: re.Match[str]) -> dt.date | None:
    year, month, day, hour, minute, second = (int(p or 0) for p in match.groups()[:6])
    try:
        dt.time(hour, minute, second)
        return dt.date(year, month or 1, day or 1)
    except ValueError:
        return None


@cache
def _asked(group: str, profile: Profile) -> tuple[Element, ...]:
    """Return the elements of a group without which a receiver takes none of its members."""
    of_group = [e for e in elements().values() if e.group == group]
    return tuple(
        element for element in of_group
        if not element.number.startswith("N.1.")
        and (element.ich == "M" or (
            profile is not Profile.ICH and element.fda[profile is Profile.FDA_PREMARKET] == "M"
        ))
    )  # fmt: skip


def _mandatory(where: str, part: Part, group: str, profile: Profile) -> Iterator[MessageFinding]:
    for element in _asked(group, profile):
        if element.number not in part.values:
            rule = "" if element.ich == "M" else "FDA"
            text = _("{name} is missing.").format(name=element.name)
            yield _finding(where, element.number, text, rule=rule)
    if group == "G.k":
        for number in sorted(BY_HAND & {"G.k.1"}):
            if number not in part.values:
                yield _finding(where, number, N_("The role of the product is missing."))


def _missing(where: str, prefix: str, values: dict[str, Value]) -> Iterator[MessageFinding]:
    for element in elements().values():
        if (
            element.number.startswith(prefix)
            and element.ich == "M"
            and not values.get(element.number)
        ):
            text = _("{name} is missing.").format(name=element.name)
            yield _finding(where, element.number, text)


@cache
def _pairs_in(group: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in _PAIRS if elements()[pair[0]].group == group)


def _pairs(where: str, part: Part, group: str) -> Iterator[MessageFinding]:
    for first, second in _pairs_in(group):
        has_first, has_second = first in part.values, second in part.values
        if has_first and not has_second:
            yield _alone(where, first, second)
        elif has_second and not has_first and second not in _LATER_ALONE:
            yield _alone(where, second, first)


def _alone(where: str, number: str, other: str) -> MessageFinding:
    text = _("{other} belongs to it and is missing.").format(other=other)
    return _finding(where, number, text, rule=PAIR_RULES.get(other, ""))


@cache
def _ordered_in(group: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in _ORDERED if elements()[pair[0]].group == group)


def _order(where: str, part: Part, group: str) -> Iterator[MessageFinding]:
    for first, second in _ordered_in(group):
        one, other = part.text(first), part.text(second)
        length = min(len(one), len(other), _DAY)
        if length and one[:length] > other[:length]:
            text = _("It lies before {other}.").format(other=first)
            yield _finding(where, second, text, Severity.WARNS)


def _lasting(where: str, part: Part) -> Iterator[MessageFinding]:
    """Tell where a reaction is said to have lasted another time than lies between its ends."""
    begin, end = (_instant(part.text(number)) for number in ("E.i.4", "E.i.5"))
    number, unit = part.text("E.i.6a"), _SECONDS.get(part.text("E.i.6b"), 0)
    if begin is None or end is None or not unit or not _FIGURE.fullmatch(number):
        return
    # Each may have been rounded, the ends to the minute.
    if abs((end - begin).total_seconds() - float(number) * unit) > max(unit, _SECONDS["min"]):
        text = N_("It is not the time between {begin} and {end}.")
        text = _(text).format(begin="E.i.4", end="E.i.5")
        yield _finding(where, "E.i.6a", text, Severity.WARNS)


def _instant(text: str) -> dt.datetime | None:
    at, _whole = moment_of(text)
    return None if at is None else at.utc()


# --- the message as a whole


def _whole(where: str, message: Part) -> Iterator[MessageFinding]:
    yield from _primary(where, message)
    for condition in CONDITIONS:
        if condition.broken(message):
            yield _finding(where, condition.element, condition.says, rule=condition.number)
    for group, some in INSIDE.items():
        for n, member in enumerate(message.members(group), start=1):
            yield from _inside(f"{where}/{group}[{n}]", member, some)
    versions = {value for _w, number, value in message.everything() if number in _versions()}
    if len(versions) > 1:
        yield _finding(where, "E.i.2.1a", N_("The message names more than one MedDRA version."))


@cache
def _versions() -> frozenset[str]:
    """Return the elements that name a version of MedDRA."""
    return frozenset(
        element.number for element in elements().values()
        if element.codes == "MedDRA" and element.place.attribute == "codeSystemVersion"
    )  # fmt: skip


def _inside(where: str, member: Part, some: Iterable[Condition]) -> Iterator[MessageFinding]:
    for condition in some:
        if condition.broken(member):
            yield _finding(where, condition.element, condition.says, rule=condition.number)


def _primary(where: str, message: Part) -> Iterator[MessageFinding]:
    primary = [s for s in message.members("C.2.r") if s.text("C.2.r.5") == "1"]
    if len(primary) != 1:
        text = N_("Exactly one primary source has to be marked.")
        yield _finding(where, "C.2.r.5", text, rule="R0021")
    for source in primary:
        for number, rule in (("C.2.r.3", "R0019"), ("C.2.r.4", "R0020")):
            if number not in source.values:
                text = N_("The primary source needs a country and a qualification.")
                yield _finding(where, number, text, rule=rule)


def _links(where: str, message: Part) -> Iterator[MessageFinding]:
    """Yield references that lead nowhere."""
    reactions = {reaction.key for reaction in message.members("E.i")}
    for n, product in enumerate(message.members("G.k"), start=1):
        for pair in product.members("G.k.9.i"):
            if pair.text("G.k.9.i.1") not in reactions:
                text = N_("It names a reaction that is not in the message.")
                yield _finding(f"{where}/G.k[{n}]", "G.k.9.i.1", text)
    for group in ("E.i", "G.k"):
        keys = [member.key for member in message.members(group)]
        if len(set(keys)) < len(keys) or "" in keys:
            text = N_("Each reaction and product needs a key of its own.")
            yield _finding(where, group, text)


def _of_fda(where: str, batch: Batch, message: Part, profile: Profile) -> Iterator[MessageFinding]:
    if profile is not Profile.ICH and not message.members("FDA.D.11.r"):
        yield _finding(where, "FDA.D.11.r.1", N_("The race, or why it is not known, is missing."),
                       rule="FDA")  # fmt: skip
    for rule in broken(batch.values, message, profile.value):
        severity = Severity.WARNS if rule.warns else Severity.BLOCKS
        yield _finding(where, rule.element, rule.says, severity, rule.number)


def _envelope(
    where: str, batch: Batch, message: Part, profile: Profile
) -> Iterator[MessageFinding]:
    for number, other, value, rule in (
        ("N.2.r.1", "C.1.1", message.text("C.1.1"), ""),
        ("N.2.r.4", "C.1.2", message.text("C.1.2"), ""),
        ("N.2.r.2", "N.1.3", str(batch.values.get("N.1.3", "")), "R0100"),
    ):
        if message.text(number) != value:
            text = _("It differs from {other}.").format(other=other)
            refused = rule and profile is not Profile.ICH
            severity = Severity.BLOCKS if refused else Severity.WARNS
            yield _finding(where, number, text, severity, rule)


def blocks(findings: Iterable[MessageFinding]) -> bool:
    """Tell whether a receiver would refuse the batch."""
    return any(finding.severity is Severity.BLOCKS for finding in findings)
