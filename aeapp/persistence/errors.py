"""What can go wrong between the program and its database, each with a remedy.

Messages of drivers may hold values of the statement, so none of them is passed on.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from aeapp.kernel.errors import AppError, KnownError, RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.ports import TakenError


class StoreError(KnownError):
    """The database cannot be used as it is."""

    code: ClassVar[str] = "store"
    words: ClassVar[tuple[str, str]] = ("", "")

    def __init__(self, detail: str = "") -> None:
        message, remedy = self.words
        super().__init__(message, remedy=remedy)
        self.detail = detail


class NoClinicError(StoreError):
    """There is no database at this place."""

    code = "store.none"
    words = (
        N_("There is no clinic in this folder."),
        N_("Choose the folder whose name ends in .aeclinic, or set up a new clinic."),
    )


class ClinicExistsError(StoreError):
    """A new clinic would overwrite one that is there."""

    code = "store.exists"
    words = (
        N_("There is already a clinic at this place."),
        N_("Open it, or choose another place for the new one."),
    )


class NotAClinicError(StoreError):
    """The file is a database, but not one of ours."""

    code = "store.foreign"
    words = (
        N_("The file clinic.db is not a clinic of this program."),
        N_("Choose another folder, or put the right clinic.db back from a backup."),
    )


class WrongKeyError(StoreError):
    """No page of the file authenticates under the key."""

    code = "store.wrong-key"
    words = (
        N_("The key does not belong to this clinic's database."),
        N_("Put clinic.db and the key files of the same clinic together, then open again."),
    )


class DamagedError(StoreError):
    """Bytes of the file have changed by themselves or by somebody without the key."""

    code = "store.damaged"
    words = (
        N_("The clinic's database is damaged; the program writes nothing more to it."),
        N_("Keep the file, then restore the newest good backup."),
    )


class TrailBrokenError(StoreError):
    """The audit trail contradicts itself, its anchors or the records."""

    code = "store.trail-broken"
    words = (
        N_("The audit trail does not agree with what was remembered of it."),
        N_("Work no further, keep the folder, and call the compliance officer."),
    )


class SchemaDriftError(StoreError):
    """Tables or triggers are not what the program made."""

    code = "store.schema-drift"
    words = (
        N_("The tables of the clinic are not as this program made them."),
        N_("Work no further, keep the folder, and call the compliance officer."),
    )


class NewerSchemaError(StoreError):
    """A newer program has written here."""

    code = "store.newer"
    words = (
        N_("This clinic was last opened with a newer version of the program."),
        N_("Start the newer version, or install it on this computer."),
    )


class UnsafeSettingsError(StoreError):
    """A setting that keeps saved work safe is not in force."""

    code = "store.unsafe-settings"
    words = (
        N_("The database does not keep the settings under which saved work is safe."),
        N_("Ask the person who looks after the computer or the server; see the manual on safety."),
    )


class UnsafeServerError(StoreError):
    """The line to the server would not be protected."""

    code = "store.unsafe-server"
    words = (
        N_("The connection to the database server would not be protected."),
        N_("Set sslmode=verify-full in the address of the server."),
    )


class LockedError(StoreError):
    """Another program holds the database longer than we wait."""

    code = "store.locked"
    words = (
        N_("Another program is using the clinic's database."),
        N_("Close other windows of the program and any backup or antivirus run, then try again."),
    )


class DiskFullError(StoreError):
    """No room: the disk, a quota or a limit on the size of files; or the disk fails.

    SQLite answers a quota and a file limit with the words of a broken disk, so the two cannot be
    told apart and share one message.
    """

    code = "store.disk-full"
    words = (
        N_("The disk of the clinic's database is full or reports an error; nothing was saved."),
        N_("Free at least 1 GB on that disk, then save again; what you typed is kept."),
    )


class ReadOnlyError(StoreError):
    """Nothing can be written where the database lies."""

    code = "store.read-only"
    words = (
        N_("The clinic's folder cannot be written to."),
        N_("Ask for permission to write there, or move the folder to a place where you have it."),
    )


class UnsafePlaceError(StoreError):
    """A network drive or a folder that another program synchronises."""

    code = "store.unsafe-place"
    words = (
        N_("The clinic's folder lies on a network drive or in a synchronised folder."),
        N_("Move it to a disk of this computer; there is a server for several computers."),
    )


class ServerGoneError(StoreError):
    """The server does not answer."""

    code = "store.server-gone"
    words = (
        N_("The database server does not answer."),
        N_("Check the network, then try again; what you typed is kept."),
    )


class TrailRefusedError(RefusedError):
    """The database refused a change that has no entry in the trail."""

    code = "store.trail-refused"

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            N_("A change without its entry in the audit trail was refused."),
            remedy=N_("Report this to the makers of the program; nothing was changed."),
        )
        self.detail = detail


class StoreFaultError(StoreError):
    """The database refused for a reason that is none of the user's surroundings: a bug.

    Attributes:
        detail: Type of the driver's error; its words are left out on purpose.
    """

    code = "store.fault"
    words = (
        N_("The database refused a statement of the program; nothing was saved."),
        N_("Try once more; if it happens again, report it to the makers of the program."),
    )


class DanglingLinkError(RefusedError):
    """A record points to one that is not stored."""

    code = "record.dangling-link"

    def __init__(self) -> None:
        super().__init__(
            N_("The entry refers to another one that is not in the clinic's records."),
            remedy=N_("Open the entry it refers to, save that first, then save again."),
        )


@contextmanager
def translated() -> Iterator[None]:
    """Turn what drivers raise into errors a person can act on.

    The original is dropped: its message may hold what was being saved.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _explained(error.orig) from None
    except (sqlcipher.Error, OSError) as error:
        raise _explained(error) from None


