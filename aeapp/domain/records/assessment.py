"""What a person holds of one product as the cause of one event, and by which method.

The points of the Naranjo scale are computed from its answers and never stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from aeapp.domain.codelists.assessment import (
    Causality,
    CausalityMethod,
    Expectedness,
    NaranjoAnswer,
)
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_NARANJO = "Naranjo CA et al. Clin Pharmacol Ther 1981;30:239-245"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Naranjo(Section):
    """The ten answers of the Naranjo scale, the questions in our words."""

    q1: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Are there conclusive reports of this reaction to the drug from before?"),
            help=N_("Earlier conclusive reports of this reaction."),
            source=_NARANJO,
        ),
    ] = None
    q2: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Did the event appear after the suspected drug was given?"),
            help=N_("Event came after the drug was given."),
            source=_NARANJO,
        ),
    ] = None
    q3: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Did it improve when the drug was stopped or a specific antagonist was given?"),
            help=N_("Improved on stopping or an antagonist."),
            source=_NARANJO,
        ),
    ] = None
    q4: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Did the reaction come back when the drug was given again?"),
            help=N_("Came back when given again."),
            source=_NARANJO,
        ),
    ] = None
    q5: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Are there other causes that alone could have caused the reaction?"),
            help=N_("Other causes could have done it alone."),
            source=_NARANJO,
        ),
    ] = None
    q6: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Did the reaction come back when a placebo was given?"),
            help=N_("Came back with a placebo."),
            source=_NARANJO,
        ),
    ] = None
    q7: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Was the drug found in blood or another fluid at a level known to be toxic?"),
            help=N_("Drug found in body fluids at a toxic level."),
            source=_NARANJO,
        ),
    ] = None
    q8: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Was it worse with a higher dose, or milder with a lower one?"),
            help=N_("Worse with more, milder with less."),
            source=_NARANJO,
        ),
    ] = None
    q9: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Did the patient react alike to the same or a similar drug before?"),
            help=N_("Same or similar drug did it before."),
            source=_NARANJO,
        ),
    ] = None
    q10: Annotated[
        NaranjoAnswer | None,
        Item(
            N_("Was the event confirmed by objective evidence?"),
            help=N_("Confirmed by objective evidence."),
            source=_NARANJO,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Assessment(Record):
    """One opinion on one product and one event, with who holds it."""

    KIND: ClassVar[str] = "assessment"

    case_id: Annotated[str, Link("case")] = ""
    event_id: Annotated[str, Link("event")] = ""
    product_id: Annotated[str, Link("product")] = ""
    category: Annotated[
        Causality | None,
        Item(
            N_("Causality"),
            help=N_("Category in the opinion of the person named; the program proposes none."),
            source="WHO-UMC; E2B(R3) G.k.9.i.2.r.3",
            e2b="G.k.9.i.2.r.3",
        ),
    ] = None
    method: Annotated[
        CausalityMethod | None,
        Item(
            N_("Method"),
            help=N_("How the category was reached."),
            source="E2B(R3) G.k.9.i.2.r.2",
            e2b="G.k.9.i.2.r.2",
        ),
    ] = None
    naranjo: Naranjo = field(default_factory=Naranjo)
    expectedness: Annotated[
        Expectedness | None,
        Item(
            N_("Listed in the label"),
            help=N_("Whether the label lists the event as specific and as severe as it was."),
            source="21 CFR 314.80(a); 21 CFR 312.32(a)",
        ),
    ] = None
    label: Annotated[
        str | None,
        Item(
            N_("Label"),
            help=N_("Name, version and date of the label that was compared, as it stood then."),
            source="21 CFR 314.80(a); Clinic record",
        ),
    ] = None
    assessor: Annotated[
        str | None,
        Item(
            N_("Assessed by"),
            help=N_("Who holds this opinion."),
            source="E2B(R3) G.k.9.i.2.r.1",
            e2b="G.k.9.i.2.r.1",
            phi=Privacy.STAFF,
        ),
    ] = None
    assessor_role: Annotated[
        Role | None,
        Item(
            N_("Role of the assessor"),
            help=N_("Role in the clinic at that time."),
            source="E2B(R3) G.k.9.i.2.r.1",
        ),
    ] = None
    assessed_at: Annotated[
        PartialDate | None,
        Item(
            N_("Assessed at"),
            help=N_("When the opinion was given."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    comment: Annotated[
        str | None,
        Item(
            N_("Grounds"),
            help=N_("Why, in the words of the assessor."),
            source="Clinic record",
            max_len=2000,
        ),
    ] = None
