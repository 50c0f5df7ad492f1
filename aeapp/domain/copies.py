"""Copies of what is on record that leave something out: made before anything is drawn.

A de-identified copy has lost what the Safe Harbor list names: it is called so, never anonymous. The
copy for a manufacturer has lost who reported. What is not here was not drawn, so that no page, no
property of a file and no continuation can tell it.

Source:
    45 CFR 164.514(b)(2)(i) (the list), (c) (codes); Form FDA 3500 G5; V26, V32.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from aeapp.domain.case import Case, Digest, Given, TestRow
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.codelists.safety import AgeUnit
from aeapp.domain.items import Attribute, NullFlavor, Privacy, Section, as_text, attributes_of
from aeapp.domain.narrative.identifiers import Identifier, find, folded
from aeapp.domain.narrative.scan import identifiers_of
from aeapp.domain.narrative.stripping import stripped
from aeapp.domain.values import PartialDate
from aeapp.domain.views import age_on
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import N_

S = TypeVar("S", bound=Section)


WITHHELD = "[withheld: nobody read it for identifiers]"
OLDEST = 89
VERY_OLD = "90 or older"
NO_CODE = "de-identified"


class Handling(StrEnum):
    """What becomes of an item in a de-identified copy."""

    KEPT = "kept"
    DROPPED = "dropped"
    YEAR = "year"
    TEXT = "text"


# By class and item. Every text that is not named here was typed by somebody and is read by a
# person or withheld; every date that is not named here becomes its year.
KEPT = frozenset(
    {
        *(f"Product.{n}" for n in ("name", "strength", "ndc", "maker")),
        *(f"Snapshot.{n}" for n in ("name", "ndc", "maker", "lot", "expires")),
        *(f"Lot.{n}" for n in ("number", "expires", "bought_state")),
        "Event.language",
        *(f"Coding.{n}" for n in ("edition", "meddra_edition", "code", "term")),
        *(f"Device.{n}" for n in ("brand", "procode", "common_name", "maker", "model", "lot")),
        *(f"Device.{n}" for n in ("catalog", "expires")),
        *(f"LabelList.{n}" for n in ("name", "label_version", "dated")),
        *("LabelTerm.term", "LabelTerm.qualifier", "Score.scale", "Proposal.rule"),
        "Score.edition",
        *("Condition.icd10cm", "Condition.meddra_code", "Condition.meddra_edition"),
        *("CauseOfDeath.meddra_code", "CauseOfDeath.meddra_edition"),
        *(f"Medicine.{n}" for n in ("indication_code", "reaction_code", "meddra_edition")),
        *("Diagnosis.code", "Diagnosis.edition", "Summary.language"),
        *("Check.code", "Check.words", "Report.form", "Clinic.state", "Reporter.state"),
        *(f"Device.{n}_code" for n in ("clinical", "impact", "problem", "component")),
        *(f"ReportVersion.{n}" for n in ("form", "rules", "program")),
        *("Clinic.time_zone", "TestRow.low", "TestRow.high", "Sentence.template"),
    }
)
DROPPED = frozenset(
    {
        *("CaseFile.number", "CaseFile.title", "CaseFile.subject_number", "Report.number"),
        *(f"Clinic.{n}" for n in ("name", "address", "city", "postal_code", "phone", "email")),
        *("Patient.code", "Session.number", "Session.chair", "Session.transferred_to"),
        *(f"Lot.{n}" for n in ("bought_from", "bought_address", "bought_city")),
        *("Lot.bought_postal_code", "Lot.bought_website", "Device.serial", "Device.udi"),
        *("Device.reprocessor", "Observation.device", "Awareness.teller"),
        *(f"Clinic.{n}" for n in ("contact", "cms_number", "exemption")),
        *(f"Clinic.{n}" for n in ("department", "fax", "sender_id", "receiver_id")),
        *(f"Clinic.contact_{n}" for n in ("title", "first_name", "last_name")),
        *(f"Study.{n}" for n in ("cross_inds", "pre_anda", "registration")),
        *("Paper.reference", "Paper.sha256", "Product.application", "Attachment.sha256"),
        *("CaseFile.sender_number", "CaseFile.worldwide_number"),
        *("OtherNumber.source", "OtherNumber.number", "Registration.number"),
        *("Report.facility_number", "CaseFile.place_text", "Session.transferred_by"),
        *(f"FacilityPart.{n}" for n in ("number", "exemption", "name_and_address", "phone")),
        *(f"MakerPart.{n}" for n in ("name", "email", "phone", "address", "outsourcing_name")),
        *(f"MakerPart.{n}" for n in ("ind", "protocol", "number")),
        *(f"Study.{n}" for n in ("title", "protocol", "ind", "sponsor", "sponsor_contact")),
        # Numbers that others gave, and hashes of what names the patient, lead back to one.
        *(f"Sending.{n}" for n in ("reference", "proof", "proof_sha256", "document_sha256")),
        *("FrozenPart.name", "FrozenPart.sha256", "Approval.case_sha256", "Request.number"),
        # How a text or a warning came about; nothing of it is printed.
        *(f"Sentence.{n}" for n in ("about", "text", "made", "sources")),
        *(f"Aside.{n}" for n in ("path", "value", "reason", "rule")),
        *(f"LeftIn.{n}" for n in ("item", "mark", "reason")),
        *(f"StatedValue.{n}" for n in ("path", "value", "reason")),
    }
)


def handling_of(section: type[Section], attribute: Attribute) -> Handling:
    """Return what becomes of an item; what nobody thought of is withheld or becomes a year."""
    name = f"{section.__name__}.{attribute.name}"
    item = attribute.item
    if name in DROPPED or (item is not None and item.phi is not Privacy.CLINICAL):
        return Handling.DROPPED
    if name in KEPT:
        return Handling.KEPT
    if attribute.type is PartialDate:
        return Handling.YEAR
    return Handling.TEXT if attribute.type is str else Handling.KEPT


@dataclass(slots=True)
class Left:
    """What was left out of a copy, counted by kind; no words of it."""

    counts: Counter[str] = field(default_factory=Counter)

    def lines(self) -> tuple[str, ...]:
        """Return each kind with its count, in the order of the alphabet."""
        return tuple(f"{what}: {n}" for what, n in sorted(self.counts.items()))


Change = Callable[[type[Section], Attribute, Any], Any]


def _changed(section: S, change: Change) -> S:
    """Return a section with ``change`` made to every value in it, whatever holds it."""
    parts: dict[str, Any] = {}
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.item is not None:
            new = change(type(section), a, value)
        elif a.repeated:
            new = tuple(_changed(member, change) for member in value)
        elif isinstance(value, Section):
            new = _changed(value, change)
        else:
            continue
        if new is not value:
            parts[a.name] = new
    return replace(section, **parts) if parts else section  # type: ignore[type-var]


Move = Callable[[PartialDate], PartialDate]


def to_year(at: PartialDate) -> PartialDate:
    """Return the year of a date, which is all of it that the list leaves."""
    return PartialDate(at.year)


class Deidentifier:
    """Takes out what the Safe Harbor list names.

    Attributes:
        left: What was taken out so far.
    """

    def __init__(
        self, known: Iterable[Identifier], *, texts_read: bool, move: Move = to_year
    ) -> None:
        # What is the patient's own goes in small letters too; an ordinary word may go with it.
        self._known = tuple(
            replace(one, often_a_word=False) if one.of_patient else replace(one, of_patient=True)
            for one in known
        )
        self._texts_read, self._move = texts_read, move
        self.left = Left()

    def copy(self, section: S) -> S:
        """Return a copy of a section and all in it."""
        return _changed(section, self._of_item)

    def _of_item(self, section: type[Section], attribute: Attribute, value: Any) -> Any:
        if value is None or isinstance(value, NullFlavor):
            return value
        match handling_of(section, attribute):
            case Handling.DROPPED:
                self.left.counts["items of the list"] += 1
                return masked(attribute)
            case Handling.YEAR if value.month is not None:
                self.left.counts["dates"] += 1
                return self._move(value)
            case Handling.TEXT:
                return self.words(value)
        return value

    def words(self, value: str) -> str:
        """Return a text without identifiers, or that it is withheld."""
        if not value.strip():
            return value
        if not self._texts_read:
            self.left.counts["texts that nobody read"] += 1
            return WITHHELD
        text, found = stripped(value, self._known)
        self.left.counts.update(found)
        return text

    def age(self, age: Any, unit: AgeUnit | None) -> Any:
        """Return an age, the words for those over 89 in years."""
        if isinstance(age, Decimal) and unit is AgeUnit.YEAR and age > OLDEST:
            self.left.counts["ages over 89"] += 1
            return VERY_OLD
        return age


def masked(attribute: Attribute) -> NullFlavor | None:
    """Return what stands in the place of what was taken out."""
    item = attribute.item
    return NullFlavor.MSK if item is not None and NullFlavor.MSK in item.nulls else None


def known_of(case: Case) -> tuple[Identifier, ...]:
    """Return what the records know, and each half of a double name, which tells as much."""
    halves = re.findall(r"[^\W\d_]{4,}", folded(as_text(case.patient.name))[0])
    parts = (
        Identifier(N_("a part of the patient’s name"), rf"(?<![^\W\d_]){half}(?![^\W\d_])")
        for half in halves
    )
    return (*identifiers_of(case), *parts)


def deidentified(case: Case, *, texts_read: bool, move: Move = to_year) -> tuple[Case, Left]:
    """Return a copy of ``case`` without what the Safe Harbor list names, and what was left out.

    The views stay as they were computed: a year alone would make another age.

    Args:
        case: The case.
        texts_read: A person has read every free text of it.
        move: What becomes of a date that is known better than to the year.
    """
    maker = Deidentifier(known_of(case), texts_read=texts_read, move=move)
    # Readings are told by their rows; what was computed from them holds them as they were.
    copy = replace(maker.copy(case), digest=Digest(), given=Given(), keys={}, sources={})
    tests = tuple(
        replace(row, text=_since_dose(case, old, maker))
        for row, old in zip(copy.tests, case.tests, strict=True)
    )
    subject, patient = case.subject, case.patient
    return replace(
        copy,
        tests=tests,
        subject=replace(
            copy.subject,
            identifier=NO_CODE,
            age=maker.age(subject.age, subject.age_unit),
        ),
        patient=replace(copy.patient, age=maker.age(patient.age, patient.age_unit)),
    ), maker.left


def _since_dose(case: Case, row: TestRow, maker: Deidentifier) -> str | None:
    """Return a row of readings with minutes from the dose instead of the time of day."""
    clock, _space, rest = (row.text or "").partition(" ")
    if not (clock[:1].isdigit() and ":" in clock):
        return maker.words(row.text) if row.text else None
    dose = case.digest.dose_at
    at = row.at if isinstance(row.at, PartialDate) else None
    return f"{minute_words(dose, at)} {rest}".strip()


# --- the papers of a session

NOON = dt.timedelta(hours=12)


def since(zero: PartialDate | None) -> Move:
    """Return what moves a time so that ``zero`` is at noon of the first of January.

    What is left of a time is how long after ``zero`` it was. Without a zero, or without a time of
    day and its offset, a date becomes its year.
    """
    begun = zero.utc() if zero else None

    def moved(at: PartialDate) -> PartialDate:
        then = at.utc()
        if zero is None or begun is None or then is None:
            return to_year(at)
        first = dt.datetime(zero.year, 1, 1, tzinfo=dt.UTC) + NOON
        return PartialDate.of(first + (then - begun))

    return moved


def deidentified_file(file: SessionFile, *, texts_read: bool) -> tuple[SessionFile, Left]:
    """Return a copy of a session without what the Safe Harbor list names, and what was left out.

    Its times are moved so that the first dose is at noon of the first of January: what is left of
    them is how long after the dose something was. Without a dose a time becomes its year.
    """
    about = Case(
        patient=file.patient, sessions=(file.session,), calls=file.calls, checks=file.checks
    )
    maker = Deidentifier(known_of(about), texts_read=texts_read, move=since(file.zero))
    copy = maker.copy(file)
    age, unit = _age_at(file)
    return replace(
        copy,
        # What was entered when tells the day.
        entries=(),
        as_of=None,
        clinic=replace(copy.clinic, time_zone="UTC"),
        patient=replace(copy.patient, age=maker.age(age, unit), age_unit=unit),
    ), maker.left


def _age_at(file: SessionFile) -> tuple[Any, AgeUnit | None]:
    """Return the age at the first dose, which tells less than the date of birth did."""
    born, zero = file.patient.birth_date, file.zero
    if isinstance(born, PartialDate) and born.is_full_day and zero is not None:
        return age_on(born.first_day(), zero.first_day())
    return file.patient.age, file.patient.age_unit


# --- the copy for a manufacturer

_LETTERHEAD = {
    *(("Clinic", n) for n in ("name", "address", "city", "postal_code", "phone", "email")),
    *(("Clinic", n) for n in ("contact", "cms_number", "department", "fax", "sender_id")),
    ("Clinic", "receiver_id"),
    *(("Clinic", f"contact_{n}") for n in ("title", "first_name", "last_name")),
    *(("FacilityPart", n) for n in ("name_and_address", "contact", "phone")),
    *(("MakerPart", n) for n in ("name", "address", "phone", "email", "outsourcing_name")),
}


def for_maker(case: Case) -> tuple[Case, Left]:
    """Return a copy of ``case`` for a manufacturer, and what was left out.

    Who reported, who assessed and whose letterhead it is are left out unless the reporter said
    that the manufacturer may be told; one who was not asked is not named.
    """
    left = Left()
    if case.filer.withhold_identity is False:
        return case, left
    known = tuple(
        replace(one, of_patient=True) for one in identifiers_of(case) if not one.of_patient
    )
    return _changed(case, _without_reporter(known, left)), left


def without_letterhead(section: S, left: Left) -> S:
    """Return a part of a paper for a manufacturer: no letterhead, nobody of the staff.

    ``left`` counts on what was left out.
    """
    return _changed(section, _without_reporter((), left))


def _without_reporter(known: tuple[Identifier, ...], left: Left) -> Change:
    def change(section: type[Section], attribute: Attribute, value: Any) -> Any:
        item = attribute.item
        if value is None or item is None or isinstance(value, NullFlavor):
            return value
        own = section.__name__ == "Reporter" and item.phi is Privacy.IDENTIFYING
        head = (section.__name__, attribute.name) in _LETTERHEAD
        if own or head or item.phi is Privacy.STAFF:
            left.counts["who reported, signed or assessed, and the letterhead"] += 1
            return masked(attribute)
        if attribute.type is str and (found := [one for one in find(value, known) if one.sure]):
            left.counts["names of reporters in texts"] += len(found)
            return stripped(value, known, only_known=True)[0]
        return value

    return change


def still_tells(case: Case, copy: Section) -> tuple[str, ...]:
    """Return what of the known identifiers of the patient is still in a copy; never the words."""
    known = [one for one in identifiers_of(case) if one.of_patient]
    found = {one.what for text in texts_of(copy) for one in find(text, known) if one.sure}
    return tuple(sorted(found))


def texts_of(section: Section) -> Iterator[str]:
    """Yield every text in a section and all in it."""
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.item is not None:
            if text := as_text(value):
                yield text
        elif a.repeated:
            for member in value:
                yield from texts_of(member)
        elif isinstance(value, Section):
            yield from texts_of(value)


__all__ = [
    "CopyKind",
    "Deidentifier",
    "Handling",
    "Left",
    "deidentified",
    "deidentified_file",
    "for_maker",
    "handling_of",
    "known_of",
    "since",
    "still_tells",
    "texts_of",
    "to_year",
    "without_letterhead",
]
