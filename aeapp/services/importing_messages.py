"""Take in cases of an E2B(R3) message: each a case of its own, or news of a case that is here.

All of a batch is stored or nothing. What no record holds is told by element and kept as a text
beside the message itself, with the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aeapp.domain import lens
from aeapp.domain.archive import Bundle
from aeapp.domain.codecs import readable
from aeapp.domain.codelists.attaching import AttachmentType
from aeapp.domain.items import NullFlavor, Record, as_text, attributes_of
from aeapp.domain.records import Attachment, CaseFile, Patient, Reporter, SentMessage
from aeapp.domain.values import zone_named
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.of_case import Envelope, message_of
from aeapp.formspecs.e2b_r3.reading import read_message
from aeapp.formspecs.e2b_r3.taking import Left, Taking, fits
from aeapp.formspecs.e2b_r3.to_case import Told, told_by
from aeapp.formspecs.e2b_r3.to_tests import tests_of
from aeapp.formspecs.e2b_r3.unread import unread
from aeapp.formspecs.e2b_r3.writing import MESSAGE
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_head, read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.embedded_files import Embedded, embedded
from aeapp.services.gathering import gather
from aeapp.services.importing_cases import (
    FOLLOW_UP,
    NEW_CASE,
    AlreadyHereError,
    CaseIntake,
    ImportedCase,
)
from aeapp.services.importing_news import NewsIntake, more_told
from aeapp.services.importing_patients import FILE, PatientConflictError, differing, merged
from aeapp.services.message_check import LIMIT, MessageFormat
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

_HEAD = 512
# By which a product, a lot or a study is known.
_NAMES = ("name", "number", "protocol", "title")
_AGE = ("age", "age_unit", "age_on")
_NULLIFIED, _AMENDED = "1", "2"


class NoMessageError(RefusedError):
    """A batch holds no message."""

    code = "import.no-message"

    def __init__(self) -> None:
        super().__init__(
            N_("This batch holds no case; nothing was taken in."),
            remedy=N_("Ask its sender for the file with the cases."),
        )


class SeveralKnownError(RefusedError):
    """Several cases here have the number of one message."""

    code = "import.several-known"

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = tuple(numbers)
        super().__init__(
            _("The number of this message is that of the cases {numbers}.").format(
                numbers=", ".join(numbers)
            ),
            remedy=N_("Say which of them it is news of, or that it is another case."),
            option=N_("--number NUMBER names it."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class _Message:
    """One message of a batch.

    Attributes:
        tests: Each F.r.
        sha256: Of the file it came in.
        files: Those inside it that become attachments.
        content: The file it came in, or where that holds others, too, a batch of it alone.
    """

    told: Told
    left: tuple[Left, ...]
    tests: tuple[Part, ...]
    files: tuple[Embedded, ...]
    sha256: str
    content: bytes


def is_message(path: Path) -> bool:
    """Tell whether a file is XML, by its first sign."""
    return read_head(path, _HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


class MessageImportService:
    """Import of messages."""

    def __init__(self, context: WorkContext, kinds: MessageFormat) -> None:
        self._context, self._kinds = context, kinds

    def import_messages(
        self, path: Path, *, patient: str = "", case: str = "", number: str = "", apply: bool = True
    ) -> tuple[ImportedCase, ...]:
        """Take in every case of a message whole, or refuse the file.

        Args:
            path: A batch of E2B(R3) messages.
            patient: Answer to whether it is the same person, as for a case file.
            case: Answer to a known case: ``follow-up`` adds what is new to it, ``new`` stores
                another case; empty refuses. Of a batch, ``follow-up`` is about those known here.
            number: Which case here a message is news of, where several have its number.
            apply: False plans only; the database is as before.

        Raises:
            ImportRejected: It is no E2B(R3) message, is broken, or names entities or other files.
            AlreadyHereError: A case of it is here, and nobody said what it is.
            SeveralKnownError: Several are, and nobody said which.
            PatientConflictError: A person has to say who the patient is.
        """
        content = read_whole(path, LIMIT)
        messages = self._messages(content)
        with self._context.new_uow() as uow:
            uow.lock()
            done = tuple(
                self._take(uow, message, (patient, case, number), alone=len(messages) == 1)
                for message in messages
            )
            if apply:
                uow.commit()
        return done

    def _messages(self, content: bytes) -> tuple[_Message, ...]:
        root = self._kinds.read(content)
        nodes = root.named(MESSAGE)
        if not nodes:
            raise NoMessageError
        country = self._context.clinic.country
        home = country.value if country else ""
        digest = hashlib.sha256(content).hexdigest()
        if len(nodes) == 1:
            return (_read(nodes[0], content, home, digest),)
        return tuple(
            _read(node, self._kinds.write(_alone(root, node), ""), home, digest) for node in nodes
        )

    def _take(
        self, uow: UnitOfWork, message: _Message, answers: tuple[str, str, str], *, alone: bool
    ) -> ImportedCase:
        patient, case, number = answers
        known = _known(uow, message.told)
        named = [one for one in known if number in ("", one.number)]
        # In a batch the number may be about another one of its messages.
        known = named if alone or named else known
        if len(known) > 1 and case != NEW_CASE:
            raise SeveralKnownError([one.number or "-" for one in known])
        if known and not case:
            raise AlreadyHereError
        if known and case == FOLLOW_UP:
            return MessageNews(uow, self._context, message, known[0]).take(patient)
        if case == FOLLOW_UP and alone:
            raise AlreadyHereError(here=False)
        return _MessageCase(uow, self._context, message).take(patient)


def _read(node: Node, content: bytes, country: str, sha256: str) -> _Message:
    values = read_message(node)
    files = embedded(values)
    told = _with_papers(told_by(values, country), files)
    held = {place for file in files for place in file.held}
    if files:
        held.add(("", "C.1.6.1"))
    left = [one for one in told.left if (one.where, one.number) not in held]
    tests = tuple(values.members("F.r"))
    return _Message(told, (*left, *unread(node, values)), tests, files, sha256, content)


def _with_papers(told: Told, files: Sequence[Embedded]) -> Told:
    """Name the file of each paper; one of which nothing is left to say is none."""
    of_paper = {file.paper: file.sha256 for file in files if file.paper is not None}
    case = told.bundle.case
    named = (replace(p, sha256=of_paper.get(n)) for n, p in enumerate(case.literature))
    case = replace(case, literature=tuple(paper for paper in named if paper.is_told))
    return replace(told, bundle=replace(told.bundle, case=case))


def _alone(root: Node, node: Node) -> Node:
    """Return a batch of one message: no case keeps what is told of other people."""
    others = [child for child in root.children if child.name != MESSAGE or child is node]
    return Node(root.name, dict(root.attributes), root.text, others)


def _known(uow: UnitOfWork, told: Told) -> list[CaseFile]:
    """Return the cases here that a message is of, by its numbers and by what was sent."""
    found: dict[str, CaseFile] = {}
    for told_number in dict.fromkeys((told.number, told.worldwide)) if told.number else ():
        sent = uow.records.find("message", number=told_number)
        records = [
            *uow.records.find("case", sender_number=told_number),
            *uow.records.find("case", worldwide_number=told_number),
            *(uow.records.get("case", one.case_id) for one in of_kind(SentMessage, sent)),
        ]
        found |= {case.id: case for case in of_kind(CaseFile, records)}
    return list(found.values())


class _Keeping:
    """Keeps the message with its case, and a text of what no record holds."""

    def __init__(self, uow: UnitOfWork, context: WorkContext, message: _Message) -> None:
        self._to, self._by, self._message = uow, context, message

    def add(self, left: Sequence[Left]) -> None:
        """Tell of more that no record took."""
        self._message = replace(self._message, left=(*left, *self._message.left))

    def keep(self, case_id: str, patient_id: str) -> None:
        """Store both as files of the case."""
        number = self._message.told.number
        title = _("E2B(R3) message {number}").format(number=number)
        self._file(case_id, patient_id, title, AttachmentType.MESSAGE, self._message.content)
        for file in self._message.files:
            self._file(case_id, patient_id, file.title, file.media, file.content)
        if self._message.left:
            lines = [one.sentence() for one in self._message.left]
            head = _("What of this message stands in no record, by element:")
            content = "\n".join((title, head, "", *lines, "")).encode()
            title = _("Not in the records of message {number}").format(number=number)
            self._file(case_id, patient_id, title, AttachmentType.REST, content)
        told = {
            "kind": "e2br3", "sha256": self._message.sha256, "left": len(self._message.left)
        }  # fmt: skip
        self._to.trail.note(
            "import", who=self._by.who, entity="case", entity_id=case_id, data=told
        )  # fmt: skip

    def _file(
        self, case_id: str, patient_id: str, title: str, media: AttachmentType, content: bytes
    ) -> None:
        key = self._to.blobs.put(content)
        if self._to.records.find("attachment", case_id=case_id, sha256=key):
            return
        made = Attachment(
            case_id=case_id, patient_id=patient_id, title=readable(title)[:200], media=media,
            size=len(content), sha256=key, added=self._by.minute(), by=self._by.who.name,
        )  # fmt: skip
        self._to.save(made, who=self._by.who)

    def notes(self) -> tuple[str, ...]:
        """Return what a person is told of the message beyond its records."""
        told = {
            _NULLIFIED: N_("Its sender takes this case back (C.1.11.1). Nothing was taken back "
                           "here: decide what becomes of it."),
            _AMENDED: N_("Its sender amends what was sent before (C.1.11.1)."),
        }  # fmt: skip
        said = told.get(self._message.told.nullified)
        return (said,) if said else ()

    def left(self) -> tuple[str, ...]:
        """Return a line for each value that no record holds."""
        return tuple(one.sentence() for one in self._message.left)


class _MessageCase(CaseIntake):
    """Stores a message as a case of its own."""

    def __init__(self, uow: UnitOfWork, context: WorkContext, message: _Message) -> None:
        super().__init__(uow, context)
        self._told, self._kept = message.told, _Keeping(uow, context, message)

    def take(self, answer: str) -> ImportedCase:
        """Store it, and keep the message with it."""
        bundle = self._told.bundle
        assert bundle.patient is not None  # noqa: S101 - a message is about a patient
        code = fits(Patient, "code", self._told.number[-50:])
        patient = replace(bundle.patient, code=code)
        done = self.store(
            replace(bundle, patient=patient, case=self._of_mother(bundle.case)), answer
        )
        self._kept.keep(self._ids[bundle.case.id], self._ids[patient.id])
        return replace(done, notes=(*done.notes, *self._kept.notes()), left=self._kept.left())

    def _of_mother(self, case: CaseFile) -> CaseFile:
        """Store the mother of a child as a patient of her own; return the case with their link."""
        parent = self._told.parent
        if parent is None:
            return case
        code = fits(Patient, "code", f"{self._told.number[-48:]}-M")
        self._save(replace(parent.mother, code=code))
        self._save(parent.pregnancy)
        self._note(N_("The mother of this patient was taken in as a patient of her own."))
        return replace(case, pregnancy_id=parent.pregnancy.id)


class MessageNews(NewsIntake):
    """Stores what a message has beyond a case that is here."""

    def __init__(
        self, uow: UnitOfWork, context: WorkContext, message: _Message, ours: CaseFile
    ) -> None:
        super().__init__(uow, context)
        if message.told.parent is not None:
            # Who the mother is was told with the case; what is news of her is for a person.
            message = replace(message, left=(*message.left, *message.told.parent.told))
        self._told, self._case, self._tests = message.told, ours, message.tests
        self._kept = _Keeping(uow, context, message)

    def take(self, answer: str) -> ImportedCase:
        """Store it, and keep the message with the case."""
        bundle = self._told.bundle
        # A message has no item for these: what is said here stays.
        case = replace(bundle.case, number=self._case.number, types=None, involvement=None)
        reporters = self._reporters(bundle.reporters)
        here = self._told_here()
        tests = [test.values for message in here for test in message.members("F.r")]
        news = Part(groups={"F.r": [test for test in self._tests if test.values not in tests]})
        fresh = tests_of(Taking(news))
        bundle = replace(bundle, case=case, observations=fresh, reporters=reporters)
        done = self.store_news(bundle, answer)
        self._kept.add(_weight_left(bundle.case, [message.text("D.3") for message in here]))
        self._kept.keep(self._case.id, self._case.patient_id)
        return replace(done, notes=(*done.notes, *self._kept.notes()), left=self._kept.left())

    def _reporters(self, told: tuple[Reporter, ...]) -> tuple[Reporter, ...]:
        """Return those with a name: who is masked may be anybody of those that are here."""
        if not self._uow.records.find("reporter", case_id=self._case.id):
            return told
        # Who files is known here.
        named = tuple(replace(one, files=None) for one in told if as_text(one.last_name))
        if len(named) < len(told):
            self._note(N_("Reporters whom the message does not name are not taken anew."))
        return named

    def _told_here(self) -> tuple[Part, ...]:
        """Return the case as messages from here tell it: a test of those is no news."""
        case, nobody = gather(self._uow, self._case.id), Envelope(sender="", receiver="")
        # A sender may leave out the offset that ours would have.
        bare = replace(case, clinic=replace(case.clinic, time_zone=None))
        return tuple(message_of(one, nobody) for one in (case, bare))

    def _answer_anew(self, ours: Record, theirs: Record) -> None:
        zone = zone_named(self._context.clinic.time_zone)
        super()._answer_anew(ours, more_told(ours, theirs, zone))

    def _once(self, record: Record) -> None:
        """Let a product, lot or study of the case stand for one that says nothing else."""
        linked = self._relinked(record)
        for ours in self._ours.get(record.KIND, ()):
            if ours.id not in self._taken and _says_the_same(ours, linked):
                self._ids[record.id] = ours.id
                self._taken.add(ours.id)
                return
        super()._once(record)

    def _patient(self, bundle: Bundle, answer: str) -> str:
        """Return who the patient is: that of the case, whatever code the message has."""
        known = self._case.patient_id
        found = of_kind(Patient, [self._uow.records.get("patient", known)] if known else [])
        if not found or bundle.patient is None:
            return super()._patient(bundle, answer)
        ours, theirs = found[0], _said(bundle.patient, found[0])
        differs = differing(ours, theirs)
        if differs and not answer:
            raise PatientConflictError(differs)
        if answer == FILE:
            reason = "import: facts of the message taken"
            self._uow.save(merged(ours, theirs), who=self._context.who, reason=reason)
        self._ids[bundle.patient.id] = ours.id
        return f"known, answered {answer}" if answer else "known"


def _says_the_same(ours: Record, theirs: Record) -> bool:
    """Tell whether two name the same thing and the second one says nothing otherwise."""
    named = [name for name in _NAMES if getattr(theirs, name, None)]
    return bool(named) and all(
        not lens.differs(getattr(ours, a.name), said)
        for a in attributes_of(type(theirs))
        if (said := getattr(theirs, a.name)) not in (None, "", ())
    )


def _weight_left(case: CaseFile, here: Sequence[str]) -> tuple[Left, ...]:
    """Return the weight of news, which only a new case states; nothing where it is known."""
    told = [one.value for one in case.stated if one.path == "subject.weight" and one.value]
    name = elements()["D.3"].name
    return tuple(Left("", "D.3", name, weight) for weight in told if weight not in here)


def _said(theirs: Patient, ours: Patient) -> Patient:
    """Return what a message says of a known patient: a reason for no value says nothing."""
    silent: dict[str, Any] = {
        a.name: None
        for a in attributes_of(Patient)
        if isinstance(getattr(theirs, a.name), NullFlavor)
    }
    if ours.birth_date is not None or ours.age is not None:
        # An age at the time of an event is none of the record's.
        silent |= dict.fromkeys(_AGE)
    return replace(theirs, **silent)


__all__ = [
    "MessageImportService",
    "MessageNews",
    "NoMessageError",
    "SeveralKnownError",
    "is_message",
]
