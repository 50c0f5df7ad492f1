#!/usr/bin/env python3
"""Check an audit trail from outside: reads only, and needs nothing of the program it checks.

    verify_trail.py CLINIC|EXPORT|BUNDLE [--anchors FILE ...] [--head SEQ:HEX] [--keys FILE ...]
                    [--pdf FILE ...] [--since SEQ] [--user NAME] [--json]

CLINIC is a clinic's folder: the database is opened with a person's password (AEAPP_PASSWORD,
--password-file or a prompt) and needs the packages sqlcipher3, argon2-cffi and cryptography.
EXPORT is an exported trail (JSON lines), or an inspection bundle: a ZIP, or the folder it was
unpacked to. Neither needs a key or a package, but for signatures.

The manifest of a bundle is signed. That proves that whoever held the named key listed these files,
and that none was changed since; not whose key it is. Public keys lie in the bundle itself: compare
the name of the key with what the clinic tells by another way, or give its keys with --keys, and no
other key is taken.

Written from docs/trail-format.md and docs/vault-format.md alone.
Exit: 0 good, 1 tampering, 2 good as far as could be checked, 3 cannot be read.
"""

# ruff: noqa: PLC0415 - packages are imported where they are needed, because an export needs none

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import hashlib
import hmac
import json
import os
import re
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOOD, TAMPERED, INCOMPLETE, UNREADABLE = 0, 1, 2, 3

LINK_MARK = b"aeapp-audit-1\x00"
GENESIS_MARK = b"aeapp-genesis-1\x00"
ANCHOR_MARK = b"aeapp-anchor-1\x00"
MANIFEST_MARK = b"aeapp-manifest-1\x00"
BUNDLE_FORMAT = "aeapp-bundle-2"
KIND_OF_TABLE = {"case_file": "case"}
BACKWARDS_S = 300
MANIFEST = "manifest.json"
_NAME = re.compile(r"[A-Za-z0-9_]+\.[a-z]+")


class TamperedError(Exception):
    """Something is not as it was; the words name the place."""


class UnreadableError(Exception):
    """The trail cannot be read at all."""


@dataclass
class Entry:
    """One row of the trail.

    Attributes:
        copies: Search columns of the table; None in an export, which has none.
    """

    seq: int
    prev: bytes
    payload_hash: bytes
    h: bytes
    payload: str | None
    copies: tuple[Any, ...] | None = None


@dataclass
class Findings:
    """What is said at the end.

    Attributes:
        signed_by: Name of the key that signed the manifest of a bundle, where that was checked.
        key_given: That key was given by whoever checks; else it came with the bundle.
    """

    counts: dict[str, int] = field(default_factory=dict)
    unchecked: list[str] = field(default_factory=list)
    head: tuple[int, str] = (0, "")
    signed_by: str = ""
    key_given: bool = False

    def count(self, what: str, number: int = 1) -> None:
        """Add to a counter."""
        self.counts[what] = self.counts.get(what, 0) + number


# ------------------------------------------------------------------ canonical JSON and hashes


_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Any) -> str:
    """Return the one text of a JSON value."""
    return _encode(value)


def _no_float(_text: str) -> Any:
    msg = "a number with a point"
    raise ValueError(msg)


_parse = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode


def parsed(text: str, where: str) -> dict[str, Any]:
    """Return the object that canonical ``text`` holds."""
    try:
        value = _parse(text)
        same = canonical(value) == text
    except (ValueError, RecursionError):
        same = False
    if not same or not isinstance(value, dict):
        raise TamperedError(f"{where}: the text is not canonical JSON")
    return value


def link_hash(seq: int, prev: bytes, payload_hash: bytes) -> bytes:
    """Return what h must be."""
    return hashlib.sha256(LINK_MARK + seq.to_bytes(8, "big") + prev + payload_hash).digest()


def _text_hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def genesis(install: str) -> bytes:
    """Return what stands before the first entry."""
    return hashlib.sha256(GENESIS_MARK + install.encode()).digest()


# ------------------------------------------------------------------ the chain


@dataclass
class Anchor:
    """One remembered head."""

    content: dict[str, Any]
    source: str

    @property
    def seq(self) -> int:
        """Return the number of the entry."""
        return int(self.content["seq"])


