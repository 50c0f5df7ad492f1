"""The first window of the program, by the same call that ``main.py`` makes; tells when painted."""

from __future__ import annotations

import sys

import main
from tests.bench.painted import QApplication, exec_until_painted

if __name__ == "__main__":
    QApplication.exec = exec_until_painted  # type: ignore[method-assign]
    sys.exit(main.main(["--clinic", sys.argv[1]]))
