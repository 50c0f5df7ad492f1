"""Read the values of a message out of its nodes, by the places they are written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3.message import Batch, Part, Value
from aeapp.formspecs.e2b_r3.model import JOINED, Element, groups_in, in_group, oid, steps_of
from aeapp.formspecs.e2b_r3.nodes import Node, find_all, of_url
from aeapp.formspecs.e2b_r3.places import Branch, tree_of, walked
from aeapp.formspecs.e2b_r3.routes import OLD_LIST
from aeapp.formspecs.e2b_r3.writing import _DEVICES, MESSAGE

# A PhPID stands where an MPID does, and nothing in the node tells them apart: it is read as MPID.
_ONLY_WRITTEN = frozenset(
    {f"{group}{part}" for group in ("G.k.2.1.2", "D.8.r.3", "D.10.8.r.3") for part in "ab"}
)
_EVENT = "controlActProcess/subject/investigationEvent"


def read_batch(root: Node) -> Batch:
    """Return the values of a batch."""
    values: dict[str, Value] = {}
    for number, names, attribute in (
        ("N.1.2", ("id",), "extension"),
        ("N.1.5", ("creationTime",), "value"),
        ("N.1.1", ("name",), "code"),
    ):
        node = root.first(*names)
        if node is not None and attribute in node.attributes:
            values[number] = node.attributes[attribute]
    _read_devices(root, values, "N.1.")
    return Batch(values, [read_message(node) for node in root.named(MESSAGE)])


def _read_devices(node: Node, values: dict[str, Value], prefix: str) -> None:
    for number, (name, root) in _DEVICES.items():
        if not number.startswith(prefix):
            continue
        for found in find_all(node, steps_of(f"{name}/device/id{{@{root}}}")):
            values[number] = found.attributes.get("extension", "")


def read_message(node: Node) -> Part:
    """Return the values of one message."""
    message = Part()
    first, made_at = node.first("id"), node.first("creationTime")
    if first is not None:
        message.put("N.2.r.1", first.attributes.get("extension"))
    if made_at is not None:
        message.put("N.2.r.4", made_at.attributes.get("value"))
    _read_devices(node, message.values, "N.2.")
    _read(node, message, "")
    _read_joined(node, message)
    return message


@cache
def _places(group: str) -> Branch:
    read = (element for element in in_group(group) if element.number not in _ONLY_WRITTEN)
    return tree_of(read, groups_in(group))


def _read(anchor: Node, part: Part, group: str) -> None:
    found, members = _found(anchor, group)
    for element in in_group(group):
        if element.number in found:
            part.values[element.number] = found[element.number]
    for inner in groups_in(group):
        name = inner.number
        for node in members.get(name, ()):
            if inner.marker is None or any(True for _ in find_all(node, inner.marker.steps)):
                member = part.add(name)
                _read_key(node, member, name)
                _read(node, member, name)


def _found(anchor: Node, group: str) -> tuple[dict[str, Value], dict[str, list[Node]]]:
    """Return the values of a part, and the nodes at which the members of groups in it begin."""
    found: dict[str, Value] = {}
    members: dict[str, list[Node]] = {}
    for node, branch in walked(anchor, _places(group)):
        for element in branch.elements:
            # Of several nodes at a place the first with a value counts.
            value = _of(node, element) if element.number not in found else None
            if value is not None and not _is_filler(value, element):
                found[element.number] = value
        for name in branch.groups:
            members.setdefault(name, []).append(node)
    return found, members


def _is_filler(value: Value, element: Element) -> bool:
    """Tell whether it only holds the place of a first name before a second one."""
    is_name = bool(element.place.steps) and element.place.steps[-1].name in {"given", "name"}
    return is_name and value is NullFlavor.NI and value not in element.nulls


def _read_key(node: Node, member: Part, group: str) -> None:
    if group in {"E.i", "G.k"}:
        holder = node.first("observation" if group == "E.i" else "substanceAdministration")
        known = holder.first("id") if holder is not None else None
        if known is not None:
            member.key = known.attributes.get("root", "")


def _of(node: Node, element: Element) -> Value | None:
    place = element.place
    if place.ranged:
        return _range(node, place.attribute)
    if place.bound:
        inside = [one for one in node.walk() if one.name == place.bound]
        if not inside:
            return None
        node = inside[0]
    if not place.attribute:
        other = element.hl7 == "ED" and node.attributes.get("xsi:type") in {"IVL_PQ", "CE", "CD"}
        return None if other else node.text or _null(node)
    return _attribute(node, element)


def _attribute(node: Node, element: Element) -> Value | None:
    place = element.place
    value = node.attributes.get(place.attribute)
    if place.steps and place.steps[-1].begins and "nullFlavor" in node.attributes:
        return _null(node)
    if value is None:
        return _null(node) if place.attribute in {"code", "value", "extension"} else None
    if place.attribute == "code" and not _in_list(node, element):
        return None
    if element.codes == "EDQM-route" and node.attributes.get("codeSystem") == oid("C14"):
        return f"{OLD_LIST}{value}"
    prefix = place.steps[-1].begins if place.steps else ""
    return of_url(value.removeprefix(prefix)) if prefix else value


def _in_list(node: Node, element: Element) -> bool:
    """Tell whether a code is of the list of the element, where two elements share a node."""
    if element.codes not in {"C17", "FDA1.1.7", "FDA1.1.6"}:
        return True
    return node.attributes.get("codeSystem") == oid(element.codes)


def _null(node: Node) -> NullFlavor | None:
    reason = node.attributes.get("nullFlavor", "")
    return NullFlavor(reason) if reason in NullFlavor.__members__ else None


def _range(node: Node, attribute: str) -> Value | None:
    if node.attributes.get("xsi:type") != "IVL_PQ":
        return None
    for side in node.children:
        value = side.attributes.get("value")
        if value is None:
            continue
        if attribute == "unit":
            return side.attributes.get("unit")
        equal = "=" if side.attributes.get("inclusive") == "true" else ""
        sign = {"low": ">", "high": "<"}.get(side.name, "")
        return f"{sign}{equal}{value}" if sign else value
    return None


# --- what is joined by keys


def _read_joined(node: Node, message: Part) -> None:
    # Without a key nothing can be about it.
    products = {product.key: product for product in message.members("G.k") if product.key}
    links = steps_of(f"{_EVENT}/component/adverseEventAssessment/component/causalityAssessment")
    for link in find_all(node, links):
        code = link.first("code")
        about = link.first("subject2", "productUseReference", "id")
        product = products.get(about.attributes.get("root", "")) if about is not None else None
        if product is None or code is None:
            continue
        if code.attributes.get("code") == "20":
            _role(link, product)
        elif code.attributes.get("code") == "39":
            _read_opinion(link, product)
    if not products:
        return
    for holder in node.walk():
        known = holder.first("id") if holder.name == "substanceAdministration" else None
        product = products.get(known.attributes.get("root", "")) if known is not None else None
        if product is not None:
            _read_pairs(holder, product)
    _sort_pairs(message, products.values())


def _sort_pairs(message: Part, products: Iterable[Part]) -> None:
    """Put pairs in the order of the reactions: opinions stand before times and recurrence."""
    order = {reaction.key: n for n, reaction in enumerate(message.members("E.i"))}
    for product in products:
        if pairs := product.groups.get("G.k.9.i"):
            pairs.sort(key=lambda pair: order.get(pair.text("G.k.9.i.1"), len(order)))


def _role(link: Node, product: Part) -> None:
    value = link.first("value")
    if value is not None:
        similar = value.attributes.get("codeSystem") == oid("FDA1.1.8")
        product.put("FDA.G.k.1.a" if similar else "G.k.1", value.attributes.get("code"))


def _pair(product: Part, reaction: str) -> Part:
    for pair in product.members("G.k.9.i"):
        if pair.text("G.k.9.i.1") == reaction:
            return pair
    pair = product.add("G.k.9.i")
    pair.put("G.k.9.i.1", reaction)
    return pair


def _read_opinion(link: Node, product: Part) -> None:
    reaction = link.first("subject1", "adverseEffectReference", "id")
    pair = _pair(product, reaction.attributes.get("root", "") if reaction is not None else "")
    opinion = pair.add("G.k.9.i.2.r")
    for number, names in (
        ("G.k.9.i.2.r.1", ("author", "assignedEntity", "code", "originalText")),
        ("G.k.9.i.2.r.2", ("methodCode", "originalText")),
        ("G.k.9.i.2.r.3", ("value",)),
    ):
        found = link.first(*names)
        if found is not None:
            opinion.put(number, found.text)


def _read_pairs(holder: Node, product: Part) -> None:
    for link in holder.named("outboundRelationship1"):
        _read_interval(link, product)
    for link in holder.named("outboundRelationship2"):
        seen = link.first("observation")
        code = seen.first("code") if seen is not None else None
        if seen is not None and code is not None and code.attributes.get("code") == "31":
            _read_recurrence(seen, product)


def _reaction_of(link: Node | None) -> str:
    known = link.first("actReference", "id") if link is not None else None
    return known.attributes.get("root", "") if known is not None else ""


def _read_interval(link: Node, product: Part) -> None:
    quantity = link.first("pauseQuantity")
    number = {"SAS": "G.k.9.i.3.1", "SAE": "G.k.9.i.3.2"}.get(link.attributes.get("typeCode", ""))
    if quantity is not None and number:
        pair = _pair(product, _reaction_of(link))
        pair.put(f"{number}a", quantity.attributes.get("value"))
        pair.put(f"{number}b", quantity.attributes.get("unit"))


def _read_recurrence(seen: Node, product: Part) -> None:
    value = seen.first("value")
    if value is not None:
        pair = _pair(product, _reaction_of(seen.first("outboundRelationship1")))
        pair.put("G.k.9.i.4", value.attributes.get("code"))


__all__: Sequence[str] = ("JOINED", "read_batch", "read_message")
