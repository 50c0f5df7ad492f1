"""Content for Form FDA 3500 (09/2025), the voluntary form for health professionals.

A new edition is a copy of this package; this one stays, so that old cases print as they did.
Places, words and limits are those of the official form; see docs/adr/0004-paper.md.
"""

from __future__ import annotations

from aeapp.formspecs.drafting import Page
from aeapp.formspecs.fda3500_2025_09.device_and_others import (
    CONCOMITANTS,
    DEVICE,
    FIRST_MARKED,
    FURTHER_DEVICES,
    OTHERS,
)
from aeapp.formspecs.fda3500_2025_09.left_out import NOT_ON_FORM
from aeapp.formspecs.fda3500_2025_09.patient_and_event import (
    AVAILABILITY,
    EVENT,
    PATIENT,
    TESTS,
)
from aeapp.formspecs.fda3500_2025_09.products import PRODUCT_1, PRODUCT_2, SUSPECTS
from aeapp.formspecs.fda3500_2025_09.reporter import CONFIDENTIALITY, REPORTER, SENDING
from aeapp.formspecs.model import FormSpec, Frame, Section

_P1 = Page(1)
_TITLE = "Content for Form FDA 3500 (09/2025)"
_SUBTITLE = "Prepared for MedWatch. Not an official FDA form."

_NO_ADMISSION = (
    "**Sending a report is no admission that medical personnel or the product caused the event or "
    "contributed to it.**"
)

_HEAD = Section(
    letter="",
    title="Head",
    frames=(
        _P1.bar(137.6, 27.2, 65.6, 4.0),
        Frame(_P1.box(154.9, 32.4, 47.3, 4.9)),
        Frame(_P1.box(158.5, 38.8, 24.2, 4.9)),
    ),
    words=(
        _P1.title(75.0, 14.0, "Content prepared by the clinic", size=8.0),
        _P1.title(75.0, 18.5, f"**{_TITLE}**", size=13.0),
        _P1.title(75.0, 25.3, _SUBTITLE, size=9.0),
        _P1.title(
            75.0,
            32.5,
            "For use by Health Professionals for VOLUNTARY\n"
            "reporting of adverse events, product problems and\n"
            "product use/medication errors",
        ),
        _P1.words(139.0, 13.7, "Official form: OMB No. 0910-0291"),
        _P1.words(139.0, 16.9, "Expires: 09-30-2027"),
        _P1.words(139.0, 20.1, "See PRA facts on form page 8."),
        _P1.title(170.4, 27.3, "**FDA USE ONLY**", size=8.0),
        _P1.words(138.6, 30.5, "Triage unit\nsequence #"),
        _P1.words(138.6, 39.3, "FDA Rec. Date"),
        _P1.words(
            13.6,
            49.4,
            "**Note:** __Dates are given as 2-digit day, 3-letter month abbreviation, and 4-digit "
            "year; for example, 01-Jan-1900.__",
        ),
        _P1.words(12.7, 241.7, _NO_ADMISSION, width=190.5),
        Page(2).words(12.7, 258.6, _NO_ADMISSION, width=190.5),
    ),
    rules=(
        _P1.rule(12.7, 12.7, w=190.6),
        _P1.rule(12.7, 47.7, w=190.6),
        _P1.rule(12.7, 12.7, h=35.0),
        _P1.rule(203.3, 12.7, h=35.0),
        _P1.rule(137.6, 12.7, h=35.0),
        _P1.rule(137.6, 37.9, w=65.7),
        _P1.rule(137.6, 44.4, w=65.7),
    ),
)

FDA3500_2025_09 = FormSpec(
    key="fda3500-2025-09",
    title=_TITLE,
    subtitle=_SUBTITLE,
    edition="09/2025",
    pages=8,
    width=215.9,
    height=279.4,
    foot_y=265.3,
    sections=(
        _HEAD,
        PATIENT,
        EVENT,
        AVAILABILITY,
        PRODUCT_1,
        PRODUCT_2,
        DEVICE,
        FIRST_MARKED,
        OTHERS,
        REPORTER,
        CONFIDENTIALITY,
    ),
    repeats=(TESTS, SUSPECTS, FURTHER_DEVICES, CONCOMITANTS),
    not_on_form=NOT_ON_FORM,
    sending=SENDING,
)
