"""What somebody else stored meanwhile, beside what this person changed: chosen one by one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from aeapp.domain.case_parts import answered_at
from aeapp.kernel.i18n import _
from aeapp.services.ports import ChangedElsewhereError
from forms.conflicts import conflict_words, undecided_words
from forms.form_view import FormView
from forms.notice import Notice, changed_words
from forms.report_work import ReportWork


class ReportConflicts(QObject):
    """The choices of one report that are open, in its form and in the notice above it.

    Signals:
        reopen_asked: The report is to be read again, with this person's changes on top.
    """

    reopen_asked = Signal()

    def __init__(
        self,
        work: ReportWork,
        form: FormView,
        notice: Notice,
        show_form: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work, self._form, self._notice, self._show_form = work, form, notice, show_form
        form.settled.connect(self._on_settled)
        notice.acted.connect(self.go_on)
        work.undecided.connect(self._on_undecided)
        work.conflicted.connect(self._on_conflicted)

    def take(self) -> None:
        """Show the choices that are open; what no field can show stays as this person has it."""
        conflicts = self._work.conflicts
        for item in [item for item in conflicts if not self._form.field_of(item)]:
            conflicts.pop(item)
        self.show()

    def show(self) -> None:
        """Show both values at each item that is not decided."""
        case = self._work.case
        self._form.show_conflicts(
            {
                item: conflict_words(theirs, answered_at(case, item))
                for item, theirs in self._work.conflicts.items()
            }
        )

    def say_undecided(self) -> None:
        """Say how many choices are open."""
        words = undecided_words(len(self._work.conflicts))
        self._notice.say(words, act=_("Go to the next"), look="overdue")

    def go_on(self) -> None:
        """Go to the next choice; without one, have the report read again."""
        if self._work.conflicts:
            self._show_form()
            self._form.go_to(self._form.field_of(next(iter(self._work.conflicts))))
        else:
            self.reopen_asked.emit()

    def _on_undecided(self) -> None:
        self.say_undecided()
        self.go_on()

    def _on_settled(self, item: str, side: str) -> None:
        if item not in self._work.conflicts:
            return
        theirs = self._work.conflicts.pop(item)
        if side == "theirs":
            self._form.answer(self._form.field_of(item), theirs)
        self.show()
        if self._work.conflicts:
            self.say_undecided()
        else:
            self._notice.hide()

    def _on_conflicted(self, error: object) -> None:
        if isinstance(error, ChangedElsewhereError):
            act = _("Show theirs, with my changes on top")
            self._notice.say(changed_words(error), act=act, look="overdue")
