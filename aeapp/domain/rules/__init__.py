"""Rules across items, one module a source; ``ALL_RULES`` is what a check runs."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from aeapp.domain.findings import Rule
from aeapp.domain.rules import (
    assessing,
    completeness,
    consistency,
    electronic,
    fda3500,
    fda3500_dates,
    minimum,
    narrative,
    owed,
    reporting,
    room,
    stated,
    study,
)

# Numbers of the reference list that no rule of a case can hold, or not yet, and why.
NOT_HERE: dict[str, str] = {
    "V19": "A country is picked from the form's own list and read back from no other, so that none"
    " outside it can stand in a case; a test of the list holds it, and an export on the official"
    " form names a country that the blank does not list.",
    "V21": "How a page looks is no fact of a case: a test holds title, foot and pages of every"
    " document, that of the archive and the de-identified copy included, and has what breaks each.",
    "V22": "Fonts of a page are no fact of a case: the same test holds faces and sizes.",
    "V32": "A de-identified copy is made at the export and is no fact of a case: it withholds texts"
    " that no named person has read, and is not written while a known identifier is left.",
}

ALL_RULES: tuple[Rule, ...] = (
    *fda3500.RULES,
    *fda3500_dates.RULES,
    *stated.RULES,
    *completeness.RULES,
    *assessing.RULES,
    *study.RULES,
    *minimum.RULES,
    *owed.RULES,
    *electronic.RULES,
    *room.RULES,
    *reporting.RULES,
    *consistency.RULES,
    *narrative.RULES,
)


@cache
def fingerprint() -> str:
    """Return the hash of the rules as they are written, and of the destinations they serve.

    A rule that changes in a single word of its condition gives another one, on any machine.
    """
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for file in (*sorted(here.glob("*.py")), here.parent / "destinations.py"):
        lines = file.read_text(encoding="utf-8").splitlines()
        digest.update("\n".join((file.name, *lines, "")).encode())
    return digest.hexdigest()[:12]


def rule_set(destination: str) -> str:
    """Return the name of the rules of ``destination``: how many, and the hash of all of them."""
    count = sum(rule.holds_for(destination) for rule in ALL_RULES)
    return f"{destination}, {count} rules, {fingerprint()}"
