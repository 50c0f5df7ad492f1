"""Remember which messages were written, so that their acknowledgements find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aeapp.domain.records import SentMessage
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.taking import moment_of
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Written:
    """What an acknowledgement names a message by, and whose it is."""

    number: str
    made_at: str
    case_id: str
    report_id: str

    @classmethod
    def of(cls, message: Part, case_id: str, report_id: str) -> Written:
        """Return what is kept of a message."""
        return cls(message.text("C.1.1"), message.text("N.2.r.4"), case_id, report_id)


def keep_sent(
    uow: UnitOfWork,
    context: WorkContext,
    header: Mapping[str, Any],
    messages: Iterable[Written],
    file: tuple[str, bool],
) -> None:
    """Store a record for each message of a batch; of a file that was written before, none again.

    Args:
        uow: Where to.
        context: Who writes it.
        header: What the batch says before its messages.
        messages: What is kept of each.
        file: Its SHA-256, and whether it is a draft.
    """
    sha256, draft = file
    if uow.records.find("message", sha256=sha256):
        # An answer is about a message once, however often its file was written.
        return
    for message in messages:
        made_at, _whole = moment_of(message.made_at)
        record = SentMessage(
            case_id=message.case_id, report_id=message.report_id, number=message.number,
            batch=str(header.get("N.1.2", "")) or None,
            receiver=str(header.get("N.1.4", "")) or None, made_at=made_at, draft=draft,
            sha256=sha256, by=context.who.name,
        )  # fmt: skip
        uow.save(record, who=context.who)
