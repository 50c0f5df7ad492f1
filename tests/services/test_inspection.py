"""The inspection pack holds every event of its period, and proves what went out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from aeapp.domain.codelists.clinic import (
    Asker,
    Channel,
    Destination,
    Obligation,
    RequestAnswer,
    SessionRoute,
)
from aeapp.domain.codelists.lifecycle import CopyKind, FrozenKind, VersionNature
from aeapp.domain.inspection import Inspected, Period, totals
from aeapp.domain.lifecycle import Act
from aeapp.domain.records import Awareness, Event, Reporter, Request, Sending
from aeapp.domain.records.request import AskedFor
from aeapp.domain.values import PartialDate
from aeapp.services import inspection_copies
from aeapp.services.copying import CopyTellsError, NoMakerCopyError, Wish
from aeapp.services.lifecycle import StillOwedError
from tests.exports.reading import page_texts, squeezed
from tests.helpers.desk import a_patient
from tests.helpers.guards import SENTINEL
from tests.helpers.life import ONLINE, Life, a_life
from tests.helpers.report_case import at, second_event

NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DECEMBER = Period(dt.date(2026, 12, 1), dt.date(2026, 12, 31))
DAY = 24 * 60


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    life = a_life(tmp_path)
    yield life
    life.app.close()


def found(life: Life, period: Period = NOVEMBER) -> dict[str, Inspected]:
    return {i.event.verbatim or "": i for i in life.app.inspection.file(period).events}


def text_of(life: Life, period: Period = NOVEMBER) -> str:
    return squeezed("".join(page_texts(life.app.inspection.render(period).content)))


def caught(life: Life, verbatim: str, code: str = "P-9") -> Event:
    session = life.app.sessions.start(a_patient(life.app, code).id, route=SessionRoute.IM)
    return life.app.sessions.catch_event(session, verbatim, None, at("14:32"))


def sent_and_corrected(life: Life, tmp_path: Path) -> None:
    """Decide, send with a receipt, call, correct, send again."""
    app, case_id = life.app, life.report.case_id
    app.sessions.save(
        Awareness(case_id=case_id, at=at("14:33"), who="J. Kim", teller="the patient's wife",
                  what="Fainted when standing up.")
    )  # fmt: skip
    (event,) = app.cases.gather(case_id).events
    app.deciding.no_report(event, "over in a minute")
    app.deciding.report(event, {Destination.FDA}, Obligation.CHOICE, "lasted after all")
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("received", encoding="utf-8")
    life.send(Sending(channel=Channel.PHONE, at=at("14:39"), destination=Destination.FDA,
                      person="K. Lee"))  # fmt: skip
    life.approve()
    life.send(proof=receipt)
    life.clock.pass_minutes(20 * DAY)
    app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "the outcome is known")
    life.edit("events[0].note", "Walked home.")
    life.send(replace(ONLINE, at=app.context.minute(), reference="ICSR-2"))


def test_an_event_shows_its_decisions_clocks_versions_and_proofs(
    life: Life, tmp_path: Path
) -> None:
    sent_and_corrected(life, tmp_path)
    second_event(life.app, life.report, "Nausea")
    asked = AskedFor(question="Was the dose divided?", answer=RequestAnswer.ANSWERED,
                     words="No.", by="J. Kim", at=at("15:00"))  # fmt: skip
    life.app.sessions.save(
        Request(case_id=life.report.case_id, asker=Asker.FDA, number="Q-1",
                received=PartialDate(2026, 11, 23), wished=PartialDate(2026, 11, 30),
                questions=(asked,))
    )  # fmt: skip
    one = found(life)["Syncope"]
    assert [d.reason for d in one.decisions] == ["over in a minute", "lasted after all"]
    assert one.learnt[0].who == "J. Kim"
    assert [v.number for r in one.reports for v in r.versions] == [1, 2]
    (clock,) = one.clocks
    assert (clock.due, clock.met is not None) == (dt.date(2026, 12, 8), True)
    text = text_of(life)
    version = one.reports[0].versions[0]
    for words in (
        "report to FDA MedWatch (choice), by Dana Reyes",
        "Decision before not reported, by Dana Reyes, 23-Nov-2026 14:40: over in a minute",
        "23-Nov-2026 14:33 by J. Kim, told by the patient's wife: Fainted when standing up.",
        "Voluntary report of a serious event (clinic target)",
        "Approved for sending by Dana Reyes",
        "not approved before",
        "call or note, no document",
        "receipt.txt",
        str(version.part(FrozenKind.DOCUMENT).sha256),
        str(one.reports[0].sendings[1].proof_sha256),
        "2: Follow-up, the outcome is known",
        "ICSR-2",
        "Was the dose divided?",
        "Answered: No.; J. Kim",
        "of the same case as event 1, and listed there",
    ):
        assert squeezed(words) in text, words
    assert SENTINEL not in text


def de_identified(life: Life, *, texts_read: bool) -> str:
    wish = Wish(copy=CopyKind.DEIDENTIFIED, texts_read=texts_read)
    document = life.app.inspection.render(NOVEMBER, wish=wish)
    return squeezed("".join(page_texts(document.content)))


def test_a_deidentified_pack_keeps_what_was_done_when_and_tells_nobody(
    life: Life, tmp_path: Path
) -> None:
    sent_and_corrected(life, tmp_path)
    (event,) = life.app.cases.gather(life.report.case_id).events
    life.app.deciding.report(
        event, {Destination.FDA}, Obligation.CHOICE, f"lasted; {SENTINEL} told it on 24-Nov-2026"
    )
    (before,) = found(life).values()
    version = before.reports[0].versions[0]
    whole = text_of(life)
    for words in ("Reyes", "23-Nov-2026", "receipt.txt", "ICSR-2", "P-0398", "S-2026-000001"):
        assert squeezed(words) in whole, words
    for read in (True, False):
        text = de_identified(life, texts_read=read)
        for words in (
            SENTINEL, "Kim", "Nov-2026", "receipt.txt", "ICSR-2", "P-0398",
            "S-2026-000001", "KC-2026", str(version.part(FrozenKind.DOCUMENT).sha256),
        ):  # fmt: skip
            assert squeezed(words) not in text, words
        # Who read the texts stands on the page, and nobody else of the house.
        assert "Reyes" not in text.replace("readbyDanaReyes", "")
        # The days between stay: learnt and sent on the first one, again twenty days after.
        assert squeezed("01-Jan-2026") in text
        assert squeezed("21-Jan-2026") in text
        assert squeezed("daysin2026") in text
        assert squeezed("reporttoFDAMedWatch(choice),bywithheld") in text
        assert ("Syncope" in text) is read
        assert ("nobodyreaditforidentifiers" in text) is not read
    assert squeezed("lasted; [") in de_identified(life, texts_read=True)


def test_who_told_of_a_case_is_not_named_in_a_text_that_was_read(life: Life) -> None:
    life.app.sessions.save(Reporter(case_id=life.report.case_id, last_name="Quillfeather"))
    (event,) = life.app.cases.gather(life.report.case_id).events
    life.app.deciding.no_report(event, "Ms Quillfeather said it was over in a minute")
    assert "Quillfeather" in text_of(life)
    read = de_identified(life, texts_read=True)
    assert "Quillfeather" not in read
    assert squeezed("said it was over in a minute") in read


def test_a_clock_that_is_over_is_so_in_a_copy_too(life: Life) -> None:
    (event,) = life.app.cases.gather(life.report.case_id).events
    life.app.sessions.save(Awareness(case_id=life.report.case_id, at=at("14:33"), who="J. Kim"))
    life.app.deciding.report(event, {Destination.FDA}, Obligation.CHOICE, "serious")
    life.clock.pass_minutes(60 * DAY)
    assert "notrecordedasmet;over" in text_of(life)
    assert "notrecordedasmet;over" in de_identified(life, texts_read=False)


def test_a_pack_that_would_still_tell_who_somebody_is_is_refused(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.edit("events[0].verbatim", f"Avery {SENTINEL} fainted")
    de_identified(life, texts_read=True)
    monkeypatch.setattr(inspection_copies, "_marked", lambda before, _after: before)
    with pytest.raises(CopyTellsError):
        de_identified(life, texts_read=True)


def test_a_deidentified_pack_has_its_line_in_the_register_and_none_goes_to_a_maker(
    life: Life, tmp_path: Path
) -> None:
    wish = Wish(copy=CopyKind.DEIDENTIFIED)
    life.app.inspection.export(NOVEMBER, tmp_path / "copy.pdf", wish=wish)
    assert life.app.register.lines()[0].copy is CopyKind.DEIDENTIFIED
    out = tmp_path / "maker.pdf"
    with pytest.raises(NoMakerCopyError):
        life.app.inspection.export(NOVEMBER, out, wish=Wish(copy=CopyKind.MAKER))
    assert not out.exists()


def test_who_has_only_an_older_version_is_named_with_the_reason(life: Life) -> None:
    life.send()
    maker = replace(ONLINE, destination=Destination.MANUFACTURER, person="A. Receiver")
    life.send(maker)
    life.app.lifecycle.correct(life.report.id, VersionNature.AMENDMENT, "the lot was wrong")
    life.edit("events[0].note", "Walked home.")
    life.send(replace(ONLINE, reference="ICSR-2"))
    only_the_first = squeezed("A. Receiver has version 1, not version 2")
    assert only_the_first in text_of(life)
    with pytest.raises(StillOwedError):
        life.app.lifecycle.act(life.report.id, Act.CLOSE)
    life.app.lifecycle.act(life.report.id, Act.CLOSE, "they do not want it")
    assert squeezed("version 2; closed because: they do not want it") in text_of(life)
    (one,) = found(life).values()
    assert [o.person for o in one.reports[0].owed] == ["A. Receiver"]


def test_a_report_that_nobody_is_owed_is_closed_without_a_reason(life: Life) -> None:
    life.send()
    life.app.lifecycle.act(life.report.id, Act.CLOSE)
    (one,) = found(life).values()
    assert (one.reports[0].owed, one.reports[0].closed_why) == ((), "")


def test_no_report_none_yet_and_struck_stand_with_their_reasons(life: Life) -> None:
    app = life.app
    app.deciding.no_report(caught(life, "Vomiting"), "listed and resolved")
    caught(life, "Headache", "P-10")
    app.events.strike(caught(life, "Rash", "P-11"), "wrong patient")
    counted = totals(app.inspection.file(NOVEMBER).events)
    assert (counted.events, counted.not_reported, counted.undecided, counted.struck) == (3, 1, 2, 1)
    text = text_of(life)
    for words in (
        "the decision not to report ended them",
        "listed and resolved",
        "not said; entered 23-Nov-2026 14:40",
        "struck through: wrong patient",
        "not recorded as met",
    ):
        assert squeezed(words) in text, words
    life.clock.pass_minutes(40 * DAY)
    assert squeezed("not recorded as met; over") in text_of(life)


def test_a_period_holds_what_happened_in_it_and_nothing_else(life: Life, tmp_path: Path) -> None:
    app = life.app
    app.sessions.save(Event(verbatim="Undated"))
    assert set(found(life)) == {"Syncope", "Undated"}
    assert not found(life, DECEMBER)
    assert squeezed("No event.") in text_of(life, DECEMBER)
    sent_and_corrected(life, tmp_path)
    # The follow-up went out in December.
    assert set(found(life, DECEMBER)) == {"Syncope"}


def test_the_same_records_make_the_same_pack_and_the_trail_tells_of_it(
    life: Life, tmp_path: Path
) -> None:
    first = life.app.inspection.export(NOVEMBER, tmp_path / "a.pdf")
    again = life.app.inspection.export(NOVEMBER, tmp_path / "b.pdf")
    assert first.sha256 == again.sha256
    assert life.app.documents.known(tmp_path / "a.pdf")
    caught(life, "Headache")
    other = life.app.inspection.export(NOVEMBER, tmp_path / "c.pdf")
    assert other.sha256 != first.sha256
    assert squeezed("version 2") in squeezed("".join(page_texts((tmp_path / "c.pdf").read_bytes())))


def queries_of(work: Callable[[], object]) -> int:
    """Return how many statements ``work`` sends to the database."""
    sent: list[str] = []

    def note(*told: object) -> None:
        sent.append(str(told[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return len(sent)


def test_a_pack_of_many_events_asks_as_often_as_one_of_few(life: Life) -> None:
    patient = a_patient(life.app, "P-7")

    def told(count: int) -> int:
        with life.app.context.new_uow() as uow:
            for n in range(count):
                uow.save(Event(patient_id=patient.id, verbatim=f"event {n}"), who=life.app.who)
            uow.commit()
        return queries_of(lambda: life.app.inspection.file(NOVEMBER))

    few = told(3)
    # Events without a case, without a date and without a word of when they were learnt.
    assert told(40) == few
    assert len(life.app.inspection.file(NOVEMBER).events) == 44
