"""The inspection pack with all that an inspector checks without us: tables, trail, checker.

The trail goes whole, because a chain is checked whole; it holds values, so it is given by those who
may (access matrix, row 23), and the file says so.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from aeapp import __version__
from aeapp.domain.access import Deed, roles_of
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.destinations import DESTINATIONS, FORMS
from aeapp.domain.inspection import Inspected, Period
from aeapp.domain.listings import Cell
from aeapp.domain.records import Staff
from aeapp.domain.rules import rule_set
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.documents import Document, Export, PageStamp
from aeapp.services.inspection import InspectionFile
from aeapp.services.paper_files import PaperOf, write_paper
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind
from aeapp.trail.chain import Head

KIND = "inspection bundle"
_TRAIL_HEAD = ("entry", "at (UTC)", "offset", "user", "name", "role", "workstation", "action",
               "kind", "id", "version", "items", "reason", "sha256 of the entry")  # fmt: skip
_EVENT_HEAD = ("patient", "event", "onset", "learnt", "entered", "case", "decision", "reason",
               "decided by", "decided at", "clocks", "report", "state", "version", "sent to",
               "sent at", "way", "reference", "proof sha256", "document sha256")  # fmt: skip
_README = """What is in this file

inspection.pdf   each event of the period with decision, clocks and proofs; patients by code
events.csv       the same, a line for each sending, as a table
trail.csv        the audit trail as a table: who, when, what, why; no values
trail.jsonl      the trail whole, {entries} entries; it HOLDS VALUES, also names of patients
anchors.jsonl    heads of the trail that were kept outside of it, signed
keys.json        public keys of those who signed
verify_trail.py  the checker: one file of Python, needs nothing of the program
software.json    program, rules with their hashes, editions of the forms
manifest.json    SHA-256 of each of these files, signed with the key {key}

How to check it

Unpack verify_trail.py, then:   python verify_trail.py {name}

It answers 0 where all holds, 1 and the first place where something was changed, and 2 where
something could not be checked, such as signatures without the package "cryptography".

What the signature proves

Whoever held the key {key} made this list of files, and no file
was changed since. It does not prove whose key that is: somebody else could pack other files with
another key. So ask the clinic for the name of its key by another way than this file came, such as
by telephone, and compare. With a key file of the clinic's, "--keys FILE" takes no other key.
The signature holds for the time of packing; it does not prove that what was entered is true.

A cell of a table that begins with an apostrophe would be a formula to a spreadsheet.
"""


class TrailRoleError(RefusedError):
    """Somebody whose role does not give the trail out asked for it."""

    code = "inspection.trail-role"

    def __init__(self) -> None:
        super().__init__(
            N_("Your role does not give the audit trail out."),
            remedy=N_("The compliance lead, the administrator or an auditor does; the PDF alone "
                      "you can write."),
        )  # fmt: skip


class NoCheckerError(RefusedError):
    """The checker was not installed with the program, so that nobody could check the bundle."""

    code = "inspection.no-checker"

    def __init__(self) -> None:
        super().__init__(
            N_("The checker of the trail is missing, and the bundle is nothing without it."),
            remedy=N_("Install the program whole, with its folder of tools, or write the PDF "
                      "alone."),
        )  # fmt: skip


def may_give(context: WorkContext) -> bool:
    """Tell whether this person gives out what holds the values of everybody.

    Source:
        Access matrix, row 23.
    """
    with context.new_uow() as uow:
        staff = of_kind(Staff, uow.records.query("staff"))
    # Where a clinic has nobody of these, whoever prescribes there does.
    others = {s.role for s in staff if s.active is not False} & set(roles_of(Deed.GIVE_TRAIL))
    prescribes = context.who.role == Role.PRESCRIBER.value
    return context.may(Deed.GIVE_TRAIL) or (prescribes and not others)


class Proofs(Protocol):
    """What proves the trail outside of the database."""

    def anchored(self) -> tuple[bytes, Sequence[str]]:
        """Anchor the head now; return the anchors and the public keys that signed."""

    @property
    def key_id(self) -> str:
        """Return the name of the key that signs here."""

    def sealed(self, head: Head, sha256: Mapping[str, str]) -> str:
        """Return the signed manifest of files with these hashes and of the trail to ``head``."""

    def verifier(self) -> bytes:
        """Return the checker, one file of Python; nothing where it is not at hand."""


class Packer(Protocol):
    """Makes tables and packs files."""

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
        """Yield a table as a file."""

    def packed(
        self, files: Mapping[str, Iterable[bytes]], seal: Callable[[Mapping[str, str]], str]
    ) -> bytes:
        """Return all files as one, with what ``seal`` makes of the hash of each."""


class Packing:
    """Packs the bundle of one period."""

    def __init__(self, context: WorkContext, packer: Packer, proofs: Proofs) -> None:
        self._context, self._packer, self._proofs = context, packer, proofs

    @property
    def may_give(self) -> bool:
        """Tell whether this person gives the trail out."""
        return may_give(self._context)

    @property
    def key_id(self) -> str:
        """Return the name of the key with which a bundle is signed here."""
        return self._proofs.key_id

    def write(
        self,
        file: InspectionFile,
        drawn: tuple[Document, PageStamp],
        out: Path,
        *,
        progress: Progress | None = None,
        overwrite: bool = False,
    ) -> Export:
        """Write the bundle and enter it in the trail.

        Raises:
            TrailRoleError: The person's role does not give the trail out.
            NoCheckerError: The checker is not at hand; nothing was written.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        if not self.may_give:
            raise TrailRoleError
        checker = self._proofs.verifier()
        if not checker:
            raise NoCheckerError
        document, stamp = drawn
        own = {
            "inspection.pdf": [document.content],
            "events.csv": self._packer.table(_EVENT_HEAD, event_rows(file.events)),
            "verify_trail.py": [checker],
            "software.json": [software().encode()],
        }
        content = self._packed(own, out.name, progress or NoProgress())
        packed = Document(content, document.pages, document.notes)
        kind = _kind(file.period)
        paper = PaperOf(kind, "clinic", self._context.clinic.id, stamp.head, stamp.version)
        return write_paper(self._context, packed, paper, out, overwrite=overwrite)

    def _packed(self, own: Mapping[str, Iterable[bytes]], name: str, progress: Progress) -> bytes:
        """Return ``own`` files and the trail with its proofs as one, sealed at the trail's head."""
        # Before the trail is read: every entry of the bundle then has an anchor behind it.
        anchors, keys = self._proofs.anchored()
        with self._context.new_uow() as uow:
            head = uow.trail.head()
            files = self._files(uow, head, name, progress)
            return self._packer.packed(
                {
                    "README.txt": next(files),
                    "inspection.pdf": own["inspection.pdf"],
                    "events.csv": own["events.csv"],
                    "trail.csv": next(files),
                    "trail.jsonl": next(files),
                    "anchors.jsonl": [anchors],
                    "keys.json": [json.dumps(list(keys)).encode()],
                    "verify_trail.py": own["verify_trail.py"],
                    "software.json": own["software.json"],
                },
                lambda sha256: self._proofs.sealed(head, sha256),
            )

    def _files(
        self, uow: UnitOfWork, head: Head, name: str, progress: Progress
    ) -> Iterator[Iterable[bytes]]:
        """Yield what is read of the trail: the words about it, the table, and itself."""
        count = head.seq
        yield [_README.format(entries=count, name=name, key=self.key_id).encode()]
        yield self._packer.table(_TRAIL_HEAD, _trail_rows(_counted(uow, count, progress)))
        yield (f"{line}\n".encode() for line in _counted(uow, count, progress))


