"""The page that goes with the ambulance: what is known, what is not, and whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aeapp.domain.chair.rems import told
from aeapp.domain.chair.session_file import SessionFile, when
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.conditions import condition_words
from aeapp.domain.items import Section
from aeapp.domain.records import Note, Observation, Proposal
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.own_time import own
from aeapp.domain.vitals.table import SHORT, counts
from aeapp.domain.vitals.typing import shown
from exports.pdf import session_words as words
from exports.pdf.continuation import Heading, Para
from exports.pdf.sheets import Part

TITLE = "Handover to the ambulance"
LATEST_TIMES = 6
_LABEL = 34.0


def parts(file: SessionFile) -> list[Part]:
    """Return what the page says, the most urgent first."""
    return [
        *_patient(file),
        *_why(file),
        *_given(file),
        *_readings(file),
        *_notes(file),
        *_contact(file),
    ]


def subtitle(file: SessionFile) -> str:
    """Return whose page it is."""
    return f"{told(file.clinic.name)}; identified: for the people who take the patient over."


def _line(label: str, text: str) -> Para:
    return Para(text, label=label, column=_LABEL)


def _joined(section: Section, *names: str) -> str:
    """Return the filled items of ``names`` on one line."""
    return ", ".join(told(value) for n in names if (value := getattr(section, n)) is not None)


def _patient(file: SessionFile) -> list[Part]:
    person = file.patient
    weight = file.readings(ObservationKind.WEIGHT)
    kilos = "not read today"
    if weight:
        unit = weight[-1].unit
        kilos = f"{shown(weight[-1])} {unit.symbol if unit else ''}".strip()
    medicines = [
        " ".join(part for part in (m.name, m.dose) if part)
        for m in person.medicines
        if m.ongoing is not False
    ]
    return [
        Heading("Patient"),
        _line("Name", told(person.name)),
        _line("Born, sex, weight", f"{told(person.birth_date)}; {told(person.sex)}; {kilos}"),
        _line(
            "Code, record, phone",
            "; ".join(told(known) for known in (person.code, person.record_number, person.phone)),
        ),
        *_safety(file),
        _line("Allergies", told(person.allergies)),
        _line("Medicines taken", "; ".join(medicines) or "none recorded"),
        _line("History", told(person.history)),
        *[_line("Condition", text) for c in person.conditions if (text := condition_words(c))],
    ]


def _safety(file: SessionFile) -> list[Part]:
    """Return on one line which answers ask for safety, and the plan so far."""
    standing = [r for r in file.reviews if not r.void_reason]
    text = "; ".join(f"{told(r.cause)}, {r.plan or 'no plan recorded'}" for r in standing)
    return [_line("Safety", text)] if standing else []


def _why(file: SessionFile) -> list[Part]:
    session = file.session
    calls = (
        ("called", session.ems_called),
        ("arrived", session.ems_arrived),
        ("left", session.ems_left),
    )
    ambulance = "; ".join(f"{w} {words.moment(file, at)}" for w, at in calls if at is not None)
    standing = [e for e in file.events if e.stands]
    out: list[Part] = [
        Heading("What happened"),
        _line("Why", told(session.ending_reason)),
        _line("Treated for", f"{told(session.indication)}; {told(session.route)}"),
        _line("Ambulance", ambulance or "times not recorded yet"),
        _line("Taken to, by", f"{told(session.transferred_to)}; {told(session.transferred_by)}"),
    ]
    out += [words.events(file, standing)] if standing else [_line("Events", "none recorded")]
    # What the limits found and nobody has decided on is not nothing.
    undecided = [p for p in file.proposals if p.state is ProposalState.OPEN]
    return [*out, *(_line("Proposed", _proposed(file, one)) for one in undecided)]


def _proposed(file: SessionFile, one: Proposal) -> str:
    return f"{told(one.term)}, from {words.moment(file, one.first)}; not decided on yet"


def _given(file: SessionFile) -> list[Part]:
    out: list[Part] = [Heading("Given in this session, with the minute")]
    givings = sorted((*file.doses, *file.rescue), key=lambda g: when(g.started))
    return [*out, words.doses(file, givings)] if givings else [*out, Para("No dose recorded.")]


def _readings(file: SessionFile) -> list[Part]:
    taken = own(file.observations, file.session, file.zero)
    good = [o for o in taken if counts(o) and o.kind is not ObservationKind.WEIGHT]
    out: list[Part] = [Heading("Last readings")]
    if not good:
        return [*out, Para("No reading recorded.")]
    now = replace(file, observations=taken)
    latest = [_latest(now, kind) for kind in ObservationKind if now.readings(kind)]
    times = sorted({when(o.at) for o in good})[-LATEST_TIMES:]
    shown_ = [o for o in good if when(o.at) in times]
    last = [_line("Each at its last", "; ".join(latest))] if latest else []
    return [*out, *last, words.readings(file, shown_)]


def _latest(file: SessionFile, kind: ObservationKind) -> str:
    reading: Observation = file.readings(kind)[-1]
    return f"{SHORT.get(kind, 'Test')} {shown(reading)} ({words.moment(file, reading.at)})"


def _notes(file: SessionFile) -> list[Part]:
    standing: Sequence[Note] = [n for n in file.notes if n.stands]
    out: list[Part] = [Heading("Done and seen")]
    if file.session.note:
        out.append(Para(file.session.note))
    if standing:
        out.append(words.notes(file, standing))
    return out if len(out) > 1 else [*out, Para("Nothing noted.")]


def _contact(file: SessionFile) -> list[Part]:
    clinic = file.clinic
    begun = file.session.started
    start = words.moment(file, begun) if isinstance(begun, PartialDate) else told(begun)
    names = ", ".join(dict.fromkeys(s.name for s in file.staff if s.name and s.active))
    return [
        Heading("Call back"),
        _line("Clinic", told(clinic.name)),
        _line("Telephone", told(clinic.phone)),
        _line("Address", _joined(clinic, "address", "city", "state", "postal_code")),
        _line("Prescriber", told(file.session.prescriber)),
        _line("Staff", names or told(None)),
        _line("Session", f"{told(file.session.number)}, {told(file.session.chair)}, from {start}"),
    ]
