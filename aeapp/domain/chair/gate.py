"""The lists of a session: which questions apply, what answers them, what is still open.

Yes is always the safe answer. Not answered, no, unknown and not applicable stay four things; a
number never answers more than whether it lies under the ceiling that the clinic wrote down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from aeapp.domain.access import Deed, roles_of
from aeapp.domain.chair.gate_evidence import Facts, Told, pressure_words, pressures, told_to
from aeapp.domain.chair.protocols import questions_in
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer, AnswerSource, Applies, CheckKind, Evidence
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.domain.records import Check, Patient, Protocol
from aeapp.domain.records.protocol import Question
from aeapp.kernel.i18n import _

# Who may let a session go on although an answer stops it.
MAY_OVERRIDE = frozenset(roles_of(Deed.LIFT_STOP))


class State(Enum):
    """How one question stands."""

    UNANSWERED = "unanswered"
    YES = "yes"
    # Answered otherwise, and the reason is still to come.
    NEEDS_REASON = "needs-reason"
    # Answered otherwise with its reason; the session goes on.
    REASONED = "reasoned"
    # Answered otherwise, and nobody who may has let the session go on.
    STOPS = "stops"
    OVERRIDDEN = "overridden"

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done about the question."""
        return self in (State.UNANSWERED, State.NEEDS_REASON, State.STOPS)


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One question with its answer.

    Attributes:
        check: The answer as stored; None where the records answer or nobody did, and where another
            reading has opened the question again.
        says, shows: What the records answer now and its words, whatever was stored.
        reading: Id of the reading that is shown beside the question; empty where it is none.
        outdated: What was answered to an earlier reading, and which one came since; empty where
            the answer stands, or where the records say the same.
    """

    question: Question
    answer: Answer | NullFlavor | None
    told: str
    source: AnswerSource | None
    state: State
    check: Check | None = None
    says: Answer | None = None
    shows: str = ""
    reading: str = ""
    outdated: str = ""

    @property
    def code(self) -> str:
        """Return the name of the question."""
        return self.question.code or ""

    @property
    def is_told(self) -> bool:
        """Tell whether the records answer it, and no person did."""
        return self.answer is not None and (self.check is None or self.check.answer is None)

    @property
    def by_reading(self) -> bool:
        """Tell whether a reading stands behind the answer, whoever gave it."""
        return self.question.evidence in (Evidence.PRESSURE, Evidence.LAST_PRESSURE)

    @property
    def waits(self) -> bool:
        """Tell whether a reading is to answer it that was not taken yet."""
        is_open = self.state is State.UNANSWERED and not self.reading
        return is_open and self.question.evidence is Evidence.PRESSURE


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One list with its answers."""

    rows: tuple[Row, ...]

    @property
    def open_rows(self) -> tuple[Row, ...]:
        """Return the questions that something is still to be done about, in their order."""
        return tuple(row for row in self.rows if row.state.is_open)

    @property
    def to_ask(self) -> tuple[Row, ...]:
        """Return the open questions that a person sees to; the others wait for a reading."""
        return tuple(row for row in self.open_rows if not row.waits)

    @property
    def unanswered(self) -> tuple[Row, ...]:
        """Return the questions that nobody answered."""
        return tuple(row for row in self.rows if row.state is State.UNANSWERED)

    @property
    def complete(self) -> bool:
        """Tell whether the list is done; a list without questions is."""
        return not self.open_rows

    @property
    def answered(self) -> int:
        """Return how many questions have an answer."""
        return len(self.rows) - len(self.unanswered)

    def row(self, code: str) -> Row | None:
        """Return the row of one question; None where it is not asked."""
        return next((row for row in self.rows if row.code == code), None)

    def from_records(self) -> tuple[Row, ...]:
        """Return the rows that the records answer and that are not stored as answers yet."""
        return tuple(row for row in self.rows if row.is_told)


_ANSWER = ("answer", "told", "reason", "overridden_by", "source", "observation_id")


def same_answer(one: Check, other: Check) -> bool:
    """Tell whether two stored answers say the same."""
    return all(getattr(one, name) == getattr(other, name) for name in _ANSWER)


def as_before(check: Check, before: Check | None) -> Check:
    """Return ``check`` as it stood before its answer; None where nobody had answered it."""
    was = before or Check()
    changes: dict[str, Any] = {name: getattr(was, name) for name in (*_ANSWER, "at")}
    return replace(check, **changes)


def list_before(protocol: Protocol) -> CheckKind:
    """Return which list of ``protocol`` comes before the dose: at home it is another one."""
    return CheckKind.GATE if questions_in(protocol, CheckKind.GATE) else CheckKind.HOME


