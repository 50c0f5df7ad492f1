"""An electronic message: written from the case, read into values, checked by every rule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from aeapp.formspecs.e2b_r3.checking import Profile, check
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.structure import check_nodes
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.bench.child import Act
from tests.bench.messaged import batch, full
from tests.bench.timing import taken_ms

TODAY = dt.date(2026, 11, 27)


def prepare(what: str, file: str) -> Act:
    """Read the file; ``what`` is write, read or check."""
    content, case = Path(file).read_bytes(), full()
    size = Path(file).stem

    def write() -> None:
        xml_of(batch_node(batch(size, case)))

    def read() -> None:
        read_batch(read_nodes(content))

    def checked() -> None:
        root = read_nodes(content)
        (*check(read_batch(root), Profile.FDA_POSTMARKET, TODAY), *check_nodes(root))

    act = {"write": write, "read": read, "check": checked}[what]
    found = sum(1 for _value in read_batch(read_nodes(content)).messages[0].everything())
    return Act(run=lambda: taken_ms(act), facts={"values": found, "bytes": len(content)})
