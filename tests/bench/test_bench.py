"""What people wait for, beside the least it could cost on the same machine in the same minute.

No row passes or fails by its time. What fails a row is that it measured something else than it
says: another setting, another amount of work.
"""

from __future__ import annotations

import pytest

from tests.bench import measuring
from tests.bench.measuring import from_the_start, side_by_side

pytestmark = pytest.mark.bench

OURS, FLOOR = "tests.bench.ours.", "tests.bench.floors."
BIG, SMALL = 50_000, 500


def test_first_window(enter, plan, made) -> None:
    folder, _facts = made("case")
    ours = (OURS + "start", [folder / "larkspur.aeclinic"])
    sides = from_the_start(plan(15), ours, (FLOOR + "start", []))
    note = "From the start of the process to the first paint; the floor is a window with one label."
    enter("First window", "1.5 x", sides, note)


def test_save_of_one_field(enter, plan, made) -> None:
    folder, _facts = made("case")
    sides = side_by_side(plan(15, 20), (OURS + "save", [folder]), (FLOOR + "save", [folder]))
    from aeapp.persistence.connect import settings_to_keep  # noqa: PLC0415 - not before needed

    read = sides[1].facts["settings"]
    assert read == {name: settings_to_keep()[name] for name in read}
    note = (
        "One field of a case changed, durable, with its entry; the floor commits one row."
        f" This disk takes {sides[1].facts['sync']:.2f} ms to sync a page."
    )
    enter("Save of one field", "3 x", sides, note)


def test_one_reading(enter, plan, made) -> None:
    folder, _facts = made("case")
    sides = side_by_side(plan(15, 20), (OURS + "reading", [folder]), (FLOOR + "reading", [folder]))
    note = "One reading of a running session, durable, with its entry; the floor commits one row."
    enter("One reading", "", sides, note)


@pytest.mark.parametrize("size", ["case", "icu"])
@pytest.mark.parametrize("part", ["form", "report"])
def test_one_key(enter, plan, made, part: str, size: str) -> None:
    folder, _facts = made(size)
    sides = side_by_side(plan(15, 20), (OURS + f"keys_{part}", [folder]), (FLOOR + "keys", []))
    what = {
        "form": "A key in the form: read, settled, everything checked, drawn",
        "report": "The same in the whole place of reports, with readiness, findings and draft",
    }[part]
    told = ", ".join(f"{n:,} {name}" for name, n in sides[0].facts.items())
    note = f"{what}; the floor is a bare line. {told}".rstrip()
    readings = ", 6,000 readings" if size == "icu" else ""
    enter(f"One key in the {part}{readings}", "16 ms", sides, note)


def test_pages(enter, plan, made, place) -> None:
    folder, _facts = made("case")
    drawn = place / "drawn.json"
    measuring.run("tests.bench.drawn", folder, drawn)
    sides = side_by_side(plan(15, 3), (OURS + "pages", [folder]), (FLOOR + "pages", [drawn]))
    ours, floor = (side.facts for side in sides)
    assert ours["pages"] == floor["pages"]
    note = (
        f"A case with every item filled, {ours['pages']} pages, from case to bytes; the floor draws"
        f" the same {floor['string']} strings, {floor['line']} lines and"
        f" {floor['rect'] + floor['round']} rectangles in the same embedded faces."
    )
    enter("Form 3500 as PDF", "1.5 x", sides, note)


@pytest.fixture
def many(made, quick):
    """Return the folders of a clinic with many sessions and of one with few, and their sizes."""
    return made("many", BIG // 10 if quick else BIG), made("many", SMALL)


def test_opening(enter, plan, many) -> None:
    (big, facts), (small, few) = many
    sides = side_by_side(plan(9), (OURS + "opening", [big]), (OURS + "opening", [small]))
    note = (
        f"Opening {facts['sessions']:,} sessions ({facts['megabytes']} MB) with the first page of"
        f" patients and reports, beside {few['sessions']} ({few['megabytes']} MB)."
    )
    enter("Opening a large clinic", "1.0 x", sides, note)


@pytest.mark.parametrize("what", ["patients", "search", "reports"])
def test_list(enter, plan, many, what: str) -> None:
    (big, facts), (small, few) = many
    name = {
        "patients": "First page of patients",
        "search": "Search of patients",
        "reports": "First page of reports",
    }[what]
    sides = side_by_side(plan(9, 3), (OURS + "lists", [big, what]), (OURS + "lists", [small, what]))
    note = f"Of {facts['patients']:,} and {facts['reports']:,}, beside {few['patients']} and"
    enter(name, "1.0 x", sides, f"{note} {few['reports']}.")


@pytest.mark.parametrize("size", ["case", "icu"])
def test_gather(enter, plan, made, place, size: str) -> None:
    folder, _facts = made(size)
    queries = place / f"gather-{size}.json"
    measuring.run("tests.bench.replayed", "gather", folder, queries)
    ours, floor = (OURS + "gather", [folder]), (FLOOR + "gather", [folder, queries])
    sides = side_by_side(plan(15, 3), ours, floor)
    note = f"All records and views of a case; the floor fetches {sides[1].facts['queries']} queries"
    readings = ", 6,000 readings" if size == "icu" else ""
    enter(f"Reading a case{readings}", "", sides, f"{note} by the driver alone.")


def test_import_of_readings(enter, plan, made, place) -> None:
    folder, _facts = made("many", SMALL)
    rows = place / "vitals.json"
    measuring.run("tests.bench.replayed", "vitals", folder, rows)
    ours, floor = (OURS + "vitals", [folder]), (FLOOR + "vitals", [folder, rows])
    sides = side_by_side(plan(5), ours, floor)
    note = f"1,936 minutes of a monitor, {sides[1].facts['rows']:,} readings, in the trail by hash;"
    enter("Import of a monitor", "", sides, f"{note} the floor inserts the same rows.")
