"""The pages of a form on the screen, filled from an editor, with notes under the fields.

The editor holds every value, so a page can be thrown away and made again at any time. Pages are
made when they are first shown. What people do to the fields is for the form that edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aeapp.domain.case import Case, source_of
from aeapp.domain.codecs import show
from aeapp.domain.findings import Finding, Severity
from aeapp.editing.editor import Editor
from aeapp.formspecs.model import FormSpec
from aeapp.kernel.i18n import _
from forms import form_state
from forms.conflicts import item_of
from forms.form_notes import Note, own_note, with_sent
from forms.form_page import FormPage
from forms.form_parts import Add, Entry, Page
from forms.form_plan import plan, shape
from forms.form_state import Count
from forms.narrative.field import NarrativeField
from forms.now import Now, local_now
from forms.section_list import MARKS, Badge, SectionLine, SectionList
from forms.widgets.buttons import KeyCap
from forms.widgets.labels import hairline, label


class FormPages(QFrame):
    """The pages of one case's form, as they are shown.

    Signals:
        page_changed: Another page is shown; carries its key.

    Attributes:
        sections: The list of pages, to be placed by whoever shows the form.
    """

    page_changed = Signal(str)

    def __init__(
        self,
        editor: Editor[Case],
        form: FormSpec,
        parent: QWidget | None = None,
        *,
        who: str = "",
        whose: str = "",
        now: Now = local_now,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._editor = editor
        self._form = form
        self._who, self._whose = who, whose
        self._now = now
        self._pages: tuple[Page, ...] = ()
        self._shape: tuple[object, ...] | None = None
        self._counts: dict[str, Count] = {}
        self._entries: dict[str, Entry] = {}
        self._built: dict[str, FormPage] = {}
        self._stale: set[str] = set()
        self._findings: tuple[Finding, ...] = ()
        self._checked = False
        self._notes: dict[str, Finding] = {}
        self._conflicts: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._locked = False
        self._typing = ""
        self._wrong: frozenset[str] = frozenset()
        self._stacked = False
        self._current = ""
        self.sections = SectionList(self)
        self.sections.picked.connect(self.show_page)
        self._build()
        self._replan()
        self._refresh_sections()
        self._leave = editor.subscribe(self._on_changed)

    def _build(self) -> None:
        self._badge = Badge(self)
        self._title = label(kind="title", parent=self)
        self._next_key = KeyCap("Ctrl ↓", self)
        self._next_words = label(_("next section"), "caption", self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(self._badge)
        head.addWidget(self._title, 1)
        head.addWidget(self._next_key)
        head.addWidget(self._next_words)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline(self))
        column.addWidget(self._stack, 1)
        for sequence, step in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(partial(self.walk, step))

    # --- pages

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the plan of every page."""
        return self._pages

    @property
    def counts(self) -> dict[str, Count]:
        """Return how much of each page is answered, by its key."""
        return self._counts

    @property
    def current(self) -> str:
        """Return the key of the page on the screen."""
        return self._current

    def show_page(self, key: str) -> FormPage:
        """Show a page, making it if it is not there yet."""
        page = self._page(key)
        if key in self._stale:
            self._stale.discard(key)
            self._refresh_page(page)
        else:
            self._show_whole(page)
        if key != self._current:
            self._current = key
            self._stack.setCurrentWidget(page)
            self._badge.say(page.plan.letter)
            self._badge.setVisible(bool(page.plan.letter))
            self._title.setText(page.plan.title)
            self.sections.show_current(key)
            self.page_changed.emit(key)
        return page

    def walk(self, step: int) -> None:
        """Show the page after or before the current one, with the cursor in its first field."""
        keys = [page.key for page in self._pages]
        at = keys.index(self._current) if self._current in keys else 0
        self._into(self.show_page(keys[(at + step) % len(keys)]))

    def go_to(self, path: str) -> bool:
        """Put the cursor into the field of ``path``; tells whether there is one."""
        if path not in self._entries:
            # A second table of a form shows the rows of the first.
            path = self.field_at(source_of(self._editor.model, path) or "")
        page = next((p for p in self._pages if any(e.path == path for e in p.entries())), None)
        if page is None:
            return False
        shown = self.show_page(page.key)
        if not shown.fields[path].isHidden():
            shown.focus_field(path)
        return True

    def go_to_finding(self, finding: Finding) -> bool:
        """Put the cursor where a finding is mended; tells whether there is such a field."""
        button = self._mends.get((finding.code, finding.path))
        if button is not None:
            key, add = button
            self.show_page(key).focus_field(add.key)
            return True
        path = self.place_of(finding)
        return bool(path) and self.go_to(path)

    def place_of(self, finding: Finding) -> str:
        """Return the path of the field that mends a finding; empty where there is none."""
        place = self._places.of(finding)
        return place[1] if place is not None else ""

    def mended_by(self, finding: Finding) -> Add | None:
        """Return the part whose button mends a finding, such as the decision."""
        button = self._mends.get((finding.code, finding.path))
        return None if button is None else button[1]

    def entry(self, path: str) -> Entry | None:
        """Return what is known of the field at ``path``."""
        return self._entries.get(path)

    def focus_first(self) -> None:
        """Put the cursor into the first field of the page that is shown."""
        if self._current:
            self._into(self._built[self._current])

    def set_stacked(self, stacked: bool) -> None:
        """Put labels above their fields, for narrow windows."""
        self._stacked = stacked
        self._next_key.setVisible(not stacked)
        self._next_words.setVisible(not stacked)
        for page in self._built.values():
            page.set_stacked(stacked)

    def note(self, path: str) -> str:
        """Return the note under a field of a page that was made."""
        page = self._page_of(path)
        return page.fields[path].note.text if page is not None else ""

    def _into(self, page: FormPage) -> None:
        shown = next((p for p, f in page.fields.items() if not f.isHidden()), "")
        if shown:
            page.focus_field(shown)
        else:
            self.sections.setFocus()

    def _page(self, key: str) -> FormPage:
        if key not in self._built:
            planned = next(page for page in self._pages if page.key == key)
            page = FormPage(planned, self._editor.spec, self._rows, self._now, self._stack)
            self._listen(page)
            page.set_stacked(self._stacked)
            if self._locked:
                page.set_locked(True)
            self._built[key] = page
            self._stack.addWidget(page)
            self._refresh_page(page)
        return self._built[key]

    def _listen(self, page: FormPage) -> None:
        """Hear what people do on a page; for the form that edits."""

    def _page_of(self, path: str) -> FormPage | None:
        return next((page for page in self._built.values() if path in page.fields), None)

    def _rows(self, table: str) -> Sequence[Sequence[str]]:
        case = self._editor.model
        repeat = next(r for r in self._form.repeats if r.path == table)
        rows = [self._editor.value(f"{table}[{n}]") for n in repeat.members(case)[: repeat.room]]
        return [[show(getattr(row, n)) for n in ("text", "low", "high", "at")] for row in rows]

    # --- a report that was sent

    def set_locked(self, locked: bool) -> None:
        """Show the form without letting anything be changed."""
        if locked != self._locked:
            self._locked = locked
            for page in self._built.values():
                page.set_locked(locked)

    def show_before(self, before: Mapping[str, str]) -> None:
        """Paint these fields: they differ from the newest version, which said this."""
        changed = self._before.keys() | before.keys()
        self._before = dict(before)
        self._refresh(changed, values=False)

    # --- values that were changed elsewhere

    def show_conflicts(self, words: Mapping[str, str]) -> None:
        """Say under the fields of these items that they were changed elsewhere, too."""
        before, self._conflicts = self._conflicts, dict(words)
        items = before.keys() | words.keys()
        changed = {item for item in items if before.get(item) != words.get(item)}
        for page in self._built.values():
            for path in page.fields:
                if item_of(self._editor.model, path) in changed:
                    page.fields[path].show_conflict("")
                    self._show_note(page, path)

    def field_of(self, item: str) -> str:
        """Return the path of the first field that writes an item; empty where there is none."""
        case = self._editor.model
        writes = (path for path, e in self._entries.items() if not e.read_only)
        return next((path for path in writes if item_of(case, path) == item), "")

    # --- from the editor

    def show_unchecked(self) -> None:
        """Show no finding, and call no page complete."""
        self._show_findings((), checked=False)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show each finding under its field, and in the list of pages."""
        self._show_findings(findings, checked=True)

    def _show_findings(self, findings: Iterable[Finding], *, checked: bool) -> None:
        self._checked = checked
        self._findings = tuple(findings)
        before, self._notes = (
            self._notes,
            form_state.notes(self._editor.model, self._findings, self._pages),
        )
        changed = {
            p for p in before.keys() | self._notes.keys() if before.get(p) != self._notes.get(p)
        }
        self._refresh(changed, values=False)
        self._refresh_sections()

    def _on_changed(self, paths: frozenset[str]) -> None:
        replanned = self._replan()
        if replanned or "" in paths:
            paths = frozenset(self._entries)
        self._refresh(paths)
        self._recount(paths)
        self._refresh_sections()

    def _replan(self) -> bool:
        """Plan anew if the case has other parts now; tells whether it had."""
        shape_now = shape(self._editor.model)
        if shape_now == self._shape:
            return False
        self._shape = shape_now
        before = {page.key: page.skeleton for page in self._pages}
        self._pages = plan(self._form, self._editor.model, self._whose)
        self._entries = {e.path: e for page in self._pages for e in page.entries()}
        voluntary = self._form.key.startswith("fda3500-")
        self._places = form_state.places(self._editor.model, self._pages, numbered=voluntary)
        self._mends = {
            key: (page.key, add) for page in self._pages for key, add in page.mends.items()
        }
        after = {page.key: page.skeleton for page in self._pages}
        for key in [k for k in self._built if before.get(k) != after.get(k)]:
            old = self._built.pop(key)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._recount(frozenset(self._entries))
        if self._current and self._current not in self._built:
            self._current = ""
            self.show_page(self._nearest(before))
        return True

    def _recount(self, paths: frozenset[str]) -> None:
        """Count the pages again that hold one of ``paths``."""
        # Without a patient nothing of one counts, on whichever page it stands.
        every = "case.involvement" in paths
        for page in self._pages:
            held = every or page.key not in self._counts
            if held or any(e.path in paths for e in page.entries()):
                self._counts[page.key] = form_state.count(self._editor.model, page)

    def _nearest(self, before: dict[str, tuple[object, ...]]) -> str:
        keys = [page.key for page in self._pages]
        shown = self.sections.current
        if shown in keys:
            return shown
        at = list(before).index(shown) if shown in before else 0
        return keys[min(max(at - 1, 0), len(keys) - 1)]

    def _refresh(self, paths: Iterable[str], *, values: bool = True) -> None:
        """Show the fields of ``paths`` on the current page; others when they are looked at."""
        wanted = set(paths)
        for key, page in self._built.items():
            here = wanted & page.fields.keys()
            if key != self._current:
                if here:
                    self._stale.add(key)
                continue
            for path in here:
                if values and path != self._typing:
                    self._show_value(page, path)
                self._show_note(page, path)
            if values:
                page.show_asked(self._asked(page))
                self._show_whole(page)

    def _refresh_page(self, page: FormPage) -> None:
        for path in page.fields:
            self._show_value(page, path)
            self._show_note(page, path)
        page.show_asked(self._asked(page))
        self._show_whole(page)

    def _show_whole(self, page: FormPage) -> None:
        """Show the narrative beside all records, of which it tells."""
        for field in page.fields.values():
            if isinstance(field, NarrativeField):
                field.show_case(self._editor.model, self._who, self.field_at)

    def field_at(self, path: str) -> str:
        """Return the path of the field that shows the item at ``path``; empty for none."""
        place = self._places.by_path.get(path)
        return place[1] if place is not None else ""

    def _asked(self, page: FormPage) -> frozenset[str]:
        return form_state.asked(self._editor.model, page.plan, self._editor.unread)

    def _show_value(self, page: FormPage, path: str) -> None:
        # What could not be read stands in place of the value, as typed.
        value = None if path in self._editor.unread else self._editor.value(path)
        page.fields[path].show_value(value, self._editor.text(path))

    def _show_note(self, page: FormPage, path: str) -> None:
        field = page.fields[path]
        conflict = self._conflicts.get(item_of(self._editor.model, path))
        if conflict is not None:
            field.show_conflict(conflict)
            return
        text, severity = self._note_for(path)
        wrong = severity in (Severity.BLOCKS, Severity.WARNS)
        if path == self._typing and wrong and path not in self._wrong:
            # Half a word is no mistake yet; it is told when the field is left.
            return
        self._wrong = self._wrong | {path} if wrong else self._wrong - {path}
        field.show_note(text, severity)

    def _note_for(self, path: str) -> Note:
        note = own_note(self._editor, path, self._notes.get(path), self._entries.get(path))
        return with_sent(note, self._before[path]) if path in self._before else note

    def _refresh_sections(self) -> None:
        case = self._editor.model
        found = form_state.by_page(self._places, self._findings)
        self.sections.show_lines([self._line(case, p, found.get(p.key, [])) for p in self._pages])

    def _line(self, case: Case, page: Page, findings: list[Finding]) -> SectionLine:
        total = self._counts[page.key]
        mark = MARKS[form_state.worst(findings)]
        if not mark and page.optional and not total.answered:
            mark = "not_used"
        elif not mark and self._checked and total.answered == total.asked:
            mark = "ok"
        words = form_state.count_words(case, page, total)
        return SectionLine(key=page.key, letter=page.letter, name=page.name, words=words, mark=mark)

    def detach(self) -> None:
        """Hear no more of the editor; for a view that is thrown away."""
        self._leave()
