"""Copies of the paper of a lot that leave something out, made before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aeapp.domain.case import Case
from aeapp.domain.chair.lot_events import LotEvent
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.copies import Deidentifier, Left, known_of, to_year, without_letterhead
from aeapp.domain.records import Clinic, Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.services.copying import Wish, proven, unnamed
from aeapp.services.lots import LotEvents
from aeapp.services.pages import PageStamp
from aeapp.services.stock import LotStock, Recipient

WITHHELD = N_("withheld")


@dataclass(frozen=True, slots=True, repr=False)
class LotFile:
    """What the paper of a lot shows."""

    clinic: Clinic
    events: LotEvents
    stock: LotStock
    as_of: PartialDate


def copied_lot(
    file: LotFile, stamp: PageStamp, wish: Wish, who: str
) -> tuple[LotFile, PageStamp, Left]:
    """Return the copy of a lot's paper that is wished for, and what its pages say.

    Raises:
        CopyTellsError: It would still tell who a patient is.
    """
    if wish.copy is CopyKind.DEIDENTIFIED:
        made, left = _deidentified(file, texts_read=wish.texts_read)
        return made, unnamed(stamp, file.events.lot.id, wish, who), left
    if wish.copy is CopyKind.MAKER:
        return *_for_maker(file, stamp), Left()
    return file, stamp, Left()


def _patients(file: LotFile) -> dict[str, Patient]:
    """Return everybody whom the paper is about, in its order."""
    told = [line.patient for line in file.events.lines]
    told += [one.patient for one in file.stock.recipients]
    return {patient.id: patient for patient in told if patient is not None}


def _deidentified(file: LotFile, *, texts_read: bool) -> tuple[LotFile, Left]:
    """Return a copy without what the Safe Harbor list names.

    Patients are counted through in the order of the paper: a code of the clinic's own leads back to
    one, a number that holds in this copy alone does not.

    Source:
        45 CFR 164.514(b)(2)(i), (c).
    """
    patients = _patients(file)
    cases = [Case(patient=patient) for patient in patients.values()]
    known = [one for case in cases for one in known_of(case)]
    maker = Deidentifier(known, texts_read=texts_read)
    numbered = {
        patient_id: replace(maker.copy(patient), code=str(n))
        for n, (patient_id, patient) in enumerate(patients.items(), start=1)
    }
    events, stock = file.events, file.stock
    lines = tuple(_line(line, numbered, maker) for line in events.lines)
    lot = maker.copy(events.lot)
    for part in (lot, *(line.event for line in lines)):
        for case in cases:
            proven(case, part)
    return LotFile(
        clinic=maker.copy(file.clinic),
        events=replace(events, product=maker.copy(events.product), lot=lot, lines=lines),
        stock=replace(
            stock, lot=lot, recipients=tuple(_got(r, numbered, maker) for r in stock.recipients)
        ),
        as_of=to_year(file.as_of),
    ), maker.left


def _line(line: LotEvent, numbered: dict[str, Patient], maker: Deidentifier) -> LotEvent:
    return replace(
        line,
        event=maker.copy(line.event),
        patient=numbered[line.patient.id] if line.patient is not None else None,
        session=_session(line.session, maker),
        giving=maker.copy(line.giving) if line.giving is not None else None,
        report=_(WITHHELD) if line.report else "",
    )


def _got(one: Recipient, numbered: dict[str, Patient], maker: Deidentifier) -> Recipient:
    return Recipient(
        giving=maker.copy(one.giving),
        patient=numbered[one.patient.id] if one.patient is not None else None,
        session=_session(one.session, maker),
    )


def _session(session: Session | None, maker: Deidentifier) -> Session | None:
    """Return a session without its number; that there is one stays told."""
    return None if session is None else replace(maker.copy(session), number=_(WITHHELD))


def _for_maker(file: LotFile, stamp: PageStamp) -> tuple[LotFile, PageStamp]:
    """Return a copy without letterhead and staff; patients stand by code, as in a report."""
    left, events = Left(), file.events
    lot = without_letterhead(events.lot, left)
    made = replace(
        file,
        clinic=without_letterhead(file.clinic, left),
        events=replace(events, lot=lot),
        stock=replace(file.stock, lot=lot),
    )
    words = _("Copy for the manufacturer, without letterhead and names of staff.")
    return made, replace(stamp, copy=words)


__all__ = ["LotFile", "copied_lot"]
