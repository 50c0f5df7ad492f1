"""Side by side: the figures of each route, product, diagnosis or prescriber, with the caution."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.outcomes.change import Kind
from aeapp.domain.outcomes.comparison import APART, By, Group
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.ideation_words import rate_words
from aeapp.domain.outcomes.ladder import Step
from aeapp.domain.outcomes.page import Asked
from aeapp.domain.outcomes.words import (
    count_words,
    frequency_words,
    interval_words,
    missing_words,
    percent,
)
from aeapp.kernel.i18n import N_, _
from forms.alive import while_alive
from forms.desk import Desk
from forms.models.paged import Column
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.history_table import HistoryTable
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option

_NONE = "–"


_SHOWN = (Kind.RESPONSE, Kind.REMISSION, Kind.DETERIORATION)
_Told = Callable[[Group], Proportion | None]


def _of(kind: Kind) -> _Told:
    def found(group: Group) -> Proportion | None:
        return next((f.counted for f in group.page.figures if f.kind is kind), None)

    return found


def _newly(group: Group) -> Proportion | None:
    return group.page.ideation.newly if group.page.ideation is not None else None


def _short(told: _Told) -> Callable[[Group], str]:
    """Return what says a rate in little room; one of few has no share, only its counts."""

    def words(group: Group) -> str:
        found = told(group)
        if found is None:
            return _NONE
        if found.share is None:
            return _("nobody")
        counts = count_words(found)
        if found.few:
            return _("{counts}, few").format(counts=counts)
        return f"{counts}, {percent(found.share)} ({interval_words(found.interval)})"

    return words


def _whole(told: _Told) -> Callable[[Group], str]:
    def words(group: Group) -> str:
        found = told(group)
        return _NONE if found is None else rate_words(found)

    return words


def _column(head: str, told: _Told) -> Column[Group]:
    return Column(head=head, text=_short(told), tip=_whole(told))


def _events(group: Group) -> str:
    value, interval = frequency_words(group.page.harm.per_session, 100)
    return f"{value} ({interval})" if interval else value


def _counted(group: Group) -> str:
    return f"{group.page.ladder.at(Step.COUNTED):,}"


def _treated(group: Group) -> str:
    return f"{group.page.ladder.at(Step.TREATED):,}"


_COLUMNS: tuple[Column[Group], ...] = (
    Column(head=N_("Group"), text=lambda group: group.name, tip=lambda group: group.name),
    Column(head=N_("Treated"), text=_treated, right=True),
    Column(
        head=N_("Counted"),
        text=_counted,
        right=True,
        tip=lambda group: missing_words(group.page.ladder),
    ),
    *(_column(kind.words, _of(kind)) for kind in _SHOWN),
    _column(N_("New ideation"), _newly),
    Column(head=N_("Events per 100"), text=_events, tip=_events),
    Column(head=N_("Serious"), text=lambda group: str(len(group.page.harm.serious)), right=True),
)
_WIDTHS = (0, 72, 76, 202, 202, 202, 190, 176, 68)


class CompareCard(QWidget):
    """Opens over the figures; one page is computed for each group.

    Signals:
        left: It was closed.
    """

    left = Signal()

    def __init__(
        self, desk: Desk, asked: Callable[[], Asked], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Side by side"))
        self._desk, self._asked, self._by = desk, asked, By.ROUTE
        options = [Option(value=by, text=_(by.words), key=str(n)) for n, by in enumerate(By, 1)]
        self.by = ChipRow(options, self)
        self.by.name_all(_("Side by side by"))
        self.by.picked.connect(self._on_picked)
        self.table: HistoryTable[Group] = HistoryTable(
            _("Groups"),
            _("Nobody was treated in this period."),
            _COLUMNS,
            widths=_WIDTHS,
            id_of=lambda group: group.name,
            parent=self,
        )
        self.meaning = label("", "caption", self, wrap=True)
        self.back = Button(_("Back to the figures"), self, key="Esc", shortcut="Esc")
        self.back.clicked.connect(self.left)
        self._build()

    def _build(self) -> None:
        frame = card(self)
        column = frame.layout()
        assert column is not None  # noqa: S101 - a card has a column
        caution = label(_(APART), "body", frame, wrap=True)
        head = label(_("Side by side"), "strong", frame)
        for part in (head, caution, self.by, self.table, self.meaning):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        whole.addLayout(foot)
        whole.addStretch(1)

    def focus_first(self) -> None:
        """Put the focus on what parts the groups."""
        self.by.focus_first()

    def refresh(self) -> None:
        """Compute the groups of the question as it stands."""
        self.by.show_chosen(frozenset({self._by}))
        asked, by, outcomes = self._asked(), self._by, self._desk.app.outcomes
        self._desk.read(lambda: outcomes.compared(asked, by), while_alive(self, self._show))

    def _on_picked(self, by: object) -> None:
        if isinstance(by, By):
            self._by = by
            self.refresh()

    def _show(self, groups: Sequence[Group]) -> None:
        self.table.show_lines(groups)
        figures = groups[0].page.figures if groups else ()
        self.meaning.setText(
            " ".join(f"{_(f.kind.words)}: {f.definition}." for f in figures if f.kind in _SHOWN)
            + " "
            + _("In percent with the 95 % interval; events are of 100 sessions.")
        )
