"""Declare a reportable item once, beside the attribute that holds it.

Everything that shows, stores, prints, sends or checks an item reads it from here by its path.
Storage and widgets are elsewhere; this module knows only dataclasses and their annotations.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar

from aeapp.kernel.i18n import N_

Check = Callable[[Any], str | None]
Kind = type[Any]


class NullFlavor(StrEnum):
    """Why there is no value: a chosen reason, never typed text (E2B(R3) null flavors)."""

    UNK = "UNK"
    ASKU = "ASKU"
    NASK = "NASK"
    MSK = "MSK"
    NA = "NA"
    NI = "NI"


NULL_LABELS: dict[NullFlavor, str] = {
    NullFlavor.UNK: N_("Unknown"),
    NullFlavor.ASKU: N_("Asked but not told"),
    NullFlavor.NASK: N_("Not asked"),
    NullFlavor.MSK: N_("Masked"),
    NullFlavor.NA: N_("Not applicable"),
    NullFlavor.NI: N_("No information yet"),
}


def as_text(value: object) -> str:
    """Return ``value`` where it is text, else nothing.

    Ask here instead of for ``str``: a reason and a code are texts to Python, too.
    """
    return value if isinstance(value, str) and not isinstance(value, StrEnum) else ""


UNKNOWN = (NullFlavor.UNK, NullFlavor.ASKU, NullFlavor.NASK, NullFlavor.NI)
UNKNOWN_OR_NA = (*UNKNOWN, NullFlavor.NA)
IDENTIFYING_NULLS = (*UNKNOWN, NullFlavor.MSK, NullFlavor.NA)


class Privacy(StrEnum):
    """Who may see an item outside the chart."""

    CLINICAL = "clinical"
    IDENTIFYING = "identifying"
    STAFF = "staff"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Item:
    """One reportable item.

    Attributes:
        label: Short caption on screen, marked for translation.
        help: One sentence for the person who fills it in, marked for translation.
        source: Form item, E2B element, rule or decision that asks for it.
        unit: Unit shown beside a number; the value itself carries no unit then.
        max_len: Longest text in characters.
        checks: Value rules; each returns a sentence when the value breaks it.
        nulls: Reasons that may stand in place of a value.
        e2b: Element of ICH E2B(R3).
        phi: Whether the item identifies a person.
        widget: Name of a widget, where the type alone does not decide.
    """

    label: str
    help: str
    source: str
    unit: str = ""
    max_len: int = 250
    checks: tuple[Check, ...] = ()
    nulls: tuple[NullFlavor, ...] = ()
    e2b: str = ""
    phi: Privacy = Privacy.CLINICAL
    widget: str = ""

    def __post_init__(self) -> None:
        if not (self.label and self.help and self.source):
            msg = "An item needs a label, a help sentence and a source."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Link:
    """The attribute holds the id of a record of ``kind``; empty means none."""

    kind: str


# Metadata of a dataclass field that is neither item nor link nor section, such as a cache.
PLAIN: dict[str, str] = {"role": "plain"}


class Section:
    """Parent of everything that holds patient data: its repr never shows a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        filled = [
            f.name
            for f in dataclasses.fields(self)  # type: ignore[arg-type]
            if getattr(self, f.name) not in (None, "", ())
        ]
        return f"{type(self).__name__}({', '.join(filled)})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Record(Section):
    """A section with an identity and a version of its own, stored and audited by itself.

    Attributes:
        id: Made by the program, never reused; empty before the record is created.
        version: 0 before the first save, then raised by one with every save.
    """

    KIND: ClassVar[str] = ""

    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One item as found in a tree of dataclasses.

    Attributes:
        path: ``patient.sex``; inside repeats ``events[].onset``.
        type: Value type without its reasons and without None; for check-all items ``frozenset``.
        element: The code list of a ``frozenset``, else ``type``.
    """

    path: str
    type: Kind
    element: Kind
    item: Item

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def nulls(self) -> tuple[NullFlavor, ...]:
        """Return the reasons that may stand in place of a value."""
        return self.item.nulls


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a dataclass, taken apart: exactly one of the roles is set.

    Attributes:
        item, link: What the annotation says; None where it is the other role.
        type: Core value type of an item, or the class of a nested or repeated section.
        element: Member type of a frozenset, else ``type``.
        repeated: The attribute is a tuple of sections.
    """

    name: str
    type: Kind
    element: Kind
    item: Item | None = None
    link: Link | None = None
    repeated: bool = False

    @property
    def is_section(self) -> bool:
        """Tell whether the attribute holds sections instead of a value."""
        return self.item is None and self.link is None


def _core_of(annotation: Any) -> tuple[type, type, bool]:
    """Return core type, member type, and whether it is a tuple of them."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        parts = [a for a in typing.get_args(annotation) if a not in (type(None), NullFlavor)]
        (annotation,) = parts
    origin = typing.get_origin(annotation)
    if origin is frozenset:
        return frozenset, typing.get_args(annotation)[0], False
    if origin is tuple:
        member = typing.get_args(annotation)[0]
        return member, member, True
    return annotation, annotation, False


def attributes_of(cls: Kind) -> tuple[Attribute, ...]:
    """Return the attributes of a section class in declaration order, id and version left out."""
    known = _attributes.get(cls)
    if known is None:
        known = _attributes[cls] = _read_attributes(cls)
    return known


_attributes: dict[Kind, tuple[Attribute, ...]] = {}


def _read_attributes(cls: Kind) -> tuple[Attribute, ...]:
    hints = typing.get_type_hints(cls, include_extras=True)
    found = []
    for field in dataclasses.fields(cls):
        if field.name in ("id", "version") or field.metadata == PLAIN:
            continue
        annotation, item, link = hints[field.name], None, None
        if typing.get_origin(annotation) is Annotated:
            annotation, *extras = typing.get_args(annotation)
            item = next((e for e in extras if isinstance(e, Item)), None)
            link = next((e for e in extras if isinstance(e, Link)), None)
        core, element, repeated = _core_of(annotation)
        found.append(Attribute(field.name, core, element, item, link, repeated))
    return tuple(found)


def _walk(cls: type, prefix: str) -> Iterator[FieldSpec]:
    for a in attributes_of(cls):
        path = prefix + a.name
        if a.item is not None:
            yield FieldSpec(path, a.type, a.element, a.item)
        elif a.is_section:
            yield from _walk(a.type, path + ("[]." if a.repeated else "."))


@cache
def specs_of(cls: type) -> dict[str, FieldSpec]:
    """Return every item below ``cls`` by its path, in declaration order."""
    return {spec.path: spec for spec in _walk(cls, "")}


def spec_at(cls: type, path: str) -> FieldSpec:
    """Return the item at ``path``; indexes in the path are ignored.

    Raises:
        KeyError: There is no such item.
    """
    return specs_of(cls)[generic(path)]


def generic(path: str) -> str:
    """Return ``path`` without its indexes: ``events[3].onset`` -> ``events[].onset``."""
    out = []
    for part in path.split("["):
        head, bracket, tail = part.partition("]")
        out.append(tail if bracket else head)
    return "[]".join(out)
