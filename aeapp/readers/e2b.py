"""Read an E2B(R3) message of anybody's, or an answer to one, into plain nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from aeapp.domain.rejection import rejected
from aeapp.formspecs.e2b_r3.acknowledging import ACKNOWLEDGEMENT
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.structure import LOCATION
from aeapp.formspecs.e2b_r3.writing import BATCH, MESSAGE
from aeapp.kernel.files import trouble
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import ReadSoFar, unheard
from aeapp.readers.markup import read_elements

_HL7 = "{urn:hl7-org:v3}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_KEPT = {f"{_XSI}type": "xsi:type", f"{_XSI}schemaLocation": LOCATION}
_PIECE = 65_536
# A batch of 25 MB has some 250,000.
MOST_ELEMENTS = 500_000
_NO_BATCH = N_("{path} is no E2B(R3) message.")
_NO_ANSWER = N_("{path} is no acknowledgement of an E2B(R3) message.")
_CHOOSE = N_("Choose the XML file that its sender made; nothing was taken from this one.")
_R2_ROOT = b"<ichicsr"
_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,40}:)?MCCI_IN20010[01]UV01)[\s/>]")


class _Nodes:
    """Builds nodes of the elements as they come.

    Args:
        lenient: Elements without any name space pass, too.
    """

    def __init__(self, *, lenient: bool = False) -> None:
        self.root: Node | None = None
        self._lenient = lenient
        self._open: list[Node] = []
        # Text comes in as many pieces as it has lines and references: joined once, not each time.
        self._pieces: list[list[str]] = []
        self._names: dict[str, str] = {}
        self._left = MOST_ELEMENTS

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the begin of an element."""
        # Names repeat, and few attributes are of a name space.
        name = self._names.get(tag) or self._name_of(tag)
        if "{" in "".join(attributes):
            attributes = {
                _KEPT.get(name, name): value
                for name, value in attributes.items()
                if name in _KEPT or name[0] != "{"
            }
        node = Node(name, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._pieces.append([])
        self._left -= 1
        if not self._left:
            raise rejected(_("The file"), N_("{path} holds more elements than this program takes."))

    def _name_of(self, tag: str) -> str:
        if not tag.startswith(_HL7) and (tag.startswith("{") or not self._lenient):
            raise rejected(_("The file"), N_("{path} holds elements that are not of HL7."))
        return self._names.setdefault(tag, tag.removeprefix(_HL7))

    def data(self, text: str) -> None:
        """Take text."""
        self._pieces[-1].append(text)

    def end(self, _tag: str) -> None:
        """Take the end of an element."""
        node, pieces = self._open.pop(), self._pieces.pop()
        if pieces:
            text = "".join(pieces)
            node.text = text.strip() if node.children else text


def read_nodes(content: bytes, told: ReadSoFar = unheard) -> Node:
    """Return the nodes of a batch; ``told`` hears how far it is.

    Raises:
        ImportRejected: It is broken, names entities or other files, or is another kind of file.
    """
    _refuse_others(content)
    return _read(content, BATCH, _Nodes(), told)


def _refuse_others(content: bytes) -> None:
    """Refuse what begins as another kind of message."""
    if _root_of(content).endswith(ACKNOWLEDGEMENT):
        sentence = N_("{path} is an acknowledgement of a message and holds no case.")
        raise rejected(
            _("The file"), sentence,
            remedy=N_("Read it in the log of sending, beside the message that it answers."),
            option=N_("'message acknowledgement' reads it."),
        )  # fmt: skip
    _refuse_r2(content)


def _refuse_r2(content: bytes) -> None:
    if _R2_ROOT in content[: 8 * _PIECE]:
        sentence = N_("{path} is of E2B(R2); this program reads E2B(R3).")
        remedy = N_("Ask its sender for the same message in E2B(R3).")
        raise rejected(_("The file"), sentence, remedy=remedy)


class _Stream(_Nodes):
    """Hands each message over when it ends, and lets go of it."""

    def __init__(self, take: Callable[[Node], None]) -> None:
        super().__init__()
        self._take = take

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        node = self._open[-1]
        super().end(tag)
        if node.name == MESSAGE and len(self._open) == 1:
            self._open[0].children.pop()
            # What stands between two messages says nothing; the next may be as large as this one.
            self._pieces[0].clear()
            self._left = MOST_ELEMENTS
            self._take(node)


def stream_nodes(path: Path, take: Callable[[Node], None], told: ReadSoFar = unheard) -> Node:
    """Hand each message of a file of any length to ``take``; return the batch without messages.

    ``told`` hears how far the file is read.

    Raises:
        FileTroubleError: It cannot be read.
        ImportRejected: It is broken, names entities or other files, or is another kind of file.
            Messages before the place were handed over.
    """
    taker = _Stream(take)
    try:
        with path.open("rb") as file:
            head = file.read(8 * _PIECE)
            _refuse_others(head)
            rest = iter(partial(file.read, _PIECE), b"")
            pieces = _counted(chain((head,), rest), told)
            root = _root_of(head) or BATCH
            read_elements(pieces, root, taker, grammar=False, other=_NO_BATCH, remedy=_CHOOSE)
    except OSError as error:
        raise trouble(error) from None
    assert taker.root is not None  # noqa: S101 - the reader found the root
    return taker.root


def read_acknowledgement(content: bytes) -> Node:
    """Return the nodes of what a receiver answered; a missing name space is passed over.

    Raises:
        ImportRejected: It is broken, names entities or other files, or is another kind of file.
    """
    if _root_of(content).endswith(BATCH):
        sentence = N_("{path} is a message with cases, and no acknowledgement of one.")
        raise rejected(
            _("The file"), sentence, remedy=N_("Take it in as a case."),
            option=N_("'case import' reads it."),
        )  # fmt: skip
    _refuse_r2(content)
    return _read(content, ACKNOWLEDGEMENT, _Nodes(lenient=True))


def _root_of(content: bytes) -> str:
    """Return the name that the root may have, with its prefix; "" where it is not found."""
    found = _ROOT.search(content[: 8 * _PIECE])
    return found[1].decode("ascii") if found else ""


def _counted(pieces: Iterable[bytes], told: ReadSoFar) -> Iterator[bytes]:
    """Yield the pieces of a file and tell of each that was taken."""
    read = 0
    for piece in pieces:
        yield piece
        read += len(piece)
        told(read)


def _read(content: bytes, root: str, taker: _Nodes, told: ReadSoFar = unheard) -> Node:
    pieces = (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))
    other = _NO_ANSWER if root == ACKNOWLEDGEMENT else _NO_BATCH
    found = _root_of(content) or root
    read_elements(_counted(pieces, told), found, taker, grammar=False, other=other, remedy=_CHOOSE)
    assert taker.root is not None  # noqa: S101 - the reader found the root
    return taker.root
