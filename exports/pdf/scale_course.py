"""The paper of a patient's course on a scale: the trend, every score, sessions and events."""

from __future__ import annotations

from aeapp.domain.chair.rems import told
from aeapp.domain.codecs import show, show_date
from aeapp.domain.scales.scoring import span_of
from aeapp.domain.scales.trend import TrendData, lay_out_trend, sentence_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_marks import Space
from aeapp.services.course_documents import CourseFile
from aeapp.services.scales import Result
from exports.pdf.continuation import Heading, Para
from exports.pdf.pen import Pen
from exports.pdf.session_words import LABEL
from exports.pdf.sheets import Part, Picture, Row, Table
from exports.pdf.vitals_chart import UNIT, WIDTH, draw_marks, measured

TITLE = "Course on a scale"
_HIGH = 78.0  # millimetres
_SCORES = (
    ("Time", 0.18),
    ("Total", 0.08),
    ("Band", 0.20),
    ("From baseline", 0.24),
    ("Basis", 0.16),
    ("Safety", 0.14),
)
_EVENTS = (("No.", 0.08), ("Day", 0.18), ("Event", 0.74))
_KEY = (
    "Disc: every item answered. Hollow: missing items filled, or total only. "
    "Large diamond: an answer asks for safety. Bars below: sessions. Squares: events, numbered."
)


def subtitle(file: CourseFile) -> str:
    """Return whose course it is, and what it is not."""
    code = file.known.patient.code or "no code"
    return f"{told(file.clinic.name)}; patient {code}. Scores as recorded; no diagnosis."


def parts(file: CourseFile) -> list[Part]:
    """Return the trend, the scale, the scores and the events."""
    scale, data = file.scale, file.trend
    low, high = span_of(scale)
    return [
        Heading(f"{scale.name} of {file.known.patient.code or 'a patient without code'}"),
        Para(sentence_of(data)),
        Picture(_HIGH, lambda pen, x, y, _width: _drawn(pen, data, x, y), sentence_of(data)),
        Para(_KEY),
        Heading("Scores"),
        *_scores(file),
        Heading("Events"),
        *_events(data),
        Heading("Scale"),
        _line("Edition, range", f"{scale.edition}; {low} to {high}"),
        _line("Source", told(scale.basis)),
        _line("Missing items", scale.missing_basis or "no total while one is missing"),
        _line("Response, remission", scale.response_basis or "no published rule is kept"),
        _line("Reliable change", scale.reliable_basis or "no published figure is kept"),
    ]


def _drawn(pen: Pen, data: TrendData, x: float, y: float) -> None:
    trend = lay_out_trend(data, Space(WIDTH / UNIT, measured, _HIGH / UNIT, paper=True))
    draw_marks(pen, trend.marks, x, y)


def _line(name: str, text: str) -> Para:
    return Para(text, label=name, column=LABEL)


def _scores(file: CourseFile) -> list[Part]:
    if not file.results:
        return [Para("None recorded.")]
    return [Table(_SCORES, tuple(_score(result) for result in file.results))]


def _score(result: Result) -> Row:
    score, change = result.score, result.change
    at = show_date(score.at) if isinstance(score.at, PartialDate) else "not known"
    from_base = ""
    if change is not None and result.baseline is not None:
        from_base = f"{change.points:+f} from {show(result.baseline.total)}"
        from_base += ", response" if change.response else ""
        from_base += ", remission" if change.remission else ""
    elif result.baseline is not None:
        from_base = "baseline"
    basis = score.basis.words if score.basis else ""
    review = result.review
    safety = "" if review is None else "recorded" if review.done else "open"
    return Row((at, show(score.total), result.band, from_base, basis, safety))


def _events(data: TrendData) -> list[Part]:
    if not data.events:
        return [Para("None recorded.")]
    rows = tuple(Row((str(e.number), e.at, e.words or "not named")) for e in data.events)
    return [Table(_EVENTS, rows)]
