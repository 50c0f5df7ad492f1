"""A bare window: one label, nothing else; tells when it was painted."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from tests.bench.painted import exec_until_painted


def main() -> int:
    """Show the window."""
    application = QApplication(["bare"])
    window = QWidget()
    QVBoxLayout(window).addWidget(QLabel("A bare window"))
    window.resize(1440, 900)
    window.show()
    return exec_until_painted(application)


if __name__ == "__main__":
    sys.exit(main())
