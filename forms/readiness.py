"""How ready a report is, as words with an icon and a bar; the domain says how ready it is."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.destinations import DESTINATIONS, Destination
from aeapp.domain.findings import Severity
from aeapp.domain.readiness import Readiness, State
from aeapp.kernel.i18n import N_, _
from forms.paint import Level

SEVERITY_WORDS: dict[Severity, str] = {
    Severity.BLOCKS: N_("blocks"),
    Severity.WARNS: N_("open"),
    Severity.INFORMS: N_("note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line of the readiness card.

    Attributes:
        words: Such as "2 block, 1 open"; words come first, the bar says no more.
        why_not: Why nobody may ask for the report; empty where somebody does.
        icon: Role and token of the icon before the name.
    """

    name: str
    words: str
    icon: tuple[str, str]
    level: Level
    why_not: str = ""


_LOOKS: dict[State, tuple[tuple[str, str], str]] = {
    State.NOT_ASKED: (("not_used", "text3"), "edge"),
    State.MISSING: (("reason", "text2"), "edge"),
    State.BLOCKED: (("blocked", "blocked"), "blocked"),
    State.CAN_GO: (("ok", "accent"), "accent"),
    State.COMPLETE: (("ok", "ok"), "ok"),
}


def shown(ready: Readiness) -> Shown:
    """Return how the readiness for one destination looks."""
    icon, tint = _LOOKS[ready.state]
    share = ready.share if ready.is_asked else 0.0
    minimum = ready.minimum if ready.is_asked else None
    level = Level(share=share, minimum=minimum, tint=tint)
    return Shown(
        name=_(ready.destination.name),
        words=ready.words,
        icon=icon,
        level=level,
        why_not=ready.why_not,
    )


def unchecked() -> tuple[Shown, ...]:
    """Return each destination while nobody knows the findings."""
    return tuple(_unknown(destination) for destination in DESTINATIONS.values())


def _unknown(destination: Destination) -> Shown:
    return Shown(
        name=_(destination.name),
        words=_("not checked"),
        icon=("flag", "flag"),
        level=Level(share=0.0, tint="edge"),
    )
