"""The core and the documents import where there is no Qt: servers, command line, inspection."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

BLOCKER = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "qtpy"):
            raise ImportError(f"Qt is blocked: {name}")

sys.meta_path.insert(0, NoQt())
package = importlib.import_module(sys.argv[1])
count = 1
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if ".migrations" not in found.name:  # Alembic runs these, nobody imports them
        importlib.import_module(found.name)
        count += 1
print(count)
"""


def import_without_qt(package: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKER, package],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("package", ["aeapp", "exports"])
def test_everything_imports_without_qt(package: str) -> None:
    done = import_without_qt(package)

    assert done.returncode == 0, done.stderr


def test_the_windows_do_not_so_the_block_works() -> None:
    done = import_without_qt("forms")

    assert done.returncode != 0
    assert "Qt is blocked" in done.stderr
