"""The figures of the outcomes page in words, the same on the screen and on paper.

In a copy that leaves the clinic a group of one to four people is not told, nor is one whose rest is
that small, nor what either could be worked out from (``small_groups``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from aeapp.domain.outcomes.change import Figure, Kind
from aeapp.domain.outcomes.figures import FEW, SMALLEST_SHOWN, Proportion
from aeapp.domain.outcomes.harm import Frequency
from aeapp.domain.outcomes.intervals import Interval, Method
from aeapp.domain.outcomes.ladder import Ladder, Loss, Step
from aeapp.domain.outcomes.page import OutcomesPage
from aeapp.domain.outcomes.published import PublishedFigure, change_key, published_for
from aeapp.domain.outcomes.small_groups import (
    has_small,
    held_back,
    held_figures,
    is_small,
    told_steps,
)
from aeapp.kernel.i18n import N_, _

HIDDEN = N_("under {least}")
NOT_TOLD = N_("not told")
# How many are lost, where that is held back.
_SOME = N_("some")
_TENTH = 0.1


def hidden_words() -> str:
    """Return what stands where a group is too small to be told."""
    return _(HIDDEN).format(least=SMALLEST_SHOWN)


def is_hidden(found: Proportion, *, shared: bool) -> bool:
    """Tell whether a copy that leaves the clinic holds these people back."""
    return shared and has_small(found)


def percent(share: Fraction | float) -> str:
    """Return ``53.4``; below a tenth two decimals, so that a rare thing is not nothing."""
    value = float(share) * 100
    return f"{value:.2f}" if 0 < value < _TENTH * 10 else f"{value:.1f}"


def interval_words(interval: Interval | None) -> str:
    """Return ``44.9 to 61.8``, or ``at most 0.29``, in percent."""
    if interval is None:
        return ""
    if interval.method is Method.UPPER_ONLY:
        return _("at most {high}").format(high=percent(interval.high))
    return _("{low} to {high}").format(low=percent(interval.low), high=percent(interval.high))


def count_words(found: Proportion, *, shared: bool = False, held: bool = False) -> str:
    """Return ``70 / 131``; ``held`` where another count could be worked out from it."""
    if held or is_hidden(found, shared=shared):
        # Either group may be the small one, so that no word says which.
        return f"{_(NOT_TOLD)} / {people_words(found.denominator, shared=shared)}"
    return f"{found.numerator} / {found.denominator}"


def people_words(count: int, *, shared: bool = False) -> str:
    """Return a count of people, or that it is too small to be told."""
    return hidden_words() if shared and is_small(count) else f"{count:,}"


def few_words(found: Proportion, *, shared: bool = False) -> str:
    """Return the warning over a rate of few, or nothing."""
    if not found.few:
        return ""
    count = people_words(found.denominator, shared=shared)
    return _("few: {count}, under {few}").format(count=count, few=FEW)


def frequency_words(
    found: Frequency, unit: int = 1, *, at_most: bool = False, decimals: int = 1
) -> tuple[str, str]:
    """Return events for ``unit`` units of exposure, and the interval of it.

    With ``at_most`` not all exposure is known, so that the frequency is no higher than this.
    """
    value, interval = found.value, found.interval
    if value is None or interval is None:
        return _("no exposure"), ""
    if at_most:
        return _("at most {high}").format(high=f"{float(value) * unit:.{decimals}f}"), ""
    return f"{float(value) * unit:.{decimals}f}", _("{low} to {high}").format(
        low=f"{interval.low * unit:.{decimals}f}", high=f"{interval.high * unit:.{decimals}f}"
    )


# --- the ladder


@dataclass(frozen=True, slots=True)
class Rung:
    """One step in words.

    Attributes:
        name: What the step is, with the scale and threshold in it.
        count: How many reach it; None where a copy for outside does not tell it.
        share: Of those treated, 0 to 1; 0 where it is not told.
        losses: Why it is smaller than the one before, by design or by absence.
    """

    name: str
    count: int | None
    share: float
    losses: tuple[str, ...]

    @property
    def told(self) -> str:
        """Return the count in words."""
        return _(NOT_TOLD) if self.count is None else f"{self.count:,}"


_LOST: dict[Loss, tuple[Step, str]] = {
    Loss.EARLIER_COURSE: (Step.ELIGIBLE, N_("{count} in a course begun before")),
    Loss.OTHER_COURSE: (Step.ELIGIBLE, N_("{count} whose course began with another dose")),
    Loss.WINDOW_OPEN: (Step.ELIGIBLE, N_("{count} whose window is open")),
    Loss.NO_BASELINE: (Step.BASELINE, N_("{count} without")),
    Loss.BELOW_THRESHOLD: (Step.THRESHOLD, N_("{count} below {threshold}")),
    Loss.NO_FOLLOW_UP: (Step.FOLLOWED, N_("{count} without")),
    Loss.NO_TOTAL: (Step.COUNTED, N_("{count} without a total")),
}


def rungs(page: OutcomesPage, *, shared: bool = False) -> tuple[Rung, ...]:
    """Return the ladder from the top."""
    treated = page.ladder.at(Step.TREATED)
    told = told_steps(page.ladder) if shared else frozenset(Step)
    found, above = [], Step.TREATED
    for step in Step:
        count = page.ladder.at(step)
        share = count / treated if treated and step in told else 0.0
        losses = tuple(_losses(step, page, shared=shared, told={above, step} <= told))
        shown = count if step in told else None
        found.append(Rung(_step_words(step, page), shown, share, losses))
        above = step
    return tuple(found)


def _step_words(step: Step, page: OutcomesPage) -> str:
    design, scale = page.design, page.scale.name or ""
    match step:
        case Step.BASELINE:
            return _("{scale} before the first dose").format(scale=scale)
        case Step.THRESHOLD:
            return _("{scale} of {threshold} or more then").format(
                scale=scale, threshold=design.threshold
            )
        case Step.FOLLOWED:
            return _("{scale} at {first} to {last} days").format(
                scale=scale, first=design.window_from, last=design.window_to
            )
        case _:
            return _(step.words)


def _losses(step: Step, page: OutcomesPage, *, shared: bool, told: bool) -> Iterable[str]:
    """Yield who was lost at a step; ``told`` where it and the one above are told."""
    lost = [
        (words, count)
        for loss, (at, words) in _LOST.items()
        if at is step and (count := page.ladder.lost(loss))
    ]
    counts = [count for _words, count in lost]
    held = held_back(counts, [n for n, count in enumerate(counts) if shared and is_small(count)])
    for place, (words, count) in enumerate(lost):
        shown = _(_SOME) if place in held.parts or not told else people_words(count)
        yield _(words).format(count=shown, threshold=page.design.threshold)


def missing_words(ladder: Ladder, *, shared: bool = False) -> str:
    """Return the warning where people at the threshold have no outcome, or nothing."""
    if not ladder.missing:
        return ""
    whole = ladder.at(Step.THRESHOLD)
    if shared and (has_small(Proportion(ladder.missing, whole)) or not _tells_missing(ladder)):
        return _("Some of those at the threshold have no outcome.")
    return _("{missing} of {whole} ({percent} %) have no outcome. Read the range too.").format(
        missing=ladder.missing, whole=whole, percent=round(100 * ladder.missing / whole)
    )


def _tells_missing(ladder: Ladder) -> bool:
    """Tell whether a copy for outside may say how many at the threshold there are."""
    return Step.THRESHOLD in told_steps(ladder)


# --- the rates


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One row of the interval plot; shares from 0 to 1.

    Attributes:
        kind: Which figure.
        name: In words.
        definition: What it means.
        counts: ``70 / 131``.
        figures: Rate and interval, or why there is none.
        range: The range of the missing.
        of_treated: The rate among all who were treated.
        share: Where the square stands; None for none.
        interval: The line.
        low, high: The ends of the grey band; None where it is not shown.
        published: Figures of others.
        few: A warning, or nothing.
    """

    kind: Kind
    name: str
    definition: str
    counts: str
    figures: str
    range: str
    of_treated: str
    share: float | None
    interval: Interval | None
    low: float | None
    high: float | None
    published: tuple[PublishedFigure, ...]
    few: str


