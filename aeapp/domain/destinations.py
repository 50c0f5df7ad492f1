"""Where a report of a case can go, as data: each destination with its numbers and its minimum.

The rules themselves name the destinations they hold for. Another destination joins by one more
entry and by rules that name it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aeapp.domain.case import Case
from aeapp.domain.chair.rems import under_rems
from aeapp.domain.clock_facts import bound_as
from aeapp.domain.clock_rules import Binds
from aeapp.domain.findings import Finding
from aeapp.kernel.i18n import N_

FDA3500 = "fda3500"
DRUG = "fda3500a-drug"
FACILITY = "fda3500a-facility"
IND = "ind"
CIOMS = "cioms1"
REMS = "rems"
MESSAGE = "e2br3"
# Forms of FDA; reports of one case in coded form; those that somebody owes by law.
FDA_FORMS = frozenset({FDA3500, DRUG, FACILITY, IND})
CODED = FDA_FORMS | {CIOMS, MESSAGE}
OWED_BY_LAW = frozenset({DRUG, FACILITY, IND})
OF_DRUGS = frozenset({FDA3500, DRUG, IND, CIOMS, MESSAGE})

# Number on Form FDA 3500, or that with the name of one item -> number there. What the form has
# without a number is "", what it does not ask is None or not listed.
Numbers = Mapping[str, str | None]
_SAME = {n: n for n in ("A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7")}
_REPORTER = {"G1": "E1", "G2": "E2", "G3": "E3"}
_DRUG_ITEMS = {f"D{n}": f"C{n}" for n in range(1, 9)}
_DEVICE_ITEMS = {
    "E1": "D1",
    "E2a": "D2a",
    "E2b": "D2b",
    "E3": "D3",
    "E4": "D4",
    "E5": "D5",
    "E6a": "D6a",
    "E6b": "D6b",
    "E7a": "D7a",
    "E7b": "D7b",
    "E8": "D8",
}
# Form FDA 3500 has none of these, so that no other item can be meant.
_FACILITY_ITEMS = {n: n for n in ("F2", "F4", "F8", "F9", "F10", "F11", "F12")}
_OF_3500A_DRUG: Numbers = {**_SAME, **_DRUG_ITEMS, "F1": "C9", **_REPORTER}
_OF_3500A_DEVICE: Numbers = {
    **_SAME,
    **_DEVICE_ITEMS,
    "C1": "D9",
    "F1": "D10",
    **_REPORTER,
    **_FACILITY_ITEMS,
}
_OF_CIOMS: Numbers = {
    "A1": "1",
    "A2": "2a",
    "A2 birth_date": "2",
    "A3": "3",
    "B2": "8-12",
    "B3": "4-6",
    "B4": "",
    "B5": "7+13",
    "B6": "7+13",
    "B7": "23",
    "D1": "14",
    "D1 strength": None,
    "D1 strength_unit": None,
    "D1 ndc": None,
    "D1 maker": None,
    "D1 number": None,
    "D2": "15",
    "D2 route": "16",
    "D2 route_text": "16",
    "D3": "18",
    "D3 duration": "19",
    "D3 duration_unit": "19",
    "D4": "17",
    "D7": "20",
    "D8": "21",
    "F1": "22",
    "G1": "26",
}
_OF_MESSAGE: Numbers = {
    "A1": "D.1",
    "A2": "D.2.2",
    "A2 birth_date": "D.2.1",
    "A3": "D.5",
    "A4": "D.3",
    "A5": "D.11",
    "B2": "E.i.3.2",
    "B3": "E.i.4",
    "B5": "H.1",
    "B6": "F.r",
    "B7": "D.7.2",
    "D1": "G.k.2.2",
    "D1 strength": "G.k.2.3",
    "D1 strength_unit": "G.k.2.3",
    "D1 ndc": "G.k.2.1",
    "D1 maker": "G.k.3.3",
    "D1 number": "G.k.4.7",
    "D2": "G.k.4",
    "D2 route": "G.k.4.10",
    "D2 route_text": "G.k.4.10",
    "D3": "G.k.4",
    "D4": "G.k.7",
    "D8": "G.k.9.4",
    "F1": "G.k",
    "G1": "C.2.1",
    "G2": "C.2.4",
    "G3": "C.2.4",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One element without which no report is one, and the rules that find it missing."""

    label: str
    codes: frozenset[str]


def _criterion(label: str, *codes: str) -> Criterion:
    return Criterion(label, frozenset(codes))


Owed = bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One destination and what is asked of a report to it.

    Attributes:
        key: What ``report check --for`` names.
        edition: Of its form; empty where it has none.
        form: Key of the form edition that our pages show; empty where there are none yet.
        source: Clause or form that asks.
        minimum: Without one of these the report cannot go.
        numbers: Of its form; None where they are those of Form FDA 3500.
        asked: Whether the destination wants a report of this case at all; None where the profile
            of the clinic does not say.
        unless: Why it wants none, as a sentence.
    """

    key: str
    name: str
    edition: str
    form: str = ""
    source: str
    minimum: tuple[Criterion, ...]
    numbers: Numbers | None
    asked: Callable[[Case], Owed]
    unless: str

    def numbered(self, finding: Finding) -> str | None:
        """Return the number of a finding's item on this form; None where it has no such item."""
        if self.numbers is None or not finding.item:
            return finding.item
        special = f"{finding.item} {finding.path.rpartition('.')[2]}"
        if special in self.numbers:
            return self.numbers[special]
        return self.numbers.get(finding.item)

    @property
    def needed(self) -> frozenset[str]:
        """Return the codes of the rules that find an element of the minimum missing."""
        return frozenset().union(*(c.codes for c in self.minimum))


