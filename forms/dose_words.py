"""How the routes and times of doses read on screen."""

from __future__ import annotations

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.records import Administration
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from forms.models.vitals import time_words

ROUTES: dict[SessionRoute, FormRoute] = {
    SessionRoute.IV_INFUSION: FormRoute.INTRAVENOUS_DRIP,
    SessionRoute.IV_PUSH: FormRoute.INTRAVENOUS_BOLUS,
    SessionRoute.IM: FormRoute.INTRAMUSCULAR,
    SessionRoute.NASAL: FormRoute.NASAL,
    SessionRoute.SUBLINGUAL: FormRoute.SUBLINGUAL,
    SessionRoute.ORAL: FormRoute.ORAL,
}
# What a nurse says for the words of the form, and what else rescue medicine needs.
ROUTE_WORDS: dict[FormRoute, str] = {
    FormRoute.INTRAVENOUS_DRIP: N_("IV drip"),
    FormRoute.INTRAVENOUS_BOLUS: N_("IV push"),
    FormRoute.INTRAMUSCULAR: N_("IM"),
    FormRoute.NASAL: N_("Nasal"),
    FormRoute.SUBLINGUAL: N_("Sublingual"),
    FormRoute.ORAL: N_("Oral"),
    FormRoute.SUBCUTANEOUS: N_("Subcutaneous"),
    FormRoute.RESPIRATORY: N_("Inhaled"),
}


def span_words(giving: Administration) -> str:
    """Return ``13:50 to 14:30``, or since when."""
    if not giving.version:
        return _("saving…")
    begin = time_words(giving.started if isinstance(giving.started, PartialDate) else None)
    if isinstance(giving.ended, PartialDate):
        return _("{begin} to {end}").format(begin=begin, end=time_words(giving.ended))
    return begin
