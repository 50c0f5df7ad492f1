"""What was done about an answer that asks for safety: made with the score, never by itself done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic rule: a positive answer has a recorded action"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SafetyReview(Record):
    """The safety strip of one score: who was told, what was asked, the plan, the time."""

    KIND: ClassVar[str] = "safety_review"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    score_id: Annotated[str, Link("score")] = ""
    cause: Annotated[
        str | None,
        Item(
            N_("Cause"),
            help=N_("Which answer or total asked for it, with the threshold as it stood."),
            source=_SOURCE,
            max_len=500,
        ),
    ] = None
    opened_at: Annotated[
        PartialDate | None,
        Item(N_("Opened at"), help=N_("When it was entered."), source=_SOURCE, widget="moment"),
    ] = None
    told: Annotated[
        str | None,
        Item(
            N_("Who was told"),
            help=N_("The clinician or other person who was told."),
            source=_SOURCE,
            phi=Privacy.STAFF,
        ),
    ] = None
    asked: Annotated[
        str | None,
        Item(
            N_("What was asked"),
            help=N_("What the patient was asked, and what the answer was."),
            source=_SOURCE,
            max_len=2000,
        ),
    ] = None
    plan: Annotated[
        str | None,
        Item(
            N_("Plan"), help=N_("What happens now, and who does it."), source=_SOURCE, max_len=2000
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(N_("Time"), help=N_("When it was done."), source=_SOURCE, widget="moment"),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who filled it in."), source=_SOURCE, phi=Privacy.STAFF),
    ] = None
    handed_to: Annotated[
        str | None,
        Item(
            N_("Taken over by"),
            help=N_("The colleague who takes it over; it stays open until it is filled."),
            source=_SOURCE,
            phi=Privacy.STAFF,
        ),
    ] = None
    handed_at: Annotated[
        PartialDate | None,
        Item(N_("Taken over at"), help=N_("When."), source=_SOURCE, widget="moment"),
    ] = None
    handed_by: Annotated[
        str | None,
        Item(
            N_("Handed over by"), help=N_("Who handed it over."), source=_SOURCE, phi=Privacy.STAFF
        ),
    ] = None
    done: Annotated[
        bool | None,
        Item(
            N_("Done"),
            help=N_("Whether all four are recorded; set by the program."),
            source=_SOURCE,
        ),
    ] = None
    void_reason: Annotated[
        str | None,
        Item(
            N_("Void because"),
            help=N_("Why it no longer waits: its score was struck through."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for somebody."""
        return not (self.done or self.void_reason)

    @property
    def lets_close(self) -> bool:
        """Tell whether the session may end: filled, or a named colleague took it over."""
        return not self.is_open or bool(self.handed_to)
