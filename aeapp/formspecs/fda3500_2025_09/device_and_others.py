"""Page 6: E suspect medical device, F other products."""

from __future__ import annotations

from aeapp.domain.codelists.safety import DeviceOperator, YesNoUnknown
from aeapp.formspecs.drafting import EXAMPLE, Page, several_devices
from aeapp.formspecs.model import Cell, Kind, Repeat, Rule, Section, Words

P6 = Page(6)
ROWS = 10
_FIRST_ROW, _PITCH = 174.1, 5.843
_UNDER = "__(e.g., 01-Jan-1900)__"


def _cells(page: Page, who: str) -> tuple[Cell, ...]:
    """Return E1 to E8 of one device, in the order of the form."""
    parts = (_name, _maker_and_lot, _identifiers, _use, _reuse)
    return tuple(cell for part in parts for cell in part(page, who))


def _name(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.TEXT, "E1", who + "brand", "1. **Brand Name**",
            at=(15.4, 36.9), box=(15.4, 40.8, 82.4, 5.0),
        ),
        page.cell(
            Kind.TEXT, "E2a", who + "procode", "2a. **Procode**",
            at=(99.6, 36.9), width=19.8, box=(99.9, 40.8, 18.4, 5.0), max_chars=3,
        ),
        page.cell(
            Kind.TEXT, "E2b", who + "common_name", "2b. **Common Device Name**",
            at=(121.1, 36.9), box=(121.1, 40.8, 81.5, 5.0),
        ),
    )  # fmt: skip


def _maker_and_lot(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.TEXT, "E3", who + "maker", "3. **Manufacurer Name, City and State**",
            at=(15.4, 47.0), box=(15.4, 50.9, 187.0, 5.0),
        ),
        page.cell(
            Kind.TEXT, "E4", who + "model", "4. **Model #**",
            at=(15.4, 56.8), box=(15.4, 60.8, 42.2, 5.0),
        ),
        page.cell(
            Kind.TEXT, "E4", who + "lot", "**Lot #**",
            at=(59.9, 56.8), box=(59.9, 60.8, 48.9, 5.0),
        ),
        page.cell(
            Kind.TEXT, "E4", who + "catalog", "**Catalog #**",
            at=(110.6, 56.8), box=(110.5, 60.8, 91.9, 5.0),
        ),
    )  # fmt: skip


def _identifiers(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.DATE, "E4", who + "expires", f"**Expiration Date** {EXAMPLE}",
            at=(15.4, 66.7), width=48.6, box=(15.4, 70.7, 48.2, 5.0),
        ),
        page.cell(
            Kind.TEXT, "E4", who + "serial", "**Serial #**",
            at=(66.1, 66.7), box=(66.1, 70.7, 136.4, 5.0),
        ),
        page.cell(
            Kind.LONG, "E4", who + "udi", "**Unique Device Identifier** __(UDI)__ **#**",
            caption="Unique Device Identifier (UDI) #",
            at=(15.4, 76.8), box=(15.4, 80.9, 187.0, 44.8), max_chars=1000,
        ),
    )  # fmt: skip


def _use(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.PICK, "E5", who + "operator", "5. **Operator of device**",
            at=(14.4, 127.6),
            options=page.ticks(DeviceOperator, (17.6, 134.7), (51.1, 134.7), (83.0, 134.7)),
        ),
        page.cell(
            Kind.DATE, "E6a", who + "implanted",
            f"6a. **If Implanted, Give Date**\n      {_UNDER}",
            at=(101.0, 127.4), width=47.5, box=(101.4, 135.2, 42.9, 5.0),
        ),
        page.cell(
            Kind.DATE, "E6b", who + "explanted",
            f"6b. **If Explanted, Give Date**\n      {_UNDER}",
            at=(151.5, 127.4), width=51.0, box=(151.9, 135.2, 46.2, 5.0),
        ),
    )  # fmt: skip


def _reuse(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.YES_NO, "E7a", who + "reprocessed",
            "7a. **Is this a single-use device**\n      **that was reprocessed and**\n"
            "      **reused on a patient?**",
            at=(15.4, 141.6), width=44.0,
            options=page.yes_no((20.7, 153.4), (33.4, 153.4)),
        ),
        page.cell(
            Kind.LONG, "E7b", who + "reprocessor",
            "7b. **If Yes to Item 7a, Enter Name, Address of Reprocessor**",
            caption="If Yes to Item 7a, Enter Name, Address of Reprocessor",
            at=(61.6, 141.6), width=92.0, box=(62.0, 146.6, 91.2, 10.5),
            needs=who + "reprocessed=yes",
        ),
        page.cell(
            Kind.PICK, "E8", who + "serviced",
            "8. **Was this device ever serviced**\n    **by a third-party servicer?**",
            at=(155.7, 141.6), width=47.5,
            options=page.ticks(YesNoUnknown, (159.3, 149.9), (170.9, 149.9), (182.2, 149.9)),
        ),
    )  # fmt: skip


