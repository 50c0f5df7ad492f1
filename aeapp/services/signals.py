"""Signals: products against terms, over the clinic's own cases or over a reference set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aeapp.domain.chair.doses import substance_of
from aeapp.domain.listing_specs import told_term
from aeapp.domain.outcomes.disproportionality import CountedCase, Pairing, pairings
from aeapp.domain.outcomes.published import PublishedFigure
from aeapp.domain.outcomes.published_file import read_published
from aeapp.domain.outcomes.reference_set import read_reference_set
from aeapp.domain.records import Event, Product
from aeapp.domain.records.administration import SUSPECT_ROLES
from aeapp.kernel.files import read_whole
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

LIMIT = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Signals:
    """What was compared.

    Attributes:
        pairs: Products with terms, the highest lower bound first.
        cases: Of how many cases.
        beside: Products taken beside, which are never counted.
        without_role: Products of which nobody said what they were.
    """

    pairs: tuple[Pairing, ...]
    cases: int
    beside: int = 0
    without_role: int = 0


class SignalService:
    """Compare what was reported with what; nothing is stored."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def own(self) -> Signals:
        """Return the comparison over the clinic's own cases.

        An event without a case counts with its session; one without either with its patient.
        """
        with self._context.new_uow() as uow:
            cases = _own_cases(uow)
        return Signals(pairings(cases), len(cases))

    def reference(self, path: Path) -> Signals:
        """Return the comparison over the cases of a file.

        Raises:
            FileTroubleError: It cannot be read, or is larger than 100 MB.
            ImportRejected: It is no such table; every problem has its line.
        """
        found = read_reference_set(read_whole(path, LIMIT))
        return Signals(pairings(found.cases), len(found.cases), found.beside, found.without_role)

    def published(self, path: Path) -> tuple[tuple[tuple[int, PublishedFigure], ...], int]:
        """Return the shares of a table of published figures with their lines, and how many others.

        Raises:
            FileTroubleError: It cannot be read.
            ImportRejected: It is no such table; every problem has its line.
        """
        table = read_published(read_whole(path, LIMIT))
        return table.figures, table.others


def _own_cases(uow: UnitOfWork) -> list[CountedCase]:
    terms: dict[str, set[str]] = {}
    sessions: dict[str, set[str]] = {}
    for event in of_kind(Event, uow.records.query("event")):
        if event.stands and (term := told_term(event)):
            unit = event.case_id or event.session_id or event.patient_id
            terms.setdefault(unit, set()).add(term)
            sessions.setdefault(unit, set()).update({event.case_id, event.session_id} - {""})
    given = _given(uow)
    return [
        CountedCase(
            frozenset(name for place in sorted(sessions[unit]) for name in given.get(place, ())),
            frozenset(found),
        )
        for unit, found in terms.items()
    ]


def _given(uow: UnitOfWork) -> dict[str, set[str]]:
    """Return the suspect products by session and by case."""
    names = {p.id: substance_of(p) for p in of_kind(Product, uow.records.query("product"))}
    given: dict[str, set[str]] = {}
    cells = uow.records.cells(
        "administration", ("session_id", "case_id", "product_id", "role", "struck_reason")
    )
    for _id, session, case, product, role, struck in cells:
        if not struck and role in SUSPECT_ROLES and names.get(product):
            for place in {session, case} - {""}:
                given.setdefault(place, set()).add(names[product])
    return given
