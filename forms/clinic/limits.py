"""The limits of readings: figures, words and source, and what was made of their proposals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from aeapp.domain.records import WatchRule
from aeapp.domain.vitals.watch_rules import DEFAULT_RULES
from aeapp.domain.vitals.watch_words import limit_words
from aeapp.kernel.i18n import N_, _
from aeapp.services.watching import RuleLine
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk

LAST_DAYS = 30
PATHS = (
    "active",
    "term",
    "limit",
    "severe",
    "percent_of_baseline",
    "repeat_minutes",
    "routes",
    "basis",
)


def _use_words(rule: WatchRule) -> str:
    if not rule.active:
        return _("no")
    return _("some routes") if rule.routes else _("all routes")


def _accepted(line: RuleLine) -> str:
    return f"{line.accepted + line.merged} / {line.proposed}" if line.proposed else ""


def _whose(line: RuleLine) -> str:
    return _("this clinic's") if line.changed else _("default")


HEADS = (
    Head(head=N_("Finding"), text=lambda line: _(line.rule.term or ""), width=220),
    Head(head=N_("Limit"), text=lambda line: limit_words(line.rule), width=330),
    Head(head=N_("In use"), text=lambda line: _use_words(line.rule), width=130),
    Head(head=N_("Proposed"), text=lambda line: str(line.proposed), width=84, right=True),
    Head(head=N_("Accepted"), text=_accepted, width=84, right=True),
    Head(head=N_("Whose"), text=_whose, width=0),
)


def _default_of(record: Any) -> WatchRule | None:
    return next((rule for rule in DEFAULT_RULES if rule.code == record.code), None)


def limits_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of limits."""
    watching = desk.app.watching

    def read() -> Sequence[RuleLine]:
        since = desk.app.context.today() - dt.timedelta(days=LAST_DAYS)
        return watching.lines(since=since)

    def store(rule: WatchRule, reason: str) -> WatchRule:
        return watching.save_rule(rule, reason=reason)

    form = RecordForm(desk, WatchRule(), PATHS, store, parent, default=_default_of)
    caption = _(
        "Beyond a limit a person is asked to look. Proposals of the last {days} days, and how many"
        " of them were accepted or merged with an event."
    )
    return SettingsPage(
        desk,
        _("Limits"),
        caption.format(days=LAST_DAYS),
        HEADS,
        form,
        read=read,
        record_of=lambda line: line.rule,
        title_of=lambda line: f"{_(line.rule.term or '')}: {limit_words(line.rule)}",
        key_of=lambda rule: rule.code,
        parent=parent,
    )
