"""What several opinions say together: one Yes is enough, a No needs every product."""

from __future__ import annotations

import pytest

from aeapp.domain.assessment.opinions import is_listed, is_suspected
from aeapp.domain.codelists.assessment import Causality, Expectedness
from aeapp.domain.records import Assessment

LISTED, UNLISTED, NO_LABEL = Expectedness.LISTED, Expectedness.NOT_LISTED, Expectedness.NO_LABEL
A, B = "ketamine", "midazolam"


@pytest.mark.parametrize(
    ("told", "suspects", "listed"),
    [
        ([], {A}, None),
        ([(A, None)], {A}, None),
        ([(A, LISTED)], {A}, True),
        ([(A, LISTED)], {A, B}, None),  # nobody compared the other product's label
        ([(A, LISTED), (B, LISTED)], {A, B}, True),
        ([(A, LISTED), (A, UNLISTED)], {A}, False),  # two people differ
        ([(A, NO_LABEL)], {A, B}, False),
        ([(A, LISTED)], set(), None),
    ],
)
def test_an_event_is_listed_where_every_suspect_s_label_lists_it(
    told: list[tuple[str, Expectedness | None]], suspects: set[str], listed: bool | None
) -> None:
    opinions = [Assessment(product_id=p, expectedness=e) for p, e in told]
    assert is_listed(opinions, suspects) is listed


@pytest.mark.parametrize(
    ("told", "suspects", "suspected"),
    [
        ([], {A}, None),
        ([(A, None)], {A}, None),
        ([(A, Causality.UNLIKELY)], {A}, False),
        ([(A, Causality.UNLIKELY)], {A, B}, None),
        ([(A, Causality.UNLIKELY), (A, Causality.POSSIBLE)], {A}, True),
        ([(A, Causality.CERTAIN)], {A, B}, True),
        ([(A, Causality.UNLIKELY), (A, Causality.CONDITIONAL)], {A}, None),
        ([(A, Causality.UNASSESSABLE)], {A}, None),
    ],
)
def test_an_event_is_suspected_where_one_person_holds_it_for_possible(
    told: list[tuple[str, Causality | None]], suspects: set[str], suspected: bool | None
) -> None:
    opinions = [Assessment(product_id=p, category=c) for p, c in told]
    assert is_suspected(opinions, suspects) is suspected
