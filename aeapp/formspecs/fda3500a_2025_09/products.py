"""Pages 4 to 6: C suspect products, one page each, and what was given at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aeapp.domain.codelists.safety import Challenge, ProductType
from aeapp.formspecs.drafting import EXAMPLE, Page
from aeapp.formspecs.model import Cell, Frame, Kind, Repeat, Rule, Section, Words

ROOM = 2
ROWS = 10
P6 = Page(6)
COSMETICS = "cosmetics"

# How far the parts of the second product stand from their place on page 4: (from y, shift).
_SECOND = ((0.0, -5.5), (24.0, -7.2), (40.0, -7.9), (53.0, -8.9), (65.0, -9.4), (177.0, -10.6))


def _second(x: float, y: float) -> tuple[float, float]:
    shift = next(dy for start, dy in reversed(_SECOND) if y >= start)
    return round(x - 0.9, 1), round(y + shift, 1)


def _label(page: Page, who: str) -> Iterator[Cell]:
    product = who + "product."
    yield page.cell(
        Kind.TEXT, "C1", product + "name", "Product Name",
        at=(16.0, 31.9), box=(16.0, 36.7, 82.0, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "C1", product + "strength", "Strength",
        at=(100.9, 31.9), box=(100.9, 36.7, 32.1, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "C1", product + "strength_unit", "Unit", caption="Strength, Unit",
        at=(135.4, 31.9), box=(135.0, 36.8, 67.3, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "C1", product + "ndc", "NDC # or Unique ID",
        at=(16.0, 43.0), box=(16.1, 48.1, 51.9, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "C1", product + "maker", "Manufacturer/Compounder Name",
        at=(71.2, 43.0), box=(71.0, 48.1, 131.2, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "C1", who + "lot.number", "Lot #",
        at=(16.1, 54.6), box=(16.1, 59.8, 50.7, 4.9),
    )  # fmt: skip


def _use(page: Page, giving: str) -> Iterator[Cell]:
    yield page.cell(
        Kind.NUMBER, "C2", giving + "dose", "2. **Dose or Amount**",
        at=(14.6, 67.5), box=(17.5, 72.8, 67.7, 4.6), max_digits=6,
        joins=(giving + "dose_text",),
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "C2", giving + "dose_unit", "**Unit**", caption="Dose or Amount, Unit",
        at=(17.5, 78.2), box=(17.5, 83.4, 67.7, 4.9), needs=giving + "dose",
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "C2", giving + "frequency", "**Frequency**",
        at=(88.4, 67.5), box=(88.4, 72.8, 56.0, 4.2),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "C2", giving + "frequency_text", "**Other Frequency**",
        at=(88.4, 78.2), box=(88.4, 83.4, 56.0, 4.9), needs=giving + "frequency=Other",
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "C2", giving + "route", "**Route**",
        at=(147.3, 67.5), box=(147.3, 72.8, 53.0, 4.2),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "C2", giving + "route_text", "**Other Route**",
        at=(147.3, 78.2), box=(147.3, 83.4, 53.0, 4.9), needs=giving + "route=050",
    )  # fmt: skip


def _dates(page: Page, giving: str) -> Iterator[Cell]:
    rows = (
        ("started", "Therapy/Usage started on", 95.9),
        ("ended", "Therapy/Usage stopped on", 102.0),
        ("reduced_on", "Dose Reduced on", 108.2),
    )
    for name, caption, y in rows:
        yield page.cell(
            Kind.DATE, "C3", giving + name, f"{caption} {EXAMPLE}",
            at=(18.8, y + 0.2), width=63.5, box=(83.8, y, 25.4, 4.9),
            instead_of=giving + ("duration" if name != "reduced_on" else "started"),
        )  # fmt: skip
    yield page.cell(
        Kind.NUMBER, "C3", giving + "duration", "Duration",
        at=(124.6, 99.2), box=(139.4, 98.8, 19.5, 4.9), max_digits=5,
        instead_of=giving + "started",
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "C3", giving + "duration_unit", "Unit", caption="Duration, Unit",
        at=(124.6, 106.4), box=(139.4, 106.0, 53.1, 4.9), needs=giving + "duration",
    )  # fmt: skip


def _kind_and_course(page: Page, who: str, limit: int) -> Iterator[Cell]:
    yield page.cell(
        Kind.LONG, "C4", who + "indication", "4. **Diagnosis for use** __(Indication)__",
        at=(14.3, 114.5), box=(17.1, 119.7, 74.9, 47.0), max_chars=limit,
    )  # fmt: skip
    yield page.cell(
        Kind.CHECK, "C5", who + "product.types", "5. **Product Type** __(Check all that apply)__",
        at=(95.9, 114.5), width=69.0,
        options=page.ticks(
            ProductType,
            (101.0, 123.8), (101.1, 129.0), (101.1, 134.3), (101.0, 140.0),
            (101.1, 151.0), (101.0, 155.9), (101.0, 165.2), (101.0, 172.8),
            COMPOUNDED="Compounded product\n__(By a Pharmacy or an Outsourcing Facility)__",
            CANNABINOID="Cannabinoid hemp products\n__(Such as products containing CBD)__",
        ),
    )  # fmt: skip
    yield page.cell(
        Kind.DATE, "C6", who + "lot.expires", f"6. **Expiration Date**\n     {EXAMPLE}",
        at=(166.7, 114.2), box=(171.3, 123.1, 25.4, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.PICK, "C7", who + "abated", "7. **Event Abated after use Stopped or Dose Reduced?**",
        at=(14.8, 180.2), width=95.0,
        options=page.ticks(
            Challenge, (19.7, 185.2), (40.8, 185.2), (62.5, 185.2), NOT_APPLICABLE="Doesn’t Apply"
        ),
    )  # fmt: skip
    yield page.cell(
        Kind.PICK, "C8", who + "reappeared", "8. **Event Reappeared after Reintroduction?**",
        at=(112.0, 180.2), width=90.0,
        options=page.ticks(
            Challenge,
            (118.1, 185.2), (136.6, 185.2), (154.3, 185.2),
            NOT_APPLICABLE="Doesn’t Apply",
        ),
    )  # fmt: skip


def _words(page: Page, member: str) -> tuple[Words, ...]:
    return (
        page.words(13.8, 19.6, f"**SUSPECT PRODUCT #{member}**", size=11.0),
        page.words(14.2, 26.3, "1. **Name, Strength, Manufacturer/Compounder**"),
        page.words(71.5, 54.6, "FEI # for cosmetics"),
        page.words(
            14.3,
            90.9,
            "3. **Treatment/Therapy/Usage Dates** __(Give best estimate of length of "
            "treatment/usage (start/stop) or date of dose reduction.)__",
            width=186.0,
        ),
        page.words(114.3, 102.1, "**OR**"),
        page.words(96.8, 119.3, "**Drug or Biologic**"),
        page.words(96.8, 146.8, "**Cosmetics** __(Select one)__"),
        page.words(96.8, 160.6, "**Other Product Types**"),
    )


def _rules(page: Page) -> tuple[Rule, ...]:
    across = (25.0, 31.0, 66.0, 89.8, 113.8, 178.0)
    column = round(page.place(0, 178.0)[1] - page.place(0, 113.8)[1], 1)
    return (
        *(page.rule(13.4, y, w=190.4) for y in across),
        page.rule(95.1, 113.8, h=column),
        page.rule(165.8, 113.8, h=column),
        page.rule(110.8, 178.0, h=15.4),
    )


def _section(
    page: Page, member: str, frames: tuple[Frame, ...], title: tuple[Words, ...], limit: int
) -> Section:
    who = f"suspects[{'*' if member == '[*]' else int(member) - 1}]."
    return Section(
        letter="C",
        title="SUSPECT PRODUCTS",
        frames=frames,
        words=(*title, *_words(page, member)),
        rules=_rules(page),
        cells=(
            *_label(page, who),
            *_use(page, who + "giving."),
            *_dates(page, who + "giving."),
            *_kind_and_course(page, who, limit),
        ),
        reserved=page.reserve("C1", "FEI # for cosmetics", COSMETICS, (71.2, 59.8, 131.2, 4.9)),
    )


P4, P5 = Page(4), Page(5, _second)
_FIRST_FRAMES = (P4.border(12.9, 13.4, 191.4, 180.2), P4.bar(12.9, 13.4, 191.4, 5.4))
_SECOND_FRAMES = (Frame(Page(5).box(12.5, 13.8, 191.4, 169.1), rounded=True),)
_TITLE = (P4.title(108.5, 13.9, "**C. SUSPECT PRODUCTS**"),)
# The official cell of the first product takes so many characters, that of the second any.
_INDICATION = 60

PRODUCT_1 = _section(P4, "1", _FIRST_FRAMES, _TITLE, _INDICATION)
PRODUCT_2 = _section(P5, "2", _SECOND_FRAMES, (), 0)

SUSPECTS = Repeat(
    path="suspects",
    number="C",
    room=ROOM,
    heading="Suspect products",
    page=_section(P4, "[*]", _FIRST_FRAMES, _TITLE, 0),
)


# ---------------------------------------------------------------- what was given beside them

_TOPS = (25.5, 31.5, 37.4, 43.3, 49.2, 55.1, 61.0, 66.9, 73.1, 79.2)


def _row(k: int) -> tuple[Cell, ...]:
    y, path = _TOPS[k], f"concomitants[{k}]."
    return (
        P6.cell(
            Kind.TEXT, "C9", path + "name", caption="Product Name", box=(18.7, y, 76.0, 4.9),
            joins=(path + "dose",),
        ),
        P6.cell(
            Kind.DATE, "C9", path + "started", caption="Therapy/Usage Start Date",
            box=(96.6, y, 56.2, 4.9),
        ),
        P6.cell(
            Kind.DATE, "C9", path + "ended", caption="Therapy/Usage Stop Date",
            box=(154.6, y, 46.3, 4.9),
        ),
    )  # fmt: skip


GIVEN_BESIDE = Section(
    letter="C",
    title="PRODUCTS GIVEN AT THE SAME TIME",
    frames=(P6.border(13.0, 11.3, 192.3, 235.8),),
    words=(
        P6.words(
            13.8,
            14.2,
            "9. **List Medical Product and Treatment Given at the Same Time of the Event and "
            "Date** __(Do not include treatment for initial event)__",
            width=189.0,
        ),
        P6.words(19.2, 18.3, "Product Name"),
        P6.words(96.9, 18.0, f"Therapy/Usage Start Date\n{EXAMPLE}"),
        P6.words(155.1, 18.0, f"Therapy/Usage Stop Date\n{EXAMPLE}"),
        *(P6.words(14.1, round(y + 0.5, 1), f"{k}.") for k, y in enumerate(_TOPS, 1)),
    ),
    cells=tuple(cell for k in range(ROWS) for cell in _row(k)),
)


def _about_products(case: Any) -> bool:
    """Tell whether section C is filled: not where a device alone is suspected."""
    return bool(case.suspects) or not case.case.devices


CONCOMITANTS = Repeat(
    path="concomitants",
    number="C9",
    room=ROWS,
    heading="Medical products given at the same time: further products",
    when=_about_products,
)
