"""Items are declared once, completely, and found by their path."""

from __future__ import annotations

import dataclasses

import pytest

from aeapp.domain.case import Case
from aeapp.domain.codelists import CodeList, label
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.items import (
    NULL_LABELS,
    Item,
    NullFlavor,
    Privacy,
    attributes_of,
    generic,
    spec_at,
    specs_of,
)
from aeapp.domain.records import ALL_RECORDS, BY_KIND, Patient, Session


@pytest.mark.parametrize("cls", ALL_RECORDS, ids=lambda cls: cls.KIND)
def test_every_item_of_a_record_has_words_and_a_source(cls: type) -> None:
    assert specs_of(cls)
    for spec in specs_of(cls).values():
        assert spec.item.label[0].isupper(), spec.path
        assert spec.item.help.endswith("."), spec.path
        assert spec.item.source, spec.path


@pytest.mark.parametrize("cls", ALL_RECORDS, ids=lambda cls: cls.KIND)
def test_every_attribute_is_an_item_a_link_or_a_section(cls: type) -> None:
    for a in attributes_of(cls):
        assert (a.item is not None) + (a.link is not None) + a.is_section == 1
        if a.link is not None:
            assert a.name == f"{a.link.kind}_id"
            assert a.link.kind in BY_KIND


@pytest.mark.parametrize("cls", ALL_RECORDS, ids=lambda cls: cls.KIND)
def test_an_item_that_takes_reasons_can_hold_one(cls: type) -> None:
    for spec in specs_of(cls).values():
        hint = str(cls.__annotations__.get(spec.path, ""))
        assert not spec.nulls or not hint or "NullFlavor" in hint, spec.path


@pytest.mark.parametrize(
    "words",
    [
        {"label": "", "help": "Help.", "source": "A form"},
        {"label": "Label", "help": "", "source": "A form"},
        {"label": "Label", "help": "Help.", "source": ""},
    ],
)
def test_an_item_without_its_words_is_no_item(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a label, a help sentence and a source"):
        Item(words["label"], help=words["help"], source=words["source"])


def test_an_item_is_found_by_its_path_with_or_without_indexes() -> None:
    assert spec_at(Case, "events[3].onset") is spec_at(Case, "events[].onset")
    assert spec_at(Patient, "medicines[0].name").name == "name"
    assert generic("a[3].b[12].c") == "a[].b[].c"
    assert generic("a.b") == "a.b"
    with pytest.raises(KeyError):
        spec_at(Case, "events[3].colour")


def test_a_spec_tells_its_type_and_its_reasons() -> None:
    sex, race = spec_at(Patient, "sex"), spec_at(Patient, "race")

    assert sex.type is Sex
    assert NullFlavor.MSK in sex.nulls
    assert (race.type, race.element.__name__) == (frozenset, "Race")
    assert spec_at(Patient, "name").item.phi is Privacy.IDENTIFYING


def test_every_reason_has_its_words() -> None:
    assert set(NULL_LABELS) == set(NullFlavor)


def test_a_record_never_shows_its_values() -> None:
    patient = Patient(id="p", code="Quokka", sex=Sex.MALE)

    assert repr(patient) == "Patient(id, version, code, sex)"
    assert "Quokka" not in repr(dataclasses.replace(Case(), patient=patient))


def test_identifying_items_of_a_patient_are_marked() -> None:
    marked = {p for p, s in specs_of(Patient).items() if s.item.phi is Privacy.IDENTIFYING}

    assert marked == {"name", "record_number", "phone", "address", "birth_date"}


def _code_lists() -> list[type[CodeList]]:
    lists: list[type[CodeList]] = CodeList.__subclasses__()
    return sorted(lists, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("codes", _code_lists(), ids=lambda cls: cls.__name__)
def test_members_of_a_list_have_words_that_tell_them_apart(codes: type[CodeList]) -> None:
    words = [label(member) for member in codes]

    assert all(words)
    assert len(set(words)) == len(words)
    assert all(member.symbol for member in codes)


def test_a_list_without_words_is_labelled_by_its_codes() -> None:
    assert label(NullFlavor.UNK) == "UNK"


def test_a_session_needs_nothing_to_be_begun() -> None:
    assert repr(Session()) == "Session(version)"
