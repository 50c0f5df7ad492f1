"""What the narrative's bars say: how many sentences of what kind, from what, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.codecs import show
from aeapp.domain.findings import item_place
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.narrative.keeping import Narrative, Standing
from aeapp.domain.narrative.reading import marks, path_of
from aeapp.domain.narrative.scan import Met
from aeapp.domain.views import on_clinic_clock
from aeapp.domain.vitals.table import worded
from aeapp.kernel.i18n import _
from forms.widgets.reason import reason_words

_LONGEST = 40
_MOST_CHANGED = 3
_LONGEST_NEW = 240
# How a value is to be read, or whether its record counts.
_ASIDE = (".time_zone", ".role", ".struck_reason", ".strength_unit", ".kind", "_unit")


@dataclass(frozen=True, slots=True)
class Source:
    """One item that a sentence was made from.

    Attributes:
        path: Where it stands now; empty where its record is gone.
    """

    path: str
    words: str
    changed: bool


def head_words(narrative: Narrative) -> str:
    """Return ``7 sentences: 5 drafted, 1 written by hand, 1 stale``."""
    if not narrative.is_drafted:
        return _("Typed by hand; nothing is drafted.") if narrative.text else ""
    shown = [p for p in narrative.pieces if p.number]
    hand = sum(p.piece.is_by_hand for p in shown)
    parts = [_("{n} drafted").format(n=len(shown) - hand)]
    for count, words in (
        (hand, _("{n} by hand")),
        (len(narrative.left_out), _("{n} left out")),
        (len(narrative.fresh), _("{n} more in the records")),
    ):
        if count:
            parts.append(words.format(n=count))
    total = _("1 sentence") if len(shown) == 1 else _("{n} sentences").format(n=len(shown))
    return f"{total}: {', '.join(parts)}"


def stale_words(narrative: Narrative) -> str:
    """Return ``2 stale``; empty for none."""
    return _("{n} stale").format(n=len(narrative.stale)) if narrative.stale else ""


def sources_of(case: Case, standing: Standing) -> tuple[Source, ...]:
    """Return the items of a sentence with their values now, those that changed first.

    A reading is told as a whole. What only says how to read others is told where it changed.
    """
    now = marks(standing.draft.sources) if standing.draft else {}
    names = dict.fromkeys((*standing.changed, *now, *marks(standing.piece.sources)))
    found: dict[str, Source] = {}
    for name in names:
        changed = name in standing.changed
        path = path_of(case, name) or ""
        head = _reading(path)
        source = (
            _whole(case, head, changed=changed) if head else _source(case, path, changed=changed)
        )
        if source.words and (changed or not path.endswith(_ASIDE)):
            found.setdefault(head or name, source)
    return tuple(sorted(found.values(), key=lambda s: not s.changed))


def _reading(path: str) -> str:
    head, dot, _rest = path.rpartition(".")
    return head if dot and head.startswith("observations[") else ""


def _whole(case: Case, head: str, *, changed: bool) -> Source:
    reading = lens.get(case, head)
    at = on_clinic_clock(case, reading.at)
    return Source(head, f"{show(at)} {worded(reading)}".strip(), changed)


def _source(case: Case, path: str, *, changed: bool) -> Source:
    if not path:
        return Source("", _("A record that is gone"), changed)
    spec, value = spec_at(Case, path), lens.get(case, path)
    words = reason_words(value) if isinstance(value, NullFlavor) else show(value)
    if not words:
        return Source(path, f"{_(spec.item.label)}: {_('no answer')}" if changed else "", changed)
    words = " ".join(words.split())
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    where = item_place(path)
    return Source(
        path, f"{_(spec.item.label)}: {short}" + (f" ({where})" if where else ""), changed
    )


def waiting_words(case: Case, standing: Standing) -> str:
    """Return what a stale sentence waits for: what is another now."""
    told = [s.words for s in sources_of(case, standing) if s.changed]
    listed = "; ".join(told[:_MOST_CHANGED]) + (" …" if len(told) > _MOST_CHANGED else "")
    if standing.number:
        words = _("Sentence {n} is stale. Now {what}.")
        return words.format(n=standing.number, what=listed)
    return _("A sentence that was left out is stale. Now {what}.").format(what=listed)


def new_words(standing: Standing) -> str:
    """Return how a stale sentence would read now."""
    if standing.draft is None:
        return _("The records give no such sentence any more.")
    text = standing.draft.text
    short = text if len(text) <= _LONGEST_NEW else text[: _LONGEST_NEW - 1].rstrip() + "…"
    return _("New: {text}").format(text=short)


def told_words(met: Met, places: int = 1) -> str:
    """Return where a text tells who somebody is, the first of so many places."""
    label = _(spec_at(Case, met.path).item.label)
    words = _("{item}: {what} at character {n}.")
    if places > 1:
        words = _("{item}: {what} at character {n} and in {m} more places.")
        if places == 2:  # noqa: PLR2004 - one more is said in the singular
            words = _("{item}: {what} at character {n} and once more.")
    return words.format(item=label, what=_(met.found.what), n=met.found.begin + 1, m=places - 1)


def signature(standing: Standing) -> str:
    """Return who wrote a sentence, or that it was made."""
    piece = standing.piece
    if not piece.is_by_hand:
        return _("Sentence {n}, drafted from").format(n=standing.number)
    if piece.is_free:
        words = _("Sentence {n}, written by {who}")
    else:
        words = _("Sentence {n}, changed by {who}; from")
    return words.format(n=standing.number, who=piece.written_by or _("hand"))
