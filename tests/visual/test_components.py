"""Pictures of every part in every state, in both themes, at normal and double size.

They are looked at, not compared: build/screens holds them after ``make screens``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.findings import Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import KnownError
from aeapp.kernel.progress import Progress
from forms.actions import Action
from forms.bars import SaveState
from forms.errors import ErrorCard
from forms.jobs import JobRunner
from forms.login import LoginPage, Running
from forms.models.paged import Column, PagedModel
from forms.paint import Level
from forms.progress import ProgressStrip
from forms.remembered import Remembered
from forms.shell import Shell
from forms.theme import Mode, Status, Theme
from forms.widgets.base import FieldWidget
from forms.widgets.buttons import Button, KeyCap, Meter, Pill, Tag
from forms.widgets.cards import EmptyCard, card
from forms.widgets.labels import label
from forms.widgets.registry import widget_for
from forms.widgets.tables import PillDelegate, Table
from forms.widgets.why import WhyLine
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.fields import NOW, Outcome, Route, Seriousness, spec_of

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
LOOKS = [("light", 100), ("dark", 100), ("light", 200), ("dark", 200)]
pytestmark = [
    pytest.mark.screens,
    pytest.mark.parametrize(("mode", "percent"), LOOKS, ids=[f"{m}-{p}" for m, p in LOOKS]),
]


@pytest.fixture(scope="session")
def session_theme(qapp) -> Theme:
    return Theme(qapp)


@pytest.fixture
def shoot(session_theme: Theme, mode: str, percent: int, qtbot: QtBot) -> Callable[..., None]:
    """Put a widget into a window of some width and write its picture."""
    session_theme.set_mode(Mode(mode))
    session_theme.set_percent(percent)
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(widget: QWidget, name: str, width: int = 0, height: int = 0, focus=None) -> None:
        qtbot.addWidget(widget)
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        wide = (
            width * percent // 100 if width and not height else width or widget.sizeHint().width()
        )
        widget.resize(wide, height or widget.heightForWidth(wide) or widget.sizeHint().height())
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        if focus is not None:
            focus()
        QTest.qWait(0)
        if not height:
            needed = widget.layout().totalHeightForWidth(wide) if widget.layout() else -1
            widget.resize(wide, needed if needed > 0 else widget.sizeHint().height())
        QTest.qWait(0)
        assert_accessible(widget)
        assert widget.grab().save(str(SCREENS / f"{name}-{mode}-{percent}.png"))

    return take


def states_of(spec, value, text: str, wrong: str) -> list[tuple[str, FieldWidget]]:
    """Return one field in each of its states."""
    names = (
        "rest",
        "focus",
        "filled",
        "reason",
        "wrong",
        "changed elsewhere",
        "read-only",
        "disabled",
    )
    fields = [(name, widget_for(spec, "A4", now=lambda: NOW)) for name in names]
    by_name = dict(fields)
    for name in ("filled", "focus", "changed elsewhere", "read-only", "disabled"):
        by_name[name].show_value(value, text)
    by_name["reason"].show_value(NullFlavor.UNK, "")
    by_name["wrong"].show_value(None, wrong)
    by_name["wrong"].show_note("Expected 0.2 to 650 kg. Check the unit.", Severity.BLOCKS)
    by_name["changed elsewhere"].show_conflict(f"Jae Kim: {text}.")
    by_name["read-only"].set_read_only(True)
    by_name["disabled"].setEnabled(False)
    return fields


FIELDS = {
    "number": (spec_of(Decimal, unit="kg"), Decimal("76.4"), "76.4", "764"),
    "line": (
        spec_of(str, "Initials or a code that means nothing to others"),
        "A very long value that goes on beyond the edge of the field, as brand names do",
        "A very long value that goes on beyond the edge of the field, as brand names do",
        "?",
    ),
    "date": (
        spec_of(PartialDate, "Date of event"),
        PartialDate(2026, 11),
        "Nov-2026",
        "31-Feb-2026",
    ),
    "moment": (
        spec_of(PartialDate, "Onset", widget="moment"),
        PartialDate(2026, 11, 16, 10, 44),
        "16-Nov-2026 10:44",
        "last week",
    ),
    "chips": (spec_of(Outcome, "Outcome"), Outcome.RECOVERING, "Recovering", ""),
    "yesno": (spec_of(bool, "Still going on"), True, "Yes", ""),
    "list": (spec_of(Route, "Route"), Route.IM, "Intramuscular", "by mouth"),
    "checks": (
        spec_of(frozenset, "Outcome attributed to the event", element=Seriousness),
        frozenset({Seriousness.OTHER}),
        "Other serious",
        "",
    ),
    "text": (
        spec_of(str, "Describe the event", max_len=500),
        "A 34-year-old man stood up, fainted and was unresponsive for 40 seconds.",
        "A 34-year-old man stood up, fainted and was unresponsive for 40 seconds.",
        "x " * 300,
    ),
}


@pytest.mark.parametrize("kind", FIELDS)
def test_fields_in_every_state(shoot, kind: str, mode: str, percent: int) -> None:
    page = QFrame()
    page.setProperty("kind", "card")
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(4)
    fields = states_of(*FIELDS[kind])
    for name, field in fields:
        field.setParent(page)
        # Outside pictures two fields never share a path.
        field.setObjectName(f"{field.path} {name}")
        column.addWidget(label(name, "caption", page))
        column.addWidget(field)
    shoot(page, f"field-{kind}", 520, focus=dict(fields)["focus"].focus_editor)


def test_fields_stacked_for_narrow_windows(shoot, mode: str, percent: int) -> None:
    page = card()
    for spec, value, text, _wrong in FIELDS.values():
        field = widget_for(spec, "A4", "", page)
        field.set_stacked(True)
        field.show_value(value, text)
        page.layout().addWidget(field)
    shoot(page, "fields-stacked", 340)


def test_parts(shoot, mode: str, percent: int) -> None:
    page = card(gap=12)
    column = page.layout()
    words = ("All readings in", "Due 14:39", "over 170/100", "1 day over", "Blocked")
    column.addLayout(row_of(*(Pill(s, w) for s, w in zip(Status, words, strict=True))))
    off = Button("Sign…", kind="main", shortcut="Ctrl+Return")
    off.setEnabled(False)
    focus = Button("Remind", key="R")
    column.addLayout(
        row_of(
            Button("Sign…", kind="main", shortcut="Alt+S"),
            Button("Export", icon="pdf", shortcut="Ctrl+E"),
            off,
            focus,
            Button("Not an event…", icon="flag"),
            Button("", icon="print", name="Print"),
        )
    )
    column.addLayout(
        row_of(Tag("Serious", solid=True), Tag("FDA.D.11.r.1"), KeyCap("F8"), KeyCap("Ctrl Enter"))
    )
    for name, level in (
        ("complete", Level(share=1.0, minimum=0.6, tint="ok")),
        ("can go, 2 open", Level(share=0.9, minimum=0.6)),
        ("not yet, 3 missing", Level(share=0.4, minimum=0.6, tint="edge")),
        ("2 rules block", Level(share=0.8, minimum=0.6, tint="blocked_fill")),
        ("does not apply", Level(share=0.0)),
    ):
        meter = Meter(name, level)
        line = row_of(meter, label(name, "caption"))
        line.setStretch(0, 1)
        column.addLayout(line)
    why = WhyLine()
    column.addWidget(why)
    column.addWidget(EmptyCard("No sessions today.", act="New session", shortcut="F2"))
    column.addWidget(ErrorCard(DriveGoneError(), retry=True))
    shoot(page, "parts", 620, focus=focus.setFocus)


class DriveGoneError(KnownError):
    code = "store.unreachable"

    def __init__(self) -> None:
        super().__init__(
            "The drive with the clinic stopped answering.",
            remedy="Reconnect it, then press Retry. Your last words are safe.",
        )


def row_of(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def test_a_table(shoot, mode: str, percent: int) -> None:
    lines = [(f"KC-2026-{n:06}", f"Event {n}, after the dose") for n in range(8)]
    columns = (
        Column[tuple[str, str]](head="Number", text=lambda line: line[0]),
        Column[tuple[str, str]](head="What", text=lambda line: line[1]),
        Column[tuple[str, str]](head="Minutes", text=lambda line: line[0][-1], right=True),
        Column[tuple[str, str]](head="Clock", text=lambda line: ""),
    )
    model = PagedModel(columns, lambda ids, deliver: deliver(lines), lambda line: line[0])
    model.show_ids([line[0] for line in lines])
    page = card()
    table = Table("Reports", page)
    table.setModel(model)
    states = list(Status)
    delegate = PillDelegate(
        lambda index: (states[index.row()], "Tue 1 Dec") if index.row() < len(states) else None,
        table,
    )
    table.setItemDelegateForColumn(3, delegate)
    for n, width in enumerate((130, 230, 80)):
        table.setColumnWidth(n, width * percent // 100)
    table.selectRow(2)
    table.setMinimumHeight(300 * percent // 100)
    page.layout().addWidget(table)
    shoot(page, "table", 640, focus=table.setFocus)


def test_progress(shoot, qtbot: QtBot, mode: str, percent: int) -> None:
    runner = JobRunner(1)
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.step(1204, 5310, "")
        go_on.wait(60)

    page = card()
    strip = ProgressStrip(page, delay_ms=0)
    page.layout().addWidget(strip)
    strip.watch(runner.start(work), "Checking the backup")
    qtbot.waitUntil(lambda: not strip.isHidden())
    shoot(page, "progress", 360)
    go_on.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert runner.close()


def test_the_login_page(shoot, mode: str, percent: int) -> None:
    page = LoginPage(Answers(), version="0.1.0")
    page.show_clinic(Path("larkspur.aeclinic").absolute(), "Larkspur Ketamine Clinic")
    page.show_person("dana.reyes")
    page.show_locked("14:31", [Running(room=f"Chair {n}", minutes=14 * n) for n in range(1, 5)])

    def wrong() -> None:
        page.show_failure(DriveGoneError())

    shoot(page, "login", 1440, 900, focus=wrong)


def test_the_shell_with_its_palette(
    shoot, session_theme, tmp_path, mode: str, percent: int
) -> None:
    shell = Shell(session_theme, Remembered(tmp_path / "w.ini"), version="0.1.0", now=lambda: NOW)
    for key in ("today", "session", "patients", "reports", "outcomes", "library", "clinic"):
        shell.add_place(key, key.title(), key, QWidget)
    shell.set_clinic("Larkspur Ketamine Clinic", Path("/x/larkspur.aeclinic"))
    shell.set_user("Dana Reyes, RN", "Nurse")
    shell.set_practice(True)
    shell.set_save_state(
        SaveState.NOT_SAVED, "the disk is full. Free some space, then press Ctrl+S"
    )
    shell.toast("Vomiting recorded at T+50. Undo Ctrl+Z")
    shell.set_facts("Times in America/New_York, UTC−5")
    shell.add_actions(
        Action(title="Make an inspection pack", run=shell.close, icon="trail", shortcut="Ctrl+I"),
        Action(
            title="Send pack to printer",
            run=shell.close,
            icon="print",
            reason=lambda: "no pack made yet",
        ),
    )
    shell.show_place("reports")

    def find() -> None:
        shell.open_palette()
        shell.offers.palette.field.setText("pack")

    shoot(shell, "shell", 1440, 900, focus=find)


def test_the_list_of_reasons(shoot, qtbot: QtBot, mode: str, percent: int) -> None:
    page = card()
    field = widget_for(spec_of(Decimal, unit="kg"), "A4", "", page)
    field.show_value(NullFlavor.ASKU, "")
    page.layout().addWidget(field)
    shoot(page, "reason-field", 520)
    assert field.reason_button is not None
    field.reason_button.open()
    menu = field.reason_button.menu_list
    assert menu.grab().save(str(SCREENS / f"reason-menu-{mode}-{percent}.png"))
    menu.close()
    assert page.childAt(QPoint(2, 2)) is None
