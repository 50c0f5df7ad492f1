"""Find in the texts of a report what would tell a stranger who the patient is.

Names, full date of birth, phone, address, record number and whatever else a record declares as
identifying, however it is spelled: letter case, accents, spaces and punctuation do not hide it.
No scan finds everything: a person reads the text.

Source:
    45 CFR 164.514(b)(2): the identifiers of the Safe Harbor list.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from aeapp.domain.items import as_text
from aeapp.domain.values import MONTHS, PartialDate
from aeapp.kernel.i18n import N_

_LETTERS = re.compile(r"[^\W\d_]+")
_LETTER_BEFORE, _LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_SIGN_BEFORE, _SIGN_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_BETWEEN = r"[\W_]*"
_LONG_NAME, _LONG_PHONE, _LOCAL, _LONG_NUMBER = 3, 7, 7, 3
_ENDS = ".!?\n"
_COUNTRY, _WITH_COUNTRY = "1", 11


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing that tells who somebody is, and how it may be written.

    Attributes:
        what: Words for it.
        pattern: Of folded text.
        often_a_word: In small letters it may be an ordinary word, such as a name that is one.
        of_patient: It is the patient's own, not that of somebody else in the record.
    """

    what: str
    pattern: str
    often_a_word: bool = False
    of_patient: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text.

    Attributes:
        begin, end: In characters of the text, the first is 0.
        sure: It is the patient's and no ordinary word.
        mark: Tells these words from others, without holding them.
        place: Tells this occurrence from others: of its sentence, and which one of equal ones.
    """

    what: str
    begin: int
    end: int
    sure: bool
    mark: str
    place: str = ""


@lru_cache(maxsize=64)
def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Return ``text`` without case and accents, and where each of its letters came from."""
    if text.isascii():
        return text.lower(), tuple(range(len(text)))
    letters, places = [], []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKD", sign.casefold()):
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    return "".join(letters), tuple(places)


def find(text: str, identifiers: Iterable[Identifier]) -> Iterator[Found]:
    """Yield each identifier in ``text`` once, the longest reading of a place first."""
    plain, places = folded(text)
    taken: list[tuple[int, int]] = []
    met: Counter[str] = Counter()
    for identifier in identifiers:
        for match in _compiled(identifier.pattern).finditer(plain):
            begin, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            if any(begin < e and b < end for b, e in taken):
                continue
            taken.append((begin, end))
            words = text[begin:end]
            word = identifier.often_a_word and words.islower()
            sure = identifier.of_patient and not word
            mark = mark_of(identifier.what, words)
            around = f"{mark} {sentence_around(text, begin, end)}"
            met[around] += 1
            yield Found(identifier.what, begin, end, sure, mark, mark_of(around, str(met[around])))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def sentence_around(text: str, begin: int, end: int) -> str:
    """Return the sentence that a place stands in, which ends at a full stop or with the line."""
    first = max(text.rfind(sign, 0, begin) for sign in _ENDS) + 1
    ends = [at for sign in _ENDS if (at := text.find(sign, end)) >= 0]
    return " ".join(text[first : min(ends, default=len(text))].split())


def mark_of(what: str, words: str) -> str:
    """Return a mark of the words that were found, the same however they are spelled."""
    plain = re.sub(_BETWEEN, "", folded(words)[0])
    return hashlib.sha256(f"{what} {plain}".encode()).hexdigest()[:16]


def identifiers_in(values: Iterable[tuple[str, str, Any]]) -> tuple[Identifier, ...]:
    """Return how each value of an identifying item may be written.

    Args:
        values: Branch of the case, name of the item, and what stands in it.
    """
    found: list[Identifier] = []
    for branch, item, value in values:
        of_patient = branch == "patient"
        if isinstance(value, PartialDate):
            made: Iterable[Identifier] = _of_birth(value)
        else:
            text = as_text(value).strip()
            if not text or item in _TELLS_NOBODY:
                continue
            made = _of_name(text) if item == "name" else _maker(item)(text)
        found += made if of_patient else (replace(i, of_patient=False) for i in made)
    # What says more comes first, so that a whole name is found before its parts.
    return tuple(sorted(dict.fromkeys(found), key=lambda i: (i.often_a_word, -len(i.pattern))))


def _maker(item: str) -> Callable[[str], Iterator[Identifier]]:
    return next((make for end, make in _KINDS.items() if item.endswith(end)), _of_text)


def _of_name(name: str) -> Iterator[Identifier]:
    """Yield the whole name in any order, then each part that is long enough to tell."""
    parts = [_LETTERS.findall(folded(part)[0]) for part in name.split()]
    parts = [runs for runs in parts if runs and runs[0] not in _NO_NAMES]
    tokens = [_BETWEEN.join(map(re.escape, runs)) for runs in parts]
    if len(tokens) > 1:
        ends = [tokens[0], tokens[-1]]
        turned = tokens[-1:] + tokens[:-1]
        for order in (tokens, turned, tokens[::-1], ends, ends[::-1]):
            whole = _LETTER_BEFORE + _BETWEEN.join(order) + _LETTER_AFTER
            yield Identifier(N_("the name of the patient"), whole)
    for token, runs in zip(tokens, parts, strict=True):
        if sum(map(len, runs)) >= _LONG_NAME:
            part = _LETTER_BEFORE + token + _LETTER_AFTER
            yield Identifier(N_("a part of the patient’s name"), part, often_a_word=True)


