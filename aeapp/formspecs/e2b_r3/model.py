"""What an element is, and how its place in the message is written down.

A place is a path of names. ``$R`` and the like stand for a longer path. After a name:
``{29@C19}`` the node has a child ``code`` with that code of that list (``*`` any code, ``^NA`` a
code that is null for that reason); ``{@R3}`` its own root; ``{tel:}`` its value begins so;
``<PERT>`` its typeCode; ``(a/b@c=d)`` something further that tells it apart; ``#2`` the second of
its name. At the end ``@code`` names an attribute, nothing the text; ``~low@value`` is a bound
somewhere inside an interval and ``%@value`` one of a range.

Source:
    ICH E2B(R3) Implementation Guide 5.03; FDA, E2B(R3) Core and Regional Data Elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3 import clinical, drugs, header, patient


class Kind(StrEnum):
    """What may stand in an element."""

    TEXT = "text"
    NUMBER = "number"
    LETTERS = "letters"
    FLAG = "flag"
    DATE = "date"
    FILE = "file"


# Short names of object identifiers, as places and rows use them.
_BASES = {
    "C": "2.16.840.1.113883.3.989.2.1.1.",
    "R": "2.16.840.1.113883.3.989.2.1.3.",
    "FDA": "2.16.840.1.113883.3.989.5.1.2.",
}
_WHOLE = {
    "MedDRA": "2.16.840.1.113883.6.163",
    "NCI": "2.16.840.1.113883.3.26.1.1",
    "ISO3166": "1.0.3166.1.2.2",
    "ISO5218": "1.0.5218",
    "NDC": "2.16.840.1.113883.6.69",
    "UNII": "2.16.840.1.113883.4.9",
    "EDQM-form": "0.4.0.127.0.16.1.1.2.1",
    "EDQM-route": "0.4.0.127.0.16.1.1.2.6",
}


def oid(name: str) -> str:
    """Return the object identifier that a short name stands for; others as they are."""
    if name in _WHOLE:
        return _WHOLE[name]
    match = re.fullmatch(r"(C|R|FDA)([0-9][0-9.]*)", name)
    return _BASES[match[1]] + match[2] if match else name


@dataclass(frozen=True, slots=True)
class Step:
    """One name of a place, with what tells the node apart from its siblings.

    Attributes:
        by_name: The name alone tells it.
    """

    name: str
    code: str = ""
    code_system: str = ""
    null_code: str = ""
    root: str = ""
    begins: str = ""
    type_code: str = ""
    needs: tuple[tuple[tuple[str, ...], str, str], ...] = ()
    index: int = 0
    by_name: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        told_apart = (
            self.code_system, self.null_code, self.root, self.begins, self.type_code, self.needs,
        )  # fmt: skip
        object.__setattr__(self, "by_name", not any(told_apart))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, from the anchor of its group.

    Attributes:
        steps: From the anchor down.
        attribute: Of the last node; "" for its text.
        bound: ``low``, ``high``, ``width`` or ``period`` inside an interval, else "".
        ranged: One of ``low``, ``center``, ``high`` carries the value.
        names: Of the steps.
    """

    steps: tuple[Step, ...]
    attribute: str
    bound: str = ""
    ranged: bool = False
    names: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(step.name for step in self.steps))


@dataclass(frozen=True, slots=True)
class Element:
    """One element.

    Attributes:
        number: Such as ``E.i.3.2a``.
        ich: M mandatory, C conditional, O optional, "" not of ICH.
        fda: What FDA asks post-market and pre-market.
        longest: In characters; 0 for no limit.
        nulls: Reasons that may stand in the place of a value.
        hl7: Type of the node.
        codes: Short name of the list of its codes, "" for none.
        group: The repeating group it belongs to, "" for none.
        place: From the anchor of that group.
    """

    number: str
    name: str
    ich: str
    fda: tuple[str, str]
    longest: int
    kind: Kind
    nulls: frozenset[NullFlavor]
    hl7: str
    codes: str
    group: str
    place: Place


_SHORT = {
    "$M": "",
    "$P": "",
    "$I": "controlActProcess/subject/investigationEvent",
    "$A": "$I/component/adverseEventAssessment",
    "$R": "$A/subject1/primaryRole",
    "$SN": "$I/subjectOf1/controlActEvent/author/assignedEntity{*@C7}",
    "$RS": "$I/outboundRelationship/relatedInvestigation{2@C22}/subjectOf2/controlActEvent/author"
    "/assignedEntity",
    "$ST": "$R/subjectOf1/researchStudy",
    "$HO": "$R/subjectOf2/organizer{1@C20}/component",
    "$HX": "$HO/observation{*@MedDRA}",
    "$PD": "$R/subjectOf2/organizer{2@C20}/component/substanceAdministration",
    "$PA": "$R/player1/role",
    "$PH": "$PA/subjectOf2/organizer{1@C20}/component",
    "$PX": "$PH/observation{*@MedDRA}",
    "$PP": "$PA/subjectOf2/organizer{2@C20}/component/substanceAdministration",
    "$E": "$R/subjectOf2/observation{29@C19}",
    "$T": "$R/subjectOf2/organizer{3@C20}/component/observation",
    "$D": "$R/subjectOf2/organizer{4@C20}/component/substanceAdministration",
    "$KP": "$D/consumable/instanceOfKind/kindOfProduct",
    "$S": "$D/outboundRelationship2<COMP>/substanceAdministration",
    "$DV": "$KP/part/partProduct",
    "$CR": "$A/component/causalityAssessment{20@C19}",
    "$CA": "$A/component/causalityAssessment{39@C19}",
}

