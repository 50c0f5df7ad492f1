"""Codes that were given to many events at once, as the trail keeps them to be put back.

One entry tells for each event the code that it got and the code that it had. The code that an event
has today decides whether it can be put back, not its version: what else was said of it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aeapp.domain import lens
from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.recoding import with_coding
from aeapp.domain.items import spec_at
from aeapp.domain.records import Event
from aeapp.domain.records.coding import Coding

# Actions of the trail; the entries are of the terminology that was coded with.
RECODED, PUT_BACK = "recode", "recode.undo"


@dataclass(frozen=True, slots=True, repr=False)
class CodedLine:
    """One event of a recoding.

    Attributes:
        code: That it got.
        had: What it was coded with before, in the same terminology; None for nothing.
    """

    event_id: str
    code: str
    had: Coding | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PastRecoding:
    """Events that were coded together.

    Attributes:
        number: Of its entry in the trail.
        at: When, in UTC, as the trail has it.
        undone_at, undone_by: When and by whom it was put back; empty where it stands.
    """

    number: int
    at: str
    by: str
    release_id: str
    terminology: TerminologyName
    edition: str
    lines: tuple[CodedLine, ...]
    undone_at: str = ""
    undone_by: str = ""

    @property
    def stands(self) -> bool:
        """Tell whether nobody put it back."""
        return not self.undone_at


def recoded_facts(
    terminology: TerminologyName, edition: str, changes: Iterable[tuple[Event, Coding | None]]
) -> dict[str, Any]:
    """Return what the trail keeps of a recoding: events as they are now, and the codes they had."""
    lines = []
    for event, had in changes:
        now = _coding_of(event, terminology)
        was = None if had is None else {path: to_json(v) for path, v in lens.items(had)}
        lines.append([event.id, (now.code if now is not None else None) or "", was])
    return {"terminology": terminology.value, "edition": edition, "events": lines}


def past_recodings(
    recoded: Iterable[Mapping[str, Any]], undone: Iterable[Mapping[str, Any]]
) -> tuple[PastRecoding, ...]:
    """Return the recodings of the trail's entries, the newest first."""
    ended = {entry["data"]["of"]: entry for entry in undone}
    found = [_read(entry, ended.get(entry["seq"], {})) for entry in recoded]
    return tuple(sorted(found, key=lambda past: -past.number))


def _read(entry: Mapping[str, Any], undone: Mapping[str, Any]) -> PastRecoding:
    told = entry["data"]
    lines = (CodedLine(i, code, _coding(had)) for i, code, had in told["events"])
    return PastRecoding(
        entry["seq"],
        entry["at"],
        entry["name"],
        entry["entity_id"],
        TerminologyName(told["terminology"]),
        told["edition"],
        tuple(lines),
        undone.get("at", ""),
        undone.get("name", ""),
    )


def _coding(told: Mapping[str, Any] | None) -> Coding | None:
    if told is None:
        return None
    values = {name: from_json(spec_at(Coding, name), raw) for name, raw in told.items()}
    return Coding(**values)


def is_as_recoded(event: Event, past: PastRecoding, line: CodedLine) -> bool:
    """Tell whether an event still has the code that it got."""
    now = _coding_of(event, past.terminology)
    return now is not None and (now.code or "", now.edition or "") == (line.code, past.edition)


def put_back(event: Event, past: PastRecoding, line: CodedLine) -> Event:
    """Return an event with what it was coded with before."""
    return with_coding(event, past.terminology, line.had)


def _coding_of(event: Event, terminology: TerminologyName) -> Coding | None:
    return next((c for c in event.codings if c.terminology is terminology), None)
