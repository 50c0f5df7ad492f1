"""What was coded together is read from the trail, and put back where nobody coded since."""

from __future__ import annotations

from typing import Any

import pytest

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.past import (
    CodedLine,
    PastRecoding,
    is_as_recoded,
    past_recodings,
    put_back,
    recoded_facts,
)
from aeapp.domain.records import Event
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate

MEDDRA, CTCAE = TerminologyName.MEDDRA, TerminologyName.CTCAE
AT = PartialDate.parse("2026-11-23T14:40-05:00")
OLD = Coding(terminology=MEDDRA, edition="91.1", code="1", term="Drizzle", how=HowFound.PICKED,
             chosen_by="A Coder", chosen_at=AT)  # fmt: skip
NEW = Coding(terminology=MEDDRA, edition="92.0", code="2", term="Drizzle syndrome")
OTHER = Coding(terminology=CTCAE, edition="6.0", code="9")
LINES = (CodedLine("e1", "2", OLD), CodedLine("e2", "2"))
PAST = PastRecoding(7, "2026-11-23T19:40:00Z", "Dana Reyes", "r", MEDDRA, "92.0", LINES)


def entry(seq: int, data: dict[str, Any], at: str = PAST.at) -> dict[str, Any]:
    return {"seq": seq, "at": at, "name": "Dana Reyes", "entity_id": "r", "data": data}


def test_the_trail_keeps_what_each_event_got_and_had_and_it_is_read_back_whole() -> None:
    one, two = Event(id="e1", codings=(OTHER, NEW)), Event(id="e2", codings=(NEW,))
    facts = recoded_facts(MEDDRA, "92.0", [(one, OLD), (two, None)])

    later = entry(9, recoded_facts(MEDDRA, "92.0", [(two, NEW)]))
    found = past_recodings([entry(7, facts), later], [entry(8, {"of": 7}, "2026-11-24T08:00:00Z")])

    assert [past.number for past in found] == [9, 7]
    assert found[1].lines == LINES
    assert (found[0].stands, found[0].undone_by) == (True, "")
    assert (found[1].stands, found[1].undone_at, found[1].undone_by) == (
        False, "2026-11-24T08:00:00Z", "Dana Reyes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("codings", "same"),
    [
        ((NEW,), True),
        ((OTHER, NEW), True),
        ((OLD,), False),
        ((OTHER,), False),
        ((), False),
        ((Coding(terminology=MEDDRA, edition="92.0", code="3"),), False),
        ((Coding(terminology=MEDDRA, edition="93.0", code="2"),), False),
        ((Coding(terminology=MEDDRA),), False),
    ],
)
def test_an_event_is_as_it_was_recoded_while_its_code_is(codings, *, same: bool) -> None:
    assert is_as_recoded(Event(id="e1", codings=codings), PAST, LINES[0]) is same


def test_the_code_before_comes_back_and_nothing_else_is_touched() -> None:
    event = Event(id="e1", verbatim="rain", treatment="tea", codings=(OTHER, NEW))

    assert put_back(event, PAST, LINES[0]) == Event(
        id="e1", verbatim="rain", treatment="tea", codings=(OTHER, OLD)
    )
    assert put_back(event, PAST, LINES[1]).codings == (OTHER,)


def test_a_code_without_a_code_is_kept_as_told() -> None:
    facts = recoded_facts(CTCAE, "6.0", [(Event(id="e"), None)])
    assert facts["events"] == [["e", "", None]]
    bare = recoded_facts(
        MEDDRA, "1", [(Event(id="e", codings=(Coding(terminology=MEDDRA),)), None)]
    )
    assert bare["events"] == [["e", "", None]]
