"""The official file, filled: known by its fields, filled by what is shown, proven by reading."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest

from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.formspecs import form
from aeapp.formspecs.official import OFFICIAL, official
from aeapp.kernel.progress import NoProgress
from exports.pdf import official as filling
from exports.pdf.official import Filled, NotAFormError, NotProvenError, edition_of, fill_official
from exports.pdf.official_plan import What
from tests.exports import cases
from tests.exports.official_blank import blank
from tests.exports.reading import field_values, page_texts, squeezed, words
from tests.helpers.official_sample import FDA3500

FORM = form("fda3500")
FILE = official(FORM.key)
REAL = FDA3500
BLANK = blank(FORM)


def sources() -> list[Any]:
    real = pytest.mark.skipif(
        not REAL.is_file(), reason="the official form is not part of the project"
    )
    return [
        pytest.param(lambda: BLANK, id="of our own"),
        pytest.param(REAL.read_bytes, id="of FDA", marks=real),
    ]


def filled(case: Case, source: bytes = BLANK) -> Filled:
    return fill_official(source, case, FORM, cases.STAMP, NoProgress())


def values(content: bytes) -> dict[str, str]:
    """Return what each field of the case holds, by its place in the form, empty ones left out."""
    return field_values(content, FORM)


def pictures_differ(content: bytes, page: int) -> bool:
    """Tell whether a page looks otherwise without its fields."""
    shown = []
    for with_fields in (True, False):
        with pypdfium2.PdfDocument(content) as document:
            document.init_forms()
            picture = document[page].render(scale=1, may_draw_forms=with_fields)
            shown.append(bytes(picture.buffer))
    return shown[0] != shown[1]


# ---------------------------------------------------------------- editions


@pytest.mark.parametrize("source", sources())
def test_an_edition_is_known_by_its_fields(source: Any) -> None:
    assert edition_of(source()).form == FORM.key


def test_every_place_of_the_form_has_one_field_of_its_own() -> None:
    for file in OFFICIAL:
        spec = form(file.form)
        places = [
            *(cell.path for cell in spec.cells() if cell.box is not None),
            *(f"{cell.path}={o.code}" for cell in spec.cells() for o in cell.options),
            *(f"{cell.path}@{n + 1}" for cell in spec.cells() for n in range(len(cell.more))),
        ]
        assert sorted(places) == sorted(file.fields)
        assert len(set(file.fields.values())) == len(file.fields)
        assert not set(file.fields.values()) & file.not_for_the_case


def test_an_unknown_edition_is_refused_with_what_differs() -> None:
    assert FILE is not None
    missing = FILE.fields["subject.age"]
    with pytest.raises(NotAFormError, match=r"lacks 1 fields, such as AgeValue\[0\]"):
        edition_of(blank(FORM, without=missing))
    with pytest.raises(NotAFormError, match=r"has 1 more fields, such as Shoe\[0\]"):
        edition_of(blank(FORM, more="topmostSubform[0].Shoe[0]"))


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7 broken"])
def test_what_is_no_form_is_refused(content: bytes) -> None:
    with pytest.raises(NotAFormError, match="no PDF with fields"):
        edition_of(content)


@pytest.mark.parametrize("kid", [None, 7, "x"])
def test_a_form_whose_fields_are_none_is_refused(kid: object) -> None:
    odd = io.BytesIO()
    with pikepdf.new() as pdf:
        top = pikepdf.Dictionary(Kids=pikepdf.Array([kid]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([top]))
        pdf.save(odd)
    with pytest.raises(NotAFormError, match="no PDF with fields"):
        edition_of(odd.getvalue())


def test_a_pdf_without_fields_and_one_behind_a_password_are_refused() -> None:
    plain = io.BytesIO()
    empty = pikepdf.new()
    empty.add_blank_page()
    empty.save(plain)
    for content in (plain.getvalue(), blank(FORM, password="secret")):
        with pytest.raises(NotAFormError, match="no PDF with fields"):
            edition_of(content)


def test_a_file_with_an_empty_password_is_filled_and_written_without_one() -> None:
    done = filled(cases.full(), blank(FORM, password=""))
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        assert not pdf.is_encrypted


# ---------------------------------------------------------------- filling


@pytest.mark.parametrize("source", sources())
def test_a_full_case_stands_in_its_fields(source: Any) -> None:
    case = cases.full()
    done = filled(case, source())
    found = values(done.pdf)

    assert done.values == len(found)
    assert found["subject.age"] == "41"
    assert found["filer.last_name"] == "Example-Longname"
    assert "SpO₂ stayed ≥ 95 %" in words(found["case.narrative"])
    ticked = {place for place in found if place.startswith("case.types=")}
    assert ticked == {f"case.types={kind.value}" for kind in case.case.types or ()}


@pytest.mark.parametrize("source", sources())
def test_an_empty_case_leaves_no_value_that_was_in_the_file(source: Any) -> None:
    done = filled(cases.empty(), source())
    assert values(done.pdf) == {}
    assert (done.pages, done.did) == (FORM.pages, ())


@pytest.mark.parametrize("source", sources())
def test_a_word_of_a_list_is_chosen_as_it_is_shown(source: Any) -> None:
    case = cases.full()
    content = filled(case, source()).pdf
    assert FILE is not None
    unit = case.administrations[0].dose_unit
    assert unit is not None
    with pikepdf.open(io.BytesIO(content)) as pdf:
        one = dict(filling.fields_of(pdf))[FILE.fields["suspects[0].giving.dose_unit"]]
        chosen = one["/Opt"][int(one["/I"][0])]
        assert str(chosen[1]) == label(unit)
        assert str(one["/V"]) == str(chosen[0]) != label(unit)


@pytest.mark.parametrize("source", sources())
def test_nothing_is_left_that_shows_other_content_or_acts(source: Any) -> None:
    with pikepdf.open(io.BytesIO(filled(cases.full(), source()).pdf)) as pdf:
        assert "/XFA" not in pdf.Root.AcroForm
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert "/OpenAction" not in pdf.Root
        for _name, one in filling.fields_of(pdf):
            assert "/AA" not in one
            assert str(one.get("/A", {}).get("/S", "/URI")) == "/URI"


@pytest.mark.parametrize("source", sources())
def test_every_entry_is_drawn_in_an_embedded_typeface(source: Any) -> None:
    with pikepdf.open(io.BytesIO(filled(cases.full(), source()).pdf)) as pdf:
        for _name, one in filling.fields_of(pdf):
            if one.get("/FT") == pikepdf.Name.Tx and "/V" in one:
                resources = one["/AP"]["/N"]["/Resources"]
                for face in resources["/Font"].values():
                    assert "/FontFile2" in face["/FontDescriptor"]


def test_the_entries_are_in_the_picture() -> None:
    content = filled(cases.full()).pdf
    assert pictures_differ(content, 0)
    assert not pictures_differ(filled(cases.empty()).pdf, 1)


@pytest.mark.parametrize("source", sources())
def test_the_same_case_gives_the_same_bytes(source: Any) -> None:
    content = source()
    assert filled(cases.full(), content).pdf == filled(cases.full(), content).pdf


# ---------------------------------------------------------------- what a cell does not take


def test_a_cell_for_digits_stays_empty_and_the_value_stands_behind_the_form() -> None:
    done = filled(cases.full())
    assert "suspects[0].giving.dose" not in values(done.pdf)
    behind = words(" ".join(page_texts(done.pdf)[FORM.pages :]))
    assert "37.5 MILLIGRAM(S) - MG; 0.5 mg/kg of ideal weight" in behind
    assert ("D2 (#1)", What.DIGITS) in {(did.number, did.what) for did in done.did}


def test_part_of_a_date_is_never_made_a_day() -> None:
    done = filled(cases.full())
    assert "suspects[0].giving.reduced_on" not in values(done.pdf)
    assert "Nov-2026 (day unknown)" in words(" ".join(page_texts(done.pdf)[FORM.pages :]))


def test_no_character_of_a_long_narrative_is_lost() -> None:
    story = " ".join(f"word{n}" for n in range(3_000))
    done = filled(cases.full(narrative=story))
    there = values(done.pdf)["case.narrative"].removesuffix("(continued)")
    behind = squeezed("".join(page_texts(done.pdf)[FORM.pages :]))
    rest = squeezed(story).removeprefix(squeezed(there))
    assert len(there) <= 4_000
    assert rest
    assert all(f"word{n}" in squeezed(there) + behind for n in range(3_000))


def test_a_third_product_has_a_page_behind_the_form() -> None:
    done = filled(cases.full(suspects=3))
    texts = page_texts(done.pdf)
    assert done.pages == len(texts)
    assert "product 3" in texts[FORM.pages]


def test_words_longer_than_the_cell_takes_stand_whole_behind_it() -> None:
    case = cases.full()
    address = "Invented Street " * 9
    long = replace(case, filer=replace(case.filer, address=address.strip()))
    done = filled(long)
    there = values(done.pdf)["filer.address"]
    assert len(there) <= 100
    assert there.endswith("(continued)")
    assert squeezed(address) in squeezed("".join(page_texts(done.pdf)[FORM.pages :]))


@pytest.mark.parametrize(
    ("word", "changes"), [("PRACTICE", {"practice": True}), ("DRAFT", {"draft": True})]
)
def test_every_page_says_what_must_not_be_sent(word: str, changes: dict[str, bool]) -> None:
    stamp = replace(cases.STAMP, **changes)
    done = fill_official(BLANK, cases.full(), FORM, stamp, NoProgress())
    assert all(word in page for page in page_texts(done.pdf))
    assert word not in "".join(page_texts(filled(cases.full()).pdf))


# ---------------------------------------------------------------- proof


def test_a_value_that_reads_back_otherwise_stops_the_export(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = filling.take_out_what_acts

    def spoiling(pdf: pikepdf.Pdf) -> None:
        real(pdf)
        assert FILE is not None
        dict(filling.fields_of(pdf))[FILE.fields["subject.age"]]["/V"] = pikepdf.String("14")

    monkeypatch.setattr(filling, "take_out_what_acts", spoiling)
    with pytest.raises(NotProvenError, match="1 values"):
        filled(cases.full())


def test_the_file_of_another_edition_is_not_filled() -> None:
    with pytest.raises(NotAFormError):
        fill_official(
            BLANK, cases.full(), replace(FORM, key="fda3500-1999-01"), cases.STAMP, NoProgress()
        )
