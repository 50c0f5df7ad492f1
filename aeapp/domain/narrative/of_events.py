"""Sentences on each event: onset, how strong, what was done, how it went, what is thought of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aeapp.domain.assessment.onset import Interval, between, interval_words, onset_after
from aeapp.domain.codecs import show
from aeapp.domain.codelists.assessment import Expectedness
from aeapp.domain.codelists.safety import ActionTaken, Challenge, Outcome, Severity
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.narrative.of_doses import place_of, product_at
from aeapp.domain.narrative.reading import Reader
from aeapp.domain.narrative.template import ZONE, Template, Words, reads
from aeapp.domain.narrative.words import on, one_line, quoted, reason_of, sentence, small
from aeapp.domain.values import PartialDate, zone_named

NO_NAME = "an event that is not named"


def named(reader: Reader, head: str) -> str:
    """Return the event in the words of whoever told of it."""
    return quoted(reader.get(f"{head}.verbatim"), NO_NAME)


def onset(reader: Reader, head: str) -> str | None:
    """Tell when an event began, and how long after the doses before it."""
    event, at = named(reader, head), reader.moment(f"{head}.onset")
    if not isinstance(at, PartialDate):
        why = reason_of(at)
        words = f"The onset of {event} is {why}" if why else f"The event reported is {event}"
        return sentence(words)
    return sentence(f"{event} began {on(at)}{_after_doses(reader, at)}")


def _after_doses(reader: Reader, at: PartialDate) -> str:
    givings = reader.case.administrations
    for n, giving in enumerate(givings):
        if giving.is_suspect:
            reader.several(f"administrations[{n}]", ("started", "role", "struck_reason"))
    zone = zone_named(reader.get(ZONE))
    found = onset_after(givings, at, zone)
    if found.undated or found.from_last is None or found.from_first is None:
        return ""
    if found.first == found.last:
        return f", {_interval(found.from_last)} the start of the dose"
    last, first = _interval(found.from_last), _interval(found.from_first)
    return f", {last} the start of the last dose and {first} that of the first"


def _interval(interval: Interval) -> str:
    words = interval_words(interval)
    return f"{words} as" if interval.minutes is None and not interval.most else f"{words} after"


_SEVERITIES = {
    Severity.MILD: "mild",
    Severity.MODERATE: "moderate",
    Severity.SEVERE: "severe",
    Severity.LIFE_THREATENING: "with life-threatening consequences",
    Severity.DEATH: "death",
}


def severity(reader: Reader, head: str) -> str | None:
    """Tell how strong it was, as a person put it; severity is not seriousness."""
    value = reader.get(f"{head}.severity")
    words = reason_of(value) or _SEVERITIES.get(value, "")
    return (
        sentence(f"The severity of {named(reader, head)} was recorded as {words}")
        if words
        else None
    )


def _criteria(item: str, told: str) -> Words:
    """Return what tells the members of a list; that none was met is not said here."""

    def words(reader: Reader, head: str) -> str | None:
        value = reader.get(f"{head}.{item}")
        listed = show(value) if isinstance(value, frozenset) else reason_of(value)
        return sentence(f"{told} {named(reader, head)}: {listed}") if listed else None

    return words


def _as_told(item: str, told: str) -> Words:
    """Return what passes the words of an item on."""

    def words(reader: Reader, head: str) -> str | None:
        value = reader.get(f"{head}.{item}")
        text = one_line(value) or reason_of(value)
        return sentence(f"{told} {named(reader, head)}: {text}") if text else None

    return words


_ACTIONS = {
    ActionTaken.WITHDRAWN: "the product was stopped",
    ActionTaken.REDUCED: "the dose was reduced",
    ActionTaken.INCREASED: "the dose was increased",
    ActionTaken.UNCHANGED: "the dose was not changed",
}


def action(reader: Reader, head: str) -> str | None:
    """Tell what was done with the suspect product."""
    value = reader.get(f"{head}.action_taken")
    words = _ACTIONS.get(value, "") or reason_of(value)
    return sentence(f"Action taken after {named(reader, head)}: {words}") if words else None


def outcome(reader: Reader, head: str) -> str | None:
    """Tell how it ended, when, and how long it lasted."""
    value, ended = reader.get(f"{head}.outcome"), reader.moment(f"{head}.ended")
    event = named(reader, head)
    if value is None and isinstance(ended, PartialDate):
        return sentence(f"{event} was over {on(ended)}{_lasted(reader, head, ended)}")
    words = reason_of(value) or small(value)
    if not words:
        return None
    if value is Outcome.FATAL:
        died = reader.moment("patient.deceased_on")
        when = f", death {on(died)}" if isinstance(died, PartialDate) else ""
    else:
        known = isinstance(ended, PartialDate)
        when = f", {on(ended)}{_lasted(reader, head, ended)}" if known else ""
    return sentence(f"Outcome of {event} at the last observation: {words}{when}")


def _lasted(reader: Reader, head: str, ended: PartialDate) -> str:
    begun = reader.moment(f"{head}.onset")
    if not isinstance(begun, PartialDate):
        return ""
    took = between(begun, ended, zone_named(reader.get(ZONE)))
    return f" ({interval_words(took)} after onset)" if took.minutes is not None else ""


def _challenge(item: str, yes: str, no: str, open_: str) -> Words:
    def words(reader: Reader, head: str) -> str | None:
        value = reader.get(f"{head}.{item}")
        event = named(reader, head)
        if isinstance(value, NullFlavor):
            why = reason_of(value)
            return sentence(f"Whether {event} {open_} is {why}") if why else None
        told = {Challenge.YES: yes, Challenge.NO: no}.get(value, "")
        return sentence(f"{event} {told}") if told else None

    return words


def causality(reader: Reader, head: str) -> str | None:
    """Tell an opinion on the cause as one: of what role, by which method, on what grounds."""
    n = int(head.partition("[")[2].rstrip("]"))
    opinion = reader.case.assessments[n]
    category, method = reader.get(f"{head}.category"), reader.get(f"{head}.method")
    if category is None:
        return None
    role, grounds = reader.get(f"{head}.assessor_role"), reader.get(f"{head}.comment")
    who = f"the assessor ({small(role)})" if role else "the assessor"
    how = f" by {show(method)}" if method else ""
    pair = _pair(reader, opinion)
    words = f"In the opinion of {who}, the relation of {pair} is {small(category)}{how}"
    return sentence(f"{words}; grounds: {one_line(grounds)}" if as_text(grounds) else words)


def listing(reader: Reader, head: str) -> str | None:
    """Tell whether the label that was compared lists the event."""
    n = int(head.partition("[")[2].rstrip("]"))
    opinion = reader.case.assessments[n]
    answer, label = reader.get(f"{head}.expectedness"), one_line(reader.get(f"{head}.label"))
    told = {Expectedness.LISTED: "lists", Expectedness.NOT_LISTED: "does not list"}.get(answer)
    if not told or not label:
        return None
    return sentence(f"The label “{label}” {told} {_event_of(reader, opinion.event_id)}")


def _event_of(reader: Reader, event_id: str) -> str:
    places = (n for n, e in enumerate(reader.case.events) if event_id and e.id == event_id)
    n = next(places, None)
    return NO_NAME if n is None else named(reader, f"events[{n}]")


def _pair(reader: Reader, opinion: Any) -> str:

    product = product_at(reader, place_of(reader.case.products, opinion.product_id))
    return f"{_event_of(reader, opinion.event_id)} to {product}"


def _of_event(name: str, words: Callable[[Reader, str], str | None], *items: str) -> Template:
    return Template(name, reads("events[]", "verbatim", *items), words)


_DOSED = reads("administrations[]", "started", "role", "struck_reason")
_PRODUCT = reads("products[]", "name", "strength", "strength_unit")
_TOLD = reads("events[]", "verbatim")

ONSET = Template("onset", reads("events[]", "verbatim", "onset") | _DOSED | {ZONE}, onset)
SEVERITY = _of_event("severity", severity, "severity")
SERIOUSNESS = _of_event(
    "seriousness",
    _criteria("seriousness", "Seriousness criteria recorded for"),
    "seriousness",
)
SITUATIONS = _of_event("situations", _criteria("situations", "Recorded with"), "situations")
COURSE = _of_event("course", _as_told("note", "Course of"), "note")
TREATMENT = _of_event("treatment", _as_told("treatment", "Treatment of"), "treatment")
ACTION = _of_event("action", action, "action_taken")
OUTCOME = Template(
    "outcome",
    reads("events[]", "verbatim", "outcome", "ended", "onset") | {"patient.deceased_on", ZONE},
    outcome,
)
DECHALLENGE = _of_event(
    "dechallenge",
    _challenge(
        "dechallenge",
        "abated after the product was stopped or its dose reduced",
        "did not abate after the product was stopped or its dose reduced",
        "abated after the product was stopped or its dose reduced",
    ),
    "dechallenge",
)
RECHALLENGE = _of_event(
    "rechallenge",
    _challenge(
        "rechallenge",
        "reappeared when the product was given again",
        "did not reappear when the product was given again",
        "reappeared when the product was given again",
    ),
    "rechallenge",
)
STATED = _of_event(
    "stated", _as_told("stated_causality", "Cause as stated for"), "stated_causality"
)
CAUSALITY = Template(
    "causality",
    reads("assessments[]", "category", "method", "assessor_role", "comment") | _TOLD | _PRODUCT,
    causality,
)
LISTING = Template("listing", reads("assessments[]", "expectedness", "label") | _TOLD, listing)
