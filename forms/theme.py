"""Colours, sizes and the switch between light and dark.

The style sheet is made here once for the whole application; no widget sets its own. Painted
parts read the same tokens, so a change of theme needs a repaint and nothing else.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from forms import fonts
from forms.qss import TEMPLATE


class Status(StrEnum):
    """The five things a status can say; colour, icon and fill follow from it."""

    OK = "ok"
    DUE = "due"
    FLAG = "flag"
    OVERDUE = "overdue"
    BLOCKED = "blocked"


class Mode(StrEnum):
    """Which theme the person asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tokens:
    """Every colour of the program under one name.

    Not a dataclass: to make one of forty fields takes a hundredth of the first window's time.

    A status has four: itself for icon and text on a surface, ``_fill`` and ``_on`` for its pill,
    ``_tint`` for the ground of a strip or row. ``ok`` has no fill.
    """

    dark: bool
    window: str
    surface: str
    sunken: str
    hover: str
    select: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    focus: str
    on_accent: str
    accent_hover: str
    accent_tint: str
    ink: str
    on_ink: str
    ok: str
    ok_tint: str
    due: str
    due_fill: str
    due_on: str
    due_tint: str
    flag: str
    flag_fill: str
    flag_on: str
    flag_tint: str
    flag_edge: str
    overdue: str
    overdue_fill: str
    overdue_on: str
    overdue_tint: str
    blocked: str
    blocked_fill: str
    blocked_on: str
    blocked_tint: str
    hr: str
    spo2: str
    rr: str
    dose: str
    solid_bar: str
    ladder_bar: str

    def __init__(self, *, dark: bool, **names: str) -> None:
        self.dark = dark
        self.__dict__.update(names)

    def color(self, name: str) -> QColor:
        """Return the colour of the token called ``name``."""
        return QColor(getattr(self, name))


LIGHT = Tokens(
    dark=False,
    window="#F2F5F6",
    surface="#FFFFFF",
    sunken="#E8EDEF",
    hover="#EEF3F4",
    select="#DCEEF0",
    line="#D5DCE0",
    edge="#76858F",
    text="#15202A",
    text2="#43525E",
    text3="#586773",
    accent="#0A6570",
    focus="#0A6570",
    on_accent="#FFFFFF",
    accent_hover="#08525B",
    accent_tint="#DFF0F1",
    ink="#15202A",
    on_ink="#FFFFFF",
    ok="#1B6B45",
    ok_tint="#E2F2E9",
    due="#1E5BB8",
    due_fill="#D3E3FA",
    due_on="#174C9C",
    due_tint="#E3EDFB",
    flag="#7A5200",
    flag_fill="#FFD15A",
    flag_on="#2E2200",
    flag_tint="#FFF0C7",
    flag_edge="#B07A00",
    overdue="#B03A0C",
    overdue_fill="#B03A0C",
    overdue_on="#FFFFFF",
    overdue_tint="#FDE7DC",
    blocked="#77307F",
    blocked_fill="#5A1F66",
    blocked_on="#FFFFFF",
    blocked_tint="#F3E5F5",
    hr="#0A6570",
    spo2="#3F4FA0",
    rr="#6B5B4B",
    dose="#8A6D3B",
    solid_bar="#4F9AA3",
    ladder_bar="#5E8F96",
)

DARK = Tokens(
    dark=True,
    window="#11171C",
    surface="#192127",
    sunken="#0C1115",
    hover="#212B32",
    select="#17393E",
    line="#2E3A43",
    edge="#74838E",
    text="#E7EDF1",
    text2="#B6C2CB",
    text3="#98A7B2",
    accent="#5CC6CF",
    focus="#5CC6CF",
    on_accent="#06262A",
    accent_hover="#7FD6DD",
    accent_tint="#123439",
    ink="#E7EDF1",
    on_ink="#11171C",
    ok="#6FCB98",
    ok_tint="#15332A",
    due="#86B5F7",
    due_fill="#1F3F6E",
    due_on="#CFE2FF",
    due_tint="#182C49",
    flag="#F0BE4F",
    flag_fill="#F0BE4F",
    flag_on="#241A00",
    flag_tint="#3A2D0E",
    flag_edge="#C8962B",
    overdue="#FF9A6C",
    overdue_fill="#E8743F",
    overdue_on="#1D0A02",
    overdue_tint="#42210F",
    blocked="#CF93DB",
    blocked_fill="#B98AC6",
    blocked_on="#1F0A26",
    blocked_tint="#3A2040",
    hr="#5CC6CF",
    spo2="#A3B1F5",
    rr="#C9B8A4",
    dose="#D8BC85",
    solid_bar="#4F9AA3",
    ladder_bar="#5E8F96",
)

