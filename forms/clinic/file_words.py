"""What is in the ZIP of a whole clinic, in lines that a person reads before it is taken in."""

from __future__ import annotations

import datetime as dt

from aeapp.kernel.i18n import _
from aeapp.services.clinic_archive import ClinicFile
from forms.bars import day_words


def file_lines(file: ClinicFile) -> list[str]:
    """Return whose clinic it is, when it was given out, what is in it, and what becomes of it."""
    return [*head_lines(file), "", *file.notes, *([""] if file.notes else []), *count_lines(file)]


def head_lines(file: ClinicFile) -> list[str]:
    """Return whose clinic it is, when it was given out and by which version."""
    clinic = file.clinic
    name = (clinic.name if clinic else "") or _("a clinic without a name")
    kind = _("PRACTICE clinic, invented people") if clinic and clinic.practice else _("real people")
    made = _("Given out {when} by {program}.").format(
        when=_day(file.made_at) or _("at an unknown time"),
        program=file.program or _("an unknown version"),
    )
    return [f"{name} ({kind})", made]


def count_lines(file: ClinicFile) -> list[str]:
    """Return how many records of each kind and how many files there are."""
    total = _("{n} records and {m} files:").format(
        n=f"{sum(file.counts.values()):,}", m=f"{file.contents:,}"
    )
    kinds = [f"{n:>9,}  {kind.replace('_', ' ')}" for kind, n in file.counts.items() if n]
    return [total, *kinds]


def _day(made_at: str) -> str:
    try:
        when = dt.datetime.fromisoformat(made_at)
    except ValueError:
        return ""
    return f"{day_words(when.date())}, {when:%H:%M} UTC"
