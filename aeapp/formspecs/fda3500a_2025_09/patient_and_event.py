"""Pages 1 to 3: A patient, B event or problem."""

from __future__ import annotations

from aeapp.domain.codelists.safety import AgeUnit, Race, ReportType, Seriousness, Sex, WeightUnit
from aeapp.domain.vitals.table import LEGEND
from aeapp.formspecs.drafting import EXAMPLE, Page
from aeapp.formspecs.model import Cell, Kind, Repeat, Room, Section

P1, P2, P3 = Page(1), Page(2), Page(3)

TEST_ROWS = 8
TEST_TOPS = (22.2, 28.5, 35.1, 41.4, 47.9, 54.5, 61.2, 67.8)
_FIRST, _SECOND = 2500, 7500

PATIENT = Section(
    letter="A",
    title="PATIENT INFORMATION",
    frames=(P1.border(13.4, 52.6, 192.2, 197.5), P1.bar(13.4, 52.6, 192.2, 5.4)),
    words=(
        P1.title(109.0, 53.2, "**A. PATIENT INFORMATION**"),
        P1.words(95.4, 58.7, "**2. Age**"),
    ),
    rules=(
        P1.rule(162.2, 58.0, h=26.4),
        P1.rule(93.5, 58.0, h=26.4),
        P1.rule(93.5, 73.2, w=68.7),
        P1.rule(43.1, 84.4, h=25.7),
        P1.rule(13.4, 84.4, w=192.2),
    ),
    cells=(
        P1.cell(
            Kind.TEXT, "A1", "subject.identifier",
            "1. **Patient Identifier** __(In confidence)__",
            at=(14.3, 58.7), box=(14.7, 63.5, 73.7, 4.6),
        ),
        P1.cell(
            Kind.NUMBER, "A2", "subject.age", caption="Age",
            box=(106.0, 59.0, 8.8, 4.4), max_digits=3, instead_of="subject.birth_date",
        ),
        P1.cell(
            Kind.PICK, "A2", "subject.age_unit", caption="Age, unit", needs="subject.age",
            options=P1.ticks(AgeUnit, (95.6, 63.6), (117.3, 63.6), (95.6, 68.4), (117.3, 68.4)),
        ),
        P1.cell(
            Kind.DATE, "A2", "subject.birth_date", f"**or Date of Birth** {EXAMPLE}",
            caption="Date of Birth",
            at=(95.6, 74.2), width=64.0, box=(95.6, 78.7, 34.8, 4.6), instead_of="subject.age",
        ),
        P1.cell(
            Kind.PICK, "A3", "patient.sex", "3. **Sex**",
            at=(164.0, 58.7), options=P1.ticks(Sex, (164.2, 63.4), (164.2, 68.2)),
        ),
        P1.cell(
            Kind.NUMBER, "A4", "subject.weight", "4. **Weight**",
            at=(14.3, 85.1), width=14.4, box=(29.1, 85.2, 8.8, 4.4), max_digits=5,
        ),
        P1.cell(
            Kind.PICK, "A4", "subject.weight_unit", caption="Weight, unit",
            needs="subject.weight",
            options=P1.ticks(WeightUnit, (18.3, 90.6), (18.3, 95.4)),
        ),
        P1.cell(
            Kind.CHECK, "A5", "patient.race",
            "5. **Race and/or Ethnicity** __(Select all that apply)__",
            at=(44.4, 85.1),
            options=P1.ticks(
                Race,
                (44.8, 90.4), (44.8, 95.2), (44.8, 100.0), (44.8, 104.8),
                (103.4, 90.6), (103.4, 95.4), (103.4, 100.2),
            ),
        ),
    ),
)  # fmt: skip

# Two kinds of report have no box here; what a case says of them stands in B5.
_TYPES = (
    P1.tick(ReportType.ADVERSE_EVENT.value, "Adverse Event", 15.0, 121.5),
    P1.tick(
        ReportType.PRODUCT_PROBLEM.value,
        "Product Problem\n__(e.g., defects/malfunctions)__",
        15.2,
        126.4,
    ),
)

B1_TO_B4 = (
    P1.cell(
        Kind.CHECK, "B1", "case.types", "1. **Type of Report** __(Check all that apply)__",
        at=(14.2, 116.4), width=55.5, options=_TYPES,
    ),
    P1.cell(
        Kind.CHECK, "B2", "happening.seriousness",
        "2. **Outcome Attributed to Adverse Event** __(Check all that apply)__",
        at=(72.1, 116.9),
        options=P1.ticks(
            Seriousness,
            (72.7, 121.7), (72.7, 136.5), (72.7, 131.5), (142.1, 122.1),
            (72.7, 141.3), (142.1, 126.9), (142.1, 131.7),
            DEATH=f"Death - Date of death {EXAMPLE}:",
            HOSPITALIZATION="Hospitalization __(Initial or prolonged)__",
        ),
    ),
    P1.cell(
        Kind.DATE, "B2", "happening.died_on", caption="Date of death",
        box=(77.9, 125.9, 21.9, 4.6), needs="happening.seriousness=death",
    ),
    P1.cell(
        Kind.DATE, "B3", "happening.onset", "3. **Date of Event** __(e.g, 01-Jan-1900)__",
        at=(14.4, 147.7), width=49.0, box=(64.1, 147.4, 36.3, 4.6),
    ),
    P1.cell(
        Kind.DATE, "B4", "report.reported_on", f"4. **Date of this Report** {EXAMPLE}",
        at=(104.7, 147.7), width=57.0, box=(162.6, 147.4, 40.9, 4.6),
    ),
)  # fmt: skip

