"""Facts of one case that contradict each other; the codes are ours."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aeapp.domain.case import Case
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    Occupation,
    Outcome,
    Seriousness,
)
from aeapp.domain.destinations import CODED, FACILITY, FDA3500, FDA_FORMS, OF_DRUGS
from aeapp.domain.findings import Finding
from aeapp.domain.items import as_text
from aeapp.domain.medicines import past_medicines
from aeapp.domain.rules.entering import BLOCKS, DEVICES, WARNS, Rulebook, finding
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

BOOK = Rulebook(CODED)
RULES = BOOK.rules
_DEVICES = (FDA3500, FACILITY)


def _before(one: object, other: object) -> bool:
    if not isinstance(one, PartialDate) or not isinstance(other, PartialDate):
        return False
    return one.surely_before(other)


@BOOK.rule(
    "CX1",
    "3500 E6",
    N_("A device is taken out after it is put in."),
    reads=DEVICES,
    to=_DEVICES,
)
def implanted(case: Case) -> Iterator[Finding]:
    """Compare the dates of implanting and explanting."""
    for path, device in case.case.devices.items():
        if _before(device.explanted, device.implanted):
            text = N_("Correct the dates of the device: it was taken out before it was put in.")
            yield finding("CX1", BLOCKS, "E6b", f"{path}.explanted", text)


@BOOK.rule(
    "CX2",
    "3500 E7",
    N_("A reprocessor stands with a device that was reprocessed."),
    reads=DEVICES,
    to=_DEVICES,
)
def reprocessed(case: Case) -> Iterator[Finding]:
    """Ask for the reprocessor of a reprocessed device, and for no other."""
    for path, device in case.case.devices.items():
        if device.reprocessed is True and device.reprocessor is None:
            text = N_("Name the reprocessor with the address, or why it is not known.")
            yield finding("CX2", WARNS, "E7b", f"{path}.reprocessor", text)
        if as_text(device.reprocessor) and device.reprocessed is not True:
            text = N_("Say that the device was reprocessed, or delete the reprocessor.")
            yield finding("CX2", BLOCKS, "E7b", f"{path}.reprocessor", text)


@BOOK.rule(
    "CX3",
    "3500 D3; 3500A C3",
    N_("A therapy ends and is reduced after its start."),
    reads=("suspects",),
    to=OF_DRUGS,
)
def therapy(case: Case) -> Iterator[Finding]:
    """Compare the dates of a therapy."""
    for n, suspect in enumerate(case.suspects):
        giving = suspect.giving
        for name in ("ended", "reduced_on"):
            if _before(getattr(giving, name), giving.started):
                text = N_("Correct the dates of the therapy: this one lies before its start.")
                yield finding("CX3", BLOCKS, "D3", f"suspects[{n}].giving.{name}", text)


@BOOK.rule(
    "CX4",
    "3500 D3: still on-going",
    N_("A therapy that goes on has no end."),
    reads=("suspects",),
    to=(FDA3500,),
)
def ongoing(case: Case) -> Iterator[Finding]:
    """Name a therapy that is said to go on and to have ended."""
    for n, suspect in enumerate(case.suspects):
        if suspect.giving.ongoing is True and isinstance(suspect.giving.ended, PartialDate):
            text = N_("Choose: the therapy goes on, or it ended on that day.")
            yield finding("CX4", BLOCKS, "D3", f"suspects[{n}].giving.ongoing", text)


@BOOK.rule(
    "CX5",
    "3500 D3: dates or duration",
    N_("A therapy has dates or a duration, not both."),
    reads=("suspects",),
    to=FDA_FORMS,
)
def dates_or_duration(case: Case) -> Iterator[Finding]:
    """Name a therapy with a stop date and a duration: the form offers one of them."""
    for n, suspect in enumerate(case.suspects):
        giving = suspect.giving
        if isinstance(giving.ended, PartialDate) and isinstance(giving.duration, Decimal):
            text = N_("Choose dates or duration of the therapy: the form takes one of them.")
            yield finding("CX5", WARNS, "D3", f"suspects[{n}].giving.duration", text)


@BOOK.rule(
    "CX6",
    "FDA: this box is for devices",
    N_("Required intervention is ticked for devices."),
    reads=("happening.seriousness", *DEVICES),
    to=FDA_FORMS,
)
def intervention(case: Case) -> Iterator[Finding]:
    """Name the criterion of devices where no device is suspected."""
    met = case.happening.seriousness
    ticked = isinstance(met, frozenset) and Seriousness.INTERVENTION in met
    if ticked and not case.case.devices:
        text = N_("Weigh Required Intervention again: FDA means it for devices.")
        yield finding("CX6", WARNS, "B2", "happening.seriousness", text)


@BOOK.rule("CX7", "E2B(R3) E.i.4, E.i.5", N_("An event ends after its onset."), reads=("events",))
def ended(case: Case) -> Iterator[Finding]:
    """Compare onset and end of an event."""
    for n, event in enumerate(case.events):
        if _before(event.ended, event.onset):
            text = N_("Correct the end of the event: it lies before its onset.")
            yield finding("CX7", BLOCKS, "", f"events[{n}].ended", text)


@BOOK.rule(
    "CX8",
    "3500 D7; E2B(R3) G.k.8",
    N_("An event abated on stopping where the product was stopped."),
    reads=("events",),
    to=OF_DRUGS,
)
def stopped(case: Case) -> Iterator[Finding]:
    """Name an answer to D7 that needs a stop, where nothing was stopped or reduced."""
    for n, event in enumerate(case.events):
        kept_on = event.action_taken in (ActionTaken.UNCHANGED, ActionTaken.INCREASED)
        if kept_on and event.dechallenge in (Challenge.YES, Challenge.NO):
            text = N_("Compare with the action taken: the product was not stopped or reduced.")
            yield finding("CX8", WARNS, "D7", f"events[{n}].dechallenge", text)


@BOOK.rule(
    "CX9",
    "3500 D7, D8",
    N_("An event came back only where it had abated."),
    reads=("events",),
    to=OF_DRUGS,
)
def came_back(case: Case) -> Iterator[Finding]:
    """Name an event that came back and had never gone."""
    for n, event in enumerate(case.events):
        if (
            event.rechallenge is Challenge.YES
            and event.outcome is Outcome.NOT_RECOVERED
            and event.dechallenge is Challenge.NO
        ):
            text = N_("Compare with D7: what never abated cannot have come back.")
            yield finding("CX9", WARNS, "D8", f"events[{n}].rechallenge", text)


@BOOK.rule(
    "CX10",
    "3500 F1, B7; 3500A C9, B7",
    N_("Another product ends after its start."),
    reads=("concomitants", "patient.medicines", "administrations"),
)
def others(case: Case) -> Iterator[Finding]:
    """Compare the dates of the other products, and of those that were taken before."""
    text = N_("Correct the dates: the end lies before the start.")
    for n, medicine in enumerate(case.concomitants):
        if _before(medicine.ended, medicine.started):
            yield finding("CX10", BLOCKS, "F1", f"concomitants[{n}].ended", text)
    past = past_medicines(case)
    for n, medicine in enumerate(case.patient.medicines):
        if medicine in past and _before(medicine.ended, medicine.started):
            yield finding("CX10", BLOCKS, "B7", f"patient.medicines[{n}].ended", text)


@BOOK.rule(
    "CX11",
    "3500 D6",
    N_("No dose was given from a lot that had expired."),
    reads=("suspects",),
    to=OF_DRUGS,
)
def expired(case: Case) -> Iterator[Finding]:
    """Name a lot that had expired by the begin of the therapy."""
    for n, suspect in enumerate(case.suspects):
        started = suspect.giving.started
        if isinstance(started, PartialDate) and _before(suspect.lot.expires, started.date_part()):
            text = N_("Check the expiration date: the dose was given after it.")
            yield finding("CX11", WARNS, "D6", f"suspects[{n}].lot.expires", text)


_CARING = (
    Occupation.DENTIST,
    Occupation.NURSE,
    Occupation.NURSE_PRACTITIONER,
    Occupation.OTHER_PROFESSIONAL,
    Occupation.PHARMACIST,
    Occupation.PHYSICIAN,
    Occupation.PHYSICIAN_ASSISTANT,
)


@BOOK.rule(
    "CX12",
    "3500 G2, G3; 3500A E2, E3",
    N_("Profession and occupation of the reporter agree."),
    reads=("filer.health_professional", "filer.occupation"),
    to=FDA_FORMS,
)
def profession(case: Case) -> Iterator[Finding]:
    """Compare the two answers."""
    yes, occupation = case.filer.health_professional, case.filer.occupation
    wrong = (yes is True and occupation is Occupation.NON_PROFESSIONAL) or (
        yes is False and occupation in _CARING
    )
    if wrong:
        text = N_("Compare with the occupation: one says a health professional, one does not.")
        yield finding("CX12", WARNS, "G2", "filer.health_professional", text)


@BOOK.rule(
    "CX13",
    "3500 D1: strength with its unit",
    N_("A strength that is a number has a unit."),
    reads=("suspects",),
    to=FDA_FORMS,
)
def strength(case: Case) -> Iterator[Finding]:
    """Ask for the unit of a strength that is a bare number."""
    for n, suspect in enumerate(case.suspects):
        bare = as_text(suspect.product.strength).replace(".", "", 1).isdecimal()
        if bare and suspect.product.strength_unit is None:
            text = N_("Choose the unit of the strength.")
            yield finding("CX13", WARNS, "D1", f"suspects[{n}].product.strength_unit", text)
