"""Hold a frozen model while a person edits it: text, undo, listeners.

Generic over the model: cases and settings alike. Widgets carry text; this module reads it, keeps
what cannot be read visible, and remembers every step so that undo survives a restart. Parts are
added by named structures, so that the journal can bring them back too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from aeapp.domain import lens
from aeapp.domain.codecs import read, show
from aeapp.domain.findings import item_problem
from aeapp.domain.items import FieldSpec, spec_at
from aeapp.kernel.errors import BadInputError

T = TypeVar("T")
Writer = Callable[[T, str, Any], T]
Listener = Callable[[frozenset[str]], None]
_MOVES = frozenset({"edit", "undo", "redo"})


@dataclass(frozen=True, slots=True)
class Step:
    """One edit: the value at ``path`` before and after, for undo and for the draft journal."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Structure(Generic[T]):
    """An edit that adds a part to the model, such as a product with its records.

    Attributes:
        add: Returns the model with the part that the argument describes.
        remove: Returns the model without it; None where the part must stay, being stored already.
    """

    add: Callable[[T, Any], T]
    remove: Callable[[T, Any], T | None]


def _as_it_is(_model: Any, path: str) -> str:
    return path


@dataclass(frozen=True, slots=True)
class Naming(Generic[T]):
    """How the journal names what a step is about, so that it is found where it stands later.

    Attributes:
        name: Returns the name of a path of the model; a path that needs none is its own name.
        find: Returns the path of a name. Raises KeyError where the model has no such part.
    """

    name: Callable[[T, str], str] = _as_it_is
    find: Callable[[T, str], str] = _as_it_is


