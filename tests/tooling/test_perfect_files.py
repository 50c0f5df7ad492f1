"""The coverage promise: listed files at 100 %, the rest above the floor."""

import json
from pathlib import Path

import pytest

from tools.perfect_files import main

SETTINGS = """
[tool.perfect_files]
floor = 85
perfect = ["aeapp/domain/**"]
"""


def measured(statements: int, covered: int, branches: int = 0, taken: int = 0) -> dict:
    return {
        "summary": {
            "num_statements": statements,
            "covered_lines": covered,
            "num_branches": branches,
            "covered_branches": taken,
        },
        "missing_lines": list(range(covered, statements)),
        "missing_branches": [[4, 7]] * (branches - taken),
    }


@pytest.fixture
def verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def run(**files: dict) -> tuple[int, str]:
        named = {name.replace("__", "/") + ".py": file for name, file in files.items()}
        (tmp_path / "coverage.json").write_text(json.dumps({"files": named}))
        (tmp_path / "pyproject.toml").write_text(SETTINGS)
        code = main(tmp_path / "coverage.json", tmp_path / "pyproject.toml")
        return code, capsys.readouterr().out

    return run


def test_perfect_files_and_a_rest_above_the_floor_pass(verdict) -> None:
    code, _ = verdict(aeapp__domain__lens=measured(10, 10, 4, 4), forms__window=measured(100, 85))

    assert code == 0


def test_one_line_not_run_in_a_perfect_file_fails(verdict) -> None:
    code, words = verdict(aeapp__domain__lens=measured(1000, 999))

    assert code == 1
    assert "aeapp/domain/lens.py must be at 100 %" in words


def test_one_branch_not_taken_in_a_perfect_file_fails(verdict) -> None:
    code, words = verdict(aeapp__domain__lens=measured(10, 10, 4, 3))

    assert code == 1
    assert "4->7" in words


def test_a_rest_below_the_floor_fails(verdict) -> None:
    code, words = verdict(aeapp__domain__lens=measured(10, 10), forms__window=measured(100, 84))

    assert code == 1
    assert "84.0 %" in words


def test_a_promise_about_files_that_are_gone_fails(verdict) -> None:
    code, words = verdict(forms__window=measured(10, 10))

    assert code == 1
    assert "aeapp/domain/**" in words
