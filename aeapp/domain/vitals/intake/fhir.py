"""Read vital signs of FHIR R4: an Observation, or the Observations of a Bundle.

A pressure is one Observation with its parts as components. What is withdrawn or has no value is
left out by name, what its sender has not confirmed is questioned, and other resources are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import printable, rejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Figure, Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import LOINC, LOINC_PRESSURE, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.numbers import json_number
from aeapp.domain.vitals.intake.strict_json import Digits, parsed
from aeapp.domain.vitals.intake.tabular import left_out
from aeapp.domain.vitals.intake.units import unit_for
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_, _

DEVICE = "FHIR"
_LOINC_SYSTEM = "http://loinc.org"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_WITHDRAWN = frozenset({"entered-in-error", "cancelled", "registered"})
_CONFIRMED = frozenset({"final", "amended", "corrected"})
_LONGEST_REMARK = 500
_Found = dict[tuple[ObservationKind, ObservationSource], dict[str, Figure]]


def is_fhir(head: bytes) -> bool:
    """Tell whether a file begins as JSON that names a resource."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"resourceType"' in head


def read_fhir(source: str | bytes, terms: Terms) -> Parsed:
    """Return the vital signs of a resource.

    Raises:
        ImportRejected: It is no such resource, tells of several patients, or has a vital sign
            that cannot be read.
    """
    tree = parsed(source)
    found = list(_observations(tree))
    patients = {_text(_map(o.get("subject")).get("reference")) for _place, o in found}
    if len(patients - {""}) > 1:
        raise rejected(_("The file"), N_("{path} holds observations of more than one patient."))
    gathering = Gathering(terms, DEVICE, history=True)
    numbers = {_number_of(_map(o.get("subject"))) for _place, o in found} - {""}
    gathering.names_patient = bool((patients | numbers) - {""})
    gathering.patient_number = numbers.pop() if len(numbers) == 1 else ""
    reader = _Reader(gathering, terms.clock(in_order=False))
    for number, (place, observation) in enumerate(found, 1):
        gathering.begin(place)
        reader.observation(observation, number)
        gathering.end()
    left_out(gathering, list(dict.fromkeys(reader.others)))
    if reader.clock.cut:
        gathering.remark(_(N_("Times are kept to the second; fractions were cut off.")))
    return gathering.result(nothing=N_("{path} holds no Observation."))


