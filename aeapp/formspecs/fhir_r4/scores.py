"""Filled scales as QuestionnaireResponses: points by the number of the item, never its wording.

Source:
    FHIR R4 (4.0.1) QuestionnaireResponse; extension display.
"""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Score
from aeapp.domain.records.score import ScoreItem
from aeapp.formspecs.fhir_r4.parts import Making, Tree, absent, without_nothing
from aeapp.kernel.i18n import N_, _

DISPLAY = "http://hl7.org/fhir/StructureDefinition/display"
TOTAL = "total"


def answers(making: Making, score: Score, subject: Tree) -> Tree:
    """Return one filled scale; its total stands as an item of its own."""
    name = " ".join(part for part in (score.scale, score.edition) if part)
    items = [_item(item) for item in score.items]
    if isinstance(score.total, Decimal):
        answer = {"valueDecimal": score.total}
        items.append({"linkId": TOTAL, "text": _(N_("Total")), "answer": [answer]})
    struck = "entered-in-error" if score.struck_reason else "completed"
    return without_nothing({
        "resourceType": "QuestionnaireResponse",
        # No address of a questionnaire: the wording of scales is not ours to publish.
        "_questionnaire": {"extension": [{"url": DISPLAY, "valueString": name}]} if name else {},
        "status": struck,
        "subject": subject,
        **making.timed("authored", score.at),
        "item": items,
    })  # fmt: skip


def _item(item: ScoreItem) -> Tree:
    told: Tree = {"linkId": str(item.number)}
    if isinstance(item.points, NullFlavor):
        told["answer"] = [{"_valueInteger": absent(item.points)}]
    elif item.points is not None:
        told["answer"] = [{"valueInteger": item.points}]
    return told
