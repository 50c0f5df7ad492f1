"""Section E of a case: each event as a reaction, in the words it was told in."""

from __future__ import annotations

import datetime as dt

from aeapp.domain.assessment.onset import between
from aeapp.domain.case import Case
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.coding.meddra_code import meddra_of
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Event, Reporter
from aeapp.domain.values import PartialDate, zone_named
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import Envelope, key_of, put, qualification_of, words_for

LANGUAGE = "eng"
# Of everybody; FDA's own element for an intervention goes by its profile.
CRITERIA = {
    Seriousness.DEATH: "E.i.3.2a",
    Seriousness.LIFE_THREATENING: "E.i.3.2b",
    Seriousness.HOSPITALIZATION: "E.i.3.2c",
    Seriousness.DISABILITY: "E.i.3.2d",
    Seriousness.CONGENITAL: "E.i.3.2e",
    Seriousness.OTHER: "E.i.3.2f",
}
_UNKNOWN_OUTCOME = "0"
_PROFESSIONALS, _NO_PROFESSIONAL = frozenset("123"), "5"
# The guide wants a duration beside both times of what was short.
_SHORT = 24 * 60


def reactions_of(message: Part, case: Case, envelope: Envelope) -> None:
    """Put section E."""
    confirmed = is_confirmed(case.reporters)
    zone = zone_named(case.clinic.time_zone)
    for event in case.events:
        part = message.add("E.i", key_of(event.id))
        _words(part, event)
        _criteria(part, event, envelope)
        put(part, "E.i.4", event.onset)
        put(part, "E.i.5", event.ended)
        _duration(part, event, zone)
        outcome = event.outcome
        known = outcome is not None and not isinstance(outcome, NullFlavor)
        part.put("E.i.7", outcome.value if known else _UNKNOWN_OUTCOME)  # type: ignore[union-attr]
        put(part, "E.i.8", confirmed or None if event.confirmed is None else event.confirmed)
        put(part, "E.i.9", event.country or case.clinic.country)


def _words(part: Part, event: Event) -> None:
    # A translation alone stands for the words.
    words = as_text(event.verbatim) or as_text(event.translation)
    if words and words not in map(words_for, event.codings):
        part.put("E.i.1.1a", words)
        part.put("E.i.1.1b", event.language or LANGUAGE)
    part.put("E.i.1.2", event.translation if event.verbatim else None)
    if (coding := meddra_of(event)) is not None:
        part.put("E.i.2.1a", coding[0])
        part.put("E.i.2.1b", coding[1])


def _criteria(part: Part, event: Event, envelope: Envelope) -> None:
    put(part, "E.i.3.1", event.highlighted)
    met = event.seriousness if isinstance(event.seriousness, frozenset) else frozenset()
    for criterion, number in CRITERIA.items():
        part.put(number, "true" if criterion in met else NullFlavor.NI)
    # Before approval FDA takes no answer there; it is told in H.1.
    told = Seriousness.INTERVENTION in met and envelope.profile is Profile.FDA_POSTMARKET
    part.put("FDA.E.i.3.2h", "true" if told else NullFlavor.NI)


def _duration(part: Part, event: Event, zone: dt.tzinfo | None) -> None:
    """Put the duration as told, or that of a short reaction whose two times are known."""
    if event.duration is not None and event.duration_unit is not None:
        put(part, "E.i.6a", event.duration)
        put(part, "E.i.6b", event.duration_unit)
    elif (minutes := minutes_of(event.onset, event.ended, zone)) is not None:
        part.put("E.i.6a", str(minutes))
        part.put("E.i.6b", "min")


def minutes_of(begin: object, end: object, zone: dt.tzinfo | None) -> int | None:
    """Return how many minutes a reaction of less than a day lasted; None for any other.

    Args:
        begin: As exactly as known; only two times known to the minute say it.
        end: The same of when it was over.
        zone: Of the clocks that times without an offset were read from.
    """
    if not (isinstance(begin, PartialDate) and isinstance(end, PartialDate)):
        return None
    minutes = between(begin, end, zone).minutes
    return minutes if minutes is not None and 0 <= minutes < _SHORT else None


def is_confirmed(reporters: tuple[Reporter, ...]) -> bool:
    """Tell whether a professional is beside a primary source who is none."""
    primary = next((r for r in reporters if r.files), next(iter(reporters), None))
    if primary is None or qualification_of(primary) != _NO_PROFESSIONAL:
        return False
    return any(qualification_of(one) in _PROFESSIONALS for one in reporters)
