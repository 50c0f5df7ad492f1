"""Turn the figures of any file into readings, and count what became of each row.

Zero is no signal and never a reading. The same reading twice in a file is taken once. What no
living adult has is kept, questioned and named by its place. Nothing is smoothed or carried forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
)
from aeapp.domain.records.observation import Observation
from aeapp.domain.rejection import MAX_PROBLEMS, Problems, rejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.doubts import doubt_of
from aeapp.domain.vitals.intake.measures import DIASTOLIC, MEAN, SYSTOLIC, VALUE
from aeapp.domain.vitals.intake.moments import DeviceClock, shift_words
from aeapp.domain.vitals.intake.units import USUAL, Unit
from aeapp.kernel.i18n import N_, _

# Eight hours at one hertz and eight quantities; more would take more memory than an import may.
MAX_READINGS = 250_000
_LONGEST_RAW = 100
# No cuff can measure again so soon: a monitor that shows the same pressure repeats it.
_CUFF_NEEDS = dt.timedelta(seconds=15)
_PARTS = (SYSTOLIC, DIASTOLIC, MEAN)
_ITEMS = (VALUE, *_PARTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a file is read.

    Attributes:
        zone: Zone of device clocks that name none.
        zone_said: A person said so for this file: no mapping of columns knows better.
        shift: What is added to every time, because the device's clock was wrong.
        start: When the recording began, for files that only count from there.
        day: The day of the session, for files that name none.
        days: First and last day that matter, for files that hold a long history.
        links: Links of every reading: patient_id, session_id, case_id.
    """

    zone: ZoneInfo
    zone_said: bool = False
    shift: dt.timedelta = dt.timedelta()
    start: PartialDate | None = None
    day: dt.date | None = None
    days: tuple[dt.date, dt.date] | None = None
    links: Mapping[str, str]

    def device(self, name: str) -> str:
        """Return what the readings name as their device, with the offset of its clock."""
        if not self.shift:
            return name
        return _(N_("{device}, clock offset {offset}")).format(
            device=name, offset=shift_words(self.shift)
        )

    def clock(self, *, in_order: bool = True) -> DeviceClock:
        """Return the clock of one file; rows of a history may stand in any order."""
        return DeviceClock(self.zone, self.shift, self.start, in_order=in_order, day=self.day)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a file.

    Attributes:
        text: The number as the file writes it.
        unit: Its unit; None where the file names none, and then a person is asked.
        spelt: The unit as the file writes it.
        value: The number in the unit of readings; ``converts`` tells whether it is another one.
    """

    number: Decimal
    text: str
    unit: Unit | None
    spelt: str = ""
    value: Decimal = field(init=False)
    converts: bool = field(init=False)

    def __post_init__(self) -> None:
        # Once for each figure: a table says the same ones again and again.
        unit = self.unit
        value = self.number if unit is None else unit.convert(self.number)
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "converts", unit is not None and unit.converts)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Parsed:
    """What a file holds.

    Attributes:
        observations: In the order of the file, without ids.
        places: Where each of them stands: ``line 12``.
        rows: Rows or records; ``kept``, ``skipped``, ``duplicate`` and ``elsewhere`` add up to it.
        kept: Rows that gave at least one reading.
        skipped: Rows in which nothing had a signal.
        duplicate: Rows of which each reading stands in the file before.
        elsewhere: Rows of other days, left out of a file that holds a long history.
        questioned: Kept rows with a reading that a person has to look at.
        repeated: Readings of which another one in the file says the same.
        converted: Readings whose unit was converted.
        no_signal: {quantity in words: rows in which it had no signal}.
        zeros: {quantity in words: figures of these rows that were taken as no signal}.
        patient_number: The one number that the file gives its patient; empty where it gives none.
        names_patient: The file says whose readings they are, by whatever it has.
        notes: Sentences with places: what was left out or decided, at most 50 and one more.
    """

    observations: tuple[Observation, ...]
    rows: int
    kept: int
    skipped: int
    questioned: int
    places: tuple[str, ...] = ()
    duplicate: int = 0
    elsewhere: int = 0
    repeated: int = 0
    converted: int = 0
    no_signal: Mapping[str, int]
    zeros: Mapping[str, int] = field(default_factory=dict)
    patient_number: str = ""
    names_patient: bool = False
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Parsed({self.rows} rows, {len(self.observations)} readings)"

    def questions(self) -> tuple[str, ...]:
        """Return a sentence for each reading that a person has to look at, with its place."""
        return tuple(
            f"{place}, {name_of(o)}: {o.status_reason}"
            for place, o in zip(self.places, self.observations, strict=True)
            if o.status is ObservationStatus.QUESTIONED
        )


def name_of(reading: Observation) -> str:
    """Return what a reading is, without its value: ``Heart rate (ECG monitor)``."""
    kind = _(label(reading.kind)) if reading.kind else ""
    return f"{kind} ({_(label(reading.source))})" if reading.source else kind


def key_of(reading: Observation) -> tuple[Any, ...]:
    """Return what makes two readings the same: quantity, source, instant and numbers."""
    return (*slot_of(reading), reading.value, reading.systolic, reading.diastolic, reading.mean)


def slot_of(reading: Observation) -> tuple[Any, ...]:
    """Return quantity, source and instant, at which there should be one reading."""
    at = reading.at
    when = at.sort_key() if isinstance(at, PartialDate) else at
    return (reading.kind, reading.source, when)


class Gathering:
    """Gathers the readings of one file.

    Attributes:
        problems: What refuses the file.
        patient_number: The number that the file gives its patient.
        names_patient: The file says whose readings they are.
    """

    def __init__(self, terms: Terms, device: str, *, history: bool = False) -> None:
        self.problems = Problems()
        self.patient_number, self.names_patient = "", False
        self._common: dict[str, Any] = {**terms.links, "device": terms.device(device)}
        self._days = terms.days if history else None
        self._observations: list[Observation] = []
        self._places: list[str] = []
        self._seen: dict[tuple[Any, ...], str] = {}
        self._known = 0
        self._when: tuple[PartialDate | None, str] = (None, "")
        self._rows = {"kept": 0, "skipped": 0, "duplicate": 0, "elsewhere": 0}
        self._asked = self._repeated = self._converted = 0
        self._no_signal: dict[ObservationKind, int] = {}
        self._zeros: dict[ObservationKind, int] = {}
        self._lost: set[ObservationKind] = set()
        self._notes: list[str] = []
        self._said: set[str] = set()
        self._more_notes = 0
        self._cuff: tuple[tuple[Any, ...], dt.datetime] | None = None
        self._begin("")

    # -------------------------------------------------------------- rows

    def _begin(self, place: str) -> None:
        self._place = place
        self._fresh = self._far = False
        self._again = ""
        self._row_asked = False
        self._lost = set()

    def begin(self, place: str) -> None:
        """Begin the row or record at ``place``."""
        self._begin(place)

    def end(self) -> None:
        """Count the row."""
        outcome = "kept" if self._fresh else "duplicate" if self._again else "skipped"
        if outcome == "duplicate":
            text = _(N_("It says what {place} says already, and was taken once."))
            self.note(text.format(place=self._again))
        self._rows["elsewhere" if self._far and outcome == "skipped" else outcome] += 1
        self._asked += self._row_asked

    def no_signal(self, kind: ObservationKind) -> None:
        """Count a figure that no vital sign has, by which a device marks a lost signal."""
        self._lose(kind, 1)

    def _lose(self, kind: ObservationKind, figures: int) -> None:
        """Count a row once for a quantity, however many figures of it had no signal."""
        self._zeros[kind] = self._zeros.get(kind, 0) + figures
        if kind not in self._lost:
            self._lost.add(kind)
            self._no_signal[kind] = self._no_signal.get(kind, 0) + 1

    def skip_far(self) -> None:
        """Count the row as one of another day."""
        self._far = True
        self.end()

    def problem(self, sentence: str) -> None:
        """Note what refuses the file, at the row's place."""
        self.problems.add(self._place, sentence)

    def note(self, sentence: str) -> None:
        """Note what was decided in the row."""
        if len(self._notes) < MAX_PROBLEMS:
            self._notes.append(f"{self._place}: {sentence}" if self._place else sentence)
        else:
            self._more_notes += 1

    def remark(self, sentence: str) -> None:
        """Note something about the whole file, once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self._notes.insert(len(self._said) - 1, sentence)

    # -------------------------------------------------------------- readings

    def take(
        self,
        kind: ObservationKind,
        source: ObservationSource,
        at: PartialDate,
        figures: Mapping[str, Figure],
        *,
        names: Mapping[str, str] | None = None,
        doubt: str = "",
        remark: str | None = None,
    ) -> None:
        """Take one reading; figures of zero are no signal.

        Args:
            kind: What was measured.
            source: Who or what read it.
            at: When.
            figures: Number of each item: ``value``, or the parts of a pressure.
            names: What the file calls the items, for sentences.
            doubt: Why a person has to look at it, where the file says so itself.
            remark: What the file says beside it.
        """
        signal = {item: figure for item, figure in figures.items() if figure.number}
        if zeros := len(figures) - len(signal):
            self._lose(kind, zeros)
        if not signal or self._is_half(kind, figures, signal, names or {}) or self._is_far(at):
            return
        values: dict[str, Any] = {item: figure.value for item, figure in signal.items()}
        if self._is_known(kind, source, at, values):
            return
        raw = _raw(signal)
        self._converted += bool(raw)
        reading = Observation(
            kind=kind,
            source=source,
            unit=USUAL[kind] if all(figure.unit for figure in signal.values()) else None,
            at=at,
            status=ObservationStatus.VALID,
            note=remark,
            **values,
            **raw,
            **self._common,
        )
        self._keep(self._marked(reading), doubt)

    def _is_half(
        self,
        kind: ObservationKind,
        figures: Mapping[str, Figure],
        signal: Mapping[str, Figure],
        names: Mapping[str, str],
    ) -> bool:
        needed = _PARTS[:2] if kind is ObservationKind.BLOOD_PRESSURE else (VALUE,)
        missing = [names.get(item, item) for item in needed if item not in signal]
        if missing:
            lost = any(item in figures for item in needed if item not in signal)
            signalless = N_("No signal in {names}, so the pressure of this row was left out.")
            apart = N_("No {names} stands beside it at this time, so this pressure was left out.")
            text = _(signalless if lost else apart)
            self.note(text.format(names=_(" and ").join(missing)))
        return bool(missing)

    def _is_far(self, at: PartialDate) -> bool:
        if self._days is None or self._days[0] <= at.first_day() <= self._days[1]:
            return False
        self._far = True
        return True

    def _marked(self, reading: Observation) -> Observation:
        """Mark a cuff pressure that the monitor only shows again."""
        if reading.source is not ObservationSource.CUFF or reading.systolic is None:
            return reading
        assert isinstance(reading.at, PartialDate)  # noqa: S101 - readers give each a time
        moment, numbers = reading.at.utc(), key_of(reading)[3:]
        if moment is None or reading.at.second is None:
            return reading
        before, self._cuff = self._cuff, (numbers, moment)
        if before is None or before[0] != numbers:
            return reading
        if not dt.timedelta() < moment - before[1] <= _CUFF_NEEDS:
            return reading
        self.remark(_(N_("The monitor shows cuff pressures again and again; these are marked.")))
        again = _(N_("The monitor shows the last cuff pressure again."))
        return replace(reading, note=reading.note or again)

    def _is_known(
        self,
        kind: ObservationKind,
        source: ObservationSource,
        at: PartialDate,
        values: Mapping[str, Decimal],
    ) -> bool:
        """Tell whether the file has said so before, and remember it."""
        if at is not self._when[0]:
            # All readings of a row have one time.
            self._when = (at, at.sort_key())
        key = (kind, source, self._when[1], *map(values.get, _ITEMS))
        before = self._seen.setdefault(key, self._place)
        if len(self._seen) > MAX_READINGS:
            raise rejected(_("The file"), N_("{path} holds more than 250,000 readings."))
        if len(self._seen) > self._known:
            self._known += 1
            return False
        self._again = self._again or before
        self._repeated += 1
        return True

    def _keep(self, reading: Observation, doubt: str) -> None:
        unnamed = "" if reading.unit else _(N_("The file names no unit."))
        if why := doubt or unnamed or doubt_of(reading):
            reading = replace(reading, status=ObservationStatus.QUESTIONED, status_reason=why)
            self._row_asked = True
        self._fresh = True
        self._observations.append(reading)
        self._places.append(self._place)

    def result(self, *, nothing: str = "") -> Parsed:
        """Return what was read.

        Args:
            nothing: Sentence that refuses a file without a single row; empty allows it.

        Raises:
            ImportRejected: There were problems.
        """
        if nothing and not any(self._rows.values()):
            self.problems.add(_("The file"), nothing)
        self.problems.raise_if_any()
        more = [_("There are {n} more notes.").format(n=self._more_notes)]
        return Parsed(
            observations=tuple(self._observations),
            places=tuple(self._places),
            rows=sum(self._rows.values()),
            **self._rows,
            questioned=self._asked,
            repeated=self._repeated,
            converted=self._converted,
            patient_number=self.patient_number,
            names_patient=self.names_patient,
            no_signal={_(label(kind)): n for kind, n in self._no_signal.items()},
            zeros={_(label(kind)): n for kind, n in self._zeros.items()},
            notes=(*self._notes, *(more if self._more_notes else ())),
        )


def _raw(figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Return number and unit as the file writes them, where they were converted."""
    if not any(figure.converts for figure in figures.values()):
        return {}
    parts = [figures[item] for item in (*_PARTS, VALUE) if item in figures]
    units = dict.fromkeys(figure.spelt for figure in parts)
    return {
        "raw_value": "/".join(figure.text for figure in parts)[:_LONGEST_RAW],
        "raw_unit": "/".join(units)[:_LONGEST_RAW],
    }
