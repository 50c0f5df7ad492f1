"""The faces that paper is set in, measured and checked character by character.

A face draws nothing for a character it lacks, without a word; here such a character becomes its
number, ``[U+4E2D]``, and is remembered, so that the page and the person know of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_
from aeapp.kernel.resources import package_file

PACKAGE = "rinoh_typeface_dejavusans"
REGULAR, BOLD, ITALIC = "Paper", "Paper-Bold", "Paper-Italic"
FILES = {
    REGULAR: "DejaVuSansCondensed.ttf",
    BOLD: "DejaVuSansCondensed-Bold.ttf",
    ITALIC: "DejaVuSansCondensed-Oblique.ttf",
}
FACES = {"": REGULAR, "bold": BOLD, "italic": ITALIC}
TAB = "    "

_UNITS = 1000
_BASIC_PLANE = 0xFFFF
_CLUSTER = re.compile(r"\[U\+[0-9A-F]{4,6}\]|.", re.DOTALL)


class FontBrokenError(KnownError):
    """The typeface for documents could not be read."""

    code = "font.broken"

    def __init__(self) -> None:
        super().__init__(
            N_("The typeface for documents could not be read."),
            remedy=N_("Install the program again; what is stored in the clinic is not affected."),
        )


class Widths(dict[str, float]):
    """The width of each character that a face has; any other is as wide as the sign for it."""

    def __init__(self, known: Mapping[str, float], default: float) -> None:
        super().__init__(known)
        self._default = default

    def __missing__(self, _char: str) -> float:
        return self._default


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the name reportlab knows it by and the widths of its characters."""

    name: str
    widths: Widths


@cache
def face(name: str) -> Face:
    """Return a face, loaded at the first call.

    Raises:
        ResourceMissingError: The font package is not installed.
        FontBrokenError: Its file cannot be read as a font.
    """
    path = package_file(PACKAGE, FILES[name])
    try:
        font = TTFont(name, str(path))
    except TTFError:
        raise FontBrokenError from None
    pdfmetrics.registerFont(font)
    # Beyond the basic plane reportlab draws the glyph and names it wrongly for search and copy.
    widths = {chr(code): w for code, w in font.face.charWidths.items() if code <= _BASIC_PLANE}
    return Face(name, Widths(widths, font.face.defaultWidth))


def width(text: str, name: str, size: float) -> float:
    """Return the length of ``text`` in points."""
    # Every word of a document comes by here: no loop of Python's own.
    return sum(map(face(name).widths.__getitem__, text)) * size / _UNITS


@lru_cache(maxsize=1024)
def fixed_width(text: str, name: str, size: float) -> float:
    """Return the length of words that are the same on every page, remembered."""
    return width(text, name, size)


def visible(text: str, missing: set[str] | None = None, name: str = REGULAR) -> str:
    """Return ``text``, each character that the face lacks as its number, noted in ``missing``."""
    if text.isascii():
        return text.expandtabs(len(TAB)) if "\t" in text else text
    widths = face(name).widths
    out = []
    for char in text.replace("\t", TAB).replace("\u2028", "\n").replace("\u2029", "\n"):
        if char in widths or char == "\n":
            out.append(char)
        else:
            out.append(f"[U+{ord(char):04X}]")
            if missing is not None:
                missing.add(char)
    return "".join(out)


def clusters(text: str) -> list[str]:
    """Return the parts of ``text`` that no line break may divide."""
    out: list[str] = []
    for part in _CLUSTER.findall(text):
        joined = out and (unicodedata.combining(part[0]) or part == "\u200d" or _joins(out[-1]))
        if joined:
            out[-1] += part
        else:
            out.append(part)
    return out


def _joins(previous: str) -> bool:
    return previous.endswith("\u200d")


def right_to_left(text: str) -> bool:
    """Tell whether the text has letters of a script that is written from the right."""
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
