"""Read XML of strangers as a stream: no entity, no network, no grammar from elsewhere.

What stands before the root is read here, without a parser: a grammar of elements and attributes
inside the file is passed over, anything that names an entity or another file refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from lxml import etree

from aeapp.domain.rejection import NOTHING_TAKEN, rejected
from aeapp.kernel.i18n import N_, _
from aeapp.readers.guard import guarded

MAX_DEPTH = 100
_LONGEST_PROLOG = 200_000
_LONGEST_DECLARATION = 200
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)[\"']")
_REFUSED = (b"<!ENTITY", b"SYSTEM", b"PUBLIC", b"<!NOTATION", b"%")


class Elements(Protocol):
    """Takes the elements of a document as they come."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element."""

    def end(self, tag: str) -> None:
        """Take the end of an element."""


class _OtherKindError(Exception):
    """The root that is asked for does not stand where it should."""


def read_elements(
    pieces: Iterable[bytes],
    root: str,
    taker: Elements,
    *,
    grammar: bool = True,
    other: str = N_("{path} is no document of the kind it was taken for."),
    remedy: str = NOTHING_TAKEN,
) -> None:
    """Hand the elements of a document to ``taker``.

    Args:
        pieces: The document, UTF-8.
        root: Name of its root.
        taker: Its refusals pass as they are. One with ``data`` is given the text, too.
        grammar: A DOCTYPE that declares elements and attributes alone is passed over, not refused.
        other: What to say of a file of another kind.
        remedy: What to do then.

    Raises:
        ImportRejected: The document is broken, too deep, or names entities or other files.
    """
    parser = etree.XMLParser(
        target=_Target(taker),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    with guarded(_("The file")):
        try:
            for piece in _from_root(iter(pieces), b"<" + root.encode(), grammar=grammar):
                parser.feed(piece)
            parser.close()
        except _OtherKindError:
            raise rejected(_("The file"), other, remedy=remedy) from None
        except etree.XMLSyntaxError as error:
            where = _("line {number}").format(number=error.lineno or 1)
            raise rejected(where, N_("This is no XML that can be read.")) from None


class _Target:
    """Hands elements over and watches the depth; lxml builds no tree."""

    def __init__(self, taker: Elements) -> None:
        self._taker = taker
        # Without any, the parser hands no text over.
        if text := getattr(taker, "data", None):
            self.data = text
        self._depth = 0

    def start(self, tag: str, attributes: Any) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise rejected(_("The file"), N_("{path} is nested too deeply."))
        plain = dict(attributes)
        for name, value in plain.items():
            # With entities left alone libxml2 hands an ampersand of one over as its number.
            if "&" in value:
                plain[name] = value.replace("&#38;", "&")
        self._taker.start(tag, plain)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._taker.end(tag)

    def close(self) -> None:
        """End the document."""


def _from_root(pieces: Iterator[bytes], root: bytes, *, grammar: bool) -> Iterator[bytes]:
    """Yield the document from its root on, with the line breaks of what stood before."""
    head = b""
    for piece in pieces:
        head += piece
        at = head.find(root)
        if at >= 0 and len(head) > at + len(root):
            break
        if len(head) > _LONGEST_PROLOG:
            break
    at = head.find(root)
    if at < 0:
        raise _OtherKindError
    _check_prolog(head[:at].removeprefix(b"\xef\xbb\xbf"), grammar=grammar)
    yield b"\n" * head.count(b"\n", 0, at) + head[at:]
    yield from pieces


def _check_prolog(prolog: bytes, *, grammar: bool) -> None:
    """Refuse what is more than a declaration, comments, and a grammar of elements.

    Every step is a search for plain bytes, so that no file can make it slow.
    """
    rest = _without_comments(prolog).strip()
    if rest.startswith(b"<?xml"):
        declaration, end, rest = rest.partition(b"?>")
        encoding = _ENCODING.search(declaration[:_LONGEST_DECLARATION])
        if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise rejected(_("The file"), N_("{path} is not in UTF-8."))
        rest = rest.strip() if end else declaration
    refused = _REFUSED if grammar else (*_REFUSED, b"<!DOCTYPE")
    if any(word in rest for word in refused):
        sentence = N_("{path} declares entities or names other files (DOCTYPE); it is not read.")
        raise rejected(_("The file"), sentence)
    if rest and not _is_grammar(rest):
        raise _OtherKindError


def _without_comments(text: bytes) -> bytes:
    parts, at = [], 0
    while (begin := text.find(b"<!--", at)) >= 0:
        end = text.find(b"-->", begin + 4)
        if end < 0:
            raise _OtherKindError
        parts.append(text[at:begin])
        at = end + 3
    return b"".join((*parts, text[at:]))


def _is_grammar(text: bytes) -> bool:
    """Tell whether a text is one DOCTYPE that declares elements and attributes alone."""
    declared = sum(text.count(word) for word in (b"<!ELEMENT", b"<!ATTLIST"))
    name, bracket, inside = text.partition(b"[")
    closed = inside.removesuffix(b">").rstrip().endswith(b"]") if bracket else name.count(b">") == 1
    whole = text.startswith(b"<!DOCTYPE") and text.endswith(b">")
    return whole and closed and text.count(b"<") == declared + 1
