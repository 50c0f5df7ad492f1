"""What this computer remembers between starts: the last clinic's folder and the window.

One small file beside the program's own data. Nothing of a patient, no name of a person, no secret.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

_FOLDER = "clinic/folder"
_GEOMETRY = "window/geometry"
_PLACE = "window/place"
_MODE = "look/mode"
_PERCENT = "look/percent"


def default_file() -> Path:
    """Return where the file lies for the person who is logged in to the computer."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(data) / "AEApp" / "window.ini"


class Remembered:
    """Reads and writes the file."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file or default_file()), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path | None:
        """Return the folder of the clinic opened last, if there was one."""
        text = str(self._settings.value(_FOLDER, ""))
        return Path(text) if text else None

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._settings.setValue(_FOLDER, str(folder))

    @property
    def geometry(self) -> QByteArray:
        """Return size and place of the window; empty before the first time."""
        value = self._settings.value(_GEOMETRY)
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue(_GEOMETRY, geometry)

    @property
    def place(self) -> str:
        """Return the key of the place shown last; empty before the first time."""
        return str(self._settings.value(_PLACE, ""))

    @place.setter
    def place(self, key: str) -> None:
        self._settings.setValue(_PLACE, key)

    @property
    def mode(self) -> str:
        """Return the theme chosen on this computer."""
        return str(self._settings.value(_MODE, "system"))

    @mode.setter
    def mode(self, mode: str) -> None:
        self._settings.setValue(_MODE, mode)

    @property
    def percent(self) -> int:
        """Return the font size chosen on this computer, in percent."""
        text = str(self._settings.value(_PERCENT, "100"))
        return int(text) if text.isdecimal() else 100

    @percent.setter
    def percent(self, percent: int) -> None:
        self._settings.setValue(_PERCENT, percent)
