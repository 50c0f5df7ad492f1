"""The finished document, read back by other tools."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace

import pypdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aeapp.domain import lens
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.safety import ReportType, Seriousness, Sex
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event, Patient
from aeapp.domain.vitals.table import LEGEND
from aeapp.formspecs import form
from aeapp.formspecs.model import BOXED, Kind, placed
from aeapp.kernel.progress import CancelledError, NoProgress
from exports import text
from exports.pdf import continuation, filling, sheets
from exports.pdf.facsimile import Note, Reason, Rendered, Stamp, render
from exports.pdf.filling import RULES, fill
from tests.conftest import REPOSITORY
from tests.exports import cases, reading

FORM = form("fda3500")


def draw(case: Case, stamp: Stamp = cases.STAMP) -> Rendered:
    return render(case, FORM, stamp, NoProgress())


def notes_of(done: Rendered, reason: Reason) -> list[Note]:
    return [note for note in done.notes if note.reason is reason]


# ---------------------------------------------------------------- entries


def test_every_entry_of_a_full_case_stands_on_its_page() -> None:
    case = cases.full()
    pages = [reading.words(page) for page in reading.page_texts(draw(case).pdf)]
    members = FORM.members(case)
    checked = 0
    for cell in FORM.cells():
        path = placed(cell.path, members)
        if path is None or cell.kind in BOXED:
            continue
        words = reading.words(text.printed(lens.get(case, path)))
        if words and cell.kind is not Kind.LONG and cell.path != "tests[0].text":
            start = words if len(words) < 50 else words[:24]
            if cell.kind is Kind.DATE:
                start = start.partition(" (")[0]
            assert start in pages[_offset(pages) + cell.page - 1], cell.path
            checked += 1
    assert checked > 110


def _offset(pages: list[str]) -> int:
    """Return how many pages stand before form page 1."""
    return next(n for n, page in enumerate(pages) if ", form page 1" in page)


def test_every_place_holds_the_entry_of_its_item() -> None:
    case = cases.full()
    done = draw(case)
    document = pdfium.PdfDocument(done.pdf)
    kinds = {placed(cell.path, FORM.members(case)): cell.kind for cell in FORM.cells()}
    checked = 0
    for place in done.places:
        assert 0 <= place.left < place.left + place.width <= 1, place.path
        assert 0 <= place.top < place.top + place.height <= 1, place.path
        words = reading.words(text.printed(lens.get(case, place.path)))
        if not words or kinds.get(place.path) in (*BOXED, None):
            continue
        page = document[place.page]
        width, height = page.get_size()
        inside = page.get_textpage().get_text_bounded(
            left=place.left * width,
            right=(place.left + place.width) * width,
            top=(1 - place.top) * height,
            bottom=(1 - place.top - place.height) * height,
        )
        assert words[:8] in reading.words(inside), place.path
        checked += 1
    assert checked > 100


def test_a_further_product_has_its_places_on_its_page() -> None:
    case = cases.full(suspects=4)
    done = draw(case)
    names = [p for p in done.places if p.path.endswith("].product.name")]

    assert [p.path for p in names] == [
        f"suspects[{n}].product.name" for n in range(len(case.suspects))
    ]
    sheets = [p.page for p in names]
    assert sheets == sorted(set(sheets))
    assert all(p.page < done.pages for p in done.places)


def test_a_tick_is_a_cross_in_exactly_the_boxes_that_were_answered() -> None:
    case = cases.full()
    filled = fill(case, FORM)
    members = FORM.members(case)
    for cell in FORM.cells():
        path = placed(cell.path, members)
        chosen = frozenset() if path is None else text.codes(lens.get(case, path))
        for option in cell.options:
            assert (option.box in filled.ticked) == (option.code in chosen), cell.path


def test_a_tick_is_drawn() -> None:
    none = draw(settle(Case())).pdf
    one = draw(settle(replace(Case(), case=replace(Case().case, types=frozenset(ReportType))))).pdf
    assert _strokes(one, 1) == _strokes(none, 1) + 2 * len(ReportType)


def _strokes(pdf: bytes, page: int) -> int:
    content = pypdf.PdfReader(io.BytesIO(pdf)).pages[page].get_contents()
    assert content is not None
    return content.get_data().count(b" l S")


def test_entries_are_never_set_smaller_than_eight_points() -> None:
    for case in (cases.full(), cases.full(narrative="x " * 60_000, suspects=4, concomitants=30)):
        assert {entry.size for entry in fill(case, FORM).entries} <= {8.0, 8.5, 9.0, 10.0}


def test_an_entry_stays_inside_its_box() -> None:
    from exports.pdf import fonts  # noqa: PLC0415 - measured here only
    from exports.pdf.pen import inner_width  # noqa: PLC0415

    for entry in fill(cases.full(narrative="word " * 3000, suspects=3), FORM).entries:
        for line in entry.lines:
            assert fonts.width(line, fonts.REGULAR, entry.size) <= inner_width(entry.box) + 0.01
        assert len(entry.lines) * entry.size * 1.22 * 25.4 / 72 <= max(entry.box.h, 4.0)


# ---------------------------------------------------------------- nothing is lost


TOKENS = re.compile(r"w\d{5}")


def tokens(pdf: bytes) -> list[str]:
    return TOKENS.findall("\n".join(reading.page_texts(pdf)))


@settings(max_examples=15)
@given(
    gaps=st.lists(
        st.sampled_from([" ", "\n", "   ", "\n\n", ", ", " <b>&amp; ", " ≥ "]), min_size=1
    ),
    count=st.integers(1, 1500),
)
def test_each_word_of_a_narrative_is_printed_once_and_in_order(gaps: list[str], count: int) -> None:
    expected = [f"w{n:05d}" for n in range(count)]
    narrative = "".join(word + gaps[n % len(gaps)] for n, word in enumerate(expected))
    assert tokens(draw(cases.with_narrative(narrative)).pdf) == expected


@pytest.mark.parametrize(
    "narrative",
    [
        " ".join(f"w{n:05d}" for n in range(14_285)),
        "x" * 100_000,
        "\n" * 100_000,
        " " * 100_000,
        "中文" * 50_000,
        "e\u0323\u0302" * 33_333,
        "שלום עולם " * 10_000,
    ],
    ids=["words", "no spaces", "newlines", "spaces", "Chinese", "marks", "Hebrew"],
)
def test_a_hundred_thousand_characters_are_drawn_whole(narrative: str) -> None:
    done = draw(cases.with_narrative(narrative))
    if narrative.startswith("w"):
        assert tokens(done.pdf) == narrative.split()
    elif narrative.startswith("x"):
        assert "".join(reading.page_texts(done.pdf)).count("xx") >= 49_000
        assert sum(page.count("x") for page in reading.page_texts(done.pdf)) >= 100_000
    elif narrative.startswith("中"):
        printed = reading.squeezed("".join(reading.page_texts(done.pdf)))
        assert printed.count("中") == printed.count("文") == 50_000


def test_the_description_stops_at_the_official_limit_and_says_where_it_goes_on() -> None:
    narrative = " ".join(f"w{n:05d}" for n in range(700))
    done = draw(cases.with_narrative(narrative))
    pages = reading.page_texts(done.pdf)
    inside = TOKENS.findall(pages[2])
    assert inside == [f"w{n:05d}" for n in range(len(inside))]
    assert len(" ".join(inside)) <= 4000 - len(" (continued)")
    assert len(inside) > 560
    assert "(continued)" in pages[2].replace("(continued on next page)", "")
    assert "Section B, item 5 (continued): Describe Event" in pages[9]
    (note,) = notes_of(done, Reason.CONTINUED)
    assert (note.number, note.page) == ("B5", 10)
    assert "continued: page 10" in reading.words(pages[0])
    (limit,) = notes_of(done, Reason.OFFICIAL_LIMIT)
    assert limit.text.startswith("4,899 characters; at most 4,000")


def test_readings_that_are_not_on_the_form_follow_it_in_time_order() -> None:
    case = cases.full()
    unshown = [row.text for row in case.tests if not row.shown]
    assert len(unshown) == 7
    pages = reading.page_texts(draw(case).pdf)
    last = reading.words(pages[-1])
    places = [last.index(words) for words in (LEGEND, *unshown) if words]
    assert places == sorted(places)
    assert "Section B, item 6 (continued): Relevant Test/Laboratory Data: further readings" in last
    on_form = reading.words(pages[_offset(pages) + 2])
    assert [row.text in on_form for row in case.tests if row.shown][1:] == [True] * 5
    assert LEGEND in on_form
    assert not [words for words in unshown if words and words in on_form]


def test_more_than_eight_chosen_readings_continue_after_the_form() -> None:
    high = tuple(cases.pressure(n, 190 + n, 120) for n in range(11))
    case = settle(Case(observations=high))
    done = draw(case)
    pages = reading.page_texts(done.pdf)
    for n in range(11):
        page = pages[3] if n < 8 else pages[9]
        assert f"BP {190 + n}/120" in page
    (note,) = notes_of(done, Reason.MORE_MEMBERS)
    assert note.text.startswith("3 of 11 rows: page 10.")


def test_a_third_and_fourth_product_get_pages_of_their_own() -> None:
    done = draw(cases.full(suspects=4))
    pages = reading.page_texts(done.pdf)
    first = _offset(pages)
    for n, at in ((1, 3), (2, 4), (3, 8), (4, 9)):
        assert f"SUSPECT PRODUCT #{n}" in pages[first + at]
        assert f"product {n}" in pages[first + at]
        assert f"LOT-2026-{n:04d}" in pages[first + at]
    assert ", further page 2" in pages[first + 9]
    assert [note.text[:9] for note in notes_of(done, Reason.MORE_PAGES)] == ["4 in all."]


def test_the_eleventh_medicine_continues_after_the_form() -> None:
    pages = reading.page_texts(draw(cases.full(concomitants=12)).pdf)
    assert "Invented medicine 9 20 mg" in pages[_offset(pages) + 5]
    assert "Invented medicine 10 20 mg" not in pages[_offset(pages) + 5]
    assert "11. Invented medicine 10 20 mg tablet; started Nov-2025 (day unknown)" in pages[-1]
    assert "12. Invented medicine 11 20 mg tablet" in pages[-1]


def test_a_long_one_line_entry_is_told_whole_on_a_continuation_page() -> None:
    pages = reading.page_texts(draw(cases.full()).pdf)
    maker = "Invented Compounding and Infusion Pharmacy of the Northern Region, Inc."
    assert "Infusion Pharmacy (continued)" in pages[_offset(pages) + 3]
    assert f"item 1, product #1 (whole text): Manufacturer/Compounder Name\r\n{maker}" in pages[-1]


# ---------------------------------------------------------------- what the official cells refuse


def test_decimals_are_printed_exactly_and_named_on_the_cover() -> None:
    done = draw(cases.full())
    said = {(note.number, note.caption): note.text for note in notes_of(done, Reason.DIGITS_ONLY)}
    assert said["A4", "Weight"].startswith("61.5. The official cell takes whole digits only.")
    assert said["D2 (#1)", "Dose or Amount"].startswith(
        "37.5 with words beside it; the same as 37500"
    )
    assert said["D3 (#2)", "Duration"].startswith("18.5.")
    cover = reading.words(reading.page_texts(done.pdf)[0])
    assert "A4 Weight 61.5" in cover


def test_whole_numbers_are_not_remarked_on() -> None:
    case = cases.full(suspects=1)
    giving = replace(case.administrations[0], dose=case.administrations[0].dose * 2, dose_text=None)
    case = settle(replace(case, administrations=(giving,)))
    assert lens.get(case, "suspects[0].giving.dose") == 75
    numbers = {note.path for note in notes_of(draw(case), Reason.DIGITS_ONLY)}
    assert "suspects[0].giving.dose" in numbers  # 75.0 has a point
    giving = replace(giving, dose=giving.dose.quantize(1))
    case = settle(replace(case, administrations=(giving,)))
    numbers = {note.path for note in notes_of(draw(case), Reason.DIGITS_ONLY)}
    assert "suspects[0].giving.dose" not in numbers


def test_a_dose_in_words_alone_is_printed_and_remarked_on() -> None:
    case = cases.full(suspects=1)
    giving = replace(case.administrations[0], dose=None, dose_unit=None)
    done = draw(settle(replace(case, administrations=(giving,))))
    pages = reading.page_texts(done.pdf)
    assert "0.5 mg/kg of ideal weight" in pages[_offset(pages) + 3]
    said = [note.text for note in notes_of(done, Reason.DIGITS_ONLY) if note.number == "D2 (#1)"]
    assert said[0].startswith("words in place of a number.")


def test_partial_dates_say_what_is_unknown_where_there_is_room_and_on_the_cover() -> None:
    done = draw(cases.full())
    pages = reading.page_texts(done.pdf)
    product = reading.words(pages[_offset(pages) + 3])
    assert "Aug-2027 (day unknown)" in product
    assert "Nov-2026" in product
    assert "Nov-2026 (day unknown)" not in product
    cover = reading.words(" ".join(pages[: _offset(pages)]))
    assert "D3 (#1) Dose reduced on Nov-2026 (day unknown)" in cover
    assert "B3" not in {note.number for note in notes_of(done, Reason.PARTIAL_DATE)}


def test_times_of_day_stay_out_of_cells_that_ask_for_a_date() -> None:
    pages = reading.page_texts(draw(cases.full()).pdf)
    assert "16-Nov-2026" in pages[_offset(pages)]
    assert "10:52" not in pages[_offset(pages)]


def test_what_no_glyph_shows_is_numbered_and_noted() -> None:
    done = draw(cases.with_narrative("Told by ཀཁག 𓀀\u200d⚕, SpO₂ ≥ 95 %"))
    assert "[U+0F40][U+0F41][U+0F42]" in reading.page_texts(done.pdf)[2]
    assert "SpO₂ ≥ 95 %" in reading.page_texts(done.pdf)[2]
    (note,) = notes_of(done, Reason.GLYPH)
    assert note.number == "B5"
    assert note.text.startswith("U+0F40, U+0F41, U+0F42, U+13000.")


# ---------------------------------------------------------------- what is empty


def test_reasons_for_nothing_are_on_the_cover_and_their_cells_are_empty() -> None:
    done = draw(cases.unknowns())
    cover = reading.words(reading.page_texts(done.pdf)[0])
    assert "A3 Sex Masked" in cover
    assert "A5 Race and/or Ethnicity Asked but not told" in cover
    assert "C1 Product Available for Evaluation? Unknown" in cover
    assert "Masked" not in "".join(reading.page_texts(done.pdf)[1:])
    assert [n.number for n in notes_of(done, Reason.NONE_APPLIES)] == ["B1"]


def test_unanswered_items_are_listed_but_not_those_that_another_answer_makes_needless() -> None:
    blanks = {blank.path for blank in fill(cases.full(suspects=1), FORM).blanks}
    assert blanks == set()
    empty = {blank.path for blank in fill(cases.empty(), FORM).blanks}
    assert {"subject.identifier", "case.narrative", "suspects", "filer.last_name"} <= empty
    assert not {"happening.died_on", "case.returned_on", "case.device.reprocessor"} & empty
    assert "subject.age_unit" not in empty
    died = Event(id="e", seriousness=frozenset({Seriousness.DEATH}))
    dead = fill(settle(Case(events=(died,))), FORM)
    assert "happening.died_on" in {blank.path for blank in dead.blanks}


def test_a_section_without_any_answer_is_named_as_a_whole() -> None:
    cover = reading.words(reading.page_texts(draw(cases.unknowns()).pdf)[0])
    assert "section E as a whole" in cover
    assert "section A as a whole" not in cover
    assert "D (Suspect products: none)" in cover


def test_a_section_with_one_answer_lists_the_items_that_have_none() -> None:
    female = settle(replace(Case(), patient=Patient(id="p", sex=Sex.FEMALE)))
    cover = reading.words(reading.page_texts(draw(female).pdf)[0])
    assert "A1 (Patient Identifier); A2 (Age; Date of Birth); A4 (Weight)" in cover
    assert "section B as a whole" in cover


def test_a_reason_for_the_age_answers_for_the_date_of_birth_too() -> None:
    unknown = settle(replace(Case(), patient=Patient(id="p", age=NullFlavor.UNK)))
    why = {blank.path: blank.why for blank in fill(unknown, FORM).blanks}
    assert why["subject.age"] is NullFlavor.UNK
    assert "subject.birth_date" not in why


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (True, "G5 is ticked:"),
        (False, "G5 is not ticked, as the reporter chose."),
        (None, "the reporter was not asked."),
    ],
)
def test_the_cover_states_the_choice_of_g5(choice: bool | None, words: str) -> None:
    case = cases.full()
    case = settle(replace(case, reporters=(replace(cases.filer(), withhold_identity=choice),)))
    assert words in reading.words(" ".join(reading.page_texts(draw(case).pdf)))


def test_the_cover_lists_open_findings_as_they_were_handed_in() -> None:
    lines = ("warns (V4) G1: Give <b>one</b> way & name.", "info (V23) G5: ཀ")
    cover = reading.page_texts(draw(cases.empty(), cases.draft(findings=lines)).pdf)[0]
    assert lines[0] in cover
    assert "info (V23) G5: [U+0F40]" in cover


# ---------------------------------------------------------------- furniture


def test_every_page_has_its_foot_and_its_number() -> None:
    done = draw(cases.full(suspects=3, narrative=cases.NARRATIVE * 20))
    pages = reading.page_texts(done.pdf)
    assert done.pages == len(pages) == 12
    for n, page in enumerate(pages, 1):
        assert f"Page {n} of 12" in page
        assert "Content prepared by the clinic; sending is recorded separately." in page
        assert "Prepared for MedWatch. Not an official FDA form." in page
        assert "KC-2026-000031/3500/1, version 3" in page
        assert "trail entry 412, 9f2c71d0a4b85e36; exported 23-Nov-2026 10:44" in page
        assert ("(continued on next page)" in page) == (n < 12)
        assert "Content for Form FDA 3500 (09/2025)" in page
    assert "FORM 3500" not in "".join(pages)


@pytest.mark.parametrize(
    ("stamp", "mark"),
    [
        (cases.STAMP, ""),
        (cases.draft(practice=True), "PRACTICE"),
        (cases.draft(draft=True), "DRAFT"),
        (cases.draft(practice=True, draft=True), "PRACTICE"),
    ],
)
def test_practice_and_draft_are_written_across_every_page(stamp: Stamp, mark: str) -> None:
    for page in reading.page_texts(draw(cases.empty(), stamp).pdf):
        found = [word for word in ("PRACTICE", "DRAFT") if word in page.split()]
        assert found == ([mark] if mark else [])


def test_the_file_describes_itself_without_a_word_of_the_case() -> None:
    done = draw(cases.full())
    meta = pypdf.PdfReader(io.BytesIO(done.pdf)).metadata
    assert meta is not None
    assert meta.title == "KC-2026-000031/3500/1"
    assert cases.STAMP.head_hash in str(meta["/Keywords"])
    said = " ".join(str(value) for value in meta.values())
    for private in ("KC-0031", "Example", "Maria", "Ketamine", "woman"):
        assert private not in said


def test_cover_pages_grow_without_disturbing_where_things_went() -> None:
    lines = tuple(f"warns (V9) B3: finding {n}." for n in range(120))
    done = draw(cases.full(narrative=cases.NARRATIVE * 20), cases.draft(findings=lines))
    pages = reading.page_texts(done.pdf)
    covers = pages[: _offset(pages)]
    assert len(covers) == 4
    assert reading.words(" ".join(covers)).count(": finding ") == 120
    assert "How it can be sent" in covers[-1]
    for note in notes_of(done, Reason.CONTINUED):
        assert note.page is not None
        assert note.caption in reading.words(pages[note.page - 1])


# ---------------------------------------------------------------- safety and sameness


HOSTILE = (
    '<img src="file:///etc/passwd"/> <a href="javascript:alert(1)">x</a> <b>&amp;</b> '
    "(Tj) ET \\) endstream endobj /JS (app.alert(1)) /URI (http://example.com) {{7*7}} %PDF"
)
FORBIDDEN = {
    "/JS",
    "/JavaScript",
    "/OpenAction",
    "/AA",
    "/Launch",
    "/URI",
    "/SubmitForm",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/GoToR",
    "/Annots",
    "/XObject",
    "/AcroForm",
}


def test_markup_and_file_syntax_in_a_text_stay_text() -> None:
    case = cases.with_narrative(HOSTILE)
    pdf = draw(case).pdf
    assert reading.words(HOSTILE) in reading.words(reading.page_texts(pdf)[2])
    found = {name for thing in reading.objects(pdf) for name in reading.names(thing)}
    assert not found & FORBIDDEN
    assert {"/Font", "/Page", "/FontFile2"} <= found  # the walk does see names


def test_fonts_are_embedded_and_few() -> None:
    reader = pypdf.PdfReader(io.BytesIO(draw(cases.full()).pdf))
    fonts = {
        str(ref.get_object()["/BaseFont"]): ref.get_object()
        for page in reader.pages
        for ref in page["/Resources"]["/Font"].values()
        if ref.get_object()["/BaseFont"] != "/Helvetica"
    }
    assert {name.partition("+")[2] for name in fonts} == {
        "DejaVuSansCondensed",
        "DejaVuSansCondensed-Bold",
        "DejaVuSansCondensed-Oblique",
    }
    assert all("/FontFile2" in f["/FontDescriptor"] for f in fonts.values())


def test_no_entry_is_printed_smaller_than_eight_points() -> None:
    sizes = (*filling.SIZES, *filling.LONG_SIZES, continuation.SIZE, sheets.SIZE, sheets.TABLE_SIZE)
    assert min(sizes) == 8  # V22; only the foot is smaller


def test_the_same_case_gives_the_same_bytes() -> None:
    case = cases.full(narrative=cases.NARRATIVE + "Ł 中 ≥")
    draw(cases.unknowns())
    assert draw(case).pdf == draw(case).pdf
    assert draw(case).pdf != draw(case, cases.draft(version=4)).pdf


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib; from tests.exports.test_facsimile import draw, cases; "
        "print(hashlib.sha256(draw(cases.full()).pdf).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=REPOSITORY,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
    assert len(seen.pop().strip()) == 64


class Watch:
    """Counts pages and stops the work after some."""

    def __init__(self, stop_after: int = 999) -> None:
        self.steps: list[tuple[int, int]] = []
        self._stop_after = stop_after

    def step(self, done: int, total: int, note: str) -> None:
        self.steps.append((done, total))
        if done >= self._stop_after:
            raise CancelledError


def test_each_page_is_announced_and_the_work_can_be_stopped() -> None:
    watch = Watch()
    done = render(cases.empty(), FORM, cases.STAMP, watch)
    assert watch.steps == [(n, done.pages) for n in range(done.pages + 1)]
    stopping = Watch(stop_after=3)
    with pytest.raises(CancelledError):
        render(cases.empty(), FORM, cases.STAMP, stopping)
    assert len(stopping.steps) == 4


def test_every_reason_has_its_rule_and_notes_repeat_no_free_text() -> None:
    assert set(RULES) == set(Reason)
    done = draw(cases.full(suspects=3, concomitants=12, narrative=cases.NARRATIVE * 20))
    said = " ".join(note.text for note in done.notes)
    for private in ("Invented", "depression", "KC-0031", "Example"):
        assert private not in said


def test_unknown_is_not_printed_as_an_answer() -> None:
    case = settle(replace(cases.full(), patient=replace(cases.full().patient, sex=NullFlavor.UNK)))
    options = next(c for c in FORM.cells() if c.path == "patient.sex").options
    assert not {o.box for o in options} & fill(case, FORM).ticked
