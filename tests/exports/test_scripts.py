"""Words of every script: ordered, shaped, read back whole; what cannot be shown, numbered."""

from __future__ import annotations

import io
import random
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import bidi as second_opinion
import pikepdf
import pypdfium2
import pytest

from aeapp.formspecs.model import Box
from aeapp.kernel.resources import package_folder
from aeapp.kernel.typefaces import BASE, SOURCES, Source
from exports.pdf import bidi, fonts, shaping, typefaces
from exports.pdf.pen import MM, Pen
from tests.exports import reading
from tests.helpers.tools import require_tool

SAMPLES = {
    "Greek": "Ο ασθενής ζαλίστηκε",
    "Cyrillic": "У пациента закружилась голова",
    "Vietnamese": "Nguyễn Thị Hương e\u0323\u0302",
    "Arabic": "شعر المريض بدوار بعد الجرعة",
    "Hebrew": "המטופל אמר סחרחורת שָׁם",
    "Devanagari": "रोगी को चक्कर आया क्षत्रिय हिन्दी",
    "Thai": "ผู้ป่วยรู้สึกเวียนหัว น้ำ",
    "Chinese": "病人感到头晕 𠮷",
    "Japanese": "患者はめまいを感じた ガギ",
    "Korean": "환자가 어지러움을 느꼈다",
    "Bengali": "রোগীর মাথা ঘুরছিল ক্ষত্রিয়",
    "Tamil": "நோயாளிக்கு தலைசுற்றல்",
    "Telugu": "రోగికి తల తిరిగింది",
    "Gujarati": "દર્દીને ચક્કર આવ્યા",
    "Gurmukhi": "ਮਰੀਜ਼ ਨੂੰ ਚੱਕਰ ਆਏ",
    "Kannada": "ರೋಗಿಗೆ ತಲೆಸುತ್ತು",
    "Malayalam": "രോഗിക്ക് തലകറക്കം",
    "Sinhala": "රෝගියාට කරකැවිල්ල",
    "Khmer": "អ្នកជំងឺវិលមុខ",
    "Burmese": "လူနာမူးဝေသည်",
    "Lao": "ຄົນເຈັບວິນຫົວ",
    "Ethiopic": "ታካሚው ማዞር ነበረው",
    "emoji": "👩 🤢 💉",
    "signs": "SpO₂ ≥ 95 % ☺ 😀 37 °C µg",
}


def page_of(*lines: str) -> bytes:
    pen = Pen(200, 100)
    pen.lines(10, 10, lines, 9.0, 1.4)
    pen.end_page()
    return pen.finish()


