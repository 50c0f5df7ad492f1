"""Find marks on a chart that was laid out."""

from __future__ import annotations

from aeapp.domain.records import Observation
from aeapp.domain.vitals.chart import Chart, lay_out
from aeapp.domain.vitals.chart_data import ChartData
from aeapp.domain.vitals.chart_marks import Bar, Line, Polyline, Space, Symbol, Text
from tests.helpers import charting
from tests.helpers.charting import at


def wide(words: str, _role: str) -> float:
    """Measure as a usual typeface does, a little too wide rather than too narrow."""
    return 6.4 * len(words)


def space(width: float = 960, height: float = 0, *, paper: bool = False) -> Space:
    return Space(width, wide, height, paper)


def drawn(data: ChartData, **how: object) -> Chart:
    return lay_out(data, space(**how))  # type: ignore[arg-type]


def texts(chart: Chart, role: str = "", series: str = "") -> list[Text]:
    found = [m for m in chart.marks if isinstance(m, Text)]
    found = [t for t in found if role in ("", t.role)]
    return [t for t in found if series in ("", t.series)]


def bars(chart: Chart, role: str) -> list[Bar]:
    return [m for m in chart.marks if isinstance(m, Bar) and m.role == role]


def lines(chart: Chart, role: str) -> list[Line]:
    return [m for m in chart.marks if isinstance(m, Line) and m.role == role]


def symbols(chart: Chart, role: str) -> list[Symbol]:
    return [m for m in chart.marks if isinstance(m, Symbol) and m.role == role]


def polylines(chart: Chart, role: str) -> list[Polyline]:
    return [m for m in chart.marks if isinstance(m, Polyline) and m.role == role]


def session(*readings: Observation, **more: object) -> ChartData:
    given_ = {"zero": at(0), "now": at(60), "limits": charting.LIMITS, **more}
    return ChartData(readings=readings, **given_)  # type: ignore[arg-type]
