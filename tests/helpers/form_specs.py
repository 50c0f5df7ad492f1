"""What a form shows of a case, what it excuses, and whether two of its boxes overlap."""

from __future__ import annotations

from aeapp.domain.items import generic
from aeapp.formspecs.model import Box, FormSpec


def overlap(one: Box, other: Box) -> bool:
    """Tell whether the two rectangles share more than an edge."""
    return (
        one.page == other.page
        and one.x < other.x + other.w
        and other.x < one.x + one.w
        and one.y < other.y + other.h
        and other.y < one.y + one.h
    )


def shown_paths(spec: FormSpec) -> frozenset[str]:
    """Return the items, without indexes, that some cell shows, also one of a further page."""
    further = (c for r in spec.repeats if r.page is not None for c in r.page.cells)
    return frozenset(
        generic(path) for cell in (*spec.cells(), *further) for path in (cell.path, *cell.joins)
    )


def excuse(spec: FormSpec, path: str) -> str | None:
    """Return why the item at ``path`` is not on the form; None if it is or if nobody said."""
    found = generic(path)
    while found:
        if found in spec.not_on_form:
            return spec.not_on_form[found]
        found = found.rpartition(".")[0]
    return None
