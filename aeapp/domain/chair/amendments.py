"""What an amendment of a session that has ended is about, in words and by its links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aeapp.domain.chair.doses import giving_words
from aeapp.domain.codecs import show
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.items import (
    NULL_LABELS,
    Item,
    NullFlavor,
    Privacy,
    Record,
    as_text,
    attributes_of,
)
from aeapp.domain.records import Administration, Event, Note, Observation
from aeapp.domain.vitals.table import SHORT
from aeapp.domain.vitals.typing import shown
from aeapp.kernel.i18n import _

# Longer words are cut in the line of an amendment; the entry and the trail have them whole.
_LONGEST = 80
# The kinds of entries that a line of an amendment links to.
LINKED = (Observation, Event, Administration, Note)


def entry_words(record: Record) -> str:
    """Return which entry it is: ``BP 142/88, 23-Nov-2026 14:40``; empty for what is none."""
    words, at = "", None
    if isinstance(record, Observation):
        head = _(SHORT.get(record.kind, "")) if record.kind is not None else ""
        words, at = " ".join(part for part in (head, shown(record)) if part), record.at
    elif isinstance(record, Event):
        words, at = as_text(record.verbatim), record.onset
    elif isinstance(record, Administration):
        words, at = giving_words(record, None), record.started
    elif isinstance(record, Note):
        words, at = _shortened(record.words or ""), record.at
    return ", ".join(part for part in (words, show(at)) if part) if words else ""


def added_words(record: Record) -> str:
    """Return ``Added: BP 142/88, 23-Nov-2026 14:40``; empty for what is no entry."""
    words = entry_words(record)
    return _("Added: {what}").format(what=words) if words else ""


def changed_words(before: Record, after: Record) -> str:
    """Return which entry changed, and each item with its value before and after.

    ``Nausea, 23-Nov-2026 14:40: Severity 1 Mild → 2 Moderate``. Of what identifies a person the
    line says only that it changed; the trail has the values.
    """
    found = (
        _item_words(a.item, getattr(before, a.name), getattr(after, a.name))
        for a in attributes_of(type(after))
        if a.item is not None and getattr(before, a.name) != getattr(after, a.name)
    )
    items = "; ".join(found)
    return ": ".join(part for part in (entry_words(before), items) if part)


def _item_words(item: Item, before: Any, after: Any) -> str:
    label = _(item.label)
    if item.phi is not Privacy.CLINICAL:
        told = _("not told before") if before is None else _("told otherwise before")
        return f"{label} ({told})"
    return f"{label} {_value(before)} \N{RIGHTWARDS ARROW} {_value(after)}"


def _value(value: Any) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, NullFlavor):
        return _(NULL_LABELS[value])
    return _shortened(show(value)) or _("none of them")


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def amended_ids(notes: Iterable[Note]) -> frozenset[str]:
    """Return the ids of the entries that were added or changed after the end."""
    found: set[str] = set()
    for note in notes:
        if note.kind is NoteKind.AMENDMENT:
            found |= {note.observation_id, note.event_id, note.administration_id, note.note_id}
    return frozenset(found - {""})
