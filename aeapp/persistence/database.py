"""A clinic's database as the rest of the program meets it: made, opened, asked, closed.

Opening refuses whatever could lose or hide work: unsafe settings, drifted tables, a chain that
does not hold what its newest anchor remembers. ``check_file`` looks at what opening has not read.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from aeapp import __version__
from aeapp.kernel.clock import Clock, SystemClock, rfc3339
from aeapp.kernel.ids import IdFactory, new_id
from aeapp.persistence import connect, describe, places, schema, store, triggers, upgrade
from aeapp.persistence.errors import (
    ClinicExistsError,
    DamagedError,
    NotAClinicError,
    StoreError,
    TrailBrokenError,
    translated,
)
from aeapp.persistence.guard import Authorizer
from aeapp.persistence.known import Known
from aeapp.persistence.pulse import Pulse
from aeapp.persistence.report import Report, look_over
from aeapp.persistence.uow import SqlUnitOfWork, Written
from aeapp.trail import anchors
from aeapp.trail.anchors import Anchor, Signer
from aeapp.trail.chain import Break, Head, Link, follow
from aeapp.trail.entry import PROGRAM, Actor

Target = Path | str
ANCHORS = "anchors.jsonl"
ENTRIES_AN_ANCHOR = 100
# Looked at with every save and once a minute, so that no entry waits for longer than 15 minutes.
ANCHOR_AFTER_S = 14 * 60


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where a database is and how it is reached.

    Attributes:
        file: None on a server.
        key: Wiped when the database is closed.
    """

    engine: sa.Engine
    authorizer: Authorizer
    file: Path | None
    anchors: Path | None
    key: bytearray = field(repr=False)


def _reach(target: Target, key: str, anchor_file: Path | None) -> _Place:
    secret, authorizer = bytearray(key, "ascii"), Authorizer()
    if isinstance(target, str):
        engine = connect.postgresql_engine(target)
        return _Place(
            engine=engine, authorizer=authorizer, file=None, anchors=anchor_file, key=secret
        )
    file = target / connect.DATABASE
    engine = connect.sqlite_engine(file, lambda: secret.decode("ascii"), authorizer)
    return _Place(
        engine=engine,
        authorizer=authorizer,
        file=file,
        anchors=anchor_file or target / ANCHORS,
        key=secret,
    )


