"""What becomes of a case file: all of it in one case, numbered, nothing twice, nothing merged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain import lens
from aeapp.domain.archive import case_from, loads
from aeapp.domain.case import write
from aeapp.domain.codelists.safety import Challenge
from aeapp.domain.records import Patient
from aeapp.domain.rejection import ImportRejected
from aeapp.kernel.files import FileTroubleError
from aeapp.services.app import App
from aeapp.services.documents import Known, What
from aeapp.services.importing import AlreadyHereError
from tests.helpers.case_files import case_of, given_out, take_in
from tests.helpers.clinic import practice_app
from tests.helpers.report_case import a_serious_report

UNLINKED: dict[str, Any] = {
    "patient": {"id": "p", "code": "P-1"},
    "products": [{"id": "pr", "name": "ketamine"}],
    "lots": [{"id": "l", "product_id": "pr", "number": "7"}],
    "sessions": [{"id": "s", "route": "iv-infusion", "indication": "TRD"}],
    "administrations": [
        {"id": "a", "session_id": "s", "lot_id": "l", "dose": "40", "dose_unit": "MG"},
        {"id": "b", "product_id": "pr", "dose": "5", "dose_unit": "MG"},
    ],
    "observations": [
        {"id": "o", "session_id": "s", "kind": "hr", "value": "99", "at": "2026-11-01T10:00-05:00"},
        {"id": "w", "kind": "weight", "value": "70", "unit": "kg", "at": "2026-10-01"},
    ],
    "case": {"id": "c"},
    "events": [{"id": "e", "verbatim": "syncope", "onset": "2026-11-01", "seriousness": ["death"]}],
    "reporters": [{"id": "r", "files": True, "last_name": "Doe"}],
    "awareness": [{"id": "k", "at": "2026-11-02"}],
    "consents": [{"id": "n", "kind": "treatment", "given": True}],
    "decisions": [{"id": "d", "reason": "Serious."}],
    "reports": [{"id": "x"}],
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


def giving(name: str, product: str, lot: str = "") -> dict[str, Any]:
    links = {"case_id": "c", "product_id": product} | ({"lot_id": lot} if lot else {})
    return {"id": name, "dose": "40", "dose_unit": "MG"} | links


# ------------------------------------------------------------------ belonging


def test_what_a_file_does_not_link_is_in_its_case(app: App, tmp_path: Path) -> None:
    number = take_in(app, tmp_path, UNLINKED).case_number
    case = case_of(app, number)

    kinds = ("products", "lots", "sessions", "administrations", "observations", "events")
    for name in (*kinds, "reporters", "awareness", "decisions"):
        assert len(getattr(case, name)) == len(UNLINKED[name]), name
    assert case.report.case_id == case.case.id
    assert case.subject.identifier == "P-1"
    assert case.filer.last_name == "Doe"
    assert len(given_out(app, number)["consents"]) == 1


def test_the_case_here_shows_what_the_file_shows(app: App, tmp_path: Path) -> None:
    tree = UNLINKED | {"clinic": {"id": "k9", "time_zone": "America/New_York", "country": "US"}}
    ours = case_of(app, take_in(app, tmp_path, tree).case_number)
    theirs = case_from(loads((tmp_path / "case.json").read_bytes()))

    for view in ("subject", "happening", "filer"):
        found = lens.diff(getattr(ours, view), getattr(theirs, view))
        assert [path for path in found if not path.endswith("_id")] == []
    assert [t.text for t in ours.tests] == [t.text for t in theirs.tests]
    assert [s.indication for s in ours.suspects] == [s.indication for s in theirs.suspects]
    assert len(ours.suspects) == len(theirs.suspects) > 0


def test_a_report_of_a_file_always_has_its_case(app: App, tmp_path: Path) -> None:
    take_in(app, tmp_path, {"case": {"id": "c", "title": "Unlinked"}, "reports": [{"id": "r"}]})

    (line,) = app.cases.report_lines(app.cases.report_ids())

    assert line.title == "Unlinked"


def stating(*stated: tuple[str, str]) -> dict[str, Any]:
    """Return a case of two products with these stated values."""
    return {
        "products": [{"id": "pr", "name": "ketamine"}, {"id": "pq", "name": "esketamine"}],
        "administrations": [giving("a", "pr"), giving("b", "pq")],
        "events": [{"id": "e1"}, {"id": "e2"}],
        "case": {"id": "c", "stated": [{"path": path, "value": value} for path, value in stated]},
    }


@pytest.mark.parametrize("path", ["suspects[1].abated", "suspects[@pq/].abated"])
def test_what_a_file_states_for_a_product_stays_with_it(
    app: App, tmp_path: Path, path: str
) -> None:
    first = take_in(app, tmp_path, stating((path, "yes"))).case_number
    tree = given_out(app, first)
    second = take_in(app, tmp_path, tree | {"case": tree["case"] | {"number": "A-2"}}).case_number

    for case in (case_of(app, first), case_of(app, second)):
        assert [(s.product.name, s.abated) for s in case.suspects] == [
            ("ketamine", None),
            ("esketamine", Challenge.YES),
        ]
    assert tree["case"]["stated"][0]["path"] == f"suspects[@{tree['products'][1]['id']}/].abated"


def test_a_warning_that_a_file_sets_aside_is_about_the_records_that_stand_for_its_own(
    app: App, tmp_path: Path
) -> None:
    tree = stating()
    tree["case"]["asides"] = [
        {"rule": "open", "path": "events[@e2].outcome", "reason": "nobody can tell"},
        {"rule": "V9", "path": "suspects[@pq/].giving.started", "reason": "checked"},
        {"rule": "V7"},
    ]

    again = given_out(app, take_in(app, tmp_path, tree).case_number)

    assert [a.get("path") for a in again["case"]["asides"]] == [
        f"events[@{again['events'][1]['id']}].outcome",
        f"suspects[@{again['products'][1]['id']}/].giving.started",
        None,
    ]


def test_what_is_stated_for_a_giving_without_product_stays_with_it(
    app: App, tmp_path: Path
) -> None:
    tree = stating(("suspects[1].abated", "yes"))
    givings = [{"id": "a", "case_id": "c"}, {"id": "b", "case_id": "c"}]
    first = take_in(app, tmp_path, tree | {"administrations": givings}).case_number

    again = given_out(app, first)
    case = case_of(app, first)

    assert [s.abated for s in case.suspects] == [None, Challenge.YES]
    assert case.case.stated[0].path == f"suspects[@{again['administrations'][1]['id']}].abated"


def test_what_a_file_states_for_no_product_of_it_is_kept_and_given_out_again(
    app: App, tmp_path: Path
) -> None:
    stated = (("suspects[7].abated", "yes"), ("suspects[@gone/l].abated", "no"))
    first = take_in(app, tmp_path, stating(*stated)).case_number

    tree = given_out(app, first)

    assert [s.abated for s in case_of(app, first).suspects] == [None, None]
    assert tree["case"]["stated"] == [
        {"path": "suspects[@-7].abated", "value": "yes"},
        {"path": "suspects[@gone/l].abated", "value": "no"},
    ]


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    "foreign", ["KC-2026-00031a", "KC-2026-", "kc-2026-000007", "KC-2026-12", "KC-2026-0000001"]
)
def test_a_number_that_only_looks_like_ours_is_not_kept(
    app: App, tmp_path: Path, foreign: str
) -> None:
    done = take_in(app, tmp_path, {"case": {"id": "c", "number": foreign}})

    assert done.case_number == "KC-2026-000001"
    assert done.report_number == "KC-2026-000001/3500/1"
    assert [note for note in done.notes if "case number" in note]


def test_a_number_that_leaves_no_room_for_others_is_not_kept(app: App, tmp_path: Path) -> None:
    done = take_in(app, tmp_path, {"case": {"id": "c", "number": "KC-2026-" + "9" * 12}})

    assert done.case_number == "KC-2026-000001"


@pytest.mark.parametrize("foreign", ["A-17", "KC-2026-000031", "KC-2026-1000000"])
def test_a_number_that_can_stand_beside_ours_is_kept(
    app: App, tmp_path: Path, foreign: str
) -> None:
    done = take_in(app, tmp_path, {"case": {"id": "c", "number": foreign}})

    assert (done.case_number, done.report_number) == (foreign, f"{foreign}/3500/1")
    assert done.notes == ()


def test_numbers_go_on_beside_a_malformed_one(app: App) -> None:
    report = a_serious_report(app)
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "case.number", "KC-2026-000031 of the old book"))
    session = app.sessions.of_patient(case.patient.id)[0]

    first = app.cases.open_for_event(app.sessions.catch_event(session, "Nausea"))
    second = app.cases.open_for_event(app.sessions.catch_event(session, "Vomiting"))

    assert first.number == "KC-2026-000001/3500/1"
    assert second.number == "KC-2026-000002/3500/1"


def test_sessions_of_a_file_get_a_number_each(app: App, tmp_path: Path) -> None:
    days = ("2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22")
    numbers: tuple[dict[str, str], ...] = (
        {},
        {},
        {"number": "S-2026-000001"},
        {"number": "S-2026-chair 4"},
    )
    sessions = [
        {"id": f"s{n}", "started": day} | number
        for n, (day, number) in enumerate(zip(days, numbers, strict=True))
    ]
    tree = {"patient": {"id": "p", "code": "P-1"}, "case": {"id": "c"}, "sessions": sessions}

    done = take_in(app, tmp_path, tree)

    found = app.sessions.of_patient(app.patients.ids()[0])
    assert {s.number for s in found} == {f"S-2026-00000{n}" for n in (1, 2, 3, 4)}
    assert [s.started.iso() for s in found if s.number == "S-2026-000001"] == ["2026-11-15"]  # type: ignore[union-attr]
    assert [note for note in done.notes if "malformed" in note]


def test_a_session_number_in_use_is_not_given_twice(app: App, tmp_path: Path) -> None:
    ours = app.sessions.start(app.patients.save(Patient(code="P-2")).id)
    tree = {
        "patient": {"id": "p", "code": "P-1"},
        "case": {"id": "c"},
        "sessions": [{"id": "s", "number": ours.number}],
    }

    done = take_in(app, tmp_path, tree)

    assert app.sessions.by_number(ours.number or "") == ours
    assert [note for note in done.notes if "in use" in note]


def test_our_own_case_taken_in_without_its_number_is_a_second_one(app: App, tmp_path: Path) -> None:
    report = a_serious_report(app)
    tree = json.loads(app.importing.export_case(report.case_id))
    with pytest.raises(AlreadyHereError):
        take_in(app, tmp_path, tree)
    del tree["case"]["number"]

    done = take_in(app, tmp_path, tree)

    assert (done.case_number, done.report_number) == ("KC-2026-000002", "KC-2026-000002/3500/1")
    assert app.cases.report_by_number(report.number or "") == report
    assert [note for note in done.notes if "report number" in note]


def test_no_two_reports_have_one_number(app: App, tmp_path: Path) -> None:
    take_in(app, tmp_path, {"case": {"id": "c"}, "reports": [{"id": "r", "number": "R-1"}]})
    tree = {
        "case": {"id": "c", "number": "A-1"},
        "reports": [
            {"id": "r1", "number": "A-1/3500/1"},
            {"id": "r2", "number": "A-1/3500/1"},
            {"id": "r3"},
            {"id": "r4", "number": "KC-2026-000044/3500/1"},
            {"id": "r5", "number": "MW-5"},
        ],
    }

    take_in(app, tmp_path, tree)

    lines = app.cases.report_lines(app.cases.report_ids())
    ours = {f"A-1/3500/{n}" for n in (1, 2, 3, 4)} | {"MW-5", "KC-2026-000001/3500/1"}
    assert {line.number for line in lines} == ours
    assert len(lines) == len(ours)


# ------------------------------------------------------------------ products and lots


def of_lot(number: str, lot: Any, maker: Any = "Invented Pharma") -> dict[str, Any]:
    return {
        "case": {"id": "c", "number": number},
        "products": [{"id": "pr", "name": "ketamine", "maker": maker}],
        "lots": [{"id": "l", "product_id": "pr", "number": lot}],
        "administrations": [giving("a", "pr", "l")],
    }


def test_the_same_lot_of_the_same_product_is_stored_once(app: App, tmp_path: Path) -> None:
    take_in(app, tmp_path, of_lot("A", "KT6"))
    take_in(app, tmp_path, of_lot("B", "KT6"))

    one, other = case_of(app, "A"), case_of(app, "B")
    assert (one.products, one.lots) == (other.products, other.lots)


@pytest.mark.parametrize("maker", [{"unknown": "UNK"}, None])
def test_products_of_unknown_makers_are_not_one(app: App, tmp_path: Path, maker: Any) -> None:
    take_in(app, tmp_path, of_lot("A", "KT6", maker))
    take_in(app, tmp_path, of_lot("B", "KT6", maker))

    assert case_of(app, "A").products[0].id != case_of(app, "B").products[0].id
    assert case_of(app, "A").lots[0].id != case_of(app, "B").lots[0].id


def test_lots_that_nobody_could_read_are_not_one(app: App, tmp_path: Path) -> None:
    take_in(app, tmp_path, of_lot("A", {"unknown": "UNK"}))
    take_in(app, tmp_path, of_lot("B", {"unknown": "UNK"}))

    assert case_of(app, "A").products == case_of(app, "B").products
    assert case_of(app, "A").lots[0].id != case_of(app, "B").lots[0].id


def test_a_lot_with_another_fact_is_another_record(app: App, tmp_path: Path) -> None:
    take_in(app, tmp_path, of_lot("A", "KT6"))
    tree = of_lot("B", "KT6")
    tree["lots"][0]["expires"] = "2028-03"
    take_in(app, tmp_path, tree)

    assert case_of(app, "A").lots[0].expires is None
    assert case_of(app, "B").lots[0].expires is not None


@pytest.mark.parametrize("facts", [{}, {"name": "ketamine", "maker": "Invented Pharma"}])
@pytest.mark.parametrize("times", [1, 2])
def test_two_products_of_one_file_stay_two(
    app: App, tmp_path: Path, facts: dict[str, str], times: int
) -> None:
    for number in ("A", "B")[:times]:
        tree = {
            "case": {"id": "c", "number": number},
            "products": [{"id": "p1"} | facts, {"id": "p2"} | facts],
            "administrations": [giving("a", "p1"), giving("b", "p2")],
        }
        take_in(app, tmp_path, tree)

        assert len(case_of(app, number).products) == 2


# ------------------------------------------------------------------ giving out


def test_a_second_case_of_an_imported_session_is_given_out(app: App, tmp_path: Path) -> None:
    tree = {
        "patient": {"id": "p", "code": "P-1"},
        "case": {"id": "c", "number": "A"},
        "products": [{"id": "pr", "name": "ketamine"}],
        "sessions": [{"id": "s"}],
        "administrations": [giving("a", "pr") | {"session_id": "s"}],
        "events": [{"id": "e", "session_id": "s", "verbatim": "Nausea"}],
    }
    take_in(app, tmp_path, tree)
    session = case_of(app, "A").sessions[0]
    app.cases.open_for_event(app.sessions.catch_event(session, "Vomiting"))

    out = given_out(app, "KC-2026-000001")

    assert [e["verbatim"] for e in out["events"]] == ["Vomiting"]
    (given,) = out["administrations"]
    # The giving was entered for the first case, which is no part of this file.
    assert "case_id" not in given
    assert given["session_id"] == out["sessions"][0]["id"]


def test_a_giving_that_names_its_lot_only_is_given_out(app: App, tmp_path: Path) -> None:
    tree = of_lot("A", "KT6")
    del tree["administrations"][0]["product_id"]
    take_in(app, tmp_path, tree)

    out = given_out(app, "A")

    assert out["lots"][0]["product_id"] == out["products"][0]["id"]


def test_a_case_without_a_patient_is_given_out_without_consents(app: App, tmp_path: Path) -> None:
    consents = [{"id": "k", "kind": "treatment", "given": True, "document": "of case A"}]
    take_in(app, tmp_path, {"case": {"id": "c", "number": "A"}, "consents": consents})
    take_in(app, tmp_path, {"case": {"id": "c", "number": "B"}})

    assert "consents" not in given_out(app, "B")


def test_what_was_given_out_is_known_by_its_bytes(app: App, tmp_path: Path) -> None:
    report = a_serious_report(app)
    out = tmp_path / "out.json"

    text = app.importing.export_case(report.case_id, out)

    (line,) = app.register.lines("P-0398")
    assert (line.what, line.case_id, line.is_open) == ("case", report.case_id, True)
    assert out.read_bytes() == text.encode()
    assert app.documents.known(out) == Known(What.EXPORT, line.seq)
    with app.context.new_uow() as uow:
        noted = uow.trail.newest(2)[1].content
    assert (noted["action"], noted["entity"], noted["entity_id"]) == (
        "export",
        "case",
        report.case_id,
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert noted["data"] == {"kind": "case", "sha256": digest, "size": len(text.encode())}
    assert line.sha256 == digest


def test_a_file_that_could_not_be_written_is_not_in_the_trail(app: App, tmp_path: Path) -> None:
    report = a_serious_report(app)
    before = app.head()

    with pytest.raises(FileTroubleError):
        app.importing.export_case(report.case_id, tmp_path)

    assert app.head() == before


def test_a_lot_on_hold_stays_on_hold_when_a_file_brings_the_same_lot(
    app: App, tmp_path: Path
) -> None:
    parts = {
        "products": [{"id": "p", "name": "Ketamine", "maker": "Invented Pharma"}],
        "lots": [{"id": "l", "product_id": "p", "number": "7"}],
        "administrations": [giving("a", "p", "l")],
        "case": {"id": "c"},
    }
    take_in(app, tmp_path, parts)
    (lot,) = [lot for shelf in app.stock.shelves() for lot in shelf.lots]
    app.lots.hold(lot.id, "particles")
    take_in(app, tmp_path, parts)
    lots = [lot for shelf in app.stock.shelves() for lot in shelf.lots]
    assert [found.hold is not None for found in lots] == [True]


def test_a_study_of_a_file_is_stored_once_with_its_blinded_drug(app: App, tmp_path: Path) -> None:
    for number in ("001", "002"):
        take_in(
            app,
            tmp_path,
            {
                "studies": [{"id": "s", "protocol": "K-101", "blinded": True}],
                "products": [{"id": "p", "study_id": "s", "name": "Study drug K-101, blinded"}],
                "case": {"id": "c", "study_id": "s", "subject_number": number},
            },
        )
    (study,) = app.studies.studies()
    with app.context.new_uow() as uow:
        cases = uow.records.find("case", study_id=study.id)
    assert [getattr(case, "subject_number", "") for case in cases] == ["001", "002"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"The patient felt dizzy.", "The file is no case file"),
        (b"", "The file is no case file"),
        (b"[1, 2]", "The file is no case file"),
        (b"code,sex\nP-1,F\n", "The file is no case file"),
        (b"\x89PNG\r\n", "The file is no case file"),
        (b'{"resourceType": "Bundle"}', "this is no case file"),
    ],
)
def test_a_file_of_another_kind_is_told_which_ones_are_taken(
    app: App, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)

    with pytest.raises(ImportRejected) as refused:
        app.importing.import_case(file)

    assert told in refused.value.lines()[0]
    for kind in ("case file (JSON)", "E2B(R3) message (XML)", "copy for the archive (PDF)"):
        assert kind in refused.value.remedy
