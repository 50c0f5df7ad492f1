"""Who does what with events, lots, blinds and codes: one table, asked by services and windows.

The steps of a report and its signatures have their roles beside them (``lifecycle.TRANSITIONS``,
``SIGNERS``); they take the groups from here. A deed without a row cannot be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.codelists.clinic import Role
from aeapp.kernel.i18n import N_, _

# Who assesses, decides, approves and sends (access matrix, rows 11 and 12), in the order told.
LEADS = (Role.PRESCRIBER, Role.COMPLIANCE)
# Whoever looks after patients, or after what became of them.
CARE = (Role.NURSE, *LEADS)


class Deed(StrEnum):
    """Something that not everybody does."""

    DECIDE = "decide"
    STRIKE_EVENT = "strike-event"
    CODE = "code"
    RECODE = "recode"
    HOLD_LOT = "hold-lot"
    RELEASE_LOT = "release-lot"
    UNBLIND = "unblind"
    LIFT_STOP = "lift-stop"
    GIVE_TRAIL = "give-trail"


@dataclass(frozen=True, slots=True)
class Access:
    """One row: the deed in words, and whose it is."""

    deed: Deed
    words: str
    roles: tuple[Role, ...]


TABLE = (
    Access(Deed.DECIDE, N_("Decide whether an event is reported"), LEADS),
    Access(Deed.STRIKE_EVENT, N_("Strike an event through"), CARE),
    Access(Deed.CODE, N_("Code an event"), CARE),
    Access(Deed.RECODE, N_("Code many events at once, or put that back"), LEADS),
    # To hold is safe, and whoever sees the event is there first; to release is a judgement.
    Access(Deed.HOLD_LOT, N_("Hold a lot"), CARE),
    Access(Deed.RELEASE_LOT, N_("Release a lot"), LEADS),
    Access(Deed.UNBLIND, N_("Open the blind of a study drug"), LEADS),
    Access(Deed.LIFT_STOP, N_("Let a session go on past a stop"), LEADS),
    # A prescriber, too, where the clinic has nobody of these.
    Access(
        Deed.GIVE_TRAIL, N_("Give the audit trail out"), (Role.COMPLIANCE, Role.ADMIN, Role.AUDITOR)
    ),
)
_BY_DEED = {row.deed: row for row in TABLE}
_WHO = {
    Role.NURSE: N_("a nurse"),
    Role.PRESCRIBER: N_("a prescriber"),
    Role.COMPLIANCE: N_("the compliance lead"),
    Role.ADMIN: N_("the administrator"),
    Role.AUDITOR: N_("an auditor"),
}


def roles_of(deed: Deed) -> tuple[Role, ...]:
    """Return whose deed it is."""
    return _BY_DEED[deed].roles


def may(role: str, deed: Deed) -> bool:
    """Tell whether a deed is one of this role."""
    return role in roles_of(deed)


def words_of(deed: Deed) -> str:
    """Return the deed in the words of the program's language."""
    return _(_BY_DEED[deed].words)


def who_words(roles: Iterable[Role]) -> str:
    """Return roles in a row, such as "a prescriber or the compliance lead"."""
    *some, last = (_(_WHO[role]) for role in roles)
    return _("{some} or {last}").format(some=", ".join(some), last=last) if some else last


def for_whom(deed: Deed) -> str:
    """Return what is said where a deed is not offered."""
    return _("{deed}: {who}.").format(deed=words_of(deed), who=who_words(roles_of(deed)))


def alone_words(role: Role) -> str:
    """Return what nobody could do in a clinic whose one person has this role; empty for a lead.

    A clinic is made with one account.
    """
    if role in LEADS:
        return ""
    return _(
        "{who} decides on events, approves and sends reports. The clinic begins with one account, "
        "yours: nobody could do that in it."
    ).format(who=_capital(who_words(LEADS)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
