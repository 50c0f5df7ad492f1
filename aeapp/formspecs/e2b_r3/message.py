"""A case as E2B values: by element number, groups nested as the guide nests them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aeapp.domain.items import NullFlavor

Value = str | NullFlavor


@dataclass(slots=True)
class Part:
    """One message, or one member of a group.

    Attributes:
        values: By element number; a value is text as the message writes it.
        groups: Members of the groups inside, by the group's number.
        key: What others refer to it by: a UUID, for reactions and products.
    """

    values: dict[str, Value] = field(default_factory=dict)
    groups: dict[str, list[Part]] = field(default_factory=dict)
    key: str = ""

    def put(self, number: str, value: Value | None) -> None:
        """Set a value; nothing is written for None or an empty text."""
        if value is not None and value != "":
            self.values[number] = value

    def add(self, group: str, key: str = "") -> Part:
        """Add a member to a group and return it."""
        member = Part(key=key)
        self.groups.setdefault(group, []).append(member)
        return member

    def members(self, group: str) -> list[Part]:
        """Return the members of a group."""
        return self.groups.get(group, [])

    def text(self, number: str) -> str:
        """Return a value, "" where there is none or only a reason."""
        value = self.values.get(number, "")
        return "" if isinstance(value, NullFlavor) else value

    def everything(self, path: str = "") -> Iterator[tuple[str, str, Value]]:
        """Yield (where, number, value) of it and all groups in it."""
        for number, value in self.values.items():
            yield path, number, value
        for group, members in self.groups.items():
            for n, member in enumerate(members, start=1):
                yield from member.everything(f"{path}/{group}[{n}]")


@dataclass(slots=True)
class Batch:
    """Messages that are sent together.

    Attributes:
        values: N.1 of the batch.
        messages: One a case.
        unchecked: No schema set was there when it was made, and its file says so.
    """

    values: dict[str, Value] = field(default_factory=dict)
    messages: list[Part] = field(default_factory=list)
    unchecked: bool = False


def batch_bytes(batch: Batch) -> bytes:
    """Return the values of a batch as JSON, equal for equal values."""
    tree: dict[str, Any] = {
        "values": _told(batch.values), "messages": [_tree(m) for m in batch.messages]
    }  # fmt: skip
    if batch.unchecked:
        tree["unchecked"] = True
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _told(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        number: {"null": value.value} if isinstance(value, NullFlavor) else value
        for number, value in values.items()
    }


def _tree(part: Part) -> dict[str, Any]:
    groups = {name: [_tree(member) for member in some] for name, some in part.groups.items()}
    return {"key": part.key, "values": _told(part.values), "groups": groups}


def batch_from(content: bytes) -> Batch:
    """Return the batch of which ``batch_bytes`` made the JSON."""
    tree = json.loads(content)
    messages = [_part(message) for message in tree["messages"]]
    return Batch(_values(tree["values"]), messages, tree.get("unchecked", False))


def _values(tree: Mapping[str, Any]) -> dict[str, Value]:
    return {
        number: NullFlavor(value["null"]) if isinstance(value, dict) else value
        for number, value in tree.items()
    }


def _part(tree: Mapping[str, Any]) -> Part:
    groups = {name: [_part(member) for member in some] for name, some in tree["groups"].items()}
    return Part(_values(tree["values"]), groups, tree["key"])
