"""The ICH schema set that messages are held against: where it is, and whether it is still the same.

It is the user's (no file of it comes with the program), so the clinic keeps its path and hash.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from aeapp.domain.codecs import show_date
from aeapp.domain.records import SchemaSet
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

# Names folder or ZIP of the ICH ICSR schema set on this computer.
SCHEMAS = "AEAPP_E2B_SCHEMAS"
# What trail and register say where no set was there.
NOT_CHECKED = "not checked"
_SHOWN = 16


class SchemaVerdict(Protocol):
    """What a schema set says of a message."""

    @property
    def files(self) -> int:
        """How many files the set has."""

    @property
    def sha256(self) -> str:
        """Of the whole set."""

    @property
    def errors(self) -> tuple[tuple[int, str], ...]:
        """Line and sentence; empty for a valid message."""


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """Which set a message is held against.

    Attributes:
        place: Folder or ZIP; None where there is none.
        registered: What was registered of this place, or of the place that is not there.
    """

    place: Path | None = None
    registered: SchemaSet | None = None

    def told(self, sha256: str) -> str:
        """Return what a person is told of the set beside the verdict; "" where nothing is.

        Args:
            sha256: Of the set as it is now; "" where it is not there.
        """
        known = self.registered
        if known is None or (sha256 and sha256 == known.sha256):
            return ""
        if not sha256:
            return _("The registered schema set is not at {path}.").format(path=known.path or "-")
        day = show_date(known.registered_on) if known.registered_on else "-"
        text = _(
            "The schema set was changed since it was registered on {day}: its SHA-256 began with "
            "{then} and begins with {now}."
        )
        then = (known.sha256 or "")[:_SHOWN]
        return text.format(day=day, then=then, now=sha256[:_SHOWN])


NO_SET = ChosenSet()


def registered_set(uow: UnitOfWork) -> SchemaSet | None:
    """Return the set that was registered last; None where none is."""
    found = of_kind(SchemaSet, uow.records.find("schema_set"))
    standing = (one for one in found if one.struck_reason is None)
    return max(standing, key=lambda one: one.id, default=None)


def chosen_set(uow: UnitOfWork, named: Path | None) -> ChosenSet:
    """Return the set that is named, else what this computer names, else the registered one.

    One that is registered and lies on another computer leaves the message unchecked, which is told.
    """
    known = registered_set(uow)
    place = set_of_computer(named).place
    if place is not None:
        same = known is not None and Path(known.path or "") == place.absolute()
        return ChosenSet(place, known if same else None)
    if known is None:
        return NO_SET
    path = Path(known.path or "")
    return ChosenSet(path if path.exists() else None, known)


def set_of_computer(named: Path | None) -> ChosenSet:
    """Return the set that is named, else what this computer names; no clinic is asked."""
    of_computer = os.environ.get(SCHEMAS)
    return ChosenSet(named or (Path(of_computer) if of_computer else None))


@dataclass(frozen=True, slots=True)
class SchemaState:
    """What is registered, and what became of it.

    Attributes:
        told: One sentence; "" where the set is as it was.
    """

    registered: SchemaSet | None
    told: str = ""


class SchemaSetService:
    """Register a schema set, look at it, forget it."""

    def __init__(self, context: WorkContext, probe: Callable[[Path], SchemaVerdict]) -> None:
        self._context, self._probe = context, probe

    def state(self) -> SchemaState:
        """Return the registered set, and whether it is there and as it was.

        Raises:
            RefusedError: It is there and can no longer be used; says why.
        """
        with self._context.new_uow() as uow:
            known = registered_set(uow)
        if known is None:
            return SchemaState(None)
        place = Path(known.path or "")
        now = self._probe(place).sha256 if place.exists() else ""
        return SchemaState(known, ChosenSet(place, known).told(now))

    def register(self, place: Path) -> SchemaSet:
        """Try a set, and keep where it is and what it holds; the same one twice is kept once.

        Raises:
            RefusedError: The set is not there, or refuses what is right or lets pass what is
                wrong.
            ImportRejected: The ZIP is broken or hostile.
            FileTroubleError: It cannot be read.
        """
        place = place.absolute()
        found = self._probe(place)
        with self._context.new_uow() as uow:
            known = registered_set(uow)
            if known is not None and (known.path, known.sha256) == (str(place), found.sha256):
                return known
            if known is not None:
                self._strike(uow, known, N_("another one was registered"))
            new = SchemaSet(
                path=str(place),
                files=found.files,
                sha256=found.sha256,
                registered_on=self._context.minute(),
                by=self._context.who.name,
            )
            stored = uow.save(new, who=self._context.who)
            uow.commit()
        return stored

    def forget(self) -> bool:
        """Strike the registered set; tell whether there was one."""
        with self._context.new_uow() as uow:
            known = registered_set(uow)
            if known is not None:
                self._strike(uow, known, N_("no longer wanted"))
                uow.commit()
        return known is not None

    def _strike(self, uow: UnitOfWork, known: SchemaSet, why: str) -> None:
        uow.save(replace(known, struck_reason=why), who=self._context.who)