def plot_rows(page: OutcomesPage, *, shared: bool = False) -> tuple[PlotRow, ...]:
    """Return the rows of the plot."""
    copy = _Copy(
        shared=shared,
        held=held_figures(page.figures) if shared else frozenset(),
        with_range=not shared or _tells_missing(page.ladder),
    )
    return tuple(_plot_row(figure, page.scale.name or "", copy) for figure in page.figures)


@dataclass(frozen=True, slots=True)
class _Copy:
    """What a copy holds back of the rates.

    Attributes:
        shared: Whether it leaves the clinic.
        held: The rates that are not told.
        with_range: Whether the range that the missing could make is told.
    """

    shared: bool
    held: frozenset[Kind]
    with_range: bool


def _plot_row(figure: Figure, scale: str, copy: _Copy) -> PlotRow:
    counted, hidden = figure.counted, figure.kind in copy.held
    share = counted.share
    low, high = figure.range.low.share, figure.range.high.share
    if not copy.with_range:
        low = high = None
    shown = share is not None and not hidden
    return PlotRow(
        kind=figure.kind,
        name=_(figure.kind.words),
        definition=figure.definition,
        counts=count_words(counted, shared=copy.shared, held=hidden),
        figures=_figures(counted, hidden=hidden),
        range=""
        if low is None or high is None or hidden
        else _("{low} to {high}").format(low=percent(low), high=percent(high)),
        of_treated=""
        if hidden or figure.of_treated.share is None
        else _("{percent} of {treated:,} treated").format(
            percent=percent(figure.of_treated.share), treated=figure.of_treated.denominator
        ),
        share=float(share) if share is not None and shown else None,
        interval=counted.interval if shown else None,
        low=None if low is None or hidden else float(low),
        high=None if high is None or hidden else float(high),
        published=published_for(change_key(scale, figure.kind)),
        few=few_words(counted, shared=copy.shared),
    )


