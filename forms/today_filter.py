"""What narrows the worklist: urgency, kept filters by key, and the parts of a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.codelists.worklist import Urgency
from aeapp.domain.records import SavedFilter
from aeapp.domain.worklist_filter import is_empty, passing
from aeapp.kernel.i18n import _
from forms.alive import while_alive
from forms.desk import Desk
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import Chip, ChipRow, Option

ALL = "all"
WITH_KEYS = 9


class FilterBar(QWidget):
    """The chips beside the heading of the list, and the strip that makes a filter.

    Signals:
        changed: Other lines shall be shown.
        left: The strip was closed; the list wants the focus.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Filter"))
        self._desk = desk
        self.wanted = SavedFilter()
        self._chosen: SavedFilter | None = None
        self.kept: tuple[SavedFilter, ...] = ()
        self.chips: list[Chip] = []
        options = [Option(value=ALL, text=_("All"))]
        options += [Option(value=u, text=_(u.words)) for u in Urgency]
        self.facets = ChipRow(options, self)
        self.facets.name_all(_("Filter"))
        self.more = Button(_("Filter…"), self, kind="small", icon="find", key="F")
        self.more.setObjectName("today.filter")
        self.form = FilterForm(self)
        self.form.hide()
        self._row = QWidget(self)
        self._row.setAccessibleName(_("Kept filters"))
        self._flow = FlowLayout(self._row)
        self._row.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.facets)
        line.addWidget(self.more)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._row)
        column.addWidget(self.form)

    def _connect(self) -> None:
        self.facets.picked.connect(self._on_facet)
        self.more.clicked.connect(self.open_form)
        self.form.changed.connect(self._on_parts)
        self.form.named.connect(self._on_named)
        self.form.dropped.connect(self._on_dropped)
        self.form.left.connect(self._on_left)

    def add_keys(self, place: QWidget) -> None:
        """Let keys that are pressed anywhere in ``place`` choose filters."""
        keys = [(f"Alt+{n}", partial(self.choose, n - 1)) for n in range(1, WITH_KEYS + 1)]
        for sequence, run in (("F", self.open_form), *keys):
            shortcut = QShortcut(QKeySequence(sequence), place)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # --- what Today uses

    def read(self) -> None:
        """Read the kept filters again."""
        filters = self._desk.app.filters
        self._desk.read(filters.kept, while_alive(self, self._on_read))

    def show_needs(self, needs: Sequence[Need], today: dt.date) -> tuple[Need, ...]:
        """Say how many lines each chip stands for; return those that pass the chosen one."""
        who = self._desk.app.who.name or ""

        def count(wanted: SavedFilter) -> int:
            return len(passing(wanted, needs, today, who))

        for chip, code in zip(self.facets.buttons, (ALL, *Urgency), strict=True):
            wanted = _of_facet(code)
            words = _("All") if code == ALL else _(Urgency(code).words)
            chip.say(f"{words} {count(wanted)}")  # type: ignore[attr-defined]
        for chip, kept in zip(self.chips, self.kept, strict=True):
            chip.say(f"{kept.name} {count(kept)}")
        self._show_chosen()
        shown = passing(self.wanted, needs, today, who)
        # No chip stands for parts that were not kept, and nobody may take a part for the whole.
        parts = self._chosen is None and not is_empty(replace(self.wanted, urgency=None))
        narrowed = _("Filter: {n} of {all} shown").format(n=len(shown), all=len(needs))
        self.more.say(narrowed if parts else _("Filter…"))
        return shown

    def walk(self, step: int) -> None:
        """Choose the next of the urgencies and the kept filters."""
        ways: list[SavedFilter] = [_of_facet(code) for code in (ALL, *Urgency)]
        ways += self.kept
        at = next((n for n, way in enumerate(ways) if _same(way, self.wanted)), 0)
        self._choose(ways[(at + step) % len(ways)])

    def choose(self, n: int) -> None:
        """Choose a kept filter by its place."""
        if n < len(self.kept):
            self._choose(self.kept[n])

    def open_form(self) -> None:
        """Ask for the parts of a filter; what is chosen already stands in it."""
        self.form.show_filter(self.wanted, kept=self._chosen is not None)
        self.form.show()
        self.form.words.setFocus()

    # --- choosing

    def _choose(self, wanted: SavedFilter) -> None:
        self.wanted = wanted
        self._chosen = wanted if wanted.id else None
        if self.form.isVisible():
            self.form.show_filter(wanted, kept=self._chosen is not None)
        self.changed.emit()

    def _on_facet(self, code: object) -> None:
        urgency = _of_facet(str(code)).urgency
        if self.form.isVisible():
            self._choose(replace(self.form.filter(), urgency=urgency))
        else:
            self._choose(SavedFilter(urgency=urgency))

    def _on_parts(self) -> None:
        self.wanted = replace(self.form.filter(), urgency=self.wanted.urgency)
        self.changed.emit()

    def _on_left(self) -> None:
        self.form.hide()
        self.left.emit()

    def _show_chosen(self) -> None:
        urgency = self.wanted.urgency or frozenset()
        plain = is_empty(replace(self.wanted, urgency=None))
        shown = set(urgency) if urgency else {ALL} if plain else set()
        self.facets.show_chosen(frozenset() if self._chosen else frozenset(shown))
        for chip, kept in zip(self.chips, self.kept, strict=True):
            chip.setChecked(self._chosen is not None and kept.id == self._chosen.id)

    # --- keeping

    def _on_read(self, kept: tuple[SavedFilter, ...]) -> None:
        if kept == self.kept:
            return
        self.kept = kept
        self._flow.clear()
        self.chips = []
        for n, one in enumerate(kept):
            key = f"Alt {n + 1}" if n < WITH_KEYS else ""
            chip = Chip(Option(value=one.id, text=one.name or "", key=key), self._row)
            chip.clicked.connect(partial(self.choose, n))
            chip.show()
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self._row.setVisible(bool(kept))
        chosen = self._chosen.id if self._chosen else ""
        again = next((one for one in kept if one.id == chosen), None)
        if chosen:
            self._chosen, self.wanted = again, again or SavedFilter()
        self.changed.emit()

    def _on_named(self, name: str) -> None:
        filters, wanted = self._desk.app.filters, self.wanted

        def done(kept: SavedFilter) -> None:
            self._desk.toast(_("Filter kept: {name}.").format(name=kept.name or ""))
            self._chosen = self.wanted = kept
            self._on_left()
            self.read()

        self._desk.write(lambda: filters.keep(name, wanted), while_alive(self, done))

    def _on_dropped(self) -> None:
        filters, kept = self._desk.app.filters, self._chosen
        if kept is None:
            return

        def done(_nothing: object) -> None:
            self._desk.toast(_("Filter forgotten: {name}.").format(name=kept.name or ""))
            self._on_left()
            self.read()

        self._desk.write(lambda: filters.drop(kept), while_alive(self, done))


