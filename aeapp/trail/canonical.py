"""One text for one value: the form in which entries, states and anchors are hashed.

Sorted ASCII keys, no spaces, no numbers but whole ones within 2^53. Within these limits the text
equals RFC 8785; a floating-point number or a non-ASCII key would break that and is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

ABSENT: dict[str, bool] = {"absent": True}
_LIMIT = 2**53
_PLAIN = frozenset({str, bool, type(None)})

_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


class NotCanonicalError(ValueError):
    """The value holds something that has no single text."""


def canonical(value: Any) -> str:
    """Return the one text of ``value``, pure ASCII.

    Raises:
        NotCanonicalError: It holds a float, a huge number, a key that is not ASCII, another type.
    """
    fault = _fault(value)
    if fault:
        raise NotCanonicalError(fault)
    return _encode(value)


def _fault(value: Any) -> str:
    """Say what in ``value`` has no single text; "" where nothing has."""
    if type(value) in _PLAIN or isinstance(value, str):
        return ""
    if isinstance(value, int):
        return "" if abs(value) <= _LIMIT else "a number beyond 2^53"
    if isinstance(value, dict):
        return "a key that is not ASCII text" if _odd_key(value) else _first_fault(value.values())
    if isinstance(value, list | tuple):
        return _first_fault(value)
    return f"a value of type {type(value).__name__}"


def _first_fault(values: Iterable[Any]) -> str:
    for inner in values:
        # Nearly all of it; every row that is stored comes by here.
        if type(inner) in _PLAIN:
            continue
        fault = _fault(inner)
        if fault:
            return fault
    return ""


def _odd_key(keys: Iterable[Any]) -> bool:
    try:
        return not "".join(keys).isascii()
    except TypeError:
        return True
