"""One line of the export register: what left as a file or on paper, to whom and what for.

Source:
    45 CFR 164.528: date, recipient with address, what, why; kept for six years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.codelists.lifecycle import CopyKind, Medium, Purpose
from aeapp.domain.items import Item, Link, Privacy, Record
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "45 CFR 164.528"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Disclosure(Record):
    """One file that was written, or one print that was made, of what is on record."""

    KIND: ClassVar[str] = "disclosure"

    patient_id: Annotated[str, Link("patient")] = ""
    case_id: Annotated[str, Link("case")] = ""
    report_id: Annotated[str, Link("report")] = ""
    session_id: Annotated[str, Link("session")] = ""
    seq: Annotated[
        int | None,
        Item(
            N_("Number"),
            help=N_("Number of the entry of the trail that tells of the export."),
            source="Clinic record",
        ),
    ] = None
    number: Annotated[
        str | None,
        Item(
            N_("Of what"),
            help=N_("Number of the report or of the session."),
            source=_SOURCE,
            max_len=40,
        ),
    ] = None
    what: Annotated[
        str | None,
        Item(
            N_("What"),
            help=N_("Which document, by its form or paper."),
            source=_SOURCE,
            max_len=80,
        ),
    ] = None
    copy: Annotated[
        CopyKind | None,
        Item(N_("Copy"), help=N_("Whether it leaves something out."), source="Clinic record"),
    ] = None
    medium: Annotated[
        Medium | None,
        Item(
            N_("Medium"),
            help=N_("Whether a file was written, or its pages went to a printer."),
            source="Clinic record",
        ),
    ] = None
    pages: Annotated[
        int | None, Item(N_("Pages"), help=N_("How many it has."), source="Clinic record")
    ] = None
    sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256"),
            help=N_("By which the file is known again."),
            source="Clinic record",
            max_len=64,
        ),
    ] = None
    at: Annotated[
        PartialDate | None,
        Item(
            N_("Time"), help=N_("When it was written or printed."), source=_SOURCE, widget="moment"
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who wrote or printed it."), source=_SOURCE, phi=Privacy.STAFF),
    ] = None
    recipient: Annotated[
        Destination | None,
        Item(N_("To whom"), help=N_("What kind of recipient."), source=_SOURCE),
    ] = None
    person: Annotated[
        str | None,
        Item(N_("Recipient"), help=N_("Name of the person or body."), source=_SOURCE),
    ] = None
    address: Annotated[
        str | None,
        Item(
            N_("Address of the recipient"),
            help=N_("As far as it is known."),
            source=_SOURCE,
        ),
    ] = None
    purpose: Annotated[
        Purpose | None,
        Item(N_("What for"), help=N_("Why it was given; decides the accounting."), source=_SOURCE),
    ] = None

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has said yet what it was for."""
        return self.purpose is None

    @property
    def is_accounted(self) -> bool:
        """Tell whether the patient may ask for it in an accounting of disclosures.

        Source:
            45 CFR 164.528(a)(1): not for treatment, not under the patient's authorization, and
            de-identified information is none of the patient's (164.502(d)).
        """
        return self.copy is not CopyKind.DEIDENTIFIED and self.purpose in ACCOUNTED


ACCOUNTED = frozenset({Purpose.PUBLIC_HEALTH, Purpose.LAW, Purpose.OTHER})
