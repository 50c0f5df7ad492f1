"""Spare every import the search of its source that the binding of Qt makes.

Once Qt is loaded, PySide reads the source of each module that is imported from then on, to see
whether it says "PySide6" and could ask for other names of methods (``from __feature__ import``).
We never do. The search kept the text of some eight hundred modules in memory for good, 30 MB with
all that comes with it, and took a tenth of a second of the interpreter, most of it while somebody
typed and the rest was loading.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - it brings the module that is told here


def ask_no_sources() -> bool:
    """Have the binding take every module as one that asks for nothing; tell whether it listens.

    Another version of the binding may not have this door. Then imports are slow and all is well.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if not hasattr(feature, "_mod_uses_pyside"):
        return False
    feature._mod_uses_pyside = _asks_nothing  # type: ignore[union-attr] # noqa: SLF001 - no other
    return True


def _asks_nothing(_module: object) -> bool:
    return False
