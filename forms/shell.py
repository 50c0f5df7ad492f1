"""The main window: header, rail of places, status bar, palette; or the page that guards it all.

Places are made when they are first shown. The window knows nothing of what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from aeapp.kernel.i18n import _
from forms.actions import GO, Action, Offers
from forms.appearance import appearance_actions
from forms.bars import NARROW_EM, Header, SaveState, StatusBar
from forms.menus import MenuBar
from forms.now import Now, local_now
from forms.rail import Rail
from forms.remembered import Remembered
from forms.theme import Theme, px
from forms.widgets.labels import label

if TYPE_CHECKING:  # made at the first call
    from forms.keys_panel import KeysPanel

BODY_PX = 40 / 3  # 10 pt at 96 dpi


class _Place:
    def __init__(self, title: str, factory: Callable[[], QWidget]) -> None:
        self.title, self.factory = title, factory
        self.widget: QWidget | None = None


class Shell(QMainWindow):
    """The window of the program.

    A place may have ``focus_first()``, called when it is shown, and ``regions()``, the widgets
    that F6 walks through.

    Signals:
        place_shown: A place is on the screen; carries its key.
        lock_asked: Lock was pressed.
    """

    place_shown = Signal(str)
    lock_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        remembered: Remembered,
        *,
        version: str = "",
        now: Now = local_now,
        toast_ms: int = 10_000,
        first: bool = True,
    ) -> None:
        super().__init__()
        self._first = first
        self._theme = theme
        self._remembered = remembered
        self._places: dict[str, _Place] = {}
        self._current = ""
        self._history: list[str] = []
        self._clinic = ""
        self._may_close: Callable[[], bool] | None = None
        self._gate: QWidget | None = None
        self._keys: KeysPanel | None = None
        # Each part is made where it stays: what is moved is styled again with all that is in it.
        self._whole = QStackedWidget(self)
        self._work = QWidget(self._whole)
        self.header = Header(now, self._work)
        self.rail = Rail(self._work)
        self.status = StatusBar(version, self._work, toast_ms=toast_ms)
        self._build()
        self.offers = Offers(self)
        self._connect()
        self._add_own_actions()
        self.menus = MenuBar(self, lambda: self.offers.actions, lambda: not self.at_gate)
        self.setMenuBar(self.menus)
        self.setMinimumSize(640, 480)
        self.resize(1440, 900)
        if first:
            self.restoreGeometry(remembered.geometry)
        self._retitle()

    # --- places

    def add_place(
        self,
        key: str,
        title: str,
        icon_role: str,
        factory: Callable[[], QWidget],
        *,
        digit: int = 0,
        words: str = "",
    ) -> None:
        """Add a place to the rail; ``factory`` is called when it is first shown.

        Ctrl and ``digit`` go there; without one, the next that is free. It is found by ``words``,
        too.
        """
        shortcut = f"Ctrl+{digit or len(self._places) + 1}"
        self._places[key] = _Place(title, factory)
        self.rail.add(key, title, icon_role, shortcut)
        self._key(shortcut, partial(self.show_place, key))
        self.add_actions(
            Action(
                title=_("Go to {place}").format(place=title),
                run=partial(self.show_place, key),
                icon=icon_role,
                shortcut=shortcut,
                words=words,
                menu=GO,
            )
        )

    def show_place(self, key: str) -> QWidget:
        """Show a place, making it if it is not there yet, and return it."""
        place = self._places[key]
        if place.widget is None:
            place.widget = place.factory()
            self._stack.addWidget(place.widget)
        if self._current and self._current != key:
            self._history.append(self._current)
        self._show(key, place.widget)
        return place.widget

    def place(self, key: str) -> QWidget | None:
        """Return a place if it was made already."""
        return self._places[key].widget

    @property
    def place_before(self) -> str:
        """Return the key of the place that this computer showed last; empty for none."""
        return self._remembered.place if self._first else ""

    @property
    def current_place(self) -> str:
        """Return the key of the place on the screen; empty before the first."""
        return self._current

    def go_back(self) -> None:
        """Show the place before this one."""
        if self._history:
            key = self._history.pop()
            widget = self._places[key].widget
            if widget is not None:
                self._show(key, widget)

    def forget_places(self) -> None:
        """Throw all places away, as at a lock: what they showed is gone from memory's surface."""
        for place in self._places.values():
            if place.widget is not None:
                self._stack.removeWidget(place.widget)
                place.widget.deleteLater()
                place.widget = None
        self._current = ""
        self._history.clear()
        self.set_strip(None)

    def _show(self, key: str, widget: QWidget) -> None:
        self._current = key
        if self._first:
            self._remembered.place = key
        self._stack.setCurrentWidget(widget)
        self.rail.show_current(key)
        self._retitle()
        focus = getattr(widget, "focus_first", None)
        if callable(focus):
            focus()
        self.place_shown.emit(key)

    # --- what stands around the places

    def set_user(self, name: str, role: str) -> None:
        """Show who is charting and as what."""
        self.header.show_user(name, role)

    def set_clinic(self, name: str, folder: Path | None) -> None:
        """Show which clinic is open, also in the window title."""
        self._clinic = name
        self.header.show_clinic(name, folder)
        self._retitle()

    def set_practice(self, practice: bool) -> None:
        """Put the band of the practice clinic across the window."""
        self._band.setVisible(practice)

    def set_save_state(self, state: SaveState, detail: str = "") -> None:
        """Say how typing and storing stand; ``detail`` is a time, or why."""
        self.status.show_state(state, detail)

    def set_facts(self, text: str) -> None:
        """Show facts such as the time zone and the head of the trail."""
        self.status.facts.setText(text)

    def toast(self, text: str) -> None:
        """Say what just happened, in the status bar, for ten seconds."""
        self.status.show_toast(text)

    def set_strip(self, strip: QWidget | None) -> None:
        """Put a strip under the places, such as the findings; None takes it away."""
        while (item := self._strip.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                # It stays with the window: whoever made it may show it again.
                old.hide()
        if strip is not None:
            self._strip.addWidget(strip)
            strip.show()

    def add_actions(self, *actions: Action) -> None:
        """Offer actions in the palette."""
        self.offers.add(*actions)

    def set_close_guard(self, may_close: Callable[[], bool]) -> None:
        """Ask ``may_close`` before the window closes."""
        self._may_close = may_close

    # --- the guard page

    @property
    def ground(self) -> QWidget:
        """Return what a page is made on that ``show_gate`` shows."""
        return self._whole

    def show_gate(self, gate: QWidget) -> None:
        """Show one page instead of everything, as at login and lock; dialogs and menus close."""
        if self.isVisible():  # nothing is open over a window that nobody has seen yet
            for popup in (*self.findChildren(QDialog), *self.findChildren(QMenu)):
                popup.close()
        self.offers.close_again()
        self.menus.go()
        if self._keys is not None:
            self._keys.close_again()
        if self._gate is not None and self._gate is not gate:
            self._whole.removeWidget(self._gate)
            self._gate.deleteLater()
        self._gate = gate
        if self._whole.indexOf(gate) < 0:
            self._whole.addWidget(gate)
        self._whole.setCurrentWidget(gate)
        self._retitle()
        focus = getattr(gate, "focus_first", None)
        if callable(focus):
            focus()

    def show_work(self) -> None:
        """Show header, rail and places again."""
        self._whole.setCurrentWidget(self._work)
        self._retitle()
        widget = self._places[self._current].widget if self._current else None
        focus = getattr(widget, "focus_first", None)
        if callable(focus):
            focus()

    @property
    def at_gate(self) -> bool:
        """Tell whether the guard page is on the screen."""
        return self._whole.currentWidget() is not self._work

    # --- building

    def _build(self) -> None:
        self._band = QFrame(self._work)
        self._band.setProperty("kind", "band")
        band = QHBoxLayout(self._band)
        band.setContentsMargins(16, 3, 16, 3)
        words = label(
            _("Practice clinic: invented people, nothing here is real"), "note", self._band
        )
        band.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        self._band.hide()
        self._stack = QStackedWidget(self._work)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        self._strip = QVBoxLayout()
        right.addLayout(self._strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self._whole.addWidget(self._work)
        self.setCentralWidget(self._whole)

    def _connect(self) -> None:
        self.header.find_asked.connect(self.open_palette)
        self.header.lock_asked.connect(self.lock_asked)
        self.rail.picked.connect(self.show_place)
        self.rail.keys_asked.connect(self._on_keys)
        self.rail.help_asked.connect(self._on_keys)
        self._theme.changed.connect(self._fit)
        self._key("Alt+Left", self.go_back)
        self._key("Ctrl+/", self._on_keys)
        larger, smaller, *_modes = appearance_actions(self._theme, self._remembered)
        for sequence, action in (("Ctrl++", larger), ("Ctrl+=", larger), ("Ctrl+-", smaller)):
            self._key(sequence, action.run)
        self._key("F6", partial(self._walk_regions, 1))
        self._key("Shift+F6", partial(self._walk_regions, -1))

    def _add_own_actions(self) -> None:
        self.add_actions(
            Action(
                title=_("Lock"),
                run=self.lock_asked.emit,
                icon="lock",
                shortcut="Ctrl+L",
                words=_("log out sign off leave away screen"),
            ),
            *appearance_actions(self._theme, self._remembered),
        )

    def add_key(self, sequence: str, run: Callable[[], object]) -> None:
        """Bind a key of the places; while they are covered it is free for the page over them."""
        self._key(sequence, run)

    def _key(self, sequence: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self._work)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(partial(self._on_key, run))

    def _on_key(self, run: Callable[[], object]) -> None:
        # Behind the guard page no key of the places may work.
        if not self.at_gate:
            run()

    def open_palette(self) -> None:
        """Show the command palette."""
        if not self.at_gate:
            opener = self.header.opener
            place = QRect(opener.mapTo(self, QPoint(0, 0)), opener.size())
            self.offers.palette.open(over=place)

    def _on_keys(self) -> None:
        from forms.keys_panel import KeysPanel  # noqa: PLC0415 - the first window comes before it

        if self._keys is None:
            self._keys = KeysPanel(self)
        if not self._current or self._keys.isVisible():
            self._keys.close_again()
            return
        self._keys.open(self._current, self._places[self._current].title)

    def _regions(self) -> Sequence[QWidget]:
        widget = self._places[self._current].widget if self._current else None
        regions = getattr(widget, "regions", None)
        found = [w for w in regions() if w.isVisible()] if callable(regions) else []
        return [*found, self.rail.buttons[self._current]] if self._current else found

    def _walk_regions(self, step: int) -> None:
        regions = self._regions()
        if not regions:
            return
        inside = (n for n, region in enumerate(regions) if _holds(region, self.focusWidget()))
        at = next(inside, -1 if step > 0 else 0)
        _focus_into(regions[(at + step) % len(regions)])

    def _retitle(self) -> None:
        # Never a patient: titles show in the task bar and in screen shares.
        if self.at_gate or not self._clinic:
            title = "AEApp"
        else:
            title = self._clinic
            if self._current:
                title += f" - {self._places[self._current].title}"
        self.setWindowTitle(title)

    @property
    def width_em(self) -> float:
        """Return the width in letters' size, by which layouts switch."""
        return self.width() / (BODY_PX * self._theme.percent / 100)

    def _fit(self) -> None:
        em = self.width_em
        self.rail.set_narrow(narrow=em < NARROW_EM)
        self.header.show_width(em)
        self.status.show_width(em)
        self.header.setMinimumHeight(px(52))
        self.status.setMinimumHeight(px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.at_gate and getattr(self._gate, "keeps_window", False):
            event.ignore()
            return
        if self._may_close is not None and not self._may_close():
            event.ignore()
            return
        if self._first:
            self._remembered.geometry = self.saveGeometry()
        self._remembered.percent = self._theme.percent
        self._remembered.mode = self._theme.mode
        super().closeEvent(event)


def _holds(region: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (region is focus or region.isAncestorOf(focus))


def _focus_into(region: QWidget) -> None:
    """Give the focus to a region: to itself, or to the first of its widgets that Tab reaches."""
    tab = Qt.FocusPolicy.TabFocus
    reachable = (
        w
        for w in (region, *region.findChildren(QWidget))
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & tab == tab
    )
    first = next(reachable, None)
    if first is not None:
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