# Each group: the path to the node that repeats, from the anchor of the group around it, and what
# is in the node where others of its name mean something else.
_ANCHORS: dict[str, tuple[str, str]] = {
    "C.1.6.1.r": ("$I/reference", "document{1@C27}"),
    "C.1.9.1.r": ("$I/subjectOf1", "controlActEvent/id{@R3}"),
    "C.1.10.r": ("$I/outboundRelationship", "relatedInvestigation{^NA}"),
    "C.2.r": ("$I/outboundRelationship", "relatedInvestigation{2@C22}"),
    "C.4.r": ("$I/reference", "document{2@C27}"),
    "C.5.1.r": ("$ST/authorization", "studyRegistration/id{@R6}"),
    "FDA.C.5.6.r": ("$ST/authorization", "studyRegistration/id{@FDA2.1.2.3}"),
    "D.7.1.r": ("$HO", "observation{*@MedDRA}"),
    "D.8.r": ("$R/subjectOf2/organizer{2@C20}/component", "substanceAdministration"),
    "D.9.2.r": ("$R/subjectOf2", "observation{32@C19}"),
    "D.9.4.r": ("$R/subjectOf2/observation{5@C19}/outboundRelationship2<DRIV>",
                "observation{8@C19}"),
    "D.10.7.1.r": ("$PH", "observation{*@MedDRA}"),
    "D.10.8.r": ("$PA/subjectOf2/organizer{2@C20}/component", "substanceAdministration"),
    "FDA.D.11.r": ("$R/subjectOf2", "observation{C17049@NCI}"),
    "E.i": ("$R/subjectOf2", "observation{29@C19}"),
    "F.r": ("$R/subjectOf2/organizer{3@C20}/component", "observation"),
    "G.k": ("$R/subjectOf2/organizer{4@C20}/component", "substanceAdministration"),
    "G.k.2.3.r": ("$KP/ingredient", ""),
    "G.k.4.r": ("$D/outboundRelationship2<COMP>", "substanceAdministration"),
    "G.k.7.r": ("$D/inboundRelationship<RSON>", "observation{19@C19}"),
    "G.k.10.r": ("$D/outboundRelationship2<REFR>", "observation{9@C19}/value(@codeSystem=C17)"),
    "FDA.G.k.12.r": ("$KP/part", "partProduct"),
    "FDA.G.k.12.r.2.r": ("$DV/asManufacturedProduct/subjectOf", "characteristic{C54592@NCI}"),
    "FDA.G.k.12.r.3.r": ("$DV/asManufacturedProduct/subjectOf", "characteristic{C54451@NCI}"),
    "FDA.G.k.12.r.11.r": ("$DV/asManufacturedProduct/subjectOf", "characteristic{C54594@NCI}"),
    "H.3.r": ("$A/component1", "observationEvent{15@C19}"),
    "H.5.r": ("$I/component", "observationEvent{36@C19}"),
}  # fmt: skip
# Spread over the message and joined by ids: written and read by hand.
JOINED = frozenset({"G.k.9.i", "G.k.9.i.2.r"})
BY_HAND = frozenset({"G.k.1", "FDA.G.k.1.a"})
_AROUND = {"FDA.G.k.12.r": "G.k", "FDA.G.k.10a": "G.k"}


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the message that may repeat.

    Attributes:
        around: The group it stands in, "" for the message.
        anchor: Path of its node from the node of that group.
        marker: What is in the node; empty where the name alone tells it.
    """

    number: str
    around: str
    anchor: tuple[Step, ...]
    marker: Place | None


_STEP = re.compile(
    r"(?P<name>\w+)"
    r"(?:\{(?P<code>[^@}]*)(?:@(?P<list>[^}]*))?\})?"
    r"(?:<(?P<type>\w+)>)?(?:\((?P<needs>[^)]*)\))?(?:#(?P<index>\d))?"
)


def _step(text: str) -> Step:
    match = _STEP.fullmatch(text)
    if match is None:
        msg = f"no step of a place: {text}"
        raise ValueError(msg)
    code, in_list = match["code"] or "", match["list"] or ""
    needs = tuple(_need(part) for part in (match["needs"] or "").split(";") if part)
    return Step(
        match["name"],
        code="" if code.startswith("^") or code.endswith(":") or code == "*" else code,
        code_system=oid(in_list) if code else "",
        null_code=code[1:] if code.startswith("^") else "",
        root=oid(in_list) if in_list and not code else "",
        begins=code if code.endswith(":") else "",
        type_code=match["type"] or "",
        needs=needs,
        index=int(match["index"] or 0),
    )


def _need(text: str) -> tuple[tuple[str, ...], str, str]:
    path, value = text.split("=")
    names, attribute = path.rsplit("@", 1)
    return tuple(name for name in names.split("/") if name), attribute, oid(value)


def expanded(text: str) -> str:
    """Return a place with its short beginnings written out."""
    while text.startswith("$"):
        short = re.match(r"\$[A-Z]+", text)
        assert short is not None  # noqa: S101 - it begins with the sign
        text = _SHORT[short[0]] + text[short.end() :]
    return text.removeprefix("/")


def _split(text: str) -> list[str]:
    """Return the steps of a path; a slash inside brackets parts nothing."""
    return [part for part in re.split(r"/(?![^(]*\))", text) if part]


@cache
def steps_of(text: str) -> tuple[Step, ...]:
    """Return the steps of a path."""
    return tuple(map(_step, _split(expanded(text))))


def _place(text: str) -> Place:
    text = expanded(text)
    bound = ""
    if "~" in text:
        text, bound = text.split("~")
        bound, _at, attribute = bound.partition("@")
    else:
        match = re.fullmatch(r"(.*?)@(\w+)", text)
        # An attribute stands after the last bracket.
        cut = text.rfind("@")
        outside = cut > max(text.rfind(")"), text.rfind("}"))
        text, attribute = (text[:cut], text[cut + 1 :]) if match and outside else (text, "")
    ranged = text.endswith("%")
    return Place(tuple(map(_step, _split(text.removesuffix("%")))), attribute, bound, ranged)


def _group_of(number: str) -> str:
    """Return the innermost repeating group of an element."""
    found = [g for g in (*_ANCHORS, *JOINED) if number == g or number.startswith(f"{g}.")]
    if found:
        return max(found, key=len)
    plain = number.removeprefix("FDA.")
    inner = [
        g for g in (*_ANCHORS, *JOINED)
        if not g.startswith("FDA.") and (plain == g or plain.startswith(f"{g}."))
    ]  # fmt: skip
    return max(inner, key=len, default="G.k" if plain.startswith("G.k") else "")


@cache
def groups() -> Mapping[str, Group]:
    """Return every group by its number, the outer before the inner ones."""
    out: dict[str, Group] = {}
    whole: dict[str, tuple[Step, ...]] = {"": ()}
    for number, (anchor, marker) in _ANCHORS.items():
        around = _outer(number)
        steps = steps_of(anchor)
        whole[number] = steps
        # The node inside the anchor of the outer group is named by that group's marker.
        rest = _below(steps, whole[around])
        out[number] = Group(number, around, rest, _place(marker) if marker else None)
    return out


def _outer(number: str) -> str:
    plain = number.removeprefix("FDA.")
    inner = [
        g for g in _ANCHORS
        if g != number and plain.startswith(f"{g.removeprefix('FDA.')}.")
    ]  # fmt: skip
    return max(inner, key=len, default="")


def _below(steps: tuple[Step, ...], anchor: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return what is left of a path below an anchor that it begins with."""
    if steps[: len(anchor)] != anchor:
        msg = f"{steps} does not begin with {anchor}"
        raise ValueError(msg)
    return steps[len(anchor) :]


