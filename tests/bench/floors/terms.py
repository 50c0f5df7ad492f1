"""Find terms among eighty thousand with FTS5 alone: begins of words, no synonyms, no slips."""

from __future__ import annotations

from itertools import cycle

import sqlcipher3.dbapi2 as sqlcipher

from tests.bench.child import Act
from tests.bench.timing import taken_ms
from tests.bench.typed_terms import names, typed_words


def prepare(what: str) -> Act:
    """Make the table, in memory and unencrypted."""
    base = sqlcipher.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE term USING fts5(name, prefix = '1 2 3 4')")
    all_names = names()
    base.executemany("INSERT INTO term (name) VALUES (?)", ((n,) for n in all_names))
    typed = typed_words(what, all_names)

    def find(words: str) -> list[object]:
        asked = " ".join(f'"{word}"*' for word in words.split())
        query = "SELECT name FROM term WHERE term MATCH ? ORDER BY rank LIMIT 12"
        return list(base.execute(query, (asked,)))

    right = sum(bool(find(words)) for words in typed)
    turn = cycle(typed)
    return Act(
        run=lambda: taken_ms(lambda: find(next(turn))),
        facts={"terms": len(all_names), "found": right, "typed": len(typed)},
        end=base.close,
    )
