"""What the REMS asks of a nasal session, as data: every item of the known editions, taken together.

The form of 11/2021 and the one now in use differ; an item says in which it was seen. Its words are
short labels of ours. There is no official blank file to follow to the millimetre: the items flow.

Source:
    SPRAVATO REMS Patient Monitoring Form, revision 11/2021, and the updated one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEAST_MINUTES = 120
SLOT_MINUTE = 40


class Edition(StrEnum):
    """An edition of the monitoring form."""

    OF_2021 = "11/2021"
    CURRENT = "current"


class Kind(StrEnum):
    """How the form takes an answer."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MINUTES = "minutes"
    PRESSURE = "pressure"
    CHOICE = "choice"
    CHECK = "check"


BOTH = frozenset(Edition)
ONLY_2021 = frozenset({Edition.OF_2021})
ONLY_CURRENT = frozenset({Edition.CURRENT})
OURS: frozenset[Edition] = frozenset()
YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item.

    Attributes:
        key: By which the records answer it.
        options: Code and words of each box to tick.
        required: The form demands it.
        needed: The content is not complete without it; nothing on record is an answer elsewhere.
        editions: In which it stands; none for what we add to tell why.
        follows: Key of the item whose Yes makes this one asked.
    """

    key: str
    block: str
    label: str
    kind: Kind = Kind.TEXT
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    needed: bool = False
    editions: frozenset[Edition] = BOTH
    follows: str = ""


_PATIENT, _MEDICINES, _MONITOR = "Patient", "Medicines taken at the time", "Who monitored"
_SETTING, _SESSION, _TIME = "Healthcare setting", "Session", "Time"
_PRESSURE, _EVENTS = "Pressure", "Events"
CLASSES = (
    ("benzodiazepine", "Benzodiazepines", BOTH),
    ("hypnotic", "Non-benzodiazepine sedative hypnotics", BOTH),
    ("opioid", "Opioids", ONLY_CURRENT),
    ("stimulant", "Psychostimulants", BOTH),
    ("maoi", "Monoamine oxidase inhibitors (MAOIs)", ONLY_2021),
)
WATCHED = (
    ("sedation", "Sedation", BOTH),
    ("dissociation", "Dissociation", BOTH),
    ("breathing", "Respiratory depression", ONLY_CURRENT),
)
SEX = (("male", "Male"), ("female", "Female"), ("other", "Other"))
DOSES = (("56", "56 mg"), ("84", "84 mg"), ("other", "Other"))
SERIOUS = (
    ("hospitalization", "Hospitalization"),
    ("disability", "Disability or permanent damage"),
    ("death", "Death"),
    ("life-threatening", "Life-threatening"),
    ("other", "Important medical event"),
)


def _yes_no(key: str, block: str, label: str, **more: object) -> Asked:
    return Asked(key=key, block=block, label=label, kind=Kind.CHOICE, options=YES_NO, **more)  # type: ignore[arg-type]


def _watched(key: str, label: str, editions: frozenset[Edition]) -> tuple[Asked, ...]:
    begin = Asked(
        key=f"{key}-onset", block=_EVENTS, label=f"{label}: onset, minutes from the first device",
        kind=Kind.MINUTES, editions=editions, follows=key,
    )  # fmt: skip
    end = Asked(
        key=f"{key}-end", block=_EVENTS, label=f"{label}: resolution, in the same minutes",
        kind=Kind.MINUTES, editions=editions, follows=key,
    )  # fmt: skip
    within = _yes_no(
        f"{key}-within", _EVENTS, f"{label}: resolved within the session",
        editions=editions, follows=key,
    )  # fmt: skip
    return _yes_no(key, _EVENTS, label, editions=editions), begin, end, within


FORM: tuple[Asked, ...] = (
    Asked(key="name", block=_PATIENT, label="Name, as on record", needed=True),
    Asked(key="birth", block=_PATIENT, label="Date of birth", kind=Kind.DATE, needed=True),
    Asked(
        key="sex", block=_PATIENT, label="Sex", kind=Kind.CHOICE, options=SEX, needed=True
    ),
    _yes_no("first", _PATIENT, "First treatment session here", editions=ONLY_CURRENT),
    _yes_no("enrolled", _PATIENT, "Enrolled in the REMS", editions=ONLY_CURRENT),
    Asked(key="medicines", block=_MEDICINES, label="On record", required=False, editions=OURS),
    *(
        _yes_no(key, _MEDICINES, label, editions=editions) for key, label, editions in CLASSES
    ),
    Asked(
        key="sedatives", block=_MEDICINES, required=False, editions=OURS,
        label="Free of sedatives and stimulants today, as answered before the dose",
    ),
    Asked(key="monitor", block=_MONITOR, label="Name"),
    Asked(key="monitor-phone", block=_MONITOR, label="Telephone"),
    Asked(key="monitor-email", block=_MONITOR, label="E-mail"),
    Asked(
        key="prescriber", block=_MONITOR, label="Prescriber on site", required=False,
        editions=OURS,
    ),
    Asked(key="setting", block=_SETTING, label="Name"),
    Asked(key="address", block=_SETTING, label="Address"),
    Asked(key="city", block=_SETTING, label="City; state; ZIP"),
    Asked(
        key="setting-phone", block=_SETTING, label="Telephone", required=False, editions=OURS
    ),
    Asked(key="date", block=_SESSION, label="Date", kind=Kind.DATE),
    Asked(
        key="dose", block=_SESSION, label="Dose", kind=Kind.CHOICE, options=DOSES, needed=True
    ),
    Asked(key="devices", block=_SESSION, label="Devices", kind=Kind.NUMBER, required=False,
          needed=True, editions=OURS),
    Asked(key="lot", block=_SESSION, label="Lot", needed=True),
    Asked(
        key="minutes", block=_TIME, label="From the first device to the end of monitoring",
        kind=Kind.MINUTES, needed=True,
    ),
    Asked(
        key="shorter", block=_TIME, label=f"Shorter than {LEAST_MINUTES} minutes",
        required=False, editions=OURS,
    ),
    Asked(
        key="ready", block=_TIME, label="Without the rule of two hours, ready to leave after",
        kind=Kind.MINUTES, needed=True,
    ),
    Asked(
        key="before", block=_PRESSURE, label="Before the dose", kind=Kind.PRESSURE, needed=True
    ),
    Asked(
        key="slot", block=_PRESSURE, kind=Kind.PRESSURE, needed=True,
        label=f"{SLOT_MINUTE} minutes after the first device; the nearest reading",
    ),
    Asked(
        key="last", block=_PRESSURE, label="Before leaving; the last reading",
        kind=Kind.PRESSURE, needed=True,
    ),
    _yes_no("fit-before", _PRESSURE, "Acceptable before the dose"),
    _yes_no("fit-after", _PRESSURE, "Acceptable before leaving"),
    *(item for key, label, editions in WATCHED for item in _watched(key, label, editions)),
    Asked(key="others", block=_EVENTS, label="Other events", required=False, editions=OURS),
    _yes_no("serious", _EVENTS, "Serious adverse event"),
    Asked(
        key="criteria", block=_EVENTS, label="Serious because of", kind=Kind.CHECK,
        options=SERIOUS, follows="serious",
    ),
    Asked(
        key="serious-words", block=_EVENTS, label="Serious adverse event, described",
        follows="serious",
    ),
)  # fmt: skip
# Places of the form that the clinic leaves empty on purpose.
LEFT_EMPTY: dict[str, str] = {
    "Space for a label of the patient": "The items of the patient say the same.",
}
