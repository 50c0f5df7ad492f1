"""What is text, heading, picture or ornament on a page, kept while it is drawn.

Source:
    ISO 32000-1, 14.6 (marked content), 14.7 (logical structure) and 14.8.4 (standard elements).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

ARTIFACT = "/Artifact <</Type /Layout>> BDC"
# Ornament that stands on every page is told apart from lines and borders (ISO 14289-1, 7.8), with
# the edge of the page that it keeps to (ISO 32000-1, table 330).
RUNNING = "/Artifact <</Type /Pagination /Subtype /{kind}{edge}>> BDC"
END = "EMC"
ORNAMENT = "Artifact"
HEADER, FOOTER, WATERMARK = "Header", "Footer", "Watermark"
_EDGES = {HEADER: " /Attached [/Top]", FOOTER: " /Attached [/Bottom]"}
HEADINGS = ("H1", "H2")


def running(kind: str) -> str:
    """Return the operator that begins ornament of a kind that every page has."""
    return RUNNING.format(kind=kind, edge=_EDGES.get(kind, ""))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page's content: page from 0, number within the page."""

    page: int
    number: int


@dataclass(slots=True)
class Node:
    """One element of the structure.

    Attributes:
        alt: What a picture shows, in words.
        box: Where it stands on its page, in points from the lower left: left, bottom, right, top.
        kind: As of a step.
        kids: What it holds, in the order in which it is read.
        words: Of a heading, line by line.
    """

    role: str
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    kind: str = ""
    kids: list[Node | Mark] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """An element by its role and which one it is inside of what holds it.

    A cell that goes on over the page, or a list whose lines are drawn one by one, is the same
    element each time it is named.

    Attributes:
        kind: ``row`` for a head that is for its row, not its column; ``struck`` for what is
            struck through.
    """

    role: str
    key: Hashable = 0
    kind: str = ""


Path = tuple[Step, ...]


class Tags:
    """The structure of one document as it grows.

    Attributes:
        root: The document.
        owners: For each page the element of each mark, by its number.
    """

    def __init__(self) -> None:
        self.root = Node("Document")
        self.owners: list[list[Node]] = [[]]
        self._open: list[Node | None] = [self.root]
        self._known: dict[tuple[int, Step], Node] = {}

    @property
    def current(self) -> Node | None:
        """Return the element that is being drawn; None where it is ornament."""
        return self._open[-1] if len(self._open) > 1 else None

    def begin(self, node: Node | None) -> None:
        """Begin an element inside the one that is open, or ornament beside it."""
        if node is not None and node.role != ORNAMENT:
            (self.current or self.root).kids.append(node)
        self._open.append(node)

    def enter(self, path: Path) -> None:
        """Go on in an element, or begin it; ``leave`` ends it as far as it was entered."""
        for step in path:
            inside = self.current or self.root
            node = self._known.get((id(inside), step))
            if node is None:
                node = Node(step.role, kind=step.kind)
                inside.kids.append(node)
                self._known[id(inside), step] = node
            self._open.append(node)

    def lay(self, whole: Step, outline: Iterable[Path]) -> None:
        """Begin the elements of a whole in the order of reading, whichever is drawn first."""
        if (id(self.current or self.root), whole) in self._known:
            return
        for path in outline:
            self.enter(path)
            self.leave(path)

    def leave(self, path: Path) -> None:
        """End what was entered last."""
        del self._open[len(self._open) - len(path) :]

    def end(self) -> None:
        """End the element that was begun last."""
        self._open.pop()

    def opening(self) -> str:
        """Return the operator that begins content of what is being drawn."""
        node = self.current
        if node is None:
            return ARTIFACT
        if node.role == ORNAMENT:
            return running(node.kind)
        owners = self.owners[-1]
        node.kids.append(Mark(len(self.owners) - 1, len(owners)))
        owners.append(node)
        return f"/{node.role} <</MCID {len(owners) - 1}>> BDC"

    def tell(self, words: str) -> None:
        """Keep the words of the heading that is being drawn; what is no heading is passed over."""
        if self.current is not None and self.current.role in HEADINGS:
            self.current.words.append(words)

    def headings(self) -> Iterator[tuple[int, str, int]]:
        """Yield depth from 0, words and page of each heading, in the order of reading."""
        yield from _headings(self.root)

    def turn(self) -> None:
        """Go on to the next page."""
        self.owners.append([])


def _headings(node: Node) -> Iterator[tuple[int, str, int]]:
    if node.role in HEADINGS:
        first = next((kid for kid in node.kids if isinstance(kid, Mark)), None)
        words = " ".join(" ".join(node.words).split())
        if first is not None and words:
            yield HEADINGS.index(node.role), words, first.page
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _headings(kid)