class Trail:
    """Walks the chain once and remembers what later checks need."""

    def __init__(self, install: str, since: int, anchors: list[Anchor], found: Findings) -> None:
        self.install, self.since, self.found = install, since, found
        self.wanted = {a.seq for a in anchors}
        self.times = sorted((a.seq, a.content["at"]) for a in anchors)
        self.hashes: dict[int, str] = {}
        self.states: dict[tuple[str, str], tuple[int, int, str]] = {}
        self.updated: set[str] = set()
        self.files: dict[str, int] = {}
        self.ops: set[str] = set()
        self._anomaly = 0
        self._anchored_at = ""

    def walk(self, entries: Iterable[Entry]) -> None:
        """Check every entry in order."""
        prev, seq = genesis(self.install), 0
        for entry in entries:
            if seq == 0 and entry.seq == self.since:
                prev, seq = entry.prev, entry.seq - 1
            self._check_link(entry, seq, prev)
            prev, seq = entry.h, entry.seq
            if seq in self.wanted:
                self.hashes[seq] = entry.h.hex()
            try:
                self._check_payload(entry)
            except (KeyError, TypeError, ValueError, AttributeError):
                raise TamperedError(f"entry {seq}: the text is no entry of this format") from None
        if seq == 0:
            raise TamperedError("entry 1: the trail has no entries")
        self.found.head = (seq, prev.hex())
        self.hashes[seq] = prev.hex()

    def _check_link(self, entry: Entry, seq: int, prev: bytes) -> None:
        if entry.seq != seq + 1:
            raise TamperedError(f"entry {seq + 1}: missing; entry {entry.seq} follows {seq}")
        if entry.prev != prev:
            what = "does not belong to this installation" if seq == 0 else "is not the next one"
            raise TamperedError(f"entry {entry.seq}: {what} (prev)")
        if entry.payload is not None and _text_hash(entry.payload) != entry.payload_hash:
            raise TamperedError(f"entry {entry.seq}: the text does not have its hash")
        if link_hash(entry.seq, entry.prev, entry.payload_hash) != entry.h:
            raise TamperedError(f"entry {entry.seq}: h is not the hash of the entry")

    def _check_payload(self, entry: Entry) -> None:
        self.found.count("entries")
        if entry.payload is None:
            self.found.count("purged")
            return
        where = f"entry {entry.seq}"
        content = parsed(entry.payload, where)
        if content.get("seq") != entry.seq or content.get("v") != 1:
            raise TamperedError(f"{where}: the text is of another entry or format")
        if entry.copies is not None:
            keys = ("op", "actor", "action", "at", "entity", "entity_id", "version")
            if tuple(content.get(key) for key in keys) != entry.copies:
                raise TamperedError(f"{where}: the search columns differ from the text")
        if content["op"] in self.ops:
            raise TamperedError(f"{where}: the same operation was entered before")
        self.ops.add(content["op"])
        self._check_first(entry.seq, content)
        self._check_time(entry.seq, content)
        self._remember(entry.seq, content)

    def _check_first(self, seq: int, content: dict[str, Any]) -> None:
        if seq == 1 and (
            content["action"] != "clinic.create" or content["data"]["install"] != self.install
        ):
            raise TamperedError("entry 1: does not create this installation")

    def _check_time(self, seq: int, content: dict[str, Any]) -> None:
        if content["action"] == "clock.anomaly":
            self._anomaly = seq
        while self.times and self.times[0][0] < seq:
            anchored, self._anchored_at = self.times.pop(0)
            self._anomaly = self._anomaly if self._anomaly > anchored else 0
        early_s = _seconds_before(content["at"], self._anchored_at or content["at"])
        if early_s > BACKWARDS_S and not self._anomaly:
            raise TamperedError(f"entry {seq}: dated before an anchor that is older than it")

    def _remember(self, seq: int, content: dict[str, Any]) -> None:
        if "state" in content:
            key = (content["entity"], content["entity_id"])
            version, state = content["version"], content["state"]
            known = self.states.get(key)
            whole = self.since <= 1 and not self.found.counts.get("purged")
            if whole and version != (known[1] if known else 0) + 1:
                raise TamperedError(f"entry {seq}: version {version} of {key[0]} is out of order")
            self.states[key] = (seq, version, state)
            if content["before"]:
                self.updated.add(content["entity_id"])
        for kind, record_id, version, state in content.get("rows", ()):
            self.states[kind, record_id] = (seq, version, state)
        digest = content.get("data", {}).get("sha256") if content["action"] == "export" else None
        if digest:
            self.files.setdefault(digest, seq)


