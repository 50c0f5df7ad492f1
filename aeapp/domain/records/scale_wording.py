"""The wording of a scale as the clinic loaded it from its own file, under its own licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from aeapp.domain.items import Item, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SOURCE = "The instrument, loaded by the clinic"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WordedItem(Section):
    """The words of one item."""

    number: Annotated[
        int | None, Item(N_("Item"), help=N_("Number of the item, from 1."), source=_SOURCE)
    ] = None
    words: Annotated[
        str | None,
        Item(N_("Words"), help=N_("As the file says them."), source=_SOURCE, max_len=2000),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WordedAnswer(Section):
    """The words of one answer, of one item or of all."""

    number: Annotated[
        int | None,
        Item(
            N_("Item"),
            help=N_("Number of the item; empty for every item without answers of its own."),
            source=_SOURCE,
        ),
    ] = None
    points: Annotated[
        int | None, Item(N_("Points"), help=N_("Points of the answer."), source=_SOURCE)
    ] = None
    words: Annotated[
        str | None,
        Item(N_("Words"), help=N_("As the file says them."), source=_SOURCE, max_len=2000),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScaleWording(Record):
    """The wording of one scale in one language; a new file makes a new record."""

    KIND: ClassVar[str] = "scale_wording"

    scale: Annotated[
        str | None, Item(N_("Scale"), help=N_("Code of the scale."), source=_SOURCE, max_len=40)
    ] = None
    edition: Annotated[
        str | None,
        Item(N_("Edition"), help=N_("Edition of the scale."), source=_SOURCE, max_len=40),
    ] = None
    language: Annotated[
        str | None,
        Item(N_("Language"), help=N_("Language of the words."), source=_SOURCE, max_len=40),
    ] = None
    title: Annotated[
        str | None,
        Item(N_("Title"), help=N_("What the patient reads on top."), source=_SOURCE),
    ] = None
    instruction: Annotated[
        str | None,
        Item(
            N_("Instruction"),
            help=N_("What the patient reads before the items."),
            source=_SOURCE,
            max_len=2000,
        ),
    ] = None
    items: tuple[WordedItem, ...] = ()
    answers: tuple[WordedAnswer, ...] = ()
    licence: Annotated[
        str | None,
        Item(
            N_("Licence"),
            help=N_("By what right the clinic uses the wording, as its file says."),
            source=_SOURCE,
            max_len=500,
        ),
    ] = None
    file_name: Annotated[
        str | None, Item(N_("File"), help=N_("Name of the file."), source="Clinic record")
    ] = None
    sha256: Annotated[
        str | None,
        Item(N_("Hash"), help=N_("SHA-256 of the file."), source="Clinic record", max_len=64),
    ] = None
    loaded_at: Annotated[
        PartialDate | None,
        Item(
            N_("Loaded at"), help=N_("When it was loaded."), source="Clinic record", widget="moment"
        ),
    ] = None
    loaded_by: Annotated[
        str | None,
        Item(
            N_("Loaded by"),
            help=N_("Who loaded it and answers for the licence."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    withdrawn_reason: Annotated[
        str | None,
        Item(
            N_("Withdrawn because"),
            help=N_("Why it is shown no more, such as a licence that ended."),
            source="Clinic record",
            max_len=500,
        ),
    ] = None

    @property
    def stands(self) -> bool:
        """Tell whether it may be shown."""
        return not self.withdrawn_reason
