"""Events beside the benefit: a row a term, its share of sessions, its severity as a bar."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from aeapp.domain.outcomes.harm import Exposure, Harm, TermRow
from aeapp.domain.outcomes.harm_words import (
    DEFINITIONS,
    exposure_words,
    never_seen_words,
    term_words,
)
from aeapp.domain.outcomes.words import frequency_words, interval_words, percent
from aeapp.kernel.i18n import _
from forms.outcomes.rows import Rows, say
from forms.theme import px, tokens

_MOST = 10
_NAME, _RATE, _INTERVAL, _GRADED = 0.30, 0.14, 0.22, 0.12


class HarmView(Rows[TermRow]):
    """The terms with the most sessions; Enter lists the people of one."""

    ROW, HEAD = 30, 24

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._given = Exposure(0, 0, Decimal(0))

    def show_harm(self, harm: Harm) -> None:
        """Show the rows; the whole of them is on paper and in the listing."""
        self._given = harm.exposure
        self.show_rows(harm.rows[:_MOST])

    def words(self, row: TermRow) -> str:
        return term_words(row, self._given)

    def paint_around(self, painter: QPainter, area: QRectF) -> None:
        cells = _cells(area.adjusted(px(6), 0, -px(6), 0), px(self.HEAD))
        heads = (_("Event"), _("per 100"), _("95 %"), _("severity"), _("3 or more"))
        for number, (cell, head) in enumerate(zip(cells, heads, strict=True)):
            side = "right" if number in {1, 2, 4} else "left"
            say(painter, cell, head, "head", ink="text2", side=side)

    def paint_row(self, painter: QPainter, row: TermRow, area: QRectF) -> None:
        name, rate, interval, bar, graded = _cells(area, area.height(), area.top())
        painter.setPen(QPen(tokens().color("line"), 1))
        painter.drawLine(area.topLeft(), area.topRight())
        say(painter, name, row.term)
        if row.sessions.share is not None:
            say(painter, rate, percent(row.sessions.share), "number", side="right")
            words = interval_words(row.sessions.interval)
            say(painter, interval, words, "figures", ink="text2", side="right")
        say(painter, graded, str(row.at_least(3)), "figures", side="right")
        most = max(other.events for other in self.rows)
        _severity_bar(painter, row, bar, most)


def _severity_bar(painter: QPainter, row: TermRow, area: QRectF, most: int) -> None:
    look, x = tokens(), area.left()
    height = px(11)
    parts = (
        ("surface", sum(n for grade, n in row.grades if grade in {None, 1})),
        ("solid_bar", sum(n for grade, n in row.grades if grade == 2)),  # noqa: PLR2004 - a grade
        ("ink", row.at_least(3)),
    )
    for fill, count in parts:
        width = area.width() * count / most
        if not count:
            continue
        box = QRectF(x, area.center().y() - height / 2, width, height)
        painter.setPen(QPen(look.color("accent"), 1) if fill == "surface" else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(fill))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        x += width


def _cells(area: QRectF, height: float, top: float = 0.0) -> list[QRectF]:
    bar = 1 - _NAME - _RATE - _INTERVAL - _GRADED
    out, x = [], area.left()
    for share in (_NAME, _RATE, _INTERVAL, bar, _GRADED):
        out.append(QRectF(x, top, area.width() * share, height))
        x += area.width() * share
    out[3].adjust(px(14), 0, 0, 0)
    return out


def foot_of(harm: Harm) -> str:
    """Return what stands under the rows: more terms, what was not seen, what the figures mean."""
    more = len(harm.rows) - _MOST
    lines = [
        _("{count} more terms are on the page and in the listing.").format(count=more)
        if more > 0
        else "",
        never_seen_words(harm),
        " ".join(f"{_(name)}: {_(words)}" for name, words in DEFINITIONS[:1]),
    ]
    return "\n".join(line for line in lines if line)


def totals_of(harm: Harm) -> tuple[tuple[str, str, str], ...]:
    """Return (name, figure, detail) of the figures that stand apart from the terms."""
    given = harm.exposure
    serious = len(harm.serious)
    stopped, session = harm.stopped, frequency_words(harm.per_session, 100)
    person = frequency_words(harm.per_patient, decimals=2)
    gram = frequency_words(harm.per_gram, at_most=bool(given.unknown_doses))
    rows = [
        (
            _("Serious events"),
            str(serious),
            _("{events} events of {sessions} sessions; {open} not assessed").format(
                events=len(harm.events), sessions=given.sessions, open=harm.not_assessed
            ),
        ),
        (
            _("Stopped for an event"),
            "" if stopped.share is None else f"{percent(stopped.share)} %",
            _("{count} of {people} people, {interval}").format(
                count=stopped.numerator,
                people=stopped.denominator,
                interval=interval_words(stopped.interval) or "-",
            ),
        ),
        (_("Events per 100 sessions"), session[0], session[1]),
        (_("Events per person"), person[0], person[1]),
        (_("Events per gram"), gram[0], gram[1]),
        (_("Given"), "", exposure_words(given)),
    ]
    return tuple(rows)
