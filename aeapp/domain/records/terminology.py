"""A release of a terminology that the clinic loaded, and its terms in blocks.

The terms stand in blocks of a thousand, so that a release of eighty thousand terms is stored as an
import is: one entry of the trail fixes them all by hash, and none of them has an entry of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.items import Item, Link, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "Terminology release"
# A grade of CTCAE or its remark; the longest published ones have some hundred characters.
LONGEST_TEXT = 4000
LONGEST_TERM = 250
TERMS_A_BLOCK = 1000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Terminology(Record):
    """One loaded release."""

    KIND: ClassVar[str] = "terminology"

    name: Annotated[
        TerminologyName | None,
        Item(N_("Terminology"), help=N_("Which terminology it is."), source=_SOURCE),
    ] = None
    edition: Annotated[
        str | None,
        Item(
            N_("Version"), help=N_("Version of the release, as 28.0."), source=_SOURCE, max_len=20
        ),
    ] = None
    meddra_edition: Annotated[
        str | None,
        Item(
            N_("MedDRA version"),
            help=N_("Version of MedDRA that the codes are of."),
            source=_SOURCE,
            max_len=20,
        ),
    ] = None
    language: Annotated[
        str | None,
        Item(N_("Language"), help=N_("Language of the terms."), source=_SOURCE, max_len=40),
    ] = None
    sha256: Annotated[
        str | None,
        Item(
            N_("SHA-256 of the files"),
            help=N_("Hash of what was loaded, to tell the same files again."),
            source="21 CFR 11.10(c)",
            max_len=64,
        ),
    ] = None
    terms: Annotated[
        int | None,
        Item(N_("Terms"), help=N_("How many terms it holds."), source=_SOURCE),
    ] = None
    current: Annotated[
        bool | None,
        Item(
            N_("In use"),
            help=N_("Whether new events are coded with it; older codes keep their version."),
            source="Clinic setting",
        ),
    ] = None
    loaded_by: Annotated[
        str | None,
        Item(N_("Loaded by"), help=N_("Who loaded it."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    loaded_at: Annotated[
        PartialDate | None,
        Item(N_("Loaded at"), help=N_("When."), source="Clinic record", widget="moment"),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TermEntry(Section):
    """One term of a release, as the release has it."""

    code: Annotated[
        str | None,
        Item(N_("Code"), help=N_("Its code."), source=_SOURCE, max_len=60),
    ] = None
    term: Annotated[
        str | None,
        Item(N_("Term"), help=N_("Its words."), source=_SOURCE, max_len=LONGEST_TERM),
    ] = None
    level: Annotated[
        TermLevel | None,
        Item(N_("Level"), help=N_("What kind of term it is."), source=_SOURCE),
    ] = None
    parent: Annotated[
        str | None,
        Item(
            N_("Above it"),
            help=N_("Code of the preferred term of a lowest term, of the primary class of that."),
            source=_SOURCE,
            max_len=60,
        ),
    ] = None
    soc: Annotated[
        str | None,
        Item(
            N_("System organ class"),
            help=N_("Words of the class, where the release gives no code of it."),
            source=_SOURCE,
            max_len=LONGEST_TERM,
        ),
    ] = None
    current: Annotated[
        bool | None,
        Item(N_("Current"), help=N_("Whether the release still wants it used."), source=_SOURCE),
    ] = None
    grade1: Annotated[
        str | None,
        Item(N_("Grade 1"), help=N_("Mild."), source="CTCAE", max_len=LONGEST_TEXT),
    ] = None
    grade2: Annotated[
        str | None,
        Item(N_("Grade 2"), help=N_("Moderate."), source="CTCAE", max_len=LONGEST_TEXT),
    ] = None
    grade3: Annotated[
        str | None,
        Item(N_("Grade 3"), help=N_("Severe."), source="CTCAE", max_len=LONGEST_TEXT),
    ] = None
    grade4: Annotated[
        str | None,
        Item(N_("Grade 4"), help=N_("Life-threatening."), source="CTCAE", max_len=LONGEST_TEXT),
    ] = None
    grade5: Annotated[
        str | None,
        Item(N_("Grade 5"), help=N_("Death."), source="CTCAE", max_len=LONGEST_TEXT),
    ] = None
    definition: Annotated[
        str | None,
        Item(N_("Definition"), help=N_("What it is."), source="CTCAE", max_len=LONGEST_TEXT),
    ] = None
    remark: Annotated[
        str | None,
        Item(
            N_("Navigational note"),
            help=N_("Which other term may be meant."),
            source="CTCAE",
            max_len=LONGEST_TEXT,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TermBlock(Record):
    """Up to a thousand terms of a release; never changed after it was loaded."""

    KIND: ClassVar[str] = "term_block"

    terminology_id: Annotated[str, Link("terminology")] = ""
    number: Annotated[
        int | None,
        Item(N_("Block"), help=N_("Its place in the release, from 1."), source=_SOURCE),
    ] = None
    entries: tuple[TermEntry, ...] = ()
