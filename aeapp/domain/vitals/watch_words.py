"""The limits of the watch in words and figures, each with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.session import ReadingPart, Side
from aeapp.domain.records.watch_rule import WatchRule
from aeapp.kernel.i18n import N_, _

_UNITS = {
    ObservationKind.BLOOD_PRESSURE: "mmHg",
    ObservationKind.HEART_RATE: "/min",
    ObservationKind.OXYGEN_SATURATION: "%",
    ObservationKind.RESPIRATORY_RATE: "/min",
    ObservationKind.TEMPERATURE: "°C",
    ObservationKind.END_TIDAL_CO2: "mmHg",
}
_PARTS = {ReadingPart.SYSTOLIC: N_("Systolic"), ReadingPart.DIASTOLIC: N_("Diastolic")}


def basis_of(rules: Sequence[WatchRule]) -> str:
    """Return the limits of rules in words and figures, each source once behind them."""
    words = "; ".join(limit_words(rule) for rule in rules)
    sources = "; ".join(dict.fromkeys(_(rule.basis) for rule in rules if rule.basis))
    return f"{words} ({sources})" if sources else words


def limit_words(rule: WatchRule) -> str:
    """Return the limits of a rule: ``Systolic over 180 mmHg or 30 % over baseline``."""
    quantity = _(rule.kind.words) if rule.kind is not None else ""
    name = _(_PARTS[rule.part]) if rule.part in _PARTS else quantity
    unit = _UNITS.get(rule.kind or ObservationKind.LABORATORY, "")
    above = rule.side is Side.ABOVE
    said = []
    if rule.limit is not None:
        over = _("over {n} {unit}") if above else _("under {n} {unit}")
        said.append(over.format(n=rule.limit, unit=unit).strip())
    if rule.severe is not None:
        over = _("severe over {n} {unit}") if above else _("severe under {n} {unit}")
        said.append(over.format(n=rule.severe, unit=unit).strip())
    if rule.percent_of_baseline is not None:
        over = _("{n} % over baseline") if above else _("{n} % under baseline")
        said.append(over.format(n=rule.percent_of_baseline))
    return f"{name} {_(' or ').join(said)}"
