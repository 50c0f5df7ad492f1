"""Whether the patient may leave.

The program shows what is met and what is not; a person decides, and says why where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from aeapp.domain.chair.aldrete import SCALE, Total, total_of
from aeapp.domain.chair.gate import Sheet
from aeapp.domain.chair.phases import Stay
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Proposal, SafetyReview, Score
from aeapp.domain.values import PartialDate


class Lack(Enum):
    """What stands between the patient and the door."""

    RUNNING = "running"
    # What runs has no pace: only a person can say what of it was given.
    AMOUNT = "amount"
    ROUTE = "route"
    LIST = "list"
    ESCORT = "escort"
    SCORE = "score"
    LOW_SCORE = "low-score"
    MINIMUM = "minimum"
    # A minimum is asked for, and no dose has the clock time from which it counts.
    DOSE_TIME = "dose-time"
    # What the readings proposed waits for a person.
    PROPOSAL = "proposal"
    # An answer of a scale asks for safety, and nothing is recorded about it.
    SAFETY = "safety"

    @property
    def may_be_overridden(self) -> bool:
        """Tell whether a reason is enough; what was not asked must be asked."""
        asked = (Lack.RUNNING, Lack.AMOUNT, Lack.ROUTE, Lack.LIST, Lack.SCORE, Lack.SAFETY)
        return self not in asked

    @property
    def ends_with_leaving(self) -> bool:
        """Tell whether leaving itself sees to it: an infusion that runs is stopped then."""
        return self is Lack.RUNNING


@dataclass(frozen=True, slots=True, repr=False)
class Readiness:
    """How far a session is from leaving.

    Attributes:
        minutes: Whole minutes since the treatment began; None without one.
        lacks: What is not met, in the order in which it is seen to.
        score: The last modified Aldrete score; None where none was taken.
        least: What that score is to reach; None where the protocol asks for none.
    """

    minutes: int | None
    minimum: int | None
    lacks: tuple[Lack, ...]
    score: Total | None
    least: int | None

    @property
    def must_be_done(self) -> tuple[Lack, ...]:
        """Return what no reason replaces."""
        return tuple(
            lack for lack in self.lacks if not lack.may_be_overridden and not lack.ends_with_leaving
        )

    @property
    def needs_reason(self) -> bool:
        """Tell whether leaving now takes a reason."""
        return any(lack.may_be_overridden for lack in self.lacks)


def readiness_of(
    *,
    sheet: Sheet,
    stay: Stay,
    at: PartialDate,
    scores: Iterable[Score] = (),
    least: int | None = None,
    escort: str | NullFlavor | None = None,
    at_home: bool = False,
    running: bool = False,
    untold: bool = False,
    has_protocol: bool = True,
    proposals: Iterable[Proposal] = (),
    reviews: Iterable[SafetyReview] = (),
) -> Readiness:
    """Return what leaving at ``at`` still asks for.

    ``running`` tells that an infusion runs or is paused, ``untold`` that rate and time do not say
    what went in. An escort that does not apply is an
    answer; unknown is none. Who is at home needs none. Without a protocol, as while the route is
    not known, nothing was asked at all.
    """
    score = last_score(scores)
    found = (
        (Lack.RUNNING, running),
        (Lack.AMOUNT, untold),
        (Lack.ROUTE, not has_protocol),
        (Lack.LIST, not sheet.complete),
        (Lack.ESCORT, not (at_home or _has_escort(escort))),
        (Lack.SCORE, least is not None and (score is None or score.sum is None)),
        (Lack.LOW_SCORE, is_low(score, least)),
        (Lack.MINIMUM, stay.first is not None and not stay.reached(at)),
        (Lack.DOSE_TIME, stay.first is None and stay.untimed and stay.minimum is not None),
        (Lack.PROPOSAL, any(p.state is ProposalState.OPEN for p in proposals)),
        (Lack.SAFETY, not all(review.lets_close for review in reviews)),
    )
    return Readiness(
        minutes=stay.minutes(at),
        minimum=stay.minimum,
        lacks=tuple(lack for lack, there in found if there),
        score=score,
        least=least,
    )


def _has_escort(escort: str | NullFlavor | None) -> bool:
    if isinstance(escort, NullFlavor):
        return escort is NullFlavor.NA
    return bool((escort or "").strip())


def is_low(score: Total | None, least: int | None) -> bool:
    """Tell whether a complete score lies under what the protocol asks for."""
    return score is not None and score.sum is not None and least is not None and score.sum < least


def last_score(scores: Iterable[Score]) -> Total | None:
    """Return the modified Aldrete score that was taken last."""
    taken = [s for s in scores if s.scale == SCALE]
    newest = max(taken, key=_order, default=None)
    return None if newest is None else total_of(newest)


def _order(score: Score) -> tuple[str, str]:
    # Ids sort by the time they were made.
    return (score.at.sort_key() if isinstance(score.at, PartialDate) else "", score.id)
