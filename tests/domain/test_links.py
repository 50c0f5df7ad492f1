"""Links are followed into the repeated parts of a record."""

from __future__ import annotations

from aeapp.domain.links import links_of, relinked
from aeapp.domain.records import Proposal, Study
from aeapp.domain.records.proposal import Witness

PROPOSAL = Proposal(
    session_id="s", readings=(Witness(observation_id="a"), Witness(observation_id="b"))
)


def test_links_inside_repeats_are_named_by_their_path() -> None:
    assert list(links_of(PROPOSAL)) == [
        ("session_id", "session", "s"),
        ("readings[0].observation_id", "observation", "a"),
        ("readings[1].observation_id", "observation", "b"),
    ]


def test_every_link_of_a_record_can_be_replaced() -> None:
    changed = relinked(PROPOSAL, lambda kind, target: f"{kind}-{target}" if target else "")

    assert changed.session_id == "session-s"
    assert changed.patient_id == ""
    assert [r.observation_id for r in changed.readings] == ["observation-a", "observation-b"]


def test_a_record_without_links_stays_as_it_is() -> None:
    study = Study(title="Ketamine for pain")

    assert relinked(study, lambda _kind, _target: "x") is study
