"""The places of many elements as one tree, so that a message is walked once and not once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aeapp.formspecs.e2b_r3.model import Element, Group, Step
from aeapp.formspecs.e2b_r3.nodes import Node, matches


@dataclass(slots=True)
class Branch:
    """One step, with what stands there and where places go on from it.

    Attributes:
        elements: Whose place ends here.
        groups: Numbers of the groups of which a member begins here.
        below: Branches of the next step, by name of the node.
    """

    step: Step | None = None
    elements: list[Element] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    below: dict[str, Fork] = field(default_factory=dict)

    def at(self, steps: Iterable[Step]) -> Branch:
        """Return the branch at the end of a place, making what is not there yet."""
        branch = self
        for step in steps:
            branch = branch.below.setdefault(step.name, Fork()).branch(step)
        return branch


@dataclass(slots=True)
class Fork:
    """The branches for nodes of one name.

    Attributes:
        coded: Those that a code tells apart, by list and code.
        others: The rest.
    """

    coded: dict[tuple[str, str], list[Branch]] = field(default_factory=dict)
    others: list[Branch] = field(default_factory=list)

    def branch(self, step: Step) -> Branch:
        """Return the branch of a step, made where it is not there."""
        is_coded = step.code and not step.null_code
        some = self.coded.setdefault((step.code_system, step.code), []) if is_coded else self.others
        for branch in some:
            if branch.step == step:
                return branch
        some.append(Branch(step))
        return some[-1]

    def of(self, node: Node) -> Iterator[tuple[Branch, Step]]:
        """Yield the branches that a node is of."""
        some = self.others
        if self.coded:
            code = node.first("code")
            if code is not None:
                key = code.attributes.get("codeSystem", ""), code.attributes.get("code", "")
                some = [*self.coded.get(key, ()), *some]
        for branch in some:
            step = branch.step
            if step is not None and (step.by_name or matches(node, step)):
                yield branch, step


def tree_of(elements: Iterable[Element], groups: Iterable[Group]) -> Branch:
    """Return the places of elements and groups below one anchor."""
    root = Branch()
    for element in elements:
        root.at(element.place.steps).elements.append(element)
    for group in groups:
        root.at(group.anchor).groups.append(group.number)
    return root


def walked(node: Node, branch: Branch) -> Iterator[tuple[Node, Branch]]:
    """Yield each node that something stands at, with its branch, in the order of the message."""
    if branch.elements or branch.groups:
        yield node, branch
    if not branch.below:
        return
    counted: dict[Step, int] = {}
    for child in node.children:
        fork = branch.below.get(child.name)
        if fork is None:
            continue
        for inner, step in fork.of(child):
            if step.index:
                counted[step] = counted.get(step, 0) + 1
                if counted[step] != step.index:
                    continue
            yield from walked(child, inner)
