"""CIOMS I: every box has an item or is left empty on purpose, and stands in its place."""

from __future__ import annotations

import itertools

from aeapp.domain.case import Case
from aeapp.domain.items import generic, specs_of
from aeapp.formspecs import form
from aeapp.formspecs.model import BOXED, Box, Cell, Kind
from tests.helpers.form_specs import excuse, overlap, shown_paths

SPEC = form("cioms1")
# The boxes of the form; 25b and further ones are those of variants of a maker's own.
BOXES = {
    "1", "1a", "2", "2a", "3", "4-6", "7+13", "8-12", "14", "15", "16", "17", "18", "19", "20",
    "21", "22", "23", "24a", "24b", "24c", "24d", "date", "25a", "26",
}  # fmt: skip


def cells() -> list[Cell]:
    return list(SPEC.cells())


def test_each_item_of_a_case_is_either_on_the_form_or_excused_with_a_reason() -> None:
    shown = shown_paths(SPEC)
    paths = specs_of(Case)
    assert [path for path in paths if path in shown and excuse(SPEC, path)] == []
    assert [path for path in paths if path not in shown and not excuse(SPEC, path)] == []


def test_no_excuse_outlives_what_it_excuses() -> None:
    paths = list(specs_of(Case))
    alive = [b for b in SPEC.not_on_form if any(p == b or p.startswith(f"{b}.") for p in paths)]
    assert alive == list(SPEC.not_on_form)
    assert all(reason.endswith(".") for reason in SPEC.not_on_form.values())


def test_every_box_of_the_form_shows_an_item_or_is_left_empty_on_purpose() -> None:
    filled = {cell.number for cell in cells()}
    empty = {place.number for place in SPEC.reserved()}
    assert filled | empty == BOXES
    # A sponsor fills two that others leave empty; one of the sources no clinic can name.
    assert filled & empty == {"24b", "24c", "24d"}
    assert all(place.when for place in SPEC.reserved() if place.number != "24d")
    assert {place.why for place in SPEC.reserved()} == set(SPEC.reasons)
    assert all(reason.endswith(".") for reason in SPEC.reasons.values())


def test_every_cell_shows_items_that_a_case_has_and_its_pattern_names_each() -> None:
    items = set(specs_of(Case))
    for cell in cells():
        named = [cell.path, *cell.joins, cell.instead_of]
        assert {generic(path) for path in named if path} <= items, cell
        holes = "".join(cell.pattern)
        wanted = range(1 + len(cell.joins)) if cell.pattern else ()
        assert all(f"{{{n}}}" in holes for n in wanted), cell


def test_options_are_answers_of_the_items_list() -> None:
    for cell in cells():
        assert bool(cell.options) == (cell.kind in BOXED), cell
        if cell.kind in (Kind.MARK, Kind.GIVEN):
            assert [option.code for option in cell.options] == ["yes"]
            continue
        members = (
            {m.value for m in specs_of(Case)[generic(cell.path)].element} if cell.options else {}
        )
        assert {option.code for option in cell.options} <= set(members), cell


def test_boxes_do_not_overlap_and_lie_above_the_foot() -> None:
    kept = [place.box for place in SPEC.reserved()]
    # One place shows this or that, by what the case is.
    boxes: list[Box] = list({*kept, *(box for cell in cells() for box in cell.boxes())})
    assert [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)] == []
    assert all(b.x > 0 and b.x + b.w < SPEC.width and b.y + b.h < SPEC.foot_y for b in boxes)


def test_it_is_never_headed_as_the_form_itself() -> None:
    assert SPEC.title == "Content of the CIOMS I form"
    assert "Not the CIOMS form" in SPEC.subtitle
