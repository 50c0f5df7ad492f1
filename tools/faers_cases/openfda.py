"""Where the fields of an openFDA drug event go.

Source:
    openFDA keeps the names and codes of ICH E2B(R2).
"""

from __future__ import annotations

from typing import Any

from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from tools.faers_cases.fates import (
    NO_INFORMATION,
    NOT_LISTED,
    THEIRS,
    UNKNOWN,
    Fate,
    Measure,
    Partly,
    Rule,
    coded,
    date,
    item,
    items,
    number,
    same,
    words,
)
from tools.faers_cases.making import Layout
from tools.faers_cases.quarter import (
    NUMBER,
    REPORTER_COUNTRY,
    challenge,
    indication,
    labelled,
    lot_number,
    none_serious,
    of_whole,
    profession,
)
from tools.faers_cases.sources import Line

_DAY, _MONTH, _YEAR = "102", "610", "602"
_LENGTHS = {_DAY: 8, _MONTH: 6, _YEAR: 4}
_ROLES = {
    "1": DrugRole.SUSPECT,
    "2": DrugRole.CONCOMITANT,
    "3": DrugRole.SUSPECT,
    "4": None,
}
_AGE_UNITS = {"801": "a", "802": "mo", "803": "wk", "804": "d"}
_DURATION_UNITS = _AGE_UNITS | {"805": "h", "806": "min"}
_DOSE_UNITS = {
    "001": "KG",
    "002": "GM",
    "003": "MG",
    "004": "UGM",
    "005": "NGM",
    "006": "PGM",
    "007": "MG/KG",
    "008": "UGM/KG",
    "009": "MG/SQ M",
    "010": "UGM/SQ M",
    "011": "L",
    "012": "ML",
    "013": "UL",
    "025": "IU",
    "026": "KIU",
    "027": "MIU",
    "028": "IU/KG",
    "029": "MMOLE",
    "030": "UMOLE",
    "031": "MEQ",
    "032": "DF",
    "033": "%",
    "034": "GTT",
}
_CRITERIA = {
    "seriousnessdeath": "death",
    "seriousnesslifethreatening": "life-threatening",
    "seriousnesshospitalization": "hospitalization",
    "seriousnessdisabling": "disability",
    "seriousnesscongenitalanomali": "congenital",
    "seriousnessother": "other",
}
_NO_ITEMS = (
    "@case_number",
    "@timestamp",
    "authoritynumb",
    "companynumb",
    "duplicate",
    "fulfillexpeditecriteria",
    "occurcountry",
    "primarysourcecountry",
    "reporttype",
    "safetyreportversion",
    "sender.senderorganization",
    "sender.sendertype",
    "patient.patientagegroup",
)
_RECURRED = {"1": "yes", "2": "no", "3": UNKNOWN}
_QUALIFIED: dict[str, tuple[bool, Any]] = {
    "1": (True, "physician"),
    "2": (True, "pharmacist"),
    "3": (True, "other-professional"),
    "4": (False, Partly("non-professional", "a lawyer")),
    "5": (False, Partly("non-professional", "a consumer")),
}


def _dated(name: str, rule: Rule) -> dict[str, Rule]:
    """Return the rules of a date and of the field that tells how exact it is."""

    def checked(line: Line, value: str) -> Fate:
        if len(value) != _LENGTHS.get(line.get(f"{name}format"), len(value)):
            return Fate(words="not as exact as its format says")
        return rule(line, value)

    def how_exact(line: Line, value: str) -> Fate:
        if value not in _LENGTHS or not line.get(name):
            return Fate(words=NOT_LISTED if line.get(name) else "format of no date")
        return checked(line, line.get(name))

    return {name: checked, f"{name}format": how_exact}


def _serious(line: Line, value: str) -> Fate:
    """Yes is said by the criteria that are met; No says that none is."""
    met = [name for name in _CRITERIA if line.get(name) == "1"]
    if value == "1" and met:
        fates = [of_whole("seriousness", coded({"1": _CRITERIA[n]}))(line, "1") for n in met]
        return Fate(tuple(held for fate in fates for held in fate.items), fates[0].words)
    if value == "2" and not met:
        return none_serious(line)
    return Fate(words="says something else than its criteria")


