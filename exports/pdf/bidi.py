"""The order in which the characters of a line stand on paper, left to right.

The levels are what drawing needs, and packages that order a line give back only the ordered text.
Embeddings and overrides never come here: they are printed as their numbers.

Source:
    Unicode Standard Annex 9, Unicode Bidirectional Algorithm; the rules are named as there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

LEFT_MARK, RIGHT_MARK = "\u200e", "\u200f"
FIRST_STRONG, END_ISOLATE = "\u2068", "\u2069"
_STRONG = {"L": 0, "R": 1, "AL": 1}
_OPENS = frozenset({"LRI", "RLI", "FSI"})
_ISOLATES = _OPENS | {"PDI"}
_NEUTRAL = frozenset({"B", "S", "WS", "ON"}) | _ISOLATES
FROM_THE_RIGHT = frozenset({"R", "AL", "AN", "RLI", "FSI"})
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "〈": "〉", "《": "》", "「": "」"}
_BRACKETS |= {"『": "』", "【": "】"}
_DEEPEST = 125
_MOST_BRACKETS = 63


def class_of(char: str) -> str:
    """Return the bidirectional class of a character; one that has none is as a letter."""
    return unicodedata.bidirectional(char) or "L"


def base_level(text: str) -> int:
    """Return 1 where the first letter is of a script from the right, else 0 (rules P2, P3)."""
    return _first_strong(map(class_of, text)) or 0


def _first_strong(classes: Iterable[str], *, inside: bool = False) -> int | None:
    depth = 0
    for kind in classes:
        if kind in _OPENS:
            depth += 1
        elif kind == "PDI":
            if not depth and inside:
                return None
            depth = max(0, depth - 1)
        elif not depth and kind in _STRONG:
            return _STRONG[kind]
    return None


def levels(text: str) -> list[int]:
    """Return the level of each character of a line: odd ones run from the right."""
    classes = [class_of(char) for char in text]
    base = _first_strong(classes) or 0
    found, pairs = _explicit(classes, base)
    for places in _sequences(found, pairs):
        _resolve(text, classes, found, places, base)
    _trailing(classes, found, base)
    return found


def visual(found: Sequence[int]) -> list[int]:
    """Return the places of the line in the order in which they stand on paper (rule L2)."""
    order = list(range(len(found)))
    for level in range(max(found, default=0), 0, -1):
        start = None
        for n in range(len(order) + 1):
            inside = n < len(order) and found[order[n]] >= level
            if inside and start is None:
                start = n
            elif not inside and start is not None:
                order[start:n] = order[start:n][::-1]
                start = None
    return order


def _explicit(classes: Sequence[str], base: int) -> tuple[list[int], dict[int, int]]:
    """Return the level of each character by its isolates, and where each isolate ends."""
    found: list[int] = []
    pairs: dict[int, int] = {}
    stack, opened = [base], list[int | None]()
    for n, kind in enumerate(classes):
        if kind == "PDI" and opened:
            begin = opened.pop()
            if begin is not None:
                stack.pop()
                pairs[begin] = n
        found.append(stack[-1])
        if kind in _OPENS:
            inner = _first_strong(classes[n + 1 :], inside=True) if kind == "FSI" else 0
            right = kind == "RLI" or inner == 1
            deeper = (stack[-1] + 1) | 1 if right else (stack[-1] + 2) & ~1
            opened.append(n if deeper <= _DEEPEST else None)
            if deeper <= _DEEPEST:
                stack.append(deeper)
    return found, pairs


def _sequences(found: Sequence[int], pairs: dict[int, int]) -> Iterator[list[int]]:
    """Yield the places of each isolating run sequence (rule X10)."""
    runs: list[list[int]] = []
    for n, level in enumerate(found):
        if n and found[n - 1] == level and n - 1 not in pairs and n not in pairs.values():
            runs[-1].append(n)
        else:
            runs.append([n])
    ends = set(pairs.values())
    by_start = {run[0]: run for run in runs}
    for run in runs:
        if run[0] in ends:
            continue
        places = list(run)
        while places[-1] in pairs:
            places += by_start[pairs[places[-1]]]
        yield places


def _resolve(text: str, classes: list[str], found: list[int], places: list[int], base: int) -> None:
    level = found[places[0]]
    before = found[places[0] - 1] if places[0] else base
    last = places[-1]
    open_end = classes[last] in _OPENS or last + 1 == len(found)
    after = base if open_end else found[last + 1]
    sides = ["R" if max(level, other) % 2 else "L" for other in (before, after)]
    kinds = [classes[n] for n in places]
    _weak(kinds, sides[0])
    _paired(text, places, kinds, "R" if level % 2 else "L", sides[0])
    _neutral(kinds, sides, "R" if level % 2 else "L")
    for n, kind in zip(places, kinds, strict=True):
        if level % 2:
            found[n] += kind in ("L", "EN", "AN")
        elif kind == "R":
            found[n] += 1
        elif kind in ("EN", "AN"):
            found[n] += 2


def _weak(kinds: list[str], start: str) -> None:
    """Settle marks, digits and what stands beside digits (rules W1 to W7)."""
    _marks(kinds, start)  # W1
    _digits_after(kinds, start, "AL", "AN")  # W2
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for n in range(1, len(kinds) - 1):  # W4
        around = {kinds[n - 1], kinds[n + 1]}
        if around == {"EN"} and kinds[n] in ("ES", "CS"):
            kinds[n] = "EN"
        elif around == {"AN"} and kinds[n] == "CS":
            kinds[n] = "AN"
    _beside_digits(kinds)  # W5, W6
    _digits_after(kinds, start, "L", "L")  # W7


def _marks(kinds: list[str], start: str) -> None:
    before = start
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[n] = "ON" if before in _ISOLATES else before
        before = kinds[n]


def _digits_after(kinds: list[str], start: str, letter: str, to: str) -> None:
    """Make the digits that follow letters of one direction what ``to`` says."""
    strong = start
    for n, kind in enumerate(kinds):
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == letter:
            kinds[n] = to


def _beside_digits(kinds: list[str]) -> None:
    n = 0
    while n < len(kinds):
        end = n
        while end < len(kinds) and kinds[end] in ("ET", "BN"):
            end += 1
        if end > n:
            digits = (n and kinds[n - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
            kinds[n:end] = ["EN" if digits else "ON"] * (end - n)
        n = max(end, n + 1)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS", "BN") else kind for kind in kinds]


def _paired(text: str, places: list[int], kinds: list[str], own: str, start: str) -> None:
    """Give two brackets the direction of what is between them (rule N0)."""
    for begin, end in _pairs(text, places, kinds):
        inside = {_direction(kind) for kind in kinds[begin + 1 : end]} - {""}
        if own in inside:
            to = own
        elif inside:
            earlier = [_direction(kind) for kind in kinds[:begin]]
            to = next((kind for kind in reversed(earlier) if kind), start)
        else:
            continue
        for at in (begin, end):
            kinds[at] = to
            for n in range(at + 1, len(kinds)):
                if class_of(text[places[n]]) != "NSM":
                    break
                kinds[n] = to


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _pairs(text: str, places: list[int], kinds: list[str]) -> list[tuple[int, int]]:
    found, opened = [], list[tuple[str, int]]()
    for n, place in enumerate(places):
        char = text[place]
        if kinds[n] != "ON":
            continue
        if char in _BRACKETS:
            if len(opened) == _MOST_BRACKETS:
                return []
            opened.append((_BRACKETS[char], n))
        elif any(char == closing for closing, _at in opened):
            while True:
                closing, at = opened.pop()
                if closing == char:
                    found.append((at, n))
                    break
    return sorted(found)


def _neutral(kinds: list[str], sides: list[str], own: str) -> None:
    """Give spaces and signs the direction of what is around them (rules N1, N2)."""
    n = 0
    while n < len(kinds):
        end = n
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > n:
            before = _direction(kinds[n - 1]) if n else sides[0]
            after = _direction(kinds[end]) if end < len(kinds) else sides[1]
            kinds[n:end] = [before if before == after else own] * (end - n)
        n = max(end, n + 1)


def _trailing(classes: Sequence[str], found: list[int], base: int) -> None:
    """Leave spaces at the end of a line, and before a tab, in the order of the text (L1)."""
    behind = True
    for n in range(len(classes) - 1, -1, -1):
        if classes[n] in ("S", "B"):
            behind = True
        elif classes[n] not in ("WS", *_ISOLATES):
            behind = False
        if behind:
            found[n] = base
