"""Look a database over from top to bottom, for ``doctor`` and before an inspection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from aeapp.persistence import blobs, connect, describe, finding, schema, store, upgrade
from aeapp.persistence.errors import SchemaDriftError
from aeapp.persistence.state import state_of
from aeapp.trail import anchors
from aeapp.trail.anchors import Signer
from aeapp.trail.canonical import ABSENT, canonical
from aeapp.trail.chain import Break, Head, Link, follow, genesis

# A minute altogether, at five seconds a look.
LOOKS = 12
INDEX = "search"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer.

    Attributes:
        detail: What was counted or where it fails; no patient data.
    """

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was found; ``ok`` where nothing is wrong."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Tell whether every check is good."""
        return all(check.ok for check in self.checks)


def look_over(
    engine: sa.Engine,
    file: Path | None,
    anchor_file: Path | None,
    install: str,
    signer: Signer | None,
) -> Report:
    """Check settings, file, tables, chain, anchors and records."""
    with connect.reading(engine) as connection:
        checks = [*_file_checks(connection, file), _schema(connection)]
        chain_check, hashes = _chain(connection, install)
        checks += [chain_check, _anchors(hashes, anchor_file, install, signer)]
        checks += [_entries(connection), _records(connection)]
        checks.append(_index(connection))
        good, detail = blobs.look_over_blobs(connection)
        checks.append(Check("files", ok=good, detail=detail))
    return Report(tuple(checks))


def _file_checks(connection: sa.Connection, file: Path | None) -> Iterator[Check]:
    if file is None:
        yield Check("settings", ok=True, detail="asserted on connecting")
        return
    wrong = [
        name
        for name, wanted in connect.settings_to_keep().items()
        if str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()).lower() != wanted
    ]
    yield Check("settings", not wrong, ", ".join(wrong) or "as they must be")
    yield _pages(connection)
    driver = connect.driver_of(connection)
    found = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
    yield Check("structure", found == "ok", "ok" if found == "ok" else "not ok")
    dangling = len(driver.execute("PRAGMA foreign_key_check").fetchall())
    yield Check("links", not dangling, f"{dangling} dangling")


def _pages(connection: sa.Connection) -> Check:
    """Look for damaged pages; each look waits for whoever is writing, as every statement does."""
    for _look in range(LOOKS):
        bad = connect.damaged_pages(connection)
        if bad is not None:
            return Check("pages", not bad, f"{bad} damaged pages")
    return Check("pages", ok=False, detail="not checked: another program keeps writing; try again")


def _schema(connection: sa.Connection) -> Check:
    try:
        return Check("schema", ok=True, detail=upgrade.assert_schema(connection))
    except SchemaDriftError:
        stamp = describe.fingerprint(describe.actual(connection))
        return Check("schema", ok=False, detail=stamp)


def _chain(connection: sa.Connection, install: str) -> tuple[Check, dict[int, str]]:
    hashes: dict[int, str] = {}

    def links() -> Iterator[Link]:
        for r in connection.execution_options(yield_per=5000).execute(store.LINK):
            hashes[r.seq] = bytes(r.h).hex()
            yield Link(r.seq, bytes(r.prev), bytes(r.payload_hash), bytes(r.h), r.payload)

    end = follow(links(), Head(0, genesis(install)))
    if isinstance(end, Break):
        return Check("chain", ok=False, detail=f"entry {end.seq}: {end.what}"), hashes
    return Check("chain", ok=True, detail=f"{end.seq} entries, head {end.h.hex()[:16]}"), hashes


_COPIES = {
    "op_id": "op",
    "actor": "actor",
    "action": "action",
    "at": "at",
    "entity": "entity",
    "entity_id": "entity_id",
    "version": "version",
}


