"""The book of one lot: what came in, was given, wasted or returned, and what a count found.

What was given is read from the doses. Amounts in units that the strength cannot convert, and
entries without a time, are not in the balance and are named beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aeapp.domain.chair.amounts import converted, given_in, words
from aeapp.domain.chair.infusion import goes_on
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.records import Administration, Product, StockMovement
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _

SOURCE = "21 CFR 1304.22(c)"
GIVEN = N_("Given")
_SIGNS = {MovementKind.RECEIVED: 1, MovementKind.WASTED: -1, MovementKind.RETURNED: -1}


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One line of the book.

    Attributes:
        amount: In the unit of the book; None where it is not comparable.
        balance: After it; None before anything was received or counted, and where left out.
        off: Of a count: what was there less what should have been.
        left_out: Why it is not in the balance; empty where it is.
    """

    record: StockMovement | Administration
    words: str
    amount: Fraction | None
    balance: Fraction | None = None
    off: Fraction | None = None
    left_out: str = ""

    @property
    def at(self) -> PartialDate | None:
        """Return when it was."""
        record = self.record
        at = record.started if isinstance(record, Administration) else record.at
        return at if isinstance(at, PartialDate) else None


@dataclass(frozen=True, slots=True, repr=False)
class Book:
    """All of one lot.

    Attributes:
        balance: What should be there; None where nothing was received or counted yet.
        given, wasted: Sums over all time, of what is comparable.
    """

    unit: Amount
    entries: tuple[Entry, ...]
    balance: Fraction | None
    given: Fraction
    wasted: Fraction

    @property
    def left_out(self) -> tuple[Entry, ...]:
        """Return the entries that are not in the balance."""
        return tuple(e for e in self.entries if e.left_out)


@dataclass(frozen=True, slots=True)
class Vial:
    """One vial or box by its mark.

    Attributes:
        left: None where it was never received under this mark, so that nobody knows its content.
    """

    mark: str
    drawn: Fraction
    wasted: Fraction
    left: Fraction | None


@dataclass(frozen=True, slots=True, repr=False)
class Gap:
    """Something that the book cannot account for.

    Attributes:
        missing: More than 0 where stock is missing, less where there is too much; None where the
            amounts are not comparable.
        answer_on: The movement that holds the answer to the question.
    """

    answer_on: StockMovement
    session_id: str
    missing: Fraction | None
    unit: Amount

    @property
    def asks(self) -> bool:
        """Tell whether something can be a loss, so that the question of the DEA is put."""
        return self.missing is None or self.missing > 0


def unit_of(movements: Sequence[StockMovement]) -> Amount:
    """Return the unit in which a lot is counted: as it came in, else mg."""
    for kind in (MovementKind.RECEIVED, MovementKind.COUNTED):
        for movement in movements:
            if movement.kind is kind and movement.unit is not None:
                return movement.unit
    return Amount.MG


def book(
    product: Product, movements: Sequence[StockMovement], givings: Sequence[Administration]
) -> Book:
    """Return the book of a lot, first entry first."""
    unit, gone = unit_of(movements), struck_in(givings)
    raw = [_moved(m, unit, product) for m in movements]
    raw += [_given(g, unit, product) for g in givings]
    entries, balance = _balanced(sorted(raw, key=_order), gone)
    return Book(
        unit=unit,
        entries=entries,
        balance=balance,
        given=_sum(e.amount for e in entries if _counts(e, gone) and _is_giving(e)),
        wasted=_sum(
            e.amount for e in entries if _counts(e, gone) and _kind(e) is MovementKind.WASTED
        ),
    )


def struck_in(givings: Iterable[Administration]) -> frozenset[str]:
    """Return the ids of the doses that were struck through."""
    return frozenset(g.id for g in givings if g.id and not g.stands)


def standing(
    movements: Iterable[StockMovement], givings: Iterable[Administration]
) -> tuple[list[StockMovement], list[Administration]]:
    """Return what counts: a dose that was struck through takes what was drawn for it along."""
    known = list(givings)
    gone = struck_in(known)
    return (
        [m for m in movements if m.administration_id not in gone],
        [g for g in known if g.stands],
    )


def _is_giving(entry: Entry) -> bool:
    return isinstance(entry.record, Administration)


def _counts(entry: Entry, gone: frozenset[str]) -> bool:
    record = entry.record
    if isinstance(record, Administration):
        return record.stands
    return record.administration_id not in gone


def _sum(parts: Iterable[Fraction | None]) -> Fraction:
    return sum((p for p in parts if p is not None), Fraction(0))


def _kind(entry: Entry) -> MovementKind | None:
    return entry.record.kind if isinstance(entry.record, StockMovement) else None


def _order(entry: Entry) -> tuple[str, str]:
    return (entry.at.sort_key() if entry.at is not None else "", entry.record.id)


def _moved(movement: StockMovement, unit: Amount, product: Product) -> Entry:
    amount = None
    if movement.amount is not None and movement.unit is not None:
        amount = converted(movement.amount, movement.unit, unit, product)
    kind = _(movement.kind.words) if movement.kind is not None else _("Movement not named")
    return Entry(movement, kind, amount)


def _given(giving: Administration, unit: Amount, product: Product) -> Entry:
    return Entry(giving, _(GIVEN), given_in(giving, unit, product))


