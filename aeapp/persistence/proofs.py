"""What proves the trail of an open clinic outside of its database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aeapp.persistence.database import ANCHORS, Database
from aeapp.trail.anchors import Signer
from aeapp.trail.chain import Head
from aeapp.trail.manifests import signed_manifest

# One file that imports nothing of ours, so that it can be given to whoever checks.
_CHECKER = Path(__file__).parents[2] / "tools" / "verify_trail.py"


class TrailProofs:
    """Anchors, keys and the checker.

    Args:
        folder: The clinic's folder.
        keys: Public keys of those who can sign, hexadecimal.
        signer: The key that signs anchors here.
        database: The open database.
    """

    def __init__(
        self, folder: Path, keys: tuple[str, ...], signer: Signer, database: Database
    ) -> None:
        self._folder, self._keys, self._database = folder, keys, database
        self._signer = signer

    @property
    def key_id(self) -> str:
        """Return the name of the key that signs here."""
        return self._signer.key_id

    def anchored(self) -> tuple[bytes, tuple[str, ...]]:
        """Anchor the head now; return the anchors and the public keys that signed."""
        self._database.anchor()
        file = self._folder / ANCHORS
        return file.read_bytes() if file.exists() else b"", self._keys

    def sealed(self, head: Head, sha256: Mapping[str, str]) -> str:
        """Return the signed manifest of files with these hashes and of the trail to ``head``."""
        at = head.seq, head.h.hex()
        return signed_manifest(self._database.install, at, sha256, self._signer)

    def verifier(self) -> bytes:
        """Return the checker of the project; nothing where it was not installed with it."""
        return _CHECKER.read_bytes() if _CHECKER.exists() else b""
