"""The colours of our pages as a profile: sRGB, made here, so that no file of others is copied.

Source:
    ICC.1:2001-04 (profile format 2.4); IEC 61966-2-1 (sRGB), primaries adapted to D50.
"""

from __future__ import annotations

import struct
from functools import cache

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_STEPS = 1024
_HEADER = 128
_NAME = b"sRGB, made by AEApp"
# A fixed day: the same document has the same bytes whenever it is made.
_MADE = (2026, 11, 1, 0, 0, 0)


@cache
def profile() -> bytes:
    """Return the profile."""
    curve = _curve()
    tags = {
        b"desc": _described(),
        b"cprt": b"text\0\0\0\0No rights reserved\0",
        b"wtpt": _xyz(_D50),
        **{name: _xyz(value) for name, value in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = b"", b""
    start = _HEADER + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    for name, content in tags.items():
        if content not in placed:
            placed[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, placed[content], len(content))
    size = start + len(body)
    return _head(size) + struct.pack(">I", len(tags)) + table + body


def _head(size: int) -> bytes:
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", *_MADE) + b"acsp" + bytes(28) + _fixed(_D50)
    return head + bytes(_HEADER - len(head))


def _fixed(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3i", *(round(value * 65536) for value in values))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _described() -> bytes:
    words = _NAME + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    points = [round(_linear(n / (_STEPS - 1)) * 65535) for n in range(_STEPS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *points)


def _linear(value: float) -> float:
    """Return the light of a value of sRGB, both from 0 to 1."""
    if value <= 0.04045:  # noqa: PLR2004 - of the standard
        return value / 12.92
    return float(((value + 0.055) / 1.055) ** 2.4)