def _why_left_out(entry: Entry, gone: frozenset[str]) -> str:
    if not _counts(entry, gone):
        return _("struck through with its dose")
    if entry.at is None:
        return _("no time")
    if entry.amount is None:
        return _("not comparable in this unit")
    return "" if _is_giving(entry) or _kind(entry) else _("kind not named")


def _balanced(
    raw: Sequence[Entry], gone: frozenset[str]
) -> tuple[tuple[Entry, ...], Fraction | None]:
    balance: Fraction | None = None
    used, done = Fraction(0), []
    for entry in raw:
        why, off = _why_left_out(entry, gone), None
        if not why and entry.amount is not None:
            if _kind(entry) is MovementKind.COUNTED:
                off = None if balance is None else entry.amount - balance
                balance = entry.amount
            else:
                change = _sign(entry) * entry.amount
                balance, used = _moved_on(entry, balance, used, change)
        shown = None if why else balance
        done.append(Entry(entry.record, entry.words, entry.amount, shown, off, why))
    return tuple(done), balance


def _moved_on(
    entry: Entry, balance: Fraction | None, used: Fraction, change: Fraction
) -> tuple[Fraction | None, Fraction]:
    """Return the balance after a change; what was used before the first receipt comes off it."""
    if balance is not None:
        return balance + change, used
    if _kind(entry) is MovementKind.RECEIVED:
        return used + change, Fraction(0)
    return None, used + change


def _sign(entry: Entry) -> int:
    if isinstance(entry.record, Administration):
        return -1
    # What was drawn is in a syringe and still there until it is given or wasted.
    return _SIGNS.get(entry.record.kind, 0) if entry.record.kind is not None else 0


def vials(product: Product, movements: Sequence[StockMovement], unit: Amount) -> tuple[Vial, ...]:
    """Return the vials of a lot by their marks, those that have one."""
    marks = dict.fromkeys(m.vial for m in movements if m.vial)
    return tuple(
        _vial(mark, [m for m in movements if m.vial == mark], product, unit) for mark in marks
    )


def _vial(mark: str, movements: Sequence[StockMovement], product: Product, unit: Amount) -> Vial:
    def of(kind: MovementKind) -> list[StockMovement]:
        return [m for m in movements if m.kind is kind]

    def total(found: Iterable[StockMovement]) -> Fraction:
        return _sum(_moved(m, unit, product).amount for m in found)

    received, drawn, wasted = (
        of(kind) for kind in (MovementKind.RECEIVED, MovementKind.DRAWN, MovementKind.WASTED)
    )
    in_syringe = {m.session_id for m in drawn if m.session_id}
    poured = [m for m in wasted if m.session_id not in in_syringe]
    out = total(drawn) + total(poured) + total(of(MovementKind.RETURNED))
    left = total(received) - out if received else None
    return Vial(mark, total(drawn), total(wasted), left)


def gaps(
    product: Product,
    movements: Sequence[StockMovement],
    givings: Sequence[Administration],
    now: dt.datetime,
) -> tuple[Gap, ...]:
    """Return what sessions and counts of a lot leave unaccounted, oldest first.

    A session of which something still runs has no gap yet.
    """
    movements, givings = standing(movements, givings)
    whole = book(product, movements, givings)
    counted = [
        Gap(entry.record, "", -entry.off, whole.unit)
        for entry in whole.entries
        if isinstance(entry.record, StockMovement) and entry.off
    ]
    found = counted + _session_gaps(product, movements, givings, now)
    return tuple(sorted(found, key=lambda g: g.answer_on.id))


def _session_gaps(
    product: Product,
    movements: Sequence[StockMovement],
    givings: Sequence[Administration],
    now: dt.datetime,
) -> list[Gap]:
    unit = unit_of(movements)
    drawn: dict[str, StockMovement] = {}
    for movement in movements:
        if movement.kind is MovementKind.DRAWN and movement.session_id:
            drawn.setdefault(movement.session_id, movement)
    found = []
    for session_id, first in drawn.items():
        ours = [g for g in givings if g.session_id == session_id]
        if any(goes_on(g, product, now) for g in ours):
            continue
        moved = [m for m in movements if m.session_id == session_id]
        missing = unaccounted(product, moved, ours, unit)
        if missing != 0:
            found.append(Gap(first, session_id, missing, unit))
    return found


def unaccounted(
    product: Product,
    movements: Iterable[StockMovement],
    givings: Iterable[Administration],
    unit: Amount,
) -> Fraction | None:
    """Return drawn less given less wasted less returned; None where it is not comparable."""
    signs = {MovementKind.DRAWN: 1, MovementKind.WASTED: -1, MovementKind.RETURNED: -1}
    parts: list[Fraction | None] = [
        None if (amount := _moved(m, unit, product).amount) is None else signs[m.kind] * amount
        for m in movements
        if m.kind in signs
    ]
    for giving in givings:
        amount = given_in(giving, unit, product)
        parts.append(None if amount is None else -amount)
    return None if None in parts else _sum(parts)


def gap_words(gap: Gap) -> str:
    """Return ``12 mg not accounted for``, or why that cannot be said."""
    unit = _(gap.unit.words)
    if gap.missing is None:
        return _("drawn, given and wasted cannot be compared in {unit}").format(unit=unit)
    amount = f"{words(abs(gap.missing))} {unit}"
    if gap.missing > 0:
        return _("{amount} not accounted for").format(amount=amount)
    return _("{amount} more than there should be").format(amount=amount)
