"""The scales the program knows, as data: numbers, topics of ours, points and rules, no wording.

The clinic's own record wins. Every figure names its source; what rests on none says so.

Source:
    Kroenke 2001 (PHQ-9); Spitzer 2006 (GAD-7); Weathers 2013, Marx 2022, Blanchard 2023 (PCL-5);
    Montgomery 1979 (MADRS); Goodman 1989 (Y-BOCS); Rush 2003 (QIDS-SR16). The others are in
    ``catalogue_more``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from aeapp.domain.codelists.scales import (
    Informant,
    Measured,
    MissingRule,
    Scoring,
    WordingTerms,
)
from aeapp.domain.records.scale import Scale
from aeapp.domain.scales.building import (
    DEFAULT,
    FIRST,
    HALF,
    alert,
    bands,
    groups,
    items,
    uncounted,
)
from aeapp.domain.scales.catalogue_more import BPRS_PLUS, C_SSRS, CADSS, HARMS, MORE, SBQ_R
from aeapp.kernel.i18n import N_

PHQ_9 = "phq-9"
GAD_7 = "gad-7"
PCL_5 = "pcl-5"
MADRS = "madrs"
Y_BOCS = "y-bocs"
QIDS = "qids-sr16"

_MINIMAL, _MILD, _MODERATE, _SEVERE = N_("minimal"), N_("mild"), N_("moderate"), N_("severe")
_HALVED = "at least half of the baseline total gone"

_PHQ_9 = Scale(
    code=PHQ_9,
    edition=FIRST,
    name="PHQ-9",
    active=True,
    measures=Measured.DEPRESSION,
    informant=Informant.PATIENT,
    wording=WordingTerms.FREE,
    basis="Kroenke K et al. J Gen Intern Med 2001;16:606-613; no permission needed to reproduce",
    scoring=Scoring.SUM,
    items=uncounted(
        alert(
            items(
                (
                    N_("Interest"),
                    N_("Mood"),
                    N_("Sleep"),
                    N_("Energy"),
                    N_("Appetite"),
                    N_("Worth"),
                    N_("Concentration"),
                    N_("Movement"),
                    N_("Self-harm"),
                    N_("Function"),
                ),
                0,
                3,
            ),
            [9],
        ),
        [10],
    ),
    bands=bands(
        (0, _MINIMAL), (5, _MILD), (10, _MODERATE), (15, N_("moderately severe")), (20, _SEVERE)
    ),
    missing_rule=MissingRule.MEAN,
    missing_most=2,
    missing_basis=f"Up to two of nine; item 9 never: {DEFAULT}",
    alert_basis="Item 9 above zero: Simon GE et al. Psychiatr Serv 2013, "
    "doi 10.1176/appi.ps.201200587",
    response_percent=HALF,
    remission_below=5,
    response_basis=f"Kroenke 2001: {_HALVED}; under 5",
    reliable_change=Decimal(5),
    reliable_basis="Lowe B et al. Med Care 2004;42:1194-1201: 5 points, two standard errors of "
    "measurement, the smallest difference that matters in one person",
)
_GAD_7 = Scale(
    code=GAD_7,
    edition=FIRST,
    name="GAD-7",
    active=True,
    measures=Measured.ANXIETY,
    informant=Informant.PATIENT,
    wording=WordingTerms.FREE,
    basis="Spitzer RL et al. Arch Intern Med 2006;166:1092-1097; no permission needed to reproduce",
    scoring=Scoring.SUM,
    items=items(
        (
            N_("Nervousness"),
            N_("Control"),
            N_("Worry"),
            N_("Relaxing"),
            N_("Restlessness"),
            N_("Irritability"),
            N_("Fear"),
        ),
        0,
        3,
    ),
    bands=bands((0, _MINIMAL), (5, _MILD), (10, _MODERATE), (15, _SEVERE)),
    missing_rule=MissingRule.MEAN,
    missing_most=1,
    missing_basis=f"One of seven: {DEFAULT}",
    response_percent=HALF,
    remission_below=5,
    response_basis=f"{_HALVED}, as in Hull TD et al. J Affect Disord 2022;314:59-67; under 5, the "
    "lowest band of Spitzer 2006",
    reliable_change=Decimal(4),
    reliable_basis="Toussaint A et al. J Affect Disord 2020;265:395-401: 4 points, the smallest "
    "difference that matters, 261 people with chronic depression; Bischoff T et al. Psychol "
    "Community Health 2020;8:176-187: 6 points, the reliable change index. The clinic may choose.",
)
_PCL_5 = Scale(
    code=PCL_5,
    edition=FIRST,
    name="PCL-5",
    active=True,
    measures=Measured.TRAUMA,
    informant=Informant.PATIENT,
    wording=WordingTerms.FREE,
    basis="Weathers FW et al. 2013, National Center for PTSD; public domain",
    scoring=Scoring.SUM,
    items=items(
        (
            N_("Memories"),
            N_("Dreams"),
            N_("Reliving"),
            N_("Upset"),
            N_("Body"),
            N_("Thoughts"),
            N_("Reminders"),
            N_("Recall"),
            N_("Beliefs"),
            N_("Blame"),
            N_("Feelings"),
            N_("Interest"),
            N_("Distance"),
            N_("Numbness"),
            N_("Anger"),
            N_("Risk"),
            N_("Watchfulness"),
            N_("Startle"),
            N_("Concentration"),
            N_("Sleep"),
        ),
        0,
        4,
        "BBBBBCCDDDDDDDEEEEEE",
    ),
    groups=groups(B=N_("Intrusion"), C=N_("Avoidance"), D=N_("Thoughts and mood"), E=N_("Arousal")),
    bands=bands((0, N_("below the cut-point")), (31, N_("at the published cut-point or above"))),
    missing_rule=MissingRule.NO_TOTAL,
    response_percent=HALF,
    response_basis=f"{_HALVED}: {DEFAULT}",
    reliable_change=Decimal(15),
    reliable_basis="Marx BP et al. 2022, male veterans: 15 to 18 with an end of 28 or less; "
    "Blanchard BE et al. 2023, primary care: 9 to 12. The clinic may choose.",
)
_MADRS = Scale(
    code=MADRS,
    edition=FIRST,
    name="MADRS",
    active=True,
    measures=Measured.DEPRESSION,
    informant=Informant.RATER,
    wording=WordingTerms.LICENSED,
    basis="Montgomery SA, Asberg M. Br J Psychiatry 1979;134:382-389; bands: Snaith RP et al. Br J "
    "Psychiatry 1986;148:599-601",
    scoring=Scoring.SUM,
    items=alert(
        items(
            (
                N_("Look"),
                N_("Sadness"),
                N_("Tension"),
                N_("Sleep"),
                N_("Appetite"),
                N_("Concentration"),
                N_("Drive"),
                N_("Feeling"),
                N_("Pessimism"),
                N_("Suicide"),
            ),
            0,
            6,
        ),
        [10],
    ),
    bands=bands((0, _MINIMAL), (7, _MILD), (20, _MODERATE), (35, _SEVERE)),
    missing_rule=MissingRule.NO_TOTAL,
    alert_basis=f"Item 10 above zero: {DEFAULT}",
    response_percent=HALF,
    remission_below=13,
    response_basis=f"{_HALVED}; 12 or less, as in Daly EJ et al. JAMA Psychiatry 2019;76:893-903; "
    "others take 10 or less",
)
_Y_BOCS_TOPICS = (
    N_("Time"),
    N_("Interference"),
    N_("Distress"),
    N_("Resistance"),
    N_("Control"),
)
_Y_BOCS = Scale(
    code=Y_BOCS,
    edition=FIRST,
    name="Y-BOCS",
    active=True,
    measures=Measured.OCD,
    informant=Informant.RATER,
    wording=WordingTerms.LICENSED,
    basis="Goodman WK et al. Arch Gen Psychiatry 1989;46:1006-1011",
    scoring=Scoring.SUM,
    items=items((*_Y_BOCS_TOPICS, *_Y_BOCS_TOPICS), 0, 4, "OOOOOCCCCC"),
    groups=groups(O=N_("Obsessions"), C=N_("Compulsions")),
    bands=bands(
        (0, N_("below the clinical range")),
        (8, _MILD),
        (16, _MODERATE),
        (24, _SEVERE),
        (32, N_("extreme")),
    ),
    missing_rule=MissingRule.NO_TOTAL,
    response_percent=Decimal(35),
    partial_percent=Decimal(25),
    remission_below=13,
    response_basis="Mataix-Cols D et al. World Psychiatry 2016;15:80-81: 35 %, 25 % for a part; "
    "12 or less",
)
_QIDS = Scale(
    code=QIDS,
    edition=FIRST,
    name="QIDS-SR16",
    active=True,
    measures=Measured.DEPRESSION,
    informant=Informant.PATIENT,
    wording=WordingTerms.LICENSED,
    basis="Rush AJ et al. Biol Psychiatry 2003;54:573-583; electronic use is licensed",
    scoring=Scoring.GROUP_HIGHEST,
    items=alert(
        items(
            (
                N_("Falling asleep"),
                N_("Night"),
                N_("Waking early"),
                N_("Oversleeping"),
                N_("Sadness"),
                N_("Appetite less"),
                N_("Appetite more"),
                N_("Weight less"),
                N_("Weight more"),
                N_("Concentration"),
                N_("Self-view"),
                N_("Suicide"),
                N_("Interest"),
                N_("Energy"),
                N_("Slowness"),
                N_("Restlessness"),
            ),
            0,
            3,
            "AAAABCCCCDEFGHII",
        ),
        [12],
    ),
    groups=groups(
        A=N_("Sleep"),
        B=N_("Sadness"),
        C=N_("Appetite and weight"),
        D=N_("Concentration"),
        E=N_("Self-view"),
        F=N_("Suicide"),
        G=N_("Interest"),
        H=N_("Energy"),
        I=N_("Movement"),
    ),
    bands=bands(
        (0, N_("none")), (6, _MILD), (11, _MODERATE), (16, _SEVERE), (21, N_("very severe"))
    ),
    missing_rule=MissingRule.NO_TOTAL,
    alert_basis=f"Item 12 above zero: {DEFAULT}",
    response_percent=HALF,
    remission_below=6,
    response_basis=f"Rush 2003: {_HALVED}; 5 or less",
)
DEFAULTS: tuple[Scale, ...] = (
    _PHQ_9,
    _GAD_7,
    _PCL_5,
    _MADRS,
    _Y_BOCS,
    _QIDS,
    *MORE,
)


def merged(own: Iterable[Scale]) -> tuple[Scale, ...]:
    """Return every edition of every scale, the clinic's in the place of the program's."""
    known = {(s.code, s.edition): s for s in DEFAULTS}
    known.update({(s.code, s.edition): s for s in own})
    return tuple(known.values())


def scale_named(
    scales: Iterable[Scale], code: str | None, edition: str | None = None
) -> Scale | None:
    """Return the edition of a scale; without one the last that is in use.

    The code is compared without regard to case and to anything but letters and digits, as people
    write it: ``PHQ9`` is ``phq-9``.
    """
    wanted = _plain(code or "")
    found = [s for s in scales if wanted and wanted in (_plain(s.code or ""), _plain(s.name or ""))]
    if edition is not None:
        return next((s for s in found if s.edition == edition), None)
    return next((s for s in reversed(found) if s.active), None)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


__all__ = [
    "BPRS_PLUS",
    "CADSS",
    "C_SSRS",
    "DEFAULTS",
    "FIRST",
    "GAD_7",
    "HARMS",
    "MADRS",
    "PCL_5",
    "PHQ_9",
    "QIDS",
    "SBQ_R",
    "Y_BOCS",
    "merged",
    "scale_named",
]
