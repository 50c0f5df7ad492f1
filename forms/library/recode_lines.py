"""The list of events that have no code in a release, with what each may be coded as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from aeapp.domain.coding.index import Offer, Rank
from aeapp.domain.coding.recoding import Proposed, Recoding
from aeapp.domain.records.coding import Coding
from aeapp.kernel.i18n import _
from forms.library.lists import Index, TextTable
from forms.theme import Status

# Event and its version -> the proposal that was taken; its place among them may be another by then.
Taken = Mapping[tuple[str, int], Offer]


@dataclass(slots=True)
class RecodeLine:
    """One event of the list.

    Attributes:
        sure: The same words, and one term in use that has them.
        at: Which of its proposals is shown.
        taken: A person took it.
    """

    proposed: Proposed
    sure: bool
    at: int = 0
    taken: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """Return what it is known by; another one where the event was changed."""
        return self.proposed.event_id, self.proposed.version

    @property
    def offer(self) -> Offer | None:
        """Return the proposal that is shown."""
        offers = self.proposed.offers
        return offers[self.at] if offers else None

    def place_of(self, offer: Offer) -> int:
        """Return where a term stands among the proposals; one found by search is added."""
        known = [one.coded for one in self.proposed.offers]
        if offer.coded not in known:
            offers = (*self.proposed.offers, offer)
            self.proposed = replace(self.proposed, offers=offers)
            known.append(offer.coded)
        return known.index(offer.coded)


def lines_of(found: Recoding, taken: Taken) -> list[RecodeLine]:
    """Return a line an event: the sure ones, those to look at, those without a proposal."""
    return list(_lines(found, taken))


def _lines(found: Recoding, taken: Taken) -> Iterator[RecodeLine]:
    for sure, members in ((True, found.exact), (False, found.guesses), (False, found.nothing)):
        for one in members:
            line = RecodeLine(one, sure)
            if (offer := taken.get(line.key)) is not None:
                line.at, line.taken = line.place_of(offer), True
            yield line


def taken_of(lines: Iterable[RecodeLine]) -> dict[tuple[str, int], Offer]:
    """Return what was taken, to be taken again when the list is read anew."""
    return {line.key: line.offer for line in lines if line.taken and line.offer is not None}


class RecodeModel(TextTable):
    """Words of the reporter, code now, proposal; taken or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (
            _("Reporter's words"),
            _("Coded now"),
            _("Proposal"),
            _("Found by"),
            _("Take"),
        )

    def changed(self, row: int) -> None:
        """Show a line anew."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.heads) - 1))

    def all_changed(self) -> None:
        """Show every line anew."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def cell(self, row: RecodeLine, column: int) -> str:
        return (self._words, self._before, self._proposal, self._found, self._take)[column](row)

    def pill(self, index: Index) -> tuple[Status, str] | None:
        """Return that a line is taken."""
        row: RecodeLine = self.rows[index.row()]
        return (Status.OK, self._take(row)) if row.taken else None

    def _words(self, row: RecodeLine) -> str:
        return row.proposed.verbatim or _("(no words)")

    def _before(self, row: RecodeLine) -> str:
        return coding_words(row.proposed.before)

    def _proposal(self, row: RecodeLine) -> str:
        offer, count = row.offer, len(row.proposed.offers)
        if offer is None:
            return _("none; stays in its words")
        words = f"{_(offer.coded.term)} ({offer.coded.code})"
        return (
            words
            if count == 1
            else _("{n} of {all}: {term}").format(n=row.at + 1, all=count, term=words)
        )

    def _found(self, row: RecodeLine) -> str:
        offer = row.offer
        if offer is None:
            return ""
        if offer.rank is Rank.WORD:
            return _("In use for it now")
        return _(offer.how.words)

    def _take(self, row: RecodeLine) -> str:
        return _("taken") if row.taken else ""


def coding_words(coding: Coding | None) -> str:
    """Return ``28.0: Nausea``; empty for none."""
    if coding is None:
        return ""
    return f"{coding.edition or ''}: {coding.term or ''}".strip(": ")
