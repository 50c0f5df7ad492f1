"""A mapping while a person makes it: what each column is, what still lacks, the file it becomes.

Names that say what they are give a proposal; a person sees and changes it. A name that does not
say where a value was taken is given no source but the monitor.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from aeapp.domain.codelists import label
from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.column_map import (
    CLOCK,
    ISO,
    QUANTITIES,
    SECONDS,
    column_map,
)
from aeapp.domain.vitals.intake.mapping import FORMAT
from aeapp.domain.vitals.intake.measures import DIASTOLIC, MEAN, SYSTOLIC
from aeapp.domain.vitals.intake.moments import DeviceClock, TimeFormat
from aeapp.domain.vitals.intake.strict_json import parsed
from aeapp.domain.vitals.intake.table_look import TableLook
from aeapp.domain.vitals.intake.units import UNITS, USUAL, Unit, own_unit, unit_for
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_, _

NOT_TAKEN, TIME, PATIENT = "", "time", "patient"
_PARTS = {SYSTOLIC: N_("systolic"), DIASTOLIC: N_("diastolic"), MEAN: N_("mean")}

# Ways of writing a time that a person need not spell; a file's first times tell which fit.
TIME_FORMATS: tuple[str, ...] = (
    ISO,
    *(
        f"{day} {clock}"
        for day in (
            *("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%y"),
            *("%d-%m-%Y", "%m-%d-%Y", "%b %d %Y", "%b %d, %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y"),
        )
        for clock in ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
    ),
    SECONDS,
    CLOCK,
)


@dataclass(frozen=True, slots=True)
class Use:
    """What one column is.

    Attributes:
        what: A key of ``QUANTITIES``, ``TIME``, ``PATIENT``, or ``NOT_TAKEN``.
        unit: Its unit, as files spell it.
        source: Who or what read it.
    """

    what: str = NOT_TAKEN
    unit: str = ""
    source: ObservationSource = ObservationSource.MONITOR

    @property
    def is_sign(self) -> bool:
        """Tell whether it is a vital sign."""
        return self.what in QUANTITIES


def sign_words(what: str) -> str:
    """Return what a quantity is called: ``Heart rate``, ``Blood pressure, systolic``."""
    kind, part = QUANTITIES[what]
    words = _(label(kind))
    return f"{words}, {_(_PARTS[part])}" if part in _PARTS else words


def units_of(what: str) -> tuple[str, ...]:
    """Return the units that a quantity is measured in, the reading's own first."""
    kind = QUANTITIES[what][0]
    own = own_unit(kind)
    others = (unit for unit in UNITS if unit.becomes is USUAL[kind] and unit is not own)
    return tuple(map(unit_words, (own, *others)))


def sources_of(what: str) -> tuple[ObservationSource, ...]:
    """Return where a quantity may have been taken: unsaid, then the likely ones, then others."""
    taken_by = _TAKEN_BY.get(QUANTITIES[what][0], ())
    return (_Source.MONITOR, *taken_by, _Source.STAFF, _Source.PATIENT, _Source.OUTSIDE)


def unit_words(unit: Unit) -> str:
    """Return a unit as people write it; what has only codes keeps its UCUM code."""
    return unit.spelt[0] if unit.ucum in _CODES else unit.ucum


