"""Pages of CIOMS I, read back: nothing of the case is lost between the boxes and behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain import lens
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.codelists.safety import Frequency, Outcome
from aeapp.domain.items import NullFlavor, generic
from aeapp.domain.records import Study
from aeapp.domain.values import PartialDate
from aeapp.formspecs import form
from aeapp.formspecs.model import BOXED
from aeapp.kernel.progress import NoProgress
from exports import text
from exports.pdf.facsimile import Reason, Rendered, render
from exports.pdf.filling import fill
from tests.exports import cases, reading

FORM = form("cioms1")


def draw(case: Case) -> Rendered:
    return render(case, FORM, cases.STAMP, NoProgress())


def told(case: Case) -> str:
    return reading.words(" ".join(reading.page_texts(draw(case).pdf)))


def rich(suspects: int = 3) -> Case:
    case = cases.full(suspects=suspects)
    event = replace(case.events[0], verbatim="blood pressure increased", outcome=Outcome.RECOVERED)
    more = [replace(event, id=f"e{n}", verbatim=f"reaction number {n}") for n in range(4)]
    return settle(replace(case, events=(event, *more)))


def test_every_item_that_the_form_shows_stands_on_the_pages_word_for_word() -> None:
    case = rich()
    pages = told(case)
    checked = 0
    for cell in FORM.cells():
        if cell.kind in BOXED:
            continue
        head = generic(cell.path).partition("[]")[0]
        members = range(len(getattr(case, head))) if "[" in cell.path else (0,)
        for path in (cell.path, *cell.joins):
            for n in members:
                words = _words(case, path.replace("[0]", f"[{n}]").replace("[1]", f"[{n}]"))
                assert reading.words(words) in pages, path
                checked += bool(words)
    assert checked > 100


def _words(case: Case, path: str) -> str:
    value = lens.get(case, path)
    if value in (Frequency.OTHER, None) or hasattr(value, "symbol"):
        return ""  # "Other" is told by the words beside it, a unit by its symbol
    if isinstance(value, PartialDate):
        return text.short_date(value) if value.month else f"{value.year}"
    return text.printed(value).split("\n")[0][:40]


def test_a_third_product_and_a_fourth_reaction_go_on_behind_the_form() -> None:
    pages = told(rich())
    assert (
        reading.words("#3 14 SUSPECT DRUG(S): Ketamine hydrochloride injection, product 3") in pages
    )
    assert reading.words("20 DID REACTION ABATE") in pages
    assert reading.words("Reaction 1: reaction number 3") in pages
    assert reading.words("16-Nov-2026 11:10 BP 160/100") in pages


def test_a_criterion_without_a_box_is_named() -> None:
    notes = [note for note in draw(cases.full()).notes if note.reason is Reason.NO_BOX]
    assert [note.number for note in notes] == ["8-12"]
    assert "Required Intervention" in notes[0].text


def test_a_reason_is_no_answer_without_a_box() -> None:
    case = settle(Case(patient=replace(cases.full().patient, sex=NullFlavor.UNK)))
    assert [note for note in draw(case).notes if note.reason is Reason.NO_BOX] == []


@pytest.mark.parametrize(
    ("nature", "box"),
    [(None, "initial"), (VersionNature.FOLLOW_UP, "follow-up"), (VersionNature.AMENDMENT, "")],
)
def test_a_first_report_is_initial_without_anybody_saying_so(
    nature: VersionNature | None, box: str
) -> None:
    case = settle(Case(report=replace(cases.full().report, nature=nature)))
    cell = next(cell for cell in FORM.cells() if cell.number == "25a")
    filled = fill(case, FORM)
    assert [o.code for o in cell.options if o.box in filled.ticked] == [box] * bool(box)


def test_a_reason_in_the_place_of_a_part_stands_on_the_cover() -> None:
    case = rich()
    event = replace(case.events[0], outcome=NullFlavor.UNK, onset=PartialDate(2026, 11))
    filled = fill(settle(replace(case, events=(event,))), FORM)
    assert [(b.number, b.why) for b in filled.blanks if b.why] == [("7+13 (row 1)", NullFlavor.UNK)]
    onset = [cell for cell in FORM.cells() if cell.number == "4-6"]
    shown = {e.box: e.text for e in filled.entries}
    assert [shown.get(cell.box) for cell in onset if cell.box] == [None, "Nov", "2026"]


def test_an_empty_case_is_a_page_that_says_what_is_open() -> None:
    pages = told(cases.empty())
    assert reading.words("Further suspect drugs: none") in pages
    assert reading.words("24b (MFR CONTROL NO.)") in pages
    assert reading.words("24d (LITERATURE)") in pages


def box_24(case: Case) -> dict[str, list[str]]:
    """Return what stands in the boxes of part IV, and which boxes of 24d are ticked."""
    filled = fill(case, FORM)
    shown = {entry.box: entry.text for entry in filled.entries}
    out: dict[str, list[str]] = {}
    for cell in FORM.cells():
        if cell.number.startswith("24") and cell.applies(case):
            ticked = [o.label for o in cell.options if o.box in filled.ticked]
            told = [shown[cell.box]] if cell.box in shown else []
            out.setdefault(cell.number, []).extend(ticked + told)
    return out


def test_part_iv_tells_what_the_records_know_and_names_what_they_do_not() -> None:
    case = rich()
    clinic = replace(case.clinic, name="Invented Clinic", address="1 Street", phone="555")
    study = Study(id="st", protocol="KET-1", sponsor="Invented Sponsor", sponsor_contact="safety@x")
    case = settle(replace(case, clinic=clinic))
    found = box_24(case)
    maker = case.suspects[0].product.maker
    assert found == {"24a": [f"{maker} (name on the label)"], "24d": ["HEALTH PROFESSIONAL"]}
    pages = told(case)
    assert reading.words("24b (MFR CONTROL NO.)") in pages

    studied = settle(replace(case, studies=(study,)))
    assert box_24(studied) == {
        "24a": ["Invented Sponsor\nsafety@x"],
        "24d": ["STUDY", "HEALTH PROFESSIONAL"],
    }

    sponsor = replace(case.report, capacity=Capacity.SPONSOR)
    own = settle(replace(studied, report=sponsor))
    assert box_24(own)["24a"][0].startswith("Invented Clinic\n1 Street")
    assert box_24(own)["24b"] == [case.report.number]
    assert reading.words("24b (MFR CONTROL NO.)") not in told(own)


def test_a_case_without_product_or_reporter_says_nothing_in_part_iv() -> None:
    assert box_24(cases.empty()) == {"24a": [], "24d": []}


def test_the_same_case_gives_the_same_bytes() -> None:
    assert draw(cases.full()).pdf == draw(cases.full()).pdf
