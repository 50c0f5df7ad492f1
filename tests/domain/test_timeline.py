"""A case is told in the order in which it happened, from treatment to what was sent."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import (
    Asker,
    Channel,
    Destination,
    ReportDecision,
    SessionEnd,
)
from aeapp.domain.codelists.safety import DrugRole, Outcome, Severity
from aeapp.domain.codelists.session import Answer, NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Assessment,
    Awareness,
    Call,
    Clinic,
    Decision,
    Event,
    Note,
    Product,
    Request,
    Sending,
    Session,
)
from aeapp.domain.timeline import Lane, moments
from aeapp.domain.values import PartialDate


def at(hour: int, minute: int = 0, offset: int | None = None) -> PartialDate:
    return PartialDate(2026, 11, 23, hour, minute, None, offset)


CASE = Case(
    clinic=Clinic(time_zone="America/New_York"),
    products=(Product(id="k", name="Ketamine"),),
    sessions=(
        Session(id="s", number="S-1", started=at(13, 50), ended=at(15),
                ending=SessionEnd.DISCHARGED),
        Session(id="t", started=at(18, 30)),
    ),
    administrations=(
        Administration(product_id="k", dose=Decimal(38), dose_unit=DoseUnit.MG, started=at(13, 50),
                       role=DrugRole.SUSPECT),
        Administration(product_id="k", struck_reason="wrong patient", started=at(13, 51)),
    ),
    notes=(
        Note(kind=NoteKind.INTERVENTION, at=at(14, 34), words="500 mL fluid", by="Dana Reyes"),
        Note(kind=NoteKind.NOTE, at=at(14, 35), words="talks"),
        Note(kind=NoteKind.INTERVENTION, at=at(14, 36), struck_reason="twice"),
    ),
    events=(
        Event(verbatim="Syncope", onset=at(14, 32), ended=at(14, 33), outcome=Outcome.RECOVERED,
              severity=Severity.MODERATE),
        Event(verbatim="Rash", onset=None, outcome=NullFlavor.UNK),
        Event(verbatim="Struck", onset=at(14), struck_reason="wrong chart"),
    ),
    awareness=(Awareness(at=NullFlavor.UNK, who="J. Kim"), Awareness(at=at(14, 33), teller="wife")),
    assessments=(Assessment(assessor="Dr. Reyes", assessed_at=at(16)),),
    decisions=(Decision(answer=ReportDecision.REPORT, decided_by="Dr. Reyes", at=at(16, 5)),),
    calls=(
        Call(at=at(17), reached=Answer.NO),
        Call(at=at(18), reached=Answer.YES, words="is well"),
    ),
)  # fmt: skip
SENT = Sending(destination=Destination.FDA, channel=Channel.FAX, at=at(14, 32, -240), reference="7")
ASKED = Request(asker=Asker.FDA, number="Q-1", received=PartialDate(2026, 11, 24))


def test_what_happened_is_told_in_its_order_and_what_has_no_date_last() -> None:
    found = moments(CASE, [SENT], [ASKED])

    assert [(m.lane, m.what) for m in found] == [
        (Lane.OUTSIDE, "Sent or told"),  # 14:32 on a clock an hour ahead of the clinic's
        (Lane.TREATMENT, "Session began"),
        (Lane.TREATMENT, "Ketamine 38 mg"),
        (Lane.EVENT, "Syncope"),
        (Lane.EVENT, "Syncope: ended"),
        (Lane.CLINIC, "The clinic learnt of it"),
        (Lane.TREATMENT, "500 mL fluid"),
        (Lane.TREATMENT, "Session ended"),
        (Lane.CLINIC, "Assessed"),
        (Lane.CLINIC, "Decided"),
        (Lane.CLINIC, "Call: not reached"),
        (Lane.CLINIC, "Call: reached"),
        (Lane.TREATMENT, "Session began"),
        (Lane.OUTSIDE, "Request received"),
        (Lane.EVENT, "Rash"),
        (Lane.CLINIC, "The clinic learnt of it"),
    ]
    by_what = {m.what: m for m in found}
    assert by_what["Syncope"].detail == "2 Moderate"
    assert by_what["Syncope: ended"].detail == Outcome.RECOVERED.words
    assert by_what["Sent or told"].detail == "FDA MedWatch, By fax, 7"
    assert by_what["Decided"].detail == "Report, Dr. Reyes"
    assert found[-1].detail == "J. Kim, Unknown"
    assert (by_what["Rash"].when, found[-1].when) == ("date not known", "date not known")
    assert {lane.words for lane in Lane} == {"Treatment", "Event", "Clinic", "Outside"}


def test_an_empty_case_has_no_moments_and_an_unnamed_event_is_one() -> None:
    assert moments(Case()) == ()
    ended = Event(onset=at(9), ended=at(10), outcome=NullFlavor.UNK)
    assert [m.what for m in moments(Case(events=(ended,)))] == ["Event", "Event: ended"]
    assert moments(Case(events=(ended,)))[1].detail == "Unknown"
