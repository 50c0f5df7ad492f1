"""A full disk says so, loses nothing, and work goes on once there is room (R-04)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aeapp.persistence.database import open_database
from tests.persistence.conftest import KEY

ROOT = Path(__file__).resolve().parents[2]

SAVER = """
import resource, sys
from pathlib import Path
from aeapp.domain.records import Session
from aeapp.persistence.database import open_database
from aeapp.persistence.errors import DiskFullError
from aeapp.trail.entry import PROGRAM

folder, key, way = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
database = open_database(folder, key)
filler = folder / "filler"

def shut():
    if way == "limit":
        size = (folder / "clinic.db-wal").stat().st_size + 60_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    else:
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass

def free():
    if way == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    else:
        filler.unlink()

def save():
    with database.new_uow() as uow:
        new = uow.save(Session(note="x" * 3000), who=PROGRAM)
        uow.commit()
    return new.id

told = [save()]
shut()
refused = 0
for _ in range(200):
    try:
        told.append(save())
    except DiskFullError:
        refused += 1
        if refused == 3:
            break
assert refused == 3, refused
free()
told.append(save())
with database.new_uow() as uow:
    assert len(uow.records.many("session", told)) == len(told)
    assert uow.records.count("session") == len(told)
assert database.report().ok
database.close()
print("kept", len(told))
"""


def run(folder: Path, way: str, *prefix: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-c", SAVER, str(folder), KEY, way],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX does")
def test_a_limit_on_the_size_of_files_is_a_full_disk(empty_folder: Path, folder: Path) -> None:
    shutil.copytree(empty_folder, folder)
    done = run(folder, "limit")
    assert done.returncode == 0, done.stderr
    assert "kept" in done.stdout
    database = open_database(folder, KEY)
    assert database.report().ok
    database.close()


@pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")
def test_a_full_disk_is_one(empty_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mount = (
        f'mount -t tmpfs -o size=2m tmpfs "{place}" && cp -r "{empty_folder}" "{place}/x.aeclinic"'
        ' && exec "$@"'
    )
    done = run(place / "x.aeclinic", "disk", "unshare", "-m", "sh", "-c", mount, "sh")
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this user may not mount")
    assert done.returncode == 0, done.stderr
    assert "kept" in done.stdout
