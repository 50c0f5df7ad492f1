"""What still runs when a session ends is stopped with it, in the same unit of work."""

from __future__ import annotations

from aeapp.domain.chair.infusion import goes_on, instant, stopped
from aeapp.domain.records import Administration, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork


def stop_running(
    uow: UnitOfWork, context: WorkContext, session: Session, at: PartialDate
) -> tuple[Administration, ...]:
    """Stop every infusion of the session that runs or is paused at ``at``.

    Each keeps what was delivered by then; where rate and time do not say it, that is unknown until
    a person tells it. Where ``at`` has no time of day, they are stopped now:
    the amount of a whole day must not be taken as given.
    """
    when = at if instant(at) is not None else context.minute()
    return tuple(
        uow.save(stopped(giving, product, _not_before(giving, when)), who=context.who)
        for giving, product in running_in(uow, session, when)
    )


def running_in(
    uow: UnitOfWork, session: Session, at: PartialDate
) -> tuple[tuple[Administration, Product | None], ...]:
    """Return what runs or is paused at ``at``, each with its product."""
    moment = instant(at)
    found = uow.records.find("administration", session_id=session.id)
    givings = [g for g in found if isinstance(g, Administration) and g.stands]
    many = uow.records.many("product", [g.product_id for g in givings if g.product_id])
    products = {p.id: p for p in many if isinstance(p, Product)}
    if moment is None:
        return ()
    pairs = ((g, products.get(g.product_id)) for g in givings)
    return tuple((g, p) for g, p in pairs if goes_on(g, p, moment))


def _not_before(giving: Administration, at: PartialDate) -> PartialDate:
    """Return ``at``, or the begin of what began after it."""
    begun = giving.started
    return begun if isinstance(begun, PartialDate) and at.surely_before(begun) else at
