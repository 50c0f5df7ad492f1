"""Make the pages of Form FDA 3500A from a case with every item: filling, cover, form, bytes."""

from __future__ import annotations

from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.facsimile import Rendered, render
from tests.bench.child import Act
from tests.bench.timing import taken_ms
from tests.exports import cases, cases_3500a


def document() -> Rendered:
    """Return the document that is measured."""
    return render(cases_3500a.full(), form("fda3500a"), cases.STAMP, NoProgress())


def prepare() -> Act:
    """Make the case."""
    case, spec = cases_3500a.full(), form("fda3500a")
    facts = {"pages": document().pages}

    def draw() -> None:
        render(case, spec, cases.STAMP, NoProgress())

    return Act(run=lambda: taken_ms(draw), facts=facts)
