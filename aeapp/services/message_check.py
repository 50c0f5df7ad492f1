"""What is wrong with anybody's electronic message; no clinic has to be open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aeapp.domain.findings import Severity
from aeapp.formspecs.e2b_r3.checking import (
    MessageFinding,
    Profile,
    blocks,
    check,
    check_header,
    check_message,
)
from aeapp.formspecs.e2b_r3.message import Batch
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.reading import read_batch, read_message
from aeapp.formspecs.e2b_r3.structure import check_node, check_nodes, check_root
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Passes, Progress, ReadSoFar, unheard
from aeapp.services.schema_sets import ChosenSet, SchemaVerdict

LIMIT = 25 * 1024 * 1024
# Of a long file; nobody reads more.
MOST_FINDINGS = 1_000


_READING = N_("kB; reading the file")
_COUNTING = N_("kB; counting the messages")
_CHECKING = N_("kB; checking the messages")
_BY_SCHEMA = N_("kB; holding them against the ICH schema")


class Read(Protocol):
    """Reads the bytes of a message, and tells how far it is."""

    def __call__(self, content: bytes, told: ReadSoFar = unheard, /) -> Node:
        """Return its nodes."""


class Stream(Protocol):
    """Hands the messages of a file over one by one, and tells how far it is."""

    def __call__(
        self, path: Path, take: Callable[[Node], None], told: ReadSoFar = unheard, /
    ) -> Node:
        """Return the batch without its messages."""


class ValidateLong(Protocol):
    """Holds a file of any length against a schema set, and tells how far it is."""

    def __call__(self, path: Path, place: Path, told: ReadSoFar = unheard, /) -> SchemaVerdict:
        """Return what the set says."""


@dataclass(frozen=True, slots=True)
class MessageFormat:
    """How messages become files and back."""

    write: Callable[[Node, str], bytes]
    read: Read
    validate: Callable[[bytes, Path], SchemaVerdict]
    pieces: Callable[[Node, Iterable[Node], str], Iterator[bytes]]
    stream: Stream
    validate_long: ValidateLong


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        batch: The values; of a long file only its header.
        findings: Of our own rules, which always run; of a long file the first ones.
        schema: None where there is no set: the message is not checked against it.
        told: Of the set: that it was changed, or is not where it was. "" where nothing is.
        messages: How many there are.
        more: How many findings were counted and are not told.
        blocked: One of those was one that a receiver refuses a message for.
    """

    batch: Batch
    findings: tuple[MessageFinding, ...]
    schema: SchemaVerdict | None
    told: str = ""
    messages: int = 0
    more: int = 0
    blocked: bool = False

    @property
    def refused(self) -> bool:
        """Tell whether a receiver would refuse it."""
        return self.blocked or blocks(self.findings) or bool(self.schema and self.schema.errors)


@dataclass(slots=True)
class Tally:
    """What is found in a long file: the first findings, and how many came after them."""

    findings: list[MessageFinding] = field(default_factory=list)
    messages: int = 0
    more: int = 0
    blocked: bool = False

    def count(self, _message: object) -> None:
        """Count a message."""
        self.messages += 1

    def add(self, found: Iterable[MessageFinding]) -> None:
        """Keep findings as long as there is room, and count the rest."""
        for finding in found:
            if len(self.findings) < MOST_FINDINGS:
                self.findings.append(finding)
            else:
                self.more += 1
                self.blocked |= finding.severity is Severity.BLOCKS


@dataclass(frozen=True, slots=True)
class MessageCheck:
    """By whose rules and on which day messages are checked.

    Attributes:
        kinds: How a message is read, and held against a schema set.
        profile: Whose rules.
        schemas: The set it is held against.
        today: A date after it is in the future.
    """

    kinds: MessageFormat
    profile: Profile
    schemas: ChosenSet
    today: dt.date

    def of_file(self, path: Path, progress: Progress | None = None) -> Checked:
        """Return what is wrong with a file; a long one is read message by message.

        Raises:
            CancelledError: The person stopped it.
            FileTroubleError: It cannot be read.
            ImportRejected: It is no E2B(R3) message, is broken, or names entities or other files.
            RefusedError: The set that was named is not there, or is not used.
        """
        if path.is_file() and path.stat().st_size > LIMIT:
            return self._of_long(path, progress or NoProgress())
        return self.of_content(read_whole(path, LIMIT), progress)

    def of_content(self, content: bytes, progress: Progress | None = None) -> Checked:
        """Return what is wrong with the bytes of a message.

        Raises:
            CancelledError: The person stopped it.
            ImportRejected: It is no E2B(R3) message, is broken, or names entities or other files.
            RefusedError: The set that was named is not there, or is not used.
        """
        passes = self._passes(progress or NoProgress(), len(content))
        root = self.kinds.read(content, passes.begin(_(_READING)))
        batch = read_batch(root)
        told, each = passes.begin(_(_CHECKING)), len(content) // max(1, len(batch.messages))
        found = check(batch, self.profile, self.today, lambda n: told(n * each))
        found += (*check_nodes(root),)
        verdict = None
        if (place := self.schemas.place) is not None:
            passes.begin(_(_BY_SCHEMA))
            verdict = self.kinds.validate(content, place)
        return Checked(batch, found, verdict, self._told(verdict), len(batch.messages))

    def _passes(self, progress: Progress, size: int) -> Passes:
        """Return who tells of the two readings, and of the third where there is a schema set."""
        return Passes(progress, size, 2 if self.schemas.place is None else 3)

    def _of_long(self, path: Path, progress: Progress) -> Checked:
        tally, place = Tally(), self.schemas.place
        passes = self._passes(progress, path.stat().st_size)
        # The sender of the batch stands behind its messages and is asked for in each.
        root = self.kinds.stream(path, tally.count, passes.begin(_(_COUNTING)))
        header = read_batch(root)
        tally.add(check_root(root))
        tally.add(check_header(header, tally.messages, self.today))
        tally.messages = 0

        def take(node: Node) -> None:
            tally.count(node)
            where, message = str(tally.messages), read_message(node)
            tally.add(check_message(where, header, message, self.profile, self.today))
            tally.add(check_node(where, node))

        self.kinds.stream(path, take, passes.begin(_(_CHECKING)))
        verdict = None
        if place is not None:
            verdict = self.kinds.validate_long(path, place, passes.begin(_(_BY_SCHEMA)))
        return Checked(
            header, tuple(tally.findings), verdict, self._told(verdict),
            tally.messages, tally.more, tally.blocked,
        )  # fmt: skip

    def _told(self, verdict: SchemaVerdict | None) -> str:
        return self.schemas.told(verdict.sha256 if verdict else "")
