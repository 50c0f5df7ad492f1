"""Suicidal thoughts before and after: two bars whose parts are groups of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.ideation import Ideation
from aeapp.domain.outcomes.ideation_words import (
    DEFINITION,
    published_lines,
    rate_words,
    unanswered_words,
)
from aeapp.kernel.i18n import _
from forms.outcomes.rows import Rows, say
from forms.theme import px, tokens

_LINE, _BAR, _RATE = 20, 24, 17
_MOST_RATES = 4


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a bar: its word, the people in it, its fill and the ink upon it."""

    word: str
    people: tuple[str, ...]
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its heading and the lines of its rates under it."""

    name: str
    groups: tuple[Group, ...]
    rates: tuple[str, ...]

    @property
    def total(self) -> int:
        """Return how many people it stands for."""
        return sum(len(group.people) for group in self.groups)

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody in it, group after group."""
        return tuple(person for group in self.groups for person in group.people)


def bars_of(found: Ideation) -> tuple[Bar, ...]:
    """Return the bar of those who had thoughts and the bar of those who had none."""
    lost = len(found.lost)
    had = (
        Group(_("gone"), found.gone, "accent", "on_accent"),
        Group(_("less"), found.less, "solid_bar", "ink"),
        Group(_("same"), found.same, "sunken", "text"),
        Group(_("worse"), found.worse, "ink", "on_ink"),
    )
    none = (
        Group(_("new"), found.new, "ink", "on_ink"),
        Group(_("still none"), found.still_none, "sunken", "text"),
    )
    return (
        Bar(
            _("Had ideation at baseline"),
            had,
            (
                *_lines(_("Any decrease {rate}"), found.any_decrease, lost),
                *_lines(_("Increase {rate}"), found.increase, lost),
            ),
        ),
        Bar(
            _("Had none at baseline"),
            none,
            tuple(_lines(_("New ideation {rate}"), found.newly, len(found.lost_without))),
        ),
    )


def _lines(name: str, found: Proportion, missing: int) -> Iterator[str]:
    """Yield a rate, and its range and warning on a line of their own: a bar is not wide."""
    rate, _semicolon, more = rate_words(found, missing=missing).partition("; ")
    yield name.format(rate=rate)
    if more:
        yield f"    {more}"


def foot_of(found: Ideation | None) -> str:
    """Return what stands under the bars: who has no answer, published figures, the definition."""
    if found is None:
        return _("This scale asks nothing of the kind.")
    published = [
        f"{name}: {line}"
        for which, name in (("decrease", _("Any decrease")), ("increase", _("Increase")))
        for line in published_lines(which)
    ]
    lines = (
        _("Without an answer: {words}.").format(words=unanswered_words(found)),
        "; ".join(published),
        _(DEFINITION),
    )
    return "\n".join(line for line in lines if line)


class IdeationView(Rows[Bar]):
    """The two bars; Enter lists the people of one."""

    ROW = 2 * _LINE + _BAR + 12 + _MOST_RATES * _RATE

    def words(self, row: Bar) -> str:
        groups = ", ".join(f"{group.word} {len(group.people)}" for group in row.groups)
        return f"{row.name} {row.total}: {groups}. {'; '.join(r.strip() for r in row.rates)}"

    def paint_row(self, painter: QPainter, row: Bar, area: QRectF) -> None:
        line = QRectF(area.left(), area.top(), area.width(), px(_LINE))
        say(painter, line.adjusted(0, 0, -px(50), 0), row.name)
        say(painter, line, str(row.total), "number", side="right")
        bar = QRectF(area.left(), line.bottom() + px(2), area.width(), px(_BAR))
        _paint_bar(painter, row, bar)
        legend = QRectF(area.left(), bar.bottom() + px(4), area.width(), px(_LINE))
        groups = "   ".join(f"{group.word} {len(group.people)}" for group in row.groups)
        say(painter, legend, groups, "caption", ink="text2")
        for number, rate in enumerate(row.rates):
            line = legend.translated(0, px(_LINE) + number * px(_RATE))
            say(painter, line, rate, "caption", ink="text2")


def _paint_bar(painter: QPainter, row: Bar, bar: QRectF) -> None:
    look, x = tokens(), bar.left()
    for group in row.groups:
        if not group.people:
            continue
        width = bar.width() * len(group.people) / row.total
        part = QRectF(x, bar.top(), width, bar.height())
        painter.setPen(QPen(look.color("edge"), 1))
        painter.setBrush(look.color(group.fill))
        painter.drawRect(part.adjusted(0, 0.5, 0, -0.5))
        say(painter, part.adjusted(px(6), 0, 0, 0), str(len(group.people)), "number", ink=group.ink)
        x += width
    if not row.total:
        painter.setPen(QPen(look.color("edge"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(0, 0.5, -1, -0.5))
