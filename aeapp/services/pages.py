"""What a document of a case is, and who draws it; used by everybody who makes or keeps one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from aeapp.domain.case import Case
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.findings import Finding
from aeapp.domain.values import PartialDate
from aeapp.formspecs.official import OfficialFile
from aeapp.kernel.progress import Progress
from aeapp.trail.chain import Head


class Copy(StrEnum):
    """Which file is made of the same pages.

    The regulator's has no attachment and nothing that acts. The archive's is tagged, made to last
    (PDF/A-3a, PDF/UA-1), and holds the case it was made from.
    """

    REGULATOR = "regulator"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStamp:
    """What a page says of itself; passed in, so that equal input gives equal bytes.

    Attributes:
        head: Entry of the trail that wrote the printed version.
        exported_on: Day of the export, for the cover.
        findings: What the rules found, worded, for the cover.
        program: Version of the program that made the page first; the running one where empty.
        signed: Who signed exactly this case, when, with which meaning.
        record: SHA-256 of what the document shows: of a case in the open case format, of other
            papers over all their records.
        correction: What the version is to the one before and what is new, for the cover.
        copy: What kind of copy it is, where it leaves something out; stands on every page.
    """

    report_number: str
    version: int
    head: Head
    exported_on: PartialDate
    time_zone: str
    practice: bool
    findings: tuple[Finding, ...] = ()
    program: str = ""
    correction: str = ""
    signed: str = ""
    copy: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document shows one item, as shares of the page's width and height.

    Attributes:
        path: Item of the case.
        page: From 0.
    """

    path: str
    page: int
    left: float
    top: float
    width: float
    height: float

    def holds(self, page: int, x: float, y: float) -> bool:
        """Tell whether a point of a page lies in it."""
        across = self.left <= x <= self.left + self.width
        return page == self.page and across and self.top <= y <= self.top + self.height


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A finished document.

    Attributes:
        stamp: What its pages say of the record they show, before a copy left anything out of it.
        copy: Whether it leaves something out.
        places: Where items stand on its pages, in the order of the paper.
        notes: What a cell could not hold and where it went; no patient data beyond the case's.
    """

    content: bytes
    pages: int
    notes: tuple[str, ...]
    places: tuple[Place, ...] = ()
    stamp: PageStamp | None = None
    copy: CopyKind = CopyKind.FULL


@dataclass(frozen=True, slots=True, repr=False)
class Inside:
    """What lies in a copy for the archive beside its pages.

    Attributes:
        case_file: The case they were made from, in the open case format.
        message: The same report as an electronic message; nothing where nobody sends any.
    """

    case_file: bytes
    message: bytes = b""


class Renderer(Protocol):
    """Draws a case on a form."""

    def render(self, case: Case, form: str, stamp: PageStamp, progress: Progress) -> Document:
        """Return the document of ``case`` on the form edition of key ``form``."""

    def archive(
        self, case: Case, form: str, stamp: PageStamp, inside: Inside, progress: Progress
    ) -> Document:
        """Return the same pages as a copy for the archive, case file and message inside."""


class ArchiveReader(Protocol):
    """Finds the cases in a copy for the archive."""

    def case_files(self, content: bytes, limit: int) -> tuple[bytes, ...]:
        """Return the case files that a PDF holds.

        Raises:
            NotAnArchiveError: It is no copy for the archive of this program, or is damaged.
        """


class OfficialFiller(Protocol):
    """Fills official files that the clinic brought."""

    def edition_of(self, content: bytes) -> OfficialFile:
        """Return the edition of a blank file.

        Raises:
            NotAFormError: It is no edition known here.
        """

    def fill(
        self, blank: bytes, case: Case, form: str, stamp: PageStamp, progress: Progress
    ) -> Document:
        """Return the blank file filled with ``case``, read back and proven.

        Raises:
            NotProvenError: What stands in it is not what was put in.
        """


__all__ = [
    "ArchiveReader",
    "Copy",
    "Document",
    "Inside",
    "OfficialFiller",
    "PageStamp",
    "Place",
    "Renderer",
]
