"""What somebody could do who has the database key and a tool, but not our program.

The edits start from a copy, with the triggers gone: a tool can drop them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher


def copy_of(folder: Path, to: Path) -> Path:
    """Copy a closed clinic."""
    return Path(shutil.copytree(folder, to))


@contextmanager
def with_a_tool(folder: Path, key: str) -> Iterator[Any]:
    """Open the database of ``folder`` without our program; changes are kept."""
    base = sqlcipher.connect(str(folder / "clinic.db"), isolation_level=None)
    base.execute("PRAGMA cipher_log_level = NONE")
    base.execute(f"PRAGMA key = \"x'{key}'\"")
    names = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in names:
        base.execute(f'DROP TRIGGER "{name}"')
    base.execute("BEGIN")
    try:
        yield base
        base.execute("COMMIT")
        for _name, sql in names:
            base.execute(sql)
    finally:
        base.close()


def damage_unread(folder: Path, key: str) -> bytes:
    """Flip a bit of a page that opening does not read; return the good file."""
    base = sqlcipher.connect(str(folder / "clinic.db"), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{key}'\"")
    (page,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'signature'").fetchone()
    base.close()
    good = (folder / "clinic.db").read_bytes()
    bad = bytearray(good)
    bad[page * 4096 - 2000] ^= 1
    (folder / "clinic.db").write_bytes(bad)
    return good


def chain_anew(base: Any, start: int, change: Callable[[int, str], str] | None = None) -> None:
    """Compute the chain again from entry ``start`` on, its texts changed by ``change``."""
    head = base.execute("SELECT h FROM audit WHERE seq = ?", (start - 1,)).fetchone()
    install = base.execute("SELECT value FROM meta WHERE name = 'install'").fetchone()[0]
    prev = head[0] if head else hashlib.sha256(b"aeapp-genesis-1\0" + install.encode()).digest()
    base.execute("UPDATE audit SET h = randomblob(32) WHERE seq >= ?", (start,))
    query = "SELECT seq, payload FROM audit WHERE seq >= ? ORDER BY seq"
    for seq, payload in base.execute(query, (start,)).fetchall():
        text = change(seq, payload) if change else payload
        payload_hash = hashlib.sha256(text.encode()).digest()
        link = b"aeapp-audit-1\0" + seq.to_bytes(8, "big") + prev + payload_hash
        h = hashlib.sha256(link).digest()
        base.execute(
            "UPDATE audit SET prev = ?, payload = ?, payload_hash = ?, h = ? WHERE seq = ?",
            (prev, text, payload_hash, h, seq),
        )
        prev = h
