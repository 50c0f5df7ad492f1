"""What was stated stays with the records it was stated for, or is kept and shown nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.case import Case, settle, write
from aeapp.domain.case_parts import PARTS, SUSPECT, answered_at
from aeapp.domain.codelists.safety import Challenge, DrugRole
from aeapp.domain.records import Administration, CaseFile, Event, Product
from aeapp.domain.records.case import StatedValue
from aeapp.domain.stating import bound, is_stated, place_of, stable, with_ids

EVENTS = (Event(id="e1"), Event(id="e2"))


def giving(name: str, product: str = "", lot: str = "", **parts: object) -> Administration:
    return Administration(id=name, product_id=product, lot_id=lot, **parts)  # type: ignore[arg-type]


def case_of(*givings: Administration, stated: tuple[StatedValue, ...] = ()) -> Case:
    file = CaseFile(id="c", stated=stated)
    return settle(Case(case=file, events=EVENTS, administrations=givings))


def identity(one: Administration) -> tuple[str, ...]:
    return (one.product_id, one.lot_id) if one.product_id else (one.id,)


def identities(case: Case) -> list[tuple[str, ...]]:
    """Return what each suspect is, in the order of the suspects."""
    return list(dict.fromkeys(identity(g) for g in case.administrations if g.is_suspect))


GIVINGS = [
    giving(f"g{n}{p}{lot}", p, lot) for n in "12" for p in ("", "p", "q") for lot in ("", "l")
]
SOME = st.lists(st.sampled_from(GIVINGS), unique_by=lambda g: g.id, max_size=6)


@given(before=SOME, after=SOME)
def test_whatever_leaves_comes_or_moves_each_value_stays_at_its_product(
    before: list[Administration], after: list[Administration]
) -> None:
    case = case_of(*before)
    names = {who: f"Product of {who}" for who in identities(case)}
    for k, who in enumerate(identities(case)):
        case = write(case, f"suspects[{k}].product.name", names[who])

    later = settle(replace(case, administrations=tuple(after)))

    assert [s.product.name for s in later.suspects] == [names.get(w) for w in identities(later)]
    assert later.case.stated == case.case.stated
    assert settle(replace(later, administrations=case.administrations)) == case


@given(before=SOME, dropped=st.sets(st.sampled_from([g.id for g in GIVINGS])))
def test_a_giving_that_is_no_suspect_any_more_takes_no_answer_of_another(
    before: list[Administration], dropped: set[str]
) -> None:
    case = case_of(*before)
    answers = dict(zip(identities(case), [*Challenge] * 6, strict=False))
    for k, who in enumerate(identities(case)):
        case = write(case, f"suspects[{k}].abated", answers[who])

    roles = (replace(g, role=DrugRole.TREATMENT) if g.id in dropped else g for g in before)
    later = settle(replace(case, administrations=tuple(roles)))

    assert [s.abated for s in later.suspects] == [answers[w] for w in identities(later)]


def test_an_answer_is_kept_by_the_ids_and_found_at_its_place() -> None:
    case = write(
        case_of(giving("a", "p"), giving("b", "q", "l")), "suspects[1].abated", Challenge.YES
    )

    assert [s.path for s in case.case.stated] == ["suspects[@q/l].abated"]
    assert stable(case, "suspects[1].abated") == "suspects[@q/l].abated"
    assert place_of(case, "suspects[@q/l].abated") == "suspects[1].abated"
    assert is_stated(case, "suspects[1].abated")
    assert not is_stated(case, "suspects[0].abated")
    assert answered_at(case, "suspects[1].abated") is Challenge.YES

    turned = settle(replace(case, administrations=case.administrations[::-1]))

    assert [s.abated for s in turned.suspects] == [Challenge.YES, None]
    assert answered_at(turned, "suspects[1].abated") is None
    assert write(turned, "suspects[0].abated", None).case.stated == ()


def test_a_value_stated_for_a_concomitant_giving_stays_at_that_giving() -> None:
    both = [giving(n, role=DrugRole.CONCOMITANT) for n in "ab"]
    case = write(case_of(*both), "concomitants[1].name", "ondansetron")

    assert [m.name for m in case.concomitants] == [None, "ondansetron"]
    turned = settle(replace(case, administrations=case.administrations[::-1]))
    assert [m.name for m in turned.concomitants] == ["ondansetron", None]
    gone = settle(replace(case, administrations=(both[0],)))
    assert [m.name for m in gone.concomitants] == [None]
    assert gone.case.stated == case.case.stated


def test_an_added_product_that_is_taken_away_again_leaves_its_value_unshown() -> None:
    case = case_of(giving("a", "p"))
    added = PARTS[SUSPECT].add(case, ["new-p", "new-l", "new-g"])
    stated = write(added, "suspects[1].abated", Challenge.NO)

    back = PARTS[SUSPECT].remove(stated, ["new-p", "new-l", "new-g"])
    assert back is not None
    other = PARTS[SUSPECT].add(back, ["other-p", "other-l", "other-g"])

    assert [s.abated for s in other.suspects] == [None, None]
    assert [s.value for s in other.case.stated] == ["No"]


def test_nothing_is_stated_where_nothing_has_an_identity() -> None:
    with pytest.raises(KeyError):
        write(case_of(giving("")), "suspects[0].abated", Challenge.YES)
    with pytest.raises(KeyError):
        write(case_of(), "tests[0].low", "1")


# ------------------------------------------------------------------ what names a place


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("suspects[1].abated", "suspects[@q/l].abated"),
        ("suspects[4].abated", "suspects[@-4].abated"),
        ("tests[0].low", "tests[@-0].low"),
        ("suspects[@q/l].abated", "suspects[@q/l].abated"),
        ("subject.weight", "subject.weight"),
        (None, None),
    ],
)
def test_what_names_a_place_is_bound_to_what_stands_there(
    path: str | None, kept: str | None
) -> None:
    stated = (StatedValue(path=path, value="1"),)
    case = bound(case_of(giving("a", "p"), giving("b", "q", "l"), stated=stated))

    assert [s.path for s in case.case.stated] == [kept]
    assert bound(case) is case


def test_what_was_bound_to_nothing_goes_to_no_product_that_comes_later() -> None:
    stated = (StatedValue(path="suspects[1].abated", value="yes"),)
    case = bound(case_of(giving("a", "p"), stated=stated))

    later = bound(settle(replace(case, administrations=(*case.administrations, giving("b", "q")))))

    assert [s.abated for s in later.suspects] == [None, None]
    assert [s.value for s in later.case.stated] == ["yes"]


def test_what_names_a_place_is_shown_nowhere_before_it_is_bound() -> None:
    stated = (StatedValue(path="suspects[0].abated", value="yes"),)
    case = case_of(giving("a", "p"), stated=stated)

    assert case.suspects[0].abated is None
    assert bound(case).suspects[0].abated is Challenge.YES


def test_of_two_values_for_one_item_the_later_one_is_shown() -> None:
    stated = tuple(StatedValue(path="suspects[@p/].abated", value=v) for v in ("yes", "no"))

    assert case_of(giving("a", "p"), stated=stated).suspects[0].abated is Challenge.NO


def test_ids_in_a_key_are_exchanged_and_unknown_ones_stay() -> None:
    ids = {"p": "P", "l": "L"}

    assert with_ids("suspects[@p/l].abated", ids) == "suspects[@P/L].abated"
    assert with_ids("suspects[@p/].abated", ids) == "suspects[@P/].abated"
    assert with_ids("suspects[@x].abated", ids) == "suspects[@x].abated"
    assert with_ids("subject.p", ids) == "subject.p"


def test_a_statement_of_a_product_whose_record_says_it_now_is_kept_and_not_shown() -> None:
    case = write(case_of(giving("a", "p")), "suspects[0].product.name", "typed")
    told = settle(replace(case, products=(Product(id="p", name="recorded"),)))

    assert told.suspects[0].product.name == "recorded"
    assert told.case.stated == case.case.stated
