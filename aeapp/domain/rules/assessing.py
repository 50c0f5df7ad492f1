"""Rules of the assessment: what was judged has a judge, a method and a label behind it.

The codes are ours; none of these stops a voluntary report.
"""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.assessment.naranjo import AS_CAUSALITY, POINTS, sum_of
from aeapp.domain.assessment.recording import pairs_of
from aeapp.domain.assessment.seriousness import is_serious
from aeapp.domain.case import Case
from aeapp.domain.codelists.assessment import CausalityMethod, Expectedness, SpecialSituation
from aeapp.domain.codelists.safety import Outcome, ReportType, Seriousness
from aeapp.domain.destinations import CODED, FDA_FORMS, IND
from aeapp.domain.findings import Finding
from aeapp.domain.records import Assessment
from aeapp.domain.rules.entering import WARNS, Rulebook, finding
from aeapp.kernel.i18n import N_

BOOK = Rulebook(CODED)
RULES = BOOK.rules
# What the page of the assessment mends, and no box of the form.
OF_ASSESSMENT = frozenset({*(f"AS{n}" for n in range(1, 7)), "IN1", "IN4"})


@BOOK.rule(
    "AS1",
    "Clinic rule: a serious event has an opinion on its cause",
    N_("A serious event has an opinion on its cause."),
    reads=("events", "suspects", "assessments"),
    # The sponsor of a study asks for more: IN1.
    to=CODED - {IND},
)
def caused(case: Case) -> Iterator[Finding]:
    """Ask for causality where an event is serious."""
    open_events = {
        pair.place for pair in pairs_of(case) if is_serious(pair.event) and not pair.is_judged
    }
    for n in sorted(open_events):
        text = N_("Give the causality of the serious event for each suspect product.")
        yield finding("AS1", WARNS, "", f"events[{n}].stated_causality", text)


def _answers(case: Case) -> Iterator[tuple[str, Assessment]]:
    return ((f"assessments[{n}]", a) for n, a in enumerate(case.assessments))


@BOOK.rule(
    "AS2",
    "Clinic rule: an opinion has a name, a time and a method",
    N_("An opinion has a name, a time and a method."),
    reads=("assessments",),
)
def signed_for(case: Case) -> Iterator[Finding]:
    """Ask who assessed, when, and by which method."""
    for path, opinion in _answers(case):
        if opinion.category is None and opinion.expectedness is None:
            continue
        if not opinion.assessor:
            yield finding("AS2", WARNS, "", f"{path}.assessor", N_("Name who assessed the event."))
        if opinion.assessed_at is None:
            text = N_("Say when the event was assessed.")
            yield finding("AS2", WARNS, "", f"{path}.assessed_at", text)
        if opinion.category is not None and opinion.method is None:
            text = N_("Say by which method the causality was reached.")
            yield finding("AS2", WARNS, "", f"{path}.method", text)


@BOOK.rule(
    "AS3",
    "Naranjo 1981: the total is that of ten answers",
    N_("A Naranjo total is that of ten answers."),
    reads=("assessments",),
)
def all_ten(case: Case) -> Iterator[Finding]:
    """Ask for the rest of the ten answers once one is given, or where the method rests on them."""
    for path, opinion in _answers(case):
        points = sum_of(opinion.naranjo)
        by_it = opinion.method is CausalityMethod.NARANJO
        if (points.answered or by_it) and points.total is None:
            first = next(name for name, p in zip(POINTS, points.points, strict=True) if p is None)
            text = N_("Answer the rest of the Naranjo questions; unknown is an answer.")
            yield finding("AS3", WARNS, "", f"{path}.naranjo.{first}", text)


@BOOK.rule(
    "AS4",
    "Clinic rule: a category by Naranjo is that of its total",
    N_("A category by Naranjo is that of its total."),
    reads=("assessments",),
)
def as_the_total(case: Case) -> Iterator[Finding]:
    """Name a category that is said to be by Naranjo and is not that of the total."""
    for path, opinion in _answers(case):
        meant = sum_of(opinion.naranjo).category
        if meant is None or opinion.method is not CausalityMethod.NARANJO:
            continue
        if opinion.category is not AS_CAUSALITY[meant]:
            text = N_("Compare the causality with the Naranjo total, or change the method.")
            yield finding("AS4", WARNS, "", f"{path}.category", text)


@BOOK.rule(
    "AS5",
    "Clinic rule: listed is listed in a label of a date",
    N_("What is listed or not is so in a label of a date."),
    reads=("assessments",),
)
def by_which_label(case: Case) -> Iterator[Finding]:
    """Ask for the label where an event is said to be listed in it, or not."""
    for path, opinion in _answers(case):
        compared = opinion.expectedness in (Expectedness.LISTED, Expectedness.NOT_LISTED)
        if compared and not opinion.label:
            text = N_("Name the label and its version or date.")
            yield finding("AS5", WARNS, "", f"{path}.label", text)


@BOOK.rule(
    "AS6",
    "3500 B2; E2B(R3) E.i.7",
    N_("Outcome and seriousness agree on a death."),
    reads=("events",),
)
def fatal(case: Case) -> Iterator[Finding]:
    """Compare a fatal outcome with the criterion of death."""
    for n, event in enumerate(case.events):
        met = event.seriousness if isinstance(event.seriousness, frozenset) else None
        if met is None or event.outcome is None:
            continue
        if (event.outcome is Outcome.FATAL) != (Seriousness.DEATH in met):
            text = N_("Compare outcome and seriousness: one of them says the patient died of it.")
            yield finding("AS6", WARNS, "", f"events[{n}].outcome", text)


_TYPES = {
    SpecialSituation.MEDICATION_ERROR: ReportType.ERROR,
    SpecialSituation.WRONG_ROUTE: ReportType.ERROR,
    SpecialSituation.QUALITY: ReportType.PRODUCT_PROBLEM,
}


@BOOK.rule(
    "AS7",
    "3500 B1",
    N_("A special situation goes with its type of report."),
    reads=(
        "events",
        "case.types",
    ),
    to=FDA_FORMS,
)
def said_by_the_type(case: Case) -> Iterator[Finding]:
    """Ask for the box of B1 that a special situation goes with."""
    types = case.case.types or frozenset()
    for n, event in enumerate(case.events):
        found = event.situations if isinstance(event.situations, frozenset) else frozenset()
        missing = {_TYPES[s] for s in found if s in _TYPES} - types
        for kind in sorted(missing):
            text = (
                N_("Check the type of report: the event is a medication error.")
                if kind is ReportType.ERROR
                else N_("Check the type of report: the event came with a quality defect.")
            )
            yield finding("AS7", WARNS, "B1", f"events[{n}].situations", text)
