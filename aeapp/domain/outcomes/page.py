"""The outcomes page: what was asked, and everything it shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.outcomes.change import Figure, figures_of
from aeapp.domain.outcomes.control_chart import ControlChart, control_chart
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Exposure, Harm, Occurred
from aeapp.domain.outcomes.ideation import Ideation, ideation_of
from aeapp.domain.outcomes.ladder import Design, Ladder, Measured, Treated, climb
from aeapp.domain.records.scale import Scale
from aeapp.domain.scales import catalogue
from aeapp.kernel.i18n import N_

# The words over every copy: never "safe", never "effective", never "benefit".
TITLE = N_("Clinic description of outcomes and adverse events")
CAUTION = N_("A description of this clinic's records, not comparative evidence.")

# The total from which studies take people in, by the code of the scale; others take everybody.
# Source: regulatory-forms reference 6 (bands); Hull 2022 (PHQ-9, GAD-7 of 10 or more).
_ELIGIBLE_FROM = {
    catalogue.PHQ_9: 10,
    catalogue.GAD_7: 10,
    catalogue.PCL_5: 31,
    catalogue.MADRS: 20,
    catalogue.Y_BOCS: 16,
    catalogue.QIDS: 11,
}


def eligible_from(scale: Scale) -> int:
    """Return the total from which on somebody is looked at, unless another is asked for."""
    return _ELIGIBLE_FROM.get(scale.code or "", 0)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a question narrows doses by; None where it is not recorded."""

    route: SessionRoute | None = None
    substance: str | None = None
    indication: str | None = None
    prescriber: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom to look at; an empty choice takes everybody.

    Attributes:
        first: First day of the period.
        last: Last day of it.
        scale: Code or name of the scale, such as ``phq-9``.
        threshold: The total from which on somebody is looked at; None for that of the scale.
        routes: Routes of the sessions.
        substances: What was given, as exposure is added up.
        indications: Diagnoses as they stand in the sessions.
        prescribers: Who prescribed.
        window: First and last day after the first dose on which a score tells the outcome.
    """

    first: date
    last: date
    scale: str = catalogue.PHQ_9
    threshold: Decimal | None = None
    routes: frozenset[SessionRoute] = frozenset()
    substances: frozenset[str] = frozenset()
    indications: frozenset[str] = frozenset()
    prescribers: frozenset[str] = frozenset()
    window: tuple[int, int] = (14, 31)

    def takes(self, facts: Facts) -> bool:
        """Tell whether doses of that kind are looked at."""
        return all(
            not wanted or found in wanted
            for wanted, found in (
                (self.routes, facts.route),
                (self.substances, facts.substance),
                (self.indications, facts.indication),
                (self.prescribers, facts.prescriber),
            )
        )

    def design(self, threshold: Decimal) -> Design:
        """Return the definition for the ladder; ``threshold`` where none was asked for."""
        return Design(
            self.first,
            self.last,
            threshold if self.threshold is None else self.threshold,
            window_from=self.window[0],
            window_to=self.window[1],
        )


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose that was given, as far as it is counted.

    Attributes:
        patient_id: To whom.
        session_id: In which session; empty for none.
        day: When; None where it is not known to the day.
        milligrams: How much; None where it is not known in mg.
        facts: By which it is chosen.
        chosen: Whether it is looked at; one that is not may still have begun a course.
    """

    patient_id: str
    session_id: str
    day: date | None
    milligrams: Decimal | None
    facts: Facts = Facts()
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is in no figure, by count, so that nothing is dropped silently.

    Attributes:
        undated_doses: Doses whose day is not known.
        undated_scores: Scores whose day is not known.
        undated_events: Events outside sessions whose onset is not known to the day.
        other_editions: Scores by another edition of the scale: their totals are not comparable.
    """

    undated_doses: int = 0
    undated_scores: int = 0
    undated_events: int = 0
    other_editions: int = 0


@dataclass(frozen=True, slots=True)
class OutcomesPage:
    """What the page shows.

    Attributes:
        asked: The question.
        design: The definition of the ladder.
        scale: The edition of the scale, with its rules.
        ladder: Who is counted.
        figures: The rates.
        ideation: None where the scale asks nothing of the kind.
        harm: What happened in the period.
        pressure: Sessions with a pressure event, by month.
        left_out: What is in no figure.
        scores: How many scores there are of those treated.
    """

    asked: Asked
    design: Design
    scale: Scale
    ladder: Ladder
    figures: tuple[Figure, ...]
    ideation: Ideation | None
    harm: Harm
    pressure: ControlChart
    left_out: LeftOut
    scores: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the records say, before anything is computed.

    Attributes:
        doses: Every suspect dose; those that were asked for are marked.
        scores: By patient, the oldest first: those that may tell a start or an outcome.
        events: Of the people and sessions with a chosen dose in the period.
        pressure_sessions: Those of their sessions with a pressure event.
        far_scores: How many more scores each patient has, on days that tell neither.
    """

    doses: tuple[Dose, ...]
    scores: dict[str, list[Measured]]
    events: tuple[Occurred, ...]
    pressure_sessions: frozenset[str]
    left_out: LeftOut
    far_scores: Mapping[str, int] = field(default_factory=dict)

    def count(self, patient_id: str) -> int:
        """Return how many scores a patient has."""
        return len(self.scores.get(patient_id, ())) + self.far_scores.get(patient_id, 0)


