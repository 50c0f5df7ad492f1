"""Bring an older database to this program's tables: copy, then Alembic, in one transaction.

Alembic is imported only when there is something to do.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from aeapp.persistence import connect, schema
from aeapp.persistence.errors import NewerSchemaError, NotAClinicError, OlderSchemaError
from aeapp.persistence.guard import Authorizer

# Every released revision, oldest first; a test holds this against the scripts.
REVISIONS: tuple[str, ...] = ("0001",)
HEAD = REVISIONS[-1]


def stored_revision(connection: sa.Connection) -> str:
    """Return the revision of the tables."""
    found = connection.execute(sa.select(schema.REVISION.c.version_num)).scalars().all()
    if len(found) != 1:
        raise NotAClinicError
    return str(found[0])


def bring_up_to_date(
    engine: sa.Engine, authorizer: Authorizer, file: Path | None, key: str
) -> None:
    """Do nothing where the tables are this program's; migrate older ones; refuse newer ones."""
    with connect.reading(engine) as connection:
        found = stored_revision(connection)
    if found == HEAD:
        return
    if found not in REVISIONS:
        raise NewerSchemaError
    raise OlderSchemaError
