"""What a paper form is: items with numbers and paths, and where each stands on which page.

An edition of a form is data built from these classes; drawing it, showing it on screen and
filling an official file are elsewhere. Millimetres count from the top left corner of the page.

Printed words may hold two marks: ``**bold**`` and ``__italic__``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.items import generic


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


BOXED = frozenset({Kind.CHECK, Kind.PICK, Kind.YES_NO, Kind.MARK})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in millimetres."""

    page: int
    x: float
    y: float
    w: float
    h: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two rectangles share more than an edge."""
        return (
            self.page == other.page
            and self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


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

    def boxes(self) -> Iterator[Box]:
        """Yield every rectangle of the cell."""
        if self.box is not None:
            yield self.box
        yield from (option.box for option in self.options)

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
    """One lettered part of a form on one or several pages."""

    letter: str
    title: str
    cells: tuple[Cell, ...] = ()
    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()
    frames: tuple[Frame, ...] = ()


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
    """

    path: str
    number: str
    room: int
    heading: str
    flag: str = ""
    legend: str = ""
    page: Section | None = None

    def members(self, case: Any) -> tuple[int, ...]:
        """Return the places in the case of the members that belong on the form, in order."""
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

    def shown_paths(self) -> frozenset[str]:
        """Return the items, without indexes, that some cell shows."""
        return frozenset(
            generic(path) for cell in self.cells() for path in (cell.path, *cell.joins)
        )

    def excuse(self, path: str) -> str | None:
        """Return why the item at ``path`` is not on the form; None if it is or if nobody said."""
        found = generic(path)
        while found:
            if found in self.not_on_form:
                return self.not_on_form[found]
            found = found.rpartition(".")[0]
        return None


def placed(path: str, members: Mapping[str, tuple[int, ...]]) -> str | None:
    """Return ``path`` with its place on paper turned into the place in the case."""
    head, bracket, tail = path.partition("[")
    if not bracket or head not in members:
        return path
    index, _, rest = tail.partition("]")
    known = members[head]
    return f"{head}[{known[int(index)]}]{rest}" if int(index) < len(known) else None


def member_page(section: Section, member: int, page: int) -> Section:
    """Return the open section of a repeat, filled in for one member and put on ``page``."""
    name, number = f"[{member}]", str(member + 1)

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
