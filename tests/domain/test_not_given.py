"""What was meant and not given is reported; as a dose it is counted and asked for nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.assessment.recording import pairs_of
from aeapp.domain.case import Case, settle
from aeapp.domain.chair.doses import is_premedication
from aeapp.domain.chair.exposure import exposure
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.completeness_score import score_of
from aeapp.domain.destinations import DESTINATIONS, FDA3500
from aeapp.domain.narrative.drafting import drafts_of
from aeapp.domain.records import Administration, Product
from aeapp.domain.rules import completeness
from aeapp.domain.views import NOT_GIVEN
from tests.factories import day
from tests.helpers.ready_case import ready_case

ABSENT = Administration(id="x", product_id="other", role=DrugRole.NOT_GIVEN)
OTHER = Product(id="other", name="midazolam")


@pytest.fixture(scope="module")
def case() -> Case:
    return ready_case(FDA3500)


@pytest.fixture(scope="module")
def both(case: Case) -> Case:
    return settle(
        replace(
            case, administrations=(*case.administrations, ABSENT),
            products=(*case.products, OTHER),
        )
    )  # fmt: skip


def test_it_is_named_in_section_d_with_the_words_that_say_so(case: Case, both: Case) -> None:
    assert [s.is_given for s in both.suspects] == [*(True for _s in case.suspects), False]
    last = both.suspects[-1]
    assert (last.product.name, last.giving.dose_text) == ("midazolam", NOT_GIVEN)
    said = replace(ABSENT, dose_text="drawn up, thrown away")
    told = settle(replace(both, administrations=(*case.administrations, said)))
    assert told.suspects[-1].giving.dose_text == "drawn up, thrown away"


def test_the_same_product_given_and_not_given_stands_twice(case: Case) -> None:
    (first, *_rest) = case.administrations
    mixed = settle(
        replace(case, administrations=(first, replace(first, id="x", role=DrugRole.NOT_GIVEN)))
    )
    assert [s.is_given for s in mixed.suspects] == [True, False]
    assert len(set(mixed.keys.values())) == len(mixed.keys)


def test_no_dose_is_asked_for_judged_or_counted(case: Case, both: Case) -> None:
    assert pairs_of(both) == pairs_of(case)
    assert score_of(both).value == score_of(case).value
    asked = {f.path for f in completeness.of_suspects(both) if f.path.startswith("suspects[1]")}
    assert asked == {f"suspects[1].{n}" for n in (
        "product.strength", "product.ndc", "product.maker", "lot.number", "product.types",
        "lot.expires",
    )}  # fmt: skip
    form = DESTINATIONS[FDA3500]
    named = completeness.questions(both, form) - completeness.questions(case, form)
    assert named == completeness.questions(
        replace(both, suspects=(*both.suspects, both.suspects[-1])), form
    ) - completeness.questions(both, form)
    assert drafts_of(both) == drafts_of(case)
    assert exposure((ABSENT,), {"other": OTHER}) == ()
    assert SessionFile(administrations=(ABSENT,)).doses == ()


@pytest.mark.parametrize(
    ("role", "before"),
    [
        (DrugRole.CONCOMITANT, True), (DrugRole.TREATMENT, True), (DrugRole.NOT_GIVEN, False),
        (DrugRole.INTERACTING, False), (DrugRole.SUSPECT, False), (None, False),
    ],
)  # fmt: skip
def test_only_a_medicine_beside_the_treatment_is_a_premedication(
    role: DrugRole | None, before: bool
) -> None:
    giving = Administration(role=role, started=day("2026-11-23T09:00-05:00"))
    zero = day("2026-11-23T10:00-05:00").utc()

    assert is_premedication(giving, zero) is before


def test_what_interacts_is_a_suspect() -> None:
    assert Administration(role=DrugRole.INTERACTING).is_suspect
    assert not ABSENT.is_suspect
    assert ABSENT.is_reported
    assert not replace(ABSENT, struck_reason="not his").is_reported
