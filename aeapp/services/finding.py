"""Find patients, sessions, events and reports by words; keep searches under a name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aeapp.domain.codelists.finding import FoundKind, FoundSerious
from aeapp.domain.finding.question import (
    READY,
    Answer,
    Hit,
    Question,
    as_stored,
    as_they_are,
)
from aeapp.domain.records import Event, Product, Report, SavedSearch
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.freezing import is_outdated
from aeapp.services.gathering import reports_of
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

EACH = 6
_LOOKED_AT = 100


class NamelessSearchError(RefusedError):
    """A search was to be kept without a name."""

    code = "search.nameless"

    def __init__(self) -> None:
        super().__init__(
            N_("A kept search needs a name."), remedy=N_("Type a name, then keep it again.")
        )


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A few hits of each kind, for the palette.

    Attributes:
        instead: Words that were looked for in place of mistyped ones, as (typed, used).
    """

    words: str
    hits: tuple[Hit, ...]
    instead: tuple[tuple[str, str], ...] = ()


class FindingService:
    """Looks for places; every answer is read from the clinic as it is at that moment."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        # Of approved reports, whether their records changed since; as of one entry of the trail.
        self._looked: tuple[int, dict[str, bool]] = (0, {})

    def few(self, words: str, *, each: int = EACH) -> Found:
        """Return the best hits of each kind."""
        with self._context.new_uow() as uow:
            hits = self._few(uow, words, each)
            question = Question(words=words)
            instead = () if hits or not question.asks else uow.finding.meant(question.typed)
            if instead:
                meant = dict(instead)
                used = " ".join(meant.get(word, word) for word in question.typed)
                hits = self._few(uow, used, each)
            uow.commit()  # what the search had to make first
        return Found(words, hits, instead if hits else ())

    def way(self, hit: Hit) -> tuple[FoundKind, str]:
        """Return where a hit is shown: an event in its session, its report or its chart."""
        if hit.kind != FoundKind.EVENT:
            return FoundKind(hit.kind), hit.id
        with self._context.new_uow() as uow:
            (event,) = of_kind(Event, [uow.records.get("event", hit.id)])
            if event.session_id:
                return FoundKind.SESSION, event.session_id
            reports = reports_of(uow, event.case_id) if event.case_id else []
        return (
            (FoundKind.REPORT, reports[0].id) if reports else (FoundKind.PATIENT, event.patient_id)
        )

    def find(self, question: Question) -> Answer:
        """Return all hits, with how many each fact would leave."""
        with self._context.new_uow() as uow:
            answer = self._answered(uow, question, uow.finding.find(as_stored(question)))
            uow.commit()  # what the search had to make first
        return answer

    def _answered(self, uow: UnitOfWork, question: Question, answer: Answer) -> Answer:
        """Return an answer in which reports stand as the lists show them."""
        approved = [h.id for h in answer.hits if h.kind == FoundKind.REPORT and h.state == READY]
        if not approved:
            # Nothing that was approved is there; who asked for what changed since finds nothing.
            return as_they_are(question, answer, ())
        head = uow.trail.head().seq
        if self._looked[0] != head:
            self._looked = (head, {})
        known = self._looked[1]
        unknown = [i for i in approved if i not in known]
        for report in of_kind(Report, uow.records.many("report", unknown)):
            known[report.id] = is_outdated(uow, report)
        return as_they_are(question, answer, {i for i in approved if known.get(i)})

    def _few(self, uow: UnitOfWork, words: str, each: int) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        for kind in FoundKind:
            question = Question(words=words, kinds=(kind.value,))
            found = uow.finding.find(question, most=_LOOKED_AT, quick=True)
            few = replace(found, hits=found.hits[:each])
            hits += self._answered(uow, question, few).hits
        return tuple(hits)

    def products(self) -> list[tuple[str, str]]:
        """Return id and name of the products, to narrow a search by."""
        with self._context.new_uow() as uow:
            found = of_kind(Product, uow.records.query("product", order_by=["name"]))
        return [(p.id, p.name or "") for p in found if isinstance(p.name, str)]

    # --- kept searches

    def kept(self) -> list[SavedSearch]:
        """Return the searches this person keeps, by name."""
        with self._context.new_uow() as uow:
            where = {"owner": self._context.who.user_name, "struck_reason": None}
            found = uow.records.query("saved_search", where=where, order_by=["name"])
        return list(of_kind(SavedSearch, found))

    def keep(self, name: str, question: Question) -> SavedSearch:
        """Keep ``question`` under ``name``; one of the same name is changed.

        Raises:
            NamelessSearchError: The name is empty.
        """
        if not name.strip():
            raise NamelessSearchError
        known = {kept.name: kept for kept in self.kept()}
        search = known.get(name.strip(), SavedSearch(name=name.strip()))
        search = replace(
            search,
            owner=self._context.who.user_name,
            words=question.words.strip() or None,
            kinds=frozenset(map(FoundKind, question.kinds)) or None,
            since=question.since,
            until=question.until,
            states=" ".join(question.states) or None,
            seriousness=frozenset(map(FoundSerious, question.serious)) or None,
            product_id=question.products[0] if question.products else "",
        )
        with self._context.new_uow() as uow:
            stored = uow.save(search, who=self._context.who)
            uow.commit()
        return stored

    def drop(self, search: SavedSearch) -> None:
        """Offer a kept search no longer."""
        struck = replace(search, struck_reason="no longer wanted")
        with self._context.new_uow() as uow:
            uow.save(struck, who=self._context.who)
            uow.commit()


def question_of(search: SavedSearch) -> Question:
    """Return the question that was kept."""
    return Question(
        words=search.words or "",
        kinds=tuple(sorted(search.kinds or ())),
        since=search.since,
        until=search.until,
        states=tuple((search.states or "").split()),
        serious=tuple(sorted(search.seriousness or ())),
        products=(search.product_id,) if search.product_id else (),
    )
