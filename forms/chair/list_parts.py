"""The lists of the room and its endings: what is done in them, wired to the work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aeapp.domain.chair.phases import Missing
from aeapp.services.endings import Leaving
from forms.chair.discharge_card import DischargeCard
from forms.chair.gate_card import GateCard, StartBar
from forms.chair.part import Room
from forms.chair.rems_page import RemsPage
from forms.chair.transfer_card import TransferCard


def make_gate(room: Room, parent: QWidget) -> GateCard:
    """Make the list before the dose."""
    card = GateCard(parent)
    _wire_list(room, card)
    card.routed.connect(lambda route: room.do(lambda work: work.lists.set_route(route), back=False))
    card.routed.connect(lambda _route: to_missing(room))
    card.finished.connect(lambda: to_missing(room))
    return card


def _wire_list(room: Room, card: GateCard | DischargeCard) -> None:
    card.answered.connect(
        lambda question, given: room.do(lambda w: w.lists.answer(question, given), back=False)
    )
    card.overridden.connect(
        lambda check, person: room.do(lambda w: w.lists.override(check, person), back=False)
    )
    card.left.connect(room.to_grid)


def to_missing(room: Room) -> None:
    """Put the focus on what the clock still waits for; on its start where that is nothing."""
    work = room.work
    if work is None:
        return
    lists = work.lists
    missing = lists.missing
    if lists.gate.to_ask or (missing and lists.protocol is None):
        room.go_to("gate")
    elif Missing.DOSE in missing:
        room.go_to("dose")
    elif not missing and lists.prepared is not None:
        room.go_to("start")
    else:
        room.to_grid()


def make_start(room: Room, parent: QWidget) -> StartBar:
    """Make the bar that starts the clock."""
    bar = StartBar(parent)
    bar.started.connect(lambda: room.do(lambda work: work.lists.start()))
    bar.wanted.connect(lambda _what: to_missing(room))
    bar.taken_back.connect(lambda: room.do(lambda work: work.lists.take_back(), back=False))
    bar.taken_back.connect(lambda: room.go_to("dose"))
    bar.left.connect(room.to_grid)
    return bar


def make_discharge(room: Room, parent: QWidget) -> DischargeCard:
    """Make the card before leaving."""
    card = DischargeCard(room.desk.app.context.now, parent)
    _wire_list(room, card)
    card.rated.connect(lambda items: room.do(lambda w: w.lists.rate(items), back=False))
    card.discharged.connect(lambda leaving: _leave(room, leaving))
    card.ended.connect(lambda ending: room.do(lambda work: work.closing.end(ending)))
    card.transfer.connect(lambda: room.ask("transfer"))
    return card


def _leave(room: Room, leaving: Leaving) -> None:
    room.do(lambda work: work.closing.discharge(leaving))
    if room.work is not None and room.work.lists.under_rems:
        room.ask("rems")


def ask_discharge(room: Room, _card: DischargeCard) -> None:
    """Show the card before leaving, of a session that runs."""
    if room.work is not None and not room.work.over:
        room.ask("discharge")


def make_transfer(room: Room, parent: QWidget) -> TransferCard:
    """Make the card of a transfer."""
    card = TransferCard(room.desk.app.context.now, parent)
    card.timed.connect(lambda which: room.do(lambda w: w.closing.ems(which), back=False))
    card.ended.connect(lambda ending: room.do(lambda work: work.closing.end(ending)))
    card.left.connect(room.to_grid)
    return card


def ask_transfer(room: Room, _card: TransferCard) -> None:
    """Begin a transfer, of a session that runs."""
    if room.work is not None and not room.work.over:
        room.ask("transfer")


def make_rems(room: Room, parent: QWidget) -> RemsPage:
    """Make the page of the REMS form."""
    page = RemsPage(room.desk.app.context.now, parent)
    page.completed.connect(lambda: room.do(lambda w: w.closing.complete_rems(), back=False))
    page.answered.connect(lambda some: room.do(lambda w: w.closing.state_classes(some), back=False))
    page.sent.connect(lambda line: room.do(lambda w: w.closing.record_rems(line), back=False))
    page.left.connect(room.to_grid)
    return page
