"""History and earlier medicines of a message as conditions and medicines: inverse of of_history."""

from __future__ import annotations

import re
from typing import Any

from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.patient import Condition, Medicine
from aeapp.formspecs.e2b_r3.of_history import AS_REPORTED
from aeapp.formspecs.e2b_r3.taking import Taking, fits, held

_WITH_ICD = re.compile(r"(?:(.*) \()?ICD-10-CM ([A-Z0-9.]+)(?(1)\)|)")
_CODED = (("meddra_code", "D.7.1.r.1b"), ("meddra_edition", "D.7.1.r.1a"))
_COURSE = (("started", "D.7.1.r.2"), ("ongoing", "D.7.1.r.3"), ("ended", "D.7.1.r.4"))
_PAST = (("name", "D.8.r.1"), ("started", "D.8.r.4"), ("ended", "D.8.r.5"))
_CODES = (("indication_code", "D.8.r.6"), ("reaction_code", "D.8.r.7"))


def conditions_of(top: Taking) -> tuple[Condition, ...]:
    """Return the conditions of the history, each with its code."""
    found = (_condition(one) for one in top.members("D.7.1.r"))
    return tuple(one for one in found if one is not None)


def _condition(one: Taking) -> Condition | None:
    given: dict[str, Any] = {"family": True} if one.text("D.7.1.r.6") == "true" else {}
    is_coded = fits(Condition, "meddra_code", one.text("D.7.1.r.1b")) is not None
    words = _words(one.text("D.7.1.r.5"), is_coded=is_coded)
    if words:
        one.take("D.7.1.r.5")
    elif not is_coded:
        # Dates alone are no condition.
        return None
    one.take_if("D.7.1.r.6", "false", "true")
    return held(Condition, one, (*_CODED, *_COURSE) if is_coded else _COURSE, **given, **words)


def _words(text: str, *, is_coded: bool) -> dict[str, str]:
    """Return the words of a comment by item; none where an item would not take its own whole.

    Before our own comments stands what people call the condition. Without a code the comment is
    all that names it.
    """
    head, _line, rest = text.partition("\n")
    if not is_coded:
        told = {"name": text}
    elif head.startswith(AS_REPORTED):
        name = head.removeprefix(AS_REPORTED)
        coded = _WITH_ICD.fullmatch(name)
        told = {"name": name, "comment": rest}
        if coded is not None:
            told |= {"name": coded[1] or "", "icd10cm": coded[2]}
    else:
        told = {"comment": text}
    items = {item: fits(Condition, item, words) for item, words in told.items() if words}
    return {item: words for item, words in items.items() if words} if all(items.values()) else {}


def past_of(top: Taking) -> tuple[Medicine, ...]:
    """Return the medicines of the past."""
    found = (_past(one) for one in top.members("D.8.r"))
    return tuple(one for one in found if one is not None)


def _past(one: Taking) -> Medicine | None:
    medicine = held(Medicine, one, _PAST, role=MedicineRole.PAST, **_codes(one))
    if medicine == Medicine(role=MedicineRole.PAST) and one.value("D.8.r.1") is not NullFlavor.UNK:
        return None
    # There was one, and nobody knows which.
    one.take_if("D.8.r.1", NullFlavor.UNK)
    return medicine


def _codes(one: Taking) -> dict[str, str]:
    """Return the codes of one version; that of another one is left with its version."""
    told = [(item, number) for item, number in _CODES if one.text(f"{number}b")]
    version = next((one.text(f"{number}a") for _item, number in told), "")
    if version and not fits(Medicine, "meddra_edition", version):
        return {}
    found: dict[str, str] = {}
    for item, number in told:
        code = fits(Medicine, item, one.text(f"{number}b"))
        if code and one.text(f"{number}a") == version:
            found[item] = code
            one.take(f"{number}a", f"{number}b")
    return found | ({"meddra_edition": version} if found and version else {})
