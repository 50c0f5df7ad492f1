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
from aeapp.kernel.i18n import _
from forms import paint
from forms.paint import Level
from forms.readiness import SEVERITY_WORDS, Readiness
from forms.section_list import MARKS
from forms.theme import tokens
from forms.widgets.buttons import Button, KeyCap, Meter
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


class FindingCard(QFrame):
    """The finding one stands at: rule, sentence, the way to it, and reasons that would answer it.

    Signals:
        go_asked: The person wants to mend it.
        reason_picked: A reason for no value was picked.
    """

    go_asked = Signal()
    reason_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "flag"
        self._shown: tuple[object, ...] = ()
        self._letters: dict[str, NullFlavor] = {}
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
        words = ", ".join(dict.fromkeys((finding.code, _(SEVERITY_WORDS[finding.severity]))))
        self._tag.setText(words)
        self._place.setText(place)
        self._words.setText(_(finding.text))
        self.setAccessibleName(f"{words}. {_(finding.text)}")
        self._letters = {LETTERS[reason]: reason for reason in reasons}
        self._fill_buttons(target, reasons)
        self.update()

    def _fill_buttons(self, target: str, reasons: Sequence[NullFlavor]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
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
        self._buttons.setVisible(bool(target or reasons))

    def _on_reason(self, reason: NullFlavor, *_pressed: bool) -> None:
        self.reason_picked.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_asked.emit()
        elif event.text().upper() in self._letters:
            self.reason_picked.emit(self._letters[event.text().upper()])
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
    """

    go_asked = Signal(object)
    reason_picked = Signal(object, object)

    def __init__(self, destination: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._findings: tuple[Finding, ...] = ()
        self._at = 0
        self._about: Callable[[Finding], Mending] = lambda _finding: Mending()
        self._icon = Icon("", "text2", 16, self)
        self._name = label(destination, "body", self)
        self._meter = Meter(destination, Level(share=0.0), self)
        self._words = label(kind="body", parent=self)
        self.card = FindingCard(self)
        self.card.hide()
        self.card.go_asked.connect(self._on_go)
        self.card.reason_picked.connect(self._on_reason)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Readiness"), "strong", self), 1)
        head.addWidget(KeyCap("F8", self))
        head.addWidget(label(_("next finding"), "caption", self))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self._name)
        line.addWidget(self._meter, 1)
        line.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.card)

    def show_state(
        self,
        ready: Readiness,
        findings: Sequence[Finding],
        about: Callable[[Finding], Mending],
    ) -> None:
        """Show meter and findings; the finding that was shown stays where it is still there.

        ``about`` is asked only for the finding that is shown: there may be thousands.
        """
        shown = self.current
        self._findings = tuple(findings)
        self._about = about
        self._icon.show_role(*ready.icon)
        self._meter.show_level(ready.level)
        self._words.setText(ready.words)
        self._meter.setAccessibleName(f"{self._name.text()}: {ready.words}")
        same = next(
            (n for n, f in enumerate(self._findings) if shown and _same(f, shown)),
            min(self._at, max(0, len(self._findings) - 1)),
        )
        self._show(same)

    @property
    def current(self) -> Finding | None:
        """Return the finding one stands at."""
        return self._findings[self._at] if self._at < len(self._findings) else None

    def show_finding(self, finding: Finding) -> None:
        """Stand at a finding."""
        found = next((n for n, f in enumerate(self._findings) if _same(f, finding)), None)
        if found is not None:
            self._show(found)

    def walk(self, step: int, *, fresh: bool) -> Finding | None:
        """Stand at the next finding, or at the first for a ``fresh`` walk, and return it."""
        if not self._findings:
            return None
        at = 0 if fresh and step > 0 else (self._at + step) % len(self._findings)
        self._show(at)
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
    """

    go_asked = Signal(object)
    list_asked = Signal()
    walk_asked = Signal(int)

    def __init__(self, destination: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._destination = destination
        self._em = WIDE_EM
        self._icon = Icon("ok", "ok", 16, self)
        self.count = Button(_("Nothing open"), self, kind="quiet")
        self.count.clicked.connect(self.list_asked)
        self.first: dict[Severity, Button] = {}
        self._finding: dict[Severity, Finding] = {}
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
        row.addStretch(1)
        self._keys = [Button(_("next"), self, kind="quiet", key="F8")]
        self._keys.append(Button(_("back"), self, kind="quiet", key="Shift F8"))
        for button, step in zip(self._keys, (1, -1), strict=True):
            button.clicked.connect(partial(self._on_walk, step))
            row.addWidget(button)

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
        self._finding = {}
        for severity, button in self.first.items():
            found = next((f for f in findings if f.severity is severity), None)
            if found is not None:
                self._finding[severity] = found
                button.say(self._first_words(severity, about(found).name or found.item))
        self.setAccessibleName(self.count.text())
        self._fit()

    def _first_words(self, severity: Severity, name: str) -> str:
        if severity is Severity.BLOCKS:
            return _("blocks {form}: {item}").format(form=self._destination, item=name)
        return _("open: {item}").format(item=name)

    def show_width(self, em: float) -> None:
        """Leave out what has no room."""
        self._em = em
        self._fit()

    def _fit(self) -> None:
        for severity, button in self.first.items():
            button.setVisible(severity in self._finding and self._em >= MEDIUM_EM)
        self._keys[0].setVisible(bool(self._finding))
        self._keys[1].setVisible(bool(self._finding) and self._em >= MEDIUM_EM)

    def _on_first(self, severity: Severity, *_pressed: bool) -> None:
        self.go_asked.emit(self._finding[severity])

    def _on_walk(self, step: int, *_pressed: bool) -> None:
        self.walk_asked.emit(step)
