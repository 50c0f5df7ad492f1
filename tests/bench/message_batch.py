"""Write a batch of many messages as the program does: messages a second, and memory.

``python -m tests.bench.message_batch FILE COUNT`` says time and memory of each tenth of them.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from aeapp.formspecs.e2b_r3.checking import Profile, check
from aeapp.formspecs.e2b_r3.message import Batch
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.of_case import header_of, message_of
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.writing import batch_node, message_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import pieces_of, xml_of
from tests.bench.child import say
from tests.bench.messaged import ENVELOPE
from tests.bench.timing import now
from tests.exports.cases import full

PARTS = 10
MEGA = 1024 * 1024
TODAY = dt.date(2026, 11, 27)


def main(file: str, count: str) -> None:
    """Write the batch, each message read back and checked, and tell what each tenth took."""
    own, each, case = psutil.Process(), int(count) // PARTS, full()
    values, parts, times = header_of(ENVELOPE), [], list[float]()

    def messages() -> Iterator[Node]:
        for _n in range(each * PARTS):
            start = now()
            message = message_of(case, ENVELOPE)
            root = read_nodes(xml_of(batch_node(Batch(values, [message]))))
            check(read_batch(root), Profile.ICH, TODAY)
            yield message_node(message)
            times.append((now() - start) * 1000)
            if len(times) == each:
                parts.append({"ms": times[:], "mb": own.memory_info().rss / MEGA})
                times.clear()

    begin = now()
    with Path(file).open("wb") as out:
        for piece in pieces_of(batch_node(Batch(values)), messages()):
            out.write(piece)
    seconds = now() - begin
    say(parts=parts, seconds=seconds, size=Path(file).stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])
