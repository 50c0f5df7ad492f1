"""The inspection pack: what was decided on each event of a period, by when, and what went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aeapp import __version__
from aeapp.domain.assessment.seriousness import seriousness_words
from aeapp.domain.chair.rems import told
from aeapp.domain.clocks import RunningClock, clock_words
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.clinic import ReportDecision
from aeapp.domain.codelists.lifecycle import FrozenKind
from aeapp.domain.inspection import Inspected, SentReport, totals
from aeapp.domain.items import as_text
from aeapp.domain.records import Awareness, Decision, ReportVersion, Request, Sending
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.freezing import meaning_words
from aeapp.services.inspection import InspectionFile
from exports.pdf.continuation import Heading, Para
from exports.pdf.session_words import LABEL
from exports.pdf.sheets import Part, Row, Table

TITLE = "Inspection pack"
_DECISIONS = (
    ("No.", 0.05),
    ("Learnt", 0.15),
    ("Patient", 0.10),
    ("Event", 0.17),
    ("Decision", 0.17),
    ("Reason", 0.16),
    ("By, on", 0.20),
)
_CLOCKS = (("Clock", 0.36), ("Day 0", 0.15), ("Due", 0.15), ("Met", 0.34))
_SENT = (("Version", 0.26), ("To, way", 0.24), ("On", 0.16), ("Reference, person", 0.20),
         ("By", 0.14))  # fmt: skip
_ASKED = (("Asked by, number", 0.24), ("Received, wished", 0.22), ("Question", 0.28),
          ("Answer", 0.26))  # fmt: skip


_KEPT: dict[FrozenKind | None, str] = {
    FrozenKind.CASE: "Case, SHA-256",
    FrozenKind.STAMP: "Stamp, SHA-256",
    FrozenKind.DOCUMENT: "Document, SHA-256",
    FrozenKind.BLANK: "Blank form, SHA-256",
    FrozenKind.ATTACHMENT: "Attached, SHA-256",
}


def subtitle(file: InspectionFile) -> str:
    """Return whose pack it is, of which days, and what it holds back."""
    return (
        f"{told(file.clinic.name)}; {_days(file)}; patients by code, nobody is named as a patient."
    )


def parts(file: InspectionFile) -> list[Part]:
    """Return the counts, the decisions in one table, then each event on its own."""
    return [
        *_summary(file),
        Heading("Every event with its decision"),
        *_table(_DECISIONS, [_decided(n, one) for n, one in _numbered(file)], "No event."),
        *(part for n, one in _numbered(file) for part in _event(n, one, file)),
        *_origins(file),
    ]


def _numbered(file: InspectionFile) -> Iterator[tuple[int, Inspected]]:
    return enumerate(file.events, start=1)


def _line(name: str, text: str) -> Para:
    return Para(text, label=name, column=LABEL)


def _table(columns: tuple[tuple[str, float], ...], rows: Sequence[Row], nothing: str) -> list[Part]:
    return [Table(columns, tuple(rows))] if rows else [Para(nothing)]


def _day(day: object) -> str:
    return show_date(PartialDate.of(day))  # type: ignore[arg-type]


def _days(file: InspectionFile) -> str:
    """Return the days of the pack; of a copy the years, which is all that the list leaves."""
    first, last = file.period.first, file.period.last
    if not file.shared:
        return f"{_day(first)} to {_day(last)}"
    return f"days in {first.year}" if first.year == last.year else f"{first.year} to {last.year}"


def _at(at: object) -> str:
    return show_date(at) if isinstance(at, PartialDate) else "not known"


# ------------------------------------------------------------------ the whole


def _summary(file: InspectionFile) -> list[Part]:
    counted = totals(file.events)
    where = [told(p) for p in (file.clinic.address, file.clinic.city, file.clinic.state) if p]
    facility = told(file.clinic.facility)
    struck = f"; {counted.struck} struck through, listed too" if counted.struck else ""
    return [
        Heading("Period"),
        _line("Clinic", "; ".join([told(file.clinic.name), *where])),
        _line("Kind of facility", facility),
        _line("Days", _days(file)),
        _line("Events", f"{counted.events}{struck}"),
        _line("To be reported", str(counted.reported)),
        _line("Not to be reported", str(counted.not_reported)),
        _line("Without a decision", str(counted.undecided)),
        _line("Versions sent", str(counted.versions)),
        Para(
            "Listed is every event that began, was learnt, was decided on or was reported in these"
            " days, or was entered in them without anybody saying when it was learnt. A clock"
            " counts from the moment of learning; where nobody said it, from the entry."
        ),
    ]


def _origins(file: InspectionFile) -> list[Part]:
    versions = [v for one in file.events for r in one.reports for v in r.versions]
    made = sorted({(as_text(v.form), as_text(v.rules), as_text(v.program)) for v in versions})
    lines = [
        _line("Sent versions", f"form {form}; rules: {rules}; program {program}")
        for form, rules, program in made
    ]
    return [
        Heading("Programs and rules"),
        _line("This pack", f"AEApp {__version__}, from the records as stored on {_at(file.as_of)}"),
        *lines,
        Para(
            "The foot of each page names the newest entry of the audit trail behind it. The trail"
            " is checked without this program: tools/verify_trail.py. A kept document is proven by"
            " the SHA-256 of its bytes."
        ),
    ]


# ------------------------------------------------------------------ the list of decisions


def _decided(number: int, one: Inspected) -> Row:
    made = one.decision
    cells = (
        str(number),
        _learnt_on(one),
        one.patient or "no code",
        one.event.verbatim or "not named",
        _answer(one),
        (made.reason if made else None) or "-",
        f"{told(made.decided_by)}, {_at(made.at)}" if made else "-",
    )
    return Row(cells, frozenset() if one.event.stands else frozenset({3}))


def _learnt_on(one: Inspected) -> str:
    known = [a.at for a in one.learnt if isinstance(a.at, PartialDate)]
    if known:
        return show_date(known[0])
    return f"not said; entered {_at(one.entered)}"


def _answer(one: Inspected) -> str:
    if not one.event.stands:
        return f"struck through: {one.event.struck_reason}"
    return _decision_words(one.decision) if one.decision else "none yet"


def _decision_words(made: Decision) -> str:
    if made.answer is ReportDecision.NO_REPORT:
        return "not reported"
    to = ", ".join(_(d.words) for d in sorted(made.destinations or ()))
    duty = f" ({_(made.obligation.words).lower()})" if made.obligation else ""
    return f"report to {to or 'nobody named'}{duty}"


# ------------------------------------------------------------------ one event


def _event(number: int, one: Inspected, file: InspectionFile) -> list[Part]:
    event = one.event
    case = f", case {one.file.number}" if one.file and one.file.number else ""
    room = f"session {one.session.number}" if one.session else "no session"
    out: list[Part] = [
        Heading(
            f"{number}. {event.verbatim or 'Event not named'}, {one.patient or 'no code'}{case}"
        ),
        _line("Began", f"{_at(event.onset)}; {room}"),
        _line("Seriousness", _serious(one)),
        _line("Outcome", told(event.outcome)),
        *[_line("Learnt", _learnt(fact)) for fact in one.learnt],
        *([] if one.learnt else [_line("Learnt", _learnt_on(one))]),
        *_decisions(one),
        *_clocks(one, file),
    ]
    first = next(n for n, other in _numbered(file) if other.case_id == one.case_id)
    if one.case_id and first != number:
        return [*out, _line("Reports", f"of the same case as event {first}, and listed there")]
    for sent in one.reports:
        out += _report(sent)
    return [*out, *_requests(one.requests)]


def _serious(one: Inspected) -> str:
    by = f", assessed by {one.event.assessed_by}" if one.event.assessed_by else ""
    return f"{seriousness_words(one.event)}{by}"


def _learnt(fact: Awareness) -> str:
    told_by = f", told by {told(fact.teller)}" if fact.teller else ""
    who = f" by {told(fact.who)}" if fact.who else ""
    what = f": {fact.what}" if fact.what else ""
    return f"{_at(fact.at)}{who}{told_by}{what}"


def _decisions(one: Inspected) -> list[Part]:
    if not one.decisions:
        return [_line("Decision", _answer(one))]
    lines = [
        _line(
            "Decision" if made is one.decision else "Decision before",
            f"{_decision_words(made)}, by {told(made.decided_by)}, {_at(made.at)}:"
            f" {made.reason or 'no reason given'}",
        )
        for made in reversed(one.decisions)
    ]
    struck = [_line("Struck through", told(one.event.struck_reason))]
    return [*lines, *([] if one.event.stands else struck)]


def _clocks(one: Inspected, file: InspectionFile) -> list[Part]:
    if one.clocks:
        return [Table(_CLOCKS, tuple(_clock(c, one.read or file.as_of) for c in one.clocks))]
    made = one.decision
    dropped = made is not None and made.answer is ReportDecision.NO_REPORT
    words = "none; the decision not to report ended them" if dropped else "none runs"
    return [_line("Clocks", words)]


def _clock(clock: RunningClock, as_of: PartialDate) -> Row:
    zero = _at(clock.zero)
    due = _day(clock.due) if clock.due else "no date"
    if clock.counted is not None and clock.counted.at is not None:
        due = show_date(clock.counted.at)
    what = f"{_(clock.rule.title)} ({_(clock.rule.authority.words)}): {clock_words(clock)}"
    return Row((what, zero, due, _met(clock, as_of)))


def _met(clock: RunningClock, as_of: PartialDate) -> str:
    if clock.met is not None:
        after = _days_after(clock, clock.met.at)
        return f"{_(clock.met.to.words)}, {show_date(clock.met.at)}{after}"
    over = clock.due is not None and clock.due < as_of.first_day()
    return "not recorded as met; over" if over else "not recorded as met"


def _days_after(clock: RunningClock, met: PartialDate) -> str:
    """Return how many days after the last day it was met; empty where it was in time."""
    days = (met.first_day() - clock.due).days if clock.due else 0
    several = "" if days == 1 else "s"
    return f", {days} day{several} after the last day" if days > 0 else ""


# ------------------------------------------------------------------ what went out


def _report(sent: SentReport) -> list[Part]:
    report = sent.report
    head = f"Report {as_text(report.number)}"
    state = told(report.state)
    out: list[Part] = [_line(head, f"{state}; owner {told(report.owner)}")]
    rows = [r for v in sent.versions for r in _version_rows(sent, v)]
    rows += [_sent_row("call or note, no document", s) for s in sent.without_version]
    out += _table(_SENT, rows, "Nothing is recorded as sent.")
    for version in sent.versions:
        out += _proofs(sent, version)
    return [*out, *_owed(sent)]


def _owed(sent: SentReport) -> list[Part]:
    """Return who has only an older version, and why that was left so."""
    why = f"; closed because: {sent.closed_why}" if sent.closed_why else ""
    return [
        _line(
            "Not the newest",
            f"{', '.join(p for p in (_(o.destination.words), o.person) if p)} has version"
            f" {o.version}, not version {sent.versions[-1].number}{why}",
        )
        for o in sent.owed
    ]


def _version_rows(sent: SentReport, version: ReportVersion) -> list[Row]:
    name = f"{version.number}: {told(version.nature)}"
    if version.news:
        name = f"{name}, {version.news}"
    lines = sent.of_version(version)
    return [_sent_row(name, line) for line in lines]


def _sent_row(name: str, line: Sending) -> Row:
    to = _(line.destination.words) if line.destination else "recipient not said"
    way = _(line.channel.words).lower() if line.channel else "way not said"
    lacks = f"no number: {told(line.reference_lacks)}" if line.reference_lacks else ""
    known = (line.reference or lacks, line.person)
    reference = ", ".join(part for part in known if part) or "none"
    return Row((name, f"{to}, {way}", _at(line.at), reference, told(line.by)))


def _proofs(sent: SentReport, version: ReportVersion) -> list[Part]:
    """Return hashes of what is kept of a version, and of the receipts for it."""
    approval = sent.approval_of(version)
    signed = f"{meaning_words(approval)}, {_at(approval.at)}" if approval else _unsigned(version)
    label = f"Version {version.number}"
    kept = f"kept since {_at(version.frozen_on)} as {_(version.sent_as.words).lower()}"
    out: list[Part] = [_line(label, f"{kept}; {signed}")]
    out += [
        _line(_KEPT.get(part.what, "Part"), f"{told(part.sha256)}, {part.size} bytes")
        for part in version.parts
    ]
    for line in sent.of_version(version):
        if line.proof:
            out.append(_line("Proof, SHA-256", f"{told(line.proof)}, {told(line.proof_sha256)}"))
        elif line.proof_lacks:
            out.append(_line("No proof", f"{told(line.reference)}: {told(line.proof_lacks)}"))
    return out


def _unsigned(version: ReportVersion) -> str:
    why = f": {version.unsigned_because}" if version.unsigned_because else ""
    return f"not approved before{why}"


def _requests(requests: Sequence[Request]) -> list[Part]:
    rows = [row for request in requests for row in _request_rows(request)]
    return [Table(_ASKED, tuple(rows))] if rows else []


def _request_rows(request: Request) -> Iterator[Row]:
    asker = f"{told(request.asker)} {request.number or ''}".strip()
    wished = f", wished by {_at(request.wished)}" if request.wished else ""
    for asked in request.questions:
        answer = told(asked.answer) if asked.answer else "open"
        words = f": {asked.words}" if asked.words else ""
        by = f"; {asked.by}, {_at(asked.at)}" if asked.answer else ""
        yield Row(
            (
                asker,
                f"{_at(request.received)}{wished}",
                told(asked.question),
                f"{answer}{words}{by}",
            )
        )


__all__ = ["TITLE", "parts", "subtitle"]
