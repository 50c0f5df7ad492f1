"""Releases loaded, terms found and picked, in a real clinic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.coding import HowFound, TerminologyName
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.grades import graded_by
from aeapp.domain.coding.index import Rank
from aeapp.domain.records import Event, Patient, Terminology
from aeapp.domain.rejection import ImportRejected
from aeapp.kernel.progress import CancelledError
from aeapp.services.app import App
from aeapp.services.coding import (
    NoReleaseError,
    NoSuchTermError,
    NothingConfirmedError,
    RetiredTermError,
)
from aeapp.services.ports import ChangedElsewhereError, NotFoundError
from aeapp.services.terminologies import LoadedAlreadyError
from tests.helpers.clinic import practice_app
from tests.helpers.life import a_life
from tests.helpers.terminologies import SMALL, ctcae_csv, distribution, large, workbook, zipped

CTCAE, MEDDRA, OWN = TerminologyName.CTCAE, TerminologyName.MEDDRA, TerminologyName.OWN


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield app
    app.close()


@pytest.fixture
def release(app: App, tmp_path: Path) -> Terminology:
    return loaded(app, distribution(tmp_path / "MedAscii"))


def loaded(app: App, path: Path, name: TerminologyName = MEDDRA) -> Terminology:
    app.terminologies.load(app.terminologies.plan(name, path))
    return next(r for r in app.terminologies.releases() if r.name is name)


def newer(tmp_path: Path, **changes: str) -> Path:
    files = {"meddra_release.asc": "92.0$English$$$$\n"}
    return distribution(tmp_path / "newer", files | {f"{n}.asc": c for n, c in changes.items()})


def event(app: App, verbatim: str, **more: object) -> Event:
    with app.context.new_uow() as uow:
        patient = uow.save(Patient(), who=app.who)
        stored = uow.save(Event(patient_id=patient.id, verbatim=verbatim, **more), who=app.who)
        uow.commit()
    return stored


def trail_of(app: App, record: Event) -> list[dict[str, object]]:
    with app.context.new_uow() as uow:
        return [entry.content for entry in uow.trail.of("event", record.id)]


def stored_codes(app: App, event_id: str) -> list[tuple[str, str, str]]:
    with app.context.new_uow() as uow:
        found = uow.records.get("event", event_id)
    assert isinstance(found, Event)
    return [(str(c.terminology), c.edition or "", c.code or "") for c in found.codings]


# --- loading


def test_a_plan_changes_nothing_and_says_what_it_would_do(app: App, tmp_path: Path) -> None:
    head = app.head()

    summary = app.terminologies.plan(MEDDRA, distribution(tmp_path / "m")).summary

    assert (summary.edition, summary.retired, summary.applied) == ("91.1", 1, False)
    assert (summary.becomes_current, summary.loaded_already) == (True, False)
    assert app.head() == head
    assert app.terminologies.releases() == ()


def test_a_release_is_stored_whole_with_one_entry_for_all_its_terms(
    app: App, tmp_path: Path
) -> None:
    plan = app.terminologies.plan(MEDDRA, large(tmp_path / "m", 2400))
    before = app.head().seq

    assert app.terminologies.load(plan).applied

    (release,) = app.terminologies.releases()
    assert (release.terms, release.current, release.loaded_by) == (3202, True, "Dana Reyes")
    assert release.sha256 == plan.sha256
    # The head of the release, and one import for its four blocks.
    assert app.head().seq == before + 2
    assert len(app.coding.index()) > 2400


def test_a_version_is_loaded_once(app: App, tmp_path: Path, release: Terminology) -> None:
    plan = app.terminologies.plan(MEDDRA, tmp_path / "MedAscii")

    assert plan.summary.loaded_already
    with pytest.raises(LoadedAlreadyError):
        app.terminologies.load(plan)


def test_the_newest_version_is_in_use_whatever_the_order_of_loading(
    app: App, tmp_path: Path
) -> None:
    loaded(app, newer(tmp_path))
    loaded(app, distribution(tmp_path / "older"))
    releases = app.terminologies.releases()
    assert [(r.edition, r.current) for r in releases] == [("92.0", True), ("91.1", False)]

    app.terminologies.use(releases[1].id)

    again = app.terminologies.releases()
    assert [(r.edition, r.current) for r in again] == [("92.0", False), ("91.1", True)]
    with pytest.raises(NotFoundError):
        app.terminologies.use("nowhere")


def test_a_newer_version_takes_the_place_of_the_older(
    app: App, tmp_path: Path, release: Terminology
) -> None:
    loaded(app, newer(tmp_path))

    assert [r.current for r in app.terminologies.releases()] == [True, False]
    assert app.coding.search("drizzle syndrome")[0].coded.edition == "92.0"


@pytest.mark.parametrize("inside", ["", "MedAscii/", "Release/MedAscii/"])
def test_an_archive_is_read_as_its_folder_is(app: App, tmp_path: Path, inside: str) -> None:
    folder = distribution(tmp_path / "MedAscii")
    archive = zipped(folder, tmp_path / "release.zip", inside)

    plans = [app.terminologies.plan(MEDDRA, p) for p in (folder, archive, tmp_path)]

    assert len({p.sha256 for p in plans}) == 1
    assert len({p.release.entries for p in plans}) == 1


def test_a_workbook_is_read_as_its_table_is(app: App, tmp_path: Path) -> None:
    table = tmp_path / "grades.csv"
    table.write_bytes(ctcae_csv())
    plans = [app.terminologies.plan(CTCAE, p) for p in (workbook(tmp_path / "g.xlsx"), table)]

    assert plans[0].release == plans[1].release
    assert plans[0].release.edition == "7.5"


def test_a_wrong_line_leaves_the_clinic_as_it_was(app: App, tmp_path: Path) -> None:
    wrong = distribution(tmp_path / "m", {"llt.asc": SMALL["llt.asc"] + "word\n"})
    head = app.head()

    with pytest.raises(ImportRejected, match=r"llt\.asc line 8"):
        app.terminologies.plan(MEDDRA, wrong)

    assert app.head() == head


# --- finding and picking


def test_without_any_release_the_own_list_is_searched(app: App) -> None:
    first = app.coding.search("disociation")[0]

    assert (first.coded.terminology, first.coded.code, first.rank) == (
        OWN,
        "dissociation",
        Rank.TYPO,
    )
    assert app.coding.grades("Hypertension") == ()


def test_a_release_that_is_loaded_is_found_at_once(app: App, tmp_path: Path) -> None:
    assert app.coding.search("hyperwoble") == ()
    known = app.coding.index()
    assert app.coding.index() is known

    loaded(app, distribution(tmp_path / "m"))

    assert app.coding.search("hyperwoble")[0].coded.term == "Hyperwobble"


def test_a_pick_is_stored_with_who_when_and_how_and_the_words_stay(
    app: App, release: Terminology
) -> None:
    told = event(app, "chair was hyper wobbly")
    offer = app.coding.search("hyperwoble")[0]

    coded = app.coding.code(told, offer.coded, offer.how)

    (code,) = coded.codings
    assert coded.verbatim == "chair was hyper wobbly"
    assert (code.terminology, code.edition, code.code) == (MEDDRA, "91.1", "94000004")
    assert (code.how, code.chosen_by, code.chosen_at) == (
        HowFound.TYPO,
        "Dana Reyes",
        app.context.minute(),
    )
    after = trail_of(app, told)[-1]["after"]
    assert isinstance(after, dict)
    assert after["codings[0].code"] == "94000004"


def test_a_code_of_the_own_list_stands_beside_and_can_be_taken_back(
    app: App, release: Terminology
) -> None:
    told = event(app, "thunder")
    for words in ("thunder fright", "panic"):
        offer = app.coding.search(words)[0]
        told = app.coding.code(told, offer.coded, offer.how)
    assert len(stored_codes(app, told.id)) == 2

    told = app.coding.uncode(told, MEDDRA, "wrong term")

    assert stored_codes(app, told.id) == [("own", "1", "panic")]
    assert trail_of(app, told)[-1]["reason"] == "wrong term"


def test_a_term_that_no_release_has_is_not_stored(app: App, release: Terminology) -> None:
    told = event(app, "thunder")
    invented = replace(app.coding.search("thunder fright")[0].coded, code="1")

    with pytest.raises(NoSuchTermError):
        app.coding.code(told, invented, HowFound.PICKED)
    assert stored_codes(app, told.id) == []


# --- many at once


def test_a_clinic_codes_later_without_touching_a_word(app: App, release: Terminology) -> None:
    words = ["Thunder fright", "drizzle syndrom", "felt like rain", "hyperwobble"]
    told = {word: event(app, word) for word in words}
    event(app, "thunder fright", struck_reason="wrong patient")
    before = app.head()

    plan = app.coding.proposals(release.id)

    assert app.head() == before
    assert {p.verbatim for p in plan.exact} == {"Thunder fright", "hyperwobble"}
    assert [(p.verbatim, p.offers[0].coded.term) for p in plan.guesses] == [
        ("drizzle syndrom", "Drizzle syndrome")
    ]
    assert [p.verbatim for p in plan.nothing] == ["felt like rain"]

    done = app.coding.confirm(release, [(p, p.offers[0]) for p in plan.exact]).events

    assert {e.verbatim for e in done} == {"Thunder fright", "hyperwobble"}
    last = trail_of(app, told["hyperwobble"])[-1]
    assert last["reason"] == "recoded in bulk: meddra 91.1"
    assert last["name"] == "Dana Reyes"
    again = app.coding.proposals(release.id)
    assert (again.coded, len(again.exact), len(again.guesses)) == (2, 0, 1)


def test_a_newer_release_takes_over_the_codes_that_are_the_same(
    app: App, tmp_path: Path, release: Terminology
) -> None:
    told = event(app, "rain in the chair")
    app.coding.code(told, app.coding.search("persistent drizzle")[0].coded, HowFound.PICKED)
    latest = loaded(app, newer(tmp_path))

    plan = app.coding.proposals(latest.id)
    (coded,) = app.coding.confirm(latest, [(p, p.offers[0]) for p in plan.exact]).events

    assert [(c.edition, c.code) for c in coded.codings] == [("92.0", "94000001")]
    changed = trail_of(app, told)[-1]["before"]
    assert changed == {
        "codings[0].edition": "91.1",
        "codings[0].meddra_edition": "91.1",
        "codings[0].how": "picked",
    }


def test_an_event_that_was_changed_since_stops_the_whole_list(
    app: App, release: Terminology
) -> None:
    one, two = event(app, "Thunder fright"), event(app, "hyperwobble")
    plan = app.coding.proposals(release.id)
    app.events.add(two, treatment="a steadier chair")

    with pytest.raises(ChangedElsewhereError):
        app.coding.confirm(release, [(p, p.offers[0]) for p in plan.exact])

    assert stored_codes(app, one.id) == stored_codes(app, two.id) == []


def test_nothing_is_coded_that_nobody_confirmed(app: App, release: Terminology) -> None:
    with pytest.raises(NothingConfirmedError):
        app.coding.confirm(release, [])
    event(app, "hyperwobble")
    (sure,) = app.coding.proposals(release.id).exact
    with pytest.raises(NotFoundError):
        app.coding.confirm(release, [(replace(sure, event_id="gone"), sure.offers[0])])
    with pytest.raises(NotFoundError):
        app.coding.proposals("gone")


def test_a_term_that_its_release_no_longer_wants_is_refused_with_the_one_in_its_place(
    app: App, release: Terminology
) -> None:
    told = event(app, "old drizzle words")
    in_place, old = app.coding.search("old drizzle words")
    assert (in_place.coded.current, old.coded.current) == (True, False)

    with pytest.raises(RetiredTermError) as refused:
        app.coding.code(told, old.coded, old.how)

    assert refused.value.instead == in_place.coded
    assert "MedDRA 91.1 no longer wants the term Old drizzle words" in refused.value.message
    assert "Drizzle syndrome (93000001)" in refused.value.remedy
    assert stored_codes(app, told.id) == []


def test_a_term_without_a_successor_is_refused_too(app: App, tmp_path: Path) -> None:
    files = {
        n: SMALL[n].replace(
            "Drizzle syndrome$93000001$$$$$$$Y", "Drizzle syndrome$93000001$$$$$$$N"
        )
        for n in ("llt.asc",)
    }
    loaded(app, distribution(tmp_path / "m", files))
    told = event(app, "old drizzle words")
    old = next(o for o in app.coding.search("old drizzle words") if not o.coded.current)

    with pytest.raises(RetiredTermError) as refused:
        app.coding.code(told, old.coded, old.how)

    assert (refused.value.instead, "keeps its words" in refused.value.remedy) == (None, True)


# --- grades


def test_every_loaded_edition_says_its_grades_and_the_code_of_a_person_goes_first(
    app: App, tmp_path: Path
) -> None:
    loaded(app, workbook(tmp_path / "g.xlsx"), CTCAE)
    later = tmp_path / "later.csv"
    later.write_bytes(ctcae_csv().replace(b"v7.5", b"v8.0").replace(b"Far up", b"Far up, an hour"))
    loaded(app, later, CTCAE)

    told = event(app, "pressure felt high")
    assert app.coding.grades(graded_by(told)) == ()
    offer = app.coding.search("hypertension")[0]
    told = app.coding.code(told, offer.coded, offer.how)

    new, old = app.coding.grades(graded_by(told))
    assert (new.edition, new.sentences[Severity.SEVERE]) == ("8.0", "Far up, an hour")
    assert (old.edition, old.sentences[Severity.SEVERE]) == ("7.5", "Far up")
    assert told.severity is None
    assert offer.coded.edition == "8.0"
    assert not any(o.coded.edition == "7.5" for o in app.coding.search("hypertension"))


# --- many at once: stopped, taken back, and what was sent


class _StopsAt:
    """Stops the work at a step, as Cancel does."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, note: str) -> None:
        self.steps.append((done, total))
        if done >= self.at:
            raise CancelledError


