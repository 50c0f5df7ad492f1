"""One more row of readings in the chart of a running session, laid out and painted."""

from __future__ import annotations

from dataclasses import replace

from forms.vitals_chart import VitalsChart
from tests.bench.child import Act
from tests.bench.ours.window import application, settle
from tests.bench.timing import taken_ms
from tests.helpers import charting

SIZE = (966, 440)
ROW = 4


def prepare(what: str, count: str) -> Act:
    """Show the chart of ``count`` readings; ``what`` is ``append`` or ``whole``."""
    qt = application()
    data = charting.monitored(int(count))
    shorter = replace(data, readings=data.readings[:-ROW])
    chart = VitalsChart()
    chart.resize(*SIZE)
    chart.show_data(shorter)
    chart.show()
    settle(qt)

    def append() -> None:
        chart.show_data(data)
        settle(qt)

    def whole() -> None:
        # As after a change of theme or size: everything anew, but what is known of the readings.
        chart.forget_picture()
        settle(qt)

    def run() -> float:
        if what == "whole":
            return taken_ms(whole)
        chart.show_data(shorter)
        settle(qt)
        before = chart.readout
        took = taken_ms(append)
        assert chart.readout != before, "the new row reached the chart"
        return took

    assert chart.chart is not None
    facts = {"points": len(data.readings), "marks": len(chart.chart.marks)}
    return Act(run=run, facts=facts, end=chart.close)
