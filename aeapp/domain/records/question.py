"""A question to a colleague about a report: the day it is due, each try, its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Try(Section):
    """One try to get the answer."""

    at: Annotated[
        PartialDate | None,
        Item(N_("Tried on"), help=N_("When."), source="Clinic record", widget="moment"),
    ] = None
    words: Annotated[
        str | None,
        Item(N_("What came of it"), help=N_("In a few words."), source="Clinic record"),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("Tried by"), help=N_("Who tried."), source="Clinic record", phi=Privacy.STAFF),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Question(Record):
    """One question; open until it has an answer."""

    KIND: ClassVar[str] = "question"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    words: Annotated[
        str | None,
        Item(N_("Question"), help=N_("What is asked."), source="Clinic record", max_len=2000),
    ] = None
    to: Annotated[
        str | None,
        Item(
            N_("Asked of"),
            help=N_("Name of the colleague."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    due: Annotated[
        PartialDate | None,
        Item(
            N_("Answer by"),
            help=N_("Day by which the answer is wished for; a clinic target."),
            source="Clinic record",
        ),
    ] = None
    asked_by: Annotated[
        str | None,
        Item(N_("Asked by"), help=N_("Who asks."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    asked_on: Annotated[
        PartialDate | None,
        Item(N_("Asked on"), help=N_("When."), source="Clinic record", widget="moment"),
    ] = None
    answer: Annotated[
        str | None,
        Item(N_("Answer"), help=N_("What was answered."), source="Clinic record", max_len=10_000),
    ] = None
    answered_by: Annotated[
        str | None,
        Item(
            N_("Answered by"), help=N_("Who answered."), source="Clinic record", phi=Privacy.STAFF
        ),
    ] = None
    answered_on: Annotated[
        PartialDate | None,
        Item(N_("Answered on"), help=N_("When."), source="Clinic record", widget="moment"),
    ] = None
    tries: tuple[Try, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for its answer."""
        return self.answer is None
