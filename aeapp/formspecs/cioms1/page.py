"""The one page of CIOMS I: I reaction, II suspect drugs, III other drugs and history, IV maker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.codelists.safety import Challenge, Seriousness, Sex
from aeapp.domain.vitals.table import LEGEND
from aeapp.formspecs.drafting import TICK, Page
from aeapp.formspecs.model import Cell, Frame, Kind, Option, Repeat, Reserved, Section

P = Page(1)
LEFT, RIGHT, SPLIT = 12.7, 203.2, 150.0
WIDE = RIGHT - LEFT
ROW = 5.0
REACTION_ROOM, DRUG_ROOM, MEDICINE_ROOM = 3, 2, 8

HEAD = Section(
    letter="",
    title="Head",
    words=(
        P.words(LEFT, 11.5, "**Content of the CIOMS I form**", size=13.0),
        P.words(LEFT, 17.5, "SUSPECT ADVERSE REACTION REPORT", size=10.0),
        P.words(
            128.0,
            11.5,
            "Prepared by the clinic. Not the CIOMS form itself.\n"
            "Numbers and labels are those of its boxes.\n"
            "Dates: 2-digit day, 3-letter month, 4-digit year.",
            size=8.0,
            width=76.0,
        ),
    ),
)


def _date(
    number: str, path: str, words: str, places: tuple[float, ...], top: float
) -> Iterator[Cell]:
    parts = (("Day", 9.0), ("Month", 11.0), ("Year", 12.5))
    for (part, width), x in zip(parts, places, strict=True):
        yield P.cell(
            Kind.DATE, number, path, part, caption=f"{words}, {part}",
            at=(x, top), box=(x, top + 4.2, width, 4.9), part=part.lower(),
            instead_of="subject.age" if path.endswith("birth_date") else "",
        )  # fmt: skip


_SERIOUS = (
    (Seriousness.DEATH, "PATIENT DIED"),
    (Seriousness.HOSPITALIZATION, "INVOLVED OR PROLONGED\nINPATIENT HOSPITALISATION"),
    (
        Seriousness.DISABILITY,
        "INVOLVED PERSISTENCE OR\nSIGNIFICANT DISABILITY\nOR INCAPACITY",
    ),
    (Seriousness.LIFE_THREATENING, "LIFE THREATENING"),
    (Seriousness.CONGENITAL, "CONGENITAL ANOMALY"),
    (Seriousness.OTHER, "OTHER MEDICALLY IMPORTANT"),
)


def _serious() -> tuple[Option, ...]:
    tops = (56.0, 62.6, 71.4, 83.0, 89.6, 96.2)
    return tuple(
        P.tick(code.value, words, SPLIT + 2, top)
        for (code, words), top in zip(_SERIOUS, tops, strict=True)
    )


def _reaction(k: int) -> Cell:
    event = f"events[{k}]."
    return P.cell(
        Kind.TEXT, "7+13", event + "verbatim", caption=f"Reaction {k + 1}",
        joins=(event + "onset", event + "ended", event + "severity", event + "outcome",
               event + "treatment"),
        pattern=("{0}", "from {1}", "until {2}", "severity: {3}", "outcome: {4}",
                 "treated with: {5}"),
        box=(LEFT + 1.5, 54.6 + ROW * k, SPLIT - LEFT - 3, 4.9),
    )  # fmt: skip


REACTION = Section(
    letter="I",
    title="REACTION INFORMATION",
    frames=(
        P.bar(LEFT, 24.5, WIDE, 5.0),
        Frame(P.box(LEFT, 29.5, WIDE, 84.0), rounded=True),
    ),
    words=(
        P.title((LEFT + RIGHT) / 2, 25.0, "**I. REACTION INFORMATION**"),
        P.words(82.7, 30.1, "**2.** DATE OF BIRTH"),
        P.words(167.2, 30.1, "**4-6** REACTION ONSET"),
    ),
    rules=(
        P.rule(LEFT, 46.5, w=WIDE),
        P.rule(SPLIT, 46.5, h=67.0),
        *(P.rule(x, 29.5, h=17.0) for x in (52.0, 81.7, 118.0, 143.0, 166.2)),
    ),
    cells=(
        P.cell(
            Kind.TEXT, "1", "subject.identifier",
            "**1.** PATIENT INITIALS\n(first, last)", caption="PATIENT INITIALS (first, last)",
            at=(LEFT + 1, 30.1), width=37.0, box=(LEFT + 1.5, 39.9, 36.3, 4.9),
        ),
        P.cell(
            Kind.TEXT, "1a", "happening.country", "**1a.** COUNTRY", caption="COUNTRY",
            at=(53.0, 30.1), width=27.5, box=(53.5, 39.9, 26.7, 4.9),
        ),
        *_date("2", "subject.birth_date", "DATE OF BIRTH", (82.7, 92.2, 103.7), 35.7),
        P.cell(
            Kind.TEXT, "2a", "subject.age", "**2a.** AGE (Years)", caption="AGE (Years)",
            joins=("subject.age_unit",), pattern=("{0} {1}",),
            at=(119.0, 30.1), width=23.0, box=(119.2, 39.9, 22.6, 4.9),
            instead_of="subject.birth_date",
        ),
        P.cell(
            Kind.PICK, "3", "patient.sex", "**3.** SEX", caption="SEX", at=(144.0, 30.1),
            options=(
                P.tick(Sex.MALE.value, "M", 144.5, 34.8),
                P.tick(Sex.FEMALE.value, "F", 144.5, 40.6),
            ),
        ),
        *_date("4-6", "happening.onset", "REACTION ONSET", (167.2, 176.7, 188.2), 35.7),
        P.cell(
            Kind.CHECK, "8-12", "happening.seriousness",
            "**8-12** CHECK ALL APPROPRIATE\nTO ADVERSE REACTION",
            caption="CHECK ALL APPROPRIATE TO ADVERSE REACTION",
            at=(SPLIT + 1, 47.2), width=51.0, options=_serious(),
        ),
        *(_reaction(k) for k in range(REACTION_ROOM)),
        P.cell(
            Kind.LONG, "7+13", "case.narrative",
            "**7+13** DESCRIBE REACTION(S) (including relevant tests/lab data)",
            caption="DESCRIBE REACTION(S) (including relevant tests/lab data)",
            joins=("happening.died_on", "patient.death_source", "patient.death_cause",
                   "case.test_comments"),
            pattern=("{0}", "Patient died on {1}.", "The death is known from: {2}.",
                     "Cause of death: {3}.", "On the tests: {4}"),
            at=(LEFT + 1, 47.2), width=134.0, box=(LEFT + 1.5, 71.0, SPLIT - LEFT - 3, 41.5),
        ),
    ),
)  # fmt: skip


def _drug(k: int) -> Iterator[Cell]:
    who, giving = f"suspects[{k}].", f"suspects[{k}].giving."
    y = ROW * k
    half = LEFT + 84.0
    yield P.cell(
        Kind.TEXT, "14", who + "product.name", caption="SUSPECT DRUG(S)",
        joins=(who + "product.strength", who + "product.strength_unit", who + "product.maker",
               who + "lot.number", who + "lot.expires"),
        pattern=("{0} {1} {2}", "{3}", "batch {4}", "expires {5}"),
        box=(LEFT + 6, 123.6 + y, SPLIT - LEFT - 7.5, 4.9),
    )  # fmt: skip
    yield P.cell(
        Kind.TEXT, "15", giving + "dose", caption="DAILY DOSE(S)",
        joins=(giving + "dose_unit", giving + "dose_text", giving + "frequency",
               giving + "frequency_text"),
        pattern=("{0} {1}", "{2}", "{3}", "{4}"),
        box=(LEFT + 6, 138.8 + y, half - LEFT - 7.5, 4.9),
    )  # fmt: skip
    yield P.cell(
        Kind.TEXT, "16", giving + "route", caption="ROUTE(S) OF ADMINISTRATION",
        joins=(giving + "route_text",), pattern=("{0}", "{1}"),
        box=(half + 1.5, 138.8 + y, SPLIT - half - 3, 4.9),
    )  # fmt: skip
    yield P.cell(
        Kind.TEXT, "17", who + "indication", caption="INDICATION(S) FOR USE",
        box=(LEFT + 6, 154.0 + y, SPLIT - LEFT - 7.5, 4.9),
    )  # fmt: skip
    yield P.cell(
        Kind.TEXT, "18", giving + "started", caption="THERAPY DATES (from/to)",
        joins=(giving + "ended", giving + "reduced_on", giving + "ongoing"),
        pattern=("from {0}", "to {1}", "dose reduced {2}", "still on-going: {3}"),
        box=(LEFT + 6, 169.2 + y, half - LEFT - 7.5, 4.9), instead_of=giving + "duration",
    )  # fmt: skip
    yield P.cell(
        Kind.TEXT, "19", giving + "duration", caption="THERAPY DURATION",
        joins=(giving + "duration_unit",), pattern=("{0} {1}",),
        box=(half + 1.5, 169.2 + y, SPLIT - half - 3, 4.9), instead_of=giving + "started",
    )  # fmt: skip
    yield _answer("20", who + "abated", "DID REACTION ABATE AFTER STOPPING DRUG?", 128.4 + 6.6 * k)
    yield _answer(
        "21", who + "reappeared", "DID REACTION REAPPEAR AFTER REINTRODUCTION?", 158.4 + 6.6 * k
    )


def _answer(number: str, path: str, caption: str, top: float) -> Cell:
    words = ((Challenge.YES, "YES"), (Challenge.NO, "NO"), (Challenge.NOT_APPLICABLE, "NA"))
    return P.cell(
        Kind.PICK, number, path, caption=caption,
        options=tuple(
            P.tick(code.value, label, SPLIT + 7 + 15.5 * n, top)
            for n, (code, label) in enumerate(words)
        ),
    )  # fmt: skip


_HALF = LEFT + 84.0
DRUGS = Section(
    letter="II",
    title="SUSPECT DRUG(S) INFORMATION",
    frames=(
        P.bar(LEFT, 114.0, WIDE, 5.0),
        Frame(P.box(LEFT, 119.0, WIDE, 61.0), rounded=True),
    ),
    words=(
        P.title((LEFT + RIGHT) / 2, 114.5, "**II. SUSPECT DRUG(S) INFORMATION**"),
        P.words(LEFT + 1, 119.4, "**14.** SUSPECT DRUG(S) (include generic name)"),
        P.words(LEFT + 1, 134.6, "**15.** DAILY DOSE(S)"),
        P.words(_HALF + 1, 134.6, "**16.** ROUTE(S) OF ADMINISTRATION"),
        P.words(LEFT + 1, 149.8, "**17.** INDICATION(S) FOR USE"),
        P.words(LEFT + 1, 165.0, "**18.** THERAPY DATES (from/to)"),
        P.words(_HALF + 1, 165.0, "**19.** THERAPY DURATION"),
        P.words(SPLIT + 1, 119.4, "**20.** DID REACTION ABATE\nAFTER STOPPING DRUG?"),
        P.words(SPLIT + 1, 150.2, "**21.** DID REACTION REAPPEAR\nAFTER REINTRODUCTION?"),
        *(
            P.words(x, y + 0.6 + step * k, f"#{k + 1}")
            for x, y, step in (
                (LEFT + 1, 123.8, ROW),
                (LEFT + 1, 139.0, ROW),
                (LEFT + 1, 154.2, ROW),
                (LEFT + 1, 169.4, ROW),
                (SPLIT + 1.5, 128.2, 6.6),
                (SPLIT + 1.5, 158.2, 6.6),
            )
            for k in range(DRUG_ROOM)
        ),
    ),
    rules=(
        P.rule(LEFT, 134.2, w=SPLIT - LEFT),
        P.rule(LEFT, 149.4, w=WIDE),
        P.rule(LEFT, 164.6, w=SPLIT - LEFT),
        P.rule(SPLIT, 119.0, h=61.0),
        P.rule(_HALF, 134.2, h=15.2),
        P.rule(_HALF, 164.6, h=15.4),
    ),
    cells=tuple(cell for k in range(DRUG_ROOM) for cell in _drug(k)),
)


def _medicine(k: int) -> Cell:
    taken = f"concomitants[{k}]."
    left = LEFT + 1.5 if k < MEDICINE_ROOM // 2 else (LEFT + RIGHT) / 2 + 0.5
    return P.cell(
        Kind.TEXT, "22", taken + "name",
        caption="CONCOMITANT DRUG(S) AND DATES OF ADMINISTRATION",
        joins=(taken + "dose", taken + "started", taken + "ended", taken + "ongoing"),
        pattern=("{0} {1}", "from {2}", "to {3}", "still taken: {4}"),
        box=(left, 190.2 + ROW * (k % (MEDICINE_ROOM // 2)), WIDE / 2 - 2, 4.9),
    )  # fmt: skip


HISTORY = Section(
    letter="III",
    title="CONCOMITANT DRUG(S) AND HISTORY",
    frames=(
        P.bar(LEFT, 180.6, WIDE, 5.0),
        Frame(P.box(LEFT, 185.6, WIDE, 42.4), rounded=True),
    ),
    words=(
        P.title((LEFT + RIGHT) / 2, 181.1, "**III. CONCOMITANT DRUG(S) AND HISTORY**"),
        P.words(
            LEFT + 1,
            186.0,
            "**22.** CONCOMITANT DRUG(S) AND DATES OF ADMINISTRATION "
            "(exclude those used to treat reaction)",
        ),
    ),
    rules=(P.rule(LEFT, 210.9, w=WIDE),),
    cells=(
        *(_medicine(k) for k in range(MEDICINE_ROOM)),
        P.cell(
            Kind.LONG, "23", "happening.history",
            "**23.** OTHER RELEVANT HISTORY (e.g. diagnostics, allergics, pregnancy with last "
            "month of period, etc.)",
            caption="OTHER RELEVANT HISTORY",
            at=(LEFT + 1, 211.2), width=188.0, box=(LEFT + 1.5, 214.9, WIDE - 3, 12.7),
        ),
    ),
)  # fmt: skip

_MIDDLE = 100.0


_NAME, _NUMBER = (LEFT + 1.5, 237.8, 84.3, 9.0), (LEFT + 1.5, 251.4, 41.0, 4.9)
_RECEIVED = (LEFT + 44.8, 251.4, 41.0, 4.9)
_SOURCE_TOP = 258.9


def _source(words: str, x: float) -> Option:
    """Return a box of 24d; there is little room for its words."""
    ticked = P.tick("yes", words, x, _SOURCE_TOP)
    y = _SOURCE_TOP - 1.9 if "\n" in words else _SOURCE_TOP
    return replace(ticked, printed=P.words(x + TICK + 1.0, y, words))


def _is_sponsor(case: Any) -> bool:
    """Tell whether the clinic is itself what the form calls the manufacturer."""
    return case.report.capacity is Capacity.SPONSOR


def _is_of_a_sponsor(case: Any) -> bool:
    return bool(case.studies) and not _is_sponsor(case)


def _is_of_a_maker(case: Any) -> bool:
    return not case.studies and not _is_sponsor(case)


def _is_passed_on(case: Any) -> bool:
    return not _is_sponsor(case)


def _has_study(case: Any) -> bool:
    return bool(case.studies)


# Of 24a the records know the clinic's own name where it is the sponsor, else that of the sponsor,
# else the name on the label; a number and a day of receipt are the sponsor's own.
_MAKER_CELLS = (
    P.cell(
        Kind.LONG, "24a", "maker.name", caption="NAME AND ADDRESS OF MANUFACTURER",
        joins=("maker.address",), pattern=("{0}", "{1}"), box=_NAME, when=_is_sponsor,
    ),
    P.cell(
        Kind.LONG, "24a", "studies[0].sponsor", caption="NAME AND ADDRESS OF MANUFACTURER",
        joins=("studies[0].sponsor_contact",), pattern=("{0}", "{1}"), box=_NAME,
        when=_is_of_a_sponsor,
    ),
    P.cell(
        Kind.LONG, "24a", "suspects[0].product.maker",
        caption="NAME AND ADDRESS OF MANUFACTURER", pattern=("{0} (name on the label)",),
        box=_NAME, when=_is_of_a_maker,
    ),
    P.cell(
        Kind.TEXT, "24b", "maker.number", caption="MFR CONTROL NO.", box=_NUMBER,
        when=_is_sponsor,
    ),
    P.cell(
        Kind.DATE, "24c", "maker.received_on", caption="DATE RECEIVED BY MANUFACTURER",
        box=_RECEIVED, when=_is_sponsor,
    ),
    P.cell(
        Kind.GIVEN, "24d", "studies[0].protocol", caption="REPORT SOURCE: STUDY",
        options=(_source("STUDY", 34.0),), when=_has_study,
    ),
    P.cell(
        Kind.MARK, "24d", "filer.health_professional",
        caption="REPORT SOURCE: HEALTH PROFESSIONAL",
        options=(_source("HEALTH\nPROFESSIONAL", 74.8),),
    ),
)  # fmt: skip


MAKER = Section(
    letter="IV",
    title="MANUFACTURER INFORMATION",
    frames=(
        P.bar(LEFT, 228.6, WIDE, 5.0),
        Frame(P.box(LEFT, 233.6, WIDE, 31.0), rounded=True),
    ),
    reserved=(
        Reserved("24b", "MFR CONTROL NO.", P.box(*_NUMBER), "number", _is_passed_on),
        Reserved(
            "24c", "DATE RECEIVED BY MANUFACTURER", P.box(*_RECEIVED), "received", _is_passed_on
        ),
        Reserved("24d", "LITERATURE", P.box(52.0, _SOURCE_TOP, TICK, TICK), "literature"),
    ),
    words=(
        P.title((LEFT + RIGHT) / 2, 229.1, "**IV. MANUFACTURER INFORMATION**"),
        P.words(LEFT + 1, 234.0, "**24a.** NAME AND ADDRESS OF MANUFACTURER"),
        P.words(LEFT + 1, 247.4, "**24b.** MFR CONTROL NO."),
        P.words(LEFT + 44.3, 247.4, "**24c.** DATE RECEIVED", width=40.0),
        P.words(LEFT + 1, 257.0, "**24d.** REPORT\nSOURCE"),
        P.words(57.0, _SOURCE_TOP, "LITERATURE"),
    ),
    rules=(P.rule(_MIDDLE, 233.6, h=31.0), P.rule(_MIDDLE, 243.2, w=RIGHT - _MIDDLE)),
    cells=(
        *_MAKER_CELLS,
        P.cell(
            Kind.DATE, "date", "report.reported_on", "DATE OF THIS REPORT",
            at=(_MIDDLE + 1, 233.9), box=(_MIDDLE + 1.5, 237.7, 32.0, 4.9),
        ),
        P.cell(
            Kind.PICK, "25a", "report.nature", "**25a.** REPORT TYPE", caption="REPORT TYPE",
            at=(142.0, 233.9),
            options=(
                P.tick(VersionNature.INITIAL.value, "INITIAL", 143.0, 238.2),
                P.tick(VersionNature.FOLLOW_UP.value, "FOLLOWUP", 164.0, 238.2),
            ),
            otherwise=VersionNature.INITIAL.value,
        ),
        P.cell(
            Kind.LONG, "26", "filer.last_name", "**26.** REMARKS; WHO REPORTS",
            caption="REMARKS; WHO REPORTS",
            joins=("filer.first_name", "filer.occupation", "filer.address", "filer.city",
                   "filer.state", "filer.postal_code", "filer.country", "filer.phone",
                   "filer.email", "filer.health_professional"),
            pattern=("{1} {0} {2}", "{3} {4} {5} {6} {7}", "{8} {9}",
                     "health professional: {10}"),
            at=(_MIDDLE + 1, 243.6), box=(_MIDDLE + 1.5, 247.6, RIGHT - _MIDDLE - 3, 16.2),
        ),
    ),
)  # fmt: skip

REACTIONS = Repeat(
    path="events", number="7+13", room=REACTION_ROOM, heading="Further reactions", asked=True
)
TESTS = Repeat(
    path="tests",
    number="7+13",
    room=0,
    legend=LEGEND,
    heading="Relevant tests and readings in time order",
)
SUSPECTS = Repeat(
    path="suspects", number="14", room=DRUG_ROOM, heading="Further suspect drugs", asked=True
)
MEDICINES = Repeat(
    path="concomitants", number="22", room=MEDICINE_ROOM, heading="Further concomitant drugs"
)
