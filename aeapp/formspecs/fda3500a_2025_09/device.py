"""Pages 6 and 7: D suspect medical device, and what was taken beside it."""

from __future__ import annotations

from aeapp.domain.codelists.safety import Availability, DeviceOperator, YesNoUnknown
from aeapp.formspecs.drafting import EXAMPLE, Page, has_device
from aeapp.formspecs.model import Cell, Kind, Repeat, Rule, Section

P6, P7 = Page(6), Page(7)
ROWS = 10
_TOPS = (80.0, 85.9, 91.8, 97.7, 103.6, 109.5, 115.4, 121.3, 127.3, 133.1)
_UNDER = "__(e.g., 01-Jan-1900)__"
_FIRST = "case.device."


def identity(page: Page, who: str) -> tuple[Cell, ...]:
    """Return the cells that say which device it is."""
    return (*_name(page, who), *_numbers(page, who))


def _name(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.TEXT, "D1", who + "brand", "1. **Brand Name**",
            at=(14.1, 95.5), box=(14.5, 100.6, 79.4, 4.6),
        ),
        page.cell(
            Kind.TEXT, "D2a", who + "procode", "2a. **Procode**",
            at=(95.5, 95.5), width=19.8, box=(95.6, 100.6, 19.1, 4.6), max_chars=3,
        ),
        page.cell(
            Kind.TEXT, "D2b", who + "common_name", "2b. **Common Device Name**",
            at=(117.2, 95.5), box=(117.5, 100.6, 80.4, 4.6), max_chars=32,
        ),
        page.cell(
            Kind.TEXT, "D3", who + "maker", "3. **Manufacturer Name, City, State, and Country**",
            at=(14.3, 110.6), box=(14.0, 116.2, 185.3, 5.0),
        ),
    )  # fmt: skip


def _numbers(page: Page, who: str) -> tuple[Cell, ...]:
    return (
        page.cell(
            Kind.TEXT, "D4", who + "model", "4. **Model #**",
            at=(14.2, 125.2), box=(14.3, 130.5, 39.9, 4.6),
        ),
        page.cell(
            Kind.TEXT, "D4", who + "lot", "**Lot #**",
            at=(56.8, 125.2), box=(56.8, 130.5, 51.0, 4.6),
        ),
        page.cell(
            Kind.TEXT, "D4", who + "catalog", "**Catalog #**",
            at=(109.9, 125.2), box=(109.9, 130.5, 89.3, 4.6),
        ),
        page.cell(
            Kind.DATE, "D4", who + "expires", f"**Expiration Date** {EXAMPLE}",
            at=(14.1, 139.2), width=49.5, box=(64.7, 138.8, 25.4, 4.9),
        ),
        page.cell(
            Kind.TEXT, "D4", who + "serial", "**Serial #**",
            at=(109.9, 139.2), box=(123.5, 138.8, 51.0, 4.9),
        ),
        page.cell(
            Kind.LONG, "D4", who + "udi", "**Unique Device Identifier** __(UDI) #__",
            caption="Unique Device Identifier (UDI) #",
            at=(14.5, 147.1), box=(15.4, 151.9, 184.8, 78.2), max_chars=1000,
        ),
    )  # fmt: skip


def use(page: Page, who: str) -> tuple[Cell, ...]:
    """Return the cells on how it was used."""
    return (
        page.cell(
            Kind.PICK, "D5", who + "operator", "5. **Operator of Device**",
            at=(12.6, 14.8),
            options=page.ticks(DeviceOperator, (16.5, 19.5), (49.0, 19.5), (16.5, 24.3)),
        ),
        page.cell(
            Kind.TEXT, "D5", who + "operator_text", caption="Other operator",
            box=(30.8, 24.1, 46.0, 4.9), max_chars=30, needs=who + "operator=other",
        ),
        page.cell(
            Kind.DATE, "D6a", who + "implanted",
            f"6a. **If Implanted, Give Date**\n      {_UNDER}",
            at=(80.0, 14.2), width=57.0, box=(86.2, 22.9, 25.4, 4.9),
        ),
        page.cell(
            Kind.DATE, "D6b", who + "explanted",
            f"6b. **If Explanted, Give Date**\n      {_UNDER}",
            at=(139.4, 14.3), width=57.0, box=(145.1, 22.7, 24.3, 5.3),
        ),
        page.cell(
            Kind.YES_NO, "D7a", who + "reprocessed",
            "7a. **Is this a single-use device that was**\n"
            "      **reprocessed and reused on a patient?**",
            at=(12.6, 32.8), width=65.0, options=page.yes_no((16.8, 41.7), (29.5, 41.7)),
        ),
        page.cell(
            Kind.LONG, "D7b", who + "reprocessor",
            "7b. **If yes, enter the name and address of the reprocessor**",
            at=(80.2, 33.3), box=(80.6, 38.0, 119.3, 11.6), needs=who + "reprocessed=yes",
        ),
        page.cell(
            Kind.PICK, "D8", who + "serviced",
            "8. **Was this device ever serviced by a**\n    **third-party servicer?**",
            at=(12.6, 51.2), width=65.0,
            options=page.ticks(YesNoUnknown, (16.8, 61.3), (29.5, 61.3), (42.9, 61.3)),
        ),
    )  # fmt: skip


