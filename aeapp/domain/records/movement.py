"""Stock of a lot: what came in, was drawn, wasted, returned or counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.items import UNKNOWN, Item, Link, NullFlavor, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StockMovement(Record):
    """One movement of one lot; what a patient got is a dose and no movement."""

    KIND: ClassVar[str] = "stock_movement"

    product_id: Annotated[str, Link("product")] = ""
    lot_id: Annotated[str, Link("lot")] = ""
    session_id: Annotated[str, Link("session")] = ""
    administration_id: Annotated[str, Link("administration")] = ""
    kind: Annotated[
        MovementKind | None,
        Item(N_("Movement"), help=N_("How the stock moved."), source="21 CFR 1304.22(c)"),
    ] = None
    amount: Annotated[
        Decimal | None,
        Item(
            N_("Amount"),
            help=N_("How much; for a count, what was there."),
            source="21 CFR 1304.22(c)",
            checks=(between("0", "1000000"),),
        ),
    ] = None
    unit: Annotated[
        Amount | None,
        Item(N_("Unit"), help=N_("Unit of the amount."), source="21 CFR 1304.22(c)"),
    ] = None
    vial: Annotated[
        str | None,
        Item(
            N_("Vial"),
            help=N_("Number or mark of the vial or box."),
            source="Clinic record",
            max_len=50,
        ),
    ] = None
    at: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Time"),
            help=N_("When it moved or was counted."),
            source="21 CFR 1304.22(c)",
            nulls=UNKNOWN,
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who did it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    witness: Annotated[
        str | None,
        Item(
            N_("Witness"),
            help=N_("Who saw the rest being wasted."),
            source="Clinic rule: waste has a witness",
            phi=Privacy.STAFF,
        ),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Reason"),
            help=N_("Why it was wasted or returned, or how a gap is explained."),
            source="Clinic record",
            max_len=1000,
        ),
    ] = None
    significant_loss: Annotated[
        bool | NullFlavor | None,
        Item(
            N_("Theft or significant loss"),
            help=N_("Whether the gap is a theft or a significant loss; a person decides."),
            source="21 CFR 1301.76(b)",
            nulls=UNKNOWN,
        ),
    ] = None
    answered_for: Annotated[
        Decimal | None,
        Item(
            N_("Gap that was answered"),
            help=N_("How much was missing when the question was answered; another gap asks anew."),
            source="21 CFR 1301.76(b)",
        ),
    ] = None
    discovered_on: Annotated[
        PartialDate | None,
        Item(
            N_("Discovered on"),
            help=N_("Day the loss was discovered; the two dates count from it."),
            source="21 CFR 1301.76(b)",
        ),
    ] = None
    notice_on: Annotated[
        PartialDate | None,
        Item(
            N_("Written notice on"),
            help=N_("Day of the notice to the DEA field office: within one business day."),
            source="21 CFR 1301.76(b)",
        ),
    ] = None
    form_106_on: Annotated[
        PartialDate | None,
        Item(
            N_("Form 106 on"),
            help=N_("Day DEA Form 106 was filed online: within 45 calendar days."),
            source="21 CFR 1301.76(b)",
        ),
    ] = None
