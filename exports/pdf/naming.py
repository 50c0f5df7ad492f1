"""What items, places and rows of a form are called on its covers and continuations."""

from __future__ import annotations

from typing import Any

from aeapp.domain.case import TestRow
from aeapp.formspecs.model import Cell
from exports import text


def number_of(cell: Cell) -> str:
    """Return ``D2 (#1)``, ``B6 (row 3)`` or ``B5``."""
    if cell.row is None:
        return cell.number
    return f"{cell.number} ({_member_words(cell, '#')})"


def _member_words(cell: Cell, product: str) -> str:
    """Return ``#2``, ``device 2`` or ``row 2``; ``product`` stands before the first kind."""
    if cell.path.startswith("suspects["):
        return f"{product}{cell.row}"
    if cell.path.startswith("case.further_devices["):
        # The first device is an item of its own.
        return f"device {(cell.row or 0) + 1}"
    return f"row {cell.row}"


def place_words(number: str) -> str:
    """Return ``Section D, item 2`` or, on a form of numbered boxes, ``Box 14``."""
    return f"Section {number[0]}, item {number[1:]}" if number[:1].isalpha() else f"Box {number}"


def item_words(cell: Cell) -> str:
    """Return ``Section D, item 2, product #1``; what stands above all sections has no number."""
    if not cell.number:
        return "Head of the form"
    words = place_words(cell.number)
    if cell.row is None:
        return words
    return f"{words}, {_member_words(cell, 'product #')}"


def row_words(n: int, member: Any) -> str:
    """Return one row in words: a test or a medicine, its parts in the order of the table."""
    if isinstance(member, TestRow):
        when = text.printed(member.at) or "date not known"
        ranged = f" (range {member.low or '?'} to {member.high or '?'})"
        return f"{when}  {member.text or ''}{ranged if member.low or member.high else ''}"
    dates = (("started", member.started), ("ended", member.ended))
    said = "".join(f"; {name} {text.printed(at)}" for name, at in dates if text.printed(at))
    return f"{n + 1}. {member.name or ''}{said}"
