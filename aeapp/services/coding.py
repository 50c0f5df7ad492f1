"""Coding: terms found by typing, chosen by a person, and chosen for many events at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import ClassVar

from aeapp.domain.access import Deed
from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.grades import GradeBook, TermGrades
from aeapp.domain.coding.index import MOST_OFFERS, Coded, Offer, TermIndex
from aeapp.domain.coding.past import RECODED, recoded_facts
from aeapp.domain.coding.recoding import (
    Proposed,
    Recoding,
    coded_with,
    coding_in,
    recoding,
    with_coding,
)
from aeapp.domain.coding.terms import own_terms, release_terms
from aeapp.domain.records import Event, TermBlock, Terminology
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.terminology import TermEntry
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.ports import ChangedElsewhereError, NotFoundError, UnitOfWork
from aeapp.services.roles import refuse_others
from aeapp.services.sessions import of_kind

_AT_ONCE = 1000
_A_STEP = 50


class NoSuchTermError(RefusedError):
    """A code was to be stored that no loaded release has."""

    code: ClassVar[str] = "coding.no-such-term"

    def __init__(self) -> None:
        super().__init__(
            N_("This term is in no release that is in use."),
            remedy=N_("Search again and pick a term from the list."),
        )


class RetiredTermError(RefusedError):
    """A term was to be stored that its release no longer wants used.

    Attributes:
        instead: The term in use in its place; None where the release names none.
    """

    code: ClassVar[str] = "coding.retired-term"

    def __init__(self, retired: Coded, instead: Coded | None) -> None:
        remedy = _("Search for another term; the event keeps its words until then.")
        if instead is not None:
            remedy = _("Take the term in its place: {term} ({code}).").format(
                term=instead.term, code=instead.code
            )
        super().__init__(
            _("{name} {version} no longer wants the term {term} used.").format(
                name=_(retired.terminology.words), version=retired.edition, term=retired.term
            ),
            remedy=remedy,
        )
        self.instead = instead


class NoReleaseError(RefusedError):
    """Events were to be coded with a release that nobody loaded."""

    code: ClassVar[str] = "coding.no-release"

    def __init__(self) -> None:
        super().__init__(
            N_("This version of the terminology is not loaded."),
            remedy=N_("Load it in Library, Terms."),
            option=N_(
                "'import ctcae' or 'import meddra' loads it; 'terms list' tells what is loaded."
            ),
        )


class NothingConfirmedError(RefusedError):
    """Nobody ticked a line of the list."""

    code: ClassVar[str] = "coding.nothing-confirmed"

    def __init__(self) -> None:
        super().__init__(
            N_("No event of the list was confirmed; nothing was coded."),
            remedy=N_("Confirm the events that are right, then store them."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Recoded:
    """What was coded together.

    Attributes:
        number: Of the entry of the trail that names them together.
    """

    number: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of the releases, and of which state of them."""

    of: tuple[tuple[str, int], ...]
    index: TermIndex
    grades: GradeBook


