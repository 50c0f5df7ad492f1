"""The WHO-UMC categories with their criteria; all points of a category must reasonably hold.

The words are ours. A person picks the category; nothing here does.

Source:
    The use of the WHO-UMC system for standardised case causality assessment, Uppsala Monitoring
    Centre.
"""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codelists.assessment import Causality
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Category:
    """One category.

    Attributes:
        key: The letter that picks it.
        points: Every one of them must reasonably hold.
    """

    member: Causality
    key: str
    points: tuple[str, ...]


CATEGORIES: tuple[Category, ...] = (
    Category(
        Causality.CERTAIN,
        "C",
        (
            N_("the time from the dose to the event is plausible"),
            N_("neither disease nor other drugs can explain it"),
            N_("what happened on stopping is plausible, by pharmacology or pathology"),
            N_("the event is definitive: an objective, recognized phenomenon"),
            N_("giving it again was satisfactory, if it was needed"),
        ),
    ),
    Category(
        Causality.PROBABLE,
        "P",
        (
            N_("the time from the dose to the event is reasonable"),
            N_("disease or other drugs are unlikely to explain it"),
            N_("what happened on stopping is clinically reasonable"),
            N_("giving it again is not required"),
        ),
    ),
    Category(
        Causality.POSSIBLE,
        "O",
        (
            N_("the time from the dose to the event is reasonable"),
            N_("disease or other drugs could explain it, too"),
            N_("what happened on stopping is not known or unclear"),
        ),
    ),
    Category(
        Causality.UNLIKELY,
        "U",
        (
            N_("the time from the dose makes a link improbable, but not impossible"),
            N_("disease or other drugs are plausible explanations"),
        ),
    ),
    Category(
        Causality.CONDITIONAL,
        "N",
        (
            N_("more data are needed to assess it, or are being looked into"),
            N_("the answer is for now only"),
        ),
    ),
    Category(
        Causality.UNASSESSABLE,
        "X",
        (
            N_("it cannot be judged: what is known is not enough, or contradicts itself"),
            N_("what is missing cannot be completed or verified"),
        ),
    ),
)
BY_MEMBER: dict[Causality, Category] = {c.member: c for c in CATEGORIES}
