"""A real monitor's night, minute by minute through the services, with the watch on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import pytest

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.session import ProposalState
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Observation, Product, Proposal, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.csv_numerics import parse
from aeapp.services.app import App
from tests.conftest import REPOSITORY
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.desk import a_patient

FILE = REPOSITORY.parent / "shared" / "data" / "vitals" / "icu-numerics-1min-s00001.csv"
# A person decides on what is open about once in so many minutes.
DECIDES = 45
# Ten hours of the night: each minute is a durable save.
MINUTES = 600

pytestmark = pytest.mark.gauntlet


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


def minutes(app: App) -> list[list[Observation]]:
    if not FILE.is_file():
        pytest.skip("the recording of the monitor is not beside the repository")
    found = parse(FILE.read_bytes(), zone=app.context.zone).observations
    return [list(group) for _at, group in groupby(found, key=lambda o: o.at)]


@dataclass
class Replay:
    """What a replay showed: how many proposals were open at once, and how long a minute took."""

    open_at_most: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    decided: int = 0

    def figures(self, proposals: Sequence[Proposal]) -> str:
        """Return the figures in words, for whoever reads the run with -rP."""
        each = sorted(self.seconds)
        pace = 60 / median(each)
        took = f"{1000 * median(each):.0f} ms, at worst {1000 * each[-1]:.0f} ms"
        lines = [
            f"{len(each)} minutes; a minute takes {took}: {pace:.0f} times as fast as live",
            f"{len(proposals)} proposals, {self.decided} accepted, open at most at once:",
        ]
        by_rule = Counter(p.rule or "" for p in proposals)
        lines += [f"  {rule}: {n} in all, {self.open_at_most[rule]}" for rule, n in by_rule.items()]
        return "\n".join(lines)


def begin(app: App, started: PartialDate) -> Session:
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IV_INFUSION)
    product = app.sessions.save(Product(name="Ketamine"))
    dose = Administration(dose=Decimal(38), dose_unit=DoseUnit.MG, started=started)
    app.sessions.give(session, replace(dose, product_id=product.id))
    return session


def replayed(
    app: App, clock: StillClock, session: Session, rows: Sequence[list[Observation]]
) -> Replay:
    found = Replay()
    for number, row in enumerate(rows):
        clock.pass_minutes(1)
        began = time.perf_counter()
        app.sessions.log_readings(session, row, row[0].at)  # type: ignore[arg-type]
        found.seconds.append(time.perf_counter() - began)
        waiting = [p for p in app.watching.of_session(session.id) if p.state is ProposalState.OPEN]
        for rule, count in Counter(p.rule or "" for p in waiting).items():
            found.open_at_most[rule] = max(found.open_at_most[rule], count)
        if number % DECIDES == 0 and waiting:
            app.watching.accept(waiting[0])
            found.decided += 1
    return found


def test_an_episode_has_one_open_proposal_and_nothing_is_decided_by_itself(
    app: App, clock: StillClock
) -> None:
    rows = minutes(app)[:MINUTES]
    started = rows[0][0].at
    assert isinstance(started, PartialDate)
    session = begin(app, started)

    found = replayed(app, clock, session, rows)

    proposals = app.watching.of_session(session.id)
    print(found.figures(proposals))  # noqa: T201 - shown with -rP
    assert set(found.open_at_most.values()) == {1}
    # Two proposals of one rule never tell of the same moment: an episode has one.
    for rule in found.open_at_most:
        spans = sorted((_key(p.first), _key(p.last)) for p in proposals if p.rule == rule)
        assert all(last < first for (_b, last), (first, _e) in pairwise(spans))
    assert len(app.sessions.room(session.id).events) == found.decided > 0
    # A file as if live at sixty times its pace: a minute of it has a second.
    assert median(found.seconds) < 1


def _key(at: object) -> str:
    assert isinstance(at, PartialDate)
    return at.sort_key()
