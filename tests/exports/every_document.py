"""Every document there is, from the same invented sources: what a proof of all of them goes by.

``rich()`` are the sources with everything filled; ``filled_with_words`` puts the same words into
every text of them. A further document is a further line of ``DOCUMENTS``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from aeapp.domain.case import Case, settle
from aeapp.domain.chair.lot_events import DEFAULT_RULE, LotEvent
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.chair.stock import Book
from aeapp.domain.codelists.clinic import ReportDecision, SessionRoute
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.codelists.session import Amount
from aeapp.domain.copies import deidentified, for_maker
from aeapp.domain.differences import Change
from aeapp.domain.inspection import Inspected, Period, SentReport
from aeapp.domain.outcomes.harm import Occurred
from aeapp.domain.outcomes.ladder import Measured
from aeapp.domain.outcomes.page import Asked, Dose, Gathered, LeftOut, page_of
from aeapp.domain.records import (
    Approval,
    Awareness,
    CaseFile,
    Decision,
    ReportVersion,
    Score,
    Sending,
)
from aeapp.domain.records.product import Hold
from aeapp.domain.scales.catalogue import DEFAULTS, MADRS, PHQ_9
from aeapp.domain.scales.trend import TrendData, trend_of
from aeapp.domain.values import PartialDate
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from aeapp.services.copying import Wish
from aeapp.services.course_documents import CourseFile
from aeapp.services.inspection import InspectionFile
from aeapp.services.inspection_copies import copied_pack
from aeapp.services.lot_documents import LotFile
from aeapp.services.lots import LotEvents
from aeapp.services.outcomes import OutcomesFile
from aeapp.services.pages import PageStamp
from aeapp.services.scales import PatientScales
from aeapp.services.stock import LotStock, Recipient
from aeapp.services.versions import Comparison
from aeapp.trail.chain import Head
from exports.pdf import (
    difference,
    handover,
    inspection_pack,
    lot_record,
    outcomes_paper,
    rems_content,
    scale_course,
    session_record,
    sheets,
)
from exports.pdf.archival import Attached, finished
from exports.pdf.cover import Stamp
from exports.pdf.facsimile import render
from exports.pdf.official import fill_official
from exports.pdf.tagging import Tags
from tests.exports import cases, cases_3500a, session_files
from tests.exports.nothing_lost import anything_filled_with, filled_with, told
from tests.exports.official_blank import blank

# Who is meant, where words are put into every text: a copy must not tell it.
NOBODY = "Zzyzx"
STORY = cases.NARRATIVE * 30
FDA3500 = form("fda3500")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What documents are made from.

    Attributes:
        voluntary: A case on Form FDA 3500 and CIOMS I.
        facility, drug: One on Form FDA 3500A as a user facility with a device, and as an
            outsourcing facility with products alone.
        named: One in which people have names of their own, for copies that leave them out.
    """

    voluntary: Case
    facility: Case
    drug: Case
    session: SessionFile
    lot: LotFile
    compared: Comparison
    inspected: InspectionFile
    course: CourseFile
    outcomes: OutcomesFile
    named: Case
    stamp: Stamp
    session_stamp: Stamp


@cache
def rich() -> Sources:
    """Return sources with every text filled; no text of a case is in a report number."""
    return Sources(
        voluntary=_with_devices(cases.full(suspects=3, concomitants=12, narrative=STORY), 2),
        facility=cases_3500a.full(suspects=3, concomitants=12, devices=3, narrative=STORY),
        drug=cases_3500a.drug_alone(),
        session=session_files.full_file(),
        lot=_lot(),
        compared=_compared("192/118", "by a cuff too small"),
        inspected=_inspected(),
        course=_course(),
        outcomes=_outcomes(),
        named=cases.full(suspects=3, narrative=STORY),
        stamp=cases.draft(findings=("warning (W12) B5: says nothing of the outcome",)),
        session_stamp=session_files.STAMP,
    )