def test_a_release_is_found_by_name_and_edition_or_as_the_one_in_use(
    app: App, tmp_path: Path, release: Terminology
) -> None:
    latest = loaded(app, newer(tmp_path))

    assert app.coding.release(MEDDRA).id == latest.id
    assert app.coding.release(MEDDRA, "91.1").id == release.id
    for name, edition in ((CTCAE, ""), (MEDDRA, "90.0")):
        with pytest.raises(NoReleaseError) as refused:
            app.coding.release(name, edition)
        assert "'" not in refused.value.remedy
        assert "'terms list'" in refused.value.option


def test_any_loaded_release_is_searched_and_offers_no_term_it_no_longer_wants(
    app: App, tmp_path: Path, release: Terminology
) -> None:
    latest = loaded(app, newer(tmp_path))

    for one in (release, latest):
        found = app.coding.search_in(one.id, "drizzle")
        assert {offer.coded.edition for offer in found} == {one.edition}
        assert all(offer.coded.current for offer in found)
    assert app.coding.search_in(latest.id, "old drizzle words")[0].coded.term == "Drizzle syndrome"


def test_cancel_in_the_middle_stores_nothing(app: App, release: Terminology) -> None:
    told = [event(app, "hyperwobble") for _n in range(3)]
    with pytest.raises(CancelledError):
        app.coding.proposals(release.id, _StopsAt(0))
    chosen = [(p, p.offers[0]) for p in app.coding.proposals(release.id).exact]
    head, watched = app.head(), _StopsAt(2)

    with pytest.raises(CancelledError):
        app.coding.confirm(release, chosen, watched)

    assert watched.steps == [(0, 3), (1, 3), (2, 3)]
    assert app.head() == head
    assert [stored_codes(app, one.id) for one in told] == [[], [], []]


def test_a_report_that_was_sent_stays_as_it_was_and_shows_the_code_as_changed_since(
    tmp_path: Path,
) -> None:
    life = a_life(tmp_path)
    try:
        app, report = life.app, life.report.id
        life.approve()
        life.send()
        kept, lines = app.versions.document(report, 1), app.versions.lines(report)
        release = loaded(app, distribution(tmp_path / "m", _with_term("Syncope")))

        (sure,) = app.coding.proposals(release.id).exact
        app.coding.confirm(release, [(sure, sure.offers[0])])

        assert app.versions.lines(report) == lines
        assert app.versions.document(report, 1) == app.versions.drawn_again(report, 1) == kept
        since = app.versions.changed_since(report)
        assert since is not None
        assert {"Code", "Coded term", "Version"} <= {c.label for c in since.changes}
    finally:
        life.app.close()


def _with_term(words: str) -> dict[str, str]:
    return {
        "llt.asc": SMALL["llt.asc"] + f"94000009${words}$93000001$$$$$$$Y$$\n",
    }
