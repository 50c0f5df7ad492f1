"""Give, change and stop doses; each call is one saved unit.

A change is made on what is stored now, so that two people never undo each other's; what no longer
fits is refused with its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aeapp.domain.chair.doses import package_of
from aeapp.domain.chair.infusion import corrected, is_infusion
from aeapp.domain.chair.lots import Shelf, expiry, open_lots
from aeapp.domain.chair.pieces import (
    MOST_DEVICES,
    hold_of,
    is_device,
    next_turn,
    with_second,
)
from aeapp.domain.codelists.clinic import Setting
from aeapp.domain.codelists.session import AfterHold, Amount, MovementKind
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import Administration, Lot, Product, Session, StockMovement
from aeapp.domain.values import PartialDate
from aeapp.services.beginning import begin_with
from aeapp.services.closing import amend, changed, open_session, refuse_closed, session_of
from aeapp.services.dose_errors import (
    DeviceGivenError,
    DeviceRuleError,
    ExpiredLotError,
    HeldLotError,
    HoldOverError,
    InfusionRunsError,
)
from aeapp.services.drafts import dose_scope
from aeapp.services.infusing import Infusions, giving_in
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import ReasonMissingError, of_kind
from aeapp.services.stock import WitnessMissingError
from aeapp.services.watching import look_again

_MINUTE = dt.timedelta(minutes=1)
# Nobody holds a dose in the mouth for longer; what is longer was told later and not timed.
_LONGEST_HOLD = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Drawn:
    """What was drawn for a dose, and what of it was wasted."""

    amount: Decimal
    unit: Amount
    wasted: Decimal | None = None
    witness: str | None = None
    vial: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewDose:
    """What is to be given.

    Attributes:
        product: Without an id where the library does not know it yet.
        lot: As ``product``; None where none was named.
    """

    product: Product
    lot: Lot | None
    giving: Administration
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What giving a dose stored."""

    product: Product
    lot: Lot | None
    giving: Administration
    movements: tuple[StockMovement, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class DoseOffer:
    """What the dose card offers: the first dose of the last time, and the open boxes."""

    last: Administration | None
    open_lots: dict[str, str]


class DosingService(Infusions):
    """Doses of a session, from drawing up to the end of the infusion."""

    # --- giving

    def give(self, session: Session, dose: NewDose) -> Given:
        """Store a dose with the package as it is now, what was drawn for it, and what is new.

        All of it or none.

        Raises:
            SessionOverError: The session has ended.
            ExpiredLotError: The lot is past its date and the dose has no exception.
            HeldLotError: The lot is on hold and the dose has no exception.
            WitnessMissingError: A controlled product was wasted without a witness.
        """
        with self._context.new_uow() as uow:
            stored = open_session(uow, session.id)
            begin_with(uow, self._context, stored, dose.giving.started)
            given = self._store(uow, session, dose)
            if dose.giving.is_suspect:
                # What is given must not come back as a dose still to be given.
                uow.drafts.clear(self._context.who.user_id, dose_scope(session.id))
            uow.commit()
        return given

    def amended(self, uow: UnitOfWork, session: Session, dose: NewDose, reason: str) -> Given:
        """Store in ``uow`` a dose of a session that has ended, and the line that tells of it.

        Raises:
            AmendmentReasonError: There is no reason.
        """
        return self._store(uow, session, dose, amended=reason)

    def _store(
        self, uow: UnitOfWork, session: Session, dose: NewDose, amended: str | None = None
    ) -> Given:
        who = self._context.who
        product = dose.product if dose.product.id else uow.save(dose.product, who=who)
        lot = dose.lot
        if lot is not None and not lot.id:
            lot = uow.save(replace(lot, product_id=product.id), who=who)
        elif lot is not None:
            # As it is stored now: somebody may have put it on hold since it was chosen.
            (lot,) = of_kind(Lot, [uow.records.get("lot", lot.id)])
        giving = replace(
            dose.giving,
            session_id=session.id,
            patient_id=session.patient_id,
            product_id=product.id,
            lot_id=lot.id if lot is not None else "",
            package=package_of(product, lot),
            given_by=dose.giving.given_by or self._by(session),
        )
        self._must_be_good(lot, giving)
        if amended is None:
            stored = uow.save(with_second(giving, self._context.now()), who=who)
        else:
            stored = amend(uow, self._context, giving, amended)
        # A dose gives the readings their minutes: what they propose is known now.
        look_again(uow, self._context, stored)
        moved = tuple(uow.save(m, who=who) for m in self._moved(dose, product, stored))
        return Given(product, lot, stored, moved)

    def _by(self, session: Session) -> str | None:
        return None if session.setting is Setting.HOME else self._context.who.name

    def _must_be_good(self, lot: Lot | None, giving: Administration) -> None:
        if lot is None or giving.exception:
            return
        day = self._context.today()
        if isinstance(giving.started, PartialDate):
            day = giving.started.last_day()
        shelf = expiry(lot, day).shelf
        if shelf is Shelf.HELD:
            raise HeldLotError
        if shelf is Shelf.EXPIRED:
            raise ExpiredLotError

    def _moved(
        self, dose: NewDose, product: Product, giving: Administration
    ) -> list[StockMovement]:
        drawn = dose.drawn
        if drawn is None:
            return []
        if drawn.wasted and product.controlled and not (drawn.witness or "").strip():
            raise WitnessMissingError
        common = StockMovement(
            product_id=product.id,
            lot_id=giving.lot_id,
            session_id=giving.session_id,
            administration_id=giving.id,
            unit=drawn.unit,
            vial=drawn.vial,
            at=giving.started,
            by=giving.given_by or self._context.who.name,
        )
        moved = [replace(common, kind=MovementKind.DRAWN, amount=drawn.amount)]
        if drawn.wasted:
            waste = replace(common, kind=MovementKind.WASTED, amount=drawn.wasted)
            moved.append(replace(waste, witness=(drawn.witness or "").strip() or None))
        return moved

    def offer(self, session: Session) -> DoseOffer:
        """Return what was given first the last time, and the open box of every product."""
        with self._context.new_uow() as uow:
            products = uow.records.ids("product")
            used: list[Record] = []
            moved: list[Record] = []
            for product_id in products:
                given = {"product_id": product_id, "struck_reason": None}
                used += _newest(uow, "administration", "started", given)
                moved += _newest(uow, "stock_movement", "at", {"product_id": product_id})
            return DoseOffer(
                last=_last_dose(uow, session),
                open_lots=open_lots(of_kind(Administration, used), of_kind(StockMovement, moved)),
            )

    def strike(self, giving_id: str, reason: str) -> Administration:
        """Strike a dose through that was a slip: it stays on record and counts nowhere.

        What was drawn and wasted for it leaves the book of the lot with it.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            struck = replace(giving_in(uow, giving_id), struck_reason=reason.strip())
            stored = changed(uow, self._context, struck, reason.strip())
            look_again(uow, self._context, stored)
            uow.commit()
        return stored

    # --- amounts and times

    def correct(self, giving_id: str, amount: Decimal | NullFlavor, reason: str) -> Administration:
        """Store the amount that a person read off the pump or the syringe, or that it is unknown.

        In a session that has ended this is an amendment.

        Raises:
            InfusionRunsError: It was not stopped: what runs in after the reading is not in it.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            giving = giving_in(uow, giving_id)
            session = session_of(uow, giving.session_id) if giving.session_id else None
            lasts = is_infusion(giving) and giving.ended is None
            if session is None or session.ending is None:
                if lasts:
                    raise InfusionRunsError
                return self._saved(uow, corrected(giving, amount), reason)
            if lasts:
                # Nothing ran in after the session.
                giving = replace(giving, ended=session.ended)
            stored = amend(uow, self._context, corrected(giving, amount), reason)
            look_again(uow, self._context, stored)
            uow.commit()
            return stored

    def retime(
        self, giving_id: str, started: PartialDate, ended: PartialDate | None, reason: str
    ) -> Administration:
        """Store when a dose was given, and when it ended where that is told too, with why.

        In a session that has ended this is an amendment.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            giving = giving_in(uow, giving_id)
            timed = replace(giving, started=started, ended=ended or giving.ended)
            stored = changed(uow, self._context, timed, reason.strip())
            look_again(uow, self._context, stored)
            uow.commit()
        return stored

    # --- devices and holds

    def next_device(
        self,
        session: Session,
        number: int,
        *,
        at: PartialDate | None = None,
        exception: str | None = None,
    ) -> Administration:
        """Store the nasal device with that number, from the lot of the one before.

        Raises:
            DeviceGivenError: It was given already.
            DeviceRuleError: The rest is not over or it is the fourth, and there is no reason.
            ExpiredLotError: The lot is past its date, and there is no reason.
        """
        when = at or self._context.minute()
        with self._context.new_uow() as uow:
            uow.lock()
            open_session(uow, session.id)
            found = uow.records.find("administration", session_id=session.id)
            devices = [g for g in of_kind(Administration, found) if is_device(g)]
            turn = next_turn(devices)
            if turn is None or turn.number != number:
                raise DeviceGivenError
            moment = when.utc()
            early = moment is not None and bool(turn.waits(moment))
            if (early or number > MOST_DEVICES) and not exception:
                raise DeviceRuleError
            device = replace(
                _device_after(devices, number, when),
                exception=exception,
                given_by=self._by(session),
            )
            lots = of_kind(Lot, uow.records.many("lot", [g for g in (device.lot_id,) if g]))
            self._must_be_good(next(iter(lots), None), device)
            return self._saved(uow, with_second(device, self._context.now()), None)

    def end_hold(
        self, giving_id: str, after: AfterHold, *, at: PartialDate | None = None
    ) -> Administration:
        """Store how long a dose was held in the mouth, to the minute, and what came after.

        Told long afterwards, as of a session at home, nobody timed it: then only what came after.

        Raises:
            HoldOverError: Its end was recorded already.
        """
        when = at or self._context.minute()
        with self._context.new_uow() as uow:
            uow.lock()
            giving = giving_in(uow, giving_id)
            refuse_closed(uow, giving)
            moment = when.utc()
            hold = hold_of(giving, moment) if moment is not None else None
            if hold is None:
                raise HoldOverError
            ended = replace(giving, after_hold=after)
            if hold.held < _LONGEST_HOLD:
                held = Decimal(hold.held // _MINUTE)
                ended = replace(ended, held_minutes=held, ended=when)
            return self._saved(uow, ended, None)


def _device_after(
    devices: Sequence[Administration], number: int, at: PartialDate
) -> Administration:
    """Return the next device: as the last one, from the same lot, begun at its own time."""
    last = max(devices, key=lambda giving: giving.device_number or 0)
    return replace(
        last, id="", version=0, device_number=number, start_second=None, started=at, ended=None
    )


def _newest(uow: UnitOfWork, kind: str, by: str, where: dict[str, str | None]) -> list[Record]:
    return uow.records.query(kind, where=where, order_by=[by], descending=True, limit=1)


def _last_dose(uow: UnitOfWork, session: Session) -> Administration | None:
    """Return the first suspect dose of the newest other session that had one."""
    found = of_kind(
        Administration,
        uow.records.query(
            "administration",
            where={"patient_id": session.patient_id},
            order_by=["started"],
            descending=True,
            limit=50,
        ),
    )
    earlier = [g for g in found if g.is_suspect and g.session_id not in ("", session.id)]
    if not earlier:
        return None
    same = [g for g in earlier if g.session_id == earlier[0].session_id]
    return same[-1]
