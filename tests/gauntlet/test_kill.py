"""Work in a clinic survives the death of the program; faulty programs are found out."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.crashlab import Figures, run
from tools.crashlab_child import MUTATIONS, PASSWORD, USER

REPOSITORY = Path(__file__).resolve().parents[2]
KILLS = 200

pytestmark = [
    pytest.mark.gauntlet,
    pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are of POSIX systems"),
]


def told(figures: Figures, capsys: pytest.CaptureFixture[str]) -> str:
    """Print the figures where a passing run shows them too."""
    lines = "\n  ".join(figures.lines())
    with capsys.disabled():
        print(f"\n  {lines}")  # noqa: T201 - figures are the result of a run
    return lines


def test_two_hundred_kills_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = run(tmp_path, kills=KILLS, seed=random.SystemRandom().getrandbits(32))

    said = told(figures, capsys)
    assert figures.ok, said
    assert figures.kills == KILLS
    # Otherwise the kills would have hit nothing worth hitting.
    assert figures.saves >= 10 * KILLS, said
    assert figures.mid_save >= KILLS / 4, said
    assert 0 < figures.landed < figures.mid_save, said
    assert figures.opening >= KILLS / 20, said
    for folder in sorted(tmp_path.iterdir()):
        assert_good_to_a_stranger(folder)


def assert_good_to_a_stranger(folder: Path) -> None:
    """Let the checker from outside read what is left of the clinic after its kills."""
    verifier = REPOSITORY / "tools" / "verify_trail.py"
    done = subprocess.run(
        [sys.executable, str(verifier), str(folder), "--user", USER],
        env={**os.environ, "AEAPP_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


WHAT_IT_DOES = {
    "entry-after-commit": "without entry",
    "record-after-commit": "without record",
    "unit-in-pieces": "half",
    "early-acknowledgement": "lost",
}


def test_every_mutation_is_tried() -> None:
    assert set(WHAT_IT_DOES) == set(MUTATIONS)


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_program_with_a_known_fault_is_found_out(
    mutation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.SystemRandom().getrandbits(32)

    figures = run(tmp_path, kills=KILLS, seed=seed, mutation=mutation)

    said = told(figures, capsys)
    assert WHAT_IT_DOES[mutation] in figures.problems, said
