"""Every character of a case stands on its pages. The many cases: gauntlet."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aeapp.domain.case import Case, settle
from aeapp.formspecs import form
from aeapp.formspecs.model import FormSpec
from aeapp.kernel.progress import NoProgress
from exports.pdf import continuation, fonts
from exports.pdf.facsimile import render
from exports.pdf.pen import MM, Pen
from tests import factories
from tests.exports import cases
from tests.exports.nothing_lost import OWN_LETTERS, in_own_letters, ink, lost, said_twice, told
from tests.exports.reading import squeezed
from tests.helpers.hostile_texts import HOSTILE
from tests.helpers.pdf_rules import written
from tests.helpers.three_readers import letters, pdfium_pages

FORM, MANDATORY = form("fda3500"), form("fda3500a")
RELAXED = [HealthCheck.too_slow, HealthCheck.data_too_large]
MOST = 100_000
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=400)
# From 1 to 100,000 characters, as many of ten times the length as of a tenth.
lengths = st.floats(0, 5).map(lambda power: round(10**power))
long_texts = st.builds(
    lambda text, length: unicodedata.normalize("NFC", (text * length)[:length]), texts, lengths
)


def with_narrative(case: Case, narrative: str) -> Case:
    return settle(replace(case, case=replace(case.case, narrative=narrative)))


def everything_stands_on_the_pages(case: Case, spec: FormSpec = FORM) -> None:
    """Count by PDFium, and a third of the cases by all that is drawn, marks on letters too.

    What PDFium breaks is counted by all that is drawn.
    """
    case = in_own_letters(case)
    pdf = render(case, spec, cases.STAMP, NoProgress()).pdf
    told_of = [*told(case, spec), *said_twice(case, spec)]
    words = fonts.visible("\n".join(told_of))
    broken = broken_by_pdfium(words)
    if broken or len("".join(told_of)) % 3 == 0:
        missing = lost(told_of, written(pdf))
        assert not missing, f"{sum(missing.values())} characters"
    missing = unmarked(words) - unmarked("".join(pdfium_pages(pdf)))
    missing = Counter({char: n for char, n in missing.items() if char not in broken})
    assert not missing, f"{sum(missing.values())} characters"


def broken_by_pdfium(words: str) -> set[str]:
    """Return those whose surrogates PDFium turns round one by one in a line from the right."""
    from_the_right = any(unicodedata.bidirectional(char) in ("R", "AL") for char in words)
    return {char for char in words if char > "\uffff"} if from_the_right else set()


def unmarked(text: str) -> Counter[str]:
    """Return the letters without the marks on them: of a heap of marks PDFium tells one."""
    found = letters(text)
    return Counter({c: n for c, n in found.items() if unicodedata.category(c)[0] != "M"})


@settings(max_examples=4, suppress_health_check=RELAXED)
@given(case=factories.cases(), narrative=long_texts)
def test_every_character_of_a_case_stands_on_its_pages(case: Case, narrative: str) -> None:
    everything_stands_on_the_pages(with_narrative(case, narrative))
    everything_stands_on_the_pages(with_narrative(case, narrative), MANDATORY)


def test_the_corpus_has_three_hundred_strings_of_every_family() -> None:
    assert len(HOSTILE) >= 300
    assert {"=1+1", "<b>sick</b>", "שלום", "a\u200bb"} <= set(HOSTILE)


@pytest.mark.parametrize(("where", "long"), [("say", False), ("lines", True)])
def test_one_letter_that_is_not_drawn_is_missed(
    where: str, long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drawer that forgets one letter of one line in a whole document is found out."""
    case = cases.with_narrative("word " * 20_000 + "the end") if long else cases.full()
    end = ("the end" if long else "Longname").translate(OWN_LETTERS)
    everything_stands_on_the_pages(case)
    real = getattr(Pen, where)

    def forgetful(pen: Pen, x: float, y: float, words: Any, *how: Any, **room: Any) -> None:
        one = isinstance(words, str)
        cut = [w.replace(end, end[:-1]) for w in ([words] if one else words)]
        real(pen, x, y, cut[0] if one else cut, *how, **room)

    monkeypatch.setattr(Pen, where, forgetful)
    with pytest.raises(AssertionError, match="1 characters"):
        everything_stands_on_the_pages(case)


# Without a hyphen: at the end of a line PDFium takes it for one that divides a word.
SIGNS = "".join(map(chr, range(0x21, 0x7F))).replace("-", "")


def read_back(pdf: bytes) -> str:
    """Return the description out of its cell and the pages that it goes on at, without spaces."""
    cell = next(c for c in FORM.cells() if c.path == "case.narrative")
    box, heading = cell.box, squeezed("Section B, item 5 (continued): " + cell.caption)
    assert box is not None
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage() for page in document]
        covers = len(pages) - FORM.pages
        covers = next(n for n in range(1, covers + 1) if "form page 1" in pages[n].get_text_range())
        height = FORM.height * MM
        first = pages[covers + box.page - 1].get_text_bounded(
            box.x * MM, height - (box.y + box.h) * MM, (box.x + box.w) * MM, height - box.y * MM
        )
        rest = [
            page.get_text_bounded(
                0, height - (continuation.BOTTOM + 1) * MM, FORM.width * MM,
                height - (continuation.TOP - 1) * MM,
            )
            for page in pages[covers + FORM.pages :]
        ]  # fmt: skip
    cut = [squeezed(first).removesuffix("(continued)")] if rest else [squeezed(first)]
    return "".join(cut + [squeezed(page).removeprefix(heading) for page in rest])


@pytest.mark.parametrize("length", [1, 2, 3_999, 4_000, 4_001, 20_000, 100_000])
def test_a_description_is_read_back_letter_by_letter(length: int) -> None:
    """Exactly what was typed, no letter less and none more, in its order."""
    chance = random.Random(length)
    text = "".join(chance.choice(SIGNS + " " * 14) for _ in range(length - 1)) + "."
    pdf = render(cases.with_narrative(text), FORM, cases.STAMP, NoProgress()).pdf
    assert read_back(pdf) == squeezed(text)


@pytest.mark.parametrize(
    "words",
    ["\U0001f446\U0001f3fb\U0001f446", "\U0001f446\U0001f446\U0001f3fb a \U0001f446\U0001f3fc"],
)
def test_a_glyph_that_shows_two_pictures_says_each(words: str) -> None:
    everything_stands_on_the_pages(cases.with_narrative(words))


def test_pictures_beside_hebrew_are_counted_in_what_is_drawn() -> None:
    case = cases.with_narrative("\U0001f446\u05d0\u05d1 \u05d0\U0001f446\U0001f3fb")
    everything_stands_on_the_pages(case)
    assert broken_by_pdfium("\U0001f446\u05d0") == {"\U0001f446"}
    assert not broken_by_pdfium("\U0001f446")


def test_a_character_that_is_not_on_the_pages_is_missed() -> None:
    case = cases.with_narrative("Ω one Ω")
    said = written(render(case, FORM, cases.STAMP, NoProgress()).pdf)
    assert lost(["Ω one Ω"], said) == Counter()
    assert lost(["Ω one Ω"], said.replace("Ω", "", 1)) == Counter("Ω")
    assert ink("a \u200fb ཀ") == Counter("ab[U+0F40]")
