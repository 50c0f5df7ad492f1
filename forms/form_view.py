"""The form of a case: what people do to its fields goes to the editor, step by step."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.domain import device_parts
from aeapp.domain.case import Case, source_of
from aeapp.domain.case_parts import (
    DEVICE_OFF,
    NARRATIVE,
    PAPER_OUT,
    PARTS,
    SUSPECT,
    paper_told,
)
from aeapp.editing.editor import Editor
from aeapp.formspecs.model import FormSpec
from aeapp.kernel.i18n import _
from aeapp.kernel.ids import IdFactory, new_id
from forms.ask import Ask, Question, WindowAsk
from forms.conflicts import item_of
from forms.form_beside import QUESTIONS
from forms.form_page import FormPage
from forms.form_pages import FormPages
from forms.form_parts import EVENTS, Add
from forms.narrative.field import NarrativeField
from forms.now import Now, local_now
from forms.widgets.paper import PaperField

_SERIOUSNESS = re.compile(r"events\[(\d+)\]\.seriousness")


class FormView(FormPages):
    """The form of one case, to be filled in.

    Args:
        who: Name of the person at the keyboard, who stands for an assessment made here.
        whose: For whom decisions are, where this person only reads them.
        ids: Makes the ids of records that are added.
        ask: Asks before a device leaves of which something is said.

    Signals:
        field_entered: The cursor came into a field; carries its path.
        field_left: A field was left with its text taken in, or a value was picked.
        settled: For an item that was changed elsewhere, "mine" or "theirs" was chosen.
        file_asked: A file is to be attached for an item; carries its path.
    """

    field_entered = Signal(str)
    field_left = Signal()
    settled = Signal(str, str)
    file_asked = Signal(str)

    def __init__(
        self,
        editor: Editor[Case],
        form: FormSpec,
        parent: QWidget | None = None,
        *,
        who: str = "",
        whose: str = "",
        now: Now = local_now,
        ids: IdFactory = new_id,
        ask: Ask | None = None,
    ) -> None:
        super().__init__(editor, form, parent, who=who, whose=whose, now=now)
        self._ids = ids
        self._ask = ask or WindowAsk(self)
        self._files: dict[str, str] = {}

    def show_files(self, titles: dict[str, str]) -> None:
        """Know the attached files of the case: title by the hash of the content."""
        self._files = titles
        for field in self.findChildren(PaperField):
            field.show_files(titles)

    def _listen(self, page: FormPage) -> None:
        page.typed.connect(self._on_typed)
        page.entered.connect(self._on_entered)
        page.chosen.connect(self._on_chosen)
        page.add_asked.connect(self._on_add)
        page.focus_came.connect(self._on_focus_came)
        page.settled.connect(self._on_settled)
        for field in page.fields.values():
            if isinstance(field, NarrativeField):
                field.performed.connect(partial(self._on_performed, field.path))
                field.go_asked.connect(self.go_to)
                field.grew.connect(partial(page.reveal_focused, field))
            elif isinstance(field, PaperField):
                field.file_asked.connect(partial(self.file_asked.emit, field.path))
                field.show_files(self._files)

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
        if add.part == DEVICE_OFF:
            self._ask_to_take_off(int(add.first))
            return
        before = set(self._entries)
        fresh = [self._ids() for _n in range(PARTS[add.part].ids)]
        given = [add.first, *fresh] if add.first else fresh
        if add.part == PAPER_OUT:
            given = paper_told(self._editor.model, int(add.first))
        self._editor.perform(add.part, given)
        added = next((path for path in self._entries if path not in before), "")
        if added:
            self.go_to(added)
        self.field_left.emit()

    def _ask_to_take_off(self, n: int) -> None:
        """Take a further device off the case, after a question where anything is said of it."""
        if not self._editor.model.case.further_devices[n].is_told:
            self._take_off(n)
            return
        question = Question(
            title=_("Remove this device from the case?"),
            text=_("What was entered of it leaves the report, too. Ctrl+Z brings it back."),
            act=_("Remove"),
            keep=_("Keep"),
        )
        self._ask.confirm(question, partial(self._take_off, n))

    def _take_off(self, n: int) -> None:
        for path in [p for p in self._editor.unread if p.startswith(device_parts.PLACE)]:
            # What could not be read goes; the device it was typed for may stand elsewhere now.
            self._editor.set(path, self._editor.value(path))
        self._typing = ""
        self._editor.perform(DEVICE_OFF, device_parts.taking_off(self._editor.model, n))
        self.go_to("case.device.brand")
        self.field_left.emit()

    def _on_performed(self, path: str, argument: object) -> None:
        if path in self._editor.unread:
            # What is typed cannot be stored: it stays, and its note says why.
            return
        self._typing = ""
        self._editor.perform(NARRATIVE, argument)
        self.field_left.emit()

    def _on_settled(self, path: str, side: str) -> None:
        self.settled.emit(item_of(self._editor.model, path), side)

    def answer(self, path: str, value: object) -> None:
        """Take an answer for a field that was given elsewhere, such as a reason."""
        self._on_chosen(path, value)

    def add_product(self) -> None:
        """Add a suspect product and show its page."""
        self._on_add(Add(part=SUSPECT, text=""))

    def undo(self) -> None:
        """Take the last step back and show where it was."""
        self.show_step(self._editor.undo())

    def redo(self) -> None:
        """Do the last step again and show where it is."""
        self.show_step(self._editor.redo())

    def show_step(self, step: object) -> None:
        """Show where a step was taken back or done again; None for no step."""
        path = getattr(step, "path", "")
        path = "case.narrative" if path == NARRATIVE else path
        self._typing = ""
        if path in self._entries:
            self.go_to(path)
            page = self._page_of(path)
            if page is not None:
                self._show_value(page, path)
        self.field_left.emit()
