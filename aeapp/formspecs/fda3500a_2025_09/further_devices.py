"""A further page for each suspect device after the first: D, and what F asks of the device itself.

The instructions want section D once for each device, marked Device 1, Device 2 and so on. Its parts
stand on three pages of the form; for a further device they stand below each other on one. D9 and
D10 are answered once for the report.
"""

from __future__ import annotations

from dataclasses import replace

from aeapp.formspecs.drafting import Page, several_devices
from aeapp.formspecs.fda3500a_2025_09.device import (
    P6,
    identity,
    identity_rules,
    use,
    use_rules,
)
from aeapp.formspecs.fda3500a_2025_09.facility import about_device, by_facility
from aeapp.formspecs.model import Repeat, Section

# How far up or down a part stands from its place on pages 6, 7 and 8.
_WHICH = Page(6, lambda x, y: (x, round(y - 74.0, 1)))
_USE = Page(6, lambda x, y: (round(x + 1.2, 1), round(y + 147.0, 1)))
_ABOUT = Page(6, lambda x, y: (round(x + 0.6, 1), round(y + 158.5, 1)))
_WHO = "case.further_devices[*]."

FIRST_MARKED = Section(
    letter="",
    title="Mark of the first device",
    words=(P6.words(188.0, 88.7, "**Device 1**", size=9.0),),
    when=several_devices,
)

FURTHER_DEVICES = Repeat(
    path="case.further_devices",
    number="D",
    room=0,
    heading="Suspect medical devices",
    flag="is_told",
    after="case.device",
    page=Section(
        letter="D",
        title="SUSPECT MEDICAL DEVICE",
        frames=(
            _WHICH.border(13.0, 88.0, 192.3, 225.4),
            _WHICH.bar(13.0, 88.0, 192.3, 5.6),
        ),
        words=(
            _WHICH.title(109.0, 88.7, "**D. SUSPECT MEDICAL DEVICE: Device [*]**"),
            _WHICH.words(144.0, 147.1, "Maximum on the official form: 1,000", width=57.0),
            _USE.words(81.0, 51.2, "9. and 10. are answered once for the report,\nwith Device 1."),
            _ABOUT.words(15.2, 65.2, "F9. **Adverse Event Problem** __(Refer to coding manual)__"),
        ),
        rules=(
            *identity_rules(_WHICH),
            *use_rules(_USE, 192.3),
            _WHICH.rule(13.0, 232.6, w=192.3),
            _ABOUT.rule(12.4, 64.4, w=192.3),
        ),
        cells=(
            *identity(_WHICH, _WHO),
            *use(_USE, _WHO),
            *(replace(cell, when=by_facility) for cell in about_device(_ABOUT, _WHO, "F")),
        ),
    ),
)
