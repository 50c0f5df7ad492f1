"""The hash of a record as it is stored, which anyone can compute again from the raw tables.

Defined over table, column and line names alone, so that a checker needs nothing of ours; the
same definition is written down in ``docs/trail-format.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aeapp.trail.canonical import canonical
from aeapp.trail.chain import sha256

_NOT_STATE = ("audit_seq", "record_id")


def state_of(
    table: str, row: Mapping[str, Any], lines: Mapping[str, Sequence[Mapping[str, Any]]]
) -> str:
    """Return the state hash, hexadecimal.

    Args:
        table: Its table.
        row: Its row; empty cells and ``audit_seq`` do not count.
        lines: Lines of each repeat in order, by table; tables without lines left out.
    """
    content = {
        "lines": {name: [_filled(line) for line in some] for name, some in lines.items() if some},
        "row": _filled(row),
        "table": table,
    }
    return sha256(canonical(content)).hex()


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if v is not None and k not in _NOT_STATE}