def poppler(pdf: bytes) -> str:
    tool = require_tool("pdftotext")
    done = subprocess.run([tool, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def letters(text: str) -> Counter[str]:
    """Return the characters that have ink, composed or not."""
    whole = unicodedata.normalize("NFKD", text)
    return Counter(c for c in whole if not c.isspace() and unicodedata.category(c) != "Cf")


# ---------------------------------------------------------------- read back


@pytest.mark.parametrize("script", SAMPLES)
def test_two_readers_find_every_letter_of_every_script(script: str) -> None:
    words = SAMPLES[script]
    pdf = page_of(words)
    assert fonts.visible(words) == words
    assert letters(reading.page_texts(pdf)[0]) == letters(words)
    assert letters(poppler(pdf)) == letters(words)


@pytest.mark.parametrize("script", [s for s in SAMPLES if s not in ("Arabic", "Hebrew", "Khmer")])
def test_scripts_from_the_left_are_read_back_in_their_order(script: str) -> None:
    words = unicodedata.normalize("NFKC", SAMPLES[script])
    read = unicodedata.normalize("NFKC", reading.page_texts(page_of(SAMPLES[script]))[0])
    assert reading.squeezed(read) == reading.squeezed(words)


def test_words_from_the_right_are_read_back_in_their_order() -> None:
    for words in (SAMPLES["Arabic"], "המטופל אמר סחרחורת"):
        pdf = page_of(words)
        assert reading.words(reading.page_texts(pdf)[0]) == words
        assert reading.words(poppler(pdf)).strip("\u202b\u202c\u200f ") == words


def test_fonts_are_parts_of_their_files_embedded_with_what_they_say() -> None:
    pdf = page_of(*SAMPLES.values())
    kinds = Counter()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for font in document.pages[0].Resources.Font.values():
            if font.Subtype != "/Type0":
                continue
            inner = font.DescendantFonts[0]
            kinds[str(inner.Subtype)] += 1
            assert str(inner.BaseFont)[7] == "+"
            assert font.ToUnicode.read_bytes().startswith(b"/CIDInit")
            kept = inner.FontDescriptor.get("/FontFile2") or inner.FontDescriptor["/FontFile3"]
            assert 500 < len(kept.read_bytes()) < 60_000
    assert kinds == {"/CIDFontType2": 15, "/CIDFontType0": 1}


def test_the_same_words_give_the_same_bytes() -> None:
    assert page_of(*SAMPLES.values()) == page_of(*SAMPLES.values())


# ---------------------------------------------------------------- shaping


def shown(text: str) -> list[shaping.Run]:
    return fonts.runs(text, fonts.REGULAR)


def test_a_letter_of_arabic_has_the_form_of_its_place_in_the_word() -> None:
    (run,) = shown("ببب")
    assert len({glyph.number for cluster in run.clusters for glyph in cluster.glyphs}) == 3


def test_a_syllable_of_devanagari_is_one_cluster_with_its_vowel_before_it() -> None:
    (run,) = shown("हि")
    (cluster,) = run.clusters
    assert cluster.text == "हि"
    assert len(cluster.glyphs) == 2
    (alone,) = shown("ह")
    assert cluster.glyphs[1].number == alone.clusters[0].glyphs[0].number


def test_a_line_of_two_directions_stands_in_runs_from_left_to_right() -> None:
    assert [run.text.strip() for run in shown("dose 5 שלום עולם mg")] == [
        "dose 5",
        "שלום עולם",
        "mg",
    ]
    assert [run.text.strip() for run in shown("שלום dose 5 עולם")] == ["עולם", "dose 5", "שלום"]


def test_a_width_is_the_same_in_a_line_as_alone() -> None:
    words = ["שלום", "(עולם)", "नमस्ते", "سلام", "中文", "word"]
    alone = sum(fonts.width(word, fonts.REGULAR, 9) for word in words)
    spaces = fonts.width(" ", fonts.REGULAR, 9) * (len(words) - 1)
    assert fonts.width(" ".join(words), fonts.REGULAR, 9) == pytest.approx(alone + spaces)


def test_a_word_stays_in_one_face_where_one_has_all_of_it() -> None:
    # DejaVu has all letters of the word but the last.
    (run,) = shown("سلامࢠ")
    assert run.typeface is not None
    assert run.typeface.name == "NotoSansArabic"
    assert [r.typeface.name for r in shown("سلام") if r.typeface] == ["DejaVuSansCondensed"]


def test_a_mark_that_no_face_has_with_its_letter_is_drawn_from_another() -> None:
    text = "ก\u05b8"  # a Thai letter with a vowel of Hebrew
    assert fonts.visible(text) == text
    assert "".join(run.text for run in shown(text)) == text


def test_a_face_of_an_extra_that_is_not_installed_is_left_out() -> None:
    absent = Source("Absent", "no_such_package", "x.ttf")
    other = Source("Absent", BASE, "no-such-file.ttf")
    assert [t.name for t in typefaces.installed((absent, SOURCES[0], other))] == [
        "DejaVuSansCondensed"
    ]


# ---------------------------------------------------------------- what cannot be shown


def test_what_no_face_has_and_what_is_hidden_is_numbered() -> None:
    missing: set[str] = set()
    text = "ཀ \u202e \u200b \ufeff \x07 \ue000 \U000e0041 \u00ad"
    said = fonts.visible(text, missing)
    assert said == ("[U+0F40] [U+202E] [U+200B] [U+FEFF] [U+0007] [U+E000] [U+E0041] [U+00AD]")
    assert missing == set(text) - {" "}


def test_joiners_and_marks_of_direction_work_unseen() -> None:
    text = "\u2068שלום\u2069 \u200fx क्\u200dष 👩\u200d⚕\ufe0f"
    assert fonts.visible(text).replace("[U+1F469]", "👩") == text
    pdf = page_of(text)
    assert "[U+20" not in reading.page_texts(pdf)[0]


# ---------------------------------------------------------------- order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("abc אבג def", "abc גבא def"),
        ("אבג abc דהו", "והד abc גבא"),
        ("אבג 120/80 דהו", "והד 120/80 גבא"),
        ("اب 12 3", "3 12 با"),
        ("a (אב) b", "a (בא) b"),
        ("אב (a) גד", "דג (a) בא"),
        ("אב.", ".בא"),
        ("x \u2068אב!\u2069 y", "x \u2068!בא\u2069 y"),
        ("", ""),
    ],
)
def test_a_line_is_ordered_as_people_read_it(text: str, expected: str) -> None:
    order = "".join(text[n] for n in bidi.visual(bidi.levels(text)))
    mirrored = str.maketrans("()", ")(")
    assert order in (expected, expected.translate(mirrored))


