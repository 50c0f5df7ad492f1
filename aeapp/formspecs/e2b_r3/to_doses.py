"""Dosages of a product as givings: the inverse of ``of_doses``."""

from __future__ import annotations

from typing import Any

from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Frequency
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Administration
from aeapp.formspecs.e2b_r3.of_doses import UCUM
from aeapp.formspecs.e2b_r3.routes import is_of, route_of
from aeapp.formspecs.e2b_r3.taking import Taking, fits, held, read_as

UNITS = {ucum: unit for unit, ucum in UCUM.items()}
OWN_ROUTE, PARENT_ROUTE = "G.k.4.r.10", "G.k.4.r.11"
DATES = (("started", "G.k.4.r.4"), ("ended", "G.k.4.r.5"))


def giving_of(dose: Taking, given: dict[str, Any], route: str) -> Administration:
    """Return one dosage as a giving.

    Args:
        dose: The dosage.
        given: What is known of the giving otherwise.
        route: Elements of the route: that of the mother where a child was exposed by her.
    """
    words, amount = [], _amount(dose)
    if isinstance(amount, str):
        words.append(amount)
    else:
        given |= amount
    if text := dose.text("G.k.4.r.8"):
        words.append(text)
    told = fits(Administration, "dose_text", "; ".join(words)) if words else None
    if told:
        dose.take("G.k.4.r.8")
        if isinstance(amount, str):
            dose.take("G.k.4.r.1a", "G.k.4.r.1b")
    given |= {"dose_text": told, **_frequency(dose), **_route(dose, route), **_duration(dose)}
    return held(Administration, dose, (*DATES, ("dose_form", "G.k.4.r.9.1")), **given)


def _amount(dose: Taking) -> dict[str, Any] | str:
    """Return amount and unit as items, or as words where the list of the form lacks the unit."""
    number, unit = dose.text("G.k.4.r.1a"), dose.text("G.k.4.r.1b")
    amount, _whole = read_as(spec_at(Administration, "dose"), number)
    if amount is not None and unit in UNITS:
        dose.take("G.k.4.r.1a", "G.k.4.r.1b")
        return {"dose": amount, "dose_unit": UNITS[unit]}
    return f"{number} {unit}".strip() or {}


def _frequency(dose: Taking) -> dict[str, Any]:
    number, unit = dose.text("G.k.4.r.2"), dose.text("G.k.4.r.3")
    if (number, unit) == ("1", "d"):
        dose.take("G.k.4.r.2", "G.k.4.r.3")
        return {"frequency": Frequency.DAILY}
    words = f"every {number} {unit}" if number and unit else unit
    told = fits(Administration, "frequency_text", words)
    if not told:
        return {}
    dose.take("G.k.4.r.2", "G.k.4.r.3")
    return {"frequency": Frequency.OTHER, "frequency_text": told}


def _route(dose: Taking, number: str) -> dict[str, Any]:
    """Return the route: in words, which may say more than the code, else by the code."""
    value = dose.value(f"{number}.1")
    if isinstance(value, NullFlavor):
        reason, _whole = read_as(spec_at(Administration, "route"), value)
        dose.take_if(f"{number}.1", reason)
        return {"route": reason}
    words, code = (value or "").strip(), dose.text(f"{number}.2b")
    named = next((r for r in FormRoute if r.words.casefold() == words.casefold()), None)
    coded_as = route_of(code)
    if coded_as is not None and (named is None or is_of(code, named)):
        dose.take(f"{number}.2b", f"{number}.2a")
    if named is not None:
        dose.take(f"{number}.1")
        return {"route": named}
    text = fits(Administration, "route_text", words)
    if text:
        dose.take(f"{number}.1")
    return {"route": coded_as, "route_text": text}


def _duration(dose: Taking) -> dict[str, Any]:
    number, _whole = read_as(spec_at(Administration, "duration"), dose.value("G.k.4.r.6a"))
    unit, _whole = read_as(spec_at(Administration, "duration_unit"), dose.value("G.k.4.r.6b"))
    if number is None or unit is None:
        return {}
    dose.take("G.k.4.r.6a", "G.k.4.r.6b")
    return {"duration": number, "duration_unit": unit}
