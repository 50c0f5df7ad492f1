"""How a condition of the patient's history reads on a form, in a narrative and in the record."""

from __future__ import annotations

from collections.abc import Iterable

from aeapp.domain.case import Case
from aeapp.domain.codecs import show_date
from aeapp.domain.items import NULL_LABELS, NullFlavor, as_text
from aeapp.domain.records.patient import Condition
from aeapp.domain.values import PartialDate


def condition_words(condition: Condition) -> str:
    """Return ``migraine (ICD-10-CM G43.1), since 2019, continues``; empty where nothing is told.

    An answer that is a reason is told as the reason it is; what nobody asked is left out. A code
    of MedDRA stands only where nothing else names the condition.
    """
    head = name_words(condition) or meddra_words(condition)
    if not head:
        return ""
    if condition.family:
        # Nobody may take it for one of the patient's own.
        head = f"in the family: {head}"
    told = ", ".join(part for part in (head, *_course(condition)) if part)
    comment = as_text(condition.comment)
    return f"{told}; {comment}" if comment else told


def name_words(condition: Condition) -> str:
    """Return ``migraine (ICD-10-CM G43.1)``, what people call it; empty where nobody named it."""
    name, code = as_text(condition.name), as_text(condition.icd10cm).upper()
    coded = f"ICD-10-CM {code}" if code else ""
    return f"{name} ({coded})" if name and coded else name or coded


def meddra_words(condition: Condition) -> str:
    """Return ``MedDRA 10027599 (28.0)``; empty without a code."""
    code, edition = as_text(condition.meddra_code), as_text(condition.meddra_edition)
    return f"MedDRA {code} ({edition})" if code and edition else code and f"MedDRA {code}"


def history_words(case: Case, conditions: Iterable[Condition]) -> str | None:
    """Return the history in words, with these conditions of it; None where nothing is told."""
    listed = (condition_words(one) for one in conditions)
    parts = (case.patient.history, *listed, case.case.more_history)
    texts = [text for part in parts if (text := as_text(part))]
    if allergies := as_text(case.patient.allergies):
        texts.append("Allergies: " + allergies)
    return "\n".join(texts) or None


def _course(condition: Condition) -> tuple[str, str, str]:
    return (
        _date("since", "begin", condition.started),
        _date("until", "end", condition.ended),
        _goes_on(condition),
    )


def _date(word: str, noun: str, at: PartialDate | NullFlavor | None) -> str:
    if isinstance(at, PartialDate):
        return f"{word} {show_date(at)}"
    return "" if at is None else f"{noun} {_reason(at)}"


def _goes_on(condition: Condition) -> str:
    match condition.ongoing:
        case True:
            return "continues"
        case False:
            # An end that is told says it already.
            return "" if isinstance(condition.ended, PartialDate) else "no longer present"
        case None:
            return ""
        case reason:
            return f"whether it continues: {_reason(reason)}"


def _reason(reason: NullFlavor) -> str:
    return NULL_LABELS[reason].lower()
