"""One hash for what a paper shows: equal records give the same one, any other value another.

Pages carry the start of it, so that two papers of one session, lot or period can be told to show
the same records without reading them. A report has the hash of its open case file instead, which
anybody can compute anew; here it is over all records of the paper, whatever their kinds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


def fingerprint(*shown: Any) -> str:
    """Return the SHA-256, in hexadecimal digits, of everything in ``shown``.

    What a class keeps for speed alone, and says so by leaving it out of its comparison, is left
    out here as well.
    """
    text = json.dumps([_told(one) for one in shown], separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _told(value: Any) -> Any:
    """Return a value as JSON has it, in one order and with the name of its class."""
    if isinstance(value, tuple | list):
        return [_told(one) for one in value]
    if isinstance(value, Mapping):
        return sorted(([_told(k), _told(v)] for k, v in value.items()), key=json.dumps)
    if isinstance(value, frozenset | set):
        return sorted((_told(one) for one in value), key=json.dumps)
    if is_dataclass(value) and not isinstance(value, type):
        told = [_told(getattr(value, f.name)) for f in fields(value) if f.compare]
        return [type(value).__name__, *told]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    if value is None or isinstance(value, str | int):
        return value
    # Decimals, fractions, floating-point numbers and dates each have one text.
    return [type(value).__name__, str(value)]


__all__ = ["fingerprint"]
