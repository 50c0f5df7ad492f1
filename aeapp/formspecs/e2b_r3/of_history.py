"""Sections D.7 and D.8 of a case: what MedDRA has a code for in rows, the rest in words."""

from __future__ import annotations

from aeapp.domain.case import Case
from aeapp.domain.conditions import history_words, name_words
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.medicines import past_medicines
from aeapp.domain.records.patient import Condition, Medicine
from aeapp.domain.stating import is_stated
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import put, reason_for

# A row has a code and a comment; what people call the condition stands before the comment.
AS_REPORTED = "As reported: "


def history_of(message: Part, case: Case) -> None:
    """Put conditions, the rest of the history, other therapies and the medicines of the past."""
    coded = [one for one in case.patient.conditions if as_text(one.meddra_code)]
    for condition in coded:
        _condition(message.add("D.7.1.r"), condition)
    _in_words(message, case, has_rows=bool(coded))
    put(message, "D.7.3", case.case.beyond.other_therapies or None)
    for medicine in past_medicines(case):
        _past(message.add("D.8.r"), medicine)


def _condition(row: Part, condition: Condition) -> None:
    row.put("D.7.1.r.1a", as_text(condition.meddra_edition))
    row.put("D.7.1.r.1b", as_text(condition.meddra_code))
    put(row, "D.7.1.r.2", condition.started)
    put(row, "D.7.1.r.3", condition.ongoing)
    put(row, "D.7.1.r.4", condition.ended)
    name, comment = " ".join(name_words(condition).splitlines()), as_text(condition.comment)
    told = (f"{AS_REPORTED}{name}" if name else "", comment)
    row.put("D.7.1.r.5", "\n".join(text for text in told if text))
    # True or absent: that it is the patient's own says nothing more.
    put(row, "D.7.1.r.6", condition.family or None)


def _in_words(message: Part, case: Case, *, has_rows: bool) -> None:
    """Put the history, or why there is none; without any answer it is not documented."""
    if is_stated(case, "happening.history"):
        text = as_text(case.happening.history)
    else:
        rest = (one for one in case.patient.conditions if not as_text(one.meddra_code))
        text = history_words(case, rest) or ""
    said = case.patient.history
    reason = reason_for("D.7.2", said) if isinstance(said, NullFlavor) else None
    message.put("D.7.2", text or reason or (None if has_rows else NullFlavor.UNK))


def _past(row: Part, medicine: Medicine) -> None:
    # There was one, and nobody knows which.
    row.put("D.8.r.1", as_text(medicine.name) or NullFlavor.UNK)
    put(row, "D.8.r.4", medicine.started)
    put(row, "D.8.r.5", medicine.ended)
    for code, number in (
        (medicine.indication_code, "D.8.r.6"),
        (medicine.reaction_code, "D.8.r.7"),
    ):
        if code:
            row.put(f"{number}a", as_text(medicine.meddra_edition))
            row.put(f"{number}b", code)