def _explained(error: BaseException | None) -> BaseException:
    if isinstance(error, AppError):
        return error
    if isinstance(error, OSError):
        return _of_system(error)
    text = str(error)
    found = _of_sqlite(text) if isinstance(error, sqlcipher.Error) else _of_server(error, text)
    if found is TakenError:
        return TakenError(text.rpartition(".")[2] if isinstance(error, sqlcipher.Error) else "")
    if found is TrailRefusedError:
        return TrailRefusedError(text.partition("trail: ")[2].partition("\n")[0])
    if found is None:
        # Neither the words nor the statement: both may hold a patient's data.
        return StoreFaultError(type(error).__name__)
    return found()  # type: ignore[call-arg]


def _of_sqlite(text: str) -> type[AppError] | None:
    return next((kind for words, kind in _SQLITE_WORDS.items() if words in text), None)


def _of_server(error: BaseException | None, text: str) -> type[AppError] | None:
    if "trail: " in text:
        return TrailRefusedError
    state = getattr(error, "sqlstate", None)
    if not state:
        # The driver could not reach the server, so the server said nothing.
        return ServerGoneError if type(error).__name__ == "OperationalError" else None
    return next((kind for code, kind in _SQLSTATES.items() if state.startswith(code)), None)


_SQLITE_WORDS: dict[str, type[AppError]] = {
    "trail: ": TrailRefusedError,
    "not authorized": TrailRefusedError,
    "UNIQUE constraint failed": TakenError,
    "FOREIGN KEY constraint failed": DanglingLinkError,
    "database is locked": LockedError,
    "database or disk is full": DiskFullError,
    "disk I/O error": DiskFullError,
    "readonly database": ReadOnlyError,
    "unable to open database file": ReadOnlyError,
    "malformed": DamagedError,
    "file is not a database": DamagedError,
}

_SQLSTATES: dict[str, type[AppError]] = {
    "23503": DanglingLinkError,
    "23505": TakenError,
    "53100": DiskFullError,
    "58030": DiskFullError,
    "55P03": LockedError,
    "57P": ServerGoneError,
    "08": ServerGoneError,
    "25006": ReadOnlyError,
}

_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def _of_system(error: OSError) -> StoreError:
    if error.errno in _READ_ONLY:
        return ReadOnlyError()
    if error.errno == errno.ENOENT:
        return NoClinicError()
    return DiskFullError(errno.errorcode.get(error.errno or 0, ""))
