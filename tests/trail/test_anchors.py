"""Anchors are kept whole lines, signed, and survive a torn one."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
from pathlib import Path

import pytest

from aeapp.trail import anchors
from aeapp.trail.anchors import Anchor, Signer

ANCHOR = Anchor(install="i", seq=7, h="ab", at="2026-11-23T02:30:00.123456Z", schema="cd")


def sign(message: bytes) -> bytes:
    return hmac.digest(b"key", message, hashlib.sha256)


SIGNER = Signer(key_id="k-1", sign=sign)


def test_anchors_come_back_in_order(tmp_path: Path) -> None:
    file = tmp_path / "anchors.jsonl"
    assert list(anchors.read(file)) == []
    assert anchors.newest(file) is None
    for seq in (1, 5, 3):
        anchors.append(file, dataclasses.replace(ANCHOR, seq=seq))
    assert [a.seq for a in anchors.read(file)] == [1, 5, 3]
    newest = anchors.newest(file)
    assert newest is not None
    assert newest.seq == 5


def test_a_signature_covers_everything_but_itself() -> None:
    signed = ANCHOR.signed(SIGNER)
    assert signed.key_id == "k-1"
    assert signed.sig == sign(signed.message()).hex()
    assert signed.message().startswith(b"aeapp-anchor-1\0{")
    for field in ("install", "seq", "h", "at", "schema", "key_id"):
        value = 8 if field == "seq" else "x"
        assert dataclasses.replace(signed, **{field: value}).message() != signed.message()
    assert dataclasses.replace(signed, sig="00").message() == signed.message()


@pytest.mark.parametrize("torn", ['{"seq":', '{"seq":9}', "[1]", "\x00\x00", "\ufffd"])
def test_a_torn_line_is_passed_over_and_not_built_upon(tmp_path: Path, torn: str) -> None:
    file = tmp_path / "anchors.jsonl"
    anchors.append(file, ANCHOR)
    with file.open("a") as handle:
        handle.write(torn)
    anchors.append(file, dataclasses.replace(ANCHOR, seq=8))
    assert [a.seq for a in anchors.read(file)] == [7, 8]
