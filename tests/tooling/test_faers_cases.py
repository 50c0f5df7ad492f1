"""Published reports become case files: every value in an item or in words, nothing added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.stating import stable, stated_places
from aeapp.services.app import App
from tests.helpers.case_files import case_of, given_out
from tests.helpers.clinic import practice_app
from tools.faers_cases.__main__ import main
from tools.faers_cases.counting import alike, counted, faults_of, rows_of, uneven
from tools.faers_cases.fates import Fate
from tools.faers_cases.making import Layout, Made, made
from tools.faers_cases.openfda import EVENT
from tools.faers_cases.quarter import QUARTER
from tools.faers_cases.sources import Source, SourceError, events, quarter

REAL = Path(__file__).parents[2].parent / "shared/data/faers"
HEADS = {
    "DEMO": "primaryid caseid caseversion i_f_code event_dt age age_cod sex wt wt_cod to_mfr "
    "occp_cod reporter_country",
    "DRUG": "primaryid drug_seq role_cod drugname route dose_vbm cum_dose_chr cum_dose_unit dechal "
    "rechal lot_num exp_dt dose_amt dose_unit dose_form dose_freq",
    "REAC": "primaryid pt drug_rec_act",
    "OUTC": "primaryid outc_cod",
    "INDI": "primaryid indi_drug_seq indi_pt",
    "THER": "primaryid dsg_drug_seq start_dt end_dt dur dur_cod",
    "RPSR": "primaryid rpsr_cod",
}
DEMO = "71$7$1$I$20170406$40$YR$F$150$LBS$Y$MD$US"
DRUG = "71$1$PS$Examplin$Oral$$$$Y$N$L1$201903$.5$MG$$QD"
Rows = Mapping[str, list[str]]


def folder_of(folder: Path, **tables: list[str]) -> Path:
    """Write a small quarter; a table that is not named has one plain row or none."""
    plain = {"DEMO": [DEMO], "DRUG": [DRUG], "REAC": ["71$Dizziness$"]} | tables
    for name, head in HEADS.items():
        rows = ["$".join(head.split()), *plain.get(name, [])]
        (folder / f"{name}17Q2.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def cases_of(folder: Path, layout: Layout = QUARTER) -> tuple[list[Made], list[str]]:
    """Return the cases of a folder and what is wrong with them."""
    sources = quarter(folder) if folder.is_dir() else events(folder)
    cases = [made(source, layout) for source in sources]
    wrong = uneven(counted(sources, cases, layout), rows_of(sources, cases, layout))
    return cases, wrong + [fault for case in cases for fault in faults_of(case)]


def tree_of(folder: Path, **tables: list[str]) -> dict[str, Any]:
    """Return the one case file of a small quarter, whose counts come out even."""
    (case,), wrong = cases_of(folder_of(folder, **tables))
    assert wrong == []
    return dict(json.loads(case.text))


def row(table: str, plain: str, **changes: str) -> str:
    """Return a row with some of its fields changed."""
    names = HEADS[table].split()
    cells = dict(zip(names, plain.split("$"), strict=True)) | changes
    return "$".join(cells[name] for name in names)


# ------------------------------------------------------------------ single fields


def test_what_one_event_and_one_product_are_told_of_is_theirs(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, OUTC=["71$HO", "71$OT"], INDI=["71$1$Pain"])

    (event,) = tree["events"]
    assert event["seriousness"] == ["hospitalization", "other"]
    assert event["onset"] == "2017-04-06"
    assert (event["dechallenge"], event["rechallenge"]) == ("yes", "no")
    assert "outcome" not in event
    assert (tree["case"]["number"], tree["case"]["title"]) == ("FAERS-71", "Dizziness")
    assert tree["observations"][0] == {
        "id": "weight", "kind": "weight", "value": "150", "unit": "[lb_av]",
    }  # fmt: skip
    assert tree["lots"][0] == {
        "id": "lot-1", "product_id": "drug-1", "number": "L1", "expires": "2019-03",
    }  # fmt: skip
    assert tree["administrations"][0] == {
        "id": "giving-1", "product_id": "drug-1", "lot_id": "lot-1", "dose": "0.5",
        "dose_unit": "MG", "route": "048", "frequency": "Daily", "indication": "Pain", "role": "1",
    }  # fmt: skip
    assert tree["reports"][0]["also_reported_to"] == ["manufacturer"]
    assert "stated" not in tree["case"]


def test_what_is_told_of_several_events_or_products_is_stated_of_the_whole(tmp_path: Path) -> None:
    tree = tree_of(
        tmp_path,
        DRUG=[DRUG, row("DRUG", DRUG, drug_seq="2", role_cod="SS", dechal="U", lot_num="")],
        REAC=["71$Dizziness$", "71$Nausea$nausea"],
        OUTC=["71$DE", "71$LT"],
    )

    stated = {one["path"]: one["value"] for one in tree["case"]["stated"]}
    assert stated == {
        "happening.onset": "2017-04-06",
        "happening.seriousness": "death; life-threatening",
        "suspects[@drug-1/lot-1].abated": "yes",
        "suspects[@drug-1/lot-1].reappeared": "no",
        "suspects[@drug-2/lot-2].abated": "UNK",
        "suspects[@drug-2/lot-2].reappeared": "no",
    }
    assert all(one["reason"] for one in tree["case"]["stated"])
    assert not any("seriousness" in event or "onset" in event for event in tree["events"])
    assert [event.get("rechallenge") for event in tree["events"]] == [None, "yes"]
    assert "Events: Dizziness; Nausea (MedDRA terms" in tree["case"]["narrative"]


@pytest.mark.parametrize(
    ("field", "value", "path", "held"),
    [
        ("sex", "UNK", ("patient", "sex"), {"unknown": "UNK"}),
        ("sex", "NS", ("patient", "sex"), {"unknown": "NI"}),
        ("sex", "", ("patient", "sex"), None),
        ("age_cod", "MON", ("patient", "age_unit"), "mo"),
        ("age_cod", "DEC", ("patient", "age"), None),
        ("age", "about 40", ("patient", "age_unit"), None),
        ("event_dt", "2017", ("events", "onset"), "2017"),
        ("event_dt", "201704", ("events", "onset"), "2017-04"),
        ("event_dt", "20170431", ("events", "onset"), None),
        ("to_mfr", "N", ("reports",), None),
        ("occp_cod", "HP", ("reporters", "occupation"), None),
        ("occp_cod", "HP", ("reporters", "health_professional"), True),
        ("occp_cod", "CN", ("reporters", "occupation"), "non-professional"),
        ("occp_cod", "CN", ("reporters", "health_professional"), False),
        ("reporter_country", "COUNTRY NOT SPECIFIED", ("reporters", "country"), {"unknown": "NI"}),
        ("reporter_country", "XX", ("reporters", "country"), None),
    ],
)
def test_a_field_of_the_report_is_held_as_it_is_or_kept_in_words(
    tmp_path: Path, field: str, value: str, path: tuple[str, ...], held: object
) -> None:
    tree = tree_of(tmp_path, DEMO=[row("DEMO", DEMO, **{field: value})])

    part = tree.get(path[0])
    part = part[0] if isinstance(part, list) else part
    assert (part or {}).get(path[-1]) == held
    if held is None and value:
        assert f"DEMO.{field} (1): {value} [" in tree["case"]["narrative"]


@pytest.mark.parametrize(
    ("field", "value", "place", "held"),
    [
        ("role_cod", "I", "administrations.role", "1"),
        ("role_cod", "C", "administrations.role", "2"),
        ("role_cod", "?", "administrations.role", None),
        ("route", "By drone", "administrations.route", None),
        ("dose_freq", "Q3W", "administrations.frequency_text", "Q3W"),
        ("dose_freq", "BID", "administrations.frequency", "BID"),
        ("dose_unit", "PUFF", "administrations.dose_text", ".5 PUFF"),
        ("dose_unit", "", "administrations.dose", None),
        ("dose_vbm", "UNK", "administrations.dose_text", "UNK"),
        ("dose_form", "TABLET", "administrations.dose_text", "form TABLET"),
        ("cum_dose_chr", "7", "administrations.dose_text", "cumulative 7"),
        ("lot_num", "UNKNOWN,UNKNOWN", "lots.number", {"unknown": "UNK"}),
        ("exp_dt", "soon", "lots.expires", None),
        ("dechal", "D", "events.dechallenge", "na"),
        ("rechal", "U", "events.rechallenge", {"unknown": "UNK"}),
    ],
)
def test_a_field_of_a_product_is_held_as_it_is_or_kept_in_words(
    tmp_path: Path, field: str, value: str, place: str, held: object
) -> None:
    tree = tree_of(tmp_path, DRUG=[row("DRUG", DRUG, **{field: value})])
    section, item = place.split(".")

    assert tree[section][0].get(item) == held
    in_words = field in ("route", "exp_dt") or value in ("I", "?")
    assert (f"DRUG.{field} (1): {value} [" in tree["case"]["narrative"]) == in_words


def test_a_dose_that_nobody_knows_is_unknown(tmp_path: Path) -> None:
    plain = row("DRUG", DRUG, dose_vbm="UNK", dose_amt="", dose_unit="")

    assert tree_of(tmp_path, DRUG=[plain])["administrations"][0]["dose"] == {"unknown": "UNK"}


def test_words_of_one_item_stand_beside_each_other(tmp_path: Path) -> None:
    tree = tree_of(
        tmp_path,
        DRUG=[row("DRUG", DRUG, dose_vbm="5 MG;", dose_form="GEL")],
        INDI=["71$1$Pain", "71$1$Anxiety", "71$1$Pain"],
    )

    assert tree["administrations"][0]["dose_text"] == "5 MG;; form GEL"
    assert tree["administrations"][0]["indication"] == "Pain; Anxiety"


def test_a_diagnosis_beside_an_unknown_one_is_not_lost(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, INDI=["71$1$Product used for unknown indication", "71$1$Pain"])

    assert tree["administrations"][0]["indication"] == {"unknown": "UNK"}
    assert "Pain [the item holds another value already]" in tree["case"]["narrative"]


def test_a_second_course_is_a_giving_of_the_same_product(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, THER=["71$1$2017$$3$WK", "71$1$201706$20170702$2$SEC"])

    first, second = tree["administrations"]
    assert (first["started"], first["duration"], first["duration_unit"]) == ("2017", "3", "wk")
    assert second == {
        "id": "giving-1-2", "product_id": "drug-1", "lot_id": "lot-1",
        "started": "2017-06", "ended": "2017-07-02", "role": "1",
    }  # fmt: skip
    assert "THER.dur (2): 2 [" in tree["case"]["narrative"]


def test_a_product_that_was_not_given_is_in_the_words_alone(tmp_path: Path) -> None:
    tree = tree_of(
        tmp_path,
        DRUG=[DRUG, row("DRUG", DRUG, drug_seq="2", role_cod="DN", drugname="Otherin")],
        INDI=["71$2$Pain", "71$9$Pain"],
        THER=["71$2$2017$$$"],
    )

    assert len(tree["products"]) == len(tree["administrations"]) == 1
    narrative = tree["case"]["narrative"]
    assert "DRUG.drugname (2): Otherin [of a product that was not given]" in narrative
    assert "INDI.indi_pt (2): Pain [its product is not in the report]" in narrative


def test_what_is_told_of_a_medicine_taken_at_the_time_is_no_answer_for_a_suspect(
    tmp_path: Path,
) -> None:
    tree = tree_of(tmp_path, DRUG=[DRUG, row("DRUG", DRUG, drug_seq="2", role_cod="C")])

    # One suspect and one event: the answer is the event's.
    assert tree["events"][0]["dechallenge"] == "yes"
    assert "DRUG.dechal (2): Y [the item is one of suspect products]" in tree["case"]["narrative"]


def test_a_product_whose_role_is_not_told_counts_as_a_suspect(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, DRUG=[DRUG, row("DRUG", DRUG, drug_seq="2", role_cod="")])

    assert len(tree["case"]["stated"]) == 4
    assert "dechallenge" not in tree["events"][0]


def test_a_report_without_events_has_nothing_stated_of_them(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, REAC=[], OUTC=["71$HO"])

    assert {s["path"] for s in tree["case"].get("stated", [])} == {
        "suspects[@drug-1/lot-1].abated", "suspects[@drug-1/lot-1].reappeared",
    }  # fmt: skip
    assert "OUTC.outc_cod (1): HO [the report has no event]" in tree["case"]["narrative"]


def test_numbers_that_do_not_make_up_each_other_are_both_kept(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, DEMO=[row("DEMO", DEMO, caseid="8")])

    assert "DEMO.caseid (1): 8 [" in tree["case"]["narrative"]


def test_a_row_with_another_case_number_than_its_report_keeps_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "RPSR17Q2.txt").write_text("primaryid$caseid$rpsr_cod\n71$8$HP\n")

    (case,), wrong = cases_of(folder)

    assert wrong == []
    assert "RPSR.caseid (1): 8 [another number" in case.text


def test_a_term_that_recurred_in_another_row_is_kept_in_words(tmp_path: Path) -> None:
    tree = tree_of(tmp_path, REAC=["71$Dizziness$Rash"])

    assert "REAC.drug_rec_act (1): Rash [names another term" in tree["case"]["narrative"]


def test_a_field_without_a_rule_is_kept_in_words(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "RPSR17Q2.txt").write_text("primaryid$rpsr_cod$colour\n71$HP$green\n")

    (case,), wrong = cases_of(folder)

    assert wrong == []
    assert "RPSR.colour (1): green [no rule for this field]" in case.text


# ------------------------------------------------------------------ the counter counts


def with_rule(table: str, field: str, rule: Any) -> Layout:
    rules = {name: dict(own) for name, own in QUARTER.rules.items()}
    rules[table][field] = rule
    return replace(QUARTER, rules=rules)


def test_a_rule_that_drops_a_value_is_found(tmp_path: Path) -> None:
    dropping = with_rule("DRUG", "route", lambda _line, _value: Fate())

    _cases, wrong = cases_of(folder_of(tmp_path), dropping)

    assert wrong == ["DRUG.route"]


def test_a_product_that_got_lost_is_found(tmp_path: Path) -> None:
    sources = quarter(folder_of(tmp_path))
    cases = [made(source, QUARTER) for source in sources]
    tree = json.loads(cases[0].text)
    tree["products"] = []
    lost = replace(cases[0], text=json.dumps(tree))

    assert uneven(counted(sources, [lost], QUARTER), rows_of(sources, [lost], QUARTER)) == ["DRUG"]
    assert any("DRUG.drugname is not at products[].name" in fault for fault in faults_of(lost))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda tree: tree["patient"].pop("sex"), "DEMO.sex is not at patient.sex"),
        (lambda tree: tree["patient"].update(sex="1"), "DEMO.sex is not at patient.sex"),
        (lambda tree: tree["events"][0].update(outcome="5"), "events[].outcome comes from nowhere"),
        (lambda tree: tree["case"].update(narrative=""), "DEMO.caseversion is not in the words"),
        (lambda tree: tree["events"][0].update(seriousness=[]), "OUTC.outc_cod is not at"),
    ],
)
def test_a_file_that_says_less_or_more_than_its_source_is_found(
    tmp_path: Path, change: Any, fault: str
) -> None:
    (case,), wrong = cases_of(folder_of(tmp_path, OUTC=["71$HO"]))
    tree = json.loads(case.text)
    change(tree)

    assert wrong == []
    assert any(fault in found for found in faults_of(replace(case, text=json.dumps(tree))))


# ------------------------------------------------------------------ files that cannot be read


@pytest.mark.parametrize(
    ("tables", "word"),
    [
        ({"DEMO": [DEMO, DEMO]}, "no number of its own"),
        ({"DEMO": ["71$7"]}, "2 fields instead of 13"),
        ({"REAC": ["99$Rash$"]}, "REAC17Q2.txt, line 2: no report"),
        ({"DRUG": [DRUG, DRUG]}, "two products have the same number"),
        ({"REAC": ["71$Ra\x01sh$"]}, "REAC17Q2.txt, line 2: The text holds"),
    ],
)
def test_a_torn_quarter_is_refused_by_file_and_line(
    tmp_path: Path, tables: dict[str, list[str]], word: str
) -> None:
    with pytest.raises(SourceError) as refused:
        cases_of(folder_of(tmp_path, **tables))

    assert word in str(refused.value)


def test_a_quarter_with_a_file_missing_is_refused(tmp_path: Path) -> None:
    (folder_of(tmp_path) / "THER17Q2.txt").unlink()

    with pytest.raises(SourceError, match="THER"):
        quarter(tmp_path)


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (folder_of(tmp_path) / "REAC17Q2.txt").write_bytes(b"primaryid$pt$drug_rec_act\n71$M\xe9$\n")

    with pytest.raises(SourceError, match="byte 30 is not UTF-8"):
        quarter(tmp_path)


@pytest.mark.parametrize("text", ["{", "7", "[1]", '{"serious": "1"}'])
def test_a_file_that_holds_no_events_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "event.json").write_text(text)

    with pytest.raises(SourceError):
        events(tmp_path / "event.json")


# ------------------------------------------------------------------ openFDA


def event(**changes: Any) -> dict[str, Any]:
    return {
        "safetyreportid": "5",
        "serious": "1",
        "seriousnessdeath": "1",
        "receivedate": "20170406",
        "receivedateformat": "102",
        "receiver": None,
        "primarysource": {"qualification": "5", "reportercountry": "CA"},
        "patient": {
            "patientonsetage": "3",
            "patientonsetageunit": "800",
            "patientsex": "0",
            "patientweight": "61.5",
            "drug": [
                {
                    "medicinalproduct": "Examplin",
                    "drugcharacterization": "3",
                    "drugadministrationroute": "045",
                    "drugstartdate": "201704",
                    "drugstartdateformat": "610",
                    "drugadditional": "1",
                    "drugrecurreadministration": "3",
                    "actiondrug": "1",
                    "activesubstance": {"activesubstancename": "EXAMPLINE"},
                    "openfda": {"brand_name": ["Examplin", "Examplin XL"]},
                }
            ],
            "reaction": [{"reactionmeddrapt": "Rash", "reactionoutcome": "6"}],
        },
    } | changes


def event_tree(folder: Path, raw: dict[str, Any]) -> dict[str, Any]:
    (folder / "event.json").write_text(json.dumps(raw))
    (case,), wrong = cases_of(folder / "event.json", EVENT)
    assert wrong == []
    return dict(json.loads(case.text))


def test_an_event_of_openfda_is_read_like_a_report(tmp_path: Path) -> None:
    tree = event_tree(tmp_path, {"results": [event()]})

    assert tree["events"][0] == {
        "id": "event-1", "verbatim": "Rash", "seriousness": ["death"],
        "outcome": {"unknown": "UNK"}, "action_taken": "1", "dechallenge": "yes",
        "rechallenge": {"unknown": "UNK"},
    }  # fmt: skip
    assert tree["administrations"][0]["started"] == "2017-04"
    assert tree["observations"][0]["unit"] == "kg"
    assert tree["patient"] == {"id": "patient", "sex": {"unknown": "UNK"}}
    narrative = tree["case"]["narrative"]
    assert "drug.openfda.brand_name[] (1): Examplin XL [no rule for this field]" in narrative
    assert "event.patient.patientonsetage (1): 3 [" in narrative


def test_a_report_that_met_no_criterion_says_none_of_them(tmp_path: Path) -> None:
    harmless = event(serious="2")
    del harmless["seriousnessdeath"]
    one = event_tree(tmp_path, harmless)
    harmless["patient"]["reaction"] *= 2
    two = event_tree(tmp_path, harmless)

    assert one["events"][0]["seriousness"] == []
    (stated,) = (s for s in two["case"]["stated"] if s["path"] == "happening.seriousness")
    assert stated["value"] == "none of these"
    assert "drug.actiondrug (1): 1 [" in two["case"]["narrative"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"serious": "2"}, "event.serious (1): 2 [says something else than its criteria]"),
        ({"seriousnessdeath": "2"}, "event.serious (1): 1 [says something else"),
        ({"patient": "nobody"}, "event.patient (1): nobody [no rule"),
        ({"patient": {"reaction": "Rash"}}, "event.patient.reaction (1): Rash [no rule"),
        ({"patient": {}}, "event.serious (1): 1 [the report has no event]"),
    ],
)
def test_an_event_that_contradicts_itself_is_kept_in_words(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    assert words in event_tree(tmp_path, event(**changes))["case"]["narrative"]


@pytest.mark.parametrize(
    ("date", "form", "words"),
    [("20170406", "610", 2), ("201704", "999", 1), ("", "102", 1), ("2017", "602", 0)],
)
def test_a_date_is_as_exact_as_its_format_says(
    tmp_path: Path, date: str, form: str, words: int
) -> None:
    raw = event()
    raw["patient"]["drug"][0] |= {"drugstartdate": date, "drugstartdateformat": form}

    assert event_tree(tmp_path, raw)["case"]["narrative"].count("drugstartdate") == words


def test_a_text_that_no_case_file_holds_is_refused_by_its_report(tmp_path: Path) -> None:
    raw = event()
    raw["patient"]["reaction"][0]["reactionmeddrapt"] = "Ra\x01sh"

    with pytest.raises(SourceError, match=r"Report 5: .*U\+0001"):
        event_tree(tmp_path, raw)


# ------------------------------------------------------------------ the command, and the real files


def test_the_command_writes_a_file_a_report_and_prints_the_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder_of(tmp_path)

    assert main([str(tmp_path), "--into", str(tmp_path / "out"), "--alike"]) == 0
    out = capsys.readouterr().out

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["FAERS-71.json"]
    assert "DRUG: 1 rows, 1 products" in out
    assert "pairs: 0" in out
    assert main([str(tmp_path), "--into", str(tmp_path / "out")]) == 3
    assert "not empty" in capsys.readouterr().err


def test_the_command_answers_no_where_a_value_got_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dropping = with_rule("DRUG", "route", lambda _line, _value: Fate())
    monkeypatch.setattr("tools.faers_cases.__main__.QUARTER", dropping)

    assert main([str(folder_of(tmp_path)), "--into", str(tmp_path / "out")]) == 1
    assert "DRUG.route: not every value went somewhere" in capsys.readouterr().err


def test_the_same_report_twice_looks_alike(tmp_path: Path) -> None:
    """The measure of likeness measures: the same lot, day, event and product."""
    again = [text.replace("71$", "72$", 1) for text in (DEMO, DRUG, "71$Dizziness$")]
    folder = folder_of(
        tmp_path, DEMO=[DEMO, again[0]], DRUG=[DRUG, again[1]], REAC=["71$Dizziness$", again[2]]
    )
    cases, _wrong = cases_of(folder)

    assert alike(cases)["possible (50 points)"] == 1
    with pytest.raises(ValueError, match="2000"):
        alike(cases * 1001)


@pytest.fixture(scope="module")
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip("the published reports are not beside the repository")
    return REAL


def test_the_published_quarter_comes_out_even(real: Path) -> None:
    sources = quarter(real)
    cases, wrong = cases_of(real)
    rows = rows_of(sources, cases, QUARTER)
    found = {(row.table, row.what): row.found for row in rows}

    assert wrong == []
    # Counted from the raw files by another way than the reader's.
    raw = {
        path.name[:4]: path.read_text().count("\n") - 1 for path in sorted(real.glob("*17Q2.txt"))
    }
    assert all(row.rows == raw[row.table] for row in rows)
    assert found == {
        ("DEMO", "cases"): raw["DEMO"],
        ("DRUG", "products"): raw["DRUG"],
        ("DRUG", "suspects"): 100 + 90 + 4,
        ("DRUG", "taken at the time"): 134,
        ("REAC", "events"): raw["REAC"],
        ("OUTC", "criteria"): raw["OUTC"],
        ("INDI", "indications"): raw["INDI"],
        ("THER", "dated givings"): raw["THER"],
    }
    values = sum(
        bool(cell) for path in real.glob("*17Q2.txt")
        for line in path.read_text().splitlines()[1:] for cell in line.split("$")
    )  # fmt: skip
    assert sum(count.found for count in counted(sources, cases, QUARTER).values()) == values
    assert alike(cases)["likely (80 points)"] == alike(cases)["possible (50 points)"] == 0


def test_the_published_event_comes_out_even(real: Path) -> None:
    (case,), wrong = cases_of(real / "openfda-event.json", EVENT)

    assert wrong == []
    tree = json.loads(case.text)
    assert (len(tree["products"]), len(tree["events"])) == (23, 86)


def _facts(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a case file without ids, links and what an import adds, statements by their item."""
    facts: dict[str, Any] = {}
    for section, part in tree.items():
        if section in ("format", "clinic", "reports"):
            continue
        records = part if isinstance(part, list) else [part]
        facts[section] = [
            {
                key: [(s["path"].split("]")[-1], s["value"]) for s in value]
                if key == "stated" else value
                for key, value in record.items() if key != "id" and not key.endswith("_id")
            }
            for record in records
        ]  # fmt: skip
    return facts


