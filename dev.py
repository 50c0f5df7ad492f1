"""Set this folder up on a bare machine, then run one of its verbs.

Standard library only: it must run before anything is installed. What a verb does inside is the
business of main.py, pytest and the tools named in pyproject.toml.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up-with"
DEMO = ROOT / "build" / "demo"
MEASURED = ROOT / "build" / "coverage"
EVERY_CORE = ("-n", "logical", "--dist", "worksteal")  # -n 0 after it takes that back
LEAST_PYTHON = (3, 11)

# Shared library -> Debian package. Qt's wheel brings everything but these.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class Refusal(Exception):  # noqa: N818 (it is an answer to the user, not an error of ours)
    """What stands in the way, in one sentence, and the line that removes it."""


# ------------------------------------------------------------------ set-up


def set_up(*, window: bool = False) -> None:
    """Make the environment and install the lock, unless exactly that was done before."""
    if sys.version_info < LEAST_PYTHON:
        raise Refusal(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    wanted = fingerprint(LOCK)
    ready = STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted
    if sys.platform == "linux" and (window or not ready):
        install_packages(missing_packages(loads, venv=ready or has_ensurepip(), window=window))
    if ready:
        return
    make_environment()
    install_lock()
    check_qt()
    STAMP.write_text(wanted, encoding="utf-8")


def fingerprint(lock: Path) -> str:
    """Name what an environment was made from: the lock and the Python."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {sys.version_info[:2]} {ROOT}"


def has_ensurepip() -> bool:
    """Tell whether this Python can make an environment with pip; Debian's bare one cannot."""
    return importlib.util.find_spec("ensurepip") is not None


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(present: Callable[[str], bool], *, venv: bool, window: bool) -> list[str]:
    """Name the Debian packages without which set-up or Qt would fail.

    Args:
        present: Tells whether a shared library can be loaded.
        venv: Whether an environment is there or can be made.
        window: Whether a real window will be opened.
    """
    libraries = QT_LIBRARIES | (WINDOW_LIBRARIES if window else {})
    packages = [package for library, package in libraries.items() if not present(library)]
    return packages if venv else [f"python3.{sys.version_info.minor}-venv", *packages]


def install_packages(packages: list[str]) -> None:
    """Install Debian packages where we may; otherwise say the exact line to run."""
    if not packages:
        return
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise Refusal(f"Install what Debian calls: {' '.join(packages)}. Then run this again.")
    if os.geteuid() != 0:
        raise Refusal(
            "System packages are missing. Run this line, then this command again:\n"
            f"  sudo apt-get update && sudo {shlex.join(line)}"
        )
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    say(f"Installing system packages: {' '.join(packages)}")
    run(["apt-get", "update", "-qq"], "apt-get could not reach its servers", env=quiet)
    run(line, "apt-get could not install the packages", env=quiet, quiet=True)


def make_environment() -> None:
    """Make .venv, anew if what is there cannot run pip."""
    usable = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    if PYTHON.exists() and subprocess.run(usable, check=False, capture_output=True).returncode == 0:
        return
    say("Making .venv")
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    run(make, "The environment .venv could not be made")


def install_lock() -> None:
    """Install every version of the lock, each file checked against its hash, nothing else."""
    say("Installing the locked packages (about 110 MB the first time)")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    strict = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--quiet"]
    run([*pip, *strict, "-r", str(LOCK)], "The packages could not be installed")


