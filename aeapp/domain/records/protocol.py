"""How this clinic runs a session of one route: questions, readings due, what leaving asks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from aeapp.domain.checks import between
from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute, Setting
from aeapp.domain.codelists.session import Applies, CheckKind, DueFrom, Evidence
from aeapp.domain.items import Item, Record, Section
from aeapp.kernel.i18n import N_

_SOURCE = "Clinic protocol"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Question(Section):
    """One question of a list; yes is always the safe answer."""

    list: Annotated[
        CheckKind | None,
        Item(N_("List"), help=N_("When it is asked."), source=_SOURCE),
    ] = None
    code: Annotated[
        str | None,
        Item(N_("Name"), help=N_("Short name that never changes."), source=_SOURCE, max_len=40),
    ] = None
    words: Annotated[
        str | None,
        Item(N_("Words"), help=N_("What is asked, so that yes is safe."), source=_SOURCE),
    ] = None
    applies: Annotated[
        Applies | None,
        Item(N_("Put to"), help=N_("Whom it is put to."), source=_SOURCE),
    ] = None
    evidence: Annotated[
        Evidence | None,
        Item(N_("Answered by"), help=N_("What of the records answers it."), source=_SOURCE),
    ] = None
    stops: Annotated[
        bool | None,
        Item(
            N_("Stops"),
            help=N_("Whether a no stops the session until a named person overrides it."),
            source=_SOURCE,
        ),
    ] = None
    basis: Annotated[
        str | None,
        Item(N_("Source"), help=N_("Where the question comes from."), source=_SOURCE),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DueReading(Section):
    """One row of readings that falls due."""

    minute: Annotated[
        int | None,
        Item(
            N_("Minute"),
            help=N_("Minutes after the begin of the first dose; 0 or less is before it."),
            source=_SOURCE,
        ),
    ] = None
    counted_from: Annotated[
        DueFrom | None,
        Item(
            N_("Counted from"),
            help=N_("Where the minutes begin; empty is the first dose, without minute leaving."),
            source=_SOURCE,
        ),
    ] = None
    words: Annotated[
        str | None,
        Item(N_("Called"), help=N_("What the row is called, where it has a name."), source=_SOURCE),
    ] = None
    kinds: Annotated[
        frozenset[ObservationKind] | None,
        Item(N_("Quantities"), help=N_("What is to be read then."), source=_SOURCE),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Protocol(Record):
    """The way a session of one route is run here; the clinic may change all of it."""

    KIND: ClassVar[str] = "protocol"

    name: Annotated[
        str | None,
        Item(N_("Name"), help=N_("Name of the protocol."), source=_SOURCE, max_len=80),
    ] = None
    route: Annotated[
        SessionRoute | None,
        Item(N_("Route"), help=N_("Route of the sessions it is for."), source=_SOURCE),
    ] = None
    setting: Annotated[
        Setting | None,
        Item(N_("Setting"), help=N_("Where such sessions take place."), source=_SOURCE),
    ] = None
    source: Annotated[
        str | None,
        Item(N_("Source"), help=N_("Label, statement or clinic rule."), source=_SOURCE),
    ] = None
    minimum_minutes: Annotated[
        int | None,
        Item(
            N_("Shortest stay"),
            help=N_("Minutes from the first dose to leaving."),
            source="SPRAVATO REMS; Clinic protocol",
            unit="min",
        ),
    ] = None
    aldrete_least: Annotated[
        int | None,
        Item(
            N_("Least Aldrete score"),
            help=N_("Modified Aldrete score that leaving asks for; empty for none."),
            source=_SOURCE,
        ),
    ] = None
    rest_minutes: Annotated[
        int | None,
        Item(
            N_("Rest between devices"),
            help=N_("Minutes between two nasal devices."),
            source="SPRAVATO instructions for use",
            unit="min",
        ),
    ] = None
    hold_minutes: Annotated[
        int | None,
        Item(
            N_("Hold in the mouth"),
            help=N_("Minutes a sublingual dose is held."),
            source=_SOURCE,
            unit="min",
        ),
    ] = None
    call_tries: Annotated[
        int | None,
        Item(
            N_("Tries of a call"),
            help=N_(
                "How often a patient is called on the next day before it counts as not reached."
            ),
            source=_SOURCE,
        ),
    ] = None
    ceiling_systolic: Annotated[
        Decimal | None,
        Item(
            N_("Systolic ceiling"),
            help=N_("Pressure before the dose from which a person decides."),
            source="SPRAVATO label 5.6; Clinic protocol",
            unit="mmHg",
            checks=(between("80", "250", "mmHg"),),
        ),
    ] = None
    ceiling_diastolic: Annotated[
        Decimal | None,
        Item(
            N_("Diastolic ceiling"),
            help=N_("Pressure before the dose from which a person decides."),
            source="SPRAVATO label 5.6; Clinic protocol",
            unit="mmHg",
            checks=(between("40", "200", "mmHg"),),
        ),
    ] = None
    questions: tuple[Question, ...] = ()
    due: tuple[DueReading, ...] = ()
