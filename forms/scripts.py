"""Letters of every script in the windows: more faces after the first paint, and a word without.

Inter has Latin, Greek and Cyrillic. For the others Qt looks among the faces it knows; it gets those
that paper takes (ADR 0023), and has those of the system. What none of them has Qt draws as a box,
without a word, so the word comes from here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFontDatabase, QFontMetrics

from aeapp.kernel.i18n import _
from aeapp.kernel.typefaces import there
from forms import fonts

_EXTRAS = {
    "cjk": frozenset({"CJK", "Hiragana", "Katakana", "Hangul", "Bopomofo"}),
    "scripts": frozenset(
        {
            *("Bengali", "Tamil", "Telugu", "Gujarati", "Gurmukhi", "Kannada", "Malayalam"),
            *("Oriya", "Sinhala", "Khmer", "Myanmar", "Lao", "Ethiopic"),
        }
    ),
}


def offer_faces() -> list[int]:
    """Give Qt the faces of the installed packages; return the numbers it has for them.

    It reads no more of a file than what it holds: two milliseconds for all of them.
    """
    found = (QFontDatabase.addApplicationFont(str(path)) for _source, path in there())
    return [number for number in found if number >= 0]


def offer(owner: QObject, tell: Callable[[str], None]) -> None:
    """Offer the faces, and tell from here on what no face shows; call after the first paint."""
    offer_faces()
    # Not at once: a text may be met in the middle of a paint.
    fonts.watch_texts(Watch(lambda words: QTimer.singleShot(0, owner, lambda: tell(words))))


def is_shown(char: str) -> bool:
    """Tell whether some face on this computer has a sign."""
    return QFontMetrics(fonts.sized("body")).inFontUcs4(ord(char))


class Watch:
    """Meets the texts that windows show, and names each script that no face has, once."""

    def __init__(
        self, tell: Callable[[str], None], shown: Callable[[str], bool] = is_shown
    ) -> None:
        self._tell, self._shown = tell, shown
        self._met: set[str] = set()
        self._told: set[str] = set()

    def __call__(self, text: str) -> None:
        """Look at the signs of a text that were not met before."""
        new = {char for char in text if not char.isascii()} - self._met
        self._met |= new
        lacking = {_named(c) for c in new if _is_drawn(c) and not self._shown(c)} - self._told
        if lacking:
            self._told |= lacking
            # All of them: a line that names another script takes the place of the one before.
            self._tell(_words(self._told))


def _is_drawn(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CMZ"


def _named(char: str) -> str:
    """Return the script of a letter, the number of any other sign."""
    if unicodedata.category(char).startswith("L"):
        with suppress(ValueError):
            script = unicodedata.name(char).partition(" ")[0]
            return script if script == "CJK" else script.capitalize()
    return f"U+{ord(char):04X}"


def _words(lacking: set[str]) -> str:
    remedy = _("Install a font of the system for them.")
    extras = [f"“{name}”" for name, group in _EXTRAS.items() if lacking & group]
    if extras:
        remedy = _("Install fonts of the system for them, or the extra {names} of the program.")
        remedy = remedy.format(names=", ".join(extras))
    words = _("No font here shows these letters: {names}. They are kept as typed. {remedy}")
    return words.format(names=", ".join(sorted(lacking)), remedy=remedy)
