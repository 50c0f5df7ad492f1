"""Studies in which the clinic gives a drug: sponsor, protocol, role and hours; clocks go by it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from aeapp.domain.records import Study
from aeapp.kernel.i18n import N_, _
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk

PATHS = (
    "title",
    "protocol",
    "ind",
    "cross_inds",
    "pre_anda",
    "study_type",
    "registration",
    "registration_country",
    "sponsor",
    "sponsor_contact",
    "duty",
    "protocol_hours",
    "blinded",
)


def _title(study: Study) -> str:
    return study.title or study.protocol or (_("Study") if study.version else _("New study"))


def _hours(study: Study) -> str:
    if study.protocol_hours is None:
        return ""
    return _("{n} hours").format(n=study.protocol_hours)


def _blind(study: Study) -> str:
    if study.blinded is None:
        return _("not answered") if study.version else ""
    return _("blinded") if study.blinded else _("open")


HEADS = (
    Head(head=N_("Study"), text=_title, width=240),
    Head(head=N_("Protocol"), text=lambda s: s.protocol or "", width=110),
    Head(head=N_("Sponsor"), text=lambda s: s.sponsor or "", width=160),
    Head(head=N_("Sponsor is told"), text=_hours, width=110),
    Head(head=N_("Blind"), text=_blind, width=0),
)


def studies_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of studies; its last line is a new one."""
    studies = desk.app.studies

    def read() -> Sequence[Study]:
        return (*studies.studies(), Study())

    return SettingsPage(
        desk,
        _("Studies"),
        _(
            "Events of a study go to its sponsor, in the hours of the protocol. A blinded drug is"
            " called so in the library, in reports, on paper and in files; what it was is seen"
            " only by those who may open the blind."
        ),
        HEADS,
        RecordForm(desk, Study(), PATHS, studies.save, parent),
        read=read,
        record_of=lambda study: study,
        title_of=_title,
        key_of=lambda study: study.id,
        parent=parent,
    )
