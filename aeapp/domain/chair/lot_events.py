"""Events across patients by lot, and the clinic's rule by which a lot is looked at.

An event stands with a lot where the lot was given in its session, or where its case names the lot.
The rule counts and nothing more: whether the lot is to blame is for people to find out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aeapp.domain.assessment.seriousness import seriousness_words
from aeapp.domain.records import Administration, Event, Lot, LotRule, Patient, Session
from aeapp.domain.slips import folded
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _

DEFAULT_RULE = LotRule(active=True, events=3, patients=2, days=30, same_term=False)
SORTS = ("day", "patient", "event", "serious", "session", "report")


@dataclass(frozen=True, slots=True, repr=False)
class LotEvent:
    """One event that stands with a lot.

    Attributes:
        giving: The first dose of the lot in its session; None where only the case names the lot.
        report: Number of its case; empty where none was opened.
    """

    event: Event
    patient: Patient | None
    session: Session | None
    giving: Administration | None
    report: str = ""

    @property
    def code(self) -> str:
        """Return the patient's code, never the name."""
        return (self.patient.code if self.patient is not None else None) or ""

    @property
    def term(self) -> str:
        """Return the words of the newest code, else what was said."""
        coded = next((c.term for c in reversed(self.event.codings) if c.term), None)
        return coded or self.event.verbatim or ""

    @property
    def at(self) -> PartialDate | None:
        """Return its onset, else the begin of its session."""
        started = self.session.started if self.session is not None else None
        known = [at for at in (self.event.onset, started) if isinstance(at, PartialDate)]
        return known[0] if known else None

    @property
    def serious(self) -> str:
        """Return whether it is serious: the criteria, not serious, not assessed, or why unknown."""
        return seriousness_words(self.event)


def in_order(
    lines: Iterable[LotEvent], key: str = "day", *, descending: bool = True
) -> tuple[LotEvent, ...]:
    """Return the lines by one of ``SORTS``; equal ones by their day."""

    def wanted(line: LotEvent) -> tuple[str, str, str]:
        day = line.at.sort_key() if line.at is not None else ""
        number = (line.session.number if line.session is not None else None) or ""
        texts = {
            "day": day,
            "patient": line.code,
            "event": line.term.casefold(),
            "serious": line.serious.casefold(),
            "session": number,
            "report": line.report,
        }
        return (texts[key], day, line.event.id)

    return tuple(sorted(lines, key=wanted, reverse=descending))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a term stands with a lot."""

    term: str
    events: int
    patients: int


def tallies(lines: Sequence[LotEvent]) -> tuple[Tally, ...]:
    """Return the terms, the most frequent first."""
    found: dict[str, list[LotEvent]] = {}
    for line in lines:
        found.setdefault(folded(line.term), []).append(line)
    made = [Tally(some[0].term, len(some), _patients(some)) for some in found.values()]
    return tuple(sorted(made, key=lambda t: (-t.events, t.term)))


def _patients(lines: Iterable[LotEvent]) -> int:
    return len({line.event.patient_id for line in lines} - {""})


# ------------------------------------------------------------------ the rule


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a lot gathered, by the clinic's rule.

    Attributes:
        term: The term that was counted; empty where all were.
    """

    events: int
    patients: int
    term: str = ""


def rule_of(own: Iterable[LotRule]) -> LotRule:
    """Return the clinic's rule, else the program's default."""
    return next(iter(own), DEFAULT_RULE)


def rule_words(rule: LotRule) -> str:
    """Return ``3 events in 2 patients within 30 days``, with whose rule it is."""
    if rule.active is not True:
        return _("rule of the clinic: not in use")
    words = _("of one term") if rule.same_term else _("of any term")
    return _(
        "rule of the clinic: {events} events {words} in {patients} patients, {days} days"
    ).format(events=rule.events or 1, words=words, patients=rule.patients or 1, days=rule.days or 0)


def since(rule: LotRule, lot: Lot, today: dt.date) -> dt.date:
    """Return the first day that counts: the rule's, or the day after the last hold was released."""
    first = today - dt.timedelta(days=rule.days or 0)
    ended = [h.released_at.last_day() for h in lot.holds if h.released_at is not None]
    return max([first, *(day + dt.timedelta(days=1) for day in ended)])


def gathered(
    rule: LotRule, lot: Lot, lines: Iterable[LotEvent], today: dt.date
) -> Gathering | None:
    """Return what meets the rule; None where nothing does, or the lot is on hold already."""
    if rule.active is not True or lot.hold is not None:
        return None
    first = since(rule, lot, today)
    counted = [line for line in lines if line.at is not None and line.at.last_day() >= first]
    groups: dict[str, list[LotEvent]] = {}
    for line in counted:
        groups.setdefault(folded(line.term) if rule.same_term else "", []).append(line)
    for some in sorted(groups.values(), key=len, reverse=True):
        patients = _patients(some)
        if len(some) >= (rule.events or 1) and patients >= (rule.patients or 1):
            return Gathering(len(some), patients, some[0].term if rule.same_term else "")
    return None


def gathering_words(found: Gathering) -> str:
    """Return ``3 events in 2 patients``."""
    words = _("{events} events in {patients} patients").format(
        events=found.events, patients=found.patients
    )
    return f"{words}: {found.term}" if found.term else words
