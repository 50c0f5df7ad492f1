"""Keep unsaved work inside a transaction."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from aeapp.kernel.clock import Clock, rfc3339
from aeapp.persistence.schema import DRAFT
from aeapp.persistence.store import Run
from aeapp.services.ports import Draft


class SqlDrafts:
    """Unsaved work; rows come and go without a trace, because nobody has signed for them."""

    def __init__(self, run: Run, lock: Callable[[], None], clock: Clock) -> None:
        self._run, self._lock, self._clock = run, lock, clock

    def append(self, user_id: str, scope: str, kind: str, payload: str) -> int:
        """Add a step to a user's draft of ``scope``; return its number, from 1."""
        self._lock()
        n = (self._run(_LAST_STEP, {"user": user_id, "of": scope}).scalar() or 0) + 1
        row = {"user_id": user_id, "scope": scope, "n": n, "kind": kind, "payload": payload}
        self._run(_ADD_STEP, row | {"at": rfc3339(self._clock.now())})
        return int(n)

    def read(self, user_id: str, scope: str) -> list[Draft]:
        """Return the steps in order."""
        steps = self._run(_STEPS, {"user": user_id, "of": scope})
        return [Draft(r.n, r.kind, r.payload, r.at) for r in steps]

    def clear(self, user_id: str, scope: str) -> None:
        """Forget the draft."""
        self._lock()
        self._run(_CLEAR_DRAFT, {"user": user_id, "of": scope})

    def scopes(self, user_id: str) -> list[str]:
        """Return what the user has drafts of, the oldest first."""
        query = (
            sa.select(DRAFT.c.scope)
            .where(DRAFT.c.user_id == user_id)
            .group_by(DRAFT.c.scope)
            .order_by(sa.func.min(DRAFT.c.id))
        )
        return list(self._run(query).scalars())


_OWN = sa.and_(DRAFT.c.user_id == sa.bindparam("user"), DRAFT.c.scope == sa.bindparam("of"))
_LAST_STEP = sa.select(sa.func.max(DRAFT.c.n)).where(_OWN)
_STEPS = sa.select(DRAFT).where(_OWN).order_by(DRAFT.c.n)
_ADD_STEP = sa.insert(DRAFT)
_CLEAR_DRAFT = sa.delete(DRAFT).where(_OWN)
