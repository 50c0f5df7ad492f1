"""Take HL7 v2 messages apart with python-hl7, under guard, into plain lists of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import hl7

from aeapp.domain.rejection import MAX_BYTES, rejected, text_of
from aeapp.domain.vitals.intake.tabular import place_of
from aeapp.kernel.i18n import N_, _
from aeapp.readers.guard import guarded

BEGIN = b"MSH|^~\\&|"
MAX_SEPARATORS, MAX_IN_MESSAGE = 1_000_000, 100_000
MAX_LINE = 100_000
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}(?:\||$)")
_ENVELOPE = ("FHS", "BHS", "BTS", "FTS")
# What frames a message on a wire, and may be left in a file.
_FRAME = "\x0b\x1c\x1d"
_LATIN = b"8859/1"
_SIGNS = re.compile(r"[|^~&]")
# A code, its name and its system, and another one beside it.
_ABSENT = ("",) * 6


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its name, its line in the file, its fields as they are written."""

    name: str
    line: int
    fields: Sequence[str]

    def field(self, number: int) -> str:
        """Return a field as HL7 counts them; empty where there is none."""
        return self.fields[number].strip() if number < len(self.fields) else ""

    def parts(self, number: int) -> list[str]:
        """Return the components of the first repetition of a field; at least six."""
        first = self.field(number).split("~", 1)[0]
        return [*(part.strip() for part in first.split("^")), *_ABSENT]

    def part(self, number: int, component: int) -> str:
        """Return one component, counted from 1; empty where there is none."""
        return self.parts(number)[component - 1]


def messages_in(content: bytes) -> Iterator[list[Segment]]:
    """Yield the segments of each message of a file.

    Raises:
        ImportRejected: The file is no HL7, too large, or broken.
    """
    text = _decoded(content)
    if len(_SIGNS.findall(text)) > MAX_SEPARATORS:
        raise rejected(_("The file"), N_("{path} holds more than a million cells."))
    message: list[tuple[int, str]] = []
    for number, line in _lines(text):
        if line.startswith("MSH"):
            if message:
                yield _parsed(message)
            message = []
        elif not message:
            raise rejected(place_of(number), N_("A segment stands before the head of its message."))
        message.append((number, line))
    if not message:
        raise rejected(_("The file"), N_("{path} holds no message."))
    yield _parsed(message)


def _decoded(content: bytes) -> str:
    if len(content) <= MAX_BYTES and _LATIN in content.split(b"\r", 1)[0]:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("latin-1")
    return text_of(content)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = raw.strip(_FRAME + " \t")
        if len(line) > MAX_LINE:
            raise rejected(place_of(number), N_("The line is longer than 100,000 characters."))
        if not line or line[:3] in _ENVELOPE:
            continue
        if not _SEGMENT.match(line):
            raise rejected(place_of(number), N_("This is no segment of an HL7 message."))
        yield number, line


def _parsed(message: Sequence[tuple[int, str]]) -> list[Segment]:
    first, head = message[0]
    if not head.startswith(BEGIN.decode()):
        raise rejected(place_of(first), N_("The message does not use the usual separators."))
    text = "\r".join(line for _number, line in message)
    if len(_SIGNS.findall(text)) > MAX_IN_MESSAGE:
        raise rejected(place_of(first), N_("The message holds more than 100,000 cells."))
    with guarded(place_of(first)):
        found = [(str(segment[0]), [str(f) for f in segment]) for segment in hl7.parse(text)]
    if len(found) != len(message):
        raise rejected(place_of(first), N_("The structure of the file is broken here."))
    return [
        Segment(name, number, fields)
        for (number, _line), (name, fields) in zip(message, found, strict=True)
    ]
