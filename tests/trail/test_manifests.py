"""The manifest of a bundle is signed whole: another name, hash or head, and it does not hold."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aeapp.trail.anchors import Signer
from aeapp.trail.canonical import canonical
from aeapp.trail.manifests import FORMAT, MANIFEST_MARK, signed_manifest

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
HASHES = {"events.csv": "aa", "inspection.pdf": "bb"}


def test_the_signature_is_over_all_that_the_manifest_says_but_itself() -> None:
    text = signed_manifest("i-1", (7, "cc"), HASHES, Signer(key_id="k-1", sign=KEY.sign))
    told = json.loads(text)
    signature = bytes.fromhex(told.pop("sig"))

    assert told == {
        "format": FORMAT, "h": "cc", "install": "i-1", "key_id": "k-1", "seq": 7, "sha256": HASHES,
    }  # fmt: skip
    KEY.public_key().verify(signature, MANIFEST_MARK + canonical(told).encode())
    assert text == canonical(json.loads(text)) + "\n"
