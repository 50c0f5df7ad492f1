"""The entry of the trail, and the line of the register, for a document that goes to a printer."""

from __future__ import annotations

import hashlib

from aeapp.domain.codelists.lifecycle import Medium
from aeapp.services.context import WorkContext
from aeapp.services.pages import Document
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject, Wrote, enter


def note_print(
    context: WorkContext,
    subject: Subject,
    entity: tuple[str, str],
    document: Document,
    pages: int,
    *,
    given: Given = NOT_TOLD,
) -> None:
    """Note that a document goes to a printer: which copy of which state, how many pages of it.

    Paper leaves a house as a file does, so the register of exports has a line of it.
    """
    digest = hashlib.sha256(document.content).hexdigest()
    data = {
        "copy": subject.copy.value,
        "kind": subject.kind,
        "pages": pages,
        "sha256": digest,
        "size": len(document.content),
    }
    if document.stamp is not None:
        # What is printed may hold edits that are not stored yet: then only its own hash names it.
        data |= {
            "head": document.stamp.head.seq,
            "record": document.stamp.record,
            "version": document.stamp.version,
        }
    line = RegisterLine(subject, given, Medium.PRINT)
    with context.new_uow() as uow:
        of, entity_id = entity
        head = uow.trail.note("print", who=context.who, entity=of, entity_id=entity_id, data=data)
        enter(uow, context, line, Wrote(head.seq, digest, pages))
        uow.commit()
