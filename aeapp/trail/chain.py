"""The hash chain: how entries are tied together and how a broken tie is found.

Where entries are kept is persistence's business; where heads are remembered is ``anchors``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

LINK_MARK = b"aeapp-audit-1\x00"
GENESIS_MARK = b"aeapp-genesis-1\x00"


def sha256(content: bytes | str) -> bytes:
    """Return the SHA-256 of bytes, or of text in UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).digest()


def link_hash(seq: int, prev: bytes, payload_hash: bytes) -> bytes:
    """Return h of entry ``seq``: SHA-256(mark, seq as 8 bytes, prev, payload_hash)."""
    return hashlib.sha256(LINK_MARK + seq.to_bytes(8, "big") + prev + payload_hash).digest()


def genesis(install: str) -> bytes:
    """Return the ``prev`` of the first entry, which ties a chain to its installation."""
    return hashlib.sha256(GENESIS_MARK + install.encode()).digest()


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as the chain sees it.

    Attributes:
        payload: Canonical JSON; None after a lawful purge, which keeps the hash.
    """

    seq: int
    prev: bytes
    payload_hash: bytes
    h: bytes
    payload: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a chain; seq 0 and the genesis hash before the first."""

    seq: int
    h: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold, and what is wrong there."""

    seq: int
    what: str


def append(head: Head, payload: str) -> Link:
    """Return the entry that follows ``head``."""
    seq, payload_hash = head.seq + 1, sha256(payload)
    return Link(seq, head.h, payload_hash, link_hash(seq, head.h, payload_hash), payload)


def follow(links: Iterable[Link], start: Head) -> Head | Break:
    """Check ``links`` in order from ``start``; return the head reached or the first break."""
    head = start
    for link in links:
        what = _fault(link, head)
        if what:
            return Break(head.seq + 1, what)
        head = Head(link.seq, link.h)
    return head


def _fault(link: Link, head: Head) -> str:
    if link.seq != head.seq + 1:
        return f"entry {head.seq + 1} is missing; {link.seq} follows {head.seq}"
    if link.prev != head.h:
        return "prev is not the hash of the entry before"
    if link.payload is not None and sha256(link.payload) != link.payload_hash:
        return "the payload does not have its hash"
    if link_hash(link.seq, link.prev, link.payload_hash) != link.h:
        return "h is not the hash of the entry"
    return ""
