"""Causes of death of a message as words and as causes with codes: inverse of of_death."""

from __future__ import annotations

from typing import Any

from aeapp.domain.records import Patient
from aeapp.domain.records.death import CauseOfDeath
from aeapp.formspecs.e2b_r3.of_death import BETWEEN
from aeapp.formspecs.e2b_r3.taking import Taking, fits, held, texts

_REPORTED = (
    ("words", "D.9.2.r.2"), ("meddra_code", "D.9.2.r.1b"), ("meddra_edition", "D.9.2.r.1a"),
)  # fmt: skip
_FOUND = tuple((item, number.replace("D.9.2", "D.9.4")) for item, number in _REPORTED)


def causes_of(top: Taking) -> dict[str, Any]:
    """Return the cause in words, and the causes that have a code or were found by an autopsy."""
    members = top.members("D.9.2.r")
    told = list(texts(members, "D.9.2.r.2"))
    joined = fits(Patient, "death_cause", BETWEEN.join(text for _one, text in told))
    for one, _text in told if joined else ():
        one.take("D.9.2.r.2")
    coded = [one for one in members if _takes(one, "meddra_code", "D.9.2.r.1b")]
    found = [
        one for one in top.members("D.9.4.r")
        if _takes(one, "meddra_code", "D.9.4.r.1b") or _takes(one, "words", "D.9.4.r.2")
    ]  # fmt: skip
    causes = [held(CauseOfDeath, one, _REPORTED) for one in coded]
    causes += [held(CauseOfDeath, one, _FOUND, by_autopsy=True) for one in found]
    return {"death_cause": joined, "causes": tuple(causes)}


def _takes(one: Taking, item: str, number: str) -> bool:
    return fits(CauseOfDeath, item, one.text(number)) is not None
