"""Symptom scales: which there are, filling one, striking one through, and a patient's course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aeapp.domain.codelists.scales import Informant, ScoreMode, ScorePhase
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Event,
    Patient,
    SafetyReview,
    Scale,
    ScaleWording,
    Score,
    Session,
)
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.scales.catalogue import merged, scale_named
from aeapp.domain.scales.course import Change, baseline_of, change_of, order_of, standing
from aeapp.domain.scales.scoring import alerts_of, band_of, problem_of, problem_of_total, scored
from aeapp.domain.scales.wording import OWN
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError, RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.closing import amend, session_of
from aeapp.services.context import WorkContext
from aeapp.services.ports import CheckPassword, UnitOfWork
from aeapp.services.sessions import ReasonMissingError, of_kind


class UnknownScaleError(RefusedError):
    """No scale of that name is in use."""

    code = "scale.unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("No scale of this name is in use."),
            remedy=N_("Choose one of those in Clinic, Scales."),
            option=N_("'scale list' shows them; 'scale add FILE' adds one of the clinic."),
        )


class ImpossibleScoreError(BadInputError):
    """Points or a total that the scale does not have."""

    code = "score.impossible"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, remedy=N_("Look at the paper again and type it anew."))


class NothingFilledError(BadInputError):
    """A score without a single answer and without a total."""

    code = "score.empty"

    def __init__(self) -> None:
        super().__init__(
            N_("Nothing of the scale is filled in."),
            remedy=N_("Type the points of the items, or t and the total."),
        )


class StruckAlreadyError(RefusedError):
    """A score was to be struck through twice."""

    code = "score.struck"

    def __init__(self) -> None:
        super().__init__(
            N_("This entry is struck through already."),
            remedy=N_("Nothing is to be done; enter the scale anew if it was filled again."),
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Filled:
    """What a person fills in.

    Attributes:
        items: Answers by number; empty where only the total is on the paper.
        total: That total.
        at: When it was answered; None for now.
        reason: Why it is added to a session that has ended.
    """

    scale: Scale
    patient_id: str
    session_id: str = ""
    items: tuple[ScoreItem, ...] = ()
    total: Decimal | None = None
    at: PartialDate | NullFlavor | None = None
    phase: ScorePhase | None = None
    mode: ScoreMode = ScoreMode.PAPER
    informant: Informant | None = None
    by: str | None = None
    wording_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """A score beside what it means.

    Attributes:
        band: Name of the band; empty for none.
        change: Against the baseline; None without one.
        review: The safety strip it opened.
    """

    score: Score
    scale: Scale
    band: str = ""
    baseline: Score | None = None
    change: Change | None = None
    review: SafetyReview | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PatientScales:
    """Every score of one patient, struck ones included, with what belongs to them."""

    patient: Patient
    scales: tuple[Scale, ...]
    scores: tuple[Score, ...]
    reviews: tuple[SafetyReview, ...]
    sessions: tuple[Session, ...]
    events: tuple[Event, ...]
    first_dose: PartialDate | None

    def results(self, code: str) -> tuple[Result, ...]:
        """Return the scores of a scale that count, in the order of time."""
        return tuple(r for r in self.lines(code) if r.score.stands and r.score.total is not None)

    def lines(self, code: str) -> tuple[Result, ...]:
        """Return every score of a scale in the order of time, also what counts nowhere."""
        base = baseline_of(standing(self.scores, code), self.first_dose)
        reviews = {r.score_id: r for r in self.reviews}
        editions = {s.edition or "": s for s in self.scales if s.code == code}
        own = sorted((s for s in self.scores if s.scale == code), key=order_of)
        return tuple(
            _result(editions.get(s.edition or ""), s, base, reviews.get(s.id)) for s in own
        )

    def result_of(self, score: Score) -> Result:
        """Return one score with what it means."""
        found = standing(self.scores, score.scale or "")
        review = next((r for r in self.reviews if r.score_id == score.id), None)
        place = (score.scale, score.edition)
        scale = next((s for s in self.scales if (s.code, s.edition) == place), None)
        return _result(scale, score, baseline_of(found, self.first_dose), review)


class ScaleService:
    """Keep scales and what was filled in."""

    def __init__(self, context: WorkContext, check_password: CheckPassword) -> None:
        self._context, self._check_password = context, check_password

    def confirm_staff(self, password: str) -> None:
        """Raise unless ``password`` is that of the person who is logged in; counts like a login."""
        self._check_password(password)

    def scales(self) -> tuple[Scale, ...]:
        """Return every edition of every scale, the clinic's in the place of the program's."""
        with self._context.new_uow() as uow:
            return scales_in(uow)

    def named(self, code: str, edition: str | None = None) -> Scale:
        """Return a scale by its code or name.

        Raises:
            UnknownScaleError: None is in use under that name.
        """
        found = scale_named(self.scales(), code, edition)
        if found is None:
            raise UnknownScaleError
        return found

    def save(self, scale: Scale, *, reason: str = "") -> Scale:
        """Store the clinic's own scale, or its own figures of one of the program's."""
        with self._context.new_uow() as uow:
            uow.lock()
            same = uow.records.find("scale", code=scale.code, edition=scale.edition)
            if same and not scale.id:
                scale = replace(scale, id=same[0].id, version=same[0].version)
            saved = uow.save(scale, who=self._context.who, reason=reason)
            uow.commit()
        return saved

    def wordings(self) -> tuple[ScaleWording, ...]:
        """Return the wordings that may be shown, the program's own first, then as loaded."""
        with self._context.new_uow() as uow:
            return wordings_in(uow)

    def withdraw_wording(self, wording: ScaleWording, reason: str) -> ScaleWording:
        """Show a wording no more, such as when its licence ended.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            saved = uow.save(
                replace(wording, withdrawn_reason=reason.strip()),
                who=self._context.who,
                reason=reason.strip(),
            )
            uow.commit()
        return saved

    # --- filling

    def fill(self, filled: Filled) -> Result:
        """Store one filled scale; where an answer asks for safety, its strip in the same unit.

        Raises:
            ImpossibleScoreError: The scale has no such points, item or total.
            NothingFilledError: There is neither an answer nor a total.
            AmendmentReasonError: The session has ended and there is no reason.
        """
        refuse_impossible(filled)
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            score = self._score(uow, filled)
            session = session_of(uow, filled.session_id) if filled.session_id else None
            if session is not None and session.ending is not None:
                stored = amend(uow, self._context, score, filled.reason)
            else:
                stored = uow.save(score, who=who, reason=filled.reason)
            review = open_review(uow, self._context, filled.scale, stored)
            known = patient_scales(uow, filled.patient_id)
            uow.commit()
        return replace(known.result_of(stored), review=review)

    def _score(self, uow: UnitOfWork, filled: Filled) -> Score:
        rated = filled.scale.informant is Informant.RATER
        name = self._context.who.name
        return scored(
            filled.scale,
            Score(
                patient_id=filled.patient_id,
                session_id=filled.session_id,
                scale_wording_id=filled.wording_id,
                at=filled.at if filled.at is not None else self._context.minute(),
                phase=filled.phase or _phase_in(uow, filled.session_id),
                mode=filled.mode,
                informant=filled.informant or filled.scale.informant,
                items=filled.items,
                total=filled.total,
                by=filled.by or (name if rated else None),
                typed_by=None if filled.mode is ScoreMode.SCREEN else name,
            ),
        )

    def strike(self, score: Score, reason: str) -> Score:
        """Strike a score through: it stays readable and counts nowhere; its strip waits no more.

        Raises:
            ReasonMissingError: There is no reason.
            StruckAlreadyError: It was struck before.
        """
        reason = reason.strip()
        if not reason:
            raise ReasonMissingError
        if not score.stands:
            raise StruckAlreadyError
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            struck = replace(score, struck_reason=reason)
            closed = score.session_id and session_of(uow, score.session_id).ending is not None
            if closed:
                stored = amend(uow, self._context, struck, reason)
            else:
                stored = uow.save(struck, who=who, reason=reason)
            for review in of_kind(
                SafetyReview, uow.records.find("safety_review", score_id=score.id)
            ):
                if review.is_open:
                    uow.save(replace(review, void_reason=reason), who=who, reason=reason)
            uow.commit()
        return stored

    # --- reading

    def of_patient(self, patient_id: str) -> PatientScales:
        """Return every score of a patient with what belongs to them."""
        with self._context.new_uow() as uow:
            return patient_scales(uow, patient_id)


def refuse_impossible(filled: Filled) -> None:
    """Refuse what the scale cannot have.

    Raises:
        ImpossibleScoreError: It has no such points, item or total.
        NothingFilledError: There is neither an answer nor a total.
    """
    if filled.items and filled.total is not None:
        raise ImpossibleScoreError(_("A total is stated only where the items are not known."))
    if filled.total is not None:
        problem = problem_of_total(filled.scale, filled.total)
    else:
        if all(item.points is None for item in filled.items):
            raise NothingFilledError
        problem = problem_of(filled.scale, filled.items)
    if problem:
        raise ImpossibleScoreError(problem)


def open_review(
    uow: UnitOfWork, context: WorkContext, scale: Scale, score: Score
) -> SafetyReview | None:
    """Store the safety strip that a score asks for; None where it asks for none."""
    causes = alerts_of(scale, score)
    if not causes:
        return None
    review = SafetyReview(
        patient_id=score.patient_id,
        session_id=score.session_id,
        score_id=score.id,
        cause="; ".join(causes),
        opened_at=context.minute(),
    )
    return uow.save(review, who=context.who)


def scales_in(uow: UnitOfWork) -> tuple[Scale, ...]:
    """Return every edition of every scale as the transaction sees it."""
    return merged(of_kind(Scale, uow.records.query("scale", order_by=["id"])))


def wordings_in(uow: UnitOfWork) -> tuple[ScaleWording, ...]:
    """Return the wordings that may be shown, those of the program first."""
    loaded = of_kind(ScaleWording, uow.records.query("scale_wording", order_by=["id"]))
    return (*OWN, *(w for w in loaded if w.stands))


def patient_scales(uow: UnitOfWork, patient_id: str) -> PatientScales:
    """Return every score of a patient with what belongs to them."""
    (patient,) = of_kind(Patient, [uow.records.get("patient", patient_id)])
    return PatientScales(
        patient=patient,
        scales=scales_in(uow),
        scores=of_kind(Score, uow.records.find("score", patient_id=patient_id)),
        reviews=of_kind(SafetyReview, uow.records.find("safety_review", patient_id=patient_id)),
        sessions=of_kind(Session, uow.records.find("session", patient_id=patient_id)),
        events=of_kind(Event, uow.records.find("event", patient_id=patient_id)),
        first_dose=first_dose_in(uow, patient_id),
    )


def first_dose_in(uow: UnitOfWork, patient_id: str) -> PartialDate | None:
    """Return when the patient was given the first dose in a session; None before it."""
    found = of_kind(Administration, uow.records.find("administration", patient_id=patient_id))
    return first_dose(found)


def first_dose(givings: Sequence[Administration]) -> PartialDate | None:
    """Return the earliest begin of a dose in a session that stands."""
    begun = [
        g.started
        for g in givings
        if g.stands and g.session_id and isinstance(g.started, PartialDate)
    ]
    return min(begun, default=None)


def _phase_in(uow: UnitOfWork, session_id: str) -> ScorePhase | None:
    """Return where the session stands now, by what is recorded of it."""
    if not session_id:
        return None
    if session_of(uow, session_id).ending is not None:
        return ScorePhase.LATER
    given = of_kind(Administration, uow.records.find("administration", session_id=session_id))
    return ScorePhase.DURING if any(g.stands for g in given) else ScorePhase.BEFORE


def _result(
    known: Scale | None, score: Score, baseline: Score | None, review: SafetyReview | None
) -> Result:
    # A scale of another clinic may be known by its name only.
    scale = known or Scale(code=score.scale, edition=score.edition, name=score.scale)
    band = band_of(scale, score.total)
    change = None
    if baseline is not None and baseline.id != score.id:
        change = change_of(scale, baseline, score)
    return Result(
        score=score,
        scale=scale,
        band=band.name or "" if band else "",
        baseline=baseline,
        change=change,
        review=review,
    )


__all__ = [
    "Filled",
    "ImpossibleScoreError",
    "NothingFilledError",
    "PatientScales",
    "Result",
    "ScaleService",
    "StruckAlreadyError",
    "UnknownScaleError",
    "first_dose",
    "open_review",
    "patient_scales",
    "refuse_impossible",
    "scales_in",
    "wordings_in",
]
