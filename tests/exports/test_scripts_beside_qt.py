"""Shaped words look as Qt draws them from the same file: every glyph, every mark in its place."""

from __future__ import annotations

from itertools import product

import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter

from aeapp.kernel.resources import package_folder
from aeapp.kernel.typefaces import SOURCES
from exports.pdf.pen import Pen
from exports.preview import page_picture

# Single words: a space is as wide as the page's own, whatever the face.
WORDS = [
    ("DejaVuSansCondensed", "السَّلام"),
    ("DejaVuSansCondensed", "שָׁלוֹם"),
    ("NotoSansArabic", "سلامࢠ"),
    ("NotoSansDevanagari", "क्षत्रियहिन्दी"),
    ("NotoSansThai", "ผู้ป่วยน้ำ"),
    ("NotoSansBengali", "ক্ষত্রিয়"),
    ("NotoSansTamil", "நோயாளிக்கு"),
    ("NotoSansKhmer", "អ្នកជំងឺ"),
    ("NotoSansMyanmar", "မြန်မာ"),
    ("NotoSansCJKjp", "病人感到ギ한국"),
]
PIXELS, INK, NEAR = 180, 96, 2


def cut(image: Image.Image) -> Image.Image:
    """Return the ink of a picture, white on black."""
    ink = ImageChops.invert(image).point(lambda value: 255 if value > INK else 0).convert("1")
    return ink.crop(ink.getbbox())


def on_paper(words: str) -> Image.Image:
    pen = Pen(280, 60)
    pen.say(5, 40, words, PIXELS / 3)
    pen.end_page()
    page = page_picture(pen.finish(), 0, 72 * 3)
    size = (page.width, page.height)
    return cut(
        Image.frombuffer("RGB", size, page.pixels, "raw", "BGRX", page.stride, 1).convert("L")
    )


def by_qt(words: str, face: str) -> Image.Image:
    source = next(source for source in SOURCES if source.name == face)
    number = QFontDatabase.addApplicationFont(str(package_folder(source.package) / source.file))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[-1])
    font.setPixelSize(PIXELS)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    image = QImage(2400, 500, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(40, 300, words)
    painter.end()
    stride = image.bytesPerLine()
    return cut(Image.frombuffer("L", (2400, 500), bytes(image.constBits()), "raw", "L", stride, 1))


def overlap(one: Image.Image, other: Image.Image) -> float:
    """Return the share of ink that two pictures have in common where they lie best."""
    size = (max(one.width, other.width) + 2 * NEAR, max(one.height, other.height) + 2 * NEAR)
    below = Image.new("1", size)
    below.paste(one, (NEAR, NEAR))
    best = 0.0
    for at in product(range(2 * NEAR + 1), repeat=2):
        above = Image.new("1", size)
        above.paste(other, at)
        both, all_ink = ImageChops.logical_and(below, above), ImageChops.logical_or(below, above)
        best = max(best, both.histogram()[255] / all_ink.histogram()[255])
    return best


@pytest.mark.parametrize(("face", "words"), WORDS, ids=[face + words for face, words in WORDS])
def test_a_word_looks_as_qt_draws_it(qapp: object, face: str, words: str) -> None:
    assert overlap(on_paper(words), by_qt(words, face)) >= 0.9


def test_another_order_or_form_is_seen(qapp: object) -> None:
    face, words = WORDS[0]
    drawn = by_qt(words, face)
    assert overlap(on_paper(words[::-1]), drawn) < 0.7
    assert overlap(on_paper("\u200c".join(words)), drawn) < 0.7
