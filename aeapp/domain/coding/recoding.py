"""Propose codes for many events at once: sure ones apart from guesses, none chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.index import Coded, Offer, Rank, TermIndex
from aeapp.domain.items import as_text
from aeapp.domain.records import Event
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.terminology import Terminology
from aeapp.domain.slips import folded
from aeapp.domain.values import PartialDate


@dataclass(frozen=True, slots=True, repr=False)
class Proposed:
    """What one event may be coded as.

    Attributes:
        version: Of the event when this was proposed; it is not coded if it changed since.
        offers: The likeliest first; one alone where it is sure.
        before: The code of an older edition that it has.
    """

    event_id: str
    version: int
    verbatim: str
    offers: tuple[Offer, ...]
    before: Coding | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Recoding:
    """Proposals for the events without a code in a release.

    Attributes:
        exact: The same words, and one term in use that has them.
        guesses: A person has to look at each.
        nothing: Events for which there is no proposal; they stay in their reporter's words.
        coded: How many events have a code in this release already.
    """

    release: Terminology
    exact: tuple[Proposed, ...]
    guesses: tuple[Proposed, ...]
    nothing: tuple[Proposed, ...]
    coded: int


def recoding(
    events: Iterable[Event],
    release: Terminology,
    index: TermIndex,
    own: TermIndex | None = None,
) -> Recoding:
    """Return the proposals for ``events`` in ``release``, whose terms ``index`` holds.

    ``own`` holds our own list, whose synonyms lead to terms of the release.
    """
    exact: list[Proposed] = []
    guesses: list[Proposed] = []
    nothing: list[Proposed] = []
    coded = 0
    # The same words come again and again, and slips are dear to look for.
    by_words = cache(lambda verbatim: _by_words(verbatim, index, own))
    for event in events:
        before = coding_in(event, release)
        if before is not None and before.edition == release.edition:
            coded += 1
            continue
        # Without words there is nothing to code by; a chosen reason for them is none.
        verbatim = as_text(event.verbatim)
        offers = _carried(before, index) or by_words(verbatim)
        found = Proposed(event.id, event.version, verbatim, offers, before)
        if not found.offers:
            nothing.append(found)
        elif _is_sure(found):
            exact.append(found)
        else:
            guesses.append(found)
    return Recoding(release, tuple(exact), tuple(guesses), tuple(nothing), coded)


def coding_in(event: Event, release: Terminology) -> Coding | None:
    """Return the code that an event has in this terminology, of whatever edition."""
    return next((c for c in event.codings if c.terminology is release.name), None)


def _by_words(verbatim: str, index: TermIndex, own: TermIndex | None) -> tuple[Offer, ...]:
    offers = index.same(verbatim) or _by_synonym(verbatim, index, own) or index.mistyped(verbatim)
    # What the release no longer wants cannot be stored; the term in its place is among the others.
    return tuple(offer for offer in offers if offer.coded.current)


def _by_synonym(verbatim: str, index: TermIndex, own: TermIndex | None) -> tuple[Offer, ...]:
    """Return the terms in use that have the words of the own term of which these are a synonym.

    Only its words: two synonyms of one term need not mean the same.
    """
    if own is None:
        return ()
    named = [offer.coded.term for offer in own.same(verbatim)]
    return tuple(
        Offer(found.coded, Rank.SYNONYM, by=verbatim)
        for words in named
        for found in index.same(words)
        if found.coded.current
    )


def _carried(before: Coding | None, index: TermIndex) -> tuple[Offer, ...]:
    """Return the term that an older code is now: itself where code and words are the same.

    Where the release no longer wants it, the term in its place.
    """
    if before is None:
        return ()
    now = index.coded(before.terminology, before.code or "")
    if now is None:
        return ()
    if not now.current:
        instead = index.instead_of(now)
        return () if instead is None else (Offer(instead, Rank.WORD, by=now.term),)
    same = folded(now.term) == folded(before.term or "")
    return (Offer(now, Rank.EXACT if same else Rank.WORD, by="" if same else before.term or ""),)


def _is_sure(found: Proposed) -> bool:
    first = found.offers[0]
    return len(found.offers) == 1 and first.rank is Rank.EXACT


def coded_with(event: Event, coded: Coded, how: HowFound, by: str, at: PartialDate) -> Event:
    """Return ``event`` with this code; its words and its codes in other terminologies stay."""
    coding = Coding(
        terminology=coded.terminology,
        edition=coded.edition,
        meddra_edition=coded.meddra_edition or None,
        code=coded.code,
        term=coded.term,
        how=how,
        chosen_by=by,
        chosen_at=at,
    )
    return with_coding(event, coded.terminology, coding)


def with_coding(event: Event, terminology: TerminologyName, coding: Coding | None) -> Event:
    """Return ``event`` with this code in a terminology, where its code stood; None for none."""
    codings = list(event.codings)
    at = next((n for n, c in enumerate(codings) if c.terminology is terminology), len(codings))
    codings[at : at + 1] = [] if coding is None else [coding]
    return replace(event, codings=tuple(codings))
