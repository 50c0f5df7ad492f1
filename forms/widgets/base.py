"""What every field has: number, label, control, unit, reason button and a note below.

A field shows what it is given without a signal and tells only what the person did. It keeps no
value: the editor has it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aeapp.domain.findings import Severity
from aeapp.domain.items import FieldSpec, NullFlavor
from aeapp.kernel.i18n import _
from forms import fonts
from forms.help_panel import help_of
from forms.now import Now, local_now
from forms.theme import px
from forms.widgets.buttons import Button, Tag
from forms.widgets.labels import Note, label
from forms.widgets.reason import ReasonButton, reason_words

LABEL_WIDTH = 116
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)

# Blocking or not is said by the words of the note, not by its colour.
LOOKS: dict[Severity | None, str] = {
    None: "",
    Severity.BLOCKS: "wrong",
    Severity.WARNS: "wrong",
    Severity.INFORMS: "info",
}


class FieldWidget(QWidget):
    """Edits the value of one item.

    Signals:
        entered: The person typed and left the field, or pressed Enter; carries the text.
        typed: The text changed under the person's keys; for drafts only.
        chosen: The person picked; carries a domain value, a reason, or None for nothing.
        reason_asked: The list of reasons opens.
        settled: Of two values, the person kept "mine" or took "theirs".

    Attributes:
        path: The item in the tree, indexes included; also the object name.
        spec: The declaration of the item.
    """

    entered = Signal(str)
    typed = Signal(str)
    chosen = Signal(object)
    reason_asked = Signal()
    settled = Signal(str)

    # Whether the label always stands above: for controls that take the whole width.
    WIDE = False
    # Whether a signed value is shown as words in place of the control.
    WORDS_WHEN_LOCKED = False

    def __init__(
        self,
        spec: FieldSpec,
        number: str = "",
        caption: str = "",
        parent: QWidget | None = None,
        *,
        path: str = "",
        now: Now = local_now,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self.path = path or spec.path
        self.number = number
        self.caption = caption or _(spec.item.label)
        self.now = now
        self.note = Note(self)
        self.reason_button: ReasonButton | None = None
        self._aside = label(kind="caption", parent=self)
        self._words = label(parent=self, wrap=True)
        self._words.setTextInteractionFlags(_SELECTABLE)
        self._words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words.hide()
        self._reason_tag = Tag("", self, dashed=True)
        self._reason_tag.hide()
        self._indent = QWidget(self)
        self._stacked = self.WIDE
        self._read_only = False
        self._control = self._make_control()
        self.typed.connect(fonts.seen)
        self.setObjectName(self.path)
        self._make_head()
        self._make_reason()
        self._build_row()
        self._name_all()
        self._describe(_(spec.item.help))
        self._measure()

    # --- for subclasses

    def _make_control(self) -> QWidget:
        """Return the control; called once, before the row is built."""
        raise NotImplementedError

    def _editors(self) -> list[QWidget]:
        """Return what can have the focus."""
        return [self._control]

    def _show(self, value: object, text: str, reason: str) -> None:
        """Show the item silently; ``reason`` is the words of a null flavor or empty."""
        raise NotImplementedError

    def _show_state(self, state: str) -> None:
        """Look ``wrong``, ``reason`` or plain."""

    def _in_words(self, value: object, text: str) -> str:
        """Return how a signed value reads."""
        return text

    def _lock(self, read_only: bool) -> None:
        """Let the value be read and copied, but not changed."""
        raise NotImplementedError

    # --- what the form uses

    def show_value(self, value: object, text: str) -> None:
        """Show the item without emitting a signal.

        ``value`` is a domain value, a reason or None; ``text`` is what the editor gives to be
        shown, so that unreadable input stays visible.
        """
        reason = value if isinstance(value, NullFlavor) else None
        words = reason_words(reason) if reason else ""
        self._reason = reason
        if self.reason_button is not None:
            self.reason_button.show_reason(reason)
        self._show(value, "" if reason else text, words)
        self._words.setText(words or self._in_words(value, text))
        self._restate()

    def show_note(self, text: str, severity: Severity | None = None) -> None:
        """Show a sentence under the control; empty text takes it away."""
        self._severity = severity if text else None
        self.note.say(text, LOOKS[severity])
        self._describe(text or _(self.spec.item.help))
        self._restate()

    def show_conflict(self, theirs: str) -> None:
        """Say that somebody else saved ``theirs`` meanwhile; empty text takes it away.

        Alt+1 keeps what is in the field, Alt+2 takes theirs.
        """
        for key in self._conflict_keys:
            key.setEnabled(bool(theirs))
        if theirs and self._choices is None:
            self._choices = self._make_choices()
            self._place()
        if self._choices is not None:
            self._choices.setVisible(bool(theirs))
        self.note.say(theirs, "due" if theirs else "")
        self._describe(self.note.text or _(self.spec.item.help))

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting it be changed."""
        self._read_only = read_only
        if self.reason_button is not None:
            self.reason_button.setEnabled(not read_only)
            self.reason_button.setVisible(not read_only)
        self._lock(read_only)
        if self.WORDS_WHEN_LOCKED:
            self._control.setVisible(not read_only)
            self._words.setVisible(read_only)

    def set_stacked(self, stacked: bool) -> None:
        """Put the label above the control, for narrow windows."""
        stacked = stacked or self.WIDE
        if stacked != self._stacked:
            self._stacked = stacked
            self._place()

    def focus_editor(self) -> None:
        """Put the cursor into the control."""
        shown = self._words if self._words.isVisibleTo(self) else self._editors()[0]
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def accessible_label(self) -> str:
        """Return number, label and unit as one name."""
        return " ".join(
            part for part in (self.number, self.caption, _(self.spec.item.unit)) if part
        )

    # --- building

    _reason: NullFlavor | None = None
    _severity: Severity | None = None
    _choices: QWidget | None = None

    def _restate(self) -> None:
        if LOOKS[self._severity] == "wrong":
            self._show_state("wrong")
        else:
            self._show_state("reason" if self._reason else "")

    def _make_head(self) -> None:
        self._number = label(self.number, "number", self)
        self._caption = label(self.caption, "label", self, wrap=True)
        self._unit = label(_(self.spec.item.unit), "caption", self)
        help_text = _(self.spec.item.help)
        self._caption.setToolTip(f"{help_text}\n{self.spec.item.source}")
        self._caption.setBuddy(self._editors()[0])
        self._head = QWidget(self)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._number)
        row.addWidget(self._caption, 1)
        self._number.setVisible(bool(self.number))
        self._key("F1").activated.connect(self._on_help)
        self._conflict_keys = [self._key("Alt+1"), self._key("Alt+2")]
        for key, side in zip(self._conflict_keys, ("mine", "theirs"), strict=True):
            key.setEnabled(False)
            key.activated.connect(partial(self._on_settled, side))

    def _make_choices(self) -> QWidget:
        choices = QWidget(self)
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for words, key, side in ((_("Mine"), "Alt 1", "mine"), (_("Theirs"), "Alt 2", "theirs")):
            button = Button(
                words, choices, kind="small", key=key, name=f"{words}: {self.accessible_label}"
            )
            button.clicked.connect(partial(self._on_settled, side))
            row.addWidget(button)
        return choices

    def _key(self, sequence: str) -> QShortcut:
        key = QShortcut(QKeySequence(sequence), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return key

    def _make_reason(self) -> None:
        if not self.spec.nulls:
            return
        self.reason_button = ReasonButton(self.spec.nulls, self)
        self.reason_button.setAccessibleName(f"{_('Reason for no value')}: {self.accessible_label}")
        self.reason_button.asked.connect(self.reason_asked)
        self.reason_button.picked.connect(self._on_reason_picked)
        self._key("F9").activated.connect(self.reason_button.open)

    def _build_row(self) -> None:
        self._top = QHBoxLayout()
        self._line = QHBoxLayout()
        self._below = QHBoxLayout()
        for part in (self._top, self._line, self._below):
            part.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._top)
        column.addLayout(self._line)
        column.addLayout(self._below)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._place()

    def _place(self) -> None:
        for part in (self._top, self._line, self._below):
            while part.count():
                part.takeAt(0)
        (self._top if self._stacked else self._line).addWidget(
            self._head, 1 if self._stacked else 0
        )
        grows = self._control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
        self._line.addWidget(self._control, 1 if grows or self.WIDE else 0)
        self._line.addWidget(self._words, 1 if self.WIDE else 0)
        if self._unit.text():
            self._line.addWidget(self._unit)
        self._unit.setVisible(bool(self._unit.text()))
        if not (grows or self.WIDE):
            self._line.addStretch(1)
        self._place_reason()
        self._indent.setVisible(not self._stacked)
        self._below.addWidget(self._indent)
        self._below.addWidget(self.note, 1)
        if self._choices is not None:
            self._below.addWidget(self._choices, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignTop)
        self._measure()

    def _place_reason(self) -> None:
        # The button ends every row at the same edge, also where an item takes no reasons.
        target = self._top if self.WIDE else self._line
        self._top.addWidget(self._reason_tag)
        if self.reason_button is not None:
            target.addWidget(self.reason_button)
        elif not self.WIDE:
            target.addSpacing(px(26) + target.spacing())

    def _measure(self) -> None:
        width = px(LABEL_WIDTH)
        self._number.setFixedWidth(px(28))
        if self._stacked:
            self._head.setMinimumWidth(0)
            self._head.setMaximumWidth(16_777_215)
        else:
            self._head.setFixedWidth(width + (px(28) + 8 if self.number else 0))
            self._indent.setFixedWidth(self._head.width())

    def _name_all(self) -> None:
        self.setAccessibleName(self.accessible_label)
        self._words.setAccessibleName(self.accessible_label)
        for editor in self._editors():
            editor.setAccessibleName(self.accessible_label)

    def _describe(self, text: str) -> None:
        for editor in self._editors():
            editor.setAccessibleDescription(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout() is not None:
            self._measure()

    def _on_reason_picked(self, reason: Any) -> None:
        self.chosen.emit(reason)

    def _on_settled(self, side: str, *_pressed: bool) -> None:
        self.show_conflict("")
        self.settled.emit(side)

    def _on_help(self) -> None:
        item = self.spec.item
        help_of(self.window()).tell(self, self.accessible_label, _(item.help), item.source)
