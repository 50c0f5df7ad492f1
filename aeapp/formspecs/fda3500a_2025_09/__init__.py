"""Content for Form FDA 3500A (09/2025), the form of those who owe a report.

A new edition is a copy of this package; this one stays, so that old cases print as they did.
Places, words and limits are those of the official form; see docs/adr/0022-form-3500a.md.
"""

from __future__ import annotations

from aeapp.formspecs.drafting import Page
from aeapp.formspecs.fda3500a_2025_09.device import COMPANIONS, DEVICE, TAKEN_BESIDE
from aeapp.formspecs.fda3500a_2025_09.facility import FACILITY
from aeapp.formspecs.fda3500a_2025_09.further_devices import FIRST_MARKED, FURTHER_DEVICES
from aeapp.formspecs.fda3500a_2025_09.left_out import NOT_ON_FORM
from aeapp.formspecs.fda3500a_2025_09.makers import (
    ABOUT,
    DEVICE_MAKER,
    DEVICE_MAKERS,
    HOLDER,
    MAKERS,
)
from aeapp.formspecs.fda3500a_2025_09.patient_and_event import EVENT, PATIENT, TESTS
from aeapp.formspecs.fda3500a_2025_09.products import (
    CONCOMITANTS,
    COSMETICS,
    GIVEN_BESIDE,
    PRODUCT_1,
    PRODUCT_2,
    SUSPECTS,
)
from aeapp.formspecs.fda3500a_2025_09.reporter import REPORTER
from aeapp.formspecs.model import FormSpec, Section

_P1 = Page(1)
_TITLE = "Content for Form FDA 3500A (09/2025)"
_SUBTITLE = "Prepared for MedWatch. Not an official FDA form."

_CDRH = "FDA, CDRH, Medical Device Reporting, P.O. Box 3002, Rockville, MD 20847-3002"
_NO_ADMISSION = (
    "**Sending a report is no admission that medical personnel or the product caused the event or "
    "contributed to it.**"
)

_HEAD = Section(
    letter="",
    title="Head",
    words=(
        _P1.title(77.0, 14.0, "Content prepared by the clinic", size=8.0),
        _P1.title(77.0, 18.5, f"**{_TITLE}**", size=13.0),
        _P1.title(77.0, 25.3, _SUBTITLE, size=9.0),
        _P1.title(
            77.0,
            32.5,
            "For use by user facilities, importers, distributors, packers and\n"
            "manufacturers for MANDATORY reporting",
        ),
        _P1.words(143.6, 13.7, "Official form: OMB No. 0910-0291"),
        _P1.words(143.6, 17.2, "Expires: 09-30-2027"),
        _P1.words(143.6, 20.7, "See PRA facts on form page 9."),
        _P1.words(
            13.6,
            47.4,
            "**Note:** __Dates are given as 2-digit day, 3-letter month abbreviation, and 4-digit "
            "year; for example, 01-Jan-1900.__",
        ),
        _P1.words(13.4, 251.8, _NO_ADMISSION, width=190.5),
    ),
    rules=(
        _P1.rule(12.7, 12.7, w=190.8),
        _P1.rule(12.7, 46.3, w=190.8),
        _P1.rule(12.7, 12.7, h=33.6),
        _P1.rule(203.9, 12.7, h=33.6),
        _P1.rule(141.8, 12.7, h=33.6),
    ),
)

FDA3500A_2025_09 = FormSpec(
    key="fda3500a-2025-09",
    title=_TITLE,
    subtitle=_SUBTITLE,
    edition="09/2025",
    pages=9,
    width=215.9,
    height=279.4,
    foot_y=265.3,
    sections=(
        _HEAD,
        PATIENT,
        EVENT,
        PRODUCT_1,
        PRODUCT_2,
        GIVEN_BESIDE,
        DEVICE,
        FIRST_MARKED,
        TAKEN_BESIDE,
        REPORTER,
        FACILITY,
        MAKERS,
        DEVICE_MAKERS,
        ABOUT,
    ),
    repeats=(TESTS, SUSPECTS, CONCOMITANTS, FURTHER_DEVICES, COMPANIONS),
    not_on_form=NOT_ON_FORM,
    sending=(
        (
            "User facility",
            f"{_CDRH}; on paper as the official form, marked User Facility Report.",
        ),
        ("Drug", "Electronically: E2B(R3) through ESG NextGen, or the Safety Reporting Portal."),
        ("Study", "To the sponsor, as the protocol says."),
    ),
    reasons={
        COSMETICS: "Concerns makers of cosmetics; a clinic gives none.",
        HOLDER: "The number belongs to the holder of the application; a clinic holds none.",
        DEVICE_MAKER: "Section H is for makers of devices alone.",
    },
    named_after=("facility.number", "clinic.name"),
)
