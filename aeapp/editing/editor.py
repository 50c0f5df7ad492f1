"""Hold a frozen model while a person edits it: text, undo, listeners.

Generic over the model: cases and settings alike. Widgets carry text; this module reads it, keeps
what cannot be read visible, and remembers every step so that undo survives a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from aeapp.domain import lens
from aeapp.domain.codecs import read, show
from aeapp.domain.findings import item_problem
from aeapp.domain.items import FieldSpec, spec_at
from aeapp.kernel.errors import BadInputError

T = TypeVar("T")
Writer = Callable[[T, str, Any], T]
Listener = Callable[[frozenset[str]], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: the value at ``path`` before and after, for undo and for the draft journal."""

    path: str
    before: Any
    after: Any


@dataclass
class Editor(Generic[T]):
    """Edits one model.

    Attributes:
        model: The value as edited so far; immutable, so it may be handed to threads.
        write: Puts a value at a path; a case settles its views here.
    """

    model: T
    write: Writer[T] = lens.put
    _saved: T = field(init=False)
    _unread: dict[str, tuple[str, str]] = field(init=False, default_factory=dict)
    _done: list[Step] = field(init=False, default_factory=list)
    _undone: list[Step] = field(init=False, default_factory=list)
    _open: bool = field(init=False, default=False)
    _listeners: list[Listener] = field(init=False, default_factory=list)
    _journal: list[Callable[[str, Step], None]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._saved = self.model

    def spec(self, path: str) -> FieldSpec:
        """Return what is declared at ``path``."""
        return spec_at(type(self.model), path)

    def value(self, path: str) -> Any:
        """Return the value at ``path``."""
        return lens.get(self.model, path)

    def text(self, path: str) -> str:
        """Return what a field shows: unreadable input as typed, else the value in words."""
        unread = self._unread.get(path)
        return unread[0] if unread else show(self.value(path))

    def problem(self, path: str) -> str | None:
        """Return what is wrong with the entry at ``path``: unreadable, or against its rules."""
        unread = self._unread.get(path)
        return unread[1] if unread else item_problem(self.spec(path), self.value(path))

    def enter(self, path: str, text: str) -> bool:
        """Take typed ``text``; unreadable text is kept visible and never reaches the model.

        Returns:
            Whether the text could be read.
        """
        try:
            value = read(self.spec(path), text)
        except BadInputError as error:
            self._unread[path] = (text, error.message)
            self._tell({path})
            return False
        self._set(path, value)
        return True

    def set(self, path: str, value: Any) -> None:
        """Take a picked value, a reason, or None."""
        self._set(path, value)

    def _set(self, path: str, value: Any) -> None:
        was_unread = self._unread.pop(path, None) is not None
        before = self.value(path)
        if not lens.differs(before, value):
            if was_unread:
                self._tell({path})
            return
        step = self._merge(Step(path, before, value))
        self._undone.clear()
        self._apply(path, value)
        self._record("edit", step)

    def _merge(self, step: Step) -> Step:
        # Consecutive edits of one field are one step for Undo.
        if self._open and self._done and self._done[-1].path == step.path:
            self._done[-1] = Step(step.path, self._done[-1].before, step.after)
        else:
            self._done.append(step)
        self._open = True
        return step

    def close_step(self) -> None:
        """End the running step: the next edit of the same field is one of its own."""
        self._open = False

    def _apply(self, path: str, value: Any) -> None:
        old = self.model
        self.model = self.write(old, path, value)
        self._tell(frozenset(lens.diff(old, self.model)) | {path})

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is a step to do again."""
        return bool(self._undone)

    def undo(self) -> Step | None:
        """Take the last step back and return it."""
        return self._travel(self._done, self._undone, "undo")

    def redo(self) -> Step | None:
        """Do the last undone step again and return it."""
        return self._travel(self._undone, self._done, "redo")

    def _travel(self, source: list[Step], target: list[Step], kind: str) -> Step | None:
        if not source:
            return None
        step = source.pop()
        target.append(step)
        self._open = False
        self._unread.pop(step.path, None)
        self._apply(step.path, step.before if kind == "undo" else step.after)
        self._record(kind, step)
        return step

    @property
    def dirty(self) -> bool:
        """Tell whether the model differs from what was last saved."""
        return self.model is not self._saved and bool(lens.diff(self._saved, self.model))

    @property
    def saved(self) -> T:
        """Return the model as last saved."""
        return self._saved

    def mark_saved(self, stored: T, written: T) -> None:
        """Take ``stored`` as saved; what was typed since ``written`` was handed over is kept.

        Args:
            stored: The model as the store returned it, versions raised.
            written: The model that was given to the store.
        """
        later = {path: after for path, (_, after) in lens.diff(written, self.model).items()}
        self._saved = stored
        self.model = stored
        for path, value in later.items():
            self.model = self.write(self.model, path, value)
        self._tell(frozenset({""}))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the changed paths after each change; returns the way out."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def keep_journal(self, journal: Callable[[str, Step], None]) -> None:
        """Tell ``journal`` each step: kind edit, undo or redo."""
        self._journal.append(journal)

    def replay(self, entries: Iterable[tuple[str, Step]]) -> int:
        """Bring journalled steps back, undo included; returns how many could be applied."""
        applied = 0
        for kind, step in entries:
            try:
                self._replay_one(kind, step)
            except KeyError:
                # The record it belonged to is gone; the rest of the draft still counts.
                continue
            applied += 1
        self._open = False
        self._tell(frozenset({""}))
        return applied

    def _replay_one(self, kind: str, step: Step) -> None:
        if kind == "edit":
            self.model = self.write(self.model, step.path, step.after)
            self._merge(step)
            self._undone.clear()
        elif kind == "close":
            self._open = False
        else:
            source, target = (
                (self._done, self._undone) if kind == "undo" else (self._undone, self._done)
            )
            last = source.pop() if source else step
            target.append(last)
            self._open = False
            value = last.before if kind == "undo" else last.after
            self.model = self.write(self.model, last.path, value)

    def _record(self, kind: str, step: Step) -> None:
        for journal in self._journal:
            journal(kind, step)

    def _tell(self, paths: Iterable[str]) -> None:
        changed = frozenset(paths)
        for listener in tuple(self._listeners):
            listener(changed)
