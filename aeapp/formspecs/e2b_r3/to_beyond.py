"""What a message says beside events and products as items of the case: inverse of of_beyond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aeapp.domain.items import Section, spec_at
from aeapp.domain.records.beyond_forms import Beyond
from aeapp.domain.records.literature import Paper
from aeapp.formspecs.e2b_r3.of_beyond import COMMENTS, ROWS, Rows
from aeapp.formspecs.e2b_r3.taking import Taking, fits, held, read_as, texts


def beyond_of(top: Taking) -> dict[str, Any]:
    """Return the items of the case file."""
    found: dict[str, Any] = {rows.name: tuple(_members(top, rows)) for rows in ROWS}
    if found["other_numbers"]:
        top.take_if("C.1.9.1", "true")
    # One that came along is a file.
    named = [one for one in top.members("C.1.6.1.r") if not one.text("C.1.6.1.r.2")]
    documents = _joined(Beyond, "documents", named, "C.1.6.1.r.1")
    if documents:
        top.take_if("C.1.6.1", "true")
    found["beyond"] = held(Beyond, top, COMMENTS, documents=documents)
    # Also one of which no item holds what is said: its file may be kept.
    return found | {"literature": tuple(_paper(one) for one in top.members("C.4.r"))}


def _paper(one: Taking) -> Paper:
    told = one.value("C.4.r.1")
    # Lines are how a message was laid out, not how journals cite.
    told = " ".join(told.split()) if isinstance(told, str) else told
    reference, whole = read_as(spec_at(Paper, "reference"), told)
    if whole:
        one.take("C.4.r.1")
    return Paper(reference=reference)


def _joined(cls: type[Section], item: str, members: Iterable[Taking], number: str) -> str | None:
    """Return the texts of an element, a line each; None where the item does not take them all."""
    told = list(texts(members, number))
    lines = fits(cls, item, "\n".join(" ".join(text.splitlines()) for _one, text in told))
    for one, _text in told if lines else ():
        one.take(number)
    return lines


def _members(top: Taking, rows: Rows) -> Iterator[Section]:
    """Yield each member that its items take whole; another one is left."""
    for one in top.members(rows.group):
        told = [(item, number) for item, number in rows.items if one.value(number) is not None]
        if told and all(read_as(spec_at(rows.member, i), one.value(n))[1] for i, n in told):
            yield held(rows.member, one, told)
