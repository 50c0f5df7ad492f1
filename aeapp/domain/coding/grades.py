"""The sentences of CTCAE for the grades of a term, to be read beside severity.

The program shows what an edition says and sets no grade: a number on a monitor is no grade, and two
editions grade the same reading differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aeapp.domain.chair.palette import term_of
from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import as_text
from aeapp.domain.records.event import Event
from aeapp.domain.records.terminology import TermEntry, Terminology
from aeapp.domain.slips import folded
from aeapp.kernel.i18n import N_

# The general meaning of the grades, for events of which no loaded edition says more; in our words.
GENERIC: dict[Severity, str] = {
    Severity.MILD: N_("slight or no symptoms, watched and not treated"),
    Severity.MODERATE: N_("little or local treatment; hinders errands, housework, using a phone"),
    Severity.SEVERE: N_(
        "medically significant, in hospital for it or disabling; hinders washing, dressing, eating"
    ),
    Severity.LIFE_THREATENING: N_("life-threatening consequences, treated at once"),
    Severity.DEATH: N_("death from the event"),
}
# A reading is a finding, for which CTCAE has no term; these are the ones that grade it. Only the
# sentences are read there: the event is never called so. By code of the own list, or by finding.
_GRADED_AS = {
    "bp-increased": "hypertension",
    "bp-decreased": "hypotension",
    "low-oxygen": "hypoxia",
    "fast-heartbeat": "sinus tachycardia",
    "slow-heartbeat": "sinus bradycardia",
    "heart rate increased": "sinus tachycardia",
    "heart rate decreased": "sinus bradycardia",
    "oxygen saturation decreased": "hypoxia",
}


@dataclass(frozen=True, slots=True)
class TermGrades:
    """What one edition says of the grades of one term.

    Attributes:
        term: The term of the edition, which may be another word than the event's.
        sentences: By severity; a grade that the term does not have is left out.
        same: The event has this very name; False where only the grading is borrowed.
    """

    edition: str
    term: str
    sentences: Mapping[Severity, str]
    definition: str = ""
    remark: str = ""
    same: bool = True


class GradeBook:
    """The graded terms of every loaded edition of CTCAE, the newest first."""

    def __init__(self, releases: Iterable[tuple[Terminology, Iterable[TermEntry]]]) -> None:
        self._editions = [
            (release.edition or "", {folded(e.term or ""): e for e in entries if _graded(e)})
            for release, entries in sorted(
                releases, key=lambda found: edition_key(found[0].edition), reverse=True
            )
        ]

    def of(self, words: str | None) -> tuple[TermGrades, ...]:
        """Return what each edition says of an event or finding; nothing where none has it.

        Args:
            words: A coded term of CTCAE, the words of an event, or a finding of the watch.
        """
        name = folded(words or "")
        own = term_of(words)
        borrowed = _GRADED_AS.get(own.code if own else name, "")
        found = []
        for edition, terms in self._editions:
            entry = terms.get(name) or terms.get(borrowed)
            if entry is not None:
                found.append(_told(edition, entry, same=name in terms))
        return tuple(found)


def graded_by(event: Event) -> str:
    """Return the words by which the grades of an event are found: its code in CTCAE, else its own.

    Only a code that a person gave counts.
    """
    named = (c.term for c in event.codings if c.terminology is TerminologyName.CTCAE)
    return next(named, None) or as_text(event.verbatim)


def _graded(entry: TermEntry) -> bool:
    return entry.level is TermLevel.EVENT


def _told(edition: str, entry: TermEntry, *, same: bool) -> TermGrades:
    texts = (entry.grade1, entry.grade2, entry.grade3, entry.grade4, entry.grade5)
    sentences = {grade: text for grade, text in zip(Severity, texts, strict=True) if text}
    return TermGrades(
        edition, entry.term or "", sentences, entry.definition or "", entry.remark or "", same
    )


def edition_key(edition: str | None) -> tuple[int, ...]:
    """Return what sorts editions as numbers: 9.1 before 28.0."""
    parts = (edition or "").split(".")
    return tuple(int(part) if part.isdigit() else 0 for part in parts)
