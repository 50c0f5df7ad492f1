"""The outcomes page on paper: who is counted, the rates, thoughts of suicide, harm, definitions."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.chair.rems import told
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.harm import Exposure, Harm, TermRow
from aeapp.domain.outcomes.harm_words import DEFINITIONS as HARM
from aeapp.domain.outcomes.harm_words import exposure_words, graded, limit_words, never_seen
from aeapp.domain.outcomes.ideation import Ideation
from aeapp.domain.outcomes.ideation_words import DEFINITION as IDEATION
from aeapp.domain.outcomes.ideation_words import published_lines, rate_words, unanswered_words
from aeapp.domain.outcomes.page import CAUTION, TITLE
from aeapp.domain.outcomes.small_groups import (
    HeldBack,
    held_changes,
    held_terms,
    held_unanswered,
    is_small,
)
from aeapp.domain.outcomes.words import (
    NOT_TOLD,
    count_words,
    frequency_words,
    hidden_words,
    interval_words,
    missing_words,
    people_words,
    percent,
    plot_rows,
    published_words,
    row_words,
    rung_words,
    rungs,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.outcomes import OutcomesFile
from exports.pdf.continuation import LEFT, RIGHT, Heading, Para
from exports.pdf.outcomes_plot import (
    CONTROL,
    cut_names,
    draw_control,
    draw_ladder,
    draw_plot,
    ladder_height,
    plot_height,
)
from exports.pdf.session_words import LABEL
from exports.pdf.sheets import Part, Picture, Row, Table

_TERMS = (("Event", 0.26), ("Events", 0.08), ("Sessions with it", 0.16), ("per 100", 0.09),
          ("95 %", 0.15), ("Graded 3+", 0.11), ("Without grade", 0.15))  # fmt: skip
_GRADED = (("Event", 0.235), ("1", 0.04), ("2", 0.04), ("3", 0.04), ("4", 0.04), ("5", 0.04),
           ("None", 0.065), ("Per person", 0.11), ("95 %", 0.14), ("Per gram", 0.11),
           ("95 %", 0.14))  # fmt: skip
_MONTHS = (("Month", 0.2), ("Sessions with it", 0.25), ("per 100", 0.15), ("Limits", 0.25),
           ("Outside", 0.15))  # fmt: skip

__all__ = ["TITLE", "parts", "subtitle"]


def subtitle(file: OutcomesFile) -> str:
    """Return whose page it is and of which days."""
    return f"{told(file.clinic.name)}; {_days(file)}. {_(CAUTION)}"


def parts(file: OutcomesFile) -> list[Part]:
    """Return the page: the ladder before the rates, harm beside them, every definition."""
    page, shared = file.page, file.shared
    steps, rows = rungs(page, shared=shared), plot_rows(page, shared=shared)
    warning = missing_words(page.ladder, shared=shared)
    return [
        Heading("Who is counted"),
        _line("Records", f"As they stood on {show_date(file.as_of)}."),
        *_chosen(file),
        Picture(
            ladder_height(steps),
            lambda pen, x, y, w: draw_ladder(pen, steps, x, y, w),
            "; ".join(rung_words(step) for step in steps),
        ),
        *map(Para, cut_names(steps, RIGHT - LEFT)),
        *([Para(warning)] if warning else []),
        Heading(f"Outcomes: {page.scale.name}"),
        Picture(
            plot_height(rows),
            lambda pen, x, y, w: draw_plot(pen, rows, x, y, w),
            "; ".join(row_words(row) for row in rows),
        ),
        *_ideation(page.ideation, shared=shared),
        *_harm(page.harm, shared=shared),
        *_pressure(file),
        *_definitions(file),
    ]


def _line(name: str, text: str) -> Para:
    return Para(text, label=name, column=LABEL)


def counted(count: int, one: str, rest: str = "") -> str:
    """Return ``1 dose of unknown amount`` or ``2 doses of unknown amount``."""
    return f"{count} {one}{'' if count == 1 else 's'} {rest}".rstrip()


def _days(file: OutcomesFile) -> str:
    first, last = (PartialDate.of(day) for day in (file.page.asked.first, file.page.asked.last))
    return f"{show_date(first)} to {show_date(last)}"


def _chosen(file: OutcomesFile) -> Iterator[Part]:
    """Yield what narrows the page, so that a part of the clinic does not read as all of it."""
    asked = file.page.asked
    prescribers = sorted(asked.prescribers)
    if file.shared and prescribers:
        prescribers = [f"{len(prescribers)} chosen, not named in this copy"]
    for name, chosen in (
        ("Only the route", [_(route.words) for route in SessionRoute if route in asked.routes]),
        ("Only the product", sorted(asked.substances)),
        ("Only the diagnosis", sorted(asked.indications)),
        ("Only the prescriber", prescribers),
    ):
        if chosen:
            yield _line(name, "; ".join(chosen))


def _ideation(found: Ideation | None, *, shared: bool) -> Iterator[Part]:
    if found is None:
        return
    yield Heading("Suicidal ideation, by the item of the scale")
    groups = (("gone", found.gone), ("less", found.less), ("same", found.same),
              ("worse", found.worse))  # fmt: skip
    # One hidden group beside three told ones could be worked out.
    some_small = shared and any(is_small(len(people)) for _name, people in groups)
    told_groups = (
        _(NOT_TOLD) if some_small else "; ".join(f"{name} {len(people)}" for name, people in groups)
    )
    had, had_none = (people_words(n, shared=shared) for n in (found.had, found.had_none))
    yield _line("Had it at baseline", f"{had} with an answer after: {told_groups}")
    hidden = held_unanswered(found) if shared else frozenset()
    lost = 0 if "lost" in hidden else len(found.lost)
    after = 0 if "without" in hidden else len(found.lost_without)
    held = held_changes(found) if shared else frozenset()
    for name, rate, which in (
        ("Any decrease", found.any_decrease, "decrease"),
        ("Increase", found.increase, "increase"),
    ):
        words = rate_words(rate, shared=shared, held=which in held, missing=lost)
        yield _line(name, words)
    yield _line("Had none at baseline", f"{had_none} with an answer after")
    yield _line("New ideation", rate_words(found.newly, shared=shared, missing=after))
    yield _line("Without an answer", unanswered_words(found, shared=shared))
    for which in ("decrease", "increase", "new"):
        for line in published_lines(which):
            yield _line(f"Published, {which}", line)


def _harm(harm: Harm, *, shared: bool) -> Iterator[Part]:
    given = harm.exposure
    sessions = counted(given.sessions, "session")
    few = shared and is_small(given.patients)
    held = held_terms(harm.rows) if shared else HeldBack(frozenset())
    people = f"{people_words(given.patients, shared=shared)} people"
    people = "1 person" if given.patients == 1 and not few else people
    yield Heading(f"Adverse events, of {sessions} and {people}")
    yield _line("Given", exposure_words(given, shared=shared))
    yield from _harm_tables(harm, held.parts)
    serious = Proportion(len({event.patient_id for event in harm.serious}), given.patients)
    yield _line("People with a serious event", rate_words(serious, shared=shared))
    if harm.not_assessed:
        yield _line("Not assessed", _unassessed(harm.not_assessed, shared=shared))
    yield _line("Stopped for an event", rate_words(harm.stopped, shared=shared))
    unseen, limit = never_seen(harm), limit_words(harm)
    if unseen and limit:
        yield _line("Not seen", f"{', '.join(unseen)}: {limit}")
    for name, found, unit, at_most in (
        ("Events per 100 sessions", harm.per_session, 100, False),
        ("Events per person", harm.per_patient, 1, False),
        ("Events per gram", harm.per_gram, 1, bool(given.unknown_doses)),
    ):
        value, interval = frequency_words(found, unit, at_most=at_most)
        if held.with_sum or (few and name == "Events per person"):
            value, interval = _(NOT_TOLD), ""
        yield _line(name, f"{value} ({interval})" if interval else value)


def _unassessed(count: int, *, shared: bool) -> str:
    if shared and is_small(count):
        return f"{hidden_words()} events: nobody said if they are serious"
    said = "it is" if count == 1 else "they are"
    return f"{counted(count, 'event')}: nobody said if {said} serious"


def _harm_tables(harm: Harm, held: frozenset[int]) -> Iterator[Part]:
    if not harm.rows:
        yield Para("None recorded.")
        return
    rows = [(row, n in held) for n, row in enumerate(harm.rows)]
    # Between two that are told its place would say how many a held-back one has.
    rows.sort(key=lambda found: (found[1], found[0].term if found[1] else ""))
    yield Table(_TERMS, tuple(_term(row, held=one) for row, one in rows))
    yield Para("The same events by severity, per person and per gram given:")
    given = harm.exposure
    yield Table(_GRADED, tuple(_graded(row, given, held=one) for row, one in rows))


def _graded(row: TermRow, given: Exposure, *, held: bool) -> Row:
    if held:
        return Row((row.term, *[""] * 6, _(NOT_TOLD), "", "", ""))
    person = frequency_words(row.per_patient, decimals=2)
    gram = frequency_words(row.per_gram, at_most=bool(given.unknown_doses), decimals=2)
    return Row((row.term, *(str(n) if n else "" for n in graded(row)), *person, *gram))


def _term(row: TermRow, *, held: bool) -> Row:
    share = row.sessions.share
    if held or share is None:
        return Row((row.term, _(NOT_TOLD) if held else str(row.events), "", "", "", "", ""))
    ungraded = sum(count for grade, count in row.grades if grade is None)
    return Row(
        (
            row.term,
            str(row.events),
            count_words(row.sessions),
            percent(share),
            interval_words(row.sessions.interval),
            str(row.at_least(3)),
            str(ungraded) if ungraded else "",
        )
    )


def _pressure(file: OutcomesFile) -> Iterator[Part]:
    chart = file.page.pressure
    if chart.centre is None or file.shared:
        return
    yield Heading("Sessions with a pressure event, by month (control chart)")
    yield Para(f"Mean of all: {percent(chart.centre)} per 100 sessions; limits at three sigma.")
    shown = "; ".join(f"{point.label}: {count_words(point.found)}" for point in chart.points)
    yield Picture(CONTROL, lambda pen, x, y, w: draw_control(pen, chart, x, y, w), shown)
    yield Table(
        _MONTHS,
        tuple(
            Row(
                (
                    point.label,
                    count_words(point.found),
                    percent(point.found.share or 0),
                    f"{percent(point.low)} to {percent(point.high)}",
                    "outside: look" if point.outside else "",
                )
            )
            for point in chart.points
        ),
    )


def _definitions(file: OutcomesFile) -> Iterator[Part]:
    page, design = file.page, file.page.design
    yield Heading("What the figures mean")
    yield _line(
        "Who",
        f"A course counts in the period in which it began and belongs to its first dose; after"
        f" {design.gap_days} days without a dose the next one begins another. The last score of"
        f" the {design.baseline_days} days before the first dose, or of its day, is the start;"
        f" the last one {design.window_from} to {design.window_to} days after it the outcome.",
    )
    for figure in page.figures:
        yield _line(_(figure.kind.words), figure.definition + ".")
    yield _line(
        "95 %",
        "Wilson's interval for people and sessions; an upper limit where none was seen; Garwood's"
        " exact interval for events over sessions, people and grams.",
    )
    yield _line(
        "If missing",
        "What the rate would be had it been true of none, or of all, of those at or above the"
        " threshold who have no outcome on record.",
    )
    if page.ideation is not None:
        yield _line("Suicidal ideation", _(IDEATION))
    for name, words in HARM:
        yield _line(_(name), _(words))
    for figure_row in plot_rows(page):
        for published in figure_row.published:
            yield _line(f"Published, {figure_row.name.lower()}", published_words(published))
    yield from _left_out(file)


def _left_out(file: OutcomesFile) -> Iterator[Part]:
    left = file.page.left_out
    for count, what in (
        (left.undated_doses, ("dose", "whose day is not known")),
        (left.undated_scores, ("score", "whose day is not known")),
        (left.undated_events, ("event", "outside sessions whose onset is not known to the day")),
        (left.other_editions, ("score", "by another edition of the scale")),
    ):
        if count:
            yield _line("In no figure", counted(count, *what))
    if file.shared:
        yield _line(
            "Small groups",
            f"Groups of one to four people are not told ({hidden_words()}), nor is what they"
            " could be worked out from.",
        )
