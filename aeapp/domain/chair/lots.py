"""Lots: how long each may be used, and which box of a product is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.codelists.session import MovementKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, StockMovement
from aeapp.domain.values import MONTHS, PartialDate
from aeapp.kernel.i18n import N_, _

SOON = dt.timedelta(days=30)


class Shelf(StrEnum):
    """Whether a lot may still be used."""

    GOOD = "good"
    SOON = "soon"
    EXPIRED = "expired"
    HELD = "held"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Expiry:
    """Whether a lot may still be used, and until when, in words."""

    shelf: Shelf
    words: str


def expiry(lot: Lot, today: dt.date) -> Expiry:
    """Return how long the lot may be used; a month and year means to the end of that month.

    A lot that is held may not be used, whatever its date.
    """
    if lot.hold is not None:
        return Expiry(Shelf.HELD, _("on hold"))
    expires = lot.expires
    if not isinstance(expires, PartialDate):
        words = _("expiry unknown") if isinstance(expires, NullFlavor) else _("no expiry entered")
        return Expiry(Shelf.UNKNOWN, words)
    day = _day_words(expires)
    if expires.last_day() < today:
        return Expiry(Shelf.EXPIRED, _("expired {day}").format(day=day))
    near = expires.last_day() - today <= SOON
    return Expiry(Shelf.SOON if near else Shelf.GOOD, _("to {day}").format(day=day))


_ASKED = {
    Shelf.HELD: N_("This lot is on hold. Take another, or say why."),
    Shelf.EXPIRED: N_("This lot is past its date. Take another, or say why."),
}
# More of a box that is in use: there is no other one to take.
_ASKED_AGAIN = {
    Shelf.HELD: N_("This lot is on hold: say why."),
    Shelf.EXPIRED: N_("This lot is past its date: say why."),
}


def why_asked(shelf: Shelf, *, again: bool = False) -> str:
    """Return what is asked before something of such a lot is given; empty for nothing."""
    asked = _ASKED_AGAIN if again else _ASKED
    return _(asked[shelf]) if shelf in asked else ""


def _day_words(day: PartialDate) -> str:
    month = "" if day.month is None else MONTHS[day.month - 1]
    number = "" if day.day is None else str(day.day)
    return " ".join(part for part in (number, month, str(day.year)) if part)


def open_lots(
    givings: Iterable[Administration], movements: Iterable[StockMovement]
) -> dict[str, str]:
    """Return {product: lot} of the box used last; of a product never given, the one come in last.

    Times decide; among equal or missing ones, the record that was made last.
    """
    used = [(g.started, g) for g in givings]
    drawn = [(m.at, m) for m in movements if m.kind is MovementKind.DRAWN]
    came = [(m.at, m) for m in movements if m.kind is MovementKind.RECEIVED]
    return _latest(came) | _latest([*used, *drawn])


def _latest(
    found: Iterable[tuple[PartialDate | NullFlavor | None, Administration | StockMovement]],
) -> dict[str, str]:
    ordered = sorted(
        ((at.sort_key() if isinstance(at, PartialDate) else "", r.id, r) for at, r in found),
        key=lambda entry: entry[:2],
    )
    return {r.product_id: r.lot_id for _at, _id, r in ordered if r.product_id and r.lot_id}
