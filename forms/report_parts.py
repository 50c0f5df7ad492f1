"""The parts of one report's page, laid out wide, medium or in one column."""

from __future__ import annotations

from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp import formspecs
from aeapp.domain.access import Deed, for_whom
from aeapp.domain.codelists.clinic import Channel
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.destinations import DESTINATIONS
from aeapp.domain.findings import Finding
from aeapp.domain.lifecycle import SENT, Act, allowed, is_mine, state_of, why_locked
from aeapp.kernel.i18n import _
from forms.assessment.page import AssessmentPage
from forms.attachments import AttachmentsPanel
from forms.desk import Desk
from forms.dialogs.copy_strip import CopyStrip
from forms.dialogs.export import ExportStrip
from forms.findings_list import FindingsList
from forms.findings_panel import MEDIUM_EM, WIDE_EM, FindingsStrip, ReadinessCard
from forms.form_view import FormView
from forms.life.band import LockBand
from forms.life.page import VersionsPage
from forms.notice import Notice
from forms.preview import PagePreview
from forms.printing import Printing, say_printed
from forms.reason_strip import ReasonStrip
from forms.report_head import ReportHead
from forms.report_log import ReportLog
from forms.report_work import Delays, ReportWork
from forms.tabs import Tabs
from forms.theme import px
from forms.timeline import TimelinePage
from forms.widgets.buttons import Button
from forms.widgets.cards import card
from forms.widgets.labels import label
from forms.widgets.why import WhyLine

_BODY_PX = 40 / 3


class Breadth(IntEnum):
    """How much stands side by side."""

    NARROW = 1
    MEDIUM = 2
    WIDE = 3