@cache
def elements() -> Mapping[str, Element]:
    """Return every element by its number, in the order of the guide."""
    out: dict[str, Element] = {}
    for rows in (header.ROWS, patient.ROWS, clinical.ROWS, drugs.ROWS):
        for row in rows.strip().splitlines():
            element = _element(row)
            out[element.number] = element
    return out


@cache
def in_group(group: str) -> tuple[Element, ...]:
    """Return the elements of a group that stand at their places, in the order of the guide.

    The header of batch and message, and what is joined by keys, are written and read by hand.
    """
    return tuple(
        element for element in elements().values()
        if element.group == group and element.number not in BY_HAND
        and not element.number.startswith(("N.1.", "N.2."))
    )  # fmt: skip


@cache
def groups_in(group: str) -> tuple[Group, ...]:
    """Return the groups that stand directly in a group."""
    return tuple(inner for inner in groups().values() if inner.around == group)


def _element(row: str) -> Element:
    number, name, ich, fda, longest, kind, nulls, hl7, codes, where = row.split("|")
    group, place = _group_of(number), _place(where)
    if group and group not in JOINED and number not in BY_HAND:
        anchor = _whole_anchor(group)
        place = Place(_below(place.steps, anchor), place.attribute, place.bound, place.ranged)
    post, _slash, pre = fda.partition("/")
    return Element(
        number, name, ich, (post, pre), int(longest or 0), Kind(kind),
        frozenset(map(NullFlavor, (n for n in nulls.split() if n in NullFlavor.__members__))),
        hl7, codes, group, place,
    )  # fmt: skip


def _whole_anchor(group: str) -> tuple[Step, ...]:
    return steps_of(_ANCHORS[group][0])