def _seconds_before(earlier: str, later: str) -> float:
    span = dt.datetime.fromisoformat(later) - dt.datetime.fromisoformat(earlier)
    return span.total_seconds()


def check_values(trail: Trail, payloads: Iterable[tuple[Any, ...]]) -> None:
    """Compare each ``before`` with the value entered before it, for records that changed."""
    values: dict[tuple[str, str], dict[str, Any]] = {}
    absent = {"absent": True}
    for seq, payload in payloads:
        content = json.loads(payload)
        if content.get("entity_id") not in trail.updated or "state" not in content:
            continue
        known = values.setdefault((content["entity"], content["entity_id"]), {})
        created = content["version"] == 1
        complete = created or "" in known
        for path, before in content["before"].items():
            if complete and known.get(path, absent) != before:
                raise TamperedError(f"entry {seq}: what it replaced is not what was entered before")
        known.update(content["after"])
        if created:
            known[""] = True
        trail.found.count("changes followed")


# ------------------------------------------------------------------ anchors


def read_anchors(files: Iterable[Path]) -> list[Anchor]:
    """Return the anchors of all files; torn lines are passed over."""
    out = []
    for file in files:
        try:
            lines = file.read_text("utf-8", errors="replace").splitlines()
        except OSError as error:
            raise UnreadableError(f"{file.name}: {error.strerror}") from None
        for line in lines:
            try:
                content = json.loads(line)
                if isinstance(content["seq"], int) and content["h"] and content["at"]:
                    out.append(Anchor(content, file.name))
            except (ValueError, KeyError, TypeError):
                continue
    return sorted(out, key=lambda anchor: anchor.seq)


def check_anchors(trail: Trail, anchors: list[Anchor], keys: dict[str, bytes]) -> None:
    """Hold every anchor against the chain."""
    last, found = trail.found.head[0], trail.found
    for anchor in anchors:
        content, where = anchor.content, f"anchor of entry {anchor.seq} in {anchor.source}"
        if content.get("install") != trail.install:
            raise TamperedError(f"{where}: is of another installation")
        if anchor.seq > last:
            raise TamperedError(f"entry {last + 1}: missing; an anchor knows entry {anchor.seq}")
        if anchor.seq >= max(1, trail.since) and trail.hashes.get(anchor.seq) != content["h"]:
            raise TamperedError(f"entry {anchor.seq}: is not the one that was anchored")
        _check_signature(content, keys, where, found)
        found.count("anchors")
    newest = anchors[-1].seq if anchors else 0
    if newest < last:
        found.unchecked.append(f"{last - newest} entries after the newest anchor")


def _check_signature(
    content: dict[str, Any], keys: dict[str, bytes], where: str, found: Findings
) -> None:
    if not content.get("sig"):
        found.count("unsigned anchors")
        return
    public = keys.get(str(content.get("key_id")))
    verify = _ed25519()
    if public is None or verify is None:
        found.count("anchors with a signature that could not be checked")
        return
    bare = {key: value for key, value in content.items() if key != "sig"}
    if not verify(public, ANCHOR_MARK + canonical(bare).encode(), str(content["sig"])):
        raise TamperedError(f"{where}: the signature is not good")


