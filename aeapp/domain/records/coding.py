"""What an event is called in a terminology; an addition, the reporter's words stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.items import Item, Privacy, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "E2B(R3) E.i.2.1"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Coding(Section):
    """One coded term of an event; a person chose it. One for each terminology."""

    terminology: Annotated[
        TerminologyName | None,
        Item(N_("Terminology"), help=N_("Where the term comes from."), source=_SOURCE),
    ] = None
    edition: Annotated[
        str | None,
        Item(
            N_("Version"),
            help=N_("Version of the terminology, such as 28.0."),
            source="E2B(R3) E.i.2.1a",
            max_len=20,
            e2b="E.i.2.1a",
        ),
    ] = None
    meddra_edition: Annotated[
        str | None,
        Item(
            N_("MedDRA version of the code"),
            help=N_("Version of MedDRA that the code was printed from."),
            source="E2B(R3) E.i.2.1a",
            max_len=20,
            e2b="E.i.2.1a",
        ),
    ] = None
    code: Annotated[
        str | None,
        Item(
            N_("Code"),
            help=N_("Code of the term in that version."),
            source="E2B(R3) E.i.2.1b",
            max_len=60,
            e2b="E.i.2.1b",
        ),
    ] = None
    term: Annotated[
        str | None,
        Item(N_("Coded term"), help=N_("Its words in that version."), source=_SOURCE),
    ] = None
    how: Annotated[
        HowFound | None,
        Item(
            N_("How it was found"),
            help=N_("Whether the words were the same, a synonym, mistyped, or picked."),
            source="Clinic rule: no term is chosen silently",
        ),
    ] = None
    chosen_by: Annotated[
        str | None,
        Item(
            N_("Chosen by"),
            help=N_("Who chose the term."),
            source="Clinic rule: no term is chosen silently",
            phi=Privacy.STAFF,
        ),
    ] = None
    chosen_at: Annotated[
        PartialDate | None,
        Item(N_("Chosen at"), help=N_("When."), source="Clinic record", widget="moment"),
    ] = None
