"""Compute the parts of a case that only the form for mandatory reporters shows.

Source:
    Form FDA 3500A (09/2025): which sections a reporter fills follows from what it reports as.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity, FacilityRole, MarketStatus, Round
from aeapp.domain.codelists.safety import ProductType
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.mandatory import FacilityPart, MakerPart
from aeapp.domain.records import Clinic, Event, Report, Reporter
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate

if TYPE_CHECKING:
    from aeapp.domain.case import Case, Suspect

_FOR_SECTION_G = (Capacity.OUTSOURCING, Capacity.SPONSOR)
_OF_A_STUDY = (Capacity.SPONSOR, Capacity.INVESTIGATOR)
_STATUS = {
    ProductType.OTC: MarketStatus.OTC,
    ProductType.COMPOUNDED: MarketStatus.COMPOUNDED,
}
Moment = PartialDate | NullFlavor | None


def facility_part(case: Case, learnt: Moment, sources: dict[str, str]) -> FacilityPart:
    """Return section F of a clinic that reports as a device user facility.

    Args:
        case: Its records.
        learnt: When the clinic learnt of it, on its clock.
        sources: Takes the records whose items the view shows.
    """
    report, clinic = case.report, case.clinic
    if report.capacity is not Capacity.USER_FACILITY:
        return FacilityPart()
    sources |= {
        "facility.number": "report.facility_number",
        "facility.follow_up": "report.follow_up",
        "facility.maker": "case.device.maker",
    }
    _lead_to_awareness(case, "facility.learnt_on", sources)
    return FacilityPart(
        role=FacilityRole.USER_FACILITY,
        number=report.facility_number,
        exemption=clinic.exemption,
        name_and_address="\n".join(_lines_of(clinic)) or None,
        contact=clinic.contact,
        phone=clinic.phone,
        learnt_on=learnt,
        round=_round(report),
        follow_up=report.follow_up,
        maker=case.case.device.maker,
    )


def maker_part(
    case: Case, suspects: tuple[Suspect, ...], learnt: Moment, sources: dict[str, str]
) -> MakerPart:
    """Return section G of an outsourcing facility, a sponsor-investigator or an investigator.

    An investigator leaves the section to the sponsor but for the numbers of the study.
    """
    capacity, clinic = case.report.capacity, case.clinic
    part = MakerPart()
    if capacity in _FOR_SECTION_G:
        sources["maker.follow_up"] = "report.follow_up"
        _lead_to_awareness(case, "maker.received_on", sources)
        outsourcing = True if capacity is Capacity.OUTSOURCING else None
        part = MakerPart(
            name=", ".join(p for p in (clinic.contact, clinic.name) if p) or None,
            email=clinic.email,
            phone=clinic.phone,
            address=", ".join(_address_of(clinic)) or None,
            outsourcing=outsourcing,
            outsourcing_name=clinic.name if outsourcing else None,
            received_on=learnt,
            status=_status(suspects),
            round=_round(case.report),
            follow_up=case.report.follow_up,
            terms="; ".join(_terms(case.events)) or None,
            number=case.report.number,
        )
    return _with_study(case, part, sources) if capacity in _OF_A_STUDY else part


def companions(
    case: Case, concomitants: tuple[Medicine, ...], sources: dict[str, str]
) -> tuple[Medicine, ...]:
    """Return what was taken beside a suspect device (3500A D10); nothing where there is none."""
    if not case.case.devices:
        return ()
    for k in range(len(concomitants)):
        if source := sources.get(f"concomitants[{k}]"):
            sources[f"companions[{k}]"] = source
    return concomitants


def teller(case: Case, filer: Reporter, sources: dict[str, str]) -> Reporter:
    """Return the initial reporter (3500A E): the first who told it to the clinic, else who files.

    Whoever files tells what came to the clinic; section E asks from whom it came.
    """
    for n, reporter in enumerate(case.reporters):
        if not reporter.files and as_text(reporter.last_name):
            sources["teller"] = f"reporters[{n}]"
            return reporter
    sources["teller"] = sources["filer"]
    return filer


def _lead_to_awareness(case: Case, path: str, sources: dict[str, str]) -> None:
    # Of several moments the earliest is shown, and no entry can say which one it would change.
    if len(case.awareness) == 1:
        sources[path] = "awareness[0].at"


def _round(report: Report) -> Round:
    first = report.nature in (None, VersionNature.INITIAL)
    return Round.INITIAL if first else Round.FOLLOW_UP


def _address_of(clinic: Clinic) -> list[str]:
    region = " ".join(part for part in (clinic.state, clinic.postal_code) if part)
    country = clinic.country.words if clinic.country else ""
    return [part for part in (clinic.address, clinic.city, region, country) if part]


def _lines_of(clinic: Clinic) -> list[str]:
    name, *address = clinic.name or "", *_address_of(clinic)
    return [line for line in (name, ", ".join(address), clinic.email) if line]


def _status(suspects: tuple[Suspect, ...]) -> frozenset[MarketStatus] | None:
    types = frozenset[ProductType]().union(*(s.product.types or () for s in suspects))
    return frozenset(status for kind, status in _STATUS.items() if kind in types) or None


def _terms(events: tuple[Event, ...]) -> list[str]:
    coded = [[c.term for c in event.codings if c.term] for event in events]
    words = [
        # The form is in English, whatever language the event was told in.
        terms[0] if terms else event.translation or event.verbatim
        for event, terms in zip(events, coded, strict=True)
    ]
    return [word for word in words if word]


def _with_study(case: Case, part: MakerPart, sources: dict[str, str]) -> MakerPart:
    if not case.studies:
        return part
    sources |= {"maker.ind": "studies[0].ind", "maker.protocol": "studies[0].protocol"}
    return replace(part, ind=case.studies[0].ind, protocol=case.studies[0].protocol)
