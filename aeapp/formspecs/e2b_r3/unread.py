"""What stands in a message at no element's place: found by writing again what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.nodes import Node, of_url
from aeapp.formspecs.e2b_r3.taking import Left
from aeapp.formspecs.e2b_r3.writing import message_node

_DATA = ("value", "extension", "unit", "nullFlavor")
# Say how a message is handled or what a node is, nothing of the case.
_FIXED = frozenset(
    {
        "code", "statusCode", "interactionId", "processingCode", "processingModeCode",
        "acceptAckCode", "keyWordText", "denominator",
    }
)  # fmt: skip
_SHOWN = 4


def unread(node: Node, message: Part) -> tuple[Left, ...]:
    """Return the values of a message that none of its elements holds.

    Args:
        node: The message as it came.
        message: What was read of it.
    """
    known = Counter((name, value) for _path, name, value in _data(message_node(message), ""))
    out = []
    for path, name, value in _data(node, ""):
        if known[(name, value)] > 0:
            known[(name, value)] -= 1
        else:
            short = "/".join(path.split("/")[-_SHOWN:])
            out.append(Left("", "", f"{short} {name}".strip(), value))
    return tuple(out)


def _data(node: Node, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, name and value of what a node and those below it say."""
    here = f"{path}/{node.name}" if path else node.name
    if node.name not in _FIXED:
        for name in _DATA:
            if value := node.attributes.get(name):
                yield here, name, of_url(value) if node.name == "telecom" else value
        if text := " ".join(node.text.split()):
            yield here, "", text
    for child in node.children:
        yield from _data(child, here)
