"""How the life of a report reads: steps, signatures, versions, recipients."""

from __future__ import annotations

from aeapp.domain.codecs import show
from aeapp.domain.codelists.lifecycle import FrozenKind
from aeapp.domain.lifecycle import SENT, Act, Transition, allowed, is_mine, state_of, whose_words
from aeapp.domain.recipients import Owed
from aeapp.domain.records import Approval, Report
from aeapp.domain.sending import held_words, sending_words
from aeapp.kernel.i18n import N_, _
from aeapp.services.freezing import meaning_words
from aeapp.services.lifecycle import Standing
from aeapp.services.versions import VersionLine

# The usual reasons; any other is typed.
REASONS: dict[Act, tuple[str, ...]] = {
    Act.RETURN: (N_("Something is missing"), N_("Something is wrong")),
    Act.ACKNOWLEDGE: (N_("Letter received"), N_("Number given in the portal")),
    # Asked where somebody has only the version before.
    Act.CLOSE: (N_("The recipient does not want it"), N_("Nothing in it concerns them")),
    Act.LOCK: (N_("Waits for somebody"), N_("Is being read")),
    Act.UNLOCK: (N_("Correction needed"), N_("News of the case")),
    Act.VOID: (N_("Entered twice"), N_("Opened by mistake"), N_("Decided not to report")),
    Act.TAKE_BACK: (N_("Begun by mistake"), N_("Nothing new after all")),
    Act.RESTORE: (N_("Void by mistake"), N_("To be reported after all")),
}


def blocked_words(count: int) -> str:
    """Return why a report is not signed that findings block."""
    if count == 1:
        return _("Not signed: 1 finding blocks it; F8 goes there.")
    return _("Not signed: {n} findings block it; F8 goes to the next.").format(n=count)


def usual_reasons(act: Act) -> list[str]:
    """Return the usual reasons of a step, in the reader's language."""
    return [_(reason) for reason in REASONS.get(act, ())]


def version_words(line: VersionLine) -> tuple[str, str]:
    """Return the two lines of a version: what it is, and who signed and sent it."""
    version = line.version
    nature = _(version.nature.words) if version.nature else ""
    first = _("Version {n}: {nature}").format(n=version.number, nature=nature)
    if version.news:
        first = f"{first}, {version.news}"
    signed = approval_words(line.approval) if line.approval else _("not approved before")
    if version.unsigned_because:
        signed = f"{signed}: {version.unsigned_because}"
    sent = "; ".join(_sent(line))
    rules = _("rules {rules}").format(rules=version.rules) if version.rules else ""
    count = sum(part.what is FrozenKind.ATTACHMENT for part in version.parts)
    files = _("{n} attached files").format(n=count) if count else ""
    held = [_("Went out with: {what}").format(what=words) for words in held_words(line.held)]
    return first, ". ".join(part for part in (signed, sent, files, rules, *held) if part)


def _sent(line: VersionLine) -> list[str]:
    return [
        ", ".join(
            part
            for part in (
                _(s.destination.words) if s.destination else "",
                _(s.channel.words) if s.channel else "",
                show(s.at),
                *sending_words(s),
            )
            if part
        )
        for s in line.sendings
    ]


def standing_words(standing: Standing) -> tuple[str, str, str]:
    """Return where a report stands, the facts beside it, and who signed what is approved."""
    report = standing.report
    preparing = _(report.nature.words) if report.nature else ""
    state = ", ".join(part for part in (standing.words, preparing, report.news or "") if part)
    owner = _("owner {name}").format(name=report.owner) if report.owner else _("no owner")
    signed = [approval_words(a) for a in standing.approvals[-1:]]
    if standing.outdated:
        signed += [_("Its records changed since: approve it again before it goes out")]
    waits = whose_words(standing.others)
    told = [owner, *signed, _("Not your step: {steps}").format(steps=waits) if waits else ""]
    return state, ". ".join(part for part in told if part), ". ".join(signed)


def approval_words(approval: Approval) -> str:
    """Return who signed, with which meaning, when, and the hash of what was signed."""
    digest = (approval.case_sha256 or "")[:8]
    return f"{meaning_words(approval)}, {show(approval.at)}, {digest}"


def owed_words(owed: Owed) -> str:
    """Return who got which version before."""
    whom = ", ".join(part for part in (_(owed.destination.words), owed.person) if part)
    return _("{whom} has version {n} and not the newest one").format(whom=whom, n=owed.version)


def next_way(report: Report, role: str, *, outdated: bool = False) -> Transition | None:
    """Return the usual next step of a report for a person of this role; None if it has none.

    Where somebody else has the next step, nothing is offered that goes past it.
    """
    ways = allowed(report, sent_before=state_of(report) in SENT, outdated=outdated)
    own = [w for w in ways if is_mine(w, role)]
    return next((w for w in own if w.act is Act.APPROVE), next(iter(own), None))


def next_of_others(report: Report, role: str, *, outdated: bool = False) -> Transition | None:
    """Return the next step of a report where it is nobody's of this role."""
    ways = allowed(report, sent_before=state_of(report) in SENT, outdated=outdated)
    return None if any(is_mine(w, role) for w in ways) else next(iter(ways), None)
