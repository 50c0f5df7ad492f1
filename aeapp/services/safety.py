"""Safety strips: fill one, hand it to a colleague, and what keeps a session from closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.records import SafetyReview, Session, Staff
from aeapp.domain.values import PartialDate, in_zone
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind
from aeapp.services.shelf import by_id, codes_of, ids_of


class SafetyIncompleteError(RefusedError):
    """A safety strip was to be stored without one of its four facts."""

    code = "safety.incomplete"

    def __init__(self) -> None:
        super().__init__(
            N_("The safety strip is not complete."),
            remedy=N_("Say who was told, what was asked, the plan and the time; or hand it over."),
        )


class SafetyOpenError(RefusedError):
    """A session was to end while a safety strip is neither filled nor taken over."""

    code = "safety.open"

    def __init__(self) -> None:
        super().__init__(
            N_("An answer of this session asks for safety and nothing is recorded about it."),
            remedy=N_("Fill the safety strip, or name the colleague who takes it over."),
        )


class SafetyDoneError(RefusedError):
    """A safety strip was to be changed that is filled or void."""

    code = "safety.done"

    def __init__(self) -> None:
        super().__init__(
            N_("This safety strip is filled already, or its score was struck through."),
            remedy=N_("Write a note in the session, or enter the scale anew."),
        )


class NobodyNamedError(RefusedError):
    """A safety strip was to be handed over to nobody."""

    code = "safety.nobody"

    def __init__(self) -> None:
        super().__init__(
            N_("Nobody is named who takes it over."),
            remedy=N_("Choose a colleague; it stays red on Today until that person fills it."),
        )


class SafetyService:
    """Keep what was done about an answer that asks for safety."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def of_session(self, session_id: str) -> tuple[SafetyReview, ...]:
        """Return the strips of a session, the oldest first."""
        with self._context.new_uow() as uow:
            return reviews_of(uow, session_id)

    def open(self) -> tuple[SafetyReview, ...]:
        """Return every strip that waits for somebody, the oldest first."""
        with self._context.new_uow() as uow:
            return open_in(uow)

    def colleagues(self) -> tuple[str, ...]:
        """Return the names of those who work here, the person at the keyboard last."""
        own = self._context.who.name
        with self._context.new_uow() as uow:
            staff = of_kind(Staff, uow.records.query("staff", order_by=["id"]))
        names = [s.name for s in staff if s.active is not False and s.name]
        return tuple(dict.fromkeys([*(n for n in names if n != own), own]))

    def fill(
        self, review_id: str, *, told: str, asked: str, plan: str, at: PartialDate | None = None
    ) -> SafetyReview:
        """Store who was told, what was asked, the plan and the time, which is now unless given.

        Raises:
            SafetyIncompleteError: One of them is empty.
            SafetyDoneError: It is filled already, or void.
        """
        told, asked, plan = told.strip(), asked.strip(), plan.strip()
        if not (told and asked and plan):
            raise SafetyIncompleteError
        with self._context.new_uow() as uow:
            filled = replace(
                _open(uow, review_id),
                told=told,
                asked=asked,
                plan=plan,
                at=at or self._context.minute(),
                by=self._context.who.name,
                done=True,
            )
            saved = uow.save(filled, who=self._context.who)
            uow.commit()
        return saved

    def hand_over(self, review_id: str, to: str) -> SafetyReview:
        """Name the colleague who takes it over; it stays open until it is filled.

        Raises:
            NobodyNamedError: Nobody is named.
            SafetyDoneError: It is filled already, or void.
        """
        if not to.strip():
            raise NobodyNamedError
        with self._context.new_uow() as uow:
            handed = replace(
                _open(uow, review_id),
                handed_to=to.strip(),
                handed_at=self._context.minute(),
                handed_by=self._context.who.name,
            )
            saved = uow.save(handed, who=self._context.who)
            uow.commit()
        return saved


def reviews_of(uow: UnitOfWork, session_id: str) -> tuple[SafetyReview, ...]:
    """Return the strips of a session, the oldest first."""
    return of_kind(SafetyReview, uow.records.find("safety_review", session_id=session_id))


def open_in(uow: UnitOfWork) -> tuple[SafetyReview, ...]:
    """Return every strip that waits for somebody, the oldest first."""
    found = uow.records.find("safety_review", done=None, void_reason=None)
    return of_kind(SafetyReview, found)


def refuse_open(uow: UnitOfWork, session_id: str) -> None:
    """Refuse to close a session whose strip is neither filled nor taken over.

    Raises:
        SafetyOpenError: There is one.
    """
    if not all(review.lets_close for review in reviews_of(uow, session_id)):
        raise SafetyOpenError


def _open(uow: UnitOfWork, review_id: str) -> SafetyReview:
    uow.lock()
    (review,) = of_kind(SafetyReview, [uow.records.get("safety_review", review_id)])
    if not review.is_open:
        raise SafetyDoneError
    return review


# ------------------------------------------------------------------ lines of the worklist


def safety_needs(uow: UnitOfWork, context: WorkContext) -> Iterator[Need]:
    """Yield a line for every open strip; it is over from the minute it was opened."""
    waiting = open_in(uow)
    codes = codes_of(uow, ids_of(waiting, "patient_id"))
    known = uow.records.many("session", ids_of(waiting, "session_id"))
    sessions = by_id(of_kind(Session, known))
    for review in waiting:
        session = sessions.get(review.session_id)
        at = in_zone(review.opened_at, context.zone) if review.opened_at else None
        yield Need(
            kind=NeedKind.SAFETY,
            target=review.id,
            what=_("Safety answer open"),
            detail=review.cause or "",
            patient=codes.get(review.patient_id, ""),
            next_step=_("Fill the safety strip"),
            owner=review.handed_to or (session.prescriber if session else "") or "",
            waits_for=review.handed_to or "",
            due=at.first_day() if at else None,
            due_at=at,
            authority=Authority.PROTOCOL,
            rule=_("at once"),
            opens=("session", session.id) if session else ("patient", review.patient_id),
        )


__all__ = [
    "NobodyNamedError",
    "SafetyDoneError",
    "SafetyIncompleteError",
    "SafetyOpenError",
    "SafetyService",
    "open_in",
    "refuse_open",
    "reviews_of",
    "safety_needs",
]
