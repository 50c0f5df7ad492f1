"""Lines and boxes: nothing lost, nothing wider than its column."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.checks import utf16_length
from exports.pdf import continuation, flow, fonts
from exports.pdf.continuation import Heading, Para
from tests.exports.reading import squeezed

ALPHABET = "ab  \n-.,'éßŁ₂≥²中文，हिน้ำ👩\u200d⚕\u0323שم٣([)U+4E2D]"
texts = st.text(ALPHABET, max_size=400) | st.text(max_size=200)
# A line may end behind each of these.
IDEOGRAPH = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]"
SIZE = 9.0
STEP = continuation.SIZE * continuation.LEADING * 25.4 / 72


def unmarked(text: str) -> str:
    """Return text without spaces and the marks that lines are given for their direction."""
    return squeezed(text).replace("\u200e", "").replace("\u200f", "")


def drawn(text: str) -> str:
    return fonts.visible(text)


@given(text=texts, width=st.floats(40, 500))
def test_lines_hold_every_character_in_order_and_fit_their_column(text: str, width: float) -> None:
    shown = drawn(text)
    found = list(flow.lines(shown, width, SIZE))
    assert "".join(unmarked(line.text) for line in found) == unmarked(shown)
    for line in found:
        long = fonts.width(line.text, fonts.REGULAR, SIZE)
        assert long <= width + 0.01 or len(fonts.clusters(unmarked(line.text))) == 1


@given(text=texts, width=st.floats(40, 500))
def test_each_line_knows_where_the_text_goes_on(text: str, width: float) -> None:
    shown = drawn(text)
    found = list(flow.lines(shown, width, SIZE))
    ends = [0, *(line.next for line in found)]
    assert ends[-1] == len(shown) + 1
    for line, (start, end) in zip(found, pairwise(ends), strict=True):
        assert unmarked(shown[start:end]) == unmarked(line.text)


@given(text=texts)
def test_words_that_fit_a_line_are_never_divided(text: str) -> None:
    shown = drawn(text)
    width = 300.0
    whole = {
        unmarked(w)
        for w in shown.split()
        if fonts.width(w, fonts.REGULAR, SIZE) <= width and not re.search(IDEOGRAPH, w)
    }
    pieces = {unmarked(w) for line in flow.lines(shown, width, SIZE) for w in line.text.split()}
    assert whole <= pieces


@given(text=texts, limit=st.integers(0, 200), height=st.floats(10, 60))
def test_a_box_and_what_follows_it_hold_every_character(
    text: str, limit: int, height: float
) -> None:
    shown = drawn(text)
    piece = flow.fill(shown, 180.0, height, SIZE, limit)
    inside = list(piece.lines)
    if piece.rest:
        assert inside.pop() == flow.CONTINUED
    assert unmarked("".join(inside)) + unmarked(piece.rest) == unmarked(shown)
    assert len(piece.lines) * SIZE * flow.LEADING <= max(height, SIZE * flow.LEADING) + 0.2
    if limit > len(flow.CONTINUED):
        assert utf16_length("\n".join(piece.lines)) <= limit + len(piece.lines)


def test_the_official_limit_counts_utf16_units_and_cuts_between_words() -> None:
    text = "one two 🙂🙂 four"
    assert flow.cut(text, 0) == len(text)
    assert flow.cut(text, utf16_length(text)) == len(text)
    assert text[: flow.cut(text, 11)] == "one two"  # the second face would need unit 12
    assert text[: flow.cut(text, 12)] == "one two 🙂🙂"
    assert text[: flow.cut(text, 2)] == "on"  # no break to cut at
    assert flow.cut("[U+4E2D][U+4E2D]", 12) == len("[U+4E2D]")
    assert flow.cut("ab [U+4E2D]", 5) == len("ab")


def test_a_line_that_is_too_long_says_so_and_is_told_whole_elsewhere() -> None:
    text = "Invented Compounding and Infusion Pharmacy of the North"
    short = flow.one_line(text, 500, (9.0, 8.0))
    assert (short.lines, short.rest, short.size) == ((text,), "", 9.0)
    smaller = flow.one_line(text, fonts.width(text, fonts.REGULAR, 8.2), (9.0, 8.0))
    assert (smaller.lines, smaller.size) == ((text,), 8.0)
    cut = flow.one_line(text, 150, (9.0, 8.0))
    assert cut.rest == text
    assert cut.lines[0] == "Invented Compounding and (continued)"
    assert fonts.width(cut.lines[0], fonts.REGULAR, 8.0) <= 150


def test_several_lines_in_a_one_line_cell_are_told_whole_elsewhere() -> None:
    piece = flow.one_line("first\nsecond", 500, (9.0,))
    assert piece.lines == ("first second (continued)",)
    assert piece.rest == "first\nsecond"


def test_long_runs_of_empty_lines_are_counted_short_ones_kept() -> None:
    assert flow.without_gaps("a\n\n\n\nb") == "a\n\n\n\nb"
    assert flow.without_gaps("a" + "\n" * 5 + "b") == "a\n[4 empty lines]\nb"
    assert flow.without_gaps("a\n \n\t\n \n \n \nb") == "a\n[5 empty lines]\nb"


# ---------------------------------------------------------------- characters


def test_a_character_without_a_glyph_becomes_its_number_and_is_noted() -> None:
    missing: set[str] = set()
    assert fonts.visible("SpO₂ 95\tŁ ཀ 𓀀", missing) == "SpO₂ 95    Ł [U+0F40] [U+13000]"
    assert missing == {"ཀ", "𓀀"}
    assert fonts.visible("plain\tline") == "plain   line"
    assert fonts.visible("a\u2028b\u2029c\nd") == "a\nb\nc\nd"


def test_no_break_falls_inside_a_number_or_before_a_mark() -> None:
    assert fonts.clusters("[U+4E2D]e\u0323\u0302x") == ["[U+4E2D]", "e\u0323\u0302", "x"]
    assert fonts.clusters("a\u200db") == ["a\u200db"]
    assert fonts.clusters("") == []


# ---------------------------------------------------------------- sheets


@given(paragraphs=st.lists(texts, min_size=1, max_size=5), repeat=st.integers(1, 6))
def test_sheets_hold_every_character_in_order_inside_their_margins(
    paragraphs: list[str], repeat: int
) -> None:
    parts = [Para(drawn(text) * repeat) for text in paragraphs]
    sheets, begins = continuation.lay_out(parts)
    drawn_lines = [line for sheet in sheets for chunk in sheet for line in chunk.lines]
    assert unmarked("".join(drawn_lines)) == unmarked("".join(part.text for part in parts))
    assert begins == sorted(begins)
    for sheet in sheets:
        for chunk in sheet:
            bottom = (
                chunk.y + len(chunk.lines) * continuation.SIZE * continuation.LEADING * 25.4 / 72
            )
            assert chunk.y >= continuation.TOP
            assert bottom <= continuation.BOTTOM + 0.1


def test_a_text_over_several_sheets_repeats_its_heading() -> None:
    text = "\n".join(f"line {n}" for n in range(200))
    sheets, begins = continuation.lay_out([Heading("B5"), Para(text, again="B5 (continued)")])
    heads = [[line for c in sheet if c.bold for line in c.lines] for sheet in sheets]
    assert len(sheets) == 4
    assert heads == [["B5"], ["B5 (continued)"], ["B5 (continued)"], ["B5 (continued)"]]
    assert begins == [0, 0]


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    for count in range(40, 70):
        first = Para("\n".join(["x"] * count))
        sheets, begins = continuation.lay_out([first, Heading("Next"), Para("its text")])
        assert begins[1] == begins[2]
        assert sheets[begins[1]][-1].lines == ("its text",)


def test_label_and_text_stand_beside_each_other() -> None:
    sheets, _ = continuation.lay_out([Para("text", label="a label"), Para("next")])
    label, text, after = sheets[0]
    assert (label.y, label.lines) == (text.y, ("a label",))
    assert text.x > label.x
    assert after.y > text.y