@dataclass
class Editor(Generic[T]):
    """Edits one model.

    Attributes:
        model: The value as edited so far; immutable, so it may be handed to threads.
        write: Puts a value at a path; a case settles its views here.
        raw: Reads what ``write`` would change at a path. Where a path shows a computed value the
            two differ, and undo must bring back the answer of a person, not the computed one.
        structures: Parts that may be added, by name; a name is no path of the model.
        naming: How the journal names places that may shift before it is replayed.
    """

    model: T
    write: Writer[T] = lens.put
    structures: Mapping[str, Structure[T]] = field(default_factory=dict)
    raw: Callable[[T, str], Any] = lens.get
    naming: Naming[T] = field(default_factory=Naming)
    _saved: T = field(init=False)
    _unread: dict[str, tuple[str, str]] = field(init=False, default_factory=dict)
    _done: list[Step] = field(init=False, default_factory=list)
    _undone: list[Step] = field(init=False, default_factory=list)
    _open: bool = field(init=False, default=False)
    _since: list[tuple[str, Step]] | None = field(init=False, default=None)
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
            self._record("unread", Step(path, None, text))
            self._tell({path})
            return False
        self._set(path, value)
        return True

    def set(self, path: str, value: Any) -> None:
        """Take a picked value, a reason, or None."""
        self._set(path, value)

    def _set(self, path: str, value: Any) -> None:
        was_unread = self._unread.pop(path, None) is not None
        if not lens.differs(self.value(path), value):
            if was_unread:
                self._record("unread", Step(path, None, ""))
                self._tell({path})
            return
        self._do(Step(path, self.raw(self.model, path), value))

    def perform(self, name: str, argument: Any = None) -> None:
        """Add the part that the structure ``name`` makes of ``argument``, which JSON can hold."""
        self.close_step()
        self._do(Step(name, None, argument))
        self.close_step()

    def _do(self, step: Step) -> None:
        after = self._forward(step)
        self._merge(step)
        self._undone.clear()
        self._become(after, step.path)
        self._record("edit", step)

    def _merge(self, step: Step) -> None:
        # Consecutive edits of one field are one step for Undo.
        if self._open and self._done and self._done[-1].path == step.path:
            self._done[-1] = Step(step.path, self._done[-1].before, step.after)
        else:
            self._done.append(step)
        self._open = True

    def close_step(self) -> None:
        """End the running step: the next edit of the same field is one of its own."""
        if self._open:
            self._open = False
            self._record("close", Step("", None, None))

    def _after(self, step: Step, *, forward: bool) -> T | None:
        """Return the model with ``step`` done or taken back; None where it cannot be."""
        return self._forward(step) if forward else self._back(step)

    def _forward(self, step: Step) -> T:
        structure = self.structures.get(step.path)
        if structure is not None:
            return structure.add(self.model, step.after)
        return self.write(self.model, step.path, step.after)

    def _back(self, step: Step) -> T | None:
        structure = self.structures.get(step.path)
        if structure is not None:
            return structure.remove(self.model, step.after)
        return self.write(self.model, step.path, step.before)

    def _become(self, model: T, path: str) -> None:
        old, self.model = self.model, model
        self._tell(frozenset(lens.diff(old, model)) | {path})

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
        while source:
            self._open = False
            step = source.pop()
            after = self._after(step, forward=kind == "redo")
            if after is None:
                # A stored part stays; Undo goes on with what was done before it.
                self._record("kept", step)
                continue
            target.append(step)
            self._unread.pop(step.path, None)
            self._become(after, step.path)
            self._record(kind, step)
            return step
        return None

    @property
    def dirty(self) -> bool:
        """Tell whether the model differs from what was last saved."""
        return self.model is not self._saved and bool(lens.diff(self._saved, self.model))

    @property
    def saved(self) -> T:
        """Return the model as last saved."""
        return self._saved

    def hand_over(self) -> T:
        """Return the model for the store; what is done from here on outlives ``mark_saved``."""
        self._since = []
        return self.model

    def mark_saved(self, stored: T) -> None:
        """Take ``stored``, made of what was handed over, as saved and do later steps on it again.

        Args:
            stored: The model as the store returned it, versions raised.
        """
        since, self._since = self._since or [], None
        self._saved = self.model = stored
        for kind, step in since:
            if kind in _MOVES:
                self._move(step, forward=kind != "undo")
        self._tell(frozenset({""}))

    @property
    def unread(self) -> Mapping[str, str]:
        """Return what was typed and could not be read, by path."""
        return {path: text for path, (text, _) in self._unread.items()}

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the changed paths after each change; returns the way out."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def keep_journal(self, journal: Callable[[str, Step], None]) -> None:
        """Tell ``journal`` each step.

        Kinds: ``edit``, ``undo``, ``redo``; ``kept``, which Undo passed over; ``close``, after
        which the same field begins a step of its own; ``unread``, whose ``after`` is the text as
        typed, empty once it is no longer there.
        """
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
            applied += kind != "close"
        self._open = False
        self._tell(frozenset({""}))
        return applied

    def _replay_one(self, kind: str, kept: Step) -> None:
        step = replace(kept, path=self.naming.find(self.model, kept.path))
        match kind:
            case "edit":
                self._move(step, forward=True)
                self._unread.pop(step.path, None)
                self._merge(step)
                self._undone.clear()
            case "unread":
                self._replay_unread(step)
            case "close":
                self._open = False
            case "kept":
                self._done = self._done[:-1]
            case _:
                self._replay_travel(step, forward=kind == "redo")

    def _replay_unread(self, step: Step) -> None:
        self._unread.pop(step.path, None)
        if step.after:
            try:
                read(self.spec(step.path), step.after)
            except BadInputError as error:
                self._unread[step.path] = (step.after, error.message)

    def _replay_travel(self, step: Step, *, forward: bool) -> None:
        source, target = (self._undone, self._done) if forward else (self._done, self._undone)
        last = source.pop() if source else step
        self._open = False
        self._move(last, forward=forward)
        target.append(last)

    def _move(self, step: Step, *, forward: bool) -> None:
        after = self._after(step, forward=forward)
        self.model = self.model if after is None else after

    def _record(self, kind: str, step: Step) -> None:
        if self._since is not None:
            self._since.append((kind, step))
        if self._journal:
            kept = replace(step, path=self.naming.name(self.model, step.path))
        for journal in self._journal:
            journal(kind, kept)

    def _tell(self, paths: Iterable[str]) -> None:
        changed = frozenset(paths)
        for listener in tuple(self._listeners):
            listener(changed)
