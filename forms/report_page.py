"""One report: header, sections, form, readiness, pages, findings; wide, medium or in one column.

It leads from one part to the other; where they stand, what a check found and the work itself are
elsewhere.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from aeapp.domain.case import source_of
from aeapp.domain.case_parts import ASSESSED
from aeapp.domain.findings import Severity
from aeapp.domain.recipients import Owed
from aeapp.editing.editor import Step
from aeapp.kernel.i18n import _
from forms.desk import Desk
from forms.dialogs.export import Written
from forms.life.words import next_way
from forms.notice import restored_words
from forms.report_conflicts import ReportConflicts
from forms.report_exports import ReportExports
from forms.report_findings import ReportFindings
from forms.report_mending import Asides
from forms.report_work import Delays, ReportWork, nothing_typed
from forms.widgets.why import Why


class ReportPage(ReportFindings):
    """One report that was opened.

    Signals:
        left: The person wants to go back to the list.
        reopen_asked: The report is to be read again, with this person's changes on top.
        form_asked: The case is to be shown on the form of a destination; carries its key.
    """

    left = Signal()
    reopen_asked = Signal()
    form_asked = Signal(str)

    def __init__(
        self, desk: Desk, work: ReportWork, parent: QWidget | None = None, *, delays: Delays
    ) -> None:
        super().__init__(desk, work, parent, delays=delays)
        self._at = ""
        self.conflicts = ReportConflicts(work, self.form, self.notice, self._show_form, self)
        self.asides = Asides(desk, self._editor, self.aside_strip, lambda: self._findings, self)
        self.exports = ReportExports(
            work, self.copy_strip, self.export_strip, self._show_copy_pages, desk.ask
        )
        self._connect()
        self._unsubscribe = self._editor.subscribe(self._on_changed)
        work.take_in = self.assessment.flush
        self._show_case()
        self.conflicts.take()
        self.form.show_page(self.form.pages[1].key)
        self.versions.refresh()

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add_product)
        self.head.save.clicked.connect(self._on_save)
        self.head.export.clicked.connect(self._on_export)
        self.head.back.clicked.connect(self._on_back)
        self.form.field_left.connect(self._on_field_left)
        self.assessment.left.connect(self._on_field_left)
        self.form.page_changed.connect(self._on_page_changed)
        self.form.file_asked.connect(self._on_file_asked)
        self.form.field_entered.connect(self._on_field_entered)
        self.why.picked.connect(self._on_why)
        self.ready.aside_asked.connect(self.asides.ask)
        self.asides.asked.connect(self.exports.leave_copy)
        self.asides.done.connect(self._on_aside_done)
        self.preview.picked.connect(self.show_item)
        self.other_form.acted.connect(lambda: self.form_asked.emit(self._work.destination))
        self.log.counted.connect(self._on_counted)
        self.files.counted.connect(self._on_files_counted)
        self.log.changed.connect(self.reopen_asked)
        self.band.acted.connect(self._on_unlock)
        self.head.step.clicked.connect(self.next_step)
        self.conflicts.reopen_asked.connect(self.reopen_asked)
        self._connect_versions()
        self._connect_work()
        self._connect_keys()

    def _connect_versions(self) -> None:
        self.versions.changed.connect(self.reopen_asked)
        self.versions.counted.connect(self._on_versions_counted)
        self.versions.painted.connect(self.form.show_before)
        self.versions.submit_asked.connect(self.record_sending)
        self.versions.picked.connect(self._on_difference)
        self.versions.signed.connect(self._on_signed)

    def _connect_work(self) -> None:
        self._work.restored.connect(self._on_restored)
        self._work.saved.connect(self._on_saved)

    def _connect_keys(self) -> None:
        keys = {
            "Ctrl+Z": self._on_undo,
            "Ctrl+Shift+Z": self._on_redo,
            "Ctrl+Y": self._on_redo,
            "Ctrl+Tab": self._on_next_place,
            "Ctrl+Return": self._on_export,
            "Ctrl+Enter": self._on_export,
            "Ctrl+Shift+E": partial(self.exports.write, Written.OFFICIAL),
            "Ctrl+Shift+A": partial(self.exports.write, Written.ARCHIVE),
            "Ctrl+Alt+A": partial(self.exports.write, Written.ARCHIVE),
            "Ctrl+Shift+M": partial(self.exports.write, Written.MESSAGE),
            "Ctrl+Alt+E": self._on_copy,
            "Alt+N": partial(self.show_item, "case.narrative"),
            "Ctrl+P": self.show_pages,
            "Ctrl+Shift+S": self.next_step,
            "F8": partial(self.walk, 1),
            "Shift+F8": partial(self.walk, -1),
        }
        for sequence, run in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(run)

    # --- showing

    def focus_first(self) -> None:
        """Put the cursor where work goes on.

        That is where it was; at first the open assessment, else what blocks, else section B.
        """
        blocking = [f for f in self._findings if f.severity is Severity.BLOCKS]
        if self.places.current is self.assessment:
            self.assessment.focus_first()
        elif self.places.current is self.versions:
            self.versions.focus_first()
        elif self.places.current is self.timeline:
            self.timeline.focus_first()
        elif self._at and self.form.go_to(self._at):
            return
        elif self._open_assessment() and not self.band.text:
            self.show_assessment()
        elif blocking:
            self.go_to(blocking[0])
        else:
            self.form.focus_first()

    def _open_assessment(self) -> bool:
        return any(event.seriousness is None for event in self._work.case.events)

    def show_assessment(self) -> None:
        """Show the questions about the event, with the cursor on the first open one."""
        self.places.show_part(self.assessment)
        self.assessment.focus_first()

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        if self.places.current is self.assessment:
            return [self.assessment, self.strip]
        if self.places.current is self.versions:
            return [self.versions, self.versions.differences, self.strip]
        if self.places.current is self.timeline:
            return [self.timeline, self.strip]
        return [
            self.form,
            self.form.sections,
            self.ready,
            self.preview,
            self.log,
            self.files,
            self.strip,
        ]

    def _show_case(self) -> None:
        case = self._work.case
        role = self._desk.app.who.role
        self.head.show_case(case, self._form_title, role, outdated=self._outdated)
        self.preview.show_case(case)

    def _on_changed(self, _paths: frozenset[str]) -> None:
        self._show_case()
        if self._work.conflicts:
            self.conflicts.show()

    # --- acting

    def show_pages(self) -> None:
        """Bring the pages as they will print to the top, with the keyboard on them; then print."""
        here = QApplication.focusWidget()
        if self.versions.paper.is_at:
            self.versions.paper.pages.preview.print_pages()
            return
        if here is not None and self.preview.isAncestorOf(here):
            self.preview.print_pages()
            return
        self.places.show_part(self._form_place)
        self._tabs.show_part(self.preview)
        self.preview.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def record_sending(self, owed: object = None) -> None:
        """Begin a line of the log about something written, to whom it is owed if to somebody."""
        self.places.show_part(self._form_place)
        self._tabs.show_part(self.log)
        self.log.ask_copy(owed) if isinstance(owed, Owed) else self.log.ask(None)

    def next_step(self) -> None:
        """Begin the usual next step; too early for a signature, go to what blocks it."""
        role = self._desk.app.who.role
        way = next_way(self._work.case.report, role, outdated=self._outdated)
        blocking = [f for f in self._findings if f.severity is Severity.BLOCKS]
        if way is not None and way.signed and blocking:
            self.go_to(blocking[0])
            self.notice.say(_("Not signed: this blocks the report."), look="overdue")
        elif way is not None:
            self.show_versions()
            self.versions.begin(way.act)

    def _on_signed(self, signed: str, outdated: bool) -> None:
        self._show_lock(signed, outdated=outdated)
        self._show_case()

    def _on_unlock(self) -> None:
        if self.unlocking is not None:
            self.show_versions()
            self.versions.begin(self.unlocking)

    def _on_versions_counted(self, count: int) -> None:
        self._kept = count
        self.places.say(self.versions, self._versions_words())

    def _on_counted(self, sent: int) -> None:
        self._sent = sent
        self._tabs.say(self.log, self._log_words())

    def _on_difference(self, path: str) -> None:
        if path.startswith("attachments["):
            self.places.show_part(self._form_place)
            self._tabs.show_part(self.files)
        else:
            self.show_item(path)

    def _on_files_counted(self, count: int) -> None:
        if count != self._attached:
            # A further file shows as changed since what was signed or sent.
            self.versions.refresh()
        self._attached = count
        self.form.show_files(self.files.titles)
        self._tabs.say(self.files, self._files_words())

    def _on_file_asked(self, path: str) -> None:
        """Attach a file and name it in an item, such as that of a paper."""
        self.files.attach_for(lambda one: self.form.answer(path, one.sha256))

    def _on_export(self, *_pressed: object) -> None:
        if self.versions.paper.is_at:
            self.versions.paper.pages.export()
        else:
            self.exports.write(Written.PAGES)

    def _on_copy(self) -> None:
        if self.versions.paper.is_at:
            self.versions.paper.pages.ask_copy()
        else:
            self.exports.ask_copy()

    def show_difference_paper(self) -> None:
        """Show what differs between versions as a paper."""
        self.show_versions()
        self.versions.show_paper()

    def _show_copy_pages(self) -> None:
        self._show_form()
        self._tabs.show_part(self.preview)
        # One question at a time.
        self.aside_strip.hide()

    def _on_undo(self) -> None:
        if self.places.current is self.versions:
            self.versions.take_back()
            return
        if self.band.text:
            return
        self._show_step(self._editor.undo())

    def _on_redo(self) -> None:
        if self.band.text:
            return
        self._show_step(self._editor.redo())

    def _show_step(self, step: Step | None) -> None:
        """Show where a step was taken back or done again, on the page that asks it."""
        here = self.places.current is self.assessment
        if (
            step is not None
            and self.assessment.shows(step.path)
            and (here or step.path == ASSESSED)
        ):
            self.places.show_part(self.assessment)
            self.assessment.show_step(step.path)
        else:
            if step is not None:
                self._show_form()
            self.form.show_step(step)

    def _on_next_place(self) -> None:
        if self.places.current is self.assessment:
            self.show_versions()
        elif self.places.current is self.versions:
            self.show_timeline()
        elif self.places.current is self.timeline:
            self._show_form()
            self.form.focus_first()
        else:
            self.show_assessment()

    def _on_save(self) -> None:
        self._work.save()

    def _on_back(self) -> None:
        self._work.save(after=self.left.emit)

    def _on_add_product(self) -> None:
        self._show_form()
        self.form.add_product()

    def _on_page_changed(self, _key: str) -> None:
        self._tabs.show_part(self._center)

    def _on_field_entered(self, path: str) -> None:
        self._at = path
        self.preview.mark(self._is_at)

    def _is_at(self, path: str) -> bool:
        """Tell whether a box shows the item of the focused field, if only by its record."""
        return bool(self._at) and self._at in (path, source_of(self._work.case, path))

    def _on_field_left(self) -> None:
        self._work.flush()

    def _on_why(self, why: object) -> None:
        self._work.reason = str(why) if isinstance(why, Why) else ""

    def _on_saved(self) -> None:
        self.why.hide()
        focus = QApplication.focusWidget()
        typing = focus is not None and self.versions.isAncestorOf(focus)
        if self._kept and not typing:
            # What is stored differs from what was sent by other items now.
            self.versions.refresh()

    def _on_aside_done(self) -> None:
        self.ready.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_restored(self, kept_at: str) -> None:
        words = restored_words(kept_at, self._desk.app.context.zone)
        if self._work.conflicts:
            self.conflicts.say_undecided()
        else:
            self.notice.say(words)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Also when the screen locks: the draft stays inside the closed clinic.
        self._work.flush()

    def shut(self) -> None:
        """Stop listening and drawing; for a page that is thrown away."""
        self._unsubscribe()
        self._work.take_in = nothing_typed
        self.form.detach()
        self.assessment.detach()
        self.preview.stop()
