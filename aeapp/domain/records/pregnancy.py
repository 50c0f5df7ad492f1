"""A pregnancy in which a product was or may have been given, followed to its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import PregnancyOutcome
from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import UNKNOWN, UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Pregnancy(Record):
    """One pregnancy of a patient; the cases of mother and child name it."""

    KIND: ClassVar[str] = "pregnancy"

    patient_id: Annotated[str, Link("patient")] = ""
    exposed: Annotated[
        Answer | NullFlavor | None,
        Item(
            N_("Given in the pregnancy"),
            help=N_("Whether the product was given in this pregnancy; a person answers."),
            source="E2B(R3) D.7; 3500 B7",
            nulls=UNKNOWN,
        ),
    ] = None
    last_period: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Last menstrual period"),
            help=N_("First day, as exactly as known; a month is an answer."),
            source="E2B(R3) D.6",
            e2b="D.6",
            nulls=UNKNOWN,
        ),
    ] = None
    due_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Expected delivery"),
            help=N_("Day or month the birth is expected."),
            source="Clinic record: pregnancy",
            nulls=UNKNOWN,
        ),
    ] = None
    learnt: Annotated[
        PartialDate | None,
        Item(
            N_("Learnt on"),
            help=N_("When the clinic learnt of the pregnancy."),
            source="V27; Clinic record: pregnancy",
            widget="moment",
        ),
    ] = None
    told_by: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Told by"),
            help=N_("Role of the person who told it; no name."),
            source="V27; Clinic record: pregnancy",
            nulls=UNKNOWN,
        ),
    ] = None
    ask_on: Annotated[
        PartialDate | None,
        Item(
            N_("Ask again on"),
            help=N_("Day of the next question; empty for the time after the expected delivery."),
            source="Clinic record: pregnancy",
        ),
    ] = None
    outcome: Annotated[
        PregnancyOutcome | NullFlavor | None,
        Item(
            N_("Outcome of the pregnancy"),
            help=N_("Lost to follow-up is an answer after the tries are kept."),
            source="Clinic record: pregnancy",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    outcome_on: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Date of the outcome"),
            help=N_("Day of birth or end, as exactly as known."),
            source="Clinic record: pregnancy",
            nulls=UNKNOWN,
        ),
    ] = None
    child_affected: Annotated[
        Answer | NullFlavor | None,
        Item(
            N_("Child has an event"),
            help=N_("Yes opens a report of the child beside that of the mother."),
            source="ICH E2B(R3) parent and child; V16",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    note: Annotated[
        str | None,
        Item(
            N_("Notes"),
            help=N_("What was told, with dates."),
            source="Clinic record: pregnancy",
            max_len=10_000,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("Recorded by"),
            help=N_("Who wrote it down."),
            source="Clinic record: pregnancy",
            phi=Privacy.STAFF,
        ),
    ] = None

    @property
    def is_open(self) -> bool:
        """Tell whether its outcome is still asked for."""
        if self.exposed is Answer.NO:
            return False
        return self.outcome in (None, NullFlavor.NASK, NullFlavor.NI)
