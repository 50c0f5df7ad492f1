"""What the records of a nasal session say to each item that the REMS asks, as ``rems_form`` has it.

Nothing is filled in that nobody recorded: a slot of 40 minutes names the real minute of the nearest
reading, and an event that is not on record is "not recorded", which is not No.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from aeapp.domain.chair.palette import term_of
from aeapp.domain.chair.pieces import devices_for
from aeapp.domain.chair.rems_form import (
    CLASSES,
    DOSES,
    FORM,
    LEAST_MINUTES,
    SERIOUS,
    SLOT_MINUTE,
    WATCHED,
    Asked,
)
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import (
    ConsentKind,
    MedicineRole,
    ObservationKind,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.safety import Seriousness, Sex
from aeapp.domain.codelists.session import Answer, CheckKind, MedicineClass
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NULL_LABELS, NullFlavor, as_text
from aeapp.domain.records import Administration, Check, Event, Observation, Session
from aeapp.domain.vitals.own_time import own
from aeapp.domain.vitals.typing import shown

NOT_ANSWERED = "not recorded"
NOT_READ = "not read"
NOT_ASKED = NULL_LABELS[NullFlavor.NASK]
_BEFORE = (CheckKind.GATE, CheckKind.HOME)
_SEDATION = ("sedation", "unresponsive")
_DISSOCIATION = ("dissociation", "out-of-body")
_BREATHING = ("slow-breathing", "breathing-stopped")
# A reading further away than this is named with its distance.
_NEAR_SLOT = 15
_NO_SUCH = "no such event recorded"
_UNNAMED = "to which reading is not on record"
_TERMS = {"sedation": _SEDATION, "dissociation": _DISSOCIATION, "breathing": _BREATHING}


def under_rems(session: Session) -> bool:
    """Tell whether the REMS asks about a session: a nasal one that is not at home."""
    return session.route is SessionRoute.NASAL and session.setting is not Setting.HOME


@dataclass(frozen=True, slots=True, repr=False)
class RemsItem:
    """One item with what the records say.

    Attributes:
        codes: Options of the item that the records tick; none where no record answers.
        applies: Whether the form asks it of this session.
    """

    asked: Asked
    value: str
    codes: frozenset[str] = frozenset()
    applies: bool = True

    @property
    def block(self) -> str:
        """Return the block of the form it stands in."""
        return self.asked.block

    @property
    def label(self) -> str:
        """Return what is asked."""
        return self.asked.label

    @property
    def missing(self) -> bool:
        """Tell whether the content is not complete without it, and nothing is on record."""
        return self.asked.needed and self.value in (NOT_ANSWERED, NOT_READ)

    @property
    def is_open(self) -> bool:
        """Tell whether the form asks it of this session and nobody answered; it is no No."""
        asks = self.applies and self.asked.required and not self.asked.needed
        return asks and self.value in (NOT_ANSWERED, NOT_READ, NOT_ASKED)


# What the records say to an item, and which of its options they tick.
Answered = tuple[str, frozenset[str]]
_NONE: frozenset[str] = frozenset()


def told(value: Any) -> str:
    """Return a value in words; a reason is said, and so is that nothing was recorded."""
    if isinstance(value, NullFlavor):
        return NULL_LABELS[value]
    return show(value) or NOT_ANSWERED


def rems_items(file: SessionFile) -> tuple[RemsItem, ...]:
    """Return every item in the order of the REMS's blocks."""
    found = dict(_answers(file))
    out = []
    for asked in FORM:
        if asked.key not in found:
            continue
        value, codes = found[asked.key]
        applies = not asked.follows or "yes" in found[asked.follows][1]
        out.append(RemsItem(asked, value, codes, applies))
    return tuple(out)


def _answers(file: SessionFile) -> Iterator[tuple[str, Answered]]:
    yield from _patient(file)
    yield from _medicines(file)
    for key, words in (*_monitor(file), *_setting(file), *_time(file)):
        yield key, (words, _NONE)
    yield from _session(file)
    yield from _pressure(file)
    yield from _events(file)


def _yes_no(value: object, words: str = "") -> Answered:
    """Return the truth ``value`` with its box; what is no truth ticks none."""
    if not isinstance(value, bool):
        return words or NOT_ANSWERED, _NONE
    return words or ("Yes" if value else "No"), frozenset({"yes" if value else "no"})


def _ticked(code: str, words: str) -> Answered:
    return words, frozenset({code})


def _patient(file: SessionFile) -> Iterator[tuple[str, Answered]]:
    person = file.patient
    enrolled = [c for c in file.consents if c.kind is ConsentKind.REMS]
    last = enrolled[-1] if enrolled else None
    sexes = {Sex.MALE: "male", Sex.FEMALE: "female"}
    sex = sexes.get(person.sex) if isinstance(person.sex, Sex) else None
    yield "name", (told(person.name), _NONE)
    yield "birth", (told(person.birth_date), _NONE)
    yield "sex", (told(person.sex), frozenset({sex} - {None}))  # type: ignore[arg-type]
    yield "first", _yes_no(not file.earlier)
    if last:
        yield "enrolled", _yes_no(last.given, f"{told(last.given)}, {told(last.on)}")
    else:
        yield "enrolled", _answered(file, "rems")