def _kind(period: Period) -> str:
    return f"{KIND} {period.first} {period.last}"


def _counted(uow: UnitOfWork, count: int, progress: Progress) -> Iterator[str]:
    for n, line in enumerate(uow.trail.lines()):
        progress.step(min(n, count), count, _("entries"))
        yield line


def _trail_rows(lines: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    """Yield the entries as rows, without the values that they hold."""
    for line in lines:
        outer = json.loads(line)
        if "format" in outer:
            continue
        told: dict[str, Any] = json.loads(outer["payload"] or "{}")
        items = sorted({*told.get("after", ()), *told.get("before", ())})
        yield (
            outer["seq"],
            *(told.get(name) for name in ("at", "offset", "user", "name", "role", "ws", "action")),
            *(told.get(name) for name in ("entity", "entity_id", "version")),
            " ".join(items),
            told.get("reason"),
            outer["h"],
        )


def event_rows(events: Iterable[Inspected]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each sending of each event; one that was not sent has one of its own."""
    for one in events:
        made = one.decision
        begin = (
            one.patient,
            one.event.verbatim,
            show(one.event.onset),
            "; ".join(show(a.at) for a in one.learnt),
            show(one.entered),
            one.file.number if one.file else "",
            _(made.answer.words) if made and made.answer else "",
            made.reason if made else "",
            made.decided_by if made else "",
            show(made.at) if made else "",
            "; ".join(f"{c.rule.id} {c.due or '-'}" for c in one.clocks),
        )
        rows = [_sent_row(report, line) for report in one.reports for line in report.sendings]
        unsent = [
            (r.report.number, _state(r.report), *[""] * 7) for r in one.reports if not r.sendings
        ]
        for row in [*rows, *unsent] or [("",) * 9]:
            yield (*begin, *row)


def _state(report: Any) -> str:
    return _(report.state.words) if report.state else ""


def _sent_row(sent: Any, line: Any) -> tuple[Cell, ...]:
    number = next((v.number for v in sent.versions if v.id == line.report_version_id), "")
    return (
        sent.report.number,
        _state(sent.report),
        number,
        _(line.destination.words) if line.destination else "",
        show(line.at),
        _(line.channel.words) if line.channel else "",
        line.reference,
        line.proof_sha256,
        line.document_sha256,
    )


def software() -> str:
    """Return which program, rules and editions made the bundle, as JSON."""
    told = {
        "program": f"AEApp {__version__}",
        "python": platform.python_version(),
        "rules": [rule_set(destination) for destination in DESTINATIONS],
        "forms": sorted(set(FORMS.values())),
    }
    return json.dumps(told, indent=2) + "\n"


__all__ = [
    "KIND",
    "NoCheckerError",
    "Packer",
    "Packing",
    "Proofs",
    "TrailRoleError",
    "event_rows",
]
