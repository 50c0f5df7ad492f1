"""Read what a receiver answers to a batch, as real ones write it: nothing in it is taken as sure.

Source:
    ICH E2B(R3) Implementation Guide 5.03, ICSR acknowledgement; answers of FDA's gateway lack the
    time of a message, and leave numbers empty where the batch could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from aeapp.domain.codecs import readable
from aeapp.domain.codelists.lifecycle import BatchVerdict, CaseVerdict
from aeapp.domain.records import Acknowledgement
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.model import elements, oid
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.taking import moment_of
from aeapp.kernel.i18n import _

ACKNOWLEDGEMENT, ANSWER = "MCCI_IN200101UV01", "MCCI_IN000002UV01"
V = TypeVar("V", bound=StrEnum)
_ELEMENT = re.compile(r"(?<![\w.])(?:FDA\.)?[A-HN](?:\.(?:\d+|[ikr]))+[a-z]?(?![\w])", re.ASCII)
_COUNTED = re.compile(r"\A\d{1,4}\s*[:.)]\s+", re.ASCII)
_LONGEST = 10_000
_MOST = 200


@dataclass(frozen=True, slots=True, repr=False)
class CaseAnswer:
    """What is answered about one message.

    Attributes:
        number: ACK.B.r.1 as it stands: C.1.1, or N.2.r.1 and C.1.1 with a blank between.
        their_number: ACK.B.r.2.
        verdict: None where it is missing or no verdict.
        words: ACK.B.r.7.
    """

    number: str = ""
    their_number: str = ""
    verdict: CaseVerdict | None = None
    words: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers that it may mean."""
        return tuple(dict.fromkeys((self.number, *self.number.split())))


@dataclass(frozen=True, slots=True, repr=False)
class BatchAnswer:
    """What is answered about a batch.

    Attributes:
        own_number: ACK.M.1.
        sender: ACK.M.2, who answers.
        at: ACK.M.4.
        batch: ACK.A.1, our number of the batch.
        verdict: ACK.A.4.
        words: ACK.A.5.
        cases: One a message, as many as are there.
    """

    own_number: str
    sender: str
    at: PartialDate | None
    batch: str
    verdict: BatchVerdict | None
    words: str
    cases: tuple[CaseAnswer, ...]


def answer_of(root: Node) -> BatchAnswer:
    """Return what an acknowledgement says; what is not there is empty."""
    at, _whole = moment_of(_attribute(root.first("creationTime"), "value"))
    return BatchAnswer(
        _attribute(root.first("id"), "extension"), _device(root, "sender"), at,
        _attribute(_target(root, "targetBatch"), "extension"),
        _verdict(root, BatchVerdict), _words(root),
        tuple(_case(node) for node in root.named(ANSWER)),
    )  # fmt: skip


def _case(node: Node) -> CaseAnswer:
    return CaseAnswer(
        _attribute(_target(node, "targetMessage"), "extension"),
        _attribute(node.first("id"), "extension"), _verdict(node, CaseVerdict), _words(node),
    )  # fmt: skip


def _attribute(node: Node | None, name: str) -> str:
    text = node.attributes.get(name, "") if node is not None else ""
    return readable(" ".join(text.split()))[:_MOST]


def _device(root: Node, name: str) -> str:
    return _attribute(root.first(name, "device", "id"), "extension")


def _target(node: Node, name: str) -> Node | None:
    """Return the id of what is acknowledged, whichever of several ids names our number."""
    targets = [one for ack in node.named("acknowledgement") for one in ack.named(name)]
    found = [one for target in targets for one in target.named("id")]
    wanted = oid("R22" if name == "targetBatch" else "R1")
    ours = [one for one in found if one.attributes.get("root") == wanted]
    return next(iter((*ours, *found)), None)


def _verdict(node: Node, codes: type[V]) -> V | None:
    code = _attribute(node.first("acknowledgement"), "typeCode")
    return next((one for one in codes if one.value == code), None)


def _words(node: Node) -> str:
    """Return every message of an answer, whole texts with semicolons between."""
    found = [
        " ".join(text.text.split())
        for ack in node.named("acknowledgement")
        for detail in ack.named("acknowledgementDetail")
        for text in detail.named("text")
    ]
    return readable("; ".join(text for text in found if text))[:_LONGEST]


# --- in plain words


def messages_of(words: str) -> tuple[str, ...]:
    """Return the messages of an answer one by one, each element with its name."""
    parts = (_COUNTED.sub("", part.strip(), count=1) for part in words.split(";"))
    return tuple(_whole(_named(part), part) for part in parts if part)


def _whole(told: str, part: str) -> str:
    """Return a message that says so where its end is missing."""
    cut = part.endswith(("...", "…"))
    return f"{told} {_('(cut off by the receiver)')}" if cut else told


def _named(message: str) -> str:
    """Return a message with the name of the element that it gives by number alone."""
    known = elements()
    names = {n: known[n].name for n in _ELEMENT.findall(message) if n in known}
    told = [f"{n}: {name}" for n, name in names.items() if name.lower() not in message.lower()]
    return f"{message} [{'; '.join(told)}]" if told else message


def verdict_words(
    batch: BatchVerdict | None, case: CaseVerdict | None, messages: Sequence[str]
) -> str:
    """Return in one sentence what an answer means for the case."""
    said = bool(messages)
    if case is CaseVerdict.REJECTED:
        return _("Rejected: the receiver did not take this case. Mend it and send it again.")
    if case is CaseVerdict.ACCEPTED and said:
        return _("Accepted, with words of the receiver: read whether they ask for anything.")
    if case is CaseVerdict.ACCEPTED:
        return _("Accepted.")
    if batch is BatchVerdict.NONE:
        return _("Rejected: the batch could not be read. Mend it and send all of it again.")
    return _("It does not say whether the case was taken; ask the receiver.")


def lines(one: Acknowledgement) -> Iterator[str]:
    """Yield what an answer says about a case, the verdict first, then each message."""
    told, about_batch = messages_of(one.words or ""), messages_of(one.batch_words or "")
    yield verdict_words(one.batch_verdict, one.verdict, told)
    yield from told
    yield from about_batch


__all__ = [
    "ACKNOWLEDGEMENT",
    "BatchAnswer",
    "CaseAnswer",
    "answer_of",
    "lines",
    "messages_of",
    "verdict_words",
]
