"""Make the pages of a case whose description has so many characters."""

from __future__ import annotations

from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.facsimile import render
from tests.bench.child import Act
from tests.bench.timing import taken_ms
from tests.exports import cases


def prepare(length: str) -> Act:
    """Make the case."""
    story = (cases.NARRATIVE * (int(length) // len(cases.NARRATIVE) + 1))[: int(length)]
    case, spec = cases.full(narrative=story), form("fda3500")
    facts = {"pages": render(case, spec, cases.STAMP, NoProgress()).pages}

    def draw() -> None:
        render(case, spec, cases.STAMP, NoProgress())

    return Act(run=lambda: taken_ms(draw), facts=facts)
