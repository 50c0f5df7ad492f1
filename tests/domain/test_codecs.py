"""Values as text: typed by people, shown to them, and kept in files without a change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain import codecs
from aeapp.domain.case import Case
from aeapp.domain.codecs import clean_text, from_json, read, show, to_json
from aeapp.domain.codelists.safety import Race, ReportType, Seriousness, Sex
from aeapp.domain.items import FieldSpec, Item, NullFlavor, spec_at, specs_of
from aeapp.domain.records import BY_KIND, Event, Patient
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from tests.factories import AWKWARD, answers, dates, day, decimals, entries

SPECS = [spec for cls in BY_KIND.values() for spec in specs_of(cls).values()]
WHOLE = FieldSpec("count", int, int, Item("Count", help="How many.", source="A test"))


def spec(path: str) -> FieldSpec:
    return spec_at(Case, path)


@given(st.data(), st.sampled_from(SPECS))
def test_any_entry_comes_back_from_json(data: st.DataObject, one: FieldSpec) -> None:
    value = data.draw(entries(one))

    assert from_json(one, to_json(value)) == value


@pytest.mark.parametrize(
    ("raw", "kept"),
    [(" ", None), (" \n ", None), (" a  b ", "a  b"), (" a\n b ", " a\n b ")],
)
def test_blanks_of_a_file_are_nothing_and_lines_keep_their_shape(raw: str, kept: object) -> None:
    assert from_json(spec("case.narrative"), raw) == kept


@given(decimals)
def test_digits_come_back_as_they_were_given(number: Decimal) -> None:
    weight = spec("observations[].value")

    assert str(from_json(weight, to_json(number))) == to_json(number)
    assert show(read(weight, show(number))) == show(number)


@given(dates())
def test_what_is_shown_of_a_date_is_read_back_without_its_offset(date: PartialDate) -> None:
    back = read(spec("events[].onset"), show(date))

    assert show(back) == show(date)
    assert back.precision is date.precision


@given(st.sampled_from(SPECS), st.text(max_size=30))
def test_any_typed_text_is_read_or_refused_with_a_sentence(one: FieldSpec, text: str) -> None:
    try:
        value = read(one, text)
    except BadInputError as error:
        sentence, remedy = error.message, error.remedy
        assert sentence.endswith(".")
        assert remedy.endswith(".")
    else:
        assert value is None or isinstance(value, one.type)


@given(st.data(), st.sampled_from(SPECS))
def test_what_is_shown_is_read_as_the_same(data: st.DataObject, one: FieldSpec) -> None:
    value = data.draw(answers(one.type, one.element).filter(_has_one_reading))

    assert read(one, show(value)) == (value.strip() or None if one.type is str else value)


def _has_one_reading(value: Any) -> bool:
    # An offset is not shown, no answer and the answer "none of them" look alike, and lines keep
    # their leading spaces only in texts of several lines.
    if isinstance(value, PartialDate):
        return value.offset is None
    return value != frozenset() and not (isinstance(value, str) and "\n" in value)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("patient.code", "  P-1  ", "P-1"),
        ("case.narrative", "  one\n two  ", "  one\n two"),
        ("case.narrative", "  \n ", None),
        ("patient.age", "61.50", Decimal("61.50")),
        ("patient.age", " -3 ", Decimal(-3)),
        ("patient.sex", "female", Sex.FEMALE),
        ("patient.sex", "2", Sex.FEMALE),
        ("patient.medicines[].ongoing", "YES", True),
        ("patient.medicines[].ongoing", "n", False),
        ("patient.race", "asian; White;", frozenset({Race.ASIAN, Race.WHITE})),
        ("patient.race", ";", frozenset()),
        ("events[].onset", "16-Nov-2026", day("2026-11-16")),
        ("events[].onset", "16 november 2026", day("2026-11-16")),
        ("events[].onset", "Nov-2026", day("2026-11")),
        ("events[].onset", "SEPTEMBER 2026", day("2026-09")),
        ("events[].onset", "2026", day("2026")),
        ("events[].onset", "16-Nov-2026 9:05", day("2026-11-16T09:05")),
        ("events[].onset", "16-Nov-2026 09:05:07 -06:00", day("2026-11-16T09:05:07-06:00")),
        ("events[].onset", "2026-11-16 10:44", day("2026-11-16T10:44")),
        ("events[].onset", "", None),
    ],
)
def test_typed_text_is_read(path: str, text: str, value: object) -> None:
    assert read(spec(path), text) == value


@pytest.mark.parametrize(
    ("path", "text", "sentence"),
    [
        ("patient.age", "61,5", "Expected a number such as 61.5."),
        ("patient.age", "1e3", "Expected a number such as 61.5."),
        ("patient.age", "1" * 19, "Expected a number such as 61.5."),
        ("patient.age", "٦", "Expected a number such as 61.5."),
        ("patient.sex", "x", "Choose one of the listed answers."),
        ("patient.race", "Asian; x", "Choose one of the listed answers."),
        ("patient.medicines[].ongoing", "maybe", "Answer Yes or No."),
        ("events[].onset", "31-Feb-2026", "The calendar has no such day."),
        ("events[].onset", "2026-02-31", "The calendar has no such day."),
        ("events[].onset", "2026-13", "The calendar has no such day."),
        ("events[].onset", "16-Nov-2026 25:00", "The clock has no such time."),
        ("events[].onset", "2026-11-16 10:75", "The clock has no such time."),
        ("events[].onset", "16-Xyz-2026", codecs._WORDS.date),  # noqa: SLF001 - the sentence
        ("events[].onset", "Xyz 2026", codecs._WORDS.date),  # noqa: SLF001
        ("events[].onset", "2026 10:44", codecs._WORDS.date),  # noqa: SLF001
        ("events[].onset", "Junk 2026", codecs._WORDS.date),  # noqa: SLF001
        ("events[].onset", "Decade 2020", codecs._WORDS.date),  # noqa: SLF001
        ("case.narrative", "x" * 100_001, "The text is longer than 100,000 characters."),
        ("events[].onset", "yesterday", codecs._WORDS.date),  # noqa: SLF001
        ("events[].onset", "Nov-2026 10:44", codecs._WORDS.date),  # noqa: SLF001
        ("events[].onset", "2026-1-6", codecs._WORDS.date),  # noqa: SLF001
        ("patient.code", "a\x00b", "The text holds the character U+0000, which cannot be stored."),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(
    path: str, text: str, sentence: str
) -> None:
    with pytest.raises(BadInputError) as refusal:
        read(spec(path), text)

    assert refusal.value.message == sentence


@pytest.mark.parametrize(("text", "value"), [("5", 5), ("-12", -12), (" +3 ", 3)])
def test_whole_numbers_are_read(text: str, value: int) -> None:
    assert read(WHOLE, text) == value
    assert show(value) == str(value)


def test_what_is_no_whole_number_is_refused() -> None:
    with pytest.raises(BadInputError, match="whole number"):
        read(WHOLE, "5.0")
    with pytest.raises(BadInputError, match="whole number"):
        from_json(WHOLE, "5")
    assert from_json(WHOLE, 5) == 5


@pytest.mark.parametrize("number", [10**15, -(10**30)])
def test_a_number_that_no_database_stores_is_refused(number: int) -> None:
    with pytest.raises(BadInputError, match="whole number"):
        from_json(WHOLE, number)
    with pytest.raises(BadInputError, match="Expected a number"):
        from_json(spec("administrations[].dose"), number * 10**9)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (NullFlavor.UNK, ""),
        (True, "Yes"),
        (False, "No"),
        (Sex.MALE, "Male"),
        (frozenset(), ""),
        (frozenset({Race.WHITE, Race.ASIAN}), "Asian; White"),
        (Decimal("61.50"), "61.50"),
        (Decimal("1E+2"), "100"),
        (day("2026-11-16T09:05:07-06:00"), "16-Nov-2026 09:05:07"),
        (day("2026-11"), "Nov-2026"),
        ("as is", "as is"),
    ],
)
def test_values_are_shown_in_words(value: object, text: str) -> None:
    assert show(value) == text


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (None, None),
        (NullFlavor.ASKU, {"unknown": "ASKU"}),
        (frozenset({Seriousness.OTHER, Seriousness.DEATH}), ["death", "other"]),
        (frozenset(), []),
        (ReportType.ERROR, "error"),
        (Decimal("61.50"), "61.50"),
        (day("2026-11"), "2026-11"),
        (True, True),
    ],
)
def test_values_are_written_for_files(value: object, json: object) -> None:
    assert to_json(value) == json


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_kept_as_typed(text: str) -> None:
    assert read(spec("case.narrative"), text) == clean_text(text).strip()


@pytest.mark.parametrize("code", [0x00, 0x08, 0x1B, 0x7F, 0x85, 0x202E, 0xFFFE, 0xD800])
def test_characters_that_break_pages_or_mislead_never_enter(code: int) -> None:
    with pytest.raises(BadInputError, match=f"U\\+{code:04X}"):
        clean_text("a" + chr(code))


def test_text_is_composed_and_its_lines_end_in_one_way() -> None:
    assert clean_text("e\u0301\r\nb\rc\td") == "é\nb\nc\td"


def test_a_long_list_of_codes_is_cut_in_the_sentence() -> None:
    with pytest.raises(BadInputError) as refusal:
        from_json(spec("administrations[].route"), "nose")

    assert refusal.value.message == (
        "Expected one of: 001, 002, 003, 004, 005, 006, 007, 008, 009, 010, 011, 012 …."
    )


def test_empty_text_in_a_file_is_no_answer() -> None:
    assert from_json(spec("patient.code"), "") is None
    assert spec_at(Patient, "code").name == "code"
    assert spec_at(Event, "onset").nulls == spec("events[].onset").nulls
