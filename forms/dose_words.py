"""How doses, products and their times read on screen, and what giving one needs."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import RateUnit, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Product
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from forms.models.vitals import time_words

DOSE_UNITS = (DoseUnit.MG, DoseUnit.UGM, DoseUnit.GM, DoseUnit.ML, DoseUnit.MG_KG)
RATE_UNITS = tuple(RateUnit)
ROUTES: dict[SessionRoute, FormRoute] = {
    SessionRoute.IV_INFUSION: FormRoute.INTRAVENOUS_DRIP,
    SessionRoute.IV_PUSH: FormRoute.INTRAVENOUS_BOLUS,
    SessionRoute.IM: FormRoute.INTRAMUSCULAR,
    SessionRoute.NASAL: FormRoute.NASAL,
    SessionRoute.SUBLINGUAL: FormRoute.SUBLINGUAL,
    SessionRoute.ORAL: FormRoute.ORAL,
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewDose:
    """What is to be given.

    Attributes:
        product: Without an id where the library does not know it yet.
        lot: As ``product``; None where none was named.
    """

    product: Product
    lot: Lot | None
    giving: Administration


def product_words(product: Product) -> str:
    """Return ``Ketamine HCl 50 mg/mL``."""
    unit = product.strength_unit.symbol if product.strength_unit else ""
    return " ".join(w for w in (show(product.name), show(product.strength), unit) if w)


def giving_words(giving: Administration, product: Product | None) -> str:
    """Return ``Ketamine HCl 38 mg, 0.95 mg/min``."""
    name = show(product.name) if product else ""
    unit = giving.dose_unit.symbol if giving.dose_unit else ""
    amount = " ".join(w for w in (name, show(giving.dose), unit) if w)
    rate = f"{show(giving.rate)} {giving.rate_unit.symbol}" if giving.rate_unit else ""
    return ", ".join(w for w in (amount, rate) if w)


def runs(giving: Administration) -> bool:
    """Tell whether an infusion goes on."""
    lasting = giving.route is FormRoute.INTRAVENOUS_DRIP or giving.rate is not None
    return lasting and giving.ended is None and giving.version > 0


def span_words(giving: Administration) -> str:
    """Return ``13:50 to 14:30``, or since when it runs."""
    if not giving.version:
        return _("saving…")
    begin = time_words(giving.started if isinstance(giving.started, PartialDate) else None)
    if isinstance(giving.ended, PartialDate):
        return _("{begin} to {end}").format(begin=begin, end=time_words(giving.ended))
    return _("from {begin}, running").format(begin=begin) if runs(giving) else begin
