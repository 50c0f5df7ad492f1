"""What a person does in the course of a session: notes, changes of events, and undoing.

Undo makes a new entry: what was captured last is struck through with the reason "undone".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aeapp.domain.chair.gate import as_before, same_answer
from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.coding.index import Offer
from aeapp.domain.coding.recoding import coded_with
from aeapp.domain.items import Record
from aeapp.domain.records import (
    Administration,
    Check,
    Event,
    Note,
    Observation,
    Proposal,
    SafetyReview,
    Score,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.closing import UNDONE
from forms.desk import Desk

if TYPE_CHECKING:
    from forms.session_work import SessionWork


# The part of what stays.
_STAYS = ""


@dataclass(slots=True)
class Capture:
    """One thing that was captured and can be undone.

    Attributes:
        records: As echoed, then as stored.
        wanted: It is to be undone as soon as it is stored.
        before: Of an answer, what stood there before it.
    """

    words: str
    part: str
    records: tuple[Record, ...]
    stored: bool = False
    wanted: bool = False
    before: Check | None = None


class CourseWork:
    """Notes, events and undo of one session; shown at once, stored on the thread of writes."""

    def __init__(self, work: SessionWork, desk: Desk) -> None:
        self._work, self._desk = work, desk
        session_id = work.room.session.id
        self._captures: list[Capture] = desk.captures.setdefault(session_id, [])

    # --- undo

    def captured(
        self, words: str, part: str, records: tuple[Record, ...], before: Check | None = None
    ) -> Capture:
        """Remember what is on its way to the store, so that it can be undone."""
        capture = Capture(words, part, records, before=before)
        self._captures.append(capture)
        return capture

    def landed(self, capture: Capture, stored: tuple[Record, ...]) -> None:
        """Take the stored records; undo them where that was asked for meanwhile."""
        capture.records, capture.stored = stored, True
        if capture.wanted and not self._is_over():
            self._strike(capture)

    def took_in(self, readings: tuple[Observation, ...]) -> None:
        """Remember the readings of a file, which are undone as one."""
        if readings:
            words = _("Import of {n} readings").format(n=len(readings))
            self.captured(words, "observations", readings).stored = True

    def stays(self, words: str) -> None:
        """Remember something that Ctrl+Z does not take back, so that it takes nothing older."""
        self.captured(words, _STAYS, ()).stored = True

    def undo(self) -> None:
        """Strike through what was captured last and still stands; not in a session that is over."""
        if self._is_over():
            return
        while self._captures:
            if self._captures[-1].part == _STAYS:
                # And nothing before it: what came later may rest on that.
                words = _("Not undone: {what} Mend it where it stands.")
                self._desk.toast(words.format(what=self._captures[-1].words))
                return
            capture = self._captures.pop()
            if not capture.stored:
                capture.wanted = True
                return
            if self._strike(capture):
                return
        self._desk.toast(_("Nothing to undo here."))

    def _is_over(self) -> bool:
        """Tell whether the session has ended, and say that it takes amendments only."""
        if self._work.over:
            self._desk.toast(_("The session has ended: amend it, with a reason."))
        return self._work.over

    def _strike(self, capture: Capture) -> bool:
        if capture.part == "checks":
            return self._take_back(capture)
        ids = {record.id for record in capture.records}
        now = [r for r in getattr(self._work.room, capture.part) if r.id in ids and _counts(r)]
        if not now:
            return False
        toast = _("Undone: {what}. It stays on record, struck through.").format(what=capture.words)
        strike: dict[str, Callable[[Any, str], None]] = {
            "observations": self._strike_readings,
            "events": self._strike_events,
            "notes": self._strike_notes,
            "administrations": self._strike_doses,
        }
        strike[capture.part](tuple(now), toast)
        return True

    def _strike_readings(self, readings: tuple[Observation, ...], toast: str) -> None:
        status, app = ObservationStatus.STRUCK, self._desk.app
        session_id = self._work.room.session.id
        after = [replace(r, status=status, status_reason=UNDONE) for r in readings]

        def work() -> tuple[tuple[Observation, ...], tuple[Proposal, ...]]:
            stored = app.sessions.set_statuses(readings, status, UNDONE)
            # What they proposed goes with them.
            return stored, app.watching.of_session(session_id)

        self._work.put("observations", after)
        self._work.change("observations", readings, work, toast, self._work.take_proposals)

    def _strike_events(self, events: tuple[Event, ...], toast: str, reason: str = UNDONE) -> None:
        after = [replace(e, struck_reason=reason) for e in events]
        service = self._desk.app.events

        def work() -> tuple[Event, ...]:
            return tuple(service.strike(e, reason) for e in events)

        self._change("events", events, after, work, toast)

    def _strike_notes(self, notes: tuple[Note, ...], toast: str, reason: str = UNDONE) -> None:
        after = [replace(n, struck_reason=reason) for n in notes]
        service = self._desk.app.notes

        def work() -> tuple[Note, ...]:
            return tuple(service.strike(n, reason) for n in notes)

        self._change("notes", notes, after, work, toast)

    def _strike_doses(self, doses: tuple[Administration, ...], toast: str) -> None:
        after = [replace(g, struck_reason=UNDONE) for g in doses]
        dosing = self._desk.app.dosing

        def work() -> tuple[Administration, ...]:
            return tuple(dosing.strike(g.id, UNDONE) for g in doses)

        self._change("administrations", doses, after, work, toast)

    def _take_back(self, capture: Capture) -> bool:
        """Let a question stand as it stood before the answer, unless it has another one by now."""
        (given,) = capture.records
        now = [c for c in self._work.room.checks if c.id == given.id]
        if not isinstance(given, Check) or not now or not same_answer(now[0], given):
            return False
        gate, before = self._desk.app.gate, capture.before
        toast = _("Undone: {what}. The trail keeps it.").format(what=capture.words)
        self._change(
            "checks",
            (now[0],),
            [as_before(now[0], before)],
            lambda: (gate.take_back(given, before),),
            toast,
        )
        return True

    # --- events

    def correct(self, event: Event, changes: dict[str, Any], reason: str) -> None:
        """Store other severity, onset or end, with why."""
        service = self._desk.app.events
        work = lambda: (service.correct(event, reason, **changes),)  # noqa: E731 - one expression
        self._one(event, changes, work, _("Event corrected."))

    def tell(self, event: Event, told: dict[str, Any]) -> None:
        """Store what was not known of an event before."""
        service = self._desk.app.events
        work = lambda: (service.add(event, **told),)  # noqa: E731 - one expression
        self._one(event, told, work, _("Event completed."))

    def resolve(self, event: Event) -> None:
        """Store that the event is over now."""
        at, service = self._desk.app.context.minute(), self._desk.app.events
        toast = _("{event} is over.").format(event=event.verbatim)
        work = lambda: (service.resolved(event, at),)  # noqa: E731 - one expression
        self._one(event, {"ended": at}, work, toast)

    def code(self, event: Event, offer: Offer) -> None:
        """Store the coded term that a person chose; the event's words stay."""
        context, service = self._desk.app.context, self._desk.app.coding
        echo = coded_with(event, offer.coded, offer.how, context.who.name, context.minute())
        toast = _("Coded as {term}.").format(term=_(offer.coded.term))
        work = lambda: (service.code(event, offer.coded, offer.how),)  # noqa: E731 - one expression
        self._one(event, {"codings": echo.codings}, work, toast)

    def strike_event(self, event: Event, reason: str) -> None:
        """Strike an event through, with why."""
        toast = _("Event struck through; it stays on record.")
        self._strike_events((event,), toast, reason)

    def _one(
        self, event: Event, changes: dict[str, Any], work: Callable[[], Any], toast: str
    ) -> None:
        self._change("events", (event,), [replace(event, **changes)], work, toast)

    # --- notes

    def note(self, words: str, kind: NoteKind, at: PartialDate) -> None:
        """Add a line with its time."""
        session, service = self._work.room.session, self._desk.app.notes
        echo = Note(words=words, kind=kind, at=at, by=self._desk.app.who.name)
        self._work.capture(
            "notes",
            (echo,),
            lambda: (service.add(session, words, kind, at),),
            _("Note recorded"),
        )

    def strike_line(self, line: Note | Score, reason: str) -> None:
        """Strike a line or a filled scale through, with why."""
        if isinstance(line, Score):
            self._strike_score(line, reason)
        else:
            self._strike_notes((line,), _("Line struck through; it stays on record."), reason)

    def _strike_score(self, score: Score, reason: str) -> None:
        """Strike a filled scale through; the safety strip it opened waits no more."""
        app, work, session_id = self._desk.app, self._work, self._work.room.session.id
        self.stays(_("Score struck through."))

        def strike() -> tuple[Score, tuple[SafetyReview, ...]]:
            return app.scales.strike(score, reason), app.safety.of_session(session_id)

        def taken(made: tuple[Score, tuple[SafetyReview, ...]]) -> tuple[Score, ...]:
            stored, reviews = made
            work.hold("reviews", reviews)
            return (stored,)

        work.put("scores", [replace(score, struck_reason=reason)])
        toast = _("Struck through; it counts nowhere any more.")
        work.change("scores", (score,), strike, toast, taken)

    def correct_note(self, note: Note, words: str, reason: str) -> None:
        """Put other words in the place of a line, which stays, struck through."""
        service, work = self._desk.app.notes, self._work
        self.stays(_("Line corrected."))
        work.put("notes", [replace(note, struck_reason=reason)])

        def done(_stored: Note) -> None:
            self._desk.toast(_("Line corrected; what stood there stays on record."))
            work.reload()

        self._desk.write(
            lambda: service.correct(note, words, reason), done, lambda _e: work.put("notes", [note])
        )

    def _change(
        self,
        part: str,
        before: tuple[Record, ...],
        after: list[Any],
        work: Callable[[], Any],
        toast: str,
    ) -> None:
        self._work.put(part, after)
        self._work.change(part, before, work, toast)


def _counts(record: Record) -> bool:
    if isinstance(record, Observation):
        return record.status is not ObservationStatus.STRUCK
    return not getattr(record, "struck_reason", None)
