"""What no value tells: references that lead nowhere, lists by a wrong name, empty elements.

Each was let pass by the schema in a message of somebody's; a receiver refuses some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aeapp.domain.findings import Severity
from aeapp.formspecs.e2b_r3.checking import MessageFinding
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.writing import MESSAGE
from aeapp.kernel.i18n import N_, _

_OID = re.compile(r"[0-2](\.(0|[1-9]\d*))+")
_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-(?P<version>[0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
)
# Names that stand for lists that were to come when ICH wrote its samples.
_TO_COME = re.compile(r"TBD-\w+")
# Where a reference stands, what it leads to, and the element that holds it.
_REFERENCES = {
    "productUseReference": ("substanceAdministration", "G.k.1"),
    "adverseEffectReference": ("observation", "G.k.9.i.1"),
    "actReference": ("observation", "G.k.9.i.1"),
}
_SCHEMES = ("tel:", "fax:", "mailto:")
LOCATION = "xsi:schemaLocation"


def check_nodes(root: Node) -> tuple[MessageFinding, ...]:
    """Return what is wrong with the nodes of a batch, message by message."""
    found = list(check_root(root))
    for n, message in enumerate(root.named(MESSAGE), start=1):
        found += check_node(str(n), message)
    return tuple(found)


def check_root(root: Node) -> Iterator[MessageFinding]:
    """Yield what is wrong with the node of a batch itself."""
    if LOCATION not in root.attributes:
        text = N_("The file does not name its schema; FDA's gateway asks for that.")
        yield _finding("", "N.1", text, Severity.WARNS)


def check_node(where: str, message: Node) -> tuple[MessageFinding, ...]:
    """Return what is wrong with the nodes of one message; the same is said once."""
    return tuple(dict.fromkeys(_message(where, message)))


def _finding(
    where: str, number: str, text: str, severity: Severity = Severity.BLOCKS
) -> MessageFinding:
    return MessageFinding(where, number, severity, _(text))


def _message(where: str, message: Node) -> Iterator[MessageFinding]:
    nodes = list(message.walk())
    known = _keys(nodes)
    for node in nodes:
        if node.name in _REFERENCES:
            yield from _reference(where, node, known)
        elif node.name == "telecom":
            yield from _telecom(where, node)
        given = node.attributes
        if not given:
            yield from _empty(where, node)
            continue
        if "compression" in given:
            text = N_("An included file is not packed: FDA takes none that is.")
            yield MessageFinding(where, "C.1.6.1.r.2", Severity.BLOCKS, _(text), "R0010")
        if "codeSystem" in given:
            yield from _list(where, node)


def _keys(nodes: Iterable[Node]) -> dict[str, set[str]]:
    """Return the keys of all products and reactions, by the name of their nodes."""
    known: dict[str, set[str]] = {"substanceAdministration": set(), "observation": set()}
    for node in nodes:
        if node.name in known:
            known[node.name] |= {one.attributes.get("root", "") for one in node.named("id")}
    return known


def _reference(where: str, node: Node, known: dict[str, set[str]]) -> Iterator[MessageFinding]:
    target, number = _REFERENCES[node.name]
    key = next((one.attributes.get("root", "") for one in node.named("id")), "")
    if key not in known[target]:
        text = N_("A reference leads to nothing in the message.")
        yield _finding(where, number, text)
    match = _UUID.fullmatch(key.lower())
    if match is not None and match["version"] not in "12345":
        text = N_("The key of a product or reaction is no UUID of a known version.")
        yield _finding(where, number, text, Severity.WARNS)


def _telecom(where: str, node: Node) -> Iterator[MessageFinding]:
    value = node.attributes.get("value", "")
    if value and "nullFlavor" not in node.attributes and not value.startswith(_SCHEMES):
        text = _("A number or address begins with tel:, fax: or mailto:, not with {words}.")
        words = value.partition(":")[0][:10] if ":" in value else N_("the number itself")
        yield MessageFinding(where, "C.2.r.2.7", Severity.BLOCKS, text.format(words=_(words)))


def _list(where: str, node: Node) -> Iterator[MessageFinding]:
    name = node.attributes.get("codeSystem", "")
    if name and not _OID.fullmatch(name) and not _TO_COME.fullmatch(name):
        text = _("The list of a code is named {name}; an identifier of digits belongs there.")
        yield MessageFinding(where, node.name, Severity.BLOCKS, text.format(name=name[:30]))


def _empty(where: str, node: Node) -> Iterator[MessageFinding]:
    if not node.children and not node.text.strip():
        text = _("The element {name} is empty: neither a value nor a reason stands there.")
        yield MessageFinding(where, node.name, Severity.WARNS, text.format(name=node.name))
