"""Lead a report through its life: review, approval, correction, lock; each step by a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain.codelists.clinic import ReportState, Role
from aeapp.domain.codelists.lifecycle import SignatureMeaning, VersionNature
from aeapp.domain.findings import Context, Severity, find_problems
from aeapp.domain.lifecycle import (
    OPEN,
    Act,
    Transition,
    allowed,
    corrections,
    is_mine,
    state_of,
    state_words,
    transition,
    who_may,
    why_locked,
)
from aeapp.domain.recipients import owed_in
from aeapp.domain.records import Approval, Report, ReportVersion, Sending, Staff
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.freezing import (
    approvals_of,
    case_bytes,
    is_outdated,
    sent_elsewhere,
    versions_of,
    was_sent,
)
from aeapp.services.gathering import gather
from aeapp.services.ports import CheckPassword, UnitOfWork
from aeapp.services.report_forms import FDA3500A, rules_for
from aeapp.services.sessions import of_kind

# Who may sign what (access matrix, rows 10 and 12).
SIGNERS = {
    SignatureMeaning.APPROVED: frozenset({Role.PRESCRIBER, Role.COMPLIANCE}),
    SignatureMeaning.MEDICAL: frozenset({Role.PRESCRIBER}),
}
# What takes a step back; a report that was sent has no way back, only a further version, which can
# be taken back as long as nobody has approved it.
BACK = {
    Act.REVIEW: Act.RETURN,
    Act.APPROVE: Act.UNLOCK,
    Act.LOCK: Act.UNLOCK,
    Act.VOID: Act.RESTORE,
    Act.CORRECT: Act.TAKE_BACK,
}


class NotNowError(RefusedError):
    """A step was asked for that does not lead on from where the report stands."""

    code = "report.not-now"

    def __init__(self, state: ReportState, *, locked: str = "") -> None:
        words = _("This cannot be done with a report in the state: {state}.")
        told = (words.format(state=_(state.words)), locked)
        remedy = N_("Open the report again; it shows what can be done now.")
        super().__init__(
            " ".join(part for part in told if part),
            remedy=N_("Unlock the report first.") if locked else remedy,
        )


class WhyError(RefusedError):
    """A step asks for a reason and got none."""

    code = "report.why"

    def __init__(self) -> None:
        super().__init__(
            N_("The reason is missing."),
            remedy=N_("Say in a few words why; it is kept with the report."),
        )


class StepRoleError(RefusedError):
    """The step is one of another role."""

    code = "report.step-role"

    def __init__(self, act: Act) -> None:
        way = transition(act)
        super().__init__(
            _("“{step}” is no step of your role.").format(step=_(way.words)),
            remedy=_("It is one of {who}; hand the report over.").format(who=who_may(way)),
        )


class ApprovedMeanwhileError(RefusedError):
    """A further version was to be taken back that somebody had approved, or that was not begun."""

    code = "report.approved-meanwhile"

    def __init__(self) -> None:
        super().__init__(
            N_("There is no further version here that could be taken back."),
            remedy=N_("One that was approved stays; send it, or begin one that nullifies it."),
        )


class SigningRoleError(RefusedError):
    """The person's role does not sign with this meaning."""

    code = "report.role"

    def __init__(self) -> None:
        super().__init__(
            N_("Your role does not sign this."),
            remedy=N_("Hand the report to review; a prescriber or the compliance lead signs it."),
        )


class StillBlockedError(RefusedError):
    """A report was to be called ready that a rule blocks."""

    code = "report.blocked"

    def __init__(self, count: int) -> None:
        super().__init__(
            _("{n} findings still block this report, so it is not ready.").format(n=count),
            remedy=N_("Answer them, or say why each is unknown; F8 goes to the next."),
        )


class StillOwedError(RefusedError):
    """A report was to be closed while somebody has only an older version, and nobody said why."""

    code = "report.owed"

    def __init__(self, count: int) -> None:
        super().__init__(
            _("{n} recipients of the version before have not got the newest one.").format(n=count),
            remedy=N_("Record that it was sent to them, or close with the reason why it is not."),
        )


