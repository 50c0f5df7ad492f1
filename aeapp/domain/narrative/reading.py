"""Read a case for a sentence, and keep which items were read and what stood in them.

A source is named by the id of its record, so that it is found wherever the record stands later.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.codecs import to_json
from aeapp.domain.items import generic
from aeapp.domain.stating import place_of
from aeapp.domain.values import PartialDate
from aeapp.domain.views import on_clinic_clock

_AT = re.compile(r"([a-z]+)\[(\d+)\](.*)", re.DOTALL)
_BY_ID = re.compile(r"([a-z]+)\[@([^\]]*)\](.*)", re.DOTALL)
_LENGTH = 12


def name_of(case: Case, path: str) -> str:
    """Return ``path`` by the id of the record it is in; as it is where nothing has one."""
    found = _AT.fullmatch(path)
    if found is None:
        return path
    branch, place, rest = found.groups()
    head = f"{branch}[{place}]"
    if head in case.keys:
        return case.keys[head] + rest
    made = getattr(lens.get(case, head), "id", "")
    return f"{branch}[@{made}]{rest}" if made else path


def path_of(case: Case, name: str) -> str | None:
    """Return where a source stands now; None where its record is not in the case."""
    found = _BY_ID.fullmatch(name)
    if found is None:
        return name
    branch, wanted, rest = found.groups()
    if branch not in BRANCHES:
        return place_of(case, name)
    places = (n for n, record in enumerate(getattr(case, branch)) if record.id == wanted)
    n = next(places, None)
    return None if n is None else f"{branch}[{n}]{rest}"


_NOTHING = "-"


def mark_of(value: Any) -> str:
    """Return a mark that differs where the value differs."""
    if value is None:
        # Most items of most records are empty.
        return _NOTHING
    plain = to_json(value)
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    made = f"{type(value).__name__} {text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(made).hexdigest()[:_LENGTH]


_without_indexes = lru_cache(maxsize=4096)(generic)


class Reading:
    """What was read of one case so far, for all its sentences.

    Args:
        case: A settled case.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._heads: dict[str, str] = {}
        self._known: dict[str, tuple[Any, str, str]] = {}

    def at(self, path: str) -> tuple[Any, str, str]:
        """Return value, name and mark of an item."""
        known = self._known.get(path)
        if known is None:
            value = lens.get(self.case, path)
            known = self._known[path] = (value, self._name(path), mark_of(value))
        return known

    def _name(self, path: str) -> str:
        head, bracket, rest = path.partition("]")
        if not bracket:
            return path
        if head not in self._heads:
            self._heads[head] = name_of(self.case, head + bracket)
        return self._heads[head] + rest


class Reader:
    """Reads items of one case for one sentence.

    Args:
        reading: Of the case.
        allowed: What the template says it reads, indexes left out.

    Attributes:
        sources: Name and mark of each item read so far.
    """

    def __init__(self, reading: Reading, allowed: frozenset[str]) -> None:
        self.case = reading.case
        self._reading = reading
        self._allowed = allowed
        self.sources: dict[str, str] = {}

    def get(self, path: str) -> Any:
        """Return what stands at ``path`` and keep that it was read.

        Raises:
            KeyError: The template does not say that it reads it.
        """
        if _without_indexes(path) not in self._allowed:
            raise KeyError(path)
        value, name, mark = self._reading.at(path)
        self.sources[name] = mark
        return value

    def several(self, head: str, names: Iterable[str]) -> None:
        """Keep that these items of what stands at ``head`` were read."""
        for name in names:
            self.get(f"{head}.{name}")

    def moment(self, path: str) -> Any:
        """Return a date on the clinic's clock, a reason, or None."""
        value = self.get(path)
        if isinstance(value, PartialDate) and value.has_time:
            self.get("clinic.time_zone")
            return on_clinic_clock(self.case, value)
        return value

    def kept(self) -> str:
        """Return the sources as they are stored, one on a line, as they were read."""
        return "\n".join(f"{name} {mark}" for name, mark in self.sources.items())


def marks(kept: str | None) -> dict[str, str]:
    """Return name and mark of each source that was stored."""
    lines = (line.rpartition(" ") for line in (kept or "").splitlines())
    return {name: mark for name, _space, mark in lines}
