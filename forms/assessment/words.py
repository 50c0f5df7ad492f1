"""What stands below the questions: intervals, criteria, opinions and grounds, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aeapp.domain.assessment.challenges import Answered, Derived
from aeapp.domain.assessment.naranjo import Sum, signed, sum_of
from aeapp.domain.assessment.onset import Onset, interval_words
from aeapp.domain.assessment.who_umc import BY_MEMBER
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.assessment import CausalityMethod, Expectedness
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.grades import GENERIC, TermGrades
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Assessment, Event
from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.i18n import _
from forms.widgets.reason import reason_words


class Words:
    """Sentences with times as the clinic's clocks show them."""

    def __init__(self, zone: object) -> None:
        self._zone = zone

    def when(self, at: PartialDate) -> str:
        """Return a time as the clinic's clocks show it."""
        return show_date(in_zone(at, self._zone))  # type: ignore[arg-type]  # a zone of the system

    def event(self, event: Event) -> str:
        """Return onset, end and severity of the event in one line."""
        parts = []
        for caption, value in ((_("Onset"), event.onset), (_("End"), event.ended)):
            parts.append(f"{caption} {self._moment(value)}")
        severity = event.severity
        if severity is not None:
            words = reason_words(severity) if isinstance(severity, NullFlavor) else severity.words
            parts.append(_("Severity {words}").format(words=_(words)))
        return " · ".join(parts)

    def _moment(self, value: PartialDate | NullFlavor | None) -> str:
        if isinstance(value, PartialDate):
            return self.when(value)
        return _("not entered") if value is None else reason_words(value).lower()

    def onset(self, onset: Onset) -> str:
        """Return the line of the time to onset; what is not known is said."""
        if onset.from_first is None or onset.from_last is None:
            return _("Time to onset: not known, no dated dose before a dated onset.")
        line = _("Time to onset: {last} from the last dose, {last_at}")
        if onset.first != onset.last:
            line += _("; {first} from the first, {first_at}")
        assert onset.first is not None and onset.last is not None  # noqa: S101, PT018 - with both
        words = line.format(
            last=interval_words(onset.from_last),
            last_at=self.when(onset.last),
            first=interval_words(onset.from_first),
            first_at=self.when(onset.first),
        )
        if onset.undated:
            words += _("; doses without a known date: {n}").format(n=onset.undated)
        return words + "."

    def category(self, opinion: Assessment, others: Iterable[Assessment]) -> str:
        """Return the points of the chosen category and whose opinion it is, others' after it."""
        lines = []
        if opinion.category is not None:
            points = "; ".join(_(p) for p in BY_MEMBER[opinion.category].points)
            lines += [_("All must hold: {points}.").format(points=points), self._signed(opinion)]
        lines += [self._other(o) for o in others if o.category is not None]
        return "\n".join(line for line in lines if line)

    def _signed(self, opinion: Assessment) -> str:
        name = opinion.assessor or _("nobody named")
        role = f" ({_(opinion.assessor_role.words)})" if opinion.assessor_role else ""
        when = f", {self.when(opinion.assessed_at)}" if opinion.assessed_at else ""
        method = opinion.method.words if opinion.method else _("method not said")
        words = _("In the opinion of {name}{role}{when}, by {method}.")
        return words.format(name=name, role=role, when=when, method=_(method))

    def _other(self, opinion: Assessment) -> str:
        assert opinion.category is not None  # noqa: S101 - asked before
        words = _("Also: {category}.").format(category=_(opinion.category.words))
        return f"{words} {self._signed(opinion)}"

    def naranjo_note(self, opinion: Assessment) -> str:
        """Return where a category by Naranjo rests on no total."""
        by_it = opinion.method is CausalityMethod.NARANJO
        if by_it and sum_of(opinion.naranjo).total is None:
            return _("The Naranjo total is not complete any more.")
        return ""

    def listed(self, opinion: Assessment, sentence: str, others: Iterable[Assessment]) -> str:
        """Return the label's sentence, the label that was compared then, and others' answers."""
        lines = [sentence] if sentence else []
        if opinion.label:
            lines.append(_("Compared with: {label}.").format(label=opinion.label))
        lines += [_other_listed(o) for o in others if o.expectedness is not None]
        return "\n".join(lines)

    def derived(self, derived: Derived) -> str:
        """Return what the records say, with every fact it rests on; nothing while they are read."""
        if not derived.grounds:
            return ""
        facts = " ".join(
            _(g.words).format(at="" if g.at is None else self.when(g.at)) for g in derived.grounds
        )
        if derived.answer is None:
            return _("The records do not answer it. {facts}").format(facts=facts)
        return _("The records say: {answer}. {facts}").format(
            answer=_(derived.answer.words), facts=facts
        )


def _other_listed(opinion: Assessment) -> str:
    assert opinion.expectedness is not None  # noqa: S101 - asked before
    words = _("Also, by {name}: {answer}{label}.")
    label = f", {opinion.label}" if opinion.label else ""
    answer = _(opinion.expectedness.words)
    return words.format(name=opinion.assessor or "", answer=answer, label=label)


def generic_words(grades: Sequence[TermGrades], chosen: Severity | None) -> str:
    """Return what the grades mean in general; nothing where an edition says more of the event."""
    if grades:
        return ""
    if chosen is not None:
        words = _("Grade {digit}, in general: {words}.")
        return words.format(digit=chosen.value, words=_(GENERIC[chosen]))
    return "\n".join(f"{grade.value}  {_(words)}" for grade, words in GENERIC.items())


def differs_note(answered: Answered) -> str:
    """Return what is said where a person stated another thing than the records say."""
    if not answered.differs or answered.derived.answer is None:
        return ""
    return _("Stated here; the records say: {answer}.").format(
        answer=_(answered.derived.answer.words)
    )


def offer_words(answered: Answered) -> str:
    """Return the words of the key that takes what the records say."""
    if answered.stated or answered.derived.answer is None:
        return ""
    return _("Take: {answer}").format(answer=_(answered.derived.answer.words))


def proposal_words(proposal: Expectedness | None, answer: Expectedness | None) -> str:
    """Return the words of the key that takes what the words alone say."""
    if proposal is None or answer is not None:
        return ""
    return _("Take: {answer}").format(answer=_(proposal.words))


def total_words(points: Sum) -> str:
    """Return ``Total +6: Probable``, or how many answers are missing for one."""
    if points.total is None or points.category is None:
        words = _("No total yet: {n} of {all} answered")
        return words.format(n=points.answered, all=len(points.points))
    return _("Total {total}: {category}").format(
        total=signed(points.total), category=_(points.category.words)
    )


def pair_words(product: str, opinion: Assessment) -> str:
    """Return ``Ketamine: Probable``, or that it is open."""
    name = product or _("Product not named")
    category = _(opinion.category.words) if opinion.category else _("open")
    return f"{name}: {category}"
