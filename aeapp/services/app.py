"""The program as one login sees it: the services, handed to windows and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Clinic
from aeapp.services.cases import CaseService
from aeapp.services.context import WorkContext
from aeapp.services.documents import DocumentService
from aeapp.services.drafts import DraftService
from aeapp.services.importing import ImportService
from aeapp.services.patients import PatientService
from aeapp.services.sessions import SessionService
from aeapp.trail.chain import Head
from aeapp.trail.entry import Actor


@dataclass(frozen=True, slots=True)
class App:
    """The services of one open clinic.

    Attributes:
        close: Sign an anchor, close the files, wipe the keys.
        head: The newest entry of the trail.
    """

    context: WorkContext
    patients: PatientService
    sessions: SessionService
    cases: CaseService
    documents: DocumentService
    drafts: DraftService
    importing: ImportService
    close: Callable[[], None]
    head: Callable[[], Head]
    folder: Path | None = None

    @property
    def who(self) -> Actor:
        """Return the person who is logged in."""
        return self.context.who

    @property
    def clinic(self) -> Clinic:
        """Return the clinic as it was at login."""
        return self.context.clinic


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewClinic:
    """What making a clinic asks: the clinic, its first person, and that person's password."""

    target: Path
    clinic: Clinic
    user_name: str
    display_name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One result of ``doctor``: what was looked at, whether it is good, and the figure."""

    name: str
    good: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Health:
    """What ``doctor`` found."""

    lines: tuple[HealthLine, ...] = field(default_factory=tuple)

    @property
    def good(self) -> bool:
        """Tell whether every line is good."""
        return all(line.good for line in self.lines)


class Clinics(Protocol):
    """Makes and opens clinics; bootstrap fulfils it."""

    def load(self) -> None:
        """Load ahead of time what making or opening a clinic needs; on a thread."""

    def create(self, new: NewClinic) -> App:
        """Make an empty clinic and log its first person in."""

    def open(self, target: str, user_name: str, password: str) -> App:
        """Open a clinic folder, or a PostgreSQL server by its URL, as ``user_name``."""

    def health(self, app: App) -> Health:
        """Check settings, integrity, schema and trail of the open clinic."""
