"""A message as plain nodes, and how a place is found or made among them.

Reading and writing use the same places, so that what is written is what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from aeapp.formspecs.e2b_r3.model import Step

# Nodes that only join: each holds one thing, and another thing needs another of them.
_JOINTS = frozenset(
    {
        "component", "component1", "reference", "authorization", "outboundRelationship",
        "outboundRelationship1", "outboundRelationship2", "inboundRelationship", "subjectOf",
        "subjectOf1", "subjectOf2", "referenceRange", "part", "ingredient",
    }
)  # fmt: skip

# What no URL holds as it is; two slashes at its begin would name a server.
_NOT_IN_URLS = {sign: quote(sign, safe="") for sign in "%#[]"}


def as_url(text: str) -> str:
    """Return a number or an address as it follows ``tel:`` in a URL."""
    told = "".join(_NOT_IN_URLS.get(sign, sign) for sign in text)
    return f"%2F{told[1:]}" if told.startswith("/") else told


def of_url(text: str) -> str:
    """Return what follows ``tel:`` in a URL as people write it."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


@dataclass(slots=True)
class Node:
    """One element of the XML, with names of the HL7 name space."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def named(self, name: str) -> list[Node]:
        """Return the children of that name."""
        return [child for child in self.children if child.name == name]

    def first(self, *names: str) -> Node | None:
        """Return the first node down a path of names; None where there is none."""
        node = self
        for name in names:
            for child in node.children:
                if child.name == name:
                    node = child
                    break
            else:
                return None
        return node

    def add(self, name: str, **attributes: str) -> Node:
        """Add a child and return it."""
        child = Node(name, dict(attributes))
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        """Yield the node and everything below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def matches(node: Node, step: Step) -> bool:
    """Tell whether a node is what a step names."""
    if node.name != step.name:
        return False
    if step.type_code and node.attributes.get("typeCode") != step.type_code:
        return False
    if step.root and node.attributes.get("root") != step.root:
        return False
    if step.begins and not _begins(node, step.begins):
        return False
    if (step.code_system or step.null_code) and not _has_code(node, step):
        return False
    return not step.needs or all(_holds(node, *need) for need in step.needs)


def _matching(node: Node, step: Step) -> list[Node]:
    """Return the children that are what a step names."""
    name = step.name
    here = [child for child in node.children if child.name == name]
    if here and not step.by_name:
        here = [child for child in here if matches(child, step)]
    return here[step.index - 1 : step.index] if step.index else here


def _begins(node: Node, prefix: str) -> bool:
    # FDA: without an address the value is the bare word.
    value = node.attributes.get("value", "")
    return value.startswith(prefix) or value == prefix.rstrip(":")


def _has_code(node: Node, step: Step) -> bool:
    code = node.first("code")
    if code is None:
        return False
    if step.null_code:
        return code.attributes.get("nullFlavor") == step.null_code
    in_list = code.attributes.get("codeSystem") == step.code_system
    return in_list and step.code in {"", code.attributes.get("code")}


def _holds(node: Node, names: Sequence[str], attribute: str, value: str) -> bool:
    found = node.first(*names)
    return found is not None and found.attributes.get(attribute) == value


def find(node: Node, steps: Sequence[Step]) -> Node | None:
    """Return the first node at a place; None where there is none."""
    return next(find_all(node, steps), None)


def find_all(node: Node, steps: Sequence[Step]) -> Iterator[Node]:
    """Yield every node at a place."""
    if not steps:
        yield node
        return
    for child in _matching(node, steps[0]):
        yield from find_all(child, steps[1:])


def made(node: Node, steps: Sequence[Step]) -> Node:
    """Return the node at a place, making what is not there yet."""
    depth, nearest = _nearest(node, steps)
    for step in steps[depth:]:
        # Making a node may have made the code or marker below it already.
        there = () if step.name in _JOINTS else _matching(nearest, step)
        nearest = there[0] if there else new_node(nearest, step)
    return nearest


def _nearest(node: Node, steps: Sequence[Step]) -> tuple[int, Node]:
    """Return how many steps are there already, and the last of their nodes."""
    for depth, step in enumerate(steps):
        here = _matching(node, step)
        if len(here) == 1 and step.name not in _JOINTS:
            # There is one way on alone.
            node = here[0]
            continue
        best = (depth, node)
        below = steps[depth + 1 :]
        for child in here:
            inner, found = _nearest(child, below)
            if step.name in _JOINTS and child.children and _holds_other(below, inner):
                continue
            if depth + inner + 1 > best[0]:
                best = (depth + inner + 1, found)
        return best
    return len(steps), node


def _holds_other(below: Sequence[Step], depth: int) -> bool:
    """Tell whether a joint holds something else than what is looked for below it."""
    if below and depth == 0:
        return True
    for number, step in enumerate(below):
        if step.name in _JOINTS:
            return False
        told_apart = step.code_system or step.null_code or step.root or step.needs
        if told_apart and number >= depth:
            return True
    return False


def new_node(parent: Node, step: Step) -> Node:
    """Make the node of a step below ``parent``."""
    if step.index:
        for _missing in range(len(parent.named(step.name)), step.index - 1):
            parent.add(step.name, nullFlavor="NI")
    node = parent.add(step.name)
    if step.type_code:
        node.attributes["typeCode"] = step.type_code
    if step.root:
        node.attributes["root"] = step.root
    _add_code(node, step)
    for names, attribute, value in step.needs:
        target = node
        for name in names:
            target = target.first(name) or target.add(name)
        target.attributes[attribute] = value
    return node


def _add_code(node: Node, step: Step) -> None:
    """Add the code that tells a node apart; one for any code names its list alone."""
    if step.null_code:
        node.add("code", nullFlavor=step.null_code)
    elif step.code:
        node.add("code", code=step.code, codeSystem=step.code_system)
    elif step.code_system:
        node.add("code", codeSystem=step.code_system)
