"""Our own pages of Form FDA 3500A: everything of a case stands on them, once and in its place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from aeapp.domain import lens
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.records.device import Device
from aeapp.formspecs import form
from aeapp.formspecs.model import BOXED, Kind, placed
from aeapp.kernel.progress import NoProgress
from exports import text
from exports.pdf import fonts
from exports.pdf.archival import Attached, finished
from exports.pdf.facsimile import Rendered, render
from exports.pdf.filling import Reason, fill
from exports.pdf.pen import inner_width
from exports.pdf.tagging import Tags
from tests.exports import cases, cases_3500a, reading
from tests.helpers.pdf_rules import faults, spoken

FORM = form("fda3500a")
CAPACITIES = (Capacity.USER_FACILITY, Capacity.OUTSOURCING, Capacity.SPONSOR)


def draw(case: Case) -> Rendered:
    return render(case, FORM, cases.STAMP, NoProgress())


def offset(pages: list[str]) -> int:
    """Return how many pages stand before form page 1."""
    return next(n for n, page in enumerate(pages) if ", form page 1" in page)


@pytest.mark.parametrize("capacity", CAPACITIES)
def test_every_entry_of_a_full_case_stands_on_its_page(capacity: Capacity) -> None:
    case = cases_3500a.full(capacity)
    pages = [reading.words(page) for page in reading.page_texts(draw(case).pdf)]
    members, checked = FORM.members(case), 0
    shown = [s for s in FORM.sections if s.applies(case)]
    for cell in (cell for section in shown for cell in section.cells):
        path = placed(cell.path, members)
        if path is None or cell.kind in (*BOXED, Kind.LONG) or cell.path == "tests[0].text":
            continue
        words = reading.words(text.printed(lens.get(case, path)))
        start = words if len(words) < 50 else words[:24]
        if cell.kind is Kind.DATE:
            start = start.partition(" (")[0]
        for box in (b for b in cell.boxes() if words):
            assert start in pages[offset(pages) + box.page - 1], cell.path
            checked += 1
    assert checked > 130


def test_an_entry_stays_inside_its_box_at_eight_points_or_more() -> None:
    case = cases_3500a.full(narrative="word " * 4000, suspects=4, concomitants=30)
    entries = fill(case, FORM).entries
    assert {entry.size for entry in entries} <= {8.0, 8.5, 9.0, 10.0}
    for entry in entries:
        for line in entry.lines:
            assert fonts.width(line, fonts.REGULAR, entry.size) <= inner_width(entry.box) + 0.01
        assert len(entry.lines) * entry.size * 1.22 * 25.4 / 72 <= max(entry.box.h, 4.0)


@pytest.mark.parametrize("count", [1, 350, 1_300, 14_000])
@pytest.mark.parametrize("gap", [" ", "\n", " <b>&amp; "])
def test_each_word_of_a_narrative_is_printed_once_and_in_order(count: int, gap: str) -> None:
    expected = [f"w{n:05d}" for n in range(count)]
    done = draw(cases.with_narrative(gap.join(expected)))
    assert re.findall(r"w\d{5}", "\n".join(reading.page_texts(done.pdf))) == expected


def test_rows_beyond_the_tenth_go_on_for_each_table_that_is_used() -> None:
    def tables(case: Case) -> list[str]:
        remarks = fill(case, FORM).remarks
        return [r.number for r in remarks if r.reason is Reason.MORE_MEMBERS and r.number != "B6"]

    assert tables(cases_3500a.full(concomitants=12)) == ["C9", "D10"]
    assert tables(cases_3500a.full(concomitants=10)) == []
    drawn = " ".join(reading.page_texts(draw(cases_3500a.full(concomitants=12)).pdf))
    assert reading.words(drawn).count("12. Invented medicine 11 20 mg tablet") == 2


def test_a_section_that_is_not_used_is_neither_filled_nor_asked_for() -> None:
    filling = fill(cases_3500a.full(Capacity.OUTSOURCING), FORM)
    told = {blank.number for blank in filling.blanks} | {r.number for r in filling.remarks}
    assert not [number for number in told if number.startswith("F")]
    assert not [path for path in filling.filled if path.startswith(("facility.", "case.place"))]


def test_a_fraction_of_a_year_is_printed_and_told() -> None:
    case = cases_3500a.full()
    half = lens.put(case, "case.device.age_years", lens.get(case, "subject.weight"))
    told = [r.number for r in fill(half, FORM).remarks if r.reason is Reason.DIGITS_ONLY]
    assert "F8" in told
    assert "F8" not in [
        r.number for r in fill(case, FORM).remarks if r.reason is Reason.DIGITS_ONLY
    ]


def test_the_same_case_gives_the_same_bytes() -> None:
    case = cases_3500a.full(suspects=3)
    assert draw(case).pdf == draw(case).pdf


def test_a_copy_for_the_archive_is_made_to_last_and_says_the_second_half_of_the_text() -> None:
    words = " ".join(f"w{n:05d}" for n in range(500))
    tags = Tags()
    case = cases_3500a.full(narrative=words, suspects=3)
    done = render(case, FORM, cases.STAMP, NoProgress(), tags)
    kept = finished(done.pdf, tags, Attached("case.json", "The case", b'{"format": "x"}\n'))
    assert faults(kept) == []
    said = " ".join(text for _role, text in spoken(kept))
    assert sorted(set(re.findall(r"w\d{5}", said))) == words.split()


def test_each_further_device_has_a_page_of_its_own_marked_by_its_number() -> None:
    case = cases_3500a.full(suspects=3, devices=4)
    done = draw(case)
    pages = [reading.words(page) for page in reading.page_texts(done.pdf)]
    titles = ["D. SUSPECT MEDICAL DEVICE" in page for page in pages]
    assert [n - offset(pages) for n, is_one in enumerate(titles) if is_one] == [5, 10, 11, 12]
    assert "Device 1" in pages[offset(pages) + 5]
    for number, page in enumerate(pages[offset(pages) + 10 :][:3], start=2):
        assert f"Device {number}" in page
        assert f"InfuPump device {number}" in page
        assert "Month(s) 4" in page
    (more,) = [n for n in done.notes if n.reason is Reason.MORE_PAGES and n.number == "D"]
    assert more.text.startswith("4 in all.")
    at = [p.page - offset(pages) for p in done.places if p.path == "case.further_devices[1].brand"]
    assert at == [11]


def test_one_device_is_not_numbered_and_an_empty_further_one_has_no_page() -> None:
    case = cases_3500a.full()
    blank = settle(replace(case, case=replace(case.case, further_devices=(Device(), Device()))))
    assert draw(blank).pdf == draw(case).pdf
    pages = reading.page_texts(draw(case).pdf)
    assert "Device 1" not in reading.words(pages[offset(pages) + 5])


def test_an_empty_device_between_two_leaves_no_gap_in_their_numbers() -> None:
    case = cases_3500a.full(devices=3)
    two, three = case.case.further_devices
    gap = settle(replace(case, case=replace(case.case, further_devices=(two, Device(), three))))
    assert draw(gap).pdf == draw(case).pdf
