"""The vitals watch at work: looks at what was just stored, and keeps what a person decides.

A proposal is stored in the unit of the readings that speak for it, so that no crash parts them.
Only a person makes an event of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from aeapp.domain.chair.phases import begun_at
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import NotAnEvent, ProposalState
from aeapp.domain.findings import item_findings
from aeapp.domain.records import (
    Administration,
    Event,
    Observation,
    Proposal,
    Session,
    WatchRule,
)
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.vitals.own_time import own
from aeapp.domain.vitals.watch import Watched, propose, unsupported
from aeapp.domain.vitals.watch_rules import DEFAULT_RULES, for_route, with_own
from aeapp.kernel.errors import BadInputError, RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.closing import amend, changed, session_of
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.protocols import protocol_of

# How an entry of the trail says that the readings proposed it.
REASON = "vitals watch"
AFTERWARDS = N_("a proposed event was accepted after the session")
MERGED_AFTERWARDS = N_("a proposed event was merged after the session")
WITHDRAWN = N_("its readings were struck through or called artefacts")
DISMISSED_AFTERWARDS = N_("a proposed event was dismissed after the session")


class DecidedError(RefusedError):
    """The proposal was decided on already, here or at another workstation."""

    code: ClassVar[str] = "proposal.decided"

    def __init__(self) -> None:
        super().__init__(
            N_("This proposal was decided on already."),
            remedy=N_("Look at the events of the session; nothing was changed."),
        )


class OtherSessionError(RefusedError):
    """A proposal was to be merged with an event of another patient or session."""

    code: ClassVar[str] = "proposal.other-session"

    def __init__(self) -> None:
        super().__init__(
            N_("This event belongs to another session."),
            remedy=N_("Choose an event of the session the readings were taken in."),
        )


class StruckEventError(RefusedError):
    """A proposal was to be merged with an event that was struck through."""

    code: ClassVar[str] = "proposal.struck-event"

    def __init__(self) -> None:
        super().__init__(
            N_("This event was struck through; nothing can be part of it."),
            remedy=N_("Choose an event that stands, or accept the proposal as one of its own."),
        )


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in force, and what was made of its proposals.

    Attributes:
        changed: Whether the clinic's rule says anything other than the default.
        has_default: Whether there is a default to go back to.
    """

    rule: WatchRule
    changed: bool
    has_default: bool
    accepted: int = 0
    merged: int = 0
    dismissed: int = 0
    open: int = 0

    @property
    def proposed(self) -> int:
        """Return how many proposals it made."""
        return self.accepted + self.merged + self.dismissed + self.open


def rules_in(uow: UnitOfWork) -> tuple[WatchRule, ...]:
    """Return the rules of the clinic: its own, and defaults where it has none."""
    found = uow.records.query("watch_rule", order_by=["id"])
    return with_own(r for r in found if isinstance(r, WatchRule))


def look(
    uow: UnitOfWork,
    context: WorkContext,
    session: Session,
    kinds: Iterable[ObservationKind | None],
    readings: Sequence[Observation] | None = None,
) -> tuple[Proposal, ...]:
    """Store what the session's readings of ``kinds`` propose; return what is new or more.

    ``readings`` are all of the session, where they are at hand already.
    """
    wanted = sorted({kind for kind in kinds if kind is not None})
    rules = [r for r in for_route(rules_in(uow), session.route) if r.kind in wanted]
    givings = uow.records.find("administration", session_id=session.id) if rules else []
    zero = begun_at(g for g in givings if isinstance(g, Administration))
    if zero is None:
        return ()
    taken = _read(uow, session, wanted) if readings is None else readings
    watched = Watched(
        patient_id=session.patient_id,
        session_id=session.id,
        readings=own(taken, session, zero),
        rules=rules,
        zero=zero,
        proposals=_proposals(uow, session.id),
    )
    return tuple(uow.save(p, who=context.who, reason=REASON) for p in propose(watched))


def look_again(
    uow: UnitOfWork, context: WorkContext, record: Administration
) -> tuple[Proposal, ...]:
    """Store what all readings of a session propose after ``record``, a dose of it, changed.

    A dose that is told late, or with another time, makes evidence of readings that stood there.
    """
    if not record.session_id:
        return ()
    session = session_of(uow, record.session_id)
    return look(uow, context, session, {rule.kind for rule in rules_in(uow)})


def withdraw(uow: UnitOfWork, context: WorkContext, session_id: str) -> None:
    """Close the open proposals whose readings all were struck through or called artefacts.

    Nothing is left to decide on; readings that count again are proposed anew.
    """
    proposals = _proposals(uow, session_id)
    if not any(p.state is ProposalState.OPEN for p in proposals):
        return
    found = uow.records.find("observation", session_id=session_id)
    for one in unsupported(proposals, [r for r in found if isinstance(r, Observation)]):
        gone = replace(
            one,
            state=ProposalState.WITHDRAWN,
            decided_by=context.who.name,
            decided_at=context.minute(),
        )
        uow.save(gone, who=context.who, reason=_(WITHDRAWN))


def _proposals(uow: UnitOfWork, session_id: str) -> tuple[Proposal, ...]:
    found = uow.records.find("proposal", session_id=session_id)
    return tuple(p for p in found if isinstance(p, Proposal))


def _read(uow: UnitOfWork, session: Session, kinds: Sequence[ObservationKind]) -> list[Observation]:
    found = uow.records.query(
        "observation", where={"session_id": session.id, "kind": list(kinds)}, order_by=["id"]
    )
    return [r for r in found if isinstance(r, Observation)]


