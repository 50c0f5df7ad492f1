"""Recodings that were stored: listed, and put back later, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from aeapp.domain.access import Deed
from aeapp.domain.codecs import show
from aeapp.domain.coding.past import (
    PUT_BACK,
    RECODED,
    PastRecoding,
    is_as_recoded,
    past_recodings,
    put_back,
)
from aeapp.domain.records import Event, Patient, Terminology
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.coding import events_in
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.roles import refuse_others
from aeapp.services.sessions import of_kind

_CHUNK = 500
_MOST_NAMED = 5


class NoSuchRecodingError(RefusedError):
    """A recoding was named that the trail does not have."""

    code: ClassVar[str] = "recoding.none"

    def __init__(self) -> None:
        super().__init__(
            N_("There is no recoding with this number."),
            remedy=N_("Look for it in Library, Terms, under what was coded together."),
            option=N_("'terms recodings' lists them with their numbers."),
        )


class UndoneAlreadyError(RefusedError):
    """A recoding was to be undone that is undone."""

    code: ClassVar[str] = "recoding.undone"

    def __init__(self, past: PastRecoding) -> None:
        super().__init__(
            _("This recoding was undone by {who}; nothing was changed.").format(who=past.undone_by),
            remedy=N_("Code the events again with the release that is wanted."),
        )


class CodedSinceError(RefusedError):
    """Events of a recoding have another code by now, so that it cannot be undone whole."""

    code: ClassVar[str] = "recoding.coded-since"

    def __init__(self, events: Sequence[ChangedEvent]) -> None:
        named = "; ".join(event.words for event in events[:_MOST_NAMED])
        if len(events) > _MOST_NAMED:
            named = _("{some} and {n} more").format(some=named, n=len(events) - _MOST_NAMED)
        words = _("The codes of {n} events were changed since, so nothing was put back: {named}.")
        if len(events) == 1:
            words = _("The code of one event was changed since, so nothing was put back: {named}.")
        super().__init__(
            words.format(n=len(events), named=named),
            remedy=N_("Put these codes back to what the recoding gave, or change the others by "
                      "hand."),
        )  # fmt: skip
        self.events = tuple(events)


@dataclass(frozen=True, slots=True, repr=False)
class ChangedEvent:
    """An event that no longer has the code of a recoding, as it is named."""

    event_id: str
    words: str


class PastRecodings:
    """What was coded together, read from the trail."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    @property
    def may_undo(self) -> bool:
        """Tell whether this person codes many events at once, or puts them back."""
        return self._context.may(Deed.RECODE)

    def all(self) -> tuple[PastRecoding, ...]:
        """Return the recodings, the newest first."""
        with self._context.new_uow() as uow:
            return _all(uow)

    def changed_since(self, number: int) -> tuple[ChangedEvent, ...]:
        """Return the events of a recoding that have another code by now.

        Raises:
            NoSuchRecodingError: There is none with this number.
        """
        with self._context.new_uow() as uow:
            past = _one(uow, number)
            return _changed(uow, past, _events_of(uow, past))

    def undo(self, number: int, progress: Progress | None = None) -> tuple[Event, ...]:
        """Put back what each event was coded with, all or none, each with its own entry.

        What else was said of an event since stays; so does what was sent.

        Raises:
            NoSuchRecodingError: There is none with this number.
            UndoneAlreadyError: It was undone before.
            CodedSinceError: Events have another code by now; it names them, nothing was put back.
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.RECODE)
        told, who = progress or NoProgress(), self._context.who
        done = []
        with self._context.new_uow() as uow:
            uow.lock()
            past = _one(uow, number)
            if not past.stands:
                raise UndoneAlreadyError(past)
            events = _events_of(uow, past)
            if changed := _changed(uow, past, events):
                raise CodedSinceError(changed)
            reason = f"recoding in bulk taken back: {past.terminology} {past.edition}"
            for n, line in enumerate(past.lines):
                # Stopped here, the unit of work ends without a commit: nothing is put back.
                told.step(n, len(past.lines), "")
                now = put_back(events[line.event_id], past, line)
                done.append(uow.save(now, who=who, reason=reason))
            uow.trail.note(
                PUT_BACK,
                who=who,
                entity=Terminology.KIND,
                entity_id=past.release_id,
                data={"of": number, "events": len(done)},
            )
            uow.commit()
        return tuple(done)


def _all(uow: UnitOfWork) -> tuple[PastRecoding, ...]:
    coded, undone = (uow.trail.by_action(action) for action in (RECODED, PUT_BACK))
    return past_recodings((e.content for e in coded), (e.content for e in undone))


def _one(uow: UnitOfWork, number: int) -> PastRecoding:
    found = next((past for past in _all(uow) if past.number == number), None)
    if found is None:
        raise NoSuchRecodingError
    return found


def _events_of(uow: UnitOfWork, past: PastRecoding) -> dict[str, Event]:
    return {event.id: event for event in events_in(uow, [line.event_id for line in past.lines])}


def _changed(
    uow: UnitOfWork, past: PastRecoding, events: dict[str, Event]
) -> tuple[ChangedEvent, ...]:
    lines = [
        line
        for line in past.lines
        if line.event_id not in events or not is_as_recoded(events[line.event_id], past, line)
    ]
    ids = sorted({events[n.event_id].patient_id for n in lines if n.event_id in events} - {""})
    chunks = (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK))
    found = [p for some in chunks for p in of_kind(Patient, uow.records.many("patient", some))]
    people = {patient.id: patient for patient in found}
    return tuple(ChangedEvent(n.event_id, _named(events.get(n.event_id), people)) for n in lines)


def _named(event: Event | None, people: dict[str, Patient]) -> str:
    """Return an event by its reporter's words, the code of its patient and its day."""
    if event is None:
        return _("an event that is not there any more")
    patient = people.get(event.patient_id)
    words = show(event.verbatim) or _("(no words)")
    parts = (words, (patient.code if patient else None) or "", show(event.onset))
    return ", ".join(part for part in parts if part)
