"""Turn values into text and back, for every value type an item may have.

``read`` and ``show`` are for people at the keyboard, ``to_json`` and ``from_json`` for files and
storage; the second pair returns an equal value for every value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from aeapp.domain.codelists import label
from aeapp.domain.items import FieldSpec, NullFlavor
from aeapp.domain.values import MONTHS, PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

MAX_TEXT = 100_000
_BOUND = 10**15
_DECIMAL = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?", re.ASCII)
# Overrides and embeddings could make a name read as another; they never enter (S-20).
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\ufffe\uffff\ud800-\udfff]"
)


def readable(text: str) -> str:
    """Return a text of strangers with a sign for each character that no record may hold."""
    return _FORBIDDEN.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class _Words:
    number: str = N_("Expected a number such as 61.5.")
    whole: str = N_("Expected a whole number.")
    date: str = N_("Expected a date such as 16-Nov-2026, Nov-2026 or 2026, with a time if known.")
    calendar: str = N_("The calendar has no such day.")
    clock: str = N_("The clock has no such time.")
    iso: str = N_("Expected a date such as 2026-11-16, 2026-11, 2026 or 2026-11-16T10:44-05:00.")
    choice: str = N_("Choose one of the listed answers.")
    yes_no: str = N_("Answer Yes or No.")


_WORDS = _Words()


def clean_text(text: str) -> str:
    """Return ``text`` in NFC, its line ends as single line feeds.

    Raises:
        BadInputError: It holds control or direction-override characters.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    found = _FORBIDDEN.search(text)
    if found:
        raise BadInputError(
            _("The text holds the character U+{code:04X}, which cannot be stored.").format(
                code=ord(found.group())
            ),
            remedy=_("Delete that character and enter the text again."),
        )
    return text


def _bad(sentence: str) -> BadInputError:
    return BadInputError(_(sentence), remedy=_("Correct the entry; what you typed is kept."))


def _read_decimal(text: str) -> Decimal:
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        raise _bad(_WORDS.number)
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits numbers only
        raise _bad(_WORDS.number) from None


def _read_int(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,15}", text.strip()):
        raise _bad(_WORDS.whole)
    return int(text)


_TYPED = re.compile(
    r"(?:(?:(\d{1,2})[-\s./])?([A-Za-z]{3,9})[-\s./,]+)?(\d{4})"
    r"(?:[\sT,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_SHAPED = re.compile(
    r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?", re.ASCII
)


_FULL_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _read_date(text: str) -> PartialDate:
    text = _as_iso(text.strip())
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise _no_such_date(text.replace(" ", "T"), _WORDS.date) from None


def _as_iso(text: str) -> str:
    if re.match(r"\d{4}(-\d|$)", text):
        return text
    match = _TYPED.fullmatch(text)
    if match is None:
        raise _bad(_WORDS.date)
    day, word, year, hour, minute, second, zone = match.groups()
    month = _month_number(word)
    iso = year + (f"-{month:02d}" if month else "") + (f"-{int(day):02d}" if day else "")
    time = f"T{int(hour):02d}:{minute}" + (f":{second}" if second else "") if hour else ""
    return iso + time + (zone or "")


def _no_such_date(text: str, shape: str) -> BadInputError:
    """Say what is wrong with ``text``: its shape, its day or its time of day."""
    if not _SHAPED.fullmatch(text):
        return _bad(shape)
    try:
        PartialDate.parse(text[: len("2026-11-16")])
    except ValueError:
        return _bad(_WORDS.calendar)
    return _bad(_WORDS.clock)


def _month_number(word: str | None) -> int | None:
    if word is None:
        return None
    for names in (MONTHS, _FULL_MONTHS):
        if word.title() in names:
            return names.index(word.title()) + 1
    raise _bad(_WORDS.date)


def _read_enum(kind: type[StrEnum], text: str) -> StrEnum:
    wanted = text.strip().casefold()
    for member in kind:
        if wanted in (member.value.casefold(), _(label(member)).casefold()):
            return member
    raise _bad(_WORDS.choice)


def _read_bool(text: str) -> bool:
    word = text.strip().casefold()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    raise _bad(_WORDS.yes_no)


def _read_text(text: str) -> str:
    return _short_enough(text.rstrip() if "\n" in text else text.strip())


