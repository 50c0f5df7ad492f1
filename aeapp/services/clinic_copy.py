"""Give the whole clinic out as one ZIP, at any time, and take it into an empty one without loss.

What goes out is every record with its id, its version and its links, and every content that a
record names. What does not is said in the file itself: the trail and its proofs belong to the
clinic that wrote them, keys and passwords to its people. How it goes out is in ``clinic_giving``,
how it comes in in ``clinic_intake``.
"""

from __future__ import annotations

from pathlib import Path

from aeapp.domain.clinic_lines import MAX_MEMBERS, MAX_PACKED
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import filled
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.clinic_archive import KIND, ClinicFile, ClinicFormat
from aeapp.services.clinic_giving import Writing
from aeapp.services.clinic_intake import NotEmptyError, Taking, prove, refuse_records
from aeapp.services.context import WorkContext
from aeapp.services.inspection_bundle import may_give
from aeapp.services.register import RegisterLine, Subject, Wrote, enter

_TOO_LARGE = N_(
    "The file is larger than this program takes in again: it takes {files} files and {size} GB."
)
# Records and tables of every kind, and what tells of them.
_OTHER_FILES = 1000


class CopyRoleError(RefusedError):
    """Somebody whose role does not give out everybody's values asked for the whole clinic."""

    code = "clinic.copy-role"

    def __init__(self) -> None:
        super().__init__(
            N_("Your role does not give the whole clinic out."),
            remedy=N_("The compliance lead, the administrator or an auditor does."),
        )


class ClinicCopyService:
    """The whole clinic out and in."""

    def __init__(self, context: WorkContext, kinds: ClinicFormat) -> None:
        self._context, self._kinds = context, kinds

    @property
    def may_give(self) -> bool:
        """Tell whether this person gives the whole clinic out."""
        return may_give(self._context)

    # --- out

    def export(
        self, out: Path, *, progress: Progress | None = None, overwrite: bool = False
    ) -> ClinicFile:
        """Write everything as one ZIP; enter it in the trail and the register.

        Raises:
            CopyRoleError: The person's role does not give the whole clinic out.
            CancelledError: The person stopped the work; nothing stands under the name.
            FileThereError: A file has that name, and it is not to be replaced.
            FileTroubleError: The file could not be written.
        """
        if not self.may_give:
            raise CopyRoleError
        writing = Writing(self._context, self._kinds.packer, progress or NoProgress())
        with filled(out, writing.write, overwrite=overwrite) as file:
            digest, size = file.digest(), file.size()
            with self._context.new_uow() as uow:
                data = {"kind": KIND, "records": sum(writing.counts.values()), "sha256": digest}
                head = uow.trail.note(
                    "export", who=self._context.who, entity="clinic",
                    entity_id=self._context.clinic.id, data={**data, "size": size},
                )  # fmt: skip
                line = RegisterLine(Subject(number="", what=KIND))
                enter(uow, self._context, line, Wrote(head.seq, digest, 0))
                uow.commit()
            file.finish()
        return ClinicFile(
            counts=writing.counts,
            contents=writing.contents,
            sha256=digest,
            size=size,
            notes=_too_large(writing.contents, size),
            head=head,
        )

    # --- in

    def plan(self, path: Path, progress: Progress | None = None) -> ClinicFile:
        """Read a ZIP, prove every hash and every line, and say what would come in.

        Raises:
            ImportRejected: It is not what a clinic gave out.
            NotEmptyError: This clinic has records already.
            OtherPersonError: It has another person under this user name.
        """
        return self._take(path, progress or NoProgress(), apply=False)

    def take_in(self, path: Path, progress: Progress | None = None) -> ClinicFile:
        """Store everything of a ZIP, all or nothing. Log in again afterwards.

        Raises:
            ImportRejected: It is not what a clinic gave out.
            NotEmptyError: This clinic has records already.
            OtherPersonError: It has another person under this user name.
            CancelledError: The person stopped the work; nothing was stored.
        """
        return self._take(path, progress or NoProgress(), apply=True)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is here but the clinic and its first person."""
        with self._context.new_uow() as uow:
            try:
                refuse_records(uow)
            except NotEmptyError:
                return False
        return True

    def _take(self, path: Path, progress: Progress, *, apply: bool) -> ClinicFile:
        with self._kinds.opened(path) as archive, self._context.new_uow() as uow:
            refuse_records(uow)
            prove(archive, progress)
            taking = Taking(uow, self._context, archive, progress)
            done_with = taking.store() if apply else taking.look()
            if apply:
                uow.commit()
        return done_with


def _too_large(contents: int, size: int) -> tuple[str, ...]:
    """Return the sentence that says that a file is not taken in again, or nothing."""
    if contents + _OTHER_FILES <= MAX_MEMBERS and size <= MAX_PACKED:
        return ()
    return (_(_TOO_LARGE).format(files=f"{MAX_MEMBERS:,}", size=MAX_PACKED // 1_000_000_000),)
