"""The faces that paper is set in, measured and checked character by character.

What the face of a page shows without shaping is plain and drawn as text; any other character is
sought in the other faces (``typefaces``). A face draws nothing for a character it lacks, without a
word; here one that no face has becomes its number, ``[U+4E2D]``, and is remembered, so that the
page and the person know of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_
from aeapp.kernel.resources import package_file
from exports.pdf import bidi, shaping

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
_NUMBER = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class FontBrokenError(KnownError):
    """The typeface for documents could not be read."""

    code = "font.broken"

    def __init__(self) -> None:
        super().__init__(
            N_("The typeface for documents could not be read."),
            remedy=N_("Install the program again; what is stored in the clinic is not affected."),
        )


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the name reportlab knows it by and the widths of its plain characters."""

    name: str
    widths: dict[str, float]


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
    known = ((chr(code), w) for code, w in font.face.charWidths.items() if code <= _BASIC_PLANE)
    return Face(name, {char: w for char, w in known if _is_plain(char)})


def _is_plain(char: str) -> bool:
    """Tell whether a character is drawn right by itself, whatever stands beside it."""
    if char == "\u00ad" or bidi.class_of(char) in bidi.FROM_THE_RIGHT:
        return False
    return unicodedata.category(char)[0] not in "MC"


def width(text: str, name: str, size: float) -> float:
    """Return the length of ``text`` in points."""
    # Every word of a document comes by here: no loop of Python's own.
    try:
        return sum(map(face(name).widths.__getitem__, text)) * size / _UNITS
    except KeyError:
        return _shaped_width(text, name) * size / _UNITS


@lru_cache(maxsize=8192)
def _shaped_width(text: str, name: str) -> float:
    widths = face(name).widths
    return sum(
        shaping.advance(run) if run.typeface else sum(widths.get(char, 0.0) for char in run.text)
        for run in shaping.runs(visible(text, name=name), widths)
    )


def is_plain(text: str, name: str) -> bool:
    """Tell whether a line is drawn as text of its face, in the order in which it is written."""
    return text.isascii() or all(map(face(name).widths.__contains__, text))


def runs(text: str, name: str) -> list[shaping.Run]:
    """Return the runs of a line that is not plain, from left to right."""
    return shaping.runs(text, face(name).widths)


@lru_cache(maxsize=1024)
def fixed_width(text: str, name: str, size: float) -> float:
    """Return the length of words that are the same on every page, remembered."""
    return width(text, name, size)


def visible(text: str, missing: set[str] | None = None, name: str = REGULAR) -> str:
    """Return ``text``, each character that no face has as its number, noted in ``missing``."""
    if text.isascii() and not _CONTROL.search(text):
        return text.expandtabs(len(TAB)) if "\t" in text else text
    widths = face(name).widths
    out = []
    for char in text.replace("\t", TAB).replace("\u2028", "\n").replace("\u2029", "\n"):
        if char in widths or char == "\n" or shaping.is_shown(char):
            out.append(char)
        else:
            out.append(f"[U+{ord(char):04X}]")
            if missing is not None:
                missing.add(char)
    return "".join(out)


def clusters(text: str) -> list[str]:
    """Return the parts of ``text`` that no line break may divide: also the sign of a number."""
    if "[U+" not in text:
        return list(text) if text.isascii() else shaping.clusters(text)
    out, at = [], 0
    for found in _NUMBER.finditer(text):
        out += [*shaping.clusters(text[at : found.start()]), found.group()]
        at = found.end()
    return out + shaping.clusters(text[at:])
