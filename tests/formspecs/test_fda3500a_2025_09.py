"""Form FDA 3500A (09/2025): complete, in place, and worded as the official form is."""

from __future__ import annotations

import re

from aeapp.domain.codelists import label
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Frequency, Occupation
from aeapp.domain.codelists.units import DoseUnit
from aeapp.formspecs import form
from aeapp.formspecs.model import Cell, member_page
from aeapp.formspecs.official import official
from tests.exports import cases_3500a
from tests.helpers import official_sample as sample
from tests.helpers.official_sample import NEAR, Widget, apart, places, printed_lines, squeezed

SPEC = form("fda3500a")
needs_sample = sample.needs(sample.FDA3500A)


def cells() -> list[Cell]:
    return list(SPEC.cells())


# ---------------------------------------------------------------- completeness


def test_every_box_left_empty_says_why() -> None:
    kept = list(SPEC.reserved())
    assert len(kept) > 40
    assert {place.why for place in kept} == set(SPEC.reasons)
    assert all(place.number and place.caption for place in kept)
    numbers = {place.number for place in kept}
    assert numbers == {"C1", "G4", *(f"H{n}" for n in range(1, 12))}


def test_the_description_has_two_cells_with_one_limit() -> None:
    (described,) = (cell for cell in cells() if cell.number == "B5")
    limits = (described.max_chars, *(room.max_chars for room in described.more))
    assert (limits, described.all_chars) == ((2500, 7500), 10_000)


# ---------------------------------------------------------------- which parts are used


def used(capacity: Capacity | None) -> str:
    case = cases_3500a.full(capacity or Capacity.OUTSOURCING)
    if capacity is None:
        case = cases_3500a.without_capacity()
    return "".join(dict.fromkeys(s.letter for s in SPEC.sections if s.cells and s.applies(case)))


def test_a_facility_fills_section_f_and_who_makes_or_studies_fills_section_g() -> None:
    assert used(Capacity.USER_FACILITY) == "ABCDEF"
    assert used(Capacity.OUTSOURCING) == used(Capacity.SPONSOR) == "ABCDEG"
    assert used(Capacity.INVESTIGATOR) == "ABCDEG"
    assert used(None) == "ABCDE"


def test_other_products_stand_in_the_section_of_what_is_suspected() -> None:
    both, drug, device = cases_3500a.full(), cases_3500a.drug_alone(), cases_3500a.device_alone()
    tables = {r.path: r for r in SPEC.repeats if r.path in ("concomitants", "companions")}
    shown = [[len(tables[p].members(case)) for p in tables] for case in (both, drug, device)]
    assert shown == [[10, 10], [10, 0], [0, 10]]


# ---------------------------------------------------------------- geometry


def test_a_third_product_gets_the_page_of_the_first_under_its_own_name() -> None:
    repeat = next(r for r in SPEC.repeats if r.page is not None)
    assert repeat.page is not None
    third = member_page(repeat.page, 2, 10)
    first = next(s for s in SPEC.sections if s.cells and s.cells[0].path.startswith("suspects[0]"))
    assert [c.path.replace("[2]", "[0]") for c in third.cells] == [c.path for c in first.cells]
    assert {place.box.page for place in third.reserved} == {10}
    assert "**SUSPECT PRODUCT #3**" in [words.text for words in third.words]


# ---------------------------------------------------------------- the official file


def data_widgets() -> list[Widget]:
    """Leave out the reset button, the link of page 9 and the counters of characters."""
    return [
        w
        for w in sample.widgets(sample.FDA3500A)
        if not re.match(r"(charCount|CharCounter|resetButton|T100)", w.name)
    ]


@needs_sample
def test_each_field_of_the_official_form_has_a_box_of_its_own_in_the_same_place() -> None:
    fields = data_widgets()
    assert len(fields) == len(places(SPEC)) > 300
    near = [(w, *sample.nearest(w, SPEC)) for w in fields]
    assert [(w.name, w.box.page, round(d, 1)) for w, d, _box in near if d > NEAR] == []
    assert len({box for _w, _d, box in near}) == len(fields)


@needs_sample
def test_each_field_is_the_one_in_the_place_of_its_item() -> None:
    file = official(SPEC.key)
    assert file is not None
    boxes = {}
    for cell in cells():
        boxes |= {f"{cell.path}={o.code}": o.box for o in cell.options}
        boxes |= {f"{cell.path}@{n}": room.box for n, room in enumerate(cell.more, 1)}
        if cell.box is not None:
            boxes[cell.path] = cell.box
    named = {box: file.fields[place].rpartition(".")[2] for place, box in boxes.items()}
    wrong = [
        (w.name, named[box])
        for w in data_widgets()
        if (box := sample.nearest(w, SPEC)[1]) in named and named[box] != w.name
    ]
    assert wrong == []


@needs_sample
def test_drop_down_lists_have_the_words_and_order_of_the_official_lists() -> None:
    ours: dict[str, list[str]] = {
        r"(prod|dose)Unit\d": [label(m) for m in DoseUnit],
        r"freq\d": [label(m) for m in Frequency],
        r"reportCountry": [label(m) for m in Country],
        r"repOccupation": [label(m) for m in Occupation],
        r"route\d": [label(m) for m in FormRoute],
    }
    seen = set()
    for widget in data_widgets():
        name = next((n for n in ours if re.match(n, widget.name)), "")
        if not name or widget.kind != "/Ch":
            continue
        seen.add(name)
        listed = sorted(squeezed(c) for c in widget.choices if c.strip(" -"))
        # The country list is in another order than on the voluntary form.
        assert listed == sorted(squeezed(w) for w in ours[name]), widget.name
    assert seen == set(ours)


@needs_sample
def test_limits_of_characters_are_those_of_the_official_fields() -> None:
    limits = {}
    for cell in cells():
        if cell.box is not None:
            limits[cell.box] = cell.max_chars
        limits |= {room.box: room.max_chars for room in cell.more}
    wrong = []
    for box, limit in limits.items():
        on_page = [w for w in data_widgets() if w.box.page == box.page]
        widget = min(on_page, key=lambda w: apart(w.box, box))
        if widget.limit != limit:
            wrong.append((widget.name, limit, widget.limit))
    assert wrong == []


OURS_ALONE = re.compile(r"^(Maximum on the official form|Vital signs: )")


@needs_sample
def test_every_caption_and_option_stands_word_for_word_on_the_official_page() -> None:
    checked, missing = 0, []
    for section in SPEC.sections:
        for page, line in printed_lines(section) if section.letter else ():
            if line and not OURS_ALONE.search(line):
                checked += 1
                if squeezed(line) not in sample.official_words(sample.FDA3500A, page):
                    missing.append((page, line))
    assert missing == []
    assert checked > 250
