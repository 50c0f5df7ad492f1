"""Keep the index of search: documents made of records' words.

The transaction of a record writes down which places it has words for; the next search, or the end
of the program, makes their documents. So a save does not wait for them, and no search misses them.
Both databases hold whole folded words, so that both find the same; on SQLite they lie inside the
encrypted file like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, cast

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.dialects import postgresql, sqlite

from aeapp.domain.finding.question import Answer, Question
from aeapp.domain.finding.sources import FACTS, KINDS, SOURCES, Source
from aeapp.domain.items import Record
from aeapp.persistence import schema
from aeapp.persistence.asking import MOST, SqlAsking
from aeapp.persistence.composing import EXTRA, Composer, Row, without_copy
from aeapp.persistence.connect import driver_of
from aeapp.persistence.schema import SEARCH, SEARCH_DUE
from aeapp.persistence.store import Run

_CHUNK = 500
# An import touches more: it makes their documents itself, where a person waits with a progress bar.
MOST_DUE = 100

_INDEX = sa.table("search_index", sa.column("search_index"), sa.column("rowid"), sa.column("words"))
_ENTER = sa.insert(_INDEX)
_COMMAND = sa.insert(sa.table("search_index", sa.column("search_index")))


class SqlFinding(SqlAsking):
    """Search as one transaction sees it, and the places whose words it has changed."""

    def __init__(self, run: Run, lock: Callable[[], None], dialect: str) -> None:
        super().__init__(run, dialect)
        self._lock = lock
        self._composer = Composer(run)
        self._touched: dict[str, set[str]] = {}
        self._linked = 0

    def touch(self, record: Record, changed: Iterable[str] | None = None) -> None:
        """Remember the places that ``record`` has words for; all where nothing is ``changed``."""
        names = None if changed is None else frozenset(map(_first_name, changed))
        for place, source in _concerned(record.KIND, names):
            self._touch(place, source, record)

    def _touch(self, place: str, source: Source, record: Record) -> None:
        if source.through and source.kind == record.KIND:
            self._link(_through(place, source), record.id)
            return
        value = record.id if source.by == "id" else getattr(record, source.by)
        if value and source.of == "id":
            self._touched.setdefault(place, set()).add(value)
        elif value:
            self._link(_linking(place, source.of), value)

    def _link(self, places: Mapping[str, sa.Insert], value: str) -> None:
        # Found and written down by one statement: every save of a case comes by here.
        found = self._run(places[self._dialect], {"value": value})
        self._linked += cast("sa.CursorResult[Any]", found).rowcount

    def find(self, question: Question, *, most: int = MOST, quick: bool = False) -> Answer:
        """Return what fits ``question``, best first, whatever was saved a moment ago."""
        self.catch_up()
        return super().find(question, most=most, quick=quick)

    def keep(self) -> None:
        """Write down the places that were touched; with many of them, their documents."""
        touched, linked = self._touched, self._linked
        self.forget()
        if linked + sum(map(len, touched.values())) > MOST_DUE:
            self._make(touched)
            self._make(self._due() if linked else {})
            return
        rows = [{"kind": k, "record_id": i} for k, ids in touched.items() for i in sorted(ids)]
        if rows:
            self._run(_REMEMBER[self._dialect], rows)

    def catch_up(self) -> None:
        """Make the documents that are due; they last if the transaction is committed."""
        if not self._due():
            return
        self._lock()
        self._make(self._due())

    def _make(self, places: Mapping[str, Iterable[str]]) -> None:
        """Make the documents of places, by kind, that are due no longer then."""
        for kind, ids in places.items():
            for some in _chunks(sorted(ids)):
                self._write(kind, some, self._composer.compose(kind, some))
                self._run(_MADE, {"kind": kind, "ids": some})

    def _due(self) -> dict[str, set[str]]:
        due: dict[str, set[str]] = {}
        for row in self._run(sa.select(SEARCH_DUE)):
            due.setdefault(row.kind, set()).add(row.record_id)
        return due

    def forget(self) -> None:
        """Drop what was touched; the transaction is undone."""
        self._touched, self._linked = {}, 0

    def rebuild(self) -> int:
        """Write every document that is not as the records have it; return how many were not."""
        wrong = sum(self._write(kind, ids, new) for kind, ids, new in self._all())
        self._run(sa.delete(SEARCH_DUE))
        if self._dialect == "sqlite":
            self._run(_COMMAND, {"search_index": "rebuild"})
        return wrong

    def wrong(self) -> int:
        """Return how many documents are not as the records have them; writes nothing."""
        count, due = 0, self._due()
        for kind, some, made in self._all():
            # What waits for the next search is not wrong.
            waiting = due.get(kind, set())
            ids = [i for i in some if i not in waiting]
            new = {i: row for i, row in made.items() if i not in waiting}
            known = {r.record_id: r for r in self._run(_KNOWN, {"kind": kind, "ids": ids})}
            count += len(known.keys() - new.keys())
            count += sum(
                i not in known or any(getattr(known[i], name) != cell for name, cell in row.items())
                for i, row in new.items()
            )
        return count

    def _all(self) -> Iterator[tuple[str, Sequence[str], dict[str, Row]]]:
        """Yield every place by kind, in chunks, then documents that have no place."""
        for kind in KINDS:
            table = schema.RECORDS[kind].table
            ids = self._run(sa.select(table.c.id).order_by(table.c.audit_seq)).scalars().all()
            for some in _chunks(ids):
                yield kind, some, self._composer.compose(kind, some)
            orphans = sa.select(SEARCH.c.record_id).where(
                SEARCH.c.kind == kind, SEARCH.c.record_id.not_in(sa.select(table.c.id))
            )
            for some in _chunks(self._run(orphans).scalars().all()):
                yield kind, some, {}

    def _write(self, kind: str, ids: Sequence[str], new: Mapping[str, Row]) -> int:
        known = {r.record_id: r for r in self._run(_KNOWN, {"kind": kind, "ids": ids})}
        fresh: list[Row] = []
        changed = 0
        for record_id in ids:
            old, row = known.get(record_id), new.get(record_id)
            if old is None:
                fresh += [row] if row else []
            elif row is None:
                self._leave(old)
                self._run(_DELETE, {"of": old.id})
            elif new_cells := {n: c for n, c in row.items() if getattr(old, n) != c}:
                if "words" in new_cells:
                    self._leave(old)
                    self._enter([{"rowid": old.id, "words": row["words"]}])
                # Only what changed: SQLite writes an index anew for every column that is set.
                self._run(_UPDATE, {"of": old.id, **new_cells})
            else:
                continue
            changed += old is not None
        return changed + self._add(fresh)

    def _add(self, fresh: Sequence[Row]) -> int:
        if fresh:
            last = self._run(_NEWEST).scalar() or _FIRST
            # Upwards in number: the index would be written out once for each step back.
            start = last - len(fresh)
            rows = [{"id": start + n, **row} for n, row in enumerate(reversed(fresh))]
            self._run(_INSERT, rows)
            self._enter([{"rowid": row["id"], "words": row["words"]} for row in rows])
        return len(fresh)

    def _enter(self, rows: list[dict[str, Any]]) -> None:
        if self._dialect == "sqlite":
            self._run(_ENTER, rows)

    def _leave(self, old: sa.Row[Any]) -> None:
        if self._dialect == "sqlite":
            row = {"search_index": "delete", "rowid": old.id, "words": old.words}
            self._run(_ENTER, [row])


_REMEMBER = {
    "sqlite": sqlite.insert(SEARCH_DUE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(SEARCH_DUE).on_conflict_do_nothing(),
}
_MADE = sa.delete(SEARCH_DUE).where(
    SEARCH_DUE.c.kind == sa.bindparam("kind"),
    SEARCH_DUE.c.record_id.in_(sa.bindparam("ids", expanding=True)),
)
_KNOWN = sa.select(SEARCH).where(
    SEARCH.c.kind == sa.bindparam("kind"),
    SEARCH.c.record_id.in_(sa.bindparam("ids", expanding=True)),
)
# Counted down, so that the newest come first upwards: FTS5 reads what begins with some letters a
# hundred times slower downwards.
_FIRST = 1 << 40
_NEWEST = sa.select(sa.func.min(SEARCH.c.id))
_INSERT = sa.insert(SEARCH)
_UPDATE = sa.update(SEARCH).where(SEARCH.c.id == sa.bindparam("of"))
_DELETE = sa.delete(SEARCH).where(SEARCH.c.id == sa.bindparam("of"))


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


@cache
def _linking(place: str, of: str) -> dict[str, sa.Insert]:
    table = schema.RECORDS[place].table
    found = sa.select(_named(place), table.c.id).where(table.c[of] == sa.bindparam("value"))
    return _written_down(found)


@cache
def _through(place: str, source: Source) -> dict[str, sa.Insert]:
    between, table = schema.RECORDS[source.through].table, schema.RECORDS[place].table
    joined = sa.select(_named(place), table.c.id)
    joined = joined.join(between, between.c[source.by] == table.c[source.of])
    joined = joined.where(between.c[source.link] == sa.bindparam("value"))
    return _written_down(without_copy(joined, source, between).distinct())


def _named(place: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{place}'")


def _written_down(found: sa.Select[Any]) -> dict[str, sa.Insert]:
    """Return by dialect the statement that makes due what ``found`` finds."""
    columns = [SEARCH_DUE.c.kind, SEARCH_DUE.c.record_id]
    # How many they were decides when documents are made; SQLAlchemy forgets it otherwise.
    return {
        dialect: insert(SEARCH_DUE)
        .from_select(columns, found)
        .on_conflict_do_nothing()
        .execution_options(preserve_rowcount=True)
        for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
    }


def _readers() -> dict[str, list[tuple[str, Source]]]:
    """Return by kind of record the places that have words of it, or are reached through it."""
    out: dict[str, list[tuple[str, Source]]] = {}
    for place, sources in SOURCES.items():
        for source in sources:
            out.setdefault(source.kind, []).append((place, source))
            if source.through:
                out.setdefault(source.through, []).append((place, source))
    return out


_READERS = _readers()


@lru_cache(maxsize=512)
def _concerned(kind: str, names: frozenset[str] | None) -> tuple[tuple[str, Source], ...]:
    """Return the places that have words of the items ``names`` of a record; None is all items."""
    return tuple(
        (place, source)
        for place, source in _READERS.get(kind, ())
        if names is None or source.concerns(names) or _is_fact(kind, place, names)
    )


def _first_name(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def _is_fact(kind: str, place: str, names: frozenset[str]) -> bool:
    own = FACTS[place] if kind == place else frozenset(EXTRA.get(kind, ()))
    linked = {s.link for s in SOURCES[place] if s.through == kind}
    linked |= {_first_name(s.unless) for s in SOURCES[place] if s.through == kind}
    return bool(names & (own | linked))


def look_over_index(connection: sa.Connection) -> tuple[bool, str]:
    """Tell whether index and records agree, and what was counted; writes nothing."""
    wrong = SqlFinding(connection.execute, _no_lock, connection.dialect.name).wrong()
    if wrong:
        return False, f"{wrong} places are not as entered; doctor makes the index anew"
    if connection.dialect.name == "sqlite" and not _index_holds(connection):
        return False, "the index is not that of its documents; doctor makes it anew"
    count = connection.execute(sa.select(sa.func.count()).select_from(SEARCH)).scalar_one()
    return True, f"{count} places as entered"


def _no_lock() -> None:
    """Lock nothing: who only looks writes nothing."""


def _index_holds(connection: sa.Connection) -> bool:
    check = "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"
    try:
        driver_of(connection).execute(check)
    except sqlcipher.DatabaseError:
        return False
    return True
