"""The terms that can be found: those of the own list, and those of loaded releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aeapp.domain.chair.palette_terms import EDITION, TERMS
from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.coding.index import Coded
from aeapp.domain.records.terminology import TermEntry, Terminology


def own_terms() -> Iterator[Coded]:
    """Yield the terms of our own list."""
    for term in TERMS:
        yield Coded(TerminologyName.OWN, EDITION, "", term.code, term.words, synonyms=term.synonyms)


def release_terms(release: Terminology, entries: Iterable[TermEntry]) -> Iterator[Coded]:
    """Yield the terms of a release that an event can be coded with."""
    all_of_it = tuple(entries)
    name, edition = release.name or TerminologyName.OWN, release.edition or ""
    preferred = {e.code or "": e for e in all_of_it if e.level is TermLevel.PREFERRED}
    classes = {e.code or "": e.term or "" for e in all_of_it if e.level is TermLevel.CLASS}
    for entry in all_of_it:
        if entry.level is None or not entry.level.codes_events:
            continue
        yield Coded(
            name,
            edition,
            release.meddra_edition or "",
            entry.code or "",
            entry.term or "",
            current=entry.current is not False,
            above=_above(entry, preferred, classes),
            parent=entry.parent or "",
        )


def _above(entry: TermEntry, preferred: dict[str, TermEntry], classes: dict[str, str]) -> str:
    parent = preferred.get(entry.parent or "")
    if parent is None:
        return entry.soc or ""
    named = "" if parent.code == entry.code else parent.term or ""
    return " · ".join(part for part in (named, classes.get(parent.parent or "", "")) if part)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands in its release: under which preferred term and class; "" for none."""

    preferred: str
    soc: str


def places_of(entries: Iterable[TermEntry]) -> dict[str, Place]:
    """Return the place of each code of a release that an event can be coded with."""
    all_of_it = tuple(entries)
    preferred = {e.code or "": e for e in all_of_it if e.level is TermLevel.PREFERRED}
    classes = {e.code or "": e.term or "" for e in all_of_it if e.level is TermLevel.CLASS}
    out = {}
    for entry in all_of_it:
        if entry.level is not None and entry.level.codes_events:
            parent = preferred.get(entry.parent or "")
            found = parent or entry
            soc = entry.soc or classes.get(found.parent or "", "")
            out[entry.code or ""] = Place(found.term or "", soc)
    return out
