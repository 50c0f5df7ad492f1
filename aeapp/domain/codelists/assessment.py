"""Lists of the assessment: causality, expectedness, special situations.

No list here grades by itself: a person picks, and the program shows what the pick means.
"""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class CausalityMethod(CodeList):
    """By which method a category was reached (E2B(R3) G.k.9.i.2.r.2)."""

    WHO_UMC = "who-umc", N_("WHO-UMC")
    NARANJO = "naranjo", N_("Naranjo")


class Causality(CodeList):
    """Categories of the WHO-UMC system (E2B(R3) G.k.9.i.2.r.3)."""

    CERTAIN = "certain", N_("Certain")
    PROBABLE = "probable", N_("Probable")
    POSSIBLE = "possible", N_("Possible")
    UNLIKELY = "unlikely", N_("Unlikely")
    CONDITIONAL = "conditional", N_("Conditional")
    UNASSESSABLE = "unassessable", N_("Unassessable")


class NaranjoAnswer(CodeList):
    """Answers of the Naranjo scale; a question nobody answered has none of them."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Unknown or not done")


class Expectedness(CodeList):
    """Whether a label of the product lists the event at this specificity and severity."""

    LISTED = "listed", N_("Listed in the label")
    NOT_LISTED = "not-listed", N_("Not listed in the label")
    NO_LABEL = "no-label", N_("No label")


class SpecialSituation(CodeList):
    """What the event was, or came with; none of them makes it serious by itself."""

    OVERDOSE = "overdose", N_("Overdose")
    MEDICATION_ERROR = "medication-error", N_("Medication error")
    WRONG_ROUTE = "wrong-route", N_("Wrong route")
    MISUSE = "misuse", N_("Misuse")
    ABUSE = "abuse", N_("Abuse")
    DIVERSION = "diversion", N_("Diversion")
    OFF_LABEL = "off-label", N_("Off-label use")
    PREGNANCY = "pregnancy", N_("Exposure in pregnancy")
    BREASTFEEDING = "breastfeeding", N_("Exposure in breastfeeding")
    QUALITY = "quality", N_("Quality defect")
    LACK_OF_EFFECT = "lack-of-effect", N_("Lack of effect")
    INTERACTION = "interaction", N_("Interaction")
    OCCUPATIONAL = "occupational", N_("Occupational exposure")
    ACCIDENTAL = "accidental", N_("Accidental exposure")
