"""The only package that knows SQL: encrypted SQLite for one clinic, PostgreSQL for several rooms.

``create_database`` and ``open_database`` are what others need; they are imported when asked for,
so that a window can open before SQLAlchemy is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aeapp.persistence.database import Database as Database
    from aeapp.persistence.database import create_database as create_database
    from aeapp.persistence.database import open_database as open_database

__all__ = ["Database", "create_database", "open_database"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    from aeapp.persistence import database  # noqa: PLC0415 - see the docstring

    return getattr(database, name)
