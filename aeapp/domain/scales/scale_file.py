"""Read a clinic's text file with the wording of a scale, or with a scale of its own.

Each line is ``name: value``; a line that begins with a blank goes on with the one before, ``#``
begins a remark. ``docs/scale-files.md`` is the manual. Every mistake is told with its line, and a
file with one is taken in nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.scales import (
    Informant,
    Measured,
    MissingRule,
    Scoring,
    WordingTerms,
)
from aeapp.domain.records.scale import Scale, ScaleBand, ScaleGroup, ScaleItem
from aeapp.domain.records.scale_wording import ScaleWording, WordedAnswer, WordedItem
from aeapp.domain.rejection import Problems, printable, text_of
from aeapp.domain.scales.catalogue import scale_named
from aeapp.domain.scales.wording import unworded
from aeapp.kernel.i18n import N_, _

MOST_LINES = 5000
MOST_ITEMS = 200
MOST_POINTS = 100
_NAME = re.compile(r"([a-z ]+?)((?: [0-9]{1,4})?)( answer [0-9]{1,4})?", re.ASCII)
_RANGE = re.compile(r"([0-9]{1,3})\s*(?:-|to)\s*([0-9]{1,3})", re.ASCII)
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadScaleFile:
    """What a file holds.

    Attributes:
        scale: The scale that it defines; None where it is about a known one.
        wording: The wording; None where it has none.
    """

    scale: Scale | None
    wording: ScaleWording | None


def read_scale_file(source: str | bytes, known: Iterable[Scale]) -> ReadScaleFile:
    """Return what a clinic's file of a scale holds.

    Args:
        source: The file.
        known: The scales there are; a file of a known one needs no definition.

    Raises:
        ImportRejected: Something in it cannot be read; every problem has its line.
    """
    reader = _Reader()
    for number, name, value in _lines(text_of(source), reader.problems):
        reader.take(number, name, value)
    return reader.result(tuple(known))


def _lines(text: str, problems: Problems) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        problems.add(_("The file"), N_("{path} has more than 5,000 lines; no scale has."))
        problems.raise_if_any()
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace() and found:
            at, name, value = found[-1]
            found[-1] = (at, name, f"{value} {line.strip()}".strip())
            continue
        name, colon, value = line.partition(":")
        if not colon:
            problems.add(_place(number), N_("The line has no colon after its name."))
            continue
        found.append((number, " ".join(name.lower().split()), value.strip()))
    return found


def _place(number: int) -> str:
    return _("line {number}").format(number=number)


@dataclass(slots=True)
class _Reader:
    problems: Problems = field(default_factory=Problems)
    scale: dict[str, Any] = field(default_factory=dict)
    wording: dict[str, Any] = field(default_factory=dict)
    items: dict[int, ScaleItem] = field(default_factory=dict)
    groups: list[ScaleGroup] = field(default_factory=list)
    bands: list[ScaleBand] = field(default_factory=list)
    words: dict[int, WordedItem] = field(default_factory=dict)
    answers: list[WordedAnswer] = field(default_factory=list)
    code: str = ""
    edition: str = ""

    # --- one line

    def take(self, number: int, name: str, value: str) -> None:
        match = _NAME.fullmatch(name)
        if match is None:
            self._wrong(number, N_("The name of the line is not known: {name}."), name)
            return
        word, index, answer = match.group(1), match.group(2), match.group(3)
        place = int(index) if index else None
        if not value:
            self._wrong(number, N_("There is nothing after {name}."), name)
        elif answer is not None:
            self._answer(number, word, place, int(answer.split()[-1]), value)
        elif place is None:
            self._plain(number, word, value)
        else:
            self._numbered(number, word, place, value)

    def _wrong(self, number: int, sentence: str, name: str = "") -> None:
        text = _(sentence).replace("{name}", f'"{printable(name)}"')
        self.problems.add(_place(number), text)

    def _answer(self, number: int, word: str, place: int | None, points: int, value: str) -> None:
        if word != "item" or place is None or points > MOST_POINTS:
            self._wrong(number, N_("Write it like: item 3 answer 0: words."))
            return
        self.answers.append(WordedAnswer(number=place, points=points, words=value))

    def _plain(self, number: int, word: str, value: str) -> None:
        if word == "scale":
            self._code(number, value)
        elif word == "edition":
            self.edition = value
        elif word in _TEXTS_OF_WORDING:
            self.wording[word] = value
        elif word in _OF_SCALE:
            attribute, read = _OF_SCALE[word]
            found = read(value)
            if found is None:
                self._wrong(number, N_("What stands after {name} cannot be read."), word)
            self.scale[attribute] = found
        else:
            self._wrong(number, N_("The name of the line is not known: {name}."), word)

    def _code(self, number: int, value: str) -> None:
        code = value.lower()
        if not _CODE.fullmatch(code):
            self._wrong(number, N_("A code has small letters, digits and hyphens, at most 40."))
        self.code = code

    def _numbered(self, number: int, word: str, place: int, value: str) -> None:
        if word in ("band", "answer", "group"):
            self._listed(word, place, value)
        elif not 1 <= place <= MOST_ITEMS:
            self._wrong(number, N_("Items are numbered from 1 to 200."))
        elif word == "item":
            if place in self.words:
                self._wrong(number, N_("The words of this item stand there twice."))
            self.words[place] = WordedItem(number=place, words=value)
        elif word in _OF_ITEM:
            changes = _OF_ITEM[word](value)
            if changes is None:
                self._wrong(number, N_("What stands after {name} cannot be read."), word)
                return
            item = self.items.get(place, ScaleItem(number=place, counted=True))
            self.items[place] = replace(item, **changes)
        else:
            self._wrong(number, N_("The name of the line is not known: {name}."), word)

    def _listed(self, word: str, place: int, value: str) -> None:
        if word == "band":
            self.bands.append(ScaleBand(least=place, name=value))
        elif word == "answer":
            self.answers.append(WordedAnswer(points=place, words=value))
        else:
            self.groups.append(ScaleGroup(code=str(place), name=value))

    # --- the whole

    def result(self, known: tuple[Scale, ...]) -> ReadScaleFile:
        defined = self._defined()
        scale = defined or scale_named(known, self.code, self.edition or None)
        if not self.code:
            self._whole(N_("{path} does not say which scale it is about: scale: CODE."))
        elif scale is None:
            self._whole(N_("{path} is about a scale that is not known here and defines none."))
        wording = self._worded(scale) if scale is not None else None
        if defined is None and wording is None:
            self._whole(N_("{path} holds neither a scale nor the words of one."))
        self.problems.raise_if_any()
        return ReadScaleFile(defined, wording)

    def _whole(self, sentence: str) -> None:
        self.problems.add(_("The file"), sentence)

    def _defined(self) -> Scale | None:
        if not self.items and not self.scale:
            return None
        items = tuple(self.items[n] for n in sorted(self.items))
        numbers = [i.number for i in items]
        if numbers != list(range(1, len(items) + 1)) or any(i.highest is None for i in items):
            self._whole(N_("{path} does not give every item its points, such as points 1: 0-3."))
        if "basis" not in self.scale:
            self._whole(N_("{path} does not say where the scale comes from: source: words."))
        return Scale(
            code=self.code,
            edition=self.edition or "1",
            active=True,
            items=items,
            groups=tuple(self.groups),
            bands=tuple(sorted(self.bands, key=lambda b: b.least or 0)),
            **(_PLAIN | {"name": self.code} | self.scale | self._missing()),
        )

    def _missing(self) -> dict[str, Any]:
        if not self.scale.get("missing_most"):
            return {}
        if "missing_basis" not in self.scale:
            self._whole(N_("{path} lets items be missing and does not say who allows it."))
        return {"missing_rule": MissingRule.MEAN}

    def _worded(self, scale: Scale) -> ScaleWording | None:
        if not self.words and not self.answers:
            return None
        wording = ScaleWording(
            scale=scale.code,
            edition=scale.edition,
            items=tuple(self.words[n] for n in sorted(self.words)),
            answers=tuple(self.answers),
            **self.wording,
        )
        if "licence" not in self.wording:
            self._whole(N_("{path} does not say by what right the words are used: licence: words."))
        lacking = unworded(scale, wording)
        if lacking:
            text = _("{path} does not word these items with all their answers: {items}.")
            self._whole(text.replace("{items}", ", ".join(str(n) for n in lacking)))
        strange = self.words.keys() - {i.number for i in scale.items}
        if strange:
            text = _("{path} words items that the scale does not have: {items}.")
            self._whole(text.replace("{items}", ", ".join(str(n) for n in sorted(strange))))
        return wording


_PLAIN: dict[str, Any] = {
    "measures": Measured.OTHER,
    "informant": Informant.PATIENT,
    "wording": WordingTerms.LICENSED,
    "scoring": Scoring.SUM,
    "missing_rule": MissingRule.NO_TOTAL,
}
_TEXTS_OF_WORDING = ("title", "instruction", "language", "licence")


def _code_of(kind: type[CodeList]) -> Callable[[str], CodeList | None]:
    def read(value: str) -> CodeList | None:
        return next((m for m in kind if value.lower() in (m.value, m.words.lower())), None)

    return read


def _text(value: str) -> str:
    return value


def _whole_number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else None  # noqa: PLR2004 - four digits are enough for any total


def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value.removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number < MOST_TOTAL else None


MOST_TOTAL = 10_000
_OF_SCALE: dict[str, tuple[str, Callable[[str], Any]]] = {
    "name": ("name", _text),
    "measures": ("measures", _code_of(Measured)),
    "answered by": ("informant", _code_of(Informant)),
    "wording": ("wording", _code_of(WordingTerms)),
    "scoring": ("scoring", _code_of(Scoring)),
    "source": ("basis", _text),
    "missing at most": ("missing_most", _whole_number),
    "missing source": ("missing_basis", _text),
    "alert total": ("alert_total", _whole_number),
    "alert source": ("alert_basis", _text),
    "response": ("response_percent", _decimal),
    "partial response": ("partial_percent", _decimal),
    "remission below": ("remission_below", _whole_number),
    "response source": ("response_basis", _text),
    "reliable change": ("reliable_change", _decimal),
    "reliable end below": ("reliable_end_below", _whole_number),
    "reliable source": ("reliable_basis", _text),
    "notable rise": ("notable_rise", _decimal),
}


def _points(value: str) -> dict[str, Any] | None:
    match = _RANGE.fullmatch(value)
    if match is None:
        return None
    low, high = int(match.group(1)), int(match.group(2))
    return {"lowest": low, "highest": high} if low < high <= MOST_POINTS else None


def _alert(value: str) -> dict[str, Any] | None:
    least = _whole_number(value)
    # No rule may stand in for an answer that asks for safety.
    return None if least is None else {"alert_from": least, "never_filled": True}


def _counted(value: str) -> dict[str, Any] | None:
    known = {"yes": True, "no": False}
    return {"counted": known[value.lower()]} if value.lower() in known else None


_OF_ITEM: dict[str, Callable[[str], dict[str, Any] | None]] = {
    "points": _points,
    "topic": lambda value: {"topic": value},
    "in group": lambda value: {"group": value},
    "alert": _alert,
    "counted": _counted,
}
