"""Messages taken in through the services: files inside, known cases, people, nothing half done."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Attachment, Report
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.services.app import App
from aeapp.services.gathering import gather
from aeapp.services.importing_cases import AlreadyHereError, ImportedCase
from aeapp.services.importing_messages import NoMessageError, SeveralKnownError, is_message
from aeapp.services.importing_patients import PatientConflictError
from aeapp.services.message_drawing import around
from exports.e2b.xml_file import xml_of
from tests.formspecs.e2b_samples import batch, filled
from tests.helpers.clinic import practice_app

PDF = base64.b64encode(b"%PDF-1.7 of their own").decode()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


def theirs(number: str = "FR-THEM-1", **values: str) -> Part:
    """A small message of somebody else."""
    message = Part(
        {"N.2.r.1": number, "C.1.1": number, "C.1.8.1": number, "H.1": "Told.", "D.5": "2"}
    )
    message.values |= {name.replace("_", "."): value for name, value in values.items()}
    message.add("E.i", "11111111-1111-4111-8111-111111111111").put("E.i.1.1a", "nausea")
    product = message.add("G.k", "22222222-2222-4222-8222-222222222222")
    product.values |= {"G.k.1": "1", "G.k.2.2": "ketamine"}
    return message


def take(app: App, folder: Path, *messages: Part, **answers: object) -> tuple[ImportedCase, ...]:
    file = folder / "theirs.xml"
    file.write_bytes(xml_of(batch_node(batch(*messages))))
    assert is_message(file)
    return app.message_import.import_messages(file, **answers)  # type: ignore[arg-type]


def files(app: App, number: str) -> list[Attachment]:
    case = app.importing.case_by_number(number)
    assert case is not None
    return app.attaching.of_case(case.id)


def test_files_inside_become_attachments_and_others_are_left(app: App, tmp_path: Path) -> None:
    message = theirs(C_1_6_1="true")
    message.add("C.1.6.1.r").values |= {"C.1.6.1.r.1": "Autopsy", "C.1.6.1.r.2": PDF}
    message.add("C.1.6.1.r").values |= {"C.1.6.1.r.1": "Odd", "C.1.6.1.r.2": "TVqQAAM="}
    message.add("C.1.6.1.r").values |= {"C.1.6.1.r.1": "Broken", "C.1.6.1.r.2": "no base64!"}
    message.add("C.4.r").values |= {"C.4.r.1": "A paper", "C.4.r.2": PDF}
    (done,) = take(app, tmp_path, message)

    kept = files(app, done.case_number)
    assert [(one.title, one.media) for one in kept] == [
        ("E2B(R3) message FR-THEM-1", AttachmentType.MESSAGE),
        ("Autopsy", AttachmentType.PDF),
        ("Not in the records of message FR-THEM-1", AttachmentType.REST),
    ]
    assert [line.split()[1] for line in done.left if "C.1.6.1" in line] == ["C.1.6.1.r.1",
        "C.1.6.1.r.2", "C.1.6.1.r.1", "C.1.6.1.r.2"]  # fmt: skip
    case = app.importing.case_by_number(done.case_number)
    assert case is not None
    # One content is one attachment.
    (paper,) = case.literature
    assert (paper.reference, paper.sha256) == ("A paper", kept[1].sha256)
    text = app.attaching.content(kept[-1]).decode()
    assert all(line in text for line in done.left)
    assert app.attaching.content(kept[0]) == (tmp_path / "theirs.xml").read_bytes()


def test_a_name_of_a_file_turns_no_words_around(app: App, tmp_path: Path) -> None:
    message = theirs(C_1_6_1="true")
    message.add("C.1.6.1.r").values |= {"C.1.6.1.r.1": "Scan\u202efdp", "C.1.6.1.r.2": PDF}
    (done,) = take(app, tmp_path, message)
    assert [one.title for one in files(app, done.case_number)][1] == "Scan\ufffdfdp"


def test_a_batch_is_stored_whole_or_not_at_all(app: App, tmp_path: Path) -> None:
    with pytest.raises(NoMessageError):
        take(app, tmp_path)
    take(app, tmp_path, theirs("X-1"))
    with pytest.raises(AlreadyHereError):
        take(app, tmp_path, theirs("X-2"), theirs("X-1"))
    assert len(app.cases.report_ids("")) == 1
    planned = take(app, tmp_path, theirs("X-2"), theirs("X-1"), case="follow-up", apply=False)
    assert [one.case_number for one in planned] == ["KC-2026-000002", "KC-2026-000001"]
    assert len(app.cases.report_ids("")) == 1
    with pytest.raises(AlreadyHereError):
        take(app, tmp_path, theirs("X-9"), case="follow-up")


def test_a_case_is_known_by_the_number_of_the_world(app: App, tmp_path: Path) -> None:
    take(app, tmp_path, theirs("X-1"))
    news = theirs("OTHER-7", C_1_8_1="X-1", C_1_11_1="1", C_1_11_2="Sent twice")
    with pytest.raises(AlreadyHereError):
        take(app, tmp_path, news)
    (done,) = take(app, tmp_path, news, case="follow-up")
    assert done.case_number == "KC-2026-000001"
    assert any(note.startswith("Its sender takes this case back") for note in done.notes)
    case = app.importing.case_by_number("KC-2026-000001")
    assert case is not None
    assert (case.sender_number, case.worldwide_number) == ("X-1", "X-1")
    # The second message is kept beside the first one, and once.
    take(app, tmp_path, news, case="follow-up")
    assert len(files(app, "KC-2026-000001")) == 3


def test_what_the_sender_of_news_makes_of_it_does_not_become_the_clinics_opinion(
    app: App, tmp_path: Path
) -> None:
    first = theirs("X-1", H_4="Most likely.", D_4="171")
    first.add("D.7.1.r").values |= {"D.7.1.r.1a": "28.0", "D.7.1.r.1b": "10027599"}
    first.add("C.1.9.1.r").values |= {"C.1.9.1.r.1": "Maker", "C.1.9.1.r.2": "M-7"}
    (done,) = take(app, tmp_path, first)
    known = app.importing.case_by_number(done.case_number)
    assert known is not None
    assert (known.beyond.sender_comment, known.other_numbers[0].number) == ("Most likely.", "M-7")
    assert not done.left
    patient = app.cases.gather(known.id).patient
    assert (patient.height, patient.conditions[0].meddra_code) == (171, "10027599")

    (again,) = take(app, tmp_path, first, case="follow-up")
    assert not any("beside the narrative" in note for note in again.notes)
    (again,) = take(app, tmp_path, theirs("X-1", H_4="Not at all."), case="follow-up")
    assert "What its sender says beside the narrative is not taken; ours stays." in again.notes
    kept = app.importing.case_by_number(done.case_number)
    assert kept is not None
    assert kept.beyond == known.beyond


def test_several_cases_with_its_number_ask_which(app: App, tmp_path: Path) -> None:
    take(app, tmp_path, theirs("X-1"))
    take(app, tmp_path, theirs("X-1"), case="new", patient="new")
    with pytest.raises(SeveralKnownError) as asked:
        take(app, tmp_path, theirs("X-1"), case="follow-up")
    assert "KC-2026-000001, KC-2026-000002" in asked.value.message
    (done,) = take(app, tmp_path, theirs("X-1"), case="follow-up", number="KC-2026-000002")
    assert done.case_number == "KC-2026-000002"
    # The number says nothing of another message of a batch.
    take(app, tmp_path, theirs("X-2"))
    both = take(
        app, tmp_path, theirs("X-1"), theirs("X-2"), case="follow-up", number="KC-2026-000002"
    )
    assert [one.case_number for one in both] == ["KC-2026-000002", "KC-2026-000003"]
    with pytest.raises(SeveralKnownError):
        take(app, tmp_path, theirs("X-1"), theirs("X-2"), case="follow-up", number="KC-2026-000003")


def test_the_patient_of_a_known_case_is_asked_about_where_facts_differ(
    app: App, tmp_path: Path
) -> None:
    take(app, tmp_path, theirs("X-1"))
    news = theirs("X-1", D_5="1")
    with pytest.raises(PatientConflictError):
        take(app, tmp_path, news, case="follow-up")
    (kept,) = take(app, tmp_path, news, case="follow-up", patient="known")
    assert kept.patient == "known, answered known"
    report = Report(id=app.cases.report_ids("")[0])
    case = app.importing.case_by_number("KC-2026-000001")
    assert case is not None
    assert app.cases.gather(case.id, report.id).patient.sex is Sex.FEMALE
    take(app, tmp_path, news, case="follow-up", patient="file")
    assert app.cases.gather(case.id, report.id).patient.sex is Sex.MALE


def test_what_the_message_states_and_masks(app: App, tmp_path: Path) -> None:
    message = theirs("X-1", D_3="61.5")
    message.add("C.2.r").values |= {"C.2.r.1.4": NullFlavor.MSK, "C.2.r.4": "1"}
    (done,) = take(app, tmp_path, message)
    case = app.importing.case_by_number(done.case_number)
    assert case is not None
    assert app.cases.gather(case.id).subject.weight == Decimal("61.5")

    message.add("C.2.r").values |= {"C.2.r.1.4": "Moreau", "C.2.r.4": "3"}
    (news,) = take(app, tmp_path, message, case="follow-up")
    assert dict(news.counts) == {"reporter": 1}
    assert "Reporters whom the message does not name are not taken anew." in news.notes


def test_a_message_with_every_element_is_taken_in(app: App, tmp_path: Path) -> None:
    (done,) = take(app, tmp_path, filled(random.Random(5)))
    assert done.left
    case = app.importing.case_by_number(done.case_number)
    assert case is not None
    assert app.cases.gather(case.id).events


def test_the_mother_of_a_child_is_taken_in_beside_it_and_goes_out_with_it(
    app: App, tmp_path: Path
) -> None:
    mother = {"D_10_2_2a": "31", "D_10_2_2b": "a", "D_10_3": "20260709", "D_10_6": "2"}
    (done,) = take(app, tmp_path, theirs("X-1", **mother))
    assert any("mother" in note for note in done.notes)
    assert dict(done.counts)["patient"] == 2
    case = app.importing.case_by_number(done.case_number)
    assert case is not None
    with app.context.new_uow() as uow:
        sent = around(uow, gather(uow, case.id), with_files=False)
    assert sent.mother is not None
    assert (sent.mother.code, sent.mother.age) == ("X-1-M", Decimal(31))
    assert sent.mother.id != case.patient_id
    # What a second message says of her is for a person.
    (news,) = take(app, tmp_path, theirs("X-1", **mother), case="follow-up")
    assert [line.split()[0] for line in news.left] == ["D.10.2.2a", "D.10.2.2b", "D.10.3", "D.10.6"]


def test_a_reading_without_an_offset_is_no_news_the_second_time(app: App, tmp_path: Path) -> None:
    message = theirs("X-1")
    for at in ("202611231405", "202611231410-0500"):
        message.add("F.r").values |= {
            "F.r.1": at, "F.r.2.1": "Heart rate", "F.r.3.2": "48", "F.r.3.3": "/min",
        }  # fmt: skip
    take(app, tmp_path, message)
    (news,) = take(app, tmp_path, message, case="follow-up")
    assert "observation" not in dict(news.counts)


def test_news_take_nothing_back_that_they_do_not_say(app: App, tmp_path: Path) -> None:
    first, news = theirs("X-1", D_3="81.4"), theirs("X-1", D_3="92")
    first.members("E.i")[0].values |= {
        "E.i.7": "1", "E.i.4": "202610231405-0400", "E.i.5": "202610231500-0400",
        "E.i.3.2c": "true",
    }  # fmt: skip
    product = first.members("G.k")[0]
    product.values |= {"G.k.8": "1"}
    product.add("FDA.G.k.12.r").values |= {"FDA.G.k.12.r.4": "Pump", "FDA.G.k.12.r.9": "L-1"}
    take(app, tmp_path, first)
    # Not known, as exactly as the day, a criterion more, the same moment, and a device's maker.
    news.members("E.i")[0].values |= {
        "E.i.7": "0", "E.i.4": "20261023", "E.i.5": "202610231900+0000", "E.i.3.2f": "true",
    }  # fmt: skip
    product = news.members("G.k")[0]
    product.values |= {"G.k.8": "0"}
    product.add("FDA.G.k.12.r").values |= {
        "FDA.G.k.12.r.4": NullFlavor.NI, "FDA.G.k.12.r.7.1a": "Maker",
    }  # fmt: skip
    (done,) = take(app, tmp_path, news, case="follow-up")

    both = "Hospitalization (Initial or prolonged); Other Serious or Important Medical Events"
    assert done.news == (
        "Case, Manufacturer name, city and state: (nothing) → Maker",
        f"Event 1, Seriousness: Hospitalization (Initial or prolonged) → {both}",
    )
    assert [line.split()[0] for line in done.left] == ["D.3"]
    assert done.left[0].endswith(": 92")
    # One without a word of the device takes none away either; a known weight is nothing new.
    (done,) = take(app, tmp_path, theirs("X-1", D_3="81.4"), case="follow-up")
    assert (done.news, done.left) == ((), ())
