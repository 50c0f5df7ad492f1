"""The list of the room's parts: one entry a part, in the order in which they stand."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from aeapp.domain.access import Deed, for_whom
from aeapp.services.dosing import NewDose
from forms.alive import while_alive
from forms.chair import gap_part
from forms.chair.chart_part import SessionChart
from forms.chair.dose_acts import act_on
from forms.chair.dose_card import DoseCard
from forms.chair.import_card import ImportCard
from forms.chair.list_parts import (
    ask_discharge,
    ask_transfer,
    make_discharge,
    make_gate,
    make_rems,
    make_start,
    make_transfer,
    to_missing,
)
from forms.chair.missed_card import MissedCard
from forms.chair.notes_card import NotesCard
from forms.chair.paper_card import PaperCard
from forms.chair.part import PartSpec, Room, Slot, Tab
from forms.chair.proposal_strip import ProposalStrip
from forms.chair.scale_parts import ask_scales, make_safety, make_scales, show_safety
from forms.chair.score_lines import scores_in
from forms.chair.session_files import SessionFiles
from forms.event_list import EventList
from forms.event_panel import EventPanel
from forms.session_work import SessionWork

# ------------------------------------------------------------------ chart


def _make_chart(room: Room, parent: QWidget) -> SessionChart:
    chart = SessionChart(room.desk, parent)
    chart.reading_picked.connect(room.show_reading)
    return chart


# ------------------------------------------------------------------ events


def _make_palette(room: Room, parent: QWidget) -> EventPanel:
    panel = EventPanel(room.desk.app.context.now, parent)
    panel.caught.connect(lambda *event: room.do(lambda work: work.catch(*event)))
    panel.left.connect(room.to_grid)
    use, show = room.desk.app.palette.use, while_alive(panel, panel.show_use)
    panel.opened.connect(lambda: room.desk.read(use, show))
    grades = room.desk.app.coding.grades

    def ask_grades(words: str) -> None:
        shown = while_alive(panel, partial(panel.show_grades, words))
        room.desk.read(partial(grades, words), shown)

    panel.chosen.connect(ask_grades)
    return panel


def _open_palette(panel: EventPanel, work: SessionWork) -> None:
    panel.open_anew()
    panel.setVisible(work.zero is not None)


def _ask_palette(room: Room, panel: EventPanel) -> None:
    if room.work is not None and not room.work.over:
        panel.show()
        room.go_to("palette")


def _show_palette(panel: EventPanel, work: SessionWork) -> None:
    panel.show_zero(work.zero)
    # Before the dose gate and dose stand in its place, until it is asked for.
    panel.setVisible(not work.over and (work.zero is not None or not panel.isHidden()))


def _make_events(room: Room, parent: QWidget) -> EventList:
    events = EventList(parent, room.desk.app.context.now)
    if not room.desk.app.context.may(Deed.DECIDE):
        events.show_whose(for_whom(Deed.DECIDE))
    events.report_asked.connect(
        lambda event: room.do(lambda work: work.open_report(event), back=False)
    )
    events.decided.connect(
        lambda choice: room.do(lambda work: work.decisions.decide(choice), back=False)
    )
    editor = events.editor
    editor.resolved.connect(lambda e: room.do(lambda work: work.course.resolve(e), back=False))
    editor.told.connect(lambda *e: room.do(lambda work: work.course.tell(*e), back=False))
    editor.corrected.connect(lambda *e: room.do(lambda work: work.course.correct(*e), back=False))
    editor.coded.connect(lambda *e: room.do(lambda work: work.course.code(*e), back=False))
    search = room.desk.app.coding.search

    def ask_terms(typed: str) -> None:
        shown = while_alive(editor.finder, partial(editor.finder.show_offers, typed))
        room.desk.read(partial(search, typed), shown)

    editor.finder.asked.connect(ask_terms)
    editor.struck.connect(lambda *e: room.do(lambda work: work.course.strike_event(*e)))
    return events


def _show_events(events: EventList, work: SessionWork) -> None:
    events.editor.show_started(work.room.session.started)
    events.show_decisions(work.decisions.made)
    events.show_amended(work.amended)
    events.show_events(work.room.events, work.zero, closed=work.over, failed=work.failed)
    events.setVisible(work.zero is not None or bool(work.room.events))


# ------------------------------------------------------------------ doses


def _make_dose(room: Room, parent: QWidget) -> DoseCard:
    context = room.desk.app.context
    card = DoseCard(context.now, context.who.name, parent)
    card.given.connect(lambda dose: _give(room, dose))
    card.acted.connect(lambda *act: room.do(lambda work: act_on(work, *act), back=False))
    card.weighed.connect(
        lambda weight: room.do(lambda work: work.log((weight,), context.minute()), back=False)
    )
    card.left.connect(room.to_grid)
    return card


def _to_doses_given(room: Room, card: DoseCard) -> None:
    if room.work is not None:
        room.reveal(card.lines)
        card.lines.focus_first()


def _give(room: Room, dose: NewDose) -> None:
    room.do(lambda work: work.lists.give(dose), back=False)
    to_missing(room)


def _to_rescue(room: Room, card: DoseCard) -> None:
    if room.work is not None and not room.work.over:
        room.reveal(card)
        card.start_rescue()


# ------------------------------------------------------------------ stock


def _make_gaps(room: Room, parent: QWidget) -> gap_part.GapPart:
    part = gap_part.GapPart(room.desk.app.context.now, parent)
    desk = room.desk
    part.answered.connect(
        lambda *said: room.do(lambda work: gap_part.answer(work, desk, *said), back=False)
    )
    part.done.connect(room.to_grid)
    part.wasted.connect(
        lambda *said: room.do(lambda work: gap_part.waste(work, desk, *said), back=False)
    )
    part.met.connect(lambda *day: room.do(lambda work: gap_part.met(work, desk, *day), back=False))
    return part


# ------------------------------------------------------------------ notes


def _make_notes(room: Room, parent: QWidget) -> NotesCard:
    card = NotesCard(room.desk.app.context.now, parent)
    card.files_asked.connect(lambda: room.ask("files"))
    card.scale_asked.connect(lambda: ask_scales(room, room.parts["scales"]))
    card.noted.connect(lambda *line: room.do(lambda work: work.course.note(*line), back=False))
    card.struck.connect(lambda *of: room.do(lambda w: w.course.strike_line(*of), back=False))
    card.corrected.connect(lambda *of: room.do(lambda w: w.course.correct_note(*of), back=False))
    card.left.connect(room.to_grid)
    return card


def _undo(room: Room, _part: object) -> None:
    room.do(lambda work: work.course.undo(), back=False)


def _show_notes(card: NotesCard, work: SessionWork) -> None:
    card.show_work(work)
    told = bool(work.room.notes or work.room.session.note or scores_in(work))
    # Before the dose the gate comes first; a note is asked for by its key.
    under_way = not work.over and (work.zero is not None or not card.isHidden())
    card.setVisible(told or under_way)


def _ask_notes(room: Room, card: NotesCard) -> None:
    if room.work is not None:
        card.show()
        room.go_to("notes")


# ------------------------------------------------------------------ after the end


def _make_missed(room: Room, parent: QWidget) -> MissedCard:
    context = room.desk.app.context
    card = MissedCard(context.now, context.who.name, parent)
    card.readings_told.connect(lambda *row: room.do(lambda work: work.missed.add_readings(*row)))
    card.event_told.connect(lambda *told: room.do(lambda work: work.missed.add_event(*told)))
    card.line_told.connect(lambda *told: room.do(lambda work: work.missed.add_note(*told)))
    card.dose_told.connect(lambda *told: room.do(lambda work: work.missed.add_dose(*told)))
    card.left.connect(room.to_grid)
    return card


# ------------------------------------------------------------------ papers


def _make_papers(room: Room, parent: QWidget) -> PaperCard:
    card = PaperCard(room.desk, parent)
    card.left.connect(room.to_grid)
    return card


def _ask_papers(room: Room, card: PaperCard) -> None:
    shown = card.isVisible()
    card.print_or_ask()
    if not shown:
        room.go_to("papers")


# ------------------------------------------------------------------ files


def _make_files(room: Room, parent: QWidget) -> SessionFiles:
    files = SessionFiles(room.desk, parent)
    files.left.connect(room.to_grid)
    return files


# ------------------------------------------------------------------ proposals


def _make_proposal(room: Room, parent: QWidget) -> ProposalStrip:
    strip = ProposalStrip(parent)
    strip.accepted.connect(lambda what: room.do(lambda work: work.watch.accept(what), back=False))
    strip.merged.connect(lambda what, event: room.do(lambda work: work.watch.merge(what, event)))
    strip.dismissed.connect(lambda what, why: room.do(lambda work: work.watch.dismiss(what, why)))
    strip.left.connect(room.to_grid)
    grades = room.desk.app.coding.grades

    def ask_grades(term: str) -> None:
        shown = while_alive(strip, partial(strip.show_grades, term))
        room.desk.read(partial(grades, term), shown)

    strip.asked.connect(ask_grades)
    return strip


# ------------------------------------------------------------------ import


def _make_import(room: Room, parent: QWidget) -> ImportCard:
    card = ImportCard(room.desk, parent)
    card.taken.connect(lambda: room.do(lambda work: work.reload(), back=False))
    card.left.connect(room.to_grid)
    return card


def _ask_import(room: Room, card: ImportCard) -> None:
    card.ask()
    room.go_to("import")


PARTS: tuple[PartSpec, ...] = (
    PartSpec(name="chart", slot=Slot.CHART, make=_make_chart),
    PartSpec(
        name="scales",
        slot=Slot.SIDE,
        make=make_scales,
        show=lambda _card, _work: None,
        opened=lambda card, _work: card.hide(),
        focus=lambda card: card.line.setFocus(),
        keys=(("F8", ask_scales),),
        region=False,
    ),
    PartSpec(
        name="transfer",
        slot=Slot.SIDE,
        make=make_transfer,
        opened=lambda card, work: card.open_work(work),
        focus=lambda card: card.focus_first(),
        keys=(("Ctrl+T", ask_transfer),),
        region=False,
    ),
    PartSpec(
        name="discharge",
        slot=Slot.SIDE,
        make=make_discharge,
        opened=lambda card, work: card.open_work(work),
        focus=lambda card: card.focus_first(),
        keys=(("Ctrl+D", ask_discharge),),
        region=False,
    ),
    PartSpec(
        name="missed",
        slot=Slot.SIDE,
        make=_make_missed,
        focus=lambda card: card.focus_first(),
        region=False,
    ),
    PartSpec(
        name="rems",
        slot=Slot.CHART,
        make=make_rems,
        opened=lambda page, _work: page.hide(),
        focus=lambda page: page.focus_first(),
        region=False,
    ),
    PartSpec(
        name="gate",
        slot=Slot.SIDE,
        make=make_gate,
        focus=lambda card: card.focus_first(),
        keys=(("Alt+G", lambda room, _part: room.go_to("gate")),),
    ),
    PartSpec(
        name="papers",
        slot=Slot.SIDE,
        make=_make_papers,
        keys=(
            ("Ctrl+P", _ask_papers),
            ("Ctrl+E", lambda _room, card: card.export()),
            ("Ctrl+Alt+E", lambda _room, card: card.ask_copy()),
            ("Ctrl+Alt+A", lambda _room, card: card.archive()),
        ),
        region=False,
    ),
    PartSpec(
        name="files",
        slot=Slot.SIDE,
        tab=Tab.NOTES,
        make=_make_files,
        focus=lambda files: files.focus_first(),
        keys=(("Alt+F", lambda room, _part: room.ask("files")),),
        region=False,
    ),
    PartSpec(
        name="import",
        slot=Slot.SIDE,
        make=_make_import,
        focus=lambda card: card.file.setFocus(),
        keys=(("Ctrl+I", _ask_import),),
        region=False,
    ),
    PartSpec(
        name="palette",
        slot=Slot.SIDE,
        tab=Tab.EVENTS,
        make=_make_palette,
        show=_show_palette,
        opened=_open_palette,
        keys=(("F4", _ask_palette), ("Ctrl+Shift+A", _ask_palette)),
    ),
    PartSpec(
        name="events",
        slot=Slot.SIDE,
        tab=Tab.EVENTS,
        make=_make_events,
        show=_show_events,
        focus=lambda events: events.focus_first(),
        keys=(("Ctrl+Z", _undo), ("Alt+E", lambda room, _part: room.go_to("events"))),
    ),
    PartSpec(
        name="dose",
        slot=Slot.SIDE,
        tab=Tab.DOSES,
        make=_make_dose,
        opened=lambda card, work: card.open_work(work),
        focus=lambda card: card.focus_first(),
        keys=(
            ("Alt+D", lambda room, _part: room.go_to("dose")),
            ("Alt+I", _to_doses_given),
            ("Alt+R", _to_rescue),
        ),
    ),
    PartSpec(
        name="gaps",
        slot=Slot.SIDE,
        tab=Tab.DOSES,
        make=_make_gaps,
        focus=lambda part: part.focus_first(),
        keys=(("Alt+W", lambda room, _part: room.go_to("gaps")),),
    ),
    PartSpec(
        name="start",
        slot=Slot.SIDE,
        tab=Tab.DOSES,
        make=make_start,
        focus=lambda bar: bar.go.setFocus(),
        region=False,
    ),
    PartSpec(
        name="notes",
        slot=Slot.SIDE,
        tab=Tab.NOTES,
        make=_make_notes,
        show=_show_notes,
        opened=lambda card, _work: card.hide(),
        focus=lambda card: card.focus_first(),
        keys=(("F7", _ask_notes), ("Ctrl+Shift+N", _ask_notes)),
    ),
    PartSpec(
        name="safety",
        slot=Slot.STRIP,
        make=make_safety,
        show=show_safety,
        focus=lambda strip: strip.focus_first(),
        keys=(("Shift+F8", lambda room, _strip: room.go_to("safety")),),
    ),
    PartSpec(
        name="proposal",
        slot=Slot.STRIP,
        make=_make_proposal,
        opened=lambda strip, _work: strip.forget(),
        focus=lambda strip: strip.focus_first(),
        keys=(
            ("Alt+A", lambda _room, strip: strip.act("A")),
            ("Alt+M", lambda _room, strip: strip.act("M")),
            ("Alt+N", lambda _room, strip: strip.act("N")),
            ("F12", lambda room, _strip: room.go_to("proposal")),
        ),
    ),
)
