"""Whatever a driver or the system says reaches people as one of our sentences."""

from __future__ import annotations

import errno

import psycopg.errors
import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

import aeapp.persistence
from aeapp.kernel.errors import AppError
from aeapp.persistence import errors
from aeapp.services.ports import TakenError
from tests.helpers.guards import SENTINEL


class Refused(psycopg.errors.RaiseException):
    """What a trigger raises."""


CASES: list[tuple[BaseException, type[AppError]]] = [
    (sqlcipher.OperationalError("database or disk is full"), errors.DiskFullError),
    (sqlcipher.OperationalError("disk I/O error"), errors.DiskFullError),
    (OSError(errno.ENOSPC, SENTINEL), errors.DiskFullError),
    (OSError(errno.EDQUOT, SENTINEL), errors.DiskFullError),
    (OSError(errno.EFBIG, SENTINEL), errors.DiskFullError),
    (OSError(errno.EIO, SENTINEL), errors.DiskFullError),
    (OSError(errno.EROFS, SENTINEL), errors.ReadOnlyError),
    (PermissionError(errno.EACCES, SENTINEL), errors.ReadOnlyError),
    (FileNotFoundError(errno.ENOENT, SENTINEL), errors.NoClinicError),
    (sqlcipher.OperationalError("attempt to write a readonly database"), errors.ReadOnlyError),
    (sqlcipher.OperationalError("unable to open database file"), errors.ReadOnlyError),
    (sqlcipher.OperationalError("database is locked"), errors.LockedError),
    (sqlcipher.DatabaseError("database disk image is malformed"), errors.DamagedError),
    (sqlcipher.DatabaseError("file is not a database"), errors.DamagedError),
    (sqlcipher.DatabaseError("not authorized"), errors.TrailRefusedError),
    (sqlcipher.IntegrityError("trail: seq"), errors.TrailRefusedError),
    (sqlcipher.IntegrityError("FOREIGN KEY constraint failed"), errors.DanglingLinkError),
    (sqlcipher.IntegrityError("UNIQUE constraint failed: staff.user_name"), TakenError),
    (sqlcipher.IntegrityError(f"NOT NULL constraint failed {SENTINEL}"), errors.StoreFaultError),
    (psycopg.errors.UniqueViolation(f"({SENTINEL}) already exists"), TakenError),
    (psycopg.errors.ForeignKeyViolation(SENTINEL), errors.DanglingLinkError),
    (psycopg.errors.DiskFull(SENTINEL), errors.DiskFullError),
    (psycopg.errors.IoError(SENTINEL), errors.DiskFullError),
    (psycopg.errors.LockNotAvailable(SENTINEL), errors.LockedError),
    (psycopg.errors.AdminShutdown(SENTINEL), errors.ServerGoneError),
    (psycopg.errors.ReadOnlySqlTransaction(SENTINEL), errors.ReadOnlyError),
    (Refused("trail: no entry for this row\nCONTEXT: x"), errors.TrailRefusedError),
    (psycopg.errors.SyntaxError(SENTINEL), errors.StoreFaultError),
]


def as_raised(error: BaseException) -> list[BaseException]:
    """Return the forms in which an error arrives: bare, or wrapped by SQLAlchemy, or both."""
    wrapped = sa.exc.DBAPIError("INSERT …", {"name": SENTINEL}, error)  # type: ignore[arg-type]
    if isinstance(error, OSError):
        return [error]
    return [wrapped] if isinstance(error, psycopg.Error) else [error, wrapped]


@pytest.mark.parametrize(("raised", "expected"), CASES, ids=lambda c: type(c).__name__)
def test_each_has_a_message_and_a_remedy_without_what_was_saved(
    raised: BaseException, expected: type[AppError]
) -> None:
    for form in as_raised(raised):
        with pytest.raises(AppError) as caught, errors.translated():
            raise form
        assert type(caught.value) is expected
        assert caught.value.message
        assert caught.value.remedy
        assert SENTINEL not in str(caught.value) + repr(caught.value)
        assert caught.value.__cause__ is None


def test_the_column_that_is_taken_and_the_rule_that_refused_are_named() -> None:
    with pytest.raises(TakenError) as taken, errors.translated():
        raise sqlcipher.IntegrityError("UNIQUE constraint failed: staff.user_name")
    assert taken.value.what == "user_name"
    with pytest.raises(errors.TrailRefusedError) as refused, errors.translated():
        raise sqlcipher.IntegrityError("trail: no entry for this row")
    assert refused.value.detail == "no entry for this row"


def test_our_own_errors_pass_through() -> None:
    with pytest.raises(errors.NoClinicError), errors.translated():
        raise sa.exc.DBAPIError("x", {}, errors.NoClinicError())  # type: ignore[arg-type]


def test_a_server_that_is_not_there_is_said_to_be_gone(tmp_path: object) -> None:
    with pytest.raises(errors.ServerGoneError):
        aeapp.persistence.open_database(f"postgresql://u@/x?host={tmp_path}")


def test_the_package_knows_no_other_names() -> None:
    with pytest.raises(AttributeError):
        _ = aeapp.persistence.nothing  # type: ignore[attr-defined]
