"""The stock: products and lots, what moved, what a count found, and what a gap was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from aeapp.domain.chair.loss import Question, answered_for, question_of
from aeapp.domain.chair.stock import Book, Gap, Vial, book, gaps, standing, vials
from aeapp.domain.codelists.session import Amount, MovementKind
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import (
    Administration,
    Lot,
    Patient,
    Product,
    Session,
    StockMovement,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

R = TypeVar("R", bound=Record)
# Why something was wasted after its dose.
REST = N_("rest of what was drawn")


class WitnessMissingError(RefusedError):
    """A controlled product was wasted and nobody saw it."""

    code = "stock.witness"

    def __init__(self) -> None:
        super().__init__(
            N_("A controlled product is wasted only with a witness."),
            remedy=N_("Enter the initials of who saw it."),
        )


class StockReasonMissingError(RefusedError):
    """Stock was wasted or returned, or a gap explained, without a word why."""

    code = "stock.reason"

    def __init__(self) -> None:
        super().__init__(
            N_("Waste, return and the answer to a gap have a reason."),
            remedy=N_("Say in a few words why."),
        )


class GapChangedError(RefusedError):
    """A rest was to be wasted that is another amount by now, or none."""

    code = "stock.gap-changed"

    def __init__(self) -> None:
        super().__init__(
            N_("What is not accounted for is another amount by now; nothing was stored."),
            remedy=N_("Look at the amount that stands there now, then say who saw it wasted."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """One dose of a lot with the patient and the session."""

    giving: Administration
    patient: Patient | None
    session: Session | None


@dataclass(frozen=True, slots=True, repr=False)
class LotStock:
    """One lot with its book, what the book cannot account for, and who got it."""

    product: Product
    lot: Lot
    book: Book
    vials: tuple[Vial, ...]
    gaps: tuple[Gap, ...]
    recipients: tuple[Recipient, ...]

    @property
    def open_questions(self) -> tuple[Gap, ...]:
        """Return the gaps whose question nobody has answered."""
        waiting = (Question.OPEN, Question.NOT_KNOWN)
        return tuple(g for g in self.gaps if question_of(g, self.product) in waiting)


@dataclass(frozen=True, slots=True, repr=False)
class Shelf:
    """A product with its lots, for a list."""

    product: Product
    lots: tuple[Lot, ...]


class StockService:
    """Keep the book of each lot."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def save(self, record: R, *, reason: str = "") -> R:
        """Store a new or changed product or lot."""
        with self._context.new_uow() as uow:
            stored = uow.save(record, who=self._context.who, reason=reason)
            uow.commit()
        return stored

    def shelves(self) -> tuple[Shelf, ...]:
        """Return the products by name, each with its lots, the newest lot first."""
        with self._context.new_uow() as uow:
            products = of_kind(Product, uow.records.query("product", order_by=["name"]))
            lots = of_kind(Lot, uow.records.query("lot"))
        newest = sorted(lots, key=lambda lot: lot.id, reverse=True)
        return tuple(
            Shelf(p, tuple(lot for lot in newest if lot.product_id == p.id)) for p in products
        )

    def move(
        self,
        lot: Lot,
        kind: MovementKind,
        amount: Decimal,
        unit: Amount,
        *,
        vial: str | None = None,
        witness: str | None = None,
        reason: str | None = None,
        at: PartialDate | None = None,
    ) -> StockMovement:
        """Store what came in, was wasted, returned or counted; time is now unless given.

        Raises:
            WitnessMissingError: A controlled product was wasted without a witness.
            StockReasonMissingError: There is no reason for a waste or return.
        """
        with self._context.new_uow() as uow:
            product = of_kind(Product, [uow.records.get("product", lot.product_id)])[0]
            seen, why = (witness or "").strip() or None, (reason or "").strip() or None
            if kind is MovementKind.WASTED and product.controlled and seen is None:
                raise WitnessMissingError
            if kind in (MovementKind.WASTED, MovementKind.RETURNED) and why is None:
                raise StockReasonMissingError
            movement = StockMovement(
                product_id=product.id,
                lot_id=lot.id,
                kind=kind,
                amount=amount,
                unit=unit,
                vial=vial,
                at=at or self._context.minute(),
                by=self._context.who.name,
                witness=seen,
                reason=why,
            )
            stored = uow.save(movement, who=self._context.who)
            uow.commit()
        return stored

    def waste_rest(self, gap: Gap, witness: str) -> StockMovement:
        """Store that the rest of what was drawn in a session was wasted, as after an early stop.

        Raises:
            WitnessMissingError: Nobody saw it.
            GapChangedError: The rest is another one by now.
        """
        drawn = gap.answer_on
        seen = witness.strip()
        if not seen:
            raise WitnessMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            lot = self.of_lot(drawn.lot_id)
            now = next((g for g in lot.gaps if g.answer_on.id == drawn.id), None)
            amount = None if now is None else answered_for(now, lot.product)
            if now is None or amount is None or now.missing != gap.missing or amount <= 0:
                raise GapChangedError
            stored = uow.save(
                StockMovement(
                    product_id=drawn.product_id,
                    lot_id=drawn.lot_id,
                    session_id=drawn.session_id,
                    administration_id=drawn.administration_id,
                    kind=MovementKind.WASTED,
                    amount=amount,
                    unit=drawn.unit or now.unit,
                    vial=drawn.vial,
                    at=self._context.minute(),
                    by=self._context.who.name,
                    witness=seen,
                    reason=_(REST),
                ),
                who=self._context.who,
            )
            uow.commit()
        return stored

    def of_lot(self, lot_id: str) -> LotStock:
        """Return the book of a lot as it stands now, and who got it."""
        with self._context.new_uow() as uow:
            lot = of_kind(Lot, [uow.records.get("lot", lot_id)])[0]
            product = of_kind(Product, [uow.records.get("product", lot.product_id)])[0]
            moved = of_kind(StockMovement, uow.records.find("stock_movement", lot_id=lot_id))
            named = of_kind(Administration, uow.records.find("administration", lot_id=lot_id))
            # A report of the product alone names the lot; nothing was given.
            given = tuple(g for g in named if g.patient_id or g.session_id)
            recipients = _recipients(uow, tuple(g for g in given if g.stands))
        whole = book(product, moved, given)
        return LotStock(
            product=product,
            lot=lot,
            book=whole,
            vials=vials(product, standing(moved, given)[0], whole.unit),
            gaps=gaps(product, moved, given, self._context.now()),
            recipients=recipients,
        )

    def answer_loss(
        self,
        movement_id: str,
        *,
        answer: bool | NullFlavor,
        reason: str,
        discovered_on: PartialDate | None = None,
    ) -> StockMovement:
        """Store a person's answer to the question of a gap; a loss has the day of its discovery.

        The answer holds for the gap as it is now. The day is today unless another is given.

        Raises:
            StockReasonMissingError: There is no word of what was found out.
        """
        if not reason.strip():
            raise StockReasonMissingError
        day = discovered_on or PartialDate.of(self._context.today())
        return self._changed(
            movement_id,
            significant_loss=answer,
            answered_for=self._missing(movement_id),
            discovered_on=day if answer is True else None,
            reason=reason.strip(),
        )

    def _missing(self, movement_id: str) -> Decimal | None:
        """Return what is missing now at the movement that holds the answer."""
        with self._context.new_uow() as uow:
            (movement,) = of_kind(StockMovement, [uow.records.get("stock_movement", movement_id)])
        if not movement.lot_id:
            return None
        lot = self.of_lot(movement.lot_id)
        gap = next((g for g in lot.gaps if g.answer_on.id == movement_id), None)
        return None if gap is None else answered_for(gap, lot.product)

    def record_notice(self, movement_id: str, on: PartialDate) -> StockMovement:
        """Store the day on which the field office was told in writing."""
        return self._changed(movement_id, notice_on=on)

    def record_form_106(self, movement_id: str, on: PartialDate) -> StockMovement:
        """Store the day on which Form 106 was filed."""
        return self._changed(movement_id, form_106_on=on)

    def _changed(self, movement_id: str, **changes: object) -> StockMovement:
        with self._context.new_uow() as uow:
            uow.lock()
            found = of_kind(StockMovement, [uow.records.get("stock_movement", movement_id)])[0]
            changed = replace(found, **changes)  # type: ignore[arg-type]
            reason = str(changes.get("reason", ""))
            stored = uow.save(changed, who=self._context.who, reason=reason)
            uow.commit()
        return stored


def _recipients(uow: UnitOfWork, givings: tuple[Administration, ...]) -> tuple[Recipient, ...]:
    ids = [i for i in dict.fromkeys(g.patient_id for g in givings) if i]
    patients = {p.id: p for p in of_kind(Patient, uow.records.many("patient", ids))}
    rooms = [i for i in dict.fromkeys(g.session_id for g in givings) if i]
    sessions = {s.id: s for s in of_kind(Session, uow.records.many("session", rooms))}
    return tuple(
        Recipient(g, patients.get(g.patient_id), sessions.get(g.session_id)) for g in givings
    )
