"""Take in a case from a file: what would become of it is shown first, and a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject

from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import _
from aeapp.services.app import App
from aeapp.services.importing_cases import FOLLOW_UP, NEW_CASE, AlreadyHereError, ImportedCase
from aeapp.services.importing_messages import SeveralKnownError, is_message
from aeapp.services.importing_patients import KNOWN, NEW, PatientConflictError
from forms.alive import while_alive
from forms.ask import Question
from forms.desk import Desk

_SHOWN = 6
Cases = tuple[ImportedCase, ...]


@dataclass(frozen=True, slots=True)
class _Answers:
    """The file, and what a person said of it."""

    path: Path
    patient: str = ""
    case: str = ""
    number: str = ""


class CaseImport(QObject):
    """One import at a time, from the choice of the file to the report."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def begin(self) -> None:
        """Ask for the file."""
        kinds = _("Cases and electronic messages") + " (*.json *.xml *.pdf)"
        take = while_alive(self, lambda path: self._plan(_Answers(path)))
        self._desk.ask.open_file(_("Import a case"), None, kinds, take)

    def _plan(self, answers: _Answers) -> None:
        app = self._desk.app
        self._do(answers, lambda: _taken(app, answers, apply=False), self._show)

    def _do(
        self,
        answers: _Answers,
        work: Callable[[], Cases],
        on_done: Callable[[_Answers, Cases], None],
    ) -> None:
        """Work on the thread of writes; what only a person can say is asked."""

        def careful() -> Cases | AppError:
            try:
                return work()
            except (AlreadyHereError, PatientConflictError, SeveralKnownError) as error:
                return error

        def done(found: Cases | AppError) -> None:
            if isinstance(found, AppError):
                self._ask(answers, found)
            else:
                on_done(answers, found)

        self._desk.write(careful, while_alive(self, done))

    def _ask(self, answers: _Answers, error: AppError) -> None:
        if isinstance(error, SeveralKnownError):
            self._ask_which(answers, error, error.numbers)
            return
        ask = self._desk.ask.confirm
        again = self._plan
        if isinstance(error, PatientConflictError):
            question = Question(
                _("Is it the same person?"), _(error.message), _("The same; our facts stay"),
                _("Leave it"), _("Another person"),
            )  # fmt: skip
            yes, other = replace(answers, patient=KNOWN), replace(answers, patient=NEW)
        else:
            question = Question(
                _("This case is here already"), _(error.message), _("It is news of that case"),
                _("Leave it"), _("It is another case"),
            )  # fmt: skip
            yes, other = replace(answers, case=FOLLOW_UP), replace(answers, case=NEW_CASE)
        ask(
            question, while_alive(self, lambda: again(yes)), while_alive(self, lambda: again(other))
        )

    def _ask_which(
        self, answers: _Answers, error: SeveralKnownError, numbers: tuple[str, ...]
    ) -> None:
        """Ask of one case after the other whether it is news of that; of none it is another one."""
        if not numbers:
            self._plan(replace(answers, case=NEW_CASE))
            return
        number, *others = numbers
        question = Question(
            _("Is it news of case {number}?").format(number=number), _(error.message),
            _("It is news of that case"), _("Leave it"), _("Another case"),
        )  # fmt: skip
        yes = replace(answers, case=FOLLOW_UP, number=number)
        self._desk.ask.confirm(
            question,
            while_alive(self, lambda: self._plan(yes)),
            while_alive(self, lambda: self._ask_which(answers, error, tuple(others))),
        )

    def _show(self, answers: _Answers, plan: Cases) -> None:
        app = self._desk.app
        text = "\n\n".join(_words(one) for one in plan)
        question = Question(_("Take this in?"), text, _("Take it in"), _("Leave it"))
        store = while_alive(
            self, lambda: self._do(answers, lambda: _taken(app, answers, apply=True), self._stored)
        )
        self._desk.ask.confirm(question, store)

    def _stored(self, _answers: _Answers, done: Cases) -> None:
        self._desk.toast(
            _("Taken in: {numbers}.").format(numbers=", ".join(one.case_number for one in done))
        )
        app, number = self._desk.app, done[0].report_number

        def show(ids: list[str]) -> None:
            if ids:
                self._desk.show_report(ids[0])

        self._desk.read(lambda: app.cases.report_ids(number), while_alive(self, show))


def _taken(app: App, answers: _Answers, *, apply: bool) -> Cases:
    path, patient, case = answers.path, answers.patient, answers.case
    if is_message(path):
        return app.message_import.import_messages(
            path, patient=patient, case=case, number=answers.number, apply=apply
        )
    return (app.importing.import_case(path, patient=patient, case=case, apply=apply),)


def _words(one: ImportedCase) -> str:
    """Return what would become of a case, in a few lines."""
    counts = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in one.counts)
    lines = [
        _("Case {case}, report {report}").format(case=one.case_number, report=one.report_number),
        counts or _("Nothing that is not here."),
        *one.news[:_SHOWN],
        *(_(note) for note in one.notes),
    ]
    if one.left:
        lines.append(
            _("{n} values stand in no record. The message and their list are kept with the case:")
            .format(n=len(one.left))
        )  # fmt: skip
        lines += [f"· {_short(line)}" for line in one.left[:_SHOWN]]
        if len(one.left) > _SHOWN:
            lines.append(_("and {n} more").format(n=len(one.left) - _SHOWN))
    return "\n".join(lines)


def _short(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= 90 else f"{words[:89]}…"  # noqa: PLR2004 - one line of the dialog
