"""News of a case that is here: each item told, nothing measured written over, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.safety import Outcome
from aeapp.domain.records import Decision
from aeapp.domain.records.coding import Coding
from aeapp.services.app import App
from aeapp.services.importing import AlreadyHereError, PatientConflictError
from aeapp.services.importing_news import OtherPersonError
from aeapp.services.report_forms import FacilityNumberError
from tests.helpers.case_files import case_of, given_out
from tests.helpers.clinic import practice_app
from tests.helpers.life import ONLINE, UNSIGNED
from tests.helpers.report_case import a_serious_report, second_event

NUMBER = "KC-2026-000001"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


def file_of(folder: Path, tree: dict[str, Any]) -> Path:
    path = folder / "news.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def told_anew(app: App) -> dict[str, Any]:
    """Return the case as somebody else gave it back, with what they learnt."""
    tree = given_out(app, NUMBER)
    tree["events"][0]["outcome"] = Outcome.RECOVERED.value
    tree["awareness"] = [{"id": "w2", "at": "2026-11-23T14:38-05:00", "who": "the hospital"}]
    tree["observations"].append(
        {"id": "new", "kind": "hr", "value": "71", "at": "2026-11-23T14:35-05:00",
         "session_id": tree["sessions"][0]["id"]}
    )  # fmt: skip
    return tree


def test_a_known_number_is_a_question_and_new_makes_a_second_case(app: App, tmp_path: Path) -> None:
    a_serious_report(app)
    file = file_of(tmp_path, given_out(app, NUMBER))
    with pytest.raises(AlreadyHereError) as refused:
        app.importing.import_case(file)
    assert "--case follow-up" in refused.value.option
    assert "--case new" in refused.value.option

    done = app.importing.import_case(file, case="new")

    assert done.case_number == "KC-2026-000002"
    assert any("case number of the file is in use" in note for note in done.notes)


def test_a_dry_run_tells_the_news_and_changes_nothing(app: App, tmp_path: Path) -> None:
    report = a_serious_report(app)
    file = file_of(tmp_path, told_anew(app))
    before = given_out(app, NUMBER)

    plan = app.importing.import_case(file, case="follow-up", apply=False)

    assert given_out(app, NUMBER) == before
    assert (plan.case_number, plan.report_number) == (NUMBER, report.number)
    news = "\n".join(plan.news)
    assert "Event 1, Outcome: (nothing) → Recovered" in news
    assert "71" in news

    done = app.importing.import_case(file, case="follow-up")
    assert done.news == plan.news
    assert dict(done.counts) == {"observation": 1, "awareness": 1, "event": 1}
    case = case_of(app, NUMBER)
    assert case.events[0].outcome is Outcome.RECOVERED
    with app.context.new_uow() as uow:
        last = uow.trail.of("event", case.events[0].id)[-1].content
    assert last["reason"] == "follow-up taken in from a case file"

    again = app.importing.import_case(file, case="follow-up")
    assert (again.news, again.counts) == ((), ())


def test_a_file_from_elsewhere_is_known_by_what_it_says(app: App, tmp_path: Path) -> None:
    a_serious_report(app)
    tree = told_anew(app)
    # Another program gives ids of its own; a reading that it has otherwise stays as it is here.
    text = json.dumps(tree)
    for n, one in enumerate(r["id"] for part in tree.values() if isinstance(part, list)
                            for r in part if "id" in r):  # fmt: skip
        text = text.replace(f'"{one}"', f'"x{n}"')
    tree = json.loads(text)
    reading = next(o for o in tree["observations"] if o.get("kind") == "bp")
    reading["systolic"] = "199"
    tree["case"]["narrative"] = "Told anew."

    done = app.importing.import_case(file_of(tmp_path, tree), case="follow-up")

    assert dict(done.counts) == {"observation": 1, "awareness": 1, "event": 1}
    assert "Entries that the file has otherwise stay as they are here: observation 1." in done.notes
    assert any("narrative here stays" in note for note in done.notes)


def test_safety_and_proposals_are_news_and_requests_are_told_to_stay_behind(
    app: App, tmp_path: Path
) -> None:
    a_serious_report(app)
    tree = told_anew(app)
    session = tree["sessions"][0]["id"]
    tree["scores"] = [{"id": "s", "scale": "phq-9", "edition": "1", "total": "20",
                       "at": "2026-11-23T14:50-05:00", "session_id": session}]  # fmt: skip
    tree["safety"] = [{"id": "r", "score_id": "s", "session_id": session, "cause": "item 9: 2",
                       "told": "Dr. R"}]  # fmt: skip
    tree["proposals"] = [{"id": "p", "session_id": session, "rule": "bp-low", "term": "Low",
                          "first": "2026-11-23T14:33-05:00"}]  # fmt: skip
    tree["questions"] = [{"id": "q", "case_id": tree["case"]["id"]}]
    file = file_of(tmp_path, tree)

    done = app.importing.import_case(file, case="follow-up")

    counts = dict(done.counts)
    assert (counts["score"], counts["safety_review"], counts["proposal"]) == (1, 1, 1)
    stored = given_out(app, NUMBER)
    (review,) = stored["safety"]
    assert (review["told"], review["score_id"]) == ("Dr. R", stored["scores"][0]["id"])
    assert any("requests and questions" in note for note in done.notes)
    again = app.importing.import_case(file, case="follow-up")
    assert (again.news, again.counts) == ((), ())


def test_what_is_said_of_another_event_is_another_thing(app: App, tmp_path: Path) -> None:
    report = a_serious_report(app)
    second_event(app, report, "Nausea")
    one, other = (e.id for e in case_of(app, NUMBER).events)
    app.sessions.save(Decision(case_id=report.case_id, event_id=one, reason="expected"))
    tree = given_out(app, NUMBER)
    tree["decisions"] = [{"id": "d", "event_id": other, "reason": "expected"}]
    # The same words in a second session are a second event.
    tree["sessions"].append({"id": "s2", "patient_id": tree["patient"]["id"]})
    tree["events"].append({"id": "e2", "session_id": "s2", "verbatim": "Syncope"})

    done = app.importing.import_case(file_of(tmp_path, tree), case="follow-up")

    counts = dict(done.counts)
    assert (counts["session"], counts["event"], counts["decision"]) == (1, 1, 1)
    stored = given_out(app, NUMBER)
    assert {d["event_id"] for d in stored["decisions"]} == {one, other}
    syncopes = [e["session_id"] for e in stored["events"] if e["verbatim"] == "Syncope"]
    assert len(set(syncopes)) == 2


def test_a_decision_of_a_file_is_no_way_around_the_role(tmp_path: Path) -> None:
    app = practice_app(tmp_path / "nurse", role=Role.NURSE)
    a_serious_report(app)
    tree = given_out(app, NUMBER)
    tree["decisions"] = [
        {"id": "d", "event_id": tree["events"][0]["id"], "answer": "no-report", "reason": "mild"}
    ]

    done = app.importing.import_case(file_of(tmp_path, tree), case="follow-up")

    assert any("to decide is not for your role" in note for note in done.notes)
    assert "decision" not in dict(done.counts)
    assert case_of(app, NUMBER).decisions == ()
    app.close()


def test_a_coding_that_is_not_taken_is_told(app: App, tmp_path: Path) -> None:
    a_serious_report(app)
    event = case_of(app, NUMBER).events[0]
    app.sessions.save(replace(event, codings=(Coding(code="10042772", term="Syncope"),)))
    tree = given_out(app, NUMBER)
    same = app.importing.import_case(file_of(tmp_path, tree), case="follow-up")
    assert not any("otherwise" in note for note in same.notes)
    tree["events"][0]["codings"].append({"code": "10013573", "term": "Dizziness"})

    done = app.importing.import_case(file_of(tmp_path, tree), case="follow-up")

    assert "Entries that the file has otherwise stay as they are here: event 1." in done.notes
    assert len(case_of(app, NUMBER).events[0].codings) == 1


def test_news_of_a_sent_report_show_as_changed_since(app: App, tmp_path: Path) -> None:
    report = a_serious_report(app)
    app.sending.record(report.id, ONLINE, unsigned_because=UNSIGNED)
    tree = told_anew(app)

    done = app.importing.import_case(file_of(tmp_path, tree), case="follow-up")

    assert (
        f"{report.number} was sent: what is new shows as changed since. Begin its follow-up."
        in (done.notes)
    )
    compared = app.versions.changed_since(report.id)
    assert compared is not None
    assert any("Outcome" in change.label for change in compared.changes)


def test_news_are_about_the_same_person_and_a_case_that_is_here(app: App, tmp_path: Path) -> None:
    a_serious_report(app)
    tree = given_out(app, NUMBER)
    file = file_of(tmp_path, tree)
    with pytest.raises(OtherPersonError):
        app.importing.import_case(file, case="follow-up", patient="new")
    tree["patient"]["history"] = "Told otherwise."
    with pytest.raises(PatientConflictError):
        app.importing.import_case(file_of(tmp_path, tree), case="follow-up")
    tree["case"]["number"] = "KC-2026-000099"
    with pytest.raises(AlreadyHereError) as refused:
        app.importing.import_case(file_of(tmp_path, tree), case="follow-up")
    assert "No case with the number" in refused.value.message


def test_a_facility_number_belongs_to_one_report(app: App, tmp_path: Path) -> None:
    a_serious_report(app)
    tree = given_out(app, NUMBER)
    tree["reports"][0]["facility_number"] = "0000000000-2026-0001"
    first = app.importing.import_case(file_of(tmp_path, tree), case="new")

    with pytest.raises(FacilityNumberError, match="0000000000-2026-0001") as refused:
        app.importing.import_case(file_of(tmp_path, tree), case="new")

    assert f"is that of report {first.report_number}." in refused.value.message
    # It is refused where it is typed, too.
    case = case_of(app, NUMBER)
    typed = replace(case, report=replace(case.report, facility_number="0000000000-2026-0001"))
    with pytest.raises(FacilityNumberError):
        app.cases.save(case, typed)
