"""What was sent is kept to the byte; whoever alters, adds or takes away shows (verify)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from aeapp.domain.codelists.lifecycle import FrozenKind
from aeapp.domain.records import Approval, CaseFile, Report, ReportVersion, Sending
from aeapp.domain.records.report_version import FrozenPart
from aeapp.persistence import connect, schema
from aeapp.persistence.database import Database, create_database, open_database
from aeapp.persistence.errors import TrailRefusedError
from aeapp.services.ports import FrozenAlteredError
from tests.helpers.tamper import with_a_tool
from tests.persistence.conftest import KEY, NURSE

CONTENT = b"%PDF-1.7 what was sent"


def sent(database: Database, *, approved: bool = False) -> str:
    """Keep a version of a report; return the hash of its document."""
    with database.new_uow() as uow:
        case = uow.save(CaseFile(), who=NURSE)
        report = uow.save(Report(case_id=case.id), who=NURSE)
        digest = uow.blobs.put(CONTENT)
        part = FrozenPart(what=FrozenKind.DOCUMENT, name="a.pdf", sha256=digest, size=len(CONTENT))
        version = ReportVersion(case_id=case.id, report_id=report.id, number=1, parts=(part,))
        uow.save(version, who=NURSE)
        if approved:
            signed = Approval(report_id=report.id, case_sha256=uow.blobs.put(b"{}"))
            uow.save(signed, who=NURSE)
            proven = Sending(report_id=report.id, proof_sha256=uow.blobs.put(b"proof"))
            uow.save(proven, who=NURSE)
        uow.commit()
    return digest


def frozen(database: Database) -> tuple[bool, str]:
    check = next(c for c in database.report().checks if c.name == "files")
    return check.ok, check.detail


def test_a_kept_document_comes_back_to_the_byte_and_is_kept_once(database: Database) -> None:
    digest = sent(database)
    with database.new_uow() as uow:
        assert uow.blobs.put(CONTENT) == digest
        assert uow.blobs.proven(digest) == CONTENT
        uow.commit()

    assert frozen(database) == (True, "1 contents as kept")


def test_documents_of_approvals_and_sendings_belong_to_them(database: Database) -> None:
    sent(database, approved=True)

    assert frozen(database) == (True, "3 contents as kept")


def test_what_is_not_there_is_told(database: Database) -> None:
    with database.new_uow() as uow, pytest.raises(FrozenAlteredError):
        uow.blobs.proven("0" * 64)


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(schema.BLOB).values(content=b"x"),
        sa.delete(schema.BLOB),
    ],
    ids=["update", "delete"],
)
def test_the_program_itself_cannot_alter_what_was_sent(
    database: Database, statement: sa.Executable
) -> None:
    digest = sent(database)
    with database.new_uow() as uow, pytest.raises(TrailRefusedError):
        uow._run(statement)  # noqa: SLF001 - as somebody in the program would try

    with database.new_uow() as uow:
        assert uow.blobs.proven(digest) == CONTENT


def test_a_document_that_belongs_to_nothing_shows(database: Database) -> None:
    sent(database)
    with database.new_uow() as uow:
        uow.blobs.put(b"slipped in")
        uow.commit()

    good, detail = frozen(database)
    assert not good
    assert "belongs to nothing" in detail


Attack = Callable[[Any], object]
ATTACKS: dict[str, tuple[Attack, str]] = {
    "altered": (
        lambda base: base.execute("UPDATE blob SET content = ?", (CONTENT[::-1],)),
        "is not as it was kept",
    ),
    "taken away": (lambda base: base.execute("DELETE FROM blob"), "is missing"),
    "exchanged with its hash": (
        lambda base: base.execute(
            "UPDATE blob SET content = x'78', sha256 ="
            " '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'"
        ),
        "belongs to nothing",
    ),
}


@pytest.mark.parametrize("name", [*ATTACKS, "nothing"])
def test_a_tool_with_the_key_is_found_out(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "a.aeclinic"
    folder.mkdir()
    made = create_database(folder, KEY, install="0" * 32, who=NURSE)
    digest = sent(made)
    made.close()
    attack, words = ATTACKS.get(name, (lambda _base: None, "as kept"))
    with with_a_tool(folder, KEY) as base:
        attack(base)

    opened = open_database(folder, KEY)
    good, detail = frozen(opened)
    assert (good, words in detail) == (name == "nothing", True)
    if name != "nothing":
        with opened.new_uow() as uow, pytest.raises(FrozenAlteredError):
            uow.blobs.proven(digest)
    opened.close()


CHANGES = ["UPDATE blob SET content = size", "DELETE FROM blob"]


@pytest.mark.parametrize("statement", CHANGES)
def test_a_tool_with_the_key_meets_triggers(sqlite: Database, folder: Path, statement: str) -> None:
    sent(sqlite)
    base = sqlcipher.connect(str(folder / connect.DATABASE), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{KEY}'\"")
    with pytest.raises(sqlcipher.Error, match="rows are"):
        base.execute(statement.replace("= size", "= x'78'"))
    base.close()
    assert frozen(sqlite) == (True, "1 contents as kept")


@pytest.mark.postgres
@pytest.mark.parametrize("statement", [*CHANGES, "TRUNCATE blob"])
def test_the_server_refuses_it_too(postgres: Database, server_url: str, statement: str) -> None:
    sent(postgres)
    with psycopg.connect(server_url) as base, pytest.raises(psycopg.Error, match="rows are"):
        base.execute(statement.replace("= size", "= 'x'"))
    assert frozen(postgres) == (True, "1 contents as kept")
