"""Section D.9 of a case: the date of a death, its causes, and what an autopsy found."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Patient
from aeapp.domain.records.death import CauseOfDeath
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import put

# Between several causes in one text.
BETWEEN = "; "


def death_of(message: Part, case: Case) -> None:
    """Put what is known of a death; nothing where nobody died."""
    patient, found = case.patient, case.happening.seriousness
    died = isinstance(found, frozenset) and Seriousness.DEATH in found
    causes = as_text(patient.death_cause) or patient.causes
    if not died and patient.deceased_on is None and not causes:
        return
    put(message, "D.9.1", patient.deceased_on)
    if "D.9.1" in message.values:
        # Beside the date of a death the question needs an answer, even that nobody asked (R0045).
        answer = NullFlavor.NASK if patient.autopsy is None else patient.autopsy
        put(message, "D.9.3", answer)
    for cause in _reported(patient):
        _cause(message, "D.9.2.r", cause)
    for cause in patient.causes:
        if cause.by_autopsy:
            _cause(message, "D.9.4.r", cause)


def _reported(patient: Patient) -> Iterator[CauseOfDeath]:
    """Yield the causes in the order of their words; one with a code is no second one."""
    known = [cause for cause in patient.causes if not cause.by_autopsy]
    said = as_text(patient.death_cause)
    for words in said.split(BETWEEN) if known else [said]:
        same = [cause for cause in known if as_text(cause.words) == words]
        yield same[0] if same else CauseOfDeath(words=words)
        known = [cause for cause in known if cause not in same]
    yield from known


def _cause(message: Part, group: str, cause: CauseOfDeath) -> None:
    told = (
        (f"{group}.1a", as_text(cause.meddra_edition)),
        (f"{group}.1b", as_text(cause.meddra_code)),
        (f"{group}.2", as_text(cause.words)),
    )
    row = message.add(group) if any(value for _number, value in told) else Part()
    for number, value in told:
        row.put(number, value)
