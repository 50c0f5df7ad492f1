from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from aeapp.commands.zones import chosen_zone
from aeapp.domain.destinations import DESTINATIONS
from tests.e2e.conftest import Line
from tests.helpers.tools import lacking

CASES = Path(__file__).parent.parent / "data" / "cases"
READINGS = Path(__file__).parent.parent / "data" / "vitals"
ICU = Path(__file__).parents[2].parent / "shared/data/vitals/icu-numerics-1min-s00001.csv"
ALL = sorted(path.stem for path in CASES.glob("*.json"))


def test_a_new_clinic_is_whole(line: Line, clinic: Path) -> None:
    answer = line("doctor")

    assert answer.code == 0
    assert "BAD" not in answer.out
    names = {path.name for path in clinic.iterdir()}
    assert {"clinic.db", "clinic.vault.a", "clinic.vault.b"} <= names


def test_the_password_leaves_the_environment(line: Line, clinic: Path) -> None:
    line("report", "list")

    assert "AEAPP_PASSWORD" not in os.environ


@pytest.mark.parametrize("name", ALL)
def test_an_incomplete_case_is_taken_in_checked_and_printed(
    line: Line, clinic: Path, tmp_path: Path, name: str
) -> None:
    done = line("case", "import", str(CASES / f"{name}.json"), "--json")
    assert done.code == 0, done.err
    number = json.loads(done.out)["case"]

    checked = line("report", "check", number, "--json")
    findings = json.loads(checked.out)
    assert checked.code == any(f["severity"] == "blocks" for f in findings)
    assert all(f["text"] and f["code"] for f in findings)

    pdf = tmp_path / f"{name}.pdf"
    exported = line("report", "export", number, "--as", "fda3500", "--out", str(pdf))
    assert exported.code == 0, exported.err
    assert pdf.read_bytes().startswith(b"%PDF-1.")


def test_a_check_says_how_ready_a_report_is_for_each_destination(line: Line, clinic: Path) -> None:
    done = line("case", "import", str(CASES / "P3.json"), "--json")
    number = json.loads(done.out)["case"]

    one = line("report", "check", number, "--for", "fda3500a")
    assert one.code == 1
    assert "3500A, drug (09/2025): " in one.out
    assert "Completeness score 0." in one.out
    assert "% off" in one.out

    every = line("report", "check", number, "--for", "all")
    assert [row.split()[0] for row in every.out.splitlines()[: len(DESTINATIONS)]] == list(
        DESTINATIONS
    )
    told = json.loads(line("report", "check", number, "--for", "all", "--json").out)
    assert [d["destination"] for d in told["destinations"]] == list(DESTINATIONS)
    assert every.code == any(d["wanted"] and not d["can_go"] for d in told["destinations"])
    assert len(told["completeness"]["dimensions"]) == 10
    assert 0 < told["completeness"]["value"] < 1


