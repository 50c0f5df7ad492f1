"""Follow the links of a record, also those inside its repeated parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from aeapp.domain.items import Section, attributes_of

S = TypeVar("S", bound=Section)


def links_of(section: Section, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield path, kind and id of each link of ``section`` that is set."""
    for a in attributes_of(type(section)):
        value, here = getattr(section, a.name), f"{path}{a.name}"
        if a.link is not None:
            if value:
                yield here, a.link.kind, value
        elif a.is_section and a.repeated:
            for n, part in enumerate(value):
                yield from links_of(part, f"{here}[{n}].")


def relinked(section: S, change: Callable[[str, str], str]) -> S:
    """Return ``section`` with each link replaced by ``change(kind, id)``."""
    changes: dict[str, Any] = {}
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.link is not None:
            changes[a.name] = change(a.link.kind, value)
        elif a.is_section and a.repeated and value:
            changes[a.name] = tuple(relinked(part, change) for part in value)
    return replace(section, **changes) if changes else section  # type: ignore[type-var]
