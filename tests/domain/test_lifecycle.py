"""The life of a report as data: every state is reached, left and locked as the table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import ReportState as S
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.lifecycle import (
    LIFE,
    OPEN,
    SENT,
    TRANSITIONS,
    Act,
    allowed,
    corrections,
    is_locked,
    is_mine,
    state_of,
    state_words,
    transition,
    who_may,
    whose_words,
    why_locked,
)
from aeapp.domain.nullifying import weighed
from aeapp.domain.records import Report
from aeapp.domain.rules import fingerprint, rule_set


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (None, [Act.REVIEW, Act.APPROVE, Act.SUBMIT, Act.LOCK, Act.VOID]),
        (S.DRAFT, [Act.REVIEW, Act.APPROVE, Act.SUBMIT, Act.LOCK, Act.VOID]),
        (S.IN_REVIEW, [Act.APPROVE, Act.SUBMIT, Act.RETURN, Act.LOCK, Act.VOID]),
        (S.READY, [Act.SUBMIT, Act.UNLOCK, Act.VOID]),
        (S.RECORDED_SENT, [Act.ACKNOWLEDGE, Act.CORRECT, Act.CLOSE]),
        (S.ACKNOWLEDGED, [Act.CORRECT, Act.CLOSE]),
        (S.CLOSED, [Act.CORRECT]),
        (S.VOID, [Act.RESTORE]),
    ],
)
def test_what_can_be_done_follows_from_the_state(state: S | None, acts: list[Act]) -> None:
    assert [t.act for t in allowed(Report(state=state))] == acts


def test_a_lock_of_a_person_leaves_unlocking_sending_and_void_out() -> None:
    locked = Report(state=S.DRAFT, locked=True)
    assert [t.act for t in allowed(locked)] == [Act.SUBMIT, Act.UNLOCK, Act.VOID]


def test_what_was_sent_once_is_never_made_void() -> None:
    draft = Report(state=S.DRAFT)
    assert Act.VOID not in [t.act for t in allowed(draft, sent_before=True)]


def test_a_further_version_that_was_begun_can_be_taken_back_by_a_key_of_its_own() -> None:
    for state in (S.DRAFT, S.IN_REVIEW):
        ways = allowed(Report(state=state), sent_before=True, begun=True)
        assert Act.TAKE_BACK in [t.act for t in ways]
        assert len({t.key for t in ways}) == len(ways)
    assert Act.TAKE_BACK not in [t.act for t in allowed(Report(state=S.READY), begun=True)]


def test_a_step_says_whose_it_is() -> None:
    assert is_mine(transition(Act.REVIEW), "nurse")
    assert not is_mine(transition(Act.SUBMIT), "nurse")
    assert not any(is_mine(t, role) for t in TRANSITIONS for role in ("admin", "auditor", ""))
    assert who_may(transition(Act.REVIEW)) == "a nurse, a prescriber or the compliance lead"
    told = whose_words([transition(Act.APPROVE), transition(Act.SUBMIT), transition(Act.REVIEW)])
    assert told == (
        "Approve, Record sending: a prescriber or the compliance lead; "
        "Hand to review: a nurse, a prescriber or the compliance lead"
    )
    assert whose_words([]) == ""


def test_each_state_is_reached_and_none_is_a_trap() -> None:
    assert {t.to for t in TRANSITIONS} - {None} == set(S)
    for state in S:
        assert allowed(Report(state=state)), state


def test_keys_of_one_state_differ() -> None:
    for state in S:
        keys = [t.key for t in allowed(Report(state=state))]
        assert len(set(keys)) == len(keys), state


def test_only_a_person_with_a_password_makes_a_report_ready() -> None:
    assert {t.act for t in TRANSITIONS if t.to is S.READY} == {Act.APPROVE}
    assert transition(Act.APPROVE).signed


@pytest.mark.parametrize("state", list(S))
def test_a_locked_report_says_why_and_an_open_one_says_nothing(state: S) -> None:
    report = Report(state=state)
    assert is_locked(report) is (state not in (S.DRAFT, S.IN_REVIEW))
    assert bool(why_locked(report)) is is_locked(report)


def test_a_lock_of_a_person_quotes_the_reason() -> None:
    assert "counsel" in why_locked(Report(locked=True, lock_reason="counsel reads it"))
    assert "no reason given" in why_locked(Report(locked=True))


def test_states_are_open_sent_or_void() -> None:
    assert set(S) == OPEN | SENT | {S.VOID}
    assert state_of(Report()) is S.DRAFT
    assert all(hasattr(Report(), name) for name in LIFE)


def test_a_nullified_report_is_amended_and_nothing_else() -> None:
    assert VersionNature.INITIAL not in corrections(nullified=False)
    assert corrections(nullified=True) == (VersionNature.AMENDMENT,)


def test_a_set_of_rules_is_named_by_what_it_holds() -> None:
    assert rule_set("fda3500").startswith("fda3500, ")
    assert rule_set("nowhere").startswith("nowhere, 0 rules, ")
    assert rule_set("fda3500").endswith(fingerprint())


def test_the_fingerprint_of_the_rules_is_of_their_text(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    read = Path.read_text

    def altered(path: Path, encoding: str = "utf-8") -> str:
        text = read(path, encoding=encoding)
        return text.replace("BLOCKS", "WARNS") if path.name == "narrative.py" else text

    def other_line_ends(path: Path, encoding: str = "utf-8") -> str:
        return read(path, encoding=encoding).replace("\n", "\r\n")

    monkeypatch.setattr(Path, "read_text", other_line_ends)
    assert fingerprint.__wrapped__() == before
    monkeypatch.setattr(Path, "read_text", altered)
    assert fingerprint.__wrapped__() != before


def test_a_signature_over_records_that_changed_is_approved_again() -> None:
    ready = Report(state=S.READY)
    assert state_words(ready) == "Ready"
    assert state_words(ready, outdated=True) == "Changed since it was approved"
    assert state_words(Report(state=S.CLOSED), outdated=True) == "Closed"
    assert Act.APPROVE not in [t.act for t in allowed(ready)]
    assert [t.act for t in allowed(ready, outdated=True)][:2] == [Act.APPROVE, Act.SUBMIT]


def test_nothing_but_an_identifier_blocks_a_nullification() -> None:
    found = [
        Finding(path="case.narrative", code=code, severity=severity, text="Mend it.")
        for code, severity in (
            ("NR1", Severity.BLOCKS),
            ("NR3", Severity.BLOCKS),
            ("V2", Severity.WARNS),
        )
    ]
    assert list(weighed(Case(), found)) == found
    taken_back = Case(report=Report(nature=VersionNature.NULLIFICATION))
    assert [f.severity for f in weighed(taken_back, found)] == [
        Severity.INFORMS,
        Severity.BLOCKS,
        Severity.WARNS,
    ]
