"""The form of a case: what people do to its fields goes to the editor, step by step."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.domain.case import Case, source_of
from aeapp.domain.case_parts import PARTS, SUSPECT
from aeapp.editing.editor import Editor
from aeapp.formspecs.model import FormSpec
from aeapp.kernel.ids import IdFactory, new_id
from forms.form_page import FormPage
from forms.form_pages import FormPages
from forms.form_plan import EVENTS, QUESTIONS, Add
from forms.now import Now, local_now

_SERIOUSNESS = re.compile(r"events\[(\d+)\]\.seriousness")


class FormView(FormPages):
    """The form of one case, to be filled in.

    Args:
        who: Name of the person at the keyboard, who stands for an assessment made here.
        ids: Makes the ids of records that are added.

    Signals:
        field_entered: The cursor came into a field; carries its path.
        field_left: A field was left with its text taken in, or a value was picked.
    """

    field_entered = Signal(str)
    field_left = Signal()

    def __init__(
        self,
        editor: Editor[Case],
        form: FormSpec,
        parent: QWidget | None = None,
        *,
        who: str = "",
        now: Now = local_now,
        ids: IdFactory = new_id,
    ) -> None:
        super().__init__(editor, form, parent, now=now)
        self._who = who
        self._ids = ids

    def _listen(self, page: FormPage) -> None:
        page.typed.connect(self._on_typed)
        page.entered.connect(self._on_entered)
        page.chosen.connect(self._on_chosen)
        page.add_asked.connect(self._on_add)
        page.focus_came.connect(self._on_focus_came)

    def _on_focus_came(self, path: str) -> None:
        if self._typing and path != self._typing:
            self._end_typing()
        self.field_entered.emit(path)

    def _end_typing(self) -> None:
        path, self._typing = self._typing, ""
        page = self._page_of(path)
        if page is not None:
            self._show_value(page, path)
            self._show_note(page, path)

    def _on_typed(self, path: str, text: str) -> None:
        self._typing = path
        self._editor.enter(path, text)

    def _on_entered(self, path: str, text: str) -> None:
        self._typing = path
        self._editor.enter(path, text)
        self._settle(path)

    def _on_chosen(self, path: str, value: object) -> None:
        self._typing = ""
        self._name_assessor(path, value)
        self._editor.set(path, value)
        self._settle(path)
        if value is not None and not (isinstance(value, frozenset) and value):
            self._go_on(path)

    def _go_on(self, path: str) -> None:
        """Put the cursor into the next question of the assessment that is not answered."""
        event, _dot, name = path.rpartition(".")
        page = self._page_of(path)
        if page is None or page.plan.key != EVENTS or name not in QUESTIONS:
            return
        for question in QUESTIONS[QUESTIONS.index(name) + 1 :]:
            if self._editor.value(f"{event}.{question}") is None:
                page.focus_field(f"{event}.{question}")
                return

    def _settle(self, path: str) -> None:
        self._editor.close_step()
        self._typing = path
        self._end_typing()
        self.field_left.emit()

    def _name_assessor(self, path: str, value: object) -> None:
        # Whoever answers the question is the person who assessed it, unless another is named.
        found = _SERIOUSNESS.fullmatch(source_of(self._editor.model, path) or "")
        if not (found and self._who) or value is None:
            return
        name = f"events[{found[1]}].assessed_by"
        if self._editor.value(name) is None:
            self._editor.set(name, self._who)
            self._editor.close_step()

    def _on_add(self, add: Add) -> None:
        before = set(self._entries)
        fresh = [self._ids() for _n in range(PARTS[add.part].ids)]
        self._editor.perform(add.part, [add.first, *fresh] if add.first else fresh)
        added = next((path for path in self._entries if path not in before), "")
        if added:
            self.go_to(added)
        self.field_left.emit()

    def answer(self, path: str, value: object) -> None:
        """Take an answer for a field that was given elsewhere, such as a reason."""
        self._on_chosen(path, value)

    def add_product(self) -> None:
        """Add a suspect product and show its page."""
        self._on_add(Add(part=SUSPECT, text=""))

    def undo(self) -> None:
        """Take the last step back and show where it was."""
        self._travelled(self._editor.undo())

    def redo(self) -> None:
        """Do the last step again and show where it is."""
        self._travelled(self._editor.redo())

    def _travelled(self, step: object) -> None:
        path = getattr(step, "path", "")
        self._typing = ""
        if path in self._entries:
            self.go_to(path)
            page = self._page_of(path)
            if page is not None:
                self._show_value(page, path)
        self.field_left.emit()
