"""What decides whether a clock runs: the clinic, the event, who learnt it when, what was decided.

Three answers everywhere: yes, no, and not answered. What is not answered stops no clock; the clock
names the question instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from aeapp.domain.clock_rules import Binds, Trigger
from aeapp.domain.codelists.clinic import (
    ClinicDuty,
    Destination,
    FacilityType,
    ReportDecision,
)
from aeapp.domain.codelists.safety import Outcome, Seriousness
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Clinic, Decision, Event, Study
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

Yes = bool | None
Moment = PartialDate | NullFlavor | None

_USER_FACILITIES = (FacilityType.USER_FACILITY, FacilityType.OUTPATIENT)
# Hospital admission alone is no serious injury by a device (21 CFR 803.3(w)).
_INJURIES = frozenset(
    {Seriousness.LIFE_THREATENING, Seriousness.DISABILITY, Seriousness.INTERVENTION}
)
_BY_DUTY = {duty: Binds(duty.value) for duty in ClinicDuty}


class Question(StrEnum):
    """A question without an answer on which a clock depends."""

    SERIOUS = "serious"
    LISTED = "listed"
    SUSPECTED = "suspected"
    STUDY = "study"
    FACILITY = "facility"

    @property
    def words(self) -> str:
        """Return the condition in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]