def test_the_order_is_that_of_another_implementation() -> None:
    chance = random.Random(25)
    alphabet = "abc אבג سلم 123 ٣٤ +-,.:/ %$ é\u0301\u05b8 !?  ()[]"
    # That one mirrors brackets in some lines only; here their shape is the face's business.
    flat = str.maketrans("()[]", "((((")
    for _n in range(1500):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(1, 24)))
        ours = "".join(text[n] for n in bidi.visual(bidi.levels(text)))
        other = second_opinion.get_display(text)
        assert ours.translate(flat) == other.translate(flat), ascii(text)


def test_isolates_nest_and_may_be_left_open() -> None:
    assert bidi.levels("\u2067a\u2066\u05d0\u2069b\u2069c")[-1] == 0
    assert bidi.levels("\u2067" * 200 + "a")[-1] % 2 in (0, 1)
    assert bidi.base_level("\u2067א\u2069a") == 0
    assert bidi.base_level("\u2069א") == 1
    assert bidi.levels("a(" * 70 + "א" + ")" * 70)[0] == 0


def test_a_paragraph_from_the_right_keeps_its_direction_where_a_line_begins_otherwise() -> None:
    from exports.pdf import flow  # noqa: PLC0415 - needed here only

    text = "שלום " + "abc " * 40 + "עולם."
    found = [line.text for line in flow.lines(text, 200, 9.0)]
    assert found[1].startswith(bidi.RIGHT_MARK + "abc")
    assert all(bidi.base_level(line) == 1 for line in found)


def test_the_files_of_the_faces_are_where_their_packages_say() -> None:
    for source in SOURCES:
        assert Path(package_folder(source.package), source.file).is_file()


def edges(*lines: str, width: float) -> list[tuple[float, float]]:
    """Return where the ink of each line begins and ends, in millimetres from the left."""
    out = []
    for line in lines:
        pen = Pen(200, 40)
        pen.lines(10, 10, [line], 9.0, 1.4, width=width)
        pen.end_page()
        with pypdfium2.PdfDocument(pen.finish()) as document:
            text = document[0].get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        ink = [(left, right) for left, _low, right, _high in boxes if right > left]
        out.append((min(b[0] for b in ink) / MM, max(b[1] for b in ink) / MM))
    return out


def test_a_paragraph_from_the_right_stands_at_the_right_edge_of_its_column() -> None:
    arabic, hebrew, mixed = SAMPLES["Arabic"], "שלום 95 % SpO₂", "He said שלום"
    found = edges(arabic, hebrew, mixed, "plain", width=100)
    assert [round(right) for _left, right in found[:2]] == [110, 110]
    assert [round(left) for left, _right in found[2:]] == [10, 10]
    # A line of such a paragraph that begins with other letters is of it all the same.
    ((_left, right),) = edges(bidi.RIGHT_MARK + "abc", width=100)
    assert round(right) == 110
    # In a box, in one line or several, and as the answer beside a label.
    pen = Pen(200, 60)
    pen.entry(Box(1, 10, 10, 100, 4.9), [arabic], 9.0)
    pen.entry(Box(1, 10, 20, 100, 30), [arabic, arabic], 9.0)
    pen.end_page()
    with pypdfium2.PdfDocument(pen.finish()) as document:
        text = document[0].get_textpage()
        rights = [text.get_charbox(n)[2] / MM for n in range(text.count_chars())]
    assert round(max(rights), 0) == 109
    assert sum(right > 108 for right in rights) >= 3
