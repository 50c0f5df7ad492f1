"""Write a section down in a step of the journal, and read it back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.items import Section, spec_at

S = TypeVar("S", bound=Section)


def plain(section: Any) -> dict[str, Any]:
    """Return what is said in a section of plain items, as JSON can hold it."""
    values = ((f.name, getattr(section, f.name)) for f in fields(section))
    return {name: to_json(value) for name, value in values if value is not None}


def section_of(kind: type[S], raw: dict[str, Any]) -> S:
    """Return the section that ``plain`` wrote down.

    Raises:
        BadInputError, TypeError: It is none of this version of the program.
    """
    return kind(**{name: from_json(spec_at(kind, name), value) for name, value in raw.items()})
