"""Page 8, upper half: F for use by a user facility or importer, devices only."""

from __future__ import annotations

from typing import Any

from aeapp.domain.codelists.mandatory import Capacity, EventPlace, FacilityRole, Round
from aeapp.formspecs.drafting import Page
from aeapp.formspecs.model import Cell, Kind, Room, Section

P1, P8 = Page(1), Page(8)

WHO = (
    P8.cell(
        Kind.PICK, "F1", "facility.role", "1. **Check One**",
        at=(15.5, 19.5), options=P8.ticks(FacilityRole, (40.1, 19.5), (68.7, 19.5)),
    ),
    P8.cell(
        Kind.TEXT, "F2", "facility.number", "2. **User Facility/Importer Report Number**",
        at=(98.8, 19.5), width=58.0, box=(157.6, 19.5, 38.8, 4.2),
        more=(Room(P1.box(168.8, 32.6, 34.8, 5.0), again=True),),
    ),
    P8.cell(
        Kind.LONG, "F3", "facility.name_and_address",
        "3. **User Facility or Importer Name/Address/Email**",
        at=(15.5, 27.0), width=79.0, box=(15.4, 32.0, 78.5, 23.5),
    ),
    P8.cell(
        Kind.TEXT, "F4", "facility.contact", "4. **Contact Person**",
        at=(98.8, 26.8), box=(99.2, 32.0, 61.1, 4.9),
    ),
    P8.cell(
        Kind.TEXT, "F5", "facility.phone", "5. **Phone Number**",
        at=(169.9, 26.8), box=(169.9, 31.4, 29.9, 4.9),
    ),
    P8.cell(
        Kind.DATE, "F6", "facility.learnt_on",
        "6. **Date User Facility or Importer Became**\n"
        "    **Aware of Event (**__e.g., 01-Jan-1900)__",
        caption="Date User Facility or Importer Became Aware of Event",
        at=(99.2, 39.6), width=61.0, box=(106.2, 50.1, 25.4, 4.9),
    ),
    P8.cell(
        Kind.PICK, "F7", "facility.round", "7. **Type of Report**",
        at=(162.3, 40.8), options=P8.ticks(Round, (162.6, 45.7), (162.8, 50.7)),
    ),
    P8.cell(
        Kind.NUMBER, "F7", "facility.follow_up", caption="Follow-up #",
        box=(185.6, 50.2, 17.5, 4.9), max_digits=10, needs="facility.round=follow-up",
    ),
    P1.cell(
        Kind.TEXT, "", "facility.exemption", "Exemption/Variance/\nAlternative #",
        caption="Exemption/Variance/Alternative #",
        at=(142.3, 38.7), width=26.5, box=(168.9, 39.0, 34.7, 5.0),
    ),
)  # fmt: skip


def about_device(page: Page, who: str, letter: str = "") -> tuple[Cell, ...]:
    """Return the cells on age and codes of a device; ``letter`` is printed with the number."""
    return (
        page.cell(
            Kind.GIVEN, "F8", who + "age_years", f"{letter}8. **Approximate Age of Device**",
            caption="Approximate Age of Device",
            at=(15.5, 58.2), options=(page.tick("yes", "Year(s)", 61.6, 58.4),),
        ),
        page.cell(
            Kind.NUMBER, "F8", who + "age_years", caption="Approximate age of device, years",
            box=(79.7, 58.1, 9.0, 4.9), max_digits=3, instead_of=who + "age_months",
        ),
        page.cell(
            Kind.GIVEN, "F8", who + "age_months", caption="Approximate age of device",
            options=(page.tick("yes", "Month(s)", 104.4, 58.6),),
        ),
        page.cell(
            Kind.NUMBER, "F8", who + "age_months", caption="Approximate age of device, months",
            box=(122.3, 58.4, 9.0, 4.9), max_digits=3, instead_of=who + "age_years",
        ),
        page.cell(
            Kind.TEXT, "F9", who + "clinical_code", "Health Effect – Clinical Code",
            at=(15.0, 70.1), box=(15.1, 75.0, 38.8, 4.9),
        ),
        page.cell(
            Kind.TEXT, "F9", who + "impact_code", "Health Effect – Impact Code",
            at=(61.5, 70.1), box=(61.8, 75.0, 38.8, 4.9),
        ),
        page.cell(
            Kind.TEXT, "F9", who + "problem_code", "Medical Device Problem Code",
            at=(109.2, 70.1), box=(109.5, 75.0, 38.8, 4.9),
        ),
        page.cell(
            Kind.TEXT, "F9", who + "component_code", "Component Code",
            at=(157.1, 70.1), box=(157.5, 75.0, 38.8, 4.9),
        ),
    )  # fmt: skip


