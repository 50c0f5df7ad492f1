"""Codes of routes, as far as a list that can be checked has them; every other goes in words.

Source:
    EDQM standard terms, routes; FDA, SPL routes (NCI Thesaurus), version as in FDA's samples.
"""

from __future__ import annotations

from collections.abc import Mapping

from aeapp.domain.codelists.routes import FormRoute
from aeapp.formspecs.e2b_r3.checking import Profile

_VEIN = (FormRoute.INTRAVENOUS, FormRoute.INTRAVENOUS_BOLUS, FormRoute.INTRAVENOUS_DRIP)
EDQM: Mapping[FormRoute, str] = {
    **dict.fromkeys(_VEIN, "ROA-20045000"),
    FormRoute.INTRAMUSCULAR: "ROA-20035000",
    FormRoute.NASAL: "ROA-20049000",
    FormRoute.ORAL: "ROA-20053000",
}
SPL: Mapping[FormRoute, str] = {
    **dict.fromkeys(_VEIN, "C38276"),
    FormRoute.INTRAMUSCULAR: "C28161",
    FormRoute.NASAL: "C38284",
    FormRoute.ORAL: "C38288",
    FormRoute.SUBLINGUAL: "C38300",
    FormRoute.SUBCUTANEOUS: "C38299",
}
# FDA asks for the version of its list beside a code of it.
SPL_VERSION = "2014.10.30"
# The first of a code is the one that says no more than the code.
BY_CODE: Mapping[str, FormRoute] = {
    code: route
    for codes in (EDQM, SPL)
    for route, code in reversed(tuple(codes.items()))
}  # fmt: skip


# Codes of ICH's old list, which converted cases carry: told apart by its name before the code.
OLD_LIST = "C14:"


def route_of(code: str) -> FormRoute | None:
    """Return the route that a code names; None for one of no list that can be checked."""
    if code.startswith(OLD_LIST):
        known = {route.value: route for route in FormRoute}
        return known.get(code.removeprefix(OLD_LIST))
    return BY_CODE.get(code)


def code_of(route: object, profile: Profile) -> tuple[str, str]:
    """Return code and version of a route by the list of a receiver; both empty for words alone."""
    if not isinstance(route, FormRoute):
        return "", ""
    if profile is Profile.ICH:
        return EDQM.get(route, ""), ""
    code = SPL.get(route, "")
    return code, SPL_VERSION if code else ""


def is_of(code: str, route: FormRoute) -> bool:
    """Tell whether a code names a route, or the wider one that it is written by."""
    return code in {EDQM.get(route), SPL.get(route), f"{OLD_LIST}{route.value}"}
