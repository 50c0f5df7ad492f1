"""The copy of an inspection pack that leaves out who it is about, made before anything is drawn.

Events stay with their decisions, clocks and sendings, and how many days lay between them; what
leads back to a person, to the house or to a file of either does not.

Source:
    45 CFR 164.514(b)(2)(i) (the list), (c) (codes).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from aeapp.domain.case import Case
from aeapp.domain.clocks import RunningClock
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.copies import Deidentifier, Left, Move, known_of, texts_of, to_year
from aeapp.domain.inspection import Inspected, Period, SentReport
from aeapp.domain.items import Section, attributes_of
from aeapp.domain.narrative.identifiers import Identifier, find, folded
from aeapp.domain.narrative.scan import identifiers_of
from aeapp.domain.records import CaseFile, Clinic, Event, Patient, Reporter, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.copying import CopyTellsError, NoMakerCopyError, Wish, unnamed
from aeapp.services.pages import PageStamp

WITHHELD = N_("withheld")
S = TypeVar("S", bound=Section)


@dataclass(frozen=True, slots=True, repr=False)
class InspectionFile:
    """What the pack shows.

    Attributes:
        shared: It is a copy that leaves out who it is about.
    """

    clinic: Clinic
    period: Period
    events: tuple[Inspected, ...]
    as_of: PartialDate
    shared: bool = False


def copied_pack(
    file: InspectionFile,
    patients: Mapping[str, Patient],
    stamp: PageStamp,
    wish: Wish,
    who: str,
    *,
    around: Sequence[Reporter] = (),
) -> tuple[InspectionFile, PageStamp, Left]:
    """Return the copy of a pack that is wished for, and what its pages say.

    Args:
        file: The pack.
        patients: Those of its events, by their ids.
        stamp: What its pages say.
        wish: Which copy.
        who: Who asks for it.
        around: Who told of the cases in it: a text that was read may name them.

    Raises:
        CopyTellsError: A de-identified copy would still tell who a patient is.
        NoMakerCopyError: A copy for a manufacturer was wished for.
    """
    if wish.copy is CopyKind.MAKER:
        raise NoMakerCopyError
    if wish.copy is CopyKind.FULL:
        return file, stamp, Left()
    known = tuple(_known(file, patients, around))
    made, left = _Maker(file, patients, known, texts_read=wish.texts_read).made()
    _proven(made, known)
    told = unnamed(stamp, f"{file.clinic.id} {file.period.first} {file.period.last}", wish, who)
    days = _("Days count from the first one of each case, which is put at the first of January.")
    return made, replace(told, copy=f"{told.copy} {days}"), left


def _known(
    file: InspectionFile, patients: Mapping[str, Patient], around: Sequence[Reporter]
) -> Iterator[Identifier]:
    """Yield what the records know of everybody in the pack, each way of writing it once."""
    found = dict.fromkeys(identifiers_of(Case(reporters=tuple(around))))
    for one in file.events:
        patient = patients.get(one.event.patient_id)
        if patient is not None:
            sessions = (one.session,) if one.session is not None else ()
            found |= dict.fromkeys(known_of(Case(patient=patient, sessions=sessions)))
    yield from found


def _sections(one: Inspected) -> Iterator[Section]:
    """Yield every record of an event in the pack."""
    yield one.event
    yield from (*one.learnt, *one.decisions, *one.requests)
    for sent in one.reports:
        yield from (sent.report, *sent.versions, *sent.sendings, *sent.approvals)


def _texts(file: InspectionFile) -> Iterator[str]:
    yield from texts_of(file.clinic)
    for one in file.events:
        yield one.patient
        for section in _sections(one):
            yield from texts_of(section)
        yield from (sent.closed_why for sent in one.reports)


def _met(texts: Iterable[str], known: Sequence[Identifier]) -> tuple[Identifier, ...]:
    """Return what of ``known`` may stand in the texts, which are read once for all of it."""
    patterns = list(dict.fromkeys(one.pattern for one in known))
    if not patterns:
        return ()
    every = re.compile("|".join(f"({pattern})" for pattern in patterns))
    found = {match.lastindex for text in texts for match in every.finditer(folded(text)[0])}
    met = {patterns[n - 1] for n in found if n}
    return tuple(one for one in known if one.pattern in met)


def _proven(made: InspectionFile, known: Sequence[Identifier]) -> None:
    """See that nothing known of a patient is in the copy.

    Raises:
        CopyTellsError: Something is.
    """
    own = [one for one in known if one.of_patient]
    left = _met(_texts(made), own)
    told = {one.what for text in _texts(made) for one in find(text, left) if one.sure}
    if told:
        raise CopyTellsError(tuple(sorted(told)))


class _Maker:
    """Makes the copy of one pack."""

    def __init__(
        self,
        file: InspectionFile,
        patients: Mapping[str, Patient],
        known: Sequence[Identifier],
        *,
        texts_read: bool,
    ) -> None:
        self._file, self._texts_read = file, texts_read
        # Texts that nobody read are withheld whole, whoever is named in them.
        self._known = _met(_texts(file), known) if texts_read else ()
        order = dict.fromkeys(one.event.patient_id for one in file.events)
        told = (patient_id for patient_id in order if patient_id in patients)
        self._numbers = {i: _("patient {n}").format(n=n) for n, i in enumerate(told, start=1)}
        self._zeros = _zeros(file.events)
        self._left = Left()

    def made(self) -> tuple[InspectionFile, Left]:
        """Return the copy and what was left out."""
        events = tuple(map(self._event, self._file.events))
        clinic = self._for(to_year, self._file.clinic)
        as_of = to_year(self._file.as_of)
        return replace(
            self._file, clinic=clinic, events=events, as_of=as_of, shared=True
        ), self._left

    def _event(self, one: Inspected) -> Inspected:
        move = _mover(self._zeros.get(_group(one)))

        def copy(section: S) -> S:
            return self._for(move, section)

        withheld = _(WITHHELD)
        return replace(
            one,
            event=self._called(one.event, copy(one.event)),
            patient=self._numbers.get(one.event.patient_id, ""),
            session=one.session and Session(id=one.session.id, number=withheld),
            file=one.file and CaseFile(id=one.file.id, number=withheld),
            learnt=tuple(map(copy, one.learnt)),
            entered=one.entered and move(one.entered),
            decisions=tuple(map(copy, one.decisions)),
            clocks=tuple(_clock(clock, move) for clock in one.clocks),
            reports=tuple(self._report(sent, move) for sent in one.reports),
            requests=tuple(map(copy, one.requests)),
            read=move(self._file.as_of),
        )

    def _called(self, before: Event, event: Event) -> Event:
        """Return an event by its coded term where the words of it are withheld."""
        terms = [coding.term for coding in event.codings if coding.term]
        if self._texts_read or not terms or not before.verbatim:
            return event
        return replace(event, verbatim=_("{term} (coded; words withheld)").format(term=terms[0]))

    def _report(self, sent: SentReport, move: Move) -> SentReport:
        maker = self._maker(move)
        why = maker.words(sent.closed_why)
        self._left.counts.update(maker.left.counts)
        return replace(
            sent,
            report=self._for(move, sent.report),
            versions=tuple(self._for(move, v) for v in sent.versions),
            sendings=tuple(self._for(move, s) for s in sent.sendings),
            approvals=tuple(self._for(move, a) for a in sent.approvals),
            closed_why=why,
        )

    def _maker(self, move: Move) -> Deidentifier:
        return Deidentifier(self._known, texts_read=self._texts_read, move=move)

    def _for(self, move: Move, section: S) -> S:
        maker = self._maker(move)
        made = _marked(section, maker.copy(section))
        self._left.counts.update(maker.left.counts)
        return made


def _marked(before: S, after: S) -> S:
    """Return a copy that says "withheld" where a text was, so that it does not read as missing."""
    parts: dict[str, Any] = {}
    for a in attributes_of(type(before)):
        was, now = getattr(before, a.name), getattr(after, a.name)
        if a.item is not None:
            if type(was) is str and was and type(now) is not str:
                parts[a.name] = _(WITHHELD)
        elif a.repeated:
            parts[a.name] = tuple(_marked(b, n) for b, n in zip(was, now, strict=True))
        elif isinstance(was, Section):
            parts[a.name] = _marked(was, now)
    return replace(after, **parts) if parts else after  # type: ignore[type-var]


# ------------------------------------------------------------------ days


def _group(one: Inspected) -> str:
    """Return what shares its days: a case with all its events, or an event without one."""
    return one.case_id or one.event.id


def _zeros(events: Iterable[Inspected]) -> dict[str, dt.date]:
    """Return the first day of each case, from which its days are counted in the copy."""
    first: dict[str, dt.date] = {}
    for one in events:
        days = [day for section in _sections(one) for day in _days(section)]
        told = (one.entered, *(clock.zero for clock in one.clocks))
        days += [at.first_day() for at in told if at is not None and at.is_full_day]
        if days:
            group = _group(one)
            first[group] = min(first.get(group, dt.date.max), *days)
    return first


def _days(section: Section) -> Iterator[dt.date]:
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.repeated:
            for member in value:
                yield from _days(member)
        elif isinstance(value, PartialDate) and value.is_full_day:
            yield value.first_day()


def _mover(zero: dt.date | None) -> Move:
    """Return what moves a day so that the first one is the first of January of its year."""

    def moved(at: PartialDate) -> PartialDate:
        if zero is None or not at.is_full_day:
            return to_year(at)
        return PartialDate.of(_shifted(at.first_day(), zero))

    return moved


def _shifted(day: dt.date, zero: dt.date) -> dt.date:
    return dt.date(zero.year, 1, 1) + (day - zero)


def _clock(clock: RunningClock, move: Move) -> RunningClock:
    """Return a clock by the days of the copy; a grace day is a day of the week and is left out."""
    counted = clock.counted
    if counted is not None:
        due = move(PartialDate.of(counted.day))
        at = counted.at and move(counted.at)
        counted = replace(counted, day=due.first_day(), at=at) if due.is_full_day else None
    return replace(
        clock,
        zero=clock.zero and move(clock.zero),
        counted=counted,
        grace=None,
        met=clock.met and replace(clock.met, at=move(clock.met.at)),
    )


__all__ = ["InspectionFile", "copied_pack"]