def _action(line: Line, value: str) -> Fate:
    if "event" not in line.names:
        return Fate(words="of one product; the item is of an event")
    codes = {n: n for n in "1234"} | {"5": UNKNOWN, "6": {"unknown": "NA"}}
    return item("events/{event}/action_taken", coded(codes))(line, value)


def _role(value: str) -> Any:
    role = coded(_ROLES)(value)
    return Partly(role.value, "interacting") if value == "3" else role.value


_EVENT: dict[str, Rule] = {
    "safetyreportid": item("case/number", NUMBER.format),
    "serious": _serious,
    **{
        name: of_whole("seriousness", coded({"1": code}, "criterion is not met"))
        for name, code in _CRITERIA.items()
    },
    **{
        key: words(THEIRS)
        for name in ("receivedate", "receiptdate", "transmissiondate")
        for key in (name, f"{name}format")
    },
    **{name: words() for name in _NO_ITEMS},
    "primarysource.qualification": profession(_QUALIFIED),
    "primarysource.reportercountry": item("reporters/reporter/country", REPORTER_COUNTRY),
    **Measure(
        ("patient.patientonsetage", "patient.patientonsetageunit"),
        "patient/age",
        "patient/age_unit",
        _AGE_UNITS,
    ).rules(),
    # ICH E2B(R2) B.1.3 is in kilograms.
    "patient.patientweight": items(
        ("observations/weight/value", number),
        ("observations/weight/unit", lambda _value: "kg"),
        ("observations/weight/kind", lambda _value: "weight"),
    ),
    "patient.patientsex": item(
        "patient/sex", coded({"1": "1", "2": "2", "0": UNKNOWN, "9": NO_INFORMATION})
    ),
}
_DRUG: dict[str, Rule] = {
    "drugcharacterization": item("administrations/{giving}/role", _role),
    "medicinalproduct": item("products/{drug}/name"),
    "drugadministrationroute": item(
        "administrations/{giving}/route", same(route.value for route in FormRoute)
    ),
    "drugbatchnumb": item("lots/{lot}/number", lot_number),
    "drugdosagetext": item("administrations/{giving}/dose_text"),
    "drugdosageform": item("administrations/{giving}/dose_text", labelled("form")),
    "drugindication": item("administrations/{giving}/indication", indication),
    **_dated("drugstartdate", item("administrations/{giving}/started", date)),
    **_dated("drugenddate", item("administrations/{giving}/ended", date)),
    **Measure(
        ("drugtreatmentduration", "drugtreatmentdurationunit"),
        "administrations/{giving}/duration",
        "administrations/{giving}/duration_unit",
        _DURATION_UNITS,
    ).rules(),
    **Measure(
        ("drugstructuredosagenumb", "drugstructuredosageunit"),
        "administrations/{giving}/dose",
        "administrations/{giving}/dose_unit",
        _DOSE_UNITS,
    ).rules(),
    "actiondrug": _action,
    "drugadditional": challenge("dechallenge", "abated", {"1": "yes", "2": "no", "3": "na"}),
    "drugrecurreadministration": challenge("rechallenge", "reappeared", _RECURRED),
}
EVENT = Layout(
    title="as FDA published it in openFDA",
    rules={
        "event": _EVENT,
        "drug": _DRUG,
        "reaction": {
            "reactionmeddrapt": item("events/{event}/verbatim"),
            "reactionoutcome": item(
                "events/{event}/outcome", coded({n: n for n in "12345"} | {"6": UNKNOWN})
            ),
        },
    },
    drug="drug",
    event="reaction",
    term="reactionmeddrapt",
    role="drugcharacterization",
    roles=_ROLES,
    sequence="",
    lot=("drugbatchnumb",),
    others=(("drug", "suspects"), ("drug", "taken at the time")),
)
