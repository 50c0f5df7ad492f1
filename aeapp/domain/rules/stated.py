"""Name what was stated in place of a computed value and no longer agrees with the records."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.destinations import CODED
from aeapp.domain.findings import Finding
from aeapp.domain.rules.entering import WARNS, Rulebook, finding, number_of
from aeapp.domain.stating import stated_places
from aeapp.domain.views import computed, with_date_of_death
from aeapp.kernel.i18n import N_

BOOK = Rulebook(CODED)
RULES = BOOK.rules


@BOOK.rule(
    "stated",
    "A view never hides what the records say",
    N_("What was stated agrees with the records."),
    reads=(),
)
def stated(case: Case) -> Iterator[Finding]:
    """Name each stated value that differs from what the records now give."""
    places = list(dict.fromkeys(stated_places(case)))
    if not places:
        return
    found = with_date_of_death(computed(case))
    for path in places:
        given = lens.get(found, path)
        if given is not None and lens.differs(given, lens.get(case, path)):
            text = N_("Compare with the records: they differ from what is stated here.")
            yield finding("stated", WARNS, number_of(path), path, text)
