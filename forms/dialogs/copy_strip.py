"""Ask which copy of a document is wanted, in place; its pages show that copy meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from aeapp.domain.copies import CopyKind
from aeapp.kernel.i18n import N_, _
from aeapp.services.copying import WHOLE, Wish
from forms.theme import px
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label
from forms.widgets.options import CheckGrid, ChipRow, Option

_KEYS = {CopyKind.DEIDENTIFIED: "D", CopyKind.MAKER: "M"}
OF_REPORT = {
    CopyKind.DEIDENTIFIED: N_(
        "What the Safe Harbor list names is taken out; texts are withheld until you read them."
    ),
    CopyKind.MAKER: N_(
        "Without reporter, signature and letterhead, unless the reporter may be named (G5)."
    ),
}
_READ = "read"
_WIDE = 640


class CopyStrip(QFrame):
    """Which copy, and whether its texts were read; hidden while nothing is asked.

    Args:
        kinds: The copies that there are, with what each leaves out.
        whole: What Esc goes back to.

    Signals:
        changed: Another copy is wanted than was shown.
        asked: Write it.
    """

    changed = Signal()
    asked = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        kinds: Mapping[CopyKind, str] = OF_REPORT,
        whole: str = N_("the whole report"),
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.setAccessibleName(_("A copy that leaves something out"))
        self.wish = WHOLE
        self._words_of, self._whole = kinds, whole
        self._keys = {key: copy for copy, key in _KEYS.items() if copy in kinds}
        self._title = label(_("A copy that leaves something out"), "strong", self)
        self.kinds = ChipRow(
            [Option(value=copy, text=_(copy.words), key=key) for key, copy in self._keys.items()],
            self,
        )
        self.kinds.name_all(_("Copy"))
        self.read = CheckGrid(
            [Option(value=_READ, text=_("I have read every free text of this copy"), key="R")],
            self,
            columns=1,
        )
        self._words = label(kind="caption", parent=self, wrap=True)
        self.write = Button(_("Export"), self, kind="main", icon="pdf", key="Enter")
        self.kinds.picked.connect(self._on_kind)
        self.read.picked.connect(self._on_read)
        self.write.clicked.connect(self._on_write)
        self._build()
        self.hide()

    def _build(self) -> None:
        head = QWidget(self)
        flow = FlowLayout(head, gap=8)
        for part in (self._title, KeyCap("Esc", head), label(_(self._whole), "caption", head)):
            flow.addWidget(part)
        # Under each other until there is room: the side of a session has little.
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(12)
        self._line.addWidget(self.kinds, 1)
        self._line.addWidget(self.read, 1)
        self._line.addWidget(self.write, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(head)
        column.addLayout(self._line)
        column.addWidget(self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(beside if self.width() >= px(_WIDE) else below)

    def ask(self) -> None:
        """Show the strip with a de-identified copy; its texts are withheld until they are read."""
        self.show()
        self._take(Wish(copy=CopyKind.DEIDENTIFIED))
        self.kinds.focus_first()

    def leave(self) -> None:
        """Go back to the whole document."""
        self.hide()
        self._take(WHOLE)

    def _take(self, wish: Wish) -> None:
        before, self.wish = self.wish, wish
        self.kinds.show_chosen(frozenset({wish.copy}))
        self.read.show_chosen(frozenset({_READ}) if wish.texts_read else frozenset())
        self.read.setVisible(wish.copy is CopyKind.DEIDENTIFIED)
        self._words.setText(self._said(wish))
        if wish != before:
            self.changed.emit()

    def _on_kind(self, copy: object) -> None:
        if isinstance(copy, CopyKind):
            self._take(Wish(copy=copy))

    def _on_read(self, _value: object) -> None:
        self._take(Wish(copy=CopyKind.DEIDENTIFIED, texts_read=not self.wish.texts_read))

    def _on_write(self) -> None:
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_write()
        elif event.text().upper() == "R" and self.read.isVisible():
            self._on_read(_READ)
        elif copy := self._keys.get(event.text().upper()):
            self._on_kind(copy)
        else:
            super().keyPressEvent(event)

    def _said(self, wish: Wish) -> str:
        if wish.texts_read:
            return _(
                "What the Safe Harbor list names is taken out, also of the texts; your name stands "
                "on the copy as that of who read them."
            )
        return _(self._words_of.get(wish.copy, ""))