def with_words(words: str, number: str | None = None) -> Sources:
    """Return the rich sources with ``words`` in place of every text, also of the pages' own."""
    whole = rich()
    number = words if number is None else number
    own = {"report_number": number, "findings": (words,), "signed": words, "correction": words}
    return Sources(
        voluntary=filled_with(whole.voluntary, words),
        facility=filled_with(whole.facility, words),
        drug=filled_with(whole.drug, words),
        session=anything_filled_with(whole.session, words),
        lot=anything_filled_with(whole.lot, words),
        compared=_compared(words, words),
        inspected=anything_filled_with(whole.inspected, words),
        course=_trended(anything_filled_with(whole.course, words)),
        outcomes=_outcomes(words),
        named=filled_with(whole.named, words, names=NOBODY),
        stamp=replace(whole.stamp, **own),
        session_stamp=replace(whole.session_stamp, report_number=number),
    )


def _with_devices(case: Case, devices: int) -> Case:
    further = cases_3500a.further_devices(case.case.device, devices)
    return settle(replace(case, case=replace(case.case, further_devices=further)))


def _lot() -> LotFile:
    file = session_files.full_file()
    product, lot, giving = cases.product(1)
    hold = Hold(
        at=session_files.at(0),
        by="Dana Reyes, RN",
        reason="three events",
        released_at=session_files.at(90),
        released_by="Dr I. Okafor",
        release_reason="the maker found nothing",
    )
    lot = replace(lot, holds=(hold, replace(hold, released_at=None)))
    lines = tuple(
        LotEvent(event=event, patient=file.patient, session=file.session, giving=giving, report="")
        for event in file.events
    )
    book = Book(Amount.MG, (), None, Fraction(0), Fraction(0))
    return LotFile(
        file.clinic,
        LotEvents(product, lot, lines, DEFAULT_RULE, 1, 1),
        LotStock(product, lot, book, (), (), (Recipient(giving, file.patient, file.session),)),
        session_files.at(90),
    )


def _compared(before: str, after: str) -> Comparison:
    changes = (
        Change("events[0].verbatim", "Event 1", "What happened", before, f"{after} 2"),
        Change("events[0].treatment", "Event 1", "Treatment", "", after),
        Change("notes[0].words", "Note 1", "Words", before, ""),
    )
    return Comparison(older=1, newer=2, changes=changes, painted={}, paper=changes)


def _inspected() -> InspectionFile:
    file = session_files.full_file()
    at = session_files.at
    version = ReportVersion(id="v", number=1, news="the outcome", form="fda3500", frozen_on=at(60))
    sent = Sending(
        id="s",
        report_version_id="v",
        at=at(61),
        person="the desk of FDA",
        reference="2026-417",
        by="Dana Reyes, RN",
    )
    report = SentReport(
        report=cases.full().report,
        versions=(version,),
        sendings=(sent,),
        approvals=(Approval(id="a", by="Dr I. Okafor", at=at(59)),),
        closed_why="",
    )
    decision = Decision(
        answer=ReportDecision.REPORT,
        reason="serious and not listed",
        decided_by="Dr I. Okafor",
        at=at(50),
    )
    learnt = Awareness(at=at(20), who="Dana Reyes, RN", teller="the patient", what="by telephone")
    one = Inspected(
        event=file.events[0],
        patient="P-0412",
        session=file.session,
        file=CaseFile(id="c", number="KC-2026-000031"),
        learnt=(learnt,),
        decisions=(decision,),
        reports=(report,),
    )
    period = Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    return InspectionFile(file.clinic, period, (one,), at(90))


def _course() -> CourseFile:
    file = session_files.full_file()
    scale = next(one for one in DEFAULTS if one.code == MADRS)
    scores = tuple(
        Score(id=f"s{n}", scale=MADRS, edition=scale.edition, total=Decimal(total), at=day)
        for n, (total, day) in enumerate(
            ((34, PartialDate(2026, 10, 30)), (21, PartialDate(2026, 11, 24)))
        )
    )
    first = session_files.at(0)
    known = PatientScales(file.patient, DEFAULTS, scores, (), (file.session,), file.events, first)
    shown = CourseFile(file.clinic, known, scale, known.results(MADRS), TrendData(), first)
    return _trended(shown)


def _trended(file: CourseFile) -> CourseFile:
    """Return a course with the trend of its events and scores as they are now."""
    known = file.known
    told_of = {"first_dose": known.first_dose, "zone": None}
    trend = trend_of(file.scale, known.scores, known.sessions, known.events, **told_of)
    return replace(file, trend=trend)


