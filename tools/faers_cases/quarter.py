"""Where the fields of a FAERS quarter go.

Source:
    The ASC_NTS document that FDA packs with each quarter names the fields and their codes; the
    E2B elements are those of ICH E2B(R3).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aeapp.domain.codelists import label
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole, Frequency
from aeapp.domain.stating import NONE_OF_THESE
from tools.faers_cases.fates import (
    NO_INFORMATION,
    NO_ITEM,
    THEIRS,
    UNKNOWN,
    Fate,
    Measure,
    Partly,
    Rule,
    Unheld,
    at,
    coded,
    date,
    item,
    items,
    words,
)
from tools.faers_cases.making import Layout
from tools.faers_cases.sources import Line

OF_A_SUSPECT = "the item is one of suspect products"
NUMBER = "FAERS-{}"
ROLES = {
    "PS": DrugRole.SUSPECT,
    "SS": DrugRole.SUSPECT,
    "I": DrugRole.SUSPECT,
    "C": DrugRole.CONCOMITANT,
    "DN": None,
}
_UNKNOWN_LOT = {"UNKNOWN", "UNK", "NOT AVAILABLE", "NOT REPORTED"}
_UNKNOWN_USE = "PRODUCT USED FOR UNKNOWN INDICATION"

# E2B(R3) E.i.3.2 a to f and FDA.E.i.3.2h.
SERIOUSNESS = {
    "DE": "death",
    "LT": "life-threatening",
    "HO": "hospitalization",
    "DS": "disability",
    "CA": "congenital",
    "RI": "intervention",
    "OT": "other",
}
CHALLENGE = {"Y": "yes", "N": "no", "D": "na", "U": UNKNOWN}
DURATION_UNITS = {"YR": "a", "MON": "mo", "WK": "wk", "DAY": "d", "HR": "h", "MIN": "min"}
AGE_UNITS = {"YR": "a", "MON": "mo", "WK": "wk", "DY": "d"}
# Units as the list of the form writes them (E2B(R3) G.k.4.r.1b).
DOSE_UNITS = {
    "MG": "MG",
    "G": "GM",
    "UG": "UGM",
    "NG": "NGM",
    "KG": "KG",
    "ML": "ML",
    "UL": "UL",
    "L": "L",
    "IU": "IU",
    "MIU": "MIU",
    "KIU": "KIU",
    "IU/KG": "IU/KG",
    "MG/KG": "MG/KG",
    "UG/KG": "UGM/KG",
    "MG/M**2": "MG/SQ M",
    "UG/M**2": "UGM/SQ M",
    "MG/ML": "MG/ML",
    "MMOL": "MMOLE",
    "MEQ": "MEQ",
    "DF": "DF",
    "GTT": "GTT",
    "PCT": "%",
    "%": "%",
}
_PROFESSIONAL: dict[str, tuple[bool, Any]] = {
    "MD": (True, "physician"),
    "PH": (True, "pharmacist"),
    "RN": (True, "nurse"),
    "OT": (True, "other-professional"),
    "HP": (True, Partly(None, "which profession is not told")),
    "LW": (False, Partly("non-professional", "a lawyer")),
    "CN": (False, Partly("non-professional", "a consumer")),
}
_FREQUENCIES = {"QD": "Daily"} | {f.value.upper(): f.value for f in Frequency}


def of_whole(name: str, convert: Any) -> Rule:
    """Put a value that the source says of the whole report where the model has it.

    With one event it is the event's; with several nothing tells which of them it is about, and it
    is stated of all together.
    """

    def rule(line: Line, value: str) -> Fate:
        if line.names["events"] == "0":
            return Fate(words="the report has no event")
        one = "event" in line.names
        path = f"events/{{event}}/{name}" if one else f"case/stated/happening.{name}"
        try:
            found = convert(value)
        except Unheld as reason:
            return Fate(words=str(reason))
        is_list = one and name == "seriousness"
        return Fate(((at(line, path), [found] if is_list else found),))

    return rule


def none_serious(line: Line) -> Fate:
    """Say that the report as a whole met no criterion, and so none of its events did."""
    if "event" in line.names:
        return Fate(((at(line, "events/{event}/seriousness"), []),))
    return of_whole("seriousness", lambda _value: NONE_OF_THESE)(line, "")


def challenge(of_event: str, of_suspect: str, codes: dict[str, Any]) -> Rule:
    """Put the answer on stopping or giving again of one product (3500 D7 and D8)."""

    def rule(line: Line, value: str) -> Fate:
        if "stated" not in line.names:
            return Fate(words=OF_A_SUSPECT)
        one = "event" in line.names
        path = f"events/{{event}}/{of_event}" if one else f"case/stated/{{stated}}.{of_suspect}"
        return item(path, coded(codes))(line, value)

    return rule


def profession(codes: Mapping[str, tuple[bool, Any]]) -> Rule:
    """Put who the reporter is: health professional or not, and which occupation."""
    return items(
        (
            "reporters/reporter/health_professional",
            coded({code: professional for code, (professional, _) in codes.items()}),
        ),
        (
            "reporters/reporter/occupation",
            coded({code: occupation for code, (_, occupation) in codes.items()}),
        ),
    )


def lot_number(value: str) -> Any:
    """Return the number as printed, or the reason for having none."""
    return UNKNOWN if set(value.upper().split(",")) <= _UNKNOWN_LOT else value


def indication(value: str) -> Any:
    """Return the words of the diagnosis, or the reason for having none."""
    return UNKNOWN if value.upper() == _UNKNOWN_USE else value


def named_route(value: str) -> str:
    """Return the code of a route that is worded as on the form."""
    return str(coded({label(route).upper(): route.value for route in FormRoute})(value))


def labelled(what: str) -> Any:
    """Return a conversion that says before the text what it is."""
    return lambda value: f"{what} {value}"


def _frequency(value: str) -> str:
    return _FREQUENCIES.get(value.upper(), Frequency.OTHER.value)


def _other_frequency(value: str) -> str | None:
    return None if value.upper() in _FREQUENCIES else value


def _dose_words(line: Line, value: str) -> Fate:
    if value.upper() == "UNK" and not line.get("dose_amt"):
        return item("administrations/{giving}/dose", coded({"UNK": UNKNOWN}))(line, value)
    return item("administrations/{giving}/dose_text")(line, value)


def _cumulative(line: Line, value: str) -> Fate:
    amount, unit = line.get("cum_dose_chr"), line.get("cum_dose_unit")
    both = f"cumulative {amount} {unit}".strip()
    return item("administrations/{giving}/dose_text", lambda _value: both)(line, value)


def _case_id(line: Line, value: str) -> Fate:
    if line.get("primaryid") != value + line.get("caseversion"):
        return Fate(words=NO_ITEM)
    return item("case/number", lambda _value: NUMBER.format(line.get("primaryid")))(line, value)


def _recurred(line: Line, value: str) -> Fate:
    """Take it as reappeared where the field names the row's own term."""
    if value.casefold() != line.get("pt").casefold():
        return Fate(words="names another term than its row")
    return item("events/{event}/rechallenge", lambda _value: "yes")(line, value)


