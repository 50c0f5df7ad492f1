"""What is missing or wrong in a report: the meter, the finding one stands at, the list, the strip.

They show findings and ask to go where one is mended; finding them is the rules' business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor
from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import _
from forms import paint
from forms.announce import announce
from forms.errors import ErrorCard
from forms.readiness import SEVERITY_WORDS, Shown
from forms.readiness_lines import DestinationLines, ScoreLine
from forms.section_list import MARKS
from forms.theme import tokens
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.flow import FlowLayout
from forms.widgets.labels import Icon, label
from forms.widgets.reason import LETTERS, reason_words

# Widths of the window, in letters, at which layouts switch.
MEDIUM_EM, WIDE_EM = 72.0, 100.0

STATES: dict[Severity | None, str] = {
    Severity.BLOCKS: "blocked",
    Severity.WARNS: "flag",
    Severity.INFORMS: "due",
    None: "ok",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """How a finding is mended.

    Attributes:
        target: Number or caption of the field; empty where there is none.
        name: The field in words.
        reasons: Reasons for no value that would answer it.
    """

    target: str = ""
    name: str = ""
    reasons: tuple[NullFlavor, ...] = ()


_ASIDE_KEY = "S"


def _aside_words(finding: Finding) -> str:
    if finding.aside:
        return _("Warn again")
    return _("Set aside…") if finding.severity is Severity.WARNS else ""


class FindingCard(QFrame):
    """The finding one stands at: rule, sentence, the way to it, and reasons that would answer it.

    Signals:
        go_asked: The person wants to mend it.
        reason_picked: A reason for no value was picked.
        aside_asked: The warning is to be set aside, or to be one again.
    """

    go_asked = Signal()
    reason_picked = Signal(object)
    aside_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "flag"
        self._shown: tuple[object, ...] = ()
        self._letters: dict[str, NullFlavor] = {}
        self._aside = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tag = label(kind="pill", parent=self)
        self._place = label(kind="caption", parent=self)
        self._words = label(kind="body", parent=self, wrap=True)
        self._buttons = QWidget(self)
        self._flow = FlowLayout(self._buttons, gap=8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._tag)
        head.addStretch(1)
        head.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._buttons)

    def show_finding(self, finding: Finding, place: str, mending: Mending) -> None:
        """Show a finding, where it stands among all, and how it is mended."""
        target, reasons = mending.target, mending.reasons
        shown = (finding, place, mending)
        if shown == self._shown:
            return
        self._shown = shown
        self._state = STATES[finding.severity]
        what = _("set aside") if finding.aside else _(SEVERITY_WORDS[finding.severity])
        words = ", ".join(dict.fromkeys((finding.code, what)))
        self._tag.setText(words)
        self._place.setText(place)
        text = _(finding.text)
        if finding.aside:
            text = _("{finding} Set aside: {why}").format(finding=text, why=finding.aside)
        self._words.setText(text)
        self.setAccessibleName(f"{words}. {text}")
        self._aside = _aside_words(finding)
        self._letters = {LETTERS[reason]: reason for reason in reasons}
        self._fill_buttons(target, reasons)
        self.update()

    def _fill_buttons(self, target: str, reasons: Sequence[NullFlavor]) -> None:
        self._flow.clear()
        if target:
            go = Button(
                _("Go to {item}").format(item=target), self._buttons, kind="small", key="Enter"
            )
            go.clicked.connect(self.go_asked)
            self._flow.addWidget(go)
        for reason in reasons:
            button = Button(reason_words(reason), self._buttons, kind="small", key=LETTERS[reason])
            button.clicked.connect(partial(self._on_reason, reason))
            self._flow.addWidget(button)
        if self._aside:
            aside = Button(self._aside, self._buttons, kind="small", key=_ASIDE_KEY)
            aside.clicked.connect(self._on_aside)
            self._flow.addWidget(aside)
        self._buttons.setVisible(bool(target or reasons or self._aside))

    def _on_aside(self, *_pressed: bool) -> None:
        self.aside_asked.emit()

    def _on_reason(self, reason: NullFlavor, *_pressed: bool) -> None:
        self.reason_picked.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_asked.emit()
        elif event.text().upper() in self._letters:
            self.reason_picked.emit(self._letters[event.text().upper()])
        elif self._aside and event.text().upper() == _ASIDE_KEY:
            self.aside_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = tokens(), QPainter(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = "flag_edge" if self._state == "flag" else self._state
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color(edge))
        painter.setBrush(look.color(f"{self._state}_tint"))
        painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()), 6)


class ReadinessCard(QFrame):
    """The meter of the destination and the finding one stands at.

    Signals:
        go_asked: The shown finding is to be mended; carries it.
        reason_picked: The shown finding and the reason that answers it.
        again_asked: The report is to be checked again, after a check that failed.
        aside_asked: The shown warning is to be set aside, or to be one again; carries it.
        chosen: The findings of another destination are asked for; carries its key.

    Attributes:
        trouble: Why the report is not checked; None while it is.
    """

    go_asked = Signal(object)
    reason_picked = Signal(object, object)
    again_asked = Signal()
    aside_asked = Signal(object)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._findings: tuple[Finding, ...] = ()
        self._at = 0
        # Where the shown finding stood that was mended since: what took its place is next.
        self._mended: int | None = None
        self._about: Callable[[Finding], Mending] = lambda _finding: Mending()
        self.lines = DestinationLines(self)
        self.lines.chosen.connect(self.chosen)
        self.score = ScoreLine(self)
        self.score.show_score(None)
        self.card = FindingCard(self)
        self.card.hide()
        self.trouble: ErrorCard | None = None
        self._why = ""
        self.card.go_asked.connect(self._on_go)
        self.card.reason_picked.connect(self._on_reason)
        self.card.aside_asked.connect(self._on_aside)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Readiness"), "strong", self), 1)
        head.addWidget(KeyCap("F8", self))
        head.addWidget(label(_("next finding"), "caption", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.lines)
        column.addWidget(self.score)
        column.addWidget(self.card)
        self._column = column

    def show_unchecked(self, lines: Sequence[Shown], error: AppError) -> None:
        """Show that nobody knows the findings, why, and the way to try again."""
        self.lines.show_lines(lines, "")
        self.score.show_score(None)
        self._findings = ()
        self._show(0)
        if self.trouble is not None and self._why == str(error):
            # The same again at each keystroke: the button keeps its focus.
            return
        self._end_trouble()
        self._why = str(error)
        self.trouble = ErrorCard(error, self, retry=True)
        self.trouble.retried.connect(self.again_asked)
        self._column.addWidget(self.trouble)

    def _end_trouble(self) -> None:
        if self.trouble is not None:
            self.trouble.hide()
            self.trouble.deleteLater()
            self.trouble = None

    def show_state(
        self,
        findings: Sequence[Finding],
        about: Callable[[Finding], Mending],
    ) -> None:
        """Show the findings; the one that was shown stays where it is still there.

        ``about`` is asked only for the finding that is shown: there may be thousands.
        """
        shown = self.current
        self._end_trouble()
        self._findings = tuple(findings)
        self._about = about
        same = next((n for n, f in enumerate(self._findings) if shown and _same(f, shown)), None)
        if same is None:
            self._mended = self._at if shown else None
            same = min(self._at, max(0, len(self._findings) - 1))
        self._show(same)

    @property
    def current(self) -> Finding | None:
        """Return the finding one stands at."""
        return self._findings[self._at] if self._at < len(self._findings) else None

    def show_finding(self, finding: Finding) -> None:
        """Stand at a finding."""
        found = next((n for n, f in enumerate(self._findings) if _same(f, finding)), None)
        if found is not None:
            self._mended = None
            self._show(found)

    def walk(self, step: int, *, fresh: bool) -> Finding | None:
        """Stand at the next finding, or at the first for a ``fresh`` walk, and return it."""
        if not self._findings:
            return None
        at = self._at + step
        if step > 0 and (fresh or self._mended is not None):
            at = 0 if fresh else self._mended or 0
        self._mended = None
        self._show(at % len(self._findings))
        return self.current

    def _show(self, at: int) -> None:
        self._at = at
        finding = self.current
        self.card.setVisible(finding is not None)
        if finding is not None:
            place = _("finding {n} of {all}").format(n=at + 1, all=len(self._findings))
            self.card.show_finding(finding, place, self._about(finding))

    def _on_go(self) -> None:
        if self.current is not None:
            self.go_asked.emit(self.current)

    def _on_aside(self) -> None:
        if self.current is not None:
            self.aside_asked.emit(self.current)

    def _on_reason(self, reason: object) -> None:
        if self.current is not None:
            self.reason_picked.emit(self.current, reason)


def _same(one: Finding, other: Finding) -> bool:
    return (one.path, one.code) == (other.path, other.code)


class FindingsStrip(QFrame):
    """One line under the report: how many findings, the first of each kind, the keys.

    Signals:
        go_asked: A finding was pressed; carries it.
        list_asked: The list of all findings is asked for.
        walk_asked: The next or the previous finding is asked for: 1 or -1.
        again_asked: The report is to be checked again.
    """

    go_asked = Signal(object)
    list_asked = Signal()
    walk_asked = Signal(int)
    again_asked = Signal()

    def __init__(self, destination: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._destination = destination
        self._em = WIDE_EM
        # Nothing looks checked before it was.
        self._icon = Icon("flag", "flag", 16, self)
        self.count = Button(_("Not checked"), self, kind="quiet")
        self.count.clicked.connect(self.list_asked)
        self.first: dict[Severity, Button] = {}
        self._finding: dict[Severity, Finding] = {}
        self._names: dict[Severity, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self.count)
        for severity in (Severity.BLOCKS, Severity.WARNS):
            button = Button(_(SEVERITY_WORDS[severity]), self, kind="quiet")
            button.clicked.connect(partial(self._on_first, severity))
            button.hide()
            self.first[severity] = button
            row.addWidget(button)
        self.again = Button(_("Try again"), self, kind="small")
        self.again.clicked.connect(self.again_asked)
        self.again.hide()
        row.addWidget(self.again)
        row.addStretch(1)
        self._keys = [Button(_("next"), self, kind="quiet", key="F8")]
        self._keys.append(Button(_("back"), self, kind="quiet", key="Shift F8"))
        for button, step in zip(self._keys, (1, -1), strict=True):
            button.clicked.connect(partial(self._on_walk, step))
            row.addWidget(button)

    def show_destination(self, name: str) -> None:
        """Say from here on which destination a finding blocks."""
        self._destination = name

    def show_findings(
        self, findings: Sequence[Finding], about: Callable[[Finding], Mending]
    ) -> None:
        """Show how many findings there are and the first that blocks and that is open."""
        count = len(findings)
        words = _("1 finding") if count == 1 else _("{n} findings").format(n=count)
        self.count.say(words if count else _("Nothing open"))
        worst = findings[0].severity if findings else None
        mark = MARKS[worst] or "ok"
        self._icon.show_role(mark, mark)
        self.again.hide()
        self._finding = {}
        for severity in self.first:
            found = next((f for f in findings if f.severity is severity), None)
            if found is not None:
                self._finding[severity] = found
                self._names[severity] = about(found).name
        self.setAccessibleName(self.count.text())
        self._fit()

    def show_unchecked(self, error: AppError) -> None:
        """Say that nobody knows the findings, and offer to try again."""
        self.count.say(_("Not checked"))
        self._icon.show_role("flag", "flag")
        self._finding = {}
        self.again.show()
        self._fit()
        said = f"{self.count.text()}: {_(error.message)}"
        if said != self.accessibleName():
            self.setAccessibleName(said)
            announce(self, said)

    def _first_words(self, severity: Severity) -> str:
        finding, name = self._finding[severity], self._names[severity]
        if self._em < WIDE_EM:
            # The whole name of an item would be cut off at both its ends.
            name = finding.shown or name
        # A rule about the whole report names no item: its number leads to the sentence.
        name = name or finding.shown or finding.code
        if severity is Severity.BLOCKS:
            return _("blocks {form}: {item}").format(form=self._destination, item=name)
        return _("open: {item}").format(item=name)

    def show_width(self, em: float) -> None:
        """Leave out what has no room."""
        self._em = em
        self._fit()

    def _fit(self) -> None:
        for severity, button in self.first.items():
            if severity in self._finding:
                button.say(self._first_words(severity))
            button.setVisible(severity in self._finding and self._em >= MEDIUM_EM)
        self._keys[0].setVisible(bool(self._finding))
        self._keys[1].setVisible(bool(self._finding) and self._em >= MEDIUM_EM)

    def _on_first(self, severity: Severity, *_pressed: bool) -> None:
        self.go_asked.emit(self._finding[severity])

    def _on_walk(self, step: int, *_pressed: bool) -> None:
        self.walk_asked.emit(step)
