"""The scales in use, their thresholds and rules, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from aeapp.domain.codecs import show
from aeapp.domain.codelists.scales import Scoring
from aeapp.domain.records import Scale
from aeapp.domain.scales import catalogue
from aeapp.domain.scales.scoring import span_of
from aeapp.domain.scales.wording import wording_for
from aeapp.kernel.i18n import N_, _
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk
from forms.scales.words import name_of

PATHS = (
    "active",
    "alert_total",
    "alert_basis",
    "response_percent",
    "partial_percent",
    "remission_below",
    "response_basis",
    "reliable_change",
    "reliable_end_below",
    "reliable_basis",
    "notable_rise",
)


class _Line:
    """A scale beside whether its wording may be shown; compared by what it says."""

    def __init__(self, scale: Scale, *, worded: bool) -> None:
        self.scale, self.worded = scale, worded


def _range_words(line: _Line) -> str:
    if line.scale.scoring is Scoring.NONE:
        return _("{n} items, no total").format(n=len(line.scale.items))
    low, high = span_of(line.scale)
    return _("{n} items, {low} to {high}").format(n=len(line.scale.items), low=low, high=high)


def _alert_words(line: _Line) -> str:
    words = [
        _("item {n} from {least}").format(n=i.number, least=i.alert_from)
        for i in line.scale.items
        if i.alert_from is not None
    ]
    if line.scale.alert_total is not None:
        words.append(_("total from {least}").format(least=line.scale.alert_total))
    return ", ".join(words)


def _response_words(line: _Line) -> str:
    scale = line.scale
    words = []
    if scale.response_percent is not None:
        words.append(f"{show(scale.response_percent)} %")
    if scale.remission_below is not None:
        words.append(_("under {total}").format(total=scale.remission_below))
    return ", ".join(words)


def _name_words(line: _Line) -> str:
    scale = line.scale
    name = name_of(scale)
    return name if scale.edition == catalogue.FIRST else f"{name}, {scale.edition}"


def _title(line: _Line) -> str:
    words = f"{name_of(line.scale)}: {line.scale.basis or ''}"
    missing = line.scale.missing_basis
    if not missing:
        return words
    return _("{scale}. Missing items: {basis}").format(scale=words, basis=missing)


HEADS = (
    Head(head=N_("Scale"), text=_name_words, width=190),
    Head(head=N_("Items and range"), text=_range_words, width=170),
    Head(head=N_("Asks for safety"), text=_alert_words, width=180),
    Head(head=N_("Response, remission"), text=_response_words, width=150),
    Head(
        head=N_("Wording"),
        text=lambda line: _("loaded") if line.worded else _("none"),
        width=80,
    ),
    Head(
        head=N_("Whose"),
        text=lambda line: _("the clinic's own") if line.scale.version else _("default"),
        width=0,
    ),
)


def scales_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of scales."""
    scales = desk.app.scales

    def read() -> Sequence[_Line]:
        words = scales.wordings()
        return [_Line(s, worded=wording_for(s, words) is not None) for s in scales.scales()]

    def store(scale: Scale, reason: str) -> Scale:
        return scales.save(scale, reason=reason)

    def default_of(scale: Any) -> Scale | None:
        place = (scale.code, scale.edition)
        return next((s for s in catalogue.DEFAULTS if (s.code, s.edition) == place), None)

    return SettingsPage(
        desk,
        _("Scales"),
        _(
            "Thresholds and rules, each with its source. Items and points never change within an"
            " edition. A scale of the clinic, thresholds of items, or a wording comes from a file:"
            " scale add."
        ),
        HEADS,
        RecordForm(desk, Scale(), PATHS, store, parent, default=default_of),
        read=read,
        record_of=lambda line: line.scale,
        title_of=_title,
        key_of=lambda scale: f"{scale.code} {scale.edition}",
        parent=parent,
    )
