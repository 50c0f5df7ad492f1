"""The vitals watch: it asks, it proposes, and it never decides."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus, SessionRoute
from aeapp.domain.codelists.session import NotAnEvent, ProposalState, ReadingPart, Side
from aeapp.domain.findings import item_findings
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation, Proposal, WatchRule
from aeapp.domain.records.proposal import Witness
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.csv_numerics import parse
from aeapp.domain.vitals.due import later
from aeapp.domain.vitals.limits import DEFAULT_LIMITS, limits_of
from aeapp.domain.vitals.watch import (
    Watched,
    baseline_of,
    findings_of,
    flag_words,
    passed_by,
    peak,
    propose,
    repeats,
    unsupported,
    witnesses,
)
from aeapp.domain.vitals.watch_rules import CLINIC_DEFAULT, DEFAULT_RULES, for_route, with_own
from aeapp.domain.vitals.watch_words import basis_of

BP, HR, SPO2 = (
    ObservationKind.BLOOD_PRESSURE,
    ObservationKind.HEART_RATE,
    ObservationKind.OXYGEN_SATURATION,
)
ZERO = PartialDate(2026, 11, 23, 13, 50, None, -300)
RULES = {rule.code: rule for rule in DEFAULT_RULES}
OPEN, ACCEPTED, DISMISSED = ProposalState.OPEN, ProposalState.ACCEPTED, ProposalState.DISMISSED


def at(minute: int) -> PartialDate:
    found = later(ZERO, minute)
    assert found is not None
    return found


def bp(upper: int, minute: int, lower: int = 70, **changes: object) -> Observation:
    reading = Observation(
        id=f"bp{minute}",
        kind=BP,
        systolic=Decimal(upper),
        diastolic=Decimal(lower),
        at=at(minute),
        status=ObservationStatus.VALID,
    )
    return replace(reading, **changes)  # type: ignore[arg-type]


def number(kind: ObservationKind, value: int, minute: int) -> Observation:
    return Observation(id=f"{kind.value}{minute}", kind=kind, value=Decimal(value), at=at(minute))


def watched(
    readings: Sequence[Observation],
    proposals: Sequence[Proposal] = (),
    rules: Sequence[WatchRule] = DEFAULT_RULES,
) -> Watched:
    return Watched("p1", "s1", readings, rules, ZERO, proposals)


def ids(proposal: Proposal) -> list[str]:
    return [w.observation_id for w in proposal.readings]


# --- the rules


def test_every_default_rule_names_a_source_and_says_that_it_is_no_regulation() -> None:
    for rule in DEFAULT_RULES:
        assert (rule.basis or "").startswith("clinic default, not regulatory")
        assert list(item_findings(rule)) == []
    assert len({rule.code for rule in DEFAULT_RULES}) == len(DEFAULT_RULES)


def test_the_default_figures_are_those_of_the_published_prompts() -> None:
    figures = {
        r.code: (r.limit, r.severe, r.percent_of_baseline)
        for r in DEFAULT_RULES
        if r.basis == CLINIC_DEFAULT
    }
    assert figures == {
        "systolic-high": (180, None, 30),
        "diastolic-high": (110, None, None),
        "heart-rate-high": (130, None, None),
        "heart-rate-low": (45, None, None),
        "saturation-low": (92, 90, None),
        "breathing-low": (8, None, None),
    }
    assert passed_by(number(ObservationKind.MOAA_S, 2, 5), DEFAULT_RULES, {})
    assert not passed_by(number(ObservationKind.MOAA_S, 3, 5), DEFAULT_RULES, {})


def test_the_limits_of_reports_and_flags_are_those_of_the_rules() -> None:
    assert limits_of(DEFAULT_RULES) == DEFAULT_LIMITS
    bounds = {(limit.kind, limit.part): (limit.low, limit.high) for limit in DEFAULT_LIMITS}
    assert bounds[BP, "systolic"] == (90, 180)
    assert bounds[HR, "value"] == (45, 130)


def test_of_two_rules_for_one_side_the_narrower_is_the_limit() -> None:
    high, low = RULES["heart-rate-high"], RULES["heart-rate-low"]
    narrow = [replace(high, limit=Decimal(120), basis="ours"), replace(low, limit=Decimal(50))]
    (limit,) = limits_of([high, low, *narrow])
    assert (limit.low, limit.high) == (50, 120)
    assert limit.source == f"{CLINIC_DEFAULT}; ours"
    assert limits_of([WatchRule(), replace(high, limit=None), replace(high, part=None)]) == ()
    (limit,) = limits_of([replace(high, basis=None)])
    assert limit.source == ""


def test_the_clinics_own_rule_stands_in_the_place_of_the_default() -> None:
    own = replace(RULES["heart-rate-high"], limit=Decimal(120))
    more = WatchRule(code="ours", active=True, kind=HR)
    rules = with_own([own, more])
    assert [r.code for r in rules] == [*RULES, "ours"]
    assert rules[3] is own


def test_a_rule_is_for_its_routes_and_only_while_in_use() -> None:
    everywhere = RULES["heart-rate-high"]
    nasal = replace(everywhere, code="n", routes=frozenset((SessionRoute.NASAL,)))
    off = replace(everywhere, code="o", active=False)
    rules = [everywhere, nasal, off]
    assert for_route(rules, SessionRoute.NASAL) == (everywhere, nasal)
    assert for_route(rules, SessionRoute.IM) == (everywhere,)
    assert for_route(rules, None) == (everywhere,)


# --- flags


def test_a_flag_says_limit_and_change_from_baseline() -> None:
    base = baseline_of([bp(128, -5), bp(120, -20)], ZERO)
    assert flag_words(bp(167, 30), DEFAULT_RULES, base) == "30 % over baseline"
    assert flag_words(bp(166, 30), DEFAULT_RULES, base) == ""
    assert flag_words(bp(182, 30), DEFAULT_RULES, base) == "over 180"
    assert flag_words(bp(182, 30, 112), DEFAULT_RULES, base) == "over 180, over 110"
    assert flag_words(bp(85, 30), DEFAULT_RULES, base) == "under 90"
    assert flag_words(bp(180, 30, 110), DEFAULT_RULES, {}) == ""
    assert flag_words(number(SPO2, 91, 3), DEFAULT_RULES, {}) == "under 92"


def test_a_fall_from_baseline_is_a_rule_too() -> None:
    fall = replace(RULES["heart-rate-low"], percent_of_baseline=Decimal(25))
    base = baseline_of([number(HR, 80, -5)], ZERO)
    assert flag_words(number(HR, 59, 5), [fall], base) == "26 % under baseline"
    assert flag_words(number(HR, 60, 5), [fall], base) == ""
    assert flag_words(number(HR, 150, 5), [fall], base) == ""


def test_what_has_no_number_is_beyond_nothing() -> None:
    unknown = replace(bp(182, 3), systolic=NullFlavor.UNK, diastolic=None)
    assert passed_by(unknown, DEFAULT_RULES, {}) == ()
    base = baseline_of([replace(bp(100, -3), systolic=NullFlavor.UNK)], ZERO)
    assert flag_words(bp(179, 3), DEFAULT_RULES, base) == ""


def test_the_baseline_is_the_last_good_reading_before_the_dose() -> None:
    bad = bp(100, -1, status=ObservationStatus.QUESTIONED)
    readings = [bp(128, -2), bp(120, -9), bad, bp(150, 1), number(HR, 70, 0)]
    found = baseline_of([*readings, replace(bp(1, -1), kind=None), Observation(kind=BP)], ZERO)
    assert found == {BP: readings[0], HR: readings[4]}
    assert baseline_of(readings, None) == {}


def test_a_reading_in_question_raises_no_flag_until_a_person_says_that_it_is_right() -> None:
    asked = bp(182, 5, status=ObservationStatus.QUESTIONED)
    assert flag_words(asked, DEFAULT_RULES, {}) == ""
    assert flag_words(replace(asked, status=ObservationStatus.VALID), DEFAULT_RULES, {})


# --- repeats


def test_an_abnormal_reading_asks_for_a_repeat_until_a_normal_one_comes() -> None:
    (repeat,) = repeats(watched([bp(182, 40)]))
    assert (repeat.at, repeat.kinds) == (at(45), {BP})
    (repeat,) = repeats(watched([bp(182, 40), bp(184, 46)]))
    assert repeat.at == at(51)
    assert repeats(watched([bp(182, 40), bp(150, 46)])) == ()
    assert repeats(watched([])) == ()


def test_the_soonest_repeat_of_a_quantity_is_asked_for() -> None:
    low = replace(RULES["systolic-low"], repeat_minutes=2, limit=Decimal(200))
    rules = [RULES["systolic-high"], low]
    (repeat,) = repeats(watched([bp(182, 40)], rules=rules))
    assert repeat.at == at(42)
    (repeat,) = repeats(watched([bp(182, 40)], rules=[low, rules[0]]))
    assert repeat.at == at(42)


def test_a_rule_without_minutes_asks_for_no_repeat() -> None:
    assert repeats(watched([bp(182, 40)], rules=[replace(RULES["systolic-high"],
                                                         repeat_minutes=None)])) == ()  # fmt: skip


def test_a_struck_repeat_leaves_the_first_one_asking() -> None:
    struck = bp(120, 46, status=ObservationStatus.STRUCK)
    (repeat,) = repeats(watched([bp(182, 40), struck]))
    assert repeat.at == at(45)


def test_a_reading_in_question_far_beyond_a_limit_asks_for_a_repeat_and_proposes_nothing() -> None:
    doubt = ObservationStatus.QUESTIONED
    rr = ObservationKind.RESPIRATORY_RATE
    for reading in (number(rr, 3, 40), number(SPO2, 48, 40), bp(310, 40)):
        readings = [replace(reading, status=doubt)]
        (repeat,) = repeats(watched(readings))
        assert (repeat.at, repeat.kinds) == (at(45), {reading.kind})
        assert propose(watched([*readings, replace(readings[0], id="b", at=at(45))])) == ()
        good = [number(rr, 14, 45), number(SPO2, 97, 45), bp(120, 45)]
        assert repeats(watched([*readings, *good])) == ()
        dropped = replace(reading, status=ObservationStatus.ARTEFACT)
        assert repeats(watched([dropped])) == ()


def test_a_reading_in_question_short_of_the_severe_band_is_passed_over() -> None:
    doubt = ObservationStatus.QUESTIONED
    assert repeats(watched([replace(number(SPO2, 91, 40), status=doubt)])) == ()
    (repeat,) = repeats(watched([bp(182, 40), replace(bp(170, 46), status=doubt)]))
    assert repeat.at == at(45)
    rise = [bp(110, -5), replace(bp(150, 40), status=doubt)]
    assert repeats(watched(rise)) == ()


# --- proposals


def test_two_in_a_row_propose_the_finding_with_its_readings_and_basis() -> None:
    (made,) = propose(watched([bp(176, 35), bp(182, 40, 106), bp(186, 45, 104)]))
    assert made == Proposal(
        patient_id="p1",
        session_id="s1",
        rule="systolic-high",
        term="Blood pressure increased",
        basis=f"Systolic over 180 mmHg or 30 % over baseline ({CLINIC_DEFAULT})",
        first=at(40),
        last=at(45),
        readings=made.readings,
        state=OPEN,
    )
    assert ids(made) == ["bp40", "bp45"]
    assert (made.event_id, made.reason, made.decided_by) == ("", None, None)
    assert list(item_findings(made)) == []


def test_one_reading_is_not_enough() -> None:
    assert propose(watched([bp(182, 40)])) == ()
    assert propose(watched([bp(182, 40), bp(150, 45), bp(182, 50)])) == ()


def test_two_sources_of_one_minute_are_not_two_in_a_row() -> None:
    twice = [bp(182, 40), replace(bp(184, 40), id="arterial")]
    assert propose(watched(twice)) == ()
    (made,) = propose(watched([*twice, bp(183, 41)]))
    assert len(made.readings) == 3


def test_one_reading_in_the_severe_band_is_enough() -> None:
    assert propose(watched([number(SPO2, 90, 40)])) == ()
    (made,) = propose(watched([number(SPO2, 89, 40)]))
    assert made.term == "Oxygen saturation decreased"
    assert made.basis == (f"Oxygen saturation under 92 % or severe under 90 % ({CLINIC_DEFAULT})")


def test_two_rules_of_one_finding_make_one_proposal() -> None:
    (made,) = propose(watched([bp(182, 40), bp(170, 45, 112)]))
    assert made.rule == "systolic-high"
    assert made.basis == (
        f"Systolic over 180 mmHg or 30 % over baseline; Diastolic over 110 mmHg ({CLINIC_DEFAULT})"
    )


@pytest.mark.parametrize(
    "status",
    [ObservationStatus.STRUCK, ObservationStatus.ARTEFACT, ObservationStatus.QUESTIONED],
)
def test_a_reading_in_doubt_is_passed_over(status: ObservationStatus) -> None:
    assert propose(watched([bp(182, 40), bp(190, 45, status=status)])) == ()
    (made,) = propose(watched([bp(182, 40), bp(120, 42, status=status), bp(184, 45)]))
    assert ids(made) == ["bp40", "bp45"]


def test_before_the_dose_nothing_is_proposed() -> None:
    high = [bp(190, -10), bp(190, 0)]
    assert propose(watched(high)) == ()
    assert propose(replace(watched([*high, bp(190, 5), bp(190, 9)]), zero=None)) == ()
    timeless = [replace(bp(190, 5), at=NullFlavor.UNK), replace(bp(190, 9), kind=None), bp(190, 7)]
    assert propose(watched(timeless)) == ()


def test_a_change_from_baseline_proposes_with_its_limit() -> None:
    (made,) = propose(watched([bp(110, -5), bp(150, 15), bp(152, 30)]))
    assert (made.rule, made.first) == ("systolic-high", at(15))


def test_further_readings_extend_the_open_proposal() -> None:
    readings = [bp(182, 40), bp(184, 45)]
    (first,) = propose(watched(readings))
    stored = replace(first, id="x", version=1)
    assert propose(watched(readings, [stored])) == ()
    (more,) = propose(watched([*readings, bp(188, 50, 115)], [stored]))
    assert (more.id, more.version, more.first, more.last) == ("x", 1, at(40), at(50))
    assert ids(more) == ["bp40", "bp45", "bp50"]
    assert (more.basis or "").startswith(f"{stored.basis}; Diastolic over 110 mmHg")


def test_a_second_episode_joins_the_open_proposal_only_if_it_speaks_for_itself() -> None:
    readings = [bp(182, 40), bp(184, 45), bp(120, 50), bp(190, 55)]
    (first,) = propose(watched(readings[:2]))
    assert propose(watched(readings, [first])) == ()
    (more,) = propose(watched([*readings, bp(191, 60)], [first]))
    assert ids(more) == ["bp40", "bp45", "bp55", "bp60"]


def test_what_was_decided_is_not_proposed_again_while_it_lasts() -> None:
    readings = [bp(182, 40), bp(184, 45)]
    (made,) = propose(watched(readings))
    no_change = replace(made, state=DISMISSED, reason=NotAnEvent.NO_CHANGE)
    assert propose(watched([*readings, bp(188, 50), bp(190, 55)], [no_change])) == ()
    for decided in (replace(made, state=ACCEPTED, event_id="e1"), no_change):
        after = [*readings, bp(150, 50), bp(188, 55), bp(189, 60)]
        (again,) = propose(watched(after, [decided]))
        assert (ids(again), again.state, again.id) == (["bp55", "bp60"], OPEN, "")


def test_what_goes_on_after_a_yes_is_added_to_the_proposal_of_the_event() -> None:
    readings = [bp(182, 40), bp(184, 45)]
    (made,) = propose(watched(readings))
    for state in (ACCEPTED, ProposalState.MERGED):
        decided = replace(made, id="x", version=2, state=state, event_id="e1")
        (more,) = propose(watched([*readings, bp(230, 50)], [decided]))
        assert (more.id, more.state, more.event_id, more.last) == ("x", state, "e1", at(50))
        assert ids(more) == ["bp40", "bp45", "bp50"]
        assert propose(watched([*readings, bp(230, 50)], [more])) == ()


@pytest.mark.parametrize(
    ("state", "reason"),
    [(ACCEPTED, None), (ProposalState.MERGED, None), (DISMISSED, NotAnEvent.NO_CHANGE)],
)
def test_a_run_that_reaches_the_severe_band_is_proposed_again(
    state: ProposalState, reason: NotAnEvent | None
) -> None:
    readings = [number(SPO2, 91, 40), number(SPO2, 91, 45)]
    (made,) = propose(watched(readings))
    decided = replace(made, id="x", state=state, reason=reason)
    worse = [*readings, number(SPO2, 88, 50)]
    (again,) = propose(watched(worse, [decided]))
    assert (ids(again), again.state, again.id) == (["spo250"], OPEN, "")
    stored = replace(again, id="y")
    (more,) = propose(watched([*worse, number(SPO2, 91, 55)], [decided, stored]))
    assert (more.id, len(more.readings)) == ("y", 2)
    known = replace(stored, state=DISMISSED, reason=NotAnEvent.NO_CHANGE)
    deeper = propose(watched([*worse, number(SPO2, 70, 55)], [decided, known]))
    assert [p.id for p in deeper] == ([] if state is DISMISSED else ["x"])


def test_a_run_that_passes_another_rule_of_the_finding_is_proposed_again() -> None:
    readings = [bp(182, 40), bp(184, 45)]
    (made,) = propose(watched(readings))
    decided = replace(made, id="x", state=ACCEPTED)
    both = [*readings, bp(186, 50), bp(188, 55, 115)]
    more, again = propose(watched(both, [decided]))
    assert (more.id, ids(more)) == ("x", ["bp40", "bp45", "bp50"])
    assert (ids(again), again.state, again.rule) == (["bp55"], OPEN, "systolic-high")


@pytest.mark.parametrize("reason", [NotAnEvent.ARTEFACT, NotAnEvent.CUFF, NotAnEvent.WRONG_PATIENT])
def test_a_wrong_reading_says_nothing_of_the_ones_that_follow(reason: NotAnEvent) -> None:
    readings = [number(SPO2, 89, 40), number(SPO2, 91, 45)]
    (made,) = propose(watched(readings))
    decided = replace(made, state=DISMISSED, reason=reason)
    assert propose(watched(readings, [decided])) == ()
    assert propose(watched([*readings, number(SPO2, 91, 50)], [decided])) == ()
    pair = [number(SPO2, 91, 50), number(SPO2, 90, 55)]
    (again,) = propose(watched([*readings, *pair], [decided]))
    assert (ids(again), again.state) == ([r.id for r in pair], OPEN)
    (at_once,) = propose(watched([*readings, number(SPO2, 62, 50)], [decided]))
    assert at_once.first == at(50)
    assert propose(watched(readings, [decided, replace(again, readings=())])) == ()


def test_striking_its_readings_does_not_let_a_decided_episode_come_back() -> None:
    readings = [bp(182, 40), bp(184, 45), bp(186, 50)]
    (made,) = propose(watched(readings))
    decided = replace(made, state=DISMISSED, readings=made.readings[:2])
    struck = [replace(r, status=ObservationStatus.STRUCK) for r in readings[:2]]
    later_ones = [replace(readings[2], id="new"), bp(187, 55)]
    assert propose(watched([*struck, *later_ones], [decided])) == ()
    unknown = replace(decided, first=None, readings=())
    assert len(propose(watched(readings, [unknown]))) == 1


def test_an_open_proposal_stays_when_its_readings_are_struck() -> None:
    (made,) = propose(watched([bp(182, 40), bp(184, 45)]))
    struck = [
        bp(182, 40, status=ObservationStatus.STRUCK),
        bp(184, 45, status=ObservationStatus.ARTEFACT),
    ]
    assert propose(watched(struck, [made])) == ()
    assert witnesses(made, struck) == ()
    assert peak((), RULES["systolic-high"]) is None


def test_an_extension_keeps_the_words_of_the_proposal() -> None:
    (made,) = propose(watched([bp(182, 40), bp(184, 45)]))
    (more,) = propose(watched([bp(182, 40), bp(184, 45), bp(185, 50)], [replace(made, basis=None)]))
    assert more.basis == made.basis
    (more,) = propose(watched([bp(182, 40), bp(184, 45), bp(185, 50)], [made]))
    assert more.basis == made.basis


def test_the_peak_is_the_reading_farthest_beyond() -> None:
    readings = [bp(182, 45), bp(186, 40), bp(186, 50), bp(190, 60)]
    made = Proposal(readings=propose(watched(readings[:3]))[0].readings)
    seen = witnesses(made, readings)
    assert [r.id for r in seen] == ["bp40", "bp45", "bp50"]
    assert peak(seen, RULES["systolic-high"]) is readings[1]
    low = [number(SPO2, 91, 3), number(SPO2, 88, 5)]
    assert peak(low, RULES["saturation-low"]) is low[1]


def test_only_rules_in_use_with_a_finding_can_propose() -> None:
    rule = RULES["systolic-high"]
    unusable = [
        replace(rule, active=False),
        replace(rule, term=None),
        replace(rule, kind=None),
        replace(rule, code=None),
    ]
    assert findings_of(unusable) == ()
    assert propose(watched([bp(190, 4), bp(190, 9)], rules=unusable)) == ()


def test_a_basis_says_part_figure_unit_and_source() -> None:
    fall = WatchRule(kind=HR, part=ReadingPart.VALUE, side=Side.BELOW,
                     percent_of_baseline=Decimal(25))  # fmt: skip
    assert basis_of([fall]) == "Heart rate 25 % under baseline"
    severe = replace(fall, side=Side.ABOVE, severe=Decimal(150), percent_of_baseline=None)
    assert basis_of([severe]) == "Heart rate severe over 150 /min"
    assert basis_of([replace(severe, kind=None)]) == " severe over 150"


# --- whatever is read and decided


readings_of_a_session = st.lists(
    st.tuples(
        st.sampled_from([HR, SPO2]),
        st.integers(1, 90),
        st.sampled_from([40, 70, 135, 88, 91, 96]),
        st.sampled_from(list(ObservationStatus)),
    ),
    max_size=25,
)


@given(readings_of_a_session, st.randoms(use_true_random=False))
def test_there_is_never_more_than_one_open_proposal_of_a_finding(
    drawn: list[tuple[ObservationKind, int, int, ObservationStatus]], chance: random.Random
) -> None:
    log = _Log()
    for n, (kind, minute, value, status) in enumerate(drawn):
        reading = Observation(
            id=f"r{n}", kind=kind, value=Decimal(value), at=at(minute), status=status
        )
        log.take([reading])
        if chance.random() < 0.3:
            state = chance.choice([ACCEPTED, DISMISSED, ProposalState.MERGED])
            reason = chance.choice(list(NotAnEvent)) if state is DISMISSED else None
            log.decide(state, reason)
    # A second look at the same readings finds nothing new, and nothing was taken back.
    assert propose(log.watched()) == ()


class _Log:
    """Keeps readings and proposals as the store does, and checks what must always be so."""

    def __init__(self, zero: PartialDate = ZERO) -> None:
        self.zero = zero
        self.readings: list[Observation] = []
        self.proposals: dict[str, Proposal] = {}

    def watched(self) -> Watched:
        proposals = list(self.proposals.values())
        return replace(watched(self.readings, proposals), zero=self.zero)

    def take(self, readings: Sequence[Observation]) -> None:
        self.readings += readings
        before = dict(self.proposals)
        for proposal in propose(self.watched()):
            key = proposal.id or f"p{len(self.proposals)}"
            known = before.get(key)
            self.proposals[key] = replace(proposal, id=key)
            # Nobody decided: there is no event, no person and no reason that was not there.
            assert known is None or known.state is not DISMISSED
            was = known or Proposal(state=OPEN)
            assert (proposal.state, proposal.decided_by) == (was.state, was.decided_by)
            assert (proposal.event_id, proposal.reason) == ("", None)
            if known is not None:
                assert set(ids(known)) < set(ids(proposal))
        opened = Counter(p.term for p in self.proposals.values() if p.state is OPEN)
        assert all(number == 1 for number in opened.values())
        said = Counter(id_ for p in self.proposals.values() for id_ in ids(p))
        assert all(number == 1 for number in said.values())

    def decide(self, state: ProposalState, reason: NotAnEvent | None = None) -> None:
        for key, proposal in self.proposals.items():
            if proposal.state is OPEN:
                decided = replace(proposal, state=state, reason=reason, decided_by="Dana Reyes")
                self.proposals[key] = decided
                return


@pytest.mark.parametrize("step", [1, 7, 60, 10_000])
def test_a_night_of_readings_makes_one_proposal_an_episode_at_any_speed(step: int) -> None:
    """Pulse over the limit for ten minutes in each hour; nobody decides, or somebody at once."""
    night = [number(HR, 140 if m % 60 < 10 else 80, m) for m in range(1, 481)]
    undecided, decided = _Log(), _Log()
    for begin in range(0, len(night), step):
        undecided.take(night[begin : begin + step])
        decided.take(night[begin : begin + step])
        decided.decide(ACCEPTED)
    assert len(undecided.proposals) == 1
    # The night begins within an episode and ends with the first minute of another one.
    assert len(decided.proposals) == min(8, -(-len(night) // step))


# --- the real file


RECORDED = Path(__file__).parents[3] / "shared" / "data" / "vitals" / "icu-numerics-1min-s00001.csv"


@pytest.fixture(scope="module")
def recorded() -> list[Observation]:
    if not RECORDED.is_file():
        pytest.skip("the recorded monitor file is not beside the repository")
    found = parse(
        RECORDED.read_bytes(),
        zone=ZoneInfo("America/Chicago"),
        session_id="s1",
        patient_id="p1",
        device="monitor",
    ).observations
    named = [replace(r, id=f"r{n}") for n, r in enumerate(found)]
    return sorted(named, key=lambda r: r.at.sort_key() if isinstance(r.at, PartialDate) else "")


@pytest.mark.parametrize(("rows", "step"), [(400, 1), (4000, 60), (7086, 2000), (7086, 7086)])
def test_the_recorded_file_never_opens_two_proposals_of_a_finding(
    rows: int, step: int, recorded: list[Observation]
) -> None:
    zero = recorded[0].at
    assert isinstance(zero, PartialDate)
    undecided, decided = _Log(zero), _Log(zero)
    for begin in range(0, rows, step):
        undecided.take(recorded[begin : min(rows, begin + step)])
        decided.take(recorded[begin : min(rows, begin + step)])
        decided.decide(DISMISSED)
    # There is something to propose, and one of a finding at most while nobody decides.
    assert 0 < len(undecided.proposals) <= len(findings_of(DEFAULT_RULES))
    assert {p.state for p in undecided.proposals.values()} == {OPEN}
    assert len(decided.proposals) >= len(undecided.proposals)


def test_a_proposal_whose_readings_count_no_more_is_unsupported() -> None:
    high = bp(190, 10)
    slip = replace(high, status=ObservationStatus.STRUCK)
    proposal = Proposal(state=OPEN, readings=(Witness(observation_id=high.id),))
    settled = replace(proposal, state=ACCEPTED)
    assert unsupported((proposal, settled), [high]) == ()
    assert unsupported((proposal, settled), [slip]) == (proposal,)
