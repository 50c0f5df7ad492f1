"""The tree that a tagged document is read aloud by: what a machine can tell to be wrong with it.

Source:
    ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.1 to 7.6; the Matterhorn protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

STANDARD = frozenset(
    [
        *("Document", "Sect", "P", "H1", "H2", "H3", "Table", "TR", "TH", "TD", "Figure", "Span"),
        *("L", "LI", "Lbl", "LBody"),
    ]
)
# What may stand in what (ISO 32000-1, 14.8.4.3); others stand anywhere.
HELD_BY = {
    "TR": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
}
HOLDS = {"Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"Lbl", "LBody"}}
DEEPEST = 28
SHOWS = frozenset(["Tj", "TJ", "'", '"'])
PAINTS = SHOWS | {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}


def _marks(page: Any) -> Iterator[int | str]:  # noqa: C901, PLR0912 - one case an operator
    """Yield the number of each mark of a page, or what is wrong with its content."""
    stack: list[str] = []
    deep = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC":
                stack.append(str(operands[0])[1:])
            case "BDC":
                role, facts = str(operands[0])[1:], operands[1]
                if "/MCID" in facts:
                    if stack:
                        yield f"structure: {role} inside of {stack[-1]}"
                    yield int(facts.MCID)
                stack.append(role)
            case "EMC":
                if not stack:
                    yield "structure: an end without a begin"
                else:
                    stack.pop()
            case "q":
                deep += 1
                if deep > DEEPEST:
                    yield "file: states saved inside of each other too deeply"
            case "Q":
                deep -= 1
            case paints if paints in PAINTS and not stack:
                yield f"structure: content ({paints}) that is neither text nor ornament"
    if stack:
        yield "structure: content without an end"


def marked(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Find what a document does not say of itself to who reads it aloud."""
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "structure: not marked"
    if not str(root.get("/Lang", "")):
        yield "structure: no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "structure: the title is not shown"
    if len(pdf.pages) > 1 and not root.get("/Outlines", {}).get("/First"):
        yield "structure: several pages without bookmarks"
    for number, page in enumerate(pdf.pages, start=1):
        yield from (f"structure: page {number} has {what}" for what in _lacks(page))


def _lacks(page: Any) -> Iterator[str]:
    """Yield what is wrong with what a page says of itself."""
    if any(str(operator) == "BMC" for _facts, operator in pikepdf.parse_content_stream(page)):
        yield "ornament that does not say of what kind"
    if page.obj.get("/Tabs") != "/S":
        yield "no order of its own"
    if "/Footer" not in _running(page):
        yield "a foot that does not say it is one"


def _running(page: Any) -> set[str]:
    """Return what a page says of its ornaments that stand on every page."""
    return {
        str(operands[1].get("/Subtype", ""))
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and operands[0] == "/Artifact"
    }


def structured(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Find what is wrong with the tree that a document is read aloud by."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        yield "structure: none"
        return
    found = list(elements_of(root.K, root))
    yield from (fault for fault in found if isinstance(fault, str))
    elements = [element for element in found if not isinstance(element, str)]
    for element in elements:
        yield from _element(str(element.S)[1:], element)
    roles = [str(element.S)[1:] for element in elements]
    yield from _headings([int(role[1]) for role in roles if role in ("H1", "H2", "H3")])
    held: dict[tuple[int, int], Any] = {}
    pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
    for element in elements:
        for page, kid in marks_of(element):
            mark = (pages[page], kid)
            if mark in held:
                yield f"structure: mark {mark} stands twice"
            held[mark] = element.objgen
    yield from _parents(pdf, root, held)


def _element(role: str, element: Any) -> Iterator[str]:
    attributes = element.get("/A", {})
    if role not in STANDARD:
        yield f"structure: {role} is no element known to readers"
    if role == "Figure" and not str(element.get("/Alt", "")):
        yield "structure: a picture without words"
    if role == "Figure" and "/BBox" not in attributes:
        yield "structure: a picture without a place"
    if role == "L" and "/ListNumbering" not in attributes:
        yield "structure: a list that does not say how it counts"
    if role == "Table":
        yield from _table(element)
    yield from _nested(role, element)


def elements_of(kids: Any, parent: Any) -> Iterator[Any]:
    """Yield each element of the tree in the order of reading, and what is wrong with one."""
    for kid in kids:
        if not isinstance(kid, pikepdf.Dictionary) or kid.get("/Type") != "/StructElem":
            continue
        if kid.P.objgen != parent.objgen:
            yield "structure: an element with another parent"
        if not len(_kids(kid)) and kid.S not in ("/TD", "/TH"):
            yield "structure: an empty element"
        yield kid
        yield from elements_of(_kids(kid), kid)


def _kids(element: Any) -> Any:
    return element.get("/K", pikepdf.Array())


def marks_of(element: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield page and number of each mark that an element holds itself, in the order of reading."""
    for kid in _kids(element):
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen, int(kid.MCID)


def _inner(element: Any) -> list[Any]:
    return [kid for kid in _kids(element) if not isinstance(kid, int) and "/S" in kid]


def _nested(role: str, element: Any) -> Iterator[str]:
    holder = str(element.P.get("/S", ""))[1:]
    if role in HELD_BY and holder not in HELD_BY[role]:
        yield f"structure: {role} inside of {holder}, where it has no place"
    for kid in _inner(element):
        if role in HOLDS and str(kid.S)[1:] not in HOLDS[role]:
            yield f"structure: {role} holds {str(kid.S)[1:]}"
    if role in HOLDS and any(True for _mark in marks_of(element)):
        yield f"structure: {role} holds text itself"


def _table(table: Any) -> Iterator[str]:
    """Find what would make a table one that nobody can be led through by column."""
    rows = [_inner(row) for row in _inner(table)]
    if len({len(row) for row in rows}) > 1:
        yield "structure: a table with rows of several lengths"
    heads = [cell for row in rows for cell in row if cell.S == "/TH"]
    if not heads:
        yield "structure: a table without a head"
    if any(head.get("/A", {}).get("/Scope") == "/Column" and not _kids(head) for head in heads):
        yield "structure: a head of a column without words"
    if any("/Scope" not in head.get("/A", {}) for head in heads):
        yield "structure: a head that does not say what it heads"


def _headings(levels: list[int]) -> Iterator[str]:
    if levels and levels[0] != 1:
        yield "structure: the first heading is not of the first level"
    if levels.count(1) > 1:
        yield "structure: a second title"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "structure: a level of headings is left out"


def _parents(pdf: pikepdf.Pdf, root: Any, held: dict[tuple[int, int], Any]) -> Iterator[str]:
    numbers = list(root.ParentTree.Nums)
    tree = dict(zip([int(n) for n in numbers[::2]], numbers[1::2], strict=True))
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages):
        owners = tree.get(int(page.obj.get("/StructParents", -1)), [])
        for mark in _marks(page):
            if isinstance(mark, str):
                yield mark
                continue
            if (number, mark) in found:
                yield f"structure: page {number + 1} has mark {mark} twice"
            found.add((number, mark))
            if mark >= len(owners) or owners[mark].objgen != held.get((number, mark)):
                yield f"structure: mark {mark} of page {number + 1} belongs to nothing"
    for page, mark in sorted(held.keys() - found):
        yield f"structure: mark {mark} of page {page + 1} is not on it"
