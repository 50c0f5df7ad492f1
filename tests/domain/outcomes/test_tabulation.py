"""Tables by class and term: the period beside all of it."""

from __future__ import annotations

from dataclasses import replace

from aeapp.domain.codelists.coding import TermLevel
from aeapp.domain.coding.terms import Place, places_of
from aeapp.domain.outcomes.tabulation import COLUMNS, WHOLE_CLASS, Tabulated, tabulate
from aeapp.domain.records.terminology import TermEntry

NAUSEA = Tabulated("Gastrointestinal disorders", "Nausea", "S1", 1, serious=False, within=True)
SESSIONS = {f"S{n}" for n in range(40)}


def test_a_row_has_the_period_and_all_of_it() -> None:
    rows = tabulate(
        [
            NAUSEA,
            replace(NAUSEA, grade=3, serious=True),
            replace(NAUSEA, session_id="", grade=None, serious=None),
            replace(NAUSEA, session_id="S0", serious=True, within=False),
            Tabulated("", "", "S2", None, None, within=True),
            Tabulated("Cardiac disorders", "Palpitations", "S2", 2, serious=False, within=True),
        ],
        sessions=SESSIONS,
    )

    assert [row[:2] for row in rows] == [
        ("Cardiac disorders", WHOLE_CLASS),
        ("Cardiac disorders", "Palpitations"),
        ("Gastrointestinal disorders", WHOLE_CLASS),
        ("Gastrointestinal disorders", "Nausea"),
        ("no class", "not coded"),
    ]
    assert rows[3][2:] == (3, 1, "2.5", 1, 1, 1, 1, 4, 2)
    assert all(len(row) == len(COLUMNS) for row in rows)


def test_a_session_with_two_terms_of_a_class_counts_once_in_the_class() -> None:
    both = tabulate([NAUSEA, replace(NAUSEA, term="Vomiting")], sessions=SESSIONS)
    assert [row[1:5] for row in both] == [
        (WHOLE_CLASS, 2, 1, "2.5"),
        ("Nausea", 1, 1, "2.5"),
        ("Vomiting", 1, 1, "2.5"),
    ]


def test_without_sessions_there_is_no_rate() -> None:
    assert tabulate([NAUSEA], sessions={"S1"})[0][4] == "100.0"
    assert tabulate([replace(NAUSEA, session_id="")], sessions=set())[0][4] is None


def test_a_session_without_a_dose_is_in_no_rate() -> None:
    assert tabulate([NAUSEA, replace(NAUSEA, session_id="S9")], {"S1"})[0][2:5] == (2, 1, "100.0")


def test_a_code_has_its_preferred_term_and_class() -> None:
    found = places_of(
        [
            TermEntry(code="1", term="Gastrointestinal disorders", level=TermLevel.CLASS),
            TermEntry(code="2", term="Nausea", level=TermLevel.PREFERRED, parent="1"),
            TermEntry(code="3", term="Feeling queasy", level=TermLevel.LOWEST, parent="2"),
            TermEntry(code="4", term="Syncope", level=TermLevel.LOWEST, soc="Nervous system"),
            TermEntry(code="5", term="Lost", level=TermLevel.LOWEST, parent="no such"),
        ]
    )

    assert found["3"] == Place("Nausea", "Gastrointestinal disorders")
    assert found["4"] == Place("Syncope", "Nervous system")
    assert found["5"] == Place("Lost", "")
    assert "1" not in found
