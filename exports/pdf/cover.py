"""The cover of a report: what the official cells cannot hold, what is empty, how to send it.

It is for the person who copies the content into the official form or sends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.items import NULL_LABELS
from aeapp.formspecs.model import FormSpec
from exports.pdf import flow, fonts
from exports.pdf.continuation import NARROW, Heading, Para
from exports.pdf.filling import RULES, Blank, Block, Filling, Remark
from exports.text import printed

FOOT_SIZE = 8.0
# Room of a report's number at the foot, in points: thrice that of those made here.
NUMBER_WIDTH = 210.0
FOOT_LINE = "Content prepared by the clinic; sending is recorded separately."

# The form does not ask it; who passes the pages on has to know.
_NOT_ON_THIS_FORM = {
    True: "The reporter asks not to be named to the manufacturer. Give a manufacturer the copy "
    "without reporter, signature and letterhead.",
    False: "The reporter may be named to the manufacturer.",
    None: "The reporter was not asked whether the manufacturer may be told who reported.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the pages say of themselves; all of it is handed in, none looked up.

    Attributes:
        head_seq, head_hash: The trail's newest entry when the export was ordered.
        exported_on: Time of the export as text, in ``time_zone``.
        practice: Watermark of the practice clinic.
        draft: Watermark of a report that is not ready.
        findings: Open findings at the export, one line each.
        signed: Name, time and meaning of the signature under what is printed.
        correction: What this version is to the one before and what is new in it.
        copy: What kind of copy it is, where it leaves something out.
        record: Hash of what is printed; empty where a copy must not let it be tried out.
    """

    report_number: str
    version: int
    head_seq: int
    head_hash: str
    exported_on: str
    time_zone: str
    program_version: str
    practice: bool = False
    draft: bool = False
    findings: tuple[str, ...] = ()
    correction: str = ""
    signed: str = ""
    copy: str = ""
    record: str = ""

    @property
    def foot_line(self) -> str:
        """Return what the foot says of the pages: the kind of copy, or whose content it is."""
        return self.copy.partition(". ")[0] if self.copy else FOOT_LINE

    @property
    def printed(self) -> str:
        """Return which version of which report this is, and of which record in short."""
        record = f", record {self.record[:16]}" if self.record else ""
        number = flow.one_line(fonts.visible(self.report_number), NUMBER_WIDTH, (FOOT_SIZE,))
        return f"{number.text}, version {self.version}{record}"

    @property
    def trail(self) -> str:
        """Return the trail's head in short."""
        return f"trail entry {self.head_seq}, {self.head_hash[:16]}"


Pages = Mapping[Block, int]


def running_head(case: Case, form: FormSpec, stamp: Stamp) -> str:
    """Return what stands in the corner of the pages that a form goes on at.

    Source:
        Instructions for Form FDA 3500A: report number and name of the facility on each of them.
    """
    named = [printed(lens.get(case, path)) for path in form.named_after]
    return ", ".join(part for part in (stamp.report_number, *named) if part)


def parts(
    case: Case, form: FormSpec, stamp: Stamp, filling: Filling, pages: Pages
) -> list[Heading | Para]:
    """Return the cover's text; ``pages`` tells where each continued text stands."""
    return [
        *_identity(form, stamp),
        *_remarks(filling.remarks, pages),
        *_blanks(filling),
        *_findings(stamp.findings),
        *_reserved(case, form),
        # A copy that leaves something out is not what goes to whom the form is for.
        *([] if stamp.copy else [*_identity_choice(case, form), *_sending(form)]),
    ]


def said(remark: Remark, pages: Pages) -> str:
    """Return what is special to an item, with the page its text goes on at."""
    if remark.block is None:
        return remark.text
    return f"{remark.text}: page {pages[remark.block]}"