@pytest.mark.parametrize(
    "step", [pytest.param(1, id="all", marks=pytest.mark.gauntlet), pytest.param(12, id="some")]
)
def test_published_reports_are_taken_in_and_given_out_the_same(
    real: Path, tmp_path: Path, step: int
) -> None:
    app = practice_app(tmp_path)
    try:
        for source in [*quarter(real)[::step], *events(real / "openfda-event.json")]:
            case = made(source, QUARTER if source.of("DEMO") else EVENT)
            _takes_in(app, tmp_path / "case.json", source, case)
    finally:
        app.close()


def _takes_in(app: App, path: Path, source: Source, case: Made) -> None:
    path.write_text(case.text, encoding="utf-8")
    would = app.importing.import_case(path, apply=False)
    done = app.importing.import_case(path)

    assert would.counts == done.counts
    # No note: nothing was changed, and no case here looks like it.
    assert (done.case_number, done.notes) == (f"FAERS-{source.number}", ())
    assert _facts(given_out(app, done.case_number)) == _facts(json.loads(case.text))
    shown = case_of(app, done.case_number)
    stated = {one.path or "" for one in shown.case.stated}
    # A statement that is kept and shown nowhere would be lost to its reader.
    assert {stable(shown, place) for place in stated_places(shown)} == stated
    assert not source.of("OUTC") or shown.happening.seriousness
