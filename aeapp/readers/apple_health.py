"""Read vital signs of an export of Apple Health: export.xml, or the zip that holds it.

The file may hold years and hundreds of megabytes: it is read as a stream, and only the days around
the session count. A pressure stands there twice, as a correlation and as two single records; it is
taken once. A saturation is a fraction, whatever its unit says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import MAX_BYTES, rejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Figure, Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import DIASTOLIC, SYSTOLIC, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.numbers import plain_number
from aeapp.domain.vitals.intake.units import Unit, unit_for, unit_named
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.files import read_head, read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.readers.archives import BEGIN, member_of
from aeapp.readers.markup import read_elements

DEVICE = "Apple Health"
ROOT, MEMBER = "HealthData", "export.xml"
_PIECE = 65_536
_MAX_PRESSURES = 250_000
_Kind, _Source = ObservationKind, ObservationSource
_PREFIX = "HKQuantityTypeIdentifier"
_PRESSURE = "HKCorrelationTypeIdentifierBloodPressure"
_TYPES: dict[str, Measure] = {
    "HeartRate": Measure(_Kind.HEART_RATE, _Source.OUTSIDE),
    "OxygenSaturation": Measure(_Kind.OXYGEN_SATURATION, _Source.OUTSIDE),
    "RespiratoryRate": Measure(_Kind.RESPIRATORY_RATE, _Source.OUTSIDE),
    "BodyTemperature": Measure(_Kind.TEMPERATURE, _Source.OUTSIDE),
    "BodyMass": Measure(_Kind.WEIGHT, _Source.OUTSIDE),
    "BloodPressureSystolic": Measure(_Kind.BLOOD_PRESSURE, _Source.OUTSIDE, SYSTOLIC),
    "BloodPressureDiastolic": Measure(_Kind.BLOOD_PRESSURE, _Source.OUTSIDE, DIASTOLIC),
}


class AppleHealthReader:
    """Fulfils the port ``VitalsReader`` for Apple Health."""

    name = "apple-health"
    title = N_("Export of Apple Health (export.xml or its zip)")
    sign = N_("the file is a zip archive, or XML of Apple Health")

    def recognise(self, head: bytes) -> bool:
        """Tell whether the first bytes of a file are an archive, or this XML."""
        return head.startswith(BEGIN) or (
            head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and ROOT.encode() in head
        )

    def read(self, path: Path, terms: Terms) -> Parsed:
        """Return the vital signs of the days that matter.

        Raises:
            ImportRejected: It cannot be read.
        """
        gathering = Gathering(terms, DEVICE, history=True)
        records = _Records(gathering, terms.clock(in_order=False), terms)
        if read_head(path, len(BEGIN)) == BEGIN:
            with member_of(path, MEMBER) as pieces:
                read_elements(pieces, ROOT, records)
        else:
            read_elements(_pieces(read_whole(path, MAX_BYTES)), ROOT, records)
        records.finish()
        return gathering.result(nothing=N_("{path} holds no vital signs."))


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))


# When and by what something was measured, as the file writes it.
_Moment = tuple[str, str]


class _Records:
    """Takes Record and Correlation elements; pressures wait until the end for their other part."""

    def __init__(self, gathering: Gathering, clock: DeviceClock, terms: Terms) -> None:
        self._gathering, self._clock = gathering, clock
        self._days = terms.days
        self._number = 0
        self._within: dict[str, tuple[_Moment, Figure]] | None = None
        self._pairs: dict[tuple[_Moment, str, str], dict[str, Figure]] = {}
        # Parts of pressures that stand alone: {moment: {item: {text: figure}}}.
        self._parts: dict[_Moment, dict[str, dict[str, Figure]]] = {}
        self._places: dict[_Moment, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element."""
        if tag == "Correlation" and attributes.get("type") == _PRESSURE:
            self._within = {}
        elif tag == "Record":
            self._record(attributes)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "Correlation" and self._within is not None:
            self._correlated(self._within)
            self._within = None

    def _record(self, attributes: dict[str, str]) -> None:
        measure = _TYPES.get(attributes.get("type", "").removeprefix(_PREFIX))
        if measure is None:
            return
        self._number += 1
        self._gathering.begin(_("record {number}").format(number=self._number))
        began = attributes.get("startDate", "")
        if self._is_far(began):
            self._gathering.skip_far()
            return
        figure = _figure(self._gathering, measure, attributes)
        if figure is None:
            return
        if measure.kind is ObservationKind.BLOOD_PRESSURE:
            self._part((began, attributes.get("sourceName", "")), measure.item, figure)
            return
        at = self._time(began)
        if at is not None:
            self._gathering.take(measure.kind, measure.source, at, {measure.item: figure})
        self._gathering.end()

    def _is_far(self, began: str) -> bool:
        # By its text, before anything is made of it: a file may hold years.
        if self._days is None:
            return False
        return not self._days[0].isoformat() <= began[:10] <= self._days[1].isoformat()

    def _time(self, text: str) -> PartialDate | None:
        try:
            return self._clock.iso(text, 0)[0]
        except ClockError as error:
            self._gathering.problem(str(error))
            return None

    # -------------------------------------------------------------- pressures

    def _part(self, moment: _Moment, item: str, figure: Figure) -> None:
        if len(self._places) > _MAX_PRESSURES:
            raise rejected(_("The file"), N_("{path} holds more than 250,000 readings."))
        self._places.setdefault(moment, self._number)
        self._parts.setdefault(moment, {}).setdefault(item, {})[figure.text] = figure
        if self._within is not None:
            self._within[item] = (moment, figure)

    def _correlated(self, parts: dict[str, tuple[_Moment, Figure]]) -> None:
        moments = {moment for moment, _figure in parts.values()}
        # Parts of two moments are no pressure; they stay alone.
        if parts.keys() == {SYSTOLIC, DIASTOLIC} and len(moments) == 1:
            figures = {item: figure for item, (_moment, figure) in parts.items()}
            key = (moments.pop(), figures[SYSTOLIC].text, figures[DIASTOLIC].text)
            self._pairs[key] = figures

    def finish(self) -> None:
        """Take the pressures: those that were correlated, then pairs of single parts."""
        paired: dict[_Moment, list[dict[str, Figure]]] = {}
        for (moment, upper, lower), parts in self._pairs.items():
            paired.setdefault(moment, []).append(parts)
            self._parts[moment][SYSTOLIC].pop(upper, None)
            self._parts[moment][DIASTOLIC].pop(lower, None)
        for moment, number in self._places.items():
            self._gathering.begin(_("record {number}").format(number=number))
            rest = self._alone(moment)
            at = self._time(moment[0])
            for figures in (*paired.get(moment, ()), *rest):
                if at is not None:
                    kind, source = ObservationKind.BLOOD_PRESSURE, ObservationSource.OUTSIDE
                    self._gathering.take(kind, source, at, figures)
            self._gathering.end()

    def _alone(self, moment: _Moment) -> list[dict[str, Figure]]:
        left = {item: list(found.values()) for item, found in self._parts[moment].items() if found}
        if not left:
            return []
        if any(len(figures) > 1 for figures in left.values()):
            self._gathering.note(
                _(N_("Several pressures of one moment cannot be told apart and were left out."))
            )
            return []
        return [{item: figures[0] for item, figures in left.items()}]


def _figure(gathering: Gathering, measure: Measure, attributes: dict[str, str]) -> Figure | None:
    text, spelt = attributes.get("value", "").strip(), attributes.get("unit", "")
    number = plain_number(text)
    if number is None:
        gathering.problem(_(N_("The value is no number that a vital sign can have.")))
        return None
    unit: Unit | None = unit_for(measure.kind, spelt)
    if measure.kind is ObservationKind.OXYGEN_SATURATION and spelt == "%":
        unit = unit_named("fraction")
    if unit is None:
        gathering.problem(_(N_("The unit is none of this vital sign.")))
        return None
    return Figure(number, text, unit, spelt)
