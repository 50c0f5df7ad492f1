from __future__ import annotations

import unicodedata

import pytest

from aeapp.vault import (
    FLOOR,
    UserNameError,
    Weakness,
    WeakPasswordError,
    fold_user_name,
    weakness_of,
)
from tests.vault.support import CLINIC, NAME, PASSWORD

UNGUESSABLE = "".join(chr(ord("!") + i * 37 % 90) for i in range(200))


def judge(password: str) -> Weakness | None:
    return weakness_of(password, user_name=NAME, clinic_name=CLINIC)


@pytest.mark.parametrize(
    ("length", "answer"),
    [(0, Weakness.TOO_SHORT), (14, Weakness.TOO_SHORT), (15, None), (128, None),
     (129, Weakness.TOO_LONG)],
)  # fmt: skip
def test_lengths_are_inclusive(length: int, answer: Weakness | None) -> None:
    assert judge(UNGUESSABLE[:length]) is answer


def test_length_counts_characters_as_composed() -> None:
    eight = unicodedata.normalize("NFD", "éàüñçøåö")
    assert len(eight) == 15
    assert judge(eight) is Weakness.TOO_SHORT


@pytest.mark.parametrize(
    ("password", "answer"),
    [
        ("quiet dana.reyes orchard", Weakness.HAS_USER_NAME),
        ("quiet DANA.REYES orchard", Weakness.HAS_USER_NAME),
        ("quiet d a n a.reyes orchard", Weakness.HAS_USER_NAME),
        ("7 Larkspur Ketamine Clinic 7", Weakness.HAS_CLINIC_NAME),
        ("7larkspurketamineclinic7xx", Weakness.HAS_CLINIC_NAME),
        ("password password", Weakness.GUESSABLE),
        ("qwertyuiop[]asdf", Weakness.GUESSABLE),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Weakness.GUESSABLE),
        ("123456789012345", Weakness.GUESSABLE),
        (" " * 20, Weakness.GUESSABLE),
        ("larkspurketamine", Weakness.GUESSABLE),
        ("1q2w3e4r5t6y7u8i", Weakness.GUESSABLE),
        ("nothing\0 shows here at all", Weakness.UNREADABLE),
        ("broken \udc80 keyboard layer", Weakness.UNREADABLE),
        ("quiet dana reyes orchard", None),
        (PASSWORD, None),
        ("correct\thorse\nbattery", None),
    ],
)
def test_what_is_refused_and_what_is_not(password: str, answer: Weakness | None) -> None:
    assert judge(password) is answer


@pytest.mark.parametrize("weakness", list(Weakness))
def test_every_weakness_is_explained(weakness: Weakness) -> None:
    error = WeakPasswordError(weakness)
    assert error.weakness is weakness
    assert error.message.startswith("The password ")
    assert "15 to 128" in error.remedy


def test_a_clinic_name_of_signs_alone_does_not_refuse_everything() -> None:
    assert weakness_of(PASSWORD, user_name=NAME, clinic_name="&&&") is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [("abc", "abc"), ("A.B-c_9", "a.b-c_9"), (" Dana ", "dana"), ("x" * 32, "x" * 32),
     ("ſam", "sam"), ("Kim", "kim")],
)  # fmt: skip
def test_login_names_have_one_spelling(typed: str, name: str) -> None:
    assert fold_user_name(typed) == name
    assert fold_user_name(name) == name


@pytest.mark.parametrize(
    "typed",
    ["", "ab", "x" * 33, "dana reyes", "dána", "дана", "dana\n.", "a/b", "ab\u200dc", "İan"],
)
def test_other_login_names_are_refused(typed: str) -> None:
    with pytest.raises(UserNameError):
        fold_user_name(typed)


def test_the_floor_is_the_second_recommendation_of_rfc_9106() -> None:
    assert (FLOOR.memory_kib, FLOOR.passes, FLOOR.lanes) == (65536, 3, 4)
