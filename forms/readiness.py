"""How ready a report is, in words and as a bar: computed from its counts and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aeapp.domain.findings import Finding, Severity
from aeapp.kernel.i18n import N_, _
from forms.form_plan import Page
from forms.form_state import MINIMUM, Count
from forms.paint import Level

SEVERITY_WORDS: dict[Severity, str] = {
    Severity.BLOCKS: N_("blocks"),
    Severity.WARNS: N_("open"),
    Severity.INFORMS: N_("note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How ready a report is for one destination.

    Attributes:
        words: Such as "2 block, 1 open"; words come first, the bar says no more.
        icon: Role and token of the icon before the name.
    """

    words: str
    icon: tuple[str, str]
    level: Level


def readiness(
    counted: Mapping[str, Count], pages: Sequence[Page], findings: Sequence[Finding]
) -> Readiness:
    """Return how ready a case is; only pages of the paper count.

    ``counted`` says how much of each page is answered, by its key.
    """
    counts = [counted[page.key] for page in pages if page.letter and not page.rows]
    asked = max(1, sum(c.asked for c in counts))
    answered = sum(c.answered for c in counts)
    words, icon, tint = _state(findings)
    share = len(MINIMUM) / asked
    level = Level(share=answered / asked, minimum=min(share, 1.0), tint=tint)
    return Readiness(words=words, icon=icon, level=level)


def _state(findings: Sequence[Finding]) -> tuple[str, tuple[str, str], str]:
    blocks = [f for f in findings if f.severity is Severity.BLOCKS]
    still = sum(f.severity is Severity.WARNS for f in findings)
    missing = sum(f.item in MINIMUM for f in blocks)
    if missing:
        words = _("not yet, {n} missing").format(n=missing)
        return words, ("reason", "text2"), "edge"
    if blocks:
        words = _("1 blocks") if len(blocks) == 1 else _("{n} block").format(n=len(blocks))
        return _with_open(words, still), ("blocked", "blocked"), "blocked"
    if still:
        return _with_open(_("can go"), still), ("ok", "accent"), "accent"
    return _("complete"), ("ok", "ok"), "ok"


def _with_open(words: str, still: int) -> str:
    return _("{words}, {n} open").format(words=words, n=still) if still else words
