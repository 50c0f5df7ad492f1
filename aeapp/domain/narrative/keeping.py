"""Say which sentences are stale, make drafts anew, and keep what people wrote.

A sentence is stale when what it was made from is no longer what the records say. Nothing is
rewritten before a person asks for it, and what a person wrote never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.case import Case
from aeapp.domain.narrative.drafting import Draft, drafts_of
from aeapp.domain.narrative.joining import Span, laid
from aeapp.domain.narrative.reading import marks
from aeapp.domain.records.narrative import Sentence

_APART = "\n\n"
# Pieces, each with the space before it; none means what stands between two sentences.
Gapped = list[tuple[str, Sentence]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one piece of the narrative stands to the records.

    Attributes:
        number: From 1, of those that are in the text; 0 for one that was left out.
        draft: What the records give now; None where they give nothing any more.
        changed: Names of the sources whose values are others now, or that came or went.
    """

    piece: Sentence
    span: Span
    number: int
    draft: Draft | None
    changed: tuple[str, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Tell whether what it was made from has changed."""
        return bool(self.changed)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The narrative of a case beside what its records give.

    Attributes:
        drafts: Every sentence that the records give.
        fresh: Those of them that the narrative does not have.
    """

    text: str = ""
    pieces: tuple[Standing, ...] = ()
    drafts: tuple[Draft, ...] = ()
    fresh: tuple[Draft, ...] = ()

    @property
    def is_drafted(self) -> bool:
        """Tell whether any of it was made from records."""
        return any(not p.piece.is_free for p in self.pieces)

    @property
    def stale(self) -> tuple[Standing, ...]:
        """Return the pieces that wait to be confirmed or replaced."""
        return tuple(p for p in self.pieces if p.is_stale)

    @property
    def left_out(self) -> tuple[Standing, ...]:
        """Return the sentences that a person left out."""
        return tuple(p for p in self.pieces if not p.number)

    def at(self, place: int) -> Standing | None:
        """Return the piece at a place in the text."""
        inside = (p for p in self.pieces if p.number and p.span.begin <= place <= p.span.end)
        return next(inside, None)


def narrative_of(case: Case) -> Narrative:
    """Return the narrative of a settled case beside its records."""
    pieces, spans = laid(case)
    made = drafts_of(case)
    drafts = {draft.key: draft for draft in made}
    standing, number = [], 0
    for piece, span in zip(pieces, spans, strict=True):
        number += bool(piece.text)
        draft = drafts.get(key_of(piece))
        shown = number if piece.text else 0
        standing.append(Standing(piece, span, shown, draft, _changed(piece, draft)))
    known = {key_of(piece) for piece in pieces}
    fresh = tuple(draft for key, draft in drafts.items() if key not in known)
    return Narrative(case.case.narrative or "", tuple(standing), made, fresh)


def key_of(piece: Sentence) -> tuple[str, str]:
    """Return what a piece was made by and of; the key of a draft."""
    return (piece.template or "", piece.about or "")


def _changed(piece: Sentence, draft: Draft | None) -> tuple[str, ...]:
    now = draft.sources if draft else None
    if piece.is_free or (piece.sources or "") == (now or ""):
        return ()
    before, after = marks(piece.sources), marks(now)
    both = dict.fromkeys((*after, *before))
    return tuple(name for name in both if before.get(name) != after.get(name))


@dataclass(frozen=True, slots=True)
class Text:
    """A narrative as it is to be stored.

    Attributes:
        narrative: None where nothing is left.
    """

    narrative: str | None
    sentences: tuple[Sentence, ...]


def made_anew(case: Case) -> Text:
    """Return the narrative with every sentence that nobody touched as the records give it now.

    What a person wrote or changed stays as it is, and where it is. Without any text, all begins
    anew.
    """
    narrative = narrative_of(case)
    if not narrative.text.strip():
        return _joined([("", _made(draft)) for draft in narrative.drafts])
    out = []
    for gap, standing in _with_gaps(narrative):
        piece, draft = standing.piece, standing.draft
        if piece.is_by_hand:
            out.append((gap, piece))
        elif draft is not None:
            out.append((gap, _made(draft)))
    return _joined(_with_fresh(out, narrative.drafts), narrative.text)


def confirmed(case: Case, place: int) -> Text:
    """Return the narrative with the piece at ``place`` kept as it reads, stale no longer."""

    def kept(standing: Standing) -> Sentence:
        draft = standing.draft
        sources, made = (draft.sources, draft.text) if draft else (None, None)
        return replace(standing.piece, sources=sources, made=made)

    return _with(case, place, kept)


def replaced(case: Case, place: int) -> Text:
    """Return the narrative with the piece at ``place`` as the records give it, if they do."""
    return _with(case, place, lambda s: _made(s.draft) if s.draft else None)


def brought_back(case: Case) -> Text:
    """Return the narrative with what was left out as the records give it now."""
    narrative = narrative_of(case)
    out = []
    for gap, standing in _with_gaps(narrative):
        if standing.number:
            out.append((gap, standing.piece))
        elif standing.draft is not None:
            out.append((gap, _made(standing.draft)))
    return _joined(out, narrative.text)


def _made(draft: Draft) -> Sentence:
    template, about = draft.key
    return Sentence(
        template=template,
        about=about or None,
        text=draft.text,
        made=draft.text,
        sources=draft.sources,
    )


def _with(case: Case, place: int, change: Callable[[Standing], Sentence | None]) -> Text:
    narrative, out = narrative_of(case), []
    for n, (gap, standing) in enumerate(_with_gaps(narrative)):
        piece = change(standing) if n == place else standing.piece
        if piece is not None:
            out.append((gap, piece))
    return _joined(out, narrative.text)


def _with_gaps(narrative: Narrative) -> Iterator[tuple[str, Standing]]:
    """Yield each piece with the space before it, as a person may have set it."""
    end = 0
    for standing in narrative.pieces:
        if standing.number:
            yield narrative.text[end : standing.span.begin], standing
            end = standing.span.end
        else:
            yield "", standing


def _with_fresh(pieces: Gapped, drafts: Sequence[Draft]) -> Gapped:
    """Return the pieces with those that the records give beside them, each after what it follows.

    Beside a text that a person wrote before anything was made, all of them come after it.
    """
    out = list(pieces)
    known = {key_of(piece) for _gap, piece in pieces}
    place = next((n for n, (_gap, p) in enumerate(out) if not p.is_free), len(out))
    gap = _APART if place == len(out) else ""
    for draft in drafts:
        if draft.key in known:
            place = 1 + next(n for n, (_gap, p) in enumerate(out) if key_of(p) == draft.key)
        else:
            out.insert(place, (gap, _made(draft)))
            place += 1
        gap = ""
    return out


def _joined(pieces: Gapped, before: str = "") -> Text:
    """Return the text of pieces, with the space that a person set between them and before."""
    text = ""
    for gap, piece in pieces:
        if piece.text:
            text += (gap or " " if text else "") + piece.text
    lead = before[: len(before) - len(before.lstrip())]
    return Text(lead + text if text else None, tuple(piece for _gap, piece in pieces))
