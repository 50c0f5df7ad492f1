"""A save that was acknowledged survives the death of the process (R-01)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAB = ROOT / "tools" / "crashlab.py"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")


def lab(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(LAB), *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=900,
    )
    return done.returncode, done.stdout + done.stderr


def figures(said: str) -> list[int]:
    """Return kills, acknowledged, lost, failed checks."""
    match = re.search(
        r"(\d+) kills, (\d+) acknowledged records, (\d+) lost, (\d+) checks failed", said
    )
    assert match is not None, said
    return [int(n) for n in match.groups()]


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    code, said = lab("kill", "--kills", "10", "--folder", str(tmp_path))
    assert code == 0, said
    kills, saves, lost, failed = figures(said)
    assert (kills, lost, failed) == (10, 0, 0)
    assert saves >= 10


def test_an_entry_written_late_is_found_out(tmp_path: Path) -> None:
    """The control: the same run must see a program that saves wrongly."""
    code, said = lab("kill", "--kills", "60", "--mutate", "--seed", "7", "--folder", str(tmp_path))
    assert code == 1, said
    assert figures(said)[3] > 0


def test_without_a_kill_the_wrong_way_of_saving_is_not_to_be_seen(tmp_path: Path) -> None:
    """So it is the kill that finds it, not something else about that run."""
    script = f"""
import secrets, sys
from pathlib import Path
sys.path.insert(0, {str(LAB.parent)!r})
import crashlab
folder, key = Path({str(tmp_path)!r}) / "x.aeclinic", secrets.token_hex(48)
crashlab.create_database(folder, key).close()
crashlab.weaken(folder, key)
crashlab.upgrade.assert_schema = lambda connection: ""
database = crashlab.open_database(folder, key)
for _ in range(20):
    with database.new_uow() as uow:
        crashlab.late_entry(uow)
        uow.commit()
bad = [c.name for c in database.report().checks if not c.ok]
sys.exit(0 if bad == ["schema"] else f"{{bad}}")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.gauntlet
def test_two_hundred_kills_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = lab("kill", "--kills", "200", "--folder", str(tmp_path))
    with capsys.disabled():
        sys.stdout.write(f"\n  {said.strip()}\n")
    assert code == 0, said
    assert figures(said)[0] == 200
