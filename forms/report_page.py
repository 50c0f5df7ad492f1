"""One report: header, sections, form, readiness, pages, findings; wide, medium or in one column.

It lays the parts out and leads from one to the other; the work itself is elsewhere.
"""

from __future__ import annotations

from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from aeapp import formspecs
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor
from aeapp.kernel.i18n import _
from aeapp.services.ports import ChangedElsewhereError
from forms.desk import Desk
from forms.dialogs.export import ExportStrip
from forms.findings_list import FindingsList
from forms.findings_panel import MEDIUM_EM, WIDE_EM, FindingsStrip, Mending, ReadinessCard
from forms.form_view import FormView
from forms.notice import Notice, changed_words, restored_words
from forms.preview import PagePreview
from forms.readiness import readiness
from forms.report_head import ReportHead
from forms.report_work import Delays, ReportWork
from forms.tabs import Tabs
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.why import Why, WhyLine

_DESTINATION = "Form FDA 3500"
_OFFERED = (NullFlavor.UNK, NullFlavor.ASKU, NullFlavor.NASK)
_BODY_PX = 40 / 3


class Breadth(IntEnum):
    """How much stands side by side."""

    NARROW = 1
    MEDIUM = 2
    WIDE = 3


class ReportPage(QWidget):
    """One report that was opened.

    Signals:
        left: The person wants to go back to the list.
        reopen_asked: The report is to be read again, with this person's changes on top.
    """

    left = Signal()
    reopen_asked = Signal()

    def __init__(
        self, desk: Desk, work: ReportWork, parent: QWidget | None = None, *, delays: Delays
    ) -> None:
        super().__init__(parent)
        assert work.editor is not None  # noqa: S101 - made after it was opened
        self._desk = desk
        self._work = work
        self._editor = work.editor
        self._findings: tuple[Finding, ...] = ()
        self._walked = False
        self._at = ""
        self._breadth: Breadth | None = None
        app, runners = desk.app, desk.runners
        form = formspecs.form(work.case.report.form or "fda3500")
        self.head = ReportHead(self)
        self.notice = Notice(self)
        self.form = FormView(work.editor, form, self, who=app.who.name or "", now=app.context.now)
        self.why = WhyLine(self)
        self.ready = ReadinessCard(_DESTINATION, self)
        self.list = FindingsList(self)
        self.preview = PagePreview(
            app.documents.render,
            app.documents.pages,
            runners.documents,
            self,
            delay_ms=delays.preview,
        )
        self.export_strip = ExportStrip(app, runners.documents, desk.ask, self)
        self.strip = FindingsStrip(_DESTINATION, self)
        self._form_title = f"{_DESTINATION} ({form.edition})"
        self._build()
        self._connect()
        self._unsubscribe = work.editor.subscribe(self._on_changed)
        self._show_case()
        self.form.show_page(self.form.pages[1].key)

    # --- building

    def _build(self) -> None:
        self._tabs = Tabs(_("Parts of the report"), self)
        self._left = self._left_card()
        self._center = QWidget(self)
        center = QVBoxLayout(self._center)
        center.setContentsMargins(0, 0, 0, 0)
        center.setSpacing(8)
        center.addWidget(self.form, 1)
        center.addWidget(self.why)
        self.why.hide()
        self._all = card(self, padding=1, gap=0)
        self._all.layout().addWidget(self.list)  # type: ignore[union-attr]
        self._trouble = QWidget(self)
        trouble = QVBoxLayout(self._trouble)
        trouble.setContentsMargins(0, 0, 0, 0)
        trouble.setSpacing(12)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(16, 12, 16, 8)
        self._body.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notice)
        column.addLayout(self._body, 1)
        low = QHBoxLayout()
        low.setContentsMargins(16, 0, 16, 0)
        low.addWidget(self.export_strip)
        column.addLayout(low)
        column.addWidget(self.strip)

    def _left_card(self) -> QFrame:
        made = card(self, padding=6, gap=4)
        title = label(self._form_title, "caption", made)
        title.setContentsMargins(8, 6, 8, 2)
        add = Button(_("Add product"), made, kind="small", icon="add")
        add.clicked.connect(self._on_add_product)
        column = made.layout()
        assert isinstance(column, QBoxLayout)  # noqa: S101 - a card has a column
        column.addWidget(title)
        column.addWidget(self.form.sections, 1)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _connect(self) -> None:
        self.head.save.clicked.connect(self._on_save)
        self.head.export.clicked.connect(self.export)
        self.head.back.clicked.connect(self._on_back)
        self.form.field_left.connect(self._on_field_left)
        self.form.help_asked.connect(self._desk.toast)
        self.form.page_changed.connect(self._on_page_changed)
        self.form.field_entered.connect(self._on_field_entered)
        self.why.picked.connect(self._on_why)
        self.ready.go_asked.connect(self.go_to)
        self.ready.reason_picked.connect(self._on_reason)
        self.list.picked.connect(self.go_to)
        self.strip.go_asked.connect(self.go_to)
        self.strip.list_asked.connect(self._on_list)
        self.strip.walk_asked.connect(self.walk)
        self.notice.acted.connect(self.reopen_asked)
        self._work.checked.connect(self._on_checked)
        self._work.restored.connect(self._on_restored)
        self._work.conflicted.connect(self._on_conflicted)
        self._work.saved.connect(self._on_saved)
        keys = {
            "Ctrl+Z": self.form.undo,
            "Ctrl+Shift+Z": self.form.redo,
            "Ctrl+Return": self.export,
            "F8": partial(self.walk, 1),
            "Shift+F8": partial(self.walk, -1),
        }
        for sequence, run in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(run)

    # --- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.window().width() * 100 / (px(100) * _BODY_PX)
        self.strip.show_width(em)
        self.head.show_width(em)
        breadth = (
            Breadth.WIDE if em >= WIDE_EM else Breadth.MEDIUM if em >= MEDIUM_EM else Breadth.NARROW
        )
        self._left.setFixedWidth(px(228)) if breadth > Breadth.NARROW else _free(self._left)
        self._right.setFixedWidth(px(396))
        if breadth is not self._breadth:
            self._breadth = breadth
            focus = self._focus()
            self._arrange(breadth)
            if focus is not None and focus.isVisibleTo(self):
                # Parts that move to another place would lose it.
                focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> QWidget | None:
        return self.focusWidget()

    def _arrange(self, breadth: Breadth) -> None:
        while self._body.count():
            self._body.takeAt(0)
        wide = breadth is Breadth.WIDE
        self._right.setVisible(wide)
        holder = self._right if wide else self._trouble
        holder.layout().insertWidget(0, self.ready)  # type: ignore[union-attr]
        if wide:
            self._tabs.show_parts([(_("Pages"), self.preview), (self._list_words(), self._all)])
            self._right.layout().addWidget(self._tabs)  # type: ignore[union-attr]
            self._body.addWidget(self._left)
            self._body.addWidget(self._center, 1)
            self._body.addWidget(self._right)
            for part in (self._left, self._center):
                part.show()
        else:
            self._trouble.layout().addWidget(self._all)  # type: ignore[union-attr]
            parts = [
                (_("Form"), self._center),
                (self._list_words(), self._trouble),
                (_("Pages"), self.preview),
            ]
            if breadth is Breadth.NARROW:
                parts.insert(0, (_("Sections"), self._left))
            else:
                self._body.addWidget(self._left)
                self._left.show()
            self._tabs.show_parts(parts)
            self._body.addWidget(self._tabs, 1)
            self._tabs.show_part(self._center)
            self._all.show()
        # What moves to another parent is shown by Qt only later.
        self._tabs.show()
        self.form.set_stacked(breadth is Breadth.NARROW)

    def _list_words(self) -> str:
        return _("Findings {n}").format(n=len(self._findings))

    # --- showing

    def focus_first(self) -> None:
        """Put the cursor where work goes on.

        That is where it was; at first the open assessment, else what blocks, else section B.
        """
        blocking = [f for f in self._findings if f.severity is Severity.BLOCKS]
        if self._at and self.form.go_to(self._at):
            return
        if self._open_assessment():
            self.form.go_to(self._open_assessment())
        elif blocking:
            self.go_to(blocking[0])
        else:
            self.form.focus_first()

    def _open_assessment(self) -> str:
        events = enumerate(self._work.case.events)
        return next((f"events[{n}].seriousness" for n, e in events if e.seriousness is None), "")

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        return [self.form, self.form.sections, self.ready, self.preview, self.strip]

    def _show_case(self) -> None:
        case = self._work.case
        self.head.show_case(case, self._form_title)
        self.preview.show_case(case)

    def _on_changed(self, _paths: frozenset[str]) -> None:
        self._show_case()

    def _on_checked(self, findings: object) -> None:
        assert isinstance(findings, tuple)  # noqa: S101 - it is what the service returns
        self._findings = findings
        self.form.show_findings(findings)
        ready = readiness(self.form.counts, self.form.pages, findings)
        self.ready.show_state(ready, findings, self._mending)
        self.list.show_findings(findings)
        self.strip.show_findings(findings, self._mending)
        for part in (self._all, self._trouble):
            self._tabs.say(part, self._list_words())
        why = self._work.asks_why
        if why != self.why.isVisibleTo(self._center):
            self.why.setVisible(why)

    def _mending(self, finding: Finding) -> Mending:
        part = self.form.mended_by(finding)
        if part is not None:
            return Mending(target=part.about, name=part.about)
        path = self.form.place_of(finding)
        entry = self.form.entry(path)
        if entry is None:
            return Mending(name=finding.item)
        name = f"{entry.caption} ({entry.number})" if entry.number else entry.caption
        allowed = () if self._editor.value(path) is not None else self._editor.spec(path).nulls
        reasons = tuple(reason for reason in _OFFERED if reason in allowed)
        return Mending(target=entry.number or entry.caption, name=name, reasons=reasons)

    # --- acting

    def go_to(self, finding: object) -> None:
        """Put the cursor where a finding is mended."""
        if isinstance(finding, Finding):
            self.ready.show_finding(finding)
            self._tabs.show_part(self._center)
            self.form.go_to_finding(finding)

    def walk(self, step: int) -> None:
        """Go to the next finding, or to the one before."""
        found = self.ready.walk(step, fresh=not self._walked)
        self._walked = True
        if found is not None:
            self.go_to(found)

    def export(self) -> None:
        """Store what is open, then write the document to a file."""
        self._work.save(after=self._export_now)

    def _export_now(self) -> None:
        case = self._work.case
        number = case.report.number or case.case.number or ""
        self.export_strip.start(case.case.id, case.report.id, number)

    def _on_save(self) -> None:
        self._work.save()

    def _on_back(self) -> None:
        self._work.save(after=self.left.emit)

    def _on_add_product(self) -> None:
        self._tabs.show_part(self._center)
        self.form.add_product()

    def _on_page_changed(self, _key: str) -> None:
        self._tabs.show_part(self._center)

    def _on_field_entered(self, path: str) -> None:
        self._at = path

    def _on_field_left(self) -> None:
        self._work.flush()

    def _on_why(self, why: object) -> None:
        self._work.reason = str(why) if isinstance(why, Why) else ""

    def _on_saved(self) -> None:
        self.why.hide()

    def _on_reason(self, finding: object, reason: object) -> None:
        if isinstance(finding, Finding):
            self.form.answer(self.form.place_of(finding), reason)

    def _on_list(self) -> None:
        self._tabs.show_part(self._all)
        self._tabs.show_part(self._trouble)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_restored(self, kept_at: str) -> None:
        self.notice.say(restored_words(kept_at, self._desk.app.context.zone))

    def _on_conflicted(self, error: object) -> None:
        if isinstance(error, ChangedElsewhereError):
            self.notice.say(
                changed_words(error), act=_("Show theirs, with my changes on top"), look="overdue"
            )

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Also when the screen locks: the draft stays inside the closed clinic.
        self._work.flush()

    def shut(self) -> None:
        """Stop listening and drawing; for a page that is thrown away."""
        self._unsubscribe()
        self.form.detach()
        self.preview.stop()


def _free(widget: QWidget) -> None:
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(16_777_215)
