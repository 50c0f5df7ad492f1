"""What the letters of a dose do: read what was typed for them, then hand it to the work."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aeapp.domain.chair.pieces import MOST_DEVICES
from aeapp.domain.chair.typed import read_dose, read_rate
from aeapp.domain.codelists.session import AfterHold
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _
from forms.chair.dose_lines import (
    AMOUNT,
    NEXT,
    PAUSE,
    RATE,
    RESUME,
    SPAT,
    STOP,
    SWALLOWED,
    TIME,
    DoseLine,
)
from forms.chair.moment_typed import moment_typed
from forms.session_work import SessionWork

# What is typed where nobody knows.
NOT_KNOWN = "?"
_WHY = N_("Say behind it, in a few words, why.")


def act_on(work: SessionWork, line: DoseLine, name: str, text: str) -> None:
    """Do what a letter or button of a dose says; what cannot be read stays in its field."""
    _ACTS[name](work, line, text)


def _rate(work: SessionWork, line: DoseLine, text: str) -> None:
    try:
        pace = read_rate(text, line.giving.rate_unit)
    except BadInputError as error:
        line.say(error.message)
        return
    if (
        pace.rate is None
        or pace.rate_unit is None
        or line.giving.rate_unit
        not in (
            None,
            pace.rate_unit,
        )
    ):
        line.say(_("This infusion runs in another unit."))
        return
    line.done()
    work.doses.change_rate(line.giving, pace.rate, pace.rate_unit)
    line.setFocus()


def _told(line: DoseLine, text: str) -> Decimal | NullFlavor | None:
    """Return the amount that was typed, or that it is unknown; None where it cannot be read."""
    if text == NOT_KNOWN:
        return NullFlavor.UNK
    try:
        typed = read_dose(text, None, None)
    except BadInputError as error:
        line.say(error.message)
        return None
    if line.giving.dose_unit not in (DoseUnit.MG, typed.unit):
        line.say(_("Enter the amount in the unit of the dose."))
        return None
    return typed.dose


def _amount(work: SessionWork, line: DoseLine, text: str) -> None:
    number, _blank, reason = text.partition(" ")
    told, why = _told(line, number), reason.strip()
    if told is None:
        return
    if not why and (work.over or told is NullFlavor.UNK):
        line.say(_(_WHY))
        return
    line.done()
    work.doses.correct(line.giving, told, why)
    line.setFocus()


def _stop(work: SessionWork, line: DoseLine, text: str) -> None:
    told = None
    if work.doses.must_be_told(line.giving):
        if not text:
            line.ask(STOP, _("Rate and time do not say what went in. Say what was given."))
            return
        told = _told(line, text)
        if told is None:
            return
    line.done()
    work.doses.stop(line.giving, told)
    line.setFocus()


def _time(work: SessionWork, line: DoseLine, text: str) -> None:
    first, _blank, rest = text.partition(" ")
    second, why = "", rest.strip()
    if rest.startswith("to "):
        second, _blank, why = rest[3:].strip().partition(" ")
    day, now = work.doses.day, work.doses.now()
    begun = moment_typed(first, day, now)
    ended = moment_typed(second, day, now) if second else None
    if begun is None or (second and ended is None):
        line.say(_("Type a time that is past, such as 14:40, then why it is changed."))
    elif ended is not None and ended.surely_before(begun):
        line.say(_("It ends before it begins. Look at both times."))
    elif not why.strip():
        line.say(_(_WHY))
    else:
        line.done()
        work.doses.retime(line.giving, begun, ended, why.strip())
        line.setFocus()


def _next(work: SessionWork, line: DoseLine, text: str) -> None:
    if line.turn is None:
        return
    early = bool(line.turn.waits(work.doses.now()))
    if (early or line.turn.number > MOST_DEVICES) and not text:
        rule = _("The rest of 5 minutes is not over: wait, or say why.")
        line.ask(NEXT, rule if early else _("More than 3 devices: say why."))
        return
    if not text and (asked := work.doses.why_asked(line.giving)):
        line.ask(NEXT, asked)
        return
    line.done()
    work.doses.next_device(line.giving, line.turn.number, text or None)


def _simple(act: Callable[[SessionWork, DoseLine], None]) -> Callable[..., None]:
    def run(work: SessionWork, line: DoseLine, _text: str) -> None:
        act(work, line)

    return run


_ACTS: dict[str, Callable[[SessionWork, DoseLine, str], None]] = {
    RATE: _rate,
    AMOUNT: _amount,
    TIME: _time,
    NEXT: _next,
    PAUSE: _simple(lambda work, line: work.doses.pause(line.giving)),
    RESUME: _simple(lambda work, line: work.doses.resume(line.giving)),
    STOP: _stop,
    SWALLOWED: _simple(lambda work, line: work.doses.end_hold(line.giving, AfterHold.SWALLOWED)),
    SPAT: _simple(lambda work, line: work.doses.end_hold(line.giving, AfterHold.SPAT)),
}
