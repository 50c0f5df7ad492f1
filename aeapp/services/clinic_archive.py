"""What a whole clinic that goes out or comes in is to those who write and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from aeapp.domain.listings import Cell
from aeapp.domain.records import Clinic
from aeapp.trail.chain import Head

KIND = "clinic"
# Records that are read or stored at once.
BATCH = 500


class Packer(Protocol):
    """Writes the ZIP."""

    def add(self, name: str, parts: Iterable[bytes], rows: int | None = None) -> None:
        """Write one file of it."""

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
        """Yield a table as a file."""

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest."""

    def close(self) -> None:
        """End it, finished or given up."""


class Archive(Protocol):
    """Reads the ZIP; every method refuses what is not as the manifest states."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Return the manifest."""

    @property
    def sha256(self) -> str:
        """Return its hash."""

    def names(self) -> list[str]:
        """Return the names of its files but the manifest."""

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind there are."""

    def contents(self) -> list[str]:
        """Return the hashes of the contents."""

    def prove(self, name: str) -> None:
        """See that one file is what the manifest says."""

    def content(self, key: str) -> bytes:
        """Return one content, proved."""

    def lines(self, kind: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of each line of a kind."""


Opened = Callable[[Path], AbstractContextManager[Archive]]


@dataclass(frozen=True, slots=True)
class ClinicFormat:
    """How a clinic becomes a ZIP and back."""

    packer: Callable[[BinaryIO], Packer]
    opened: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicFile:
    """A whole clinic that went out or came in, or would.

    Attributes:
        counts: Records by kind.
        contents: How many files of records.
        sha256: Of the ZIP that was written; of the manifest of one that was read.
        made_at: When it was given out.
        program: What wrote it, with its version.
        clinic: Whose it is, as it stands in the file; None where the file has no clinic.
        people: Names by user name of the staff in the file.
        notes: Sentences on what is otherwise than in the file, or than it was here.
        applied: Whether it was stored.
        head: The entry of the trail of what went out.
    """

    counts: dict[str, int]
    contents: int
    sha256: str
    size: int = 0
    made_at: str = ""
    program: str = ""
    clinic: Clinic | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    applied: bool = True
    head: Head | None = None
