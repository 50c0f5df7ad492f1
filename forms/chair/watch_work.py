"""What the readings of a session ask for and propose, and what a person makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aeapp.domain.codelists.session import NotAnEvent, ProposalState
from aeapp.domain.records import Event, Observation, Proposal, WatchRule
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.book import FlagBook, ReadingBook
from aeapp.domain.vitals.due import DueRow, Times, due_of, infusion_end
from aeapp.domain.vitals.gravity import worst_first
from aeapp.domain.vitals.own_time import span_of
from aeapp.domain.vitals.watch import Baseline, Watched, flag_words, repeats, witnesses
from aeapp.kernel.i18n import _
from aeapp.services.sessions import SessionRoom
from forms.desk import Desk

if TYPE_CHECKING:  # the work has this as one of its parts
    from forms.session_work import SessionWork


@dataclass(frozen=True, slots=True)
class _Known:
    """The rows due, and for which records and minute they were worked out."""

    room: SessionRoom
    now: PartialDate
    rows: tuple[DueRow, ...]


class WatchWork:
    """The watch of the session on the screen."""

    def __init__(self, work: SessionWork, desk: Desk) -> None:
        self._work = work
        self._desk = desk
        self._deciding: set[str] = set()
        self._known: _Known | None = None
        self._book, self._flags = ReadingBook(), FlagBook()

    @property
    def rules(self) -> tuple[WatchRule, ...]:
        """Return the rules in use for the session's route."""
        return self._work.loaded.rules

    @property
    def baseline(self) -> Baseline:
        """Return the patient's own readings before the dose."""
        return self.book.baseline(self._work.zero)

    @property
    def book(self) -> ReadingBook:
        """Return what is known of the readings as they are now."""
        room, book = self._work.room, self._book
        if book.readings is not room.observations:
            book.take(room.observations)
        book.within(span_of(room.session, self._work.zero))
        return book

    def flags(self) -> Callable[[Observation], str]:
        """Return what says which rules a reading is beyond."""
        rules, baseline = self.rules, self.baseline
        return lambda reading: flag_words(reading, rules, baseline)

    def flagged(self) -> frozenset[str]:
        """Return the ids of the readings that are beyond a rule."""
        baseline = self.baseline
        return self._flags.of(self.book.readings, self.flags(), (self.rules, baseline))

    def due(self) -> tuple[DueRow, ...]:
        """Return the rows of readings that are due, as they stand in this minute."""
        room, now = self._work.room, self._desk.app.context.minute()
        known = self._known
        same = known is not None and known.now == now and known.room is room
        if known is None or not same:
            known = self._known = _Known(room, now, self._due(now))
        return known.rows

    def _due(self, now: PartialDate) -> tuple[DueRow, ...]:
        work, room = self._work, self._work.room
        ended = room.session.ended
        times = Times(
            now=now,
            zero=work.zero,
            infusion_end=infusion_end(room.administrations),
            ended=ended if isinstance(ended, PartialDate) else None,
        )
        asked = () if work.over else repeats(self._watched())
        return due_of(work.loaded.schedule, self.book.sets(work.zero), times, asked)

    def _watched(self) -> Watched:
        room = self._work.room
        return Watched(
            patient_id=room.session.patient_id,
            session_id=room.session.id,
            readings=self.book.recent(self._work.zero),
            rules=self.rules,
            zero=self._work.zero,
        )

    # --- proposals

    def open(self) -> tuple[Proposal, ...]:
        """Return the proposals that wait for a person, the worst first."""
        waiting = tuple(
            p
            for p in self._work.room.proposals
            if p.state is ProposalState.OPEN and p.id not in self._deciding
        )
        if len(waiting) <= 1:
            return waiting
        return worst_first(waiting, self._work.room.observations, self.rules, self.baseline)

    def witnesses(self, proposal: Proposal) -> tuple[Observation, ...]:
        """Return the readings that speak for a proposal."""
        return witnesses(proposal, self._work.room.observations)

    def accept(self, proposal: Proposal) -> None:
        """Make an event of a proposal."""
        watching = self._desk.app.watching

        def done(made: tuple[Proposal, Event]) -> None:
            decided, event = made
            self._take(decided, event)

        self._decide(proposal, lambda: watching.accept(proposal), done, _("Event recorded."))

    def merge(self, proposal: Proposal, event: Event) -> None:
        """Let a proposal be part of an event that is recorded."""
        watching = self._desk.app.watching
        toast = _("Merged with an event.")
        self._decide(proposal, lambda: watching.merge(proposal, event), self._take, toast)

    def dismiss(self, proposal: Proposal, reason: NotAnEvent) -> None:
        """Say that a proposal is no event."""
        watching = self._desk.app.watching
        toast = _("Kept as no event: {reason}.").format(reason=_(reason.words).lower())
        self._decide(proposal, lambda: watching.dismiss(proposal, reason), self._take, toast)

    def _decide(
        self,
        proposal: Proposal,
        work: Callable[[], Any],
        take: Callable[[Any], None],
        toast: str,
    ) -> None:
        # It leaves the screen at once, and comes back if it could not be stored.
        self._work.course.stays(toast)
        self._deciding.add(proposal.id)
        self._work.changed.emit()

        def done(made: Any) -> None:
            take(made)
            self._deciding.discard(proposal.id)
            self._work.changed.emit()
            self._desk.toast(toast)

        def failed(_error: BaseException) -> None:
            self._deciding.discard(proposal.id)
            self._work.changed.emit()

        self._desk.write(work, done, failed)

    def _take(self, proposal: Proposal, event: Event | None = None) -> None:
        room = self._work.room
        events = room.events if event is None else (*room.events, event)
        proposals = tuple(proposal if p.id == proposal.id else p for p in room.proposals)
        self._work.room = replace(room, events=events, proposals=proposals)
