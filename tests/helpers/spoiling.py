"""Spoil files by a seed, as bytes and as what they are: trees, tables, archives, PDFs.

``hostile`` does it for hypothesis, which finds small examples; this is for tens of thousands.
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

Spoiler = Callable[[random.Random], bytes]

ODD = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xae",
    b"\r", b"\n", b"\n" * 300, b",", b";" * 400, b"\t", b"|", b"^", b"~", b"&", b"\\", b"$", b'"',
    b"'", b"<", b">", b"<x>" * 200, b"</x>", b"<!DOCTYPE a>", b"<!ENTITY e 'x'>", b"&e;", b"]]>",
    b"<![CDATA[", b"<!--", b"<?x?>", b"[" * 3000, b"{" * 3000, b'{"a":' * 2000, b"]", b"}", b":",
    b"null", b"true", b"NaN", b"-Infinity", b"1e999", b"-0", b"9" * 5000, b"0." + b"0" * 5000,
    b"9" * 25, b"=1+1", b"%n%s", b"../../x", b"PK\x03\x04", b"PK\x05\x06", b"PK\x01\x02",
    b"%PDF-1.7", b"endstream", b"endobj", b"stream\n", b"/Length 999999999", b"0 0 R", b"MSH|",
    b"OBX|1|NM|", b"\x7f" * 40, b"2026-02-30", b"99999-99-99", b"x" * 20_000,
    b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, -(10**4000), 1.5, 1e308, "", "x" * 20_000, "2026-02-30",
    "9999-12-31T23:59:59+14:00", "0000", "NaN", "1e999", "9" * 400, "-0", "\u202e", "\ud800",
    "=1+1", "é≥", "\n", [], {}, [[]], {"": ""}, ["x"] * 300, {"a": {"a": {"a": 1}}}, "UNK", "[UNK]",
)  # fmt: skip
NUMBERS = (b"-", b"99999999999", b"1e9", b"0", b"9" * 400)
_DIGIT = re.compile(rb"[0-9]")
_DEEP = 200


def spoilt(whole: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to six wounds."""
    content = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        _wound(content, chance)
    if chance.random() < 0.1:
        del content[chance.randrange(len(content) + 1) :]
    if chance.random() < 0.03:
        return content.decode("latin-1").encode(chance.choice(("utf-16", "utf-8", "utf-32")))
    return bytes(content)


def _wound(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) or 1)
    end = at + chance.choice((1, 2, 8, 40, 300, 3000))
    match chance.randint(0, 6):
        case 0:
            content[at : at + 1] = bytes([chance.randrange(256)])
        case 1:
            del content[at:end]
        case 2:
            content[at:at] = content[at:end]
        case 3:
            content[at:at] = chance.choice(ODD)
        case 4:
            other = chance.randrange(len(content) or 1)
            content[at:end] = content[other : other + end - at]
        case 5:
            # One bit, where a length or a sum may stand.
            content[at : at + 1] = bytes(one ^ 1 << chance.randrange(8) for one in content[at:][:1])
        case _:
            # In a number, of which files are full.
            found = _DIGIT.search(content, at)
            if found is not None:
                content[found.start() : found.end()] = chance.choice(NUMBERS)


def bent_tree(tree: Any, chance: random.Random) -> Any:
    """Return a tree of JSON with values gone, twice, elsewhere or of another kind."""
    root = [copy.deepcopy(tree)]
    for _ in range(chance.randint(1, 5)):
        _bend(root, chance)
    return root[0] if root else None


def _bend(root: list[Any], chance: random.Random) -> None:
    # Each place a list or an object and a key in it.
    places = [(node, key) for node in _nodes(root) for key in _keys(node)]
    node, key = chance.choice(places or [([0], 0)])
    other, other_key = chance.choice(places or [([0], 0)])
    match chance.randint(0, 5):
        case 0:
            del node[key]
        case 1:
            node[key] = copy.deepcopy(chance.choice(VALUES))
        case 2:
            node[key] = copy.deepcopy(other[other_key])
        case 3 if isinstance(node[key], list):
            node[key] = node[key] * chance.randint(0, 30)
        case 4 if isinstance(node, dict):
            node[chance.choice(("id", "version", "x", "", str(other_key)))] = node[key]
        case _:
            for _n in range(chance.randint(1, _DEEP)):
                node[key] = [node[key]]


def _nodes(node: Any) -> list[Any]:
    found, queue = [], [node]
    while queue:
        node = queue.pop()
        if isinstance(node, (dict, list)) and node:
            found.append(node)
            queue += node.values() if isinstance(node, dict) else node
    return found


def _keys(node: Any) -> list[Any]:
    return list(node) if isinstance(node, dict) else list(range(len(node)))


def written(tree: Any) -> bytes:
    """Return a tree as JSON, whatever stands in it."""
    return json.dumps(tree).encode()


def as_json(whole: bytes) -> Spoiler:
    """Spoil a JSON text: its bytes, or the tree."""
    tree = json.loads(whole)

    def spoil(chance: random.Random) -> bytes:
        if chance.random() < 0.4:
            return spoilt(whole, chance)
        return written(bent_tree(tree, chance))

    return spoil


def as_bytes(whole: bytes) -> Spoiler:
    """Spoil bytes of any kind."""
    return lambda chance: spoilt(whole, chance)


def as_table(whole: bytes) -> Spoiler:
    """Spoil a table: its bytes, or its lines and cells."""
    lines = whole.split(b"\n")

    def spoil(chance: random.Random) -> bytes:
        if chance.random() < 0.5:
            return spoilt(whole, chance)
        table = list(lines)
        for _ in range(chance.randint(1, 4)):
            n = chance.randrange(len(table))
            match chance.randint(0, 4):
                case 0:
                    del table[n]
                    table = table or [b""]
                case 1:
                    table[n:n] = [table[n]] * chance.choice((1, 2, 40))
                case 2:
                    table[n], table[-1] = table[-1], table[n]
                case 3:
                    cells = table[n].split(b",")
                    cells[chance.randrange(len(cells))] = chance.choice(ODD)
                    table[n] = b",".join(cells)
                case _:
                    table[n] += b"," * chance.choice((1, 300))
        return b"\n".join(table)

    return spoil


def members_of(whole: bytes) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Mapping[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    """Return an archive; names of a list may stand in it twice."""
    out = io.BytesIO()
    pairs = list(members.items() if isinstance(members, Mapping) else members)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in pairs:
            # The library warns of a name that is there.
            archive.NameToInfo.pop(name, None)
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_archive(
    whole: bytes, restate: Callable[[dict[str, bytes]], dict[str, bytes]] | None = None
) -> Spoiler:
    """Spoil an archive: its bytes, a file in it, or its list of files.

    Args:
        whole: The archive.
        restate: Makes what is said of the files true again, so that they are looked into.
    """
    members = members_of(whole)

    def spoil(chance: random.Random) -> bytes:
        if chance.random() < 0.3:
            return spoilt(whole, chance)
        some = dict(members)
        name = chance.choice(sorted(some))
        match chance.randint(0, 7):
            case 0:
                del some[name]
            case 1:
                some[chance.choice(("../x", "/etc/x", "x" * 300, "é", "xl/x.xml", "a\\b"))] = b"x"
            case 2:
                some[name] = bytes(chance.choice((2_000_000, 8_000_000)))
            case 3:
                return packed([*some.items(), (name, spoilt(some[name], chance))])
            case _:
                some[name] = spoilt(some[name], chance)
        if restate is not None and chance.random() < 0.8:
            some = restate(some)
        return packed(some)

    return spoil
