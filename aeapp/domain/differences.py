"""What differs between two states of a report, item by item, as a list and as places of the form.

Records are compared by their identity, never by their place: a reading that was added in between
moves others and changes none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.archive import Bundle
from aeapp.domain.case import VIEWS, Case
from aeapp.domain.codecs import show
from aeapp.domain.findings import item_place
from aeapp.domain.items import (
    NULL_LABELS,
    Attribute,
    Kind,
    NullFlavor,
    Privacy,
    Record,
    Section,
    attributes_of,
    spec_at,
)
from aeapp.domain.lifecycle import LIFE
from aeapp.domain.records import Reporter
from aeapp.kernel.i18n import N_, _

_NAMES = {
    "clinic": N_("Clinic"),
    "patient": N_("Patient"),
    "products": N_("Product"),
    "lots": N_("Lot"),
    "sessions": N_("Session"),
    "administrations": N_("Dose"),
    "observations": N_("Reading"),
    "case": N_("Case"),
    "events": N_("Event"),
    "checks": N_("Check"),
    "notes": N_("Note"),
    "scores": N_("Scale"),
    "safety": N_("Safety review"),
    "proposals": N_("Proposal"),
    "calls": N_("Call"),
    "reporters": N_("Reporter"),
    "awareness": N_("Awareness"),
    "decisions": N_("Decision"),
    "labels": N_("Label list"),
    "assessments": N_("Assessment"),
    "reports": N_("Report"),
    "attachments": N_("Attachment"),
}
_STATE = frozenset(f"reports[0].{name}" for name in LIFE)
# What a text was made from, and why something was let be: none of it is part of a report.
_BEHIND = ("case.sentences", "case.left_in", "case.asides")

# Several of a kind in one record: which one is meant has to be said.
_SEVERAL = (
    *("case.further_devices[", "case.other_numbers[", "case.diagnoses[", "case.summaries["),
    *("case.literature[", "patient.conditions[", "patient.medicines[", "patient.causes["),
)


class ChangeKind(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One item that differs.

    Attributes:
        path: Where it stands in the newer state, or in the older one where it was removed.
        part: What the item belongs to, such as ``Event 1``.
        label: The item's own words.
        before, after: Its values in words; "" for none.
        identifies: It tells who somebody is, and no report shows it.
    """

    path: str
    part: str
    label: str
    before: str
    after: str
    identifies: bool = False

    @property
    def kind(self) -> ChangeKind:
        """Return what happened."""
        if not self.before:
            return ChangeKind.ADDED
        return ChangeKind.CHANGED if self.after else ChangeKind.REMOVED

    def sentence(self) -> str:
        """Return it as one line of a list."""
        return _("{part}, {label}: {before} → {after}").format(
            part=self.part,
            label=self.label,
            before=self.before or _("(nothing)"),
            after=self.after or _("(nothing)"),
        )


def differences(old: Bundle, new: Bundle) -> tuple[Change, ...]:
    """Return every item and link that differs, in the order of the case."""
    out: list[Change] = []
    for a in attributes_of(Bundle):
        before, after = _members(old, a), _members(new, a)
        for at, (was, now) in _pairs(before, after):
            place = f"{a.name}[{at}]" if a.repeated else a.name
            part = _(_NAMES.get(a.name, a.name)) + (f" {at + 1}" if a.repeated else "")
            out += _changes(was, now, place, part, (old, new))
    return tuple(out)


def _members(bundle: Bundle, a: Attribute) -> dict[str, tuple[int, Record]]:
    part = getattr(bundle, a.name)
    records = part if isinstance(part, tuple) else (part,) if part is not None else ()
    return {record.id or f"#{n}": (n, record) for n, record in enumerate(records)}


_Pair = tuple[int, tuple[Record | None, Record | None]]


def _pairs(
    before: Mapping[str, tuple[int, Record]], after: Mapping[str, tuple[int, Record]]
) -> Iterator[_Pair]:
    for key, (n, now) in after.items():
        yield n, (before[key][1] if key in before else None, now)
    for key, (n, was) in before.items():
        if key not in after:
            yield n, (was, None)


def _changes(
    was: Record | None, now: Record | None, place: str, part: str, sides: tuple[Bundle, Bundle]
) -> Iterator[Change]:
    cls: Kind = type(now or was)
    # Who files, and from where, is what a report is asked for.
    files = any(isinstance(record, Reporter) and record.files for record in (was, now))
    for path, (before, after) in lens.diff(was, now, f"{place}.").items():
        if path in _STATE or path.startswith(_BEHIND):
            continue
        inner = path.removeprefix(f"{place}.")
        words, links, tells = _words_of(cls, inner)
        yield Change(
            path=path,
            part=part,
            label=f"{words}, {item_place(path)}" if path.startswith(_SEVERAL) else words,
            before=_target(sides[0], before) if links else _shown(before),
            after=_target(sides[1], after) if links else _shown(after),
            identifies=tells and not files,
        )


def _words_of(cls: Kind, inner: str) -> tuple[str, bool, bool]:
    """Return the words of an item of a record, whether it is a link, and whether it identifies."""
    try:
        item = spec_at(cls, inner).item
    except KeyError:
        return _("belongs to"), True, False
    return _(item.label), False, item.phi is Privacy.IDENTIFYING


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, NullFlavor):
        return _(NULL_LABELS[value])
    return show(value) or _("none of them")


def _target(bundle: Bundle, target: Any) -> str:
    """Return what people call the record that a link names."""
    if not target:
        return ""
    found: Section = next((r for r in bundle.records() if r.id == target), Section())
    names = (getattr(found, name, None) for name in ("number", "name", "verbatim", "code"))
    return next((str(name) for name in names if name), _("another record"))


def painted(old: Case, new: Case) -> dict[str, str]:
    """Return, by path of the newer case, what each item that differs was before, in words.

    Paths of views are among them, because the boxes of a form show views.
    """
    out: dict[str, str] = {}
    for a in attributes_of(Case):
        was, now = getattr(old, a.name), getattr(new, a.name)
        if a.name in VIEWS or not a.repeated:
            pairs = {f"{a.name}.": (was, now)} if not a.repeated else _by_place(a.name, was, now)
        else:
            pairs = _by_id(a.name, was, now)
        for prefix, (one, other) in pairs.items():
            for path, (before, _after) in lens.diff(one, other, prefix).items():
                out[path] = _shown(before)
    return {
        path: words
        for path, words in out.items()
        if path.removeprefix("report.") not in LIFE and not path.startswith(_BEHIND)
    }


def _by_place(name: str, was: tuple[Any, ...], now: tuple[Any, ...]) -> dict[str, tuple[Any, Any]]:
    return {
        f"{name}[{n}].": (was[n] if n < len(was) else None, member) for n, member in enumerate(now)
    }


def _by_id(name: str, was: tuple[Any, ...], now: tuple[Any, ...]) -> dict[str, tuple[Any, Any]]:
    known = {record.id: record for record in was}
    return {f"{name}[{n}].": (known.get(record.id), record) for n, record in enumerate(now)}


__all__ = ["Change", "ChangeKind", "differences", "painted"]
