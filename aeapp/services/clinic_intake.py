"""Take a whole clinic that was given out into an empty one: proved and looked at first.

Whatever becomes otherwise than in the file is said in a sentence: whose invented people come in,
who has no account here, whose entry stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from aeapp.domain.clinic_lines import record_of
from aeapp.domain.items import Record
from aeapp.domain.links import relinked
from aeapp.domain.records import ALL_RECORDS, Clinic, Staff
from aeapp.domain.rejection import rejected
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.clinic_archive import BATCH, KIND, Archive, ClinicFile, Opened
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

REASON = "import of a whole clinic"
_NAMES = 6


class NotEmptyError(RefusedError):
    """A whole clinic was to be taken into one that has records already."""

    code = "clinic.not-empty"

    def __init__(self, kind: str) -> None:
        super().__init__(
            _("This clinic has records already ({kind}); nothing was taken in.").format(
                kind=kind.replace("_", " ")
            ),
            remedy=N_("Make an empty clinic and take the file in there."),
            option=N_("'new' makes one."),
        )


class OtherPersonError(RefusedError):
    """The file has another person under the user name of who takes it in."""

    code = "clinic.other-person"

    def __init__(self) -> None:
        super().__init__(
            N_("The file has another person under your user name; nothing was taken in."),
            remedy=N_("Make the empty clinic under a user name that nobody in the file has."),
        )


def look_into(opened: Opened, path: Path, progress: Progress) -> ClinicFile:
    """Read a ZIP, prove every hash and every line, and say what is in it; no clinic is needed.

    Raises:
        ImportRejected: It is not what a clinic gave out.
        CancelledError: The person stopped the work.
    """
    with opened(path) as archive:
        prove(archive, progress)
        reading = Reading(archive, progress)
        for _cls, _records in reading.batches():
            pass
        return replace(reading.told(), applied=False)


def prove(archive: Archive, progress: Progress) -> None:
    """See that every file of the ZIP is what the manifest says."""
    names = archive.names()
    for done, name in enumerate(names):
        progress.step(done, len(names), _(N_("Proving the file")))
        archive.prove(name)


class Reading:
    """Reads the records of one archive, and remembers whose clinic it is and who works there."""

    def __init__(self, archive: Archive, progress: Progress) -> None:
        self._archive, self._progress = archive, progress
        self._clinic: Clinic | None = None
        self._people: dict[str, str] = {}
        self._notes: list[str] = []

    def batches(self) -> Iterator[tuple[type[Record], list[Record]]]:
        """Yield the records by kind, some hundred at a time."""
        counts = self._archive.counts()
        done, total = 0, max(sum(counts.values()), 1)
        for cls in ALL_RECORDS:
            # The end of the lines proves their hash, so they are read until there are none.
            lines = self._archive.lines(cls.KIND) if cls.KIND in counts else iter(())
            while some := list(islice(lines, BATCH)):
                records = [record_of(cls, line, _place(cls.KIND, n)) for n, line in some]
                self._heard(cls, records)
                yield cls, records
                done += len(some)
                self._progress.step(min(done, total), total, cls.KIND.replace("_", " "))

    def told(self) -> ClinicFile:
        """Return what was read."""
        manifest = self._archive.manifest
        return ClinicFile(
            counts=self._archive.counts(),
            contents=len(self._archive.contents()),
            sha256=self._archive.sha256,
            made_at=_text_of(manifest, "made_at"),
            program=_text_of(manifest, "program"),
            clinic=self._clinic,
            people=dict(self._people),
            notes=tuple(self._notes),
        )

    def _heard(self, cls: type[Record], records: list[Record]) -> None:
        if cls is Clinic:
            for told in of_kind(Clinic, records):
                if self._clinic is not None:
                    raise rejected(Clinic.KIND, N_("The file has more than one {path}."))
                self._clinic = told
        elif cls is Staff:
            for person in of_kind(Staff, records):
                self._people[person.user_name or ""] = person.name or ""


class Taking(Reading):
    """Takes one archive into an empty clinic, inside one unit of work."""

    def __init__(
        self, uow: UnitOfWork, context: WorkContext, archive: Archive, progress: Progress
    ) -> None:
        super().__init__(archive, progress)
        self._uow, self._context = uow, context
        self._staff: dict[str, str] = {}

    def look(self) -> ClinicFile:
        """Read every line and store nothing."""
        self._staff_here()
        for cls, records in self.batches():
            if cls is Clinic:
                self._clinic_here(of_kind(Clinic, records))
        self._tell_accounts()
        return replace(self.told(), applied=False)

    def store(self) -> ClinicFile:
        """Store contents and records, and enter the import in the trail."""
        self._uow.lock()
        refuse_records(self._uow)
        for key in self._archive.contents():
            self._uow.blobs.put(self._archive.content(key))
        self._staff_here()
        for cls, records in self.batches():
            if cls is Clinic:
                for own in self._clinic_here(of_kind(Clinic, records)):
                    self._uow.save(own, who=self._context.who, reason=REASON)
            else:
                fresh = [self._linked(one) for one in records if one.id not in self._staff]
                self._uow.save_bulk(fresh, who=self._context.who, reason=REASON)
        self._tell_accounts()
        told = self.told()
        data = {"kind": KIND, "sha256": told.sha256, "records": sum(told.counts.values())}
        self._uow.trail.note("import", who=self._context.who, entity="clinic",
                             entity_id=self._context.clinic.id, data=data)  # fmt: skip
        return told

    def _staff_here(self) -> None:
        """Know the file's entry of who takes it in: the one that is here stays in its place.

        Raises:
            OtherPersonError: The entry of this user name is somebody else's.
        """
        if Staff.KIND not in self._archive.counts():
            return
        own = {s.user_name: s for s in of_kind(Staff, self._uow.records.query(Staff.KIND))}
        for number, line in self._archive.lines(Staff.KIND):
            person = record_of(Staff, line, _place(Staff.KIND, number))
            here = own.get(person.user_name)
            if here is None:
                continue
            if here.name != person.name:
                raise OtherPersonError
            self._staff[person.id] = here.id
            self._notes.append(
                _(N_("Your own entry of the staff stays as it was made here, with its role."))
            )

    def _clinic_here(self, records: Sequence[Clinic]) -> list[Clinic]:
        """Return the clinic of the file in the place of the one here, and note what changes."""
        (here,) = of_kind(Clinic, self._uow.records.query(Clinic.KIND, limit=1))
        for told in records:
            self._notes += changes_of(here, told)
        return [replace(told, id=here.id, version=here.version) for told in records]

    def _tell_accounts(self) -> None:
        """Note who of the staff comes in and cannot log in."""
        own = self._context.who.user_name
        names = sorted(name or user for user, name in self._people.items() if user != own)
        if not names:
            return
        shown = ", ".join(names[:_NAMES])
        if len(names) > _NAMES:
            shown = _(N_("{names} and {n} more")).format(names=shown, n=len(names) - _NAMES)
        self._notes.append(
            _(
                N_(
                    "No account comes with the staff: {names} cannot log in here. Their names stay"
                    " with what they did. This version makes an account for the person who makes"
                    " a clinic, and for nobody else."
                )
            ).format(names=shown)
        )

    def _linked(self, record: Record) -> Record:
        if not self._staff:
            return record
        return relinked(
            record,
            lambda kind, target: self._staff.get(target, target) if kind == Staff.KIND else target,
        )


def changes_of(here: Clinic, told: Clinic) -> Iterator[str]:
    """Yield what becomes of the clinic here: nobody may take invented people for real ones."""
    if told.practice and not here.practice:
        yield _(
            N_(
                "The file is a practice clinic, its people are invented: this clinic becomes a"
                " practice clinic, and every print says so."
            )
        )
    elif told.practice:
        yield _(N_("The file is a practice clinic, as this one is: its people are invented."))
    elif here.practice:
        yield _(
            N_(
                "The file is no practice clinic, its people are real: this clinic stops being a"
                " practice clinic."
            )
        )
    if (here.name, here.time_zone) != (told.name, told.time_zone):
        yield _(
            N_("Name, time zone and settings become those of the file: {name}, {zone}.")
        ).format(name=told.name or "", zone=told.time_zone or "")


def _text_of(manifest: Mapping[str, Any], name: str) -> str:
    told = manifest.get(name)
    return told if isinstance(told, str) else ""


def _place(kind: str, number: int) -> str:
    return _("{kind}, line {number}").format(kind=kind.replace("_", " "), number=number)


def refuse_records(uow: UnitOfWork) -> None:
    """See that nothing is here but what making a clinic makes: itself and its first person.

    Raises:
        NotEmptyError: There is more.
    """
    first = {Clinic.KIND: 1, Staff.KIND: 1}
    for cls in ALL_RECORDS:
        if uow.records.count(cls.KIND) > first.get(cls.KIND, 0):
            raise NotEmptyError(cls.KIND)
