"""What a connection of the program may not do, whatever statement asks for it.

The authorizer is asked by SQLite itself while it prepares a statement; the listener looks at
statements before they reach the driver. Both step aside inside a migration, nowhere else.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from aeapp.persistence import schema
from aeapp.persistence.errors import TrailRefusedError

_OK: int = sqlcipher.SQLITE_OK
_DENY: int = sqlcipher.SQLITE_DENY

# Action codes of sqlite3_set_authorizer; names for most are missing in the driver.
_DELETE, _PRAGMA, _UPDATE, _INSERT = 9, 19, 23, 18
_CREATE = {1, 2, 3, 4, 5, 6, 7, 8, 29}
_DROP = {10, 11, 12, 13, 14, 15, 16, 17, 30}
_ATTACH, _DETACH, _ALTER, _ANALYZE = 24, 25, 26, 28
_STRUCTURE = _CREATE | _DROP | {_ATTACH, _DETACH, _ALTER, _ANALYZE}

# Pragmas that only answer. Any other is refused, with a value or without.
_ANSWERING = {
    "cipher_memory_security",
    "cipher_version",
    "compile_options",
    "database_list",
    "foreign_keys",
    "freelist_count",
    "fullfsync",
    "checkpoint_fullfsync",
    "busy_timeout",
    "journal_mode",
    "page_count",
    "page_size",
    "query_only",
    "read_uncommitted",
    "recursive_triggers",
    "synchronous",
    "temp_store",
    "data_version",
}
_EITHER_WAY = {
    "cipher_integrity_check",
    "foreign_key_check",
    "foreign_key_list",
    "index_info",
    "index_list",
    "integrity_check",
    "quick_check",
    "table_info",
    "table_list",
    "table_xinfo",
    "wal_checkpoint",
}
# Rows of these are only ever added; the triggers say so too.
_ADDED_ONLY = schema.APPEND_ONLY


class Authorizer:
    """Answers SQLite's question whether a statement may do something.

    Attributes:
        lifted: True inside a migration and while a clinic is made.
    """

    def __init__(self) -> None:
        self.lifted = False

    def __call__(
        self, action: int, first: str | None, second: str | None, *_place: str | None
    ) -> int:
        """Return whether the action is allowed."""
        if self.lifted:
            return _OK
        if action in _STRUCTURE:
            return _DENY
        if action == _PRAGMA:
            return _OK if _pragma_allowed(first or "", second) else _DENY
        if action in (_UPDATE, _DELETE) and first in _ADDED_ONLY:
            return _DENY
        if action in (_UPDATE, _DELETE, _INSERT) and (first or "").startswith("sqlite_"):
            return _DENY
        return _OK


def _pragma_allowed(name: str, value: str | None) -> bool:
    if name in _EITHER_WAY:
        return True
    return value is None and name in _ANSWERING


UNIT_KEY = "aeapp_unit"
MIGRATION, UNIT = "migration", "unit"


def watch(engine: sa.Engine) -> None:
    """Refuse statements that change regulated rows outside a unit of work."""
    sa.event.listen(engine, "before_execute", _before_execute)


def _before_execute(
    connection: sa.Connection,
    statement: Any,
    _many: Any,
    _params: Any,
    _options: Any,
) -> None:
    if isinstance(statement, sa.Select):
        return
    unit = connection.get_execution_options().get(UNIT_KEY)
    if unit == MIGRATION:
        return
    what = _forbidden(statement, in_unit=unit == UNIT)
    if what:
        raise TrailRefusedError(what)


def _forbidden(statement: Any, *, in_unit: bool) -> str:
    if isinstance(statement, sa.Insert | sa.Update | sa.Delete):
        table = getattr(statement.table, "name", "")
        if table in schema.APPEND_ONLY and not isinstance(statement, sa.Insert):
            return "rows are only ever added"
        guarded = table in schema.REGULATED or table in schema.APPEND_ONLY
        return "" if in_unit or not guarded else "outside a unit of work"
    if isinstance(statement, sa.TextClause | str):
        text = statement if isinstance(statement, str) else statement.text
        return "" if text.split(None, 1)[0].upper() in _READING else "text may only read"
    return ""


_READING = {"BEGIN", "EXPLAIN", "PRAGMA", "SELECT", "SHOW"}
