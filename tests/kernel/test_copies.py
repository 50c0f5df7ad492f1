"""Copies in the clear are for their owner, are wiped, and do not outlive a kill for long."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from aeapp.kernel import copies
from aeapp.kernel.copies import PREFIX, TemporaryCopies, sweep, wipe
from aeapp.kernel.files import FileTroubleError

posix = pytest.mark.skipif(os.name != "posix", reason="modes and processes of POSIX")


@posix
def test_a_copy_is_its_owners_and_nobody_changes_it(tmp_path: Path) -> None:
    made = TemporaryCopies(tmp_path)
    path = made.make("a.pdf", b"secret")
    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert made.make("a.pdf", b"anew").read_bytes() == b"anew"
    made.wipe_all()
    assert list(tmp_path.iterdir()) == []
    made.wipe_all()


def test_a_wiped_copy_was_overwritten_first(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"secret")
    other = tmp_path / "b"
    os.link(path, other)
    wipe(path)
    assert not path.exists()
    assert other.read_bytes() == bytes(6)
    wipe(path)


@posix
def test_copies_of_a_killed_program_go_at_the_next_start_and_those_of_others_stay(
    tmp_path: Path,
) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from aeapp.kernel.copies import TemporaryCopies\n"
        "print(TemporaryCopies(Path(sys.argv[1])).make('a.pdf', b'secret'), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, check=False
    )
    left = Path(done.stdout.strip())
    assert left.read_bytes() == b"secret"
    mine = TemporaryCopies(tmp_path)
    own = mine.make("b.pdf", b"open")
    (tmp_path / f"{PREFIX}nobody").mkdir()
    (tmp_path / f"{PREFIX}1-init").mkdir()
    (tmp_path / f"{PREFIX}7-link").symlink_to(tmp_path)
    assert sweep(tmp_path) == 2
    assert not left.exists()
    assert own.exists()
    mine.wipe_all()


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        TemporaryCopies(tmp_path / "gone").make("a.pdf", b"x")


def test_copies_go_to_memory_where_the_system_has_a_folder_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert copies.base() == tmp_path
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    assert copies.base() != tmp_path
