"""Faces beside the one a page is set in: what its plain characters cannot show, shaped.

Each is asked of HarfBuzz for its glyphs and their places, and kept as glyphs: a letter of Arabic
has four, a syllable of Devanagari may have one for three characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import uharfbuzz

from aeapp.kernel.typefaces import SOURCES, Source, there

INVISIBLE = frozenset("\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
# Behind a sign: as a letter, or as a picture.
FORMS = frozenset("\ufe0e\ufe0f")
_EM = 1000
# Letters of Arabic that a reader of the file would take for others than were typed.
_PRESENTED = (range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped text.

    Attributes:
        number: Its place in the font.
        advance, dx, dy: In thousandths of the size.
        width: What the font says its advance is.
    """

    number: int
    advance: float
    dx: float
    dy: float
    width: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that show some characters together, as they stand from left to right."""

    text: str
    glyphs: tuple[Glyph, ...]


class Typeface:
    """One font file, opened at its first use."""

    def __init__(self, source: Source, path: Path) -> None:
        self.source = source
        # Mapped into memory, not read: the largest has 16 MB.
        self._blob = uharfbuzz.Blob.from_file_path(str(path))
        self.face = uharfbuzz.Face(self._blob)
        self._font = uharfbuzz.Font(self.face)
        self._characters = frozenset(self.face.unicodes)
        self._scale = _EM / self.face.upem

    @property
    def name(self) -> str:
        """Return the name of the face in a document."""
        return self.source.name

    def has(self, text: str) -> bool:
        """Tell whether the face has every character, leaving out those that are never drawn."""
        return all(ord(char) in self._characters or char in INVISIBLE for char in text)

    def letter_of(self, number: int) -> str:
        """Return the character that a glyph stands for by itself; empty where there is none."""
        return self._letters().get(number, "")

    @cache  # noqa: B019 - faces live as long as the program
    def _letters(self) -> dict[int, str]:
        out: dict[int, str] = {}
        for code in sorted(self._characters):
            number = self._font.get_nominal_glyph(code)
            if number and not any(code in block for block in _PRESENTED):
                out.setdefault(number, chr(code))
        return out

    def metrics(self) -> tuple[float, float, tuple[float, float]]:
        """Return ascent, descent and the heights of box and capitals for a font descriptor."""
        extents = self._font.get_font_extents("ltr")
        up, down = extents.ascender * self._scale, extents.descender * self._scale
        return up, down, (down, up)

    def shape(self, text: str, *, rtl: bool) -> tuple[Cluster, ...]:
        """Return the glyphs of a text of one script, from left to right as they stand."""
        buffer = uharfbuzz.Buffer()
        buffer.add_codepoints([ord(char) for char in text])
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.guess_segment_properties()
        if FORMS.intersection(text) and not FORMS.issuperset(text):
            # The choice of a picture's form has no ink: as a glyph of its own readers trip over it.
            buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        # Without kerning a word is as wide in a line as it was measured alone.
        uharfbuzz.shape(self._font, buffer, {"kern": False})
        return tuple(self._clusters(text, buffer))

    def _clusters(self, text: str, buffer: Any) -> Iterator[Cluster]:
        found = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        glyphs = [(info.cluster, self._glyph(info.codepoint, at)) for info, at in found]
        starts = sorted({start for start, _glyph in glyphs})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        for start, group in groupby(glyphs, key=itemgetter(0)):
            yield Cluster(text[start : ends[start]], tuple(glyph for _start, glyph in group))

    def _glyph(self, number: int, at: Any) -> Glyph:
        scale = self._scale
        width = self._font.get_glyph_h_advance(number) * scale
        return Glyph(number, at.x_advance * scale, at.x_offset * scale, at.y_offset * scale, width)


@cache
def typefaces() -> tuple[Typeface, ...]:
    """Return the faces that are installed."""
    return installed(SOURCES)


def installed(sources: Sequence[Source]) -> tuple[Typeface, ...]:
    """Open the faces whose packages are there."""
    return tuple(Typeface(source, path) for source, path in there(sources))


@lru_cache(maxsize=8192)
def typeface_of(text: str) -> Typeface | None:
    """Return the first face that has all characters of ``text``."""
    return next((one for one in typefaces() if one.has(text)), None)


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """Return the first word of a letter's name, which is its script; empty for signs and marks."""
    if not unicodedata.category(char).startswith("L"):
        return ""
    return unicodedata.name(char, "").partition(" ")[0]
