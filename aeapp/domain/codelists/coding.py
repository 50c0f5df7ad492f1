"""Lists of coding: which terminology, which level of it, and how a term was found."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class TerminologyName(CodeList):
    """Where a coded term comes from."""

    OWN = "own", N_("Own list")
    CTCAE = "ctcae", N_("CTCAE")
    MEDDRA = "meddra", N_("MedDRA")


class TermLevel(CodeList):
    """What a term of a terminology is; only some of them stand for an event."""

    EVENT = "event", N_("Term")
    LOWEST = "llt", N_("Lowest level term")
    PREFERRED = "pt", N_("Preferred term")
    CLASS = "soc", N_("System organ class")
    # "Other, specify": its number is that of a class, which must not pass for an event.
    OTHER = "other", N_("Other, specify")

    @property
    def codes_events(self) -> bool:
        """Tell whether an event may be coded with terms of this level."""
        return self in (TermLevel.EVENT, TermLevel.LOWEST)


class HowFound(CodeList):
    """How a term was found before a person chose it."""

    EXACT = "exact", N_("Same words")
    SYNONYM = "synonym", N_("Synonym")
    TYPO = "typo", N_("Slip of the fingers")
    PICKED = "picked", N_("Picked from the list")
