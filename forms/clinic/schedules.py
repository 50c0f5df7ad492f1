"""The protocols of the routes: readings due, shortest stay, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from aeapp.domain.chair.protocols import default_of
from aeapp.domain.codelists.session import DueFrom
from aeapp.domain.records import Protocol
from aeapp.domain.records.protocol import DueReading
from aeapp.kernel.i18n import N_, _
from aeapp.services.protocols import ProtocolLine
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm, Rows
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk

PATHS = ("name", "source", "minimum_minutes", "aldrete_least")
ROW = ("minute", "counted_from", "words", "kinds")


def _setting(protocol: Protocol) -> str:
    return _(protocol.setting.words) if protocol.setting is not None else ""


def _due(protocol: Protocol) -> str:
    return ", ".join(_minute(row) for row in protocol.due)


def _minute(row: DueReading) -> str:
    if row.counted_from is DueFrom.LEAVING or row.minute is None:
        return _("leaving")
    if row.counted_from is DueFrom.INFUSION_END:
        return _("end +{n}").format(n=row.minute)
    return str(row.minute)


def _stay(protocol: Protocol) -> str:
    stay = protocol.minimum_minutes
    return "" if stay is None else _("{n} min").format(n=stay)


def _whose(line: ProtocolLine) -> str:
    return _("this clinic's") if line.changed else _("default")


HEADS = (
    Head(head=N_("Protocol"), text=lambda line: _(line.protocol.name or ""), width=220),
    Head(head=N_("Setting"), text=lambda line: _setting(line.protocol), width=90),
    Head(head=N_("Readings due at minute"), text=lambda line: _due(line.protocol), width=260),
    Head(head=N_("Shortest stay"), text=lambda line: _stay(line.protocol), width=110),
    Head(head=N_("Whose"), text=_whose, width=100),
    Head(head=N_("Source"), text=lambda line: _(line.protocol.source or ""), width=0),
)


def schedules_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of schedules."""
    protocols = desk.app.protocols

    def read() -> Sequence[ProtocolLine]:
        return protocols.lines()

    def store(protocol: Any, reason: str) -> Protocol:
        return protocols.save(protocol, reason=reason)

    rows = Rows(
        path="due", names=ROW, blank=DueReading(), title=_("Readings due"), add=_("Add a row")
    )
    form = RecordForm(desk, Protocol(), PATHS, store, parent, default=default_of, rows=rows)
    return SettingsPage(
        desk,
        _("Schedules"),
        _("Which readings are due in a session, minutes counted from the first dose."),
        HEADS,
        form,
        read=read,
        record_of=lambda line: line.protocol,
        title_of=lambda line: _(line.protocol.name or ""),
        key_of=lambda protocol: (protocol.route, protocol.setting),
        parent=parent,
    )
