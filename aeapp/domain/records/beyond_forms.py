"""What an electronic message asks of a case and no form does: numbers, comments, diagnoses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aeapp.domain.checks import LANGUAGE, MEDDRA_CODE, MEDDRA_EDITION
from aeapp.domain.items import Item, Section
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OtherNumber(Section):
    """One number by which somebody else knew the case in a message that went before."""

    source: Annotated[
        str | None,
        Item(
            N_("Who gave the number"),
            help=N_("Organisation in whose earlier message the case had this number."),
            source="E2B(R3) C.1.9.1.r.1",
            e2b="C.1.9.1.r.1",
            max_len=100,
        ),
    ] = None
    number: Annotated[
        str | None,
        Item(
            N_("Number of the case there"),
            help=N_("As that message wrote it; not the sender's nor the worldwide number."),
            source="E2B(R3) C.1.9.1.r.2",
            e2b="C.1.9.1.r.2",
            max_len=100,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Diagnosis(Section):
    """One diagnosis that the sender of the report makes of what the events are together."""

    code: Annotated[
        str | None,
        Item(
            N_("MedDRA code of the diagnosis"),
            help=N_("Of a syndrome, or of another term for what was reported; 8 digits."),
            source="E2B(R3) H.3.r.1b",
            e2b="H.3.r.1b",
            checks=(MEDDRA_CODE,),
        ),
    ] = None
    edition: Annotated[
        str | None,
        Item(
            N_("MedDRA version of the diagnosis"),
            help=N_("Version that the code is of, such as 28.0; the same in the whole report."),
            source="E2B(R3) H.3.r.1a",
            e2b="H.3.r.1a",
            checks=(MEDDRA_EDITION,),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Summary(Section):
    """The story in another language, beside the narrative."""

    text: Annotated[
        str | None,
        Item(
            N_("Summary in another language"),
            help=N_("The case, and what the reporter says, in the words of the country."),
            source="E2B(R3) H.5.r.1a",
            e2b="H.5.r.1a",
            max_len=100_000,
        ),
    ] = None
    language: Annotated[
        str | None,
        Item(
            N_("Language of the summary"),
            help=N_("Three letters of ISO 639-2, such as spa."),
            source="E2B(R3) H.5.r.1b",
            e2b="H.5.r.1b",
            checks=(LANGUAGE,),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Beyond(Section):
    """What is said of the case beside the narrative."""

    sender_comment: Annotated[
        str | None,
        Item(
            N_("Sender's comment"),
            help=N_("What the clinic makes of it: cause, diagnosis, doubts about the report."),
            source="E2B(R3) H.4",
            e2b="H.4",
            max_len=20_000,
        ),
    ] = None
    reporter_comment: Annotated[
        str | None,
        Item(
            N_("Reporter's comment"),
            help=N_("What the reporter thinks of diagnosis and cause, in the reporter's words."),
            source="E2B(R3) H.2",
            e2b="H.2",
            max_len=20_000,
        ),
    ] = None
    other_therapies: Annotated[
        bool | None,
        Item(
            N_("Other therapies at the time"),
            help=N_("Such as radiation or a diet, which no list of medicines tells; describe it."),
            source="E2B(R3) D.7.3",
            e2b="D.7.3",
        ),
    ] = None
    documents: Annotated[
        str | None,
        Item(
            N_("Further documents held"),
            help=N_("Kept on paper or elsewhere, one a line; attached files name themselves."),
            source="E2B(R3) C.1.6.1.r.1",
            e2b="C.1.6.1.r.1",
            max_len=10_000,
            widget="lines",
        ),
    ] = None
