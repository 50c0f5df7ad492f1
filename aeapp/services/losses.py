"""The gaps of every lot of a controlled product, kept up to date entry by entry of the trail.

Books of years are long and Today is read again and again: once read, only lots that something
was stored about are read anew.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from aeapp.domain.chair.infusion import goes_on
from aeapp.domain.chair.needs import Need
from aeapp.domain.chair.stock import gaps
from aeapp.domain.chair.stock_needs import needs_of
from aeapp.domain.records import Administration, Lot, Product, StockMovement
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

# After more entries than this at once, everything is read again.
MOST_ENTRIES = 200
_OF_LOT = ("stock_movement", "administration")
E = TypeVar("E", StockMovement, Administration)


class LossService:
    """What the stock of controlled products asks of somebody."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context
        self._turn = threading.Lock()
        self._seen = 0
        self._needs: dict[str, tuple[Need, ...]] = {}
        self._moving: frozenset[str] = frozenset()

    def needs(self) -> tuple[Need, ...]:
        """Return the open questions and what losses still ask for, lot by lot."""
        with self._turn, self._context.new_uow() as uow:
            head = uow.trail.head().seq
            touched = _touched(uow, head - self._seen) if self._seen else None
            if touched is None:
                self._needs, self._moving = {}, frozenset()
            lots = _lots(uow, None if touched is None else touched | self._moving)
            self._read(uow, lots)
            self._seen = head
            return tuple(need for lot in sorted(self._needs) for need in self._needs[lot])

    def _read(self, uow: UnitOfWork, lots: Sequence[Lot]) -> None:
        now, ids = self._context.now(), [lot.id for lot in lots]
        wanted = list(dict.fromkeys(lot.product_id for lot in lots))
        products = {p.id: p for p in of_kind(Product, uow.records.many("product", wanted))}
        moved, given = _of_lots(uow, StockMovement, ids), _of_lots(uow, Administration, ids)
        moving = set(self._moving).difference(ids)
        for lot in lots:
            product = products[lot.product_id]
            self._needs[lot.id] = ()
            if product.controlled is not True:
                continue
            ours = given.get(lot.id, [])
            found = gaps(product, moved.get(lot.id, []), ours, now)
            self._needs[lot.id] = tuple(n for gap in found for n in needs_of(product, lot, gap))
            if any(goes_on(g, product, now) for g in ours):
                moving.add(lot.id)
        self._moving = frozenset(moving)


def _touched(uow: UnitOfWork, entries: int) -> set[str] | None:
    """Return the lots that the newest entries are about; None where that takes all of them."""
    if entries > MOST_ENTRIES:
        return None
    found: set[str] = set()
    seen: dict[str, set[str]] = {kind: set() for kind in (*_OF_LOT, "product")}
    for content in (entry.content for entry in uow.trail.newest(entries)):
        for kind, record_id in _records(content):
            if kind == "lot":
                found.add(record_id)
            elif kind in seen:
                seen[kind].add(record_id)
        # It may have stood in the book of another lot before.
        before = content.get("before", {}).get("lot_id")
        found |= {before} if isinstance(before, str) else set()
    for kind in _OF_LOT:
        records = uow.records.many(kind, sorted(seen[kind]))
        found |= {r.lot_id for r in records if isinstance(r, (StockMovement, Administration))}
    products = sorted(seen["product"])
    found |= set(uow.records.ids("lot", where={"product_id": products})) if products else set()
    return found - {""}


def _records(content: dict[str, Any]) -> Iterable[tuple[str, str]]:
    rows = [(str(row[0]), str(row[1])) for row in content.get("rows", ())]
    return [(content.get("entity", ""), content.get("entity_id", "")), *rows]


def _lots(uow: UnitOfWork, ids: Iterable[str] | None) -> tuple[Lot, ...]:
    if ids is not None:
        return of_kind(Lot, uow.records.many("lot", sorted(ids)))
    controlled = uow.records.ids("product", where={"controlled": True})
    return of_kind(Lot, uow.records.find("lot", product_id=controlled)) if controlled else ()


def _of_lots(uow: UnitOfWork, kind: type[E], ids: Sequence[str]) -> dict[str, list[E]]:
    found: dict[str, list[E]] = {}
    for record in of_kind(kind, uow.records.find(kind.KIND, lot_id=list(ids)) if ids else ()):
        found.setdefault(record.lot_id, []).append(record)
    return found
