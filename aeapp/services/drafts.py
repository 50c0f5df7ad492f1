"""Keep what somebody types until it is saved, and give it back after a kill, undo included."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from aeapp.domain.case import Case
from aeapp.domain.case_parts import PARTS
from aeapp.domain.codecs import from_json, to_json
from aeapp.domain.items import spec_at
from aeapp.editing.editor import Step
from aeapp.kernel import log
from aeapp.kernel.errors import BadInputError
from aeapp.services.context import WorkContext
from aeapp.services.ports import Draft

# Kind of a step that holds a whole row of readings as typed.
ROW = "row"


def report_scope(report_id: str) -> str:
    """Return the name under which drafts of a report are kept."""
    return f"report:{report_id}"


def row_scope(session_id: str) -> str:
    """Return the name under which the row being typed in a session is kept."""
    return f"row:{session_id}"


def dose_scope(session_id: str) -> str:
    """Return the name under which the dose that waits in a session is kept."""
    return f"dose:{session_id}"


class DraftService:
    """The draft journal of the person who is logged in."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def keep(self, scope: str, kind: str, step: Step) -> None:
        """Append one step; it is on disk when this returns."""
        self.keep_all(scope, ((kind, step),))

    def keep_all(self, scope: str, steps: Iterable[tuple[str, Step]]) -> None:
        """Append steps in order, all or none; they are on disk when this returns."""
        with self._context.new_uow() as uow:
            for kind, step in steps:
                uow.drafts.append(self._context.who.user_id, scope, kind, _payload(step))
            uow.commit()

    def steps(self, scope: str) -> list[tuple[str, Step]]:
        """Return the kept steps of ``scope`` in order, ready for ``Editor.replay``."""
        with self._context.new_uow() as uow:
            kept = uow.drafts.read(self._context.who.user_id, scope)
        steps = ((draft.kind, _readable(draft)) for draft in kept)
        return [(kind, step) for kind, step in steps if step is not None]

    def kept_at(self, scope: str) -> str:
        """Return when the latest step of ``scope`` was kept, as UTC text; empty without one."""
        with self._context.new_uow() as uow:
            kept = uow.drafts.read(self._context.who.user_id, scope)
        return kept[-1].at if kept else ""

    def keep_row(self, session_id: str, texts: Mapping[str, str]) -> None:
        """Keep the row being typed in a session in the place of what was kept of it before.

        An empty row is forgotten. It is on disk when this returns.
        """
        scope, user = row_scope(session_id), self._context.who.user_id
        with self._context.new_uow() as uow:
            uow.drafts.clear(user, scope)
            if texts:
                uow.drafts.append(user, scope, ROW, json.dumps(dict(texts), ensure_ascii=False))
            uow.commit()

    def row(self, session_id: str) -> dict[str, str]:
        """Return the row that was being typed in a session; empty where there is none."""
        with self._context.new_uow() as uow:
            kept = uow.drafts.read(self._context.who.user_id, row_scope(session_id))
        try:
            found = json.loads(kept[-1].payload) if kept else {}
            return {str(name): str(text) for name, text in found.items()}
        except (AttributeError, ValueError):
            log.event("draft.row-unreadable")
            return {}

    def scopes(self) -> list[str]:
        """Return what this person has unsaved work in."""
        with self._context.new_uow() as uow:
            return uow.drafts.scopes(self._context.who.user_id)

    def clear(self, scope: str) -> None:
        """Forget the draft; a save of the case forgets it by itself."""
        with self._context.new_uow() as uow:
            uow.drafts.clear(self._context.who.user_id, scope)
            uow.commit()


def _payload(step: Step) -> str:
    return json.dumps(
        {"path": step.path, "before": to_json(step.before), "after": to_json(step.after)},
        ensure_ascii=False,
        sort_keys=True,
    )


def _readable(draft: Draft) -> Step | None:
    """Return the kept step; None where this version cannot read it, so that the rest opens."""
    try:
        return _step(draft.kind, json.loads(draft.payload))
    except (BadInputError, KeyError, TypeError, ValueError):
        log.event("draft.step-unreadable", kind=draft.kind)
        return None


def _step(kind: str, raw: dict[str, Any]) -> Step:
    path = str(raw["path"])
    if kind in ("close", "unread") or path in PARTS:
        # Text as typed, or the ids of a part that was added: neither is a value of the case.
        return Step(path, raw["before"], raw["after"])
    spec = spec_at(Case, path)
    return Step(path, from_json(spec, raw["before"]), from_json(spec, raw["after"]))
