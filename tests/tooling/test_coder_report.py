"""Effects of a table are counted by how they would get a term; nothing is chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.terminologies import ctcae_csv
from tools.coder_report import main

SHARED = Path(__file__).parents[2].parent / "shared/data"
PHEE = SHARED / "narratives/phee-psychotropic-anaesthetic-train.csv"
CTCAE = SHARED / "terminology/ctcae-v6.csv"


def figures(text: str) -> dict[str, int]:
    return {
        m[1]: int(m[2]) for m in re.finditer(r"^(exact|synonym|typo|verbatim) +(\d+)", text, re.M)
    }


def test_each_effect_is_counted_once_by_how_it_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, grades = tmp_path / "t.csv", tmp_path / "c.csv"
    table.write_text('effect\nNausea | queasy\ndisociation | drizzle |  | it rained\n""\n')
    grades.write_bytes(ctcae_csv())

    assert main([str(table), "--ctcae", str(grades), "--show", "verbatim"]) == 0

    out = capsys.readouterr().out
    assert figures(out) == {"exact": 2, "synonym": 1, "typo": 1, "verbatim": 1}
    assert out.endswith("  it rained\n")


def test_an_empty_table_has_nothing_to_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text("effect\n")

    assert main([str(tmp_path / "t.csv")]) == 0
    assert set(figures(capsys.readouterr().out).values()) == {0}


def test_published_sentences_are_coded_only_where_the_words_are_a_term(
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not (PHEE.is_file() and CTCAE.is_file()):
        pytest.skip("the published sentences are not beside the repository")

    main([str(PHEE), "--ctcae", str(CTCAE)])
    with_ctcae = figures(capsys.readouterr().out)
    main([str(PHEE)])
    alone = figures(capsys.readouterr().out)

    assert sum(with_ctcae.values()) == sum(alone.values()) > 300
    assert with_ctcae["exact"] > alone["exact"]
    assert with_ctcae["verbatim"] < alone["verbatim"]
    # Most published effects are whole phrases; a coder that codes them all guesses.
    assert with_ctcae["verbatim"] > with_ctcae["typo"]
