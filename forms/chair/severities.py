"""The answers to how strong an event is, as short as a chip is wide."""

from __future__ import annotations

from aeapp.domain.codelists.safety import Severity
from aeapp.kernel.i18n import N_, _

# 5, death, comes only with the outcome of the event.
SEVERITIES = tuple(s for s in Severity if s is not Severity.DEATH)
_SHORT = {
    Severity.MILD: N_("Mild"),
    Severity.MODERATE: N_("Moderate"),
    Severity.SEVERE: N_("Severe"),
    Severity.LIFE_THREATENING: N_("Life-threatening"),
    Severity.DEATH: N_("Death"),
}


def severity_words(severity: Severity) -> str:
    """Return the word that stands beside the digit."""
    return _(_SHORT[severity])