WHERE_TO = (
    P8.cell(
        Kind.YES_NO, "F10", "report.sent_to_fda",
        "10. **Report Sent to FDA?** __(If Yes,__\n     __enter date (e.g., 01-Jan-1900))__",
        caption="Report Sent to FDA?",
        at=(14.5, 82.2), width=48.0, options=P8.yes_no((15.0, 91.1), (43.0, 91.1)),
    ),
    P8.cell(
        Kind.DATE, "F10", "report.sent_to_fda_on", caption="Report sent to FDA on",
        box=(15.0, 95.8, 25.4, 4.9), needs="report.sent_to_fda=yes",
    ),
    P8.cell(
        Kind.PICK, "F11", "case.place", "11. **Location Where Event Occurred**",
        at=(64.5, 82.0),
        options=P8.ticks(
            EventPlace,
            (69.0, 86.2), (69.0, 91.1), (69.0, 96.1),
            (115.2, 86.2), (115.2, 91.1), (115.2, 96.1), (163.2, 86.2),
            OTHER="Other __(Specify)__",
        ),
    ),
    P8.cell(
        Kind.LONG, "F11", "case.place_text", caption="Other location",
        box=(168.6, 90.9, 32.5, 10.0), needs="case.place=other",
    ),
    P8.cell(
        Kind.YES_NO, "F12", "report.sent_to_maker",
        "12. **Report Sent to Manufacturer?**\n__(If Yes, enter date (e.g., 01-Jan-1900))__",
        caption="Report Sent to Manufacturer?",
        at=(14.5, 102.6), width=57.0, options=P8.yes_no((14.9, 111.3), (14.9, 116.5)),
    ),
    P8.cell(
        Kind.DATE, "F12", "report.sent_to_maker_on", caption="Report sent to manufacturer on",
        box=(26.9, 110.9, 25.4, 4.9), needs="report.sent_to_maker=yes",
    ),
    P8.cell(
        Kind.LONG, "F13", "facility.maker", "13. **Manufacturer Name/Address**",
        at=(75.0, 102.2), box=(74.9, 107.4, 118.5, 12.8),
    ),
)  # fmt: skip


def by_facility(case: Any) -> bool:
    """Tell whether a user facility reports."""
    return bool(case.report.capacity is Capacity.USER_FACILITY)


FACILITY = Section(
    letter="F",
    title="FOR USE BY USER FACILITY/IMPORTER (Devices Only)",
    frames=(P8.border(12.4, 12.4, 192.4, 242.4), P8.bar(12.4, 12.4, 192.4, 5.6)),
    words=(
        P8.title(108.5, 13.1, "**F. FOR USE BY USER FACILITY/IMPORTER** __(Devices Only)__"),
        P8.words(15.2, 65.2, "9. **Adverse Event Problem** __(Refer to coding manual)__"),
        P1.words(142.3, 31.4, "UF/Importer\nReport #", width=26.0),
    ),
    rules=(
        P8.rule(96.7, 18.0, h=38.7),
        P8.rule(165.4, 25.5, h=12.4),
        P8.rule(12.4, 25.5, w=192.4),
        P8.rule(96.7, 37.9, w=108.1),
        P8.rule(161.4, 37.9, h=18.8),
        P8.rule(12.4, 56.8, w=192.4),
        P8.rule(12.4, 64.4, w=192.4),
        P8.rule(12.4, 81.1, w=192.4),
        P8.rule(63.4, 81.1, h=20.4),
        P8.rule(12.4, 101.5, w=192.4),
        P8.rule(73.1, 101.5, h=19.4),
    ),
    cells=(*WHO, *about_device(P8, "case.device."), *WHERE_TO),
    when=by_facility,
)
