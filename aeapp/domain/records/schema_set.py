"""The ICH ICSR schema set that the clinic pointed at, and what it held then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SchemaSet(Record):
    """A folder or ZIP by its path; the files stay where they are, their hash is kept."""

    KIND: ClassVar[str] = "schema_set"

    path: Annotated[
        str | None,
        Item(
            N_("Folder or ZIP"),
            help=N_("Where the set lies on the computer it was registered on."),
            source="Clinic record",
            max_len=1000,
            phi=Privacy.STAFF,
        ),
    ] = None
    files: Annotated[
        int | None, Item(N_("Files"), help=N_("How many it has."), source="Clinic record")
    ] = None
    sha256: Annotated[
        str | None,
        Item(N_("SHA-256"), help=N_("Hash of all its files."), source="Clinic record", max_len=64),
    ] = None
    registered_on: Annotated[
        PartialDate | None,
        Item(
            N_("Registered on"),
            help=N_("When it was tried and passed."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who registered it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why it is used no more."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None