def page_of(asked: Asked, scale: Scale, found: Gathered, today: date) -> OutcomesPage:
    """Return the page of what was ``found``."""
    design = asked.design(Decimal(eligible_from(scale)))
    treated = {dose.patient_id for dose in within(asked, found.doses)}
    ladder = climb(_people(found), design, today)
    asks_ideation = any(score.ideation is not None for s in found.scores.values() for score in s)
    return OutcomesPage(
        asked=asked,
        design=design,
        scale=scale,
        ladder=ladder,
        figures=figures_of(ladder, scale),
        ideation=ideation_of(ladder) if asks_ideation else None,
        harm=Harm(_exposure(asked, found.doses), found.events),
        pressure=control_chart(_by_month(asked, found)),
        left_out=found.left_out,
        scores=sum(map(found.count, treated)),
    )


def _people(found: Gathered) -> Iterable[Treated]:
    days: dict[str, set[date]] = {}
    chosen: dict[str, set[date]] = {}
    for dose in found.doses:
        if dose.day is not None:
            days.setdefault(dose.patient_id, set()).add(dose.day)
            if dose.chosen:
                chosen.setdefault(dose.patient_id, set()).add(dose.day)
    for patient_id in sorted(chosen):
        scores = sorted(found.scores.get(patient_id, ()), key=lambda score: score.on)
        looked_at = tuple(sorted(chosen[patient_id]))
        yield Treated(patient_id, tuple(sorted(days[patient_id])), tuple(scores), looked_at)


def span_of(asked: Asked) -> tuple[date, date]:
    """Return the first and the last day on which a score may tell a start or an outcome."""
    design = asked.design(Decimal())
    return (
        asked.first - timedelta(days=design.baseline_days),
        asked.last + timedelta(days=design.window_to),
    )


def within(asked: Asked, doses: Iterable[Dose]) -> list[Dose]:
    """Return the chosen doses of the period."""
    return [
        d for d in doses if d.chosen and d.day is not None and asked.first <= d.day <= asked.last
    ]


def _exposure(asked: Asked, doses: Iterable[Dose]) -> Exposure:
    given = within(asked, doses)
    known = [dose.milligrams for dose in given if dose.milligrams is not None]
    return Exposure(
        sessions=len({dose.session_id for dose in given} - {""}),
        patients=len({dose.patient_id for dose in given}),
        milligrams=sum(known, Decimal(0)),
        unknown_doses=len(given) - len(known),
    )


def _by_month(asked: Asked, found: Gathered) -> list[tuple[str, Proportion]]:
    """Return, for each month with a session, those with a pressure event out of all."""
    sessions: dict[str, set[str]] = {}
    for dose in within(asked, found.doses):
        if dose.session_id and dose.day is not None:
            sessions.setdefault(dose.day.isoformat()[:7], set()).add(dose.session_id)
    return [
        (month, Proportion(len(held & found.pressure_sessions), len(held)))
        for month, held in sorted(sessions.items())
    ]
