"""What happens at a limit and one beyond it; rows and lists that are longer than a page.

Each of them is read by PDFium, Poppler and MuPDF, which have to find the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.case import Case, settle
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.records import Event, Observation
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf import session_record, sheets
from exports.pdf.facsimile import Reason, render
from exports.pdf.official import fill_official
from tests.exports import cases, cases_3500a
from tests.exports.every_document import DOCUMENTS, blank_of, with_words
from tests.exports.reading import field_values, squeezed
from tests.exports.session_files import STAMP, at, full_file
from tests.helpers.three_readers import outside, read_by_three

# Ordinary words, a full stop at the end; the length is to the letter.
WORDS = "The pressure rose and fell again within the hour. "


def text_of(length: int) -> str:
    return (WORDS * (length // len(WORDS) + 1))[: length - 1] + "."


def read_by_all(pdf: bytes) -> str:
    """Return the words of all pages, on which three readers agree and which stand on them."""
    assert not outside(pdf)
    return read_by_three(pdf)


def limited(key: str, text: str) -> Case:
    full = cases.full if key == "fda3500" else cases_3500a.full
    return full(narrative=text)


@pytest.mark.parametrize(("key", "limit"), [("fda3500", 4_000), ("fda3500a", 10_000)])
def test_a_text_of_the_official_length_is_whole_and_one_letter_more_goes_on(
    key: str, limit: int
) -> None:
    spec = form(key)
    for over in (0, 1):
        case = limited(key, text_of(limit + over))
        own = render(case, spec, cases.STAMP, NoProgress())
        about = {n.reason for n in own.notes if n.path == "case.narrative"}
        assert (Reason.OFFICIAL_LIMIT in about) == bool(over)
        filled = fill_official(blank_of(key), case, spec, cases.STAMP, NoProgress()).pdf
        found = field_values(filled, spec)
        parts = [found[p] for p in ("case.narrative", "case.narrative@1") if p in found]
        assert len(parts) == len(LIMITS[key])
        assert all(parts)
        assert all(len(p) <= most for p, most in zip(parts, LIMITS[key], strict=True))
        whole = squeezed("".join(part.removesuffix("(continued)") for part in parts))
        assert (whole == squeezed(text_of(limit + over))) == (not over and key == "fda3500")
        for pdf in (own.pdf, filled):
            said = squeezed(read_by_all(pdf))
            assert said.count(squeezed(WORDS)) >= limit // len(WORDS) - 3  # a page parts some


LIMITS = {"fda3500": (4_000,), "fda3500a": (2_500, 7_500)}


@pytest.mark.parametrize("path", ["filer.address", "filer.postal_code"])
def test_a_line_of_the_official_length_is_whole_and_one_letter_more_is_told_behind(
    path: str,
) -> None:
    spec = form("fda3500")
    cell = next(cell for cell in spec.cells() if cell.path == path)
    case = cases.full()
    (filer,) = case.reporters
    for over in (0, 1):
        words = "i" * (cell.max_chars + over)
        long = settle(replace(case, reporters=(replace(filer, **{path.partition(".")[2]: words}),)))
        pdf = fill_official(blank_of("fda3500"), long, spec, cases.STAMP, NoProgress()).pdf
        there = field_values(pdf, spec).get(path, "")
        assert there == words if not over else there in ("", f"{there[:-11]}(continued)")
        assert len(there) <= cell.max_chars
        assert words in squeezed(read_by_all(pdf))


def test_a_row_taller_than_two_pages_goes_on_in_its_columns_under_its_head() -> None:
    tall = [" ".join(f"{name}{n}" for n in range(1_500)) for name in ("what", "did", "why")]
    event = Event(id="e", verbatim=tall[0], treatment=tall[1], onset=at(3), struck_reason=tall[2])
    file = replace(full_file(), events=(event,))
    frame = sheets.Frame("Session record", "x", STAMP)
    pdf, pages = sheets.render(session_record.parts(file), frame, NoProgress())
    assert pages > 6
    said = squeezed(read_by_all(pdf))
    for name in ("what", "did", "why"):
        assert {int(n) for n in re.findall(rf"{name}(\d+)", said)} >= set(range(1_500))


def laboratory(count: int) -> tuple[Observation, ...]:
    return tuple(
        Observation(
            id=f"lab{n}",
            kind=ObservationKind.LABORATORY,
            at=cases.readings()[-1].at,
            test_name=f"Testnumber{n:03d}e",
            result=f"{n} U/L",
        )
        for n in range(count)
    )


def many(make: Callable[..., Case]) -> Case:
    case = make(concomitants=60)
    return settle(replace(case, observations=(*case.observations, *laboratory(100))))


@pytest.mark.parametrize(
    ("key", "make"),
    [("fda3500", cases.full), ("fda3500a", cases_3500a.full), ("cioms1", cases.full)],
)
def test_a_hundred_tests_and_sixty_medicines_stand_each_once(
    key: str, make: Callable[..., Case]
) -> None:
    case, spec = many(make), form(key)
    files = [render(case, spec, cases.STAMP, NoProgress()).pdf]
    if key != "cioms1":
        files.append(fill_official(blank_of(key), case, spec, cases.STAMP, NoProgress()).pdf)
    for pdf in files:
        said = squeezed(read_by_all(pdf))
        for n in range(100):
            assert said.count(f"Testnumber{n:03d}e") >= 1, n
        # On Form 3500A a device has its own list of them.
        times = 2 if key == "fda3500a" else 1
        for n in range(60):
            assert said.count(f"Inventedmedicine{n}20mg") == times, n


def test_a_thousand_readings_of_a_session_stand_each_in_three_readers() -> None:
    readings = tuple(
        Observation(id=str(n), kind=ObservationKind.HEART_RATE, value=Decimal(1000 + n), at=at(n))
        for n in range(1000)
    )
    frame = sheets.Frame("Session record", "x", STAMP)
    parts = session_record.parts(SessionFile(observations=readings))
    said = read_by_all(sheets.render(parts, frame, NoProgress())[0])
    assert all(str(1000 + n) in said for n in range(1000))


def test_a_step_of_the_outcomes_with_a_long_name_is_told_whole_behind_the_ladder() -> None:
    for length in (60, 90, 300):
        said = squeezed(read_by_all(DOCUMENTS["outcomes"].draw(with_words("W" * length))))
        assert f"{'W' * length}beforethefirstdose" in said
        assert ("(continued)40" in said) == (length > 60)
