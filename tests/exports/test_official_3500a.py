"""The official Form FDA 3500A, filled: as user facility, outsourcing facility and sponsor."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from aeapp.domain.case import Case
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.facsimile import render
from exports.pdf.official import Filled, edition_of, fill_official
from exports.pdf.official_plan import What
from tests.exports import cases, cases_3500a
from tests.exports.official_blank import blank
from tests.exports.reading import field_values, page_texts, squeezed, words
from tests.helpers.official_sample import FDA3500A, needs

FORM = form("fda3500a")
# As FDA gives it out: encrypted, with an empty password.
BLANK = blank(FORM, password="")


def sources() -> list[Any]:
    return [
        pytest.param(lambda: BLANK, id="of our own"),
        pytest.param(FDA3500A.read_bytes, id="of FDA", marks=needs(FDA3500A)),
    ]


def filled(case: Case, source: bytes = BLANK) -> Filled:
    return fill_official(source, case, FORM, cases.STAMP, NoProgress())


def values(done: Filled) -> dict[str, str]:
    return field_values(done.pdf, FORM)


@pytest.mark.parametrize("source", sources())
def test_a_user_facility_fills_section_f_and_leaves_g(source: Any) -> None:
    content = source()
    assert edition_of(content).form == FORM.key
    done = filled(cases_3500a.full(), content)
    found = values(done)
    assert done.values == len(found)
    assert found["facility.number"] == found["facility.number@1"] == "1234560000-2026-0001"
    assert found["facility.exemption"] == "E2026001"
    assert words(found["facility.name_and_address"]).startswith("Invented Ketamine Clinic 5")
    assert found["facility.learnt_on"] == "17-Nov-2026"
    assert (found["facility.follow_up"], found["case.device.age_years"]) == ("2", "3")
    ticked = {place for place in found if "=" in place}
    assert {
        "facility.role=user-facility",
        "facility.round=follow-up",
        "case.device.age_years=yes",
        "case.device.age_months=yes",
        "report.sent_to_fda=yes",
        "case.place=other",
        "teller.told_fda=no",
    } <= ticked
    assert found["case.device.implanted"] == "02-Jan-2026"
    assert found["teller.last_name"] == "Invented-Teller"
    assert not [place for place in found if place.startswith(("maker.", "report.sources"))]
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        assert not pdf.is_encrypted
        assert "/XFA" not in pdf.Root.AcroForm


@pytest.mark.parametrize("source", sources())
def test_an_outsourcing_facility_fills_section_g_and_leaves_f(source: Any) -> None:
    found = values(filled(cases_3500a.full(Capacity.OUTSOURCING), source()))
    assert found["maker.name"] == "Robin Invented, Invented Ketamine Clinic"
    assert found["maker.number"] == found["maker.number@1"] == "KC-2026-000031/3500A/2"
    assert found["maker.terms"] == "blood pressure rose"
    assert {"maker.outsourcing=yes", "maker.status=otc", "maker.status=compounded"} <= found.keys()
    assert {f"report.time_limit={n}" for n in ("5-day", "periodic")} <= found.keys()
    assert "maker.ind" not in found
    assert not [place for place in found if place.startswith(("facility.", "case.place"))]


def test_a_sponsor_gives_the_numbers_of_the_study_and_an_investigator_nothing_else() -> None:
    sponsor = values(filled(cases_3500a.full(Capacity.SPONSOR)))
    assert (sponsor["maker.ind"], sponsor["maker.protocol"]) == ("123456", "KET-2026-01")
    assert "maker.name" in sponsor
    assert "maker.outsourcing=yes" not in sponsor
    found = values(filled(cases_3500a.full(Capacity.INVESTIGATOR)))
    assert {place for place in found if place.startswith("maker.")} == {
        "maker.ind",
        "maker.protocol",
    }


@pytest.mark.parametrize("source", sources())
def test_an_empty_case_leaves_no_value_that_was_in_the_file(source: Any) -> None:
    done = filled(cases.empty(), source())
    assert (values(done), done.pages, done.did) == ({}, FORM.pages, ())


@pytest.mark.parametrize("source", sources())
def test_the_description_goes_on_in_its_second_cell_and_then_behind(source: Any) -> None:
    story = " ".join(f"word{n}" for n in range(2_000))
    done = filled(cases_3500a.full(narrative=story), source())
    found = values(done)
    first, second = found["case.narrative"], found["case.narrative@1"]
    assert len(first) <= 2_500 < len(second) <= 7_500
    behind = squeezed("".join(page_texts(done.pdf)[FORM.pages :]))
    rest = squeezed(first).removesuffix("(continued)") + squeezed(second)
    assert squeezed(story).startswith(rest.removesuffix("(continued)"))
    assert all(f"word{n}" in rest + behind for n in range(2_000))


@pytest.mark.parametrize("suspects", [1, 2, 12])
def test_each_further_product_has_a_page_behind_the_form_and_on_our_own(suspects: int) -> None:
    case = cases_3500a.full(Capacity.OUTSOURCING, suspects=suspects)
    done = filled(case)
    names = [f"Ketamine hydrochloride injection, product {n + 1}" for n in range(suspects)]
    shown = values(done)
    in_cells = [shown.get(f"suspects[{n}].product.name") for n in range(2)]
    assert in_cells == [*names[:2], None][:2]
    behind = [words(text) for text in page_texts(done.pdf)[FORM.pages :]]
    assert all(name in page for name, page in zip(names[2:], behind, strict=False))
    own = render(case, FORM, cases.STAMP, NoProgress())
    pages = [words(text) for text in page_texts(own.pdf)]
    titles = [f"SUSPECT PRODUCT #{n}" for n in range(1, max(suspects, 2) + 1)]
    assert [sum(f"{title} " in page for page in pages) for title in titles] == [1] * len(titles)
    assert all(any(f"{name} " in page for page in pages) for name in names)


def test_what_the_form_has_no_box_for_stands_behind_it() -> None:
    done = filled(cases_3500a.full())
    assert ("B1", What.NO_BOX) in {(did.number, did.what) for did in done.did}
    behind = words(" ".join(page_texts(done.pdf)[FORM.pages :]))
    assert "Product Use/Medication Error; Problem with Different Manufacturer" in behind
    assert {"case.types=ae", "case.types=problem"} <= values(done).keys()


def test_the_evaluation_of_a_drug_is_not_told_as_that_of_a_device() -> None:
    found = values(filled(cases_3500a.drug_alone()))
    assert not [place for place in found if place.startswith(("case.availab", "case.device"))]
    assert "companions[0].name" not in found
    assert "concomitants[0].name" in found
    device = values(filled(cases_3500a.device_alone()))
    assert "case.availability=returned" in device
    assert "companions[0].name" in device
    assert "concomitants[0].name" not in device


def test_pages_behind_name_the_report_and_the_facility() -> None:
    case = cases_3500a.full(narrative=cases.NARRATIVE * 60)
    own = page_texts(render(case, FORM, cases.STAMP, NoProgress()).pdf)
    for text in (page_texts(filled(case).pdf)[-1], own[-1]):
        head = f"{cases.STAMP.report_number}, 1234560000-2026-0001, Invented Ketamine Clinic"
        assert head in words(text)


def test_an_item_in_two_cells_has_a_place_on_both_pages() -> None:
    own = render(cases_3500a.full(), FORM, cases.STAMP, NoProgress())
    covers = own.pages - FORM.pages - 1
    pages = {
        path: [place.page - covers + 1 for place in own.places if place.path == path]
        for path in ("case.narrative", "facility.number", "case.device.brand")
    }
    assert pages == {
        "case.narrative": [1, 2],
        "facility.number": [8, 1],
        "case.device.brand": [6],
    }
    assert all(0 < place.height < 1 and 0 < place.top < 1 for place in own.places)


def test_the_cover_of_our_own_pages_names_what_is_left_empty_on_purpose() -> None:
    own = render(cases_3500a.full(), FORM, cases.STAMP, NoProgress())
    cover = words(" ".join(page_texts(own.pdf)[:3]))
    assert "Left empty on purpose" in cover
    assert "Section H is for makers of devices alone." in cover
    assert "Reporter's identity" not in cover
