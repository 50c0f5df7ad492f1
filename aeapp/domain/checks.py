"""Reusable value rules for items; each returns a sentence when a value breaks it."""

from __future__ import annotations

import re
import zoneinfo
from decimal import Decimal

from aeapp.domain.items import Check
from aeapp.kernel.i18n import N_, _


def between(low: str, high: str, unit: str = "") -> Check:
    """Accept numbers from ``low`` to ``high``, both included."""
    lowest, highest = Decimal(low), Decimal(high)

    def check(value: Decimal | int) -> str | None:
        if lowest <= value <= highest:
            return None
        return _("Expected {low} to {high}.").format(low=low, high=f"{high} {unit}".strip())

    return check


def pattern(expression: str, sentence: str) -> Check:
    """Accept text that matches ``expression`` as a whole; else answer ``sentence``."""
    compiled = re.compile(expression)

    def check(value: str) -> str | None:
        return None if compiled.fullmatch(value) else _(sentence)

    return check


def longest(limit: int) -> Check:
    """Accept text of at most ``limit`` UTF-16 units, as the official form's counter does."""

    def check(value: str) -> str | None:
        length = utf16_length(value)
        if length <= limit:
            return None
        return _("Shorten to {limit} characters; this has {length}.").format(
            limit=limit, length=length
        )

    return check


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, a line break counted as one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def time_zone(value: str) -> str | None:
    """Accept names of the IANA time zone database."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return _("Expected a zone such as America/New_York.")
    return None


ICD_10_CM = pattern(
    r"(?i)[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?",
    N_(
        "An ICD-10-CM code is a letter, a digit and a third character, then, where it goes on, a "
        "dot and up to four more, such as F33.2."
    ),
)
# A code of MedDRA has eight digits; its versions have one figure after the point.
MEDDRA_CODE = pattern("[1-9][0-9]{7}", N_("A MedDRA code has 8 digits, such as 10012174."))
MEDDRA_EDITION = pattern("[1-9][0-9]?[.][0-9]", N_("A version of MedDRA is such as 28.0."))
LANGUAGE = pattern("[a-z]{3}", N_("A language is three small letters, such as spa."))
USER_NAME = pattern(r"[a-z0-9._-]{3,32}", N_("Use 3 to 32 of a-z, 0-9, dot, hyphen, underscore."))
