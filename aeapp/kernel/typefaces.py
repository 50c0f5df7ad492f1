"""The faces that installed packages bring for scripts beyond the one a page or window is set in.

Paper and windows take the same, so that what is seen on one is seen on the other (ADR 0023).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aeapp.kernel.resources import ResourceMissingError, package_folder

BASE = "rinoh_typeface_dejavusans"


@dataclass(frozen=True, slots=True)
class Source:
    """A font file of an installed package; the name is that which the file gives itself."""

    name: str
    package: str
    file: str


# Of the extra "scripts": one package with a file for each.
SCRIPTS = "manimgx_fonts"
_FURTHER = (
    *("Bengali", "Tamil", "Telugu", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya"),
    *("Sinhala", "Khmer", "Myanmar", "Lao", "Ethiopic"),
)

# In the order in which they are asked. DejaVu before Noto for Arabic: its letters are one glyph
# each, so what is copied out of the page are the letters that were typed. Those behind Thai are of
# extras.
SOURCES = (
    Source("DejaVuSansCondensed", BASE, "DejaVuSansCondensed.ttf"),
    Source("NotoSansArabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    Source(
        "NotoSansDevanagari",
        "fontpkg_noto_sans_devanagari",
        "files/NotoSansDevanagari[wdth,wght].ttf",
    ),
    Source("NotoSansThai", "fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf"),
    *(Source(f"NotoSans{one}", SCRIPTS, f"NotoSans{one}[wght].ttf") for one in _FURTHER),
    Source("NotoSansCJKjp", "rinoh_typeface_notosanscjk", "notosanscjkjp-regular.otf"),
    # Last: it has digits and signs, too.
    Source("NotoEmoji", SCRIPTS, "NotoEmoji[wght].ttf"),
)


def there(sources: Iterable[Source] = SOURCES) -> Iterator[tuple[Source, Path]]:
    """Yield the faces whose packages are installed; those of an extra that is not are left out."""
    for source in sources:
        try:
            path = package_folder(source.package) / source.file
        except ResourceMissingError:
            continue
        if path.is_file():
            yield source, path
