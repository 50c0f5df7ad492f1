"""How facts read in a narrative. In English, as the forms are, whatever the screen speaks."""

from __future__ import annotations

import unicodedata
from typing import Any

from aeapp.domain.codecs import show, show_date
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.values import PartialDate

# A reason is told as it was given. What does not apply is left out.
REASONS = {
    NullFlavor.UNK: "unknown",
    NullFlavor.ASKU: "not known: asked, but not told",
    NullFlavor.NASK: "not known: not asked",
    NullFlavor.MSK: "withheld",
    NullFlavor.NI: "not known yet",
}
_ENDS = (".", "!", "?", "…")


def reason_of(value: Any) -> str:
    """Return why there is no value; empty where there is one, or where it does not apply."""
    return REASONS.get(value, "") if isinstance(value, NullFlavor) else ""


def one_line(value: Any) -> str:
    """Return a text in one line; empty where it is none."""
    return " ".join(as_text(value).split())


def quoted(value: Any, other: str) -> str:
    """Return a text in quotes, or ``other`` where there is none."""
    text = one_line(value)
    return f"“{text}”" if text else other


def sentence(text: str) -> str:
    """Return ``text`` with an end, in the form in which texts are stored."""
    text = unicodedata.normalize("NFC", text.strip())
    text = text[:1].upper() + text[1:]
    return text if text.endswith(_ENDS) else text + "."


def on(value: PartialDate) -> str:
    """Return ``on 16-Nov-2026 at 10:44``, ``in Nov-2026``."""
    day, _space, time = show_date(value).partition(" ")
    words = f"on {day}" if value.is_full_day else f"in {day}"
    return f"{words} at {time}" if time else words


def later(value: PartialDate, after: Any) -> str:
    """Return ``at 14:30`` on the day of ``after``, else the day, too."""
    same = isinstance(after, PartialDate) and value.date_part() == after.date_part()
    return f"at {show_date(value).partition(' ')[2]}" if same and value.has_time else on(value)


def small(value: Any) -> str:
    """Return the words of a code inside a sentence."""
    text = show(value)
    return text[:1].lower() + text[1:]
