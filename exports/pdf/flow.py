"""Break text into lines and lines into boxes, losing no word.

Everything here works on text that can be shown (``fonts.visible``), in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aeapp.domain.checks import utf16_length
from exports.pdf import bidi, fonts

LEADING = 1.22
CONTINUED = "(continued)"

_LONGEST_NUMBER = len("[U+10FFFF]")
# Chinese and Japanese have no spaces: a line ends behind any sign, but not before a closing one.
_SIGN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
_CLOSING = (
    "、。〉》」』】\u3015…々ゝー\uff09\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff3d\uff5d"
    "ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_WORDS = re.compile(rf"[^\S\n]+|[{_SIGN}][{_CLOSING}]*|[^\s{_SIGN}]+")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){4,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as drawn and where the text goes on after it."""

    text: str
    next: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one box takes of a text, and the rest of it.

    Attributes:
        size: In points.
        text: What the lines hold, without the line breaks of the box.
    """

    lines: tuple[str, ...]
    rest: str
    size: float
    text: str


def without_gaps(text: str) -> str:
    """Return the text with runs of more than three empty lines counted instead of drawn."""
    return _EMPTY_LINES.sub(
        lambda found: f"\n[{found.group().count(chr(10)) - 1} empty lines]\n", text
    )


def lines(text: str, width: float, size: float, name: str = fonts.REGULAR) -> Iterator[Line]:
    """Yield the lines of ``text`` in a column; a word longer than a line is divided."""
    start = 0
    for paragraph in text.split("\n"):
        last = None
        level = 0 if paragraph.isascii() else bidi.base_level(paragraph)
        for line in _paragraph(paragraph, width, size, name):
            if last is not None:
                yield Line(last.text, start + last.next)
            last = Line(_directed(line.text, level), line.next)
        end = start + len(paragraph) + 1
        yield Line("" if last is None else last.text, end)
        start = end


def _directed(line: str, level: int) -> str:
    """Return a line with the direction of its paragraph, marked where its own start says other."""
    if not line or (not level and line.isascii()) or bidi.base_level(line) == level:
        return line
    return (bidi.RIGHT_MARK if level else bidi.LEFT_MARK) + line


def _paragraph(text: str, width: float, size: float, name: str) -> Iterable[Line]:
    # Most that is written fits into its room; nothing has to be taken apart for that. What has
    # more signs than the room has points does not.
    if len(text) <= width and fonts.width(text, name, size) <= width:
        return [Line(text.rstrip(), len(text))] if text.strip() else []
    return _broken(text, width, size, name)


def _broken(text: str, width: float, size: float, name: str) -> Iterator[Line]:
    line, used = "", 0.0
    for found in _WORDS.finditer(text):
        word = found.group()
        need = fonts.width(word, name, size)
        if used + need <= width:
            line, used = line + word, used + need
            continue
        if word.isspace() or line.strip():
            yield Line(line.rstrip(), found.end() if word.isspace() else found.start())
        if word.isspace():
            line, used = "", 0.0
            continue
        *full, last = _divided(word, width, size, name)
        at = found.start()
        for part in full:
            at += len(part)
            yield Line(part, at)
        line, used = last, fonts.width(last, name, size)
    if line.strip():
        yield Line(line.rstrip(), len(text))


def _divided(word: str, width: float, size: float, name: str) -> list[str]:
    """Return a word in parts that fit a line each, one part for a word that fits."""
    if fonts.width(word, name, size) <= width:
        return [word]
    parts, used = [""], 0.0
    for cluster in fonts.clusters(word):
        need = fonts.width(cluster, name, size)
        if parts[-1] and used + need > width:
            parts.append("")
            used = 0.0
        parts[-1] += cluster
        used += need
    return parts


def cut(text: str, limit: int) -> int:
    """Return where the longest start of whole words within ``limit`` UTF-16 units ends."""
    if limit <= 0 or utf16_length(text) <= limit:
        return len(text)
    end, units = 0, 0
    for cluster in fonts.clusters(text[: limit + _LONGEST_NUMBER]):
        units += utf16_length(cluster)
        if units > limit:
            break
        end += len(cluster)
    if text[end : end + 1].isspace():
        return end
    breaks = [found.start() for found in re.finditer(r"\s", text[:end])]
    return breaks[-1] if breaks else end


def fill(text: str, width: float, height: float, size: float, limit: int = 0) -> Piece:
    """Return what a box takes of ``text``; if not all, its last line says that it continues."""
    text = text.rstrip()
    leading = size * LEADING
    room = max(1, int(height / leading + 0.01))
    allowed = text[: cut(text, limit)]
    taken: list[Line] = []
    for line in lines(allowed, width, size):
        if len(taken) == room:
            break
        taken.append(line)
    whole = taken[-1].next > len(allowed)
    if whole and len(allowed) == len(text):
        return Piece(tuple(line.text for line in taken), "", size, text)
    if limit:
        allowed = text[: cut(text, max(1, limit - len(CONTINUED) - 1))]
        taken = _first(lines(allowed, width, size), room)
    taken = taken[: room - 1]
    at = min(taken[-1].next, len(allowed)) if taken else 0
    shown = (*(line.text for line in taken), CONTINUED)
    rest = text[at:].lstrip("\n").lstrip(" ")
    return Piece(shown, rest, size, f"{text[:at].rstrip()}\n{CONTINUED}".lstrip())


def _first(found: Iterator[Line], room: int) -> list[Line]:
    out: list[Line] = []
    for line in found:
        if len(out) == room:
            break
        out.append(line)
    return out


def one_line(text: str, width: float, sizes: tuple[float, ...]) -> Piece:
    """Return a single line in the largest size that holds it, else its start and ``continued``.

    The rest is then the whole text, so that it can be read in one piece elsewhere.
    """
    flat = " ".join(text.split("\n"))
    for size in sizes:
        if "\n" not in text.strip() and fonts.width(flat, fonts.REGULAR, size) <= width:
            return Piece((flat,), "", size, flat)
    size = sizes[-1]
    room = width - fonts.fixed_width(f" {CONTINUED}", fonts.REGULAR, size)
    start = ""
    for part in fonts.clusters(flat):
        if fonts.width(start + part, fonts.REGULAR, size) > room:
            break
        start += part
    ends_a_word = not flat[len(start) : len(start) + 1].strip()
    head = start if ends_a_word else start.rpartition(" ")[0] or start
    shown = f"{head} {CONTINUED}".strip()
    return Piece((shown,), text, size, shown)