def check_qt() -> None:
    """Load Qt in a process of its own, where a failure can be read."""
    probe = [str(PYTHON), "-c", "import PySide6.QtWidgets"]
    done = subprocess.run(probe, check=False, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Refusal(f"Qt is installed but does not load: {reason}")


def run(
    command: list[str], failure: str, *, env: dict[str, str] | None = None, quiet: bool = False
) -> None:
    """Run a step of the set-up; its output is shown, at the latest when it fails."""
    done = subprocess.run(
        command, check=False, env=env, text=True, capture_output=quiet, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        if quiet:
            sys.stderr.write(done.stdout + done.stderr)
        raise Refusal(f"{failure} (see above).")


def say(words: str) -> None:
    """Tell the user what takes time, apart from the output of the verb."""
    print(words, file=sys.stderr, flush=True)


# ------------------------------------------------------------------ verbs


def python(*arguments: str, **environment: str) -> int:
    """Run the environment's Python in this folder and return its exit code."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | environment
    return subprocess.run([str(PYTHON), *arguments], check=False, cwd=ROOT, env=env).returncode


def in_turn(*commands: list[str]) -> int:
    """Run commands until one fails; return its exit code, or 0."""
    for command in commands:
        say(f"== {shlex.join(command)}")
        if code := python(*command) if command[0] == "-c" else python("-m", *command):
            return code
    return 0


def has_screen() -> bool:
    """Tell whether a window could be seen."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def demo(*options: str) -> int:
    """Make the practice clinic and its documents in build/demo, then open the window."""
    set_up(window=has_screen())
    if options:
        return python("main.py", "demo", *options)
    shutil.rmtree(DEMO, ignore_errors=True)
    code = python("main.py", "demo", "--out", str(DEMO.relative_to(ROOT)))
    if code or not has_screen():
        return code
    return python("main.py", "--clinic", str(DEMO / "practice.aeclinic"))


def start(*options: str) -> int:
    """Open the window, or run a command of the program: dev.py run report list."""
    set_up(window=has_screen() and not options)
    return python("main.py", *options)


def test(*options: str) -> int:
    """Run the tests on every core; options go to pytest (-n 0 for a single process)."""
    set_up()
    return in_turn(*suite(*options))


def suite(*options: str) -> list[list[str]]:
    """Return the commands that run the tests, measuring coverage too if AEAPP_MEASURE is set."""
    tests = ["pytest", *EVERY_CORE, *options]
    if not os.environ.get("AEAPP_MEASURE"):
        return [tests]
    MEASURED.mkdir(parents=True, exist_ok=True)
    return [["coverage", "erase"], ["coverage", "run", "-m", *tests]]


CHECKS = (
    ["ruff", "format", "--check", "."],
    ["ruff", "check", "."],
    ["mypy"],
    ["-c", "from importlinter.cli import lint_imports_command as contracts; contracts()"],
    ["tools.check_licences"],
)


def check() -> int:
    """Check format, lint, types, import contracts, licences, then run the tests."""
    set_up()
    return in_turn(*CHECKS, *suite())


def lint() -> int:
    """Do what check does, without the tests."""
    set_up()
    return in_turn(*CHECKS)


def cover(*options: str) -> int:
    """Measure coverage and demand 100 % of the perfect files; --measured reads the last run."""
    set_up()
    os.environ["AEAPP_MEASURE"] = "1"
    run_now = [] if options == ("--measured",) else suite(*options)
    summed = [["coverage", "combine", "-q"], ["coverage", "json", "-q"]]
    return in_turn(*run_now, *summed, ["tools.perfect_files"])


def bench(*options: str) -> int:
    """Print timings beside their floors; --quick for a look."""
    set_up()
    return python("-m", "pytest", "tests/bench", "-m", "bench", "-p", "no:randomly", *options)


def gauntlet(*options: str) -> int:
    """Run the long reliability tests: kills, faults, tampering."""
    set_up()
    command = ["-m", "pytest", *EVERY_CORE, "-m", "gauntlet", *options]
    return python(*command, AEAPP_HYPOTHESIS="gauntlet")


def journeys(*options: str) -> int:
    """Walk a person's journeys through the real windows; print keys, clicks and their bars."""
    set_up()
    return python("-m", "pytest", "tests/journeys", *EVERY_CORE, *options)


def screens(*options: str) -> int:
    """Write pictures of every window and page to build/screens."""
    set_up()
    return python("-m", "pytest", "-m", "screens", *options)


def golden(*options: str) -> int:
    """Rewrite the expected documents in tests/golden; review the difference."""
    set_up()
    return python("-m", "pytest", "-m", "golden", "--rewrite-golden", *options)


def lock(*options: str) -> int:
    """Write requirements.lock anew from pyproject.toml (needs uv); --upgrade for newer versions."""
    uv = shutil.which("uv", path=os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", "")]))
    if uv is None:
        raise Refusal("uv is needed for this verb alone: pip install uv, or see its manual.")
    how = ["--universal", "--generate-hashes", "--no-header", "--output-file", LOCK.name]
    what = ["--group", "dev", "--extra", "postgres", "pyproject.toml"]
    command = [uv, "pip", "compile", *how, *what, *options]
    return subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.DEVNULL).returncode


VERBS: dict[str, Callable[..., int]] = {
    "demo": demo,
    "run": start,
    "test": test,
    "check": check,
    "lint": lint,
    "cover": cover,
    "bench": bench,
    "gauntlet": gauntlet,
    "journeys": journeys,
    "screens": screens,
    "golden": golden,
    "lock": lock,
}


def usage() -> str:
    """List the verbs with their first sentence."""
    lines = [f"  {verb:<9} {what.__doc__}" for verb, what in VERBS.items()]
    return "\n".join(["usage: python3 dev.py VERB [OPTIONS]", "", *lines])


def main(arguments: list[str]) -> int:
    """Run one verb; return the exit code for the shell."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if arguments else 2
    verb, options = arguments[0], arguments[1:]
    if verb not in VERBS:
        say(f"There is no verb {verb!r}. Run python3 dev.py --help for the list.")
        return 2
    try:
        return VERBS[verb](*options)
    except Refusal as refusal:
        say(str(refusal))
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