_PERSON = _criterion(N_("a patient"), "MC1")
_TELLER = _criterion(N_("a reporter"), "MC2")
_PRODUCT = _criterion(N_("a suspect product"), "MC3")
_EVENT = _criterion(N_("an event"), "MC4")
_TOLD = _criterion(N_("the description"), "V2")
_FOUR = (_PERSON, _TELLER, _PRODUCT, _EVENT)


def _always(_case: Case) -> Owed:
    return True


def _of_maker(case: Case) -> Owed:
    return None if case.clinic.facility is None else bound_as(case.clinic, Binds.OUTSOURCING)


def _of_facility(case: Case) -> Owed:
    if not case.case.devices:
        return False
    return bound_as(case.clinic, Binds.USER_FACILITY)


def _of_study(case: Case) -> Owed:
    if case.clinic.duties is None:
        return None
    roles = (Binds.IND_INVESTIGATOR, Binds.SPONSOR_INVESTIGATOR)
    return any(bound_as(case.clinic, role) for role in roles)


def _of_partner(case: Case) -> Owed:
    if case.clinic.duties is None:
        return None
    return _of_study(case) or bound_as(case.clinic, Binds.PARTNER)


def _of_message(case: Case) -> Owed:
    if case.clinic.sender_id:
        return True
    return None if case.clinic.duties is None else bool(_of_study(case))


def _of_rems(case: Case) -> Owed:
    return any(under_rems(session) for session in case.sessions)


_ALL = (
    Destination(
        key=FDA3500,
        name="Form FDA 3500",
        edition="09/2025",
        form="fda3500-2025-09",
        source="Form FDA 3500 (09/2025); MedWatch Online minimum",
        minimum=(
            _criterion(N_("the type of report"), "V1"),
            _TOLD,
            _criterion(N_("a product"), "V3"),
            _criterion(N_("the reporter's name"), "V4"),
        ),
        numbers=None,
        asked=_always,
        unless="",
    ),
    Destination(
        key=DRUG,
        name="3500A, drug",
        edition="09/2025",
        form="fda3500a-2025-09",
        source="21 CFR 310.305, 314.80; Form FDA 3500A (09/2025) A, B, C, E",
        minimum=(*_FOUR, _TOLD),
        numbers=_OF_3500A_DRUG,
        asked=_of_maker,
        unless=N_("The clinic is no outsourcing facility."),
    ),
    Destination(
        key=FACILITY,
        name="3500A, user facility",
        edition="09/2025",
        form="fda3500a-2025-09",
        source="21 CFR 803.30, 803.32; Form FDA 3500A (09/2025) A, B, D, E, F",
        minimum=(
            _criterion(N_("a device user facility"), "V17"),
            _criterion(N_("a device"), "UF1"),
            _TOLD,
            _criterion(N_("when the clinic learnt of it"), "UF2"),
        ),
        numbers=_OF_3500A_DEVICE,
        asked=_of_facility,
        unless=N_("No device is suspected, or the clinic is no device user facility."),
    ),
    Destination(
        key=IND,
        name="IND safety report",
        edition="3500A 09/2025",
        form="fda3500a-2025-09",
        source="21 CFR 312.64(b), 312.32(c)",
        minimum=(*_FOUR, _criterion(N_("an opinion on the cause"), "IN1")),
        numbers=_OF_3500A_DRUG,
        asked=_of_study,
        unless=N_("The clinic takes part in no study under an IND."),
    ),
    Destination(
        key=CIOMS,
        name="CIOMS I",
        edition="",
        form="cioms1-1990",
        source="CIOMS I form, boxes 1 to 23",
        minimum=_FOUR,
        numbers=_OF_CIOMS,
        asked=_of_partner,
        unless=N_("No sponsor or partner gets reports on this form."),
    ),
    Destination(
        key=REMS,
        name="REMS form",
        edition="",
        source="SPRAVATO REMS, Patient Monitoring Form",
        minimum=(_criterion(N_("what the form asks of the session"), "RM1"),),
        numbers={},
        asked=_of_rems,
        unless=N_("The case has no nasal session in the clinic."),
    ),
    Destination(
        key=MESSAGE,
        name="Electronic message",
        edition="E2B(R3)",
        source="ICH E2B(R3) Implementation Guide, mandatory elements",
        minimum=(
            *_FOUR,
            _TOLD,
            _criterion(N_("a coded term of each event"), "EM1"),
            _criterion(N_("when the clinic learnt of it"), "EM2"),
            _criterion(N_("who sends it"), "EM3"),
        ),
        numbers=_OF_MESSAGE,
        asked=_of_message,
        unless=N_("Nobody is owed reports in electronic form; it can be exported all the same."),
    ),
)
DESTINATIONS: dict[str, Destination] = {d.key: d for d in _ALL}
# Those that a document can be made for, and on which form.
FORMS = {d.key: d.form for d in _ALL if d.form}
# What people type for short.
ALIASES = {"fda3500a": DRUG}
