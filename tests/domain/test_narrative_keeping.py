"""A changed source makes exactly its sentences stale, and what a person wrote survives."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aeapp.domain import lens
from aeapp.domain.case import VIEWS, Case, settle, write
from aeapp.domain.case_parts import NARRATIVE, PARTS
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.codelists.safety import Outcome, Severity
from aeapp.domain.findings import Context, find_problems
from aeapp.domain.findings import Severity as Weight
from aeapp.domain.items import Privacy, generic, spec_at, specs_of
from aeapp.domain.narrative import joining, step
from aeapp.domain.narrative.drafting import drafts_of
from aeapp.domain.narrative.keeping import (
    Text,
    brought_back,
    confirmed,
    made_anew,
    narrative_of,
    replaced,
)
from aeapp.domain.narrative.reading import marks, name_of, path_of
from aeapp.domain.records import Event, Observation
from aeapp.domain.records.narrative import Sentence
from aeapp.domain.rules.narrative import holds_back
from tests.factories import TODAY, cases, complete_case, day, entries, texts

HAND = "Dizzy for an hour after the dose."


def put(case: Case, text: Text) -> Case:
    return step.STEP.done(case, step.argument_of(case, text))


@pytest.fixture
def case() -> Case:
    """Return a case with a whole narrative that nobody touched."""
    return put(EMPTY, made_anew(EMPTY))


EMPTY = settle(
    replace(
        complete_case(),
        case=replace(complete_case().case, narrative=None),
        events=(
            replace(complete_case().events[0], severity=Severity.MILD, note="Sat down."),
            Event(id="second", verbatim="nausea", onset=day("2026-11-16T10:30-06:00")),
        ),
        observations=(
            Observation(
                id="pulse",
                kind=ObservationKind.HEART_RATE,
                value=Decimal(72),
                at=day("2026-11-16T10:21-06:00"),
            ),
        ),
    )
)


def stale(case: Case) -> set[tuple[str, str]]:
    return {(p.piece.template or "", p.piece.about or "") for p in narrative_of(case).stale}


def typed(case: Case, old: str, new: str) -> Case:
    text = case.case.narrative or ""
    assert old in text
    return write(case, "case.narrative", text.replace(old, new, 1))


def texts_of(case: Case) -> list[str | None]:
    return [p.piece.text for p in narrative_of(case).pieces]


def test_a_new_narrative_is_what_the_records_say_and_nothing_of_it_is_stale(case: Case) -> None:
    narrative = narrative_of(case)
    assert case.case.narrative == " ".join(p.piece.text or "" for p in narrative.pieces)
    assert not narrative.stale
    assert not narrative.fresh
    assert not narrative.left_out
    assert [p.number for p in narrative.pieces] == list(range(1, len(narrative.pieces) + 1))


def test_a_changed_dose_makes_the_sentence_of_the_dose_stale_and_no_other(case: Case) -> None:
    changed = write(case, "administrations[0].dose", Decimal("38.5"))
    assert stale(changed) == {("dose", "giving")}
    assert narrative_of(changed).stale[0].changed == ("administrations[@giving].dose",)
    assert changed.case.narrative == case.case.narrative
    again = write(changed, "administrations[0].dose", Decimal(40))
    assert stale(again) == set()


def test_a_change_of_the_event_reaches_every_sentence_that_names_it(case: Case) -> None:
    changed = write(case, "events[0].verbatim", "vertigo")
    assert stale(changed) == {
        *(
            (t, "event")
            for t in ("onset", "severity", "seriousness", "course", "action", "outcome")
        ),
        ("causality", "assessment"),
    }


SOURCES = sorted(
    {
        (name, path)
        for piece in put(EMPTY, made_anew(EMPTY)).case.sentences
        for name in marks(piece.sources)
        if (path := path_of(EMPTY, name)) and not any(path.startswith(v) for v in VIEWS)
    }
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SOURCES), st.data())
def test_one_changed_source_makes_exactly_its_sentences_stale(
    source: tuple[str, str], data: st.DataObject
) -> None:
    """What a sentence reads decides: it is stale if and only if a value that it read is another."""
    case = put(EMPTY, made_anew(EMPTY))
    name, path = source
    value = data.draw(entries(spec_at(Case, path)))
    assume(lens.differs(lens.get(case, path), value))
    changed = settle(lens.put(case, path, value))
    before = {(p.template, p.about): marks(p.sources) for p in case.case.sentences}
    holds = {(t, a or "") for (t, a), sources in before.items() if name in sources}
    found = stale(changed)
    assert holds <= found
    # Beyond them only what reads a view of the item, or readings that came into its time.
    for template, about in found - holds:
        sources = before[(template, about or None)]
        now = next((d.sources for d in drafts_of(changed) if d.key == (template, about)), "")
        assert marks(now) != sources
    untouched = {key for key in before if (key[0], key[1] or "") not in found}
    drafts = {d.key: d.text for d in drafts_of(changed)}
    for piece in changed.case.sentences:
        if (piece.template, piece.about) in untouched:
            assert drafts[(piece.template, piece.about or "")] == piece.text


OTHER_ITEMS = sorted(
    path
    for path in specs_of(Case)
    if not any(path.startswith(v) for v in VIEWS)
    and "[]" not in path
    and path not in {generic(p) for _n, p in SOURCES}
    and not path.startswith(("case.narrative", "clinic"))
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(OTHER_ITEMS), st.data())
def test_what_no_sentence_reads_makes_none_stale(path: str, data: st.DataObject) -> None:
    case = put(EMPTY, made_anew(EMPTY))
    if path in ("patient.birth_date", "patient.age", "patient.age_unit", "case.involvement"):
        # The age at the event is a view of these.
        return
    changed = settle(lens.put(case, path, data.draw(entries(spec_at(Case, path)))))
    assert stale(changed) == set()


# --- hand edits


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 11), texts, st.data())
def test_hand_edits_survive_every_renewal_byte_for_byte(
    n: int, words: str, data: st.DataObject
) -> None:
    case = put(EMPTY, made_anew(EMPTY))
    pieces = narrative_of(case).pieces
    old = pieces[n % len(pieces)]
    hand = words.strip() if data.draw(st.booleans()) else f"X{words}X"
    words = hand if hand.startswith("X") else f"{old.piece.text} {hand}"
    text = case.case.narrative or ""
    edited = write(case, "case.narrative", text[: old.span.begin] + words + text[old.span.end :])
    for path, value in (
        ("administrations[0].dose", Decimal(7)),
        ("events[0].verbatim", "vertigo"),
        ("events[1].outcome", Outcome.RECOVERED),
        ("patient.history", None),
        ("observations[0].value", Decimal(80)),
    ):
        edited = write(edited, path, value)
        edited = put(edited, made_anew(edited))
        assert hand in (edited.case.narrative or "")
    by_hand = [p for p in narrative_of(edited).pieces if p.piece.is_by_hand]
    assert by_hand


def test_a_hand_edit_keeps_its_sources_and_is_stale_until_confirmed(case: Case) -> None:
    edited = typed(case, "route intramuscular", "into the left arm")
    piece = next(p for p in narrative_of(edited).pieces if p.piece.template == "dose")
    assert piece.piece.is_by_hand
    assert not piece.is_stale
    changed = write(edited, "administrations[0].dose", Decimal(38))
    renewed = put(changed, made_anew(changed))
    assert renewed.case.narrative == edited.case.narrative
    assert stale(renewed) == {("dose", "giving")}
    n = next(n for n, p in enumerate(narrative_of(renewed).pieces) if p.is_stale)
    kept = put(renewed, confirmed(renewed, n))
    assert kept.case.narrative == edited.case.narrative
    assert stale(kept) == set()
    assert put(kept, made_anew(kept)).case.narrative == edited.case.narrative
    new = put(renewed, replaced(renewed, n))
    assert "38 mg was given on 16-Nov-2026 at 10:00, route intramuscular" in new.case.narrative
    assert not new.case.sentences[n].is_by_hand


def test_an_untouched_sentence_that_is_kept_is_a_persons_from_then_on(case: Case) -> None:
    changed = write(case, "administrations[0].dose", Decimal(38))
    n = next(n for n, p in enumerate(narrative_of(changed).pieces) if p.is_stale)
    kept = put(changed, confirmed(changed, n))
    assert kept.case.sentences[n].is_by_hand
    assert put(kept, made_anew(kept)).case.narrative == case.case.narrative


def test_renewing_rewrites_what_nobody_touched_and_takes_away_what_has_no_facts(case: Case) -> None:
    changed = write(write(case, "events[0].note", None), "events[0].severity", Severity.SEVERE)
    renewed = put(changed, made_anew(changed))
    assert "recorded as severe" in (renewed.case.narrative or "")
    assert "Sat down" not in (renewed.case.narrative or "")
    assert stale(renewed) == set()


def test_facts_that_come_later_are_named_and_put_where_they_belong(case: Case) -> None:
    changed = write(case, "events[1].outcome", Outcome.RECOVERING)
    assert [d.key for d in narrative_of(changed).fresh] == [("outcome", "second")]
    renewed = put(changed, made_anew(changed))
    templates = [p.template for p in renewed.case.sentences]
    assert templates.index("causality") - 1 == len(templates) - 2
    assert [p.about for p in renewed.case.sentences if p.template == "outcome"] == [
        "event",
        "second",
    ]


def test_a_hand_edited_sentence_without_facts_stays_and_can_be_kept_or_dropped(case: Case) -> None:
    edited = typed(case, "Sat down.", "Sat down at once.")
    changed = write(edited, "events[0].note", None)
    renewed = put(changed, made_anew(changed))
    assert "Sat down at once." in (renewed.case.narrative or "")
    n = next(n for n, p in enumerate(narrative_of(renewed).pieces) if p.is_stale)
    kept = put(renewed, confirmed(renewed, n))
    assert stale(kept) == set()
    assert "Sat down at once." in (put(kept, made_anew(kept)).case.narrative or "")
    dropped = put(renewed, replaced(renewed, n))
    assert "Sat down" not in (dropped.case.narrative or "")


def test_a_typed_narrative_joins_as_it_is() -> None:
    text = "  He felt odd.\n\nThen he slept:\t2 h."
    case = settle(replace(EMPTY, case=replace(EMPTY.case, narrative=text)))
    joined = put(case, made_anew(case))
    assert (joined.case.narrative or "").startswith(text + "\n\nThe patient")
    first = joined.case.sentences[0]
    assert (first.is_free, first.text) == (True, text.strip())
    changed = write(joined, "administrations[0].dose", Decimal(1))
    assert (put(changed, made_anew(changed)).case.narrative or "").startswith(text + "\n\nThe")


def test_words_added_behind_a_sentence_are_a_piece_of_their_own_while_they_are_typed(
    case: Case,
) -> None:
    end = "recorded as mild."
    count = len(case.case.sentences)
    for old, new in pairwise(("", " I", " It", " It was", " It was loud.")):
        case = typed(case, end + old, end + new)
    pieces = case.case.sentences
    assert len(pieces) == count + 1
    assert [p.text for p in pieces if p.is_free] == ["It was loud."]
    assert not any(p.is_by_hand for p in pieces if not p.is_free)
    gone = typed(case, " It was loud.", "")
    assert len(gone.case.sentences) == count


def test_words_in_front_and_between_are_free_too(case: Case) -> None:
    front = write(case, "case.narrative", "Report by phone. " + (case.case.narrative or ""))
    assert front.case.sentences[0] == Sentence(text="Report by phone.")
    wide = typed(case, "female. Rel", "female.   Rel")
    inside = typed(wide, "female.   Rel", "female. Yes.  Rel")
    assert [p.text for p in inside.case.sentences if p.is_free] == ["Yes."]
    assert not any(p.is_by_hand for p in inside.case.sentences if not p.is_free)


def test_letters_glued_to_a_sentence_change_it_and_taking_them_away_gives_it_back(
    case: Case,
) -> None:
    glued = typed(case, "recorded as mild.", "recorded as mild.ly")
    (hand,) = [p for p in glued.case.sentences if p.is_by_hand]
    assert hand.template == "severity"
    back = typed(glued, "mild.ly", "mild.")
    assert back.case.sentences == case.case.sentences


def test_an_edit_across_two_sentences_can_be_taken_back(case: Case) -> None:
    across = typed(case, "female. Relevant history: None", "female; history none")
    states = [(p.template, p.text is None) for p in across.case.sentences if p.is_by_hand]
    assert states == [("person", False), ("history", True)]
    back = write(across, "case.narrative", case.case.narrative)
    assert back.case.sentences == case.case.sentences


def test_a_sentence_left_out_stays_out_until_it_is_brought_back(case: Case) -> None:
    out = typed(case, "Relevant history: None of note. ", "")
    assert len(narrative_of(out).left_out) == 1
    assert put(out, made_anew(out)).case.narrative == out.case.narrative
    changed = write(out, "patient.history", "Asthma.")
    assert stale(changed) == {("history", "")}
    back = put(changed, brought_back(changed))
    assert "female. Relevant history: Asthma. Ketamine" in (back.case.narrative or "")
    gone = write(out, "patient.history", None)
    assert put(gone, brought_back(gone)).case.narrative == out.case.narrative
    assert not narrative_of(put(gone, brought_back(gone))).left_out


def test_words_beside_a_sentence_left_out_do_not_take_its_place(case: Case) -> None:
    out = typed(case, "Relevant history: None of note. ", "")
    more = typed(out, "female. ", "female. Well before. ")
    assert [p.text for p in more.case.sentences if p.is_free] == ["Well before."]
    assert len(narrative_of(more).left_out) == 1


def test_an_emptied_narrative_begins_anew(case: Case) -> None:
    empty = write(case, "case.narrative", None)
    assert put(empty, made_anew(empty)) == case
    back = write(empty, "case.narrative", case.case.narrative)
    assert back.case.sentences == case.case.sentences


def test_two_free_pieces_of_others_stay_apart(case: Case) -> None:
    one = put(case, Text("A. B.", (Sentence(text="A.", written_by="N. N."), Sentence(text="B."))))
    more = write(one, "case.narrative", "A. More. B.")
    assert [p.text for p in more.case.sentences] == ["A.", "More.", "B."]
    gone = write(one, "case.narrative", "A.")
    assert [p.text for p in gone.case.sentences] == ["A."]


def test_a_text_that_is_not_its_pieces_has_no_places_for_them() -> None:
    one = Sentence(text="She felt dizzy.")

    assert joining.spans_of("He felt dizzy.", [one]) is None
    assert joining.spans_of("She felt dizzy. And sick.", [one]) is None
    assert joining.spans_of(" She felt dizzy. ", [one]) == (joining.Span(1, 16),)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60), texts | st.just("")), max_size=5)
)
def test_pieces_are_the_text_whatever_is_typed(edits: list[tuple[int, int, str]]) -> None:
    case = put(EMPTY, made_anew(EMPTY))
    for begin, length, words in edits:
        text = case.case.narrative or ""
        text = text[:begin] + words + text[begin + length :]
        case = write(case, "case.narrative", text.strip() or None)
        assert joining.spans_of(case.case.narrative or "", case.case.sentences) is not None
        assert (case.case.narrative or "").split() == " ".join(
            t for t in texts_of(case) if t
        ).split()


@settings(max_examples=60, deadline=None)
@given(cases())
def test_any_file_has_a_narrative_that_can_be_renewed(case: Case) -> None:
    narrative = narrative_of(case)
    hand = [p.piece.text for p in narrative.pieces if p.piece.is_by_hand and p.piece.text]
    renewed = put(case, made_anew(case))
    for words in hand:
        assert words in (renewed.case.narrative or "")
    twice = put(renewed, made_anew(renewed))
    assert [p.text for p in twice.case.sentences] == [p.text for p in renewed.case.sentences]


def test_a_place_in_the_text_has_its_piece(case: Case) -> None:
    narrative = narrative_of(case)
    second = narrative.pieces[1]
    assert narrative.at(second.span.begin + 3) is second
    assert narrative.at(10_000) is None


# --- one step


def test_a_step_is_taken_and_taken_back_and_outlives_a_restart(case: Case) -> None:
    argument = json.loads(json.dumps(step.argument_of(EMPTY, made_anew(EMPTY))))
    part = PARTS[NARRATIVE]
    assert part.add(EMPTY, argument) == case
    assert part.remove(case, argument) == EMPTY
    for strange in ("{", "{}", '{"narrative": null, "sentences": [{"x": "y"}], "left_in": []}'):
        with pytest.raises(KeyError):
            part.add(EMPTY, ["", strange])


def test_what_is_by_hand_gets_the_name_of_who_stored_it_once(case: Case) -> None:
    edited = typed(case, "Sat down.", "Sat down at once.")
    file = step.signed(case.case, edited.case, "N. Kim", day("2026-11-20T09:00-06:00"))
    assert [p.written_by for p in file.sentences if p.is_by_hand] == ["N. Kim"]
    assert not any(p.written_by for p in file.sentences if not p.is_by_hand)
    again = step.signed(case.case, file, "Somebody else", day("2026-11-21"))
    assert again is file


def test_words_that_stood_there_before_are_not_signed_by_who_drafts() -> None:
    typed = settle(replace(EMPTY, case=replace(EMPTY.case, narrative=HAND)))
    drafted = put(typed, made_anew(typed))
    file = step.signed(typed.case, drafted.case, "N. Kim", day("2026-11-20"))
    assert [(p.text, p.written_by) for p in file.sentences if p.is_by_hand] == [(HAND, None)]


def test_a_text_of_which_nothing_was_made_has_no_pieces_and_no_news() -> None:
    case = write(EMPTY, "case.narrative", HAND)
    assert case.case.sentences == ()
    assert not narrative_of(case).is_drafted
    alone = put(case, Text(HAND, (Sentence(text=HAND),)))
    findings = find_problems(alone, "fda3500", Context(today=TODAY))
    assert not [f for f in findings if f.code.startswith("NR")]


def test_a_file_from_elsewhere_keeps_its_sources(case: Case) -> None:
    ids = {"event": "E9", "product": "P9", "lot": "L9"}
    file = step.renamed(case.case, ids)
    pieces = {(p.template, p.about): p for p in file.sentences}
    assert "events[@E9].onset" in marks(pieces["onset", "E9"].sources)
    assert "suspects[@P9/L9].indication" in marks(pieces["indication", "P9/L9"].sources)


# --- findings


def test_a_stale_sentence_blocks_until_it_is_settled(case: Case) -> None:
    def found(case: Case) -> list[tuple[str, Weight]]:
        findings = find_problems(case, "fda3500", Context(today=TODAY))
        return [(f.code, f.severity) for f in findings if f.code.startswith("NR")]

    assert found(case) == []
    assert found(EMPTY) == []
    changed = write(case, "administrations[0].dose", Decimal(38))
    assert found(changed) == [("NR1", Weight.BLOCKS)]
    findings = find_problems(changed, "fda3500", Context(today=TODAY))
    (waits,) = holds_back(findings)
    assert waits.text == "Renew or keep what is stale in the narrative: sentence 4."
    out = typed(case, "Relevant history: None of note. ", "")
    assert found(write(out, "patient.history", "Asthma.")) == [("NR1", Weight.BLOCKS)]
    assert found(write(case, "events[1].outcome", Outcome.FATAL)) == [("NR2", Weight.INFORMS)]


def test_templates_are_no_clinical_items_of_people() -> None:
    assert spec_at(Case, "case.sentences[].written_by").item.phi is Privacy.STAFF
    assert name_of(complete_case(), "case.sentences") == "case.sentences"
