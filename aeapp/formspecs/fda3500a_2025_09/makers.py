"""Page 8, lower half: G all manufacturers, with compounders and sponsors; page 9: H."""

from __future__ import annotations

from typing import Any

from aeapp.domain.codelists.mandatory import Capacity, MarketStatus, ReportSource, Round, TimeLimit
from aeapp.formspecs.drafting import Page
from aeapp.formspecs.model import Frame, Kind, Reserved, Room, Section

P1, P8, P9 = Page(1), Page(8), Page(9)
HOLDER, DEVICE_MAKER = "holder", "device-maker"

CONTACT = (
    P8.cell(
        Kind.TEXT, "G1", "maker.name", "Name",
        at=(15.0, 133.0), box=(15.1, 137.5, 100.7, 4.9),
    ),
    P8.cell(
        Kind.TEXT, "G1", "maker.email", "Email Address",
        at=(117.5, 133.0), box=(117.7, 137.5, 47.3, 4.9),
    ),
    P8.cell(
        Kind.TEXT, "G1", "maker.phone", "Phone Number",
        at=(166.5, 133.0), box=(166.7, 137.5, 34.5, 4.9),
    ),
    P8.cell(
        Kind.TEXT, "G1", "maker.address", "Address",
        at=(15.5, 143.2), box=(15.7, 147.6, 186.5, 4.9),
    ),
    P8.cell(
        Kind.MARK, "G1", "maker.outsourcing", "Compounding Outsourcing Facility 503B?",
        at=(15.9, 154.9), width=60.0,
        options=(P8.tick("yes", "Check box if applicable", 16.1, 159.9),),
    ),
    P8.cell(
        Kind.TEXT, "G1", "maker.outsourcing_name", "Outsourcing Facility",
        at=(77.1, 154.9), box=(77.1, 159.8, 122.7, 4.9), needs="maker.outsourcing=yes",
    ),
)  # fmt: skip

SOURCE = (
    P8.cell(
        Kind.CHECK, "G2", "report.sources", "2. **Report Source** __(Check all that apply)__",
        at=(14.2, 168.5),
        options=P8.ticks(
            ReportSource,
            (20.7, 174.0), (20.7, 179.4), (44.2, 174.0), (44.2, 178.9),
            (68.7, 174.0), (68.7, 179.4), (104.7, 174.0), (104.7, 179.4), (104.7, 184.4),
        ),
    ),
    P8.cell(
        Kind.TEXT, "G2", "report.source_text", caption="Other source",
        box=(20.3, 189.0, 128.5, 4.9), needs="report.sources=other",
    ),
    P8.cell(
        Kind.DATE, "G3", "maker.received_on",
        "3. **Date Received by**\n    **Manufacturer or Responsible**\n"
        "    **Person** __(e.g., 01-Jan-1900)__",
        caption="Date Received by Manufacturer or Responsible Person",
        at=(152.0, 168.0), width=50.0, box=(156.5, 180.4, 25.4, 4.9),
    ),
)  # fmt: skip

NUMBERS = (
    P8.cell(
        Kind.TEXT, "G4", "maker.ind", "**IND #**",
        at=(89.5, 197.6), box=(90.0, 202.7, 35.4, 4.9),
    ),
    P8.cell(
        Kind.CHECK, "G4", "maker.status", "**Check all that apply:**", caption="Product",
        at=(14.2, 209.7),
        options=P8.ticks(
            MarketStatus,
            (14.5, 215.1), (51.8, 215.1), (82.1, 215.1), (109.4, 215.1), (129.1, 215.1),
        ),
    ),
    P8.cell(
        Kind.TEXT, "G5", "maker.protocol", "5. **If IND/Pre-ANDA, Give Protocol #**",
        at=(14.5, 222.2), width=51.5, box=(18.5, 227.4, 35.4, 4.9),
    ),
    P8.cell(
        Kind.CHECK, "G6", "report.time_limit", "6. **Type of Report** __(Check all that apply)__",
        at=(68.3, 222.2),
        options=P8.ticks(
            TimeLimit,
            (71.9, 227.4), (71.9, 233.0), (88.8, 227.4), (88.8, 233.0), (106.8, 227.5),
        ),
    ),
    P8.cell(
        Kind.PICK, "G6", "maker.round", caption="Type of Report",
        options=P8.ticks(Round, (106.8, 233.0), (147.8, 227.7)),
    ),
    P8.cell(
        Kind.NUMBER, "G6", "maker.follow_up", caption="Follow-up #",
        box=(170.9, 227.7, 17.0, 4.9), max_digits=10, needs="maker.round=follow-up",
    ),
    P8.cell(
        Kind.TEXT, "G7", "maker.terms", "7. **Adverse Event Term**__(s)__",
        at=(14.7, 242.1), box=(18.5, 246.9, 107.5, 4.9),
    ),
    P8.cell(
        Kind.TEXT, "G8", "maker.number", "8. **Manufacturer Report Number**",
        at=(130.3, 242.1), box=(135.0, 246.9, 35.4, 4.9),
        more=(Room(P1.box(158.9, 26.1, 44.7, 5.0), again=True),),
    ),
)  # fmt: skip

