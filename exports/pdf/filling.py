"""Put a case into the cells of a form: what stands where, what goes on elsewhere, what is empty.

Nothing is drawn here and no page is counted; the result is plain data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.checks import utf16_length
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from aeapp.formspecs.model import (
    BOXED,
    Box,
    Cell,
    FormSpec,
    Kind,
    Repeat,
    Room,
    Section,
    member_page,
    placed,
)
from exports import text
from exports.pdf import composing, flow, fonts
from exports.pdf.naming import item_words, number_of, place_words, row_words
from exports.pdf.pen import inner_height, inner_width

LONG_SIZES = (10.0, 9.0, 8.0)
SIZES = (9.0, 8.5, 8.0)
_MOST_NAMED = 12


class Reason(StrEnum):
    """Why something is said about an item outside its cell."""

    CONTINUED = "continued"
    MORE_MEMBERS = "more-members"
    MORE_PAGES = "more-pages"
    DIGITS_ONLY = "digits-only"
    PARTIAL_DATE = "partial-date"
    OFFICIAL_LIMIT = "official-limit"
    GLYPH = "glyph"
    NONE_APPLIES = "none-applies"
    NO_BOX = "no-box"


RULES: dict[Reason, str] = {
    Reason.CONTINUED: "Longer than its cell here; nothing is left out.",
    Reason.MORE_MEMBERS: "More rows than the form has; nothing is left out.",
    Reason.MORE_PAGES: (
        "More than the official form has room for: two products, one device. Each further one "
        "stands on a further page of the same layout; for FDA, give it on a second copy of the "
        "form."
    ),
    Reason.DIGITS_ONLY: (
        "The official cell takes whole digits only. Printed here exactly; on the official form "
        "give it in B5, or in the smaller unit named."
    ),
    Reason.PARTIAL_DATE: (
        "The official cell takes full dates only. On the official form give a best estimate there "
        "and say in B5 that it is one."
    ),
    Reason.OFFICIAL_LIMIT: "Longer than the official cell takes.",
    Reason.GLYPH: "Characters that no typeface has are printed as their Unicode numbers.",
    Reason.NONE_APPLIES: "Answered: none of these applies, so all boxes stay empty.",
    Reason.NO_BOX: "The form has no box for this answer.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines in a box.

    Attributes:
        text: What the lines hold, without the line breaks of the box.
    """

    box: Box
    lines: tuple[str, ...]
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Text that goes on after the form."""

    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What the cover says of one item.

    Attributes:
        number, caption: As printed on the form, the member of a repeat added.
        text: What is special to this item; the rule stands in ``RULES``.
        block: Where the text goes on, if it does.
    """

    number: str
    caption: str
    path: str
    reason: Reason
    text: str
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """An item left empty: the reason on record, or None where nobody answered."""

    number: str
    caption: str
    path: str
    why: NullFlavor | None


@dataclass(slots=True)
class Filling:
    """A form with a case in it.

    Attributes:
        sections: Those of the form and one more for each member that needs a page of its own.
        pages: Number of form pages with those.
        filled: Paths of the cells that have a value.
    """

    sections: list[Section] = field(default_factory=list)
    pages: int = 0
    filled: set[str] = field(default_factory=set)
    entries: list[Entry] = field(default_factory=list)
    ticked: set[Box] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)


def fill(case: Case, form: FormSpec) -> Filling:
    """Return ``form`` filled with ``case``."""
    return _Filler(case, form).filled()


