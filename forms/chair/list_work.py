"""What is done about the lists of a session: answer, override, rate, start the clock.

Shown at once, stored on the thread of writes. The dose of a session that has not begun waits here
until gate and baseline are done too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aeapp.domain.chair.aldrete import SCALE
from aeapp.domain.chair.discharge import Readiness, readiness_of
from aeapp.domain.chair.gate import Sheet, list_before, sheet_of
from aeapp.domain.chair.gate_evidence import Facts
from aeapp.domain.chair.infusion import goes_on, must_be_told
from aeapp.domain.chair.phases import (
    Missing,
    Stay,
    Step,
    begun_at,
    missing_to_start,
    phase_of,
    stay_of,
    step_of,
)
from aeapp.domain.chair.protocols import minimum_of
from aeapp.domain.chair.rems import under_rems
from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute, Setting
from aeapp.domain.codelists.session import CheckKind, Phase
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Administration,
    Check,
    Observation,
    Protocol,
    Score,
    Session,
    Staff,
)
from aeapp.domain.records.protocol import Question
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.own_time import own
from aeapp.kernel.i18n import _
from aeapp.services.dosing import NewDose
from aeapp.services.gate import Answered, Ask
from aeapp.services.sessions import SessionRoom
from forms.bars import SaveState
from forms.desk import Desk
from forms.errors import shown_as

if TYPE_CHECKING:
    from forms.session_work import SessionWork

_NOTHING = Sheet(())


class ListWork:
    """The lists and the phase of one session under way.

    Attributes:
        ask: The protocols, consents and people that the lists go by.
        prepared: The first dose, filled in and not given yet.
    """

    def __init__(self, work: SessionWork, desk: Desk, ask: Ask) -> None:
        self._work, self._desk = work, desk
        self.ask = ask
        self.prepared = work.loaded.prepared
        self._sheets: dict[CheckKind, Sheet] = {}
        self._sheets_of: tuple[SessionRoom, Ask] | None = None

    # --- how the session stands

    @property
    def session(self) -> Session:
        """Return the session as it is shown."""
        return self._work.room.session

    @property
    def protocol(self) -> Protocol | None:
        """Return what the session is run by; None while its route is not known."""
        return self.ask.protocol(self.session)

    @property
    def before(self) -> CheckKind:
        """Return which list comes before the dose."""
        protocol = self.protocol
        return CheckKind.GATE if protocol is None else list_before(protocol)

    @property
    def facts(self) -> Facts:
        """Return what the records hold that may answer a question."""
        room = self._work.room
        return Facts(
            patient=room.patient,
            consents=self.ask.consents,
            readings=self._pressures,
            zero=begun_at(room.administrations),
            prescriber=room.session.prescriber or "",
        )

    @property
    def _pressures(self) -> tuple[Observation, ...]:
        """Return what the lists ask for: pressures taken for this session, not on another day."""
        room, pressure = self._work.room, ObservationKind.BLOOD_PRESSURE
        found = [r for r in room.observations if r.kind is pressure]
        return own(found, room.session, begun_at(room.administrations))

    def sheet(self, kind: CheckKind) -> Sheet:
        """Return one list as it stands."""
        protocol, room = self.protocol, self._work.room
        if protocol is None:
            return _NOTHING
        # Every part asks for it at each change; it is worked out once.
        of = (room, self.ask)
        if self._sheets_of is None or any(
            a is not b for a, b in zip(self._sheets_of, of, strict=True)
        ):
            self._sheets_of, self._sheets = of, {}
        if kind not in self._sheets:
            self._sheets[kind] = sheet_of(protocol, kind, self.facts, room.checks)
        return self._sheets[kind]

    @property
    def gate(self) -> Sheet:
        """Return the list before the dose."""
        return self.sheet(self.before)

    @property
    def gate_open(self) -> bool:
        """Tell whether every question before the dose is done with."""
        return self.protocol is not None and self.gate.complete

    @property
    def phase(self) -> Phase:
        """Return where the session stands."""
        return phase_of(self.session, self._work.room.administrations)

    @property
    def stay(self) -> Stay:
        """Return how long the patient is to stay."""
        minimum = minimum_of(self.session, self.protocol)
        return stay_of(self._work.room.administrations, minimum, self._desk.app.context.zone)

    @property
    def step(self) -> Step:
        """Return the step that the head of the room shows."""
        over = self.stay.reached(self._desk.app.context.minute())
        return step_of(self.phase, gate_open=self.gate_open, stay_over=over)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what the clock still waits for; nothing once it runs."""
        if self.phase not in (Phase.PLANNED, Phase.PRE_DOSE):
            return ()
        return missing_to_start(
            gate_open=self.gate_open,
            dose_ready=self.prepared is not None,
            readings=self._pressures,
        )

    def readiness(
        self, escort: str | NullFlavor | None, at: PartialDate | None = None
    ) -> Readiness:
        """Return how far the patient is from leaving, now unless ``at`` is given."""
        protocol, when = self.protocol, at or self._desk.app.context.minute()
        givings, products = self._work.room.administrations, self._work.products
        return readiness_of(
            sheet=self.sheet(CheckKind.DISCHARGE),
            stay=self.stay,
            at=when,
            scores=self._work.room.scores,
            least=protocol.aldrete_least if protocol is not None else None,
            escort=escort,
            at_home=self.at_home,
            running=bool(runs := [g for g in givings if self._goes_on(g, when)]),
            untold=any(must_be_told(g, products.get(g.product_id), when) for g in runs),
            has_protocol=protocol is not None,
            proposals=self._work.room.proposals,
            reviews=self._work.room.reviews,
        )

    def _goes_on(self, giving: Administration, at: PartialDate) -> bool:
        moment, product = at.utc(), self._work.products.get(giving.product_id)
        return giving.stands and moment is not None and goes_on(giving, product, moment)

    @property
    def at_home(self) -> bool:
        """Tell whether the session takes place at home."""
        return self.session.setting is Setting.HOME

    @property
    def under_rems(self) -> bool:
        """Tell whether the session is one the REMS asks about."""
        return under_rems(self.session)

    # --- what a person does

    def answer(self, question: Question, given: Answered) -> None:
        """Store an answer; what was answered before gives way."""
        session, gate = self.session, self._desk.app.gate
        echo = Check(
            session_id=session.id,
            observation_id=given.reading or "",
            list=question.list,
            code=question.code,
            words=question.words,
            stops=question.stops,
            answer=given.answer,
            told=given.told,
            reason=given.reason,
            source=given.source,
        )
        self._put_check(
            echo, lambda: gate.answer(session.id, question, given), _("Answer recorded")
        )

    def override(self, check: Check, person: Staff) -> None:
        """Let the session go on in the name of ``person``."""
        session, gate = self.session, self._desk.app.gate
        code, kind = check.code or "", check.list or CheckKind.GATE
        echo = replace(check, overridden_by=person.name or person.user_name)
        self._put_check(
            echo,
            lambda: gate.override(session.id, code, kind, person.user_name or ""),
            _("Override recorded"),
        )

    def _put_check(self, echo: Check, store: Callable[[], Check], words: str) -> None:
        work, place = self._work, (echo.list, echo.code)
        known = {(c.list, c.code): c for c in work.room.checks}
        captured = work.course.captured(words, "checks", (echo,), known.get(place))
        work.hold("checks", (*(c for at, c in known.items() if at != place), echo))

        def done(stored: Check) -> None:
            work.swap("checks", (echo,), (stored,))
            work.course.landed(captured, (stored,))

        work.write((echo,), store, done, _("{what}. Undo Ctrl+Z").format(what=words))

    def set_route(self, route: SessionRoute) -> None:
        """Store the route of a session that was begun without one."""
        app = self._desk.app

        def store() -> Session:
            session = app.sessions.room(self.session.id).session
            protocol = self.ask.protocol(replace(session, route=route))
            return app.sessions.save(
                replace(
                    session,
                    route=route,
                    protocol=protocol.name if protocol is not None else None,
                    minimum_minutes=protocol.minimum_minutes if protocol is not None else None,
                )
            )

        self._work.take_session(replace(self.session, route=route))
        self._work.write((), store, self._work.take_session, _("Route recorded."))

    def give(self, dose: NewDose) -> None:
        """Give a dose; the first one of the treatment waits for gate and baseline."""
        begun = begun_at(self._work.room.administrations) is not None
        # What was taken at home is told afterwards: no clock waits for it.
        told = self.session.setting is Setting.HOME
        if begun or told or not dose.giving.is_suspect:
            self._work.doses.give(dose)
            return
        if dose.giving.started == self._desk.app.context.minute():
            # No other time was typed: it begins when the clock does.
            dose = replace(dose, giving=replace(dose.giving, started=None))
        self.prepared = dose
        if self.missing:
            self._keep_dose(dose)
            self._work.changed.emit()
        else:
            self.start()

    def take_back(self) -> None:
        """Let the dose be filled in anew."""
        self.prepared = None
        self._keep_dose(None)
        self._work.changed.emit()

    def _keep_dose(self, dose: NewDose | None) -> None:
        """Keep what waits where a kill or a lock does not reach it."""
        desk, session_id = self._desk, self.session.id
        drafts = desk.app.dose_drafts

        def failed(error: BaseException) -> None:
            desk.show_saved(SaveState.NOT_SAVED, shown_as(error).message)

        desk.runners.store.start(
            lambda _progress: drafts.keep(session_id, dose),
            on_done=lambda _nothing: None,
            on_failed=failed,
        )

    def start(self) -> None:
        """Start the clock: the prepared dose is given, and the list is kept as it was.

        It is given now, unless another time was typed for it.
        """
        dose = self.prepared
        if dose is None or self.missing:
            return
        started = dose.giving.started or self._desk.app.context.minute()
        self.prepared = None
        self._work.doses.give(replace(dose, giving=replace(dose.giving, started=started)))
        self._keep()

    def _keep(self) -> None:
        session_id, gate = self.session.id, self._desk.app.gate

        def done(kept: tuple[Check, ...]) -> None:
            if kept:
                self._work.hold("checks", (*self._work.room.checks, *kept))

        self._work.write((), lambda: gate.keep(session_id), done, _("The clock runs."))

    def rate(self, items: tuple[ScoreItem, ...]) -> None:
        """Store a modified Aldrete score of now."""
        session_id, endings, work = self.session.id, self._desk.app.endings, self._work
        echo = Score(scale=SCALE, at=self._desk.app.context.minute(), items=items)
        work.hold("scores", (*work.room.scores, echo))
        work.write(
            (echo,),
            lambda: endings.rate(session_id, items),
            lambda stored: work.swap("scores", (echo,), (stored,)),
            _("Score recorded."),
        )