SMALLEST, LARGEST = 90, 200


class _Current:
    """What is on now: one look a process, as there is one application."""

    tokens: Tokens = LIGHT
    percent: int = 100


def tokens() -> Tokens:
    """Return the colours in use."""
    return _Current.tokens


def px(at_normal_size: float) -> int:
    """Return a length that grows with the font, given at 100 %."""
    return round(at_normal_size * _Current.percent / 100)


def palette(look: Tokens) -> QPalette:
    """Return the palette for what the style draws by itself."""
    made = QPalette()
    roles = QPalette.ColorRole
    plan = {
        roles.Window: look.window,
        roles.WindowText: look.text,
        roles.Base: look.surface,
        roles.AlternateBase: look.hover,
        roles.Text: look.text,
        roles.Button: look.surface,
        roles.ButtonText: look.text,
        roles.BrightText: look.on_accent,
        roles.Highlight: look.accent,
        roles.HighlightedText: look.on_accent,
        roles.Accent: look.accent,
        roles.Link: look.accent,
        roles.LinkVisited: look.accent,
        roles.PlaceholderText: look.text3,
        roles.ToolTipBase: look.surface,
        roles.ToolTipText: look.text,
        roles.Light: look.surface,
        roles.Midlight: look.hover,
        roles.Mid: look.line,
        roles.Dark: look.edge,
        roles.Shadow: look.edge,
    }
    for role, name in plan.items():
        made.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.text3))
    return made


def style_sheet(look: Tokens, percent: int) -> str:
    """Return the one style sheet, filled for a theme and a font size in percent."""
    words = {f"@{name};": f"{value};" for name, value in vars(look).items()}
    words["@px24;"] = f"{round(24 * percent / 100)}px;"
    for height in (28, 32, 36, 44, 64):
        # Height inside a border of one pixel, and of two while the focus is shown.
        words[f"@h{height};"] = f"{round(height * percent / 100) - 2}px;"
        words[f"@h{height}f;"] = f"{round(height * percent / 100) - 4}px;"
    sheet = TEMPLATE
    for word, value in words.items():
        sheet = sheet.replace(word, value)
    return sheet


def repolish(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet looks at, and apply them."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will be, when it is shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


STYLE = "Fusion"


class Theme(QObject):
    """The look of the application and what the person chose for it.

    Args:
        styled: The application was started in ``STYLE``. Setting it later makes Qt's own style
            first, and then the class of styles in Python with its 550 names.

    Signals:
        changed: Colours or font size are different now.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        mode: Mode = Mode.SYSTEM,
        percent: int = 100,
        styled: bool = False,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._percent = percent
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)
        if not styled:
            app.setStyle(STYLE)
        self._apply()

    @property
    def mode(self) -> Mode:
        """Return what the person asked for."""
        return self._mode

    @property
    def percent(self) -> int:
        """Return the font size in percent of 10 pt."""
        return self._percent

    def set_mode(self, mode: Mode) -> None:
        """Follow the system, or stay light or dark."""
        self._mode = mode
        self._apply()

    def set_percent(self, percent: int) -> None:
        """Set the font size, kept within 90 to 200 %."""
        self._percent = max(SMALLEST, min(LARGEST, percent))
        self._apply()

    def grow(self, steps: int) -> None:
        """Change the font size by steps of 10 %."""
        self.set_percent(self._percent + 10 * steps)

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode is Mode.SYSTEM:
            self._apply()

    def _look(self) -> Tokens:
        if self._mode is Mode.SYSTEM:
            return DARK if self._hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode is Mode.DARK else LIGHT

    def _apply(self) -> None:
        _Current.tokens = self._look()
        _Current.percent = self._percent
        fonts.use_percent(self._percent)
        self._app.setFont(fonts.sized("body"))
        contrast = self._hints.accessibility().contrastPreference()
        if contrast is Qt.ContrastPreference.HighContrast:
            # The system's own colours win over ours; painted parts keep shape and word.
            self._app.setStyleSheet("")
        else:
            self._app.setPalette(palette(_Current.tokens))
            self._app.setStyleSheet(style_sheet(_Current.tokens, self._percent))
        self.changed.emit()
