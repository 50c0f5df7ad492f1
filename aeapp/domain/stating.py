"""What a person stated in place of a computed value, bound to the records it was stated for.

A place such as ``suspects[1]`` means another product once one is added, leaves or changes its
order. A statement is therefore kept under the ids of the records behind it,
``suspects[@PRODUCT/LOT].abated``, and shown wherever they stand now; nowhere while they are not in
the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case, is_view, settle, source_of
from aeapp.domain.codecs import read, show
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records.case import StatedValue
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError

# How "none of them" is kept where a list of codes was stated; an empty text is no statement.
NONE_OF_THESE = "none of these"
_PLACE = re.compile(r"(suspects|concomitants|tests)\[(\d+)\](.*)", re.DOTALL)
_KEY = re.compile(r"\[@([^\]]*)\]")
# Begins what is no id: a place at which nothing stood when the statement was bound.
_NOTHING = "-"


def key_of(*ids: str) -> str:
    """Return the key of what the records of these ids make together."""
    return f"@{'/'.join(ids)}"


def with_ids(path: str, ids: dict[str, str]) -> str:
    """Return the path of a statement with the ids in its key exchanged; unknown ones stay."""

    def exchanged(found: re.Match[str]) -> str:
        return f"[@{'/'.join(ids.get(i, i) for i in found[1].split('/'))}]"

    return _KEY.sub(exchanged, path)


def stable(case: Case, path: str) -> str:
    """Return ``path`` by the records it is about instead of by the place where they stand.

    Raises:
        KeyError: Nothing that has an identity stands there.
    """
    head, bracket, rest = path.partition("]")
    return case.keys[head + bracket] + rest if bracket else path


def place_of(case: Case, path: str) -> str | None:
    """Return where a statement kept under ``path`` is shown now; None for nowhere."""
    head, bracket, rest = path.partition("]")
    if not bracket:
        return path
    place = next((place for place, key in case.keys.items() if key == head + bracket), None)
    return None if place is None else place + rest


def state(case: Case, path: str, value: Any) -> Case:
    """Return ``case`` with ``value`` stated at ``path``, views not computed; None takes it back."""
    name = stable(case, path)
    kept = tuple(s for s in case.case.stated if s.path != name)
    text = value.value if isinstance(value, NullFlavor) else _text(value)
    if text:
        kept = (*kept, StatedValue(path=name, value=text))
    return replace(case, case=replace(case.case, stated=kept))


def is_stated(case: Case, path: str) -> bool:
    """Tell whether a value is stated for what stands at ``path``, whether it is shown or not."""
    return any(s.path and place_of(case, s.path) == path for s in case.case.stated)


def bound(case: Case) -> Case:
    """Return the settled ``case`` with what was stated at a place bound to what is there now.

    Earlier versions, and people who write a case file, name the place. What names a place where
    nothing stands is kept and never shown, so that it cannot go to a product that comes later.
    """
    stated = tuple(_bound(case, s) for s in case.case.stated)
    if stated == case.case.stated:
        return case
    return settle(replace(case, case=replace(case.case, stated=stated)))


def _bound(case: Case, stated: StatedValue) -> StatedValue:
    found = _PLACE.fullmatch(stated.path or "")
    if found is None:
        return stated
    name, place, rest = found.groups()
    head = case.keys.get(f"{name}[{place}]") or f"{name}[@{_NOTHING}{place}]"
    return replace(stated, path=head + rest)


def _text(value: Any) -> str:
    if value == frozenset():
        return NONE_OF_THESE
    return value.iso() if isinstance(value, PartialDate) else show(value)


def _value(path: str, text: str) -> Any:
    spec = spec_at(Case, path)
    if spec.type is frozenset and text == NONE_OF_THESE:
        return frozenset()
    return {n.value: n for n in spec.nulls}.get(text) or read(spec, text)


def stated_places(case: Case) -> Iterator[str]:
    """Yield the path of each item of a view that shows a stated value."""
    return (path for path, _text in _shown(case))


def _shown(case: Case) -> Iterator[tuple[str, str]]:
    """Yield place and text of what is shown.

    A suspect it was stated for may no longer be in the case, and where a record holds the item by
    now the record is shown.
    """
    for stated in case.case.stated:
        path = place_of(case, stated.path or "")
        if not path or not stated.value or source_of(case, path) is not None or not is_view(path):
            continue
        if path == "subject.identifier":
            # Only a case without a patient computes it, and no name may stand there then.
            continue
        try:
            lens.get(case, path)
        except KeyError:
            continue
        yield path, stated.value


def applied(case: Case) -> Case:
    """Return ``case`` with its stated values shown in its computed views."""
    # Of two for one item, as a file may bring them, the later one stands.
    for path, text in dict(_shown(case)).items():
        try:
            value = _value(path, text)
        except (KeyError, BadInputError):
            # A file brought text that cannot be read; it stays kept.
            continue
        if value is not None:
            case = lens.put(case, path, _with_criteria_met(case, path, value))
    return case


def _with_criteria_met(case: Case, path: str, value: Any) -> Any:
    # What an event met stays met, whatever was stated before anybody assessed it.
    met = case.happening.seriousness
    if path != "happening.seriousness" or not isinstance(met, frozenset) or not met:
        return value
    return met | value if isinstance(value, frozenset) else met
