"""The checker from outside finds what it should, and needs nothing of ours for it."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.util
import json
import os
import random
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aeapp.domain.records import Patient, Session
from aeapp.domain.records.patient import Medicine
from aeapp.persistence.database import Database, create_database, open_database
from aeapp.persistence.errors import StoreError, TrailBrokenError
from aeapp.trail.anchors import Signer
from tests.helpers.clinic import PASSWORD, practice_app
from tests.helpers.tamper import chain_anew, copy_of, with_a_tool
from tests.persistence.conftest import NURSE, HeldClock

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_trail.py"
KEY = secrets.token_hex(48)
_PRIVATE = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
_PUBLIC = _PRIVATE.public_key().public_bytes_raw()
_KEY_ID = "k-" + hashlib.sha256(_PUBLIC).hexdigest()[:32]


def _verify(_key_id: str, message: bytes, signature: bytes) -> bool:
    try:
        _PRIVATE.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


SIGNER = Signer(key_id=_KEY_ID, sign=_PRIVATE.sign, verify=_verify)


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_trail", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_trail"] = module
    spec.loader.exec_module(module)
    return module


def fill(database: Database) -> None:
    """Do a day's work: 40 entries, an import among them, an anchor in the middle."""
    patients: list[Patient] = []
    with database.new_uow() as uow:
        for n in range(5):
            medicines = tuple(Medicine(name=f"M{m}") for m in range(n))
            patients.append(uow.save(Patient(code=str(n), medicines=medicines), who=NURSE))
        uow.save_bulk([Session(chair=str(n)) for n in range(20)], who=NURSE, reason="import")
        uow.trail.note("export", who=NURSE, entity="case", entity_id="c", data={"sha256": "ab"})
        uow.commit()
    for n in range(30):
        if n == 10:
            database.anchor()
        with database.new_uow() as uow:
            old = patients[n % 5]
            new = dataclasses.replace(old, history=f"H{n}", medicines=old.medicines[1:])
            patients[n % 5] = uow.save(new, who=NURSE, reason="more")
            uow.commit()


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trail") / "good.aeclinic"
    database = create_database(folder, KEY, clock=HeldClock(), signer=SIGNER)
    fill(database)
    with database.new_uow() as uow:
        lines = "\n".join(uow.trail.lines()) + "\n"
    database.close()
    (folder.parent / "export.jsonl").write_text(lines, "ascii")
    (folder.parent / "key").write_text(KEY)
    (folder.parent / "public.json").write_text(json.dumps([_PUBLIC.hex()]))
    return folder


class Answer:
    """What the tool says."""

    def __init__(self, code: int, out: str) -> None:
        self.code = code
        self.said: dict[str, Any] = json.loads(out)


@pytest.fixture
def check(
    tool: ModuleType, good: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    def run(target: Path, *more: str) -> Answer:
        key = ["--raw-key-file", str(good.parent / "key")] if target.is_dir() else []
        keys = ["--keys", str(good.parent / "public.json")]
        code = tool.main([str(target), "--json", *key, *keys, *more])
        return Answer(code, capsys.readouterr().out)

    return run


def test_a_good_clinic_is_good(check: Callable[..., Answer], good: Path) -> None:
    answer = check(good)
    assert (answer.code, answer.said["result"]) == (0, "GOOD")
    assert answer.said["counts"]["records"] == 25
    assert answer.said["counts"]["anchors"] == 2
    assert answer.said["head"]["seq"] == answer.said["counts"]["entries"] == 38


def test_a_good_export_is_good_without_a_key(check: Callable[..., Answer], good: Path) -> None:
    export, anchors = good.parent / "export.jsonl", str(good / "anchors.jsonl")
    assert check(export, "--anchors", anchors).code == 0
    assert check(export).code == 2


def test_the_tool_runs_alone_and_imports_nothing_of_ours(good: Path, tmp_path: Path) -> None:
    alone = tmp_path / "verify.py"
    alone.write_bytes(TOOL.read_bytes())
    watched = (
        "import runpy, sys\n"
        "try:\n    runpy.run_path(sys.argv.pop(1), run_name='__main__')\n"
        "except SystemExit as end:\n    code = end.code\n"
        "ours = [m for m in sys.modules if m.split('.')[0] in ('aeapp', 'forms', 'exports')]\n"
        "sys.exit(code if not ours else 99)\n"
    )
    key = str(good.parent / "key")
    done = subprocess.run(
        [sys.executable, "-I", "-c", watched, str(alone), str(good), "--raw-key-file", key,
         "--keys", str(good.parent / "public.json")],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("GOOD\n")


def test_an_export_needs_the_standard_library_alone(good: Path, tmp_path: Path) -> None:
    export, anchors = good.parent / "export.jsonl", good / "anchors.jsonl"
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(TOOL), str(export), "--anchors", str(anchors),
         "--keys", str(good.parent / "public.json")],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "")
    assert "2 anchors with a signature that could not be checked" in done.stdout


