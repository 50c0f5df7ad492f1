"""Pages 4 and 5: D suspect products, one page each, and the page for those that follow."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.codelists.safety import Challenge, ProductType
from aeapp.formspecs.drafting import EXAMPLE, Page
from aeapp.formspecs.model import Cell, Frame, Kind, Repeat, Rule, Section, Words

ROOM = 2

# How far the parts of the second product stand from their place on page 4: (from y, shift).
_SECOND = ((0.0, -13.1), (183.0, -11.7), (220.0, -10.8), (247.0, -8.2))


def _second(x: float, y: float) -> tuple[float, float]:
    shift = next(dy for start, dy in reversed(_SECOND) if y >= start)
    return round(x - 1.1, 1), round(y + shift, 1)


def _purchase(page: Page, lot: str) -> Iterator[Cell]:
    yield page.cell(
        Kind.TEXT, "D1", lot + "bought_from", "Name", caption="Place of Purchase, Name",
        at=(17.4, 67.6), box=(17.0, 72.9, 184.8, 5.0), max_chars=125,
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", lot + "bought_address", "Address", caption="Place of Purchase, Address",
        at=(17.4, 79.2), box=(17.0, 84.5, 184.8, 5.0), max_chars=125,
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", lot + "bought_city", "City", caption="Place of Purchase, City",
        at=(16.9, 90.9), box=(16.9, 95.8, 76.1, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", lot + "bought_state", "State/Province/Region",
        caption="Place of Purchase, State/Province/Region",
        at=(95.0, 90.9), box=(95.0, 95.8, 81.1, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", lot + "bought_postal_code", "ZIP/Postal Code",
        caption="Place of Purchase, ZIP/Postal Code",
        at=(177.3, 90.9), box=(177.4, 95.8, 24.3, 5.0), max_chars=10,
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "D1", lot + "bought_country", "Country", caption="Place of Purchase, Country",
        at=(16.9, 101.9), box=(16.9, 106.4, 184.8, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", lot + "bought_website", "Website (If purchased online)",
        at=(16.9, 112.4), box=(16.9, 117.1, 151.0, 5.0), max_chars=70,
    )  # fmt: skip
    yield page.cell(
        Kind.DATE, "D1", lot + "bought_on", "Purchase Date",
        at=(171.2, 112.4), box=(171.6, 117.2, 21.3, 4.9),
    )  # fmt: skip


def _label(page: Page, who: str) -> Iterator[Cell]:
    product = who + "product."
    yield page.cell(
        Kind.TEXT, "D1", product + "name", "Product Name",
        at=(16.9, 39.6), box=(16.9, 44.3, 82.0, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", product + "strength", "Strength",
        at=(100.4, 39.6), box=(100.6, 44.3, 26.9, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "D1", product + "strength_unit", "Unit", caption="Strength, Unit",
        at=(129.1, 39.6), box=(129.1, 44.3, 72.7, 4.9),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", product + "ndc", "NDC # or Unique ID",
        at=(16.9, 50.2), box=(16.9, 54.9, 51.2, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", product + "maker", "Manufacturer/Compounder Name",
        at=(70.1, 50.2), box=(70.1, 54.9, 77.9, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D1", who + "lot.number", "Lot #",
        at=(149.8, 50.2), box=(149.8, 54.9, 51.9, 5.0),
    )  # fmt: skip
    yield from _purchase(page, who + "lot.")


def _use(page: Page, giving: str) -> Iterator[Cell]:
    yield page.cell(
        Kind.NUMBER, "D2", giving + "dose", "2. **Dose or Amount**",
        at=(16.5, 123.7), box=(21.5, 128.4, 73.6, 4.6), max_digits=6,
        joins=(giving + "dose_text",),
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "D2", giving + "dose_unit", "**Unit**", caption="Dose or Amount, Unit",
        at=(21.8, 134.2), box=(21.6, 138.6, 73.6, 4.6), needs=giving + "dose",
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "D2", giving + "frequency", "**Frequency**",
        at=(97.9, 123.7), box=(98.0, 128.4, 43.4, 4.6),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D2", giving + "frequency_text", "**Other Frequency**",
        at=(97.9, 134.2), box=(98.0, 138.6, 43.4, 4.6), needs=giving + "frequency=Other",
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "D2", giving + "route", "**Route**",
        at=(143.6, 123.7), box=(143.6, 128.4, 58.4, 4.6),
    )  # fmt: skip
    yield page.cell(
        Kind.TEXT, "D2", giving + "route_text", "**Other Route**",
        at=(143.6, 134.2), box=(143.6, 138.6, 58.4, 4.6), needs=giving + "route=050",
    )  # fmt: skip


def _dates(page: Page, giving: str) -> Iterator[Cell]:
    rows = (
        ("started", "Therapy/Usage started on", 152.6),
        ("ended", "Therapy/Usage stopped on", 159.8),
        ("reduced_on", "Dose reduced on", 167.6),
    )
    for name, caption, y in rows:
        yield page.cell(
            Kind.DATE, "D3", giving + name, f"{caption} {EXAMPLE}",
            at=(19.9, y + 0.4), width=60.0, box=(81.5, y, 21.3, 4.9),
            instead_of=giving + ("duration" if name != "reduced_on" else "started"),
        )  # fmt: skip
    yield page.cell(
        Kind.NUMBER, "D3", giving + "duration", "Duration",
        at=(114.4, 156.8), box=(128.5, 156.3, 21.7, 5.0), max_digits=5,
        instead_of=giving + "started",
    )  # fmt: skip
    yield page.cell(
        Kind.CHOICE, "D3", giving + "duration_unit", "Unit", caption="Duration, Unit",
        at=(114.4, 163.4), box=(128.5, 162.9, 68.8, 4.9), needs=giving + "duration",
    )  # fmt: skip
    yield page.cell(
        Kind.YES_NO, "D3", giving + "ongoing", "Is therapy/usage still on-going?",
        at=(18.4, 177.8), width=43.0, options=page.yes_no((62.1, 177.9), (74.1, 177.9)),
    )  # fmt: skip


def _kind_and_course(page: Page, who: str) -> Iterator[Cell]:
    yield page.cell(
        Kind.LONG, "D4", who + "indication", "4. **Diagnosis for use** __(Indication)__",
        at=(17.3, 184.8), box=(20.8, 189.8, 50.6, 43.5),
    )  # fmt: skip
    yield page.cell(
        Kind.CHECK, "D5", who + "product.types", "5. **Product Type** __(Check all that apply)__",
        at=(78.7, 184.8),
        options=page.ticks(
            ProductType,
            (86.6, 193.7), (86.6, 198.8), (86.6, 204.2), (86.6, 209.6),
            (87.2, 221.5), (87.2, 226.4), (87.2, 235.0), (87.2, 242.6),
            COMPOUNDED="Compounded product\n__(By a Pharmacy or an Outsourcing Facility)__",
            CANNABINOID="Cannabinoid hemp products\n__(Such as products containing CBD)__",
        ),
    )  # fmt: skip
    yield page.cell(
        Kind.DATE, "D6", who + "lot.expires", f"6. **Expiration Date**\n     {EXAMPLE}",
        at=(152.1, 184.8), box=(155.8, 194.9, 40.4, 5.0),
    )  # fmt: skip
    yield page.cell(
        Kind.PICK, "D7", who + "abated", "7. **Event Abated after use Stopped or Dose Reduced?**",
        at=(17.4, 248.5), width=78.0,
        options=page.ticks(Challenge, (22.0, 254.0), (35.2, 254.0), (48.3, 254.0)),
    )  # fmt: skip
    yield page.cell(
        Kind.PICK, "D8", who + "reappeared", "8. **Event Reappeared after Reintroduction?**",
        at=(99.4, 248.5),
        options=page.ticks(Challenge, (103.0, 254.0), (116.9, 254.0), (129.1, 254.0)),
    )  # fmt: skip


def _words(page: Page, member: str) -> tuple[Words, ...]:
    return (
        page.words(16.9, 24.0, f"**SUSPECT PRODUCT #{member}**", size=11.0),
        page.words(
            16.9, 32.9, "1. **Name, Strength, Manufacturer/Compounder** __(From product label).__"
        ),
        page.words(17.4, 61.9, "**Place and Date of Purchase**"),
        page.words(
            16.2,
            145.4,
            "3. **Treatment/Therapy/Usage Dates** __(Give best estimate of length of "
            "treatment/usage (start/stop) or date of dose reduction.)__",
            width=186.0,
        ),
        page.words(106.2, 160.0, "**OR**"),
        page.words(82.3, 189.0, "**Drug or Biologic**"),
        page.words(82.3, 216.7, "**Cosmetics** __(Select One)__"),
        page.words(82.3, 230.3, "**Other Product Types**"),
    )


def _rules(page: Page) -> tuple[Rule, ...]:
    across = (32.0, 38.3, 61.0, 66.3, 123.2, 144.4, 150.6, 183.6, 247.8)
    column = round(page.place(0, 247.8)[1] - page.place(0, 183.6)[1], 1)
    return (
        *(page.rule(15.4, y, w=189.1) for y in across),
        page.rule(19.0, 176.2, w=181.0),
        page.rule(76.5, 183.6, h=column),
        page.rule(150.4, 183.6, h=column),
        page.rule(97.4, 248.0, h=12.2),
    )


def _section(
    page: Page, member: str, frames: tuple[Frame, ...], title: tuple[Words, ...]
) -> Section:
    who = f"suspects[{'*' if member == '[*]' else int(member) - 1}]."
    return Section(
        letter="D",
        title="SUSPECT PRODUCTS",
        frames=frames,
        words=(*title, *_words(page, member)),
        rules=_rules(page),
        cells=(
            *_label(page, who),
            *_use(page, who + "giving."),
            *_dates(page, who + "giving."),
            *_kind_and_course(page, who),
        ),
    )


P4, P5 = Page(4), Page(5, _second)
_FIRST_FRAMES = (P4.border(15.4, 15.5, 189.1, 244.7), P4.bar(15.4, 15.5, 189.1, 5.5))
_TITLE = (P4.title(110.0, 16.0, "**D. SUSPECT PRODUCTS**"),)

PRODUCT_1 = _section(P4, "1", _FIRST_FRAMES, _TITLE)
PRODUCT_2 = _section(P5, "2", (Frame(Page(5).box(14.3, 9.0, 189.1, 243.0), rounded=True),), ())

SUSPECTS = Repeat(
    path="suspects",
    number="D",
    room=ROOM,
    heading="Suspect products",
    page=_section(P4, "[*]", _FIRST_FRAMES, _TITLE),
)
