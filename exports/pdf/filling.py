"""Put a case into the cells of a form: what stands where, what goes on elsewhere, what is empty.

Nothing is drawn here and no page is counted; the result is plain data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case, TestRow
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
    Section,
    member_page,
    placed,
)
from exports import text
from exports.pdf import flow, fonts
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
    DIRECTION = "direction"
    NONE_APPLIES = "none-applies"


RULES: dict[Reason, str] = {
    Reason.CONTINUED: "Longer than its cell here; nothing is left out.",
    Reason.MORE_MEMBERS: "More rows than the form has; nothing is left out.",
    Reason.MORE_PAGES: (
        "The official form has room for two products. The others stand on further pages of the "
        "same layout; for FDA, give them on a second copy of the form."
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
    Reason.GLYPH: "Characters that the typeface lacks are printed as their Unicode numbers.",
    Reason.DIRECTION: (
        "A script that is written from the right is printed in the order it was typed, from left "
        "to right."
    ),
    Reason.NONE_APPLIES: "Answered: none of these applies, so all boxes stay empty.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines in a box."""

    box: Box
    lines: tuple[str, ...]
    size: float


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


def number_of(cell: Cell) -> str:
    """Return ``D2 (#1)``, ``B6 (row 3)`` or ``B5``."""
    if cell.row is None:
        return cell.number
    return f"{cell.number} ({'#' if cell.number.startswith('D') else 'row '}{cell.row})"