def _of_case(line: Line, value: str) -> Fate:
    """The number that ties a row to its report is the case it went into."""
    report = line.names["report"]
    if not report.startswith(value):
        return Fate(words="another number than that of its report")
    return Fate(((("case", "number"), NUMBER.format(report)),))


def _role(value: str) -> Any:
    role = coded(ROLES)(value)
    more = {"PS": "the primary suspect", "I": "interacting"}.get(value.upper())
    return Partly(role.value, more) if more else role.value


_KEYS: dict[str, Rule] = {"primaryid": _of_case, "caseid": _of_case}
_COUNTRIES = {country.value: country.value for country in Country if len(country.value) == 2}  # noqa: PLR2004
REPORTER_COUNTRY = coded(_COUNTRIES | {"COUNTRY NOT SPECIFIED": NO_INFORMATION})

_DEMO: dict[str, Rule] = {
    "primaryid": item("case/number", NUMBER.format),
    "caseid": _case_id,
    "caseversion": words(),
    "i_f_code": words(),
    "event_dt": of_whole("onset", date),
    "mfr_dt": words(THEIRS),
    "init_fda_dt": words(THEIRS),
    "fda_dt": words(THEIRS),
    "rept_cod": words(),
    "auth_num": words(),
    "mfr_num": words(),
    "mfr_sndr": words(),
    "lit_ref": words(),
    **Measure(("age", "age_cod"), "patient/age", "patient/age_unit", AGE_UNITS).rules(),
    "age_grp": words(),
    "sex": item("patient/sex", coded({"M": "1", "F": "2", "UNK": UNKNOWN, "NS": NO_INFORMATION})),
    "e_sub": words(),
    **Measure(
        ("wt", "wt_cod"),
        "observations/weight/value",
        "observations/weight/unit",
        {"KG": "kg", "LBS": "[lb_av]"},
        also=(("observations/weight/kind", "weight"),),
    ).rules(),
    "rept_dt": words(THEIRS),
    "to_mfr": item(
        "reports/report/also_reported_to",
        coded({"Y": ["manufacturer"]}, "No of one of four recipients"),
    ),
    "occp_cod": profession(_PROFESSIONAL),
    "reporter_country": item("reporters/reporter/country", REPORTER_COUNTRY),
    "occr_country": words(),
}
_DRUG: dict[str, Rule] = {
    **_KEYS,
    "drug_seq": item("products/{drug}/id", "drug-{}".format),
    "role_cod": item("administrations/{giving}/role", _role),
    "drugname": item("products/{drug}/name"),
    "prod_ai": words(),
    "val_vbm": words(),
    "route": item("administrations/{giving}/route", named_route),
    "dose_vbm": _dose_words,
    "cum_dose_chr": _cumulative,
    "cum_dose_unit": _cumulative,
    "dechal": challenge("dechallenge", "abated", CHALLENGE),
    "rechal": challenge("rechallenge", "reappeared", CHALLENGE),
    "lot_num": item("lots/{lot}/number", lot_number),
    "exp_dt": item("lots/{lot}/expires", date),
    "nda_num": words(),
    **Measure(
        ("dose_amt", "dose_unit"),
        "administrations/{giving}/dose",
        "administrations/{giving}/dose_unit",
        DOSE_UNITS,
        in_words="administrations/{giving}/dose_text",
    ).rules(),
    "dose_form": item("administrations/{giving}/dose_text", labelled("form")),
    "dose_freq": items(
        ("administrations/{giving}/frequency", _frequency),
        ("administrations/{giving}/frequency_text", _other_frequency),
    ),
}
_COURSE: dict[str, Rule] = {
    **_KEYS,
    "dsg_drug_seq": item("administrations/{giving}/product_id", "drug-{}".format),
    "start_dt": item("administrations/{giving}/started", date),
    "end_dt": item("administrations/{giving}/ended", date),
    **Measure(
        ("dur", "dur_cod"),
        "administrations/{giving}/duration",
        "administrations/{giving}/duration_unit",
        DURATION_UNITS,
    ).rules(),
}
QUARTER = Layout(
    title="as FDA published it in FAERS",
    rules={
        "DEMO": _DEMO,
        "DRUG": _DRUG,
        "REAC": {**_KEYS, "pt": item("events/{event}/verbatim"), "drug_rec_act": _recurred},
        "OUTC": {**_KEYS, "outc_cod": of_whole("seriousness", coded(SERIOUSNESS))},
        "INDI": {
            **_KEYS,
            "indi_drug_seq": item("administrations/{giving}/product_id", "drug-{}".format),
            "indi_pt": item("administrations/{giving}/indication", indication),
        },
        "THER": _COURSE,
        "RPSR": {**_KEYS, "rpsr_cod": words()},
    },
    drug="DRUG",
    event="REAC",
    term="pt",
    role="role_cod",
    roles=ROLES,
    sequence="drug_seq",
    lot=("lot_num", "exp_dt"),
    attached={"INDI": "indi_drug_seq", "THER": "dsg_drug_seq"},
    therapy="THER",
    others=(
        ("DRUG", "suspects"),
        ("DRUG", "taken at the time"),
        ("OUTC", "criteria"),
        ("INDI", "indications"),
        ("THER", "dated givings"),
    ),
)
