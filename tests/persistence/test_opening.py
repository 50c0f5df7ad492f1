"""What opening refuses, with the right words, and what it leaves alone."""

from __future__ import annotations

import json
import os
import random
import secrets
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.pool import QueuePool

from aeapp.domain.records import Patient, Session
from aeapp.kernel.errors import KnownError
from aeapp.persistence import connect, errors, places, report
from aeapp.persistence.database import Database, create_database, open_database
from tests.helpers.guards import SENTINEL
from tests.helpers.tamper import damage_unread, with_a_tool
from tests.persistence.conftest import KEY, NURSE


@pytest.fixture
def closed(folder: Path) -> Path:
    database = create_database(folder, KEY)
    with database.new_uow() as uow:
        for n in range(300):
            uow.save(Patient(code=str(n), name=f"{SENTINEL} {n}"), who=NURSE)
        uow.commit()
    database.close()
    return folder


def spoil(edit: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: edit(folder / "clinic.db")


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def cut(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])


def open_and_read_through(folder: Path, key: str = KEY) -> None:
    """Open a clinic as the program does: first what is needed, then every page."""
    database = open_database(folder, key)
    try:
        database.check_file()
    finally:
        database.close()


def newer(folder: Path) -> None:
    with with_a_tool(folder, KEY) as base:
        base.execute("UPDATE alembic_version SET version_num = '9999'")


