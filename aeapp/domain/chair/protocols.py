"""How sessions are run where the clinic has written nothing down: one protocol a route, as data.

The clinic may change all of it; its own record wins. Figures without a section of a label are
defaults of the program and bind nobody.

Source:
    SPRAVATO label, sections 2.2, 2.3, 5.1 to 5.3 and 5.6, and its instructions for use;
    SPRAVATO REMS; published clinic schedules for intravenous ketamine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute, Setting
from aeapp.domain.codelists.session import Applies, CheckKind, Evidence
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Session
from aeapp.domain.records.protocol import DueReading, Protocol, Question
from aeapp.kernel.i18n import N_

DEFAULT = "clinic default, not regulatory"
CEILING = DEFAULT + "; from 160/100 hold the dose and ask the prescriber"
LABEL_CEILING = "SPRAVATO label 5.6: over 140/90 weigh a delay"
EVERY_ROW = frozenset(
    {
        ObservationKind.BLOOD_PRESSURE,
        ObservationKind.HEART_RATE,
        ObservationKind.OXYGEN_SATURATION,
        ObservationKind.RESPIRATORY_RATE,
    }
)
AT_HOME = frozenset({ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE})
LEAVING = N_("Leaving")
BASELINE = N_("Baseline")
_ALDRETE = 9
_HOURS_2 = 120
_TRIES = 2


def _asked(
    code: str,
    words: str,
    basis: str = DEFAULT,
    *,
    evidence: Evidence = Evidence.NOTHING,
    stops: bool = False,
    applies: Applies = Applies.EVERYBODY,
) -> Question:
    return Question(
        list=CheckKind.GATE,
        code=code,
        words=words,
        applies=applies,
        evidence=evidence,
        stops=stops,
        basis=basis,
    )


def _leaving(code: str, words: str, basis: str, evidence: Evidence = Evidence.NOTHING) -> Question:
    asked = _asked(code, words, basis, evidence=evidence)
    return replace(asked, list=CheckKind.DISCHARGE)


RIDE = _asked("ride", N_("Somebody takes the patient home"))
CONSENT = _asked(
    "consent", N_("Consent is signed"), evidence=Evidence.TREATMENT_CONSENT, stops=True
)
PREGNANCY = _asked("pregnancy", N_("Pregnancy is ruled out"), applies=Applies.CAN_BE_PREGNANT)
SEDATIVES = _asked("sedatives", N_("Free of sedatives and stimulants today"))
PRESSURE = _asked("pressure", N_("Pressure under 140/90"), CEILING, evidence=Evidence.PRESSURE)

IN_CLINIC = (
    _asked("fasting", N_("At least 6 hours since the last meal")),
    RIDE,
    CONSENT,
    PREGNANCY,
    SEDATIVES,
    PRESSURE,
)
SWALLOWED = (
    replace(IN_CLINIC[0], words=N_("At least 2 hours since the last meal")),
    *IN_CLINIC[1:],
)
UNDER_REMS = (
    _asked("rems", N_("Enrolled in the REMS"), "SPRAVATO REMS: before the first dose",
           evidence=Evidence.REMS_CONSENT, stops=True),
    _asked("prescriber", N_("Prescriber is on site"), "SPRAVATO REMS: duty of the setting",
           evidence=Evidence.PRESCRIBER, stops=True),
    _asked("fasting", N_("At least 2 hours since the last meal"), "SPRAVATO label 2.2"),
    _asked("liquids", N_("At least 30 minutes since the last drink"), "SPRAVATO label 2.2"),
    _asked("nasal-spray", N_("At least 1 hour since any nasal steroid or decongestant"),
           "SPRAVATO label 2.2"),
    replace(RIDE, basis="SPRAVATO label 5.7; SPRAVATO REMS"),
    CONSENT,
    PREGNANCY,
    SEDATIVES,
    replace(PRESSURE, basis=LABEL_CEILING),
)  # fmt: skip
HOME_LIST = tuple(
    replace(question, list=CheckKind.HOME)
    for question in (
        _asked("peer-monitor", N_("The peer monitor is there"), stops=True),
        _asked("phone", N_("The peer monitor's phone is on file")),
        _asked("fasting", N_("At least 2 hours since the last meal")),
        CONSENT,
        PREGNANCY,
        SEDATIVES,
        PRESSURE,
        _asked("driving", N_("Knows not to drive until the next day after restful sleep")),
    )
)


def _before_leaving(driving: str, stable: str = DEFAULT) -> tuple[Question, ...]:
    """Return the list before leaving.

    Args:
        driving: Where the rule not to drive comes from.
        stable: Where the judgement that the patient is stable comes from.
    """
    return (
        _leaving("awake", N_("Awake and oriented"), stable),
        _leaving("pressure", N_("Pressure acceptable"), stable, Evidence.LAST_PRESSURE),
        _leaving("gait", N_("Steady gait"), DEFAULT),
        _leaving("nausea", N_("Nausea controlled"), DEFAULT),
        _leaving(
            "driving", N_("Told not to drive until the next day after restful sleep"), driving
        ),
        _leaving("instructions", N_("Instructions given"), DEFAULT),
    )


def _due(*minutes: int, end: int) -> tuple[DueReading, ...]:
    """Return the rows due: before the dose, at ``minutes``, and the last one before leaving."""
    first = DueReading(minute=0, words=BASELINE, kinds=EVERY_ROW)
    last = DueReading(minute=end, words=LEAVING, kinds=EVERY_ROW)
    return (first, *(DueReading(minute=m, kinds=EVERY_ROW) for m in minutes), last)


def _of_route(
    name: str,
    route: SessionRoute,
    minutes: tuple[int, ...],
    end: int,
    *,
    gate: tuple[Question, ...] = IN_CLINIC,
    hold_minutes: int | None = None,
) -> Protocol:
    return Protocol(
        name=name,
        route=route,
        setting=Setting.CLINIC,
        source=DEFAULT,
        minimum_minutes=end,
        call_tries=_TRIES,
        aldrete_least=_ALDRETE,
        hold_minutes=hold_minutes,
        ceiling_systolic=Decimal(140),
        ceiling_diastolic=Decimal(90),
        questions=(*gate, *_before_leaving(DEFAULT)),
        due=_due(*minutes, end=end),
    )


NASAL = Protocol(
    name=N_("Nasal esketamine, REMS"),
    route=SessionRoute.NASAL,
    setting=Setting.CLINIC,
    source="SPRAVATO label 2.2, 2.3, 5.1 to 5.6; SPRAVATO REMS",
    minimum_minutes=_HOURS_2,
    call_tries=_TRIES,
    rest_minutes=5,
    ceiling_systolic=Decimal(140),
    ceiling_diastolic=Decimal(90),
    questions=(*UNDER_REMS, *_before_leaving("SPRAVATO label 5.7", "SPRAVATO label 2.3")),
    due=_due(40, end=_HOURS_2),
)
HOME = Protocol(
    name=N_("At home"),
    setting=Setting.HOME,
    source=DEFAULT + "; published home programmes",
    hold_minutes=7,
    call_tries=_TRIES,
    ceiling_systolic=Decimal(140),
    ceiling_diastolic=Decimal(90),
    questions=HOME_LIST,
    due=(
        DueReading(minute=0, words=BASELINE, kinds=AT_HOME),
        DueReading(minute=30, kinds=AT_HOME),
        DueReading(minute=60, kinds=AT_HOME),
    ),
)
DEFAULTS: tuple[Protocol, ...] = (
    _of_route(N_("IV infusion"), SessionRoute.IV_INFUSION, (15, 30, 45, 60), 90),
    _of_route(N_("IV push"), SessionRoute.IV_PUSH, (5, 10, 15, 30, 45, 60), 90),
    _of_route(N_("Intramuscular"), SessionRoute.IM, (15, 30, 45, 60), 90),
    NASAL,
    _of_route(
        N_("Sublingual in the clinic"),
        SessionRoute.SUBLINGUAL,
        (30, 60, 90),
        _HOURS_2,
        gate=SWALLOWED,
        hold_minutes=7,
    ),
    _of_route(N_("Oral in the clinic"), SessionRoute.ORAL, (30, 60, 90), _HOURS_2, gate=SWALLOWED),
    HOME,
)


def protocol_for(
    own: Iterable[Protocol],
    route: SessionRoute | NullFlavor | None,
    setting: Setting | NullFlavor | None = Setting.CLINIC,
) -> Protocol | None:
    """Return the protocol of a session: the clinic's own where it has one.

    A protocol without a route is for every route of its setting. A setting that nobody told is
    the clinic's: its list asks more.

    Returns:
        None while the route is not known.
    """
    place = setting if isinstance(setting, Setting) else Setting.CLINIC
    for known in (tuple(own)[::-1], DEFAULTS):
        fitting = [p for p in known if p.setting is place and p.route in (route, None)]
        if fitting:
            return min(fitting, key=lambda p: p.route is None)
    return None


def default_of(protocol: Protocol) -> Protocol | None:
    """Return the default that stands behind one of the clinic's own; None where there is none."""
    same = (p for p in DEFAULTS if (p.route, p.setting) == (protocol.route, protocol.setting))
    return next(same, None)


def questions_in(protocol: Protocol, kind: CheckKind) -> tuple[Question, ...]:
    """Return the questions of one list of a protocol, in their order."""
    return tuple(q for q in protocol.questions if q.list is kind)


def minimum_of(session: Session, protocol: Protocol | None) -> int | None:
    """Return the shortest stay: as the session was begun with, else as its protocol says now."""
    if session.minimum_minutes is not None or protocol is None:
        return session.minimum_minutes
    return protocol.minimum_minutes
