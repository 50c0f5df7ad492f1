"""Words that mean something to some program or other, and must stay words everywhere.

Families as a person would try them: formulas, markup, syntax of files, commands, scripts from the
right, signs that are not seen. All of it is invented here.
"""

from __future__ import annotations

from itertools import product

_FORMULAS = [
    f"{sign}{body}"
    for sign, body in product(
        ["=", "+", "-", "@", "\t=", "＝", " ="],
        ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("x","y")', "SUM(A1:A9)*2", "A1"],
    )
]
_MARKUP = [
    f"{opening}{word}{closing}"
    for (opening, closing), word in product(
        [
            ("<b>", "</b>"),
            ("<i>", ""),
            ("", "</para>"),
            ("<font color='[[[1]]]'>", "</font>"),
            ("<a href='javascript:1'>", "</a>"),
            ('<img src="file:///x"/>', ""),
            ("<seq id='x'/>", "<br/>"),
            ("<script>", "</script>"),
            ("<!--", "-->"),
            ("&lt;", "&gt;"),
            ("<sup>", "</sup>"),
            ("<onDraw name='f'/>", ""),
        ],
        ["sick", "a & b", "&#65;", "5 < 6 > 4"],
    )
]
_PDF = [
    f"{before}{word}{after}"
    for (before, after), word in product(
        [
            ("(", ") Tj"),
            ("\\(", "\\)"),
            ("<< /JS (", ") >>"),
            ("endstream endobj ", ""),
            ("BT /F1 9 Tf ", " ET"),
            ("/URI (", ")"),
            ("%PDF-1.7 ", "%%EOF"),
            ("\\101\\n", "\\"),
            ("EMC ", " BDC"),
        ],
        ["x", "/OpenAction", "q Q"],
    )
]
_XML = [
    f"{before}{word}"
    for before, word in product(
        [
            "<![CDATA[", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<?xml version='1.0'?>",
            "<x xmlns='y'>", "</", "&#x0;",
        ],
        ["word", "a]]>b", "'\""],
    )
]  # fmt: skip
_COMMANDS = [
    f"{before}{word}"
    for before, word in product(
        [
            "'; DROP TABLE patient; --", '" OR 1=1 --', "`id`", "$(id)", "; rm -rf x", "| cat",
            "&& echo", "%PATH%", "../../../x", "C:\\x\\y", "\\\\host\\share", "file.pdf\u2024exe",
            "{{7*7}}", "${7*7}", "{0.__class__}", "%s%n%x", "#{1}", "<%= 1 %>",
        ],
        ["", " and more"],
    )
]  # fmt: skip
_LINES = [
    f"one{end}{word}"
    for end, word in product(
        ["\n", "\n\n", "\u2028", "\u2029", "\t", "\u00a0", "\u3000", "\u2003"],
        ["INFO root logged in", "two", "'\n--"],
    )
]
_JSON = ['{"a": 1}', '"}', "[1,", "\\u0041", "null", "true", '\\"', "{'a'}", "NaN", "1e999"]
_FROM_THE_RIGHT = [
    "שלום", "مرحبا", "שלום (abc) 12", "abc אבג def", "١٢٣", "لا إله", "אָ֑ב", "ﷺ", "ﻻ",
    "\u2067abc\u2069", "\u2068אב\u2069 x", "\u200fx", "x\u200e", "٪ ٫ ٬", "ܫܠܡܐ", "ދިވެހި",
    "سُبْحَان", "پژگچ ڤ", "ײַ", "\u200f12-34 א", "א\u2066b\u2069ג", "100% בדוק",
    "(א) [ב] {ג}", "אב\nגד", "ש ₂ ≥", "٠١-٢٣", "אב ...", "م…",
]  # fmt: skip
_UNSEEN = [
    "a\u200bb", "a\u200db", "a\u200cb", "a\u00adb", "a\ufeffb", "a\u2060b", "a\u180eb", "a\u115fb",
    "\u2800", "a\ufe0f", "a\U000e0041", "a\U000e0100", "\ue000", "\U000f0000", "\ufffd", "\u0378",
]  # fmt: skip
_SCRIPTS = [
    "李小龙", "𠮷野家", "ガギグ", "がぎぐ", "한국어 ᄒᆞᆫ", "क्षत्रिय", "हिन्दी", "ก็ น้ำ", "ქართული",
    "Հայերեն", "አማርኛ", "ខ្មែរ", "မြန်မာ", "বাংলা", "தமிழ்", "తెలుగు", "ಕನ್ನಡ", "മലയാളം", "සිංහල",
    "བོད་སྐད", "ລາວ", "ᏣᎳᎩ", "ᐃᓄᒃᑎᑐᑦ", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "Ελληνικά", "Кириллица", "Việt ế ữ",
    "Ł ż ð þ ß Å", "e\u0323\u0302\u0301", "q\u0323\u0307", "i̇ İ ı", "ﬁ ﬂ", "ǅ ǆ",
]  # fmt: skip
_SIGNS = [
    "SpO₂ ≥ 95 %", "µg Ω ℃ ℉", "½ ¼ ⅓", "™ © ®", "☐ ☑ ☒ ✓ ✗ ⚠", "→ ← ↑ ↓", "•–—‘’“”…", "𝛼𝐀𝟙",
    "😀", "👩\u200d⚕\ufe0f", "🇺🇸", "1\ufe0f\u20e3", "👍🏽", "❤\ufe0f", "℞ ☠ ♀ ♂", "x²³⁻¹",
]  # fmt: skip
_LONG = [
    "x" * 200,
    "word " * 60,
    "中" * 150,
    "ש" * 150,
    "\u0301" * 30,
    "-" * 120,
    "a" + "\u0323" * 40,
]

# Refused where they are typed or read in; a page shows their numbers if one came all the same.
_NEVER_STORED = [
    "a\x00b", "\x07", "a\x1bb\x7f", "a\u202eb\u202c", "\u202dabc", "a\ufffeb", "a\ud800b", "\udc00",
]  # fmt: skip

NEVER_STORED = tuple(_NEVER_STORED)
HOSTILE: tuple[str, ...] = tuple(
    dict.fromkeys(
        text
        for family in (
            _FORMULAS, _MARKUP, _PDF, _XML, _COMMANDS, _LINES, _JSON, _FROM_THE_RIGHT, _UNSEEN,
            _SCRIPTS, _SIGNS, _LONG, _NEVER_STORED,
        )
        for text in family
    )
)  # fmt: skip

# Ten thousand characters in each text: a line without a break and one that breaks; of those that
# are shaped, which cost more, a thousand.
WHOLE_PAGES: tuple[str, ...] = ("x" * 10_000, "word " * 2_000, "中" * 1_000, "שלום " * 200)