def _identity(form: FormSpec, stamp: Stamp) -> list[Heading | Para]:
    state = "Practice clinic: invented data, not to be sent. " if stamp.practice else ""
    state += "Draft: not ready to be sent. " if stamp.draft else ""
    further = [("Copy", stamp.copy), ("What it is", stamp.correction), ("Signed", stamp.signed)]
    return [
        Para(form.subtitle + " Page and item numbers are those of the official form."),
        Para(fonts.visible(stamp.report_number) or "not numbered", label="Report", column=NARROW),
        Para(f"{stamp.version}; {stamp.trail}", label="Version", column=NARROW),
        *([Para(f"SHA-256 {stamp.record}", label="Record", column=NARROW)] if stamp.record else []),
        *(Para(fonts.visible(text), label=name, column=NARROW) for name, text in further if text),
        Para(f"{stamp.exported_on} ({stamp.time_zone})", label="Exported", column=NARROW),
        Para(
            f"{state}Content prepared by the clinic; sending is recorded separately.",
            label="State",
            column=NARROW,
        ),
    ]


def _remarks(remarks: Sequence[Remark], pages: Pages) -> list[Heading | Para]:
    out: list[Heading | Para] = [Heading("What the official cells cannot hold, and where it went")]
    if not remarks:
        return [*out, Para("Nothing: every entry stands whole in its cell.")]
    for reason, group in groupby(remarks, key=lambda remark: remark.reason):
        out.append(Para(RULES[reason], space=True))
        out += [Para(said(r, pages), label=f"{r.number} {r.caption}") for r in group]
    return out


def _blanks(filling: Filling) -> list[Heading | Para]:
    told = [blank for blank in filling.blanks if blank.why is not None]
    out: list[Heading | Para] = [Heading("Left empty, with the reason on record")]
    out += [
        Para(NULL_LABELS[blank.why], label=f"{blank.number} {blank.caption}")
        for blank in told
        if blank.why is not None
    ] or [Para("None.")]
    return [*out, Heading("Left empty, not answered"), Para(_unanswered(filling))]


def _unanswered(filling: Filling) -> str:
    paths = {cell.path for section in filling.sections for cell in section.cells}
    out = [
        f"{blank.number} ({blank.caption})" for blank in filling.blanks if blank.path not in paths
    ]
    for section in filling.sections:
        own = {cell.path for cell in section.cells}
        blanks = [blank for blank in filling.blanks if blank.path in own]
        if len(blanks) > 1 and not own & filling.filled and all(b.why is None for b in blanks):
            out.append(f"section {section.letter} as a whole")
            continue
        asked = [blank for blank in blanks if blank.why is None]
        for number, group in groupby(asked, key=lambda blank: blank.number):
            out.append(f"{number} ({'; '.join(_captions(list(group)))})")
    return "; ".join(out) + "." if out else "None."


def _captions(blanks: Sequence[Blank]) -> list[str]:
    return list(dict.fromkeys(blank.caption for blank in blanks))


def _findings(findings: Sequence[str]) -> list[Heading | Para]:
    head = Heading("Findings open at the export")
    if not findings:
        return [head, Para("None.")]
    return [head, *(Para(fonts.visible(line)) for line in findings)]


def _reserved(case: Case, form: FormSpec) -> list[Heading | Para]:
    """Name the boxes that are left empty on purpose, by the reason."""
    numbers: dict[str, list[str]] = {}
    for place in (place for place in form.reserved() if place.applies(case)):
        named = numbers.setdefault(place.why, [])
        if (words := f"{place.number} ({place.caption})") not in named:
            named.append(words)
    if not numbers:
        return []
    told = [Para(form.reasons[why], label=", ".join(boxes)) for why, boxes in numbers.items()]
    return [Heading("Left empty on purpose"), *told]


def _identity_choice(case: Case, form: FormSpec) -> list[Heading | Para]:
    choice = case.filer.withhold_identity
    if not any(cell.path == "filer.withhold_identity" for cell in form.cells()):
        if not form.tells_identity:
            return []
        return [Heading("Reporter's identity"), Para(_NOT_ON_THIS_FORM[choice])]
    sentences = {
        True: "G5 is ticked: the reporter asks FDA not to tell the manufacturer who reported.",
        False: "G5 is not ticked, as the reporter chose. FDA may tell the manufacturer who "
        "reported.",
        None: "G5 is not ticked; the reporter was not asked. FDA may tell the manufacturer who "
        "reported.",
    }
    return [Heading("Reporter's identity (G5)"), Para(sentences[choice])]


def _sending(form: FormSpec) -> list[Heading | Para]:
    ways = [Para(address, label=way, column=NARROW) for way, address in form.sending]
    return [Heading("How it can be sent"), *ways]
