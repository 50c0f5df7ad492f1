"""What a message says of the case beside events and products: documents, numbers, comments."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.case import Case
from aeapp.domain.items import NullFlavor, Section
from aeapp.domain.records.beyond_forms import Diagnosis, OtherNumber, Summary
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import Around, put


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of the case that goes as a group, a member each.

    Attributes:
        name: The list.
        items: Item and element.
    """

    name: str
    group: str
    member: type[Section]
    items: tuple[tuple[str, str], ...]


ROWS = (
    Rows("other_numbers", "C.1.9.1.r", OtherNumber,
         (("source", "C.1.9.1.r.1"), ("number", "C.1.9.1.r.2"))),
    Rows("diagnoses", "H.3.r", Diagnosis, (("code", "H.3.r.1b"), ("edition", "H.3.r.1a"))),
    Rows("summaries", "H.5.r", Summary, (("text", "H.5.r.1a"), ("language", "H.5.r.1b"))),
)  # fmt: skip
COMMENTS = (("sender_comment", "H.4"), ("reporter_comment", "H.2"), ("other_therapies", "D.7.3"))


def beyond_of(message: Part, case: Case, around: Around) -> None:
    """Put documents, papers, numbers of the case and of others, and what people say of it."""
    _documents(message, case, around)
    for number in around.linked:
        message.add("C.1.10.r").put("C.1.10.r", number)
    _papers(message, case, around)
    for item, number in COMMENTS:
        # True or absent: that there was no other therapy is not told.
        put(message, number, getattr(case.case.beyond, item) or None)
    for rows in ROWS:
        for one in getattr(case.case, rows.name):
            told = [(getattr(one, item), number) for item, number in rows.items]
            row = message.add(rows.group) if any(value for value, _number in told) else Part()
            for value, number in told:
                put(row, number, value)
    # That there is none is no information, never false.
    message.put("C.1.9.1", "true" if message.members("C.1.9.1.r") else NullFlavor.NI)


def lines_of(text: str | None) -> tuple[str, ...]:
    """Return the lines in which something stands."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _documents(message: Part, case: Case, around: Around) -> None:
    """Put the files, and what is held and lies in no file; papers go by themselves."""
    held = lines_of(case.case.beyond.documents)
    papers = {paper.sha256 for paper in case.case.literature}
    files = [file for file in around.files if not file.sha256 or file.sha256 not in papers]
    put(message, "C.1.6.1", bool(files or held))
    for file in files:
        part = message.add("C.1.6.1.r")
        part.put("C.1.6.1.r.1", file.name)
        part.put("C.1.6.1.r.2", file.base64)
    for line in held:
        message.add("C.1.6.1.r").put("C.1.6.1.r.1", line)


def _papers(message: Part, case: Case, around: Around) -> None:
    """Put each paper of which anything is said, with its file where that goes inside."""
    files = {file.sha256: file for file in around.files}
    for paper in case.case.literature:
        if paper.is_told:
            part = message.add("C.4.r")
            put(part, "C.4.r.1", paper.reference)
            inside = files.get(paper.sha256 or "")
            if inside is not None and inside.base64:
                part.put("C.4.r.2", inside.base64)
