"""Draw on a canvas in millimetres from the top left; the only module that calls it.

All text is drawn as plain strings: nothing a person typed is ever read as markup.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color

from aeapp.formspecs.model import Box, Frame, Option, Rule, Words
from exports.pdf import bidi, captions, fonts
from exports.pdf.canvas import PaperCanvas
from exports.pdf.embedding import Embedded
from exports.pdf.shaping import Run, advance
from exports.pdf.tagging import (
    ARTIFACT,
    END,
    FOOTER,
    ORNAMENT,
    WATERMARK,
    Node,
    Path,
    Tags,
    running,
)
from exports.pdf.typefaces import Typeface

# Streams as they are instead of as printable text: a fifth smaller and faster to write.
rl_config.useA85 = 0

MM = captions.MM
BLACK = Color(0, 0, 0)
TINT = Color(0.80, 0.89, 0.93)
FAINT = Color(0.91, 0.91, 0.91)
_HAIR, _LINE = 0.4, 0.7
_INSET = 0.9
_CORNER = 2.0
_WATERMARK_SIZE = 110.0
# What a box says to who does not see it.
TICKED, EMPTY = "ticked", "not ticked"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a shape is drawn, in points and shares of white.

    Attributes:
        width: Of the edge; 0 draws none.
        dash: Lengths of strokes and pauses; empty for an unbroken edge.
        edge, fill: 0 is black and 1 white; a ``fill`` of None leaves what is below.
    """

    width: float = 0.0
    dash: tuple[float, ...] = ()
    edge: float = 0.0
    fill: float | None = None


