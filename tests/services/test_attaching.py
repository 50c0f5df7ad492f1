"""Files are kept once, shown only as they were added, copied out for a while, never lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from aeapp.domain.attaching import AttachmentRefusedError
from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.domain.records import Attachment, CaseFile, Event, Patient, Session
from aeapp.services.app import App
from aeapp.services.attaching import ContentAbsentError, ContentChangedError
from aeapp.services.sessions import ReasonMissingError
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics, new_clinic
from tests.helpers.guards import SENTINEL

PDF = b"%PDF-1.7\n% invented\n%%EOF\n"
KEY = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def clinics():
    return cheap_clinics(StillClock())


@pytest.fixture
def app(tmp_path: Path, clinics, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    app = clinics.create(new_clinic(tmp_path))
    with app.context.new_uow() as uow:
        uow.save(Patient(id="p", name=SENTINEL), who=app.who)
        uow.save(Session(id="s", patient_id="p"), who=app.who)
        uow.save(CaseFile(id="c", patient_id="p", session_id="s", number="KC-1"), who=app.who)
        uow.save(Event(id="e", patient_id="p", case_id="c", verbatim="Dizzy"), who=app.who)
        uow.commit()
    yield app
    if id(app) in clinics._open:  # noqa: SLF001 - a test may have closed it
        app.close()


def case(app: App) -> CaseFile:
    with app.context.new_uow() as uow:
        found = uow.records.get("case", "c")
    assert isinstance(found, CaseFile)
    return found


def blobs(app: App) -> int:
    with app.context.new_uow() as uow:
        return uow._run(sa.text("SELECT count(*) FROM blob")).scalar_one()  # noqa: SLF001


def checks(clinics, app: App) -> dict[str, bool]:
    return {line.name: line.good for line in clinics.health(app).lines}


def test_a_file_is_kept_by_its_hash_and_is_in_the_trail(app: App, tmp_path: Path) -> None:
    file = tmp_path / "lab.pdf"
    file.write_bytes(PDF)
    added = app.attaching.add_file(case(app), file)
    assert (added.title, added.media, added.size) == ("lab", AttachmentType.PDF, len(PDF))
    assert (added.sha256, added.case_id, added.patient_id) == (KEY, "c", "p")
    assert app.attaching.content(added) == PDF
    with app.context.new_uow() as uow:
        (entry,) = uow.trail.of("attachment", added.id)
    assert KEY in json.dumps(entry.content)


def test_the_same_content_is_kept_once_and_attached_once_to_a_place(app: App) -> None:
    app.attaching.add(case(app), "lab.pdf", PDF)
    app.attaching.add(Session(id="s", patient_id="p"), "lab.pdf", PDF, "Laboratory")
    assert blobs(app) == 1
    with pytest.raises(AttachmentRefusedError):
        app.attaching.add(case(app), "again.pdf", PDF)
    titles = [a.title for a in app.attaching.of_case("c")]
    assert titles == ["lab", "Laboratory"]


def test_what_is_refused_leaves_nothing(app: App, tmp_path: Path) -> None:
    file = tmp_path / "setup.pdf"
    file.write_bytes(b"MZ\x90")
    with pytest.raises(AttachmentRefusedError):
        app.attaching.add_file(case(app), file)
    assert blobs(app) == 0
    assert app.attaching.of(case(app)) == []


def test_a_struck_file_stays_with_its_reason_and_may_be_added_again(app: App) -> None:
    added = app.attaching.add(case(app), "lab.pdf", PDF)
    with pytest.raises(ReasonMissingError):
        app.attaching.strike(added, " ")
    struck = app.attaching.strike(added, "another patient's")
    assert not struck.stands
    assert app.attaching.content(struck) == PDF
    app.attaching.add(case(app), "lab.pdf", PDF)
    assert [a.stands for a in app.attaching.of(case(app))] == [False, True]


def test_a_copy_has_a_neutral_name_is_noted_and_is_wiped_at_the_end(app: App) -> None:
    added = app.attaching.add(case(app), f"{SENTINEL}.pdf", PDF)
    path = app.attaching.copy(added)
    assert path.read_bytes() == PDF
    assert path.name == f"{KEY[:16]}.pdf"
    with app.context.new_uow() as uow:
        last = uow.trail.newest(1)[0].content
    assert (last["action"], last["data"]) == ("attachment.open", {"sha256": KEY, "size": len(PDF)})
    app.attaching.wipe_copies()
    assert not path.exists()
    path = app.attaching.copy(added)
    app.close()
    assert not path.parent.exists()


def test_a_file_is_written_where_the_person_says(app: App, tmp_path: Path) -> None:
    added = app.attaching.add(case(app), "lab.pdf", PDF)
    app.attaching.export(added, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    (line,) = app.register.lines()
    assert (line.what, line.sha256, line.case_id) == ("attachment", KEY, "c")


def test_a_tampered_content_is_found_and_never_shown(app: App, clinics) -> None:
    added = app.attaching.add(case(app), "lab.pdf", PDF)
    assert checks(clinics, app)["files"]
    database = clinics._open[id(app)]  # noqa: SLF001 - as somebody with the key would
    place = database._place  # noqa: SLF001
    place.authorizer.lifted = True
    with place.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("DROP TRIGGER aeapp_blob_update")
        driver.execute("UPDATE blob SET content = ?", (PDF[:-1] + b"!",))
        driver.commit()
    place.authorizer.lifted = False
    assert not checks(clinics, app)["files"]
    with pytest.raises(ContentChangedError):
        app.attaching.content(added)


def test_a_content_that_is_not_here_is_told(app: App, clinics) -> None:
    with app.context.new_uow() as uow:
        named = uow.save(Attachment(case_id="c", sha256="0" * 64), who=app.who)
        uow.commit()
    with pytest.raises(ContentAbsentError):
        app.attaching.content(named)
    lines = {line.name: line for line in clinics.health(app).lines}
    assert lines["files"].good
    assert "1 not here" in lines["files"].detail


def test_contents_are_only_ever_added(app: App) -> None:
    app.attaching.add(case(app), "lab.pdf", PDF)
    for attack in ("UPDATE blob SET content = x'00'", "DELETE FROM blob"):
        with app.context.new_uow() as uow:
            driver = uow._open().connection.driver_connection  # noqa: SLF001
            with pytest.raises(Exception, match=r"not authorized|trail|prohibited"):
                driver.execute(attack)
    assert blobs(app) == 1


def test_an_exported_case_names_its_attachments_by_hash(app: App) -> None:
    app.attaching.add(case(app), "lab.pdf", PDF, "Laboratory")
    told = json.loads(app.importing.export_case("c"))
    (named,) = told["attachments"]
    assert (named["sha256"], named["title"], named["media"]) == (
        KEY,
        "Laboratory",
        "application/pdf",
    )
    assert "content" not in named


def test_it_is_found_by_its_title(app: App) -> None:
    app.attaching.add(Event(id="e", patient_id="p"), "scan.pdf", PDF, "Troponin curve")
    assert [hit.id for hit in app.finding.few("troponin").hits] == ["e"]


def test_what_was_attached_is_there_at_the_next_login(app: App, clinics) -> None:
    added = app.attaching.add(case(app), "lab.pdf", PDF)
    folder = app.folder
    app.close()
    again = clinics.open(str(folder), USER, PASSWORD)
    assert again.attaching.content(added) == PDF
    again.close()
