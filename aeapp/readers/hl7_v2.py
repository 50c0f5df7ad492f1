"""Read vital signs of HL7 v2 result messages (ORU^R01), also those of IHE PCD-01 and Continua.

A reading's time is that of its OBX-14, else of the row that contains it, else of OBR-7. A device
clock that disagrees with the message is reported beside the message's time, and neither is chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.rejection import MAX_BYTES, printable, rejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Figure, Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import (
    LOINC,
    MDC_DEVICE_CLOCK,
    Measure,
    mdc_measure,
)
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.numbers import json_number
from aeapp.domain.vitals.intake.tabular import left_out, place_of
from aeapp.domain.vitals.intake.units import Unit, unit_for
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.readers.segments import BEGIN, Segment, messages_in

DEVICE = "HL7 message"
_RESULT = ("ORU", "R01")
# OBX-11: no result, deleted, wrong, not asked, order only, in the laboratory.
_WITHOUT = frozenset("XDWNOI")
_GIVEN = frozenset("RFCUVA")
# OBX-8 as IHE PCD uses it: the device itself doubts the number.
_DOUBTED = frozenset({"INV", "QUES", "NAV", "DEMO", "TEST", "CAL"})
_SAME = dt.timedelta(minutes=1)


class Hl7Reader:
    """Fulfils the port ``VitalsReader`` for HL7 v2."""

    name = "hl7"
    title = N_("HL7 v2 result message (ORU^R01, PCD-01)")
    sign = N_("the file begins with the head of an HL7 message")

    def recognise(self, head: bytes) -> bool:
        """Tell whether the first bytes of a file are those of a message or of a batch."""
        begin = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\x0b \t\r\n")
        return begin.startswith((b"MSH|", b"FHS|", b"BHS|")) or BEGIN in begin[:2000]

    def read(self, path: Path, terms: Terms) -> Parsed:
        """Return the vital signs of a file of messages.

        Raises:
            ImportRejected: It cannot be read, or tells of more than one patient.
        """
        gathering = Gathering(terms, DEVICE)
        reading = _Reading(gathering, terms.clock())
        for message in messages_in(read_whole(path, MAX_BYTES)):
            reading.message(message)
        left_out(gathering, list(dict.fromkeys(reading.others)))
        if reading.clock.cut:
            gathering.remark(_(N_("Times are kept to the second; fractions were cut off.")))
        return gathering.result(nothing=N_("{path} holds no vital signs."))


@dataclass(slots=True)
class _Group:
    """Rows that make one reading."""

    line: int
    measure: Measure
    time: str
    figures: dict[str, Figure] = field(default_factory=dict)
    doubt: str = ""


class _Reading:
    """Reads messages one by one.

    Attributes:
        others: Codes of results that are no vital sign.
    """

    def __init__(self, gathering: Gathering, clock: DeviceClock) -> None:
        self.clock = clock
        self.others: list[str] = []
        self._gathering = gathering
        self._patient: str | None = None
        self._sent = ""

    def message(self, segments: list[Segment]) -> None:
        """Take one message; what is wrong with a row is noted as a problem."""
        head = segments[0]
        if tuple(head.parts(9)[:2]) != _RESULT or not head.field(12).startswith("2."):
            raise rejected(
                place_of(head.line), N_("This is no result message (ORU^R01) of HL7 v2.")
            )
        self._sent = head.field(7)
        request: Segment | None = None
        rows: list[Segment] = []
        for segment in segments[1:]:
            if segment.name == "PID":
                self._same_patient(segment)
            elif segment.name == "OBR":
                self._results(request, rows)
                request, rows = segment, []
            elif segment.name == "OBX":
                rows.append(segment)
        self._results(request, rows)

    def _same_patient(self, segment: Segment) -> None:
        patient = segment.part(3, 1)
        if self._patient not in (None, patient):
            where = place_of(segment.line)
            raise rejected(where, N_("The file holds results of more than one patient."))
        self._patient = self._gathering.patient_number = patient
        # The list of identifiers, those before it, and the name.
        named = any(segment.part(number, 1) for number in (2, 3, 4, 5))
        self._gathering.names_patient = self._gathering.names_patient or named

    def _results(self, request: Segment | None, rows: list[Segment]) -> None:
        taken = request.field(7) if request is not None else ""
        # The time of a row that contains others, by its place in the device.
        times = {row.field(4): row.field(14) for row in rows if row.field(14)}
        groups: dict[tuple[object, ...], _Group] = {}
        for row in rows:
            self._row(row, times, taken, groups)
        for group in groups.values():
            self._take(group)

    def _row(
        self,
        row: Segment,
        times: dict[str, str],
        taken: str,
        groups: dict[tuple[object, ...], _Group],
    ) -> None:
        code, name = row.part(3, 1), row.part(3, 2)
        if code == MDC_DEVICE_CLOCK:
            self._compare_clocks(row, taken)
            return
        measure = _measure(row)
        self._gathering.begin(place_of(row.line))
        if measure is None:
            if row.field(5):
                self.others.append(name or code)
            return
        inside = row.field(4).rpartition(".")[0]
        time = row.field(14) or times.get(inside, "") or taken
        is_part = measure.kind is ObservationKind.BLOOD_PRESSURE
        key = (inside if is_part else row.line, measure.kind, measure.source, time)
        group = groups.setdefault(key, _Group(row.line, measure, time))
        if measure.item in group.figures:
            self._gathering.problem(_(N_("A part of the pressure stands there twice.")))
            return
        figure = self._figure(row, measure)
        if figure is not None:
            group.figures[measure.item] = figure
            group.doubt = group.doubt or _doubt(row)

    def _figure(self, row: Segment, measure: Measure) -> Figure | None:
        """Return the number of a row; None where it has none."""
        status, text = row.field(11), row.field(5)
        if status in _WITHOUT or not text:
            told = _(N_("There is no value ({reason})."))
            self._gathering.note(told.format(reason=printable(status or _("empty"))))
            return None
        number = json_number(row.part(5, 2) if row.field(2) == "SN" else text)
        if number is None:
            self._gathering.problem(_(N_("The value is no number that a vital sign can have.")))
            return None
        unit = _unit(row, measure.kind)
        if unit is None and row.field(6):
            self._gathering.problem(_(N_("The unit is none of this vital sign.")))
        return Figure(number, text, unit, row.field(6))

    def _take(self, group: _Group) -> None:
        gathering = self._gathering
        gathering.begin(place_of(group.line))
        at = self._time(group) if group.figures else None
        if at is not None:
            kind, source = group.measure.kind, group.measure.source
            gathering.take(kind, source, at, group.figures, doubt=group.doubt)
        gathering.end()

    def _time(self, group: _Group) -> PartialDate | None:
        if not group.time:
            self._gathering.problem(_(N_("Neither the row nor its order has a time.")))
            return None
        try:
            # Rows of one order share its time, which is no repetition.
            at, remark = self.clock.hl7(group.time, 0)
        except ClockError as error:
            self._gathering.problem(str(error))
            return None
        if remark:
            self._gathering.note(remark)
        return at

    def _compare_clocks(self, row: Segment, taken: str) -> None:
        """Report what the device's clock showed, where the message says another time."""
        shown, stamped = row.field(5), row.field(14)
        others = [text for text in (stamped, taken, self._sent) if text]
        if not shown or self._all_agree(shown, others):
            return
        self._gathering.begin(place_of(row.line))
        text = _(
            N_(
                "The device's clock showed {shown}; the message stamps that with {stamped}, gives "
                "{taken} as the time of its results and {sent} as its own. The times of the "
                "readings are the message's."
            )
        )
        words = [printable(word) or _("nothing") for word in (shown, stamped, taken, self._sent)]
        told = dict(zip(("shown", "stamped", "taken", "sent"), words, strict=True))
        self._gathering.note(text.format(**told))

    def _all_agree(self, shown: str, others: Iterable[str]) -> bool:
        # A clock of its own, so that these times do not count as times of readings.
        clock = self.clock.uncorrected()
        try:
            moments = [clock.hl7(text, 0)[0].utc() for text in (shown, *others)]
        except ClockError:
            return False
        known = [moment for moment in moments if moment is not None]
        return max(known) - min(known) <= _SAME


def _measure(row: Segment) -> Measure | None:
    """Return what OBX-3 names, by its own code or by the other one beside it."""
    parts = row.parts(3)
    for code, name, system in (parts[:3], parts[3:6]):
        if system == "LN" and code in LOINC:
            return LOINC[code]
        if measure := mdc_measure(code, name):
            return measure
    return None


def _unit(row: Segment, kind: ObservationKind) -> Unit | None:
    return unit_for(kind, row.part(6, 1)) or unit_for(kind, row.part(6, 2))


def _doubt(row: Segment) -> str:
    if row.field(2) == "SN" and row.part(5, 1) not in ("", "="):
        return _(N_("Its sender gives only a bound of the value."))
    if _DOUBTED & {*row.field(8).split("~")}:
        return _(N_("The device itself doubts the value."))
    return "" if row.field(11) in _GIVEN else _(N_("Its sender has not confirmed it."))
