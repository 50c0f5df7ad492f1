"""Read, change, list and compare frozen trees by path.

``patient.sex`` is an attribute of an attribute, ``events[0].onset`` one inside a repeat.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from aeapp.domain.items import Kind, Section, attributes_of

T = TypeVar("T")
Item = tuple[str, Any]

_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


@lru_cache(maxsize=4096)
def steps(path: str) -> tuple[tuple[str, int | None], ...]:
    """Return ``path`` taken apart into (name, index) pairs.

    Raises:
        KeyError: The path has another shape.
    """
    out = []
    for part in path.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise KeyError(path)
        name, index = match.groups()
        out.append((name, None if index is None else int(index)))
    return tuple(out)


def get(tree: Any, path: str) -> Any:
    """Return what stands at ``path``.

    Raises:
        KeyError: The tree has no such place.
    """
    node = tree
    for name, index in steps(path):
        if not hasattr(node, name):
            raise KeyError(path)
        node = getattr(node, name)
        if index is not None:
            if not isinstance(node, tuple) or index >= len(node):
                raise KeyError(path)
            node = node[index]
    return node


def put(tree: T, path: str, value: Any) -> T:
    """Return a copy of ``tree`` with ``value`` at ``path``.

    Raises:
        KeyError: The tree has no such place.
    """
    changed: T = _put(tree, steps(path), value, path)
    return changed


def _put(node: Any, rest: tuple[tuple[str, int | None], ...], value: Any, path: str) -> Any:
    (name, index), *more = rest
    if not hasattr(node, name):
        raise KeyError(path)
    child = getattr(node, name)
    if index is None:
        new = _put(child, tuple(more), value, path) if more else value
    else:
        if not isinstance(child, tuple) or index >= len(child):
            raise KeyError(path)
        member = _put(child[index], tuple(more), value, path) if more else value
        new = (*child[:index], member, *child[index + 1 :])
    return dataclasses.replace(node, **{name: new})


def paths(tree: Any) -> Iterator[str]:
    """Yield the path of every item in ``tree``, indexes filled in, in declaration order."""
    return (path for path, _value in items(tree))


def items(tree: Any, prefix: str = "") -> list[Item]:
    """Return path and value of every item in the section ``tree``, in declaration order.

    ``prefix`` stands before each path.
    """
    out: list[Item] = []
    _collect(tree, prefix, out)
    return out


def _collect(tree: Any, prefix: str, out: list[Item]) -> None:
    # A case is walked at every keystroke: one list, filled on the way, is three times as fast as
    # asking for each path again.
    cls: Kind = type(tree)
    for a in attributes_of(cls):
        child = getattr(tree, a.name)
        if not a.is_section:
            if a.item is not None:
                out.append((prefix + a.name, child))
        elif a.repeated:
            for n, member in enumerate(child):
                _collect(member, f"{prefix}{a.name}[{n}].", out)
        elif child is not None:
            _collect(child, f"{prefix}{a.name}.", out)


def diff(old: Any, new: Any, prefix: str = "") -> dict[str, tuple[Any, Any]]:
    """Return {path: (before, after)} for every item and link that differs.

    A member of a repeat that only one side has shows each of its filled items against None.
    """
    cls: Kind = type(new if new is not None else old)
    out: dict[str, tuple[Any, Any]] = {}
    if old is new:
        return out
    for a in attributes_of(cls):
        path = prefix + a.name
        before = getattr(old, a.name) if old is not None else None
        after = getattr(new, a.name) if new is not None else None
        if before is after:
            continue
        if a.is_section and a.repeated:
            _diff_repeat(before or (), after or (), path, out)
        elif a.is_section:
            out |= diff(before, after, path + ".")
        elif differs(before, after):
            out[path] = (_plain(before), _plain(after))
    return out


def _diff_repeat(
    before: tuple[Section, ...],
    after: tuple[Section, ...],
    path: str,
    out: dict[str, tuple[Any, Any]],
) -> None:
    for n in range(max(len(before), len(after))):
        old = before[n] if n < len(before) else None
        new = after[n] if n < len(after) else None
        out |= diff(old, new, f"{path}[{n}].")


def differs(before: Any, after: Any) -> bool:
    """Tell whether two item values differ.

    1.0 and 1.00 do, because digits are kept as given; so do a reason and the text that spells it,
    which are equal to Python.
    """
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return before.as_tuple() != after.as_tuple()
    before, after = _plain(before), _plain(after)
    return type(before) is not type(after) or bool(before != after)


def _plain(value: Any) -> Any:
    # A link that points nowhere is the same nothing as an item nobody answered.
    return None if value == "" else value
