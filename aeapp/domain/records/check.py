"""One question of a list before the dose or before leaving, with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.session import Answer, AnswerSource, CheckKind
from aeapp.domain.items import UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Check(Record):
    """One answered question; the words are kept as they were asked."""

    KIND: ClassVar[str] = "check_answer"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    observation_id: Annotated[str, Link("observation")] = ""
    list: Annotated[
        CheckKind | None,
        Item(N_("List"), help=N_("The list the question stands in."), source="Clinic protocol"),
    ] = None
    code: Annotated[
        str | None,
        Item(
            N_("Question"),
            help=N_("Name of the question in the protocol."),
            source="Clinic protocol",
            max_len=40,
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(N_("As asked"), help=N_("The words of that day."), source="Clinic protocol"),
    ] = None
    stops: Annotated[
        bool | None,
        Item(
            N_("A no stops"),
            help=N_("Whether any answer but yes stopped the session when it was answered."),
            source="Clinic protocol",
        ),
    ] = None
    answer: Annotated[
        Answer | NullFlavor | None,
        Item(
            N_("Answer"),
            help=N_("Yes is always the safe answer."),
            source="Clinic protocol",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None
    told: Annotated[
        str | None,
        Item(
            N_("What was told"),
            help=N_("A time, a name, a test: what stands behind the answer."),
            source="Clinic record",
            phi=Privacy.IDENTIFYING,
        ),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Why it went on"),
            help=N_("Why the session goes on although the answer is not yes."),
            source="Clinic rule: a no has a reason",
            max_len=500,
        ),
    ] = None
    overridden_by: Annotated[
        str | None,
        Item(
            N_("Overridden by"),
            help=N_("Who let the session go on; who typed it says so, and stands in the trail."),
            source="Clinic protocol",
            phi=Privacy.STAFF,
        ),
    ] = None
    source: Annotated[
        AnswerSource | None,
        Item(N_("Source"), help=N_("Asked, or read from the records."), source="Clinic record"),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Time"),
            help=N_("When it was answered."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
