"""Write a finished paper to its file and enter it in the trail: both, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aeapp.services.context import WorkContext
from aeapp.services.documents import Document, Export
from aeapp.services.printed import version_of
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject
from aeapp.services.writing_out import write_out
from aeapp.trail.chain import Head


@dataclass(frozen=True, slots=True)
class PaperOf:
    """Which record a paper is of, and which state of it.

    Attributes:
        kind: Of paper, as the trail calls it.
        entity, entity_id: The record.
        subject: What the register says of it; its kind alone where nothing else is told.
        given: To whom it goes and what for, as far as that is known now.
        head: Entry of the trail that wrote its newest part.
        record: Hash of what the paper shows, where versions are counted by it.
    """

    kind: str
    entity: str
    entity_id: str
    head: Head
    version: int
    subject: Subject | None = None
    given: Given = NOT_TOLD
    record: str = ""


def write_paper(
    context: WorkContext, document: Document, paper: PaperOf, out: Path, *, overwrite: bool
) -> Export:
    """Write ``document`` to ``out`` and enter it in the trail.

    Raises:
        FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
        FileTroubleError: The file could not be written; nothing stands under its name.
    """
    data = {
        "head": paper.head.seq,
        "kind": paper.kind,
        "pages": document.pages,
        "version": paper.version,
        **({"record": paper.record} if paper.record else {}),
    }
    of = (paper.entity, paper.entity_id)
    subject = paper.subject or Subject(number="", what=paper.kind)
    line = RegisterLine(subject, paper.given)
    digest, head = write_out(
        context, document.content, out, of, data, overwrite=overwrite, line=line
    )
    size, notes = len(document.content), document.notes
    return Export(out, document.pages, size, digest, head, notes=notes)


__all__ = ["PaperOf", "version_of", "write_paper"]
