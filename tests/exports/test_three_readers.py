"""PDFium, Poppler and MuPDF read the same words, the same values, and draw the same pages.

What the three agree on, any viewer shows. The two programs are skipped where they are missing, and
demanded in `.ci/run`.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from aeapp.domain.case import Case
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.official import fill_official
from tests.conftest import REPOSITORY
from tests.exports import cases
from tests.exports.every_document import DOCUMENTS, blank_of, rich
from tests.exports.reading import squeezed
from tests.helpers.official_sample import FDA3500, FDA3500A, needs
from tests.helpers.three_readers import (
    PICTURES,
    Place,
    farthest,
    grid,
    mupdf_values,
    outside,
    pdfium_values,
    pikepdf_values,
    poppler_values,
    read_by_three,
)
from tests.helpers.tools import require_tool

DPI = 100
# Cells of eight pixels differ by how each reader smooths its letters; a letter that is missing
# or another one differs by more, which the last tests see.
NEAR = 64
# By so much the ink of a field may differ; in a cross the lines are thicker in one than in another.
EDGE = 60  # as much of a line beside the field may reach into it
INK = {False: 0.06, True: 0.3}


@cache
def document(name: str) -> bytes:
    return DOCUMENTS[name].draw(rich())


# ---------------------------------------------------------------- words and pages


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.gauntlet
def test_three_readers_agree_on_every_document(name: str) -> None:
    three_readers_agree(document(name))


@pytest.mark.parametrize("name", ["cioms1-archive", "session", "lot"])
def test_three_readers_find_the_same_letters_and_draw_the_same_page(name: str) -> None:
    three_readers_agree(document(name))


def three_readers_agree(pdf: bytes) -> None:
    """Hold words, number of pages and pictures of three readers against each other."""
    assert len(read_by_three(pdf)) > 300
    assert not outside(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        whole = [tuple(map(float, page.mediabox)) for page in opened.pages]
    assert all(size[:2] == (0, 0) for size in whole)
    drawn = {reader: draw(pdf, DPI) for reader, draw in PICTURES.items()}
    for reader in ("poppler", "mupdf"):
        assert len(drawn[reader]) == len(drawn["pdfium"]) == len(whole)
        for number, (one, other) in enumerate(zip(drawn["pdfium"], drawn[reader], strict=True)):
            far = farthest(grid(one, DPI, whole[number]), grid(other, DPI, whole[number]))
            assert far <= NEAR, f"{reader}, page {number + 1}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_qpdf_finds_no_fault(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(document(name))
    done = subprocess.run([require_tool("qpdf"), "--check", file], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_qpdf_finds_a_fault_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(document("lot").replace(b"endobj", b"endojb", 3))
    done = subprocess.run([require_tool("qpdf"), "--check", file], capture_output=True, check=False)
    assert done.returncode != 0


HASHES = """
import hashlib, sys
from tests.exports.every_document import DOCUMENTS, rich
for name in sys.argv[1:]:
    print(hashlib.sha256(DOCUMENTS[name].draw(rich())).hexdigest())
