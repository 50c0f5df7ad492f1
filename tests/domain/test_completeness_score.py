"""The completeness score is the paper's product of what each dimension leaves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from aeapp.domain import lens
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.completeness_score import Dimension, gap_words, score_of, summary
from aeapp.domain.destinations import FDA3500
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import CaseFile, Event
from aeapp.domain.rules.completeness import is_asked_of_nobody
from tests.factories import day
from tests.helpers.ready_case import ready_case

UNKNOWN = NullFlavor.UNK


def changed(changes: dict[str, Any]) -> Case:
    """Return a whole case with these items of its records changed."""
    case = ready_case(FDA3500)
    for path, value in changes.items():
        case = lens.put(case, path, value)
    return settle(case)


def test_a_whole_case_scores_one() -> None:
    score = score_of(ready_case(FDA3500))

    assert score.value == 1
    assert (score.words, score.gaps, score.pairs) == ("1.00", (), 1)
    assert [part.dimension for part in score.parts] == list(Dimension)


NO_AGE = {"patient.age": None, "patient.age_unit": None}
TABLE: list[tuple[dict[str, Any], Dimension, Fraction]] = [
    ({"events[0].onset": UNKNOWN}, Dimension.ONSET, Fraction(1, 2)),
    ({"administrations[0].started": UNKNOWN}, Dimension.ONSET, Fraction(1, 2)),
    ({"administrations[0].started": day("2026-11-17")}, Dimension.ONSET, Fraction(1, 2)),
    ({"events[0].onset": day("2026-11-16")}, Dimension.ONSET, Fraction(0)),
    ({"administrations[0].started": day("2026-11-10")}, Dimension.ONSET, Fraction(0)),
    ({"events[0].onset": day("2026-11")}, Dimension.ONSET, Fraction(1, 10)),
    ({"events[0].onset": day("2026")}, Dimension.ONSET, Fraction(3, 10)),
    ({"administrations[0].indication": UNKNOWN}, Dimension.INDICATION, Fraction(3, 10)),
    ({"events[0].outcome": UNKNOWN}, Dimension.OUTCOME, Fraction(3, 10)),
    ({"patient.sex": UNKNOWN}, Dimension.SEX, Fraction(3, 10)),
    (NO_AGE, Dimension.AGE, Fraction(3, 10)),
    ({**NO_AGE, "patient.birth_date": day("1986")}, Dimension.AGE, Fraction(0)),
    ({"administrations[0].dose": UNKNOWN}, Dimension.DOSE, Fraction(1, 10)),
    (
        {"administrations[0].dose": None, "administrations[0].dose_text": "one spray"},
        Dimension.DOSE,
        Fraction(0),
    ),
    ({"clinic.country": None}, Dimension.COUNTRY, Fraction(1, 10)),
    ({"reporters[0].occupation": UNKNOWN}, Dimension.SOURCE, Fraction(1, 10)),
    ({"case.types": frozenset()}, Dimension.TYPE, Fraction(1, 10)),
    ({"case.narrative": "-"}, Dimension.COMMENTS, Fraction(1, 10)),
    ({"case.narrative": None}, Dimension.COMMENTS, Fraction(1, 10)),
]


@pytest.mark.parametrize(("changes", "dimension", "penalty"), TABLE)
def test_each_dimension_takes_what_the_paper_says(
    changes: dict[str, Any], dimension: Dimension, penalty: Fraction
) -> None:
    score = score_of(changed(changes))

    part = next(p for p in score.parts if p.dimension is dimension)
    assert part.penalty == penalty
    assert bool(part.missing) == bool(part.path) == bool(penalty)
    assert score.value == 1 - penalty


def test_penalties_multiply_and_the_gravest_stands_first() -> None:
    score = score_of(changed({"events[0].onset": UNKNOWN, "patient.sex": None, **NO_AGE}))

    assert score.value == Fraction(1, 2) * Fraction(7, 10) * Fraction(7, 10)
    assert score.words == "0.24"
    assert [part.dimension for part in score.gaps] == [
        Dimension.ONSET,
        Dimension.SEX,
        Dimension.AGE,
    ]


def test_the_score_of_a_case_is_the_mean_over_events_and_products() -> None:
    case = changed({})
    (event,) = case.events
    other = replace(event, id="other", outcome=None)

    score = score_of(settle(replace(case, events=(event, other))))

    assert (score.value, score.pairs) == ((1 + Fraction(7, 10)) / 2, 2)
    assert [part.path for part in score.gaps] == ["events[1].outcome"]


def test_a_case_without_event_or_product_lacks_what_they_would_tell() -> None:
    score = score_of(settle(Case()))

    assert score.pairs == 1
    assert len(score.gaps) == len(Dimension)
    assert score_of(changed({"events": (Event(id="e"),)})).value < 1


def test_where_no_patient_was_reached_nothing_of_one_is_missing() -> None:
    near_miss = CaseFile(involvement=PatientInvolvement.NONE, narrative="Wrong strength drawn up")
    score = score_of(settle(Case(case=near_miss)))

    gaps = {part.dimension for part in score.gaps}
    assert gaps == {Dimension.COUNTRY, Dimension.SOURCE, Dimension.TYPE}
    assert [part.dimension for part in score.parts] == list(Dimension)
    assert (score.pairs, score.value) == (0, Fraction(9, 10) ** 3)
    # An event happened to somebody, whatever is said of the patient.
    reached = score_of(settle(Case(case=near_miss, events=(Event(id="e"),))))
    assert {Dimension.SEX, Dimension.ONSET} <= {part.dimension for part in reached.gaps}


def test_other_products_do_not_count() -> None:
    case = changed({})
    (giving,) = case.administrations
    later = replace(giving, id="later", product_id="other", started=UNKNOWN, role=None)

    assert score_of(settle(replace(case, administrations=(giving, later)))).pairs == 2


def test_it_is_said_in_words_that_are_no_judgement() -> None:
    score = score_of(changed({"patient.sex": None}))

    assert summary(score).startswith("Completeness score 0.70 of 1; no judgement")
    assert "Bergvall" in summary(score)
    assert [gap_words(part) for part in score.gaps] == ["Sex: the sex, 30 % off"]


def test_the_score_reads_no_free_text_for_facts() -> None:
    case = changed({"case.narrative": "A woman of 40.", "patient.sex": None, **NO_AGE})

    assert score_of(case).value == Fraction(49, 100)
    assert Decimal(score_of(case).words) == Decimal("0.49")


def test_where_no_patient_was_reached_nothing_of_one_is_asked() -> None:
    told = CaseFile(involvement=PatientInvolvement.PATIENT)
    near = Case(case=CaseFile(involvement=PatientInvolvement.NONE))
    assert is_asked_of_nobody(near, "patient.sex")
    assert is_asked_of_nobody(near, "happening.history")
    assert not is_asked_of_nobody(near, "case.narrative")
    assert not is_asked_of_nobody(Case(case=told), "patient.sex")
