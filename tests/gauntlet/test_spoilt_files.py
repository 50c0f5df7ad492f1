"""Ten thousand spoilt files for each reader of strangers' files: read, or refused in words.

Messages and their answers have theirs in ``test_spoilt_messages``. By default every reader gets
some hundred, so that the whole takes a minute; ``AEAPP_SPOILT=10000`` gives each the ten thousand
and, with ``-s``, says time, memory and the slowest.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import io
import json
import os
import random
import resource
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import Workbook

from aeapp.domain.archive import case_from, dumps, loads
from aeapp.domain.clinic_lines import record_of
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.outcomes.published_file import read_published
from aeapp.domain.outcomes.reference_set import read_reference_set
from aeapp.domain.records import BY_KIND
from aeapp.domain.scales.catalogue import DEFAULTS, scale_named
from aeapp.domain.scales.scale_file import read_scale_file
from aeapp.domain.scales.score_table import read_scores
from aeapp.domain.tables.record_map import TableKind, record_map
from aeapp.domain.tables.rows import read_table
from aeapp.domain.vitals.intake.mapping_draft import proposed
from aeapp.domain.vitals.intake.table_look import look_at
from aeapp.formspecs import form
from aeapp.kernel.errors import AppError
from aeapp.readers import clinic_zip
from aeapp.readers.tables import table_text
from aeapp.readers.terminologies import TerminologyFiles
from exports.pdf.archive_reading import case_files
from exports.pdf.official import edition_of
from tests.domain.test_scale_files import RIVER
from tests.exports.official_blank import blank
from tests.helpers import readings
from tests.helpers.spoiling import (
    Spoiler,
    as_archive,
    as_bytes,
    as_json,
    as_table,
    bent_tree,
    packed,
    spoilt,
    written,
)
from tests.helpers.terminologies import SMALL, ctcae_csv
from tests.helpers.terminologies import workbook as ctcae_workbook
from tests.readers.test_clinic_zip import packed as clinic_packed
from tests.readers.test_hostile_files import taken_or_refused

pytestmark = pytest.mark.gauntlet
SLOWEST, MOST_KILOBYTES = 5.0, 300_000
TODAY = dt.date(2026, 11, 27)
LIMIT = 25 * 1024 * 1024
CASES = Path(__file__).parent.parent / "data" / "cases"
MANY = int(os.environ.get("AEAPP_SPOILT", "0"))
FEWEST, FEW, SECONDS = 100, 1_000, 1.2


@dataclass(frozen=True)
class Reader:
    """A way into the program: how a spoilt file of it is made, and how it is read.

    Attributes:
        least: Of two hundred files, how many are refused and how many read at least.
    """

    name: str
    spoil: Spoiler
    read: Callable[[bytes, Path], Any]
    least: int = 1


def placed(content: bytes, folder: Path, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


# --- what each reader does with a file, as far as the records


def case_of(content: bytes, _folder: Path) -> None:
    bundle = loads(content)
    case_from(bundle)
    dumps(bundle)


def cases_in_pdf(content: bytes, folder: Path) -> None:
    for one in case_files(content, LIMIT):
        case_of(one, folder)


def clinic_of(content: bytes, folder: Path) -> None:
    with clinic_zip.opened(placed(content, folder)) as archive:
        for name in archive.files:
            archive.prove(name)
        for kind in archive.counts():
            for number, line in archive.lines(kind):
                record_of(BY_KIND[kind], line, f"line {number}")
        for key in archive.contents():
            archive.content(key)


def table_of(kind: TableKind) -> Callable[[bytes, Path], None]:
    def read(content: bytes, folder: Path) -> None:
        text = table_text(placed(content, folder), ",")
        found = read_table(text, kind, None, "America/Chicago", TODAY)
        assert all(problem for row in found.bad for problem in row.problems)

    return read


def scores_of(content: bytes, folder: Path) -> None:
    scale = scale_named(DEFAULTS, "PHQ-9")
    assert scale is not None
    read_scores(table_text(placed(content, folder), ","), scale)


def mapping_of(content: bytes, _folder: Path) -> None:
    record_map(content, TableKind.PATIENTS)


def look_of(content: bytes, _folder: Path) -> None:
    assert proposed(look_at(content)).text()


def terms_of(name: TerminologyName) -> Callable[[bytes, Path], None]:
    return lambda content, folder: _terms(name, placed(content, folder))


def _terms(name: TerminologyName, path: Path) -> None:
    release, digest = TerminologyFiles().read(name, path, "7.5")
    assert digest
    assert release


# --- small whole files to spoil


@cache
def case_json() -> bytes:
    return (CASES / "P2.json").read_bytes()


def pdf_of(content: bytes) -> bytes:
    """A copy for the archive as ours is built, of one empty page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(content)
        sum_of = hashlib.md5(content, usedforsecurity=False).digest()
        stream.Type = pikepdf.Name.EmbeddedFile
        stream.Params = pikepdf.Dictionary(Size=len(content), CheckSum=pikepdf.String(sum_of))
        spec = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec, F="case.json", UF="case.json",
            AFRelationship=pikepdf.Name.Source, EF=pikepdf.Dictionary(F=stream, UF=stream),
        )  # fmt: skip
        pdf.Root.AF = pikepdf.Array([pdf.make_indirect(spec)])
        out = io.BytesIO()
        pdf.save(out, compress_streams=True, recompress_flate=False)
    return out.getvalue()


