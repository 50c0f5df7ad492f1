"""Section G of a case: products with their doses, each beside each event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aeapp.domain.assessment.onset import Interval, onset_after
from aeapp.domain.assessment.opinions import is_suspected
from aeapp.domain.case import Case, Suspect
from aeapp.domain.chair.doses import substance_of
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    DrugRole,
)
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Administration, Event, Product
from aeapp.domain.records.assessment import Assessment
from aeapp.domain.values import zone_named
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.of_devices import devices_of
from aeapp.formspecs.e2b_r3.of_doses import UCUM, dose_of
from aeapp.formspecs.e2b_r3.of_facts import facts_of
from aeapp.formspecs.e2b_r3.putting import Around, Envelope, key_of, put, reason_for

# C15 and C16: of an action, and of what came again.
_UNKNOWN_ACTION, _NO_ACTION = "0", "9"
_AGAIN = {Challenge.YES: "1", Challenge.NO: "2", Challenge.NOT_APPLICABLE: "4"}
# Whose opinion a message may bring that was taken in; people of the clinic are not named.
_OTHERS = frozenset({
    "company", "health authority", "investigator", "mah", "manufacturer", "regulatory authority",
    "sponsor",
})  # fmt: skip
_FIGURE = re.compile(r"\d{1,10}(\.\d+)?")
_NDC = re.compile(r"\d{4,5}-\d{3,4}(-\d{1,2})?")
_MOST_MINUTES = 99_999


def products_of(message: Part, case: Case, envelope: Envelope, around: Around) -> None:
    """Put section G."""
    combined, by_product = False, _by_product(case)
    for (product_id, is_given), suspects in by_product.items():
        part = message.add("G.k", key_of(product_id if is_given else f"{product_id}:not-given"))
        product, own = suspects[0].product, _givings_of(case, product_id, suspects)
        _role(part, own)
        _product(part, case, product, envelope)
        _given(part, case, suspects, envelope, around)
        facts_of(part, own, case, product, around)
        if product.combination and not combined:
            # Which of several such products a device belongs to is on no record.
            devices_of(part, case)
            combined = True
        # Of one that was given and was not, what is told of an event is about what was given.
        paired = is_given or (product_id, True) not in by_product
        for event in case.events if paired else ():
            _pair(part, case, product_id, event, envelope)
    _medicines(message, case)


def _by_product(case: Case) -> dict[tuple[str, bool], list[Suspect]]:
    """Return the suspects by product, apart where the same product was given and was not."""
    found: dict[tuple[str, bool], list[Suspect]] = {}
    for n, suspect in enumerate(case.suspects):
        key = (suspect.product.id or f"suspect-{n}", suspect.is_given)
        found.setdefault(key, []).append(suspect)
    return found


def _givings_of(
    case: Case, product_id: str, suspects: Sequence[Suspect]
) -> tuple[Administration, ...]:
    """Return each dose by itself: a suspect of the form is all doses of a lot."""
    is_given = suspects[0].is_given
    own = tuple(
        g for g in case.administrations
        if g.is_reported and g.product_id == product_id and g.is_suspect is is_given
    )  # fmt: skip
    return own or tuple(suspect.giving for suspect in suspects)


def _medicines(message: Part, case: Case) -> None:
    """Put what was taken at the time."""
    for n, medicine in enumerate(case.concomitants):
        part = message.add("G.k", key_of(f"{case.case.id}:medicine:{n}"))
        part.put("G.k.1", "2")
        part.put("G.k.2.2", as_text(medicine.name))
        if any(study.pre_anda for study in case.studies):
            # Of every product, that it is none of those such a study compares.
            part.put("FDA.G.k.10a", NullFlavor.NA)
        dose = part.add("G.k.4.r")
        put(dose, "G.k.4.r.4", medicine.started)
        put(dose, "G.k.4.r.5", medicine.ended)
        dose.put("G.k.4.r.8", as_text(medicine.dose))


def _role(part: Part, givings: Sequence[Administration]) -> None:
    """Put what part a product plays: interacting where one dose does, else not given or suspect."""
    roles = {giving.role for giving in givings}
    said = (role for role in (DrugRole.INTERACTING, DrugRole.NOT_GIVEN) if role in roles)
    put(part, "G.k.1", next(said, DrugRole.SUSPECT))


def _product(part: Part, case: Case, product: Product, envelope: Envelope) -> None:
    part.put("G.k.2.2", as_text(product.name))
    # In FDA's files the product is known by its NDC, elsewhere by a number that we do not have.
    if envelope.profile is not Profile.ICH and ndc_of(product):
        part.put("G.k.2.1.1b", ndc_of(product))
    number, unit = strength_of(product)
    if number:
        inside = part.add("G.k.2.3.r")
        inside.put("G.k.2.3.r.1", substance_of(product).capitalize())
        inside.put("G.k.2.3.r.3a", number)
        inside.put("G.k.2.3.r.3b", unit)
    studies = [s for s in case.studies if s.id and s.id == product.study_id]
    put(part, "G.k.2.5", True if any(s.blinded for s in studies) else None)
    if product.application:
        part.put("G.k.3.1", product.application)
        # FDA's number is of the United States.
        part.put("G.k.3.2", "US")
    part.put("G.k.3.3", as_text(product.maker))
    put(part, "FDA.G.k.10.1", product.category)


def ndc_of(product: Product) -> str:
    """Return the NDC of a product; "" where what stands there is another identifier."""
    found = as_text(product.ndc)
    return found if _NDC.fullmatch(found) else ""


def strength_of(product: Product) -> tuple[str, str]:
    """Return number and unit of a strength that an element takes; both empty for any other."""
    text = as_text(product.strength)
    unit = UCUM.get(product.strength_unit, "") if product.strength_unit else ""
    # An ingredient has to have a name.
    taken = unit and _FIGURE.fullmatch(text) and substance_of(product)
    return (text, unit) if taken else ("", "")


def _given(
    part: Part, case: Case, suspects: Sequence[Suspect], envelope: Envelope, around: Around
) -> None:
    for suspect in suspects:
        dose_of(part.add("G.k.4.r"), suspect, envelope, of_mother=around.mother is not None)
    for indication in dict.fromkeys(s.indication for s in suspects if s.indication):
        if not isinstance(indication, NullFlavor) or reason_for("G.k.7.r.1", indication):
            put(part.add("G.k.7.r"), "G.k.7.r.1", indication)
    # With what was not given nothing was done.
    if suspects[0].is_given and len(actions := actions_of(case)) == 1:
        (action,) = actions
        if isinstance(action, NullFlavor):
            part.put("G.k.8", _NO_ACTION if action is NullFlavor.NA else _UNKNOWN_ACTION)
        else:
            part.put("G.k.8", action.value)


def actions_of(case: Case) -> set[ActionTaken | NullFlavor]:
    """Return what was done with the product, over all events; one answer where they agree."""
    return {e.action_taken for e in case.events if e.action_taken is not None}


# --- product and event together


def _pair(part: Part, case: Case, product_id: str, event: Event, envelope: Envelope) -> None:
    opinions = [
        a for a in case.assessments
        if a.event_id == event.id and a.product_id == product_id and a.category is not None
    ]  # fmt: skip
    again = _AGAIN.get(event.rechallenge) if isinstance(event.rechallenge, Challenge) else None
    times = tuple(_times(case, product_id, event))
    if not opinions and again is None and not times:
        return
    pair = part.add("G.k.9.i")
    pair.put("G.k.9.i.1", key_of(event.id))
    for number, interval in times:
        pair.put(f"{number}a", str(interval.minutes))
        pair.put(f"{number}b", "min")
    pair.put("G.k.9.i.4", again)
    if envelope.profile is Profile.FDA_PREMARKET:
        _for_fda(pair, opinions, product_id)
    for opinion in opinions:
        _opinion(pair, opinion)


def _times(case: Case, product_id: str, event: Event) -> Iterator[tuple[str, Interval]]:
    """Yield the intervals from first and last dose that are known to the minute."""
    # Each dose by itself: a suspect of the form is all doses of a lot.
    givings = [g for g in case.administrations if g.product_id == product_id]
    onset = onset_after(givings, event.onset, zone_named(case.clinic.time_zone))
    if onset.undated:
        # A dose of an unknown day may have been the first one, or the last.
        return
    for number, interval in (
        ("G.k.9.i.3.1", onset.from_first),
        ("G.k.9.i.3.2", onset.from_last),
    ):
        # No minutes at all are an answer, too.
        if interval is not None and interval.minutes in range(_MOST_MINUTES + 1):
            yield number, interval


def _for_fda(pair: Part, opinions: Sequence[Assessment], product_id: str) -> None:
    """Put the answer that an IND safety report gives, by the rule that starts its clock."""
    answer = is_suspected(opinions, (product_id,))
    if answer is not None:
        said = pair.add("G.k.9.i.2.r")
        said.put("G.k.9.i.2.r.1", "Sponsor")
        said.put("G.k.9.i.2.r.2", "FDA")
        said.put("G.k.9.i.2.r.3", "Suspected" if answer else "Not Suspected")


def _opinion(pair: Part, opinion: Assessment) -> None:
    said = pair.add("G.k.9.i.2.r")
    told = as_text(opinion.assessor)
    said.put("G.k.9.i.2.r.1", told if told.casefold() in _OTHERS else "Reporter")
    said.put("G.k.9.i.2.r.2", opinion.method.words if opinion.method else None)
    category = opinion.category
    said.put("G.k.9.i.2.r.3", getattr(category, "words", "") or str(category))
