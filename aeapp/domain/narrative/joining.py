"""Keep the pieces of a narrative in step with its text, whoever changes it and wherever.

The text is what counts and is never changed here. After an edit each piece is looked for in what
was touched; what belongs to no piece any more is a person's, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.case import Case
from aeapp.domain.records.narrative import Sentence

Pieces = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a piece stands in the text; one that was left out takes no room."""

    begin: int
    end: int


def spans_of(text: str, pieces: Sequence[Sentence]) -> tuple[Span, ...] | None:
    """Return where each piece stands; None where the text is not these pieces one after another."""
    at, found = 0, []
    for piece in pieces:
        words = piece.text or ""
        if words:
            at = _past_space(text, at)
            if not text.startswith(words, at):
                return None
        found.append(Span(at, at + len(words)))
        at += len(words)
    return None if text[at:].strip() else tuple(found)


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def plain(pieces: Sequence[Sentence]) -> str:
    """Return the text of pieces, a space between each two."""
    return " ".join(piece.text for piece in pieces if piece.text)


def laid(case: Case) -> tuple[Pieces, tuple[Span, ...]]:
    """Return the pieces of the narrative as its text has them, and where each stands.

    A file, or an earlier version of the program, may bring a text that its pieces do not know.
    """
    text, pieces = case.case.narrative or "", case.case.sentences
    spans = spans_of(text, pieces)
    if spans is None:
        pieces = tuple(replace(p, text=(p.text or "").strip() or None) for p in pieces)
        pieces = retyped(pieces, plain(pieces), text)
        spans = spans_of(text, pieces)
        assert spans is not None  # noqa: S101 - retyped gives the pieces of this text
    return pieces, spans


def rejoined(before: Case, after: Case) -> Case:
    """Return ``after``, in which the narrative was edited, with the pieces of its new text.

    A text of which nothing was made has none.
    """
    if not before.case.sentences:
        return after
    pieces, _spans = laid(before)
    new = retyped(pieces, before.case.narrative or "", after.case.narrative or "")
    return replace(after, case=replace(after.case, sentences=new))


def retyped(pieces: Pieces, before: str, after: str) -> Pieces:
    """Return the pieces of ``after``, which a person made of ``before``."""
    spans = spans_of(before, pieces)
    if spans is None or before == after:
        return pieces
    begin, end = _changed(before, after)
    low, high = _touched(pieces, spans, begin, end)
    from_, to = begin, end
    if low < high:
        from_, to = min(begin, spans[low].begin), max(end, spans[high - 1].end)
    words = after[from_ : to + len(after) - len(before)]
    return (*pieces[:low], *_placed(words, pieces[low:high]), *pieces[high:])


def _touched(pieces: Pieces, spans: Sequence[Span], begin: int, end: int) -> tuple[int, int]:
    """Return from and up to which piece an edit between two places reaches.

    Those left out beside them are looked for, too: the edit may bring one back. So is what is
    being written beside them, which may go on there.
    """
    touched = [n for n, s in enumerate(spans) if s.begin <= end and s.end >= begin]
    if touched:
        low, high = touched[0], touched[-1] + 1
    else:
        low = high = next((n for n, s in enumerate(spans) if s.begin > end), len(spans))
    while low and _is_open(pieces[low - 1]):
        low -= 1
    while high < len(pieces) and _is_open(pieces[high]):
        high += 1
    return low, high


def _is_open(piece: Sentence) -> bool:
    return not piece.text or (piece.is_free and not piece.written_by)


def _changed(before: str, after: str) -> tuple[int, int]:
    """Return begin and end of what is different, as places in ``before``."""
    most = min(len(before), len(after))
    begin = _alike(most, lambda n: before[:n] == after[:n])
    tail = _alike(most - begin, lambda n: before[len(before) - n :] == after[len(after) - n :])
    return begin, len(before) - tail


def _alike(most: int, same: Callable[[int], bool]) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(middle):
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True, slots=True)
class _Anchor:
    piece: int
    begin: int
    words: str


def _placed(words: str, pieces: Pieces) -> list[Sentence]:
    """Return the pieces that ``words`` are made of now."""
    at, n, begun = 0, 0, 0
    found: list[Sentence] = []
    for anchor in (*_anchors(words, pieces), _Anchor(len(pieces), len(words), "")):
        gap, inside = words[at : anchor.begin].strip(), pieces[n : anchor.piece]
        if gap and _goes_on(found, inside):
            # Somebody types on: it stays one piece.
            found[-1] = replace(found[-1], text=words[begun : anchor.begin].rstrip())
            gap = ""
        found += _in_gap(gap, inside)
        if anchor.piece < len(pieces):
            found.append(_with_text(pieces[anchor.piece], anchor.words))
        at, n, begun = anchor.begin + len(anchor.words), anchor.piece + 1, anchor.begin
    return found


def _goes_on(found: Sequence[Sentence], inside: Pieces) -> bool:
    last = found[-1] if found else Sentence(template="-")
    return last.is_free and not last.written_by and not any(piece.text for piece in inside)


def _anchors(words: str, pieces: Pieces) -> Iterator[_Anchor]:
    """Yield where pieces still stand word for word, or as they were made."""
    at = 0
    for n, piece in enumerate(pieces):
        known = [w for k in (piece.text, piece.made) if k and (w := k.strip())]
        places = [(p, w) for w in known if (p := _find(words, w, at)) >= 0]
        if places:
            begin, found = min(places, key=lambda pair: (pair[0], -len(pair[1])))
            yield _Anchor(n, begin, found)
            at = begin + len(found)


def _find(words: str, wanted: str, at: int) -> int:
    """Return where ``wanted`` stands, space or an edge on both sides; -1 for nowhere."""
    while (at := words.find(wanted, at)) >= 0:
        end = at + len(wanted)
        free = at == 0 or words[at - 1].isspace()
        if free and (end == len(words) or words[end].isspace()):
            return at
        at += 1
    return -1


def _in_gap(gap: str, pieces: Pieces) -> Iterator[Sentence]:
    """Yield what stands between two pieces that were found: a person's words, or none."""
    standing = [piece for piece in pieces if piece.text]
    if gap and not standing:
        yield Sentence(text=gap)
    for piece in pieces:
        if not piece.text:
            # It was left out before; nothing is put in its place.
            yield piece
        elif gap and piece is standing[0]:
            yield _with_text(piece, gap)
        elif not piece.is_free:
            yield _with_text(piece, None)


def _with_text(piece: Sentence, text: str | None) -> Sentence:
    if text == piece.text:
        return piece
    return replace(piece, text=text, written_by=None, written_at=None)