def _entries(connection: sa.Connection) -> Check:
    """Read every entry: canonical, equal to its search columns, in step with the one before."""
    values: dict[tuple[str, str], dict[str, object]] = {}
    count = 0
    for row in connection.execute(sa.select(schema.AUDIT).order_by(schema.AUDIT.c.seq)):
        count += 1
        if row.payload is None:
            continue  # purged lawfully: the hash is all that is left, and the chain checks that
        fault = _entry_fault(row, values)
        if fault:
            return Check("entries", ok=False, detail=f"entry {row.seq}: {fault}")
    return Check("entries", ok=True, detail=f"{count} entries read")


def _entry_fault(row: sa.Row[Any], values: dict[tuple[str, str], dict[str, object]]) -> str:
    content = _content(row.payload)
    if content is None:
        return "the text is not canonical JSON"
    if any(getattr(row, column) != content.get(key) for column, key in _COPIES.items()):
        return "the search columns differ from the text"
    if "state" not in content:
        return ""
    # An imported record has no values in the trail before its first correction.
    key = content["entity"], content["entity_id"]
    known = values.setdefault(key, {}) if content["version"] == 1 else values.get(key)
    if known is None:
        return ""
    if any(known.get(path, ABSENT) != old for path, old in content["before"].items()):
        return "what it replaced is not what was entered before"
    known.update(content["after"])
    return ""


def _content(payload: str) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(payload)
        return content if canonical(content) == payload else None
    except ValueError:
        return None


def _anchors(
    hashes: dict[int, str], file: Path | None, install: str, signer: Signer | None
) -> Check:
    count = unsigned = 0
    for anchor in anchors.read(file) if file else ():
        count += 1
        unsigned += not anchor.sig
        if anchor.install != install or hashes.get(anchor.seq) != anchor.h:
            return Check("anchors", ok=False, detail=f"entry {anchor.seq} is not as anchored")
        if anchor.sig and signer and signer.verify:
            signed = signer.verify(anchor.key_id, anchor.message(), bytes.fromhex(anchor.sig))
            if not signed:
                return Check("anchors", ok=False, detail=f"signature at entry {anchor.seq}")
    return Check("anchors", ok=True, detail=f"{count} anchors, {unsigned} unsigned")


def _records(connection: sa.Connection) -> Check:
    """Compute the state of every live record again and compare it with its last entry."""
    said = _last_states(connection)
    count = 0
    for kind, record in schema.RECORDS.items():
        for record_id, state in live_states(connection, record):
            count += 1
            if said.pop((kind, record_id), None) != state:
                return Check("records", ok=False, detail=f"{kind} {record_id} is not as entered")
    if said:
        kind, record_id = next(iter(said))
        return Check("records", ok=False, detail=f"{kind} {record_id} is missing")
    return Check("records", ok=True, detail=f"{count} records as entered")


def _index(connection: sa.Connection) -> Check:
    """Compare what search looks through with the records."""
    good, detail = finding.look_over_index(connection)
    return Check(INDEX, ok=good, detail=detail)


Said = tuple[int, int, str]


def _last_states(connection: sa.Connection) -> dict[tuple[str, str], Said]:
    """Return (entry, version, state) of each record as the trail has it."""
    said: dict[tuple[str, str], Said] = {}
    for entry in store.read_all(connection.execute):
        content = entry.content
        if "state" in content:
            key = content["entity"], content["entity_id"]
            said[key] = entry.seq, content["version"], content["state"]
        for kind, record_id, version, state in content.get("rows", ()):
            said[kind, record_id] = entry.seq, version, state
    return said


def live_states(
    connection: sa.Connection, record: schema.RecordTable
) -> Iterator[tuple[str, Said]]:
    """Yield id and (entry, version, state) of every stored record of one kind."""
    lines: dict[str, dict[str, list[dict[str, object]]]] = {}
    for table in record.lines:
        query = sa.select(table).order_by(table.c.record_id, table.c.line)
        for line in connection.execute(query).mappings():
            lines.setdefault(line["record_id"], {}).setdefault(table.name, []).append(dict(line))
    for row in connection.execute(sa.select(record.table)).mappings():
        state = state_of(record.table.name, dict(row), lines.get(row["id"], {}))
        yield row["id"], (row["audit_seq"], row["version"], state)
