"""Pages 1 to 3: A patient, B event or problem, C availability of the product."""

from __future__ import annotations

from aeapp.domain.codelists.safety import (
    AgeUnit,
    Availability,
    Race,
    ReportType,
    Seriousness,
    Sex,
    WeightUnit,
)
from aeapp.domain.vitals.table import LEGEND
from aeapp.formspecs.drafting import EXAMPLE, Page
from aeapp.formspecs.model import Cell, Kind, Repeat, Section

P1, P2, P3 = Page(1), Page(2), Page(3)

TEST_ROWS = 8
TEST_TOPS = (22.3, 28.8, 35.3, 42.1, 48.7, 55.1, 61.4, 67.7)

PATIENT = Section(
    letter="A",
    title="PATIENT INFORMATION",
    frames=(P1.border(13.6, 54.9, 191.7, 146.5), P1.bar(13.6, 54.9, 191.7, 6.4)),
    words=(
        P1.title(109.4, 55.9, "**A. PATIENT INFORMATION**"),
        P1.words(15.4, 74.0, "2. **Age**"),
    ),
    rules=(
        P1.rule(13.6, 73.7, w=191.7),
        P1.rule(13.6, 88.1, w=191.7),
        P1.rule(70.9, 88.1, h=16.0),
        P1.rule(13.6, 104.1, w=191.7),
    ),
    cells=(
        P1.cell(
            Kind.TEXT,
            "A1",
            "subject.identifier",
            "1. **Patient Identifier** __(In confidence)__",
            at=(15.4, 62.5),
            box=(16.1, 67.4, 89.6, 4.9),
        ),
        P1.cell(
            Kind.NUMBER,
            "A2",
            "subject.age",
            caption="Age",
            box=(17.8, 80.1, 9.7, 4.9),
            max_digits=3,
            instead_of="subject.birth_date",
        ),
        P1.cell(
            Kind.PICK,
            "A2",
            "subject.age_unit",
            caption="Age, unit",
            needs="subject.age",
            options=P1.ticks(AgeUnit, (30.1, 78.4), (30.1, 83.3), (49.9, 78.5), (49.9, 83.4)),
        ),
        P1.cell(
            Kind.DATE,
            "A2",
            "subject.birth_date",
            f"or   **Date of Birth** {EXAMPLE}",
            caption="Date of Birth",
            at=(73.2, 79.8),
            box=(124.8, 79.6, 44.8, 4.9),
            width=51.0,
            instead_of="subject.age",
        ),
        P1.cell(
            Kind.PICK,
            "A3",
            "patient.sex",
            "3. **Sex**",
            at=(15.4, 88.9),
            options=P1.ticks(Sex, (18.3, 94.1), (18.3, 99.2)),
        ),
        P1.cell(
            Kind.NUMBER,
            "A4",
            "subject.weight",
            "4. **Weight**",
            at=(72.8, 88.9),
            box=(76.7, 94.7, 9.7, 4.9),
            max_digits=5,
        ),
        P1.cell(
            Kind.PICK,
            "A4",
            "subject.weight_unit",
            caption="Weight, unit",
            needs="subject.weight",
            options=P1.ticks(WeightUnit, (88.9, 92.7), (88.9, 97.2)),
        ),
        P1.cell(
            Kind.CHECK,
            "A5",
            "patient.race",
            "5. **Race and/or Ethnicity** __(Select all that apply)__",
            at=(15.4, 104.8),
            options=P1.ticks(
                Race,
                (20.0, 109.8),
                (20.0, 115.1),
                (20.0, 120.3),
                (20.0, 125.6),
                (96.6, 109.8),
                (96.6, 115.3),
                (96.6, 120.5),
            ),
        ),
    ),
)

B1_TO_B4 = (
    P1.cell(
        Kind.CHECK,
        "B1",
        "case.types",
        "1. **Type of Report** __(Check all that apply)__",
        at=(15.4, 138.2),
        options=P1.ticks(
            ReportType,
            (16.9, 144.0),
            (16.9, 151.0),
            (16.9, 157.9),
            (16.9, 164.8),
            PRODUCT_PROBLEM="Product Problem __(e.g., defects/malfunctions)__",
        ),
    ),
    P1.cell(
        Kind.CHECK,
        "B2",
        "happening.seriousness",
        "2. **Outcome Attributed to Adverse Event** __(Check all that apply)__",
        at=(97.7, 137.6),
        options=P1.ticks(
            Seriousness,
            (101.5, 143.1),
            (101.5, 149.0),
            (101.5, 154.8),
            (101.5, 160.7),
            (101.5, 166.5),
            (101.5, 172.6),
            (101.5, 178.7),
            DEATH=f"Death – Date of death {EXAMPLE}:",
            HOSPITALIZATION="Hospitalization (__Initial or prolonged__)",
        ),
    ),
    P1.cell(
        Kind.DATE,
        "B2",
        "happening.died_on",
        caption="Date of death",
        box=(163.5, 142.2, 30.3, 4.8),
        needs="happening.seriousness=death",
    ),
    P1.cell(
        Kind.DATE,
        "B3",
        "happening.onset",
        f"3. **Date of Event** {EXAMPLE}",
        at=(15.4, 185.2),
        box=(19.1, 189.6, 27.4, 4.9),
    ),
    P1.cell(
        Kind.DATE,
        "B4",
        "report.reported_on",
        f"4. **Date of this Report** {EXAMPLE}",
        at=(100.9, 185.2),
        box=(104.3, 189.8, 27.4, 4.9),
    ),
)

