"""Tests of a message as readings: a vital sign by its kind, anything else as it is told.

No value is converted. What ``of_tests`` writes of one reading of pressure comes back as one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
    ReadingUnit,
)
from aeapp.domain.items import spec_at
from aeapp.domain.records import Observation
from aeapp.formspecs.e2b_r3.taking import Taking, coded, fits, held, read_as

# C12.
_RESULTS = {"1": "Positive", "2": "Negative", "3": "Borderline", "4": "Inconclusive"}
_NOT_BY_NAME = {ObservationKind.BLOOD_PRESSURE, ObservationKind.WEIGHT, ObservationKind.LABORATORY}
_KINDS = {k.words.casefold(): k for k in ObservationKind if k not in _NOT_BY_NAME}
_PRESSURES = {
    "systolic blood pressure": "systolic",
    "diastolic blood pressure": "diastolic",
    "mean blood pressure": "mean",
}
_UNITS = {"mm[Hg]": ReadingUnit.MMHG, **{unit.value: unit for unit in ReadingUnit}}
# As ``of_tests`` writes what has no name, and what is in question.
_LIMITS = re.compile(r"(?:(?P<note>.+); )?normal (?P<low>.+?) to (?P<high>.+)", re.DOTALL)
_ROW, _QUESTIONED = "Readings and tests", "In question."


def tests_of(top: Taking) -> tuple[Observation, ...]:
    """Return the tests as readings of the case."""
    found: list[Observation] = []
    for n, one in enumerate(top.members("F.r"), start=1):
        base: dict[str, Any] = {
            "id": f"test-{n:04}", "patient_id": "patient", "case_id": "case",
            "source": ObservationSource.OUTSIDE,
        }  # fmt: skip
        name = one.text("F.r.2.1").casefold()
        value = _figure(one)
        if value is not None and name in _PRESSURES:
            _add_pressure(found, _vital(one, base | {"kind": ObservationKind.BLOOD_PRESSURE}),
                          _PRESSURES[name], value)  # fmt: skip
        elif value is not None and name in _KINDS:
            found.append(_vital(one, base | {"kind": _KINDS[name], "value": value}))
        else:
            found.append(_laboratory(one, base))
    return tuple(found)


def _figure(one: Taking) -> Decimal | None:
    """Return the number of a test that is nothing but a number with a unit of ours."""
    others = ("F.r.2.2b", "F.r.3.1", "F.r.3.4", "F.r.4", "F.r.5")
    value, _whole = read_as(spec_at(Observation, "value"), one.text("F.r.3.2"))
    if any(one.text(number) for number in others) or one.text("F.r.3.3") not in _UNITS:
        return None
    return value if isinstance(value, Decimal) else None


def _vital(one: Taking, given: dict[str, Any]) -> Observation:
    one.take("F.r.2.1", "F.r.3.2", "F.r.3.3")
    comment = one.text("F.r.6")
    if comment.endswith(_QUESTIONED):
        given["status"] = ObservationStatus.QUESTIONED
        said = comment.removesuffix(_QUESTIONED).strip()
        given["note"] = fits(Observation, "note", said)
        if given["note"] or not said:
            one.take("F.r.6")
    given["unit"] = _UNITS[one.text("F.r.3.3")]
    return held(Observation, one, (("at", "F.r.1"), ("note", "F.r.6")), **given)


def _add_pressure(
    found: list[Observation], reading: Observation, part: str, value: Decimal
) -> None:
    """Add a part of a pressure to the reading just before it, or as one of its own."""
    last = found[-1] if found else None
    whole: dict[str, Any] = {part: value}
    if last is not None and getattr(last, part) is None:
        bare = replace(last, id=reading.id, systolic=None, diastolic=None, mean=None)
        if bare == reading:
            found[-1] = replace(last, **whole)
            return
    found.append(replace(reading, **whole))


def _laboratory(one: Taking, base: dict[str, Any]) -> Observation:
    name = fits(Observation, "test_name", one.text("F.r.2.1"))
    if name:
        one.take("F.r.2.1")
        name = None if name == _ROW else name
    else:
        name = coded(one, "F.r.2.2a", "F.r.2.2b") or None
    base |= _limits(one)
    return held(
        Observation,
        one,
        (("at", "F.r.1"), ("low", "F.r.4"), ("high", "F.r.5"), ("note", "F.r.6")),
        kind=ObservationKind.LABORATORY, test_name=name, result=_result(one), **base,
    )  # fmt: skip


def _limits(one: Taking) -> dict[str, Any]:
    """Return the limits that ``of_tests`` tells at the end of the comment, and what is before."""
    match = _LIMITS.fullmatch(one.text("F.r.6"))
    if match is None or one.text("F.r.4") or one.text("F.r.5"):
        return {}
    names = ("low", "high", "note")
    values = (*(None if m == "?" else m for m in (match["low"], match["high"])), match["note"])
    told = {n: fits(Observation, n, v) for n, v in zip(names, values, strict=True) if v}
    if None in told.values():
        return {}
    one.take("F.r.6")
    return dict.fromkeys(names) | told


def _result(one: Taking) -> str | None:
    """Return the result in words: code, number with its unit, text."""
    number = f"{one.text('F.r.3.2')} {one.text('F.r.3.3')}".strip()
    parts = (_RESULTS.get(one.text("F.r.3.1"), ""), number, one.text("F.r.3.4"))
    whole = fits(Observation, "result", "; ".join(part for part in parts if part))
    if whole:
        numbers = ("F.r.3.2", "F.r.3.3", "F.r.3.4")
        one.take(*(n for n in numbers if one.text(n)))
        one.take_if("F.r.3.1", *_RESULTS)
    return whole
