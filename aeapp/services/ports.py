"""What services ask of the outside: protocols, and the refusals those protocols may answer with.

Who fulfils them is decided by bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, TypeVar

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.release import Release
from aeapp.domain.finding.question import Answer, Question
from aeapp.domain.items import Record
from aeapp.domain.vitals.intake.gathering import Parsed, Terms
from aeapp.kernel.errors import KnownError, RefusedError
from aeapp.kernel.i18n import N_
from aeapp.trail.chain import Head
from aeapp.trail.entry import Actor, TrailEntry

R = TypeVar("R", bound=Record)


class NotFoundError(RefusedError):
    """No record has this id."""

    code: ClassVar[str] = "record.not-found"

    def __init__(self, kind: str) -> None:
        super().__init__(
            N_("This entry is not in the clinic's records."),
            remedy=N_("Close the page, search again and open it from the list."),
        )
        self.kind = kind


class ChangedElsewhereError(RefusedError):
    """Somebody saved the record since it was read.

    Attributes:
        paths: Items in which the stored record and the one to be saved differ.
        who, at: Who saved it last, and when (UTC text).
    """

    code: ClassVar[str] = "record.changed-elsewhere"

    def __init__(self, kind: str, *, paths: tuple[str, ...], who: str, at: str) -> None:
        super().__init__(
            N_("Somebody else has saved this entry since you opened it."),
            remedy=N_("Compare the marked items, enter yours again where needed, then save."),
        )
        self.kind, self.paths, self.who, self.at = kind, paths, who, at


class TakenError(RefusedError):
    """A number or name that may exist only once is in use."""

    code: ClassVar[str] = "record.taken"

    def __init__(self, what: str) -> None:
        super().__init__(
            N_("This number or name already belongs to another entry."),
            remedy=N_("Choose another one, or open the existing entry."),
        )
        self.what = what


class FrozenAlteredError(KnownError):
    """What was kept of a version that was sent is not there, or is not what it was."""

    code: ClassVar[str] = "frozen.altered"

    def __init__(self) -> None:
        super().__init__(
            N_("A document that was kept as sent is missing or was altered."),
            remedy=N_("Run verify, and take the document from a backup made before."),
        )


class RecordStore(Protocol):
    """The records inside a transaction.

    Names in ``where``, ``contains`` and ``order_by`` are paths of the record's own items and
    links (``started``, ``patient_id``, ``device.brand``) or ``id``; any other is an error of the
    program and raises KeyError. A value None asks for rows without a value and without a reason,
    a NullFlavor for that reason, a list or tuple for any of its members.
    """

    def get(self, kind: str, id: str) -> Record:  # noqa: A002 - the record's own word
        """Return the record.

        Raises:
            NotFoundError: There is none.
        """

    def find(self, kind: str, **equal: Any) -> list[Record]:
        """Return the records whose links and items equal ``equal``, oldest first."""

    def query(
        self,
        kind: str,
        *,
        where: Mapping[str, Any] | None = None,
        contains: Mapping[str, str] | None = None,
        order_by: Sequence[str] = (),
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Record]:
        """Return one page of records; ``contains`` compares without regard to case."""

    def ids(
        self,
        kind: str,
        *,
        where: Mapping[str, Any] | None = None,
        contains: Mapping[str, str] | None = None,
        order_by: Sequence[str] = (),
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:
        """Return the ids of the same records, for lists that load their lines page by page."""

    def walk(self, kind: str, size: int = 1000) -> Iterator[list[Record]]:
        """Yield every record of a kind in the order of ids, ``size`` of them at a time."""

    def many(self, kind: str, ids: Sequence[str]) -> list[Record]:
        """Return the records in the order of ``ids``; ids that are not there are left out."""

    def count(
        self,
        kind: str,
        *,
        where: Mapping[str, Any] | None = None,
        contains: Mapping[str, str] | None = None,
    ) -> int:
        """Return how many records there are."""

    def cells(
        self,
        kind: str,
        paths: Sequence[str],
        *,
        members: str = "",
        where: Mapping[str, Any] | None = None,
        in_order: bool = True,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the id of each record and its items at ``paths``, oldest first.

        No record is made: for counting over hundreds of thousands. A reason stands as its
        NullFlavor.

        Args:
            kind: Kind of record.
            paths: Items; with ``members`` those of the members.
            members: A repeat of the record, such as ``items``: one tuple a member.
            where: Items that must equal a value or one of a tuple of values.
            in_order: False gives them as they lie, read while they are asked for: faster for very
                many, and they are not all held. Read them to the end before anything is stored.
        """

    def unlinked(
        self, kind: str, by: str, link: str, *, where: Mapping[str, Any] | None = None
    ) -> list[str]:
        """Return the ids of the records to which no record of kind ``by`` links, oldest first."""

    def tally(
        self, kind: str, link: str, ids: Sequence[str], newest: str
    ) -> dict[str, tuple[int, Any]]:
        """Return how many records link to each of ``ids``, and the latest date at ``newest``.

        An id that no record links to is left out; the date is None where no record has one.
        """

    def highest(self, kind: str, name: str, prefix: str) -> str:
        """Return the greatest text of item ``name`` that begins with ``prefix``, or "".

        Longer is greater, so that 100000 follows 99999. Call ``UnitOfWork.lock`` first when the
        next number is derived from it.
        """


