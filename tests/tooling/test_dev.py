"""dev.py says what it does, what it lacks and which line to run; its set-up happens once."""

import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests.conftest import REPOSITORY

VERBS = ["demo", "run", "test", "check", "cover", "bench", "gauntlet", "screens", "golden", "lock"]


def run_dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "dev.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_verb_with_its_sentence() -> None:
    words = run_dev("--help").stdout

    assert all(f"\n  {verb} " in words for verb in VERBS)
    assert all(what.__doc__ for what in dev.VERBS.values())


def test_make_knows_every_verb() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    line = next(line for line in makefile.splitlines() if line.startswith("VERBS ="))

    assert set(line.split()[2:]) == set(dev.VERBS)


def test_an_unknown_verb_is_refused_in_one_sentence() -> None:
    done = run_dev("tset")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "'tset'" in done.stderr


def test_a_machine_with_everything_needs_no_package() -> None:
    assert dev.missing_packages(lambda library: True, venv=True, window=True) == []


def test_only_what_is_missing_is_asked_for() -> None:
    packages = dev.missing_packages(lambda name: name != "libEGL.so.1", venv=False, window=False)

    assert packages == [f"python3.{sys.version_info.minor}-venv", "libegl1"]


def test_a_window_asks_for_more_than_the_tests_do() -> None:
    without = dev.missing_packages(lambda library: False, venv=True, window=False)
    with_window = dev.missing_packages(lambda library: False, venv=True, window=True)

    assert [*without] == list(dev.QT_LIBRARIES.values())
    assert set(with_window) - set(without) == set(dev.WINDOW_LIBRARIES.values())


def test_without_the_right_to_install_the_exact_line_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    with pytest.raises(dev.Refusal) as refused:
        dev.install_packages(["libgl1", "libegl1"])

    line = "sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    assert str(refused.value).endswith(line)


def test_without_apt_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(dev.Refusal, match="libgl1"):
        dev.install_packages(["libgl1"])


def test_a_changed_lock_changes_the_fingerprint(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    before = dev.fingerprint(lock)
    assert dev.fingerprint(lock) == before

    lock.write_text("a==2\n")

    assert dev.fingerprint(lock) != before


def test_a_failing_step_is_said_in_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(dev.Refusal, match=r"^It failed \(see above\)\.$"):
        dev.run([sys.executable, "-c", "import sys; sys.exit('why')"], "It failed", quiet=True)

    assert "why" in capfd.readouterr().err