class CodingService:
    """Search, choose and recode. The terms are read once and held, until a release is loaded."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        self._lock = Lock()
        self._known: _Known | None = None
        # The release that was coded with last, and its terms.
        self._coded_with: tuple[Terminology, TermIndex] | None = None

    def search(self, typed: str, most: int = MOST_OFFERS) -> tuple[Offer, ...]:
        """Return the terms that ``typed`` may mean, the likeliest first."""
        return self.index().find(typed, most)

    def index(self) -> TermIndex:
        """Return the terms of the own list and of the releases in use; on the reader thread."""
        return self._read().index

    def grades(self, words: str | None) -> tuple[TermGrades, ...]:
        """Return what each loaded edition of CTCAE says of the grades of an event or finding."""
        return self._read().grades.of(words)

    def code(self, event: Event, coded: Coded, how: HowFound, reason: str = "") -> Event:
        """Store the term that a person picked; one of the same terminology is replaced.

        Raises:
            NoSuchTermError: No release in use has it.
            RetiredTermError: Its release no longer wants it; the error names the one in its place.
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.CODE)
        index = self.index()
        if index.coded(coded.terminology, coded.code) != coded:
            raise NoSuchTermError
        if not coded.current:
            raise RetiredTermError(coded, index.instead_of(coded))
        with self._context.new_uow() as uow:
            done = uow.save(self._coded(event, coded, how), who=self._context.who, reason=reason)
            uow.commit()
        return done

    def uncode(self, event: Event, terminology: TerminologyName, reason: str) -> Event:
        """Take a code back; the trail keeps what it was.

        Raises:
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.CODE)
        kept = with_coding(event, terminology, None)
        with self._context.new_uow() as uow:
            done = uow.save(kept, who=self._context.who, reason=reason)
            uow.commit()
        return done

    def release(self, name: TerminologyName, edition: str = "") -> Terminology:
        """Return a loaded release: of this edition, or the one that new events are coded with.

        Raises:
            NoReleaseError: No such release is loaded.
        """
        with self._context.new_uow() as uow:
            found = of_kind(Terminology, uow.records.query("terminology"))
        named = [r for r in found if r.name is name]
        wanted = [r for r in named if (r.edition == edition if edition else r.current)]
        if not wanted:
            raise NoReleaseError
        return wanted[0]

    def proposals(self, terminology_id: str, progress: Progress | None = None) -> Recoding:
        """Return proposals for every event that has no code in this release; nothing is stored."""
        told = progress or NoProgress()
        with self._context.new_uow() as uow:
            (release,) = of_kind(Terminology, [uow.records.get("terminology", terminology_id)])
            ids = uow.records.ids("event")
            told.step(0, len(ids), "")
            index = self._terms_of(uow, release)
            events = (e for e in _watched(events_in(uow, ids), len(ids), told) if e.stands)
            return recoding(events, release, index, TermIndex(own_terms()))

    def search_in(
        self, terminology_id: str, typed: str, most: int = MOST_OFFERS
    ) -> tuple[Offer, ...]:
        """Return the terms in use of one release, newest or not, that ``typed`` may mean."""
        with self._context.new_uow() as uow:
            (release,) = of_kind(Terminology, [uow.records.get("terminology", terminology_id)])
            found = self._terms_of(uow, release).find(typed, most)
        return tuple(offer for offer in found if offer.coded.current)

    def _terms_of(self, uow: UnitOfWork, release: Terminology) -> TermIndex:
        with self._lock:
            held = self._coded_with
        if held is None or held[0].id != release.id:
            # A release never changes once it is loaded.
            held = release, TermIndex(release_terms(release, _entries(uow, release)))
            with self._lock:
                self._coded_with = held
        return held[1]

    def confirm(
        self,
        release: Terminology,
        chosen: Sequence[tuple[Proposed, Offer]],
        progress: Progress | None = None,
    ) -> Recoded:
        """Store the codes that a person confirmed, all or none, each with its own entry.

        One more entry names them together, with what each had, so that they can be put back.

        Raises:
            NothingConfirmedError: The list is empty.
            ChangedElsewhereError: An event was changed since the list was made.
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.RECODE)
        if not chosen:
            raise NothingConfirmedError
        told = progress or NoProgress()
        name, edition = release.name or TerminologyName.OWN, release.edition or ""
        reason = f"recoded in bulk: {name} {edition}"
        done: list[tuple[Event, Coding | None]] = []
        with self._context.new_uow() as uow:
            uow.lock()
            events = {e.id: e for e in events_in(uow, [p.event_id for p, _offer in chosen])}
            for n, (proposed, offer) in enumerate(chosen):
                # Stopped here, the unit of work ends without a commit: nothing is stored.
                told.step(n, len(chosen), "")
                was = _unchanged(events, proposed)
                now = self._coded(was, offer.coded, offer.how)
                saved = uow.save(now, who=self._context.who, reason=reason)
                done.append((saved, coding_in(was, release)))
            head = uow.trail.note(
                RECODED,
                who=self._context.who,
                entity=Terminology.KIND,
                entity_id=release.id,
                data=recoded_facts(name, edition, done),
            )
            uow.commit()
        return Recoded(head.seq, tuple(event for event, _had in done))

    def _coded(self, event: Event, coded: Coded, how: HowFound) -> Event:
        return coded_with(event, coded, how, self._context.who.name, self._context.minute())

    def _read(self) -> _Known:
        with self._lock, self._context.new_uow() as uow:
            releases = of_kind(Terminology, uow.records.query("terminology"))
            state = tuple((release.id, release.version) for release in releases)
            if self._known is None or self._known.of != state:
                self._known = _known(uow, releases, state)
            return self._known


def _known(
    uow: UnitOfWork, releases: Sequence[Terminology], state: tuple[tuple[str, int], ...]
) -> _Known:
    terms = list(own_terms())
    graded: list[tuple[Terminology, Iterable[TermEntry]]] = []
    for release in releases:
        is_ctcae = release.name is TerminologyName.CTCAE
        if not (release.current or is_ctcae):
            continue
        entries = _entries(uow, release)
        if release.current:
            terms += release_terms(release, entries)
        if is_ctcae:
            graded.append((release, entries))
    return _Known(state, TermIndex(terms), GradeBook(graded))


def _entries(uow: UnitOfWork, release: Terminology) -> list[TermEntry]:
    blocks = of_kind(TermBlock, uow.records.find("term_block", terminology_id=release.id))
    return [entry for block in sorted(blocks, key=_number) for entry in block.entries]


def _number(block: TermBlock) -> int:
    return block.number or 0


def events_in(uow: UnitOfWork, ids: Sequence[str]) -> Iterable[Event]:
    """Yield events by their ids, some at a time; one that is not there is left out."""
    for start in range(0, len(ids), _AT_ONCE):
        yield from of_kind(Event, uow.records.many("event", ids[start : start + _AT_ONCE]))


def _watched(events: Iterable[Event], total: int, told: Progress) -> Iterator[Event]:
    for n, event in enumerate(events):
        if n % _A_STEP == 0:
            told.step(n, total, "")
        yield event


def _unchanged(events: dict[str, Event], proposed: Proposed) -> Event:
    event = events.get(proposed.event_id)
    if event is None:
        raise NotFoundError("event")
    if event.version != proposed.version:
        raise ChangedElsewhereError("event", paths=(), who="", at="")
    return event
