"""Which MedDRA code an event was given; only a person gives one."""

from __future__ import annotations

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.items import as_text
from aeapp.domain.records import Event
from aeapp.domain.records.coding import Coding


def meddra_of(event: Event) -> tuple[str, str] | None:
    """Return MedDRA version and code of an event; None where no term of it was chosen.

    A term of CTCAE has a MedDRA code, too; its edition says of which version.
    """

    def of(coding: Coding) -> tuple[str, str] | None:
        if coding.terminology is TerminologyName.MEDDRA:
            return as_text(coding.edition), as_text(coding.code)
        if coding.terminology is TerminologyName.CTCAE and coding.meddra_edition:
            return coding.meddra_edition, as_text(coding.code)
        return None

    own = sorted(event.codings, key=lambda c: c.terminology is not TerminologyName.MEDDRA)
    return next((found for found in map(of, own) if found and found[1]), None)
