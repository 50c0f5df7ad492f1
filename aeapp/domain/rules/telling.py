"""Find what in a patient code would tell a stranger who the patient is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from aeapp.domain.items import as_text
from aeapp.domain.narrative.identifiers import date_patterns
from aeapp.domain.records import Patient
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_

_SHAPES = (
    (
        re.compile(r"(?<!\d)\d{3}[\W_]{0,2}\d{2}[\W_]{0,2}\d{4}(?!\d)"),
        N_("Replace the identifier: it looks like a SSN."),
    ),
    (re.compile(r"\S+@\S+\.\S+"), N_("Replace the identifier: it holds an e-mail address.")),
    (
        # Ten digits or more that are no part of a longer code, such as a case number.
        re.compile(r"(?<![\w-])\+?(?:\d[\s().-]{0,2}){10,}(?![\w-])"),
        N_("Replace the identifier: it looks like a phone number."),
    ),
    (
        re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[-/.](?:\d{1,2}|[A-Za-z]{3})[-/.]\d{4}\b"),
        N_("Replace the identifier: it holds a full date."),
    ),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG_NAME, _LONG_NUMBER, _LONG_PHONE = 3, 5, 7


def what_it_tells(code: str, patient: Patient) -> Iterator[str]:
    """Yield a sentence for each thing by which ``code`` tells who ``patient`` is."""
    folded = _folded(code)
    for expression, text in _SHAPES:
        if expression.search(code):
            yield text
    if _holds_name(folded, patient) or _holds_number(folded, patient):
        yield N_("Replace the identifier: it holds the patient's name or record number.")
    if _holds_birth_date(folded, patient):
        yield N_("Replace the identifier: it holds the patient's date of birth.")
    phone = _digits(as_text(patient.phone))
    if len(phone) >= _LONG_PHONE and phone in _digits(code):
        yield N_("Replace the identifier: it holds the patient's phone number.")


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _holds_name(folded: str, patient: Patient) -> bool:
    parts = _LETTERS.findall(_folded(as_text(patient.name)))
    if any(p in _LETTERS.findall(folded) for p in parts if len(p) >= _LONG_NAME):
        return True
    written = "".join(_LETTERS.findall(folded))
    whole = {"".join(parts), "".join(reversed(parts))}
    return any(len(name) > _LONG_NAME and name in written for name in whole)


def _holds_number(folded: str, patient: Patient) -> bool:
    runs = re.findall(r"[^\W_]+", _folded(as_text(patient.record_number)))
    if not runs:
        return False
    joined = r"[\W_]*".join(re.escape(run) for run in runs)
    if re.search(rf"(?<![^\W_]){joined}(?![^\W_])", folded):
        return True
    # A long number tells with letters around it, too; a short one stands in other codes by chance.
    digits = "".join(runs)
    return digits.isdecimal() and len(digits) >= _LONG_NUMBER and _stands_in(joined, folded)


def _stands_in(digits: str, folded: str) -> bool:
    return re.search(rf"(?<!\d){digits}(?!\d)", folded) is not None


def _holds_birth_date(folded: str, patient: Patient) -> bool:
    born = patient.birth_date
    if not isinstance(born, PartialDate) or not born.is_full_day:
        return False
    return any(_stands_in(order, folded) for order in date_patterns(born))