def applies_to(question: Question, patient: Patient) -> bool:
    """Tell whether a question is put to ``patient``; a sex that nobody told is asked."""
    return question.applies is not Applies.CAN_BE_PREGNANT or patient.sex is not Sex.MALE


def sheet_of(
    protocol: Protocol, kind: CheckKind, facts: Facts, checks: Iterable[Check] = ()
) -> Sheet:
    """Return one list of a session.

    What a person answered stands before what the records say. An answer to a question that the
    protocol does not ask any more keeps its place at the end, in its own words.
    """
    stored = {c.code or "": c for c in checks if c.list is kind}
    rows = [
        _row(q, stored.pop(q.code or "", None), told_to(q, protocol, facts), facts)
        for q in questions_in(protocol, kind)
        if applies_to(q, facts.patient)
    ]
    rows += [_row(_question_of(check), check, None, facts) for check in stored.values()]
    return Sheet(tuple(rows))


def _question_of(check: Check) -> Question:
    return Question(list=check.list, code=check.code, words=check.words, stops=check.stops)


def _row(question: Question, check: Check | None, told: Told | None, facts: Facts) -> Row:
    outdated, now = "", told or Told(None, "", AnswerSource.CHART)
    if check is not None and told is not None and not _holds(check, told, facts):
        outdated = _outdated(check, told, facts)
        if outdated and not told.over:
            # The records may say otherwise by now; what a person said, a person says anew.
            told = replace(told, answer=None)
        check = None
    row = _as_stored(question, check, told) or _as_told(question, check, told)
    return replace(row, says=now.answer, shows=now.words, reading=now.reading, outdated=outdated)


def _holds(check: Check, told: Told, facts: Facts) -> bool:
    """Tell whether an answer still stands: it does for the reading it was given on.

    What the records answered is kept with the dose as it stood, while they still say the same.
    """
    if check.answer is None or not told.reading or check.observation_id == told.reading:
        return True
    same = check.answer is told.answer and not told.over
    return same and check.source is AnswerSource.READING and facts.zero is not None


def _outdated(check: Check, told: Told, facts: Facts) -> str:
    """Return what was answered to another reading; nothing where the records say the same."""
    if check.answer is told.answer and not told.over:
        return ""
    was, counting = check.observation_id, pressures(facts, before_dose=False)
    first = next((r for r in counting if r.id == was), None) if was else None
    sentence = _("{answer} was answered before the newer reading {reading}")
    if first is not None:
        sentence = _("{answer} was answered to {first}, before the newer reading {reading}")
    elif was:
        sentence = _(
            "{answer} was answered to a reading that does not count any more; now {reading}"
        )
    return sentence.format(
        answer=answer_words(check.answer),
        first=pressure_words(first, facts.zero) if first is not None else "",
        reading=told.figure,
    )


def answer_words(answer: Answer | NullFlavor | None) -> str:
    """Return an answer in words; empty where nobody gave one."""
    if isinstance(answer, NullFlavor):
        return _(NULL_LABELS[answer])
    return "" if answer is None else _(answer.words)


def _as_stored(question: Question, check: Check | None, told: Told | None) -> Row | None:
    if check is None or check.answer is None:
        return None
    # What is acceptable before leaving a person says: no ceiling is set for it.
    over = told is not None and told.over and told.answer is Answer.NO
    state = state_of(question, check, over=over)
    shown = check.told or (told.words if told is not None and told.answer is None else "")
    return Row(question, check.answer, shown, check.source, state, check)


def _as_told(question: Question, check: Check | None, told: Told | None) -> Row:
    """Return a question that no person answered; what was told of it stands beside it."""
    said = (check.told or "") if check is not None else ""
    if told is None:
        return Row(question, None, said, None, State.UNANSWERED, check)
    words = ", ".join(part for part in (told.words, said) if part)
    state = state_of(question, Check(answer=told.answer))
    return Row(question, told.answer, words, told.source, state, check)


def state_of(question: Question, check: Check, *, over: bool = False) -> State:
    """Return how an answered question stands: any answer but yes has a reason.

    So has a yes beside a pressure ``over`` the ceiling. Where the protocol says that a no stops, or
    said so when it was answered, unknown stops too, and somebody who may must let the session go on
    by name; what does not apply stops nothing.
    """
    if check.answer is None:
        return State.UNANSWERED
    if check.answer is Answer.YES and not over:
        return State.YES
    if not (check.reason or "").strip():
        return State.NEEDS_REASON
    if not (question.stops or check.stops) or check.answer is NullFlavor.NA:
        return State.REASONED
    return State.OVERRIDDEN if (check.overridden_by or "").strip() else State.STOPS