_OF_HOLDERS = (
    *P8.reserve("G4", "NDA #", HOLDER, (14.9, 202.7, 32.6, 4.9)),
    *P8.reserve("G4", "ANDA/Pre-ANDA #", HOLDER, (51.6, 202.7, 35.4, 4.9)),
    *P8.reserve("G4", "BLA #", HOLDER, (128.1, 202.7, 35.4, 4.9)),
    *P8.reserve("G4", "PMA/510(k) #", HOLDER, (165.7, 202.7, 35.0, 4.9)),
)


def _by_maker(case: Any) -> bool:
    return case.report.capacity not in (None, Capacity.USER_FACILITY)


MAKERS = Section(
    letter="G",
    title="ALL MANUFACTURERS",
    frames=(P8.bar(12.4, 120.9, 192.4, 5.2),),
    words=(
        P8.title(108.5, 121.4, "**G. ALL MANUFACTURERS**"),
        P8.words(
            14.5,
            127.6,
            "1. **Contact Office** __(and Manufacturing Site for Devices)__ **or Compounding "
            "Outsourcing Facility or Responsible Person**",
            width=187.0,
        ),
        P8.words(14.2, 197.6, "4. **NDA #**"),
        P8.words(50.9, 197.6, "**ANDA/Pre-ANDA #**"),
        P8.words(127.8, 197.6, "**BLA #**"),
        P8.words(165.2, 197.6, "**PMA/510**__(k)__ #"),
        P1.words(142.3, 26.9, "Mfr report #", width=15.8),
    ),
    rules=(
        P8.rule(12.4, 167.0, w=192.4),
        P8.rule(150.2, 167.0, h=29.2),
        P8.rule(12.4, 196.2, w=192.4),
        P8.rule(12.4, 221.3, w=192.4),
        P8.rule(67.0, 221.3, h=19.3),
        P8.rule(12.4, 240.6, w=192.4),
        P8.rule(129.0, 240.6, h=14.2),
    ),
    cells=(*CONTACT, *SOURCE, *NUMBERS),
    reserved=_OF_HOLDERS,
    when=_by_maker,
)

_TICK = 3.8
# Number, words, left and top of each box to tick, for makers of devices alone.
_BOXES = (
    ("H1", "Death", 18.2, 23.4),
    ("H1", "Serious Injury", 18.2, 28.3),
    ("H1", "Malfunction", 18.3, 33.3),
    ("H1", "Summary Report", 46.1, 23.7),
    ("H2", "Correction", 91.5, 23.4),
    ("H2", "Additional Information", 91.5, 28.3),
    ("H2", "Response to FDA Request", 91.5, 33.3),
    ("H2", "Device Evaluation", 91.5, 38.2),
    ("H3", "Yes", 140.6, 24.2),
    ("H3", "No", 154.7, 24.2),
    ("H5", "Yes", 81.3, 48.5),
    ("H5", "No", 94.4, 48.5),
    ("H7", "Recall", 18.5, 85.8),
    ("H7", "Repair", 18.5, 90.8),
    ("H7", "Replace", 18.5, 95.7),
    ("H7", "Relabeling", 50.6, 85.8),
    ("H7", "Notification", 50.6, 90.8),
    ("H7", "Inspection", 50.6, 95.7),
    ("H7", "Patient Monitoring", 82.4, 86.1),
    ("H7", "Modification/Adjustment", 82.4, 91.0),
    ("H7", "Other:", 82.4, 95.9),
    ("H8", "Initial Use of Device", 144.8, 86.1),
    ("H8", "Reuse", 144.8, 91.0),
    ("H8", "Unknown", 144.8, 95.9),
)
# Number, words, their place, and the cell; words without a place stand elsewhere.
_CELLS = (
    ("H1", "No. of events summarized", (51.1, 27.6), (51.1, 31.8, 11.7, 4.2)),
    ("H4", "Device Manufacture Date", (14.7, 43.7), (18.0, 47.9, 25.4, 4.3)),
    ("H6", "Health Effect – Clinical Code", (15.5, 59.0), (15.5, 63.1, 38.8, 4.9)),
    ("H6", "Health Effect – Impact Code", (61.5, 59.0), (61.8, 62.9, 38.8, 4.9)),
    ("H6", "Medical Device Problem Code", (109.3, 59.0), (109.5, 62.9, 38.8, 4.9)),
    ("H6", "Component Code", (157.8, 59.0), (157.8, 62.9, 38.8, 4.9)),
    ("H6", "Type of Investigation Code", (15.5, 69.0), (15.5, 73.5, 61.8, 4.9)),
    ("H6", "Investigation Findings Code", (78.4, 69.0), (78.6, 73.5, 61.3, 4.9)),
    ("H6", "Investigation Conclusions Code", (141.1, 69.0), (141.1, 73.5, 61.1, 4.9)),
    ("H7", "Other:", None, (99.5, 95.0, 39.5, 4.8)),
    ("H9", "Action reported to FDA", None, (18.5, 108.9, 71.7, 4.9)),
    ("H10", "Related Report Number", (97.5, 101.6), (97.6, 108.9, 103.7, 4.9)),
    ("H11", "Additional Manufacturer Narrative", (14.7, 115.8), (14.9, 120.7, 187.4, 16.9)),
)
_NUMBERED = ("H4", "H10", "H11")