@pytest.mark.parametrize("name", ALL)
def test_a_case_given_out_and_taken_in_elsewhere_is_the_same(
    line: Line, clinic: Path, tmp_path: Path, name: str
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{name}.json"), "--json").out)["case"]
    out = tmp_path / "out.json"
    assert line("case", "export", number, "--out", str(out)).code == 0

    first = json.loads((CASES / f"{name}.json").read_text())
    again = json.loads(out.read_text())

    assert again["case"].get("narrative") == first["case"].get("narrative")
    assert len(again.get("events", [])) == len(first.get("events", []))
    for mine, theirs in zip(first.get("events", []), again.get("events", []), strict=True):
        facts = {k: v for k, v in mine.items() if k != "id" and not k.endswith("_id")}
        assert {k: theirs.get(k) for k in facts} == facts


def test_a_case_of_the_same_number_is_not_taken_in_twice(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    out = tmp_path / "out.json"
    line("case", "export", number, "--out", str(out))

    answer = line("case", "import", str(out))

    assert answer.code == 1
    assert "already in this clinic" in answer.err


def test_a_dry_run_changes_nothing(line: Line, clinic: Path) -> None:
    answer = line("case", "import", str(CASES / f"{ALL[0]}.json"), "--dry-run")

    assert answer.out.startswith("Would import case KC-")
    assert line("report", "list").out == "No reports yet.\n"


def test_a_patient_code_known_with_other_facts_is_a_question(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("patient"))
    case = json.loads(source.read_text())
    case["patient"] = {"id": case["patient"]["id"], "code": "P-77", "sex": "1"}
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text(json.dumps(case))
    case["patient"]["sex"] = "2"
    second.write_text(json.dumps(case))
    assert line("case", "import", str(first)).code == 0

    refused = line("case", "import", str(second))
    assert refused.code == 1
    assert "sex" in refused.err

    assert line("case", "import", str(second), "--patient", "known").code == 0
    assert line("case", "import", str(second), "--patient", "new").code == 0
    alike = line("case", "import", str(second), "--patient", "file")
    assert alike.code == 1
    assert "Several patients here" in alike.err


def test_a_number_that_was_not_kept_is_told(line: Line, clinic: Path, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text('{"format": "aeapp-case/1", "case": {"id": "c", "number": "KC-2026-31"}}')

    told = line("case", "import", str(file))
    assert told.out.startswith("Imported case KC-2026-000001, report KC-2026-000001/3500/1:")
    assert "The case number of the file is malformed" in told.out

    again = json.loads(line("case", "import", str(file), "--json").out)
    assert again["case"] == "KC-2026-000002"
    assert len(again["notes"]) == 1


def test_readings_of_a_monitor_come_in_once(line: Line, clinic: Path, tmp_path: Path) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    taken = line("case", "import", str(source))
    assert "patient 1, product 2" in taken.out
    assert "Session S-2026-000001: 'import vitals --session' takes it." in taken.out
    file = tmp_path / "monitor.csv"
    file.write_text(
        "Time,HR,ABPSys,ABPDias,ABPMean,PULSE,RESP,SpO2,NBPSys,NBPDias,NBPMean\n"
        "2026-09-03 10:00:00,72.0,0.0,0.0,0.0,71.0,14.0,0.0,142,88,106\n"
    )
    words = ("import", "vitals", str(file), "--session", "S-2026-000001")

    planned = line(*words)
    assert planned.code == 0, planned.err
    assert "Nothing was changed" in planned.out

    first = json.loads(line(*words, "--other-day", "--apply", "--json").out)
    again = json.loads(line(*words, "--other-day", "--apply", "--json").out)
    assert (first["observations"], first["already_here"]) == (4, 0)
    assert again["already_here"] == again["observations"]
    assert line("doctor").code == 0


def test_what_a_person_says_about_a_file_is_heard(line: Line, clinic: Path, tmp_path: Path) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    line("case", "import", str(source))
    words = ("import", "vitals", str(READINGS / "capnograph.tsv"), "--session", "S-2026-000001")
    words = (*words, "--columns", str(READINGS / "capnograph.columns.json"), "--other-day")
    more = ("--clock-offset=-00:05", "--zone", "America/New_York", "--reason", "read out later")

    told = line(*words, *more)
    assert "No mapping is kept." in line("import", "columns").out
    done = json.loads(line(*words, *more, "--keep-columns", "--apply", "--json").out)

    assert told.code == 0, told.err
    assert "layout columns: its columns were mapped" in told.out
    assert "1 readings were converted; the number of the file is kept" in told.out
    assert "from 2026-11-23T14:40:00-05:00 to 2026-11-23T14:41:00-05:00" in told.out
    assert done["applied"]
    assert (done["observations"], done["converted"], done["questioned"]) == (7, 1, 0)
    assert done["notes"][-1].endswith("ALARM.")

    # The mapping reads the next file with this header by itself, until it is dropped.
    again = line(*words[:5], "--other-day")
    assert "its header is that of the kept mapping Capnograph, room 2" in again.out
    assert line("import", "columns").out == "Capnograph, room 2\n"
    assert json.loads(line("import", "columns", "--json").out)[0]["name"] == "Capnograph, room 2"
    shown = line("import", "columns", "--show", "Capnograph, room 2").out
    assert json.loads(shown) == json.loads((READINGS / "capnograph.columns.json").read_text())
    assert line("import", "columns", "--show", "Other").code == 1
    assert line("import", "columns", "--drop", "Capnograph, room 2").code == 0
    assert "no layout that this program knows" in line(*words[:5], "--other-day").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--clock-offset", "3"), "minutes and seconds"),
        (("--zone", "Mars/Base"), "no zone of that name"),
        (("--start", "noon"), "The time is not written like"),
        (("--layout", "quokka"), "Known layouts are: vital, fhir,"),
        (("--columns", "no.json"), "no such file"),
        ((), "does not say when"),
    ],
)
def test_a_wish_that_makes_no_sense_is_wrong_use(
    line: Line, clinic: Path, words: tuple[str, ...], said: str
) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    line("case", "import", str(source))
    file = str(READINGS / "vital-recorder-seconds.csv")

    answer = line("import", "vitals", file, "--session", "S-2026-000001", *words)

    assert answer.code == 2
    assert said in answer.err


def test_a_recording_that_counts_seconds_begins_when_a_person_says(
    line: Line, clinic: Path
) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    line("case", "import", str(source))
    file = str(READINGS / "vital-recorder-seconds.csv")

    told = line(
        "import", "vitals", file, "--session", "S-2026-000001", "--start", "2026-11-23 14:40"
    )

    assert told.code == 0, told.err
    assert "from 2026-11-23T14:40:00-06:00 to 2026-11-23T14:42:00-06:00" in told.out


def test_the_whole_icu_record_becomes_observations(line: Line, clinic: Path) -> None:
    if not ICU.is_file():
        lacking("the real monitor file is not beside the repository")
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    line("case", "import", str(source))

    done = json.loads(
        line(
            "import",
            "vitals",
            str(ICU),
            "--session",
            "S-2026-000001",
            "--other-day",
            "--apply",
            "--json",
        ).out
    )

    assert done["rows"] == 1936
    assert done["observations"] > 0
    assert line("doctor").code == 0


def test_verify_tells_an_export_from_a_changed_copy(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    line("report", "export", number, "--out", str(good))
    bad.write_bytes(good.read_bytes() + b"\n")

    assert line("verify", str(good)).code == 0
    answer = line("verify", str(good), str(bad))
    assert answer.code == 1
    assert "not as exported" in answer.out


def test_verify_knows_a_case_that_was_given_out(line: Line, clinic: Path, tmp_path: Path) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    file, shown = tmp_path / "file.json", tmp_path / "shown.json"
    assert line("case", "export", number, "--out", str(file)).code == 0
    shown.write_text(line("case", "export", number).out, encoding="utf-8", newline="\n")

    assert line("verify", str(file), str(shown)).code == 0
    file.write_bytes(file.read_bytes() + b" ")
    assert line("verify", str(file)).code == 1


@pytest.mark.parametrize("verb", ["report", "case"])
def test_a_file_that_is_there_is_kept_without_the_word_to_overwrite_it(
    line: Line, clinic: Path, tmp_path: Path, verb: str
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    there = tmp_path / "mine"
    there.write_bytes(b"theirs")

    refused = line(verb, "export", number, "--out", str(there))

    assert refused.code == 3
    assert "is there already" in refused.err
    assert "--overwrite" in refused.err
    assert there.read_bytes() == b"theirs"
    assert line(verb, "export", number, "--out", str(there), "--overwrite").code == 0
    assert there.read_bytes() != b"theirs"


def test_the_same_version_prints_the_same_bytes(line: Line, clinic: Path, tmp_path: Path) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    line("report", "export", number, "--out", str(one))
    line("report", "export", number, "--out", str(two))

    assert one.read_bytes() == two.read_bytes()


# ------------------------------------------------------------------ what a command asks


VERBS = {
    ("new",): {"--clinic", "--user", "--name", "--person"},
    ("doctor",): {"--clinic", "--user"},
    ("demo",): {"--out"},
    ("case", "import"): {"--clinic", "--user"},
    ("case", "export"): {"--clinic", "--user"},
    ("import", "vitals"): {"--clinic", "--user", "--session"},
    ("report", "list"): {"--clinic", "--user"},
    ("report", "check"): {"--clinic", "--user"},
    ("report", "export"): {"--clinic", "--user", "--out"},
    ("report", "versions"): {"--clinic", "--user"},
    ("report", "diff"): {"--clinic", "--user"},
    ("report", "submit"): {"--clinic", "--user", "--channel"},
    ("report", "receipt"): {"--clinic", "--user"},
    ("report", "approve"): {"--clinic", "--user"},
    ("report", "step"): {"--clinic", "--user"},
    ("verify",): {"--clinic", "--user"},
}


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_help_marks_what_a_command_cannot_do_without(
    line: Line, capsys: pytest.CaptureFixture[str], verb: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as end:
        line(*verb, "--help", login=False)

    words = " ".join(capsys.readouterr().out.split())
    assert end.value.code == 0
    marked = set(re.findall(r"(--[a-z-]+) [A-Z]+ (?:(?! --)[^()])*? \(required\)", words))
    assert marked == VERBS[verb]
    assert not [flag for flag in marked if f"[{flag}" in words]


def test_everything_that_is_missing_is_named_at_once(line: Line) -> None:
    answer = line("new", "--name", "Larkspur", login=False)

    assert answer.code == 2
    assert "needs --clinic, --user, --person." in answer.err
    assert "--help" in answer.err


def test_a_word_that_is_no_choice_is_told_like_every_error(line: Line) -> None:
    answer = line("nonsense", login=False)

    assert answer.code == 2
    assert "invalid choice: 'nonsense'" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("words", "zone", "source"),
    [
        (("--zone", "America/Chicago"), "America/Chicago", "as given with --zone"),
        ((), "Asia/Tokyo", "from the variable TZ"),
    ],
)
def test_a_new_clinic_says_its_zone_and_where_that_came_from(
    line: Line, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], zone: str, source: str
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")

    answer = line("new", "--name", "Larkspur", "--person", "Dana Reyes", *words)

    assert answer.code == 0, answer.err
    assert f"Time zone {zone}, {source}." in answer.out


def test_for_machines_a_new_clinic_says_the_same(line: Line) -> None:
    answer = line(
        "new", "--name", "Larkspur", "--person", "Dana Reyes", "--zone", "Asia/Tokyo", "--json"
    )

    told = json.loads(answer.out)
    assert (told["zone"], told["zone_from"]) == ("Asia/Tokyo", "as given with --zone")
    assert told["folder"].endswith("larkspur.aeclinic")


def test_the_zone_of_the_computer_is_found_where_systems_keep_it(tmp_path: Path) -> None:
    def chosen(**variables: str) -> tuple[str, str]:
        found = chosen_zone(None, environment=variables, etc=tmp_path)
        return found.name, found.source

    assert chosen()[0] == "UTC"
    assert "names none" in chosen()[1]
    (tmp_path / "timezone").write_text("Europe/Vienna\n")
    assert chosen() == ("Europe/Vienna", "from the settings of this computer")
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/America/New_York")
    assert chosen() == ("America/New_York", "from the settings of this computer")
    assert chosen(TZ=":Asia/Tokyo") == ("Asia/Tokyo", "from the variable TZ")
    for nonsense in ("EST5EDT4,M3", "Nowhere/At_All", "../etc", "UTC"):
        assert chosen(TZ=nonsense)[0] == "America/New_York"


def test_the_list_of_reports_says_what_runs_out_and_by_whose_word(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    case = json.loads((CASES / f"{ALL[0]}.json").read_text())
    case["events"] = [{"id": "e", "verbatim": "Syncope", "seriousness": ["other"]}]
    case["awareness"] = [{"id": "a", "at": "2026-11-23"}]
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case))
    done = line("case", "import", str(file))
    assert done.code == 0, done.err

    (told,) = json.loads(line("report", "list", "--json").out)
    words = line("report", "list").out

    assert told["clocks"] == [
        {
            "rule": "voluntary",
            "clause": "Form FDA 3500 (voluntary)",
            "authority": "clinic",
            "to": "FDA or the manufacturer",
            "due": "2026-12-08",
            "waits_for": [],
        }
    ]
    assert "due 2026-12-08, clinic target: Form FDA 3500 (voluntary), 15 calendar days" in words


def test_an_export_waits_for_a_name_in_the_text(line: Line, clinic: Path, tmp_path: Path) -> None:
    tree = {
        "format": "aeapp-case/1",
        "patient": {"id": "p", "code": "P-1", "name": "Avery Larkwood"},
        "case": {"id": "c", "patient_id": "p", "narrative": "Larkwood fell."},
    }
    source = tmp_path / "case.json"
    source.write_text(json.dumps(tree))
    number = json.loads(line("case", "import", str(source), "--json").out)["case"]
    checked = line("report", "check", number)
    assert "Take out a part of the patient’s name at character 1" in checked.out
    assert checked.code == 1
    out = tmp_path / "report.pdf"

    refused = line("report", "export", number, "--out", str(out))

    assert refused.code == 1
    assert "Nothing was written." in refused.err
    assert "Larkwood" not in refused.err + checked.out
    assert not out.exists()
    why = ("--leave-in", "Invented for a test.")
    assert line("report", "export", number, "--out", str(out), *why).code == 0
    assert out.exists()
