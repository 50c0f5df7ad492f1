"""What the screen of a form is made of: pages, blocks and entries, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

EVENTS, CASE, MESSAGE = "events", "case", "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field.

    Attributes:
        note: What stands under the field while nothing is wrong.
        widget: Name of a widget, where type and item do not decide.
        beside: Stands in one row with the entry before.
        needs: ``path=code`` without which the field is not asked.
        instead_of: Path of an item that makes this one needless.
        room: Characters the official cell holds; what is longer goes on elsewhere. 0 for any.
        extra: No form asks it: it is not counted among the questions of its page.
    """

    path: str
    number: str = ""
    caption: str = ""
    note: str = ""
    widget: str = ""
    beside: bool = False
    read_only: bool = False
    needs: str = ""
    instead_of: str = ""
    room: int = 0
    extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """A button that adds a part of the case.

    Attributes:
        first: First id of the part where it belongs to something, such as the event.
        mends: Rule and path of each finding that asks for the part.
        about: What the part is called in a finding.
        icon: Of the button; one that takes a part away has another.
    """

    part: str
    text: str
    first: str = ""
    mends: tuple[tuple[str, str], ...] = ()
    about: str = ""
    icon: str = "add"

    @property
    def key(self) -> str:
        """Return a name of its own on its page."""
        return f"{self.part} {self.first}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Entries under a heading of their own.

    Attributes:
        text: A sentence in place of, or above, the entries.
        table: The path of a list that is shown as a table and not edited here.
    """

    heading: str = ""
    text: str = ""
    number: str = ""
    entries: tuple[Entry, ...] = ()
    table: str = ""
    add: Add | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the form on screen.

    Attributes:
        key: Name of the page, such as ``B`` or ``D2``.
        name: A word or two for the list of sections.
        rows: The page counts rows instead of answers.
        optional: The page may stay empty as a whole.
    """

    key: str
    letter: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    rows: str = ""
    optional: bool = False

    def entries(self) -> Iterator[Entry]:
        """Yield every field of the page in reading order."""
        for block in self.blocks:
            yield from block.entries

    @property
    def mends(self) -> dict[tuple[str, str], Add]:
        """Return the buttons that mend a finding, by its rule and path."""
        adds = (block.add for block in self.blocks)
        return {key: add for add in adds if add is not None for key in add.mends}

    @property
    def skeleton(self) -> tuple[object, ...]:
        """Return what the widgets depend on; while it stays equal they need not be made anew."""
        return tuple(
            (b.table, b.text, b.add, tuple((e.path, e.read_only) for e in b.entries))
            for b in self.blocks
        )
