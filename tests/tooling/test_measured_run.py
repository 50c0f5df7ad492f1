"""A measured run of the tests ends as the tests do, and tells what its workers reached."""

import os
import subprocess
import sys
from pathlib import Path

import coverage

from tests.conftest import REPOSITORY

A_TEST = "tests/kernel/test_clock_and_ids.py"


def test_a_measured_run_passes_and_keeps_what_a_worker_reached(tmp_path: Path) -> None:
    command = ["-m", "coverage", "run", "-m", "pytest", "-q", "-n", "1", A_TEST]
    where = os.environ | {"COVERAGE_FILE": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        env=where,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    parts = [part for part in tmp_path.iterdir() if part.name.startswith("data")]
    reached = {Path(file).name for part in parts for file in coverage_of(part).measured_files()}
    assert "clock.py" in reached


def coverage_of(part: Path) -> coverage.CoverageData:
    data = coverage.CoverageData(str(part))
    data.read()
    return data
