"""JSON of strangers: numbers as they are written, no key twice, no depth that breaks the reader."""

from __future__ import annotations

import json
import re
from typing import Any

from aeapp.domain.rejection import rejected, text_of
from aeapp.kernel.i18n import N_, _

MAX_VALUES = 1_000_000
MAX_DEPTH = 100
# Brackets, and texts as a whole, so that brackets inside of these do not count. A text without an
# end goes to the end of the file: to try again from each of its signs would take for ever.
_SIGNS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class Digits(str):
    """A number as the file writes it."""

    __slots__ = ()


class _TwiceError(ValueError):
    """A key stands in one object more than once."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # The last would win: a dose or a pressure could change unseen.
        raise _TwiceError
    return found


def parsed(source: str | bytes) -> Any:
    """Return what a text of JSON holds, its numbers as ``Digits``.

    Raises:
        ImportRejected: It is no JSON, too large, too deep, or has a key twice.
    """
    text = text_of(source)
    if text.count(",") + text.count("{") + text.count("[") > MAX_VALUES:
        raise rejected(_("The file"), N_("{path} holds more than a million values."))
    if _depth(text) > MAX_DEPTH:
        raise rejected(_("The file"), N_("{path} is nested too deeply."))
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=Digits,
            parse_int=Digits,
            parse_constant=Digits,
        )
    except json.JSONDecodeError as error:
        where = _("line {line}, column {column}").format(line=error.lineno, column=error.colno)
        raise rejected(where, N_("This is no JSON: {reason}.").format(reason=error.msg)) from None
    except _TwiceError:
        raise rejected(_("The file"), N_("{path} has a key twice in one object.")) from None


def _depth(text: str) -> int:
    deepest = depth = 0
    for match in _SIGNS.finditer(text):
        sign = match[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest
