"""What an import of readings would do, or did, in sentences."""

from __future__ import annotations

import datetime as dt

from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.i18n import _
from aeapp.services.importing_vitals import ImportedVitals
from forms.bars import day_words
from forms.models.vitals import time_words


def summary_lines(done: ImportedVitals, title: str, zone: dt.tzinfo) -> list[str]:
    """Return what an import would do, or did, in sentences; no value is shown.

    Times are those of the clocks of ``zone``.
    """
    took = _("Took in") if done.applied else _("Would take in")
    lines = [
        _("{took} {n} readings of {rows} rows; {why}.").format(
            took=took, n=done.observations - done.already_here, rows=done.rows, why=done.why
        ),
        _("Layout: {title}.").format(title=title),
        _("Rows kept {kept}, skipped {skipped}, with a question {questioned}.").format(
            kept=done.kept, skipped=done.skipped, questioned=done.questioned
        ),
    ]
    if done.first:
        lines.append(
            _span(
                in_zone(PartialDate.from_iso(done.first), zone),
                in_zone(PartialDate.from_iso(done.last), zone),
            )
        )
    lines += [one if n == 1 else more.format(n=n) for n, one, more in _counted(done) if n]
    lines += [_no_signal(what, n, done.zeros[what]) for what, n in done.no_signal.items()]
    return lines


def _span(first: PartialDate, last: PartialDate) -> str:
    """Return ``From 14:05 to 14:25 on Mon 23 Nov 2026.``; both days where they differ."""
    begin, end = (time_words(at) for at in (first, last))
    day, other = (_day(at) for at in (first, last))
    if day != other:
        return _("From {day}, {begin} to {other}, {end}.").format(
            day=day, begin=begin, other=other, end=end
        )
    return _("From {begin} to {end} on {day}.").format(begin=begin, end=end, day=day)


def _day(at: PartialDate) -> str:
    return day_words(at.first_day())


def _counted(done: ImportedVitals) -> tuple[tuple[int, str, str], ...]:
    """Return how often something was met, with the sentence for one and for several."""
    return (
        (
            done.already_here,
            _("One reading is in the session already and stays as it is."),
            _("{n} readings are in the session already and stay as they are."),
        ),
        (
            done.differing,
            _("One says otherwise than a reading of the same moment; both are kept."),
            _("{n} say otherwise than a reading of the same moment; both are kept."),
        ),
        (
            done.duplicate,
            _("One row stands twice in the file; it is taken once."),
            _("{n} rows stand twice in the file; one of each is taken."),
        ),
        (
            done.converted,
            _("One reading was converted; the figure of the file is kept beside."),
            _("{n} readings were converted; the figure of the file is kept beside."),
        ),
        (
            done.elsewhere,
            _("One row lies on another day and is left out."),
            _("{n} rows lie on other days and are left out."),
        ),
        (
            done.before,
            _("One reading lies before the session began."),
            _("{n} readings lie before the session began."),
        ),
        (
            done.after,
            _("One reading lies after the session ended."),
            _("{n} readings lie after the session ended."),
        ),
    )


def _no_signal(what: str, rows: int, figures: int) -> str:
    words = _("{what}: no signal in one row, {figures} zeros.")
    if rows > 1:
        words = _("{what}: no signal in {rows} rows, {figures} zeros.")
    elif figures == 1:
        words = _("{what}: no signal in one row, one zero.")
    return words.format(what=what, rows=rows, figures=figures)


def question_lines(done: ImportedVitals) -> list[str]:
    """Return what a person has to look at, before everything else; empty without any."""
    if not done.questions:
        return []
    head = _("{n} readings to be looked at. They are kept as they stand in the file, marked, and")
    if len(done.questions) == 1:
        head = _("One reading to be looked at. It is kept as it stands in the file, marked, and")
    rest = _("neither drawn nor watched until somebody says that it is right:")
    return [f"{head.format(n=len(done.questions))} {rest}", *done.questions, ""]
