"""What a paper form is: items with numbers and paths, and where each stands on which page.

An edition of a form is data built from these classes; drawing it, showing it on screen and
filling an official file are elsewhere. Millimetres count from the top left corner of the page.

Printed words may hold two marks: ``**bold**`` and ``__italic__``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from aeapp.domain import lens


class Kind(StrEnum):
    """How a cell takes its value."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"  # one word of a drop-down list
    CHECK = "check"  # boxes, all that apply
    PICK = "pick"  # boxes, one of them
    YES_NO = "yes-no"  # boxes for Yes and No
    MARK = "mark"  # a single box, ticked for Yes
    GIVEN = "given"  # a single box, ticked where the item has a value


BOXED = frozenset({Kind.CHECK, Kind.PICK, Kind.YES_NO, Kind.MARK, Kind.GIVEN})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in millimetres."""

    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words.

    Attributes:
        x, y: Left end and top of the first line; with ``centre`` the middle of the lines.
        text: Words with marks; a line feed begins a new line.
        size: In points.
        width: Widest line in millimetres; wider lines are set smaller. 0 for no limit.
    """

    page: int
    x: float
    y: float
    text: str
    size: float = 8.0
    width: float = 0.0
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, horizontal where ``h`` is 0, vertical where ``w`` is 0."""

    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn rectangle that holds no entry: a section's border or a place the clinic leaves empty.

    Attributes:
        rounded: A section's border.
        tinted: A bar behind a title.
    """

    box: Box
    rounded: bool = False
    tinted: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick.

    Attributes:
        code: Value of the code list's member; ``yes`` or ``no`` for truths.
        label: Words of the form without marks.
    """

    code: str
    label: str
    box: Box
    printed: Words


@dataclass(frozen=True, slots=True)
class Room:
    """A further rectangle of an item that stands in more than one.

    Attributes:
        max_chars: Limit of the official cell.
        again: It shows the same once more; without, the text goes on in it.
    """

    box: Box
    max_chars: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Reserved:
    """A box that a clinic leaves empty on purpose.

    Attributes:
        number, caption: As printed on the form.
        why: Key of ``FormSpec.reasons``.
        when: Tells of a case whether it is left empty at all; None for always.
    """

    number: str
    caption: str
    box: Box
    why: str
    when: Callable[[Any], bool] | None = None

    def applies(self, case: Any) -> bool:
        """Tell whether the box is left empty for ``case``."""
        return self.when is None or self.when(case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One place of the form that takes one item.

    Attributes:
        number: Section letter and item number, such as ``B5``; a row of a table has its table's.
        path: Item of the case; inside a repeat of the form the member is its place on paper.
        joins: Further items whose text stands in the same cell.
        caption: The form's words for it, without number and example.
        hint: The example or remark that the form prints behind the caption.
        printed: None where the caption is printed once for several cells.
        box: None for kinds that have boxes to tick, and on forms without paper.
        max_chars: Limit of the official cell in UTF-16 units; 0 for its visible area only.
        max_digits: The official cell takes so many digits and no decimal point.
        instead_of: Path of the item that makes this one needless when filled.
        needs: ``path=code`` that must be answered before this one can be.
        pattern: Pieces of the entry with ``{0}`` for the item and ``{1}`` and on for ``joins``; a
            piece of which nothing is known is left out. Empty: the items, parted by semicolons.
        part: For a date in several cells: ``day``, ``month`` or ``year``.
        otherwise: Code of the option that is ticked where nothing is on record.
        more: Further rectangles of the same item.
        when: Tells of a case whether the form asks it at all; None for always.
    """

    number: str
    path: str
    kind: Kind
    caption: str
    joins: tuple[str, ...] = ()
    hint: str = ""
    printed: Words | None = None
    box: Box | None = None
    options: tuple[Option, ...] = ()
    max_chars: int = 0
    max_digits: int = 0
    instead_of: str = ""
    needs: str = ""
    pattern: tuple[str, ...] = ()
    part: str = ""
    otherwise: str = ""
    more: tuple[Room, ...] = ()
    when: Callable[[Any], bool] | None = None

    def boxes(self) -> Iterator[Box]:
        """Yield every rectangle of the cell."""
        if self.box is not None:
            yield self.box
        yield from (option.box for option in self.options)
        yield from (room.box for room in self.more)

    def applies(self, case: Any) -> bool:
        """Tell whether the form asks the item of ``case``."""
        return self.when is None or self.when(case)

    @property
    def all_chars(self) -> int:
        """Return how many UTF-16 units the official cells of the item hold together."""
        return self.max_chars + sum(room.max_chars for room in self.more if not room.again)

    @property
    def page(self) -> int:
        """Return the page the cell is on; 0 where the form has no paper."""
        if self.box is not None:
            return self.box.page
        return self.options[0].box.page if self.options else 0

    @property
    def row(self) -> int | None:
        """Return the 1-based member of the repeat that the cell belongs to, None outside one."""
        found = re.search(r"\[(\d+)\]", self.path)
        return int(found[1]) + 1 if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One lettered part of a form on one or several pages.

    Attributes:
        when: Tells of a case whether the part is used at all; None for always.
    """

    letter: str
    title: str
    cells: tuple[Cell, ...] = ()
    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()
    frames: tuple[Frame, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    when: Callable[[Any], bool] | None = None

    def applies(self, case: Any) -> bool:
        """Tell whether the part is used for ``case``."""
        return self.when is None or self.when(case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A list of which the form shows a limited number.

    Attributes:
        path: The tuple in the case.
        number: Item number that heads what does not fit.
        room: Members the form holds.
        flag: Attribute that must be true for a member to stand on the form; the others follow
            after the form. Empty: every member.
        page: Section of one further page, with its member left open as ``[*]``; None where further
            members are continued as text.
        heading: What the continuation is called.
        legend: First line of the continuation: how its rows are written.
        asked: An empty cell of a member waits for an answer, also in a table.
        when: Tells of a case whether its members stand here; None for always.
        like: Path of the list that holds the same members; empty where none does.
        after: Path of the member that stands before them as an item of its own, with its own cells
            on the form; the first of these is then the second of all. Empty where there is none.
    """

    path: str
    number: str
    room: int
    heading: str
    flag: str = ""
    legend: str = ""
    page: Section | None = None
    asked: bool = False
    like: str = ""
    after: str = ""
    when: Callable[[Any], bool] | None = None

    @property
    def first(self) -> int:
        """Return the number that the first of the members has on paper."""
        return 2 if self.after else 1

    def applies(self, case: Any) -> bool:
        """Tell whether the members stand here at all."""
        return self.when is None or self.when(case)

    def members(self, case: Any) -> tuple[int, ...]:
        """Return the places in the case of the members that belong on the form, in order."""
        if not self.applies(case):
            return ()
        found = lens.get(case, self.path)
        return tuple(n for n, m in enumerate(found) if not self.flag or getattr(m, self.flag))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """One edition of one form.

    Attributes:
        key: Name in files and commands.
        title: What our own pages are headed with; never the form's own title.
        subtitle: That it is not the official form.
        edition: Date of the official edition.
        foot_y: Top of the foot of each page.
        not_on_form: Item or branch of the case -> why the form does not show it.
        sending: Ways to send the content: name and address.
        reasons: Key -> why boxes are left empty on purpose.
        named_after: Paths of the case that stand, with the report's number, above what goes on.
        tells_identity: Its cover tells whether the reporter may be named, which no box asks.
        edited_on: Key of the edition whose fields its items are typed into; its own where empty.
    """

    key: str
    title: str
    subtitle: str
    edition: str
    pages: int
    width: float
    height: float
    foot_y: float
    sections: tuple[Section, ...]
    repeats: tuple[Repeat, ...] = ()
    not_on_form: Mapping[str, str] = field(default_factory=dict)
    sending: tuple[tuple[str, str], ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    named_after: tuple[str, ...] = ()
    tells_identity: bool = False
    edited_on: str = ""

    @property
    def short_title(self) -> str:
        """Return what people call the form: its title without whose content these pages are."""
        return self.title.removeprefix("Content for ").removeprefix("Content of the ")

    def reserved(self) -> Iterator[Reserved]:
        """Yield every box that is left empty on purpose, in the order of the paper."""
        for section in self.sections:
            yield from section.reserved

    def cells(self) -> Iterator[Cell]:
        """Yield every cell in the order of the paper."""
        for section in self.sections:
            yield from section.cells

    def members(self, case: Any) -> dict[str, tuple[int, ...]]:
        """Return for each repeat the places in the case of the members that stand on the form."""
        return {repeat.path: repeat.members(case) for repeat in self.repeats}

    def place(self, case: Any, path: str) -> str | None:
        """Return the item of the case that the cell at ``path`` shows; None for an empty row."""
        return placed(path, self.members(case))


def placed(path: str, members: Mapping[str, tuple[int, ...]]) -> str | None:
    """Return ``path`` with its place on paper turned into the place in the case."""
    head, bracket, tail = path.partition("[")
    if not bracket or head not in members:
        return path
    index, _, rest = tail.partition("]")
    known = members[head]
    return f"{head}[{known[int(index)]}]{rest}" if int(index) < len(known) else None


def member_page(section: Section, member: int, page: int, first: int = 1) -> Section:
    """Return a repeat's open section for one member on ``page``; the first has number ``first``."""
    name, number = f"[{member}]", str(member + first)

    def moved(box: Box) -> Box:
        return replace(box, page=page)

    def said(words: Words) -> Words:
        return replace(words, page=page, text=words.text.replace("[*]", number))

    def filled(cell: Cell) -> Cell:
        return replace(
            cell,
            path=cell.path.replace("[*]", name),
            joins=tuple(path.replace("[*]", name) for path in cell.joins),
            instead_of=cell.instead_of.replace("[*]", name),
            needs=cell.needs.replace("[*]", name),
            printed=None if cell.printed is None else said(cell.printed),
            box=None if cell.box is None else moved(cell.box),
            options=tuple(
                replace(o, box=moved(o.box), printed=said(o.printed)) for o in cell.options
            ),
        )

    return replace(
        section,
        cells=tuple(filled(cell) for cell in section.cells),
        words=tuple(said(words) for words in section.words),
        rules=tuple(replace(rule, page=page) for rule in section.rules),
        frames=tuple(replace(frame, box=moved(frame.box)) for frame in section.frames),
        reserved=tuple(replace(place, box=moved(place.box)) for place in section.reserved),
    )


_MARKED = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one face: ``""``, ``bold`` or ``italic``."""

    text: str
    face: str


def runs(line: str) -> tuple[Run, ...]:
    """Take a marked line apart."""
    out: list[Run] = []
    at = 0
    for found in _MARKED.finditer(line):
        if found.start() > at:
            out.append(Run(line[at : found.start()], ""))
        bold, italic = found.groups()
        out.append(Run(bold or italic, "bold" if bold else "italic"))
        at = found.end()
    if at < len(line):
        out.append(Run(line[at:], ""))
    return tuple(out)


def plain(text: str) -> str:
    """Return marked words as they read, on one line."""
    return " ".join(_MARKED.sub(lambda m: m[1] or m[2], text).split())
