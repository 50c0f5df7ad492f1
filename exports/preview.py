"""Turn pages of a finished document into pictures."""

from __future__ import annotations

import struct
import threading
import zlib
from dataclasses import dataclass

import pypdfium2

_POINTS = 72
_lock = threading.Lock()  # PDFium works for one thread at a time.


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as pixels.

    Attributes:
        pixels: Rows of blue, green, red and an unused byte, ``stride`` bytes a row.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages a document has."""
    with _lock, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, page: int, dpi: float) -> Picture:
    """Return a page drawn at a resolution; pages count from 0."""
    with _lock, pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=dpi / _POINTS, prefer_bgrx=True)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def page_png(pdf: bytes, page: int, dpi: float) -> bytes:
    """Return a page as a PNG file; pages count from 0."""
    picture = page_picture(pdf, page, dpi)
    rows = bytearray()
    for y in range(picture.height):
        start = y * picture.stride
        row = picture.pixels[start : start + 4 * picture.width]
        rgb = bytearray(3 * picture.width)
        rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
        rows += b"\0" + rgb
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)
    pixels_per_metre = round(dpi / 0.0254)
    parts = (
        (b"IHDR", head),
        (b"pHYs", struct.pack(">IIB", pixels_per_metre, pixels_per_metre, 1)),
        (b"IDAT", zlib.compress(bytes(rows), 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
