"""A report led through its life by commands: approved, sent, corrected, compared, verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.services.app import App
from tests.e2e.conftest import Line
from tests.exports.reading import page_texts
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics
from tests.helpers.guards import SENTINEL
from tests.helpers.life import a_life

UNPROVEN = ("--no-proof", "none-given")
UNSIGNED = ("--unsigned", "posted already")


@contextmanager
def cheap_app(folder: Path) -> Iterator[App]:
    """Open the clinic of ``line`` for a while."""
    app = cheap_clinics(StillClock()).open(str(folder / "larkspur.aeclinic"), USER, PASSWORD)
    yield app
    app.close()


@pytest.fixture
def number(tmp_path: Path) -> str:
    """Return the number of a report that nothing blocks, in the clinic of ``line``."""
    life = a_life(tmp_path)
    life.app.close()
    return str(life.report.number)


def test_a_report_is_approved_sent_corrected_and_compared(
    line: Line, number: str, tmp_path: Path
) -> None:
    assert "Nothing is recorded as sent" in line("report", "versions", number).out
    approved = line("report", "approve", number)
    assert approved.code == 0, approved.err
    assert "Approved for sending by Dana Reyes" in approved.out
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("received")
    sent = line("report", "submit", number, "--channel", "online", "--reference", "ICSR-1",
                "--proof", str(receipt))  # fmt: skip
    assert sent.code == 0, sent.err
    assert "version 1, as sent." in sent.out
    listed = json.loads(line("report", "versions", number, "--json").out)
    assert listed[0]["approved_by"] == "Dana Reyes"
    assert listed[0]["sendings"][0]["proof_sha256"] == hashlib.sha256(b"received").hexdigest()

    same = line("report", "diff", number)
    assert (same.code, "do not differ" in same.out) == (0, True)
    unsaid = line("report", "step", number, "correct", "--reason", "outcome known")
    assert (unsaid.code, "--nature" in unsaid.err) == (2, True)
    begun = line("report", "step", number, "correct", "--nature", "follow-up",
                 "--reason", "outcome known")  # fmt: skip
    assert begun.out.strip() == f"{number}: Draft."
    second = line("report", "submit", number, "--channel", "fax", "--person", "M. Ortiz",
                  "--no-reference", "none-given", "--no-proof", "not-kept", *UNSIGNED,
                  "--at", "2026-11-23T14:36-05:00")  # fmt: skip
    assert (second.code, "before version 1" in second.err) == (1, True)
    assert "--time-reason says why." in second.err
    back = line("report", "step", number, "take-back", "--reason", "begun too early")
    assert back.out.strip().startswith(f"{number}: Recorded as sent.")
    line("report", "step", number, "correct", "--nature", "follow-up", "--reason", "outcome known")
    second = line("report", "submit", number, "--channel", "fax", "--person", "M. Ortiz",
                  "--no-reference", "none-given", "--no-proof", "not-kept", *UNSIGNED,
                  "--at", "2026-11-23T14:36-05:00", "--time-reason", "typed in late",
                  "--json")  # fmt: skip
    (told,) = json.loads(second.out)["versions"]
    assert (told["nature"], told["sendings"][0]["at_because"]) == ("follow-up", "typed in late")

    out = tmp_path / "one.pdf"
    assert line("report", "export", number, "--version", "1", "--out", str(out)).code == 0
    assert hashlib.sha256(out.read_bytes()).hexdigest() in line("report", "versions", number).out
    late = line("report", "receipt", number, "--reference", "F-9", "--proof", str(receipt))
    assert "M. Ortiz, F-9, proof receipt.txt, time as given" in late.out
    assert line("report", "receipt", number, "--reference", "F-10").code == 1
    verified = line("verify", str(out), str(receipt))
    assert verified.code == 0, verified.out
    assert f"a proof of sending of {number}, unchanged" in verified.out
    assert "as kept" in verified.out


def test_a_call_leaves_the_report_open(line: Line, number: str) -> None:
    told = line("report", "submit", number, "--channel", "phone", "--person", "M. Ortiz")

    assert "stays open for the written report" in told.out


def test_steps_that_do_not_fit_are_refused_with_a_remedy(line: Line, number: str) -> None:
    late = line("report", "step", number, "close")
    assert (late.code, "cannot be done" in late.err) == (1, True)
    unknown = line("report", "submit", number, "--channel", "pigeon", "--person", "x")
    assert unknown.code in {1, 2}
    # A time without a zone is read from the clinic's clocks, so that one to come is known as such.
    sent = ("report", "submit", number, "--channel", "online", "--reference", "1", *UNPROVEN)
    assert line(*sent, "--at", "2026-11-23T23:59").code == 1
    assert "to the minute" in line(*sent, "--at", "2026-11-23").err
    missing = line("report", "diff", number)
    assert "no such version" in missing.err
    assert line("report", "step", number, "review").out.strip() == f"{number}: In review."
    locked = line("report", "step", number, "lock", "--reason", "counsel asks")
    assert locked.out.strip() == f"{number}: In review. It was locked: counsel asks."
    refused = line("report", "approve", number)
    assert "It was locked: counsel asks. Unlock" in " ".join(refused.err.split())


def test_who_had_the_version_before_is_named(line: Line, number: str) -> None:
    line(
        "report", "submit", number, "--channel", "online", "--reference", "1", *UNPROVEN, *UNSIGNED
    )
    line(
        "report",
        "submit",
        number,
        "--channel",
        "fax",
        "--to",
        "manufacturer",
        "--person",
        "Ann",
        "--no-reference",
        "none-given",
        *UNPROVEN,
        *UNSIGNED,
    )
    line("report", "step", number, "correct", "--nature", "amendment", "--reason", "typing")
    sent = line(
        "report", "submit", number, "--channel", "online", "--reference", "2", *UNPROVEN, *UNSIGNED
    )

    assert "Had version 1 and not this one: Manufacturer or compounder Ann" in sent.out


def test_a_text_that_an_export_waits_for_is_told_when_its_sending_is_recorded(
    line: Line, tmp_path: Path
) -> None:
    life = a_life(tmp_path)
    life.edit("case.narrative", f"{SENTINEL} Sample fell.")
    life.app.close()
    number = str(life.report.number)

    told = line(
        "report",
        "submit",
        number,
        "--channel",
        "online",
        "--reference",
        "ICSR-1",
        *UNPROVEN,
        *UNSIGNED,
    )

    assert told.code == 0, told.err
    assert "What went out still has: B5: Take out" in told.out
    assert SENTINEL not in told.out


def test_the_case_of_a_report_is_opened_and_written_on_cioms(
    line: Line, number: str, tmp_path: Path
) -> None:
    cioms = tmp_path / "cioms.pdf"
    write = ("report", "export", number, "--as", "cioms1", "--out", str(cioms))
    none = line(*write)
    assert (none.code, "no report on that form" in none.err) == (1, True)
    opened = line("report", "open", number, "--for", "cioms1")
    assert (opened.code, "/CIOMS1/2 is the report on" in opened.out) == (0, True)
    done = line(*write)
    assert done.code == 0, done.err
    assert "Content of the CIOMS I form" in "".join(page_texts(cioms.read_bytes()))
    assert line("verify", str(cioms)).code == 0


def test_a_deidentified_copy_of_what_is_blocked_is_a_draft(line: Line, tmp_path: Path) -> None:
    life = a_life(tmp_path)
    life.edit("case.narrative", None, "to be written anew")
    life.app.close()
    out = tmp_path / "copy.pdf"

    done = line("report", "export", str(life.report.number), "--copy", "deidentified",
                "--out", str(out))  # fmt: skip

    pages = "".join(page_texts(out.read_bytes()))
    assert "marked as a draft" in done.out
    assert pages.startswith("DRAFT")
    assert "blocks (V" in pages


def test_copies_leave_out_who_the_patient_is_or_who_reported(
    line: Line, number: str, tmp_path: Path
) -> None:
    def copy(kind: str, *more: str) -> tuple[str, str]:
        out = tmp_path / f"{kind}{len(more)}.pdf"
        done = line("report", "export", number, "--copy", kind, "--out", str(out), *more)
        assert done.code == 0, done.err
        return done.out, "".join(page_texts(out.read_bytes()))

    said, pages = copy("deidentified")
    assert "items of the list:" in said
    assert "free texts withheld" in pages
    assert SENTINEL not in pages
    assert number not in pages
    assert "Larkspur" not in pages
    assert "texts read by Dana Reyes" in copy("deidentified", "--texts-read")[1]
    said, pages = copy("maker")
    assert "who reported, signed or assessed, and the letterhead:" in said
    assert "Copy for the manufacturer, without reporter" in pages
    assert number in pages
    assert "Reyes" not in pages
    paper = line("report", "export", "S-2026-000001", "--as", "session", "--copy", "maker",
                 "--out", str(tmp_path / "paper.pdf"))  # fmt: skip
    assert (paper.code, "names the patient" in paper.err) == (1, True)


def test_many_reports_go_into_a_folder_and_the_register_tells_to_whom(
    line: Line, number: str, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.with_name("there").write_text("a file")
    inside = line("report", "batch", "--out", str(folder.with_name("there")))
    assert (inside.code, "A file stands where a folder" in inside.err) == (3, True)
    # The folder is made where there is none.
    done = line("report", "batch", "--out", str(folder), "--to", "manufacturer", "--copy", "maker",
                "--person", "Maker, Inc.", "--purpose", "public-health")  # fmt: skip
    assert done.code == 0, done.err
    assert f"Wrote 1 of 1 reports to {folder}." in done.out
    assert [f.name for f in folder.iterdir()] == [f"{number.replace('/', '-')}-maker.pdf"]
    assert line("report", "batch", number, "--out", str(folder), "--copy", "maker").code == 1
    listed = json.loads(line("report", "register", "--json").out)
    assert (listed[0]["person"], listed[0]["accounted"]) == ("Maker, Inc.", True)
    entry = str(listed[0]["entry"])
    told = line("report", "register", "--entry", entry, "--purpose", "own")
    assert (told.code, "not in the accounting" in told.out) == (0, True)
    unsaid = line("report", "register", "--entry", entry)
    assert (unsaid.code, "purpose" in unsaid.err) == (1, True)
    assert "for the manufacturer copy" in line("report", "register").out
    kept = line("report", "batch", "--copy", "archive", "--out", str(folder))
    assert (kept.code, f"{number.replace('/', '-')}-archive.pdf" in kept.out) == (0, True)
    both = line("report", "batch", "--copy", "archive", "--official", "--out", str(folder))
    assert (both.code, "Leave out --official" in both.err) == (2, True)


def test_a_newcomer_walks_from_the_practice_event_to_the_sent_report(
    line: Line, tmp_path: Path
) -> None:
    made = line("demo", "--out", str(tmp_path), "--patients", "1", "--json", login=False)
    told = json.loads(made.out)["clinic"]
    who = ("--clinic", str(tmp_path / told["folder"]), "--user", told["user"])
    (report,) = json.loads(
        line("report", "list", "--json", *who, login=False, password=told["password"]).out
    )

    def call(*words: str) -> str:
        return line(*words, *who, login=False, password=told["password"]).out

    # Nothing of the practice that the person did not leave open themselves.
    assert "V25" not in call("report", "check", report["number"])
    assert "Approved for sending" in call("report", "approve", report["number"])
    words = ("report", "submit", report["number"], "--channel", "online", "--reference", "1")
    assert call(*words, *UNPROVEN).strip().endswith("version 1, as sent.")


def test_a_paper_of_differences_names_nobody_and_an_outdated_signature_is_refused(
    line: Line, tmp_path: Path
) -> None:
    life = a_life(tmp_path)
    number = str(life.report.number)
    life.approve()
    patient = life.app.cases.gather(life.report.case_id).patient
    life.app.patients.save(replace(patient, name=f"{SENTINEL} Quill"))
    life.app.close()
    words = ("report", "submit", number, "--channel", "online", "--reference", "1", *UNPROVEN)

    refused = line(*words)
    assert (refused.code, "changed since this report was approved" in refused.err) == (1, True)
    assert "Changed since it was approved" in line("report", "list").out
    sent = line(*words, "--unsigned", "posted already")
    assert "It was not approved as it went out: posted already." in sent.out
    assert "not approved before: posted already" in line("report", "versions", number).out

    with cheap_app(tmp_path) as app:
        patient = app.cases.gather(life.report.case_id).patient
        app.patients.save(replace(patient, name="Tom Quill"))
    told = line("report", "diff", number)
    assert "Name: [not shown: it tells who somebody is] →" in told.out
    assert "Not shown in 1 items" in told.out
    told_json = line("report", "diff", number, "--json").out
    assert "Quill" not in told.out + told_json
    assert SENTINEL not in told.out + told_json