def _figures(counted: Proportion, *, hidden: bool) -> str:
    if counted.share is None:
        return _("nobody counted")
    if hidden:
        return _(NOT_TOLD)
    if not counted.numerator:
        return _("none seen, {limit}").format(limit=interval_words(counted.interval))
    return f"{percent(counted.share)} ({interval_words(counted.interval)})"


def published_words(figure: PublishedFigure) -> str:
    """Return ``McInnes 2022: 53.6 % of 537 (IV ketamine, 178 practices in the US)``."""
    people = (
        _("of {people:,}").format(people=figure.people) if figure.people else _("(n not printed)")
    )
    return f"{figure.study}: {figure.percent} % {people} ({figure.population})"


def studies_words(rows: Iterable[PlotRow]) -> str:
    """Return the studies behind the diamonds, each once with its people."""
    studies = {
        figure.study: figure
        for row in rows
        for figure in row.published
        if figure.people is not None
    }
    return "; ".join(
        _("{study}, {population}, n = {people:,}").format(
            study=study, population=figure.population, people=figure.people
        )
        for study, figure in studies.items()
    )


def rung_words(rung: Rung) -> str:
    """Return a step in one line, for who does not see the bar."""
    lost = f" ({', '.join(rung.losses)})" if rung.losses else ""
    return f"{rung.name}: {rung.told}{lost}"


def row_words(row: PlotRow) -> str:
    """Return a row of the plot in one line, for who does not see the marks."""
    parts = [f"{row.name} ({row.definition}): {row.counts}", row.figures]
    if row.range:
        parts.append(_("if missing {range}").format(range=row.range))
    parts += [row.of_treated, row.few, *map(published_words, row.published)]
    return "; ".join(part for part in parts if part)
