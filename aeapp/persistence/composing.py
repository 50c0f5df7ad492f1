"""Make the documents of search from records: their words, and the facts that narrow a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.codelists.finding import FoundSerious, FoundState
from aeapp.domain.finding.sources import EVENT, FACTS, REPORT, SESSION, SOURCES, Source
from aeapp.domain.finding.words import FACET, words_of
from aeapp.persistence import schema
from aeapp.persistence.store import Run

Row = Mapping[str, Any]
# Facts of records that are no place of their own, kept beside their words.
EXTRA: dict[str, tuple[str, ...]] = {
    "event": ("seriousness", "seriousness_null", "struck_reason"),
    "administration": ("product_id", "struck_reason"),
}


class Composer:
    """Reads records and makes documents of them."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def compose(self, kind: str, ids: Sequence[str]) -> dict[str, Row]:
        """Return the documents of places as their records have them now."""
        table = schema.RECORDS[kind].table
        facts = [c for c in table.columns if c.name in _fact_columns(kind)]
        rows = self._run(_in(sa.select(table.c.id, *facts), table.c.id), {"ids": list(ids)})
        places = [dict(row) for row in rows.mappings()]
        found = [(source, self._found(source, places)) for source in SOURCES[kind]]
        out = {}
        for place in places:
            parts = [(s, by.get(place[s.of], [])) for s, by in found]
            out[place["id"]] = _document(kind, place, parts)
        return out

    def _found(self, source: Source, places: Sequence[Row]) -> dict[str, list[Row]]:
        """Return the rows of a source by what the places hold of it."""
        values = list(dict.fromkeys(place[source.of] for place in places if place[source.of]))
        out: dict[str, list[Row]] = {}
        if not values:
            return out
        by_id: dict[str, list[dict[str, Any]]] = {}
        for row in self._run(_asking(source), {"ids": values}).mappings():
            one = dict(row)
            out.setdefault(one["_by"], []).append(one)
            by_id.setdefault(one["_id"], []).append(one)
        for select in _asking_lines(source):
            if by_id:
                for line in self._run(select, {"ids": list(by_id)}).mappings():
                    texts = [text for name, text in line.items() if name != "record_id"]
                    for one in by_id[line["record_id"]]:
                        one.setdefault("_lines", []).extend(texts)
        return out


def _in(select: sa.Select[Any], column: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return select.where(column.in_(sa.bindparam("ids", expanding=True)))


def without_copy(select: sa.Select[Any], source: Source, between: sa.Table) -> sa.Select[Any]:
    """Leave out what the record between has a copy of."""
    name = source.unless.replace(".", "_")
    return select.where(between.c[name].is_(None)) if name else select


@cache
def _asking(source: Source) -> sa.Select[Any]:
    """Return the statement for the rows of a source, with what ties them to places."""
    table = schema.RECORDS[source.kind].table
    base = schema.RECORDS[source.through].table if source.through else table
    names = [p.replace(".", "_") for p in source.paths]
    columns = [table.c[n] for n in (*names, *EXTRA.get(source.kind, ())) if n in table.c]
    tie, own = base.c[source.by].label("_by"), table.c.id.label("_id")
    select = sa.select(tie, own, *columns)
    if source.struck:
        select = select.where(table.c[source.struck].is_(None))
    if source.through:
        select = select.join(base, base.c[source.link] == table.c.id).distinct()
        select = without_copy(select, source, base)
    return _in(select, base.c[source.by])


@cache
def _asking_lines(source: Source) -> tuple[sa.Select[Any], ...]:
    record = schema.RECORDS[source.kind]
    out = []
    for repeat, table in zip(record.layout.repeats, record.lines, strict=True):
        names = [p.partition(".")[2] for p in source.paths if p.startswith(repeat.attribute + ".")]
        if names:
            columns = [table.c[name] for name in names]
            out.append(_in(sa.select(table.c.record_id, *columns), table.c.record_id))
    return tuple(out)


def _fact_columns(kind: str) -> frozenset[str]:
    facts = FACTS[kind] | {source.of for source in SOURCES[kind]}
    return facts | {f"{name}_null" for name in facts}


def _document(kind: str, place: Row, parts: Sequence[tuple[Source, list[Row]]]) -> Row:
    by_kind: dict[str, list[Row]] = {}
    texts: list[str] = []
    for source, rows in parts:
        by_kind.setdefault(source.kind, []).extend(rows)
        names = [p.replace(".", "_") for p in source.paths]
        for row in rows:
            texts += [row[name] for name in names if row.get(name)]
            texts += [text for text in row.get("_lines", ()) if text]
    serious = _serious(kind, by_kind)
    given = [r for r in by_kind.get("administration", ()) if not r["struck_reason"]]
    products = sorted({r["product_id"] for r in given if r["product_id"]})
    state = _state(kind, place)
    facets = [f"k{kind}", f"s{state}", f"q{serious}", *(f"p{p}" for p in products)]
    words = words_of(texts) | {FACET + facet_word(f) for f in facets}
    title, second = _titles(kind, by_kind)
    return {
        "kind": kind,
        "record_id": place["id"],
        "title": title,
        "second": second,
        "happened": _happened(kind, place),
        "state": state,
        "serious": serious,
        "products": " ".join(products),
        "words": " ".join(sorted(words)),
    }


def facet_word(code: str) -> str:
    """Return a code as one word to both databases."""
    return "".join(c if c.isalnum() else "_" for c in code.casefold())


def _titles(kind: str, by_kind: Mapping[str, list[Row]]) -> tuple[str, str]:
    def first(of: str, name: str) -> str:
        return next((str(row[name]) for row in by_kind.get(of, ()) if row[name]), "")

    person = first("patient", "name") or first("patient", "code")
    match kind:
        case "patient":
            return person, first("patient", "code")
        case "session":
            return first("session", "number"), person
        case "event":
            return first("event", "verbatim"), person
        case _:
            told = (first("case", "title"), person)
            return first("report", "number"), " · ".join(word for word in told if word)


def _happened(kind: str, place: Row) -> str:
    names = {SESSION: ("started", "planned"), EVENT: ("onset",), REPORT: ("reported_on",)}
    return next((place[name] for name in names.get(kind, ()) if place[name]), "")


def _state(kind: str, place: Row) -> str:
    if kind == SESSION:
        if place["ended"] or place["ending"]:
            return FoundState.ENDED.value
        return (FoundState.RUNNING if place["started"] else FoundState.PLANNED).value
    if kind == EVENT:
        return (FoundState.STRUCK if place["struck_reason"] else FoundState.STANDS).value
    return str(place["state"] or ReportState.DRAFT.value) if kind == REPORT else ""


def _serious(kind: str, by_kind: Mapping[str, list[Row]]) -> str:
    """Return the answer to the seriousness question; of a report, that of its gravest event."""
    if kind not in (EVENT, REPORT):
        return ""
    counting = [r for r in by_kind["event"] if kind == EVENT or not r["struck_reason"]]
    answers = {_answer(row) for row in counting}
    return next((a.value for a in FoundSerious if a in answers), "")


def _answer(row: Row) -> FoundSerious:
    if row["seriousness"] is None:
        return FoundSerious.UNKNOWN if row["seriousness_null"] else FoundSerious.UNASSESSED
    return FoundSerious.SERIOUS if row["seriousness"] else FoundSerious.NOT_SERIOUS
