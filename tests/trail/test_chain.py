"""The chain holds, and its first break is named."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from aeapp.trail.chain import Break, Head, Link, append, follow, genesis, link_hash, sha256

START = Head(0, genesis("install-1"))


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    head = START
    for n in range(length):
        link = append(head, f'{{"n":{n}}}')
        links.append(link)
        head = Head(link.seq, link.h)
    return links


def test_the_hashes_are_those_of_the_written_format() -> None:
    prev = hashlib.sha256(b"aeapp-genesis-1\0install-1").digest()
    payload = hashlib.sha256(b'{"n":0}').digest()
    (first,) = chain(1)
    assert first.prev == prev
    assert first.payload_hash == payload == sha256('{"n":0}') == sha256(b'{"n":0}')
    expected = hashlib.sha256(b"aeapp-audit-1\0" + bytes(7) + b"\1" + prev + payload).digest()
    assert first.h == expected == link_hash(1, prev, payload)


def test_a_good_chain_is_followed_to_its_head() -> None:
    links = chain(5)
    assert follow(links, START) == Head(5, links[4].h)
    assert follow(links[3:], Head(3, links[2].h)) == Head(5, links[4].h)
    assert follow([], START) == START


def test_a_purged_payload_keeps_the_chain() -> None:
    links = chain(3)
    links[1] = dataclasses.replace(links[1], payload=None)
    assert follow(links, START) == Head(3, links[2].h)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize(
    "change",
    [
        lambda link: {"payload": link.payload + " "},
        lambda link: {"payload_hash": sha256("x")},
        lambda link: {"h": sha256("x")},
        lambda link: {"prev": sha256("x")},
        lambda link: {"seq": link.seq + 7},
    ],
    ids=["payload", "payload hash", "h", "prev", "seq"],
)
def test_any_change_breaks_it_there(place: int, change: object) -> None:
    links = chain(4)
    links[place] = dataclasses.replace(links[place], **change(links[place]))  # type: ignore[operator]
    found = follow(links, START)
    assert isinstance(found, Break)
    assert found.seq == place + 1
    assert found.what


def test_a_missing_entry_is_named() -> None:
    links = chain(4)
    assert follow([links[0], *links[2:]], START) == Break(2, "entry 2 is missing; 3 follows 1")


def test_the_chain_of_another_installation_does_not_hold() -> None:
    assert isinstance(follow(chain(2), Head(0, genesis("install-2"))), Break)