_Source = ObservationSource
_TAKEN_BY: dict[ObservationKind, tuple[ObservationSource, ...]] = {
    ObservationKind.BLOOD_PRESSURE: (_Source.CUFF, _Source.ARTERIAL),
    ObservationKind.HEART_RATE: (*(_Source.ECG, _Source.OXIMETER, _Source.CUFF, _Source.ARTERIAL),),
    ObservationKind.OXYGEN_SATURATION: (_Source.OXIMETER,),
}
_CODES = frozenset({"mm[Hg]", "1", "Cel", "[degF]", "[lb_av]"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MappingDraft:
    """What a person has said of the columns so far.

    Attributes:
        uses: {name of a column: what it is}; those not taken may be left out.
        time_format: How the time is written, as a mapping names it.
    """

    name: str = ""
    separator: str = "comma"
    decimal: str = "."
    header_line: int = 1
    missing: tuple[str, ...] = ()
    zone: str = ""
    time_format: str = ""
    uses: Mapping[str, Use] = field(default_factory=dict)

    def use_of(self, name: str) -> Use:
        """Return what a column is."""
        return self.uses.get(name, Use())

    def with_use(self, name: str, use: Use) -> MappingDraft:
        """Return the draft with another use of one column."""
        return replace(self, uses={**self.uses, name: use})

    def fitted(self, look: TableLook) -> MappingDraft:
        """Return the draft for a table: what it says of names that the table has.

        Columns of the time keep their order, which the way of writing it goes by.
        """
        time = [name for name in self.time if name in look.usable]
        names = dict.fromkeys((*time, *look.usable))
        return replace(
            self,
            separator=look.separator,
            header_line=look.header_line,
            uses={name: self.use_of(name) for name in names},
        )

    def recut(self, look: TableLook) -> MappingDraft:
        """Return the draft for the same file cut otherwise: what was said stays where it can.

        The zone of the device's clock has no field in the window and must not get lost there.
        """
        fresh = proposed(look)
        return replace(
            fresh,
            name=self.name,
            zone=self.zone,
            missing=tuple(dict.fromkeys((*self.missing, *fresh.missing))),
            uses={name: self.uses.get(name, use) for name, use in fresh.uses.items()},
        )

    @property
    def time(self) -> tuple[str, ...]:
        """Return the columns of the time, in the order of the file."""
        return tuple(name for name, use in self.uses.items() if use.what == TIME)

    def lacks(self) -> tuple[str, ...]:
        """Return a sentence for each thing that stands between this draft and a mapping."""
        return tuple(self._lacks())

    def _lacks(self) -> Iterator[str]:
        if not self.time:
            yield _("Say which column is the time, or which two are day and time.")
        elif not self.time_format:
            yield _("Say how the time is written.")
        signs = {name: use for name, use in self.uses.items() if use.is_sign}
        if not signs:
            yield _("Say of one column at least which vital sign it is.")
        if sum(use.what == PATIENT for use in self.uses.values()) > 1:
            yield _("Two columns are the number of the patient; only one can be.")
        yield from _twice(signs)
        yield from _halves(signs)
        if self.decimal == "," and self.separator == "comma":
            yield _("A comma cannot part columns and decimals both.")

    def text(self) -> str:
        """Return the mapping as the file that the command takes, too."""
        tree: dict[str, Any] = {
            "format": FORMAT,
            "name": self.name.strip() or _("Mapped table"),
            "separator": self.separator,
            "decimal": self.decimal,
            "header_line": self.header_line,
        }
        if self.missing:
            tree["missing"] = list(self.missing)
        if self.zone:
            tree["zone"] = self.zone
        tree["time"] = {"columns": list(self.time), "format": self.time_format}
        for name, use in self.uses.items():
            if use.what == PATIENT:
                tree["patient"] = name
        tree["columns"] = [
            {"column": name, "quantity": use.what, "unit": use.unit, "source": use.source.value}
            for name, use in self.uses.items()
            if use.is_sign
        ]
        return json.dumps(tree, ensure_ascii=False, indent=1)


def _twice(signs: Mapping[str, Use]) -> Iterator[str]:
    seen: dict[tuple[str, ObservationSource], str] = {}
    for name, use in signs.items():
        other = seen.setdefault((use.what, use.source), name)
        if other != name:
            words = _('"{one}" and "{other}" are both {sign} of the same source: change one.')
            yield words.format(one=other, other=name, sign=sign_words(use.what))


def _halves(signs: Mapping[str, Use]) -> Iterator[str]:
    parts: dict[ObservationSource, dict[str, str]] = {}
    for name, use in signs.items():
        kind, part = QUANTITIES[use.what]
        if kind is ObservationKind.BLOOD_PRESSURE:
            parts.setdefault(use.source, {})[part] = name
    for source, found in parts.items():
        if not {SYSTOLIC, DIASTOLIC} <= found.keys():
            words = _("A pressure needs its systolic and its diastolic column of one source ({s}).")
            yield words.format(s=_(label(source)))


def draft_of(text: str) -> MappingDraft:
    """Return the draft that a mapping was made of.

    Raises:
        ImportRejected: It is no mapping.
    """
    column_map(text)
    tree = parsed(text)
    uses = {name: Use(TIME) for name in tree["time"]["columns"]}
    if "patient" in tree:
        uses[tree["patient"]] = Use(PATIENT)
    for one in tree["columns"]:
        source = ObservationSource(one["source"])
        uses[one["column"]] = Use(one["quantity"], one["unit"], source)
    return MappingDraft(
        name=tree["name"],
        separator=tree.get("separator", "comma"),
        decimal=tree.get("decimal", "."),
        header_line=int(tree.get("header_line", 1)),
        missing=tuple(tree.get("missing", ())),
        zone=tree.get("zone", ""),
        time_format=tree["time"]["format"],
        uses=uses,
    )


# ------------------------------------------------------------------ proposals

_NAMED: dict[str, tuple[str, ObservationSource]] = {
    name: (what, source)
    for names, what, source in (
        ("date|time|date/time|datetime|date time|timestamp|day|clock", TIME, _Source.MONITOR),
        ("mrn|patient|patient id|patient number|patientid|pid", PATIENT, _Source.MONITOR),
        ("hr|heart rate|pulse|pulse rate|pr|bpm", "hr", _Source.MONITOR),
        ("ecg hr|hr ecg|hr (ecg)|ecg_hr", "hr", _Source.ECG),
        ("spo2|spo₂|sp02|oxygen saturation|saturation", "spo2", _Source.OXIMETER),
        ("rr|resp|resp rate|respiration|respiratory rate|respiration rate|awrr", "rr",
         _Source.MONITOR),
        ("etco2|etco₂|end-tidal co2", "etco2", _Source.MONITOR),
        ("temp|temperature|body temperature", "temperature", _Source.MONITOR),
        ("weight|body weight", "weight", _Source.MONITOR),
        ("sys|systolic|sbp|bp sys", "bp.systolic", _Source.MONITOR),
        ("dia|diastolic|dbp|bp dia", "bp.diastolic", _Source.MONITOR),
        ("map|mean|mbp|bp mean", "bp.mean", _Source.MONITOR),
        ("nibp sys|nibp-s|nibp s|nibp systolic|nbp sys|nbps", "bp.systolic", _Source.CUFF),
        ("nibp dia|nibp-d|nibp d|nibp diastolic|nbp dia|nbpd", "bp.diastolic", _Source.CUFF),
        ("nibp map|nibp-m|nibp m|nibp mean|nbp mean|nbpm", "bp.mean", _Source.CUFF),
        ("abp sys|art sys|abps|ibp sys", "bp.systolic", _Source.ARTERIAL),
        ("abp dia|art dia|abpd|ibp dia", "bp.diastolic", _Source.ARTERIAL),
        ("abp mean|art mean|abpm|ibp mean", "bp.mean", _Source.ARTERIAL),
    )
    for name in names.split("|")
}  # fmt: skip


def proposed(look: TableLook) -> MappingDraft:
    """Return what the names of a table say of themselves; the rest is not taken."""
    uses: dict[str, Use] = {}
    taken: set[tuple[str, ObservationSource]] = set()
    for name in look.usable:
        use = _use_named(name)
        key = (use.what, use.source)
        # The second of two columns of one name's meaning is for a person to tell.
        uses[name] = use if use.what == TIME or key not in taken else Use()
        taken.add(key)
    return MappingDraft(
        separator=look.separator,
        decimal=look.decimal,
        header_line=look.header_line,
        missing=look.missing,
        uses=uses,
    )


def _use_named(name: str) -> Use:
    plain, _bracket, unit = name.replace("[", "(").partition("(")
    key = " ".join(plain.replace("_", " ").casefold().split())
    whole = " ".join(name.casefold().split())
    what, source = _NAMED.get(whole) or _NAMED.get(key) or (NOT_TAKEN, _Source.MONITOR)
    if what not in QUANTITIES:
        return Use(what, "", source)
    spelt = unit.rstrip(")] ")
    kind = QUANTITIES[what][0]
    return Use(what, spelt if unit_for(kind, spelt) else units_of(what)[0], source)


@dataclass(frozen=True, slots=True)
class TimeWay:
    """One way in which the times of a file may be written.

    Attributes:
        first: The first of them, read so; None for seconds and for times of a day, which need more.
    """

    form: str
    first: PartialDate | None

    def near(self, day: object) -> bool:
        """Tell whether the first time lies within a day of ``day``."""
        if self.first is None or not (isinstance(day, PartialDate) and day.is_full_day):
            return False
        return abs(self.first.first_day() - day.first_day()) <= dt.timedelta(days=1)


def time_ways(
    look: TableLook, columns: Sequence[str], zone: ZoneInfo, also: str = ""
) -> tuple[TimeWay, ...]:
    """Return the ways that fit the first times of a file; none where there are no times.

    ``also`` is a way of its own, as a mapping may name it.
    """
    cells = [look.cells_of(name) for name in columns]
    texts = [" ".join(row).strip() for row in zip(*cells, strict=False)]
    texts = [text for text in texts if text]
    forms = dict.fromkeys((*TIME_FORMATS, *([also] if also else ())))
    found = ((form, _read_so(form, texts, zone)) for form in forms)
    return tuple(TimeWay(form, read[0]) for form, read in found if read)


def _read_so(form: str, texts: Sequence[str], zone: ZoneInfo) -> list[PartialDate | None]:
    """Return the times as one way reads them; none where it does not fit them all."""
    try:
        return [_one(form, text, zone) for text in texts]
    except ClockError:
        return []


@lru_cache(maxsize=128)
def _format(form: str) -> TimeFormat:
    return TimeFormat(form)


def _one(form: str, text: str, zone: ZoneInfo) -> PartialDate | None:
    begin = PartialDate(2000, 1, 1, 0, 0, 0, 0)
    clock = DeviceClock(zone, dt.timedelta(), begin)
    if form in (SECONDS, CLOCK):
        # Its day, or its begin, is said elsewhere.
        clock.seconds(text) if form == SECONDS else clock.of_day(text, 0)
        return None
    if form == ISO:
        return clock.iso(text, 0)[0]
    wall, has_second = _format(form).read(text)
    return clock.wall(wall, 0, has_second=has_second)[0]
