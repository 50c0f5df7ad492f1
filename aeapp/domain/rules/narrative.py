"""Rules of the narrative: it says what the records say, and not who the patient is.

The codes are ours. An export waits for ``HOLD``; a draft is kept with whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aeapp.domain.case import Case
from aeapp.domain.destinations import CODED
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.narrative.keeping import narrative_of
from aeapp.domain.narrative.scan import Met, met_in
from aeapp.domain.rules.entering import BLOCKS, WARNS, Rulebook, finding, number_of
from aeapp.kernel.i18n import N_, _

BOOK = Rulebook(CODED)
RULES = BOOK.rules
NARRATIVE = "case.narrative"
STALE, FRESH, IDENTIFIER = "NR1", "NR2", "NR3"
# What an export waits for.
HOLD = frozenset({STALE, IDENTIFIER})


def holds_back(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that an export waits for."""
    return tuple(f for f in findings if f.code in HOLD and f.severity is Severity.BLOCKS)


# A sentence may be made from any record.
@BOOK.rule(
    STALE,
    "Clinic rule: a sentence says what its records say, or a person confirmed it",
    N_("Each sentence says what its records say, or a person confirmed it."),
    reads=(),
)
def not_stale(case: Case) -> Iterator[Finding]:
    """Name the sentences whose sources have changed since they were made."""
    if not case.case.sentences:
        return
    narrative = narrative_of(case)
    numbers = ", ".join(str(p.number) for p in narrative.stale if p.number)
    if numbers:
        words = _("Renew or keep what is stale in the narrative: sentence {numbers}.")
        yield finding(STALE, BLOCKS, "B5", NARRATIVE, words.format(numbers=numbers))
    if any(not p.number for p in narrative.stale):
        text = N_("Look at the narrative again: the records of a sentence left out have changed.")
        yield finding(STALE, BLOCKS, "B5", NARRATIVE, text)
    if narrative.fresh and narrative.is_drafted:
        text = N_("Renew the narrative: the records say more than it tells.")
        yield finding(FRESH, Severity.INFORMS, "B5", NARRATIVE, text)


@BOOK.rule(
    IDENTIFIER,
    "HIPAA 164.514(b)(2); 3500 B5: no names of people",
    N_("No text that goes out tells who the patient is."),
    reads=(),
)
def tells_nobody(case: Case) -> Iterator[Finding]:
    """Name each place of a text that tells who the patient is, with no word of it."""
    for met in met_in(case):
        if met.answer is None:
            severity = BLOCKS if met.found.sure else WARNS
            yield finding(IDENTIFIER, severity, number_of(met.path), met.path, _words(met))


def _words(met: Met) -> str:
    words = _("Take out {what} at character {n}, or say why it stays.")
    return words.format(what=_(met.found.what), n=met.found.begin + 1)
