"""The doses of a product (G.k.4.r): amount, times, lot, form and route."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.case import Suspect
from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.safety import Frequency
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import as_text
from aeapp.domain.records import Administration
from aeapp.domain.views import NOT_GIVEN, SINGLE_SESSION
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import Envelope, put
from aeapp.formspecs.e2b_r3.routes import code_of

UCUM = {
    DoseUnit.MG: "mg", DoseUnit.MG_KG: "mg/kg", DoseUnit.ML: "mL", DoseUnit.KG: "kg",
    DoseUnit.UGM_KG: "ug/kg", DoseUnit.MG_ML: "mg/mL", DoseUnit.GM: "g", DoseUnit.UGM: "ug",
    DoseUnit.NGM: "ng", DoseUnit.L: "L", DoseUnit.UGM_HR: "ug/h", DoseUnit.PERCENT: "%",
    DoseUnit.MMOLE: "mmol", DoseUnit.MEQ: "meq",
}  # fmt: skip


def dose_of(dose: Part, suspect: Suspect, envelope: Envelope, *, of_mother: bool) -> None:
    """Put what was given of one lot.

    Args:
        dose: Its place in the message.
        suspect: The lot with its doses.
        envelope: By whose list the route has its code.
        of_mother: What a child was exposed to was given to the mother.
    """
    giving = suspect.giving
    text = _amount(dose, giving)
    if giving.rate is not None and giving.rate_unit is not None:
        text.append(f"rate {giving.rate:f} {giving.rate_unit.words}")
    if giving.per_kg is not None:
        text.append(f"{giving.per_kg:f} mg/kg")
    if giving.frequency is Frequency.DAILY:
        dose.put("G.k.4.r.2", "1")
        dose.put("G.k.4.r.3", "d")
    else:
        text.append(_how_often(giving))
    put(dose, "G.k.4.r.4", giving.started)
    put(dose, "G.k.4.r.5", giving.ended)
    if isinstance(giving.duration, Decimal) and giving.duration_unit is not None:
        put(dose, "G.k.4.r.6a", giving.duration)
        put(dose, "G.k.4.r.6b", giving.duration_unit)
    dose.put("G.k.4.r.7", as_text(suspect.lot.number))
    dose.put("G.k.4.r.8", "; ".join(t for t in dict.fromkeys(text) if t))
    put(dose, "G.k.4.r.9.1", giving.dose_form)
    _route(dose, giving, envelope, "G.k.4.r.11" if of_mother else "G.k.4.r.10")


def _amount(dose: Part, giving: Administration) -> list[str]:
    """Put the amount; return what is told of it in words, all of it without a unit of UCUM."""
    # Of what was not given the role says so.
    text = [] if giving.dose_text == NOT_GIVEN else [as_text(giving.dose_text)]
    unit = UCUM.get(giving.dose_unit) if giving.dose_unit else None
    if isinstance(giving.dose, Decimal) and unit:
        dose.put("G.k.4.r.1a", format(giving.dose, "f"))
        dose.put("G.k.4.r.1b", unit)
    elif isinstance(giving.dose, Decimal):
        symbol = giving.dose_unit.symbol if giving.dose_unit else ""
        text.insert(0, f"{giving.dose:f} {symbol}".strip())
    return text


def _how_often(giving: Administration) -> str:
    """Return a frequency that is no interval of the message, in words."""
    said = as_text(giving.frequency_text)
    if not said and isinstance(giving.frequency, Frequency):
        said = giving.frequency.words
    # The times of the doses say that it was one session.
    return f"frequency {said}" if said and said != SINGLE_SESSION else ""


def _route(dose: Part, giving: Administration, envelope: Envelope, number: str) -> None:
    """Put the route in words, which may say more than the code beside them."""
    words = giving.route.words if isinstance(giving.route, CodeList) else giving.route
    put(dose, f"{number}.1", as_text(giving.route_text) or words)
    code, version = code_of(giving.route, envelope.profile)
    dose.put(f"{number}.2b", code)
    dose.put(f"{number}.2a", version)