def _outcomes(words: str = "") -> OutcomesFile:
    """Return the outcomes page of 40 people, with ``words`` in place of every text."""
    first = dt.date(2026, 7, 1)
    known = next(one for one in DEFAULTS if one.code == PHQ_9)
    scale = anything_filled_with(known, words) if words else known
    clinic = session_files.full_file().clinic
    people = tuple(f"p{n}" for n in range(40))
    days = {person: first + dt.timedelta(days=2 * n) for n, person in enumerate(people)}
    doses = (
        *(Dose(person, f"s{person}", day, Decimal(40)) for person, day in days.items()),
        Dose("p0", "s", first + dt.timedelta(days=30), None),
    )
    scores = {
        person: [
            Measured(days[person], Decimal(18 if n < 35 else 6), 2 if n % 2 else 0),
            *([Measured(days[person] + dt.timedelta(days=20), Decimal(after), 1)] if after else []),
        ]
        for n, (person, after) in enumerate(
            zip(people, (4, 8, 12, 17, 24, None, 9, 16) * 5, strict=True)
        )
    }
    terms = [words] if words else ["Nausea", "Blood pressure increased", "Dizziness"]
    events = tuple(
        Occurred(
            event_id=f"e{n}",
            patient_id=person,
            session_id=f"s{person}" if n % 5 else None,
            term=terms[n % len(terms)],
            grade=n % 5 or None,
            serious=(True, False, None)[n % 3],
            stopped=not n % 4,
        )
        for n, person in enumerate(people[:12])
    )
    raised = frozenset(f"s{person}" for person in people[:6])
    found = Gathered(doses, scores, events, raised, LeftOut(1, 2, 3, 4))
    asked = Asked(
        first=first,
        last=first + dt.timedelta(days=91),
        routes=frozenset({SessionRoute.IV_INFUSION}),
        substances=frozenset({words or "ketamine"}),
        indications=frozenset({words or "Depression"}),
        prescribers=frozenset({words or "Dr I. Okafor"}),
    )
    return OutcomesFile(
        anything_filled_with(clinic, words) if words else clinic,
        page_of(asked, scale, found, dt.date(2026, 12, 1)),
        shared=False,
        as_of=session_files.at(90),
    )


# ---------------------------------------------------------------- the documents


def _on_form(case: Case, key: str, stamp: Stamp) -> bytes:
    return render(case, form(key), stamp, NoProgress()).pdf


def _kept(case: Case, key: str, stamp: Stamp) -> bytes:
    tags = Tags()
    done = render(case, form(key), stamp, NoProgress(), tags)
    return finished(done.pdf, tags, Attached("case.json", "The case", b'{"format": "x"}'))


@cache
def blank_of(key: str) -> bytes:
    """Return a fillable file of our own with the fields of an official one."""
    return blank(form(key))


def _filled(case: Case, key: str, stamp: Stamp) -> bytes:
    return fill_official(blank_of(key), case, form(key), stamp, NoProgress()).pdf


def _paper(page: Any, file: Any, stamp: Stamp, *, archive: bool = False) -> bytes:
    frame, tags = sheets.Frame(page.TITLE, page.subtitle(file), stamp), Tags() if archive else None
    drawn = sheets.render(page.parts(file), frame, NoProgress(), tags)[0]
    return finished(drawn, tags) if tags else drawn


def _kept_paper(page: Any, file: Any, stamp: Stamp) -> bytes:
    tags = Tags()
    frame = sheets.Frame(page.TITLE, page.subtitle(file), stamp)
    pdf = sheets.render(page.parts(file), frame, NoProgress(), tags)[0]
    return finished(pdf, tags, Attached("case.json", "The case", b'{"format": "x"}'))


def _unnamed_pack(file: InspectionFile) -> InspectionFile:
    """Return the copy of a pack of which somebody has read every text."""
    stamp = PageStamp(
        report_number="",
        version=1,
        head=Head(1, b""),
        exported_on=PartialDate(2026),
        time_zone="",
        practice=False,
    )
    wish = Wish(copy=CopyKind.DEIDENTIFIED, texts_read=True)
    return copied_pack(file, {}, stamp, wish, "Dana Reyes, RN")[0]


def _without_names(found: Sources) -> Case:
    return deidentified(found.named, texts_read=True)[0]


