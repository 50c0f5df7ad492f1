"""Fill the official file: from a case to proven bytes, with what stands behind the form."""

from __future__ import annotations

from pathlib import Path

from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.official import fill_official
from tests.bench.child import Act
from tests.bench.filled import case_of
from tests.bench.timing import taken_ms
from tests.exports import cases


def prepare(blank: str, key: str) -> Act:
    """Read the file and make the case."""
    content, case, spec = Path(blank).read_bytes(), case_of(key), form(key)
    facts = {"values": fill_official(content, case, spec, cases.STAMP, NoProgress()).values}

    def fill() -> None:
        fill_official(content, case, spec, cases.STAMP, NoProgress())

    return Act(run=lambda: taken_ms(fill), facts=facts)
