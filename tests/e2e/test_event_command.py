"""An event is decided on, and struck through, by command; who may not is told who may."""

from __future__ import annotations

import json
from pathlib import Path

from aeapp.domain.records import Event, Patient
from tests.e2e.conftest import Line
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics


def told(clinic: Path) -> list[str]:
    app = cheap_clinics(StillClock()).open(str(clinic), USER, PASSWORD)
    with app.context.new_uow() as uow:
        patient = uow.save(Patient(code="P-1"), who=app.who)
        ids = [
            uow.save(Event(patient_id=patient.id, verbatim=words), who=app.who).id
            for words in ("Nausea", "Syncope", "Rash")
        ]
        uow.commit()
    app.close()
    return ids


def test_each_event_is_decided_on_or_struck_through(line: Line, prescribers_clinic: Path) -> None:
    assert line("event", "list").out == "No event is recorded.\n"
    nausea, syncope, rash = told(prescribers_clinic)
    assert line("event", "list", "--undecided").out.splitlines()[0] == (
        f"{nausea}  -  P-1  Nausea  not decided"
    )

    mild = line("event", "decide", nausea, "no-report", "--reason", "mild, listed")
    assert mild.out.startswith("Decided: no report: mild, listed (Dana Reyes, ")
    assert line("event", "decide", syncope, "report", "--reason", "serious").code == 2
    assert line("event", "decide", syncope, "no-report", "--to", "fda", "--reason", "x").code == 2
    owed = ("--to", "manufacturer", "fda", "--owed", "choice", "--reason", "serious", "--json")
    made = json.loads(line("event", "decide", syncope, "report", *owed).out)
    assert (made["to"], made["owed"], made["by"]) == (
        ["fda", "manufacturer"], "choice", "Dana Reyes",
    )  # fmt: skip
    struck = line("event", "strike", rash, "--reason", "entered twice")
    assert struck.out.startswith("Struck through")
    assert line("event", "decide", rash, "no-report", "--reason", "x").code == 1

    assert line("event", "list", "--undecided").out == "No event waits for a decision.\n"
    listed = json.loads(line("event", "list", "--json").out)
    assert [(e["event"], e["decision"]["answer"]) for e in listed] == [
        (nausea, "no-report"), (syncope, "report"),
    ]  # fmt: skip
    assert "report to FDA MedWatch, Manufacturer" in line("event", "list").out
    assert line("event", "decide", "gone", "no-report", "--reason", "x").code == 1
    assert line("verify").code == 0


def test_a_nurse_is_told_who_decides(line: Line, clinic: Path) -> None:
    event, *_others = told(clinic)

    refused = line("event", "decide", event, "no-report", "--reason", "mild")

    assert (refused.code, refused.out) == (1, "")
    assert "It is for a prescriber or the compliance lead" in refused.err
    assert "Traceback" not in refused.err
    assert json.loads(line("event", "list", "--json").out)[0]["decision"] is None
    assert line("event", "strike", event, "--reason", "twice", "--json").code == 0
