"""The table of deeds has a row for each, and says whose it is."""

from __future__ import annotations

import pytest

from aeapp.domain.access import (
    TABLE,
    Deed,
    alone_words,
    for_whom,
    may,
    roles_of,
    who_words,
    words_of,
)
from aeapp.domain.codelists.clinic import Role

N, P, C, A, U = Role.NURSE, Role.PRESCRIBER, Role.COMPLIANCE, Role.ADMIN, Role.AUDITOR
WHOSE = {
    Deed.DECIDE: {P, C},
    Deed.STRIKE_EVENT: {N, P, C},
    Deed.CODE: {N, P, C},
    Deed.RECODE: {P, C},
    Deed.HOLD_LOT: {N, P, C},
    Deed.RELEASE_LOT: {P, C},
    Deed.UNBLIND: {P, C},
    Deed.LIFT_STOP: {P, C},
    Deed.GIVE_TRAIL: {C, A, U},
}


def test_every_deed_has_one_row() -> None:
    assert sorted(row.deed for row in TABLE) == sorted(Deed)
    assert set(WHOSE) == set(Deed)


@pytest.mark.parametrize("deed", Deed)
def test_each_cell_of_the_table(deed: Deed) -> None:
    assert {role for role in Role if may(role.value, deed)} == WHOSE[deed]
    assert not may("program", deed)
    assert words_of(deed) in for_whom(deed)


def test_roles_are_told_in_words() -> None:
    assert who_words(roles_of(Deed.DECIDE)) == "a prescriber or the compliance lead"
    assert who_words([Role.ADMIN]) == "the administrator"
    assert for_whom(Deed.HOLD_LOT) == "Hold a lot: a nurse, a prescriber or the compliance lead."


def test_who_makes_a_clinic_hears_what_nobody_could_do_in_it() -> None:
    assert alone_words(Role.PRESCRIBER) == alone_words(Role.COMPLIANCE) == ""
    assert alone_words(Role.NURSE).startswith("A prescriber or the compliance lead decides")
