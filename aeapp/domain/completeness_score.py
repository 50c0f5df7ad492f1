"""How much a case tells, in the ten dimensions of vigiGrade: a score of completeness, no judgement.

It counts what is on record, whatever that says about the cause, and says nothing of whether it is
true. The score of an event and a product is 1 less the penalty of each dimension, multiplied; that
of the case is the mean over its events and suspect products.

Source:
    Bergvall T, Norén GN, Lindquist M. vigiGrade: a tool to identify well-documented individual
    case reports and highlight systematic data quality issues. Drug Saf 2014;37:65-77.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import prod

from aeapp.domain.assessment.onset import Interval, onset_after
from aeapp.domain.case import Case, Suspect
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import Occupation, Outcome, Sex
from aeapp.domain.items import as_text
from aeapp.domain.records import Administration, Event
from aeapp.domain.values import PartialDate, zone_named
from aeapp.kernel.i18n import N_, _

PAPER = "Bergvall et al., Drug Saf 2014;37:65-77 (vigiGrade)"
_HALF, _THIRTY, _TEN = Fraction(1, 2), Fraction(3, 10), Fraction(1, 10)
_MONTH_DAYS = 31


class Dimension(StrEnum):
    """What is looked at, in the order of the paper's penalties."""

    ONSET = "time to onset"
    INDICATION = "indication"
    OUTCOME = "outcome"
    SEX = "sex"
    AGE = "age"
    DOSE = "dose"
    COUNTRY = "country"
    SOURCE = "primary source"
    TYPE = "report type"
    COMMENTS = "comments"

    @property
    def words(self) -> str:
        """Return the dimension in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]


_WORDS: dict[Dimension, str] = {
    Dimension.ONSET: N_("Time to onset"),
    Dimension.INDICATION: N_("Indication"),
    Dimension.OUTCOME: N_("Outcome"),
    Dimension.SEX: N_("Sex"),
    Dimension.AGE: N_("Age"),
    Dimension.DOSE: N_("Dose"),
    Dimension.COUNTRY: N_("Country"),
    Dimension.SOURCE: N_("Primary source"),
    Dimension.TYPE: N_("Report type"),
    Dimension.COMMENTS: N_("Comments"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One dimension of one event and product, or of a case.

    Attributes:
        penalty: What it takes away, from 0 to 1/2.
        missing: What is missing; empty where nothing is.
        path: Where it is mended.
    """

    dimension: Dimension
    penalty: Fraction = Fraction(0)
    missing: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The completeness of a case.

    Attributes:
        value: From 0 to 1.
        parts: Each dimension once, with the gravest gap over all events and products.
        pairs: Events and suspect products over which it is the mean.
    """

    value: Fraction
    parts: tuple[Part, ...]
    pairs: int

    @property
    def words(self) -> str:
        """Return the score to two digits, never rounded up over a bar it does not reach."""
        hundredths = int(self.value * 100)
        return f"{hundredths // 100}.{hundredths % 100:02d}"

    @property
    def gaps(self) -> tuple[Part, ...]:
        """Return the dimensions in which something is missing, the gravest first."""
        found = [part for part in self.parts if part.penalty]
        return tuple(sorted(found, key=lambda part: -part.penalty))


def score_of(case: Case) -> Score:
    """Return the completeness of ``case``; a case without an event or a product lacks both.

    Where no patient was reached, nothing of a patient, an event or a dose is missing.
    """
    if case.case.involvement is PatientInvolvement.NONE and not case.events:
        return _without_patient(case)
    shared = (_sex(case), _age(case), _country(case), _source(case), _type(case), _comments(case))
    pairs = [
        (
            _onset(case, n, event, k, suspect),
            _indication(k, suspect),
            _outcome(n, event),
            _dose(k, suspect),
        )
        for n, event in enumerate(case.events or (Event(),))
        for k, suspect in _given(case)
    ]
    values = [prod((1 - p.penalty for p in (*own, *shared)), start=Fraction(1)) for own in pairs]
    by_dimension = [max(column, key=lambda p: p.penalty) for column in zip(*pairs, strict=True)]
    found = {part.dimension: part for part in (*by_dimension, *shared)}
    return Score(
        sum(values, Fraction(0)) / len(values), tuple(found[d] for d in Dimension), len(pairs)
    )


def _given(case: Case) -> Sequence[tuple[int, Suspect]]:
    """Return the suspects that were given, with their places; an empty one where there is none."""
    found = [(k, suspect) for k, suspect in enumerate(case.suspects) if suspect.is_given]
    return found or [(0, Suspect())]


def _without_patient(case: Case) -> Score:
    asked = {p.dimension: p for p in (_country(case), _source(case), _type(case), _comments(case))}
    value = prod((1 - part.penalty for part in asked.values()), start=Fraction(1))
    return Score(value, tuple(asked.get(d, Part(d)) for d in Dimension), 0)


def _onset(case: Case, n: int, event: Event, k: int, suspect: Suspect) -> Part:
    if not isinstance(event.onset, PartialDate):
        return Part(Dimension.ONSET, _HALF, N_("the onset of the event"), f"events[{n}].onset")
    path = f"suspects[{k}].giving.started"
    givings = tuple(_givings(case, suspect))
    if not any(isinstance(g.started, PartialDate) for g in givings):
        return Part(Dimension.ONSET, _HALF, N_("the start of the therapy"), path)
    found = onset_after(givings, event.onset, zone_named(case.clinic.time_zone))
    if found.from_first is None:
        return Part(Dimension.ONSET, _HALF, N_("a therapy that began before the event"), path)
    return _exactness(found.from_first, n)


def _givings(case: Case, suspect: Suspect) -> Iterator[Administration]:
    return (g for g in case.administrations if g.product_id == suspect.product.id and g.is_suspect)


def _exactness(interval: Interval, n: int) -> Part:
    """Penalize where it is open whether the product came first, by how many days are open."""
    path = f"events[{n}].onset"
    uncertain = interval.most - interval.fewest
    if interval.minutes is not None or interval.fewest > 0 or not uncertain:
        return Part(Dimension.ONSET)
    if uncertain > _MONTH_DAYS:
        return Part(Dimension.ONSET, _THIRTY, N_("which of the two came first, to a month"), path)
    return Part(Dimension.ONSET, _TEN, N_("which of the two came first, to the day"), path)


def _part(dimension: Dimension, known: object, penalty: Fraction, missing: str, path: str) -> Part:
    return Part(dimension) if known else Part(dimension, penalty, missing, path)


def _indication(k: int, suspect: Suspect) -> Part:
    known = as_text(suspect.indication)
    path = f"suspects[{k}].indication"
    return _part(Dimension.INDICATION, known, _THIRTY, N_("the diagnosis for use"), path)


def _outcome(n: int, event: Event) -> Part:
    known = isinstance(event.outcome, Outcome)
    return _part(Dimension.OUTCOME, known, _THIRTY, N_("the outcome"), f"events[{n}].outcome")


def _dose(k: int, suspect: Suspect) -> Part:
    known = isinstance(suspect.giving.dose, Decimal) or as_text(suspect.giving.dose_text)
    return _part(Dimension.DOSE, known, _TEN, N_("the dose"), f"suspects[{k}].giving.dose")


def _sex(case: Case) -> Part:
    known = isinstance(case.patient.sex, Sex)
    return _part(Dimension.SEX, known, _THIRTY, N_("the sex"), "patient.sex")


def _age(case: Case) -> Part:
    birth = isinstance(case.patient.birth_date, PartialDate)
    known = isinstance(case.subject.age, Decimal) or birth
    return _part(Dimension.AGE, known, _THIRTY, N_("the age at the event"), "subject.age")


def _country(case: Case) -> Part:
    known = any(isinstance(c, Country) for c in (case.clinic.country, case.filer.country))
    return _part(Dimension.COUNTRY, known, _TEN, N_("the country"), "filer.country")


def _source(case: Case) -> Part:
    known = isinstance(case.filer.occupation, Occupation)
    missing = N_("the occupation of the reporter")
    return _part(Dimension.SOURCE, known, _TEN, missing, "filer.occupation")


def _type(case: Case) -> Part:
    known = bool(case.case.types)
    return _part(Dimension.TYPE, known, _TEN, N_("the type of report"), "case.types")


def _comments(case: Case) -> Part:
    known = any(c.isalpha() for c in case.case.narrative or "")
    return _part(Dimension.COMMENTS, known, _TEN, N_("the description"), "case.narrative")


def summary(score: Score) -> str:
    """Return the score in one line, with what it is."""
    return _("Completeness score {value} of 1; no judgement of the report. {paper}").format(
        value=score.words, paper=PAPER
    )


def gap_words(part: Part) -> str:
    """Return ``Time to onset: the onset of the event, 50 % off``."""
    percent = int(part.penalty * 100)
    return _("{dimension}: {missing}, {percent} % off").format(
        dimension=_(part.dimension.words), missing=_(part.missing), percent=percent
    )
