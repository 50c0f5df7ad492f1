"""The list of the files of a bundle, signed with the key that signs anchors.

The trail proves itself by its anchors; the other files of a bundle do not. The signature says that
whoever had the key made this list at this head of the trail. Whose key it is, it does not say: that
is known only to somebody whom the clinic told its name by another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aeapp.trail.anchors import Signer
from aeapp.trail.canonical import canonical

MANIFEST_MARK = b"aeapp-manifest-1\x00"
FORMAT = "aeapp-bundle-2"


def signed_manifest(
    install: str, head: tuple[int, str], sha256: Mapping[str, str], signer: Signer
) -> str:
    """Return the manifest as canonical JSON, one line.

    Args:
        install: Which installation the trail of the bundle belongs to.
        head: Number and hash of the newest entry in the bundle's trail.
        sha256: Hash of each other file by its name, hexadecimal.
        signer: Key of the workstation.
    """
    seq, h = head
    content: dict[str, Any] = {
        "format": FORMAT,
        "h": h,
        "install": install,
        "key_id": signer.key_id,
        "seq": seq,
        "sha256": dict(sha256),
    }
    signature = signer.sign(MANIFEST_MARK + canonical(content).encode()).hex()
    return canonical({**content, "sig": signature}) + "\n"
