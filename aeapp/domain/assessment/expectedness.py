"""Find an event among the reactions that a label lists: an offer, never an answer.

Listed is what the label names as specifically and as severely; a person compares that. A synonym
is a word by which the clinic's palette finds the term, and may say more or less than the label
does: hypertension is more than a blood pressure that rose. So it is shown and proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aeapp.domain.chair.palette import term_of
from aeapp.domain.codecs import show
from aeapp.domain.codelists.assessment import Expectedness
from aeapp.domain.records import LabelList
from aeapp.domain.records.label_list import LabelTerm
from aeapp.domain.slips import folded
from aeapp.kernel.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Match:
    """One reaction of the label that the event's words fit.

    Attributes:
        exact: The label's very words, but for capitals and hyphens; else a synonym of them.
    """

    term: LabelTerm
    exact: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """An event beside a label.

    Attributes:
        label: None where no label of the product is stored.
        proposal: What the words alone say; a person decides on specificity and severity.
    """

    label: LabelList | None
    match: Match | None

    @property
    def proposal(self) -> Expectedness | None:
        """Return the answer that the words alone give; None where they only come near."""
        if self.label is None:
            return Expectedness.NO_LABEL
        if self.match is None:
            return Expectedness.NOT_LISTED
        return Expectedness.LISTED if self.match.exact else None


def match_of(verbatim: str | None, label: LabelList) -> Match | None:
    """Return the reaction of ``label`` that the words are; the label's own words go first."""
    words = folded(verbatim or "")
    if not words:
        return None
    exact = (t for t in label.terms if folded(t.term or "") == words)
    found = next(exact, None)
    if found is not None:
        return Match(found, exact=True)
    own = term_of(verbatim)
    if own is None:
        return None
    known = (t for t in label.terms if term_of(t.term) is own)
    synonym = next(known, None)
    return None if synonym is None else Match(synonym, exact=False)


def newest_label(labels: Iterable[LabelList], product_id: str) -> LabelList | None:
    """Return the label of a product that was revised last; of two without a date, the last one."""
    own = [label for label in labels if product_id and label.product_id == product_id]
    return max(own, key=_age, default=None)


def _age(label: LabelList) -> tuple[str, str]:
    return (label.dated.sort_key() if label.dated is not None else "", label.id)


def compared(verbatim: str | None, labels: Iterable[LabelList], product_id: str) -> Comparison:
    """Return the event's words beside the newest label of the product."""
    label = newest_label(labels, product_id)
    return Comparison(label, None if label is None else match_of(verbatim, label))


def label_words(label: LabelList) -> str:
    """Return ``US prescribing information, version 14, Jan-2025``."""
    version = _("version {version}").format(version=label.label_version)
    parts = [label.name or _("label"), version if label.label_version else ""]
    return ", ".join(p for p in (*parts, show(label.dated)) if p)


_EXACT = N_("{label} lists “{term}”.")
_SYNONYM = N_("{label} lists “{term}”, which is another wording: compare the two.")
_QUALIFIED = N_("The label says: {qualifier}.")
_NOT_FOUND = N_("{label}: these words are not in its list of {n} reactions.")
_NO_LABEL = N_("No label of this product is stored.")


def comparison_words(comparison: Comparison) -> str:
    """Return the label's sentence that stands beside the question."""
    label, match = comparison.label, comparison.match
    if label is None:
        return _(_NO_LABEL)
    if match is None:
        return _(_NOT_FOUND).format(label=label_words(label), n=len(label.terms))
    words = _(_EXACT if match.exact else _SYNONYM)
    sentence = words.format(label=label_words(label), term=match.term.term)
    if match.term.qualifier:
        sentence += " " + _(_QUALIFIED).format(qualifier=match.term.qualifier.rstrip("."))
    return sentence
