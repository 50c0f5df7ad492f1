"""The open case format: what it takes, what it refuses by name, and that nothing changes in it."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain import archive
from aeapp.domain.archive import (
    FORMAT,
    Bundle,
    ImportRejected,
    NewerFormat,
    case_from,
    dumps,
    loads,
)
from aeapp.domain.case import Case
from aeapp.domain.items import Record, attributes_of
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Event,
    Observation,
    Patient,
    Product,
    Report,
    Reporter,
    Session,
)
from tests.conftest import REPOSITORY
from tests.factories import AWKWARD, bundles

CASES = Path(__file__).parent.parent / "data" / "cases"


def file(**parts: Any) -> str:
    """Return a file with these parts beside a case."""
    return json.dumps({"format": FORMAT, "case": {"id": "c"}, **parts})


def problems(text: str | bytes) -> list[tuple[str, str]]:
    """Return what the file is refused for."""
    with pytest.raises(ImportRejected) as refusal:
        loads(text)
    return [tuple(problem) for problem in refusal.value.problems]


@given(bundles())
def test_any_bundle_comes_back_equal(bundle: Bundle) -> None:
    assert loads(dumps(bundle)) == bundle


@given(bundles())
def test_writing_what_was_read_gives_the_same_text(bundle: Bundle) -> None:
    text = dumps(bundle)

    assert dumps(loads(text)) == text
    assert text.endswith("}\n")
    assert "\r" not in text


@given(bundles())
def test_any_bundle_makes_a_case(bundle: Bundle) -> None:
    case = case_from(bundle)

    assert case.case == bundle.completed().case
    assert case.events == tuple(e for e in bundle.completed().events if e.stands)
    assert case.patient == (bundle.patient or Patient())


@given(bundles())
def test_every_record_of_a_file_belongs_to_its_case_and_patient(bundle: Bundle) -> None:
    whole = bundle.completed()
    patient = bundle.patient.id if bundle.patient else ""
    of_case: tuple[Any, ...] = (
        *whole.events,
        *whole.reporters,
        *whole.awareness,
        *whole.decisions,
        *whole.reports,
        *whole.sendings,
        *whole.requests,
    )
    logged: tuple[Any, ...] = (*whole.administrations, *whole.observations)
    named: list[Any] = [whole.case, *whole.events, *(r for r in logged if r.case_id)]
    sessions = {r.session_id for r in named} - {""}

    assert {r.case_id for r in of_case} <= {whole.case.id}
    assert all(r.case_id or r.session_id in sessions for r in logged)
    of_patient: tuple[Any, ...] = (
        whole.case,
        *whole.sessions,
        *whole.events,
        *logged,
        *whole.consents,
    )
    assert {r.patient_id for r in of_patient} == {patient}
    assert whole.completed() == whole
    assert case_from(whole) == case_from(bundle)


def test_links_that_a_file_gives_stay_as_they_are() -> None:
    given_once = Bundle(
        case=CaseFile(id="c"),
        patient=Patient(id="p"),
        sessions=(Session(id="s"), Session(id="t"), Session(id="u")),
        events=(Event(id="e", session_id="s"),),
        administrations=(
            Administration(id="a", session_id="s"),
            Administration(id="b", session_id="t"),
            Administration(id="d", session_id="u", case_id="c"),
        ),
        observations=(Observation(id="o", session_id="u"),),
    )

    whole = given_once.completed()

    # A session of the case brings what was logged in it; another one is reached by its givings.
    assert [g.case_id for g in whole.administrations] == ["", "c", "c"]
    assert [o.case_id for o in whole.observations] == [""]
    assert whole.case.session_id == ""


@pytest.mark.parametrize("blank", [" ", "\n", "\u00a0 "])
def test_text_of_blanks_is_no_answer(blank: str) -> None:
    bundle = loads(file(patient={"id": "p", "code": blank, "name": blank, "history": f"a{blank}b"}))

    assert bundle.patient is not None
    assert (bundle.patient.code, bundle.patient.name) == (None, None)
    assert bundle.patient.history == f"a{blank}b"


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("*.json")))
def test_a_sample_case_is_written_as_the_program_writes_it(name: str) -> None:
    text = (CASES / name).read_text(encoding="utf-8")

    assert dumps(loads(text)) == text


def test_keys_stand_in_a_fixed_order_with_two_spaces() -> None:
    text = dumps(Bundle(case=CaseFile(id="c", title="Dizzy"), patient=Patient(id="p", code="P-1")))

    assert text == (
        '{\n  "format": "aeapp-case/1",\n'
        '  "patient": {\n    "id": "p",\n    "code": "P-1"\n  },\n'
        '  "case": {\n    "id": "c",\n    "title": "Dizzy"\n  }\n}\n'
    )


def test_versions_and_accounts_stay_behind() -> None:
    bundle = Bundle(
        case=CaseFile(id="c", version=7), reporters=(Reporter(id="r", staff_id="s", version=3),)
    )

    back = loads(dumps(bundle))

    assert back.case.version == 0
    assert back.reporters == (Reporter(id="r"),)
    assert problems(file(reporters=[{"id": "r", "staff_id": "s"}])) == [
        ("reporters[0].staff_id", "reporters[0].staff_id is not in the format.")
    ]


def test_a_bundle_with_a_link_to_nothing_is_not_written() -> None:
    with pytest.raises(ValueError, match=r"case\.patient_id names a record that is not"):
        dumps(Bundle(case=CaseFile(id="c", patient_id="p")))


@pytest.mark.parametrize("id_", ["", "c"])
def test_a_bundle_with_a_missing_or_doubled_id_is_not_written(id_: str) -> None:
    with pytest.raises(ValueError, match="has no id, or that of another one"):
        dumps(Bundle(case=CaseFile(id="c"), patient=Patient(id=id_)))


def test_the_newest_report_is_the_one_of_the_case() -> None:
    reports = (Report(id="r1", number="1"), Report(id="r2", number="2"))

    assert case_from(Bundle(case=CaseFile(id="c"), reports=reports)).report.number == "2"
    assert case_from(Bundle(case=CaseFile(id="c"))) == case_from(loads(file()))
    assert isinstance(case_from(loads(file())), Case)


# ------------------------------------------------------------------ what is refused


def test_an_unknown_key_is_named_by_its_full_path() -> None:
    text = file(
        events=[{"id": "e", "colour": "red"}],
        patient={"id": "p", "medicines": [{"name": "x"}, {"nme": "y"}]},
        **{"colour": 1, "": 2},
    )

    assert problems(text) == [
        ("events[0].colour", "events[0].colour is not in the format."),
        ("patient.medicines[1].nme", "patient.medicines[1].nme is not in the format."),
        ("colour", "colour is not in the format."),
        ('""', '"" is not in the format.'),
    ]


def test_an_unknown_key_is_shown_without_invisible_characters_and_cut() -> None:
    [(path, _text)] = problems(file(**{"a\u202eb\ud800" + "x" * 100: 1}))

    assert path == "a?b?" + "x" * 56 + "…"


def test_a_key_that_stands_twice_is_refused() -> None:
    text = (
        '{"format": "aeapp-case/1", "case": {"id": "c", "title": "a", "title": "b"},'
        ' "administrations": [{"id": "g", "dose": "5", "dose": "50"}],'
        ' "lots": [{"id": "l", "number": {"unknown": "UNK", "unknown": "NI"}}], "lots": []}'
    )

    assert [path for path, _text in problems(text)] == [
        "lots",
        "case.title",
        "administrations[0].dose",
    ]


def test_a_reason_that_stands_twice_is_refused() -> None:
    text = file(lots=[]).replace(
        "[]", '[{"id": "l", "number": {"unknown": "UNK", "unknown": "NI"}}]'
    )

    assert problems(text) == [("lots[0].number", "lots[0].number holds the same key twice.")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "61.5", "1e400", "9" * 5000])
def test_numbers_that_json_readers_change_are_refused(number: str) -> None:
    text = file(patient={"id": "p", "age": 0}).replace("0}", number + "}")

    assert problems(text) == [
        (
            "patient.age",
            'patient.age: Expected text in quotes; write decimals as text, such as "61.5".',
        )
    ]


def test_a_whole_number_may_stand_without_quotes() -> None:
    patient = loads(file(patient={"id": "p", "age": 61})).patient

    assert patient is not None
    assert str(patient.age) == "61"


@pytest.mark.parametrize(
    ("parts", "path", "sentence"),
    [
        ({"patient": {"id": "p", "birth_date": "1980-02-31"}}, "patient.birth_date", "no such day"),
        ({"patient": {"id": "p", "birth_date": "31-Feb-1980"}}, "patient.birth_date", "such as"),
        ({"patient": {"id": "p", "sex": "3"}}, "patient.sex", "Expected one of: 1, 2."),
        ({"patient": {"id": "p", "race": "C41260"}}, "patient.race", "Expected a list of codes."),
        ({"patient": {"id": "p", "race": ["C41260"] * 2}}, "patient.race", "each code once"),
        ({"patient": {"id": "p", "history": 5}}, "patient.history", "Expected text in quotes"),
        ({"patient": {"id": "p", "history": "a\x07"}}, "patient.history", "U+0007"),
        ({"patient": {"id": "p", "history": "a\ud800"}}, "patient.history", "U+D800"),
        ({"patient": {"id": "p", "history": "a" * 100_001}}, "patient.history", "longer than"),
        ({"patient": {"id": "p", "history": {"unknown": "MSK"}}}, "patient.history", "a reason of"),
        ({"patient": {"id": "p", "history": {"unknown": []}}}, "patient.history", "a reason of"),
        ({"patient": {"id": "p", "code": {"unknown": "UNK"}}}, "patient.code", "none here"),
        ({"patient": {"id": "p", "age": "six"}}, "patient.age", "Expected a number"),
        ({"patient": {"id": "p", "age": "٦"}}, "patient.age", "Expected a number"),
        ({"clinic": {"id": "k", "practice": "yes"}}, "clinic.practice", "Expected true or false"),
        ({"patient": {"id": "p", "medicines": {}}}, "patient.medicines", "a list in brackets"),
        ({"patient": {"id": "p", "medicines": [1]}}, "patient.medicines[0]", "an object in braces"),
        ({"patient": []}, "patient", "an object in braces"),
        ({"patient": None}, "patient", "an object in braces"),
        ({"lots": [{"id": "l", "product_id": 4}]}, "lots[0].product_id", "id of a record"),
        ({"lots": [{"id": "l", "product_id": "x"}]}, "lots[0].product_id", "names no product"),
        ({"lots": [{"id": "l", "product_id": "c"}]}, "lots[0].product_id", "names no product"),
        ({"lots": [{}]}, "lots[0].id", "is missing"),
        ({"lots": [{"id": "a b"}]}, "lots[0].id", "Expected an id"),
        ({"lots": [{"id": 7}]}, "lots[0].id", "Expected an id"),
        ({"lots": [{"id": "c"}]}, "case.id", "is the id of another record"),
    ],
)
def test_a_mistake_is_named_by_its_path(parts: dict[str, Any], path: str, sentence: str) -> None:
    text = json.dumps({"format": FORMAT, **parts, "case": {"id": "c"}})

    [(where, words)] = problems(text)

    assert where == path
    assert sentence in words
    assert path in words


def test_a_file_without_a_case_is_refused() -> None:
    assert problems(json.dumps({"format": FORMAT})) == [
        ("case", "case is missing: a file holds one case.")
    ]
    assert problems(json.dumps({"format": FORMAT, "case": 5}))[0][0] == "case"


@pytest.mark.parametrize(
    "named", [None, 1, "aeapp-case", "aeapp-case/0", "other/1", "AEAPP-CASE/1"]
)
def test_a_file_of_another_format_is_refused(named: object) -> None:
    [(path, sentence)] = problems(json.dumps({"format": named, "colour": 1}))

    assert path == "format"
    assert "this is no case file" in sentence


def test_a_newer_format_is_refused_with_what_to_do() -> None:
    with pytest.raises(NewerFormat) as refusal:
        loads('{"format": "aeapp-case/2", "colour": 1}')

    assert "newer format" in refusal.value.message
    assert refusal.value.remedy.startswith("Update the program")
    assert refusal.value.code == "import.newer-format"


@pytest.mark.parametrize(
    ("text", "path", "sentence"),
    [
        ("", "line 1, column 1", "This is no JSON"),
        ('{\n "a": }', "line 2, column 7", "This is no JSON"),
        ("[]", "The file", "does not hold a JSON object"),
        ('"x"', "The file", "does not hold a JSON object"),
        ('{"a": ' + "[" * 100_000, "The file", "nested too deeply"),
        (b'{"a": "\xff"}', "byte 8", "not UTF-8"),
        ("{}".encode("utf-16"), "byte 1", "not UTF-8"),
        (" " * 25_000_001, "The file", "larger than 25 MB"),
        ("[" + "1," * 1_000_001, "The file", "more than a million values"),
    ],
)
def test_a_file_that_is_no_json_of_ours_is_refused(
    text: str | bytes, path: str, sentence: str
) -> None:
    [(where, words)] = problems(text)

    assert where == path
    assert sentence in words


def test_a_byte_order_mark_is_read_over() -> None:
    assert loads("\ufeff" + file()) == loads(file().encode("utf-8-sig")) == loads(file())


def test_all_problems_are_told_together_and_those_beyond_fifty_are_counted() -> None:
    with pytest.raises(ImportRejected) as refusal:
        loads(file(**{f"k{n}": 1 for n in range(60)}))

    error = refusal.value
    assert len(error.problems) == 50
    assert error.more == 10
    assert error.message == "k0 is not in the format. (The first of 60 problems.)"
    assert error.lines()[-1] == "There are 10 more problems."
    assert len(error.lines()) == 51
    assert "nothing was taken" in error.remedy


def test_one_problem_is_the_message() -> None:
    with pytest.raises(ImportRejected) as refusal:
        loads(file(colour=1))

    assert refusal.value.message == "colour is not in the format."
    assert refusal.value.lines() == ("colour is not in the format.",)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_data(text: str) -> None:
    back = loads(file(patient={"id": "p", "history": text}))

    assert back.patient is not None
    assert back.patient.history == text.replace("e\u0301", "é")


def test_line_ends_become_line_feeds() -> None:
    back = loads(file(case={"id": "c", "narrative": "a\r\nb\rc"}))

    assert back.case.narrative == "a\nb\nc"


def test_null_says_that_nobody_has_answered() -> None:
    back = loads(file(patient={"id": "p", "history": None, "sex": None}))

    assert back.patient == Patient(id="p")


def test_no_problem_repeats_a_value() -> None:
    secret = "Quokka"
    parts = {
        "patient": {"id": "p", "sex": secret, "birth_date": secret, "age": secret},
        "clinic": {"id": secret + " " + secret},
        "lots": [{"id": "l", "product_id": secret}],
    }

    found = problems(file(**parts))

    assert len(found) == 5
    assert all(secret not in text for _path, text in found)


def _mutated(text: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 12))
    junk = data.draw(st.text(max_size=4) | st.sampled_from(['"', "{", "}", "[", "]", ",", ":"]))
    return text[:at] + junk + text[at + length :]


@given(st.data(), st.sampled_from(sorted(CASES.glob("*.json"))))
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(
    data: st.DataObject, path: Path
) -> None:
    text = _mutated(path.read_text(encoding="utf-8"), data)

    with contextlib.suppress(ImportRejected):
        case_from(loads(text))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["c", "case", "patient", "UNK", "2026-02-31", "2026-11-16T10:44Z", "5.0"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["unknown", "id", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _replaced(node: Any, data: st.DataObject) -> Any:
    """Return ``node`` with something in it replaced by any JSON value."""
    if not isinstance(node, dict | list) or not node or data.draw(st.integers(0, 3)) == 0:
        return data.draw(JSON)
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    at = data.draw(st.sampled_from(keys))
    copy = node.copy()
    copy[at] = _replaced(node[at], data)
    return copy


@given(st.data(), st.sampled_from(sorted(CASES.glob("*.json"))))
def test_a_file_with_anything_in_a_wrong_place_is_taken_or_refused(
    data: st.DataObject, path: Path
) -> None:
    tree = _replaced(json.loads(path.read_text(encoding="utf-8")), data)

    with contextlib.suppress(ImportRejected):
        bundle = loads(json.dumps(tree))
        assert loads(dumps(bundle)) == bundle
        case_from(bundle)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_anything_else_is_refused(junk: bytes | str) -> None:
    with pytest.raises(ImportRejected):
        loads(junk)


def test_every_kind_of_record_of_a_case_is_in_the_format() -> None:
    from aeapp.domain.records import BY_KIND  # noqa: PLC0415 - only here

    of_the_clinic = {"staff", "stock_movement", "protocol", "watch_rule", "reminder", "disclosure"}
    of_the_clinic |= {"terminology", "term_block", "lot_rule", "official_form", "saved_search"}
    of_the_clinic |= {"schema_set"}
    of_the_clinic |= {"column_mapping", "saved_filter", "scale", "scale_wording", "scale_schedule"}
    # A signature was given here and a version went out from here; neither is true elsewhere.
    of_the_clinic |= {"approval", "report_version", "message", "acknowledgement"}
    # Of the chart, and restricted: a file of one case would carry them to whoever reads it.
    of_the_clinic |= {"pregnancy", "unblinding"}
    assert set(BY_KIND) - of_the_clinic == archive.KINDS


def test_a_bundle_lists_its_records_and_shows_no_values() -> None:
    bundle = Bundle(
        case=CaseFile(id="c", title="Secret"),
        products=(Product(id="a"), Product(id="b")),
        sessions=(Session(id="s"),),
    )

    assert [record.id for record in bundle.records()] == ["a", "b", "s", "c"]
    assert all(isinstance(record, Record) for record in bundle.records())
    assert not re.search("Secret", repr(bundle))
    assert replace(bundle, case=CaseFile(id="c")) != bundle


def test_the_manual_lists_the_records_in_the_order_of_the_format() -> None:
    manual = (REPOSITORY / "docs" / "case-format.md").read_text(encoding="utf-8")
    heads = [line.split("|")[1] for line in manual.splitlines() if line.startswith("| `")]
    told = [name for head in heads for name in re.findall(r"`(\w+)`", head)]
    names = [a.name for a in attributes_of(Bundle)]

    assert told == ["format", *names]
