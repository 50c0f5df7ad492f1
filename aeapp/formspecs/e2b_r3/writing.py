"""Make the nodes of a message of its values: every element where its place says, then in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3.message import Batch, Part, Value
from aeapp.formspecs.e2b_r3.model import (
    JOINED,
    Element,
    Group,
    Kind,
    Place,
    Step,
    elements,
    groups,
    in_group,
    oid,
    steps_of,
)
from aeapp.formspecs.e2b_r3.nodes import Node, as_url, find, made, new_node
from aeapp.formspecs.e2b_r3.routes import OLD_LIST
from aeapp.formspecs.e2b_r3.shape import shaped, top

BATCH, MESSAGE = "MCCI_IN200100UV01", "PORR_IN049016UV"
_INTERACTION = "2.16.840.1.113883.1.6"
_DEVICES = {  # by element: where its device stands, root of its id
    "N.1.4": ("receiver", "R14"), "N.1.3": ("sender", "R13"),
    "N.2.r.3": ("receiver", "R12"), "N.2.r.2": ("sender", "R11"),
}  # fmt: skip
_QUALIFIED = re.compile(r"(<=|>=|<|>)?\s*(.+)", re.DOTALL)


def batch_node(batch: Batch) -> Node:
    """Return the nodes of a whole batch."""
    root = Node(BATCH, {"ITSVersion": "XML_1.0"})
    values = batch.values
    root.add("id", root=oid("R22"), extension=_plain(values, "N.1.2"))
    root.add("creationTime", value=_plain(values, "N.1.5"))
    root.add("responseModeCode", code="D")
    root.add("interactionId", root=_INTERACTION, extension=BATCH)
    root.add("name", code=_plain(values, "N.1.1"), codeSystem=oid("C1"), displayName="ichicsr")
    _devices(root, values)
    shaped(root)
    # Each is in order by itself.
    root.children += [message_node(message) for message in batch.messages]
    return top(root)


def _plain(values: Mapping[str, Value], number: str) -> str:
    return str(values.get(number, ""))


def _devices(node: Node, values: Mapping[str, Value]) -> None:
    for number, (name, root) in _DEVICES.items():
        if number in values:
            device = node.add(name).add("device")
            device.add("id", root=oid(root), extension=_plain(values, number))


def message_node(message: Part) -> Node:
    """Return the nodes of one message."""
    node = Node(MESSAGE)
    node.add("id", root=oid("R1"), extension=message.text("N.2.r.1"))
    node.add("creationTime", value=message.text("N.2.r.4"))
    node.add("interactionId", root=_INTERACTION, extension=MESSAGE)
    for name, code in (("processingCode", "P"), ("processingModeCode", "T"),
                       ("acceptAckCode", "AL")):  # fmt: skip
        node.add(name, code=code)
    _devices(node, message.values)
    control = node.add("controlActProcess")
    control.add("code", code="PORR_TE049016UV", codeSystem="2.16.840.1.113883.1.18")
    event = made(control, steps_of("subject/investigationEvent"))
    event.add("code", code="PAT_ADV_EVNT", codeSystem="2.16.840.1.113883.5.4")
    event.add("statusCode", code="active")
    _write(node, message, "")
    _causality(event, message)
    for one in node.walk():
        if finish := _FINISH.get(one.name):
            finish(one)
    return shaped(node)


def _write(anchor: Node, part: Part, group: str) -> None:
    """Write the values of a part below its node, then the members of the groups in it."""
    if part.key and group in {"E.i", "G.k"}:
        holder = made(anchor, _key_holder(group))
        holder.children.insert(0, Node("id", {"root": part.key}))
    # In the order of the guide: a unit is written upon the number before it.
    for element in in_group(group):
        if element.number in part.values:
            _put(anchor, element, part.values[element.number])
    for name, members in part.groups.items():
        if name in JOINED:
            continue
        for member in members:
            _write(_anchor_of(anchor, groups()[name]), member, name)


def _key_holder(group: str) -> tuple[Step, ...]:
    return steps_of("observation{29@C19}" if group == "E.i" else "substanceAdministration")


def _anchor_of(around: Node, group: Group) -> Node:
    """Make the node of one more member of a group."""
    anchor = new_node(made(around, group.anchor[:-1]), group.anchor[-1])
    if group.marker is not None:
        made(anchor, group.marker.steps)
    return anchor


# --- one value


def _put(anchor: Node, element: Element, value: Value) -> None:
    place = element.place
    node = made(anchor, place.steps)
    if place.ranged:
        _put_range(node, place.attribute, value)
        return
    _type(anchor, element, node)
    if place.bound:
        node = node.first(place.bound) or node.add(place.bound)
    if isinstance(value, NullFlavor):
        _put_reason(node, place, value)
    elif not place.attribute:
        node.text = value
        if element.kind is Kind.FILE:
            node.attributes |= {"mediaType": _media_of(value), "representation": "B64"}
    else:
        _put_text(node, place, value)
    if place.attribute == "code" and element.codes and "codeSystem" not in node.attributes:
        node.attributes["codeSystem"] = oid(element.codes)
    if element.codes.startswith("unit ") and not isinstance(value, NullFlavor):
        node.attributes["unit"] = element.codes.removeprefix("unit ")


def _put_text(node: Node, place: Place, value: str) -> None:
    if place.attribute == "code" and value.startswith(OLD_LIST):
        node.attributes |= {"code": value.removeprefix(OLD_LIST), "codeSystem": oid("C14")}
        return
    prefix = place.steps[-1].begins
    node.attributes[place.attribute] = f"{prefix}{as_url(value)}" if prefix else value


def _put_reason(node: Node, place: Place, reason: NullFlavor) -> None:
    node.attributes["nullFlavor"] = reason.value
    if begins := place.steps[-1].begins:
        # Which of several numbers and addresses has no value, as FDA's samples write it.
        node.attributes[place.attribute] = begins.rstrip(":")


# How base64 of a kind of file begins.
_BEGINNINGS = (
    ("JVBERi0", "application/pdf"), ("iVBORw0KGgo", "image/png"), ("/9j/", "image/jpeg"),
    ("SUkqA", "image/tiff"), ("TU0AK", "image/tiff"),
)  # fmt: skip


def _media_of(base64: str) -> str:
    return next((m for begin, m in _BEGINNINGS if base64.startswith(begin)), "text/plain")


def _type(anchor: Node, element: Element, last: Node) -> None:
    """State the type of the node ``value``, whose declared type holds several.

    Args:
        anchor: Of the group of the element.
        element: Whose place may have such a node.
        last: The node at the end of the place.
    """
    names = element.place.names
    if "value" not in names:
        return
    depth = names.index("value") + 1
    node = last if depth == len(names) else find(anchor, element.place.steps[:depth])
    if node is not None:
        # With words of the reporter inside it is a code, whatever the words are.
        node.attributes.setdefault("xsi:type", "CE" if names[-1] == "originalText" else element.hl7)


def _finish_times(node: Node) -> None:
    """Give intervals their type."""
    for time in node.named("effectiveTime"):
        _finish_time(time)


def _finish_role(node: Node) -> None:
    if not (node.named("playingOrganization") or node.named("associatedPerson")):
        node.add("associatedPerson")


def _finish_quantity(node: Node) -> None:
    if not node.named("denominator"):
        node.add("denominator", value="1")


def _finish_comment(node: Node) -> None:
    """Name the list of the code that tells whose comment it is."""
    author = node.first("author", "assignedEntity", "code")
    if author is not None:
        author.attributes.setdefault("codeSystem", oid("C21"))


def _finish_bound(node: Node) -> None:
    """Name the list of the code that tells a lower from an upper limit."""
    if node.attributes.get("code") in {"H", "L"}:
        node.attributes["codeSystem"] = "2.16.840.1.113883.5.83"


# What HL7 wants beside a value, by the node that holds it.
_FINISH: Mapping[str, Callable[[Node], None]] = {
    "observation": _finish_times,
    "substanceAdministration": _finish_times,
    "role": _finish_role,
    "quantity": _finish_quantity,
    "observationEvent": _finish_comment,
    "interpretationCode": _finish_bound,
}


def _finish_time(time: Node) -> None:
    """Type an interval; a period or a length beside two ends makes a set of two."""
    if not time.children:
        return
    ends = [child for child in time.children if child.name in {"low", "high"}]
    length = [child for child in time.children if child.name == "width"]
    period = [child for child in time.children if child.name == "period"]
    both_ends = len({child.name for child in ends}) > 1
    if not period and not (length and both_ends):
        time.attributes["xsi:type"] = "IVL_TS"
        return
    parts = []
    if period:
        parts.append(Node("comp", {"xsi:type": "PIVL_TS"}, children=period))
    if both_ends and length:
        parts.append(Node("comp", {"xsi:type": "IVL_TS"}, children=ends))
        parts.append(Node("comp", {"xsi:type": "IVL_TS", "operator": "A"}, children=length))
    elif ends or length:
        parts.append(Node("comp", {"xsi:type": "IVL_TS", "operator": "A"}, children=ends + length))
    if len(parts) == 1:
        time.attributes["xsi:type"], time.children = "PIVL_TS", period
    else:
        time.attributes["xsi:type"], time.children = "SXPR_TS", parts


def _put_range(node: Node, attribute: str, value: Value) -> None:
    """Write a result: exact as ``center``, beyond a bound as what it lies between."""
    node.attributes["xsi:type"] = "IVL_PQ"
    if attribute == "unit":
        for side in node.children:
            if "value" in side.attributes:
                side.attributes["unit"] = str(value)
        return
    match = _QUALIFIED.fullmatch(str(value))
    sign, number = (match[1] or "", match[2]) if match else ("", str(value))
    if not sign:
        node.add("center", value=number)
        return
    inclusive = "true" if sign.endswith("=") else "false"
    known, open_side, null = ("high", "low", "NINF") if "<" in sign else ("low", "high", "PINF")
    node.add(known, value=number, inclusive=inclusive)
    node.add(open_side, nullFlavor=null)


# --- what is joined by keys


def _causality(event: Node, message: Part) -> None:
    """Write the role of each product, and what is told of product and reaction together."""
    assessment = made(event, steps_of("component/adverseEventAssessment"))
    holders = _holders(event)
    for product in message.members("G.k"):
        for number in ("G.k.1", "FDA.G.k.1.a"):
            if number in product.values:
                made_of = _assessment(assessment, "20", product.key)
                code = elements()[number].codes
                made_of.add("value", **{"xsi:type": "CE", "code": product.text(number),
                                        "codeSystem": oid(code)})  # fmt: skip
        # What is told of product and reaction together needs the key of the product.
        pairs = product.members("G.k.9.i") if product.key in holders else ()
        for pair in pairs:
            _pair(holders[product.key], pair)
            for opinion in pair.members("G.k.9.i.2.r"):
                _opinion(assessment, product.key, pair.text("G.k.9.i.1"), opinion)


def _assessment(assessment: Node, code: str, product: str) -> Node:
    node = assessment.add("component").add("causalityAssessment")
    node.add("code", code=code, codeSystem=oid("C19"))
    node.add("subject2").add("productUseReference").add("id", root=product)
    return node


def _opinion(assessment: Node, product: str, reaction: str, opinion: Part) -> None:
    node = _assessment(assessment, "39", product)
    if result := opinion.text("G.k.9.i.2.r.3"):
        node.add("value", **{"xsi:type": "ST"}).text = result
    if method := opinion.text("G.k.9.i.2.r.2"):
        node.add("methodCode").add("originalText").text = method
    if source := opinion.text("G.k.9.i.2.r.1"):
        entity = node.add("author").add("assignedEntity")
        entity.add("code").add("originalText").text = source
    node.add("subject1").add("adverseEffectReference").add("id", root=reaction)


def _pair(holder: Node, pair: Part) -> None:
    """Write intervals and recurrence inside the product, with the key of the reaction."""
    reaction = pair.text("G.k.9.i.1")
    for kind, number in (("SAS", "G.k.9.i.3.1"), ("SAE", "G.k.9.i.3.2")):
        if f"{number}a" in pair.values:
            link = holder.add("outboundRelationship1", typeCode=kind)
            link.add("pauseQuantity", value=pair.text(f"{number}a"), unit=pair.text(f"{number}b"))
            link.add("actReference").add("id", root=reaction)
    if "G.k.9.i.4" in pair.values:
        seen = holder.add("outboundRelationship2", typeCode="PERT").add("observation")
        seen.add("code", code="31", codeSystem=oid("C19"))
        seen.add("value", **{"xsi:type": "CE", "code": pair.text("G.k.9.i.4"),
                             "codeSystem": oid("C16")})  # fmt: skip
        link = seen.add("outboundRelationship1", typeCode="REFR")
        link.add("actReference").add("id", root=reaction)


def _holders(event: Node) -> dict[str, Node]:
    """Return the node of each product by its key, the first of equal ones."""
    found: dict[str, Node] = {}
    for node in event.walk():
        if node.name == "substanceAdministration":
            for one in node.named("id"):
                found.setdefault(one.attributes.get("root", ""), node)
    return found
