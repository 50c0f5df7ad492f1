"""Parts under a row of tabs, which may change with the room there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget


class Tabs(QWidget):
    """Pages under a row of tabs; which ones depends on the room there is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar(self)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setAccessibleName(name)
        self._stack = QStackedWidget(self)
        self._widgets: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._on_changed)

    def show_parts(self, parts: Sequence[tuple[str, QWidget]]) -> None:
        """Show these parts, the same one on top if it is still there."""
        top = self._stack.currentWidget()
        self.bar.blockSignals(True)
        while self.bar.count():
            self.bar.removeTab(0)
        for widget in self._widgets:
            self._stack.removeWidget(widget)
        self._widgets = [widget for _, widget in parts]
        for title, widget in parts:
            self.bar.addTab(title)
            self._stack.addWidget(widget)
        self.bar.blockSignals(False)
        self.show_part(top if top in self._widgets else self._widgets[0])

    @property
    def current(self) -> QWidget | None:
        """Return the part on top."""
        return self._stack.currentWidget()

    def show_part(self, widget: QWidget | None) -> None:
        """Bring a part to the top if it is one of these."""
        if widget in self._widgets:
            self.bar.setCurrentIndex(self._widgets.index(widget))
            self._stack.setCurrentWidget(widget)

    def say(self, widget: QWidget, title: str) -> None:
        """Give the tab of a part other words."""
        if widget in self._widgets:
            self.bar.setTabText(self._widgets.index(widget), title)

    def _on_changed(self, index: int) -> None:
        if 0 <= index < len(self._widgets):
            self._stack.setCurrentWidget(self._widgets[index])
