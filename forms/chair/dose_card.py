"""Give a product: what, how much, how fast, which lot; and what is done with what was given.

What was filled in stays until the dose is among those given, so that a dose that has to wait can
still be changed. A product that the library does not know yet is made by its own key, never by
typing on; a new lot is added by giving it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from aeapp.domain.chair.doses import went_in_words
from aeapp.domain.chair.pieces import is_device
from aeapp.domain.codecs import read
from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit, SessionRoute, Setting
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.items import spec_at
from aeapp.domain.records import Administration, Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import weight_of
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from forms.chair.dose_fields import DoseFields, Setup
from forms.chair.dose_lines import DoseLines
from forms.chair.field_error import FieldError
from forms.chair.moment_typed import told_words
from forms.dose_words import ROUTES
from forms.now import Now, shifted
from forms.session_work import SessionWork
from forms.theme import repolish
from forms.widgets.buttons import Button, KeyCap
from forms.widgets.labels import Note, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DoseCard(QFrame):
    """The dose, the weight it is reckoned by, and what was given so far.

    Signals:
        given: Something is to be given; carries a ``NewDose``.
        weighed: The patient was weighed; carries an observation.
        acted: Something is done with a dose given; carries its line, the act and what was typed.
        left: The focus may go back.
    """

    given = Signal(object)
    weighed = Signal(object)
    acted = Signal(object, str, str)
    left = Signal()

    def __init__(self, now: Now, by: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Dose"))
        self._now, self._by = now, by
        self._shift = 0
        self._rescue = False
        self._sent = False
        self._asked = False
        self._over = self._leaving = False
        self._count = 0
        self._library: object = None
        self._home_from: PartialDate | None = None
        self._setup = Setup(None, None, at_home=False, by=by)
        self.lines = DoseLines(now, self)
        self.fields = DoseFields(self)
        self.lines.below = self.fields.product
        self.note = Note(self)
        self.give = Button(_("Give"), self, key="Enter")
        self.give.setObjectName("dose.give")
        self.give.clicked.connect(self._on_give)
        self.rescue = Button(_("Rescue"), self, key="Alt R", name=_("Rescue medicine"))
        self.rescue.setObjectName("dose.rescue")
        self.rescue.clicked.connect(self.start_rescue)
        self._title = label(_("Dose"), "strong", self)
        self._hint = label(kind="caption", parent=self)
        # With its day, as of a session at home, it may take two lines.
        self._start = label(kind="caption", parent=self, wrap=True)
        self._start.setObjectName("dose.start")
        self.lines.acted.connect(self.acted)
        self.fields.weight.installEventFilter(self)
        self.fields.edited.connect(self._on_edited)
        self._body, self._more = QWidget(self), QWidget(self)
        self._cap = KeyCap("Alt D", self)
        self._build()
        self.tick()

    # --- what the room uses

    def open_work(self, work: SessionWork) -> None:
        """Fill in what was given last time; offered for the first dose only."""
        loaded, session = work.loaded, work.room.session
        self._shift, self._rescue, self._sent, self._asked = 0, False, False, False
        self._count = len(work.room.administrations)
        self._home_from = _home_start(session)
        self._show_library(work)
        # The weight first: a dose by weight is reckoned by it.
        self.fields.show_weight(weight_of(work.room.observations))
        first = not any(g.stands for g in work.room.administrations)
        route = ROUTES.get(session.route) if isinstance(session.route, SessionRoute) else None
        self._setup = Setup(
            route=route,
            last=loaded.offer.last if first else None,
            at_home=session.setting is Setting.HOME,
            by=self._by,
        )
        self.fields.fill(self._setup)
        # What was wrong belongs to the session before.
        self._wrong(None)
        self._show_mode()

    def show_work(self, work: SessionWork) -> None:
        """Show the doses as they stand."""
        room = work.room
        self._show_library(work)
        kilograms = weight_of(room.observations)
        self.fields.show_weight(kilograms)
        self.fields.devices_given = sum(1 for g in room.administrations if is_device(g))
        self._over = work.over
        self.lines.show_givings(
            room.administrations, work.products, over=work.over, amended=work.amended
        )
        count = len(room.administrations)
        if self._sent and count > self._count:
            self._begin_anew()
        self._count = count
        self._show_body()
        # In a session that has ended nothing is given any more; what was given is amended.
        self.setVisible(not work.over or count > 0)
        self.tick()

    def focus_first(self) -> None:
        """Put the cursor on what is still to be filled, or to be amended."""
        if self._over:
            self.lines.focus_first()
            return
        self._ask()
        self.fields.focus_first()

    def _ask(self) -> None:
        self._asked = True
        self._show_body()

    def _show_body(self) -> None:
        """Show the fields for the first dose and when asked; else only what was given."""
        self._body.setVisible(not self._over and (self._asked or not self._count))
        self._more.setVisible(self._body.isHidden() and not self._over)
        self._cap.setVisible(not self._over)

    def start_rescue(self) -> None:
        """Ask for a medicine against an event, in the same fields."""
        self._rescue = True
        self._ask()
        self.fields.fill(replace(self._setup, route=None, last=None, by_weight=False))
        self._wrong(None)
        self._show_mode()
        self.fields.product.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tick(self) -> None:
        """Show the start that Give would store, and how the doses stand."""
        shift = f" ({self._shift:+d} min)".replace("-", "−") if self._shift else ""
        words = _("Start {time}").format(time=told_words(self._at(), self._now())) + shift
        if self._start.text() != words:
            self._start.setText(words)
        self.lines.tick()

    # --- building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        head.addWidget(self._cap)
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(6)
        more.addWidget(label(_("another dose"), "caption", self._more))
        more.addSpacing(6)
        more.addWidget(KeyCap("Alt R", self._more))
        more.addWidget(label(_("rescue medicine"), "caption", self._more))
        head.addWidget(self._more)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._start, 1)
        foot.addWidget(KeyCap("Alt ↑", self))
        foot.addWidget(self.rescue)
        foot.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        # What runs comes first: it may have to be stopped.
        column.addWidget(self.lines)
        column.addWidget(self._body)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.fields)
        body.addWidget(self.note)
        body.addLayout(foot)

    # --- showing

    def _show_library(self, work: SessionWork) -> None:
        loaded = work.loaded
        known = (tuple(work.products.values()), loaded.lots, loaded.offer.open_lots)
        if self._library != known:
            self._library = known
            self.fields.show_library(*known, self._now().date())

    def _show_mode(self) -> None:
        if self._rescue:
            title, hint = _("Rescue medicine"), _("given at once")
        else:
            last = self._setup.last
            title, hint = _("Dose"), ""
            if last is not None:
                went_in = went_in_words(last)
                hint = _("as last time, change what differs")
                if went_in:
                    hint = _("as ordered last time, {less}").format(less=went_in)
        self._title.setText(title)
        self._hint.setText(hint)
        self.tick()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape:
            # Leaving is not entering: a weight that is typed waits in its field.
            self._leaving = True
            self.left.emit()
            self._leaving = False
            # What is typed stays, out of sight where a dose was given before.
            self._asked = False
            self._show_body()
        elif self._over:
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self._on_enter()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift += -1 if event.key() == Qt.Key.Key_Up else 1
            self.tick()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the weight when its field is left, as every field does, except by Esc."""
        if event.type() == QEvent.Type.FocusOut and not self._leaving and isValid(self):
            self._on_weighed()
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        field = self.fields.focused()
        if self.fields.weight.hasFocus():
            self._on_weighed()
            if not self.fields.weight.text().strip():
                self.fields.focus_first()
            return
        onward = self.fields.after_enter(field) if field is not None else None
        if onward is None:
            self._on_give()
        elif self._reads(field):
            if field is self.fields.pace and self.fields.lacks_pace:
                self._say_no_pace()
            onward.setFocus(Qt.FocusReason.TabFocusReason)

    def _say_no_pace(self) -> None:
        self.note.say(_("No pace entered: the amount will be asked at the end."), "info")

    def _reads(self, field: QWidget | None) -> bool:
        """Tell whether what was typed so far can be read; what cannot is shown with its note."""
        try:
            self.fields.read(Administration(started=self._at()))
        except FieldError as error:
            # What comes after the cursor may still be empty.
            if error.field is field:
                self._wrong(error)
                return False
        self._wrong(None)
        return True

    def _at(self) -> PartialDate:
        if self._home_from is not None and not self._rescue:
            begin = self._home_from.utc()
            moment = (begin or self._now()).astimezone(self._now().tzinfo)
        else:
            moment = self._now()
        moment = shifted(moment, self._shift)
        return PartialDate.of(moment.replace(second=0, microsecond=0))

    def _wrong(self, error: FieldError | None, *, go: bool = True) -> None:
        field = None
        if error is not None:
            field = error.field
            self.fields.was_told(error)
        parts: Sequence[QWidget] = self.fields.findChildren(QWidget)
        for part in parts:
            if part.property("state") == "wrong" or part is field:
                repolish(part, state="wrong" if part is field else "")
        self.note.say(error.message if error else "", "wrong" if error else "")
        if field is not None and go:
            field.setFocus()

    def _on_edited(self) -> None:
        # A name that was called a new product is not wrong any more.
        if self.fields.product.property("state") == "wrong" and self.fields.names_product:
            self._wrong(None)

    def _on_weighed(self) -> None:
        """Take the weight, however its field was left; what cannot be read stays with its note."""
        if not self.fields.weight.text().strip():
            return
        try:
            value = read(spec_at(Observation, "value"), self.fields.weight.text().replace(",", "."))
        except BadInputError as error:
            self._wrong(FieldError(self.fields.weight, error.message), go=False)
            return
        self._wrong(None)
        self.fields.weight.clear()
        self.weighed.emit(
            Observation(kind=ObservationKind.WEIGHT, value=value, unit=ReadingUnit.KILOGRAM)
        )

    def _on_give(self, *_checked: object) -> None:
        role = DrugRole.TREATMENT if self._rescue else None
        try:
            dose = self.fields.read(Administration(started=self._at(), role=role))
        except FieldError as error:
            self._wrong(error)
            return
        self._wrong(None)
        if self.fields.lacks_pace:
            self._say_no_pace()
        self._sent = True
        self.given.emit(dose)

    def _begin_anew(self) -> None:
        """Empty the fields: what they said is among the doses given now."""
        self._shift, self._rescue, self._sent, self._asked = 0, False, False, False
        self._setup = replace(self._setup, last=None)
        self.fields.fill(self._setup)
        self._wrong(None)
        self._show_mode()


def _home_start(session: Session) -> PartialDate | None:
    at_home = session.setting is Setting.HOME and isinstance(session.started, PartialDate)
    return session.started if at_home else None  # type: ignore[return-value] # as just asked
