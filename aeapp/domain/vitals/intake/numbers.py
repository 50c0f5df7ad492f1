"""Read the numbers of files: digits of our script, a decimal sign, nothing guessed."""

from __future__ import annotations

import re
from decimal import Decimal

_PLAIN = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,20})?")
_SCIENTIFIC = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,20})?)(?:[eE]([+-]?[0-9]{1,2}))?")
_FARTHEST = 12


def plain_number(text: str) -> Decimal | None:
    """Return a number from 0 to 999999 with up to 20 decimals; None where it is none."""
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def json_number(text: str) -> Decimal | None:
    """Return a number of JSON of a size that a vital sign can have; None where it is none."""
    match = _SCIENTIFIC.fullmatch(text)
    if match is None or abs(int(match[2] or 0)) > _FARTHEST:
        return None
    number = Decimal(text)
    # Written out, so that 9.7e1 is stored as the 97 it is.
    return Decimal(format(number, "f")) if match[2] else number
