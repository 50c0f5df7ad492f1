"""Reactions of a message as events: the inverse of ``of_reactions``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Event, Reporter
from aeapp.domain.records.coding import Coding
from aeapp.formspecs.e2b_r3.of_reactions import CRITERIA, LANGUAGE, is_confirmed, minutes_of
from aeapp.formspecs.e2b_r3.putting import words_for
from aeapp.formspecs.e2b_r3.taking import Taking, held, moment_of, read_as

_CRITERIA = CRITERIA | {Seriousness.INTERVENTION: "FDA.E.i.3.2h"}
_ROWS = (
    ("onset", "E.i.4"), ("ended", "E.i.5"), ("outcome", "E.i.7"), ("highlighted", "E.i.3.1"),
    ("confirmed", "E.i.8"), ("country", "E.i.9"),
)  # fmt: skip


def events_of(top: Taking, country: str, reporters: Sequence[Reporter]) -> tuple[Event, ...]:
    """Return an event for each reaction.

    Args:
        top: The message.
        country: Of the clinic, which records do not repeat.
        reporters: Of the message: what follows from them is not repeated either.
    """
    confirmed = "true" if is_confirmed(tuple(reporters)) else None
    return tuple(
        _event(one, n, {"E.i.9": country or None, "E.i.8": confirmed})
        for n, one in enumerate(top.members("E.i"), start=1)
    )


def _event(one: Taking, n: int, known: dict[str, str | None]) -> Event:
    for number, value in known.items():
        one.take_if(number, value)
    # A value that follows from other records stands in those alone.
    rows = tuple(row for row in _ROWS if known.get(row[1], one) != one.value(row[1]))
    codings = _codings(one)
    event = held(
        Event, one, (*_word_rows(one), *rows), id=f"event-{n}", patient_id="patient",
        case_id="case", seriousness=_serious(one), codings=codings, **_duration(one),
    )  # fmt: skip
    if one.text("E.i.7") == "0":
        one.take("E.i.7")
        event = replace(event, outcome=NullFlavor.UNK)
    if event.verbatim is None and codings:
        event = replace(event, verbatim=words_for(codings[0]))
    return event


def _word_rows(one: Taking) -> tuple[tuple[str, str], ...]:
    """Return the rows of the words; a translation without the words it is of stands for them."""
    if not one.text("E.i.1.1a"):
        return (("verbatim", "E.i.1.2"),)
    one.take_if("E.i.1.1b", LANGUAGE)
    other = () if one.text("E.i.1.1b") == LANGUAGE else (("language", "E.i.1.1b"),)
    return (("verbatim", "E.i.1.1a"), ("translation", "E.i.1.2"), *other)


def _duration(one: Taking) -> dict[str, Any]:
    """Return the duration, where the two times do not say it."""
    number, unit = one.text("E.i.6a"), one.text("E.i.6b")
    begin, end = (moment_of(one.text(n))[0] for n in ("E.i.4", "E.i.5"))
    if unit == "min" and number == str(minutes_of(begin, end, None)):
        one.take("E.i.6a", "E.i.6b")
        return {}
    told, _whole = read_as(spec_at(Event, "duration"), number or None)
    in_unit, _whole = read_as(spec_at(Event, "duration_unit"), unit or None)
    if told is None or in_unit is None:
        return {}
    one.take("E.i.6a", "E.i.6b")
    return {"duration": told, "duration_unit": in_unit}


def _codings(one: Taking) -> tuple[Coding, ...]:
    rows = (("edition", "E.i.2.1a"), ("code", "E.i.2.1b"))
    coding = held(Coding, one, rows, terminology=TerminologyName.MEDDRA)
    return (coding,) if coding.code else ()


def _serious(one: Taking) -> frozenset[Seriousness] | None:
    """Return the criteria that are met; a plain no to each of ICH's says that none of them is.

    NI says nothing, and a no to some of them nothing of the others.
    """
    met = {c for c, number in _CRITERIA.items() if one.value(number) == "true"}
    own = [number for number in _CRITERIA.values() if not number.startswith("FDA.")]
    denied = all(one.value(number) == "false" for number in own)
    for number in _CRITERIA.values():
        one.take_if(number, "true", NullFlavor.NI, *(["false"] if met or denied else []))
    return frozenset(met) if met or denied else None
