"""The reporting clocks that can concern a clinic, as data: who, from what, how long, to whom.

Those that bind nobody of a clinic are named in ``clock_left_out``, each with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.chair.loss import FORM_106_DAYS, NOTICE_BUSINESS_DAYS
from aeapp.domain.chair.needs import Authority
from aeapp.domain.codelists.clinic import Destination
from aeapp.kernel.i18n import N_


class Binds(StrEnum):
    """In which role a clinic is bound."""

    VOLUNTARY = "voluntary"
    USER_FACILITY = "user-facility"
    OUTSOURCING = "outsourcing"
    IND_INVESTIGATOR = "ind-investigator"
    SPONSOR_INVESTIGATOR = "sponsor-investigator"
    EXEMPT_STUDY = "exempt-study"
    IDE_INVESTIGATOR = "ide-investigator"
    REMS_SITE = "rems-site"
    DEA_REGISTRANT = "dea-registrant"
    COVERED_ENTITY = "covered-entity"
    PARTNER = "partner"
    STATE = "state"


class Trigger(StrEnum):
    """What starts a clock."""

    SERIOUS = "serious"
    SERIOUS_UNLISTED = "serious-unlisted"
    DEVICE_DEATH = "device-death"
    DEVICE_INJURY = "device-injury"
    DEVICE_REPORTED = "device-reported"
    STUDY_SERIOUS = "study-serious"
    STUDY_FATAL = "study-fatal"
    STUDY_SUSPECTED = "study-suspected"
    STUDY_SUSPECTED_FATAL = "study-suspected-fatal"
    STUDY_DEVICE = "study-device"
    STUDY_ENDPOINT = "study-endpoint"
    STUDY_PROBLEM = "study-problem"
    STUDY_FINDING = "study-finding"
    REMS_SESSION = "rems-session"
    REMS_LATE_EVENT = "rems-late-event"
    STOCK_LOSS = "stock-loss"
    BREACH = "breach"
    STATE_EVENT = "state-event"


class Unit(StrEnum):
    """What a span counts."""

    HOURS = "hours"
    DAYS = "days"
    WORK_DAYS = "work-days"


class DayZero(StrEnum):
    """From which fact a clock counts; the day itself is never day 1."""

    AWARENESS = "awareness"
    DETERMINATION = "determination"
    SESSION = "session"
    DISCOVERY = "discovery"
    YEAR_END = "year-end"


@dataclass(frozen=True, slots=True)
class Span:
    """How long, and what is counted."""

    count: int
    unit: Unit = Unit.DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """One row of the clock table.

    Attributes:
        span: None where the row names no time, or where the clinic's own papers do.
        recipients: What may be recorded as sent so that the clock has been met.
        to: The recipients in words, those included that no report goes to.
        follow_up: Time for what is learnt after the first report; None where none is set.
        by_phone: A call meets it; else the written report does.
        grace: Guidance lets a date on a weekend or federal holiday move to the next work day.
    """

    id: str
    clause: str
    title: str
    binds: Binds
    trigger: Trigger
    span: Span | None
    zero: DayZero
    to: str
    recipients: frozenset[Destination] = frozenset()
    authority: Authority = Authority.LAW
    follow_up: Span | None = None
    by_phone: bool = False
    grace: bool = False
    note: str = ""


TARGET_DAYS = 15
REMS_DAYS = 7
_FDA = frozenset({Destination.FDA})
_MAKER = frozenset({Destination.MANUFACTURER})
_SPONSOR = frozenset({Destination.SPONSOR})
_FIFTEEN, _SEVEN, _TEN_WORK = Span(15), Span(7), Span(10, Unit.WORK_DAYS)

RULES: tuple[ClockRule, ...] = (
    ClockRule(
        id="voluntary",
        clause="Form FDA 3500 (voluntary)",
        title=N_("Voluntary report of a serious event"),
        binds=Binds.VOLUNTARY,
        trigger=Trigger.SERIOUS,
        span=Span(TARGET_DAYS),
        zero=DayZero.AWARENESS,
        to=N_("FDA or the manufacturer"),
        recipients=_FDA | _MAKER,
        authority=Authority.CLINIC,
        note=N_("No law sets a date for a voluntary report."),
    ),
    ClockRule(
        id="503b-15",
        clause="21 CFR 310.305(c)(1)",
        title=N_("Alert report of an outsourcing facility"),
        binds=Binds.OUTSOURCING,
        trigger=Trigger.SERIOUS_UNLISTED,
        span=_FIFTEEN,
        zero=DayZero.AWARENESS,
        to=N_("FDA"),
        recipients=_FDA,
        follow_up=_FIFTEEN,
        grace=True,
        note=N_("FDA recommends that outsourcing facilities report every serious event."),
    ),
    ClockRule(
        id="mdr-death-fda",
        clause="21 CFR 803.30(a)(1)",
        title=N_("Death a device may have caused: FDA"),
        binds=Binds.USER_FACILITY,
        trigger=Trigger.DEVICE_DEATH,
        span=_TEN_WORK,
        zero=DayZero.AWARENESS,
        to=N_("FDA"),
        recipients=_FDA,
    ),
    ClockRule(
        id="mdr-death-maker",
        clause="21 CFR 803.30(a)(1)",
        title=N_("Death a device may have caused: manufacturer"),
        binds=Binds.USER_FACILITY,
        trigger=Trigger.DEVICE_DEATH,
        span=_TEN_WORK,
        zero=DayZero.AWARENESS,
        to=N_("the manufacturer of the device"),
        recipients=_MAKER,
    ),
    ClockRule(
        id="mdr-injury",
        clause="21 CFR 803.30(a)(2)",
        title=N_("Serious injury a device may have caused"),
        binds=Binds.USER_FACILITY,
        trigger=Trigger.DEVICE_INJURY,
        span=_TEN_WORK,
        zero=DayZero.AWARENESS,
        to=N_("the manufacturer of the device; FDA only if it is not known"),
        recipients=_FDA | _MAKER,
    ),
    ClockRule(
        id="mdr-annual",
        clause="21 CFR 803.33",
        title=N_("Annual report of a user facility (Form FDA 3419)"),
        binds=Binds.USER_FACILITY,
        trigger=Trigger.DEVICE_REPORTED,
        span=Span(1),
        zero=DayZero.YEAR_END,
        to=N_("FDA"),
        note=N_("By 1 January for the year before; none was sent, none is due."),
    ),
    ClockRule(
        id="ind-investigator",
        clause="21 CFR 312.64(b)",
        title=N_("Serious event of a study, first information"),
        binds=Binds.IND_INVESTIGATOR,
        trigger=Trigger.STUDY_SERIOUS,
        span=Span(1),
        zero=DayZero.AWARENESS,
        to=N_("the sponsor"),
        recipients=_SPONSOR,
        by_phone=True,
        note=N_("The law says immediately; FDA expects it generally within 1 calendar day."),
    ),
    ClockRule(
        id="ind-endpoint",
        clause="21 CFR 312.64(b), study endpoint",
        title=N_("Serious event that is a study endpoint"),
        binds=Binds.IND_INVESTIGATOR,
        trigger=Trigger.STUDY_ENDPOINT,
        span=None,
        zero=DayZero.AWARENESS,
        to=N_("the sponsor"),
        recipients=_SPONSOR,
        authority=Authority.PROTOCOL,
        note=N_("As the protocol says, unless there is evidence of a causal link."),
    ),
    ClockRule(
        id="ind-irb",
        clause="21 CFR 312.66",
        title=N_("Unanticipated problem involving risk"),
        binds=Binds.IND_INVESTIGATOR,
        trigger=Trigger.STUDY_PROBLEM,
        span=None,
        zero=DayZero.AWARENESS,
        to=N_("the IRB"),
        recipients=_SPONSOR,
        note=N_("Promptly, by the procedure of the IRB."),
    ),
    ClockRule(
        id="ind-15",
        clause="21 CFR 312.32(c)(1)",
        title=N_("IND safety report"),
        binds=Binds.SPONSOR_INVESTIGATOR,
        trigger=Trigger.STUDY_SUSPECTED,
        span=_FIFTEEN,
        zero=DayZero.DETERMINATION,
        to=N_("FDA and all participating investigators"),
        recipients=_FDA,
        follow_up=_FIFTEEN,
        note=N_("Follow-up as soon as available; 15 days if it newly qualifies (312.32(d))."),
    ),
    ClockRule(
        id="ind-15-findings",
        clause="21 CFR 312.32(c)(1)(ii)-(iv)",
        title=N_("IND safety report: finding of another source, or a raised rate"),
        binds=Binds.SPONSOR_INVESTIGATOR,
        trigger=Trigger.STUDY_FINDING,
        span=_FIFTEEN,
        zero=DayZero.DETERMINATION,
        to=N_("FDA and all participating investigators"),
        recipients=_FDA,
        note=N_("A study, an animal or a laboratory finding, or more events than expected."),
    ),
    ClockRule(
        id="ind-7",
        clause="21 CFR 312.32(c)(2)",
        title=N_("IND safety report, fatal or life-threatening"),
        binds=Binds.SPONSOR_INVESTIGATOR,
        trigger=Trigger.STUDY_SUSPECTED_FATAL,
        span=_SEVEN,
        zero=DayZero.AWARENESS,
        to=N_("FDA"),
        recipients=_FDA,
    ),
    ClockRule(
        id="exempt-15",
        clause="21 CFR 320.31(d)(3)",
        title=N_("Serious event of an IND-exempt study"),
        binds=Binds.EXEMPT_STUDY,
        trigger=Trigger.STUDY_SERIOUS,
        span=_FIFTEEN,
        zero=DayZero.AWARENESS,
        to=N_("FDA and all participating investigators"),
        recipients=_FDA,
    ),
    ClockRule(
        id="exempt-7",
        clause="21 CFR 320.31(d)(3)",
        title=N_("Fatal or life-threatening event of an IND-exempt study"),
        binds=Binds.EXEMPT_STUDY,
        trigger=Trigger.STUDY_FATAL,
        span=_SEVEN,
        zero=DayZero.AWARENESS,
        to=N_("FDA"),
        recipients=_FDA,
    ),
    ClockRule(
        id="ide-10",
        clause="21 CFR 812.150(a)(1)",
        title=N_("Unanticipated adverse device effect"),
        binds=Binds.IDE_INVESTIGATOR,
        trigger=Trigger.STUDY_DEVICE,
        span=_TEN_WORK,
        zero=DayZero.AWARENESS,
        to=N_("the sponsor and the IRB"),
        recipients=_SPONSOR,
    ),
    ClockRule(
        id="protocol",
        clause="Study protocol or safety contract",
        title=N_("First information by protocol or contract"),
        binds=Binds.PARTNER,
        trigger=Trigger.STUDY_SERIOUS,
        span=None,
        zero=DayZero.AWARENESS,
        to=N_("the sponsor or partner"),
        recipients=_SPONSOR,
        authority=Authority.PROTOCOL,
        by_phone=True,
        note=N_("Hours as written there; the clinic's profile holds them."),
    ),
    ClockRule(
        id="rems-session",
        clause="SPRAVATO REMS, monitoring form",
        title=N_("REMS monitoring form"),
        binds=Binds.REMS_SITE,
        trigger=Trigger.REMS_SESSION,
        span=Span(REMS_DAYS),
        zero=DayZero.SESSION,
        to=N_("the REMS"),
        recipients=frozenset({Destination.REMS}),
        authority=Authority.REMS,
    ),
    ClockRule(
        id="rems-late",
        clause="SPRAVATO REMS, event learnt later",
        title=N_("Serious event learnt after the REMS form went out"),
        binds=Binds.REMS_SITE,
        trigger=Trigger.REMS_LATE_EVENT,
        span=None,
        zero=DayZero.AWARENESS,
        to=N_("the REMS"),
        recipients=frozenset({Destination.REMS}),
        authority=Authority.REMS,
        note=N_("A new report, never an edit of the form that was sent."),
    ),
    ClockRule(
        id="state",
        clause="State rule",
        title=N_("Transfer or death by the rules of the state"),
        binds=Binds.STATE,
        trigger=Trigger.STATE_EVENT,
        span=None,
        zero=DayZero.AWARENESS,
        to=N_("the state board"),
        recipients=frozenset({Destination.OTHER}),
        note=N_("Often 24 hours to 30 days; the clinic's profile holds what its state says."),
    ),
    ClockRule(
        id="dea-notice",
        clause="21 CFR 1301.76(b)",
        title=N_("Written notice of theft or significant loss"),
        binds=Binds.DEA_REGISTRANT,
        trigger=Trigger.STOCK_LOSS,
        span=Span(NOTICE_BUSINESS_DAYS, Unit.WORK_DAYS),
        zero=DayZero.DISCOVERY,
        to=N_("the DEA field office"),
    ),
    ClockRule(
        id="dea-106",
        clause="21 CFR 1301.76(b)",
        title=N_("DEA Form 106"),
        binds=Binds.DEA_REGISTRANT,
        trigger=Trigger.STOCK_LOSS,
        span=Span(FORM_106_DAYS),
        zero=DayZero.DISCOVERY,
        to=N_("DEA, online"),
    ),
    ClockRule(
        id="hipaa-breach",
        clause="45 CFR 164.404-408",
        title=N_("Breach of unsecured identified data"),
        binds=Binds.COVERED_ENTITY,
        trigger=Trigger.BREACH,
        span=Span(60),
        zero=DayZero.DISCOVERY,
        to=N_("the persons concerned and HHS"),
        note=N_("Without delay, at the latest on this day."),
    ),
)

BY_ID = {rule.id: rule for rule in RULES}
# No record of this program says that they happened, so that no clock of theirs starts by itself.
WITHOUT_RECORD = frozenset(
    {Trigger.STUDY_ENDPOINT, Trigger.STUDY_PROBLEM, Trigger.STUDY_FINDING, Trigger.BREACH}
)
