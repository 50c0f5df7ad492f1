"""Reporting clocks that bind nobody of a clinic, each with its reason, so that none seems lost."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One row of the regulations that no clock of this program counts.

    Attributes:
        who: Whom it binds.
        due: How long they have.
        why: Why it cannot bind a clinic, and what a clinic does instead.
    """

    clause: str
    who: str
    due: str
    why: str


_HOLDER = N_("The clinic holds no application; it tells the manufacturer, who reports.")
_MAKER = N_("The clinic makes and imports no device; as a user facility it tells the manufacturer.")

LEFT_OUT: tuple[LeftOut, ...] = (
    LeftOut(
        clause="21 CFR 314.80(c)(1)(i), 314.98",
        who=N_("Holder of an NDA or ANDA"),
        due=N_("15 calendar days from receipt: serious and unexpected"),
        why=_HOLDER,
    ),
    LeftOut(
        clause="21 CFR 314.80(c)(1)(ii)",
        who=N_("Holder of an NDA or ANDA"),
        due=N_("15 calendar days from new information"),
        why=_HOLDER,
    ),
    LeftOut(
        clause="21 CFR 314.80(c)(1)(iii), 310.305(c)(3)",
        who=N_("Packer or distributor that holds no application"),
        due=N_("5 calendar days to the holder, instead of a report of its own"),
        why=N_("The clinic gives the drug to its patients and neither packs nor distributes it."),
    ),
    LeftOut(
        clause="21 CFR 314.80(c)(2)",
        who=N_("Holder of an NDA or ANDA"),
        due=N_("quarterly for 3 years, then yearly"),
        why=_HOLDER,
    ),
    LeftOut(
        clause="21 CFR 600.80",
        who=N_("Holder of a BLA"),
        due=N_("15 calendar days"),
        why=N_("No product that a ketamine clinic gives is a licensed biologic."),
    ),
    LeftOut(
        clause="21 CFR 606.170",
        who=N_("Blood establishment"),
        due=N_("at once, in writing within 7 days: a fatality of a transfusion"),
        why=N_("The clinic collects and transfuses no blood."),
    ),
    LeftOut(
        clause="21 CFR 803.40",
        who=N_("Importer of a device"),
        due=N_("30 calendar days"),
        why=_MAKER,
    ),
    LeftOut(
        clause="21 CFR 803.50, 803.53",
        who=N_("Manufacturer of a device"),
        due=N_("30 calendar days; 5 work days where remedial action is needed"),
        why=_MAKER,
    ),
)

__all__ = ["LEFT_OUT", "LeftOut"]
