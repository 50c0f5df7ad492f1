"""Write a finished file for a person and enter it in the trail: both, or neither."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aeapp.kernel.files import prepared
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.register import RegisterLine, Wrote, enter
from aeapp.trail.chain import Head


def write_out(
    context: WorkContext,
    content: bytes,
    out: Path,
    of: tuple[str, str],
    data: dict[str, Any],
    *,
    overwrite: bool,
    action: str = "export",
    line: RegisterLine | None = None,
    also: Callable[[UnitOfWork], None] | None = None,
) -> tuple[str, Head]:
    """Write ``content`` to ``out``; return its hash and the entry of the trail.

    Args:
        context: The login.
        content: The whole file.
        out: Where it is to stand.
        of: Kind and id of the record it is of.
        data: What the entry says beyond hash and size.
        overwrite: A file of that name may be replaced.
        action: Of the entry.
        line: What the register of exports says of it; nothing where it is no document.
        also: Keeps what belongs to the file, in the same step.

    Raises:
        FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
        FileTroubleError: The file could not be written; nothing stands under its name.
    """
    digest = hashlib.sha256(content).hexdigest()
    told = {**data, "sha256": digest, "size": len(content)}
    with prepared(out, content, overwrite=overwrite) as file, context.new_uow() as uow:
        head = uow.trail.note(action, who=context.who, entity=of[0], entity_id=of[1], data=told)
        if line is not None:
            enter(uow, context, line, Wrote(head.seq, digest, told.get("pages", 0)))
        if also is not None:
            also(uow)
        uow.commit()
        file.finish()
    return digest, head
