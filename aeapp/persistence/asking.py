"""Ask the index of search: FTS5 on SQLite, an index over an array of words on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from aeapp.domain.finding.question import Answer, Hit, Question, counted, nearest, ranked
from aeapp.domain.finding.sources import KINDS, PATIENT
from aeapp.domain.finding.words import FACET, begin_of, words_of
from aeapp.persistence import schema
from aeapp.persistence.columns import date_value
from aeapp.persistence.composing import facet_word
from aeapp.persistence.schema import SEARCH
from aeapp.persistence.store import Run

# As many as one looks through; of more, the newest are looked at.
MOST = 1000
_LEAST_PREFIX = 2


class SqlAsking:
    """Search as one transaction sees it."""

    def __init__(self, run: Run, dialect: str) -> None:
        self._run, self._dialect = run, dialect

    def find(self, question: Question, *, most: int = MOST, quick: bool = False) -> Answer:
        """Return what fits ``question``, best first.

        Args:
            question: What is looked for.
            most: Of more hits, the newest are looked at.
            quick: Do not count beyond ``most``, and try no mistyped words.
        """
        if not question.asks:
            return Answer()
        typed = question.typed
        hits, totals = self._looked_up(question, typed, most, quick=quick)
        instead: tuple[tuple[str, str], ...] = ()
        if not hits and typed and not quick:
            instead = self.meant(typed)
            if instead:
                meant = dict(instead)
                typed = tuple(meant.get(word, word) for word in typed)
                hits, totals = self._looked_up(question, typed, most)
        return Answer(
            hits=ranked(hits, typed),
            more=sum(totals.values()) > len(hits),
            instead=instead if hits else (),
            counts=counted(hits) | {"kinds": totals},
        )

    def _looked_up(
        self, question: Question, typed: Sequence[str], most: int, *, quick: bool = False
    ) -> tuple[list[Hit], Counter[str]]:
        """Return hits, of each kind as many, and how many there are of each kind in all."""
        hits: list[Hit] = []
        totals: Counter[str] = Counter()
        kinds = question.wanted_kinds
        each = max(1, most // len(kinds))
        for kind in kinds:
            some = self._hits(replace(question, kinds=(kind,)), typed, each + 1)
            if some:
                few = quick or len(some) <= each
                totals[kind] = len(some) if few else self._count(question, kind, typed)
            hits += some[:each]
        return hits, totals

    def _count(self, question: Question, kind: str, typed: Sequence[str]) -> int:
        bound, clauses = self._bound(replace(question, kinds=(kind,)), typed)
        select = _SQLITE_COUNT if self._dialect == "sqlite" else _POSTGRESQL_COUNT
        if clauses and self._dialect == "sqlite":
            select = _SQLITE_COUNT_DATED
        return int(self._run(sa.text(select.format(clauses=clauses)), bound).scalar_one())

    def _hits(self, question: Question, typed: Sequence[str], most: int) -> list[Hit]:
        bound, clauses = self._bound(question, typed)
        select = _SQLITE_FIND if self._dialect == "sqlite" else _POSTGRESQL_FIND
        rows = self._run(sa.text(select.format(clauses=clauses)), bound | {"most": most})
        return [_hit(row) for row in rows]

    def _bound(self, question: Question, typed: Sequence[str]) -> tuple[dict[str, Any], str]:
        sets = [
            [f"k{kind}" for kind in question.wanted_kinds],
            [f"s{state}" for state in question.states],
            [f"q{serious}" for serious in question.serious],
            [f"p{product}" for product in question.products],
        ]
        facets = [[FACET + facet_word(code) for code in codes] for codes in sets if codes]
        bound: dict[str, Any] = {"match": self._match(typed, facets)}
        clauses = " AND d.happened <> ''" if question.since or question.until else ""
        if question.since is not None:
            bound["since"] = question.since.iso()
            clauses += " AND d.happened >= :since"
        if question.until is not None:
            bound["until"] = question.until.iso() + "~"
            clauses += " AND d.happened < :until"
        return bound, clauses

    def _match(self, typed: Sequence[str], facets: Sequence[Sequence[str]]) -> str:
        lite = self._dialect == "sqlite"
        quote, begins = ('"', "*") if lite else ("'", ":*")
        either, both = (" OR ", " AND ") if lite else (" | ", " & ")
        words = [
            quote + begin_of(word) + quote + (begins if len(word) >= _LEAST_PREFIX else "")
            for word in typed
        ]
        sets = ["(" + either.join(quote + f + quote for f in some) + ")" for some in facets]
        return both.join([*words, *sets])

    def meant(self, typed: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return (typed, meant) for words that nothing begins with and that are near a name."""
        return tuple(self._names_for(typed))

    def _names_for(self, typed: Sequence[str]) -> Iterator[tuple[str, str]]:
        strange = [w for w in typed if not self._begins(w)]
        for word in strange:
            # Only names with a word of the same letter: to read and fold all of them takes seconds.
            begins = (word[0], word[0].upper())
            bound = {f"n{n}": f"{b}%" for n, b in enumerate((*begins, *(f"% {b}" for b in begins)))}
            if meant := nearest(word, words_of(self._run(_NAMES, bound).scalars())):
                yield word, meant

    def _begins(self, word: str) -> bool:
        kinds = [[f"{FACET}k{kind}" for kind in KINDS]]
        bound = {"match": self._match([word], kinds), "most": 1}
        select = _SQLITE_FIND if self._dialect == "sqlite" else _POSTGRESQL_FIND
        return self._run(sa.text(select.format(clauses="")), bound).first() is not None


_COLUMNS = "d.kind, d.record_id, d.title, d.second, d.happened, d.state, d.serious, d.products"
_SQLITE_FIND = (
    f"SELECT {_COLUMNS} FROM search_index i JOIN search_document d ON d.id = i.rowid"  # noqa: S608 - our words
    " WHERE search_index MATCH :match{clauses} ORDER BY i.rowid LIMIT :most"
)
_POSTGRESQL_FIND = (
    f"SELECT {_COLUMNS} FROM search_document d"  # noqa: S608 - our words
    f" WHERE {schema.SEARCH_VECTOR} @@ CAST(:match AS tsquery){{clauses}}"
    " ORDER BY d.id LIMIT :most"
)
_SQLITE_COUNT = "SELECT count(*) FROM search_index WHERE search_index MATCH :match{clauses}"
_SQLITE_COUNT_DATED = (
    "SELECT count(*) FROM search_index i JOIN search_document d ON d.id = i.rowid"
    " WHERE search_index MATCH :match{clauses}"
)
_POSTGRESQL_COUNT = (
    f"SELECT count(*) FROM search_document d"  # noqa: S608 - our words
    f" WHERE {schema.SEARCH_VECTOR} @@ CAST(:match AS tsquery){{clauses}}"
)
_NAMES = sa.select(SEARCH.c.title).where(
    SEARCH.c.kind == PATIENT,
    # LIKE alone: what folds letters outside of ASCII is Python, called for every name.
    sa.or_(*(SEARCH.c.title.like(sa.bindparam(f"n{n}")) for n in range(4))),
)


def _hit(row: sa.Row[Any]) -> Hit:
    return Hit(
        kind=row.kind,
        id=row.record_id,
        title=row.title,
        second=row.second,
        happened=date_value(row.happened) if row.happened else None,
        state=row.state,
        serious=row.serious,
        products=tuple(row.products.split()),
    )