class WatchService:
    """What people do with proposals and rules."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    # --- proposals

    def of_session(self, session_id: str) -> tuple[Proposal, ...]:
        """Return the proposals of a session, the oldest first."""
        with self._context.new_uow() as uow:
            return _proposals(uow, session_id)

    def accept(self, proposal: Proposal) -> tuple[Proposal, Event]:
        """Make an event of a proposal: its finding as words, its first reading as onset.

        Severity, outcome and end stay open; they are a person's to say.

        Raises:
            DecidedError: Somebody decided on it before.
        """
        with self._context.new_uow() as uow:
            stored = self._undecided(uow, proposal)
            event = Event(
                patient_id=stored.patient_id,
                session_id=stored.session_id,
                verbatim=stored.term,
                onset=stored.first,
            )
            if session_of(uow, stored.session_id).ending is None:
                event = uow.save(event, who=self._context.who)
            else:
                event = amend(uow, self._context, event, _(AFTERWARDS))
            decided = self._decided(stored, ProposalState.ACCEPTED, event_id=event.id)
            decided = uow.save(decided, who=self._context.who)
            uow.commit()
        return decided, event

    def merge(self, proposal: Proposal, event: Event) -> Proposal:
        """Say that a proposal is part of an event that is recorded already.

        Raises:
            DecidedError: Somebody decided on it before.
            OtherSessionError: The event is another session's.
            StruckEventError: The event was struck through.
        """
        with self._context.new_uow() as uow:
            stored = self._undecided(uow, proposal)
            other = uow.records.get("event", event.id)
            if not isinstance(other, Event) or other.session_id != stored.session_id:
                raise OtherSessionError
            if not other.stands:
                raise StruckEventError
            decided = self._decided(stored, ProposalState.MERGED, event_id=event.id)
            decided = changed(uow, self._context, decided, _(MERGED_AFTERWARDS))
            uow.commit()
        return decided

    def dismiss(self, proposal: Proposal, reason: NotAnEvent) -> Proposal:
        """Say that a proposal is no event, and why; it stays in the record.

        Raises:
            DecidedError: Somebody decided on it before.
        """
        with self._context.new_uow() as uow:
            stored = self._undecided(uow, proposal)
            decided = self._decided(stored, ProposalState.DISMISSED, reason=reason)
            decided = changed(uow, self._context, decided, _(DISMISSED_AFTERWARDS))
            uow.commit()
        return decided

    def _undecided(self, uow: UnitOfWork, proposal: Proposal) -> Proposal:
        uow.lock()
        stored = uow.records.get("proposal", proposal.id)
        if not isinstance(stored, Proposal) or stored.state is not ProposalState.OPEN:
            raise DecidedError
        return stored

    def _decided(
        self,
        proposal: Proposal,
        state: ProposalState,
        *,
        event_id: str = "",
        reason: NotAnEvent | None = None,
    ) -> Proposal:
        return replace(
            proposal,
            state=state,
            event_id=event_id,
            reason=reason,
            decided_by=self._context.who.name,
            decided_at=self._context.minute(),
        )

    # --- rules

    def rules(self) -> tuple[WatchRule, ...]:
        """Return every rule of the clinic, in use or not."""
        with self._context.new_uow() as uow:
            return rules_in(uow)

    def lines(self, since: dt.date | None = None) -> tuple[RuleLine, ...]:
        """Return every rule with what was made of its proposals from ``since`` on."""
        with self._context.new_uow() as uow:
            rules = rules_in(uow)
            found = uow.records.query("proposal", order_by=["id"])
        proposals = [
            p
            for p in found
            if isinstance(p, Proposal) and p.first is not None
            if since is None or p.first.first_day() >= since
        ]
        return tuple(_line(rule, proposals) for rule in rules)

    def save_rule(self, rule: WatchRule, *, reason: str = "") -> WatchRule:
        """Store the clinic's own rule; it wins over the default of the same code.

        Raises:
            BadInputError: A figure of it cannot be right.
        """
        for finding in item_findings(rule):
            raise BadInputError(finding.text, remedy=N_("Correct the figure; nothing was saved."))
        with self._context.new_uow() as uow:
            uow.lock()
            same = uow.records.find("watch_rule", code=rule.code)
            if same and not rule.id:
                rule = replace(rule, id=same[0].id, version=same[0].version)
            stored = uow.save(rule, who=self._context.who, reason=reason)
            uow.commit()
        return stored

    # --- schedules

    def schedule(self, session: Session) -> tuple[DueReading, ...]:
        """Return the readings that the protocol of a session asks for."""
        with self._context.new_uow() as uow:
            protocol = protocol_of(uow, session)
        return protocol.due if protocol is not None else ()


def _line(rule: WatchRule, proposals: Iterable[Proposal]) -> RuleLine:
    default = next((d for d in DEFAULT_RULES if d.code == rule.code), None)
    states = [p.state for p in proposals if p.rule == rule.code]
    return RuleLine(
        rule=rule,
        changed=default is None or replace(rule, id="", version=0) != default,
        has_default=default is not None,
        accepted=states.count(ProposalState.ACCEPTED),
        merged=states.count(ProposalState.MERGED),
        dismissed=states.count(ProposalState.DISMISSED),
        open=states.count(ProposalState.OPEN),
    )