def spoilt_pdf(chance: random.Random) -> bytes:
    whole, tree = pdf_of(case_json()), json.loads(case_json())
    match chance.randint(0, 3):
        case 0:
            return pdf_of(written(bent_tree(tree, chance)))
        case 1:
            return pdf_of(spoilt(case_json(), chance))
        case 2:
            return _bent_pdf(whole, chance)
        case _:
            return spoilt(whole, chance)


def _bent_pdf(whole: bytes, chance: random.Random) -> bytes:
    """An object of a PDF is gone, elsewhere or of another kind."""
    others: tuple[Any, ...] = (
        None, True, -1, 10**9, "x", b"\xff" * 300, pikepdf.Name.X, pikepdf.Array(),
        pikepdf.Dictionary(),
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        holders = [pdf.Root, pdf.trailer]
        kinds = (pikepdf.Dictionary, pikepdf.Stream)
        holders += [one for one in pdf.objects if isinstance(one, kinds)]
        for _ in range(chance.randint(1, 3)):
            holder = chance.choice(holders)
            keys = sorted(map(str, holder.keys()))
            if not keys:
                continue
            key, other = chance.choice(keys), chance.choice(others)
            if key in {"/Root", "/Size", "/Length"}:
                continue
            if other is None:
                del holder[key]
            else:
                holder[key] = chance.choice([other, holder[key]])
        out = io.BytesIO()
        with warnings.catch_warnings():
            # The library tells of fields that stand nowhere now.
            warnings.simplefilter("ignore")
            pdf.save(out)
    return out.getvalue()


def restated(members: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a clinic with a manifest that says of them what is true."""
    try:
        tree = json.loads(members["manifest.json"])
        tree["files"] = [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
             "rows": content.count(b"\n")}
            for name, content in members.items() if name != "manifest.json"
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return members
    return members | {"manifest.json": written(tree)}


def book_of(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


PEOPLE = b"code,record_number,name,birth_date,sex\nP-1,M-1,A B,1986-02-03,1\nP-2,,[ASKU],1990,\n"
SESSIONS = b"patient,started,route,ended,number\nP-1,2026-11-02 09:00,im,2026-11-02 11:00,S-1\n"
SCORES = b"patient,date," + b",".join(b"item %d" % n for n in range(1, 10)) + b"\n" + (
    b"P-1,2026-11-02,0,1,2,3,0,1,2,3,0\n"
)  # fmt: skip
MAPPING = written({
    "format": "aeapp-columns/1", "name": "List", "table": "patients", "header_line": 3,
    "columns": [{"column": "Code", "item": "code"}, {"column": "Born", "item": "birth_date"}],
})  # fmt: skip
SET = b"case,product,role,term\n1,Ketamine,PS,Dissociation\n1,Aspirin,C,Nausea\n2,ketamine,SS,\n"
PRINTED = b"study,measure,value,unit,n,numerator,note\nS1,response,12.5,%,138,17,as printed\n"


def _own() -> list[Reader]:
    book = io.BytesIO()
    ctcae_workbook(book)
    meddra = packed({f"MedAscii/{name}": words.encode() for name, words in SMALL.items()})
    people, sessions = TableKind.PATIENTS, TableKind.SESSIONS
    people_book = book_of(*(line.split(",") for line in PEOPLE.decode().split("\n")))
    return [
        Reader("case", as_json(case_json()), case_of),
        Reader("case in a PDF", spoilt_pdf, cases_in_pdf),
        Reader("clinic", as_archive(clinic_packed(), restated), clinic_of),
        Reader("patients", as_table(PEOPLE), table_of(people)),
        Reader("patients, workbook", as_archive(people_book), table_of(people)),
        Reader("sessions", as_table(SESSIONS), table_of(sessions)),
        Reader("scores", as_table(SCORES), scores_of),
        Reader("table of anybody", as_table(readings.sample("capnograph.tsv")), look_of),
        Reader("mapping of records", as_json(MAPPING), mapping_of),
        Reader("CTCAE", as_table(ctcae_csv()), terms_of(TerminologyName.CTCAE)),
        Reader("CTCAE, workbook", as_archive(book.getvalue()), terms_of(TerminologyName.CTCAE)),
        Reader("MedDRA", as_archive(meddra), terms_of(TerminologyName.MEDDRA)),
        Reader("scale", as_bytes(RIVER.encode()), lambda c, _f: read_scale_file(c, DEFAULTS)),
        Reader("cases of others", as_table(SET), lambda c, _f: read_reference_set(c)),
        Reader("figures of others", as_table(PRINTED), lambda c, _f: read_published(c)),
        Reader("official form", spoilt_form, lambda c, _f: edition_of(c), 0),
    ]


@cache
def official_form() -> bytes:
    return blank(form("fda3500"))


def spoilt_form(chance: random.Random) -> bytes:
    bend = _bent_pdf if chance.random() < 0.5 else spoilt
    return bend(official_form(), chance)


def _of_readings() -> list[Reader]:
    """A reader for each layout of readings, its refusals named by place."""
    bent = {"fhir": as_json, "columns, the mapping": as_json, "apple-health, zip": as_archive}
    return [
        Reader(
            case.name,
            bent.get(case.name, as_bytes if "vital," in case.name else as_table)(case.sample),
            lambda content, folder, case=case: taken_or_refused(case, content, folder),
            0,
        )
        for case in readings.cases()
    ]


# Layouts of readings have two thousand each in ``test_hostile_readings``.
READERS = (*_own(), *(_of_readings() if MANY else ()))


def refusal(reader: Reader, content: bytes, folder: Path) -> AppError | None:
    """The refusal of a file; None of one that is read."""
    try:
        taken = reader.read(content, folder)
    except AppError as refused:
        return refused
    return REFUSED if taken is False else None


# What was looked at where it was read.
REFUSED = AppError("refused", remedy="told")


def is_told(refused: AppError) -> bool:
    """Tell whether a refusal says what is wrong, where, and what to do."""
    problems = getattr(refused, "problems", ())
    named = all(problem.path and problem.text for problem in problems)
    return named and bool(refused.message and refused.remedy)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_spoilt_file_is_read_or_refused_in_words(reader: Reader, tmp_path: Path) -> None:
    done, slowest = Counter[str](), 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    seed = 0
    # A fast machine does not go further than what was tried here, a slow one ends in time.
    while seed < (MANY or FEW):
        if not MANY and seed >= FEWEST and time.perf_counter() - started > SECONDS:
            break
        content = reader.spoil(random.Random(seed))
        began = time.perf_counter()
        try:
            said = refusal(reader, content, tmp_path)
        except Exception as error:
            error.add_note(f"{reader.name}: file {seed}")
            raise
        took = time.perf_counter() - began
        assert took < SLOWEST, (reader.name, seed)
        assert said is None or is_told(said), (reader.name, seed)
        slowest = max(slowest, took)
        done["refused" if said else "read"] += 1
        seed += 1
        if seed % 100 == 0:
            # The tests collect between them alone: what is measured is the reader, not its garbage.
            gc.collect()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_KILOBYTES
    assert min(done["read"], done["refused"]) >= reader.least * seed // 200
    if MANY:
        whole = time.perf_counter() - started
        sys.stdout.write(
            f"\n{reader.name:22} {seed:6} files, {done['read']:5} read, {whole:6.1f} s, slowest "
            f"{slowest * 1000:5.0f} ms, grown {grown / 1000:4.0f} MB\n"
        )