class Database:
    """An open database. Threads may share it; each unit of work has a connection of its own."""

    def __init__(
        self,
        place: _Place,
        *,
        install: str,
        clock: Clock,
        ids: IdFactory,
        signer: Signer | None,
    ) -> None:
        self._place = place
        self._clock, self._ids, self._signer = clock, ids, signer
        self._pulse = Pulse(clock)
        self._known: Known[Written] = Known()
        self._damaged = False
        self._lock = threading.Lock()
        newest = anchors.newest(place.anchors) if place.anchors else None
        self._anchored = newest.seq if newest else 0
        # Steady time at which the oldest entry without an anchor was first seen here.
        self._waiting_since: float | None = None
        self._fingerprint = describe.fingerprint(describe.expected(place.engine.dialect))
        self.install = install

    def __repr__(self) -> str:
        return f"Database({self.install})"

    def new_uow(self) -> SqlUnitOfWork:
        """Return a unit of work for a ``with`` block; none after ``check_file`` found damage."""
        if self._damaged:
            raise DamagedError
        return SqlUnitOfWork(
            self._place.engine,
            clock=self._clock,
            new_id=self._ids,
            pulse=self._pulse,
            known=self._known,
            on_commit=self._anchor_now_and_then,
        )

    def head(self) -> Head:
        """Return the newest entry's number and hash."""
        with connect.reading(self._place.engine) as connection:
            return store.read_head(connection.execute)[0]

    def anchor(self, kind: str = "demand") -> Anchor | None:
        """Remember the head in ``anchors.jsonl``; None where it is remembered already."""
        if self._place.anchors is None:
            return None
        with self._lock:
            head = self.head()
            if head.seq <= self._anchored:
                return None
            anchor = self._made(head)
            with translated():
                anchors.append(self._place.anchors, anchor)
            self._anchored = head.seq
            self._waiting_since = None
            self._keep(anchor, kind)
            return anchor

    def check_file(self) -> None:
        """Read every page of the file, 2 ms a megabyte; call it after opening, on a thread.

        A page is checked whenever it is read. This finds the damage that nobody has read yet.

        Raises:
            DamagedError: There is some; from here on nothing is read or written.
        """
        if self._place.file is None:
            return
        with connect.reading(self._place.engine) as connection:
            self._damaged = bool(connect.damaged_pages(connection))
        if self._damaged:
            raise DamagedError

    def report(self) -> Report:
        """Check settings, file, tables, chain, anchors and records; takes seconds when large."""
        return look_over(
            self._place.engine, self._place.file, self._place.anchors, self.install, self._signer
        )

    def mend_search(self) -> None:
        """Make what search looks through anew from the records."""
        with self.new_uow() as uow:
            uow.lock()
            uow.finding.rebuild()
            uow.commit()

    def _catch_up_search(self) -> None:
        # Nothing depends on it: what is still due then, the next search makes.
        with suppress(StoreError), self.new_uow() as uow:
            uow.finding.catch_up()
            uow.commit()

    def close(self) -> None:
        """Anchor the head, close every connection and wipe the key."""
        try:
            if not self._damaged:
                self.anchor("close")
                self._catch_up_search()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close every connection and wipe the key, without a last anchor."""
        self._known.clear()
        self._place.engine.dispose()
        self._place.key[:] = bytes(len(self._place.key))

    def anchor_when_due(self) -> None:
        """Remember the head where entries have waited for it long enough; for a timer."""
        self._anchor_now_and_then(self.head())

    def _anchor_now_and_then(self, head: Head) -> None:
        waiting = head.seq - self._anchored
        if waiting <= 0:
            return
        now = self._clock.monotonic()
        if self._waiting_since is None:
            self._waiting_since = now
        late = now - self._waiting_since >= ANCHOR_AFTER_S
        if waiting < ENTRIES_AN_ANCHOR and not late:
            return
        # What was committed is saved, whatever becomes of the anchor; the next look tries again.
        with suppress(StoreError):
            self.anchor("entries" if waiting >= ENTRIES_AN_ANCHOR else "time")

    def _made(self, head: Head) -> Anchor:
        anchor = Anchor(
            install=self.install,
            seq=head.seq,
            h=head.h.hex(),
            at=rfc3339(self._clock.now()),
            schema=self._fingerprint,
        )
        return anchor.signed(self._signer) if self._signer else anchor

    def _keep(self, anchor: Anchor, kind: str) -> None:
        row = {
            "seq": anchor.seq,
            "h": bytes.fromhex(anchor.h),
            "kind": kind,
            "ref": ANCHORS,
            "key_id": anchor.key_id,
            "sig": bytes.fromhex(anchor.sig),
            "at": anchor.at,
        }
        with self.new_uow() as uow:
            uow.keep_anchor(row)
            uow.commit()


# ------------------------------------------------------------------ making one


def create_database(
    target: Target,
    key: str = "",
    *,
    clock: Clock | None = None,
    ids: IdFactory = new_id,
    signer: Signer | None = None,
    anchor_file: Path | None = None,
    install: str = "",
    who: Actor = PROGRAM,
) -> Database:
    """Make an empty database and open it; its first entry says who made it.

    Args:
        target: Folder of the clinic, or the URL of an empty PostgreSQL database.
        key: 96 hexadecimal digits of the vault; not used on a server.
        clock: Where the time of entries comes from; this machine's where not given.
        ids: Makes identifiers.
        signer: Key of the workstation, for anchors.
        anchor_file: Where heads are remembered, if not in the clinic's folder.
        install: Id of the installation, a new one where not given.
        who: Who sets the clinic up.

    Raises:
        ClinicExistsError: There is one at this place.
    """
    clock = clock or SystemClock()
    install = install or ids()
    if isinstance(target, Path):
        _make_file(target, key, lambda place: _fill(place, install))
    else:
        place = _reach(target, key, None)
        try:
            _fill(place, install)
        finally:
            place.engine.dispose()
    database = open_database(
        target, key, clock=clock, ids=ids, signer=signer, anchor_file=anchor_file
    )
    with database.new_uow() as uow:
        data = {"install": install, "program": __version__, "schema": upgrade.HEAD}
        uow.trail.note("clinic.create", who=who, data=data)
        uow.commit()
    return database


def _make_file(folder: Path, key: str, fill: Callable[[_Place], None]) -> None:
    """Make the file under another name and rename it, so that half of one is never opened."""
    final = folder / connect.DATABASE
    if final.exists():
        raise ClinicExistsError
    with translated():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    places.assert_safe(folder)
    places.assert_writable(folder, final)
    work = folder / "clinic.new"
    with translated():
        _remove(work)
        work.mkdir(mode=0o700)
        os.close(os.open(work / connect.DATABASE, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    place = _reach(work, key, None)
    try:
        fill(place)
        place.engine.dispose()
        with translated():
            (work / connect.DATABASE).rename(final)
            _sync_folder(folder)
    finally:
        place.engine.dispose()
        _remove(work)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename is kept by the file system's journal
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(place: _Place, install: str) -> None:
    with connect.structure(place.engine, place.authorizer) as connection:
        if _has_table(connection, "audit"):
            raise ClinicExistsError
        for statement in schema.ddl(connection.dialect):
            connection.exec_driver_sql(statement)
        triggers.make_triggers(connection)
        stamp = upgrade.assert_schema(connection)
        connection.execute(sa.insert(schema.REVISION), {"version_num": upgrade.HEAD})
        rows = [{"name": "install", "value": install}, {"name": "fingerprint", "value": stamp}]
        connection.execute(sa.insert(schema.META), rows)


def _has_table(connection: sa.Connection, name: str) -> bool:
    return sa.inspect(connection).has_table(name)


# ------------------------------------------------------------------ opening one


def open_database(
    target: Target,
    key: str = "",
    *,
    clock: Clock | None = None,
    ids: IdFactory = new_id,
    signer: Signer | None = None,
    anchor_file: Path | None = None,
) -> Database:
    """Open a clinic's database, or say why not.

    Args:
        target: Folder of the clinic, or a PostgreSQL URL.
        key: 96 hexadecimal digits of the vault; not used on a server.
        clock: Where the time of entries comes from; this machine's where not given.
        ids: Makes identifiers.
        signer: Key of the workstation, for anchors and for checking them.
        anchor_file: Where heads are remembered, if not in the clinic's folder.

    Raises:
        StoreError: One of its kinds, each with a remedy.
    """
    clock = clock or SystemClock()
    place = _reach(target, key, anchor_file)
    try:
        if place.file is not None:
            _look_at_file(place.file, key)
        install = _look_inside(place)
        upgrade.Upgrade(
            engine=place.engine,
            authorizer=place.authorizer,
            file=place.file,
            key=lambda: key,
            clock=clock,
            ids=ids,
        ).run()
        with connect.reading(place.engine) as connection:
            upgrade.assert_schema(connection)
        _assert_anchored(place, install, signer)
    except BaseException:
        place.engine.dispose()
        raise
    return Database(place, install=install, clock=clock, ids=ids, signer=signer)


def _look_at_file(file: Path, key: str) -> None:
    places.assert_safe(file.parent)
    places.assert_looks_encrypted(file)
    places.assert_salt(file, key)
    places.assert_writable(file.parent, file)


def _look_inside(place: _Place) -> str:
    """Return the id of the installation; the first touch of the file."""
    try:
        with connect.reading(place.engine) as connection:
            if not all(_has_table(connection, t) for t in ("meta", "audit", "alembic_version")):
                raise NotAClinicError
            query = sa.select(schema.META.c.value).where(schema.META.c.name == "install")
            return str(connection.execute(query).scalar_one())
    except DamagedError:
        if place.file is None:
            raise
        raise places.why_unreadable(place.file, place.key.decode("ascii")) from None


def _assert_anchored(place: _Place, install: str, signer: Signer | None) -> None:
    """Check the chain from the newest anchor on; the whole of it is the report's business."""
    anchor = anchors.newest(place.anchors) if place.anchors else None
    if anchor is None:
        return
    if anchor.install != install or not _signature_holds(anchor, signer):
        raise TrailBrokenError
    with connect.reading(place.engine) as connection:
        rows = connection.execute(store.LINK.where(schema.AUDIT.c.seq >= anchor.seq))
        links = [
            Link(r.seq, bytes(r.prev), bytes(r.payload_hash), bytes(r.h), r.payload) for r in rows
        ]
    if not links or links[0].seq != anchor.seq or links[0].h.hex() != anchor.h:
        raise TrailBrokenError
    if isinstance(follow(links, Head(anchor.seq - 1, links[0].prev)), Break):
        raise TrailBrokenError


def _signature_holds(anchor: Anchor, signer: Signer | None) -> bool:
    if not anchor.sig or signer is None or signer.verify is None:
        return True
    return signer.verify(anchor.key_id, anchor.message(), bytes.fromhex(anchor.sig))
