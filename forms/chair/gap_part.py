"""What was drawn in this session and is neither given nor wasted: asked at the chair.

The lot's own page asks the same; who drew it is here now and knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from aeapp.domain.chair.loss import Question, question_of
from aeapp.domain.chair.stock import Gap, gap_words, gaps
from aeapp.domain.records import Product, StockMovement
from aeapp.kernel.i18n import _
from forms.announce import announce
from forms.desk import Desk
from forms.library.gap_card import NOTICE, GapCard, answering, go_on
from forms.now import Now
from forms.session_work import SessionWork
from forms.widgets.emptied import emptied

_ASKED = (Question.OPEN, Question.NOT_KNOWN, Question.LOSS)


def gaps_of(work: SessionWork) -> Iterator[tuple[Gap, Product]]:
    """Yield what the session leaves unaccounted of each lot, where a person is asked about it."""
    room, now = work.room, work.doses.now()
    for lot_id in dict.fromkeys(m.lot_id for m in room.movements):
        moved = [m for m in room.movements if m.lot_id == lot_id]
        product = work.products.get(moved[0].product_id)
        if product is None:
            continue
        given = [g for g in room.administrations if g.lot_id == lot_id]
        for gap in gaps(product, moved, given, now):
            if question_of(gap, product) in _ASKED:
                yield gap, product


class GapPart(QFrame):
    """The gaps of the session on the screen; hidden while there is none.

    Signals:
        answered: A person answered; carries the movement's id, the answer and what was found out.
        met: One of the two dates was met; carries the movement's id, which, and the day.
        wasted: The rest of a gap was wasted; carries the gap and who saw it.
        done: What had the focus is answered, and nothing else waits here.
    """

    answered = Signal(str, object, str)
    met = Signal(str, str, object)
    wasted = Signal(object, str)
    done = Signal()

    def __init__(self, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Stock not accounted for"))
        self._now = now
        self._work: SessionWork | None = None
        self._shown: tuple[tuple[Gap, Product], ...] = ()
        self.cards: list[GapCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    @property
    def waiting(self) -> int:
        """Return how many gaps there are."""
        return len(self.cards)

    def show_work(self, work: SessionWork) -> None:
        """Show the gaps as they are now; a card being answered stays while its gap does."""
        self._work = work
        found = tuple(gaps_of(work))
        if found == self._shown:
            return
        new = [gap for gap, _product in found if gap not in [known for known, _of in self._shown]]
        self._shown = found
        held = answering(self.cards)
        emptied(self._column)
        self.cards = [self._card(gap, product) for gap, product in found]
        self.setVisible(bool(found))
        if held and not go_on(self.cards, held):
            self.done.emit()
        if new:
            announce(self, gap_words(new[0]))

    def _card(self, gap: Gap, product: Product) -> GapCard:
        card = GapCard(gap, product, self._now().date(), self, at_the_chair=True)
        card.wasted.connect(self.wasted)
        card.answered.connect(self.answered)
        card.met.connect(self.met)
        self._column.addWidget(card)
        return card

    def tick(self) -> None:
        """Look again: an infusion that has run in may leave a gap."""
        if self._work is not None and self._work.room.movements:
            self.show_work(self._work)

    def focus_first(self) -> None:
        """Put the focus on the first gap."""
        if self.cards:
            self.cards[0].setFocus()


def answer(work: SessionWork, desk: Desk, movement_id: str, said: object, reason: str) -> None:
    """Store a person's answer to the question of a gap."""
    stock = desk.app.stock
    _store(work, desk, partial(stock.answer_loss, movement_id, answer=said, reason=reason))  # type: ignore[arg-type]


def waste(work: SessionWork, desk: Desk, gap: Gap, witness: str) -> None:
    """Store that the rest of a gap was wasted before a witness."""
    _store(work, desk, partial(desk.app.stock.waste_rest, gap, witness), _("Waste recorded"))


def met(work: SessionWork, desk: Desk, movement_id: str, which: str, day: object) -> None:
    """Store that one of the two notices of a loss was made."""
    stock = desk.app.stock
    record = stock.record_notice if which == NOTICE else stock.record_form_106
    _store(work, desk, partial(record, movement_id, day))  # type: ignore[arg-type]


def _store(
    work: SessionWork, desk: Desk, store: Callable[[], StockMovement], words: str = ""
) -> None:
    words = words or _("Answer recorded")

    def done(stored: StockMovement) -> None:
        new = all(movement.id != stored.id for movement in work.room.movements)
        if new:
            work.hold("movements", (*work.room.movements, stored))
        else:
            work.put("movements", (stored,))
        desk.toast(words)

    # The dose that the answer is about is not taken away under it.
    work.course.stays(words + ".")
    desk.write(store, done)
