"""A request from outside about a report: FDA, a maker or a board asks, the clinic answers.

The date they wish for is a wish, not a law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import Asker, RequestAnswer
from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskedFor(Section):
    """One question of a request, with its answer."""

    question: Annotated[
        str | None,
        Item(N_("Question"), help=N_("What they ask."), source="Clinic record", max_len=2000),
    ] = None
    answer: Annotated[
        RequestAnswer | None,
        Item(
            N_("Answer"),
            help=N_("Answered, or not available; empty while it is open."),
            source="Clinic record",
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(
            N_("Words of the answer"),
            help=N_("What was answered."),
            source="Clinic record",
            max_len=10_000,
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Answered on"),
            help=N_("When it was answered."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("Answered by"), help=N_("Who answered."), source="Clinic record", phi=Privacy.STAFF
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Request(Record):
    """One request, with each of its questions."""

    KIND: ClassVar[str] = "request"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    asker: Annotated[
        Asker | None,
        Item(N_("Who asks"), help=N_("FDA, a maker or a board."), source="Clinic record"),
    ] = None
    number: Annotated[
        str | None,
        Item(
            N_("Their number"),
            help=N_("Number under which they ask."),
            source="Clinic record",
            max_len=100,
        ),
    ] = None
    received: Annotated[
        PartialDate | None,
        Item(
            N_("Received"),
            help=N_("When it reached the clinic."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    wished: Annotated[
        PartialDate | None,
        Item(
            N_("Answer wished by"),
            help=N_("The date they wish for; it is not a law."),
            source="Clinic record",
        ),
    ] = None
    questions: tuple[AskedFor, ...] = ()
    by: Annotated[
        str | None,
        Item(
            N_("Taken by"),
            help=N_("Who of the clinic took the request."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None

    @property
    def is_open(self) -> bool:
        """Tell whether a question waits; a request without any waits to be read."""
        return not self.questions or any(q.answer is None for q in self.questions)