def drop_trigger(folder: Path) -> None:
    base = sqlcipher.connect(str(folder / "clinic.db"), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{KEY}'\"")
    base.execute("DROP TRIGGER aeapp_audit_update")
    base.close()


def other_tables(folder: Path) -> None:
    (folder / "clinic.db").unlink()
    base = sqlcipher.connect(str(folder / "clinic.db"), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{KEY}'\"")
    base.execute("CREATE TABLE t (x)")
    base.close()


def plain(file: Path) -> None:
    file.unlink()
    base = sqlcipher.connect(str(file), isolation_level=None)
    base.execute("CREATE TABLE t (x)")
    base.close()


def rewind_anchors(folder: Path) -> None:
    file = folder / "anchors.jsonl"
    last = json.loads(file.read_text().splitlines()[-1])
    file.write_text(json.dumps(last | {"seq": last["seq"] + 5}) + "\n")


TROUBLES: dict[str, tuple[Callable[[Path], object], type[KnownError]]] = {
    "no file": (spoil(Path.unlink), errors.NoClinicError),
    "no folder": (shutil.rmtree, errors.NoClinicError),
    "empty file": (spoil(lambda f: cut(f, 0)), errors.DamagedError),
    "one byte short": (spoil(lambda f: cut(f, f.stat().st_size - 1)), errors.DamagedError),
    "a page short": (spoil(lambda f: cut(f, f.stat().st_size - 4096)), errors.DamagedError),
    "first page": (spoil(lambda f: flip(f, 100)), errors.DamagedError),
    "salt": (spoil(lambda f: flip(f, 3)), errors.DamagedError),
    "some page": (spoil(lambda f: flip(f, 4096 * 20 + 77)), errors.DamagedError),
    "last byte": (spoil(lambda f: flip(f, f.stat().st_size - 1)), errors.DamagedError),
    "not encrypted": (spoil(plain), errors.NotAClinicError),
    "other tables": (other_tables, errors.NotAClinicError),
    "newer program": (newer, errors.NewerSchemaError),
    "trigger gone": (drop_trigger, errors.SchemaDriftError),
    "anchor ahead": (rewind_anchors, errors.TrailBrokenError),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_has_its_own_words(trouble: str, closed: Path) -> None:
    edit, expected = TROUBLES[trouble]
    edit(closed)
    file = closed / "clinic.db"
    before = file.read_bytes() if file.exists() else b""
    with pytest.raises(errors.StoreError) as caught:
        open_and_read_through(closed)
    assert type(caught.value) is expected
    assert caught.value.remedy
    assert SENTINEL not in str(caught.value)
    assert (file.read_bytes() if file.exists() else b"") == before


def test_a_page_damaged_while_the_program_runs_is_said_to_be_when_it_is_read(
    closed: Path,
) -> None:
    database = open_database(closed, KEY)
    file = closed / "clinic.db"
    with file.open("r+b") as handle:
        for page in range(10, file.stat().st_size // 4096):
            handle.seek(page * 4096 + 50)
            handle.write(b"damage")
    with database.new_uow() as uow, pytest.raises(errors.DamagedError):
        uow.records.find("patient")
    database.abandon()


def test_a_wrong_key_is_not_called_damage(closed: Path) -> None:
    with pytest.raises(errors.WrongKeyError):
        open_database(closed, secrets.token_hex(48))
    open_database(closed, KEY).close()


@pytest.mark.parametrize("seed", range(5))
def test_any_flipped_bit_is_found_after_opening(closed: Path, seed: int) -> None:
    rng = random.Random(seed)
    good = (closed / "clinic.db").read_bytes()
    for _ in range(20):
        flip(closed / "clinic.db", rng.randrange(len(good)))
        with pytest.raises(errors.DamagedError):
            open_and_read_through(closed)
        (closed / "clinic.db").write_bytes(good)
    open_and_read_through(closed)


def test_damage_that_nobody_has_read_keeps_the_clinic_from_taking_more(closed: Path) -> None:
    file = closed / "clinic.db"
    damage_unread(closed, KEY)
    bad = file.read_bytes()
    database = open_database(closed, KEY)
    with pytest.raises(errors.DamagedError):
        database.check_file()
    with pytest.raises(errors.DamagedError):
        database.new_uow()
    database.close()
    assert file.read_bytes() == bad


def test_a_file_is_read_through_while_others_save(sqlite: Database) -> None:
    done = threading.Event()

    def save() -> None:
        while not done.is_set():
            with sqlite.new_uow() as uow:
                for n in range(20):
                    uow.save(Patient(name=f"{SENTINEL} {n}"), who=NURSE)
                uow.commit()

    writer = threading.Thread(target=save)
    writer.start()
    try:
        for _ in range(20):
            sqlite.check_file()
    finally:
        done.set()
        writer.join()
    assert sqlite.report().ok


@pytest.mark.postgres
def test_a_server_looks_after_its_own_files(postgres: Database) -> None:
    postgres.check_file()
    assert postgres.report().ok


@pytest.mark.gauntlet
def test_two_thousand_flipped_bits_are_found(closed: Path) -> None:
    good = (closed / "clinic.db").read_bytes()
    rng = random.Random(2000)
    missed = []
    for _ in range(2000):
        place, bit = rng.randrange(len(good)), 1 << rng.randrange(8)
        bad = bytearray(good)
        bad[place] ^= bit
        (closed / "clinic.db").write_bytes(bad)
        try:
            open_and_read_through(closed)
            missed.append(place)
        except errors.DamagedError:
            continue
    assert missed == []


def test_a_clinic_is_not_made_over_another(closed: Path) -> None:
    before = (closed / "clinic.db").read_bytes()
    with pytest.raises(errors.ClinicExistsError):
        create_database(closed, KEY)
    assert (closed / "clinic.db").read_bytes() == before


def test_a_half_made_clinic_is_begun_anew(folder: Path) -> None:
    (folder / "clinic.new").mkdir(parents=True)
    (folder / "clinic.new" / "clinic.db").write_bytes(b"half")
    create_database(folder, KEY).close()
    assert sorted(f.name for f in folder.iterdir()) == ["anchors.jsonl", "clinic.db"]


@pytest.mark.skipif(os.name == "nt", reason="permissions are others on Windows")
def test_only_its_user_may_read_the_files(closed: Path) -> None:
    for file in closed.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_nothing_on_the_disk_is_readable(closed: Path) -> None:
    database = open_database(closed, KEY)
    with database.new_uow() as uow:
        uow.save(Session(note=SENTINEL), who=NURSE)
        uow.drafts.append("u", "s", "enter", SENTINEL)
        uow.commit()
    files = [f for f in closed.iterdir() if f.name != "clinic.db-shm"]
    assert {"clinic.db", "clinic.db-wal"} <= {f.name for f in files}
    wanted = [SENTINEL.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    for file in files:
        content = file.read_bytes()
        assert not any(words in content for words in wanted), file.name
        assert b"audit" not in content.replace(b"aeapp-audit", b"")
    database.close()


def test_the_control_finds_the_words_in_an_unencrypted_file(tmp_path: Path) -> None:
    base = sqlcipher.connect(str(tmp_path / "plain.db"), isolation_level=None)
    base.execute("CREATE TABLE t (x)")
    base.execute("INSERT INTO t VALUES (?)", (SENTINEL,))
    base.close()
    assert SENTINEL.encode() in (tmp_path / "plain.db").read_bytes()


def test_the_key_is_in_no_repr_and_no_url(sqlite: Database) -> None:
    engine = sqlite._place.engine  # noqa: SLF001 - there is no public way to the engine
    shown = f"{sqlite!r}{engine!r}{engine.url}{sqlite._place!r}"  # noqa: SLF001
    assert KEY not in shown


def test_closing_wipes_the_key(folder: Path) -> None:
    database = create_database(folder, KEY)
    key = database._place.key  # noqa: SLF001 - what is wiped can only be seen here
    database.close()
    assert key == bytes(96)


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize("setting", sorted(connect.settings_to_keep()))
def test_a_setting_that_does_not_take_refuses_to_open(
    setting: str, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlcipher.connect

    class Weak:
        """A driver that answers one pragma wrongly."""

        def __init__(self, base: object) -> None:
            self._base = base

        def execute(self, words: str, *more: object) -> object:
            if words == f"PRAGMA {setting}":
                words = "SELECT 0"
            return self._base.execute(words, *more)  # type: ignore[attr-defined]

        def __getattr__(self, name: str) -> object:
            return getattr(self._base, name)

    monkeypatch.setattr(connect.sqlcipher, "connect", lambda *a, **k: Weak(real(*a, **k)))
    with pytest.raises(errors.UnsafeSettingsError) as caught:
        open_database(closed, KEY)
    assert caught.value.detail == setting


@pytest.mark.postgres
@pytest.mark.parametrize("setting", ["synchronous_commit=off", "synchronous_commit=on"])
def test_a_server_that_may_lose_commits_is_refused(server_url: str, setting: str) -> None:
    name = server_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(server_url, autocommit=True) as base:
        base.execute(f"ALTER DATABASE {name} SET {setting.replace('=', ' = ')}")
    if setting.endswith("on"):
        open_database(server_url).close()
        return
    with pytest.raises(errors.UnsafeSettingsError):
        open_database(server_url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u@db.example/x",
        "postgresql://u@db.example/x?sslmode=require",
        "postgresql://u@127.0.0.1/x",
        "postgresql://u@/x?host=db.example",
    ],
)
def test_a_line_over_the_network_must_be_verified(url: str) -> None:
    with pytest.raises(errors.UnsafeServerError):
        open_database(url)


def test_temporary_files_stay_in_memory(sqlite: Database, folder: Path) -> None:
    base = connect.open_sqlcipher(folder / "clinic.db", KEY, lambda *_: 0)  # type: ignore[arg-type]
    options = {row[0] for row in base.execute("PRAGMA compile_options")}
    base.close()
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}


# ------------------------------------------------------------------ places and other programs


def test_a_lock_held_by_another_program_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connect.BUSY_TIMEOUT_S == 5
    monkeypatch.setattr(connect, "BUSY_TIMEOUT_S", 0.2)
    sqlite = create_database(folder, KEY)
    other = sqlcipher.connect(str(folder / "clinic.db"), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{KEY}'\"")
    other.execute("BEGIN IMMEDIATE")
    with sqlite.new_uow() as uow, pytest.raises(errors.LockedError):
        uow.lock()
    with sqlite.new_uow() as uow:
        assert uow.records.count("session") == 0  # readers go on
    other.execute("ROLLBACK")
    with sqlite.new_uow() as uow:
        uow.save(Session(), who=NURSE)
        uow.commit()
    other.close()
    sqlite.close()


@pytest.mark.parametrize(
    ("busy", "good", "detail"),
    [
        (0, True, "0 damaged pages"),
        (2, True, "0 damaged pages"),
        (3, False, "not checked: another program keeps writing; try again"),
    ],
)
def test_the_pages_are_looked_at_once_the_other_program_is_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, busy: int, good: bool, detail: str
) -> None:
    looks, look = iter(range(busy)), connect.damaged_pages

    def looked(connection: sa.Connection) -> int | None:
        return look(connection) if next(looks, None) is None else None

    monkeypatch.setattr(report, "LOOKS", 3)
    monkeypatch.setattr(connect, "damaged_pages", looked)
    sqlite = create_database(folder, KEY)
    (pages,) = [c for c in sqlite.report().checks if c.name == "pages"]
    sqlite.close()
    assert (pages.ok, pages.detail) == (good, detail)


@pytest.mark.parametrize("name", ["OneDrive", "OneDrive - Clinic", "Dropbox", "iCloud Drive"])
def test_synchronised_folders_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.UnsafePlaceError):
        create_database(tmp_path / name / "x.aeclinic", KEY)


def test_network_drives_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places.assert_safe(tmp_path)
    monkeypatch.setattr(places, "_file_system", lambda folder: "nfs4")
    with pytest.raises(errors.UnsafePlaceError):
        places.assert_safe(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")
def test_a_read_only_disk_is_said_to_be_one(closed: Path, tmp_path: Path) -> None:
    place = tmp_path / "mount"
    place.mkdir()
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from aeapp.persistence.database import open_database\n"
        "from aeapp.persistence.errors import ReadOnlyError\n"
        f"try: open_database(Path('{place}'), '{KEY}')\n"
        "except ReadOnlyError: sys.exit(42)"
    )
    mount = f"mount --bind {closed} {place} && mount -o remount,ro,bind {place}"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", f'{mount} && "$0" -c "$1"', sys.executable, script],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this user may not mount")
    assert done.returncode == 42, done.stderr


def test_the_pool_keeps_its_connections(sqlite: Database) -> None:
    assert isinstance(sqlite._place.engine.pool, QueuePool)  # noqa: SLF001
