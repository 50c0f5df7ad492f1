"""A disk that loses its power: records what the program writes, then builds what is left.

Writes that were not followed by a sync of their file may be on the disk or not, whole or
in part; names that were not followed by a sync of their folder likewise.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

SECTOR = 512
Disk = dict[str, bytes]


@dataclass(frozen=True)
class Event:
    """One call of the program: ``kind`` of write, cut, sync, sync-folder or rename."""

    kind: str
    name: str = ""
    offset: int = 0
    content: bytes = b""
    target: str = ""

    def on(self, disk: Disk) -> None:
        """Do to ``disk`` what a write or cut does."""
        old = disk.get(self.name, b"")
        if self.kind == "cut":
            disk[self.name] = old[: self.offset].ljust(self.offset, b"\0")
        else:
            end = self.offset + len(self.content)
            disk[self.name] = (
                old[: self.offset].ljust(self.offset, b"\0") + self.content + old[end:]
            )

    def torn(self, chance: random.Random) -> Event:
        """The event as half of it reached the disk; a cut happens whole or not."""
        sectors = len(self.content) // SECTOR
        length = SECTOR * chance.randint(0, sectors)
        return replace(self, content=self.content[:length])


@dataclass
class Recorder:
    """Notes the system calls that touch ``folder`` while ``watching`` runs."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    events: list[Event] = field(default_factory=list)
    _names: dict[int, str] = field(default_factory=dict)
    _offsets: dict[int, int] = field(default_factory=dict)

    def watching(self, action: Callable[[], object]) -> list[Event]:
        self.events = []
        with self.monkeypatch.context() as patch:
            for name in ("open", "close", "write", "ftruncate", "fsync", "replace"):
                patch.setattr(os, name, getattr(self, f"_{name}")(getattr(os, name)))
            action()
        return self.events

    def _open(self, real: Callable) -> Callable:
        def call(path: object, flags: int, *rest: int) -> int:
            handle = real(path, flags, *rest)
            if Path(path) == self.folder:
                self._names[handle] = "."
            elif Path(path).parent == self.folder:
                self._names[handle] = Path(path).name
                self._offsets[handle] = 0
            return handle

        return call

    def _close(self, real: Callable) -> Callable:
        def call(handle: int) -> None:
            self._names.pop(handle, None)
            real(handle)

        return call

    def _write(self, real: Callable) -> Callable:
        def call(handle: int, content: bytes) -> int:
            written = real(handle, content)
            if name := self._names.get(handle):
                offset = self._offsets[handle]
                self.events.append(Event("write", name, offset, bytes(content[:written])))
                self._offsets[handle] += written
            return written

        return call

    def _ftruncate(self, real: Callable) -> Callable:
        def call(handle: int, length: int) -> None:
            real(handle, length)
            if name := self._names.get(handle):
                self.events.append(Event("cut", name, length))

        return call

    def _fsync(self, real: Callable) -> Callable:
        def call(handle: int) -> None:
            real(handle)
            if name := self._names.get(handle):
                self.events.append(Event("sync-folder" if name == "." else "sync", name))

        return call

    def _replace(self, real: Callable) -> Callable:
        def call(old: object, new: object) -> None:
            real(old, new)
            self.events.append(Event("rename", Path(old).name, target=Path(new).name))

        return call


def images(start: Disk, events: list[Event], cut: int, chance: random.Random) -> Iterator[Disk]:
    """What may be on the disk after a power cut before event number ``cut``."""
    for likelihood, torn in ((0, False), (1, False), (0.5, False), (0.5, False), (0.5, True)):
        durable, unsynced, renames = _until(start, events[:cut])
        for event in unsynced:
            if chance.random() < likelihood:
                (event.torn(chance) if torn else event).on(durable)
        _rename(durable, [e for e in renames if chance.random() < likelihood])
        yield durable


def _until(start: Disk, events: list[Event]) -> tuple[Disk, list[Event], list[Event]]:
    """What is on the disk for certain, and the writes and renames that may be."""
    durable, unsynced, renames = dict(start), [], []
    for event in events:
        if event.kind == "sync":
            for earlier in [e for e in unsynced if e.name == event.name]:
                earlier.on(durable)
            unsynced = [e for e in unsynced if e.name != event.name]
        elif event.kind == "sync-folder":
            _rename(durable, renames)
            renames = []
        else:
            (renames if event.kind == "rename" else unsynced).append(event)
    return durable, unsynced, renames


def _rename(disk: Disk, events: list[Event]) -> None:
    for event in events:
        disk[event.target] = disk.pop(event.name)


def disk_of(folder: Path) -> Disk:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def put(folder: Path, disk: Disk) -> None:
    """Make ``folder`` hold exactly ``disk``."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in disk.items():
        (folder / name).write_bytes(content)
