"""The pages of the session room and what stands on them: nothing runs, a beginning, the room.

Puts the parts where they belong; where the keys go, and what is shown, is the room's business.
"""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aeapp.kernel.i18n import _
from forms.chair.closed_banner import ClosedBanner
from forms.chair.halves import Halves
from forms.chair.part import Room, Slot, Tab
from forms.chair.parts import PARTS
from forms.chairs import Chairs
from forms.desk import Desk
from forms.session_header import SessionHeader
from forms.session_work import SessionWork
from forms.start_card import StartCard
from forms.vitals_grid import VitalsGrid
from forms.widgets.buttons import Button
from forms.widgets.labels import label
from forms.widgets.scrolling import FollowingScroll


class RoomPages(QWidget):
    """The three pages, built.

    Attributes:
        work: The session on the screen; the room sets it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("session")
        self.setAccessibleName(_("Session room"))
        self.desk = desk
        now = desk.app.context.now
        self.work: SessionWork | None = None
        self.header = SessionHeader(now, self)
        self.grid = VitalsGrid(now, parent=self)
        room = cast("Room", self)
        self.parts: dict[str, Any] = {spec.name: spec.make(room, self) for spec in PARTS}
        self.start_card = StartCard(desk, self)
        self.chairs = Chairs(self)
        self.closed = ClosedBanner(now, self)
        self._pages = QStackedWidget(self)
        self._build()

    def _build(self) -> None:
        self._empty_page, self._start_page, self._room_page = QWidget(), QWidget(), QWidget()
        self._build_empty()
        self._build_start()
        self._build_room()
        for page in (self._empty_page, self._start_page, self._room_page):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 0, 16, 0)
        tabs.addWidget(self.chairs)
        column.addLayout(tabs)
        column.addWidget(self._pages, 1)

    def _build_start(self) -> None:
        # With large letters its questions are higher than a small window.
        scroll, page = FollowingScroll(self._start_page), QWidget()
        page.setProperty("kind", "scrolled")
        centre = QHBoxLayout(page)
        centre.setContentsMargins(24, 24, 24, 24)
        centre.addStretch(1)
        centre.addWidget(self.start_card, 8)
        centre.addStretch(1)
        scroll.setWidget(page)
        column = QVBoxLayout(self._start_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _build_empty(self) -> None:
        self._empty_new = Button(_("New session"), self._empty_page, kind="main", key="F2")
        self._empty_new.setObjectName("session.new")
        column = QVBoxLayout(self._empty_page)
        column.setSpacing(12)
        column.addStretch(2)
        words = label(_("No session is running."), "title", self._empty_page)
        for part in (words, self._empty_new):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _build_room(self) -> None:
        left = [*self._parts_of(Slot.CHART), self.grid]
        side = [
            (
                _(tab.value),
                [self.parts[s.name] for s in PARTS if s.slot is Slot.SIDE and s.tab is tab],
            )
            for tab in Tab
        ]
        self._halves = Halves(left, side, self._room_page)
        column = QVBoxLayout(self._room_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.closed)
        column.addWidget(self._halves, 1)
        for strip in self._parts_of(Slot.STRIP):
            column.addWidget(strip)

    def _parts_of(self, slot: Slot) -> list[QWidget]:
        return [self.parts[spec.name] for spec in PARTS if spec.slot is slot]
