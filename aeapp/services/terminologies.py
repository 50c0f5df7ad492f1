"""Load releases of terminologies: planned first, then whole or not at all, each version once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.grades import edition_key
from aeapp.domain.coding.release import Release, blocks_of
from aeapp.domain.records import Terminology
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.ports import NotFoundError, TerminologyReader, UnitOfWork
from aeapp.services.sessions import of_kind

# Never the file's name.
REASON = "import of a terminology"


class LoadedAlreadyError(RefusedError):
    """This version is in the clinic already."""

    code: ClassVar[str] = "terminology.loaded-already"

    def __init__(self) -> None:
        super().__init__(
            N_("This version of the terminology is loaded already."),
            remedy=N_("Nothing is to be done; the terms of the loaded release stay as they are."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSummary:
    """What loading a release did, or would do.

    Attributes:
        counts: How many terms of each level, by the level's words.
        retired: How many of them the release no longer wants used.
        becomes_current: New events will be coded with it.
        loaded_already: This version is here; it will be refused.
    """

    terminology: str
    edition: str
    meddra_edition: str
    language: str
    counts: dict[str, int]
    retired: int
    sha256: str
    becomes_current: bool
    loaded_already: bool
    applied: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class LoadPlan:
    """A release that was read and is not stored."""

    release: Release
    sha256: str
    summary: LoadSummary


class TerminologyService:
    """The releases that the clinic loaded."""

    def __init__(self, context: WorkContext, reader: TerminologyReader) -> None:
        self._context, self._reader = context, reader

    def releases(self) -> tuple[Terminology, ...]:
        """Return the loaded releases, by name and then the newest first."""
        with self._context.new_uow() as uow:
            found = _releases(uow)
        newest = sorted(found, key=lambda r: edition_key(r.edition), reverse=True)
        order = list(TerminologyName)
        return tuple(sorted(newest, key=lambda r: order.index(r.name or TerminologyName.OWN)))

    def plan(self, name: TerminologyName, path: Path, edition: str = "") -> LoadPlan:
        """Read a release and say what loading it would do; nothing is changed.

        Args:
            name: What it is.
            path: A workbook, a CSV, a folder or an archive.
            edition: Its version, where the file does not tell.

        Raises:
            ImportRejected: It cannot be read; every problem has its file and line.
        """
        release, digest = self._reader.read(name, path, edition)
        with self._context.new_uow() as uow:
            known = _releases(uow)
        return LoadPlan(release, digest, _summary(release, digest, known))

    def load(self, plan: LoadPlan) -> LoadSummary:
        """Store a release whole; the newest version of a terminology is the one in use.

        Raises:
            LoadedAlreadyError: This version is here.
        """
        release, who = plan.release, self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            known = _releases(uow)
            summary = _summary(release, plan.sha256, known)
            if summary.loaded_already:
                raise LoadedAlreadyError
            if summary.becomes_current:
                for older in known:
                    if older.name is release.name and older.current:
                        uow.save(replace(older, current=False), who=who, reason=REASON)
            head = uow.save(self._head(plan, current=summary.becomes_current), who=who)
            uow.save_bulk(list(blocks_of(release.entries, head.id)), who=who, reason=REASON)
            uow.commit()
        return replace(summary, applied=True)

    def use(self, terminology_id: str, reason: str = "") -> Terminology:
        """Code new events with this release; the other ones of its terminology rest."""
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            known = {release.id: release for release in _releases(uow)}
            chosen = known.get(terminology_id)
            if chosen is None:
                raise NotFoundError("terminology")
            for other in known.values():
                if other.name is chosen.name and other.current and other is not chosen:
                    uow.save(replace(other, current=False), who=who, reason=reason)
            done = uow.save(replace(chosen, current=True), who=who, reason=reason)
            uow.commit()
        return done

    def _head(self, plan: LoadPlan, *, current: bool) -> Terminology:
        release = plan.release
        return Terminology(
            name=release.name,
            edition=release.edition,
            meddra_edition=release.meddra_edition or None,
            language=release.language,
            sha256=plan.sha256,
            terms=len(release.entries),
            current=current,
            loaded_by=self._context.who.name,
            loaded_at=self._context.minute(),
        )


def _releases(uow: UnitOfWork) -> tuple[Terminology, ...]:
    return of_kind(Terminology, uow.records.query("terminology"))


def _summary(release: Release, digest: str, known: Sequence[Terminology]) -> LoadSummary:
    same = [r for r in known if r.name is release.name]
    mine = edition_key(release.edition)
    return LoadSummary(
        terminology=release.name.words,
        edition=release.edition,
        meddra_edition=release.meddra_edition,
        language=release.language,
        counts={level.words: count for level, count in release.counts()},
        retired=release.retired,
        sha256=digest,
        becomes_current=all(edition_key(r.edition) <= mine for r in same),
        loaded_already=any(edition_key(r.edition) == mine for r in same),
    )
