"""One text for one value: the form in which entries, states and anchors are hashed.

Sorted ASCII keys, no spaces, no numbers but whole ones within 2^53. Within these limits the text
equals RFC 8785; a floating-point number or a non-ASCII key would break that and is refused.
"""

from __future__ import annotations

import json
from typing import Any

ABSENT: dict[str, bool] = {"absent": True}
_LIMIT = 2**53

_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


class NotCanonicalError(ValueError):
    """The value holds something that has no single text."""


def canonical(value: Any) -> str:
    """Return the one text of ``value``, pure ASCII.

    Raises:
        NotCanonicalError: It holds a float, a huge number, a key that is not ASCII text, or another type.
    """
    _check(value)
    return _encode(value)


def _check(value: Any) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if not -_LIMIT <= value <= _LIMIT:
            msg = "a number beyond 2^53"
            raise NotCanonicalError(msg)
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                msg = "a key that is not ASCII text"
                raise NotCanonicalError(msg)
            _check(inner)
        return
    if isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
        return
    msg = f"a value of type {type(value).__name__}"
    raise NotCanonicalError(msg)
