"""The rule by which a lot that gathers events is shown on Today: the clinic's to set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from aeapp.domain.chair.lot_events import DEFAULT_RULE, rule_words
from aeapp.domain.records import LotRule
from aeapp.kernel.i18n import N_, _
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk

PATHS = ("active", "events", "patients", "days", "same_term")
HEADS = (
    Head(head=N_("Rule"), text=rule_words, width=480),
    Head(
        head=N_("Whose"),
        text=lambda rule: _("the clinic's own") if rule.version else _("default"),
        width=0,
    ),
)


def lot_rules_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of the rule about lots."""
    lots = desk.app.lots

    def read() -> Sequence[LotRule]:
        return (lots.rule(),)

    def store(rule: LotRule, reason: str) -> LotRule:
        return lots.save_rule(rule, reason=reason)

    def default_of(_record: Any) -> LotRule:
        return DEFAULT_RULE

    return SettingsPage(
        desk,
        _("Lots"),
        _(
            "From so many events on a lot is shown on Today. It counts and says nothing of a cause;"
            " people look, and hold the lot or say why not."
        ),
        HEADS,
        RecordForm(desk, LotRule(), PATHS, store, parent, default=default_of),
        read=read,
        record_of=lambda rule: rule,
        title_of=lambda _rule: _("Events of one lot"),
        key_of=lambda _rule: "rule",
        parent=parent,
    )
