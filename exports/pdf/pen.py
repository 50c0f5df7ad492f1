"""Draw on a canvas in millimetres from the top left; the only module that calls it.

All text is drawn as plain strings: nothing a person typed is ever read as markup.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from aeapp.formspecs.model import Box, Frame, Option, Rule, Words, runs
from exports.pdf import fonts

# Streams as they are instead of as printable text: a fifth smaller and faster to write.
rl_config.useA85 = 0

MM = 72 / 25.4
BLACK = Color(0, 0, 0)
TINT = Color(0.80, 0.89, 0.93)
FAINT = Color(0.91, 0.91, 0.91)
SMALLEST_CAPTION = 5.5
BODY = 9.0
_HAIR, _LINE = 0.4, 0.7
_BASELINE = 3.05  # from the top of a line of 8 points to its baseline, in millimetres
_LINE_STEP = 1.28
_INSET = 0.9
_CORNER = 2.0
_WATERMARK = 110.0


class Pen:
    """A document being drawn.

    Attributes:
        width, height: Page size in millimetres.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._buffer = io.BytesIO()
        size = (width * MM, height * MM)
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=1, pageCompression=1)
        self._begin_page()

    def _begin_page(self) -> None:
        # All strings of a page are one text object, drawn over its shapes; face and stroke are
        # named where they change. Half of what a page would cost is naming them every time.
        self._text = self._canvas.beginText()
        self._face = ("", 0.0, 0.0)
        self._stroke = 0.0

    def describe(self, *, title: str, subject: str, keywords: str, creator: str) -> None:
        """Set what the file says of itself; never patient data."""
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setKeywords(keywords)
        self._canvas.setCreator(creator)
        self._canvas.setAuthor("")

    def end_page(self) -> None:
        """Finish the page and begin the next."""
        self._canvas.drawText(self._text)
        self._canvas.showPage()
        self._begin_page()

    def finish(self) -> bytes:
        """Return the document."""
        self._canvas.save()
        return self._buffer.getvalue()

    def say(self, x: float, y: float, text: str, size: float, name: str = fonts.REGULAR) -> None:
        """Draw one string with its baseline at ``y``; a character the face lacks as its number."""
        if text:
            self._set_face(name, size, size)
            self._text.setTextOrigin(x * MM, (self.height - y) * MM)
            # Not textOut, which measures every string once more.
            self._text.textLine(fonts.visible(text, name=name))

    def say_right(self, x: float, y: float, text: str, size: float) -> None:
        """Draw one string that ends at ``x``."""
        text = fonts.visible(text)
        self.say(x - fonts.width(text, fonts.REGULAR, size) / MM, y, text, size)

    def lines(self, x: float, y: float, texts: Sequence[str], size: float, leading: float) -> None:
        """Draw lines of text below each other, the top of the first at ``y``."""
        self._set_face(fonts.REGULAR, size, leading * size)
        self._text.setTextOrigin(x * MM, (self.height - y) * MM - size * 0.95)
        for text in texts:
            self._text.textLine(fonts.visible(text))

    def _set_face(self, name: str, size: float, leading: float) -> None:
        if self._face != (name, size, leading):
            self._face = (name, size, leading)
            self._text.setFont(name, size, leading)

    def _set_stroke(self, width: float) -> None:
        if self._stroke != width:
            self._stroke = width
            self._canvas.setLineWidth(width)

    def words(self, words: Words) -> None:
        """Draw printed words, each line smaller where its room asks for it."""
        for n, line in enumerate(words.text.split("\n")):
            pieces = [(run.text, fonts.FACES[run.face]) for run in runs(line)]
            size = words.size
            long = sum(fonts.fixed_width(text, name, size) for text, name in pieces)
            if words.width and long > words.width * MM:
                smaller = max(size * words.width * MM / long, SMALLEST_CAPTION)
                long, size = long * smaller / size, smaller
            y = words.y + _BASELINE * words.size / 8 + n * words.size * _LINE_STEP / MM
            x = words.x - long / MM / 2 if words.centre else words.x
            for text, name in pieces:
                self.say(x, y, text, size, name)
                x += fonts.fixed_width(text, name, size) / MM

    def rule(self, rule: Rule) -> None:
        """Draw a ruled line."""
        top = (self.height - rule.y) * MM
        self._set_stroke(_HAIR)
        self._canvas.line(rule.x * MM, top, (rule.x + rule.w) * MM, top - rule.h * MM)

    def thick_rule(self, x: float, y: float, w: float) -> None:
        """Draw the line above the foot."""
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
        x, y, w, h = self._points(option.box)
        self._set_stroke(_LINE)
        self._canvas.rect(x, y, w, h)
        if ticked:
            inset = _INSET * MM * 0.8
            self._set_stroke(1.6)
            self._canvas.line(x + inset, y + inset, x + w - inset, y + h - inset)
            self._canvas.line(x + inset, y + h - inset, x + w - inset, y + inset)
        self.words(option.printed)

    def entry(self, box: Box, texts: Sequence[str], size: float) -> None:
        """Draw what was entered: one line in the middle of a low box, else from its top."""
        if len(texts) == 1 and box.h < 2.5 * size / MM:
            y = box.y + box.h / 2 + size * 0.36 / MM
            self.say(box.x + _INSET, y, texts[0], size)
        else:
            self.lines(box.x + _INSET, box.y + _INSET, texts, size, 1.22)

    def watermark(self, text: str) -> None:
        """Draw a word across the page, faint enough to read everything over it."""
        canvas = self._canvas
        size = _WATERMARK
        canvas.saveState()
        canvas.setFillColor(FAINT)
        canvas.setFont(fonts.BOLD, size)
        canvas.translate(self.width * MM / 2, self.height * MM / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -size / 3, text)
        canvas.restoreState()

    def _points(self, box: Box) -> tuple[float, float, float, float]:
        return box.x * MM, (self.height - box.y - box.h) * MM, box.w * MM, box.h * MM


def inner_width(box: Box) -> float:
    """Return the room for text in a box, in points."""
    return (box.w - 2 * _INSET) * MM


def inner_height(box: Box) -> float:
    """Return the height for lines in a box, in points."""
    return (box.h - 2 * _INSET) * MM