def _short_enough(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise _bad(N_("The text is longer than 100,000 characters."))
    return text


_READERS: dict[type, Callable[[str], Any]] = {
    str: _read_text,
    Decimal: _read_decimal,
    int: _read_int,
    bool: _read_bool,
    PartialDate: _read_date,
}


def read(spec: FieldSpec, text: str) -> Any:
    """Return the value that ``text``, as typed by a person, means; None for nothing.

    Raises:
        BadInputError: The text cannot be read as the item's type.
    """
    text = clean_text(text)
    if not text.strip():
        return None
    if spec.type is frozenset:
        return frozenset(_read_enum(spec.element, part) for part in text.split(";") if part.strip())
    reader = _READERS.get(spec.type)
    return reader(text) if reader else _read_enum(spec.type, text)


def show_date(value: PartialDate) -> str:
    """Return ``16-Nov-2026 10:44``, ``Nov-2026`` or ``2026``; the offset is not shown."""
    out = f"{value.year:04d}"
    if value.month is not None:
        out = f"{MONTHS[value.month - 1]}-{out}"
    if value.day is not None:
        out = f"{value.day:02d}-{out}"
    if value.hour is not None:
        out += f" {value.hour:02d}:{value.minute:02d}"
        if value.second is not None:
            out += f":{value.second:02d}"
    return out


def _show_set(value: frozenset[Any]) -> str:
    kind = type(next(iter(value))) if value else ()
    return "; ".join(_(label(member)) for member in kind if member in value)


_SHOWERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: _("Yes") if value else _("No")),
    (PartialDate, show_date),
    (StrEnum, lambda value: _(label(value))),
    (frozenset, _show_set),
    (Decimal, lambda value: format(value, "f")),
)


def show(value: Any) -> str:
    """Return how a value reads in a field; reasons and nothing read as empty text."""
    if value is None or isinstance(value, NullFlavor):
        return ""
    return next((shower(value) for kind, shower in _SHOWERS if isinstance(value, kind)), str(value))


_TO_JSON: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (NullFlavor, lambda value: {"unknown": value.value}),
    (PartialDate, PartialDate.iso),
    (Decimal, lambda value: format(value, "f")),
    (frozenset, lambda value: sorted(member.value for member in value)),
    (StrEnum, lambda value: value.value),
)


def to_json(value: Any) -> Any:
    """Return ``value`` for a JSON file; decimals and dates as text, a reason as an object."""
    return next((write(value) for kind, write in _TO_JSON if isinstance(value, kind)), value)


def from_json(spec: FieldSpec, raw: Any) -> Any:
    """Return the value that ``to_json`` wrote; strict about types.

    Raises:
        BadInputError: The JSON value is not of the item's type.
    """
    if raw is None:
        return None
    if isinstance(raw, dict):
        return _reason(spec, raw)
    if spec.type is frozenset:
        return _from_json_set(spec.element, raw)
    if spec.type in (bool, int):
        return _from_json_plain(spec.type, raw)
    if spec.type is Decimal and isinstance(raw, int) and not isinstance(raw, bool):
        return _read_decimal(str(raw))
    if not isinstance(raw, str):
        raise _bad(N_('Expected text in quotes; write decimals as text, such as "61.5".'))
    return _from_json_text(spec, raw)


def _from_json_plain(kind: type, raw: Any) -> Any:
    # No database stores a number without bounds.
    right = type(raw) is kind
    if not right or abs(raw) >= _BOUND:
        raise _bad(_WORDS.whole if kind is int else N_("Expected true or false."))
    return raw


def _from_json_text(spec: FieldSpec, raw: str) -> Any:
    if spec.type is str:
        # Blanks alone are nothing; text of several lines keeps its shape.
        text = clean_text(raw)
        text = _short_enough(text if "\n" in text and text.strip() else text.strip())
        return text or None
    if spec.type is Decimal:
        return _read_decimal(raw)
    if spec.type is PartialDate:
        return _from_json_date(raw)
    return _member(spec.type, raw)


def _from_json_date(raw: str) -> PartialDate:
    try:
        return PartialDate.from_iso(raw)
    except ValueError:
        raise _no_such_date(raw, _WORDS.iso) from None


def _from_json_set(kind: type[StrEnum], raw: Any) -> frozenset[StrEnum]:
    if not isinstance(raw, list) or not all(isinstance(m, str) for m in raw):
        raise _bad(N_("Expected a list of codes."))
    if len(set(raw)) < len(raw):
        raise _bad(N_("Name each code once."))
    return frozenset(_member(kind, m) for m in raw)


_MOST_CODES = 12


def _member(kind: type[StrEnum], raw: str) -> StrEnum:
    try:
        return kind(raw)
    except ValueError:
        members = [m.value for m in kind]
        codes = ", ".join(members[:_MOST_CODES]) + (" …" if len(members) > _MOST_CODES else "")
        raise _bad(_("Expected one of: {codes}.").format(codes=codes)) from None


def _reason(spec: FieldSpec, raw: dict[str, Any]) -> NullFlavor:
    code = raw.get("unknown") if set(raw) == {"unknown"} else None
    if not isinstance(code, str) or code not in {n.value for n in spec.nulls}:
        allowed = ", ".join(n.value for n in spec.nulls) or _("none here")
        raise _bad(_("Expected a reason of: {codes}.").format(codes=allowed))
    return NullFlavor(code)
