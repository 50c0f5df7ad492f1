"""What a form has room for: characters, rows and products; the rest goes on, and is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.checks import utf16_length
from aeapp.domain.destinations import DRUG, FACILITY, FDA3500, FDA_FORMS, IND
from aeapp.domain.findings import Finding
from aeapp.domain.items import as_text
from aeapp.domain.rules.entering import DEVICES, INFORMS, WARNS, Rulebook, finding
from aeapp.kernel.i18n import N_, _

BOOK = Rulebook(FDA_FORMS)
RULES = BOOK.rules
_LIMIT = N_("Texts fit the cells of the form; a line break is one character.")
# Item, path, characters of the official cell (Forms FDA 3500 and 3500A, 09/2025).
_BOTH = (("B6", "case.test_comments", 2000), ("B7", "happening.history", 2000))
_DESCRIPTION = {FDA3500: 4000, DRUG: 10_000, FACILITY: 10_000, IND: 10_000}
_INDICATION = 60


def _longer(case: Case, item: str, path: str, limit: int) -> Iterator[Finding]:
    branch, _dot, name = path.partition(".")
    if utf16_length(as_text(getattr(getattr(case, branch), name))) > limit:
        yield _too_long(item, path, limit)


def _too_long(item: str, path: str, limit: int) -> Finding:
    text = _("Shorten to {limit} characters, or let it go on on a continuation page.")
    return finding("V13", WARNS, item, path, text.format(limit=f"{limit:,}"))


def _enter_description(limit: int, *destinations: str) -> None:
    @BOOK.rule("V13", "3500 B5; 3500A B5", _LIMIT, reads=("case.narrative",), to=destinations)
    def description(case: Case) -> Iterator[Finding]:
        yield from _longer(case, "B5", "case.narrative", limit)


for _limit in sorted(set(_DESCRIPTION.values())):
    _enter_description(_limit, *(d for d, room in _DESCRIPTION.items() if room == _limit))


@BOOK.rule(
    "V13", "3500 B6, B7; 3500A B6, B7", _LIMIT, reads=("case.test_comments", "happening.history")
)
def texts(case: Case) -> Iterator[Finding]:
    """Name comments and history that are longer than their cell."""
    for item, path, limit in _BOTH:
        yield from _longer(case, item, path, limit)


@BOOK.rule("V13", "3500A C4", _LIMIT, reads=("suspects",), to=(DRUG, IND))
def indication(case: Case) -> Iterator[Finding]:
    """Name an indication of the first product that is longer than its cell."""
    for suspect in case.suspects[:1]:
        if utf16_length(as_text(suspect.indication)) > _INDICATION:
            yield _too_long("D4", "suspects[0].indication", _INDICATION)


_PRODUCTS, _ROWS, _TESTS = 2, 10, 8


@BOOK.rule(
    "V14",
    "3500 D; 3500A C",
    N_("The form holds two suspect products."),
    reads=("suspects",),
    to=(FDA3500, DRUG, IND),
)
def products(case: Case) -> Iterator[Finding]:
    """Tell that further products stand on a second copy of the form."""
    if len(case.suspects) > _PRODUCTS:
        text = N_("Expect a further copy of the product pages: the form holds two products.")
        yield finding("V14", INFORMS, "D1", "suspects[2].product.name", text)


@BOOK.rule(
    "V14",
    "3500 E; 3500A D",
    N_("The form holds one suspect device."),
    reads=DEVICES,
    to=(FDA3500, FACILITY),
)
def devices(case: Case) -> Iterator[Finding]:
    """Tell that further devices stand on a further copy of the section."""
    further = [path for path in case.case.devices if path != "case.device"]
    if further:
        text = N_("Expect a further copy of the device page: the form holds one device.")
        yield finding("V14", INFORMS, "E1", f"{further[0]}.brand", text)


@BOOK.rule(
    "V15",
    "3500 B6, F1; 3500A B6, C9, D10",
    N_("The form holds eight rows of tests and ten other products."),
    reads=("tests", "concomitants"),
)
def rows(case: Case) -> Iterator[Finding]:
    """Tell that further rows stand on a continuation page."""
    if sum(row.shown for row in case.tests) > _TESTS:
        text = N_("Expect a continuation page: the form holds eight rows of tests.")
        yield finding("V15", INFORMS, "B6", "tests[8].text", text)
    if len(case.concomitants) > _ROWS:
        text = N_("Expect a continuation page: the form holds ten other products.")
        yield finding("V15", INFORMS, "F1", "concomitants[10].name", text)


_PROCODE = re.compile(r"[A-Za-z]{3}")


@BOOK.rule(
    "V20",
    "3500 E2a, E4; 3500A D2a, D4",
    N_("A product code of a device is three letters."),
    reads=DEVICES,
    to=(FDA3500, FACILITY),
)
def procode(case: Case) -> Iterator[Finding]:
    """Name a product code that is not three letters; the length of a UDI is a rule of its item."""
    for path, device in case.case.devices.items():
        code = as_text(device.procode)
        if code and not _PROCODE.fullmatch(code):
            text = N_("Correct the product code: it is three letters.")
            yield finding("V20", WARNS, "E2a", f"{path}.procode", text)