class FilterForm(QFrame):
    """Words and chips that make a filter, and the name it is kept under.

    Signals:
        changed: A part was chosen or typed.
        named: Enter under a name; carries the name.
        dropped: The kept filter is not wanted any more.
        left: Esc was pressed.
    """

    changed = Signal()
    named = Signal(str)
    dropped = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("today.filter.form")
        self.setAccessibleName(_("Make a filter"))
        self._kinds: frozenset[NeedKind] = frozenset()
        self._authorities: frozenset[Authority] = frozenset()
        self.words = self._line("today.filter.words", _("Words in the line"))
        self.name = self._line("today.filter.name", _("Keep it as: name, then Enter"))
        self.kinds = ChipRow([Option(value=k, text=_(k.words)) for k in NeedKind], self)
        self.kinds.name_all(_("Kind"))
        self.authorities = ChipRow([Option(value=a, text=_(a.words)) for a in Authority], self)
        self.authorities.name_all(_("Date set by"))
        self.forget = Button(_("Forget it"), self, kind="small")
        self.forget.setObjectName("today.filter.forget")
        self._build()
        self.words.textEdited.connect(lambda _text: self.changed.emit())
        self.kinds.picked.connect(self._on_kind)
        self.authorities.picked.connect(self._on_authority)
        self.name.returnPressed.connect(lambda: self.named.emit(self.name.text()))
        self.forget.clicked.connect(self.dropped)

    def _line(self, object_name: str, words: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(object_name)
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        return line

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        names = QHBoxLayout()
        names.setSpacing(8)
        self.name.setMinimumWidth(px(240))
        names.addWidget(self.name)
        names.addWidget(self.forget)
        names.addStretch(1)
        rows = (_("Words"), self.words), (_("Kind"), self.kinds), (_("Date by"), self.authorities)
        for n, (caption, widget) in enumerate(rows):
            grid.addWidget(label(caption, "label", self), n, 0)
            grid.addWidget(widget, n, 1)
        grid.addWidget(label(_("Name"), "label", self), len(rows), 0)
        grid.addLayout(names, len(rows), 1)

    def show_filter(self, wanted: SavedFilter, *, kept: bool) -> None:
        """Show the parts of a filter; one that is kept can be forgotten."""
        self._kinds = wanted.kinds or frozenset()
        self._authorities = wanted.authorities or frozenset()
        self.words.setText(wanted.words or "")
        self.name.setText((wanted.name or "") if kept else "")
        self.forget.setVisible(kept)
        self._show_chosen()

    def filter(self) -> SavedFilter:
        """Return what is chosen here."""
        return SavedFilter(
            words=self.words.text().strip() or None,
            kinds=self._kinds or None,
            authorities=self._authorities or None,
        )

    def _show_chosen(self) -> None:
        self.kinds.show_chosen(frozenset(self._kinds))
        self.authorities.show_chosen(frozenset(self._authorities))

    def _on_kind(self, kind: object) -> None:
        assert isinstance(kind, NeedKind)  # noqa: S101 - the chips are made of them
        self._kinds ^= {kind}
        self._show_chosen()
        self.changed.emit()

    def _on_authority(self, authority: object) -> None:
        assert isinstance(authority, Authority)  # noqa: S101 - the chips are made of them
        self._authorities ^= {authority}
        self._show_chosen()
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _of_facet(code: str) -> SavedFilter:
    return SavedFilter() if code == ALL else SavedFilter(urgency=frozenset({Urgency(code)}))


def _same(one: SavedFilter, other: SavedFilter) -> bool:
    parts = ("id", "urgency", "kinds", "authorities", "words")
    return all(getattr(one, part) == getattr(other, part) for part in parts)