class TrailStore(Protocol):
    """The audit trail inside a transaction: entries are added and read, never changed."""

    def note(  # noqa: D417 - entity and entity_id say themselves
        self,
        action: str,
        *,
        who: Actor,
        entity: str = "",
        entity_id: str = "",
        data: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> Head:
        """Add an entry for something that changes no record; return the new head.

        Args:
            action: Such as ``export``, ``login``, ``import``, ``print``.
            data: JSON values without floats; hashes and counts, no patient data.
        """

    def head(self) -> Head:
        """Return the newest entry's number and hash."""

    def head_of(self, records: Sequence[tuple[str, str]]) -> Head:
        """Return the newest entry that wrote any of ``records``, given as (kind, id).

        A printed page names it, so that the same version prints the same bytes for ever.
        """

    def of(self, entity: str, entity_id: str) -> list[TrailEntry]:
        """Return the entries of one record, oldest first; rows of an import included."""

    def of_many(self, ids: Sequence[str]) -> list[TrailEntry]:
        """Return the entries of several records, oldest first; imports of many not included."""

    def by_action(self, action: str) -> list[TrailEntry]:
        """Return the entries of one action that changed no record, such as ``export``, in order."""

    def newest(self, limit: int = 100) -> list[TrailEntry]:
        """Return the latest entries, newest first."""

    def lines(self) -> Iterator[str]:
        """Yield the whole trail as JSON lines that ``tools/verify_trail.py`` can check."""


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """One unsaved step of somebody's work; its repr shows no payload."""

    n: int
    kind: str
    payload: str
    at: str

    def __repr__(self) -> str:
        return f"Draft({self.n}, {self.kind})"


class DraftStore(Protocol):
    """What people typed and have not saved, encrypted like everything else, never audited."""

    def append(self, user_id: str, scope: str, kind: str, payload: str) -> int:
        """Add a step to a user's draft of ``scope``; return its number, from 1."""

    def read(self, user_id: str, scope: str) -> list[Draft]:
        """Return the steps in order."""

    def clear(self, user_id: str, scope: str) -> None:
        """Forget the draft."""

    def scopes(self, user_id: str) -> list[str]:
        """Return what the user has drafts of, the oldest first."""


class FindingStore(Protocol):
    """What search looks through, as the transaction sees it."""

    def find(self, question: Question, *, most: int = 1000, quick: bool = False) -> Answer:
        """Return what fits ``question``, best first; of too many, the newest ``most``.

        Where nothing fits, words that nothing begins with are tried as mistyped names; the answer
        says which. With ``quick`` they are not, and no more than ``most`` are counted.
        """

    def meant(self, typed: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return (typed, meant) for words that nothing begins with and that are near a name."""


class BlobStore(Protocol):
    """Files that belong to records, by their SHA-256, inside the transaction."""

    def put(self, content: bytes) -> str:
        """Keep ``content``, once; return its hash."""

    def holds(self, key: str) -> bool:
        """Tell whether the content is here."""

    def get(self, key: str) -> bytes | None:
        """Return a content as it is stored, or None where it is not here."""

    def keys(self) -> list[str]:
        """Return the hash of every content, in order."""

    def proven(self, key: str) -> bytes:
        """Return the content of this hash.

        Raises:
            FrozenAlteredError: There is none, or it has another hash.
        """


class UnitOfWork(Protocol):
    """One transaction; leaving the block without commit() undoes it."""

    @property
    def records(self) -> RecordStore:
        """The records inside this transaction."""

    @property
    def trail(self) -> TrailStore:
        """The audit trail inside this transaction."""

    @property
    def drafts(self) -> DraftStore:
        """The drafts inside this transaction."""

    @property
    def finding(self) -> FindingStore:
        """What search looks through."""

    @property
    def blobs(self) -> BlobStore:
        """The files that belong to records."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, kind: object, error: object, trace: object, /) -> None:
        """Undo what was not committed."""

    def lock(self) -> None:
        """Let nobody else write from here to the end; what is read from here on is current."""

    def current(self, kind: str, id: str, /) -> Record | None:  # noqa: A002 - the record's own word
        """Return the record as it is, with the lock held; None where there is none.

        It is read only where somebody else may have written since it was read or saved last.
        """

    def save(self, record: R, *, who: Actor, reason: str = "", action: str | None = None) -> R:
        """Store ``record`` with its entry in the trail; return it with its new version.

        A record with version 0 is new; without an id it gets one. An unchanged record is
        returned as it is and nothing is written.

        Raises:
            ChangedElsewhereError: The stored version is not ``record.version``.
            NotFoundError: It has a version, but is not stored.
            TakenError: A number or name is in use already.
        """

    def save_bulk(self, records: Sequence[R], *, who: Actor, reason: str) -> list[R]:
        """Store many records of an import; new ones share an entry per 1,000 rows."""

    def commit(self) -> None:
        """Make the changes of the block last."""


class VitalsReader(Protocol):
    """Reads one layout of files of readings that takes a library to read.

    Attributes:
        name: What a person calls the layout on the command line.
        title: What it is.
        sign: By what it is known.
    """

    name: str
    title: str
    sign: str

    def recognise(self, head: bytes) -> bool:
        """Tell whether the first bytes of a file are of this layout."""

    def read(self, path: Path, terms: Terms) -> Parsed:
        """Return the readings of a file.

        Raises:
            ImportRejected: It cannot be read; no other exception of the library gets out.
            FileTroubleError: It cannot be opened.
        """


class TerminologyReader(Protocol):
    """Reads releases of terminologies that a clinic has from their makers."""

    def read(self, name: TerminologyName, path: Path, edition: str = "") -> tuple[Release, str]:
        """Return the release that ``path`` holds, and the hash of what was read.

        Raises:
            ImportRejected: It cannot be read; no other exception of a library gets out.
            FileTroubleError: It cannot be opened.
        """


NewUnitOfWork = Callable[[], UnitOfWork]
# Raises unless the password is that of the person who is logged in.
CheckPassword = Callable[[str], None]

__all__ = [
    "BlobStore",
    "ChangedElsewhereError",
    "CheckPassword",
    "Draft",
    "DraftStore",
    "FindingStore",
    "FrozenAlteredError",
    "NewUnitOfWork",
    "NotFoundError",
    "RecordStore",
    "TakenError",
    "TerminologyReader",
    "TrailStore",
    "UnitOfWork",
    "VitalsReader",
]
