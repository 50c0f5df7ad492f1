"""Write the nodes of a message as XML: one name space, no address that anybody would fetch.

A batch is written message by message, so that ten thousand take no more memory than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.structure import LOCATION
from aeapp.formspecs.e2b_r3.writing import MESSAGE

HL7 = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES = {None: HL7, "xsi": XSI}
# lxml repeats these on every piece; they stand on the root.
_DECLARED = f' xmlns="{HL7}" xmlns:xsi="{XSI}"'.encode()
_BEFORE = "receiver"
_SPACE = f"{{{HL7}}}"
_NAMED = {"xsi:type": f"{{{XSI}}}type"}


def xml_of(root: Node, remark: str = "") -> bytes:
    """Return the file, UTF-8; the same nodes and remark give the same bytes."""
    messages = [child for child in root.children if child.name == MESSAGE]
    around = [child for child in root.children if child.name != MESSAGE]
    return b"".join(pieces_of(Node(root.name, root.attributes, "", around), messages, remark))


def pieces_of(root: Node, messages: Iterable[Node], remark: str = "") -> Iterator[bytes]:
    """Yield the file piece by piece.

    Args:
        root: The batch without its messages.
        messages: Each is asked for when the ones before it are written.
        remark: What the file says of itself before its root, as a comment.
    """
    said = f"<!-- {remark} -->\n".encode() if remark else b""
    yield b"<?xml version='1.0' encoding='UTF-8'?>\n" + said + _opening(root)
    before, after = _split(root.children)
    for child in before:
        yield _piece(child)
    for message in messages:
        yield _piece(message)
    for child in after:
        yield _piece(child)
    yield f"</{root.name}>\n".encode()


def _split(children: list[Node]) -> tuple[list[Node], list[Node]]:
    names = [child.name for child in children]
    place = names.index(_BEFORE) if _BEFORE in names else len(names)
    return children[:place], children[place:]


def _opening(root: Node) -> bytes:
    made = etree.Element(_SPACE + root.name, nsmap=_NAMES)
    made.set(f"{{{XSI}}}schemaLocation", f"{HL7} {root.name}.xsd")
    _attributes(made, root)
    return bytes(etree.tostring(made, encoding="UTF-8")).replace(b"/>", b">\n")


def _piece(node: Node) -> bytes:
    made = etree.Element(_SPACE + node.name, nsmap=_NAMES)
    _fill(made, node)
    etree.indent(made, level=1)
    written: bytes = etree.tostring(made, encoding="UTF-8")
    return b"  " + written.replace(_DECLARED, b"", 1) + b"\n"


def _fill(made: etree._Element, node: Node) -> None:
    _attributes(made, node)
    if node.text:
        made.text = node.text
    for child in node.children:
        _fill(etree.SubElement(made, _SPACE + child.name), child)


def _attributes(made: etree._Element, node: Node) -> None:
    for name, value in node.attributes.items():
        # Ours names the schema of the root; that of a file that was read leads anywhere.
        if name != LOCATION:
            made.set(_NAMED.get(name, name), value)
