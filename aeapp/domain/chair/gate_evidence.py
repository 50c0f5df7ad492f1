"""What the records say to a question of a list: consents, pressures, the prescriber on site.

A number never answers more than whether it lies under the ceiling that the clinic wrote down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import ConsentKind, ObservationKind
from aeapp.domain.codelists.session import Answer, AnswerSource, Evidence
from aeapp.domain.records import Consent, Observation, Patient, Protocol
from aeapp.domain.records.protocol import Question
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minutes_between, offset_words
from aeapp.domain.vitals.table import is_evidence
from aeapp.kernel.i18n import _

_CONSENTS = {
    Evidence.TREATMENT_CONSENT: ConsentKind.TREATMENT,
    Evidence.REMS_CONSENT: ConsentKind.REMS,
}


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What the records say to a question.

    Attributes:
        answer: None where the records show something and leave the answer to a person.
        words: Version, date, figures: what the answer stands on.
        reading: Id of the reading that it stands on; empty where it is none.
        over: Whether that reading is over a ceiling of the protocol.
        figure: That reading alone, with its time.
    """

    answer: Answer | None
    words: str
    source: AnswerSource
    reading: str = ""
    over: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """What the records hold that may answer a question.

    Attributes:
        zero: Begin of the treatment; None before it.
        prescriber: Whom the session names as the prescriber on site.
    """

    patient: Patient
    consents: Sequence[Consent] = ()
    readings: Sequence[Observation] = ()
    zero: PartialDate | None = None
    prescriber: str = ""


def told_to(question: Question, protocol: Protocol, facts: Facts) -> Told | None:
    """Return what the records say to a question; None where they say nothing."""
    evidence = question.evidence
    if evidence in _CONSENTS:
        return told_by_consents(facts.consents, _CONSENTS[evidence])
    if evidence is Evidence.PRESSURE:
        return told_by_pressure(protocol, facts)
    if evidence is Evidence.LAST_PRESSURE:
        return told_by_last_pressure(facts, protocol)
    if evidence is Evidence.PRESCRIBER and facts.prescriber:
        return Told(Answer.YES, facts.prescriber, AnswerSource.CHART)
    return None


def told_by_consents(consents: Iterable[Consent], kind: ConsentKind) -> Told | None:
    """Return what the newest dated answer of the patient says; a withdrawal counts as the answer.

    An answer that is not known answers nothing, nor does a consent without a day beside one with a
    day; a withdrawal that may be newer than the consent leaves the answer to a person.
    """
    answered = [c for c in consents if c.kind is kind and isinstance(c.given, bool)]
    dated = [c for c in answered if isinstance(c.on, PartialDate)]
    newest = max(dated or answered, key=_when, default=None)
    if newest is None:
        return None
    version = _("version {name}").format(name=newest.document) if newest.document else ""
    words = ", ".join(part for part in (_day_words(newest), version) if part)
    if not newest.given:
        return Told(Answer.NO, words, AnswerSource.CHART)
    withdrawn = [c for c in answered if not c.given and not _surely_before(c, newest)]
    if not withdrawn:
        return Told(Answer.YES, words, AnswerSource.CHART)
    doubt = _("withdrawn, {day}").format(day=_day_words(max(withdrawn, key=_when)))
    return Told(None, f"{words}; {doubt}", AnswerSource.CHART)


def _day_words(consent: Consent) -> str:
    return show(consent.on).replace("-", " ") if _when(consent) else _("day not known")


def _surely_before(consent: Consent, other: Consent) -> bool:
    first, second = consent.on, other.on
    if not isinstance(first, PartialDate) or not isinstance(second, PartialDate):
        return False
    return first.surely_before(second)


def _when(consent: Consent) -> str:
    return consent.on.sort_key() if isinstance(consent.on, PartialDate) else ""


def pressures(facts: Facts, *, before_dose: bool) -> tuple[Observation, ...]:
    """Return the pressures that count, in time order: before the dose, or all."""
    found: list[tuple[str, Observation]] = []
    for reading in facts.readings:
        if reading.kind is not ObservationKind.BLOOD_PRESSURE or not is_evidence(reading):
            continue
        if isinstance(reading.at, PartialDate) and not (
            before_dose and _after(facts.zero, reading.at)
        ):
            found.append((reading.at.sort_key(), reading))
    return tuple(reading for _at, reading in sorted(found, key=lambda pair: pair[0]))


def _after(zero: PartialDate | None, at: PartialDate) -> bool:
    return zero is not None and (minutes_between(zero, at) or 0) > 0


def told_by_pressure(protocol: Protocol, facts: Facts) -> Told | None:
    """Return whether the last pressure before the dose lies under the ceilings of the protocol.

    A pressure of which a number is missing, or a protocol without ceilings, leaves it to a person.
    """
    before = pressures(facts, before_dose=True)
    if not before:
        return None
    last, words = before[-1], pressure_words(before[-1], None)
    under = is_under(last, protocol.ceiling_systolic, protocol.ceiling_diastolic)
    answer = {None: None, True: Answer.YES, False: Answer.NO}[under]
    return Told(answer, words, AnswerSource.READING, last.id, under is False, words)


def is_under(
    reading: Observation, systolic: Decimal | None, diastolic: Decimal | None
) -> bool | None:
    """Tell whether a pressure lies under both ceilings; None where that cannot be told."""
    pairs: Mapping[str, Decimal | None] = {"systolic": systolic, "diastolic": diastolic}
    limits = {name: limit for name, limit in pairs.items() if limit is not None}
    numbers = {name: getattr(reading, name) for name in limits}
    if not limits or not all(isinstance(number, Decimal) for number in numbers.values()):
        return None
    return all(numbers[name] < limit for name, limit in limits.items())


def told_by_last_pressure(facts: Facts, protocol: Protocol) -> Told | None:
    """Return the last pressure beside the one before the dose; what is acceptable a person says."""
    read = pressures(facts, before_dose=False)
    if not read:
        return None
    before = pressures(facts, before_dose=True)
    words = [pressure_words(read[-1], facts.zero)]
    if before and before[-1] is not read[-1]:
        words.append(_("before the dose {pressure}").format(pressure=both(before[-1])))
    under = is_under(read[-1], protocol.ceiling_systolic, protocol.ceiling_diastolic)
    over = under is False
    return Told(None, ", ".join(words), AnswerSource.READING, read[-1].id, over, words[0])


def both(reading: Observation) -> str:
    """Return ``128/78``; a number that is not known is a question mark."""
    return f"{show(reading.systolic) or '?'}/{show(reading.diastolic) or '?'}"


def pressure_words(reading: Observation, zero: PartialDate | None) -> str:
    """Return ``128/78 at 13:45``, or ``124/76 at T+118`` where the dose is known."""
    at = reading.at
    if not isinstance(at, PartialDate):
        return both(reading)
    minutes = None if zero is None else minutes_between(zero, at)
    if minutes is not None:
        when = offset_words(minutes)
    else:
        when = f"{at.hour:02d}:{at.minute:02d}" if at.has_time else show(at)
    return _("{pressure} at {time}").format(pressure=both(reading), time=when)
