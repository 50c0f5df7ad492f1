"""What a cell may hold in any table: no control characters, nothing that a program would run."""

from __future__ import annotations

import re

# XML 1.0 allows no other control characters, and no program shows them.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def shown(text: str) -> str:
    """Return ``text`` with each character that no table holds as its number, ``[U+0007]``."""
    return _UNSHOWN.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
