"""Lists by which a search is narrowed."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class FoundKind(CodeList):
    """What kind of place a hit is."""

    PATIENT = "patient", N_("Patients")
    SESSION = "session", N_("Sessions")
    EVENT = "event", N_("Events")
    REPORT = "report", N_("Reports")


class FoundState(CodeList):
    """Where a session, an event or a report stands; those of reports have their own list."""

    PLANNED = "planned", N_("Planned")
    RUNNING = "running", N_("Running")
    ENDED = "ended", N_("Ended")
    STANDS = "stands", N_("Counts")
    STRUCK = "struck", N_("Struck through")
    # Of a report: approved once, and its records changed since; nothing of it is stored as a state.
    CHANGED = "changed", N_("Changed since it was approved")


class FoundSerious(CodeList):
    """The answer to the seriousness question; no answer is not a No."""

    SERIOUS = "serious", N_("Serious")
    UNASSESSED = "unassessed", N_("Not assessed")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_SERIOUS = "not-serious", N_("Not serious")
