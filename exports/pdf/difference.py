"""What differs between two versions of a report, as a table; struck where something was removed."""

from __future__ import annotations

from aeapp.services.versions import Comparison
from exports.pdf.continuation import Heading, Para
from exports.pdf.sheets import Part, Row, Table

TITLE = "Differences of a report"
_COLUMNS = (("Kind", 0.06), ("Item", 0.26), ("Before", 0.34), ("After", 0.34))
_BEFORE = 2


def subtitle(compared: Comparison) -> str:
    """Return what is compared."""
    newer = f"version {compared.newer}" if compared.newer else "the records on the day printed"
    return f"Version {compared.older} beside {newer}, item by item."


def parts(compared: Comparison) -> list[Part]:
    """Return the table, or the sentence that nothing differs."""
    count = len(compared.changes)
    head = Heading("1 item differs" if count == 1 else f"{count} items differ")
    if not compared.changes:
        return [head, Para("None.")]
    rows = tuple(
        Row(
            cells=(_MARKS[c.kind.value], f"{c.part}, {c.label}", c.before, c.after),
            struck=frozenset({_BEFORE}) if not c.after else frozenset(),
        )
        for c in compared.paper
    )
    items = "1 item" if compared.hidden == 1 else f"{compared.hidden} items"
    hidden = f"Not shown in {items}: words that tell who somebody is."
    return [head, *([Para(hidden)] if compared.hidden else []), Table(_COLUMNS, rows)]


_MARKS = {"added": "+", "removed": "-", "changed": ">"}
