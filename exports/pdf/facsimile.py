"""Draw a case on pages that follow an official form, with a cover before and the rest after.

Pure: the same case, form and stamp give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aeapp.domain.case import Case
from aeapp.formspecs.model import Box, Cell, FormSpec, Section, Words, placed
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Place
from exports.pdf import continuation, cover, flow, fonts
from exports.pdf.continuation import Chunk, Heading, Para
from exports.pdf.cover import FOOT_SIZE, Stamp
from exports.pdf.filling import RULES, Block, Entry, Filling, Reason, Remark, fill
from exports.pdf.form_tables import NO_TABLES, Places, places_in
from exports.pdf.pen import MM, Pen
from exports.pdf.tagging import FOOTER, Step, Tags

__all__ = ["Note", "Reason", "Rendered", "Stamp", "render"]

_LEFT, _RIGHT = 12.7, 203.2
_COVER_TRIES = 4


@dataclass(frozen=True, slots=True)
class Note:
    """What the export has to say about one item.

    Attributes:
        number, caption: Of the form's item.
        path: Cell path of the form.
        page: Page of the document where the text goes on; None where it does not.
    """

    number: str
    caption: str
    path: str
    reason: Reason
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document."""

    pdf: bytes
    pages: int
    notes: tuple[Note, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The document before it is drawn; covers come first, then the form, then what goes on.

    Attributes:
        head: Stands in the corner of what goes on.
    """

    filling: Filling
    covers: Sequence[Sequence[Chunk]]
    rest: Sequence[Sequence[Chunk]]
    where: dict[Block, int]
    head: str

    @property
    def pages(self) -> int:
        return len(self.covers) + self.filling.pages + len(self.rest)


def render(
    case: Case, form: FormSpec, stamp: Stamp, progress: Progress, tags: Tags | None = None
) -> Rendered:
    """Return the document of ``case`` on ``form``; ``progress`` is told of each page.

    ``tags`` is filled with the structure of the document.

    Raises:
        CancelledError: The person stopped it.
        ResourceMissingError: The font package is not installed.
    """
    plan = _plan(case, form, stamp)
    pen = Pen(form.width, form.height, tags)
    pen.describe(
        title=stamp.report_number,
        subject=form.title,
        keywords=f"trail entry {stamp.head_seq}; head {stamp.head_hash}; version {stamp.version}",
        creator=f"AEApp {stamp.program_version}",
    )
    for page in range(1, plan.pages + 1):
        progress.step(page - 1, plan.pages, "pages")
        _draw_page(pen, plan, form, stamp, page)
        pen.end_page()
    progress.step(plan.pages, plan.pages, "pages")
    notes = tuple(_note(remark, plan.where) for remark in plan.filling.remarks)
    return Rendered(pen.finish(), plan.pages, notes, tuple(_places(plan, case, form)))


def _places(plan: _Plan, case: Case, form: FormSpec) -> Iterator[Place]:
    """Yield where each item of the case stands; an empty row of a table shows none."""
    members = form.members(case)
    for section in plan.filling.sections:
        for cell in section.cells:
            further = [room.box for room in cell.more]
            own = [box for box in cell.boxes() if box not in further]
            for path in (cell.path, *cell.joins):
                item = placed(path, members)
                if item is not None and cell.page:
                    yield _place(item, own, form, plan)
            for box in further:
                yield _place(cell.path, [box], form, plan)


def _place(item: str, boxes: Sequence[Box], form: FormSpec, plan: _Plan) -> Place:
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.x + b.w for b in boxes), max(b.y + b.h for b in boxes)
    return Place(
        item,
        len(plan.covers) + boxes[0].page - 1,
        left / form.width,
        top / form.height,
        (right - left) / form.width,
        (bottom - top) / form.height,
    )


def _note(remark: Remark, where: dict[Block, int]) -> Note:
    page = None if remark.block is None else where[remark.block]
    words = f"{cover.said(remark, where)}. {RULES[remark.reason]}"
    return Note(remark.number, remark.caption, remark.path, remark.reason, words, page)


def _plan(case: Case, form: FormSpec, stamp: Stamp) -> _Plan:
    filling = fill(case, form)
    blocks = list(dict.fromkeys(filling.blocks))
    rest, begins = continuation.lay_out(continued(blocks)) if blocks else ([], [])
    count = 1
    for _ in range(_COVER_TRIES):
        # The page numbers on the cover move with its own length, which settles at once or twice.
        first = count + filling.pages + 1
        where = {block: first + begins[2 * n + 1] for n, block in enumerate(blocks)}
        covers, _begins = continuation.lay_out(cover.parts(case, form, stamp, filling, where))
        if len(covers) <= count:
            break
        count = len(covers)
    covers += [[] for _ in range(count - len(covers))]
    return _Plan(filling, covers, rest, where, cover.running_head(case, form, stamp))


def continued(blocks: Sequence[Block]) -> list[Heading | Para]:
    """Return what goes on after the form, headed by section and item."""
    out: list[Heading | Para] = []
    for block in blocks:
        again = block.heading
        for ending in ("(continued)", "(whole text)"):
            again = again.replace(ending, flow.CONTINUED)
        out += [Heading(block.heading), Para(block.text, again=again)]
    return out


def _draw_page(pen: Pen, plan: _Plan, form: FormSpec, stamp: Stamp, page: int) -> None:
    if stamp.practice:
        pen.watermark("PRACTICE")
    elif stamp.draft:
        pen.watermark("DRAFT")
    # Cover and continuation are one part each, however many pages they have.
    last = len(plan.covers) + plan.filling.pages
    sect = "cover" if page <= len(plan.covers) else "rest" if page > last else page
    with pen.inside((Step("Sect", sect),)):
        kind = _draw_content(pen, plan, form, stamp.report_number, page)
    draw_foot(pen, form, stamp, f"Page {page} of {plan.pages}", kind, last=page == plan.pages)


def _draw_content(pen: Pen, plan: _Plan, form: FormSpec, number: str, page: int) -> str:
    """Draw what is on a page, and return what kind of page it is."""
    last_cover = len(plan.covers)
    if page <= last_cover:
        title = f"{form.title}: cover"
        continuation.draw(pen, plan.covers[page - 1], title, number, again=page > 1)
        return "cover"
    page -= last_cover
    if page <= plan.filling.pages:
        draw_form_page(pen, plan.filling, page)
        return _form_page_words(page, form)
    page -= plan.filling.pages
    title = f"{form.title}: continued"
    continuation.draw(pen, plan.rest[page - 1], title, plan.head, again=page > 1, role="H2")
    return "continuation"


def _form_page_words(page: int, form: FormSpec) -> str:
    if page <= form.pages:
        return f"form page {page}"
    return f"further page {page - form.pages}"


def draw_form_page(pen: Pen, filling: Filling, page: int) -> None:
    """Draw one page of the form with its entries."""
    entries = {entry.box: entry for entry in filling.entries if entry.box.page == page}
    for section in filling.sections:
        _draw_section(pen, section, filling, page, entries)


def _draw_section(
    pen: Pen, section: Section, filling: Filling, page: int, entries: dict[Box, Entry]
) -> None:
    frames = [frame for frame in section.frames if frame.box.page == page]
    for frame in frames:
        pen.frame(frame)
    for rule in (r for r in section.rules if r.page == page):
        pen.rule(rule)
    places = NO_TABLES if pen.tags is None else places_in(section, page)
    for words in (w for w in section.words if w.page == page):
        titled = _is_title(words) and any(f.tinted and _is_on(words, f.box) for f in frames)
        row = places.row_of(words)
        # The number of a row without an entry says nothing.
        idle = bool(row) and not any(cell.box in entries for cell in row)
        with pen.ornament() if idle else places.said(pen, words, "H2" if titled else "P"):
            pen.words(words)
    for cell in (c for c in section.cells if c.page == page):
        _draw_cell(pen, cell, filling, entries, places)
    # A further rectangle may stand on another page than the first.
    for room in (room for cell in section.cells for room in cell.more):
        _draw_room(pen, room.box, page, entries, places)
    for box in (place.box for place in section.reserved if place.box.page == page):
        pen.box(box)


def _is_title(words: Words) -> bool:
    return "**" in words.text and "\n" not in words.text


def _is_on(words: Words, box: Box) -> bool:
    return box.x <= words.x <= box.x + box.w and box.y - 1 <= words.y <= box.y + box.h


def _draw_cell(
    pen: Pen, cell: Cell, filling: Filling, entries: dict[Box, Entry], places: Places
) -> None:
    if cell.printed is not None:
        with pen.part("P"):
            pen.words(cell.printed)
    if cell.box is not None:
        _draw_room(pen, cell.box, cell.box.page, entries, places)
    for option in cell.options:
        pen.option(option, ticked=option.box in filling.ticked)


def _draw_room(pen: Pen, box: Box, page: int, entries: dict[Box, Entry], places: Places) -> None:
    if box.page != page:
        return
    pen.box(box)
    # Cells of several kinds of case may share a place; its entry is drawn once.
    if entry := entries.pop(box, None):
        with places.said(pen, box):
            pen.entry(entry.box, entry.lines, entry.size)


def draw_foot(
    pen: Pen, form: FormSpec, stamp: Stamp, number: str, kind: str, *, last: bool
) -> None:
    """Draw what stands at the foot of every page; ``kind`` says which page it is."""
    pen.thick_rule(_LEFT, form.foot_y, _RIGHT - _LEFT)
    with pen.running(FOOTER):
        _foot_words(pen, form, stamp, number, kind, last=last)


def _foot_words(
    pen: Pen, form: FormSpec, stamp: Stamp, number: str, kind: str, *, last: bool
) -> None:
    y = form.foot_y
    pen.say(_LEFT, y + 3.6, f"{form.title}, {kind}", FOOT_SIZE, fonts.BOLD)
    middle = form.width / 2 - fonts.width(number, fonts.BOLD, FOOT_SIZE) / MM / 2
    pen.say(middle, y + 3.6, number, FOOT_SIZE, fonts.BOLD)
    if not last:
        pen.say_right(_RIGHT, y + 3.6, "(continued on next page)", FOOT_SIZE)
    pen.say(_LEFT, y + 7.0, stamp.foot_line, FOOT_SIZE)
    pen.say_right(_RIGHT, y + 7.0, stamp.printed, FOOT_SIZE)
    pen.say(_LEFT, y + 10.2, form.subtitle, FOOT_SIZE)
    pen.say_right(
        _RIGHT,
        y + 10.2,
        f"{stamp.trail}; exported {stamp.exported_on} ({stamp.time_zone})",
        FOOT_SIZE,
    )
