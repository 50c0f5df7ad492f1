"""Hostile words in every text of every document stay words: whole, inside the page, dead.

Read by PDFium, which shares no code with what draws. A few strings here, all of them in the
gauntlet.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache

import pytest

from aeapp.domain.codecs import clean_text
from aeapp.kernel.errors import BadInputError
from exports.pdf import fonts
from tests.exports.every_document import DOCUMENTS, NOBODY, with_words
from tests.exports.reading import squeezed
from tests.helpers.hostile_texts import HOSTILE, NEVER_STORED
from tests.helpers.pdf_rules import acting, faults, written
from tests.helpers.three_readers import letters, outside, pdfium_pages

# No reader gives back each of thirty marks that stand upon one another: read as it was drawn.
HEAPS = frozenset(words for words in HOSTILE if set(words[1:]) & {"\u0301", "\u0323"})
# Long enough that a chart shortens it, and that no cell shows it beside "(continued)".
_MARK = "Qwortz" * 15
_SHORT = 40
# What the gauntlet tries one by one.
SOME_OF_EACH = (
    "<b>a & b</b> =1+1 (x) Tj \\( %%EOF ]]> $(id)\ntwo שלום 12 a\u200bb 中文 e\u0323\u0302 😀 ≥"
)
# Of FDA's own, kept: fields, and the addresses that its pages link to.
_OF_FDA = frozenset({"/URI"})


@cache
def places(name: str) -> int:
    """Return how many texts a document shows: those of its records, or its places for words."""
    sources = with_words(_MARK, number="N-1")
    kind = DOCUMENTS[name]
    if kind.told is not None:
        return kind.texts(sources).count(_MARK)
    return squeezed("".join(pdfium_pages(kind.draw(sources)))).count(_MARK)


_sources = lru_cache(maxsize=1)(with_words)


def hostile_words_stay_words(words: str, name: str) -> None:
    """Hold a document with ``words`` in each of its texts against what was put in."""
    kind, sources = DOCUMENTS[name], _sources(words)
    pdf = kind.draw(sources)
    texts = kind.texts(sources) if kind.told is not None else [words] * places(name)
    read = written(pdf) if words in HEAPS else "".join(pdfium_pages(pdf))
    wanted: Counter[str] = Counter()
    for text, times in Counter(texts).items():
        for letter, n in letters(fonts.visible(text)).items():
            wanted[letter] += n * times
    assert not wanted - letters(read)
    assert not outside(pdf)
    assert not acting(pdf) - _OF_FDA
    assert name not in ("session-archive", "cioms1-archive") or faults(pdf) == []
    shown = squeezed(unicodedata.normalize("NFC", words))
    if (
        not name.startswith("session")
        and fonts.visible(words) == words
        and shown.isascii()
        and len(shown) < _SHORT
    ):
        # Each time in one piece; a narrow cell shows the start of it a second time.
        assert squeezed(read).count(shown) >= texts.count(words)


@pytest.mark.parametrize("words", [SOME_OF_EACH, "=1+1"])
def test_hostile_words_stay_words_in_every_text_of_every_document(words: str) -> None:
    for name in DOCUMENTS:
        hostile_words_stay_words(words, name)


@pytest.mark.parametrize("words", NEVER_STORED, ids=ascii)
def test_what_no_page_may_hold_is_refused_before(words: str) -> None:
    with pytest.raises(BadInputError):
        clean_text(words)


def test_every_document_shows_many_texts() -> None:
    least = {"rems": 20, "rems-archive": 20, "lot": 20, "lot-archive": 20}
    least |= {
        "differences": 4,
        "inspection": 20,
        "course": 10,
        "outcomes": 16,
        "outcomes-shared": 14,
        "inspection-deidentified": 9,  # names, numbers and file names are held back
    }
    assert {name: places(name) for name in DOCUMENTS if places(name) < least.get(name, 35)} == {}


def test_a_copy_does_not_tell_who_is_meant() -> None:
    for name in ("fda3500-deidentified", "fda3500-maker"):
        assert NOBODY not in written(DOCUMENTS[name].draw(with_words("word")))