def _kept() -> tuple[Reserved, ...]:
    ticks = (
        P9.reserve(number, words, DEVICE_MAKER, (x, y, _TICK, _TICK))
        for number, words, x, y in _BOXES
    )
    cells = (P9.reserve(number, words, DEVICE_MAKER, box) for number, words, _at, box in _CELLS)
    return tuple(one for boxes in (*ticks, *cells) for one in boxes)


def _captions(number: str, words: str) -> str:
    return f"{number[1:]}. **{words}**" if number in _NUMBERED else words


DEVICE_MAKERS = Section(
    letter="H",
    title="DEVICE MANUFACTURERS ONLY",
    frames=(P9.border(12.4, 12.9, 192.2, 250.0), P9.bar(12.4, 12.9, 192.2, 5.2)),
    words=(
        P9.title(108.5, 13.4, "**H. DEVICE MANUFACTURERS ONLY**"),
        P9.words(
            14.7, 18.8, "1. **Type of Reportable Event** __(Check all that apply)__", width=72
        ),
        P9.words(88.4, 19.3, "2. **If Follow-up, What Type?**"),
        P9.words(136.9, 19.3, "3. **Device Evaluated by Manufacturer?**"),
        P9.words(78.2, 43.7, "5. **Labeled for Single Use?**"),
        P9.words(148.0, 115.8, "Maximum on the official form: 450", width=54.0),
        P9.words(14.7, 54.4, "6. **Adverse Event Problem** __(Refer to coding manual)__"),
        P9.words(14.7, 80.9, "7. **If Remedial Action Initiated, Check Type**"),
        P9.words(141.4, 80.9, "8. **Usage of Device**"),
        P9.words(
            14.7,
            101.2,
            "9. **If action reported to FDA under 21 USC 360i(g), list**\n"
            "    **FDA-assigned recall number or include a statement:**",
            width=80.0,
        ),
        *(P9.words(x + 5.1, y, words) for _number, words, x, y in _BOXES),
        *(
            P9.words(*at, _captions(number, words), width=0 if number != "H6" else 46.0)
            for number, words, at, _box in _CELLS
            if at is not None
        ),
    ),
    rules=(
        P9.rule(135.7, 18.1, h=25.4),
        P9.rule(87.3, 18.1, h=25.4),
        P9.rule(12.4, 43.5, w=192.2),
        P9.rule(76.9, 43.5, h=9.8),
        P9.rule(12.4, 53.3, w=192.2),
        P9.rule(12.4, 80.0, w=192.2),
        P9.rule(140.6, 80.0, h=20.5),
        P9.rule(12.4, 100.5, w=192.2),
        P9.rule(96.1, 100.5, h=14.0),
        P9.rule(12.4, 114.5, w=192.2),
        P9.rule(12.4, 139.5, w=192.2),
    ),
    reserved=_kept(),
)

FACTS = """**About these pages**
They carry the content of Form FDA 3500A (09/2025) item by
item, each in the place where the official form has it, for
copying into the official form or an electronic report. They
are prepared by the clinic and are not issued or checked by
the Food and Drug Administration.

**Paperwork Reduction Act**
The official form is approved under OMB No. 0910-0291,
which expires on 30-Sep-2027. FDA reckons 15 minutes for
filling it in. Without a valid OMB number nobody is bound to
answer."""

WHERE = """**Who fills what**
User facility, device: A, B, D, E, F
Outsourcing facility, drug: A, B, C, E, G
Study under an IND: A, B, C, E, and G by the sponsor
Sections left out stay empty.

**A user facility's report**
is owed within ten work days of becoming aware: of a death
to FDA and to the maker, of a serious injury to the maker,
or to FDA where the maker is not known. On paper it is the
official form itself; these pages do not stand in for it.

**More than two products, or more than one device**
A further page of section C or D follows for each of them."""

ABOUT = Section(
    letter="",
    title="About these pages",
    frames=(Frame(P9.box(12.4, 139.5, 192.2, 123.4), rounded=True),),
    words=(
        P9.words(16.5, 144.0, FACTS, size=8.5, width=90.0),
        P9.words(109.0, 144.0, WHERE, size=8.5, width=92.5),
    ),
)
