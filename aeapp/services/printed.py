"""Which state of a record a paper shows, counted by what the trail says left the program."""

from __future__ import annotations

from aeapp.services.ports import UnitOfWork
from aeapp.trail.chain import Head


def version_of(uow: UnitOfWork, entity_id: str, kind: str, head: Head) -> int:
    """Return the version of a printed state: one more than the earlier states that left.

    The same state prints the same version for ever, however often it is exported or printed and
    whichever copy of it: ``kind`` is the paper, and a copy is called by it and more.
    """
    heads = {
        entry.content["data"].get("head", 0)
        for action in ("export", "print")
        for entry in uow.trail.by_action(action)
        if entry.content.get("entity_id") == entity_id
        and _is_of(entry.content["data"].get("kind", ""), kind)
    }
    return 1 + len({seq for seq in heads if seq < head.seq})


def version_by_record(uow: UnitOfWork, entity_id: str, kind: str, record: str) -> int:
    """Return the version of a printed state that its hash tells from others.

    For a paper that is computed from more records than anybody counts: which of them was written
    last says nothing of whether a figure changed, what the paper shows does.
    """
    known = dict.fromkeys(
        entry.content["data"]["record"]
        for entry in uow.trail.by_action("export")
        if entry.content.get("entity_id") == entity_id
        and entry.content["data"].get("record")
        and _is_of(entry.content["data"].get("kind", ""), kind)
    )
    states = list(known)
    return states.index(record) + 1 if record in known else len(states) + 1


def _is_of(found: str, kind: str) -> bool:
    return found == kind or found.startswith(f"{kind}-")
