"""The parent of a child (D.10) as a patient of her own with the pregnancy that joins the two.

Our records know the mother of a child. What is told of a father is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer
from aeapp.domain.items import spec_at
from aeapp.domain.records import Patient, Pregnancy
from aeapp.formspecs.e2b_r3.taking import Left, Taking, held, read_as

MOTHER, PREGNANCY = "mother", "pregnancy"
_ROWS = (
    ("name", "D.10.1"), ("birth_date", "D.10.2.1"), ("sex", "D.10.6"), ("history", "D.10.7.2"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Parent:
    """Who a message names as the mother of its patient.

    Attributes:
        told: What is said of her and stands in these records: told again where they are not kept.
    """

    mother: Patient
    pregnancy: Pregnancy
    told: tuple[Left, ...]


def has_mother(top: Taking) -> bool:
    """Tell whether a message is of a child whose mother it tells of."""
    told = any(number.startswith("D.10.") for number in top.part.values)
    groups = top.members("D.10.7.1.r") or top.members("D.10.8.r")
    return (told or bool(groups)) and top.text("D.10.6") != Sex.MALE.value


def parent_of(top: Taking) -> Parent | None:
    """Return the mother with the pregnancy; None where there is none, or another parent."""
    if not has_mother(top):
        return None
    before = top.left()
    mother = held(Patient, top, _ROWS, id=MOTHER, **_age(top))
    pregnancy = held(
        Pregnancy, top, (("last_period", "D.10.3"),), id=PREGNANCY, patient_id=MOTHER,
        child_affected=Answer.YES,
    )  # fmt: skip
    after = set(top.left())
    return Parent(mother, pregnancy, tuple(one for one in before if one not in after))


def _age(top: Taking) -> dict[str, Any]:
    number, _whole = read_as(spec_at(Patient, "age"), top.value("D.10.2.2a"))
    unit, _whole = read_as(spec_at(Patient, "age_unit"), top.value("D.10.2.2b"))
    if not isinstance(number, Decimal) or unit is None:
        return {}
    top.take("D.10.2.2a", "D.10.2.2b")
    return {"age": number, "age_unit": unit}
