"""The only place that turns an exception into something people see.

Expected errors say what happened and what to do. Anything else is a bug: it is logged by type and
place only, and the dialog holds no data of a patient.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aeapp.kernel import log
from aeapp.kernel.errors import AppError, KnownError
from aeapp.kernel.i18n import N_, _
from forms.theme import px
from forms.widgets.buttons import Button
from forms.widgets.labels import Icon, label


class UnexpectedError(AppError):
    """A bug, as people see it.

    Attributes:
        kind: Type of the exception; all of it that may be shown.
    """

    code = "bug"

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            N_("Something in the program went wrong."),
            remedy=N_("What you typed is kept. Close the program and open it again."),
        )
        self.kind = type(error).__name__


class UncheckedError(AppError):
    """A report that could not be checked: what is missing in it is not known.

    Attributes:
        kind: Type of the exception; all of it that may be shown.
    """

    code = "report.unchecked"

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            N_("The report could not be checked: a rule stopped with an error of the program."),
            remedy=N_("Try again, or change an answer; until then nothing says what is missing."),
        )
        self.kind = type(error).__name__


def unchecked_as(error: BaseException) -> AppError:
    """Return why a report is not checked, as people may see it."""
    return error if isinstance(error, AppError) else UncheckedError(error)


def shown_as(error: BaseException) -> AppError:
    """Return ``error`` as people may see it; a bug becomes one without its words."""
    return error if isinstance(error, AppError) else UnexpectedError(error)


class ErrorCard(QFrame):
    """What happened, what to do, Retry where it makes sense, and the code.

    Signals:
        retried: Retry was pressed.
        elsewhere: Another folder is wanted.
    """

    retried = Signal()
    elsewhere = Signal()

    def __init__(
        self,
        error: AppError,
        parent: QWidget | None = None,
        *,
        retry: bool = False,
        folder: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setProperty("state", "wrong")
        what = label(_(error.message), "strong", wrap=True)
        remedy = label(_(error.remedy), "label", wrap=True)
        kind = error.kind if isinstance(error, UnexpectedError | UncheckedError) else ""
        caption = label(f"{error.code}.{kind}" if kind else error.code, "caption")
        caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"{_(error.message)} {_(error.remedy)}")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(what)
        words.addWidget(remedy)
        last = QHBoxLayout()
        last.setSpacing(8)
        if retry:
            again = Button(_("Retry"), self)
            again.clicked.connect(self.retried)
            last.addWidget(again)
        if folder:
            other = Button(_("Other folder…"), self)
            other.clicked.connect(self.elsewhere)
            last.addWidget(other)
        last.addWidget(caption)
        last.addStretch(1)
        words.addLayout(last)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(Icon("error", "overdue", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class ErrorDialog(QDialog):
    """An error that concerns no single card; it never blocks the event loop.

    Signals:
        retried: Retry was pressed.
    """

    retried = Signal()

    def __init__(
        self,
        error: AppError,
        parent: QWidget | None = None,
        *,
        retry: bool = False,
        log_file: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("AEApp")
        self.setMinimumWidth(px(440))
        card = ErrorCard(error, self, retry=retry)
        card.retried.connect(self._on_retried)
        close = Button(_("Close"), self, kind="main", key="Esc")
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(card)
        if log_file is not None and isinstance(error, UnexpectedError):
            place = label(
                _("Send this file to support: {path}").format(path=log_file), "caption", wrap=True
            )
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(place)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()

    def _on_retried(self) -> None:
        self.accept()
        self.retried.emit()


class Errors(QObject):
    """Shows errors over the main window and takes those that nobody caught.

    Signals:
        occurred: An error came from another thread; carries it to the GUI thread.
    """

    occurred = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, log_file: Path | None = None) -> None:
        super().__init__(parent)
        self._window = parent
        self._log_file = log_file
        self._open: ErrorDialog | None = None
        self.occurred.connect(self._on_occurred)

    def show(
        self, error: BaseException, retry: Callable[[], None] | None = None
    ) -> ErrorDialog | None:
        """Show an error, with Retry where ``retry`` is given and the surroundings are to blame.

        One dialog at a time: what follows while it is open is logged only.
        """
        if not isinstance(error, AppError):
            log.bug(error)
        else:
            log.event("error.shown", code=error.code)
        if self._open is not None:
            return None
        known = shown_as(error)
        again = retry if isinstance(known, KnownError) else None
        dialog = ErrorDialog(known, self._window, retry=again is not None, log_file=self._log_file)
        if again is not None:
            dialog.retried.connect(again)
        dialog.finished.connect(self._on_finished)
        self._open = dialog
        dialog.open()
        return dialog

    def install(self) -> None:
        """Take every error that nobody caught, from Python, its threads and Qt."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_error
        qInstallMessageHandler(_log_qt_message)

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.occurred.emit(error)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.occurred.emit(args.exc_value)

    def _on_occurred(self, error: object) -> None:
        if isinstance(error, BaseException):
            self.show(error)

    def _on_finished(self, _result: int) -> None:
        self._open = None


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    # The text may quote what a widget shows; the place is enough to find it.
    log.event("qt.message", kind=kind.name, code=context.category or "", line=context.line or 0)