class _Filler:
    """One form being filled."""

    def __init__(self, case: Case, form: FormSpec) -> None:
        self._case, self._form = case, form
        self._members = form.members(case)
        self._order = list(dict.fromkeys(cell.number for cell in form.cells()))
        self._out = Filling(sections=[s for s in form.sections if _stands(s, case)])
        self._out.pages = form.pages

    def filled(self) -> Filling:
        for repeat in self._form.repeats:
            if repeat.page is not None:
                self._add_pages(repeat, repeat.page)
        for section in self._out.sections:
            for cell in section.cells if section.applies(self._case) else ():
                self._fill(cell)
        for repeat in self._form.repeats:
            if repeat.page is None:
                self._add_rest(repeat)
        self._out.blocks.sort(key=self._rank)
        self._out.remarks.sort(key=lambda remark: list(Reason).index(remark.reason))
        return self._out

    def _rank(self, block: Block) -> tuple[int, str]:
        number = block.number.partition(" ")[0]
        return self._order.index(number) if number in self._order else -1, block.number

    def _note_none(self, repeat: Repeat) -> None:
        if not self._members[repeat.path]:
            blank = Blank(repeat.number, f"{repeat.heading}: none", repeat.path, None)
            self._out.blanks.append(blank)

    def _add_pages(self, repeat: Repeat, page: Section) -> None:
        count = len(self._members[repeat.path])
        if not repeat.after:
            self._note_none(repeat)
        for member in range(repeat.room, count):
            self._out.pages += 1
            made = member_page(page, member, self._out.pages, repeat.first)
            self._out.sections.append(made)
        if count > repeat.room:
            self._remark_on(repeat, Reason.MORE_PAGES, f"{count + repeat.first - 1} in all")

    def _fill(self, cell: Cell) -> None:
        path = placed(cell.path, self._members)
        if path is None or not cell.applies(self._case):
            return
        value = lens.get(self._case, path)
        boxed = cell.kind in BOXED
        if self._tick(cell, value) if boxed else self._write(cell, path, value):
            self._out.filled.add(cell.path)
        else:
            self._note_blank(cell, value)

    def _tick(self, cell: Cell, value: Any) -> bool:
        """Tick the boxes of a cell; tell whether there was an answer."""
        chosen = text.codes(value) or frozenset({cell.otherwise} - {""})
        if cell.kind is Kind.GIVEN and chosen:
            chosen = frozenset({"yes"})
        self._out.ticked |= {o.box for o in cell.options if o.code in chosen}
        if value == frozenset():
            self._remark(cell, Reason.NONE_APPLIES, "none")
        known = {option.code for option in cell.options}
        # A single box has none for No, which is what it says while it is empty.
        single = cell.kind in (Kind.MARK, Kind.GIVEN)
        if not single and (more := composing.without_box(value, known)):
            self._remark(cell, Reason.NO_BOX, more)
        return _is_filled(value) or bool(chosen)

    def _write(self, cell: Cell, path: str, value: Any) -> bool:
        """Write the entry of a cell; tell whether there was one."""
        words = text.printed(value)
        if cell.pattern:
            values = composing.values_of(self._case, cell, self._members)
            self._note_reasons(cell, values)
            joined = composing.composed(cell, values)
        else:
            more = [text.printed(lens.get(self._case, j)) for j in self._places(cell.joins)]
            joined = "; ".join(word for word in (words, *more) if word)
        if not joined or cell.box is None:
            return bool(joined)
        if cell.kind is Kind.LONG:
            self._write_long(cell, cell.box, joined)
        elif cell.part and isinstance(value, PartialDate):
            if part := text.part_of_date(value, cell.part):
                self._write_line(cell, cell.box, part)
        elif isinstance(value, PartialDate) and not cell.pattern:
            self._write_date(cell, cell.box, value)
        else:
            self._write_line(cell, cell.box, joined)
        if cell.kind is Kind.NUMBER:
            self._check_digits(cell, path, value, has_words=joined != words)
        return True

    def _places(self, paths: tuple[str, ...]) -> list[str]:
        return [place for path in paths if (place := placed(path, self._members))]

    def _check_digits(self, cell: Cell, path: str, value: Any, *, has_words: bool) -> None:
        value = Decimal(value) if isinstance(value, int) else value
        exact = isinstance(value, Decimal) and text.is_whole(value, cell.max_digits)
        if exact and not has_words:
            return
        if not isinstance(value, Decimal):
            self._remark(cell, Reason.DIGITS_ONLY, "words in place of a number")
            return
        beside = " with words beside it" if has_words else ""
        unit = lens.get(self._case, f"{path}_unit") if path.endswith(".dose") else None
        smaller = "" if exact else text.in_smaller_unit(value, unit, cell.max_digits)
        other = f"; the same as {smaller}" if smaller else ""
        self._remark(cell, Reason.DIGITS_ONLY, f"{value:f}{beside}{other}")

    def _write_line(self, cell: Cell, box: Box, words: str) -> None:
        shown = self._seen(cell, words)
        piece = flow.one_line(shown, inner_width(box), SIZES)
        self._check_limit(cell, words)
        if piece.rest:
            self._go_on(cell, piece.rest, "whole text")
        self._out.entries.append(Entry(box, piece.lines, piece.size, piece.text))
        for room in cell.more:
            again = flow.one_line(shown, inner_width(room.box), SIZES)
            self._out.entries.append(Entry(room.box, again.lines, again.size, again.text))

    def _write_date(self, cell: Cell, box: Box, value: PartialDate) -> None:
        words = text.printed(value)
        if not value.is_full_day:
            self._remark(cell, Reason.PARTIAL_DATE, words)
            if fonts.width(words, fonts.REGULAR, SIZES[-1]) > inner_width(box):
                words = text.short_date(value)
        self._write_line(cell, box, words)

    def _write_long(self, cell: Cell, box: Box, words: str) -> None:
        shown = flow.without_gaps(self._seen(cell, words))
        rooms = (Room(box, cell.max_chars), *cell.more)
        pieces = _flowed(shown, rooms, LONG_SIZES[0])
        for size in LONG_SIZES[1:]:
            if not pieces[-1].rest:
                break
            smaller = _flowed(shown, rooms, size)
            pieces = min(pieces, smaller, key=lambda pieces: len(pieces[-1].rest))
        self._check_limit(cell, words)
        if pieces[-1].rest:
            self._go_on(cell, pieces[-1].rest, "continued")
        self._out.entries += [
            Entry(room.box, piece.lines, piece.size, piece.text)
            for room, piece in zip(rooms, pieces, strict=False)
        ]

    def _check_limit(self, cell: Cell, words: str) -> None:
        if cell.max_chars and (length := utf16_length(words)) > cell.all_chars:
            said = f"{length:,} characters; at most {cell.all_chars:,}"
            self._remark(cell, Reason.OFFICIAL_LIMIT, said)

    def _seen(self, cell: Cell, words: str) -> str:
        missing: set[str] = set()
        shown = fonts.visible(words, missing)
        if missing:
            self._remark(cell, Reason.GLYPH, _numbers(missing))
        return shown

    def _go_on(self, cell: Cell, rest: str, tail: str) -> None:
        block = Block(number_of(cell), f"{item_words(cell)} ({tail}): {cell.caption}", rest)
        self._out.blocks.append(block)
        self._remark(cell, Reason.CONTINUED, tail, block)

    def _remark(self, cell: Cell, reason: Reason, said: str, block: Block | None = None) -> None:
        remark = Remark(number_of(cell), cell.caption, cell.path, reason, said, block)
        self._out.remarks.append(remark)

    def _remark_on(
        self, repeat: Repeat, reason: Reason, said: str, block: Block | None = None
    ) -> None:
        remark = Remark(repeat.number, repeat.heading, repeat.path, reason, said, block)
        self._out.remarks.append(remark)

    def _note_blank(self, cell: Cell, value: Any) -> None:
        why = value if isinstance(value, NullFlavor) else None
        if cell.kind is Kind.GIVEN or cell.part not in ("", "year"):
            return
        if why is not None and cell.pattern:
            return
        if why is None and (self._is_table_row(cell) or not self._is_asked(cell)):
            return
        self._out.blanks.append(Blank(number_of(cell), cell.caption, cell.path, why))

    def _note_reasons(self, cell: Cell, values: Sequence[tuple[str, Any]]) -> None:
        """Note why a part of an entry made of several items is not there."""
        for label, value in values:
            if isinstance(value, NullFlavor):
                blank = Blank(number_of(cell), f"{cell.caption}, {label}", cell.path, value)
                self._out.blanks.append(blank)

    def _is_table_row(self, cell: Cell) -> bool:
        tables = (r.path for r in self._form.repeats if r.page is None and not r.asked)
        return any(cell.path.startswith(f"{path}[") for path in tables)

    def _is_asked(self, cell: Cell) -> bool:
        """Tell whether an empty cell waits for an answer.

        It does not where another was answered, be it with a reason, that stands in for it, or
        where what it needs is not there.
        """
        others = self._places((cell.instead_of,)) if cell.instead_of else []
        if any(lens.get(self._case, other) is not None for other in others):
            return False
        needed, _, code = cell.needs.partition("=")
        if not needed or not code:
            return not needed or self._has(needed)
        return any(code in text.codes(lens.get(self._case, p)) for p in self._places((needed,)))

    def _has(self, path: str) -> bool:
        return any(_is_filled(lens.get(self._case, place)) for place in self._places((path,)))

    def _add_rest(self, repeat: Repeat) -> None:
        """Continue the members of a table that its rows do not hold, in the order of the case."""
        if not repeat.applies(self._case):
            return
        if repeat.asked:
            self._note_none(repeat)
        found = lens.get(self._case, repeat.path)
        on_form = set(self._members[repeat.path][: repeat.room])
        rest = [(n, member) for n, member in enumerate(found) if n not in on_form]
        if not rest:
            return
        missing: set[str] = set()
        row = [c for c in self._form.cells() if c.path.startswith(f"{repeat.path}[0].")]
        as_cells = any(cell.pattern for cell in row)
        lines = [
            fonts.visible(
                composing.row_words(self._case, row, n) if as_cells else row_words(n, member),
                missing,
            )
            for n, member in rest
        ]
        if repeat.legend:
            lines.insert(0, repeat.legend)
        where = place_words(repeat.number)
        # "~" puts the rows that are left over behind those of the table itself.
        block = Block(
            f"{repeat.number} ~", f"{where} (continued): {repeat.heading}", "\n".join(lines)
        )
        self._out.blocks.append(block)
        said = f"{len(rest)} of {len(found)} rows"
        self._remark_on(repeat, Reason.MORE_MEMBERS, said, block)
        if missing:
            self._remark_on(repeat, Reason.GLYPH, _numbers(missing))


def _stands(section: Section, case: Case) -> bool:
    """Tell whether a section is printed: one of words alone only where it applies."""
    return bool(section.cells) or section.applies(case)


def _flowed(words: str, rooms: tuple[Room, ...], size: float) -> list[flow.Piece]:
    """Return what each rectangle takes, as many as there is text for."""
    out: list[flow.Piece] = []
    for room in rooms:
        width, height = inner_width(room.box), inner_height(room.box)
        out.append(flow.fill(out[-1].rest if out else words, width, height, size, room.max_chars))
        if not out[-1].rest:
            break
    return out


def _is_filled(value: Any) -> bool:
    return value is not None and not isinstance(value, NullFlavor)


def _numbers(missing: set[str]) -> str:
    named = sorted(missing)[:_MOST_NAMED]
    more = " and others" if len(missing) > _MOST_NAMED else ""
    return ", ".join(f"U+{ord(char):04X}" for char in named) + more
