"""What the columns of a table are, as a clinic said once for every file with the same header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Record
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic record"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ColumnMapping(Record):
    """One kept mapping; there is one for each header."""

    KIND: ClassVar[str] = "column_mapping"

    name: Annotated[
        str | None,
        Item(
            N_("Name"),
            help=N_("What the device or the table is called; readings name it as their device."),
            source=_SOURCE,
            max_len=100,
        ),
    ] = None
    header: Annotated[
        str | None,
        Item(
            N_("Header"),
            help=N_("SHA-256 of the names in the header and of what parts them."),
            source=_SOURCE,
            max_len=64,
        ),
    ] = None
    table: Annotated[
        str | None,
        Item(
            N_("Table of"),
            help=N_("What its rows are: patients, sessions or scores; nothing for readings."),
            source=_SOURCE,
            max_len=20,
        ),
    ] = None
    mapping: Annotated[
        str | None,
        Item(
            N_("Mapping"),
            help=N_("The mapping as a file of the format aeapp-columns/1."),
            source=_SOURCE,
            max_len=100_000,
        ),
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
