"""Every edition is complete: each item has a place or a reason, each box lies in its place."""

from __future__ import annotations

from enum import StrEnum

import pytest

from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.domain.items import generic, specs_of
from aeapp.domain.values import PartialDate
from aeapp.formspecs import FORMS, NoSuchFormError, form
from aeapp.formspecs.model import BOXED, FormSpec, Kind
from tests.helpers.form_specs import excuse, overlap, shown_paths
from tests.helpers.official_sample import places, squeezed

# The page of CIOMS I is of our own layout, with entries made of several items; see its own tests.
FDA = {key: spec for key, spec in FORMS.items() if key.startswith("fda")}
every = pytest.mark.parametrize("spec", FDA.values(), ids=FDA)
# Boxes of a list of which the form prints a part only.
PARTIAL = {("fda3500a-2025-09", "B1")}
# Options that a form words in its own way.
REWORDED = {("fda3500a-2025-09", "returned")}


def test_a_form_is_found_by_its_key_or_as_the_newest_edition() -> None:
    assert form("fda3500-2025-09") is FORMS["fda3500-2025-09"] is form("fda3500")
    assert form("fda3500a") is FORMS["fda3500a-2025-09"]
    for unknown in ("", "fda3500-", "fda3500b", "FDA3500"):
        with pytest.raises(NoSuchFormError):
            form(unknown)


@every
def test_each_item_of_a_case_is_either_on_the_form_or_excused_with_a_reason(
    spec: FormSpec,
) -> None:
    shown = shown_paths(spec)
    both = [path for path in specs_of(Case) if path in shown and excuse(spec, path)]
    neither = [path for path in specs_of(Case) if path not in shown and not excuse(spec, path)]
    assert both == []
    assert neither == []


@every
def test_no_excuse_outlives_what_it_excuses(spec: FormSpec) -> None:
    paths = list(specs_of(Case))
    dead = [
        branch
        for branch in spec.not_on_form
        if not any(path == branch or path.startswith(f"{branch}.") for path in paths)
    ]
    assert dead == []
    assert all(reason.endswith(".") for reason in spec.not_on_form.values())


@every
def test_an_item_nobody_spoke_of_has_no_excuse(spec: FormSpec) -> None:
    assert excuse(spec, "patient.shoe_size") is None
    assert excuse(spec, "events[2].onset") == spec.not_on_form["events[]"]


@every
def test_every_cell_shows_an_item_that_a_case_has(spec: FormSpec) -> None:
    items = specs_of(Case)
    for cell in spec.cells():
        named = [cell.path, *cell.joins, cell.instead_of, cell.needs.partition("=")[0]]
        assert {generic(path) for path in named if path} <= set(items), cell


@every
def test_boxes_to_tick_offer_each_answer_of_the_items_list_once(spec: FormSpec) -> None:
    for cell in spec.cells():
        codes = [option.code for option in cell.options]
        item = specs_of(Case)[generic(cell.path)]
        if cell.kind in (Kind.CHECK, Kind.PICK):
            known = [member.value for member in item.element]
            partial = (spec.key, cell.number) in PARTIAL
            assert set(codes) < set(known) if partial else codes == known, cell
            assert cell.kind is (Kind.CHECK if item.type is frozenset else Kind.PICK)
        elif cell.kind in (Kind.YES_NO, Kind.MARK):
            assert item.type is bool
            assert codes == (["yes", "no"] if cell.kind is Kind.YES_NO else ["yes"])
        else:
            assert codes == (["yes"] if cell.kind is Kind.GIVEN else [])


@every
def test_the_words_of_options_are_those_of_the_code_lists(spec: FormSpec) -> None:
    for cell in spec.cells():
        if cell.kind not in (Kind.CHECK, Kind.PICK):
            continue
        words = {m.value: squeezed(label(m)) for m in specs_of(Case)[generic(cell.path)].element}
        for option in (o for o in cell.options if (spec.key, o.code) not in REWORDED):
            printed = squeezed(option.label).casefold()
            assert printed.startswith(words[option.code].casefold()), option


@every
def test_the_kind_of_a_cell_fits_the_type_of_its_item(spec: FormSpec) -> None:
    for cell in spec.cells():
        kind = specs_of(Case)[generic(cell.path)].type
        assert (cell.kind is Kind.DATE) == (kind is PartialDate), cell
        assert (cell.kind is Kind.NUMBER) == (cell.max_digits > 0), cell
        if cell.kind is Kind.CHOICE:
            assert issubclass(kind, StrEnum), cell


@every
def test_boxes_do_not_overlap(spec: FormSpec) -> None:
    boxes = places(spec)
    pairs = [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if overlap(a, b)]
    assert pairs == []


@every
def test_boxes_lie_on_a_page_above_its_foot(spec: FormSpec) -> None:
    for box in places(spec):
        assert 1 <= box.page <= spec.pages
        assert box.x > 0
        assert box.x + box.w < spec.width
        assert box.y > 0
        assert box.y + box.h < spec.foot_y


@every
def test_every_cell_has_its_place_with_a_caption(spec: FormSpec) -> None:
    for cell in spec.cells():
        assert bool(cell.box) == (cell.kind not in BOXED), cell
        own = [box for box in cell.boxes() if box not in {room.box for room in cell.more}]
        assert len({box.page for box in own}) == 1, cell
        assert cell.caption, cell
        assert cell.number[:1] in ("", *"ABCDEFG")