def _observations(tree: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = _map(tree).get("resourceType")
    if kind == "Observation":
        yield "Observation", tree
    elif kind == "Bundle":
        for number, entry in enumerate(_list(tree.get("entry"))):
            resource = _map(_map(entry).get("resource"))
            if resource.get("resourceType") == "Observation":
                yield f"entry[{number}]", resource
    else:
        raise rejected(_("The file"), N_("{path} is neither an Observation nor a Bundle of FHIR."))


class _Reader:
    """Reads Observations one by one.

    Attributes:
        others: Codes of those that are no vital sign.
    """

    def __init__(self, gathering: Gathering, clock: DeviceClock) -> None:
        self.clock = clock
        self.others: list[str] = []
        self._gathering = gathering

    def observation(self, resource: dict[str, Any], number: int) -> None:
        """Take one Observation; what is wrong with it is noted as a problem."""
        codes = _codes(resource)
        measure = _measure(codes)
        if measure is None and not LOINC_PRESSURE & {*codes}:
            self.others.append(codes[0] if codes else _("one without a code of LOINC"))
            return
        status = _text(resource.get("status"))
        if status in _WITHDRAWN:
            text = _(N_("Left out, because its status is {status}."))
            self._gathering.note(text.format(status=status))
            return
        at = self._time(resource, number)
        figures = self._parts(resource) if measure is None else self._whole(resource, measure)
        if at is not None:
            self._take(figures, at, self._doubt(resource, status), _remark(resource))

    def _take(self, found: _Found, at: PartialDate, doubt: str, remark: str | None) -> None:
        for (kind, source), figures in found.items():
            self._gathering.take(kind, source, at, figures, doubt=doubt, remark=remark)

    def _doubt(self, resource: dict[str, Any], status: str) -> str:
        if status not in _CONFIRMED:
            return _(N_("Its sender has not confirmed it."))
        quantities = (
            _map(part.get("valueQuantity")) for part in (resource, *_components(resource))
        )
        if any("comparator" in quantity for quantity in quantities):
            return _(N_("Its sender gives only a bound of the value."))
        return ""

    def _time(self, resource: dict[str, Any], number: int) -> PartialDate | None:
        period = _map(resource.get("effectivePeriod"))
        given = (resource.get("effectiveDateTime"), resource.get("effectiveInstant"))
        text = next((_text(value) for value in (*given, period.get("start")) if value), "")
        if not text:
            self._no_time(resource)
            return None
        try:
            at, remark = self.clock.iso_or_day(text, number)
        except ClockError as error:
            self._gathering.problem(str(error))
            return None
        if not at.has_time:
            remark = _(N_("The time of day is not known."))
        if remark:
            self._gathering.note(remark)
        return at

    def _no_time(self, resource: dict[str, Any]) -> None:
        reason = _reason(_map(resource.get("_effectiveDateTime")))
        if reason:
            text = _(N_("Left out, because its time is not known ({reason})."))
            self._gathering.note(text.format(reason=printable(reason)))
        else:
            self._gathering.problem(_(N_("The observation has no time.")))

    def _whole(self, resource: dict[str, Any], measure: Measure) -> _Found:
        figure = self._figure(resource, measure.kind)
        key = (measure.kind, measure.source)
        return {key: {measure.item: figure}} if figure else {}

    def _parts(self, resource: dict[str, Any]) -> _Found:
        found: _Found = {}
        for component in _components(resource):
            codes = _codes(component)
            measure = _measure(codes)
            if measure is None:
                self.others += codes[:1]
                continue
            figure = self._figure(component, measure.kind)
            parts = found.setdefault((measure.kind, measure.source), {})
            if measure.item in parts:
                self._gathering.problem(_(N_("A part of the pressure stands there twice.")))
            elif figure is not None:
                parts[measure.item] = figure
        if not found:
            self._gathering.note(_(N_("The pressure has no parts, so it was left out.")))
        return {key: parts for key, parts in found.items() if parts}

    def _figure(self, part: dict[str, Any], kind: ObservationKind) -> Figure | None:
        """Return the figure of an Observation or component; None where it gives none."""
        quantity = _map(part.get("valueQuantity"))
        if not quantity:
            self._without_value(part)
            return None
        text = quantity.get("value")
        number = json_number(text) if isinstance(text, Digits) else None
        if number is None:
            self._gathering.problem(_(N_("The value is no number that a vital sign can have.")))
            return None
        spelt = _text(quantity.get("code")) or _text(quantity.get("unit"))
        unit = unit_for(kind, spelt)
        if spelt and unit is None:
            self._gathering.problem(_(N_("The unit is none of this vital sign.")))
        return Figure(number, str(text), unit, spelt)

    def _without_value(self, part: dict[str, Any]) -> None:
        if any(name.startswith("value") for name in part):
            self._gathering.problem(_(N_("The value is no number with a unit.")))
            return
        codings = _list(_map(part.get("dataAbsentReason")).get("coding"))
        reason = next((_text(_map(c).get("code")) for c in codings), "")
        text = _(N_("There is no value ({reason})."))
        self._gathering.note(text.format(reason=printable(reason or "no reason given")))


def _number_of(subject: dict[str, Any]) -> str:
    return _text(_map(subject.get("identifier")).get("value")).strip()


def _reason(element: dict[str, Any]) -> str:
    """Return why an element has no value, where it says so by the extension for that."""
    given = (_map(extension) for extension in _list(element.get("extension")))
    return next((_text(e.get("valueCode")) for e in given if e.get("url") == _ABSENT), "")


def _components(resource: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return (_map(component) for component in _list(resource.get("component")))


def _codes(part: dict[str, Any]) -> list[str]:
    codings = (_map(coding) for coding in _list(_map(part.get("code")).get("coding")))
    return [_text(c.get("code")) for c in codings if c.get("system") == _LOINC_SYSTEM]


def _measure(codes: Iterable[str]) -> Measure | None:
    """Return what is measured; a code that says where it was taken goes before the others."""
    known = [LOINC[code] for code in codes if code in LOINC]
    said = (m for m in known if m.source is not ObservationSource.OUTSIDE)
    return next(said, known[0] if known else None)


def _remark(resource: dict[str, Any]) -> str | None:
    words = (_text(_map(note).get("text")).strip() for note in _list(resource.get("note")))
    text = " ".join(word for word in words if word)
    return "".join(c if c.isprintable() else " " for c in text)[:_LONGEST_REMARK] or None


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
