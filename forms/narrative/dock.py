"""Under the text: where the sentence at the cursor comes from, and what a person has to settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.narrative.words import Source
from forms.theme import repolish
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Icon, label

_MOST = 12
Reach = Callable[[str], str]


class SourceDock(QFrame):
    """The items of one sentence, each a way to its field where the form has one.

    Signals:
        go_asked: A source was chosen; carries the path of its field.
        left: Esc was pressed.

    Attributes:
        links: The ways to fields, in order.
    """

    go_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._title = label(kind="strong", parent=self)
        self._body = QWidget(self)
        self._flow = FlowLayout(self._body, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._body.setSizePolicy(policy)
        self.links: list[Button] = []
        self._shown: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._body)
        self.hide()

    def show_sources(self, title: str, sources: Sequence[Source], reach: Reach) -> None:
        """Show the sources of a sentence; empty words show nothing."""
        shown = (title, tuple(sources))
        if shown == self._shown:
            return
        self._shown = shown
        self._title.setText(title)
        self.setAccessibleName(title)
        self._flow.clear()
        self.links = []
        for source in sources[:_MOST]:
            self._add(source, reach(source.path) if source.path else "")
        if len(sources) > _MOST:
            more = _("and {n} more").format(n=len(sources) - _MOST)
            self._flow.addWidget(label(more, "caption", self._body))
        self.setVisible(bool(title))

    def _add(self, source: Source, field: str) -> None:
        words = (
            _("{source}, changed").format(source=source.words) if source.changed else source.words
        )
        if not field:
            self._flow.addWidget(label(words, "caption", self._body))
            return
        link = Button(words, self._body, kind="small", name=_("Go to {item}").format(item=words))
        # No stop of Tab: a walk through the form passes the narrative in one step.
        link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        link.clicked.connect(partial(self._on_link, field))
        link.installEventFilter(self)
        self._flow.addWidget(link)
        self.links.append(link)

    def _on_link(self, field: str, *_pressed: bool) -> None:
        self.go_asked.emit(field)

    def focus_first(self) -> None:
        """Put the focus on the first way to a source; what changed comes first."""
        if self.links:
            self.links[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event.key()) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, key: int) -> bool:
        """Walk the links by arrows, follow one by Enter, go back by Esc; tell whether it was one.

        A button would take the arrows for itself and walk through the whole page.
        """
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0)
        at = next((n for n, link in enumerate(self.links) if link.hasFocus()), 0)
        if step:
            self.links[(at + step) % len(self.links)].setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.links[at].click()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True


class SettleBar(QFrame):
    """One thing to settle, with what to do about it; hidden while there is none."""

    def __init__(self, state: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        repolish(self, state=state)
        self._words = label(kind="strong", parent=self, wrap=True)
        self._more = label(kind="label", parent=self, wrap=True)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        self._acts.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._more)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Icon(icon, state, 16, self))
        top.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(self._acts)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is shown; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()

    def add(self, words: str, shortcut: str, run: Callable[[], None]) -> Button:
        """Add a thing to do."""
        button = Button(words, self, kind="small", shortcut=shortcut)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda *_pressed: run())
        self._acts.addWidget(button)
        return button

    def say(self, words: str, more: str = "") -> None:
        """Show what is to be settled; empty words hide it."""
        self._words.setText(words)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(words)
        self.setVisible(bool(words))