_WORDS = {
    Question.SERIOUS: N_("if serious"),
    Question.LISTED: N_("if not listed"),
    Question.SUSPECTED: N_("if suspected"),
    Question.STUDY: N_("if a study case"),
    Question.FACILITY: N_("if a device user facility"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One line of the log of sending, as clocks read it."""

    to: Destination
    at: PartialDate
    by_phone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClockFacts:
    """Everything the clocks of one event go by.

    Attributes:
        listed: Whether it is listed in the label at this specificity and severity.
        suspected: Whether a causal link to the product is suspected.
        study: Whether the patient is in a study; None where nobody said.
        protocol: The study of the case, with what the clinic is in it; None where none is named.
        transferred: The patient went from the session to a hospital.
        device: A device may have caused or contributed to it.
        awareness: Every moment at which the clinic learnt something of it.
        rems_done: When the REMS form of the session went out.
    """

    clinic: Clinic
    event: Event
    listed: Yes = None
    suspected: Yes = None
    study: Yes = None
    protocol: Study | None = None
    transferred: bool = False
    device: bool = False
    awareness: tuple[Moment, ...] = ()
    decision: Decision | None = None
    sent: tuple[Sent, ...] = field(default_factory=tuple)
    rems_done: PartialDate | None = None
    zone: dt.tzinfo = dt.UTC

    @property
    def criteria(self) -> frozenset[Seriousness] | None:
        """Return the criteria that were ticked; None while nobody could say."""
        told = self.event.seriousness
        return told if isinstance(told, frozenset) else None

    @property
    def serious(self) -> Yes:
        """Tell whether the event is serious."""
        if self.event.outcome is Outcome.FATAL:
            return True
        return None if self.criteria is None else bool(self.criteria)

    @property
    def death(self) -> Yes:
        """Tell whether the patient died of it."""
        return self._met(frozenset({Seriousness.DEATH}))

    @property
    def fatal(self) -> Yes:
        """Tell whether it was fatal or life-threatening."""
        return self._met(frozenset({Seriousness.DEATH, Seriousness.LIFE_THREATENING}))

    @property
    def injury(self) -> Yes:
        """Tell whether it is a serious injury as the device rules mean it, and no death."""
        if self.death:
            return False
        return None if self.criteria is None else bool(self.criteria & _INJURIES)

    @property
    def moved(self) -> Yes:
        """Tell whether it ended in a transfer to a hospital, an admission, or death."""
        if self.transferred:
            return True
        return self._met(frozenset({Seriousness.DEATH, Seriousness.HOSPITALIZATION}))

    def _met(self, wanted: frozenset[Seriousness]) -> Yes:
        if Seriousness.DEATH in wanted and self.event.outcome is Outcome.FATAL:
            return True
        return None if self.criteria is None else bool(self.criteria & wanted)

    @property
    def reported(self) -> frozenset[Destination]:
        """Return to whom it was decided to report."""
        made = self.decision
        if made is None or made.answer is not ReportDecision.REPORT:
            return frozenset()
        return made.destinations or frozenset()

    @property
    def dropped(self) -> bool:
        """Tell whether a person decided that there is no report."""
        return self.decision is not None and self.decision.answer is ReportDecision.NO_REPORT

    @property
    def of_study(self) -> Yes:
        """Tell whether it is a study case: as said, else as the decision shows it."""
        if self.protocol is not None:
            return True
        if self.study is None and self.reported:
            return Destination.SPONSOR in self.reported
        return self.study

    @property
    def learnt(self) -> tuple[PartialDate, ...]:
        """Return the moments of awareness that are known, the earliest first."""
        return tuple(sorted(a for a in self.awareness if isinstance(a, PartialDate)))

    @property
    def late_for_rems(self) -> bool:
        """Tell whether the clinic learnt of it after the REMS form of the session went out."""
        done = self.rems_done
        return done is not None and any(done.surely_before(a) for a in self.learnt[:1])


def bound_as(clinic: Clinic, role: Binds) -> Yes:
    """Tell whether ``clinic`` is bound in that role; None where its profile does not say."""
    if role is Binds.VOLUNTARY:
        return True
    if role is Binds.USER_FACILITY:
        if clinic.facility in (None, FacilityType.UNSURE):
            return None
        return clinic.facility in _USER_FACILITIES
    if role is Binds.OUTSOURCING:
        return clinic.facility is FacilityType.OUTSOURCING
    return role in {_BY_DUTY[duty] for duty in clinic.duties or ()}


def bound(facts: ClockFacts, role: Binds) -> Yes:
    """Tell whether the clinic is bound in that role: by its study, else by its profile."""
    study = facts.protocol
    if study is not None:
        by_protocol = role is Binds.PARTNER and study.protocol_hours is not None
        if by_protocol or (study.duty is not None and _BY_DUTY.get(study.duty) is role):
            return True
    return bound_as(facts.clinic, role)


Asked = tuple[tuple[Yes, Question], ...]


def _not(answer: Yes) -> Yes:
    return None if answer is None else not answer


def _serious(facts: ClockFacts) -> Asked:
    return ((facts.serious, Question.SERIOUS),)


def _voluntary(facts: ClockFacts) -> Asked:
    # A study drug goes to the sponsor by the protocol, never as a voluntary report.
    wanted = {Destination.FDA, Destination.MANUFACTURER}
    chosen = not facts.reported or bool(wanted & facts.reported)
    free = facts.of_study is not True and chosen
    return ((free, Question.STUDY), *_serious(facts))


def _unlisted(facts: ClockFacts) -> Asked:
    return (*_serious(facts), (_not(facts.listed), Question.LISTED))


def _of_study(facts: ClockFacts) -> Asked:
    return ((facts.of_study, Question.STUDY),)


def _study_serious(facts: ClockFacts) -> Asked:
    return (*_of_study(facts), *_serious(facts))


def _study_suspected(facts: ClockFacts) -> Asked:
    return (*_of_study(facts), *_unlisted(facts), (facts.suspected, Question.SUSPECTED))


def _device(facts: ClockFacts, answer: Yes) -> Asked:
    return ((facts.device, Question.FACILITY), (answer, Question.SERIOUS))


_ASKED: dict[Trigger, Callable[[ClockFacts], Asked]] = {
    Trigger.SERIOUS: _voluntary,
    Trigger.SERIOUS_UNLISTED: _unlisted,
    Trigger.DEVICE_DEATH: lambda f: _device(f, f.death),
    Trigger.DEVICE_INJURY: lambda f: _device(f, f.injury),
    Trigger.STUDY_SERIOUS: _study_serious,
    Trigger.STUDY_FATAL: lambda f: (*_of_study(f), (f.fatal, Question.SERIOUS)),
    Trigger.STUDY_SUSPECTED: _study_suspected,
    Trigger.STUDY_SUSPECTED_FATAL: lambda f: (
        *_study_suspected(f),
        (f.fatal, Question.SERIOUS),
    ),
    Trigger.STUDY_DEVICE: lambda f: (*_study_suspected(f), (f.device, Question.STUDY)),
    Trigger.STATE_EVENT: lambda f: ((f.moved, Question.SERIOUS),),
    Trigger.REMS_LATE_EVENT: lambda f: (
        (f.late_for_rems, Question.SERIOUS),
        *_serious(f),
    ),
}
# What belongs to an event; the others start at a session, a loss or the turn of the year.
OF_EVENTS = frozenset(_ASKED)


def open_questions(trigger: Trigger, role: Yes, facts: ClockFacts) -> tuple[Question, ...] | None:
    """Return the questions that are open where a clock runs; None where it does not run."""
    answers = ((role, Question.FACILITY), *_ASKED[trigger](facts))
    if any(answer is False for answer, _question in answers):
        return None
    return tuple(dict.fromkeys(question for answer, question in answers if answer is None))


__all__ = [
    "OF_EVENTS",
    "ClockFacts",
    "Moment",
    "Question",
    "Sent",
    "Yes",
    "bound",
    "bound_as",
    "open_questions",
]
