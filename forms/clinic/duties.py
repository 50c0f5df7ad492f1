"""What the clinic is to a regulator: its kind, its duties and its own targets; clocks go by it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from aeapp.domain.clock_rules import TARGET_DAYS
from aeapp.domain.codelists.clinic import ClinicDuty
from aeapp.domain.records import Clinic
from aeapp.kernel.i18n import N_, _
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk

# After what decides the clocks: what sections F and G of Form FDA 3500A say of the clinic.
PATHS = (
    "facility",
    "duties",
    "target_days",
    "protocol_hours",
    "state_hours",
    "annual_report_for",
    "name",
    "address",
    "city",
    "state",
    "postal_code",
    "phone",
    "email",
    "contact",
    "cms_number",
    "exemption",
    "sender_id",
    "receiver_id",
    "department",
    "contact_title",
    "contact_first_name",
    "contact_last_name",
    "fax",
)


def _duties(clinic: Clinic) -> str:
    if clinic.duties is None:
        return _("not answered")
    return ", ".join(_(d.words) for d in ClinicDuty if d in clinic.duties) or _("none of these")


def _target(clinic: Clinic) -> str:
    return _("{n} days").format(n=clinic.target_days or TARGET_DAYS)


HEADS = (
    Head(
        head=N_("Kind of facility"),
        text=lambda c: _(c.facility.words) if c.facility else _("not answered"),
        width=330,
    ),
    Head(head=N_("Own target"), text=_target, width=100),
    Head(head=N_("Also is"), text=_duties, width=0),
)


def duties_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of the clinic's duties."""
    profile = desk.app.profile

    def read() -> Sequence[Clinic]:
        return (profile.clinic(),)

    return SettingsPage(
        desk,
        _("Duties"),
        _(
            "Decides which reporting clocks run. A voluntary report of a physician office has no"
            " date by law; its date is the clinic's own target. A mandatory report shows the"
            " address, the contact and the CMS number; an electronic message its sender."
        ),
        HEADS,
        RecordForm(desk, Clinic(), PATHS, profile.save, parent),
        read=read,
        record_of=lambda clinic: clinic,
        title_of=lambda clinic: clinic.name or _("Clinic"),
        key_of=lambda clinic: clinic.id,
        parent=parent,
    )