def _ed25519() -> Callable[[bytes, bytes, str], bool] | None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None

    def verify(public: bytes, message: bytes, signature: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True

    return verify


def read_keys(files: Iterable[Path]) -> dict[str, bytes]:
    """Return public keys by their short name, from key files or lists of hexadecimal keys."""
    found: dict[str, bytes] = {}
    for file in files:
        try:
            content = json.loads(file.read_text("utf-8"))
            slots = content.get("slots", []) if isinstance(content, dict) else content
            for slot in slots:
                text = slot if isinstance(slot, str) else slot["ed25519_public"]
                public = bytes.fromhex(text)
                found["k-" + hashlib.sha256(public).hexdigest()[:32]] = public
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            raise UnreadableError(f"{file.name}: no key file") from None
    return found


# ------------------------------------------------------------------ an exported trail


def read_export(file: Path) -> tuple[dict[str, Any], Callable[[], Iterator[Entry]]]:
    """Return the first line of an export and what yields its entries."""
    try:
        with file.open(encoding="ascii") as handle:
            first = json.loads(handle.readline())
    except (OSError, ValueError):
        raise UnreadableError(f"{file.name}: no exported trail") from None
    if not isinstance(first, dict) or first.get("format") != "aeapp-trail-1":
        raise UnreadableError(f"{file.name}: no exported trail of format 1")

    def entries() -> Iterator[Entry]:
        with file.open("rb") as handle:
            handle.readline()
            for number, raw in enumerate(handle, start=2):
                yield _export_line(raw, number)

    return first, entries


def _export_line(raw: bytes, number: int) -> Entry:
    try:
        line = json.loads(raw.decode("ascii"))
        return Entry(
            line["seq"],
            bytes.fromhex(line["prev"]),
            bytes.fromhex(line["payload_hash"]),
            bytes.fromhex(line["h"]),
            line["payload"],
        )
    except (ValueError, KeyError, TypeError):
        raise TamperedError(f"line {number}: is not an entry") from None


# ------------------------------------------------------------------ a clinic's folder


def unwrap(folder: Path, user: str, password: str) -> str:
    """Return the database key, 96 hexadecimal digits, as docs/vault-format.md describes."""
    vid_and_slots = _vault(folder)
    slot = next((s for s in vid_and_slots["slots"] if s["user_name"] == user), None)
    if slot is None:
        raise UnreadableError("the name or the password is wrong")
    vault_id = vid_and_slots["vault_id"]
    private = _private_keys(slot, vault_id, password)
    data_key = _data_key(slot, vault_id, private[:32])
    vid = bytes.fromhex(vault_id)
    check = _hkdf(data_key, vid, b"aeapp.vault.1/key-check").hex()
    if not hmac.compare_digest(check, vid_and_slots["key_check"]):
        raise UnreadableError("the key file is damaged or was altered")
    return data_key.hex()


def _vault(folder: Path) -> dict[str, Any]:
    whole = []
    for name in ("clinic.vault.a", "clinic.vault.b"):
        try:
            document = json.loads((folder / name).read_bytes())
            stated = document.pop("sha256")
        except (OSError, ValueError, KeyError, AttributeError):
            continue
        if hashlib.sha256(_vault_text(document)).hexdigest() == stated:
            whole.append(document)
    if not whole:
        raise UnreadableError("the key file of the clinic is missing or damaged")
    best: dict[str, Any] = max(whole, key=lambda d: (d["generation"], d["tries"]["serial"]))
    return best


def _vault_text(value: Any) -> bytes:
    # The key file writes characters outside ASCII as themselves, unlike the trail.
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _private_keys(slot: dict[str, Any], vault_id: str, password: str) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    kdf = slot["kdf"]
    kek = hash_secret_raw(
        unicodedata.normalize("NFC", password).encode(),
        bytes.fromhex(kdf["salt"]),
        time_cost=kdf["passes"],
        memory_cost=kdf["memory_kib"],
        parallelism=kdf["lanes"],
        hash_len=32,
        type=Type.ID,
    )
    bound = {k: v for k, v in slot.items() if k not in ("wrapped", "sealed", "profile")}
    purpose = {"purpose": "private-keys", "slot": bound, "vault_id": vault_id}
    key = _hkdf(kek, bytes.fromhex(vault_id), b"aeapp.vault.1/wrap")
    return _decrypt(key, slot["wrapped"], purpose)


def _data_key(slot: dict[str, Any], vault_id: str, private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    ephemeral = bytes.fromhex(slot["sealed"]["ephemeral"])
    public = bytes.fromhex(slot["x25519_public"])
    peer = X25519PublicKey.from_public_bytes(ephemeral)
    shared = X25519PrivateKey.from_private_bytes(private).exchange(peer)
    key = _hkdf(shared, ephemeral + public, b"aeapp.vault.1/seal")
    recipient = slot["user_id"]
    purpose = {"purpose": "database-key", "recipient_id": recipient, "vault_id": vault_id}
    return _decrypt(key, slot["sealed"], purpose)


def _decrypt(key: bytes, box: dict[str, str], purpose: dict[str, Any]) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = bytes.fromhex(box["nonce"]), bytes.fromhex(box["ciphertext"])
    try:
        return AESGCM(key).decrypt(nonce, sealed, _vault_text(purpose))
    except InvalidTag:
        raise UnreadableError("the name or the password is wrong") from None


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


class Clinic:
    """A clinic's database, opened for reading only."""

    def __init__(self, folder: Path, key: str) -> None:
        try:
            import sqlcipher3.dbapi2 as sqlcipher
        except ImportError:
            raise UnreadableError("the package sqlcipher3 is needed to open a clinic") from None
        self._error = sqlcipher.Error
        file = (folder / "clinic.db").absolute()
        if not file.is_file():
            raise UnreadableError("there is no clinic.db in this folder")
        try:
            self._base = sqlcipher.connect(f"{file.as_uri()}?mode=ro", uri=True)
            self._base.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            self._base.execute("PRAGMA cipher_log_level = NONE")
            self._base.execute(f"PRAGMA key = \"x'{key}'\"")
            self._base.execute("PRAGMA query_only = ON")
            rows = self._base.execute("SELECT value FROM meta WHERE name = 'install'").fetchall()
        except sqlcipher.Error:
            raise UnreadableError(
                "the database does not open with this key: damaged, or of another clinic"
            ) from None
        if len(rows) != 1:
            raise TamperedError("meta: the installation is not named once")
        self.install: str = rows[0][0]

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query; damage on the way is unreadable."""
        try:
            cursor = self._base.execute(query, values)
            while some := cursor.fetchmany(1000):
                yield from some
        except self._error:
            raise UnreadableError("the database is damaged: a page cannot be read") from None

    def check_pages(self) -> None:
        """Notice pages that contradict each other, such as an old one that was put back.

        Each page authenticates by itself, so an old copy of a page does too.
        """
        for (answer,) in self.rows("PRAGMA integrity_check(1)"):
            if answer != "ok":
                raise TamperedError("clinic.db: entries and their index do not agree")

    def entries(self, since: int) -> Iterator[Entry]:
        """Yield the trail in order."""
        query = (
            "SELECT seq, prev, payload_hash, h, payload, op_id, actor, action, at, entity,"
            " entity_id, version FROM audit WHERE seq >= ? ORDER BY seq"
        )
        for row in self.rows(query, since):
            yield Entry(row[0], bytes(row[1]), bytes(row[2]), bytes(row[3]), row[4], row[5:])

    def payloads(self) -> Iterator[tuple[Any, ...]]:
        """Yield the entries of records that were changed after their first entry."""
        query = (
            "SELECT seq, payload FROM audit WHERE payload IS NOT NULL AND entity_id IN"
            " (SELECT entity_id FROM audit GROUP BY entity_id HAVING count(*) > 1) ORDER BY seq"
        )
        yield from self.rows(query)

    def tables(self) -> dict[str, list[str]]:
        """Return the columns of every table."""
        out: dict[str, list[str]] = {}
        query = (
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p"
            " WHERE m.type = 'table'"
        )
        for table, column in self.rows(query):
            out.setdefault(table, []).append(column)
        return out

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def reconcile(clinic: Clinic, trail: Trail) -> None:
    """Compute the state of every record again and compare it with what the trail says."""
    tables = clinic.tables()
    missing = dict(trail.states)
    for table, columns in tables.items():
        if not {"id", "version", "audit_seq"} <= set(columns):
            continue
        lines = _lines(clinic, tables, table)
        kind = KIND_OF_TABLE.get(table, table)
        query = f'SELECT * FROM "{table}"'  # noqa: S608 - the name stands in the file itself
        for row in clinic.rows(query):
            cells = dict(zip(columns, row, strict=True))
            content = {
                "lines": lines.pop(cells["id"], {}),
                "row": _filled(cells),
                "table": table,
            }
            said = missing.pop((kind, cells["id"]), None)
            _compare(f"{kind} {cells['id']}", cells, content, said, trail)
    for (kind, record_id), (seq, _version, _state) in missing.items():
        raise TamperedError(f"{kind} {record_id}: missing, though entry {seq} wrote it")


def _compare(
    where: str,
    row: dict[str, Any],
    content: dict[str, Any],
    said: tuple[int, int, str] | None,
    trail: Trail,
) -> None:
    if said is None:
        if trail.since <= 1 and not trail.found.counts.get("purged"):
            raise TamperedError(f"{where}: no entry wrote it")
        return
    state = hashlib.sha256(canonical(content).encode()).hexdigest()
    if (row["audit_seq"], row["version"], state) != said:
        raise TamperedError(f"{where}: is not as entry {said[0]} left it")
    trail.found.count("records")


def _lines(
    clinic: Clinic, tables: dict[str, list[str]], parent: str
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    out: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for table, columns in tables.items():
        if not table.startswith(f"{parent}__"):
            continue
        query = f'SELECT * FROM "{table}" ORDER BY record_id, line'  # noqa: S608 - as above
        for row in clinic.rows(query):
            line = dict(zip(columns, row, strict=True))
            of = out.setdefault(line["record_id"], {})
            of.setdefault(table, []).append(_filled(line))
    return out


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    left_out = ("audit_seq", "record_id")
    return {k: v for k, v in row.items() if v is not None and k not in left_out}


def check_anchor_table(clinic: Clinic, trail: Trail, anchors: list[Anchor]) -> None:
    """Notice lines that were taken out of the anchor files."""
    outside = {anchor.seq for anchor in anchors}
    lost = 0
    for seq, h in clinic.rows("SELECT seq, h FROM anchor"):
        known = next(clinic.rows("SELECT h FROM audit WHERE seq = ?", seq), None)
        if known is None or bytes(known[0]) != bytes(h):
            raise TamperedError(f"entry {seq}: is not the one the database itself anchored")
        lost += seq not in outside
    if lost:
        trail.found.unchecked.append(f"{lost} anchors are not in the files given")


# ------------------------------------------------------------------ putting it together


def verify(arguments: argparse.Namespace) -> Findings:
    """Run every check that applies; raise at the first thing that is wrong."""
    target: Path = arguments.target
    if target.is_dir():
        bundled = (target / MANIFEST).exists() and not (target / "clinic.db").exists()
        return _verify_bundle(arguments, target) if bundled else _verify_clinic(arguments)
    if not zipfile.is_zipfile(target):
        return _verify_export(arguments)
    with tempfile.TemporaryDirectory() as folder:
        _unpack(target, Path(folder))
        return _verify_bundle(arguments, Path(folder))


def _unpack(pack: Path, folder: Path) -> None:
    """Unpack the files of a bundle; nothing may be in it that the manifest does not name."""
    try:
        with zipfile.ZipFile(pack) as files:
            names = files.namelist()
            for name in names:
                if _NAME.fullmatch(name):
                    files.extract(name, folder)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError):
        raise TamperedError(f"{pack.name}: is damaged or was cut off") from None
    told = _manifest(pack, folder)
    for name in names:
        if name != MANIFEST and name not in told["sha256"]:
            raise TamperedError(f"{name}: was added to the bundle")
    if len(set(names)) != len(names):
        raise TamperedError(f"{pack.name}: holds two files of one name")


def _manifest(target: Path, folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        known = told["format"] == BUNDLE_FORMAT and isinstance(told["sha256"], dict)
        known = known and isinstance(told.get("key_id", ""), str)
        canonical(told)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        known = False
    if not known:
        raise UnreadableError(f"{target.name}: no inspection bundle of this format")
    return dict(told)


def _verify_bundle(arguments: argparse.Namespace, folder: Path) -> Findings:
    """Check each file of a bundle by its hash, the signature of the list, then the trail."""
    told = _manifest(arguments.target, folder)
    for name, digest in told["sha256"].items():
        file = folder / name
        if not _NAME.fullmatch(name) or not file.is_file():
            raise TamperedError(f"{name}: is missing in the bundle")
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise TamperedError(f"{name}: is not the file that was bundled")
    given = bool(arguments.keys)
    arguments.keys = arguments.keys or [folder / "keys.json"]
    signed = _manifest_signature(told, read_keys(arguments.keys))
    arguments.target = folder / "trail.jsonl"
    arguments.anchors = [folder / "anchors.jsonl", *arguments.anchors]
    found = _verify_export(arguments, told)
    found.count("files of the bundle", len(told["sha256"]))
    if signed:
        found.signed_by, found.key_given = told["key_id"], given
    else:
        found.unchecked.append(f"the signature of the manifest, by {told['key_id']}")
    return found


def _manifest_signature(told: dict[str, Any], keys: dict[str, bytes]) -> bool:
    """Tell whether the signature of a manifest is good; False where it could not be checked."""
    if not told.get("sig") or not told.get("key_id"):
        raise TamperedError(f"{MANIFEST}: is not signed")
    public, verify = keys.get(told["key_id"]), _ed25519()
    if public is None or verify is None:
        return False
    bare = {key: value for key, value in told.items() if key != "sig"}
    if not verify(public, MANIFEST_MARK + canonical(bare).encode(), str(told["sig"])):
        raise TamperedError(f"{MANIFEST}: the signature is not good")
    return True


def _verify_clinic(arguments: argparse.Namespace) -> Findings:
    folder: Path = arguments.target
    files = [f for f in (folder / "anchors.jsonl",) if f.exists()] + arguments.anchors
    vaults = [f for f in (folder / "clinic.vault.a", folder / "clinic.vault.b") if f.exists()]
    anchors, keys = read_anchors(files), read_keys([*_readable(vaults), *arguments.keys])
    clinic = Clinic(folder, _key(arguments))
    try:
        clinic.check_pages()
        trail = _trail(clinic.install, arguments, anchors)
        trail.walk(clinic.entries(arguments.since))
        check_anchors(trail, anchors, keys)
        if arguments.since <= 1:
            check_values(trail, clinic.payloads())
        reconcile(clinic, trail)
        check_anchor_table(clinic, trail, anchors)
    finally:
        clinic.close()
    return _ended(trail, arguments)


def _verify_export(
    arguments: argparse.Namespace, manifest: dict[str, Any] | None = None
) -> Findings:
    first, entries = read_export(arguments.target)
    if manifest and any(manifest.get(name) != first.get(name) for name in ("install", "seq", "h")):
        raise TamperedError(f"{MANIFEST}: is of another trail")
    anchors, keys = read_anchors(arguments.anchors), read_keys(arguments.keys)
    trail = _trail(first["install"], arguments, anchors)
    trail.walk(e for e in entries() if e.seq >= arguments.since)
    if trail.found.head != (first["seq"], first["h"]):
        raise TamperedError(f"entry {trail.found.head[0] + 1}: the head is not the one exported")
    check_anchors(trail, anchors, keys)
    if arguments.since <= 1:
        check_values(trail, ((e.seq, e.payload) for e in entries() if e.payload is not None))
    return _ended(trail, arguments)


def _readable(vaults: list[Path]) -> list[Path]:
    good = []
    for file in vaults:
        try:
            json.loads(file.read_bytes())
        except ValueError:
            continue
        good.append(file)
    return good


def _trail(install: str, arguments: argparse.Namespace, anchors: list[Anchor]) -> Trail:
    trail = Trail(install, arguments.since, anchors, Findings())
    trail.wanted |= {seq for seq, _h in arguments.head}
    return trail


def _ended(trail: Trail, arguments: argparse.Namespace) -> Findings:
    for seq, h in arguments.head:
        if seq > trail.found.head[0]:
            last = trail.found.head[0]
            raise TamperedError(f"entry {last + 1}: missing; entry {seq} was printed")
        if not trail.hashes.get(seq, "").startswith(h) or not h:
            raise TamperedError(f"entry {seq}: is not the one that was printed")
        trail.found.count("printed heads")
    for file in arguments.pdf:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if digest not in trail.files:
            raise TamperedError(f"{file.name}: was not exported like this")
        trail.found.count("files as exported")
    counts = trail.found.counts
    trail.found.unchecked += [
        f"{counts[what]} {what}"
        for what in ("purged", "unsigned anchors", _UNCHECKED_SIGNATURES)
        if counts.get(what)
    ]
    return trail.found


_UNCHECKED_SIGNATURES = "anchors with a signature that could not be checked"


def _key(arguments: argparse.Namespace) -> str:
    if arguments.raw_key_file:
        return str(arguments.raw_key_file.read_text("ascii").strip())
    names = [slot["user_name"] for slot in _vault(arguments.target)["slots"]]
    user = arguments.user or (names[0] if len(names) == 1 else "")
    if not user:
        raise UnreadableError("say with --user whose password it is: " + ", ".join(names))
    return unwrap(arguments.target, user, _password(arguments, user))


def _password(arguments: argparse.Namespace, user: str) -> str:
    if arguments.password_file:
        return str(arguments.password_file.read_text("utf-8").rstrip("\r\n"))
    given = os.environ.get("AEAPP_PASSWORD")
    if given is None and not sys.stdin.isatty():
        raise UnreadableError("there is no password: use --password-file or set AEAPP_PASSWORD")
    return given if given is not None else getpass.getpass(f"Password of {user}: ")


def _head(text: str) -> tuple[int, str]:
    seq, _colon, h = text.partition(":")
    if not seq.isdecimal() or not h or set(h) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError("expected SEQ:HEX, such as 4711:9c1f0a2b3c4d5e6f")
    return int(seq), h


def read_arguments(words: list[str]) -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(
        prog="verify_trail.py",
        description="Check an audit trail: a clinic's folder, an exported trail, or a bundle.",
        epilog="Exit: 0 good, 1 tampering, 2 good as far as could be checked, 3 cannot be read.",
    )
    parser.add_argument("target", type=Path, metavar="CLINIC|EXPORT|BUNDLE")
    for name, words_ in (
        ("--anchors", "anchors kept elsewhere"),
        ("--keys", "key file, or a JSON list of public keys"),
        ("--pdf", "documents that must be registered"),
    ):
        parser.add_argument(
            name, nargs="+", action="extend", type=Path, default=[], metavar="FILE", help=words_
        )
    parser.add_argument(
        "--head", type=_head, action="append", default=[], help="SEQ:HEX as printed on a report"
    )
    parser.add_argument("--since", type=int, default=1, metavar="SEQ", help="begin at this entry")
    parser.add_argument("--user", default="", help="whose password opens the clinic")
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.add_argument(
        "--raw-key-file", type=Path, metavar="FILE", help="96 hexadecimal digits instead"
    )
    parser.add_argument("--json", action="store_true", help="answer for machines")
    return parser.parse_args(words)


_KEY_GIVEN = "that is one of the keys you gave"
_KEY_BROUGHT = "that key came with the bundle: ask the clinic by another way whether it is theirs"


def _say(arguments: argparse.Namespace, code: int, words: str, found: Findings | None) -> int:
    counts = found.counts if found else {}
    unchecked = found.unchecked if found else []
    seq, h = found.head if found else (0, "")
    if arguments.json:
        answer = {
            "exit": code,
            "result": words,
            "counts": counts,
            "unchecked": unchecked,
            "head": {"seq": seq, "h": h},
        }
        if found and found.signed_by:
            answer["signed_by"] = {"key": found.signed_by, "given": found.key_given}
        print(json.dumps(answer, sort_keys=True, indent=1))
        return code
    print(words)
    for what, number in sorted(counts.items()):
        print(f"  {number} {what}")
    for what in unchecked:
        print(f"  not checked: {what}")
    if found:
        print(f"  head {seq}:{h}")
    if found and found.signed_by:
        print(f"  manifest signed by {found.signed_by}")
        print("  " + (_KEY_GIVEN if found.key_given else _KEY_BROUGHT))
    return code


def main(words: list[str]) -> int:
    """Check, say what was found, and return the exit code."""
    arguments = read_arguments(words)
    try:
        found = verify(arguments)
    except TamperedError as error:
        return _say(arguments, TAMPERED, f"TAMPERED: {error}", None)
    except UnreadableError as error:
        return _say(arguments, UNREADABLE, f"CANNOT BE READ: {error}", None)
    except OSError as error:
        return _say(arguments, UNREADABLE, f"CANNOT BE READ: {error.strerror}", None)
    except ImportError as error:
        words_ = f"CANNOT BE READ: the package {error.name} is needed to open a clinic"
        return _say(arguments, UNREADABLE, words_, None)
    if found.unchecked:
        return _say(arguments, INCOMPLETE, "GOOD AS FAR AS IT COULD BE CHECKED", found)
    return _say(arguments, GOOD, "GOOD", found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
