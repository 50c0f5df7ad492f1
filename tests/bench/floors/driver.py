"""A bare encrypted file with the settings of a clinic's, without its tables and guards."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

# Read back by the bench, which compares them with the program's own.
SETTINGS = ("cipher_memory_security", "journal_mode", "synchronous", "foreign_keys")
SETTINGS += ("recursive_triggers", "temp_store")


def bare_file(folder: Path) -> Any:
    """Return a connection to a new encrypted file in ``folder``."""
    return opened(folder / f"bare-{secrets.token_hex(4)}.db", secrets.token_hex(48))


def opened(file: Path, key: str) -> Any:
    """Return a connection to ``file``."""
    base = sqlcipher.connect(str(file), isolation_level=None)
    base.execute("PRAGMA cipher_log_level = NONE")
    base.execute("PRAGMA cipher_memory_security = ON")
    base.execute(f"PRAGMA key = \"x'{key}'\"")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY"):
        base.execute(f"PRAGMA {pragma}")
    base.execute("PRAGMA foreign_keys = ON")
    base.execute("PRAGMA recursive_triggers = ON")
    return base


def settings_of(base: Any) -> dict[str, str]:
    """Return what the settings read."""
    return {n: str(base.execute(f"PRAGMA {n}").fetchone()[0]).lower() for n in SETTINGS}
