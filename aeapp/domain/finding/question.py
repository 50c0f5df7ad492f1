"""What is looked for, and in which order the hits stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from aeapp.domain.finding.sources import KINDS
from aeapp.domain.finding.words import plain, typed_words
from aeapp.domain.slips import apart_whole, slips_allowed
from aeapp.domain.values import PartialDate

_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Question:
    """Words and the facts that narrow them; an empty fact narrows nothing.

    Attributes:
        since, until: First and last day, in the precision that is known.
        states: Codes of ``FoundState`` and ``ReportState``.
        serious: Codes of ``FoundSerious``.
        products: Ids of products that were given.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    states: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    @property
    def typed(self) -> tuple[str, ...]:
        """Return the words, folded."""
        return typed_words(self.words)

    @property
    def asks(self) -> bool:
        """Tell whether there is enough to look for: two letters or a fact."""
        facts = self.states or self.serious or self.products or self.since or self.until
        return bool(facts) or any(len(word) >= _LEAST for word in self.typed)

    @property
    def wanted_kinds(self) -> tuple[str, ...]:
        """Return the kinds to look among."""
        return self.kinds or KINDS


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One place that was found, as its line shows it.

    Attributes:
        second: The patient by name, or the code of a patient.
        happened: When, in the words of the record.
    """

    kind: str
    id: str
    title: str
    second: str = ""
    happened: PartialDate | None = None
    state: str = ""
    serious: str = ""
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What was found, best first.

    Attributes:
        more: There are more than were looked at; the newest were.
        instead: Words that were looked for in place of mistyped ones, as (typed, used).
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    instead: tuple[tuple[str, str], ...] = ()
    counts: dict[str, Counter[str]] = field(default_factory=dict)


def ranked(hits: Iterable[Hit], typed: tuple[str, ...]) -> tuple[Hit, ...]:
    """Return the hits in their order: whole words of the title first, then begins of one.

    Of equals, patients stand before what they had, and the newest before older ones: hits come
    newest first.
    """
    return tuple(sorted(hits, key=lambda hit: (_distance(hit, typed), KINDS.index(hit.kind))))


def _distance(hit: Hit, typed: tuple[str, ...]) -> int:
    title = plain(f"{hit.title} {hit.second}").replace("-", "").replace("/", "")
    words = title.split()
    return sum(
        0 if word in words else 1 if any(w.startswith(word) for w in words) else 2 for word in typed
    )


def counted(hits: Iterable[Hit]) -> dict[str, Counter[str]]:
    """Return how many hits each fact would leave, by the name of the fact."""
    out: dict[str, Counter[str]] = {
        name: Counter() for name in ("kinds", "states", "serious", "products")
    }
    for hit in hits:
        out["kinds"][hit.kind] += 1
        out["states"].update([hit.state] if hit.state else [])
        out["serious"].update([hit.serious] if hit.serious else [])
        out["products"].update(hit.products)
    return out


# What is stored of a report that was approved, and as what it is found once its records changed.
READY, CHANGED = "ready", "changed"


def as_stored(question: Question) -> Question:
    """Return what the index is asked for: it knows a report as it was approved."""
    if CHANGED not in question.states:
        return question
    kept = [state for state in question.states if state not in (CHANGED, READY)]
    return replace(question, states=(*kept, READY))


def as_they_are(question: Question, answer: Answer, outdated: Container[str]) -> Answer:
    """Return an answer in which each report has the state that the lists show.

    Args:
        question: What was asked.
        answer: What the index knows.
        outdated: Ids of reports whose records changed since they were approved.
    """
    hits = [replace(h, state=CHANGED) if h.id in outdated else h for h in answer.hits]
    wanted = tuple(h for h in hits if _asks(question, h.state))
    counts = dict(answer.counts) | counted(wanted) if answer.counts else answer.counts
    if answer.counts:
        dropped = Counter(h.kind for h in hits if not _asks(question, h.state))
        counts["kinds"] = answer.counts["kinds"] - dropped
    return replace(answer, hits=wanted, counts=counts)


def _asks(question: Question, state: str) -> bool:
    # Only a report can be in the one state and be found by the other.
    either = state in (READY, CHANGED)
    return not either or not question.states or state in question.states


def nearest(typed: str, known: Iterable[str]) -> str:
    """Return the known word that ``typed`` was most likely meant to be, or "".

    The first letter must be right, which keeps the search cheap and its answers plausible.
    """
    allowed = slips_allowed(typed)
    close = [
        (apart_whole(word, typed), word)
        for word in known
        if word[:1] == typed[:1] and abs(len(word) - len(typed)) <= allowed
    ]
    return min((pair for pair in close if 0 < pair[0] <= allowed), default=(0, ""))[1]
