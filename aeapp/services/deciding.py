"""Decide on events: report where, or not and why, by whom, when; every event ends in a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.access import Deed
from aeapp.domain.codelists.clinic import Destination, Obligation, ReportDecision
from aeapp.domain.records import Decision, Event, Patient
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.cases import EventStruckError
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.roles import refuse_others
from aeapp.services.sessions import of_kind

_CHUNK = 500


class DecisionIncompleteError(RefusedError):
    """A decision lacks a part without which nobody could follow it later."""

    code = "decision.incomplete"

    def __init__(self) -> None:
        super().__init__(
            N_("The decision is not complete."),
            remedy=N_("Say report or not and why; for a report also to whom, and duty or choice."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Judged:
    """An event that stands, with the decision that counts.

    Attributes:
        code: Of the patient; empty where there is none.
    """

    event: Event
    decision: Decision | None
    code: str


class DecidingService:
    """Store decisions; a later one stands beside the earlier, and the latest counts."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def report(
        self,
        event: Event,
        destinations: Iterable[Destination],
        obligation: Obligation,
        reason: str,
    ) -> Decision:
        """Decide that the event is reported.

        Raises:
            DecisionIncompleteError: Recipient or reason are missing.
            EventStruckError: The event was struck through.
            DeedRoleError: It is for another role.
        """
        to = frozenset(destinations)
        if not to:
            raise DecisionIncompleteError
        made = Decision(answer=ReportDecision.REPORT, destinations=to, obligation=obligation)
        return self._decide(event, made, reason)

    def no_report(self, event: Event, reason: str) -> Decision:
        """Decide that the event is not reported; that nobody is owed one is part of the decision.

        Raises:
            DecisionIncompleteError: The reason is missing.
            EventStruckError: The event was struck through.
            DeedRoleError: It is for another role.
        """
        made = Decision(answer=ReportDecision.NO_REPORT, obligation=Obligation.CHOICE)
        return self._decide(event, made, reason)

    def _decide(self, event: Event, made: Decision, reason: str) -> Decision:
        refuse_others(self._context, Deed.DECIDE)
        if not reason.strip():
            raise DecisionIncompleteError
        with self._context.new_uow() as uow:
            uow.lock()
            (stored,) = of_kind(Event, [uow.records.get("event", event.id)])
            if not stored.stands:
                raise EventStruckError
            decision = replace(
                made,
                event_id=stored.id,
                case_id=stored.case_id,
                reason=reason.strip(),
                decided_by=self._context.who.name,
                at=self._context.minute(),
            )
            saved = uow.save(decision, who=self._context.who)
            uow.commit()
        return saved

    def judged(self, *, undecided: bool = False) -> tuple[Judged, ...]:
        """Return the events that stand, in the order they were entered.

        Args:
            undecided: Only those without a decision.
        """
        with self._context.new_uow() as uow:
            ids = uow.records.ids("event", order_by=["id"])
            found = decisions_of(uow, ids)
            wanted = [i for i in ids if not (undecided and i in found)]
            chunks = (wanted[n : n + _CHUNK] for n in range(0, len(wanted), _CHUNK))
            events = [e for c in chunks for e in of_kind(Event, uow.records.many("event", c))]
            people = uow.records.many("patient", sorted({e.patient_id for e in events} - {""}))
            codes = {p.id: p.code or "" for p in of_kind(Patient, people)}
        order = {event_id: n for n, event_id in enumerate(ids)}
        events.sort(key=lambda event: order[event.id])
        return tuple(
            Judged(event, found.get(event.id), codes.get(event.patient_id, ""))
            for event in events
            if event.stands
        )

    def of_events(self, event_ids: Sequence[str]) -> dict[str, Decision]:
        """Return the decision that counts, by event; an event without one is left out."""
        with self._context.new_uow() as uow:
            return decisions_of(uow, event_ids)


def decisions_of(uow: UnitOfWork, event_ids: Sequence[str]) -> dict[str, Decision]:
    """Return the latest decision on each of these events."""
    found: dict[str, Decision] = {}
    for start in range(0, len(event_ids), _CHUNK):
        ids = list(event_ids[start : start + _CHUNK])
        # Identifiers sort by the moment they were made; the store gives the oldest first.
        for decision in of_kind(Decision, uow.records.find("decision", event_id=ids)):
            found[decision.event_id] = decision
    return found


__all__ = ["DecidingService", "DecisionIncompleteError", "decisions_of"]