class ReportParts(QWidget):
    """Header, sections, form, readiness, pages and findings of one report, where they stand."""

    def __init__(
        self, desk: Desk, work: ReportWork, parent: QWidget | None = None, *, delays: Delays
    ) -> None:
        super().__init__(parent)
        assert work.editor is not None  # noqa: S101 - made after it was opened
        self._desk = desk
        self._work = work
        self._editor = work.editor
        self._findings: tuple[Finding, ...] = ()
        self._checked = False
        self._breadth: Breadth | None = None
        self._sent = self._kept = self._attached = 0
        self._outdated = False
        self._make_form()
        self._make_checks()
        self._make_pages(delays)
        self._make_strips()
        self._make_places()
        self._build()

    def _make_form(self) -> None:
        """Make what a person writes in."""
        app, ask = self._desk.app, self._desk.ask
        form = formspecs.form(self._work.case.report.form or "fda3500")
        edited = formspecs.form(form.edited_on) if form.edited_on else form
        self._form_title = form.short_title
        self.head = ReportHead(self)
        self.notice = Notice(self)
        self.form = FormView(
            self._editor,
            edited,
            self,
            who=app.who.name or "",
            whose="" if app.context.may(Deed.DECIDE) else for_whom(Deed.DECIDE),
            now=app.context.now,
            ask=ask,
        )
        self.assessment = AssessmentPage(self._desk, self._editor, self)

    def _make_checks(self) -> None:
        """Make what says how ready the report is."""
        self.why = WhyLine(self)
        self.ready = ReadinessCard(self)
        self.list = FindingsList(self)

    def _make_pages(self, delays: Delays) -> None:
        """Make the copy that is wanted and its pages."""
        app, desk = self._desk.app, self._desk
        self.copy_strip = copies = CopyStrip(self)
        self.preview = PagePreview(
            # The copy is that of the moment in which the pages are ordered.
            lambda case, progress: app.documents.render(case, progress, wish=copies.wish),
            app.documents.pages,
            desk.runners.documents,
            self,
            delay_ms=delays.preview,
            printing=Printing(desk.ask, app.documents.note_print),
        )
        self.preview.printed.connect(partial(say_printed, desk))
        copies.changed.connect(self._on_copy_changed)

    def _make_strips(self) -> None:
        """Make what stands below and above the places while it is wanted."""
        desk, work = self._desk, self._work
        self.export_strip = ExportStrip(desk.app, desk.runners.documents, desk.ask, self)
        self.other_form = Notice(self)
        self.strip = FindingsStrip(_(DESTINATIONS[work.destination].name), self)
        self.aside_strip = ReasonStrip(self)

    def _make_places(self) -> None:
        """Make what stands beside the form: the log, the versions, the timeline, the files."""
        desk, work = self._desk, self._work
        self.log = ReportLog(
            desk,
            work.case.case.id,
            work.case.report.id,
            self,
            save=lambda after: work.save(after=after),
        )
        self.versions = VersionsPage(
            desk, work.case.report.id, lambda after: work.save(after=after), self
        )
        self.timeline = TimelinePage(desk, work.case.case.id, work.case.report.id, self)
        self.band = LockBand(self)
        case = work.case.case
        self.files = AttachmentsPanel(
            desk, lambda: desk.app.attaching.of_case(case.id), lambda: case, self
        )

    def _build(self) -> None:
        self.places = Tabs(_("Places of the report"), self)
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
        self._trouble, self._right = self._column_of_cards(), self._column_of_cards()
        self._form_place = QWidget(self)
        self._body = QHBoxLayout(self._form_place)
        self._body.setContentsMargins(0, 4, 0, 8)
        self._body.setSpacing(12)
        self._lay_out()
        self.places.show_parts(
            [
                (_("Form and narrative"), self._form_place),
                (_("Assessment"), self.assessment),
                (self._versions_words(), self.versions),
                (_("Timeline"), self.timeline),
            ]
        )
        self._show_lock()

    def _column_of_cards(self) -> QWidget:
        """Return a column that cards are put into as the width allows."""
        place = QWidget(self)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        return place

    def _lay_out(self) -> None:
        """Lay the whole page out, from the head down to the strips."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notice)
        column.addWidget(self.other_form)
        column.addWidget(self.band)
        column.addWidget(self.places, 1)
        # One under the other: side by side they would cut off each other's words.
        low = QVBoxLayout()
        low.setContentsMargins(16, 0, 16, 0)
        low.setSpacing(0)
        low.addWidget(self.copy_strip)
        low.addWidget(self.export_strip)
        low.addWidget(self.aside_strip)
        column.addLayout(low)
        column.addWidget(self.strip)
        self.places.layout().setContentsMargins(16, 6, 16, 0)  # type: ignore[union-attr]

    def _on_copy_changed(self) -> None:
        wish = self.copy_strip.wish
        # Who reads a copy needs its pages as high as the room is.
        copying = self._breadth is Breadth.WIDE and wish.copy is not CopyKind.FULL
        self.ready.setVisible(not copying)
        self.preview.draw_anew("" if wish.copy is CopyKind.FULL else _(wish.copy.words))

    def _show_lock(self, signed: str = "", *, outdated: bool = False) -> None:
        """Say why a report cannot be edited and who signed it; let nothing of it be changed.

        Where its records changed since, the way on is to approve it again.
        """
        report, self._outdated = self._work.case.report, outdated
        locked = "" if outdated else why_locked(report)
        why = ". ".join(part for part in (signed, locked) if part)
        ways = allowed(report, sent_before=state_of(report) in SENT, outdated=outdated)
        changing = {Act.UNLOCK, Act.CORRECT, Act.RESTORE} | ({Act.APPROVE} if outdated else set())
        own = [w for w in ways if is_mine(w, self._desk.app.who.role)]
        way = next((w for w in own if w.act in changing), None)
        self.unlocking = way.act if way and why else None
        self.band.say(why, _(way.words) if way else "")
        self.form.set_locked(bool(why))
        self.assessment.setEnabled(not why)
        self._add.setVisible(not why)

    # --- ways to a part

    def show_log(self) -> None:
        """Bring the log of sending to the top, with the keyboard in it."""
        self.places.show_part(self._form_place)
        self._tabs.show_part(self.log)
        self.log.focus_first()

    def ask_request(self) -> None:
        """Begin a request from outside in the log."""
        self.show_log()
        self.log.ask_request()

    def record_call(self) -> None:
        """Begin a telephone call in the log."""
        self.show_log()
        self.log.ask(Channel.PHONE)

    def show_files(self) -> None:
        """Bring the attached files to the top."""
        self.places.show_part(self._form_place)
        self._tabs.show_part(self.files)
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_narrative(self) -> None:
        """Put the cursor into the narrative."""
        self.places.show_part(self._form_place)
        self._tabs.show_part(self._center)
        self.form.go_to("case.narrative")

    def show_versions(self) -> None:
        """Bring the versions to the top; letters are steps there."""
        self.places.show_part(self.versions)
        self.versions.focus_first()

    def show_timeline(self) -> None:
        """Show what happened, in its order."""
        self.places.show_part(self.timeline)
        self.timeline.focus_first()

    def ask_in_versions(self, what: str) -> None:
        """Begin a question to a colleague, or who brings the report to its end."""
        self.show_versions()
        getattr(self.versions, what)()

    def _left_card(self) -> QFrame:
        made = card(self, padding=6, gap=4)
        title = label(self._form_title, "caption", made)
        title.setContentsMargins(8, 6, 8, 2)
        self._add = add = Button(_("Add product"), made, kind="small", icon="add")
        column = made.layout()
        assert isinstance(column, QBoxLayout)  # noqa: S101 - a card has a column
        column.addWidget(title)
        column.addWidget(self.form.sections, 1)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        return made

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
            self._show_part_of(focus)
            if focus is not None and focus.isVisibleTo(self):
                # Parts that move to another place would lose it.
                focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> QWidget | None:
        return self.focusWidget()

    def _show_part_of(self, focus: QWidget | None) -> None:
        """Leave the part on top in which somebody is typing, such as the log of sending."""
        for part in (self._trouble, self._all, self.preview, self.log, self.files):
            if focus is not None and (part is focus or part.isAncestorOf(focus)):
                self._tabs.show_part(part)

    def _arrange(self, breadth: Breadth) -> None:
        while self._body.count():
            self._body.takeAt(0)
        wide = breadth is Breadth.WIDE
        self._right.setVisible(wide)
        holder = self._right if wide else self._trouble
        holder.layout().insertWidget(0, self.ready)  # type: ignore[union-attr]
        if wide:
            self._tabs.show_parts(
                [
                    (_("Pages"), self.preview),
                    (self._list_words(), self._all),
                    (self._log_words(), self.log),
                    (self._files_words(), self.files),
                ]
            )
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
                (self._log_words(), self.log),
                (self._files_words(), self.files),
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

    def _files_words(self) -> str:
        return _("Files {n}").format(n=self._attached) if self._attached else _("Files")

    def _list_words(self) -> str:
        if not self._checked:
            return _("Findings: not checked")
        return _("Findings {n}").format(n=len(self._findings))

    def _versions_words(self) -> str:
        return _("Versions {n}").format(n=self._kept)

    def _log_words(self) -> str:
        return _("Log of sending {n}").format(n=self._sent)


def _free(widget: QWidget) -> None:
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(16_777_215)
