"""Each deed is refused to the roles that it is not of, says whose it is, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.access import Deed, may
from aeapp.domain.codelists.clinic import Destination, Obligation, Role
from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.coding.recoding import Proposed
from aeapp.domain.records import Event, Lot, Terminology
from aeapp.domain.records.product import Hold
from aeapp.services.app import App
from aeapp.services.roles import DeedRoleError
from tests.helpers.clinic import practice_app
from tests.helpers.lots import a_lot

Act = Callable[[App, Event, Lot], object]


def _recode(app: App, told: Event, _lot: Lot) -> object:
    (offer, *_) = app.coding.search("nausea")
    release = Terminology(id="r", name=TerminologyName.OWN, edition=offer.coded.edition)
    return app.coding.confirm(release, [(Proposed(told.id, told.version, "", (offer,)), offer)])


def _release(app: App, _told: Event, lot: Lot) -> object:
    with app.context.new_uow() as uow:
        held = uow.save(replace(lot, holds=(Hold(reason="cracked"),)), who=app.who)
        uow.commit()
    return app.lots.release(held.id, "tested")


ACTS: dict[str, tuple[Deed, Act]] = {
    "report": (Deed.DECIDE, lambda app, told, _lot: app.deciding.report(
        told, [Destination.FDA], Obligation.DUTY, "serious")),
    "no report": (Deed.DECIDE, lambda app, told, _lot: app.deciding.no_report(told, "mild")),
    "code": (Deed.CODE, lambda app, told, _lot: app.coding.code(
        told, app.coding.search("nausea")[0].coded, HowFound.PICKED)),
    "uncode": (Deed.CODE, lambda app, told, _lot: app.coding.uncode(
        told, TerminologyName.OWN, "wrong")),
    "recode": (Deed.RECODE, _recode),
    "hold": (Deed.HOLD_LOT, lambda app, _told, lot: app.lots.hold(lot.id, "cracked")),
    "release": (Deed.RELEASE_LOT, _release),
    "strike": (Deed.STRIKE_EVENT, lambda app, told, _lot: app.events.strike(told, "twice")),
}  # fmt: skip


@pytest.mark.parametrize("role", [Role.NURSE, Role.COMPLIANCE, Role.AUDITOR])
def test_a_deed_is_done_by_its_roles_and_refused_to_the_others(tmp_path: Path, role: Role) -> None:
    app = practice_app(tmp_path, role=role)
    try:
        lot = a_lot(app)
        for deed, act in ACTS.values():
            with app.context.new_uow() as uow:
                told = uow.save(Event(verbatim="Nausea"), who=app.who)
                uow.commit()
            if may(role.value, deed):
                act(app, told, lot)
                lot = app.lots.of_lot(lot.id).lot
                continue
            with pytest.raises(DeedRoleError) as refused:
                act(app, told, lot)
            assert refused.value.deed is deed
            assert refused.value.remedy.startswith("It is for ")
            with app.context.new_uow() as uow:
                assert uow.records.get("event", told.id) == told
        with nullcontext() if role is Role.COMPLIANCE else pytest.raises(DeedRoleError):
            app.recodings.undo(app.recodings.all()[0].number if app.recodings.all() else 1)
    finally:
        app.close()
