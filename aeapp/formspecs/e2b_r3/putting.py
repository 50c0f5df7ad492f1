"""What every part of a message needs: how a value of a record is written, and by which key."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, field, replace
from decimal import Decimal

from aeapp.domain.case import Case
from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.clinic import Relation
from aeapp.domain.codelists.safety import Occupation
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Patient, Pregnancy, Reporter
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate, instant_in_zone
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Part, Value
from aeapp.formspecs.e2b_r3.model import Kind, elements
from aeapp.formspecs.e2b_r3.taking import moment_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who sends to whom, by whose rules, and when it was made.

    Attributes:
        sender: Identifier of the sender, as agreed with the receiver.
        receiver: Identifier of the receiver of the batch.
        message_receiver: Of the message, such as ``CDER``; that of the batch where empty.
        made_at: With its offset, to the second.
        profile: Whose elements it has; ICH's has none of FDA's.
        with_files: Attached files go inside; else they are only said to be held.
    """

    sender: str
    receiver: str
    message_receiver: str = ""
    made_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    profile: Profile = Profile.ICH
    with_files: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class HeldFile:
    """An attached file.

    Attributes:
        name: Says nothing of the patient.
        base64: Where it goes inside.
        sha256: Of its content, by which a paper names its file.
    """

    name: str
    base64: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Around:
    """What a message says beyond the case itself.

    Attributes:
        number: By which the sender's earlier messages named the case; made anew where empty.
        files: Attached files that count.
        linked: Numbers of other reports that belong to it, such as that of mother or child.
        pregnancy: In which the patient was exposed; or, of a child, its mother was.
        mother: Of a patient that is the child of the pregnancy.
    """

    number: str = ""
    files: tuple[HeldFile, ...] = ()
    linked: tuple[str, ...] = ()
    pregnancy: Pregnancy | None = None
    mother: Patient | None = None


NOTHING_AROUND = Around()


def moment(at: PartialDate) -> str:
    """Return a date as HL7 writes it, as exactly as it is known: ``202611231405-0500``."""
    out = f"{at.year:04d}"
    for part in (at.month, at.day):
        if part is not None:
            out += f"{part:02d}"
    if at.hour is None:
        return out
    out += f"{at.hour:02d}{at.minute or 0:02d}"
    if at.second is not None:
        out += f"{at.second:02d}"
    if at.offset is None:
        return out
    hours, minutes = divmod(abs(at.offset), 60)
    return f"{out}{'-' if at.offset < 0 else '+'}{hours:02d}{minutes:02d}"


def put_offsets(part: Part, zone: dt.tzinfo | None) -> None:
    """Give each time of a part that was read from the clinic's clocks their offset of that day.

    A time that the clocks showed twice, or never, stays without; so does one of an unknown zone.
    """
    for number, value in part.values.items():
        if elements()[number].kind is Kind.DATE and not isinstance(value, NullFlavor):
            part.values[number] = _with_offset(value, zone)
    for members in part.groups.values():
        for member in members:
            put_offsets(member, zone)


def _with_offset(text: str, zone: dt.tzinfo | None) -> str:
    at, _whole = moment_of(text)
    if at is None or at.hour is None or at.offset is not None:
        return text
    instant = instant_in_zone(at, zone)
    if instant is None:
        return text
    shift = dt.datetime.fromisoformat(at.iso()) - instant.replace(tzinfo=None)
    minutes, rest = divmod(shift, dt.timedelta(minutes=1))
    # Clocks of long ago differed by seconds, which no message can say.
    return text if rest else moment(replace(at, offset=minutes))


def reason_for(number: str, reason: NullFlavor) -> NullFlavor | None:
    """Return a reason as an element takes it; unknown where it does not take this one."""
    nulls = elements()[number].nulls
    if reason in nulls:
        return reason
    return NullFlavor.UNK if NullFlavor.UNK in nulls else None


def put(part: Part, number: str, value: object) -> None:
    """Set a value of a record: a date as HL7 writes it, a choice by its code, a reason as taken."""
    if isinstance(value, NullFlavor):
        part.put(number, reason_for(number, value))
    elif isinstance(value, PartialDate):
        part.put(number, moment(value))
    elif isinstance(value, bool):
        part.put(number, "true" if value else "false")
    elif isinstance(value, CodeList):
        # Places that only the list of the form knows have a longer code than ISO's.
        taken = len(value.value) <= elements()[number].longest or not elements()[number].longest
        part.put(number, value.value if taken else reason_for(number, NullFlavor.UNK))
    elif isinstance(value, Decimal):
        part.put(number, format(value, "f"))
    elif isinstance(value, str):
        part.put(number, value)


def words_for(coding: Coding) -> str:
    """Return what stands for the words of a reaction that came as a code alone."""
    return f"MedDRA {coding.code} ({coding.edition or '-'})"


# C.2.r.4.
_QUALIFICATIONS = {
    Occupation.PHYSICIAN: "1",
    Occupation.PHARMACIST: "2",
    Occupation.NON_PROFESSIONAL: "5",
    Occupation.DENTIST: "3", Occupation.NURSE: "3", Occupation.NURSE_PRACTITIONER: "3",
    Occupation.OTHER_PROFESSIONAL: "3", Occupation.PHYSICIAN_ASSISTANT: "3",
}  # fmt: skip
_LAWYER = "4"


def qualification_of(reporter: Reporter) -> Value:
    """Return C.2.r.4: what the reporter is; unknown where nobody said."""
    if isinstance(reporter.occupation, Occupation) and reporter.occupation in _QUALIFICATIONS:
        return _QUALIFICATIONS[reporter.occupation]
    if reporter.relation is Relation.LAWYER:
        return _LAWYER
    if reporter.health_professional is False:
        return "5"
    return "3" if reporter.health_professional else NullFlavor.UNK


def number_of(case: Case) -> str:
    """Return the sender's number of the case (C.1.1): country, clinic, number, two hyphens."""
    country = case.clinic.country.value if case.clinic.country else "US"
    name = "".join(c for c in as_text(case.clinic.name).upper() if c.isascii() and c.isalnum())
    number = as_text(case.case.number).replace("-", "")
    return f"{country}-{name[:40] or 'CLINIC'}-{number}"


def key_of(record_id: str) -> str:
    """Return the UUID by which a message refers to a record; the same for the same record."""
    # Of version 4 as receivers expect it, and yet the same for the same record.
    digest = hashlib.sha256(f"aeapp:{record_id}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))