# One text in two cells: what page 1 does not hold goes on on page 2.
B5 = P1.cell(
    Kind.LONG, "B5", "case.narrative", "5. **Describe Event or Problem**",
    at=(15.4, 155.1), box=(15.1, 160.3, 188.8, 77.8), max_chars=_FIRST,
    more=(Room(P2.box(16.0, 19.3, 185.2, 242.2), _SECOND),),
)  # fmt: skip


def _test_row(k: int) -> tuple[Cell, ...]:
    """Return the four cells of a row of B6."""
    y, path = TEST_TOPS[k], f"tests[{k}]."
    return (
        P3.cell(
            Kind.TEXT, "B6", path + "text", caption="Relevant Test/Laboratory Data",
            box=(15.0, y, 85.0, 4.9),
        ),
        P3.cell(
            Kind.TEXT, "B6", path + "low", caption="Low Test Range", box=(101.5, y, 33.9, 4.9)
        ),
        P3.cell(
            Kind.TEXT, "B6", path + "high", caption="High Test Range", box=(136.7, y, 33.9, 4.9)
        ),
        P3.cell(Kind.DATE, "B6", path + "at", caption="Date", box=(171.7, y, 28.8, 4.9)),
    )  # fmt: skip


B6_AND_B7 = (
    *(cell for k in range(TEST_ROWS) for cell in _test_row(k)),
    P3.cell(
        Kind.LONG, "B6", "case.test_comments", "**Additional Comments**",
        at=(15.8, 76.6), box=(16.4, 82.0, 184.0, 74.0), max_chars=2000,
    ),
    P3.cell(
        Kind.LONG, "B7", "happening.history",
        "7. **Other Relevant History, Including Preexisting Medical Conditions**\n"
        "     __(e.g., allergies, pregnancy, tobacco product use, alcohol use, and liver/kidney__\n"
        "     __problems, etc.)__",
        caption="Other Relevant History, Including Preexisting Medical Conditions",
        at=(16.6, 159.4), width=125.0, box=(16.7, 172.5, 183.1, 75.8), max_chars=2000,
    ),
)  # fmt: skip

EVENT = Section(
    letter="B",
    title="ADVERSE EVENT OR PRODUCT PROBLEM",
    frames=(
        P1.bar(13.4, 110.1, 192.2, 5.9),
        P2.border(14.6, 14.0, 190.9, 248.9),
        P3.border(12.6, 14.7, 191.5, 241.0),
    ),
    words=(
        P1.title(109.0, 111.0, "**B. ADVERSE EVENT OR PRODUCT PROBLEM**"),
        P1.words(142.0, 155.1, "Maximum on the official form: 10,000", width=61.0),
        P2.words(15.5, 14.6, "5. **Describe Event or Problem** __(Cont.)__"),
        P2.words(141.6, 14.6, "Maximum on the official form: 10,000", width=61.0),
        P3.words(15.0, 15.4, "6. **Relevant Test/Laboratory Data**"),
        P3.words(15.0, 18.8, LEGEND, width=85.0),
        P3.words(101.5, 16.9, "**Low Test Range**"),
        P3.words(136.7, 16.9, "**High Test Range**"),
        P3.words(171.6, 16.9, f"**Date** {EXAMPLE}", width=32.0),
        P3.words(142.0, 76.6, "Maximum on the official form: 2,000", width=58.0),
        P3.words(144.5, 167.4, "Maximum on the official form: 2,000", width=55.0),
    ),
    rules=(
        P1.rule(70.2, 116.0, h=29.8),
        P1.rule(13.4, 145.8, w=192.2),
        P1.rule(103.0, 145.8, h=8.6),
        P1.rule(13.4, 154.4, w=192.2),
        P3.rule(12.6, 74.4, w=191.5),
        P3.rule(12.6, 158.1, w=191.5),
    ),
    cells=(*B1_TO_B4, B5, *B6_AND_B7),
)

TESTS = Repeat(
    path="tests",
    number="B6",
    room=TEST_ROWS,
    flag="shown",
    legend=LEGEND,
    heading="Relevant Test/Laboratory Data: further readings in time order",
)
