"""The course of a patient on a scale, shown for the first time: laid out and painted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from aeapp.domain.codelists.scales import TotalBasis
from aeapp.domain.records import Score, Session
from aeapp.domain.scales.catalogue import DEFAULTS, scale_named
from aeapp.domain.scales.trend import TrendData, trend_of
from aeapp.domain.values import PartialDate
from forms.scales.trend_chart import TrendChart
from tests.bench.child import Act
from tests.bench.ours.window import application, settle
from tests.bench.timing import taken_ms

SIZE = (966, 440)
BEGIN = dt.date(2020, 1, 1)
DAYS_APART, HIGHEST = 3, 27


def course(count: int) -> TrendData:
    """Return ``count`` totals of PHQ-9, a session between each two of them."""
    scale = scale_named(DEFAULTS, "phq-9")
    assert scale is not None

    def day(n: int) -> PartialDate:
        at = BEGIN + dt.timedelta(days=n)
        return PartialDate(at.year, at.month, at.day)

    scores = [
        Score(id=f"s{n:04d}", scale="phq-9", edition="1", at=day(DAYS_APART * n),
              total=Decimal(HIGHEST - n * 7 % (HIGHEST + 1)), basis=TotalBasis.ITEMS)
        for n in range(count)
    ]  # fmt: skip
    sessions = [Session(started=day(DAYS_APART * n + 1)) for n in range(count)]
    return trend_of(scale, scores, sessions, (), first_dose=day(1), zone=dt.UTC)


def prepare(count: str) -> Act:
    """Have the records of ``count`` scores; each act shows a chart of them that was not there."""
    qt = application()
    made: list[TrendChart] = []

    def show() -> None:
        chart = TrendChart()
        made.append(chart)
        chart.resize(*SIZE)
        chart.show_data(course(int(count)))
        chart.show()
        settle(qt)

    def run() -> float:
        took = taken_ms(show)
        chart = made.pop()
        assert chart.trend is not None
        assert len(chart.trend.marks) > int(count)
        chart.close()
        return took

    return Act(run=run, facts={"points": len(course(int(count)).points)}, end=lambda: None)
