"""The life of a report as data: its states, what leads from one to the next, and what that asks.

State, clock and versions belong to the report, which is one case to one destination. The program
never says that a report was accepted; it keeps what a person recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from aeapp.domain.access import CARE, LEADS, who_words
from aeapp.domain.codelists.clinic import ReportState, Role
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.records import Report
from aeapp.kernel.i18n import N_, _

# What of a report tells where it stands; none of it is content that was or will be sent.
LIFE = ("state", "owner", "locked", "lock_reason", "nature", "news")
_S = ReportState
SENT = frozenset({_S.RECORDED_SENT, _S.ACKNOWLEDGED, _S.CLOSED})
OPEN = frozenset({_S.DRAFT, _S.IN_REVIEW, _S.READY})


class Act(StrEnum):
    """What a person does with a report as a whole."""

    REVIEW = "review"
    RETURN = "return"
    APPROVE = "approve"
    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    CLOSE = "close"
    CORRECT = "correct"
    TAKE_BACK = "take-back"
    LOCK = "lock"
    UNLOCK = "unlock"
    VOID = "void"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from states to a state.

    Attributes:
        to: The state it leads to; None where the report stays in its own.
        key: Letter that does it in the window.
        reason: It asks why.
        signed: It asks for a fresh password and a meaning.
        own_form: It asks for facts of its own: what was sent how, or what is new.
        roles: Whose step it is.
    """

    act: Act
    words: str
    key: str
    since: frozenset[ReportState]
    to: ReportState | None
    reason: bool = False
    signed: bool = False
    own_form: bool = False
    roles: tuple[Role, ...] = LEADS


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Act.REVIEW,
        N_("Hand to review"),
        "R",
        frozenset({_S.DRAFT}),
        _S.IN_REVIEW,
        roles=CARE,  # whoever looks after patients may hand on what they wrote
    ),
    Transition(
        Act.APPROVE,
        N_("Approve"),
        "A",
        frozenset({_S.DRAFT, _S.IN_REVIEW, _S.READY}),
        _S.READY,
        signed=True,
    ),
    Transition(Act.SUBMIT, N_("Record sending"), "S", OPEN, _S.RECORDED_SENT, own_form=True),
    Transition(
        Act.ACKNOWLEDGE,
        N_("Record acknowledgement"),
        "A",
        frozenset({_S.RECORDED_SENT}),
        _S.ACKNOWLEDGED,
        reason=True,
    ),
    Transition(
        Act.CORRECT,
        N_("Begin a further version"),
        "F",
        SENT,
        _S.DRAFT,
        reason=True,
        own_form=True,
    ),
    Transition(
        Act.CLOSE, N_("Close"), "C", frozenset({_S.RECORDED_SENT, _S.ACKNOWLEDGED}), _S.CLOSED
    ),
    Transition(
        Act.RETURN,
        N_("Give back to the owner"),
        "B",
        frozenset({_S.IN_REVIEW}),
        _S.DRAFT,
        reason=True,
    ),
    Transition(
        Act.TAKE_BACK,
        N_("Take this further version back"),
        "T",
        frozenset({_S.DRAFT, _S.IN_REVIEW}),
        None,
        reason=True,
    ),
    Transition(Act.LOCK, N_("Lock"), "L", frozenset({_S.DRAFT, _S.IN_REVIEW}), None, reason=True),
    Transition(Act.UNLOCK, N_("Unlock"), "U", OPEN, None, reason=True),
    Transition(Act.VOID, N_("Void"), "V", OPEN, _S.VOID, reason=True),
    Transition(Act.RESTORE, N_("Take up again"), "U", frozenset({_S.VOID}), _S.DRAFT, reason=True),
)
_BY_ACT = {t.act: t for t in TRANSITIONS}


def transition(act: Act) -> Transition:
    """Return what ``act`` leads to and asks for."""
    return _BY_ACT[act]


def is_mine(way: Transition, role: str) -> bool:
    """Tell whether a step is one of this role."""
    return role in {own.value for own in way.roles}


def who_may(way: Transition) -> str:
    """Return whose step it is, such as "a prescriber or the compliance lead"."""
    return who_words(way.roles)


def whose_words(ways: Iterable[Transition]) -> str:
    """Return which steps wait for somebody with another role, and for whom; "" for none."""
    by_who: dict[str, list[str]] = {}
    for way in ways:
        by_who.setdefault(who_may(way), []).append(_(way.words))
    told = (f"{', '.join(steps)}: {who}" for who, steps in by_who.items())
    return "; ".join(told)


def state_of(report: Report) -> ReportState:
    """Return where a report stands; one of which nobody said anything is a draft."""
    return report.state or ReportState.DRAFT


def state_words(report: Report, *, outdated: bool = False) -> str:
    """Return where a report stands; a signature is worth nothing once its records changed."""
    if outdated and state_of(report) is ReportState.READY:
        return _("Changed since it was approved")
    return _(state_of(report).words)


def allowed(
    report: Report, *, sent_before: bool = False, outdated: bool = False, begun: bool = False
) -> tuple[Transition, ...]:
    """Return what may be done with a report now, the usual next step first.

    Args:
        report: The report.
        sent_before: A version of it was sent; it can be nullified, but no longer made void.
        outdated: Its records changed since it was approved, so that it can be approved again.
        begun: A further version was begun that nobody has approved; it can be taken back.
    """
    fits = partial(_fits, report=report, sent_before=sent_before, outdated=outdated)
    return tuple(t for t in TRANSITIONS if fits(t) and (begun or t.act is not Act.TAKE_BACK))


def _fits(t: Transition, *, report: Report, sent_before: bool, outdated: bool) -> bool:
    state = state_of(report)
    if state not in t.since:
        return False
    if t.act is Act.APPROVE and state is ReportState.READY:
        return outdated
    if t.act is Act.UNLOCK:
        return is_locked(report)
    if t.act is Act.VOID:
        return not sent_before
    # A lock of a person waits for that reason to end; sending is a fact and may be recorded.
    return not report.locked or t.act is Act.SUBMIT


def is_locked(report: Report) -> bool:
    """Tell whether a report cannot be edited: approved, sent, void, or locked by a person."""
    return bool(report.locked) or state_of(report) not in (_S.DRAFT, _S.IN_REVIEW)


_WHY = {
    _S.READY: N_("It is approved as it stands. Unlock it to change it; it is then approved anew."),
    _S.RECORDED_SENT: N_("It is kept as it was sent. Begin a further version to change it."),
    _S.ACKNOWLEDGED: N_("It is kept as it was sent. Begin a further version to change it."),
    _S.CLOSED: N_("It is closed and kept as it was sent. Begin a further version to change it."),
    _S.VOID: N_("It is void. Take it up again to change it."),
}


def why_locked(report: Report) -> str:
    """Return the sentence that says why a report cannot be edited, or "" where it can."""
    if state_of(report) in _WHY:
        return _(_WHY[state_of(report)])
    if report.locked:
        return _("It was locked: {why}").format(why=report.lock_reason or _("no reason given"))
    return ""


def corrections(*, nullified: bool) -> tuple[VersionNature, ...]:
    """Return what a further version may be; after a nullification nothing follows but a word on it.

    Source:
        E2B(R3) C.1.11.1: nullification or amendment; a follow-up brings news of the case.
    """
    if nullified:
        return (VersionNature.AMENDMENT,)
    return (VersionNature.FOLLOW_UP, VersionNature.AMENDMENT, VersionNature.NULLIFICATION)