class Pen:
    """A document being drawn.

    Attributes:
        width, height: Page size in millimetres.
        tags: Grows into the structure of the document; None for one without.
    """

    def __init__(self, width: float, height: float, tags: Tags | None = None) -> None:
        self.width, self.height, self.tags = width, height, tags
        self._buffer = io.BytesIO()
        size = (width * MM, height * MM)
        # Every page names a first face, used or not: an embedded one, not one that viewers bring.
        first: Any = fonts.face(fonts.REGULAR).name  # the stubs take it for a number
        self._canvas = PaperCanvas(
            self._buffer,
            pagesize=size,
            invariant=1,
            pageCompression=1,
            initialFontName=first,
            pdfVersion=(1, 7),
        )
        self._embedded: dict[str, Embedded] = {}
        # Who reads the structure aloud goes from line to line without a look at the page.
        self._behind = "" if tags is None else " "
        self._begin_page()

    def _begin_page(self) -> None:
        # All strings of a page are one text object, drawn over its shapes; face and stroke are
        # named where they change. Half of what a page would cost is naming them every time.
        self._text = self._canvas.begin_text()
        self._face = ("", 0.0, 0.0)
        self._stroke = 0.0
        # What the strings drawn last belong to: an element, None for ornament, nothing yet.
        self._marked: list[Node | None] = []

    @contextmanager
    def part(
        self, role: str, alt: str = "", box: tuple[float, float, float, float] | None = None
    ) -> Iterator[None]:
        """Draw an element of the structure; what is drawn outside of any is ornament."""
        if self.tags is None:
            yield
            return
        self.tags.begin(Node(role, alt, box))
        yield
        self.tags.end()

    @contextmanager
    def inside(self, path: Path | None) -> Iterator[None]:
        """Draw a further piece of an element of the structure; without a path, ornament."""
        if self.tags is None or path == ():
            yield
            return
        if path is None:
            with self.ornament():
                yield
            return
        self.tags.enter(path)
        yield
        self.tags.leave(path)

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """Draw what says nothing new, such as the running head of a page."""
        if self.tags is None:
            yield
            return
        self.tags.begin(None)
        yield
        self.tags.end()

    @contextmanager
    def figure(self, alt: str, box: Box) -> Iterator[None]:
        """Draw a picture that ``alt`` tells in words."""
        x, y, w, h = self._points(box)
        with self.part("Figure", alt, (x, y, x + w, y + h)):
            if self.tags is None:
                yield
                return
            self._canvas.put(f"{END} {self.tags.opening()}")
            yield
            self._canvas.put(f"{END} {ARTIFACT}")

    @contextmanager
    def running(self, kind: str) -> Iterator[None]:
        """Draw the head or the foot that every page has."""
        if self.tags is None:
            yield
            return
        self.tags.begin(Node(ORNAMENT, kind=kind))
        yield
        self.tags.end()

    @contextmanager
    def _shaped_as(self, kind: str) -> Iterator[None]:
        """Draw shapes that are ornament of a kind that every page has."""
        if self.tags is None:
            yield
            return
        self._canvas.put(f"{END} {running(kind)}")
        yield
        self._canvas.put(f"{END} {ARTIFACT}")

    def _mark_text(self) -> None:
        """Say what the strings that follow belong to."""
        if self.tags is None:
            return
        now = self.tags.current
        if self._marked and self._marked[0] is now:
            return
        if self._marked:
            self._text.put(END)
        self._text.put(self.tags.opening())
        self._marked = [now]

    def describe(self, *, title: str, subject: str, keywords: str, creator: str) -> None:
        """Set what the file says of itself; never patient data."""
        self._canvas.setTitle(" ".join(fonts.visible(title).split()))
        self._canvas.setSubject(subject)
        self._canvas.setKeywords(keywords)
        self._canvas.setCreator(creator)
        self._canvas.setAuthor("")

    def end_page(self) -> None:
        """Finish the page and begin the next."""
        if self.tags is not None:
            # Not at the begin: a canvas that holds anything ends with one more page.
            self._canvas.enclose(ARTIFACT, END)
            if self._marked:
                self._text.put(END)
            self.tags.turn()
        self._canvas.drawText(self._text)
        self._canvas.showPage()
        self._begin_page()

    def finish(self) -> bytes:
        """Return the document."""
        self._canvas.embed(list(self._embedded.values()))
        self._canvas.save()
        return self._buffer.getvalue()

    def say(self, x: float, y: float, text: str, size: float, name: str = fonts.REGULAR) -> None:
        """Draw one string with its baseline at ``y``; a character the face lacks as its number."""
        # One line: a line feed typed into a short entry would be drawn as a missing sign.
        text = fonts.visible(text, name=name).replace("\n", " ")
        if not text:
            return
        if self.tags is not None:
            self.tags.tell(text)
        if fonts.is_plain(text, name):
            self._plain(x * MM, (self.height - y) * MM, text + self._behind, size, name)
        else:
            self._shaped(x * MM, (self.height - y) * MM, text, size, name)

    def _plain(self, x: float, y: float, text: str, size: float, name: str) -> None:
        self._mark_text()
        self._set_face(name, size, size)
        self._text.setTextOrigin(x, y)
        # Not textOut, which measures every string once more.
        self._text.textLine(text)

    def _shaped(self, x: float, y: float, text: str, size: float, name: str) -> None:
        for run in fonts.runs(text, name):
            if run.typeface is None:
                self._plain(x, y, run.text, size, name)
                x += fonts.width(run.text, name, size)
            else:
                self._glyphs(x, y, run, self._face_of(run.typeface), size)
                x += advance(run) * size / 1000
        if self._behind:
            self._plain(x, y, self._behind, size, name)

    def _glyphs(self, x: float, y: float, run: Run, face: Embedded, size: float) -> None:
        self._mark_text()
        self._text.setTextOrigin(x, y)
        self._text.put(f"/{face.name} {size:g} Tf {face.show(run, size)}")
        self._face = ("", 0.0, 0.0)

    def _face_of(self, typeface: Typeface) -> Embedded:
        found = self._embedded.get(typeface.name)
        if found is None:
            found = Embedded(typeface, f"G{len(self._embedded) + 1}")
            self._embedded[typeface.name] = found
        return found

    def say_right(self, x: float, y: float, text: str, size: float) -> None:
        """Draw one string that ends at ``x``."""
        text = fonts.visible(text)
        self.say(x - fonts.width(text, fonts.REGULAR, size) / MM, y, text, size)

    def lines(
        self,
        x: float,
        y: float,
        texts: Sequence[str],
        size: float,
        leading: float,
        *,
        width: float = 0.0,
    ) -> None:
        """Draw lines of text below each other, the top of the first at ``y``.

        Where a ``width`` is given, lines that run from the right end at its right edge.
        """
        top = (self.height - y) * MM - size * 0.95
        shown = [fonts.visible(text).replace("\n", " ") for text in texts]
        if not all(fonts.is_plain(text, fonts.REGULAR) for text in shown):
            for n, text in enumerate(shown):
                left = x + indent(text, width, size)
                self._shaped(left * MM, top - n * leading * size, text, size, fonts.REGULAR)
            return
        self._mark_text()
        self._set_face(fonts.REGULAR, size, leading * size)
        self._text.setTextOrigin(x * MM, top)
        for text in shown:
            self._text.textLine(text + self._behind)

    def _set_face(self, name: str, size: float, leading: float) -> None:
        if self._face != (name, size, leading):
            # Loads the face where nothing was measured in it before.
            fonts.face(name)
            self._face = (name, size, leading)
            self._text.setFont(name, size, leading)

    def _set_stroke(self, width: float) -> None:
        if self._stroke != width:
            self._stroke = width
            self._canvas.setLineWidth(width)

    def words(self, words: Words) -> None:
        """Draw printed words, each line smaller where its room asks for it."""
        for x, y, text, size, name in captions.placed(words):
            self.say(x, y, text, size, name)

    def rule(self, rule: Rule) -> None:
        """Draw a ruled line."""
        top = (self.height - rule.y) * MM
        self._set_stroke(_HAIR)
        self._canvas.line(rule.x * MM, top, (rule.x + rule.w) * MM, top - rule.h * MM)

    def hair(self, x: float, y: float, w: float) -> None:
        """Draw a thin line: under the head of a table, or through what was struck."""
        self._set_stroke(_HAIR)
        self._canvas.line(x * MM, (self.height - y) * MM, (x + w) * MM, (self.height - y) * MM)

    def thick_rule(self, x: float, y: float, w: float) -> None:
        """Draw the line above the foot, which belongs to it."""
        with self._shaped_as(FOOTER):
            self._set_stroke(1.2)
            self._canvas.line(x * MM, (self.height - y) * MM, (x + w) * MM, (self.height - y) * MM)

    def frame(self, frame: Frame) -> None:
        """Draw a border, a bar or an empty place."""
        x, y, w, h = self._points(frame.box)
        if frame.tinted:
            self._canvas.setFillColor(TINT)
            self._set_stroke(_HAIR)
            self._canvas.roundRect(x, y, w, h, _CORNER * MM / 2, stroke=1, fill=1)
            self._canvas.setFillColor(BLACK)
        elif frame.rounded:
            self._set_stroke(_HAIR)
            self._canvas.roundRect(x, y, w, h, _CORNER * MM / 2)
        else:
            self.box(frame.box)

    def box(self, box: Box) -> None:
        """Draw the frame of an entry."""
        self._set_stroke(_LINE)
        self._canvas.rect(*self._points(box))

    def option(self, option: Option, *, ticked: bool) -> None:
        """Draw a box with its label, crossed where it is ticked."""
        with self.part("P"):
            with self.figure(TICKED if ticked else EMPTY, option.box):
                self._tick(option.box, ticked=ticked)
            self.words(option.printed)

    def _tick(self, box: Box, *, ticked: bool) -> None:
        x, y, w, h = self._points(box)
        self._set_stroke(_LINE)
        self._canvas.rect(x, y, w, h)
        if ticked:
            inset = _INSET * MM * 0.8
            self._set_stroke(1.6)
            self._canvas.line(x + inset, y + inset, x + w - inset, y + h - inset)
            self._canvas.line(x + inset, y + h - inset, x + w - inset, y + inset)

    def entry(self, box: Box, texts: Sequence[str], size: float) -> None:
        """Draw what was entered: one line in the middle of a low box, else from its top."""
        if len(texts) == 1 and box.h < 2.5 * size / MM:
            y = box.y + box.h / 2 + size * 0.36 / MM
            at = box.x + _INSET + indent(texts[0], box.w - 2 * _INSET, size)
            self.say(at, y, texts[0], size)
        else:
            x, y = box.x + _INSET, box.y + _INSET
            self.lines(x, y, texts, size, 1.22, width=box.w - 2 * _INSET)

    def path(
        self, points: Sequence[tuple[float, float]], ink: Ink, *, closed: bool = False
    ) -> None:
        """Draw lines from point to point."""
        path = self._canvas.beginPath()
        (x, y), *rest = points
        path.moveTo(x * MM, (self.height - y) * MM)
        for x, y in rest:
            path.lineTo(x * MM, (self.height - y) * MM)
        if closed:
            path.close()
        with self._inked(ink) as how:
            self._canvas.drawPath(path, **how)

    def shape(self, box: Box, ink: Ink, radius: float = 0.0) -> None:
        """Draw a rectangle, its corners rounded by ``radius`` millimetres."""
        with self._inked(ink) as how:
            self._canvas.roundRect(*self._points(box), radius * MM, **how)

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Draw a circle."""
        with self._inked(ink) as how:
            self._canvas.circle(x * MM, (self.height - y) * MM, radius * MM, **how)

    @contextmanager
    def _inked(self, ink: Ink) -> Iterator[dict[str, int]]:
        canvas = self._canvas
        canvas.saveState()
        canvas.setLineWidth(ink.width)
        canvas.setStrokeGray(ink.edge)
        canvas.setDash(list(ink.dash))
        if ink.fill is not None:
            canvas.setFillGray(ink.fill)
        yield {"stroke": int(ink.width > 0), "fill": int(ink.fill is not None)}
        canvas.restoreState()

    def watermark(self, text: str) -> None:
        """Draw a word across the page, faint enough to read everything over it."""
        canvas = self._canvas
        size = _WATERMARK_SIZE
        with self._shaped_as(WATERMARK):
            canvas.saveState()
            canvas.setFillColor(FAINT)
            canvas.setFont(fonts.BOLD, size)
            canvas.translate(self.width * MM / 2, self.height * MM / 2)
            canvas.rotate(52)
            canvas.drawCentredString(0, -size / 3, text)
            canvas.restoreState()

    def _points(self, box: Box) -> tuple[float, float, float, float]:
        return box.x * MM, (self.height - box.y - box.h) * MM, box.w * MM, box.h * MM


def indent(text: str, width: float, size: float) -> float:
    """Return how far a line that runs from the right is moved in, so that it ends at the edge.

    Source:
        Unicode Annex 9, 4.3: a paragraph of right-to-left text is aligned to the right.
    """
    if not width or text.isascii() or bidi.base_level(text) == 0:
        return 0.0
    long = fonts.width(fonts.visible(text), fonts.REGULAR, size) / MM
    return max(0.0, width - long)


def inner_width(box: Box) -> float:
    """Return the room for text in a box, in points."""
    return (box.w - 2 * _INSET) * MM


def inner_height(box: Box) -> float:
    """Return the height for lines in a box, in points."""
    return (box.h - 2 * _INSET) * MM
