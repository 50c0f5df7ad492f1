"""Take what the Safe Harbor list names out of a text, and leave a mark where it stood.

What no record knows is found by its shape: dates, telephone numbers, addresses of mail and web,
numbers like those of social security, and ages over 89. No list of shapes finds everything: a
person reads what is left.

Source:
    45 CFR 164.514(b)(2)(i)(A)-(R).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from aeapp.domain.narrative.identifiers import Identifier, find

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_GAP = r"[\s.,/-]{1,3}"
_DATES = (
    rf"\b{_DAY}{_GAP}(?:of\s)?{_MONTH}{_GAP}(?P<y1>{_YEAR})\b",
    rf"\b{_MONTH}\s?{_DAY},?\s{{1,2}}(?P<y2>{_YEAR})\b",
    rf"\b{_MONTH}{_GAP}(?P<y3>{_YEAR})\b",
    rf"\b(?P<y4>{_YEAR})-\d{{1,2}}(?:-\d{{1,2}}(?:T[\d:.+-]+Z?)?)?(?!\d)",
    rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-](?P<y5>{_YEAR})\b",
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2}\b",
    rf"\b{_DAY}[\s-]{_MONTH}(?![a-z])",
    rf"\b{_MONTH}\s{_DAY}\b",
)
_OLD = r"(?:9\d|1[0-4]\d)"
_AGES = (
    rf"\b{_OLD}(?=[\s-]*(?:years?|yrs?|y/?o|yo)\b)",
    rf"(?<=\baged\s){_OLD}\b",
    rf"(?<=\bage\s){_OLD}\b",
    rf"(?<=\bage:\s){_OLD}\b",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text may hold that tells who somebody is, by its shape alone."""

    what: str
    pattern: re.Pattern[str]


def _shape(what: str, *patterns: str) -> Shape:
    return Shape(what, re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE))


DATE, AGE = "a date", "an age over 89"
SHAPES: tuple[Shape, ...] = (
    _shape("an address of mail", r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    _shape("an address of the web", r"\bhttps?://\S+", r"\bwww\.\S+"),
    _shape("a number like that of social security", r"\b\d{3}-\d{2}-\d{4}\b"),
    _shape(
        "a telephone number",
        r"(?<![\d/.-])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
        r"\+\d{1,3}(?:[\s.-]?\d{2,4}){2,4}\b",
    ),
    _shape("an address of the network", r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
    _shape(DATE, *_DATES),
    _shape(AGE, *_AGES),
    _shape("a postal code", r"\b\d{5}-\d{4}\b", r"(?<=\b[A-Z]{2}\s)\d{5}\b"),
)


@dataclass(frozen=True, slots=True)
class _Span:
    begin: int
    end: int
    what: str
    instead: str


def stripped(
    text: str, known: Iterable[Identifier], *, only_known: bool = False
) -> tuple[str, Counter[str]]:
    """Return ``text`` with marks in the place of identifiers, and how many of which kind.

    Args:
        text: What somebody typed, or what was drafted.
        known: What the records know of the patient and of people around.
        only_known: Look for these alone, not for shapes.
    """
    spans = [
        _Span(one.begin, one.end, one.what, f"[{one.what} withheld]")
        for one in find(text, known)
        if one.sure
    ]
    if not only_known:
        spans += [span for shape in SHAPES for span in _spans(text, shape)]
    out, at, counts = [], 0, Counter[str]()
    # Where two begin at one place the longer one says more.
    for span in sorted(spans, key=lambda s: (s.begin, -s.end)):
        if span.begin < at:
            continue
        out += [text[at : span.begin], span.instead]
        at = span.end
        counts[span.what] += 1
    return "".join([*out, text[at:]]), counts


def _spans(text: str, shape: Shape) -> Iterable[_Span]:
    for found in shape.pattern.finditer(text):
        yield _Span(found.start(), found.end(), shape.what, _instead(shape.what, found))


def _instead(what: str, found: re.Match[str]) -> str:
    if what == AGE:
        return "90 or more"
    year = next((y for y in found.groupdict().values() if y), "") if what == DATE else ""
    return f"[date withheld, {year}]" if year else f"[{what} withheld]"
