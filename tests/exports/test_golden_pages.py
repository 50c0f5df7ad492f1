"""Every page of every document looks as it did when somebody last looked at it.

`tests/golden/pages` has a sheet of small pictures a document. A difference that is wanted is
written by `python3 dev.py golden`, and looked at in the review.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from aeapp.domain.case import settle
from tests.conftest import GOLDEN
from tests.exports.every_document import DOCUMENTS, rich
from tests.helpers.three_readers import farthest, grid, pdfium_pictures

pytestmark = pytest.mark.golden

DPI = 56
ACROSS = 5
GREYS = 16
# Pictures of PDFium of another version may smooth otherwise; a word that is missing is more.
NEAR = 20
CELL = 6
# Equal to the pixel to their sisters, as tests of their own prove.
NAMES = [name for name in DOCUMENTS if not name.endswith(("-archive", "-maker"))]


def sheet(pdf: bytes) -> Image.Image:
    """Return the pages of a document beside and below each other, in sixteen greys."""
    pages = pdfium_pictures(pdf, DPI)
    width, height = pages[0].size
    down = -(-len(pages) // ACROSS)
    out = Image.new("L", (width * min(len(pages), ACROSS), height * down), 255)
    for n, page in enumerate(pages):
        out.paste(page, (n % ACROSS * width, n // ACROSS * height))
    return out.point(lambda grey: grey * GREYS // 256 * 255 // (GREYS - 1))


def packed(picture: Image.Image) -> bytes:
    """Return a picture as a PNG of four bits a pixel."""
    small = picture.point(lambda grey: grey * (GREYS - 1) // 255).convert("P")
    small.putpalette([n * 255 // (GREYS - 1) for n in range(GREYS) for _colour in range(3)])
    out = io.BytesIO()
    small.save(out, "PNG", bits=4, optimize=True)
    return out.getvalue()


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two sheets are of other sizes, or a cell of them is of another grey."""
    if one.size != other.size:
        return True
    box = (0, 0, *one.size)
    return farthest(grid(one, 72, box, CELL), grid(other, 72, box, CELL)) > NEAR


@pytest.mark.parametrize("name", NAMES)
def test_every_page_looks_as_it_did(name: str, request: pytest.FixtureRequest) -> None:
    file = GOLDEN / "pages" / f"{name}.png"
    drawn = sheet(DOCUMENTS[name].draw(rich()))
    if request.config.getoption("--rewrite-golden"):
        file.parent.mkdir(parents=True, exist_ok=True)
        if not (file.is_file() and not differ(opened(file.read_bytes()), drawn)):
            file.write_bytes(packed(drawn))
    assert file.is_file(), f"tests/golden/pages/{name}.png is not there yet: run make golden"
    if differ(opened(file.read_bytes()), drawn):
        seen = request.config.rootpath / "build" / "pages" / f"{name}.png"
        seen.parent.mkdir(parents=True, exist_ok=True)
        seen.write_bytes(packed(drawn))
        pytest.fail(f"pages of {name} look otherwise: {seen} beside {file}")


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("L")


def test_one_word_that_is_another_is_seen() -> None:
    before = sheet(DOCUMENTS["fda3500"].draw(rich()))
    case = rich().voluntary
    (filer,) = case.reporters
    for wrong in ({"last_name": "Example-Longname M"}, {"city": "Springfie"}):
        other = settle(replace(case, reporters=(replace(filer, **wrong),)))
        after = sheet(DOCUMENTS["fda3500"].draw(replace(rich(), voluntary=other)))
        assert differ(before, after)
    assert not differ(before, sheet(DOCUMENTS["fda3500"].draw(rich())))
    assert not differ(before, opened(packed(before)))


def test_the_pictures_are_small_and_each_belongs_to_a_document() -> None:
    files = list((GOLDEN / "pages").glob("*.png"))
    assert sorted(file.stem for file in files) == sorted(NAMES)
    assert sum(file.stat().st_size for file in files) < 3_000_000


@pytest.mark.parametrize("name", ["fda3500", "session"])
def test_no_page_needs_a_typeface_of_the_system(name: str) -> None:
    with pikepdf.open(io.BytesIO(DOCUMENTS[name].draw(rich()))) as pdf:
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors(pdf))
        assert len(list(descriptors(pdf))) > 1


def descriptors(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            parts: Sequence[pikepdf.Object] = font.get("/DescendantFonts", [font])
            yield from (part.FontDescriptor for part in parts)