B5 = P2.cell(
    Kind.LONG,
    "B5",
    "case.narrative",
    "5. **Describe Event, Problem or Product Use/Medication Error**",
    at=(13.9, 17.8),
    box=(14.0, 24.9, 187.4, 183.6),
    max_chars=4000,
)


def _test_row(k: int) -> tuple[Cell, ...]:
    """Return the four cells of a row of B6."""
    y, path = TEST_TOPS[k], f"tests[{k}]."
    return (
        P3.cell(
            Kind.TEXT,
            "B6",
            path + "text",
            caption="Relevant Test/Laboratory Data",
            box=(15.4, y, 63.6, 4.9),
        ),
        P3.cell(
            Kind.TEXT,
            "B6",
            path + "low",
            caption="Low Test Range",
            box=(80.2, y, 43.0, 4.9),
            max_chars=50,
        ),
        P3.cell(
            Kind.TEXT,
            "B6",
            path + "high",
            caption="High Test Range",
            box=(124.3, y, 43.0, 4.9),
            max_chars=50,
        ),
        P3.cell(Kind.DATE, "B6", path + "at", caption="Date", box=(168.7, y, 32.8, 4.9)),
    )


B6_AND_B7 = (
    *(cell for k in range(TEST_ROWS) for cell in _test_row(k)),
    P3.cell(
        Kind.LONG,
        "B6",
        "case.test_comments",
        "**Additional comments**",
        at=(14.6, 75.0),
        box=(15.0, 80.2, 186.3, 69.5),
        max_chars=2000,
    ),
    P3.cell(
        Kind.LONG,
        "B7",
        "happening.history",
        "7. **Other Relevant History, Including Preexisting Medical Conditions** __(e.g., "
        "allergies, pregnancy, tobacco product use, liver/kidney__\n__problems, etc.)__",
        caption="Other Relevant History, Including Preexisting Medical Conditions",
        at=(14.8, 151.0),
        width=187.0,
        box=(14.6, 159.1, 186.3, 71.2),
        max_chars=2000,
    ),
)

EVENT = Section(
    letter="B",
    title="ADVERSE EVENT, PRODUCT PROBLEM",
    frames=(
        P1.bar(13.6, 131.6, 191.7, 5.6),
        P2.border(11.3, 11.6, 192.9, 209.3),
        P3.border(12.0, 11.4, 191.5, 251.4),
    ),
    words=(
        P1.title(109.4, 132.2, "**B. ADVERSE EVENT, PRODUCT PROBLEM**"),
        P2.words(139.3, 17.8, "Maximum on the official form: 4,000 characters"),
        P3.words(15.1, 14.6, "6. **Relevant Test/Laboratory Data**"),
        P3.words(15.1, 18.4, LEGEND),
        P3.words(79.8, 14.9, "**Low Test Range**"),
        P3.words(123.9, 14.9, "**High Test Range**"),
        P3.words(167.5, 14.9, f"**Date** {EXAMPLE}", width=35.0),
        P3.words(142.5, 75.0, "Maximum on the official form: 2,000", width=59.0),
        P3.words(145.2, 155.0, "Maximum on the official form: 2,000", width=56.0),
    ),
    rules=(
        P1.rule(96.3, 137.2, h=47.3),
        P1.rule(13.6, 184.5, w=191.7),
        P3.rule(12.0, 74.4, w=191.5),
        P3.rule(12.0, 150.4, w=191.5),
    ),
    cells=(*B1_TO_B4, B5, *B6_AND_B7),
)

AVAILABILITY = Section(
    letter="C",
    title="PRODUCT AVAILABILITY",
    frames=(P3.bar(12.0, 231.9, 191.5, 5.9),),
    words=(P3.title(107.7, 232.7, "**C. PRODUCT AVAILABILITY**"),),
    rules=(P3.rule(118.4, 237.8, h=25.0),),
    cells=(
        P3.cell(
            Kind.PICK,
            "C1",
            "case.availability",
            "1. **Product Available for Evaluation?** __(Do not send product to FDA)__",
            at=(15.4, 238.6),
            options=P3.ticks(
                Availability,
                (19.2, 244.2),
                (19.2, 249.6),
                (19.2, 255.1),
                RETURNED=f"Returned to Manufacturer on {EXAMPLE}",
            ),
        ),
        P3.cell(
            Kind.DATE,
            "C1",
            "case.returned_on",
            caption="Returned to Manufacturer on",
            box=(90.3, 254.5, 23.1, 4.6),
            needs="case.availability=returned",
        ),
        P3.cell(
            Kind.MARK,
            "C2",
            "case.pictures",
            "2. **Do you have a picture of the product? While not**\n"
            "    **required, pictures of all sides of the product will help**\n"
            "    **FDA review your report.** __(Check yes if you are__\n"
            "    __including pictures.)__",
            caption="Do you have a picture of the product?",
            at=(121.5, 241.0),
            width=81.0,
            options=(P3.tick("yes", "Yes", 123.4, 257.1),),
        ),
    ),
)

TESTS = Repeat(
    path="tests",
    number="B6",
    room=TEST_ROWS,
    flag="shown",
    legend=LEGEND,
    heading="Relevant Test/Laboratory Data: further readings in time order",
)
