"""Pages as pictures."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports import preview
from exports.pdf.facsimile import render
from tests.exports import cases


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(cases.full(), form("fda3500"), cases.STAMP, NoProgress()).pdf


def test_pages_are_counted(pdf: bytes) -> None:
    assert preview.page_count(pdf) == len(PdfReader(io.BytesIO(pdf)).pages) > 8


def test_a_picture_has_the_size_and_the_pixels_that_another_tool_draws(pdf: bytes) -> None:
    image = Image.open(io.BytesIO(preview.page_png(pdf, 1, 50)))
    assert image.mode == "RGB"
    assert image.info["dpi"] == pytest.approx((50, 50), abs=0.1)
    with pypdfium2.PdfDocument(pdf) as document:
        expected = document[1].render(scale=50 / 72).to_pil().convert("RGB")
    assert image.size == expected.size
    assert image.tobytes() == expected.tobytes()
    assert len(image.getcolors(100_000) or []) > 10


def test_pixels_come_as_rows_of_four_bytes(pdf: bytes) -> None:
    picture = preview.page_picture(pdf, 1, 50)
    assert picture.stride >= 4 * picture.width
    assert len(picture.pixels) == picture.stride * picture.height
    assert picture.pixels[:3] == b"\xff\xff\xff"
