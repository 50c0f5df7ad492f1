"""Outcomes, listings and signals on the command line, over the practice cases."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"
YEAR = ("--from", "2020-01-01", "--to", "2026-12-31")


@pytest.fixture
def filled(line: Line, clinic: Path) -> Path:
    for name in ("P1", "P2", "P3"):
        assert line("case", "import", str(CASES / f"{name}.json")).code == 0
    return clinic


@pytest.mark.usefixtures("filled")
def test_the_page_is_told_and_written(line: Line, tmp_path: Path) -> None:
    told = json.loads(line("outcomes", *YEAR).out)
    assert told["scale"] == "PHQ-9"
    assert [rung["people"] for rung in told["ladder"]][2:] == [0, 0, 0, 0]
    assert told["outcomes"][0]["denominator"] == 0
    assert told["outcomes"][0]["published"][0]["study"] == "McInnes 2022"
    assert told["harm"]["terms"]

    out = tmp_path / "page.pdf"
    done = line("outcomes", *YEAR, "--as", "pdf", "--out", str(out))
    assert done.code == 0, done.err
    assert out.read_bytes().startswith(b"%PDF-1.")
    assert "SHA-256" in done.out
    assert line("outcomes", *YEAR, "--as", "pdf", "--out", str(out)).code == 3

    wrong = line("outcomes", "--from", "2026-12-31", "--to", "2020-01-01")
    assert wrong.code == 2
    assert "ends before it begins" in wrong.err
    parts = json.loads(line("outcomes", *YEAR, "--by", "route").out)
    assert parts["caution"].startswith("Groups as they came")
    treated = [group["ladder"][0]["people"] for group in parts["groups"]]
    assert treated
    assert sum(treated) >= json.loads(line("outcomes", *YEAR).out)["ladder"][0]["people"]
    assert "--by prints the groups" in line("outcomes", *YEAR, "--by", "route", "--as", "pdf").err
    unknown = line("outcomes", *YEAR, "--scale", "none").err
    assert "No scale of this name" in unknown
    assert "'scale list' shows them" in unknown


@pytest.mark.usefixtures("filled")
def test_events_are_listed_with_and_without_what_identifies(line: Line, tmp_path: Path) -> None:
    plain, whole = tmp_path / "plain.csv", tmp_path / "whole.xlsx"
    assert line("list", "events", "--out", str(plain)).code == 0
    assert line("list", "events", "--identified", "--as", "xlsx", "--out", str(whole)).code == 0

    text = plain.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    sheet = openpyxl.load_workbook(whole).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    codes = {row[heads.index("Patient")].value for row in sheet.iter_rows(min_row=2)}
    assert len(rows) == sheet.max_row - 1
    assert "P-1001" in codes
    assert not any(code and code in text for code in codes if code != "1")
    assert {row["Onset"] for row in rows if row["Onset"]} <= {"2026", "2025"}
    assert {row["Event as told"] for row in rows} == {"[withheld: nobody read it for identifiers]"}
    for kind in ("sessions", "reports", "exposure", "lots", "stock", "decisions", "contacts",
                 "given", "scores"):  # fmt: skip
        done = line("list", kind, "--out", str(tmp_path / f"{kind}.csv"), "--json")
        assert done.code == 0, done.err
        assert json.loads(done.out)["size"] > 0
    terms = tmp_path / "terms.csv"
    assert line("list", "terms", "--from", "2026-01-01", "--out", str(terms)).code == 0
    counted = list(csv.DictReader(io.StringIO(terms.read_text(encoding="utf-8-sig"), newline="")))
    assert sum(int(row["Events since the beginning"]) for row in counted) == len(rows)
    assert {row["Class"] for row in counted} == {"no class"}
    nothing = tmp_path / "none.csv"
    period = ("--from", "1990-01-01", "--to", "1990-12-31")
    assert line("list", "sessions", *period, "--out", str(nothing)).code == 0
    assert len(nothing.read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.usefixtures("filled")
def test_reports_are_compared_with_the_caution_and_published_figures_checked(
    line: Line, tmp_path: Path
) -> None:
    own = line("signals")
    assert own.code == 0, own.err
    assert "not a rate, not a risk, not a cause" in own.out
    assert "cases, " in own.out
    other = tmp_path / "set.csv"
    other.write_text("case,product,role,term\n1,Ketamine,PS,Nausea\n2,X,C,Rash\n", encoding="utf-8")
    told = json.loads(line("signals", "--reference", str(other), "--json").out)
    assert told["cases"] == 2
    assert [(p["product"], p["term"], p["few"]) for p in told["pairs"]] == [
        ("ketamine", "Nausea", True)
    ]
    assert told["pairs"][0]["reporting_odds_ratio"] is None
    assert "No case with" in line("signals", "--product", "nothing of the kind").out

    figures = tmp_path / "figures.csv"
    figures.write_text(
        "study,measure,value,unit,n,numerator\nS,r,12.5,%,138,17\n", encoding="utf-8"
    )
    checked = line("published", str(figures))
    assert checked.code == 1
    assert "12.5 % is printed and cannot come from its counts" in checked.out
    assert (
        json.loads(line("published", str(figures), "--json").out)["figures"][0]["agrees"] is False
    )
