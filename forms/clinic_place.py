"""Clinic: what the clinic sets for itself, a list of pages on the left, the page on the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from aeapp.kernel.i18n import _
from forms.clinic.assessments import AssessmentsPage
from forms.clinic.clocks_page import ClocksPage
from forms.clinic.duties import duties_page
from forms.clinic.inspection_page import InspectionPage
from forms.clinic.limits import limits_page
from forms.clinic.lot_rules import lot_rules_page
from forms.clinic.register import register_page
from forms.clinic.scales import scales_page
from forms.clinic.schedules import schedules_page
from forms.clinic.settings_page import SettingsPage
from forms.clinic.studies import studies_page
from forms.clinic.whole_page import WholePage
from forms.desk import Desk
from forms.section_list import SectionLine, SectionList
from forms.theme import px

LIST_WIDTH = 200
SIDE_BY_SIDE_FROM = 900


def _lines() -> list[SectionLine]:
    """Return the pages in the order of the list, each with its letter."""
    return [
        SectionLine(key="limits", letter="L", name=_("Limits")),
        SectionLine(key="schedules", letter="S", name=_("Schedules")),
        SectionLine(key="duties", letter="D", name=_("Duties")),
        SectionLine(key="lots", letter="O", name=_("Lots")),
        SectionLine(key="studies", letter="T", name=_("Studies")),
        SectionLine(key="scales", letter="A", name=_("Scales")),
        SectionLine(key="assessments", letter="M", name=_("Assessments")),
        SectionLine(key="clocks", letter="C", name=_("Clocks")),
        SectionLine(key="inspection", letter="I", name=_("Inspection pack")),
        SectionLine(key="register", letter="E", name=_("Export register")),
        SectionLine(key="whole", letter="W", name=_("Whole clinic")),
    ]


class ClinicPlace(QWidget):
    """The pages of the clinic's settings."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clinic")
        self.setAccessibleName(_("Clinic"))
        self.inspection = InspectionPage(desk, self)
        self.clocks = ClocksPage(desk, self)
        self.whole = WholePage(desk, self)
        self.pages: dict[str, SettingsPage] = {
            "limits": limits_page(desk, self),
            "schedules": schedules_page(desk, self),
            "duties": duties_page(desk, self),
            "lots": lot_rules_page(desk, self),
            "studies": studies_page(desk, self),
            "scales": scales_page(desk, self),
            "assessments": AssessmentsPage(desk, self),
            "register": register_page(desk, self),
        }
        self._shown: dict[str, SettingsPage | InspectionPage | ClocksPage | WholePage] = {
            **self.pages,
            "clocks": self.clocks,
            "inspection": self.inspection,
            "whole": self.whole,
        }
        self.list = SectionList(self)
        self.list.setAccessibleName(_("Pages of the clinic"))
        self.list.show_lines(_lines())
        self._lay_out()
        self.list.picked.connect(self.show_page)
        self.show_page("limits")
        self._fit()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        for page in self._shown.values():
            self._stack.addWidget(page)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self.list)
        self._scroll = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.setProperty("kind", "scrolled")
        scroll.setWidget(self._stack)
        self._line.addWidget(scroll, 1)

    def show_page(self, key: str) -> None:
        """Show one of the pages."""
        self.list.show_current(key)
        self._stack.setCurrentWidget(self._shown[key])
        self._ask_of_current()
        # Each page begins with its heading, however far down the last one was read.
        self._scroll.verticalScrollBar().setValue(0)

    def _ask_of_current(self) -> None:
        """Let only the page that is shown say how wide it has to be, not the widest of all."""
        for page in self._shown.values():
            policy = page.sizePolicy()
            shown = page is self._stack.currentWidget()
            kinds = QSizePolicy.Policy
            policy.setHorizontalPolicy(kinds.Preferred if shown else kinds.Ignored)
            page.setSizePolicy(policy)

    def show_inspection(self) -> None:
        """Show the inspection pack, with the cursor on its periods."""
        self.show_page("inspection")
        self.focus_first()

    def take_over(self, path: Path | None = None) -> None:
        """Show what is in the ZIP of a clinic that is to be taken in here, or ask for one."""
        self.show_page("whole")
        self.whole.take_over(path)

    def focus_first(self) -> None:
        """Put the cursor into the list of the page."""
        self._shown[self.list.current].focus_first()

    def refresh(self) -> None:
        """Read again what others may have changed."""
        for page in self._shown.values():
            page.refresh()

    def regions(self) -> Sequence[QWidget]:
        """Return what F6 walks through."""
        page = self._shown[self.list.current]
        return [self.list, *page.regions()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= px(SIDE_BY_SIDE_FROM)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        # Above the page the list leaves it most of the height, and scrolls where that is too low.
        most, whole = 16_777_215, min(self.list.whole_height(), self.height() * 2 // 5)
        self.list.setMaximumSize(px(LIST_WIDTH) if wide else most, most if wide else whole)
        self.list.setMinimumHeight(0 if wide else whole)
