"""The seriousness criteria in their own wording, to be read beside the boxes they tick.

Serious is not severe. Whether one applies is for a person to say, event by event.

Source:
    21 CFR 312.32(a), 314.80(a) and 310.305(b); for intervention, Form FDA 3500 item B2.
"""

from __future__ import annotations

from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.domain.records import Event
from aeapp.kernel.i18n import N_, _

WORDINGS: dict[Seriousness, str] = {
    Seriousness.DEATH: N_("the patient died of the event"),
    Seriousness.LIFE_THREATENING: N_("immediate risk of death from the event as it occurred"),
    Seriousness.HOSPITALIZATION: N_(
        "inpatient hospitalization, or prolongation of one that was going on"
    ),
    Seriousness.DISABILITY: N_(
        "persistent or significant incapacity, or substantial disruption of normal life functions"
    ),
    Seriousness.CONGENITAL: N_("congenital anomaly or birth defect"),
    Seriousness.OTHER: N_(
        "may jeopardize the patient and may need intervention to prevent one of the above, such "
        "as bronchospasm treated in an emergency room, a convulsion, dependence or abuse"
    ),
    Seriousness.INTERVENTION: N_(
        "needed intervention to prevent permanent impairment or damage; a criterion for devices"
    ),
}


def is_serious(event: Event) -> bool:
    """Tell whether a person ticked a criterion; an open question is no criterion."""
    return isinstance(event.seriousness, frozenset) and bool(event.seriousness)


def seriousness_words(event: Event) -> str:
    """Return whether it is serious: the criteria, not serious, not assessed, or why unknown."""
    told = event.seriousness
    if told is None:
        return _("not assessed")
    if isinstance(told, NullFlavor):
        return _(NULL_LABELS[told])
    return ", ".join(_(s.words) for s in Seriousness if s in told) or _("not serious")