def _for_maker(found: Sources) -> Case:
    return for_maker(found.named)[0]


def _copy(case: Case, stamp: Stamp, words: str) -> bytes:
    number = "" if words.startswith("De-identified") else stamp.report_number
    return _on_form(case, "fda3500", replace(stamp, copy=words, report_number=number, signed=""))


@dataclass(frozen=True, slots=True)
class Drawn:
    """One kind of document.

    Attributes:
        draw: Makes it.
        told: Returns the texts that have to stand on it; None for a paper, of which the places of
            texts are counted.
    """

    draw: Callable[[Sources], bytes]
    told: Callable[[Sources], list[str]] | None = None

    def texts(self, found: Sources) -> list[str]:
        """Return the texts that a form has to show."""
        return [] if self.told is None else self.told(found)


def _forms(name: str, key: str, case: Callable[[Sources], Case]) -> dict[str, Drawn]:
    """Return our own pages, and those for the archive, of a case on a form."""

    def told_of(found: Sources) -> list[str]:
        return list(told(case(found), form(key)))

    return {
        name: Drawn(lambda s: _on_form(case(s), key, s.stamp), told_of),
        f"{name}-archive": Drawn(lambda s: _kept(case(s), key, s.stamp), told_of),
    }


def _official(name: str, key: str, case: Callable[[Sources], Case]) -> dict[str, Drawn]:
    """Return the official file filled."""

    def told_of(found: Sources) -> list[str]:
        return list(told(case(found), form(key)))

    return {name: Drawn(lambda s: _filled(case(s), key, s.stamp), told_of)}


def _papers(*, archived: bool = False, **pages: tuple[Any, str, str]) -> dict[str, Drawn]:
    """Return papers: the module that says its parts, and what of the sources it is made from."""

    def of(page: Any, file: str, stamp: str) -> Drawn:
        draw = _kept_paper if archived else _paper
        return Drawn(lambda s: draw(page, getattr(s, file), getattr(s, stamp)))

    ending = "-archive" if archived else ""
    return {f"{name}{ending}": of(*page) for name, page in pages.items()}


OF_SESSIONS: Mapping[str, tuple[Any, str, str]] = {
    "session": (session_record, "session", "session_stamp"),
    "handover": (handover, "session", "session_stamp"),
    "rems": (rems_content, "session", "session_stamp"),
    "lot": (lot_record, "lot", "session_stamp"),
}
DOCUMENTS: Mapping[str, Drawn] = {
    **_forms("fda3500", "fda3500", lambda s: s.voluntary),
    **_forms("fda3500a-facility", "fda3500a", lambda s: s.facility),
    **_forms("fda3500a-drug", "fda3500a", lambda s: s.drug),
    **_forms("cioms1", "cioms1", lambda s: s.voluntary),
    **_official("fda3500-official", "fda3500", lambda s: s.voluntary),
    **_official("fda3500a-facility-official", "fda3500a", lambda s: s.facility),
    **_official("fda3500a-drug-official", "fda3500a", lambda s: s.drug),
    "fda3500-deidentified": Drawn(
        lambda s: _copy(_without_names(s), s.stamp, "De-identified copy. Texts read."),
        lambda s: list(told(_without_names(s), FDA3500)),
    ),
    "fda3500-maker": Drawn(
        lambda s: _copy(_for_maker(s), s.stamp, "Copy for the maker."),
        lambda s: list(told(_for_maker(s), FDA3500)),
    ),
    **_papers(**OF_SESSIONS),
    **_papers(archived=True, **OF_SESSIONS),
    **_papers(
        differences=(difference, "compared", "stamp"),
        course=(scale_course, "course", "session_stamp"),
        inspection=(inspection_pack, "inspected", "session_stamp"),
        outcomes=(outcomes_paper, "outcomes", "session_stamp"),
    ),
    "inspection-deidentified": Drawn(
        lambda s: _paper(inspection_pack, _unnamed_pack(s.inspected), s.session_stamp)
    ),
    "outcomes-shared": Drawn(
        lambda s: _paper(outcomes_paper, replace(s.outcomes, shared=True), s.session_stamp)
    ),
    "lot-archive": Drawn(lambda s: _paper(lot_record, s.lot, s.session_stamp, archive=True)),
}
