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
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.kernel.clock import Clock, SystemClock, rfc3339
from aeapp.kernel.copies import TemporaryCopies, sweep
from aeapp.kernel.errors import BadInputError, RefusedError
from aeapp.kernel.i18n import N_
from aeapp.kernel.progress import Progress
from aeapp.services.app import App, Health, HealthLine, NewClinic, WrongTries
from aeapp.services.attaching import AttachingService
from aeapp.services.clinic_archive import ClinicFile
from aeapp.services.clinic_intake import look_into
from aeapp.services.context import WorkContext
from aeapp.services.freezing import Freezer
from aeapp.services.inspection_bundle import Packing, Proofs
from aeapp.services.message_check import Checked, MessageCheck
from aeapp.services.message_drawing import MessageDrawer
from aeapp.services.schema_sets import set_of_computer
from aeapp.services.studies import StudyService
from aeapp.trail.anchors import Signer
from aeapp.trail.entry import Actor
from aeapp.wiring import message_format, services_of

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
    "holidays.countries.united_states",
)


class ServerNotYetError(RefusedError):
    """A PostgreSQL server was named; this version opens folders."""

    code = "server.not-yet"

    def __init__(self) -> None:
        super().__init__(
            N_("This version opens clinics in a folder only."),
            remedy=N_("Choose the clinic's folder, NAME.aeclinic."),
            option=N_("--clinic names it."),
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
        from exports.bundle import BundleFiles  # noqa: PLC0415 - not before needed
        from exports.documents import PdfOfficialFiller, PdfRenderer  # noqa: PLC0415 - as above
        from exports.e2b.xml_file import xml_of  # noqa: PLC0415 - as above

        context = self._context(vault, database)
        filler = PdfOfficialFiller()
        drawer = MessageDrawer(xml_of)
        freezer = Freezer(context, PdfRenderer(), filler, drawer)
        sweep()
        attaching = AttachingService(context, TemporaryCopies())

        def close() -> None:
            self._open.pop(id(app), None)
            attaching.wipe_copies()
            database.close()
            vault.wipe()

        app = App(
            context=context,
            **services_of(context, freezer, filler, drawer, vault),
            studies=StudyService(context, vault.check_password),
            packing=Packing(context, BundleFiles(), _proofs(folder, vault, database)),
            close=close,
            head=database.head,
            check_file=database.check_file,
            keep_anchored=database.anchor_when_due,
            attaching=attaching,
            tries=WrongTries(own=vault.failed_at, unknown=vault.failed_unknown),
            folder=folder,
        )
        self._open[id(app)] = database
        return app

    def _context(self, vault: OpenVault, database: Database) -> WorkContext:
        """Return who works here, and in which clinic."""
        with database.new_uow() as uow:
            found = uow.records.query("clinic", limit=1)
            staff = uow.records.find("staff", user_name=vault.user_name)
        person = staff[0] if staff and isinstance(staff[0], Staff) else Staff()
        if person.active is False:
            raise AccountClosedError
        return WorkContext(
            new_uow=database.new_uow,
            clock=self._clock,
            who=_actor(vault, person.role or Role.NURSE, person.name),
            clinic=found[0] if found and isinstance(found[0], Clinic) else Clinic(),
        )

    def look_into(self, path: Path, progress: Progress) -> ClinicFile:
        """Say what is in a ZIP of a whole clinic; none has to be open."""
        from aeapp.readers.clinic_zip import opened  # noqa: PLC0415 - not before needed

        return look_into(opened, path, progress)

    def check_message(self, path: Path, profile: Profile, schemas: Path | None = None) -> Checked:
        """Say what is wrong with an electronic message of anybody's; no clinic has to be open.

        A date is in the future by the clock of this computer.
        """
        today = self._clock.now().astimezone().date()
        chosen = set_of_computer(schemas)
        return MessageCheck(message_format(), profile, chosen, today).of_file(path)

    def health(self, app: App) -> Health:
        """Check settings, integrity, schema and trail of the open clinic."""
        database = self._open[id(app)]
        report = database.report()
        if not all(c.ok for c in report.checks if c.name == "search"):
            # Made of the records alone; what is said to be wrong is right the next time.
            database.mend_search()
        return Health(tuple(HealthLine(c.name, c.ok, c.detail) for c in report.checks))


def _refuse_wrong_items(new: NewClinic) -> None:
    """Refuse a clinic whose own items break their rules, such as a zone that does not exist."""
    for finding in item_findings(new.clinic):
        raise BadInputError(
            finding.text, remedy=f"Correct '{spec_at(Clinic, finding.path).item.label}'."
        )


def _proofs(folder: Path, vault: OpenVault, database: Database) -> Proofs:
    from aeapp.persistence.proofs import TrailProofs  # noqa: PLC0415 - not before needed

    return TrailProofs(folder, vault.public_keys, _signer(vault), database)


def _login_facts(vault: OpenVault) -> dict[str, list[str]]:
    """Return what the key file tells at a login: wrong tries before it, and what was mended."""
    facts = {
        "failed": [rfc3339(moment) for moment in vault.failed_at],
        "failed_unknown": [rfc3339(moment) for moment in vault.failed_unknown],
        "notices": [notice.value for notice in vault.notices],
    }
    return {name: fact for name, fact in facts.items() if fact}


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