AVAILABILITY = (
    P7.cell(
        Kind.PICK, "D9", "case.availability",
        "9. **Is this Device Available for Evaluation?** __(Do not send to FDA)__",
        at=(81.0, 50.9), when=has_device,
        options=P7.ticks(
            Availability, (82.1, 56.1), (96.7, 56.1), (82.1, 61.5),
            RETURNED="Returned to manufacturer __(01-Jan-1900)__",
        ),
    ),
    P7.cell(
        Kind.DATE, "D9", "case.returned_on", caption="Returned to manufacturer on",
        box=(142.6, 61.1, 21.9, 4.6), needs="case.availability=returned", when=has_device,
    ),
)  # fmt: skip


def _row(k: int) -> tuple[Cell, ...]:
    y, path = _TOPS[k], f"companions[{k}]."
    return (
        P7.cell(
            Kind.TEXT, "D10", path + "name", caption="Product Name", box=(20.1, y, 81.4, 4.9),
            joins=(path + "dose",),
        ),
        P7.cell(
            Kind.DATE, "D10", path + "started", caption="Therapy/Usage Start Date",
            box=(103.6, y, 46.7, 4.9),
        ),
        P7.cell(
            Kind.DATE, "D10", path + "ended", caption="Therapy/Usage End Date",
            box=(152.4, y, 45.9, 4.9),
        ),
    )  # fmt: skip


def identity_rules(page: Page) -> tuple[Rule, ...]:
    """Return the lines between the cells that say which device it is."""
    return (
        page.rule(115.8, 93.6, h=15.4),
        page.rule(94.5, 93.6, h=15.4),
        page.rule(13.0, 109.0, w=192.3),
        page.rule(13.0, 123.2, w=192.3),
        page.rule(55.2, 123.2, h=14.2),
        page.rule(108.7, 123.2, h=22.8),
        page.rule(13.0, 137.4, w=192.3),
        page.rule(13.0, 146.0, w=192.3),
    )


def use_rules(page: Page, width: float = 191.0) -> tuple[Rule, ...]:
    """Return the lines between the cells on how it was used."""
    return (
        page.rule(79.1, 11.6, h=56.7),
        page.rule(137.7, 11.6, h=19.3),
        page.rule(11.8, 30.9, w=width),
        page.rule(11.8, 50.7, w=width),
        page.rule(11.8, 68.3, w=width),
    )


DEVICE = Section(
    letter="D",
    title="SUSPECT MEDICAL DEVICE",
    frames=(P6.bar(13.0, 88.0, 192.3, 5.6), P7.border(11.8, 11.6, 191.0, 210.5)),
    words=(
        P6.title(109.0, 88.7, "**D. SUSPECT MEDICAL DEVICE**"),
        P6.words(144.0, 147.1, "Maximum on the official form: 1,000", width=57.0),
    ),
    rules=(*identity_rules(P6), *use_rules(P7)),
    cells=(*identity(P6, _FIRST), *use(P7, _FIRST), *AVAILABILITY),
)

TAKEN_BESIDE = Section(
    letter="D",
    title="PRODUCTS TAKEN BESIDE THE DEVICE",
    words=(
        P7.words(
            12.6,
            68.6,
            "10. **Concomitant Medical Products and Therapy/usage Dates** "
            "__(Exclude treatment of event)__",
            width=187.0,
        ),
        P7.words(19.9, 72.8, "Product Name"),
        P7.words(103.5, 72.4, f"Therapy/Usage Start Date\n{EXAMPLE}"),
        P7.words(152.1, 72.4, f"Therapy/Usage End Date\n{EXAMPLE}"),
        *(P7.words(15.4, round(y + 0.5, 1), f"{k}.") for k, y in enumerate(_TOPS, 1)),
    ),
    cells=tuple(cell for k in range(ROWS) for cell in _row(k)),
)

COMPANIONS = Repeat(
    path="companions",
    number="D10",
    room=ROWS,
    heading="Concomitant medical products: further products",
    like="concomitants",
)
