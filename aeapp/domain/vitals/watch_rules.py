"""The limits a clinic begins with; each says where its figure comes from.

They are clinic defaults and no regulation: beyond one a person is asked to look. Where no source
gives a severe band, there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute
from aeapp.domain.codelists.session import ReadingPart, Side
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.watch_rule import WatchRule
from aeapp.kernel.i18n import N_

CLINIC_DEFAULT = N_("clinic default, not regulatory; published in-session prompts")
_CUSTOMARY = N_("clinic default, not regulatory; customary figure, no published in-session prompt")
_SEDATION = N_("clinic default, not regulatory; published in-session prompt: MOAA/S 2 or less")
# No source says when to repeat; the figure is the clinic's to change.
REPEAT_MINUTES = 5

PRESSURE_UP = N_("Blood pressure increased")

_Row = tuple[str, str, ObservationKind, ReadingPart, Side, int, int | None, int | None, str]
_K, _P, _S = ObservationKind, ReadingPart, Side
_ROWS: tuple[_Row, ...] = (
    ("systolic-high", PRESSURE_UP, _K.BLOOD_PRESSURE, _P.SYSTOLIC, _S.ABOVE, 180, None, 30,
     CLINIC_DEFAULT),
    ("diastolic-high", PRESSURE_UP, _K.BLOOD_PRESSURE, _P.DIASTOLIC, _S.ABOVE, 110, None, None,
     CLINIC_DEFAULT),
    ("systolic-low", N_("Blood pressure decreased"), _K.BLOOD_PRESSURE, _P.SYSTOLIC, _S.BELOW, 90,
     None, None, _CUSTOMARY),
    ("heart-rate-high", N_("Heart rate increased"), _K.HEART_RATE, _P.VALUE, _S.ABOVE, 130, None,
     None, CLINIC_DEFAULT),
    ("heart-rate-low", N_("Heart rate decreased"), _K.HEART_RATE, _P.VALUE, _S.BELOW, 45, None,
     None, CLINIC_DEFAULT),
    ("saturation-low", N_("Oxygen saturation decreased"), _K.OXYGEN_SATURATION, _P.VALUE, _S.BELOW,
     92, 90, None, CLINIC_DEFAULT),
    ("breathing-low", N_("Respiratory rate decreased"), _K.RESPIRATORY_RATE, _P.VALUE, _S.BELOW, 8,
     None, None, CLINIC_DEFAULT),
    ("sedation", N_("Sedation"), _K.MOAA_S, _P.VALUE, _S.BELOW, 3, None, None, _SEDATION),
)  # fmt: skip


def _rule(row: _Row) -> WatchRule:
    code, term, kind, part, side, limit, severe, percent, basis = row
    return WatchRule(
        code=code,
        active=True,
        term=term,
        kind=kind,
        part=part,
        side=side,
        limit=Decimal(limit),
        severe=None if severe is None else Decimal(severe),
        percent_of_baseline=None if percent is None else Decimal(percent),
        repeat_minutes=REPEAT_MINUTES,
        basis=basis,
    )


DEFAULT_RULES: tuple[WatchRule, ...] = tuple(_rule(row) for row in _ROWS)


def with_own(own: Iterable[WatchRule]) -> tuple[WatchRule, ...]:
    """Return the clinic's rules: its own ones in the place of defaults of the same code."""
    by_code = {rule.code: rule for rule in own}
    rules = tuple(by_code.pop(default.code, default) for default in DEFAULT_RULES)
    return (*rules, *by_code.values())


def for_route(
    rules: Iterable[WatchRule], route: SessionRoute | NullFlavor | None
) -> tuple[WatchRule, ...]:
    """Return the rules in use for a route; one without routes is for all of them."""
    return tuple(r for r in rules if r.active and (not r.routes or route in r.routes))