class _Filler:
    """One form being filled."""

    def __init__(self, case: Case, form: FormSpec) -> None:
        self._case, self._form = case, form
        self._members = form.members(case)
        self._out = Filling(sections=list(form.sections), pages=form.pages)

    def filled(self) -> Filling:
        for repeat in self._form.repeats:
            if repeat.page is not None:
                self._add_pages(repeat, repeat.page)
        for section in self._out.sections:
            for cell in section.cells:
                self._fill(cell)
        for repeat in self._form.repeats:
            if repeat.page is None:
                self._add_rest(repeat)
        self._out.blocks.sort(key=lambda block: block.number)
        self._out.remarks.sort(key=lambda remark: list(Reason).index(remark.reason))
        return self._out

    def _add_pages(self, repeat: Repeat, page: Section) -> None:
        count = len(self._members[repeat.path])
        if not count:
            blank = Blank(repeat.number, f"{repeat.heading}: none", repeat.path, None)
            self._out.blanks.append(blank)
        for member in range(repeat.room, count):
            self._out.pages += 1
            self._out.sections.append(member_page(page, member, self._out.pages))
        if count > repeat.room:
            self._remark_on(repeat, Reason.MORE_PAGES, f"{count} in all")

    def _fill(self, cell: Cell) -> None:
        path = placed(cell.path, self._members)
        if path is None:
            return
        value = lens.get(self._case, path)
        if cell.kind in BOXED:
            chosen = text.codes(value)
            self._out.ticked |= {o.box for o in cell.options if o.code in chosen}
            if value == frozenset():
                self._remark(cell, Reason.NONE_APPLIES, "none")
            written = _is_filled(value)
        else:
            written = self._write(cell, path, value)
        if written:
            self._out.filled.add(cell.path)
        else:
            self._note_blank(cell, value)

    def _write(self, cell: Cell, path: str, value: Any) -> bool:
        """Write the entry of a cell; tell whether there was one."""
        words = text.printed(value)
        more = [text.printed(lens.get(self._case, j)) for j in self._places(cell.joins)]
        joined = "; ".join(word for word in (words, *more) if word)
        if not joined or cell.box is None:
            return bool(joined)
        if cell.kind is Kind.LONG:
            self._write_long(cell, cell.box, joined)
        elif isinstance(value, PartialDate):
            self._write_date(cell, cell.box, value)
        else:
            self._write_line(cell, cell.box, joined)
        if cell.kind is Kind.NUMBER:
            self._check_digits(cell, path, value, has_words=joined != words)
        return True

    def _places(self, paths: tuple[str, ...]) -> list[str]:
        return [place for path in paths if (place := placed(path, self._members))]

    def _check_digits(self, cell: Cell, path: str, value: Any, *, has_words: bool) -> None:
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
        piece = flow.one_line(self._seen(cell, words), inner_width(box), SIZES)
        self._check_limit(cell, words)
        if piece.rest:
            self._go_on(cell, piece.rest, "whole text")
        self._out.entries.append(Entry(box, piece.lines, piece.size))

    def _write_date(self, cell: Cell, box: Box, value: PartialDate) -> None:
        words = text.printed(value)
        if not value.is_full_day:
            self._remark(cell, Reason.PARTIAL_DATE, words)
            if fonts.width(words, fonts.REGULAR, SIZES[-1]) > inner_width(box):
                words = text.short_date(value)
        self._write_line(cell, box, words)

    def _write_long(self, cell: Cell, box: Box, words: str) -> None:
        shown = flow.without_gaps(self._seen(cell, words))
        room = inner_width(box), inner_height(box)
        piece = flow.fill(shown, *room, LONG_SIZES[0], cell.max_chars)
        for size in LONG_SIZES[1:]:
            if not piece.rest:
                break
            smaller = flow.fill(shown, *room, size, cell.max_chars)
            piece = min(piece, smaller, key=lambda piece: len(piece.rest))
        self._check_limit(cell, words)
        if piece.rest:
            self._go_on(cell, piece.rest, "continued")
        self._out.entries.append(Entry(box, piece.lines, piece.size))

    def _check_limit(self, cell: Cell, words: str) -> None:
        if cell.max_chars and (length := utf16_length(words)) > cell.max_chars:
            said = f"{length:,} characters; at most {cell.max_chars:,}"
            self._remark(cell, Reason.OFFICIAL_LIMIT, said)

    def _seen(self, cell: Cell, words: str) -> str:
        missing: set[str] = set()
        shown = fonts.visible(words, missing)
        if missing:
            self._remark(cell, Reason.GLYPH, _numbers(missing))
        if fonts.right_to_left(words):
            self._remark(cell, Reason.DIRECTION, "in the order typed")
        return shown

    def _go_on(self, cell: Cell, rest: str, tail: str) -> None:
        block = Block(number_of(cell), f"{_item_words(cell)} ({tail}): {cell.caption}", rest)
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
        if why is None and (self._is_table_row(cell) or not self._is_asked(cell)):
            return
        self._out.blanks.append(Blank(number_of(cell), cell.caption, cell.path, why))

    def _is_table_row(self, cell: Cell) -> bool:
        tables = (repeat.path for repeat in self._form.repeats if repeat.page is None)
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
        found = lens.get(self._case, repeat.path)
        on_form = set(self._members[repeat.path][: repeat.room])
        rest = [(n, member) for n, member in enumerate(found) if n not in on_form]
        if not rest:
            return
        missing: set[str] = set()
        lines = [fonts.visible(_member_words(n, member), missing) for n, member in rest]
        if repeat.legend:
            lines.insert(0, repeat.legend)
        where = f"Section {repeat.number[0]}, item {repeat.number[1:]}"
        # "~" puts the rows that are left over behind those of the table itself.
        block = Block(
            f"{repeat.number} ~", f"{where} (continued): {repeat.heading}", "\n".join(lines)
        )
        self._out.blocks.append(block)
        said = f"{len(rest)} of {len(found)} rows"
        self._remark_on(repeat, Reason.MORE_MEMBERS, said, block)
        if missing:
            self._remark_on(repeat, Reason.GLYPH, _numbers(missing))


def _is_filled(value: Any) -> bool:
    return value is not None and not isinstance(value, NullFlavor)


def _numbers(missing: set[str]) -> str:
    named = sorted(missing)[:_MOST_NAMED]
    more = " and others" if len(missing) > _MOST_NAMED else ""
    return ", ".join(f"U+{ord(char):04X}" for char in named) + more


def _item_words(cell: Cell) -> str:
    words = f"Section {cell.number[0]}, item {cell.number[1:]}"
    if cell.row is None:
        return words
    return words + (
        f", product #{cell.row}" if cell.number.startswith("D") else f", row {cell.row}"
    )


def _member_words(n: int, member: Any) -> str:
    """Return one row in words: a test or a medicine, its parts in the order of the table."""
    if isinstance(member, TestRow):
        when = text.printed(member.at) or "date not known"
        ranged = f" (range {member.low or '?'} to {member.high or '?'})"
        return f"{when}  {member.text or ''}{ranged if member.low or member.high else ''}"
    dates = (("started", member.started), ("ended", member.ended))
    said = "".join(f"; {name} {text.printed(at)}" for name, at in dates if text.printed(at))
    return f"{n + 1}. {member.name or ''}{said}"
