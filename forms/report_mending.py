"""Where a finding of a report is mended, and how a warning is set aside with a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from aeapp.domain.asides import setting_aside, taking_back
from aeapp.domain.case import Case
from aeapp.domain.case_parts import SET_ASIDE, WARN_AGAIN
from aeapp.domain.findings import Finding
from aeapp.domain.items import NullFlavor
from aeapp.domain.rules.assessing import OF_ASSESSMENT
from aeapp.domain.values import PartialDate
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from forms.desk import Desk
from forms.findings_panel import Mending
from forms.form_view import FormView
from forms.reason_strip import ReasonStrip

_OFFERED = (NullFlavor.UNK, NullFlavor.ASKU, NullFlavor.NASK)


def is_of_assessment(finding: Finding) -> bool:
    """Tell whether the page of the assessment mends it, and no field of the form."""
    return finding.code in OF_ASSESSMENT or finding.path.startswith("assessments[")


def mending_of(finding: Finding, form: FormView, editor: Editor[Case]) -> Mending:
    """Return where a finding leads to, and the reasons that may stand in the place of a value."""
    if is_of_assessment(finding):
        return Mending(target=_("the assessment"), name=_("Assessment"))
    part = form.mended_by(finding)
    if part is not None:
        return Mending(target=part.about, name=part.about)
    path = form.place_of(finding)
    entry = form.entry(path)
    if entry is None:
        return Mending(name=finding.item)
    name = f"{entry.caption} ({entry.number})" if entry.number else entry.caption
    allowed = () if editor.value(path) is not None else editor.spec(path).nulls
    reasons = tuple(reason for reason in _OFFERED if reason in allowed)
    return Mending(target=entry.number or entry.caption, name=name, reasons=reasons)


class Asides(QObject):
    """Warnings that do not apply: why not, and back again.

    Signals:
        asked: The reason is being asked for.
        done: A warning was set aside.
    """

    asked = Signal()
    done = Signal()

    def __init__(
        self,
        desk: Desk,
        editor: Editor[Case],
        strip: ReasonStrip,
        standing: Callable[[], tuple[Finding, ...]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._editor, self._strip, self._standing = desk, editor, strip, standing
        self._finding: Finding | None = None
        strip.answered.connect(self._on_answered)

    def ask(self, finding: object) -> None:
        """Ask why a warning does not apply; one that was set aside counts again."""
        if not isinstance(finding, Finding):
            return
        if finding.aside:
            self._editor.perform(WARN_AGAIN, taking_back(self._editor.model, finding))
            return
        self._finding = finding
        self.asked.emit()
        question = _("Why does the warning {code} not apply?").format(code=finding.code)
        reasons = (_("checked, it is right"), _("cannot be found out"), _("said in the text"))
        self._strip.ask(question, reasons)

    def _on_answered(self, reason: str) -> None:
        finding, self._finding = self._finding, None
        # The case may have changed while the reason was typed.
        if finding is None or finding not in self._standing():
            return
        context = self._desk.app.context
        by, at = self._desk.app.who.name or "", PartialDate.of(context.now()).iso()
        step = setting_aside(self._editor.model, finding, reason=reason, by=by, at=at)
        self._editor.perform(SET_ASIDE, step)
        self.done.emit()
