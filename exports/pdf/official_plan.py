"""What of a case goes into which field of an official file, and what goes behind the form.

An official cell is narrower than ours: it takes whole digits, full dates, so many characters, or a
word of its list. What it does not take is told whole behind the form; nothing is rounded or
estimated for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.checks import utf16_length
from aeapp.formspecs.model import Cell, FormSpec, Kind, placed
from aeapp.formspecs.official import OfficialFile
from aeapp.kernel.i18n import N_
from exports import text
from exports.pdf import flow
from exports.pdf.filling import (
    SIZES,
    Block,
    Entry,
    Filling,
    Reason,
    Remark,
)
from exports.pdf.naming import item_words, number_of
from exports.pdf.pen import inner_width


class What(StrEnum):
    """Why an item stands behind the form as well, or instead."""

    CONTINUED = "continued"
    DIGITS = "digits"
    PART_OF_A_DATE = "part-of-a-date"
    TOO_LONG = "too-long"
    NOT_IN_THE_LIST = "not-in-the-list"
    NO_BOX = "no-box"


TOLD: dict[What, str] = {
    What.CONTINUED: N_("goes on behind the form"),
    What.DIGITS: N_("the cell takes whole digits only; it is empty, the value stands behind"),
    What.PART_OF_A_DATE: N_("the cell takes full dates only; it is empty, what is known is behind"),
    What.TOO_LONG: N_("longer than the cell takes; the whole text stands behind the form"),
    What.NOT_IN_THE_LIST: N_("not a word of the cell's list; it stands behind the form"),
    What.NO_BOX: N_("the form has no box for it; it stands behind the form"),
}


@dataclass(frozen=True, slots=True)
class Did:
    """What was done with one item that its cell could not hold whole."""

    number: str
    caption: str
    path: str
    what: What


@dataclass(slots=True)
class Put:
    """What goes into the fields, by their names, and what goes behind the form."""

    entries: dict[str, Entry] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=set)
    chosen: dict[str, tuple[str, Cell, Entry]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    did: list[Did] = field(default_factory=list)

    def behind(self, cell: Cell, words: str, what: What) -> None:
        """Say the whole of an item behind the form, once."""
        self.did.append(Did(number_of(cell), cell.caption, cell.path, what))
        if all(block.number != number_of(cell) or words != block.text for block in self.blocks):
            heading = f"{item_words(cell)} (whole text): {cell.caption}"
            self.blocks.append(Block(number_of(cell), heading, words))


class Planner:
    """Sorts the entries of a filled form into fields and pages behind it."""

    def __init__(self, case: Case, form: FormSpec, file: OfficialFile, filling: Filling) -> None:
        self._case, self._form, self._file, self._filling = case, form, file, filling
        self._members = form.members(case)
        self._by_box = {entry.box: entry for entry in filling.entries}
        self._out = Put(blocks=list(dict.fromkeys(filling.blocks)))
        self._refused = {
            remark.path: What.DIGITS if remark.reason is Reason.DIGITS_ONLY else What.PART_OF_A_DATE
            for remark in filling.remarks
            if remark.reason in (Reason.DIGITS_ONLY, Reason.PARTIAL_DATE)
        }

    def put(self) -> Put:
        """Return what goes where."""
        for cell in self._form.cells():
            if cell.options:
                self._tick(cell)
            elif cell.box is not None and (entry := self._by_box.get(cell.box)):
                self._enter(cell, entry)
                self._enter_more(cell)
        for remark in self._filling.remarks:
            if remark.reason in (Reason.CONTINUED, Reason.MORE_MEMBERS, Reason.MORE_PAGES):
                did = Did(remark.number, remark.caption, remark.path, What.CONTINUED)
                self._out.did.append(did)
            elif remark.reason is Reason.NO_BOX:
                self._tell_unboxed(remark)
        self._out.blocks.sort(key=lambda block: _counted(block.number))
        return self._out

    def _tick(self, cell: Cell) -> None:
        for option in cell.options:
            if option.box in self._filling.ticked:
                self._out.ticked.add(self._file.field(cell, option))

    def _enter(self, cell: Cell, entry: Entry) -> None:
        name = self._file.field(cell)
        refused = self._refused.get(cell.path)
        if refused is not None:
            self._out.behind(cell, self._words(cell), refused)
        elif cell.kind is Kind.CHOICE:
            self._out.chosen[name] = (self._shown(cell), cell, entry)
        elif cell.max_chars and utf16_length(entry.text) > cell.max_chars:
            self._out.behind(cell, self._words(cell), What.TOO_LONG)
            # A code of ten signs has no room to say that it continues: its cell stays empty.
            if cell.max_chars > len(flow.CONTINUED) + 1:
                self._out.entries[name] = self._shortened(cell, entry)
        else:
            self._out.entries[name] = entry

    def _enter_more(self, cell: Cell) -> None:
        for n, room in enumerate(cell.more, 1):
            if (entry := self._by_box.get(room.box)) is not None:
                self._out.entries[self._file.field(cell, room=n)] = entry

    def _tell_unboxed(self, remark: Remark) -> None:
        """Say behind the form what was answered and has no box."""
        cells = (c for section in self._filling.sections for c in section.cells)
        cell = next(c for c in cells if c.path == remark.path)
        self._out.behind(cell, remark.text, What.NO_BOX)

    def _shown(self, cell: Cell) -> str:
        """Return the word of the list; what is written beside it goes behind the form."""
        word, whole = self._printed(cell.path), self._words(cell)
        if whole != word:
            self._out.behind(cell, whole, What.NOT_IN_THE_LIST)
        return word

    def _words(self, cell: Cell) -> str:
        said = [self._printed(path) for path in (cell.path, *cell.joins)]
        unit = f"{cell.path}_unit"
        if said[0] and any(one.path == unit for one in self._form.cells()):
            said[0] = f"{said[0]} {self._printed(unit)}".strip()
        return "; ".join(word for word in said if word)

    def _printed(self, path: str) -> str:
        place = placed(path, self._members)
        return text.printed(lens.get(self._case, place)) if place else ""

    def _shortened(self, cell: Cell, entry: Entry) -> Entry:
        room = cell.max_chars - len(flow.CONTINUED) - 1
        start = entry.text[: flow.cut(entry.text, room)].rstrip()
        shown = f"{start} {flow.CONTINUED}".strip()
        piece = flow.one_line(shown, inner_width(entry.box), SIZES)
        return Entry(entry.box, piece.lines, piece.size, shown)


def _counted(number: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts row 10 behind row 9."""
    parts = re.findall(r"\d+|\D+", number)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
