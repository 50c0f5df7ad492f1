"""Protocols: the defaults, and which one a session is run by."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.chair.gate import list_before
from aeapp.domain.chair.protocols import (
    DEFAULTS,
    HOME,
    NASAL,
    default_of,
    minimum_of,
    protocol_for,
    questions_in,
)
from aeapp.domain.codelists.clinic import SessionRoute, Setting
from aeapp.domain.codelists.session import CheckKind, Evidence
from aeapp.domain.findings import item_findings
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Protocol, Session

CLINIC, AT_HOME = Setting.CLINIC, Setting.HOME


@pytest.mark.parametrize("route", list(SessionRoute))
def test_every_route_has_a_default_in_the_clinic_and_one_at_home(route: SessionRoute) -> None:
    in_clinic, at_home = protocol_for((), route), protocol_for((), route, AT_HOME)

    assert in_clinic is not None
    assert (in_clinic.route, in_clinic.setting) == (route, CLINIC)
    assert at_home is HOME


@pytest.mark.parametrize("protocol", DEFAULTS, ids=lambda p: p.name)
def test_a_default_names_the_source_of_every_question_and_breaks_no_rule(
    protocol: Protocol,
) -> None:
    assert list(item_findings(protocol)) == []
    assert protocol.source
    assert all(q.basis and q.words and q.applies and q.evidence for q in protocol.questions)


@pytest.mark.parametrize("protocol", DEFAULTS, ids=lambda p: p.name)
def test_no_question_stands_twice_in_a_list(protocol: Protocol) -> None:
    asked = [(q.list, q.code) for q in protocol.questions]

    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("protocol", DEFAULTS, ids=lambda p: p.name)
def test_rows_fall_due_from_the_baseline_to_the_end_of_the_minimum(protocol: Protocol) -> None:
    minutes = [row.minute for row in protocol.due]

    assert minutes == sorted(set(minutes), key=lambda m: m or 0)
    assert minutes[0] == 0
    assert protocol.minimum_minutes in (None, minutes[-1])


def test_the_nasal_default_says_what_the_label_and_the_rems_ask_for() -> None:
    assert [row.minute for row in NASAL.due] == [0, 40, 120]
    assert (NASAL.minimum_minutes, NASAL.rest_minutes, NASAL.aldrete_least) == (120, 5, None)
    assert (NASAL.ceiling_systolic, NASAL.ceiling_diastolic) == (Decimal(140), Decimal(90))
    codes = [q.code for q in questions_in(NASAL, CheckKind.GATE)]
    assert codes[:5] == ["rems", "prescriber", "fasting", "liquids", "nasal-spray"]


def test_the_infusion_is_read_as_published_and_asks_for_a_score_of_nine() -> None:
    infusion = protocol_for((), SessionRoute.IV_INFUSION)

    assert infusion is not None
    assert [row.minute for row in infusion.due] == [0, 15, 30, 45, 60, 90]
    assert infusion.aldrete_least == 9
    pressure = next(q for q in infusion.questions if q.evidence is Evidence.PRESSURE)
    assert "160/100" in (pressure.basis or "")


def test_the_first_list_is_the_gate_in_the_clinic_and_the_home_list_at_home() -> None:
    assert list_before(NASAL) is CheckKind.GATE
    assert list_before(HOME) is CheckKind.HOME


@pytest.mark.parametrize("route", [None, NullFlavor.UNK])
def test_without_a_route_there_is_no_protocol_in_the_clinic(route: NullFlavor | None) -> None:
    assert protocol_for((), route) is None


@pytest.mark.parametrize("setting", [None, NullFlavor.UNK, CLINIC])
def test_a_setting_nobody_told_is_the_clinic(setting: Setting | NullFlavor | None) -> None:
    assert protocol_for((), SessionRoute.NASAL, setting) is NASAL


def test_the_clinics_own_protocol_wins_and_the_newest_of_several() -> None:
    older, newer = (Protocol(name=n, route=SessionRoute.IM, setting=CLINIC) for n in ("a", "b"))

    assert protocol_for((older, newer), SessionRoute.IM) is newer
    assert protocol_for((older, newer), SessionRoute.NASAL) is NASAL


def test_a_protocol_for_the_route_goes_before_one_for_every_route() -> None:
    every = Protocol(name="every", setting=AT_HOME)
    oral = Protocol(name="oral", setting=AT_HOME, route=SessionRoute.ORAL)

    assert protocol_for((oral, every), SessionRoute.ORAL, AT_HOME) is oral
    assert protocol_for((oral, every), SessionRoute.SUBLINGUAL, AT_HOME) is every


def test_the_default_behind_a_protocol_is_found_by_route_and_setting() -> None:
    assert default_of(replace(NASAL, name="Ours", minimum_minutes=150)) is NASAL
    assert default_of(Protocol(route=SessionRoute.NASAL, setting=AT_HOME)) is None


def test_a_session_keeps_the_stay_it_was_begun_with() -> None:
    assert minimum_of(Session(minimum_minutes=90), NASAL) == 90
    assert minimum_of(Session(), NASAL) == NASAL.minimum_minutes == 120
    assert minimum_of(Session(), None) is None
