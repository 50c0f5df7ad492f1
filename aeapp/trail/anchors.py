"""Anchors: where the head of the chain is known outside the database.

A chain alone shows neither a cut tail nor a tail written anew; a remembered head shows both.
The keys for signing are the vault's; this module is handed functions.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aeapp.trail.canonical import canonical

ANCHOR_MARK = b"aeapp-anchor-1\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A workstation's key: its name and what it can do.

    Attributes:
        verify: ``verify(key_id, message, signature)``; None where no public key is at hand.
    """

    key_id: str
    sign: Callable[[bytes], bytes]
    verify: Callable[[str, bytes, bytes], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One remembered head.

    Attributes:
        install: Which installation the chain belongs to.
        h: Hash of entry ``seq``, hexadecimal.
        schema: Fingerprint of tables and triggers at that moment.
        sig: Ed25519 signature over the rest, hexadecimal; empty where nobody could sign.
    """

    install: str
    seq: int
    h: str
    at: str
    schema: str
    key_id: str = ""
    sig: str = ""

    def message(self) -> bytes:
        """Return the bytes that are signed."""
        content = {k: v for k, v in self._dict().items() if k != "sig"}
        return ANCHOR_MARK + canonical(content).encode()

    def line(self) -> str:
        """Return the anchor as one line of ``anchors.jsonl``."""
        return canonical(self._dict()) + "\n"

    def signed(self, signer: Signer) -> Anchor:
        """Return the anchor with ``signer``'s signature."""
        bare = Anchor(**{**self._dict(), "key_id": signer.key_id, "sig": ""})  # type: ignore[arg-type]
        signature = signer.sign(bare.message()).hex()
        return Anchor(**{**bare._dict(), "sig": signature})  # type: ignore[arg-type]

    def _dict(self) -> dict[str, str | int]:
        return {name: getattr(self, name) for name in self.__slots__}


def append(path: Path, anchor: Anchor) -> None:
    """Add ``anchor`` to the file and wait until the disk has it."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        os.write(handle, _line_start(path) + anchor.line().encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _line_start(path: Path) -> bytes:
    """Return a line break where the last line was torn by a crash, else nothing."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return b""
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


def read(path: Path) -> Iterator[Anchor]:
    """Yield the anchors of a file, oldest first; a torn line is passed over."""
    if not path.exists():
        return
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            raw = json.loads(line)
            yield Anchor(**{name: raw[name] for name in Anchor.__slots__})
        except (ValueError, TypeError, KeyError):
            continue


def newest(path: Path) -> Anchor | None:
    """Return the anchor that reaches furthest, or None where there is none."""
    return max(read(path), key=lambda anchor: anchor.seq, default=None)
