"""Read a batch of many messages from its file: messages a second, and memory of each tenth.

``python -m tests.bench.message_stream FILE COUNT WHAT``; ``read`` makes values of each, ``check``
holds them against every rule, ``lxml`` parses the same bytes and lets go of each message.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from lxml import etree

from tests.bench.child import say
from tests.bench.timing import now

PARTS = 10
MEGA = 1024 * 1024
TODAY = dt.date(2026, 11, 27)


@dataclass
class Tenths:
    """What each tenth of the messages took."""

    each: int
    parts: list[dict[str, object]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    last: float = field(default_factory=now)

    def next(self) -> None:
        """Take the time since the message before."""
        self.times.append((now() - self.last) * 1000)
        if len(self.times) == self.each:
            memory = psutil.Process().memory_info().rss / MEGA
            self.parts.append({"ms": self.times, "mb": memory})
            self.times = []
        self.last = now()


def _ours(file: Path, tenths: Tenths, *, checked: bool) -> None:
    # Here, so that the floor loads nothing of ours.
    from aeapp.formspecs.e2b_r3.checking import Profile, check_message  # noqa: PLC0415
    from aeapp.formspecs.e2b_r3.message import Batch  # noqa: PLC0415
    from aeapp.formspecs.e2b_r3.nodes import Node  # noqa: PLC0415
    from aeapp.formspecs.e2b_r3.reading import read_message  # noqa: PLC0415
    from aeapp.formspecs.e2b_r3.structure import check_node  # noqa: PLC0415
    from aeapp.readers.e2b import stream_nodes  # noqa: PLC0415

    def take(node: Node) -> None:
        message = read_message(node)
        if checked:
            (*check_message("1", Batch(), message, Profile.ICH, TODAY), *check_node("1", node))
        tenths.next()

    stream_nodes(file, take)


def _bare(file: Path, tenths: Tenths) -> None:
    for _event, node in etree.iterparse(file, tag="{urn:hl7-org:v3}PORR_IN049016UV"):
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]
        tenths.next()


def main(file: str, count: str, what: str) -> None:
    """Read the file, and tell what each tenth took."""
    tenths, path = Tenths(int(count) // PARTS), Path(file)
    readers: dict[str, Callable[[], None]] = {
        "read": lambda: _ours(path, tenths, checked=False),
        "check": lambda: _ours(path, tenths, checked=True),
        "lxml": lambda: _bare(path, tenths),
    }
    begin = now()
    readers[what]()
    say(parts=tenths.parts, seconds=now() - begin, size=path.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])
