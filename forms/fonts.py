"""The type of the program: Inter in its sizes, with figures that line up.

The font is an installed package; no font file lies in the repository.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_
from aeapp.kernel.resources import files_of, package_folder

BODY_POINTS = 10.0
_REGULAR, _MEDIUM, _SEMIBOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold


class Size(NamedTuple):
    """One named size of type, in points at 100 %.

    Attributes:
        figures: Digits of one width, for what stands in columns or changes in place.
        identifier: Forms of 0 O 1 I l that cannot be mistaken for each other.
    """

    points: float = BODY_POINTS
    weight: QFont.Weight = _REGULAR
    figures: bool = False
    identifier: bool = False


SIZES: dict[str, Size] = {
    "small": Size(points=8.25, weight=_MEDIUM),
    "caption": Size(points=9.0),
    "note": Size(points=9.0, weight=_MEDIUM),
    "pill": Size(points=9.0, weight=_MEDIUM, figures=True),
    "head": Size(points=9.0, weight=_MEDIUM),
    "chart_figure": Size(points=9.0, figures=True),
    "chart_value": Size(points=9.0, weight=_SEMIBOLD, figures=True),
    "avatar": Size(points=9.0, weight=_SEMIBOLD),
    "body": Size(),
    "label": Size(),
    "figures": Size(figures=True),
    "button": Size(weight=_MEDIUM),
    "number": Size(weight=_SEMIBOLD, figures=True),
    "strong": Size(weight=_SEMIBOLD),
    "strong_figures": Size(weight=_SEMIBOLD, figures=True),
    "id": Size(figures=True, identifier=True),
    "title": Size(points=12.0, weight=_SEMIBOLD),
    "brand": Size(points=12.0, weight=_SEMIBOLD),
    "heading": Size(points=15.0, weight=_SEMIBOLD),
    "reading": Size(points=15.0, weight=_SEMIBOLD, figures=True),
    "clock": Size(points=18.0, weight=_SEMIBOLD, figures=True),
}


class FontMissingError(KnownError):
    """The type of the program could not be loaded."""

    code = "font.missing"

    def __init__(self) -> None:
        super().__init__(
            N_("The font of the program could not be loaded."),
            remedy=N_("Install the program again; a file of it is missing."),
        )


def load_face(path: Path) -> str:
    """Register a font file and return its family.

    Raises:
        FontMissingError: Qt could not read it. Without a font every letter would be a box.
    """
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise FontMissingError
    return families[0]


@cache
def family() -> str:
    """Return the family of the interface, loading it at the first call.

    Raises:
        FontMissingError: The font package is missing or unreadable.
    """
    # Upright only: nothing here is set in italics, and a face takes a millisecond to register.
    files = files_of(package_folder("fontpkg_inter") / "files", "Inter", ".ttf")
    names = [load_face(path) for path in files if "Italic" not in path.name]
    if not names:
        raise FontMissingError
    return names[0]


_watchers: list[Callable[[str], None]] = []


def watch_texts(watch: Callable[[str], None]) -> None:
    """Have every text with letters beyond ASCII that windows show handed to ``watch``."""
    _watchers.append(watch)


def seen(text: str) -> None:
    """Tell that ``text`` is shown; most texts end here at once."""
    if _watchers and not text.isascii():
        for watch in _watchers:
            watch(text)


class _Current:
    """The size in use: one a process, as there is one application."""

    percent: int = 100


def use_percent(percent: int) -> None:
    """Make every size of type ``percent`` of its size at 100 %."""
    _Current.percent = percent
    sized.cache_clear()


@cache
def sized(name: str) -> QFont:
    """Return a named size of type; shared, so not to be changed.

    Raises:
        KeyError: There is no such size.
    """
    size = SIZES[name]
    font = QFont(family())
    font.setPointSizeF(size.points * _Current.percent / 100)
    font.setWeight(size.weight)
    # Where the system does not list the named weights of a variable font, the axis still works.
    font.setVariableAxis(QFont.Tag("wght"), float(size.weight.value))
    # Inter widens hyphens and spaces together with digits, so sentences do without.
    if size.figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    if size.identifier:
        font.setFeature(QFont.Tag("zero"), 1)
        font.setFeature(QFont.Tag("ss02"), 1)
    return font
