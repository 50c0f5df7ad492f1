"""Check anybody's electronic message in the window: what its receiver would say; none is kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QVBoxLayout, QWidget

from aeapp.domain.findings import Finding, Severity
from aeapp.formspecs.e2b_r3.checking import MessageFinding, Profile
from aeapp.kernel.i18n import _
from aeapp.services.message_check import Checked
from forms.alive import while_alive
from forms.announce import announce
from forms.desk import Desk
from forms.findings_list import FindingsList
from forms.jobs import Job
from forms.progress import DELAY_MS, ProgressStrip
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import label

# By whose rules, as people say it.
_RULES = {
    Profile.ICH: "ICH",
    Profile.FDA_POSTMARKET: "FDA",
}


class MessageFindings(FindingsList):
    """All that is wrong with a message; as high as leaves the rest of the place in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMinimumHeight(px(80))

    def sizeHint(self) -> QSize:
        return QSize(px(400), self.window().height() * 2 // 5)


class MessageCheck(QFrame):
    """One check at a time, from the choice of the file to what was found; pushes the place up.

    Signals:
        found: A file was checked, and what was found is shown.
        left: What was found is wanted no more.
    """

    found = Signal()
    left = Signal()

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, delay_ms: int = DELAY_MS
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._path, self._other = Path(), Profile.FDA_POSTMARKET
        self.progress = ProgressStrip(self, delay_ms=delay_ms)
        self.card = QFrame(self)
        self.card.setProperty("kind", "card")
        self.verdict = label(kind="strong", parent=self.card, wrap=True)
        self.counts = label(kind="body", parent=self.card, wrap=True)
        self.list = MessageFindings(self.card)
        self.again = Button(parent=self.card, name=_("Check by other rules"))
        self.copy = Button(_("Copy all"), self.card)
        self.close_card = Button(_("Close"), self.card, key="Esc")
        self.again.clicked.connect(self._on_again)
        self.copy.clicked.connect(self._on_copy)
        self.close_card.clicked.connect(self.leave)
        self._build()
        self.card.hide()

    def _build(self) -> None:
        buttons = QWidget(self.card)
        flow = FlowLayout(buttons, gap=8)
        for button in (self.again, self.copy, self.close_card):
            flow.addWidget(button)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(6)
        inside.addWidget(self.verdict)
        inside.addWidget(self.counts)
        inside.addWidget(self.list, 1)
        inside.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.progress)
        column.addWidget(self.card)

    def begin(self, profile: Profile = Profile.ICH) -> None:
        """Ask for the file."""
        kinds = _("Electronic messages") + " (*.xml)"
        take = while_alive(self, partial(self.check, profile=profile))
        self._desk.ask.open_file(_("Check an electronic message"), None, kinds, take)

    def check(self, path: Path, profile: Profile = Profile.ICH) -> None:
        """Check a file by one set of rules, and show what was found; one before it is stopped."""
        if self._job is not None:
            self._job.cancel()
        messages = self._desk.app.messages
        # A batch takes minutes; on the thread of lists nothing else would be shown meanwhile.
        job = self._desk.runners.documents.start(
            lambda progress: messages.check(path, profile, progress=progress),
            on_done=while_alive(self, lambda found: self._on_found(job, path, profile, found)),
            on_failed=while_alive(self, lambda error: self._on_failed(job, error)),
            on_cancelled=while_alive(self, lambda: self._on_cancelled(job, path)),
        )
        self._job = job
        self.card.hide()
        self.progress.watch(job, _("Checking {name}").format(name=path.name))

    def leave(self) -> None:
        """Show no more what was found."""
        inside = self.card.isAncestorOf(QApplication.focusWidget() or self)
        self.card.hide()
        if inside:
            # What had the cursor is gone; the cursor must not be.
            self.left.emit()

    def focus_first(self) -> None:
        """Put the focus on what was found, or on what can be done next."""
        first = self.list if not self.list.isHidden() else self.again
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.card.isHidden():
            self.leave()
        else:
            super().keyPressEvent(event)

    # --- how a check ends

    def _is_last(self, job: Job) -> bool:
        """Tell whether a job is the one that is waited for; it no longer is then."""
        if job is not self._job:
            return False
        self._job = None
        return True

    def _on_found(self, job: Job, path: Path, profile: Profile, found: Checked) -> None:
        if not self._is_last(job):
            return
        self._path = path
        self._other = next(one for one in _RULES if one is not profile)
        words = _("Check by the rules of {whose}").format(whose=_RULES[self._other])
        self.again.say(words)
        self.again.show()
        self.list.show_findings(_findings(found))
        self.list.setVisible(bool(_findings(found)))
        self.copy.setVisible(bool(_findings(found)))
        self._say(f"{path.name}: {_verdict(found, _RULES[profile])}", _counts(found))
        self.found.emit()

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if self._is_last(job):
            self._desk.errors.show(error)

    def _on_cancelled(self, job: Job, path: Path) -> None:
        if not self._is_last(job):
            return
        self.list.hide()
        self.copy.hide()
        self.again.hide()
        told = _("Nothing is known of it yet, and nothing was changed.")
        self._say(_("Stopped: {name} was not checked to its end").format(name=path.name), told)

    def _say(self, verdict: str, counts: str) -> None:
        self.verdict.setText(verdict)
        self.counts.setText(counts)
        self.card.setAccessibleName(verdict)
        self.card.setAccessibleDescription(counts)
        self.card.show()
        announce(self, f"{verdict}. {counts}")

    # --- what a person does with it

    def _on_again(self) -> None:
        self.check(self._path, self._other)

    def _on_copy(self) -> None:
        parts = (self.verdict.text(), self.counts.text(), self.list.all_words())
        QApplication.clipboard().setText("\n".join(parts))
        self._desk.toast(_("Copied: what was found, with the name of the file."))


def _verdict(found: Checked, whose: str) -> str:
    if found.refused:
        return _("By the rules of {whose} its receiver would refuse it").format(whose=whose)
    if found.findings:
        return _("By the rules of {whose} it can go, with hints").format(whose=whose)
    return _("By the rules of {whose} nothing is found").format(whose=whose)


def _counts(found: Checked) -> str:
    told = [
        _("Messages: {n}. Findings: {m}.").format(
            n=f"{found.messages:,}", m=f"{len(found.findings) + found.more:,}"
        )
    ]
    if found.more:
        words = _("The first {n} are listed; mend those, then check the file again.")
        told.append(words.format(n=f"{len(found.findings):,}"))
    told += [_schema(found), *([found.told] if found.told else [])]
    return " ".join(told)


def _schema(found: Checked) -> str:
    if found.schema is None:
        return _("Not checked against the ICH schema.")
    if found.schema.errors:
        words = _("Not valid by the ICH schema: its errors are listed last ({n}).")
        return words.format(n=len(found.schema.errors))
    return _("Valid by the ICH schema.")


def _findings(found: Checked) -> tuple[Finding, ...]:
    """Return what our rules found, those first that a receiver refuses for, and the schema."""
    ranks = list(Severity)
    ours = sorted(found.findings, key=lambda one: ranks.index(one.severity))
    errors = found.schema.errors if found.schema is not None else ()
    return (*(_finding(one) for one in ours), *(_error(*one) for one in errors))


def _finding(one: MessageFinding) -> Finding:
    place = " ".join(part for part in (one.where, one.number) if part)
    return Finding(path="", code=one.rule, severity=one.severity, text=one.text, number=place)


def _error(line: int, sentence: str) -> Finding:
    place = _("ICH schema, line {n}").format(n=line)
    return Finding(path="", code="", severity=Severity.BLOCKS, text=sentence, number=place)