def _rules(page: Page) -> tuple[Rule, ...]:
    return (
        page.rule(98.9, 36.8, h=9.8),
        page.rule(119.7, 36.8, h=9.8),
        page.rule(13.1, 46.6, w=190.9),
        page.rule(13.1, 56.5, w=190.9),
        page.rule(58.8, 56.5, h=9.9),
        page.rule(109.7, 56.5, h=9.9),
        page.rule(13.1, 66.4, w=190.9),
        page.rule(64.8, 66.4, h=10.2),
        page.rule(13.1, 76.6, w=190.9),
        page.rule(13.1, 126.8, w=190.9),
        page.rule(97.5, 126.8, h=14.2),
        page.rule(149.1, 126.8, h=14.2),
        page.rule(13.1, 141.0, w=190.9),
        page.rule(60.3, 141.0, h=17.2),
        page.rule(154.5, 141.0, h=17.2),
    )


DEVICE = Section(
    letter="E",
    title="SUSPECT MEDICAL DEVICE",
    frames=(P6.border(13.1, 31.0, 190.9, 209.8), P6.bar(13.1, 31.0, 190.9, 5.6)),
    words=(
        P6.title(108.5, 31.6, "**E. SUSPECT MEDICAL DEVICE**"),
        P6.words(144.4, 76.8, "Maximum on the official form: 1,000", width=58.0),
    ),
    rules=_rules(P6),
    cells=_cells(P6, "case.device."),
)


FIRST_MARKED = Section(
    letter="",
    title="Mark of the first device",
    words=(P6.words(186.5, 31.9, "**Device 1**", size=9.0),),
    when=several_devices,
)

FURTHER_DEVICES = Repeat(
    path="case.further_devices",
    number="E",
    room=0,
    heading="Suspect medical devices",
    flag="is_told",
    after="case.device",
    page=Section(
        letter="E",
        title="SUSPECT MEDICAL DEVICE",
        frames=(P6.border(13.1, 31.0, 190.9, 127.2), P6.bar(13.1, 31.0, 190.9, 5.6)),
        words=(
            P6.title(108.5, 31.6, "**E. SUSPECT MEDICAL DEVICE: Device [*]**"),
            P6.words(144.4, 76.8, "Maximum on the official form: 1,000", width=58.0),
        ),
        rules=_rules(P6),
        cells=_cells(P6, "case.further_devices[*]."),
    ),
)


def _row(k: int) -> tuple[Cell, ...]:
    y, path = round(_FIRST_ROW + k * _PITCH, 1), f"concomitants[{k}]."
    return (
        P6.cell(
            Kind.TEXT, "F1", path + "name", caption="Product Name", box=(24.0, y, 70.1, 4.8),
            joins=(path + "dose",),
        ),
        P6.cell(
            Kind.DATE, "F1", path + "started", caption="Therapy Start Date",
            box=(95.1, y, 52.3, 4.8),
        ),
        P6.cell(
            Kind.DATE, "F1", path + "ended", caption="Therapy End Date",
            box=(148.4, y, 52.3, 4.8),
        ),
    )  # fmt: skip


def _row_number(k: int) -> Words:
    return P6.words(18.3, round(_FIRST_ROW + k * _PITCH + 0.5, 1), f"{k + 1}.")


OTHERS = Section(
    letter="F",
    title="OTHER (CONCOMITANT) MEDICAL PRODUCTS",
    frames=(P6.bar(13.1, 158.2, 190.9, 5.4),),
    words=(
        P6.title(108.5, 158.8, "**F. OTHER (CONCOMITANT) MEDICAL PRODUCTS**"),
        P6.words(
            15.4, 164.1, "1. **Product names and therapy dates** __(Exclude treatment of event)__"
        ),
        P6.words(24.0, 169.2, "Product Name"),
        P6.words(95.4, 169.2, f"Therapy Start Date {EXAMPLE}", width=52.0),
        P6.words(148.8, 169.2, f"Therapy End Date {EXAMPLE}", width=52.0),
        *(_row_number(k) for k in range(ROWS)),
    ),
    rules=(P6.rule(15.4, 168.4, w=186.3),),
    cells=tuple(cell for k in range(ROWS) for cell in _row(k)),
)

CONCOMITANTS = Repeat(
    path="concomitants",
    number="F1",
    room=ROWS,
    heading="Product names and therapy dates: further products",
)
