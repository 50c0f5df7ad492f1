"""Make every sentence that the records of a case give, in the order of a narrative.

Only facts that a person entered are told. The same records give the same sentences.

Source:
    FDA's instructions for item B5: facts in time order; no names of people or institutions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from aeapp.domain.case import Case
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.narrative import of_course, of_doses, of_events, of_patient
from aeapp.domain.narrative.reading import Reader, Reading, name_of
from aeapp.domain.narrative.template import Template
from aeapp.domain.values import PartialDate, order_in_zone, zone_named

Moment = PartialDate | NullFlavor | None
Heads = Callable[[Case], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence as the records give it now.

    Attributes:
        key: Template, and the id of what it tells of.
        sources: Name and mark of each item it was made from, one on a line.
    """

    key: tuple[str, str]
    text: str
    sources: str


def _in_order(case: Case, branch: str, wanted: Sequence[tuple[Moment, int]]) -> list[str]:
    zone = zone_named(case.clinic.time_zone)

    def order(pair: tuple[Moment, int]) -> tuple[str, int]:
        at, n = pair
        return (order_in_zone(at, zone) if isinstance(at, PartialDate) else "~", n)

    return [f"{branch}[{n}]" for _at, n in sorted(wanted, key=order)]


def _once(_case: Case) -> Sequence[str]:
    return ("",)


def _suspects(case: Case) -> Sequence[str]:
    return [f"suspects[{n}]" for n, suspect in enumerate(case.suspects) if suspect.is_given]


def _doses(case: Case) -> Sequence[str]:
    found = [(g.started, n) for n, g in enumerate(case.administrations) if g.is_suspect]
    return _in_order(case, "administrations", found)


def _rescues(case: Case) -> Sequence[str]:
    treats = DrugRole.TREATMENT
    givings = enumerate(case.administrations)
    found = [(g.started, n) for n, g in givings if g.stands and g.role is treats]
    return _in_order(case, "administrations", found)


def _events(case: Case) -> Sequence[str]:
    return _in_order(case, "events", [(e.onset, n) for n, e in enumerate(case.events) if e.stands])


def _measures(case: Case) -> Sequence[str]:
    done = NoteKind.INTERVENTION
    found = [(x.at, n) for n, x in enumerate(case.notes) if x.stands and x.kind is done]
    return _in_order(case, "notes", found)


def _tests(case: Case) -> Sequence[str]:
    found = [(case.observations[n].at, n) for n in case.digest.laboratory]
    return _in_order(case, "observations", found)


def _each(branch: str, case: Case) -> Sequence[str]:
    return [f"{branch}[{n}]" for n in range(len(getattr(case, branch)))]


# What is told of, and by which templates, in the order of the narrative.
GROUPS: tuple[tuple[Heads, tuple[Template, ...]], ...] = (
    (
        _once,
        (of_patient.PERSON, of_patient.HISTORY, of_patient.CONDITIONS, of_patient.ALLERGIES),
    ),
    (_suspects, (of_doses.INDICATION,)),
    (_doses, (of_doses.DOSE, of_doses.CHANGES)),
    (_once, (of_patient.MEDICINES,)),
    (
        _events,
        (
            of_events.ONSET,
            of_events.SEVERITY,
            of_events.SERIOUSNESS,
            of_events.SITUATIONS,
            of_course.READINGS,
            of_events.COURSE,
        ),
    ),
    (_measures, (of_course.MEASURE,)),
    (_rescues, (of_doses.RESCUE,)),
    (_once, (of_patient.TREATED_WITH,)),
    (
        _events,
        (
            of_events.TREATMENT,
            of_events.ACTION,
            of_events.OUTCOME,
            of_events.DECHALLENGE,
            of_events.RECHALLENGE,
        ),
    ),
    (partial(_each, "sessions"), (of_course.AMBULANCE,)),
    (_tests, (of_course.TEST,)),
    (_events, (of_events.STATED,)),
    (partial(_each, "assessments"), (of_events.CAUSALITY, of_events.LISTING)),
)
TEMPLATES: dict[str, Template] = {t.id: t for _heads, some in GROUPS for t in some}


def drafts_of(case: Case) -> tuple[Draft, ...]:
    """Return every sentence that a settled case gives."""
    return tuple(_drafts(case))


def _drafts(case: Case) -> Iterator[Draft]:
    reading = Reading(case)
    for heads, templates in GROUPS:
        for head in heads(case):
            about = _about(case, head)
            for template in templates:
                reader = Reader(reading, template.reads)
                # A sentence is one line, whatever lines and tabs a value of it was typed with.
                text = " ".join((template.words(reader, head) or "").split())
                if text:
                    yield Draft((template.id, about), text, reader.kept())


def _about(case: Case, head: str) -> str:
    """Return a short name of what stands at ``head``, good wherever it stands later."""
    return name_of(case, head).partition("[")[2].rstrip("]").lstrip("@")
