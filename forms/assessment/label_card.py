"""Enter the reactions that a label lists, one on a line, with the label's version and date."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from aeapp.domain.records import LabelList
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from aeapp.services.assessing import NewLabel
from forms.edited import show_texts
from forms.now import Now
from forms.theme import px
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button
from forms.widgets.labels import Note, label
from forms.widgets.registry import widget_for

_PATHS = ("name", "label_version", "dated")


class LabelCard(QFrame):
    """A new label of one product.

    Signals:
        entered: What is to be stored.
        closed: Nothing is to be stored.
    """

    entered = Signal(object)
    closed = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("assessment.label")
        self._product_id = ""
        self._editor: Editor[LabelList] = Editor(LabelList())
        self._title = label(_("New label"), "title", self, wrap=True)
        self.fields: dict[str, FieldWidget] = {}
        for path in _PATHS:
            field = widget_for(self._editor.spec(path), path=path, parent=self, now=now)
            field.set_stacked(True)
            field.typed.connect(partial(self._on_typed, path))
            field.entered.connect(partial(self._on_entered, path))
            field.chosen.connect(partial(self._on_chosen, path))
            self.fields[path] = field
        self.reactions = QPlainTextEdit(self)
        self.reactions.setTabChangesFocus(True)
        self.reactions.setMinimumHeight(px(160))
        self.reactions.setAccessibleName(_("Reactions that the label lists, one on a line"))
        self.note = Note(self)
        self.save = Button(_("Store the label"), self, kind="main", shortcut="Alt+S")
        self.cancel = Button(_("Close"), self, key="Esc", name=_("Close the new label"))
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.closed)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        for field in self.fields.values():
            column.addWidget(field)
        caption = label(_("Reactions, one on a line"), "label", self, wrap=True)
        caption.setBuddy(self.reactions)
        column.addWidget(caption)
        column.addWidget(self.reactions)
        hint = _("After a semicolon, what the label says of its kind or severity.")
        column.addWidget(label(hint, "caption", self, wrap=True))
        column.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column.addLayout(foot)

    def open(self, product_id: str, product: str) -> None:
        """Begin a label of a product; what was typed for the same one is still there."""
        self._title.setText(_("New label: {product}").format(product=product))
        if product_id != self._product_id:
            self._product_id = product_id
            self.clear()
        self.fields["name"].focus_editor()

    def clear(self) -> None:
        """Begin anew, once it is stored."""
        self._editor = Editor(LabelList())
        self.reactions.clear()
        self._show()

    def _show(self) -> None:
        show_texts(self._editor, self.fields)
        self.note.say("")

    def _on_typed(self, path: str, text: str) -> None:
        self._editor.enter(path, text)

    def _on_entered(self, path: str, text: str) -> None:
        self._editor.enter(path, text)
        self._show()

    def _on_chosen(self, path: str, value: object) -> None:
        self._editor.set(path, value)
        self._show()

    def _on_save(self) -> None:
        focus = self.window().focusWidget()
        if focus is not None:
            # A line tells what was typed when it is left.
            self.save.setFocus()
        if self._editor.unread:
            self.note.say(_("Correct the date; what you typed is still there."), "wrong")
            return
        model, reactions = self._editor.model, self.reactions.toPlainText()
        if not (model.name and reactions.strip()):
            self.note.say(_("Name the label and enter its reactions, one on a line."), "wrong")
            return
        self.entered.emit(
            NewLabel(
                product_id=self._product_id,
                name=model.name or "",
                reactions=reactions,
                label_version=model.label_version or "",
                dated=model.dated,
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