def _of_other(name: str) -> Iterator[Identifier]:
    """Yield the parts of a name of somebody around the patient; a relation is no name."""
    for part in name.split():
        runs = _LETTERS.findall(folded(part)[0])
        long = sum(map(len, runs)) >= _LONG_NAME
        if long and part[0].isupper() and runs[0] not in _NO_NAMES:
            token = _LETTER_BEFORE + _BETWEEN.join(map(re.escape, runs)) + _LETTER_AFTER
            yield Identifier(N_("the name of somebody else"), token, often_a_word=True)


def _of_phone(number: str) -> Iterator[Identifier]:
    digits = re.sub(r"\D", "", number)
    if len(digits) == _WITH_COUNTRY and digits.startswith(_COUNTRY):
        digits = digits[1:]
    between = r"[\W_]{0,3}"
    if len(digits) < _LONG_PHONE:
        return
    what = N_("a phone number")
    yield Identifier(what, rf"(?<!\d)(?:\+?1{between})?{between.join(digits)}(?!\d)")
    if len(digits) > _LOCAL:
        local = between.join(digits[-_LOCAL:])
        yield Identifier(what, rf"(?<!\d)(?<!\d[\W_]){local}(?!\d)(?![-.]\d)")


def _of_address(address: str) -> Iterator[Identifier]:
    words = re.findall(r"[^\W_]+", folded(address)[0])
    what = N_("a street address")
    if len(words) > 1:
        yield Identifier(what, _SIGN_BEFORE + r"[\W_]+".join(words) + _SIGN_AFTER)
    for number, street in pairwise(words):
        # The house with the name of its street tells the home, however the rest is shortened.
        if number[0].isdigit() and not street[0].isdigit() and len(street) >= _LONG_NAME:
            yield Identifier(what, rf"{_SIGN_BEFORE}{number}[\W_]+{street}{_SIGN_AFTER}")


def _of_number(number: str) -> Iterator[Identifier]:
    runs = re.findall(r"[^\W_]+", folded(number)[0])
    if sum(map(len, runs)) < _LONG_NUMBER:
        return
    joined = _BETWEEN.join(map(re.escape, runs))
    yield Identifier(N_("the record number"), _SIGN_BEFORE + joined + _SIGN_AFTER)


def _of_text(text: str) -> Iterator[Identifier]:
    words = re.findall(r"[^\W_]+", folded(text)[0])
    if sum(map(len, words)) > _LONG_NUMBER:
        pattern = _SIGN_BEFORE + r"[\W_]+".join(words) + _SIGN_AFTER
        yield Identifier(N_("something that identifies a person"), pattern)


def _of_birth(born: PartialDate) -> Iterator[Identifier]:
    if born.is_full_day:
        what = N_("the date of birth")
        pattern = "|".join(f"(?<!\\d){order}(?!\\d)" for order in date_patterns(born))
        yield Identifier(what, pattern)


def date_patterns(day: PartialDate) -> list[str]:
    """Return how a full day may be written in folded text, in digits or with its month's name."""
    year = f"(?:{day.year // 100:02d})?{day.year % 100:02d}"
    month, date = day.month or 1, day.day or 1
    word = MONTHS[month - 1].casefold() + "[a-z]*"
    two_month, two_date = f"{month:02d}", f"{date:02d}"
    loose_month, loose_date = f"0?{month}", f"0?{date}(?:st|nd|rd|th)?"
    between, gap = r"[\W_]{1,2}", r"(?:[\W_]|of){0,4}"
    orders = [year + two_month + two_date, two_month + two_date + year, two_date + two_month + year]
    orders += [
        between.join(parts)
        for parts in (
            (year, loose_month, loose_date),
            (loose_month, loose_date, year),
            (loose_date, loose_month, year),
        )
    ]
    orders += [gap.join((loose_date, word, year)), gap.join((word, loose_date, year))]
    return orders


_KINDS: dict[str, Callable[[str], Iterator[Identifier]]] = {
    "record_number": _of_number,
    "phone": _of_phone,
    "address": _of_address,
    "_name": _of_other,
    "monitor": _of_other,
    "told_by": _of_other,
    "spoke_with": _of_other,
    "escort": _of_other,
}
# A town, a form of address or a few words told at the door say nothing of themselves.
_TELLS_NOBODY = frozenset({"city", "postal_code", "told", "title", "department"})
_NO_NAMES = frozenset(
    {
        *("mr", "mrs", "miss", "ms", "dr", "patient", "husband", "wife", "partner", "spouse"),
        *("mother", "father", "parent", "sister", "brother", "son", "daughter", "friend"),
        *("family", "neighbor", "neighbour", "driver", "taxi", "escort", "nurse", "staff"),
    }
)
