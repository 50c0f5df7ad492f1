"""Write the messages that the rows read: one case, one of two megabytes, a hundred in one file.

``python -m tests.bench.messaged FOLDER`` says how long each is.
"""

from __future__ import annotations

import base64
import datetime as dt
import random
import sys
from pathlib import Path

from aeapp.domain.case import Case
from aeapp.formspecs.e2b_r3.message import Batch
from aeapp.formspecs.e2b_r3.of_case import Around, Envelope, batch_of
from aeapp.formspecs.e2b_r3.putting import HeldFile
from aeapp.formspecs.e2b_r3.writing import batch_node
from exports.e2b.xml_file import xml_of
from tests.bench.child import say
from tests.exports.cases import full

ENVELOPE = Envelope(
    sender="BENCH", receiver="CENTRE", made_at=dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
)
ATTACHED = 1_500_000


def batch(size: str, case: Case | None = None) -> Batch:
    """Return the values of a case; ``big`` has 1.5 MB inside, ``hundred`` is that many cases."""
    around = Around()
    if size == "big":
        content = random.Random(1).randbytes(ATTACHED)
        around = Around(files=(HeldFile("scan.pdf", base64.b64encode(content).decode()),))
    cases = [case or full()] * (100 if size == "hundred" else 1)
    return batch_of(cases, ENVELOPE, around)


def main(folder: str) -> None:
    """Write the files."""
    sizes = {}
    for size in ("case", "big", "hundred"):
        content = xml_of(batch_node(batch(size)))
        (Path(folder) / f"{size}.xml").write_bytes(content)
        sizes[size] = len(content)
    say(**sizes)


if __name__ == "__main__":
    main(*sys.argv[1:])
