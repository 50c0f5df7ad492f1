"""What a narrative is made of, kept with the case whose text it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aeapp.domain.items import Item, Privacy, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_LONGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sentence(Section):
    """One piece of the narrative: made from records, changed by hand, or written by a person.

    The narrative itself is the text that goes out; a piece says which part of it came from where.
    """

    template: Annotated[
        str | None,
        Item(
            N_("Template"),
            help=N_("What it was made by; empty where a person wrote it."),
            source="Clinic record",
            max_len=40,
        ),
    ] = None
    about: Annotated[
        str | None,
        Item(
            N_("About"),
            help=N_("Ids of the records it tells of."),
            source="Clinic record",
            max_len=200,
        ),
    ] = None
    text: Annotated[
        str | None,
        Item(
            N_("Text"),
            help=N_("As it stands in the narrative; empty where a person left it out."),
            source="3500 B5; E2B(R3) H.1",
            max_len=_LONGEST,
        ),
    ] = None
    made: Annotated[
        str | None,
        Item(
            N_("Text as made"),
            help=N_("What the records gave; another text beside it was written by hand."),
            source="Clinic record",
            max_len=_LONGEST,
        ),
    ] = None
    sources: Annotated[
        str | None,
        Item(
            N_("Sources"),
            help=N_("Each item it was made from, with the mark of its value then, one on a line."),
            source="Clinic record",
            max_len=_LONGEST,
        ),
    ] = None
    written_by: Annotated[
        str | None,
        Item(
            N_("Written by"),
            help=N_("Who wrote or changed it by hand."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    written_at: Annotated[
        PartialDate | None,
        Item(
            N_("Written at"),
            help=N_("When it was stored."),
            source="Clinic record",
            widget="moment",
        ),
    ] = None

    @property
    def is_free(self) -> bool:
        """Tell whether a person wrote it from nothing."""
        return not self.template

    @property
    def is_by_hand(self) -> bool:
        """Tell whether a person wrote it, changed it, or left it out."""
        return self.is_free or self.text != self.made


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LeftIn(Section):
    """Words that look like an identifier of the patient and go out on purpose."""

    item: Annotated[
        str | None,
        Item(
            N_("Item"),
            help=N_("Path of the text, by the ids of its records."),
            source="Clinic record",
        ),
    ] = None
    mark: Annotated[
        str | None,
        Item(
            N_("Mark"),
            help=N_("Of the words it is about; other words are asked about anew."),
            source="Clinic record",
            max_len=64,
        ),
    ] = None
    place: Annotated[
        str | None,
        Item(
            N_("Place"),
            help=N_("Mark of the sentence that was read; the words elsewhere are asked about."),
            source="Clinic record",
            max_len=64,
        ),
    ] = None
    reason: Annotated[
        str | None,
        Item(
            N_("Why it stays"),
            help=N_("Such as an ordinary word that is a name, too."),
            source="HIPAA 164.514(b)(2)",
            max_len=500,
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(
            N_("By"),
            help=N_("Who answers for it."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