def _medicines(file: SessionFile) -> Iterator[tuple[str, Answered]]:
    known = [m for m in file.patient.medicines if m.role in (None, MedicineRole.CONCOMITANT)]
    lines = [" ".join(p for p in (m.name, m.dose) if p) for m in known if m.ongoing is not False]
    yield "medicines", ("; ".join(lines) or NOT_ANSWERED, _NONE)
    taken = file.session.medicine_classes
    for key, _label, _editions in CLASSES:
        if isinstance(taken, frozenset):
            yield key, _yes_no(MedicineClass(key) in taken)
        else:
            yield key, (told(taken), _NONE)
    yield "sedatives", _answered(file, "sedatives")


def _last_check(file: SessionFile, code: str, lists: tuple[CheckKind, ...]) -> Check | None:
    found = [c for c in file.checks if c.code == code and c.list in (lists or _BEFORE)]
    return found[-1] if found else None


def _asked(file: SessionFile, code: str, *lists: CheckKind) -> str:
    """Return what was answered to a question of a list, the last time it was."""
    check = _last_check(file, code, lists)
    return _answer(check) if check else NOT_ANSWERED


def _answered(file: SessionFile, code: str, *lists: CheckKind) -> Answered:
    check = _last_check(file, code, lists)
    if check is None:
        return NOT_ANSWERED, _NONE
    return _answer(check), frozenset(
        {check.answer.value} if isinstance(check.answer, Answer) else ()
    )


def _answer(check: Check) -> str:
    return "; ".join(p for p in (told(check.answer), check.told, check.reason) if p)


def _monitor(file: SessionFile) -> Iterator[tuple[str, str]]:
    name = file.session.rems_completed_by or next(
        (g.given_by for g in file.doses if g.given_by), None
    )
    person = next((s for s in file.staff if s.name == name), None)
    yield "monitor", told(name)
    yield "monitor-phone", told(person.phone if person else None)
    yield "monitor-email", told(person.email if person else None)
    yield "prescriber", file.session.prescriber or _asked(file, "prescriber")


def _setting(file: SessionFile) -> Iterator[tuple[str, str]]:
    clinic = file.clinic
    yield "setting", told(clinic.name)
    yield "address", told(clinic.address)
    yield "city", "; ".join(told(part) for part in (clinic.city, clinic.state, clinic.postal_code))
    yield "setting-phone", told(clinic.phone)


def _session(file: SessionFile) -> Iterator[tuple[str, Answered]]:
    lots = dict.fromkeys(lot for g in file.doses if (lot := file.lot_number(g)))
    dose = _dose(file.doses)
    listed = {words: code for code, words in DOSES}
    ticked = _NONE if dose == NOT_ANSWERED else frozenset({listed.get(dose, "other")})
    yield "date", (told(_day(file)), _NONE)
    yield "dose", (dose, ticked)
    yield "devices", (_devices(file), _NONE)
    yield "lot", (", ".join(lots) or NOT_ANSWERED, _NONE)


def _devices(file: SessionFile) -> str:
    """Return how many devices were given: one a dose, or as many as its amount makes."""
    counts = [_devices_of(giving) for giving in file.doses]
    return str(sum(counts)) if counts else NOT_ANSWERED


def _devices_of(giving: Administration) -> int:
    whole = giving.dose if giving.dose_unit is DoseUnit.MG else None
    if giving.device_number is not None or not isinstance(whole, Decimal):
        return 1
    return devices_for(whole) or 1


def _day(file: SessionFile) -> Any:
    at = file.zero
    return file.on_clock(at).date_part() if at else None


def _dose(doses: Sequence[Administration]) -> str:
    amounts = [g.dose for g in doses if isinstance(g.dose, Decimal)]
    if not amounts or len(amounts) < len(doses):
        return NOT_ANSWERED
    if any(g.dose_unit is not DoseUnit.MG for g in doses):
        units = (f"{show(g.dose)} {g.dose_unit.symbol if g.dose_unit else '?'}" for g in doses)
        return " + ".join(units)
    return f"{show(sum(amounts, Decimal(0)))} mg"


def _time(file: SessionFile) -> Iterator[tuple[str, str]]:
    minutes = file.minute(file.session.ended)
    yield "minutes", NOT_ANSWERED if minutes is None else f"{minutes} minutes"
    if minutes is not None and minutes < LEAST_MINUTES:
        why = file.session.override_reason or file.session.ending_reason
        yield "shorter", f"{told(file.session.ending)}; {told(why)}"
    ready = file.session.ready_minute
    yield "ready", NOT_ANSWERED if ready is None else f"{ready} minutes"