"""


def same_in_another_process(names: Collection[str]) -> None:
    there = subprocess.run(
        [sys.executable, "-c", HASHES, *names],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        text=True,
    )
    assert there.stdout.split() == [hashlib.sha256(document(n)).hexdigest() for n in names]


def test_the_same_sources_give_the_same_bytes_in_another_process() -> None:
    same_in_another_process(("fda3500a-drug-archive", "fda3500-official", "session", "inspection"))


@pytest.mark.gauntlet
def test_every_document_has_the_same_bytes_in_another_process() -> None:
    same_in_another_process(DOCUMENTS)


# ---------------------------------------------------------------- the official forms


def richest(key: str) -> Case:
    return rich().voluntary if key == "fda3500" else rich().facility


CASES: Mapping[str, Callable[[str], Case]] = {"rich": richest, "empty": lambda _key: cases.empty()}


def files() -> list[object]:
    out = []
    for key, real in (("fda3500", FDA3500), ("fda3500a", FDA3500A)):
        out.append(pytest.param(key, None, id=f"{key} of our own"))
        out.append(pytest.param(key, real, id=f"{key} of FDA", marks=needs(real)))
    return out


def filled(key: str, real: Path | None, case: Case) -> bytes:
    source = blank_of(key) if real is None else real.read_bytes()
    return fill_official(source, case, form(key), cases.STAMP, NoProgress()).pdf


def values_differ(pdf: bytes, places: Mapping[Place, str]) -> list[str]:
    """Return the fields of which a reader tells or shows another value than the file has."""
    told, stored = pdfium_values(pdf), mupdf_values(pdf)
    shown = poppler_values(pdf, places)
    out = []
    for place, value in places.items():
        if told.get(place.key) != value:
            out.append(f"pdfium {place}")
        if stored.get(place.key) != (place.stored or value):
            out.append(f"mupdf {place}")
        if not place.ticks and squeezed(shown[place.key]) != squeezed(value):
            out.append(f"poppler {place}")
    return out


def pictures_differ(pdf: bytes, places: Mapping[Place, str], others: bytes = b"") -> list[str]:
    """Return the fields that look otherwise in a reader than in PDFium."""
    drawn = {reader: draw(pdf, DPI) for reader, draw in PICTURES.items()}
    drawn["pdfium"] = PICTURES["pdfium"](others or pdf, DPI)
    out = []
    for place in places:
        seen = {name: grid(pages[place.page], DPI, place.box) for name, pages in drawn.items()}
        wrong = (
            r for r in ("poppler", "mupdf") if differ(seen["pdfium"], seen[r], INK[place.ticks])
        )
        out += [f"{reader} {place}" for reader in wrong]
    return out


def differ(one: list[int], other: list[int], share: float) -> bool:
    """Tell whether a cell differs, or the ink of all of them by more than a share."""
    most = max(sum(one), sum(other))
    return farthest(one, other) > NEAR or abs(sum(one) - sum(other)) > share * most + EDGE


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("key", "real"), files())
def test_three_readers_tell_and_show_the_same_values(
    key: str, real: Path | None, case: str
) -> None:
    pdf = filled(key, real, CASES[case](key))
    places = pikepdf_values(pdf)
    assert len(places) > 200
    assert (sum(value != "" for value in places.values()) > 140) == (case == "rich")
    assert values_differ(pdf, places) == []
    assert pictures_differ(pdf, places) == []


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf, pikepdf.Object], None]) -> bytes:
    """Return a filled form with a change made to the field of the age."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for one in page.obj.get("/Annots", []):
                if str(one.get("/V", "")) == "41":
                    change(opened, one)
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def other_value(_pdf: pikepdf.Pdf, one: pikepdf.Object) -> None:
    one["/V"] = pikepdf.String("47")


def other_look(pdf: pikepdf.Pdf, one: pikepdf.Object) -> None:
    shape = pikepdf.Stream(pdf, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    shape["/BBox"] = pikepdf.Array(list(one["/Rect"]))
    one["/AP"] = pikepdf.Dictionary(N=shape)


def test_a_value_that_is_not_the_one_shown_is_found() -> None:
    pdf = filled("fda3500", None, rich().voluntary)
    wrong = changed(pdf, other_value)
    assert [found.split()[0] for found in values_differ(wrong, pikepdf_values(wrong))] == [
        "poppler"
    ]
    assert {f.split()[0] for f in values_differ(wrong, pikepdf_values(pdf))} == {"pdfium", "mupdf"}


def test_a_field_that_looks_otherwise_in_one_reader_is_found() -> None:
    pdf = filled("fda3500", None, rich().voluntary)
    assert len(pictures_differ(pdf, pikepdf_values(pdf), changed(pdf, other_look))) == 2


def test_one_letter_of_a_field_that_looks_otherwise_is_found() -> None:
    case = rich().voluntary
    pdf = filled("fda3500", None, case)
    story = case.case.narrative or ""
    other = filled("fda3500", None, cases.full(suspects=3, concomitants=12, narrative="W" + story))
    assert pictures_differ(pdf, pikepdf_values(pdf), other) != []


def test_two_rows_without_a_parent_are_two_fields_to_every_reader() -> None:
    """As files do that a tool saved again; a reader then takes them for one, and shows it twice."""
    pdf = filled("fda3500", None, rich().voluntary)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for one in page.obj.get("/Annots", []):
                if "/Parent" in one:
                    del one["/Parent"]
        out = io.BytesIO()
        opened.save(out)
    found = values_differ(out.getvalue(), pikepdf_values(out.getvalue()))
    assert {line.split()[0] for line in found} == {"pdfium"}
