"""One report being worked on: opened with its draft, checked after each edit, kept, saved.

Between the services and the page: it knows threads and the editor, and shows nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from aeapp.domain import lens
from aeapp.domain.case import Case, is_view, write
from aeapp.domain.case_parts import PARTS, answered_at, name_of, path_of
from aeapp.domain.checking import Checker
from aeapp.domain.destinations import FDA3500 as VOLUNTARY
from aeapp.domain.readiness import Readiness
from aeapp.editing.editor import Editor, Naming, Step, Structure
from aeapp.kernel import log
from aeapp.kernel.errors import AppError
from aeapp.kernel.progress import Progress
from aeapp.services.drafts import report_scope
from aeapp.services.ports import ChangedElsewhereError
from aeapp.services.report_forms import rules_for
from forms import autosave
from forms.alive import while_alive
from forms.autosave import Autosave
from forms.bars import SaveState
from forms.conflicts import find_conflicts
from forms.desk import Desk
from forms.errors import shown_as

NAMING: Naming[Case] = Naming(name_of, path_of)
STRUCTURES = {name: Structure(part.add, part.remove) for name, part in PARTS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """How long things wait, in milliseconds; none in tests."""

    pause: int = autosave.DELAY_MS
    longest: int = autosave.MOST_MS
    preview: int = 300


@dataclass(frozen=True, slots=True)
class _Opened:
    case: Case
    steps: list[tuple[str, Step]]
    kept_at: str


def changed_before(saved: Case, now: Case) -> bool:
    """Tell whether a value that was stored is different now: the trail asks why."""
    return any(
        before is not None and not is_view(path)
        for path, (before, _) in lens.diff(saved, now).items()
    )


def nothing_typed() -> None:
    """Take nothing in: no field holds words that the editor lacks."""


class ReportWork(QObject):
    """The editor of one report, and everything that happens to it in the background.

    Signals:
        opened: The editor is there.
        restored: Unsaved work came back; carries when it was kept, as UTC text.
        checked: Findings of the case as it is now.
        unchecked: The case could not be checked; carries the error.
        saved: Everything is stored.
        conflicted: Somebody saved the same record meanwhile; carries the error.
        failed: The report could not be opened; carries the error.
        undecided: Nothing is stored while a choice between two values is open.

    Attributes:
        conflicts: Item -> what somebody else stored in it while this person changed it, too.
        destination: Key of the destination whose findings are told.
        ready: How ready the case is for each destination, as it was last checked.
        take_in: Brings into the editor what is still being typed, before it is kept or stored.
    """

    opened = Signal()
    restored = Signal(str)
    checked = Signal(object)
    unchecked = Signal(object)
    saved = Signal()
    conflicted = Signal(object)
    failed = Signal(object)
    undecided = Signal()

    def __init__(
        self, desk: Desk, report_id: str, parent: QObject | None = None, *, delays: Delays
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.report_id = report_id
        self._scope = report_scope(report_id)
        self._delays = delays
        self._saving = False
        self._refused = False
        self._after: list[Callable[[], None]] = []
        self.reason = ""
        self.conflicts: dict[str, Any] = {}
        self.destination = VOLUNTARY
        self.ready: tuple[Readiness, ...] = ()
        self._checker = Checker()
        self.take_in: Callable[[], None] = nothing_typed
        self.editor: Editor[Case] | None = None
        self._autosave: Autosave | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self.check)

    # --- opening

    def open(self) -> None:
        """Read the case and this person's draft of it."""
        # On the thread of writes, so that a save under way is finished by then.
        self._desk.runners.store.start(
            self._read,
            on_done=while_alive(self, self._on_read),
            on_failed=while_alive(self, self._on_unread),
        )

    def _read(self, _progress: Progress) -> _Opened:
        app = self._desk.app
        (line,) = app.cases.report_lines([self.report_id])
        case = app.cases.gather(line.case_id, self.report_id)
        return _Opened(case, app.drafts.steps(self._scope), app.drafts.kept_at(self._scope))

    def _on_unread(self, error: BaseException) -> None:
        self.failed.emit(error)

    def _on_read(self, opened: object) -> None:
        assert isinstance(opened, _Opened)  # noqa: S101 - it is what the job returns
        editor = Editor(opened.case, write, STRUCTURES, answered_at, NAMING)
        editor.replay(opened.steps)
        self.conflicts = find_conflicts(editor, opened.case, opened.steps)
        self.editor = editor
        self.destination = rules_for(opened.case.report)
        self._autosave = Autosave(
            editor,
            lambda steps: self._desk.app.drafts.keep_all(self._scope, steps),
            self._desk.runners.store,
            self,
            delay_ms=self._delays.pause,
            most_ms=self._delays.longest,
        )
        self._autosave.kept.connect(self._on_kept)
        self._autosave.failed.connect(self._on_not_kept)
        editor.subscribe(self._on_changed)
        self.opened.emit()
        if editor.dirty or editor.unread:
            self._desk.show_saved(SaveState.DRAFT, self._time())
            self.restored.emit(opened.kept_at)
        else:
            self._desk.show_saved(SaveState.SAVED, "")
        self._due.start()

    # --- editing

    @property
    def case(self) -> Case:
        """Return the case as it is now; only after it was opened."""
        assert self.editor is not None  # noqa: S101 - opened is told first
        return self.editor.model

    @property
    def dirty(self) -> bool:
        """Tell whether something is not stored."""
        return self.editor is not None and self.editor.dirty

    @property
    def asks_why(self) -> bool:
        """Tell whether a stored value was changed."""
        return self.editor is not None and changed_before(self.editor.saved, self.editor.model)

    def flush(self) -> None:
        """Keep what was typed now, as when a field is left or the screen locks."""
        self.take_in()
        if self._autosave is not None:
            self._autosave.flush()

    def _on_changed(self, _paths: frozenset[str]) -> None:
        self._due.start()

    def check(self) -> None:
        """Tell the findings of the case as it is now, or that nobody knows them."""
        self._due.stop()
        if self.editor is None:
            return
        try:
            self.ready = self._desk.app.cases.check_all(self.editor.model, self._checker)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing may look checked
            if isinstance(error, AppError):
                log.event("error.shown", code=error.code)
            else:
                log.bug(error)
            self.ready = ()
            self.unchecked.emit(error)
            return
        self._tell()

    def choose(self, destination: str) -> None:
        """Tell the findings of another destination from here on."""
        self.destination = destination
        if self.ready:
            self._tell()

    def _tell(self) -> None:
        ready = next(r for r in self.ready if r.destination.key == self.destination)
        self.checked.emit(ready.findings)

    def _on_kept(self) -> None:
        if self._saving or self._refused or self.editor is None:
            # That a save failed stays to be seen until one succeeds.
            return
        if self.dirty or self.editor.unread:
            self._desk.show_saved(SaveState.DRAFT, self._time())
        else:
            self._desk.show_saved(SaveState.SAVED, "")

    def _on_not_kept(self, error: object) -> None:
        if isinstance(error, BaseException):
            self._desk.show_saved(SaveState.NOT_SAVED, shown_as(error).message)
            self._desk.errors.show(error, retry=self.flush)

    def _time(self) -> str:
        return f"{self._desk.app.context.now():%H:%M:%S}"

    # --- saving

    def save(self, after: Callable[[], None] | None = None) -> None:
        """Store what changed, each record with its entry, then call ``after``.

        Neither while a choice between two values is open.
        """
        self.take_in()
        if self.conflicts:
            self.undecided.emit()
            return
        if after is not None:
            self._after.append(after)
        if self._saving or self.editor is None or self._autosave is None:
            return
        if not self.editor.dirty:
            self._go_on()
            return
        self._saving = True
        self._desk.show_saved(SaveState.SAVING, "")
        old, new, reason = self.editor.saved, self.editor.hand_over(), self.reason
        pending = self._autosave.take()
        keeper = self._autosave

        def work(_progress: Progress) -> Case:
            return self._desk.app.cases.save(old, new, reason=reason, draft=self._scope)

        def failed(error: BaseException) -> None:
            self._saving = False
            self._refused = True
            self._after.clear()
            keeper.put_back(pending)
            self._on_save_failed(error)

        self._desk.runners.store.start(
            work,
            on_done=while_alive(self, self._on_saved),
            on_failed=while_alive(self, failed),
        )

    def _on_saved(self, stored: object) -> None:
        assert isinstance(stored, Case)  # noqa: S101 - it is what the job returns
        assert self.editor is not None  # noqa: S101 - it was saved
        self._saving = self._refused = False
        self.reason = ""
        self.editor.mark_saved(stored)
        for path, text in self.editor.unread.items():
            # The journal was cleared by the save; what could not be read is not in the case.
            if self._autosave is not None:
                name = name_of(self.editor.model, path)
                self._autosave.add("unread", Step(name, None, text))
        self._desk.show_saved(SaveState.SAVED, self._time())
        self.saved.emit()
        self._go_on()

    def _go_on(self) -> None:
        waiting, self._after = self._after, []
        for after in waiting:
            after()

    def _on_save_failed(self, error: BaseException) -> None:
        self._desk.show_saved(SaveState.NOT_SAVED, shown_as(error).message)
        if isinstance(error, ChangedElsewhereError):
            self.conflicted.emit(error)
        else:
            self._desk.errors.show(error, retry=self.save)
