"""Divide a line into runs of one face, script and direction, and put them in their order.

A run in the face of the page stays plain text; any other is glyphs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from exports.pdf import bidi
from exports.pdf.typefaces import (
    INVISIBLE,
    Cluster,
    Glyph,
    Typeface,
    script_of,
    typeface_of,
)

_TOGETHER = frozenset({"HIRAGANA", "KATAKANA", "CJK", "HANGUL", "FULLWIDTH", "HALFWIDTH"})
_VIRAMA = 9  # the canonical combining class of signs that join the next letter to this one
# Signs that no page shows as they are: controls, private ones, and halves of characters.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are drawn at once.

    Attributes:
        text: In the order of the text.
        typeface: None for plain text of the page's own face.
        clusters: Its glyphs, as they stand from left to right.
    """

    text: str
    typeface: Typeface | None = None
    rtl: bool = False
    clusters: tuple[Cluster, ...] = ()


def is_shown(char: str) -> bool:
    """Tell whether a character beyond the page's face can be printed as itself."""
    if char in INVISIBLE:
        return True
    return unicodedata.category(char) not in _HIDDEN and typeface_of(char) is not None


def joins_previous(char: str) -> bool:
    """Tell whether a character belongs to the one before it: a mark or a joiner."""
    return char in "\u200c\u200d" or unicodedata.category(char)[0] == "M"


def clusters(text: str) -> list[str]:
    """Return the parts of ``text`` that no line break and no change of face may divide."""
    out: list[str] = []
    for char in text:
        if out and (joins_previous(char) or _holds_next(out[-1][-1], char)):
            out[-1] += char
        else:
            out.append(char)
    return out


def _holds_next(last: str, char: str) -> bool:
    return last == "\u200d" or (
        unicodedata.combining(last) == _VIRAMA and unicodedata.category(char)[0] == "L"
    )


def runs(text: str, plain: Mapping[str, float]) -> list[Run]:
    """Return the runs of a line from left to right; ``plain`` is what the page's face has."""
    rtl = any(bidi.class_of(char) in bidi.FROM_THE_RIGHT for char in text)
    levels = bidi.levels(text) if rtl else [0] * len(text)
    found = list(_runs(text, levels, plain))
    order = bidi.visual([level for level, _run in found])
    space = plain.get(" ", 0.0)
    return [_shaped(found[n][1], space) for n in order]


def _runs(text: str, levels: list[int], plain: Mapping[str, float]) -> Iterator[tuple[int, Run]]:
    """Yield each run with its level, in the order of the text."""
    parts = _parts(text, levels, plain)
    for (level, typeface, _script), group in groupby(parts, key=lambda part: part[0]):
        run = Run("".join(words for _key, words in group), typeface, bool(level % 2))
        yield level, run


_Key = tuple[int, Typeface | None, str]


def _parts(text: str, levels: list[int], plain: Mapping[str, float]) -> Iterator[tuple[_Key, str]]:
    script, typeface = "", None
    for level, is_plain, word in _words(text, levels, plain):
        if is_plain:
            yield (level, None, ""), word
            continue
        for part in _covered(word):
            # Signs and spaces go with the word before them.
            script = _script(part) or script
            if typeface is None or not part.isspace():
                typeface = typeface_of(word) or typeface_of(part)
            yield (level, typeface, script), part


def _words(
    text: str, levels: list[int], plain: Mapping[str, float]
) -> Iterator[tuple[int, bool, str]]:
    """Yield level, whether plain, and text of stretches; what is not plain is cut at spaces."""
    pieces: list[tuple[tuple[int, bool, int], str]] = []
    place = word = 0
    for cluster in clusters(text):
        level = levels[place]
        is_plain = level % 2 == 0 and all(char in plain for char in cluster)
        word += cluster.isspace()
        pieces.append(((level, is_plain, 0 if is_plain else word), cluster))
        word += cluster.isspace()
        place += len(cluster)
    for (level, is_plain, _word), group in groupby(pieces, key=lambda piece: piece[0]):
        yield level, is_plain, "".join(cluster for _key, cluster in group)


def _covered(word: str) -> Iterator[str]:
    """Yield a word in parts of one script that one face has; single characters at the worst."""
    whole = typeface_of(word) is not None
    for _key, group in groupby(clusters(word), key=_script):
        for part in ("".join(group),) if whole else group:
            if whole or typeface_of(part):
                yield part
            else:
                yield from part


def _script(part: str) -> str:
    found = next((script for char in part if (script := script_of(char))), "")
    return "CJK" if found in _TOGETHER else found


def _shaped(run: Run, space: float) -> Run:
    if run.typeface is None:
        return run
    made = run.typeface.shape(run.text, rtl=run.rtl)
    return replace(run, clusters=tuple(_spaced(cluster, space) for cluster in made))


def _spaced(cluster: Cluster, space: float) -> Cluster:
    """Return a space as wide as those of the page: lines were broken by that measure."""
    if cluster.text != " ":
        return cluster
    glyph = cluster.glyphs[0]
    return Cluster(" ", (Glyph(glyph.number, space, 0.0, 0.0, glyph.width),))


def advance(run: Run) -> float:
    """Return the length of a run of glyphs in thousandths of the size."""
    return sum(glyph.advance for cluster in run.clusters for glyph in cluster.glyphs)
