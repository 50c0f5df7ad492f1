"""Reference sets and published figures are read whole or refused with the lines that are wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.outcomes.disproportionality import CountedCase, pairings
from aeapp.domain.outcomes.published_file import read_published
from aeapp.domain.outcomes.reference_set import read_reference_set
from aeapp.domain.rejection import ImportRejected

SHARED = Path(__file__).parents[4] / "shared" / "data"
ANCHORS = SHARED / "outcomes" / "published-anchors.csv"
FAERS = SHARED / "faers"

SET = """case,product,role,term
1,Ketamine,PS,Dissociation
1,Aspirin,C,Nausea
2,ketamine,suspect,
2,,,Nausea
3,Aspirin,SS,Nausea
4,Aspirin,,Rash
"""


def test_a_reference_set_counts_suspects_alone() -> None:
    found = read_reference_set(SET)

    assert found.cases == (
        CountedCase(frozenset({"ketamine"}), frozenset({"Dissociation", "Nausea"})),
        CountedCase(frozenset({"ketamine"}), frozenset({"Nausea"})),
        CountedCase(frozenset({"aspirin"}), frozenset({"Nausea"})),
        CountedCase(frozenset(), frozenset({"Rash"})),
    )
    assert (found.beside, found.without_role) == (1, 1)
    assert ("aspirin", "Dissociation") not in {
        (pair.product, pair.term) for pair in pairings(found.cases)
    }


@pytest.mark.parametrize(
    ("source", "sentence"),
    [("case,product,term\n1,a,b\n", "no column role"),
     (SET + "5,a,maybe,b\n", "line 8 names a role that is not known"),
     (SET + ",a,C,b\n", "line 8 names no case"),
     (SET + "5,a,C\n", "line 8 has another number of cells")],
)  # fmt: skip
def test_what_is_no_reference_set_is_refused(source: str, sentence: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        read_reference_set(source)
    assert any(sentence in line for line in refused.value.lines())


PRINTED = """study,measure,value,unit,n,numerator,note
S1,response,12.5,%,138,17,as printed
S1,remission,12.3,%,138,17,
S2,response,<5,%,100,,
S2,effect size,1.6,Cohen d,100,,
S3,response,50,%,,,
"""


def test_a_number_of_thousands_of_digits_is_no_number_of_people() -> None:
    table = read_published(
        f"study,measure,value,unit,n,numerator\nS1,response,12.5,%,{'9' * 5000},17\n"
    )

    ((_line, figure),) = table.figures
    assert (figure.people, figure.count) == (None, 17)


def test_published_shares_are_read_and_the_others_counted() -> None:
    table = read_published(PRINTED)

    assert [(line, figure.agrees) for line, figure in table.figures] == [
        (2, False), (3, True), (6, None),
    ]  # fmt: skip
    assert table.others == 2
    assert table.figures[0][1].percent == Decimal("12.5")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [("study,measure,value,unit\nS,m,1,%\n", "no column n"),
     (PRINTED + "S4,m\n", "line 7 has another number of cells")],
)  # fmt: skip
def test_what_is_no_table_of_figures_is_refused(source: str, sentence: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        read_published(source)
    assert any(sentence in line for line in refused.value.lines())


@pytest.mark.skipif(not ANCHORS.is_file(), reason="the shared figures are not on this machine")
def test_every_published_figure_with_counts_is_worked_out_again() -> None:
    table = read_published(ANCHORS.read_bytes())
    counted = [figure for _line, figure in table.figures if figure.proportion is not None]

    assert len(table.figures) == 243
    assert len(counted) == 207
    for figure in counted:
        assert figure.proportion is not None
        interval, share = figure.proportion.interval, figure.proportion.share
        assert interval is not None
        assert share is not None
        assert 0 <= interval.low <= float(share) <= interval.high <= 1
    # The second is called a share of the patients and is one of 2,342 infusions.
    assert {(f.study, str(f.percent), f.count, f.people)
            for _line, f in table.figures if f.agrees is False} == {
        ("Yale-2024", "12.5", 17, 138), ("Yale-2024", "0.98", 23, 138),
    }  # fmt: skip


@pytest.mark.skipif(not FAERS.is_dir(), reason="the shared reports are not on this machine")
def test_a_quarter_of_reports_is_compared() -> None:
    """Each suspect of a report with each of its terms; what was taken beside never counts."""
    lines = ["case,product,role,term"]
    for name, cells in (("DRUG17Q2.txt", (0, 5, 3, None)), ("REAC17Q2.txt", (0, None, None, 2))):
        for row in (FAERS / name).read_text(encoding="utf-8").splitlines()[1:]:
            parts = row.split("$")
            words = (parts[n].replace('"', "") if n is not None else "" for n in cells)
            lines.append(",".join(f'"{word}"' if word else "" for word in words))
    found = read_reference_set("\n".join(lines))
    pairs = pairings(found.cases)

    assert len(found.cases) == 100
    assert found.beside > 0
    assert (
        pairs[0].crossing.information_component.low >= pairs[-1].crossing.information_component.low
    )
    assert sum(pair.crossing.both for pair in pairs) == sum(
        len(case.suspects) * len(case.terms) for case in found.cases
    )


def test_one_word_in_two_spellings_is_one_term() -> None:
    rows = "case,product,role,term\n1,ketamine,PS,Nausea\n2,ketamine,PS,NAUSEA\n"
    found = read_reference_set(rows)
    assert {term for case in found.cases for term in case.terms} == {"Nausea"}
