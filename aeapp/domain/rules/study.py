"""Study cases: what was given stays as blinded as it was, and the sponsor is who is told."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import ClinicDuty, Destination, Obligation
from aeapp.domain.destinations import CODED
from aeapp.domain.findings import Finding
from aeapp.domain.records import Study
from aeapp.domain.rules.entering import BLOCKS, WARNS, Rulebook, finding
from aeapp.kernel.i18n import N_

BOOK = Rulebook(CODED)
RULES = BOOK.rules
# In these roles the clinic itself owes the report to FDA.
_OWES_FDA = frozenset({ClinicDuty.SPONSOR_INVESTIGATOR, ClinicDuty.EXEMPT_STUDY})


def study_of_case(case: Case) -> Study | None:
    """Return the study that a case belongs to: the one it names, else that of its product."""
    wanted = [case.case.study_id, *(s.product.study_id for s in case.suspects)]
    by_id = {study.id: study for study in case.studies}
    return next((by_id[i] for i in wanted if i in by_id), None)


_OF_A_STUDY = ("suspects", "case.study_id", "studies")


@BOOK.rule(
    "V29",
    "21 CFR 312.64; E2B(R3) G.k.2.5",
    N_("A blinded study drug stands in the report as blinded as it was given."),
    reads=_OF_A_STUDY,
)
def blinded(case: Case) -> Iterator[Finding]:
    """Keep a blinded study drug from standing as what it probably was."""
    study = study_of_case(case)
    if study is None or study.blinded is not True:
        return
    others = [n for n, s in enumerate(case.suspects) if s.product.study_id != study.id]
    if len(others) == len(case.suspects):
        text = N_("Name the study drug as it was given, blinded; a guess breaks the blind.")
        yield finding("V29", BLOCKS, "D1", "suspects[0].product.name", text)
        return
    for n in others:
        text = N_("Check this product: beside a blinded study drug it must be another drug.")
        yield finding("V29", WARNS, "D1", f"suspects[{n}].product.name", text)


@BOOK.rule(
    "V29",
    "21 CFR 312.64(b): the sponsor by the protocol",
    N_("Events of a study are told to its sponsor."),
    reads=("decisions", *_OF_A_STUDY),
)
def sponsor(case: Case) -> Iterator[Finding]:
    """Ask that the sponsor is told, and that FDA is not as a duty that the clinic does not have."""
    study = study_of_case(case)
    if study is None or study.duty in _OWES_FDA:
        return
    for n, decision in enumerate(case.decisions):
        to = decision.destinations or frozenset()
        owed = decision.obligation is Obligation.DUTY
        if to and Destination.SPONSOR not in to:
            text = N_("Tell the sponsor: events of a study go there by the protocol.")
            yield finding("V29", BLOCKS, "", f"decisions[{n}].destinations", text)
        elif owed and Destination.FDA in to:
            text = N_("A report to FDA about a study drug is no duty of the clinic; the sponsor's.")
            yield finding("V29", WARNS, "", f"decisions[{n}].obligation", text)