def _pressure(file: SessionFile) -> Iterator[tuple[str, Answered]]:
    taken = replace(file, observations=own(file.observations, file.session, file.zero))
    timed = [
        (minute, reading)
        for reading in taken.readings(ObservationKind.BLOOD_PRESSURE)
        if (minute := file.minute(reading.at)) is not None
    ]
    before = [t for t in timed if t[0] <= 0]
    after = [t for t in timed if t[0] > 0]
    nearest = min(after, key=lambda t: (abs(t[0] - SLOT_MINUTE), t[0]), default=None)
    yield "before", (_timed(before[-1] if before else None), _NONE)
    yield "slot", (_at_slot(nearest), _NONE)
    yield "last", (_timed(after[-1] if after else None), _NONE)
    yield "fit-before", _acceptable(file, before)
    yield "fit-after", _acceptable(file, after, CheckKind.DISCHARGE)


def _acceptable(
    file: SessionFile, read: Sequence[tuple[int, Observation]], *lists: CheckKind
) -> Answered:
    """Return the answer to the last of these pressures; one to another reading ticks nothing."""
    check, answered = _last_check(file, "pressure", lists), _answered(file, "pressure", *lists)
    if check is None or not isinstance(check.answer, Answer) or not read:
        return answered
    if not check.observation_id:
        return f"{answered[0]}; {_UNNAMED}", answered[1]
    if check.observation_id == read[-1][1].id:
        return answered
    return f"{answered[0]}; not answered to {_timed(read[-1])}", _NONE


def _at_slot(nearest: tuple[int, Observation] | None) -> str:
    words = _timed(nearest)
    if nearest is None or abs(nearest[0] - SLOT_MINUTE) <= _NEAR_SLOT:
        return words
    return f"{words}; none within {_NEAR_SLOT} minutes of minute {SLOT_MINUTE}"


def _timed(found: tuple[int, Observation] | None) -> str:
    if found is None:
        return NOT_READ
    minute, reading = found
    sign = "−" if minute < 0 else ""
    return f"{shown(reading)} mmHg at minute {sign}{abs(minute)}"


def _events(file: SessionFile) -> Iterator[tuple[str, Answered]]:
    standing = [e for e in file.events if e.stands]
    for key, _label, _editions in WATCHED:
        yield from _watched(file, key, [e for e in standing if _code(e) in _TERMS[key]])
    others = [e for e in standing if all(_code(e) not in codes for codes in _TERMS.values())]
    yield "others", ("; ".join(_course(file, e) for e in others) or "none recorded", _NONE)
    yield from _serious(standing)


def _watched(
    file: SessionFile, key: str, events: Sequence[Event]
) -> Iterator[tuple[str, Answered]]:
    """Yield whether it is on record, from which minute to which, and whether it ended in time."""
    if not events:
        for name in (key, f"{key}-onset", f"{key}-end", f"{key}-within"):
            yield name, (_NO_SUCH, _NONE)
        return
    yield key, _ticked("yes", f"Recorded: {'; '.join(_course(file, e) for e in events)}")
    begins = [file.minute(e.onset) for e in events]
    ends = [file.minute(e.ended) for e in events]
    first = None if None in begins else min(m for m in begins if m is not None)
    last = None if None in ends else max(m for m in ends if m is not None)
    yield f"{key}-onset", (NOT_ANSWERED if first is None else f"{first}", _NONE)
    yield f"{key}-end", (NOT_ANSWERED if last is None else f"{last}", _NONE)
    left = file.minute(file.session.ended)
    yield f"{key}-within", _yes_no(None if last is None or left is None else last <= left)


def _code(event: Event) -> str:
    term = term_of(event.verbatim)
    return term.code if term else ""


def _course(file: SessionFile, event: Event) -> str:
    begin, end = file.minute(event.onset), file.minute(event.ended)
    onset = "onset not known" if begin is None else f"from minute {begin}"
    until = "resolution not recorded" if end is None else f"to minute {end}"
    return f"{event.verbatim or NOT_ANSWERED} {onset}, {until}"


def _serious(events: Sequence[Event]) -> Iterator[tuple[str, Answered]]:
    """Yield whether one was serious, by what, and in which words; open is neither yes nor no."""
    found = [(e, e.seriousness) for e in events if isinstance(e.seriousness, frozenset)]
    serious = [(e, criteria) for e, criteria in found if criteria]
    open_ = [e for e in events if not isinstance(e.seriousness, frozenset)]
    words = [f"{told(e.verbatim)}: {show(criteria)}" for e, criteria in serious]
    words += [f"{told(e.verbatim)}: seriousness {told(e.seriousness)}" for e in open_]
    if not events:
        yield "serious", ("no event recorded", _NONE)
    elif not words:
        yield "serious", _ticked("no", "No criterion met, as assessed")
    else:
        yield "serious", ("; ".join(words), frozenset({"yes"} if serious else ()))
    met: frozenset[Seriousness] = frozenset().union(*(criteria for _e, criteria in serious))
    known = {code for code, _words in SERIOUS}
    # What the form has no box for is an important medical event there.
    codes = {m.value if m.value in known else "other" for m in met}
    yield "criteria", (show(met) or "none", frozenset(codes))
    texts = [
        "; ".join(p for p in (told(e.verbatim), as_text(e.note), as_text(e.treatment)) if p)
        for e, _criteria in serious
    ]
    yield "serious-words", (" / ".join(texts) or "none", _NONE)