class NatureError(RefusedError):
    """It is not said what a further version is, or it cannot be that."""

    code = "report.nature"

    def __init__(self) -> None:
        super().__init__(
            N_("It is not said what the further version is."),
            remedy=N_("Choose follow-up, amendment or nullification; after a nullification only "
                      "an amendment can follow."),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """Where a report stands and what this person can do with it, the usual next step first.

    Attributes:
        others: What could be done now by somebody with another role.
        meanings: What a signature of this person may mean.
        outdated: Its records have changed since it was signed: the signature is not under them.
        elsewhere: It was recorded as sent by another clinic, whose case file came in here; what
            went out then is not kept here.
    """

    report: Report
    ways: tuple[Transition, ...]
    approvals: tuple[Approval, ...]
    versions: tuple[ReportVersion, ...]
    outdated: bool = False
    elsewhere: bool = False
    others: tuple[Transition, ...] = ()
    meanings: tuple[SignatureMeaning, ...] = ()

    @property
    def words(self) -> str:
        """Return where it stands."""
        return state_words(self.report, outdated=self.outdated)


def _refuse_owed(uow: UnitOfWork, report: Report) -> None:
    sendings = of_kind(Sending, uow.records.find("sending", report_id=report.id))
    owed = owed_in(versions_of(uow, report.id), sendings)
    if owed:
        raise StillOwedError(len(owed))


class LifecycleService:
    """Do the steps.

    Args:
        context: The login.
        check_password: Raises unless the password is that of the person who is logged in; it
            counts wrong tries like a login and takes as long for any of them.
    """

    def __init__(self, context: WorkContext, check_password: CheckPassword) -> None:
        self._context, self._check_password = context, check_password

    def standing(self, report_id: str) -> Standing:
        """Return where a report stands."""
        with self._context.new_uow() as uow:
            report = report_in(uow, report_id)
            versions = versions_of(uow, report_id)
            approvals = approvals_of(uow, report_id)
            outdated, elsewhere = is_outdated(uow, report), sent_elsewhere(uow, report_id)
            begun = _begun(uow, report) is not None
        sent = bool(versions) or elsewhere
        ways = allowed(report, sent_before=sent, outdated=outdated, begun=begun)
        role = self._context.who.role
        return Standing(
            report,
            tuple(way for way in ways if is_mine(way, role)),
            approvals,
            versions,
            outdated,
            elsewhere,
            tuple(way for way in ways if not is_mine(way, role)),
            tuple(m for m, roles in SIGNERS.items() if role in {r.value for r in roles}),
        )

    def act(self, report_id: str, act: Act, reason: str = "") -> Report:
        """Do one step that needs neither signature nor facts of its own.

        Raises:
            NotNowError: It does not lead on from where the report stands.
            WhyError: It asks for a reason and got none.
            StillOwedError: It is closed without a reason, and somebody has an older version.
            StepRoleError: It is a step of another role.
            ApprovedMeanwhileError: There is no version that could be taken back.
        """
        if transition(act).signed or transition(act).own_form:
            raise NotNowError(ReportState.DRAFT)
        self._refuse_role(act)
        return self._change(report_id, act, reason, {})

    def _refuse_role(self, act: Act) -> None:
        if not is_mine(transition(act), self._context.who.role):
            raise StepRoleError(act)

    def correct(self, report_id: str, nature: VersionNature | None, news: str) -> Report:
        """Begin a further version of what was sent; what was sent stays as it is.

        Raises:
            NatureError: It is not said what the version is, or it cannot be that.
            NotNowError: Nothing was sent.
            WhyError: What is new is missing.
            StepRoleError: It is a step of another role.
        """
        self._refuse_role(Act.CORRECT)
        with self._context.new_uow() as uow:
            sent, form = versions_of(uow, report_id), report_in(uow, report_id).form
        nullified = bool(sent) and sent[-1].nature is VersionNature.NULLIFICATION
        if nature not in corrections(nullified=nullified):
            raise NatureError
        changes: dict[str, Any] = {"nature": nature, "news": news.strip()}
        if form == FDA3500A:
            # Only the form of those who owe a report counts its follow-ups (F7, G6).
            changes["follow_up"] = len(sent)
        return self._change(report_id, Act.CORRECT, news, changes)

    def _change(self, report_id: str, act: Act, reason: str, changes: dict[str, Any]) -> Report:
        reason = reason.strip()
        with self._context.new_uow() as uow:
            uow.lock()
            report = report_in(uow, report_id)
            begun = _begun(uow, report) if act is Act.TAKE_BACK else None
            if act is Act.TAKE_BACK and begun is None:
                raise ApprovedMeanwhileError
            way = _way(uow, report, act, begun=begun is not None)
            if way.reason and not reason:
                raise WhyError
            if act is Act.CLOSE and not reason:
                _refuse_owed(uow, report)
            changed = replace(report, **_where(way, report, reason), **changes, **_before(begun))
            saved = uow.save(changed, who=self._context.who, reason=reason, action=act.value)
            uow.commit()
        return saved

    def take_back(self, report_id: str, act: Act) -> Report:
        """Take the last step back, with the reason "undone" in the trail.

        Raises:
            NotNowError: It has no way back, or something came after it.
        """
        if act not in BACK:
            raise NotNowError(ReportState.RECORDED_SENT)
        # Whoever may do a step may take it back, though the way back is one of others.
        self._refuse_role(act)
        return self._change(report_id, BACK[act], _("undone"), {})

    def assign(self, report_id: str, owner: str) -> Report:
        """Make a person the owner of a report; "" for nobody."""
        with self._context.new_uow() as uow:
            uow.lock()
            report = replace(report_in(uow, report_id), owner=owner.strip() or None)
            saved = uow.save(report, who=self._context.who)
            uow.commit()
        return saved

    def colleagues(self) -> tuple[str, ...]:
        """Return the names of the staff whose accounts are open, in order."""
        with self._context.new_uow() as uow:
            staff = of_kind(Staff, uow.records.query("staff"))
        names = {s.name for s in staff if s.name and s.active is not False}
        return tuple(sorted(names | {self._context.who.name}))

    def approve(self, report_id: str, password: str, meaning: SignatureMeaning) -> Approval:
        """Sign the report as it stands and call it ready; its case is kept as it was signed.

        Raises:
            NotNowError: It does not lead on from where the report stands.
            SigningRoleError: The person's role does not sign with this meaning.
            StillBlockedError: A rule blocks it.
        """
        who = self._context.who
        if who.role not in {role.value for role in SIGNERS[meaning]}:
            raise SigningRoleError
        # Before the lock: it takes half a second, on purpose.
        self._check_password(password)
        with self._context.new_uow() as uow:
            uow.lock()
            report = report_in(uow, report_id)
            way = _way(uow, report, Act.APPROVE)
            case = gather(uow, report.case_id, report.id)
            self._refuse_blocked(case)
            approval = Approval(
                case_id=report.case_id,
                report_id=report.id,
                meaning=meaning,
                by=who.name,
                at=self._context.minute(),
                case_sha256=uow.blobs.put(case_bytes(uow, case)),
            )
            saved = uow.save(approval, who=who, action="sign", reason=_(meaning.words))
            uow.save(replace(report, state=way.to), who=who, action=Act.APPROVE.value)
            uow.commit()
        return saved

    def _refuse_blocked(self, case: Any) -> None:
        now = self._context.now()
        found = find_problems(case, rules_for(case.report), Context(today=now.date(), now=now))
        blocking = sum(f.severity is Severity.BLOCKS for f in found)
        if blocking:
            raise StillBlockedError(blocking)


def report_in(uow: UnitOfWork, report_id: str) -> Report:
    """Return a report as it is stored."""
    (report,) = of_kind(Report, [uow.records.get("report", report_id)])
    return report


def _begun(uow: UnitOfWork, report: Report) -> dict[str, Any] | None:
    """Return the entry that began the version in preparation; None once somebody approved it.

    It tells where the report stood before, so that the version can be taken back.
    """
    if report.nature is None or state_of(report) not in OPEN:
        return None
    steps = [entry.content for entry in uow.trail.of("report", report.id)]
    acts = [step["action"] for step in steps]
    if Act.CORRECT.value not in acts:
        # It came in as a file, which tells of no step before.
        return None
    at = len(acts) - 1 - acts[::-1].index(Act.CORRECT.value)
    return None if Act.APPROVE.value in acts[at:] else steps[at]


def _before(begun: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the report said of itself before a further version was begun."""
    if begun is None:
        return {}
    before = begun["before"]
    count = before.get("follow_up")
    told: dict[str, Any] = {"nature": None, "news": None, "state": ReportState(before["state"])}
    # The number of a follow-up counts only on the form of those who owe a report.
    counted = {"follow_up": count if isinstance(count, int) else None}
    return told | (counted if "follow_up" in before else {})


def _way(uow: UnitOfWork, report: Report, act: Act, *, begun: bool = False) -> Transition:
    outdated, sent = is_outdated(uow, report), was_sent(uow, report.id)
    ways = allowed(report, sent_before=sent, outdated=outdated, begun=begun)
    way = next((w for w in ways if w.act is act), None)
    if way is None:
        raise NotNowError(
            state_of(report), locked=f"{why_locked(report)}." if report.locked else ""
        )
    return way


def _where(way: Transition, report: Report, reason: str) -> dict[str, Any]:
    """Return where a step leads: state and lock."""
    if way.act is Act.LOCK:
        return {"locked": True, "lock_reason": reason}
    if way.act is Act.TAKE_BACK:
        return {}
    changes: dict[str, Any] = {"locked": None, "lock_reason": None}
    if way.to is not None:
        changes["state"] = way.to
    elif state_of(report) is ReportState.READY:
        changes["state"] = ReportState.DRAFT
    return changes


__all__ = [
    "BACK",
    "SIGNERS",
    "ApprovedMeanwhileError",
    "LifecycleService",
    "NatureError",
    "NotNowError",
    "SigningRoleError",
    "Standing",
    "StepRoleError",
    "StillBlockedError",
    "WhyError",
    "report_in",
]