@pytest.mark.parametrize("way", ["environment", "file"])
def test_a_clinic_opens_with_a_persons_password(
    way: str, tool: ModuleType, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    app = practice_app(tmp_path)
    app.close()
    folder = tmp_path / "larkspur.aeclinic"
    words = [str(folder)]
    if way == "environment":
        monkeypatch.setenv("AEAPP_PASSWORD", PASSWORD)
    else:
        (tmp_path / "password").write_text(PASSWORD + "\n")
        words += ["--password-file", str(tmp_path / "password")]
    before = {f.name: f.read_bytes() for f in folder.iterdir() if f.name != "clinic.db-shm"}
    assert tool.main(words) == 0, capsys.readouterr().out
    after = {f.name: f.read_bytes() for f in folder.iterdir() if f.name != "clinic.db-shm"}
    assert {k: v for k, v in after.items() if v} == {k: v for k, v in before.items() if v}


def test_a_wrong_password_cannot_read(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    practice_app(tmp_path).close()
    monkeypatch.setenv("AEAPP_PASSWORD", PASSWORD + "x")
    assert tool.main([str(tmp_path / "larkspur.aeclinic")]) == 3
    assert "password is wrong" in capsys.readouterr().out


def test_what_is_no_clinic_cannot_be_read(check: Callable[..., Answer], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("hello")
    assert check(tmp_path / "empty").code == 3
    assert check(tmp_path / "text").code == 3
    assert check(tmp_path / "nowhere").code == 3


# ------------------------------------------------------------------ tampering, by a tool with key


def _byte(base: Any, rng: random.Random) -> None:
    columns = ("payload", "h", "prev", "payload_hash", "op_id", "actor", "action", "at")
    column, seq = rng.choice(columns), rng.randrange(1, 39)
    old = base.execute(f"SELECT {column} FROM audit WHERE seq = ?", (seq,)).fetchone()[0]
    place = rng.randrange(len(old))
    if isinstance(old, str):
        other = chr((ord(old[place]) - 32 + rng.randrange(1, 94)) % 95 + 32)
        new: Any = old[:place] + other + old[place + 1 :]
    else:
        new = bytes([*old[:place], old[place] ^ (1 << rng.randrange(8)), *old[place + 1 :]])
    base.execute(f"UPDATE audit SET {column} = ? WHERE seq = ?", (new, seq))


def _delete(base: Any, rng: random.Random) -> None:
    base.execute("DELETE FROM audit WHERE seq = ?", (rng.randrange(1, 38),))


def _delete_and_close_the_gap(base: Any, rng: random.Random) -> None:
    seq = rng.randrange(2, 36)
    base.execute("DELETE FROM audit WHERE seq = ?", (seq,))
    base.execute("UPDATE audit SET seq = -seq WHERE seq > ?", (seq,))
    base.execute("UPDATE audit SET seq = -seq - 1 WHERE seq < 0")
    chain_anew(base, seq, lambda n, text: _with(text, seq=n))


def _with(payload: str, **changes: Any) -> str:
    content = json.loads(payload) | changes
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _insert(base: Any, rng: random.Random) -> None:
    seq = rng.randrange(1, 39)
    base.execute("UPDATE audit SET seq = -seq - 1 WHERE seq >= ?", (seq,))
    base.execute("UPDATE audit SET seq = -seq WHERE seq < 0")
    base.execute(
        "INSERT INTO audit SELECT ?, prev, payload_hash, randomblob(32), payload, 'x', actor,"
        " entity, entity_id, version, action, at FROM audit WHERE seq = ?",
        (seq, seq + 1),
    )
    if rng.random() < 0.5:
        chain_anew(base, seq)


def _swap(base: Any, rng: random.Random) -> None:
    one, two = rng.sample(range(1, 39), 2)
    base.execute("UPDATE audit SET seq = -1 WHERE seq = ?", (one,))
    base.execute("UPDATE audit SET seq = ? WHERE seq = ?", (one, two))
    base.execute("UPDATE audit SET seq = ? WHERE seq = -1", (two,))
    if rng.random() < 0.5:
        chain_anew(base, min(one, two), lambda n, text: _with(text, seq=n))


def _cut(base: Any, rng: random.Random) -> None:
    base.execute("DELETE FROM audit WHERE seq > ?", (38 - rng.randrange(1, 37),))


def _anew(base: Any, rng: random.Random) -> None:
    start = rng.randrange(1, 38)
    chain_anew(base, start, lambda n, text: _with(text, name="Somebody") if n == start else text)


def _record(base: Any, rng: random.Random) -> None:
    table, column = rng.choice([("patient", "code"), ("patient", "history"), ("session", "chair")])
    (ids,) = zip(*base.execute(f"SELECT id FROM {table}").fetchall(), strict=True)
    base.execute(f"UPDATE {table} SET {column} = 'other' WHERE id = ?", (rng.choice(ids),))


def _new_record(base: Any, rng: random.Random) -> None:
    base.execute(
        "INSERT INTO session (id, version, audit_seq) VALUES ('x', 1, ?)", (rng.randrange(1, 39),)
    )


def _lost_record(base: Any, rng: random.Random) -> None:
    base.execute("DELETE FROM session WHERE id = (SELECT max(id) FROM session)")


def _stale_record(base: Any, rng: random.Random) -> None:
    base.execute("UPDATE patient SET audit_seq = audit_seq - 1 WHERE code = '1'")


def _other_install(base: Any, rng: random.Random) -> None:
    base.execute("UPDATE meta SET value = 'other' WHERE name = 'install'")


def _nothing_replaced(base: Any, rng: random.Random) -> None:
    def change(n: int, text: str) -> str:
        content = json.loads(text)
        if n == 36:
            content["before"]["history"] = "never"
        return json.dumps(content, sort_keys=True, separators=(",", ":"))

    chain_anew(base, 36, change)


KINDS: list[Callable[[Any, random.Random], None]] = [
    _byte, _delete, _delete_and_close_the_gap, _insert, _swap, _cut, _anew, _record, _new_record,
    _lost_record, _stale_record, _other_install, _nothing_replaced,
]  # fmt: skip


def _tampered(good: Path, to: Path, kind: Callable[..., None], seed: int) -> Path:
    folder = copy_of(good, to)
    with with_a_tool(folder, KEY) as base:
        kind(base, random.Random(seed))
    return folder


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.strip("_"))
@pytest.mark.parametrize("seed", range(3))
def test_tampering_is_found_and_the_place_is_named(
    kind: Callable[..., None], seed: int, check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    answer = check(_tampered(good, tmp_path / "bad.aeclinic", kind, seed))
    assert answer.code == 1, answer.said
    assert any(word in answer.said["result"] for word in ("entry", "patient", "session"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.strip("_"))
def test_the_program_itself_finds_the_same(
    kind: Callable[..., None], good: Path, tmp_path: Path
) -> None:
    for seed in range(3):
        folder = _tampered(good, tmp_path / f"{seed}.aeclinic", kind, seed)
        try:
            database = open_database(folder, KEY, signer=SIGNER)
        except StoreError:
            continue
        assert not database.report().ok, seed
        database.abandon()


@pytest.mark.gauntlet
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.strip("_"))
def test_a_thousand_tamperings_are_found(
    kind: Callable[..., None], check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    missed = []
    for seed in range(77):  # of thirteen kinds
        folder = _tampered(good, tmp_path / f"{seed}.aeclinic", kind, seed)
        if check(folder).code != 1:
            missed.append(seed)
    assert missed == []


@pytest.mark.parametrize("kind", [_cut, _anew], ids=["cut", "anew"])
def test_without_anchors_a_cut_or_rewritten_tail_is_only_incomplete(
    kind: Callable[..., None], check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    """The control: it is the anchors that find these, and the tool says what it lacks."""

    def untied(base: Any, rng: random.Random) -> None:
        kind(base, rng)
        base.execute("DELETE FROM anchor")
        if kind is _cut:
            last = base.execute("SELECT max(seq) FROM audit").fetchone()[0]
            base.execute("DELETE FROM patient WHERE audit_seq > ?", (last,))

    folder = _tampered(good, tmp_path / "bad.aeclinic", untied, 5)
    (folder / "anchors.jsonl").unlink()
    answer = check(folder)
    if kind is _anew:
        assert answer.code == 2, answer.said
    assert check(folder, "--anchors", str(good / "anchors.jsonl")).code == 1


def test_a_head_on_paper_finds_a_cut_tail(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    export = (good.parent / "export.jsonl").read_text().splitlines()
    last = json.loads(export[-1])
    kept = json.loads(export[-3])
    first = json.loads(export[0]) | {"seq": kept["seq"], "h": kept["h"]}
    cut = tmp_path / "cut.jsonl"
    cut.write_text("\n".join([json.dumps(first, sort_keys=True), *export[1:-2]]) + "\n")
    assert check(cut).code == 2
    assert check(cut, "--head", f"{kept['seq']}:{kept['h'][:16]}").code == 2
    assert check(cut, "--head", f"{last['seq']}:{last['h'][:16]}").code == 1
    assert check(cut, "--head", f"{kept['seq']}:{last['h'][:16]}").code == 1


def test_an_export_changed_in_any_line_is_found(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    lines = (good.parent / "export.jsonl").read_text().splitlines()
    rng = random.Random(1)
    for number in range(1, len(lines)):
        bad = list(lines)
        place = rng.randrange(len(bad[number]))
        bad[number] = bad[number][:place] + "~" + bad[number][place + 1 :]
        file = tmp_path / "bad.jsonl"
        file.write_text("\n".join(bad) + "\n")
        assert check(file).code == 1


def test_a_document_is_known_by_its_bytes(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    database = open_database(copy_of(good, tmp_path / "c.aeclinic"), KEY, clock=HeldClock())
    document = tmp_path / "report.pdf"
    document.write_bytes(b"%PDF-1.7 report")
    digest = hashlib.sha256(b"%PDF-1.7 report").hexdigest()
    with database.new_uow() as uow:
        uow.trail.note("export", who=NURSE, data={"sha256": digest})
        uow.commit()
    database.close()
    assert check(tmp_path / "c.aeclinic", "--pdf", str(document)).code in (0, 2)
    document.write_bytes(b"%PDF-1.7 Report")
    assert check(tmp_path / "c.aeclinic", "--pdf", str(document)).code == 1


def test_a_forged_anchor_does_not_pass(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    folder = copy_of(good, tmp_path / "c.aeclinic")
    lines = (folder / "anchors.jsonl").read_text().splitlines()
    forged = json.loads(lines[-1]) | {"at": "2020-01-01T00:00:00.000000Z"}
    (folder / "anchors.jsonl").write_text("\n".join([*lines[:-1], json.dumps(forged)]))
    assert check(folder).code == 1


def test_anchors_taken_out_of_the_file_are_missed(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    folder = copy_of(good, tmp_path / "c.aeclinic")
    lines = (folder / "anchors.jsonl").read_text().splitlines()
    (folder / "anchors.jsonl").write_text(lines[0] + "\n")
    answer = check(folder)
    assert answer.code == 2
    assert "1 anchors are not in the files given" in answer.said["unchecked"]


def test_an_older_copy_of_the_database_is_found(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    folder = copy_of(good, tmp_path / "c.aeclinic")
    old = (folder / "clinic.db").read_bytes()
    database = open_database(folder, KEY, clock=HeldClock(), signer=SIGNER)
    fill(database)
    database.close()
    (folder / "clinic.db").write_bytes(old)
    assert check(folder).code == 1
    with pytest.raises(TrailBrokenError):
        open_database(folder, KEY, signer=SIGNER)


def test_an_old_page_put_back_is_found(
    check: Callable[..., Answer], good: Path, tmp_path: Path
) -> None:
    """SQLCipher's own checks call this file whole: each page authenticates by itself."""
    folder = copy_of(good, tmp_path / "c.aeclinic")
    database = open_database(folder, KEY, clock=HeldClock(), signer=SIGNER)
    before = (folder / "clinic.db").read_bytes()
    with database.new_uow() as uow:
        old = uow.records.query("patient", order_by=["code"])[0]
        uow.save(dataclasses.replace(old, history="corrected"), who=NURSE, reason="wrong")  # type: ignore[call-arg]
        uow.commit()
    database.close()
    after = (folder / "clinic.db").read_bytes()
    with with_a_tool(copy_of(folder, tmp_path / "d.aeclinic"), KEY) as base:
        # The list of anchors inside the database is second to the file; its page may go back.
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'anchor'"
        second = {base.execute(query).fetchone()[0] - 1}
        # So may those of the index of search, which is made of its documents at any time, and of
        # the list of what is due, which has them made once more.
        query = "SELECT rootpage FROM sqlite_master WHERE name GLOB '*search_' || ? || '*'"
        for what in ("index", "due"):
            second |= {row[0] - 1 for row in base.execute(query, (what,))}
    size = 4096
    pages = [n for n in range(1, len(before) // size) if n not in second]
    changed = [n for n in pages if _page(before, n, size) != _page(after, n, size)]
    assert len(changed) >= 3
    for n in changed:
        mixed = after[: n * size] + _page(before, n, size) + after[(n + 1) * size :]
        (folder / "clinic.db").write_bytes(mixed)
        # What search looks through is made of the records; the program itself compares them.
        assert check(folder).code == 1 or _program_finds_it(folder)
    (folder / "clinic.db").write_bytes(after)
    assert not _program_finds_it(folder)


def _program_finds_it(folder: Path) -> bool:
    try:
        database = open_database(folder, KEY, clock=HeldClock(), signer=SIGNER)
    except StoreError:
        return True
    try:
        return not database.report().ok
    except StoreError:
        return True
    finally:
        database.abandon()


def _page(content: bytes, n: int, size: int) -> bytes:
    return content[n * size : (n + 1) * size]


def test_help_names_the_exits(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        tool.main(["--help"])
    assert end.value.code == 0
    assert "1 tampering" in capsys.readouterr().out
    assert os.access(TOOL, os.R_OK)
