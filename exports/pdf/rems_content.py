"""Content for the REMS of a nasal session, by its blocks; never the form itself."""

from __future__ import annotations

from itertools import groupby

from aeapp.domain.chair.rems import RemsItem, rems_items, told
from aeapp.domain.chair.rems_form import LEFT_EMPTY, OURS, Edition
from aeapp.domain.chair.session_file import SessionFile
from exports.pdf import session_words as words
from exports.pdf.continuation import Heading, Para
from exports.pdf.sheets import Part

TITLE = "Session content for the REMS"
TICKED, OPEN = "☒", "☐"
LEGEND = (
    "* the form demands it. (2021) only on the edition of 11/2021; (now) only on the current one; "
    "(+) ours, to tell why. A box is ticked only where a record answers."
)
_LABEL = 80.0
_SEEN = {
    frozenset({Edition.OF_2021}): " (2021)",
    frozenset({Edition.CURRENT}): " (now)",
    OURS: " (+)",
}


def parts(file: SessionFile) -> list[Part]:
    """Return every item of every block, then who found it complete."""
    out: list[Part] = [Para(LEGEND)]
    for block, items in groupby(rems_items(file), key=lambda item: item.block):
        out.append(Heading(block))
        out += [Para(_value(item), label=_label(item), column=_LABEL) for item in items]
    done, by = file.session.rems_completed, file.session.rems_completed_by
    complete = f"{words.moment(file, done)}, {told(by)}" if done else told(None)
    out += [Heading("Completed"), Para(complete, label="When, and by whom", column=_LABEL)]
    out.append(Heading("Left empty on purpose"))
    return [*out, *(Para(why, label=place, column=_LABEL) for place, why in LEFT_EMPTY.items())]


def _label(item: RemsItem) -> str:
    asked = item.asked
    return f"{asked.label}{' *' if asked.required else ''}{_SEEN.get(asked.editions, '')}"


def _value(item: RemsItem) -> str:
    """Return the boxes of an item with what the records say, or the words alone."""
    options = item.asked.options
    if not item.applies:
        return "not asked: nothing of it is on record"
    if not options:
        return item.value
    boxes = "   ".join(
        f"{TICKED if code in item.codes else OPEN} {label}" for code, label in options
    )
    said = [label for code, label in options if code in item.codes]
    return boxes if item.value == ", ".join(said) else f"{boxes}   {item.value}"


def subtitle(_file: SessionFile) -> str:
    """Return what the page is and is not."""
    return (
        "Items of the editions of the monitoring form that are known to us, taken together. "
        "Identified: keep apart from other reports."
    )
