"""The same bytes by bare lxml: built of what was parsed and written, or parsed alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from tests.bench.child import Act
from tests.bench.timing import taken_ms


def prepare(what: str, file: str) -> Act:
    """Parse the file; ``what`` is write, or anything else for parsing."""
    content = Path(file).read_bytes()
    root = etree.fromstring(content)
    plan = _plan(root)

    def write() -> None:
        made = etree.Element(root.tag, dict(root.attrib), nsmap=root.nsmap)
        _build(made, plan)
        etree.tostring(made, xml_declaration=True, encoding="UTF-8")

    def parse() -> None:
        etree.fromstring(content)

    act = write if what == "write" else parse
    return Act(run=lambda: taken_ms(act), facts={"bytes": len(content)})


def _plan(node: Any) -> tuple[Any, ...]:
    return (node.text, [(child.tag, dict(child.attrib), _plan(child)) for child in node])


def _build(made: Any, plan: tuple[Any, ...]) -> None:
    made.text, children = plan
    for tag, attributes, inner in children:
        _build(etree.SubElement(made, tag, attributes), inner)
