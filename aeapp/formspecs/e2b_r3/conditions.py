"""What one element asks of another, for every receiver, as data; FDA's number where it has one.

Source:
    ICH E2B(R3) Implementation Guide 5.03, conformance of each element; FDA's rules as numbered.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aeapp.formspecs.e2b_r3.message import Part
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a message or on a member of a group.

    Attributes:
        number: FDA's, "" for the guide's own.
        element: That the finding names.
        broken: Tells whether it does not hold.
        says: Our sentence of what is wrong.
    """

    number: str
    element: str
    broken: Callable[[Part], bool]
    says: str


def _any_parent(message: Part) -> bool:
    own = any(number.startswith("D.10.") for number in message.values)
    return own or bool(message.members("D.10.7.1.r") or message.members("D.10.8.r"))


def _unnamed(message: Part, flag: str, group: str, element: str) -> bool:
    said = message.text(flag) == "true"
    return said and not any(member.text(element) for member in message.members(group))


def _no_file(part: Part, number: str) -> bool:
    try:
        # Other characters between are none of it (RFC 2045); FDA's own samples have some.
        base64.b64decode(part.text(number))
    except (binascii.Error, ValueError):
        return True
    return False


_FILE = N_("An included file is base64.")
CONDITIONS: tuple[Condition, ...] = (
    Condition("R0022", "C.3.2",
              lambda m: "C.3.2" not in m.values and m.text("C.3.1") != "7",
              N_("The sender's organisation is missing.")),
    Condition("R0023", "C.5.4", lambda m: m.text("C.1.3") == "2" and "C.5.4" not in m.values,
              N_("A report from a study names the type of study.")),
    Condition("R0035", "D.7.2",
              lambda m: not m.members("D.7.1.r") and "D.7.2" not in m.values,
              N_("Without coded history its text is needed.")),
    Condition("R0045", "D.9.3", lambda m: "D.9.1" in m.values and "D.9.3" not in m.values,
              N_("With a date of death the question of an autopsy is answered.")),
    Condition("R0009", "C.1.6.1.r.1",
              lambda m: _unnamed(m, "C.1.6.1", "C.1.6.1.r", "C.1.6.1.r.1"),
              N_("Documents are said to be there and none is named.")),
    Condition("R0017", "C.1.9.1.r.1",
              lambda m: _unnamed(m, "C.1.9.1", "C.1.9.1.r", "C.1.9.1.r.1"),
              N_("Other numbers are said to be there and nobody is named who gave one.")),
    Condition("", "C.1.11.2", lambda m: "C.1.11.1" in m.values and "C.1.11.2" not in m.values,
              N_("The reason is missing.")),
    Condition("R0051", "D.10.6", lambda m: _any_parent(m) and "D.10.6" not in m.values,
              N_("What is told of a parent needs the sex of the parent.")),
    Condition("", "E.i", lambda m: not m.members("E.i"), N_("There is no reaction.")),
    Condition("", "G.k.1",
              lambda m: not any(p.text("G.k.1") in {"1", "3", "4"} for p in m.members("G.k")),
              N_("No product is a suspect, interacting, or not given.")),
)  # fmt: skip
_RESULTS = ("F.r.3.1", "F.r.3.2", "F.r.3.4")
INSIDE: Mapping[str, tuple[Condition, ...]] = {
    "C.1.6.1.r": (
        Condition("R0010", "C.1.6.1.r.2", lambda p: _no_file(p, "C.1.6.1.r.2"), _FILE),
    ),
    "C.1.9.1.r": (
        Condition("R0018", "C.1.9.1.r.2",
                  lambda p: bool(p.text("C.1.9.1.r.1")) and not p.text("C.1.9.1.r.2"),
                  N_("Somebody is said to have given a number and the number is missing.")),
    ),
    "C.4.r": (Condition("R0010", "C.4.r.2", lambda p: _no_file(p, "C.4.r.2"), _FILE),),
    "D.8.r": (
        Condition("R0036", "D.8.r.1", lambda p: bool(p.values) and "D.8.r.1" not in p.values,
                  N_("An earlier medicine has a name, or why not.")),
    ),
    "D.9.2.r": (
        Condition("R0044", "D.9.2.r.2",
                  lambda p: "D.9.2.r.1b" in p.values and "D.9.2.r.2" not in p.values,
                  N_("A coded cause of death stands beside its words.")),
    ),
    "D.9.4.r": (
        Condition("R0048", "D.9.4.r.2",
                  lambda p: "D.9.4.r.1b" in p.values and "D.9.4.r.2" not in p.values,
                  N_("A coded cause of death stands beside its words.")),
    ),
    "F.r": (
        Condition("R0061", "F.r.1", lambda p: "F.r.1" not in p.values,
                  N_("A test needs its date, or that it is unknown.")),
        Condition("R0062", "F.r.2.1", lambda p: not {"F.r.2.1", "F.r.2.2b"} & p.values.keys(),
                  N_("A test needs a name.")),
        Condition("R0065", "F.r.3.4", lambda p: not p.values.keys() & set(_RESULTS),
                  N_("A test needs a result.")),
        Condition("R0067", "F.r.3.3", lambda p: "F.r.3.2" in p.values and "F.r.3.3" not in p.values,
                  N_("A result needs its unit.")),
    ),
    "G.k": (
        Condition("", "G.k.2.1.1b", lambda p: {"G.k.2.1.1b", "G.k.2.1.2b"} <= p.values.keys(),
                  N_("Either MPID or PhPID may stand, not both.")),
    ),
}  # fmt: skip
