"""Draw a case on pages that follow an official form, with a cover before and the rest after.

Pure: the same case, form and stamp give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aeapp.domain.case import Case
from aeapp.formspecs.model import Cell, FormSpec, Section
from aeapp.kernel.progress import Progress
from exports.pdf import continuation, cover, flow, fonts
from exports.pdf.continuation import Chunk, Heading, Para
from exports.pdf.cover import FOOT_LINE, Stamp
from exports.pdf.filling import RULES, Block, Filling, Reason, Remark, fill
from exports.pdf.pen import MM, Pen

__all__ = ["Note", "Reason", "Rendered", "Stamp", "render"]

_LEFT, _RIGHT = 12.7, 203.2
_FOOT_SIZE = 7.5
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


@dataclass(frozen=True, slots=True)
class _Plan:
    """The document before it is drawn; covers come first, then the form, then what goes on."""

    filling: Filling
    covers: Sequence[Sequence[Chunk]]
    rest: Sequence[Sequence[Chunk]]
    where: dict[Block, int]

    @property
    def pages(self) -> int:
        return len(self.covers) + self.filling.pages + len(self.rest)


def render(case: Case, form: FormSpec, stamp: Stamp, progress: Progress) -> Rendered:
    """Return the document of ``case`` on ``form``; ``progress`` is told of each page.

    Raises:
        CancelledError: The person stopped it.
        ResourceMissingError: The font package is not installed.
    """
    plan = _plan(case, form, stamp)
    pen = Pen(form.width, form.height)
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
    return Rendered(pen.finish(), plan.pages, notes)


def _note(remark: Remark, where: dict[Block, int]) -> Note:
    page = None if remark.block is None else where[remark.block]
    words = f"{cover.said(remark, where)}. {RULES[remark.reason]}"
    return Note(remark.number, remark.caption, remark.path, remark.reason, words, page)


def _plan(case: Case, form: FormSpec, stamp: Stamp) -> _Plan:
    filling = fill(case, form)
    blocks = list(dict.fromkeys(filling.blocks))
    rest, begins = continuation.lay_out(_continued(blocks)) if blocks else ([], [])
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
    return _Plan(filling, covers, rest, where)


def _continued(blocks: Sequence[Block]) -> list[Heading | Para]:
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
    last_cover = len(plan.covers)
    last_form = last_cover + plan.filling.pages
    if page <= last_cover:
        kind = "cover"
        continuation.draw(pen, plan.covers[page - 1], f"{form.title}: cover", stamp.report_number)
    elif page <= last_form:
        kind = _form_page_words(page - last_cover, form)
        _draw_form_page(pen, plan.filling, page - last_cover)
    else:
        kind = "continuation"
        sheet = plan.rest[page - last_form - 1]
        continuation.draw(pen, sheet, f"{form.title}: continued", stamp.report_number)
    _draw_foot(pen, form, stamp, f"Page {page} of {plan.pages}", kind, last=page == plan.pages)


def _form_page_words(page: int, form: FormSpec) -> str:
    if page <= form.pages:
        return f"form page {page}"
    return f"further page {page - form.pages}"


def _draw_form_page(pen: Pen, filling: Filling, page: int) -> None:
    for section in filling.sections:
        _draw_section(pen, section, filling, page)
    for entry in filling.entries:
        if entry.box.page == page:
            pen.entry(entry.box, entry.lines, entry.size)


def _draw_section(pen: Pen, section: Section, filling: Filling, page: int) -> None:
    for frame in (f for f in section.frames if f.box.page == page):
        pen.frame(frame)
    for rule in (r for r in section.rules if r.page == page):
        pen.rule(rule)
    for words in (w for w in section.words if w.page == page):
        pen.words(words)
    for cell in (c for c in section.cells if c.page == page):
        _draw_cell(pen, cell, filling)


def _draw_cell(pen: Pen, cell: Cell, filling: Filling) -> None:
    if cell.printed is not None:
        pen.words(cell.printed)
    if cell.box is not None:
        pen.box(cell.box)
    for option in cell.options:
        pen.option(option, ticked=option.box in filling.ticked)


def _draw_foot(
    pen: Pen, form: FormSpec, stamp: Stamp, number: str, kind: str, *, last: bool
) -> None:
    y = form.foot_y
    pen.thick_rule(_LEFT, y, _RIGHT - _LEFT)
    pen.say(_LEFT, y + 3.6, f"{form.title}, {kind}", _FOOT_SIZE, fonts.BOLD)
    middle = form.width / 2 - fonts.width(number, fonts.BOLD, _FOOT_SIZE) / MM / 2
    pen.say(middle, y + 3.6, number, _FOOT_SIZE, fonts.BOLD)
    if not last:
        pen.say_right(_RIGHT, y + 3.6, "(continued on next page)", _FOOT_SIZE)
    pen.say(_LEFT, y + 7.0, FOOT_LINE, _FOOT_SIZE)
    pen.say_right(_RIGHT, y + 7.0, f"{stamp.report_number}, version {stamp.version}", _FOOT_SIZE)
    pen.say(_LEFT, y + 10.2, form.subtitle, _FOOT_SIZE)
    pen.say_right(
        _RIGHT,
        y + 10.2,
        f"{stamp.trail}; exported {stamp.exported_on} ({stamp.time_zone})",
        _FOOT_SIZE,
    )
