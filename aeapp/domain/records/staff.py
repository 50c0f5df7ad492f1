"""People who work with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.checks import USER_NAME
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.items import Item, Privacy, Record
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Staff(Record):
    """One person with an account."""

    KIND: ClassVar[str] = "staff"

    user_name: Annotated[
        str | None,
        Item(
            N_("Name in the program"),
            help=N_("Short name typed at login, never given to another person."),
            source="21 CFR 11.100(a); S-01",
            phi=Privacy.STAFF,
            checks=(USER_NAME,),
        ),
    ] = None
    name: Annotated[
        str | None,
        Item(
            N_("Full name"),
            help=N_("Name as it stands in the trail and under signatures."),
            source="21 CFR 11.50(a)",
            phi=Privacy.STAFF,
        ),
    ] = None
    role: Annotated[
        Role | None,
        Item(N_("Role"), help=N_("What this person may do."), source="21 CFR 11.10(d)"),
    ] = None
    qualification: Annotated[
        str | None,
        Item(
            N_("Qualification"), help=N_("Licence or degree, such as RN or MD."), source="3500 G3"
        ),
    ] = None
    phone: Annotated[
        str | None,
        Item(
            N_("Phone"),
            help=N_("Number for questions about reports."),
            source="3500 G1",
            phi=Privacy.STAFF,
        ),
    ] = None
    email: Annotated[
        str | None,
        Item(
            N_("E-mail"),
            help=N_("Address for questions about reports."),
            source="3500 G1",
            phi=Privacy.STAFF,
        ),
    ] = None
    active: Annotated[
        bool | None,
        Item(
            N_("Active"),
            help=N_("No while the account is closed; the record stays."),
            source="21 CFR 11.300(b)",
        ),
    ] = None
