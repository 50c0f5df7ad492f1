"""What happened in a case, in its order: treatment, event, what was learnt, decided, said and sent.

Nothing is judged and nothing left out silently: what has no date stands at the end and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aeapp.domain.case import Case
from aeapp.domain.chair.doses import giving_words
from aeapp.domain.codecs import show
from aeapp.domain.codelists.session import Answer, NoteKind
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.domain.records import Request, Sending
from aeapp.domain.sending import sending_words
from aeapp.domain.values import PartialDate, order_in_zone, zone_named
from aeapp.kernel.i18n import N_, _


class Lane(StrEnum):
    """What a moment belongs to, in the order of moments of the same minute."""

    TREATMENT = "treatment"
    EVENT = "event"
    CLINIC = "clinic"
    OUTSIDE = "outside"

    @property
    def words(self) -> str:
        """Return the words for people, in English; translate with ``_`` where shown."""
        return _LANES[self]


_LANES = {
    Lane.TREATMENT: N_("Treatment"),
    Lane.EVENT: N_("Event"),
    Lane.CLINIC: N_("Clinic"),
    Lane.OUTSIDE: N_("Outside"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """One thing that happened.

    Attributes:
        at: When, as exactly as it is known; None where nobody said.
        what: In a few words.
        detail: Who, how, why; may be empty.
    """

    lane: Lane
    at: PartialDate | None
    what: str
    detail: str = ""

    @property
    def when(self) -> str:
        """Return the date in words."""
        return show(self.at) or _("date not known")


def moments(
    case: Case, sendings: Iterable[Sending] = (), requests: Iterable[Request] = ()
) -> tuple[Moment, ...]:
    """Return what happened in ``case``, the oldest first; what is roughly known where it begins.

    Args:
        case: The case as the records stand.
        sendings: The log of the report.
        requests: What was asked about it.
    """
    zone = zone_named(case.clinic.time_zone)
    found = [
        *_treatment(case),
        *_events(case),
        *_clinic(case),
        *_outside(sendings, requests),
    ]
    lanes = list(Lane)

    def order(moment: Moment) -> tuple[str, int]:
        at = "~" if moment.at is None else order_in_zone(moment.at, zone)
        return at, lanes.index(moment.lane)

    return tuple(sorted(found, key=order))


def _treatment(case: Case) -> Iterator[Moment]:
    products = {p.id: p for p in case.products}
    for session in case.sessions:
        number = session.number or ""
        yield from _dated(Lane.TREATMENT, session.started, _("Session began"), number)
        ending = _words(session.ending)
        if session.ended is not None:
            told = " ".join(part for part in (number, ending) if part)
            yield from _dated(Lane.TREATMENT, session.ended, _("Session ended"), told)
    for giving in case.administrations:
        if giving.stands:
            words = giving_words(giving, products.get(giving.product_id))
            yield from _dated(Lane.TREATMENT, giving.started, words, _words(giving.role))
    for note in case.notes:
        if note.kind is NoteKind.INTERVENTION and note.struck_reason is None:
            what = note.words or _("Intervention")
            yield from _dated(Lane.TREATMENT, note.at, what, note.by or "")


def _events(case: Case) -> Iterator[Moment]:
    for event in (event for event in case.events if event.stands):
        name = event.verbatim or _("Event")
        yield from _dated(Lane.EVENT, event.onset, name, _words(event.severity))
        if event.ended is not None:
            ended = _("{event}: ended").format(event=name)
            yield from _dated(Lane.EVENT, event.ended, ended, _words(event.outcome))


def _clinic(case: Case) -> Iterator[Moment]:
    for fact in case.awareness:
        told = (fact.who or "", fact.teller or "", fact.what or "")
        yield from _dated(Lane.CLINIC, fact.at, _("The clinic learnt of it"), _joined(told))
    for opinion in case.assessments:
        told = (opinion.assessor or "", _words(opinion.category), _words(opinion.expectedness))
        yield from _dated(Lane.CLINIC, opinion.assessed_at, _("Assessed"), _joined(told))
    for decision in case.decisions:
        told = (_words(decision.answer), decision.decided_by or "", decision.reason or "")
        yield from _dated(Lane.CLINIC, decision.at, _("Decided"), _joined(told))
    for call in case.calls:
        what = _("Call: reached") if call.reached is Answer.YES else _("Call: not reached")
        yield from _dated(Lane.CLINIC, call.at, what, _joined((call.words or "", call.by or "")))


def _outside(sendings: Iterable[Sending], requests: Iterable[Request]) -> Iterator[Moment]:
    for line in sendings:
        told = (_words(line.destination), _words(line.channel), *sending_words(line))
        yield from _dated(Lane.OUTSIDE, line.at, _("Sent or told"), _joined(told))
    for request in requests:
        told = (_words(request.asker), request.number or "")
        yield from _dated(Lane.OUTSIDE, request.received, _("Request received"), _joined(told))


def _dated(lane: Lane, at: Any, what: str, detail: str) -> Iterator[Moment]:
    if isinstance(at, PartialDate):
        yield Moment(lane, at, what, detail)
    else:
        why = _(NULL_LABELS[at]) if isinstance(at, NullFlavor) else ""
        yield Moment(lane, None, what, _joined((detail, why)))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _words(value: Any) -> str:
    """Return the words of a code; of a reason for having none, its own; "" for no answer."""
    if isinstance(value, NullFlavor):
        return _(NULL_LABELS[value])
    return _(value.words) if value is not None else ""


__all__ = ["Lane", "Moment", "moments"]
