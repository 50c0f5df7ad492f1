"""One version of a report as it was sent: frozen, with the hash of all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.lifecycle import FrozenKind, SentAs, VersionNature
from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FrozenPart(Section):
    """One kept file, found by its hash."""

    what: Annotated[
        FrozenKind | None,
        Item(
            N_("What it is"),
            help=N_("Case, stamp, document, blank form or attachment."),
            source="Clinic record",
        ),
    ] = None
    name: Annotated[
        str | None,
        Item(N_("Name"), help=N_("Name of the file, as text only."), source="Clinic record"),
    ] = None
    sha256: Annotated[
        str | None,
        Item(N_("SHA-256"), help=N_("Hash of its bytes."), source="Clinic record", max_len=64),
    ] = None
    size: Annotated[
        int | None, Item(N_("Size"), help=N_("Number of bytes."), source="Clinic record")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReportVersion(Record):
    """One version; nothing of it is ever changed, a correction is the next version."""

    KIND: ClassVar[str] = "report_version"

    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    approval_id: Annotated[str, Link("approval")] = ""
    number: Annotated[
        int | None,
        Item(N_("Version"), help=N_("Counted from 1 for each report."), source="Clinic record"),
    ] = None
    nature: Annotated[
        VersionNature | None,
        Item(
            N_("Kind of version"),
            help=N_("What it is to the version before."),
            source="3500A G6; E2B(R3) C.1.11.1",
        ),
    ] = None
    news: Annotated[
        str | None,
        Item(
            N_("What is new"),
            help=N_("Why there is this version."),
            source="E2B(R3) C.1.11.2",
            max_len=2000,
        ),
    ] = None
    form: Annotated[
        str | None,
        Item(N_("Form"), help=N_("Key of the form edition."), source="Clinic record", max_len=40),
    ] = None
    rules: Annotated[
        str | None,
        Item(N_("Rules"), help=N_("Name of the rules that it met."), source="Clinic record"),
    ] = None
    program: Annotated[
        str | None,
        Item(N_("Program"), help=N_("Version of this program."), source="Clinic record"),
    ] = None
    export_seq: Annotated[
        int | None,
        Item(
            N_("Exported as"),
            help=N_("Entry of the trail under which exactly this document was exported before."),
            source="Clinic record",
        ),
    ] = None
    unsigned_because: Annotated[
        str | None,
        Item(
            N_("Why without signature"),
            help=N_("Why it went out although no signature was under it as it was."),
            source="Clinic record; 21 CFR 11.70",
            max_len=500,
        ),
    ] = None
    frozen_on: Annotated[
        PartialDate | None,
        Item(
            N_("Kept since"),
            help=N_("When it was recorded as sent."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who recorded it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    parts: tuple[FrozenPart, ...] = ()

    @property
    def sent_as(self) -> SentAs:
        """Return which document was frozen with it."""
        if self.part(FrozenKind.VALUES).sha256:
            return SentAs.MESSAGE
        return SentAs.OFFICIAL if self.part(FrozenKind.BLANK).sha256 else SentAs.PAGES

    def part(self, what: FrozenKind) -> FrozenPart:
        """Return the first kept file of a kind; an empty one where there is none."""
        return next((p for p in self.parts if p.what is what), FrozenPart())
