"""Every ink on every ground it can meet, in both themes, by the formula of WCAG 2.2."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from forms.chart_paint import _SEE_THROUGH, BARS, LINES, TEXTS
from forms.theme import DARK, LIGHT, Status, Tokens
from tests.forms.test_theme import GRAPHICS, TEXT, THEMES, luminance

INKS = ("text", "text2", "text3", "accent", *Status)
PLAIN = ("surface", "window", "sunken", "hover", "select", "accent_tint")
GROUNDS = (*PLAIN, *(f"{status}_tint" for status in Status))
FILLED = {f"{s}_on": f"{s}_fill" for s in Status if s is not Status.OK} | {
    "on_accent": "accent",
    "on_ink": "ink",
}
# What a mark of the chart can lie on: the past, the time to come, and the bars under words.
CHART_GROUNDS = ("surface", "window", "sunken", "accent_tint", "flag_tint")
# Inks of the chart that stand on a fill of their own.
OWN = {"number": "ink", "question": "flag_fill", "now": "accent"}


def too_faint(look: Tokens) -> list[str]:
    """Return the pairs of a theme that cannot be read, each with its contrast."""
    return [
        f"{ink} on {ground}: {ratio:.1f}"
        for ink, ground, needed, ratio in _pairs(look)
        if ratio < needed
    ]


def _pairs(look: Tokens) -> Iterator[tuple[str, str, float, float]]:
    for ink, ground in [*product(INKS, GROUNDS), *FILLED.items()]:
        yield ink, ground, TEXT, _ratio(getattr(look, ink), getattr(look, ground))
    for ground in GROUNDS:
        for ink in ("edge", "focus"):
            yield ink, ground, GRAPHICS, _ratio(getattr(look, ink), getattr(look, ground))
    for role, (_size, ink) in TEXTS.items():
        for ground in (OWN[role],) if role in OWN else CHART_GROUNDS:
            yield ink, ground, TEXT, _ratio(getattr(look, ink), getattr(look, ground))
    for ink in {LINES["limit"][0], LINES["bp"][0], "hr", "spo2", "rr", BARS["bolus"][0]}:
        for ground in ("surface", "window"):
            yield ink, ground, GRAPHICS, _ratio(getattr(look, ink), getattr(look, ground))
            band = _through(look.line, getattr(look, ground), _SEE_THROUGH["baseline"] / 255)
            yield ink, f"baseline over {ground}", GRAPHICS, _ratio(getattr(look, ink), band)
            yield (
                "text3",
                f"baseline over {ground}",
                TEXT,
                _ratio(getattr(look, TEXTS["baseline"][1]), band),
            )


def _ratio(front: str, back: str) -> float:
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _through(front: str, back: str, share: float) -> str:
    """Return what a see-through colour makes of the one under it."""
    channels = ((int(front[n : n + 2], 16), int(back[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in channels)


def changed(look: Tokens, **colors: str) -> Tokens:
    """Return a theme with other colours."""
    return Tokens(**(vars(look) | colors))


@THEMES
def test_everything_that_is_written_or_drawn_can_be_seen(look: Tokens) -> None:
    assert too_faint(look) == []


@pytest.mark.parametrize(
    ("look", "faint"),
    [
        (changed(LIGHT, text3="#8A97A1"), "text3 on surface: 3.0"),
        (changed(DARK, flag_tint="#C8962B"), "text on flag_tint: 2.3"),
        (changed(LIGHT, focus="#D5DCE0"), "focus on surface: 1.4"),
    ],
)
def test_a_colour_that_is_too_faint_is_found(look: Tokens, faint: str) -> None:
    assert faint in too_faint(look)
