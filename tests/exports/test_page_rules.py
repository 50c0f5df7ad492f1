"""V21 and V22 on every document of a report: no logo, no official title, foot, fonts, sizes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream

from aeapp.domain.case import Case
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.copies import deidentified
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.archival import Attached, finished
from exports.pdf.facsimile import render
from exports.pdf.tagging import Tags
from tests.exports import cases, cases_3500a
from tests.exports.page_rules import faults, small_words
from tests.exports.test_cioms1 import rich


def drawn(case: Case, key: str, *, archive: bool = False) -> bytes:
    tags = Tags() if archive else None
    done = render(case, form(key), cases.STAMP, NoProgress(), tags)
    if tags is None:
        return done.pdf
    return finished(done.pdf, tags, Attached("case.json", "The case", b"{}"))


DOCUMENTS: dict[str, tuple[Callable[[], Case], str, bool]] = {
    "3500": (lambda: cases.full(suspects=3), "fda3500", False),
    "3500, empty": (cases.empty, "fda3500", False),
    "3500A, user facility": (lambda: cases_3500a.full(Capacity.USER_FACILITY), "fda3500a", False),
    "3500A, outsourcing": (lambda: cases_3500a.full(Capacity.OUTSOURCING), "fda3500a", False),
    "CIOMS I": (rich, "cioms1", False),
    "3500 for the archive": (lambda: cases.full(suspects=3), "fda3500", True),
    "3500, de-identified": (
        lambda: deidentified(cases.full(), texts_read=True)[0], "fda3500", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_keeps_v21_and_v22(name: str) -> None:
    case, key, archive = DOCUMENTS[name]
    # What an empty form prints small is its own furniture, as on the original.
    furniture = small_words(drawn(cases.empty(), key))

    assert faults(drawn(case(), key, archive=archive), furniture) == []


def broken(change: Callable[[pikepdf.Pdf], None]) -> list[str]:
    with pikepdf.open(io.BytesIO(drawn(cases.empty(), "fda3500"))) as opened:
        change(opened)
        target = io.BytesIO()
        opened.save(target)
    furniture = small_words(drawn(cases.empty(), "fda3500"))
    return faults(target.getvalue(), furniture)


def _logo(pdf: pikepdf.Pdf) -> None:
    picture = Stream(pdf, b"\xff\x00\x00")
    picture.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Length=3,
    )  # fmt: skip
    page = pdf.pages[0]
    page.resources["/XObject"] = Dictionary(Logo=picture)
    page.contents_add(Stream(pdf, b"q 40 0 0 40 50 700 cm /Logo Do Q"))


def _said(words: bytes, size: int = 9, height: int = 600) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.resources.Font["/Own"] = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
        )
        text = b"q BT /Own %d Tf 1 0 0 1 60 %d Tm (%s) Tj ET Q" % (size, height, words)
        page.contents_add(Stream(pdf, text))

    return change


def _without_foot(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    kept = [op for op in pikepdf.parse_content_stream(page) if str(op.operator) not in ("Tj", "TJ")]
    page.Contents = Stream(pdf, pikepdf.unparse_content_stream(kept))


def _without_font(pdf: pikepdf.Pdf) -> None:
    for font in dict(pdf.pages[0].resources.Font).values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        for key in [k for k in dict(inner.get("/FontDescriptor", {})) if "FontFile" in str(k)]:
            del inner.FontDescriptor[key]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_logo, "page 1: a picture"),
        (_said(b"Form FDA 3500 \\(09/2025\\)"), "page 1: the title of an official form"),
        (_said(b"tiny entry", size=6), "page 1: smaller than 8 points"),
        (_said(b"own"), "page 1: /Helvetica is not embedded"),
        (_without_font, "is not embedded"),
        (_without_foot, "page 1: no number"),
        (_without_foot, "page 1: no hash of the record"),
        (_without_foot, "page 1: no version"),
        (_without_foot, "page 1: does not say that it is no official form"),
    ],
)
def test_a_document_that_breaks_them_is_found(
    change: Callable[[pikepdf.Pdf], None], fault: str
) -> None:
    assert any(fault in found for found in broken(change))


def test_the_untouched_page_of_the_negative_cases_is_sound() -> None:
    assert broken(lambda pdf: None) == []
