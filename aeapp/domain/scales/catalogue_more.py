"""Scales that are rated, or ask about suicide, dissociation, psychosis and longer-term harms.

Source:
    Bremner 1998 (CADSS); Overall 1962 (BPRS); Posner 2011 (C-SSRS); Osman 2001 (SBQ-R).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aeapp.domain.codelists.scales import (
    Informant,
    Measured,
    MissingRule,
    Scoring,
    WordingTerms,
)
from aeapp.domain.records.scale import Scale, ScaleItem
from aeapp.domain.scales.building import DEFAULT, FIRST, alert, bands, groups, items, uncounted
from aeapp.kernel.i18n import N_

CADSS = "cadss"
BPRS_PLUS = "bprs-plus"
C_SSRS = "c-ssrs-screener"
SBQ_R = "sbq-r"
HARMS = "ketamine-harms"

# After Table 1 of Bremner 1998, which has 19 items that the patient answers. Of the four that the
# form of 23 items has besides we know no publication with their numbers: they stand without topic.
_CADSS_TOPICS = (
    N_("Slowness"),
    N_("Unreality"),
    N_("Separation"),
    N_("Outside"),
    N_("Onlooker"),
    N_("Disconnection"),
    N_("Body"),
    N_("People"),
    N_("Objects"),
    N_("Paleness"),
    N_("Tunnel"),
    N_("Duration"),
    N_("Speed"),
    N_("Events"),
    N_("Absence"),
    N_("Sounds"),
    N_("Clearness"),
    N_("Fog"),
    N_("Brightness"),
    *[None] * 4,
)
_CADSS = Scale(
    code=CADSS,
    edition="23 items",
    name="CADSS",
    active=True,
    measures=Measured.DISSOCIATION,
    informant=Informant.RATER,
    wording=WordingTerms.LICENSED,
    basis="Bremner JD et al. J Trauma Stress 1998;11:125-136, topics of items 1 to 19; items 20 to "
    f"23 have none: {DEFAULT}",
    scoring=Scoring.SUM,
    items=items(_CADSS_TOPICS, 0, 4),
    bands=bands((0, N_("4 or less")), (5, N_("over 4"))),
    missing_rule=MissingRule.NO_TOTAL,
    response_basis="Over 4, with a rise: the label of esketamine counts dissociation so. Int J "
    "Neuropsychopharmacol 2023;26:198-206 found no cut-point that tells it well. No response rule",
)
_BPRS_TOPICS = (
    N_("Suspiciousness"),
    N_("Hallucinations"),
    N_("Thoughts"),
    N_("Disorganisation"),
)
_BPRS = Scale(
    code=BPRS_PLUS,
    edition="1 to 7",
    name="BPRS+",
    active=True,
    measures=Measured.PSYCHOSIS,
    informant=Informant.RATER,
    wording=WordingTerms.LICENSED,
    basis="Overall JE, Gorham DR. Psychol Rep 1962;10:799-812; the four positive items",
    scoring=Scoring.SUM,
    items=items(_BPRS_TOPICS, 1, 7),
    missing_rule=MissingRule.NO_TOTAL,
    notable_rise=Decimal(3),
    response_basis=f"A rise of 3 is pointed out: {DEFAULT}",
)
_C_SSRS = Scale(
    code=C_SSRS,
    edition=FIRST,
    name="C-SSRS",
    active=True,
    measures=Measured.SUICIDE,
    informant=Informant.RATER,
    wording=WordingTerms.LICENSED,
    basis="Posner K et al. Am J Psychiatry 2011;168:1266-1277, screener; electronic use is "
    "licensed. Items 1 to 5 are the levels of ideation, 6 behaviour ever, 7 in three months",
    scoring=Scoring.LEVEL,
    items=uncounted(
        alert(
            items(
                (
                    N_("Wish"),
                    N_("Thoughts"),
                    N_("Method"),
                    N_("Intent"),
                    N_("Plan"),
                    N_("Behaviour"),
                    N_("Recent"),
                ),
                0,
                1,
            ),
            [4, 5, 7],
        ),
        [6, 7],
    ),
    bands=bands((0, N_("no ideation")), (1, N_("ideation")), (4, N_("intent or plan"))),
    missing_rule=MissingRule.NO_TOTAL,
    alert_basis="Posner 2011: ideation of level 4 or 5, or behaviour in the last three months",
)
_SBQ_R = Scale(
    code=SBQ_R,
    edition=FIRST,
    name="SBQ-R",
    active=True,
    measures=Measured.SUICIDE,
    informant=Informant.PATIENT,
    wording=WordingTerms.FREE,
    basis="Osman A et al. Assessment 2001;8:443-454",
    scoring=Scoring.SUM,
    items=(
        ScaleItem(number=1, topic=N_("Lifetime"), lowest=1, highest=4, counted=True),
        ScaleItem(number=2, topic=N_("Frequency"), lowest=1, highest=5, counted=True),
        ScaleItem(number=3, topic=N_("Telling"), lowest=1, highest=3, counted=True),
        ScaleItem(number=4, topic=N_("Likelihood"), lowest=0, highest=6, counted=True),
    ),
    bands=bands((3, N_("below the cut-point")), (7, N_("at the published cut-point or above"))),
    missing_rule=MissingRule.NO_TOTAL,
    alert_total=7,
    alert_basis="Osman 2001: 7 in adults at large, 8 in psychiatric patients; 7 asks earlier",
)
_HARMS = Scale(
    code=HARMS,
    edition=FIRST,
    name=N_("Longer-term harms"),
    active=True,
    measures=Measured.HARM,
    informant=Informant.PATIENT,
    wording=WordingTerms.OWN,
    basis="Questions of this program on harms named in ketamine and esketamine labels; not "
    "validated, no total, no cut-point",
    scoring=Scoring.NONE,
    items=items(
        (
            N_("Urgency"),
            N_("Night"),
            N_("Pain"),
            N_("Blood"),
            N_("Memory"),
            N_("Attention"),
            N_("Words"),
            N_("More"),
            N_("Elsewhere"),
            N_("Craving"),
            N_("Trouble"),
        ),
        0,
        2,
        "BBBBCCCMMMM",
    ),
    groups=groups(B=N_("Bladder"), C=N_("Thinking"), M=N_("Use")),
    missing_rule=MissingRule.NO_TOTAL,
)

MORE: tuple[Scale, ...] = (
    _CADSS,
    _BPRS,
    replace(_BPRS, edition="0 to 6", active=False, items=items(_BPRS_TOPICS, 0, 6)),
    _C_SSRS,
    _SBQ_R,
    _HARMS,
)
