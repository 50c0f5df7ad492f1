"""Numbers as people have them: with slashes on paper, with dashes in the name of a file.

A person copies a number from where it stands, and that may be the name of an exported file.
"""

from __future__ import annotations

_FILES = (".pdf", ".json", ".zip")
# What the name of a file says behind the number: which document or copy it is.
_KINDS = ("official", "archive", "deidentified", "maker", "session", "handover", "rems")


def safe_name(number: str) -> str:
    """Return a number as a part of a file's name: ``KC-2026-000031-3500-1``."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in number)
    return kept or "report"


def without_ending(typed: str) -> str:
    """Return a name of a file without its folder and what stands behind the number."""
    name = typed.strip()
    ending = next((end for end in _FILES if name.casefold().endswith(end)), "")
    if ending:
        name = name.removesuffix(name[-len(ending) :]).replace("\\", "/").rpartition("/")[2]
    words = name.split("-")
    while len(words) > 1 and words[-1].casefold() in _KINDS:
        words.pop()
    # A word such as post-session is no number.
    return "-".join(words) if words[-1][-1:].isdigit() else name


def means(typed: str, number: str) -> bool:
    """Tell whether somebody who typed this means ``number``."""
    return safe_name(without_ending(typed)).casefold() == safe_name(number).casefold()


__all__ = ["means", "safe_name", "without_ending"]
