"""What people wait for, beside the least it could cost on the same machine in the same minute.

No row passes or fails by its time. What fails a row is that it measured something else than it
says: another setting, another amount of work.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tests.bench import measuring
from tests.bench.measuring import Side, from_the_start, side_by_side

pytestmark = pytest.mark.bench

OURS, FLOOR = "tests.bench.ours.", "tests.bench.floors."
BIG, SMALL = 50_000, 500
MANY_READINGS = 100_000


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


@pytest.mark.parametrize("size", ["case", "icu"])
def test_readiness(enter, plan, made, size: str) -> None:
    folder, _facts = made(size)
    kept, whole = (OURS + "readiness", [folder, "kept"]), (OURS + "readiness", [folder, "whole"])
    sides = side_by_side(plan(15, 20), kept, whole)
    ours, floor = (side.facts for side in sides)
    assert ours["rules"] == floor["rules"] == floor["ran"] == 305
    assert ours["ran"] < 150
    note = (
        f"One item changed: {ours['rules']} rules for seven destinations, of which those that read"
        " it run again, with the completeness score; beside all of them."
    )
    readings = ", 6,000 readings" if size == "icu" else ""
    enter(f"Readiness after one change{readings}", "50 ms", sides, note)


@pytest.mark.parametrize("count", [480, 7200, 21600])
@pytest.mark.parametrize("what", ["append", "whole"])
def test_chart(enter, plan, what: str, count: int) -> None:
    ours, floor = (OURS + "chart", [what, str(count)]), (FLOOR + "chart", [str(count)])
    sides = side_by_side(plan(15, 5), ours, floor)
    assert sides[0].facts["points"] == sides[1].facts["points"] == count
    name, done = {
        "append": ("Chart, one row more", "A row more of a running session, laid out and painted"),
        "whole": ("Chart, painted anew", "The same chart painted whole"),
    }[what]
    note = (
        f"{done}, {count:,} readings as {sides[0].facts['marks']} marks; the floor draws"
        " as many points, three lines and a bar a row, in a bare widget."
    )
    enter(f"{name}, {count:,} readings", "", sides, note)


def test_trend(enter, plan) -> None:
    sides = side_by_side(plan(15, 5), (OURS + "trend", ["500"]), (FLOOR + "chart", ["500"]))
    assert sides[0].facts["points"] == sides[1].facts["points"] == 500
    note = (
        "500 totals of one patient and as many sessions: read from their records, laid out, the"
        " chart made and painted for the first time; the floor draws as many points again in a"
        " bare widget that is there."
    )
    enter("Trend of a scale, first paint, 500 points", "", sides, note)


@pytest.mark.parametrize("what", ["key", "enter"])
def test_one_row(enter, plan, made, what: str) -> None:
    folder, _facts = made("case")
    sides = side_by_side(plan(15, 20), (OURS + "keys_row", [folder, what]), (FLOOR + "keys", []))
    rows, due = (sides[0].facts[name] for name in ("rows", "due"))
    did = {
        "key": "A key in the row of readings: read, what is due said, drawn",
        "enter": "Enter until the row stands in the grid: flags, what is due, drawn; stored after",
    }[what]
    name = {"key": "One key in a row of readings", "enter": "A row of readings on the screen"}
    p95 = sides[0].within(0.95)
    note = (
        f"{did}, and it was painted. Of {rows} rows and {due} due; the floor is a bare line."
        f" Median {sides[0].median:.2f} ms, p95 {p95:.2f} ms, of {len(sides[0].ms)} acts."
    )
    enter(name[what], {"key": "16 ms", "enter": "50 ms"}[what], sides, note)


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


@pytest.fixture(scope="session")
def mandatory(place):
    """Return what the pages of Form FDA 3500A draw, written down once."""
    drawn = place / "drawn-3500a.json"
    measuring.run("tests.bench.drawn", "fda3500a", drawn)
    return drawn


@pytest.mark.parametrize("other", ["reportlab", "fpdf2", "weasyprint"])
def test_mandatory_pages(enter, plan, mandatory, peers, other: str) -> None:
    if other != "reportlab":
        peers({"fpdf2": "fpdf"}.get(other, other))
    module = FLOOR + "pages" if other == "reportlab" else measuring.PEERS + other
    rounds = plan(3 if other == "weasyprint" else 15)
    sides = side_by_side(rounds, (OURS + "mandatory", []), (module, [mandatory]))
    ours, floor = (side.facts for side in sides)
    assert ours["pages"] == floor["pages"]
    note = f"{ours['pages']} pages from case to bytes; {other} draws the same strings and lines."
    enter(
        f"Form 3500A as PDF, beside {other}", "1.5 x" if other == "reportlab" else "", sides, note
    )


@pytest.mark.parametrize("other", ["pikepdf", "pypdf"])
@pytest.mark.parametrize("key", ["fda3500", "fda3500a"])
def test_filling(enter, plan, place, key: str, other: str) -> None:
    blank, values = place / f"{key}.pdf", place / f"{key}-values.json"
    told = measuring.run("tests.bench.filled", key, blank, values)
    module = FLOOR + ("filling" if other == "pikepdf" else f"filling_{other}")
    sides = side_by_side(plan(9), (OURS + "filling", [blank, key]), (module, [blank, values]))
    ours, floor = (side.facts for side in sides)
    assert ours["values"] == floor["values"] == told["values"]
    whose = "official" if told["official"] else "a file of our own with the official"
    note = (
        f"{ours['values']} values into {whose} fields, with appearances; ours has the pages behind"
        f" the form and reads all back, {other} lets its own letters be drawn."
    )
    enter(f"Filling {key}, beside {other}", "", sides, note)


LENGTHS = (1_000, 10_000, 100_000, 1_000_000)


def test_length(enter, plan) -> None:
    sides = [
        side_by_side(plan(5), (OURS + "long", [str(n)]), (OURS + "long", [str(LENGTHS[0])]))[0]
        for n in LENGTHS
    ]
    # What the form itself costs is taken off: the rest is the description.
    least = min(sides[0].ms)
    rest = [min(side.ms) - least for side in sides[1:]]
    exponent = math.log(rest[2] / rest[1]) / math.log(10)
    told = ", ".join(
        f"{n:,}: {min(side.ms):.0f} ms, {side.facts['pages']} pages, {side.peak_mb:.0f} MB"
        for n, side in zip(LENGTHS, sides, strict=True)
    )
    note = (
        f"A description of a million characters beside one of 100,000; the exponent between them"
        f" is {exponent:.2f} without the form itself. Fastest of each: {told}."
    )
    enter("A description of ten times the length", "10 x", (sides[3], sides[2]), note)


def test_batch(enter, place, quick: bool) -> None:
    folder = place / "batch"
    folder.mkdir()
    parts = measuring.run("tests.bench.batch", folder, "100" if quick else "1000")["parts"]
    first, last = (Side(ms=parts[n]["ms"], peak_mb=parts[n]["mb"]) for n in (1, -1))
    pages, seconds = (sum(part[what] for part in parts) for what in ("pages", "seconds"))
    memory = ", ".join(f"{part['mb']:.0f}" for part in parts)
    note = (
        f"The last tenth of a batch beside the second, written to disk: {pages:,} pages,"
        f" {pages / seconds:.0f} a second. Memory after each tenth: {memory} MB."
    )
    enter("A report of a batch", "1.0 x", (last, first), note)


@pytest.fixture(scope="session")
def messages(place):
    """Return the folder with a message of one case and one of two megabytes."""
    folder = place / "messages"
    folder.mkdir()
    measuring.run("tests.bench.messaged", folder)
    return folder


@pytest.mark.parametrize("size", ["case", "big"])
@pytest.mark.parametrize("what", ["write", "read", "check"])
def test_message(enter, plan, messages, what: str, size: str) -> None:
    file = messages / f"{size}.xml"
    sides = side_by_side(
        plan(15, 5), (OURS + "message", [what, file]), (FLOOR + "message", [what, file])
    )
    assert sides[0].facts["bytes"] == sides[1].facts["bytes"]
    did = {
        "write": "Values of the case, nodes in the order of the schema, bytes; the floor builds and"
        " writes the same tree",
        "read": "Bytes to values by element number; the floor parses them alone",
        "check": "Read, and held against every rule of ICH and FDA; the floor parses alone",
    }[what]
    note = f"{did}. {sides[0].facts['values']} values, {sides[0].facts['bytes']:,} bytes."
    big = ", 2 MB" if size == "big" else ""
    name = {"write": "written", "read": "read", "check": "checked"}[what]
    enter(f"A message {name}{big}", "", sides, note)


@pytest.mark.parametrize("size", ["case", "big", "hundred"])
def test_message_beside_e2br3(enter, plan, messages, peers, size: str) -> None:
    peers("e2br3")
    file = messages / f"{size}.xml"
    sides = side_by_side(
        plan(5) if size == "hundred" else plan(15, 5),
        (OURS + "message", ["read", file]),
        (measuring.PEERS + "e2br3", ["read", file]),
    )
    note = "The same bytes read: ours all 250 elements, e2br3 the 64 that it knows, into pydantic."
    which = {"case": "", "big": ", 2 MB", "hundred": ", a hundred in one file"}[size]
    enter(f"A message read, beside e2br3{which}", "", sides, note)


def test_batch_of_messages(enter, place, quick: bool) -> None:
    count = "500" if quick else "10000"
    told = measuring.run("tests.bench.message_batch", place / "batch.xml", count)
    parts = told["parts"]
    first, last = (Side(ms=parts[n]["ms"], peak_mb=parts[n]["mb"]) for n in (1, -1))
    memory = ", ".join(f"{part['mb']:.0f}" for part in parts)
    note = (
        f"The last tenth of {int(count):,} messages in one file of {told['size'] / 1e6:.0f} MB"
        f" beside the second, each read back and checked: {int(count) / told['seconds']:.0f} a"
        f" second. Memory after each tenth: {memory} MB."
    )
    enter("A message of a batch", "1.0 x", (last, first), note)
    for what, name in (("read", "read"), ("check", "read and checked")):
        _enter_stream(enter, (place / "batch.xml", count), what, name)


def _enter_stream(enter, batch: tuple[Path, str], what: str, name: str) -> None:
    """Enter the rows of reading a batch: the last tenth beside the second, and beside lxml."""
    ours, bare = (
        measuring.run("tests.bench.message_stream", *batch, one) for one in (what, "lxml")
    )
    first, last = (Side(ms=ours["parts"][n]["ms"], peak_mb=ours["parts"][n]["mb"]) for n in (1, -1))
    floor = Side(ms=bare["parts"][-1]["ms"], peak_mb=bare["parts"][-1]["mb"])
    memory = ", ".join(f"{part['mb']:.0f}" for part in ours["parts"])
    note = (
        f"The last tenth of {int(batch[1]):,} beside the second, from the file as a stream:"
        f" {int(batch[1]) / ours['seconds']:.0f} a second. Memory after each tenth: {memory} MB."
    )
    enter(f"A message of a batch {name}", "1.0 x", (last, first), note)
    note = "The last tenth; the floor parses the same bytes as a stream and keeps nothing."
    enter(f"A message of a batch {name}, beside lxml", "", (last, floor), note)


def test_freeze(enter, plan, made) -> None:
    folder, _facts = made("case")
    sizes = measuring.run("tests.bench.kept", folder)["sizes"]
    sides = side_by_side(
        plan(15, 3), (OURS + "freeze", [folder]), (FLOOR + "freeze", [folder, *sizes])
    )
    note = (
        "A report recorded as sent: read, checked, drawn, kept as case, stamp and pages with their"
        f" hashes; the floor hashes and inserts {sides[1].facts['bytes']:,} bytes."
    )
    enter("Freezing a submission", "", sides, note)


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


def test_chart_of_a_patient(enter, plan, made) -> None:
    (big, facts), (small, few) = made("patient", 200, 60), made("patient", 2, 1)
    sides = side_by_side(plan(15, 3), (OURS + "patient", [big]), (OURS + "patient", [small]))
    note = (
        f"The chart in the window until nothing is left to do: {facts['sessions']} sessions and"
        f" calls, {facts['events']} events, beside {few['sessions']} and {few['events']}."
    )
    enter("Chart of a patient of many years", "200 ms", sides, note)


@pytest.mark.parametrize("what", ["palette", "page"])
def test_search(enter, plan, made, tenfold: bool, what: str) -> None:
    base = BIG if tenfold else BIG // 10
    (big, facts), (small, few) = made("places", base * 10), made("places", base)
    rounds = plan(9, 7)
    sides = side_by_side(rounds, (OURS + "finding", [big, what]), (OURS + "finding", [small, what]))
    assert sides[0].facts["found"] == sides[1].facts["found"] == 7
    worst = " and ".join(f"{max(side.ms):.0f} ms" for side in sides)
    note = (
        f"Seven searches turn by turn in {facts['patients']:,} patients, {facts['sessions']:,}"
        f" sessions and {facts['events']:,} events ({facts['megabytes']} MB), beside a tenth of"
        f" them ({few['megabytes']} MB); the slowest took {worst}."
    )
    name = {"palette": "Search, a few of each kind", "page": "Search, all with their counts"}[what]
    enter(name, "200 ms", sides, note)


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


@pytest.mark.parametrize("row", ["renew case", "renew icu", "stale case", "stale icu"])
def test_narrative(enter, plan, made, place, row: str) -> None:
    what, size = row.split()
    folder, _facts = made(size)
    written = place / f"narrative-{size}.json"
    measuring.run("tests.bench.narrated", folder, written)
    ours, floor = (OURS + "narrative", [folder, what]), (FLOOR + "narrative", [written])
    sides = side_by_side(plan(15, 10), ours, floor)
    told = sides[0].facts
    assert told["sentences"] == sides[1].facts["sentences"]
    assert told["sources"] == sides[1].facts["sources"]
    note = (
        f"{told['sentences']} sentences of {told['sources']} values; the floor joins the same texts"
        " and hashes as many values."
    )
    name = {"renew": "Narrative, renewed", "stale": "Narrative, what is stale"}[what]
    enter(f"{name}{', 6,000 readings' if size == 'icu' else ''}", "16 ms", sides, note)


@pytest.fixture
def cohorts(made, quick, tenfold):
    """Return the folders of a clinic with many filled scales and of a tenth of them."""
    most = 500_000 if tenfold else 5_000 if quick else 50_000
    return made("cohort", most), made("cohort", most // 10)


@pytest.mark.parametrize("beside", ["aggregate", "tenth"])
def test_outcomes(enter, plan, cohorts, place, beside: str) -> None:
    (big, facts), (small, few) = cohorts
    queries = place / "outcomes.json"
    measuring.run("tests.bench.replayed", "key", big, queries)
    floor = (FLOOR + "aggregate", [big, queries])
    other = floor if beside == "aggregate" else (OURS + "outcomes", [small])
    sides = side_by_side(plan(9), (OURS + "outcomes", [big]), other)
    assert sides[0].facts["scores"] == facts["scores"]
    what = {
        "aggregate": "one SQL statement that counts and averages them by the driver alone",
        "tenth": f"{few['scores']:,} of {few['patients']:,}; ten times as many may take ten times",
    }[beside]
    note = (
        f"The outcomes page over {facts['scores']:,} scores of {facts['patients']:,} people,"
        f" {sides[0].facts['counted']:,} counted; beside {what}."
    )
    name = {"aggregate": "Outcomes page, beside one SQL sum", "tenth": "Outcomes page, tenfold"}
    enter(name[beside], {"aggregate": "1000 ms", "tenth": "10 x"}[beside], sides, note)


@pytest.mark.parametrize("beside", ["floor", "tenth"])
def test_xlsx(enter, plan, quick: bool, beside: str) -> None:
    most = 10_000 if quick else 100_000
    other = FLOOR if beside == "floor" else OURS
    rows = most if beside == "floor" else most // 10
    sides = side_by_side(plan(3), (OURS + "xlsx", [str(most)]), (other + "xlsx", [str(rows)]))
    told = {"floor": "openpyxl alone, which would run a formula", "tenth": f"{rows:,} rows"}[beside]
    note = f"{most:,} rows of 20 cells, text as text, beside {told}; memory is to stay flat."
    name = {"floor": "Listing as XLSX", "tenth": "Listing as XLSX, tenfold"}[beside]
    enter(name, {"floor": "", "tenth": "10 x"}[beside], sides, note)


@pytest.mark.parametrize("beside", ["floor", "tenth"])
def test_whole_clinic(enter, plan, quick: bool, beside: str) -> None:
    most = 10_000 if quick else 100_000
    other = FLOOR if beside == "floor" else OURS
    rows = most if beside == "floor" else most // 10
    sides = side_by_side(plan(3), (OURS + "whole", [str(most)]), (other + "whole", [str(rows)]))
    told = {"floor": "the same lines from memory", "tenth": f"{rows:,} readings"}[beside]
    note = f"{most:,} readings out as JSON Lines and CSV, beside {told}; memory is to stay flat."
    name = {"floor": "Whole clinic out", "tenth": "Whole clinic out, tenfold"}[beside]
    enter(name, {"floor": "", "tenth": "10 x"}[beside], sides, note)


def test_a_day_with_twelve_chairs(enter, place, quick: bool) -> None:
    hours = 2 if quick else 8
    folder = place / "day"
    folder.mkdir()
    told = measuring.run("tests.bench.day", folder, str(hours))
    last, first = (
        Side(ms=told[part]["ms"], peak_mb=told[part]["mb"]) for part in ("last", "first")
    )
    note = (
        f"A row of readings in hour {hours} of a day with {told['chairs']} chairs, beside the first"
        f" hour: {len(last.ms)} and {len(first.ms)} rows. Memory is what the program held at the"
        f" end of each hour: {', '.join(f'{mb:.0f}' for mb in told['memory'])} MB."
    )
    enter(f"Hour {hours} against hour 1", "1.0 x", (last, first), note)


def test_import_of_readings(enter, plan, made, place, quick: bool) -> None:
    folder, _facts = made("many", SMALL)
    wanted = MANY_READINGS // 10 if quick else MANY_READINGS
    rows = place / "vitals.json"
    measuring.run("tests.bench.replayed", "vitals", folder, rows, str(wanted))
    ours = (OURS + "vitals", [folder, str(wanted)])
    sides = side_by_side(plan(3), ours, (FLOOR + "vitals", [folder, rows]))
    stored, inserted = sides[0].facts["readings"], sides[1].facts["rows"]
    assert wanted <= stored == inserted
    speeds = [f"{stored / (side.median / 1000):,.0f}" for side in sides]
    note = (
        f"{stored:,} readings of a monitor's table: read, looked at, watched, stored with their"
        f" hash in the trail, {speeds[0]} readings a second; the floor reads the table and inserts"
        f" the same rows by executemany, {speeds[1]} a second."
    )
    enter(f"Import of {wanted:,} readings", "", sides, note)


@pytest.mark.parametrize("what", ["keys", "slip"])
def test_typeahead(enter, plan, what: str) -> None:
    sides = side_by_side(plan(10, 40), (OURS + "terms", [what]), (FLOOR + "terms", [what]))
    ours, floor = (side.facts for side in sides)
    assert ours["terms"] == floor["terms"] == 80_000
    assert ours["found"] >= floor["found"]
    worst = " and ".join(f"{max(side.ms):.0f} ms" for side in sides)
    note = (
        f"One search in {ours['terms']:,} terms; the floor is FTS5 by begins of words, ranked."
        f" Something found for {ours['found']} of {ours['typed']}, beside {floor['found']};"
        f" the slowest took {worst}."
    )
    name = {"keys": "Typeahead, a key", "slip": "Typeahead, mistyped"}[what]
    enter(name, "50 ms", sides, note)
