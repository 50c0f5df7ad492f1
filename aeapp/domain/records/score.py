"""One administration of a scale: the answer of each item, and the total as computed that day.

The total is stored beside the items because the rule it comes from may change with an edition of
the scale; ``aeapp.domain.scales.scoring`` computes it and nothing else writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.codelists.scales import Informant, ScoreMode, ScorePhase, TotalBasis
from aeapp.domain.items import UNKNOWN_OR_NA, Item, Link, NullFlavor, Privacy, Record, Section
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScoreItem(Section):
    """The points of one item; nothing is unassessed, a reason says refused or not asked."""

    number: Annotated[
        int | None,
        Item(N_("Item"), help=N_("Number of the item, from 1."), source="The instrument"),
    ] = None
    points: Annotated[
        int | NullFlavor | None,
        Item(
            N_("Points"),
            help=N_("Points as answered, or why there are none."),
            source="The instrument",
            nulls=UNKNOWN_OR_NA,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Score(Record):
    """One filled scale, such as a PHQ-9, or the modified Aldrete score before leaving."""

    KIND: ClassVar[str] = "score"

    patient_id: Annotated[str, Link("patient")] = ""
    session_id: Annotated[str, Link("session")] = ""
    scale_wording_id: Annotated[str, Link("scale_wording")] = ""
    scale: Annotated[
        str | None,
        Item(
            N_("Instrument"),
            help=N_("Which instrument was filled in."),
            source="Clinic record",
            max_len=40,
        ),
    ] = None
    edition: Annotated[
        str | None,
        Item(
            N_("Edition"),
            help=N_("Edition of the scale by which it was scored."),
            source="Clinic record",
            max_len=40,
        ),
    ] = None
    at: Annotated[
        PartialDate | NullFlavor | None,
        Item(
            N_("Time"),
            help=N_("When it was answered, as exactly as it is known."),
            source="Clinic record",
            nulls=UNKNOWN_OR_NA,
            widget="moment",
        ),
    ] = None
    phase: Annotated[
        ScorePhase | None,
        Item(
            N_("Part of the session"),
            help=N_("Where in the session it was answered."),
            source="Clinic record",
        ),
    ] = None
    mode: Annotated[
        ScoreMode | None,
        Item(
            N_("Filled in"),
            help=N_("How the answers reached the record."),
            source="Clinic record",
        ),
    ] = None
    informant: Annotated[
        Informant | None,
        Item(N_("Answered by"), help=N_("Whose answers they are."), source="Clinic record"),
    ] = None
    items: tuple[ScoreItem, ...] = ()
    total: Annotated[
        Decimal | None,
        Item(
            N_("Total"),
            help=N_("Total by the rule of the edition; empty where there is none."),
            source="The instrument",
        ),
    ] = None
    basis: Annotated[
        TotalBasis | None,
        Item(
            N_("Basis of the total"),
            help=N_("Where the total comes from, or why there is none."),
            source="The instrument",
        ),
    ] = None
    by: Annotated[
        str | None,
        Item(N_("By"), help=N_("Who rated or asked."), source="Clinic record", phi=Privacy.STAFF),
    ] = None
    typed_by: Annotated[
        str | None,
        Item(
            N_("Typed by"),
            help=N_("Who typed the answers in."),
            source="Clinic record",
            phi=Privacy.STAFF,
        ),
    ] = None
    struck_reason: Annotated[
        str | None,
        Item(
            N_("Struck through because"),
            help=N_("Why it does not count; it stays readable and is counted nowhere."),
            source="Clinic rule: entries are never erased",
            max_len=500,
        ),
    ] = None

    @property
    def stands(self) -> bool:
        """Tell whether it counts; what was struck through stays on record and does not."""
        return not self.struck_reason

    def points_of(self, number: int) -> int | NullFlavor | None:
        """Return the points of one item, the reason why there are none, or nothing."""
        return next((i.points for i in self.items if i.number == number), None)
