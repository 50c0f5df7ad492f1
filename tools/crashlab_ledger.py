"""Compare what the children said with the records, the drafts and the trail of their clinic."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aeapp.domain.items import Record
from aeapp.domain.records import ALL_RECORDS, Awareness, Event, Report, Reporter
from aeapp.services.app import App
from tools.crashlab_clerk import DRAFT, Write

Key = tuple[str, str]
FAMILIES = ("lost", "half", "without entry", "without record", "damaged", "stopped by itself")


@dataclass(slots=True)
class Ledger:
    """What the children of one clinic said.

    Attributes:
        promised: The newest acknowledged version of each record, steps of each draft.
        begun: Units that were begun and not acknowledged, since the last check.
        landed: How many of those turned out to be stored whole.
    """

    promised: dict[Key, int] = field(default_factory=dict)
    begun: list[tuple[Write, ...]] = field(default_factory=list)
    landed: int = 0

    def promise(self, writes: tuple[Write, ...]) -> None:
        """Remember what was acknowledged."""
        for write in writes:
            key = (write.kind, write.id)
            self.promised[key] = max(write.after, self.promised.get(key, 0))


class Problem(NamedTuple):
    """One thing that should not be: its family and what it is."""

    what: str
    words: str


def compare(app: App, ledger: Ledger) -> Iterator[Problem]:
    """Yield what differs between what was said, the records and the trail."""
    scopes = {w.id for unit in ledger.begun for w in unit if w.kind == DRAFT}
    scopes |= {key[1] for key in ledger.promised if key[0] == DRAFT}
    drafts = {(DRAFT, scope): len(app.drafts.steps(scope)) for scope in scopes}
    with app.context.new_uow() as uow:
        records = [r for kind in ALL_RECORDS for r in uow.records.query(kind.KIND)]
        entered = _entered(uow.trail.lines())
    live = drafts | {(r.KIND, r.id): r.version for r in records}
    for key, version in ledger.promised.items():
        if live.get(key, 0) < version:
            yield Problem("lost", f"{key} version {version}, there is {live.get(key, 0)}")
    yield from _halves(ledger, live)
    yield from _half_cases(records)
    for key in {key for key in live if key[0] != DRAFT} | set(entered):
        yield from _reconciled(key, live.get(key, 0), entered.get(key, []))


def _entered(lines: Iterator[str]) -> dict[Key, list[int]]:
    """Return the versions that the trail has an entry for."""
    versions: dict[Key, list[int]] = {}
    next(lines)  # names the trail
    for line in lines:
        entry = json.loads(json.loads(line)["payload"])
        if "version" in entry:
            versions.setdefault((entry["entity"], entry["entity_id"]), []).append(entry["version"])
    return versions


def _reconciled(key: Key, version: int, entered: list[int]) -> Iterator[Problem]:
    if missing := set(range(1, version + 1)) - set(entered):
        yield Problem("without entry", f"{key} version {min(missing)}")
    if len(entered) > len(set(entered)) or max(entered, default=0) > version:
        yield Problem("without record", f"{key}: entries up to {max(entered)}, is {version}")


def _halves(ledger: Ledger, live: Mapping[Key, int]) -> Iterator[Problem]:
    for unit in ledger.begun:
        states = [_state(write, live.get((write.kind, write.id), 0)) for write in unit]
        if len(set(states)) > 1 or "half" in states:
            kinds = ", ".join(f"{w.kind} {s}" for w, s in zip(unit, states, strict=True))
            yield Problem("half", f"a unit of {kinds}")
        elif "there" in states:
            ledger.landed += 1


def _state(write: Write, found: int) -> str:
    if found >= write.after:
        return "there"
    return "half" if found > write.before else "not there"


def _half_cases(records: list[Record]) -> Iterator[Problem]:
    """A case is opened together with its event, report, reporter and awareness."""
    parts = {r.id: Counter[str]() for r in records if r.KIND == "case"}
    for record in records:
        if isinstance(record, Event | Report | Reporter | Awareness) and record.case_id:
            parts.setdefault(record.case_id, Counter())[record.KIND] += 1
    whole = Counter(event=1, report=1, reporter=1, awareness=1)
    for case_id, counted in parts.items():
        if counted != whole:
            yield Problem("half", f"case {case_id} has {dict(counted)}")
