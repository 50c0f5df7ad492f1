"""Events beside the benefit: per 100 sessions, per patient, per gram, by term and grade.

An event is counted under the term as told or as coded, whoever it is thought to come from: no
judgement of cause takes one out. Events without a session stand beside as their own count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.intervals import Interval, rate

_MG_IN_GRAM = 1000


@dataclass(frozen=True, slots=True)
class Occurred:
    """One event of a treated person in the period.

    Attributes:
        event_id: Which.
        patient_id: Whose.
        session_id: In which session; None for one outside any.
        term: The preferred term where coded, else the words as told.
        grade: 1 to 5 as a person set it; None where nobody has.
        serious: Whether one of the criteria is ticked; None where nobody has answered.
        stopped: Whether treatment was stopped for it.
        names: Terms of the event list that its words or its codes are.
        on: The day of its onset; None where it is not known to the day.
    """

    event_id: str
    patient_id: str
    session_id: str | None
    term: str
    grade: int | None
    serious: bool | None
    stopped: bool = False
    names: frozenset[str] = frozenset()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was given in the period.

    Attributes:
        sessions: Sessions with a dose.
        patients: People with a dose.
        milligrams: The sum of the known amounts.
        unknown_doses: Doses whose amount is not known; the rate per gram leaves them out.
    """

    sessions: int
    patients: int
    milligrams: Decimal
    unknown_doses: int = 0

    @property
    def grams(self) -> Fraction:
        """Return the amount in grams, exactly."""
        return Fraction(self.milligrams) / _MG_IN_GRAM


@dataclass(frozen=True, slots=True)
class Frequency:
    """Events over an exposure; ``interval`` is None where there is no exposure."""

    events: int
    exposure: Fraction

    @property
    def value(self) -> Fraction | None:
        """Return events a unit of exposure."""
        return self.events / self.exposure if self.exposure else None

    @property
    def interval(self) -> Interval | None:
        """Return the exact interval of Garwood."""
        return rate(self.events, self.exposure) if self.exposure else None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term of the table.

    Attributes:
        term: The term.
        events: All events, outside sessions too.
        outside: Those outside any session.
        sessions: Sessions with at least one, out of all.
        patients: People with at least one, out of all.
        grades: Events by grade; None for those without.
        per_patient: Events over the people given a dose.
        per_gram: Events over grams given.
    """

    term: str
    events: int
    outside: int
    sessions: Proportion
    patients: Proportion
    grades: tuple[tuple[int | None, int], ...]
    per_patient: Frequency
    per_gram: Frequency

    def at_least(self, grade: int) -> int:
        """Return how many events have ``grade`` or more; those without a grade are not among."""
        return sum(count for found, count in self.grades if found is not None and found >= grade)


@dataclass(frozen=True, slots=True)
class Harm:
    """All that happened in the period."""

    exposure: Exposure
    events: tuple[Occurred, ...]

    @property
    def rows(self) -> tuple[TermRow, ...]:
        """Return a row a term, the one with most sessions first."""
        groups: dict[str, list[Occurred]] = {}
        for event in self.events:
            groups.setdefault(event.term, []).append(event)
        rows = [self._row(term, events) for term, events in groups.items()]
        return tuple(sorted(rows, key=lambda row: (-row.sessions.numerator, -row.events, row.term)))

    @property
    def serious(self) -> tuple[Occurred, ...]:
        """Return the serious ones."""
        return tuple(event for event in self.events if event.serious)

    @property
    def not_assessed(self) -> int:
        """Return of how many nobody has said yet whether they are serious."""
        return sum(event.serious is None for event in self.events)

    @property
    def stopped(self) -> Proportion:
        """Return the people whose treatment was stopped for an event."""
        return self._people([event for event in self.events if event.stopped])

    @property
    def per_gram(self) -> Frequency:
        """Return all events over the grams given."""
        return Frequency(len(self.events), self.exposure.grams)

    @property
    def per_session(self) -> Frequency:
        """Return all events within sessions over the sessions; one session may have several."""
        within = sum(event.session_id is not None for event in self.events)
        return Frequency(within, Fraction(self.exposure.sessions))

    @property
    def per_patient(self) -> Frequency:
        """Return all events over the people treated."""
        return Frequency(len(self.events), Fraction(self.exposure.patients))

    def never_seen(self, terms: Iterable[str]) -> tuple[tuple[str, Proportion], ...]:
        """Return those of ``terms`` that were not seen, out of all sessions.

        What was told in one of the terms was seen, whatever somebody coded it as.
        """
        seen = {word.casefold() for event in self.events for word in (event.term, *event.names)}
        none = Proportion(0, self.exposure.sessions)
        return tuple((term, none) for term in terms if term.casefold() not in seen)

    def _row(self, term: str, events: Sequence[Occurred]) -> TermRow:
        grades: dict[int | None, int] = {}
        for event in events:
            grades[event.grade] = grades.get(event.grade, 0) + 1
        order = sorted(grades, key=lambda grade: (grade is None, grade or 0))
        return TermRow(
            term,
            len(events),
            sum(event.session_id is None for event in events),
            Proportion(
                len({event.session_id for event in events} - {None}), self.exposure.sessions
            ),
            self._people(events),
            tuple((grade, grades[grade]) for grade in order),
            Frequency(len(events), Fraction(self.exposure.patients)),
            Frequency(len(events), self.exposure.grams),
        )

    def _people(self, events: Iterable[Occurred]) -> Proportion:
        return Proportion(len({event.patient_id for event in events}), self.exposure.patients)
