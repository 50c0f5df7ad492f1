"""Put the program together: the only place that names the concrete classes.

Nothing heavy is loaded before a clinic is made or opened, so that a window can show first.
"""

from __future__ import annotations

import platform
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.findings import item_findings
from aeapp.domain.items import spec_at
from aeapp.domain.records import Clinic, Staff
from aeapp.kernel.clock import Clock, SystemClock, rfc3339
from aeapp.kernel.errors import BadInputError, RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.app import App, Health, HealthLine, NewClinic
from aeapp.services.cases import CaseService
from aeapp.services.context import WorkContext
from aeapp.services.documents import DocumentService
from aeapp.services.drafts import DraftService
from aeapp.services.importing import ImportService
from aeapp.services.patients import PatientService
from aeapp.services.sessions import SessionService
from aeapp.trail.anchors import Signer
from aeapp.trail.entry import Actor

if TYPE_CHECKING:
    from aeapp.persistence.database import Database
    from aeapp.vault import KdfParameters
    from aeapp.vault.opened import OpenVault

SUFFIX = ".aeclinic"
# What the first clinic of a run would otherwise wait for, keys first.
_NEEDED = (
    "argon2.low_level",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "aeapp.vault",
    "aeapp.persistence.database",
    "exports.documents",
)


class ServerNotYetError(RefusedError):
    """A PostgreSQL server was named; this version opens folders."""

    code = "server.not-yet"

    def __init__(self) -> None:
        super().__init__(
            N_("This version opens clinics in a folder only."),
            remedy=N_("Give the folder NAME.aeclinic with --clinic."),
        )


class AccountClosedError(RefusedError):
    """The person's account was closed."""

    code = "account.closed"

    def __init__(self) -> None:
        super().__init__(
            N_("This account is closed."),
            remedy=N_("Ask the administrator of the clinic to open it again."),
        )


class LocalClinics:
    """Clinics in folders on this computer.

    Args:
        kdf: Cost of guessing a password; measured on this machine where it is not given.
    """

    def __init__(self, clock: Clock | None = None, kdf: KdfParameters | None = None) -> None:
        self._clock = clock or SystemClock()
        self._kdf = kdf
        self._open: dict[int, Database] = {}

    def load(self) -> None:
        """Load ahead of time what making or opening a clinic needs; on a thread."""
        for name in _NEEDED:
            import_module(name)

    def create(self, new: NewClinic) -> App:
        """Make an empty clinic in ``new.target`` and log its first person in."""
        from aeapp.persistence.database import create_database  # noqa: PLC0415 - not before needed
        from aeapp.vault import create_vault  # noqa: PLC0415

        _refuse_wrong_items(new)
        folder = new.target
        if folder.suffix != SUFFIX:
            folder = folder.with_name(folder.name + SUFFIX)
        vault = create_vault(
            folder,
            user_name=new.user_name,
            display_name=new.display_name,
            password=new.password,
            clinic_name=new.clinic.name or "",
            now=self._clock.now,
            kdf=self._kdf,
        )
        try:
            database = create_database(
                folder,
                vault.database_key(),
                clock=self._clock,
                signer=_signer(vault),
                install=vault.vault_id,
                who=_actor(vault, new.role),
            )
        except BaseException:
            # Keys without a database would stand in the way of the next try.
            vault.wipe()
            _remove_keys(folder)
            raise
        self._first_records(database, vault, new)
        return self._app(folder, vault, database)

    def _first_records(self, database: Database, vault: OpenVault, new: NewClinic) -> None:
        who = _actor(vault, new.role)
        staff = Staff(
            id=vault.user_id,
            user_name=vault.user_name,
            name=new.display_name,
            role=new.role,
            active=True,
        )
        with database.new_uow() as uow:
            uow.save(new.clinic, who=who)
            uow.save(staff, who=who)
            uow.commit()

    def open(self, target: str, user_name: str, password: str) -> App:
        """Open a clinic folder as ``user_name``."""
        if target.startswith("postgresql"):
            raise ServerNotYetError
        from aeapp.persistence.database import open_database  # noqa: PLC0415 - not before needed
        from aeapp.vault import open_vault  # noqa: PLC0415

        folder = Path(target)
        vault = open_vault(folder, user_name=user_name, password=password, now=self._clock.now)
        try:
            database = open_database(
                folder, vault.database_key(), clock=self._clock, signer=_signer(vault)
            )
        except BaseException:
            vault.wipe()
            raise
        try:
            app = self._app(folder, vault, database)
            with database.new_uow() as uow:
                uow.trail.note("login", who=app.who, data=_login_facts(vault))
                uow.commit()
        except BaseException:
            database.abandon()
            vault.wipe()
            raise
        return app

    def _app(self, folder: Path, vault: OpenVault, database: Database) -> App:
        from exports.documents import PdfPages, PdfRenderer  # noqa: PLC0415 - not before needed

        with database.new_uow() as uow:
            found = uow.records.query("clinic", limit=1)
            staff = uow.records.find("staff", user_name=vault.user_name)
        clinic = found[0] if found and isinstance(found[0], Clinic) else Clinic()
        person = staff[0] if staff and isinstance(staff[0], Staff) else Staff()
        if person.active is False:
            raise AccountClosedError
        context = WorkContext(
            new_uow=database.new_uow,
            clock=self._clock,
            who=_actor(vault, person.role or Role.NURSE, person.name),
            clinic=clinic,
        )
        cases = CaseService(context)

        def close() -> None:
            self._open.pop(id(app), None)
            database.close()
            vault.wipe()

        app = App(
            context=context,
            patients=PatientService(context),
            sessions=SessionService(context),
            cases=cases,
            documents=DocumentService(context, cases, PdfRenderer(), PdfPages()),
            drafts=DraftService(context),
            importing=ImportService(context),
            close=close,
            head=database.head,
            folder=folder,
        )
        self._open[id(app)] = database
        return app

    def health(self, app: App) -> Health:
        """Check settings, integrity, schema and trail of the open clinic."""
        report = self._open[id(app)].report()
        return Health(tuple(HealthLine(c.name, c.ok, c.detail) for c in report.checks))


def _refuse_wrong_items(new: NewClinic) -> None:
    """Refuse a clinic whose own items break their rules, such as a zone that does not exist."""
    for finding in item_findings(new.clinic):
        raise BadInputError(
            finding.text, remedy=f"Correct '{spec_at(Clinic, finding.path).item.label}'."
        )


def _login_facts(vault: OpenVault) -> dict[str, list[str]]:
    """Return what the key file tells at a login: wrong tries before it, and what was mended."""
    failed = [rfc3339(moment) for moment in vault.failed_at]
    notices = [notice.value for notice in vault.notices]
    return {name: facts for name, facts in (("failed", failed), ("notices", notices)) if facts}


def _remove_keys(folder: Path) -> None:
    for file in folder.glob("clinic.vault.*"):
        file.unlink()


def _signer(vault: OpenVault) -> Signer:
    from aeapp.vault import verify_signature  # noqa: PLC0415 - not before needed

    def verify(key_id: str, message: bytes, signature: bytes) -> bool:
        own = key_id == vault.key_id
        return own and verify_signature(vault.public_key, message, signature)

    return Signer(key_id=vault.key_id, sign=vault.sign, verify=verify)


def _actor(vault: OpenVault, role: Role, name: str | None = None) -> Actor:
    return Actor(
        user_id=vault.user_id,
        user_name=vault.user_name,
        name=name or vault.display_name,
        role=role.value,
        workstation=platform.node() or "workstation",
    )
