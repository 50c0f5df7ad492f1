"""Find terms among eighty thousand by what is typed."""

from __future__ import annotations

from itertools import cycle

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.index import Coded, TermIndex
from aeapp.domain.coding.terms import own_terms
from tests.bench.child import Act
from tests.bench.timing import taken_ms
from tests.bench.typed_terms import names, typed_words


def prepare(what: str) -> Act:
    """Make the index."""
    all_names = names()
    terms = (Coded(TerminologyName.MEDDRA, "1", "1", str(n), w) for n, w in enumerate(all_names))
    index = TermIndex([*own_terms(), *terms])
    typed = typed_words(what, all_names)
    right = sum(bool(index.find(words)) for words in typed)
    turn = cycle(typed)
    return Act(
        run=lambda: taken_ms(lambda: index.find(next(turn))),
        facts={"terms": len(all_names), "found": right, "typed": len(typed)},
    )
