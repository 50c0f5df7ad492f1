"""Write down an official file and what our filling puts into each of its fields.

``python -m tests.bench.filled KEY BLANK VALUES``. The official file where it lies beside the
project, else one of our own with the same fields.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pikepdf

from aeapp.domain.case import Case
from aeapp.formspecs import form
from aeapp.kernel.progress import NoProgress
from exports.pdf.official import fields_of, fill_official
from tests.bench.child import say
from tests.exports import cases, cases_3500a
from tests.exports.official_blank import blank
from tests.helpers.official_sample import FDA3500, FDA3500A


def case_of(key: str) -> Case:
    """Return the case that a form is filled with."""
    return cases.full() if key == "fda3500" else cases_3500a.full()


def main(key: str, file: str, values: str) -> None:
    """Write the blank file and the values as JSON, by the full name of the field."""
    official = FDA3500 if key == "fda3500" else FDA3500A
    content = official.read_bytes() if official.is_file() else blank(form(key))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(file, encryption=False)
    done = fill_official(
        Path(file).read_bytes(), case_of(key), form(key), cases.STAMP, NoProgress()
    )
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        found = ((name, one.get("/AS", one.get("/V"))) for name, one in fields_of(pdf))
        kept = {name: str(v) for name, v in found if v is not None and v != pikepdf.Name.Off}
    Path(values).write_text(json.dumps(kept), encoding="utf-8")
    say(values=len(kept), pages=done.pages, official=official.is_file())


if __name__ == "__main__":
    main(*sys.argv[1:])
