"""A blank official form that the clinic brought, kept to be filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfficialForm(Record):
    """One edition; the file itself is kept by its hash."""

    KIND: ClassVar[str] = "official_form"

    form: Annotated[
        str | None,
        Item(
            N_("Form"),
            help=N_("Key of the edition, told by the names of its fields."),
            source="Clinic record",
            max_len=40,
        ),
    ] = None
    sha256: Annotated[
        str | None,
        Item(N_("SHA-256"), help=N_("Hash of its bytes."), source="Clinic record", max_len=64),
    ] = None
    size: Annotated[
        int | None, Item(N_("Size"), help=N_("Number of bytes."), source="Clinic record")
    ] = None
    brought_on: Annotated[
        PartialDate | None,
        Item(
            N_("Brought on"),
            help=N_("When it was taken in."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who brought it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
