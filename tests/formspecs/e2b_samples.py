"""Messages of our own: one with every element, and small ones to spoil."""

from __future__ import annotations

import random
import uuid

from aeapp.formspecs.e2b_r3.codes import CODES
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.model import BY_HAND, JOINED, Element, Kind, elements, groups

# A PhPID stands where an MPID does; period and three bounds of one interval need a set of two.
NOT_TOGETHER = {
    *(f"{group}{part}" for group in ("G.k.2.1.2", "D.8.r.3", "D.10.8.r.3") for part in "ab"),
    "F.r.3.4",
}
_AT = "20261101093000-0500"
_FIXED = {
    "N.2.r.1": "US-OWN-1", "N.2.r.2": "OWN", "N.2.r.3": "THEM", "N.2.r.4": _AT, "C.1.1": "US-OWN-1",
    "C.1.2": _AT, "C.1.4": "20261023", "C.1.5": "20261023", "D.2.1": "19850601",
}  # fmt: skip


# The second of two names stands after a first, a unit on the node of its number.
_AFTER = {
    "C.3.3.4": "C.3.3.3", "C.2.r.1.3": "C.2.r.1.2", "FDA.G.k.12.r.5": "FDA.G.k.12.r.4",
    "F.r.3.3": "F.r.3.2", "G.k.2.3.r.3b": "G.k.2.3.r.3a",
}  # fmt: skip


def value_of(element: Element, chance: random.Random) -> str:
    """Return a value that the element takes."""
    if element.number in _FIXED:
        return _FIXED[element.number]
    if element.codes in CODES and element.place.attribute == "code":
        return chance.choice(sorted(CODES[element.codes]))
    if element.codes == "MedDRA":
        return "10028813" if element.place.attribute == "code" else "28.1"
    if element.codes in {"ISO3166", "ISO639"}:
        return "US" if element.longest == 2 else "eng"
    if element.hl7 in {"PQ", "IVL_PQ", "RTO"} and element.place.attribute == "value":
        return str(chance.randint(1, 9))
    return "d" if element.place.attribute == "unit" else _by_kind(element, chance)


def _by_kind(element: Element, chance: random.Random) -> str:
    # A code has no blank; of everything else the hardest.
    is_code = element.place.attribute in {"code", "codeSystemVersion"}
    words = f"{element.number}{'' if is_code else ' é≥ <&> '}{chance.randint(0, 9)}"
    return {
        Kind.FLAG: "true",
        Kind.DATE: chance.choice(["2026", "202610", "20261023"]),
        Kind.FILE: "JVBERi0xLjc=",
        Kind.NUMBER: str(chance.randint(1, 9)),
        Kind.LETTERS: "US" if element.longest == 2 else "eng",
        Kind.TEXT: words[: element.longest] if element.longest else words,
    }[element.kind]


def filled(chance: random.Random, share: float = 1.0) -> Part:
    """Return a message with about a share of all elements, its groups once or twice."""
    message = Part()
    _fill(message, "", chance, share)
    reactions = [reaction.key for reaction in message.members("E.i")]
    for product in message.members("G.k"):
        product.put("G.k.1", "1")
        for reaction in reactions:
            _pair(product, reaction, chance)
    return message


def _fill(part: Part, group: str, chance: random.Random, share: float) -> None:
    for element in elements().values():
        here = element.group == group and element.number not in BY_HAND | NOT_TOGETHER
        taken = element.ich == "M" or element.number in _FIXED or chance.random() < share
        if here and not element.number.startswith("N.1.") and taken:
            part.put(element.number, value_of(element, chance))
            if (before := _AFTER.get(element.number)) and before not in part.values:
                part.put(before, value_of(elements()[before], chance))
    for name, inner in groups().items():
        if inner.around == group and chance.random() < share:
            for _ in range(chance.randint(1, 2)):
                keyed = name in {"E.i", "G.k"}
                key = str(uuid.UUID(int=chance.getrandbits(128), version=4)) if keyed else ""
                member = part.add(name, key)
                _fill(member, name, chance, share)
                _identify(member, name)


def _identify(member: Part, group: str) -> None:
    """Give a member what it is known by, where it has nothing else."""
    needed = {
        "C.1.6.1.r": "C.1.6.1.r.1", "C.4.r": "C.4.r.1", "C.5.1.r": "C.5.1.r.1",
        "C.1.9.1.r": "C.1.9.1.r.2", "C.1.10.r": "C.1.10.r", "FDA.C.5.6.r": "FDA.C.5.6.r",
        "FDA.D.11.r": "FDA.D.11.r.1", "G.k.10.r": "G.k.10.r", "G.k.2.3.r": "G.k.2.3.r.1",
        "F.r": "F.r.2.1",
    }  # fmt: skip
    number = needed.get(group)
    if number and number not in member.values:
        member.put(number, value_of(elements()[number], random.Random(1)))


def _pair(product: Part, reaction: str, chance: random.Random) -> None:
    pair = product.add("G.k.9.i")
    pair.put("G.k.9.i.1", reaction)
    pair.put("G.k.9.i.3.1a", "20")
    pair.put("G.k.9.i.3.1b", "min")
    pair.put("G.k.9.i.4", chance.choice("1234"))
    opinion = pair.add("G.k.9.i.2.r")
    for number, words in zip("123", ("Reporter", "WHO-UMC", "Probable"), strict=True):
        opinion.put(f"G.k.9.i.2.r.{number}", words)


def batch(*messages: Part) -> Batch:
    """Return a batch of messages."""
    values = {"N.1.1": "1", "N.1.2": "OWN-1", "N.1.3": "OWN", "N.1.4": "THEM", "N.1.5": _AT}
    return Batch(dict(values), list(messages))


__all__ = ["JOINED", "batch", "filled", "value_of"]
