"""Which widget edits which item: by the name the item gives, else by its type."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from aeapp.domain.items import FieldSpec
from aeapp.domain.values import PartialDate
from forms.narrative.field import NarrativeField
from forms.now import Now, local_now
from forms.widgets.base import FieldWidget
from forms.widgets.checks import CheckField
from forms.widgets.choice import MOST_CHIPS, ChoiceField, ListField, YesNoField
from forms.widgets.date import DateField, MomentField
from forms.widgets.line import LineField
from forms.widgets.paper import PaperField
from forms.widgets.text import FewLinesField, TextField

LONG_TEXT = 500

BY_NAME: dict[str, type[FieldWidget]] = {
    "line": LineField,
    "text": TextField,
    "lines": FewLinesField,
    "chips": ChoiceField,
    "list": ListField,
    "date": DateField,
    "moment": MomentField,
    "narrative": NarrativeField,
    "paper": PaperField,
}

BY_TYPE: dict[type, type[FieldWidget]] = {
    bool: YesNoField,
    frozenset: CheckField,
    PartialDate: DateField,
}


def field_class(spec: FieldSpec) -> type[FieldWidget]:
    """Return the class of widget for an item."""
    if spec.item.widget in BY_NAME:
        return BY_NAME[spec.item.widget]
    if spec.type in BY_TYPE:
        return BY_TYPE[spec.type]
    if issubclass(spec.type, StrEnum):
        return ChoiceField if len(spec.type) <= MOST_CHIPS else ListField
    if spec.type is str and spec.item.max_len >= LONG_TEXT:
        return TextField if spec.item.max_len > LONG_TEXT else FewLinesField
    return LineField


def widget_for(
    spec: FieldSpec,
    number: str = "",
    caption: str = "",
    parent: QWidget | None = None,
    *,
    path: str = "",
    now: Now = local_now,
) -> FieldWidget:
    """Return the widget that edits ``spec``.

    ``number`` and ``caption`` are those of the form; without a caption the item's label stands.
    ``path`` is the item's place in the tree where it stands in a repeat. ``now`` answers ``t``,
    ``y`` and ``n``; it is aware and in the clinic's zone.
    """
    return field_class(spec)(spec, number, caption, parent, path=path, now=now)
