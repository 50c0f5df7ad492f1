"""Files inside a message: those of a kind that is kept become attachments of the case."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from aeapp.domain.attaching import ENDINGS, AttachmentRefusedError, type_of
from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.formspecs.e2b_r3.message import Part

# Group, what names the file, the file.
_PLACES = (("C.1.6.1.r", "C.1.6.1.r.1", "C.1.6.1.r.2"), ("C.4.r", "C.4.r.1", "C.4.r.2"))


@dataclass(frozen=True, slots=True, repr=False)
class Embedded:
    """One file.

    Attributes:
        title: As the message names it.
        held: Place and number of each value that it holds.
        paper: Which paper of the case it is; None for another file.
    """

    title: str
    media: AttachmentType
    content: bytes
    held: tuple[tuple[str, str], ...]
    paper: int | None = None

    @property
    def sha256(self) -> str:
        """Return the hash of the content, by which it is kept."""
        return hashlib.sha256(self.content).hexdigest()


def embedded(message: Part) -> tuple[Embedded, ...]:
    """Return the files inside a message that are of a kind that is kept."""
    return tuple(_found(message))


def _found(message: Part) -> Iterator[Embedded]:
    for group, named, inside in _PLACES:
        for n, member in enumerate(message.members(group), start=1):
            content = _decoded(member.text(inside))
            media = _kind_of(content) if content else None
            if media is not None:
                where = f"/{group}[{n}]"
                # A paper is what the text says, whether its file came along or not.
                is_paper = group == "C.4.r"
                held = [(where, inside), *([] if is_paper else [(where, named)])]
                title, paper = member.text(named) or group, n - 1 if is_paper else None
                yield Embedded(title, media, content, tuple(held), paper)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _kind_of(content: bytes) -> AttachmentType | None:
    """Return what a file is, by its content alone; None where it is not kept."""
    for ending in ENDINGS:
        try:
            return type_of(f"file{ending}", content)
        except AttachmentRefusedError:
            continue
    return None
