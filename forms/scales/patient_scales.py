"""The scales of one patient: course, table, entry, striking through, paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aeapp.domain.codecs import show, show_date
from aeapp.domain.codelists.scales import TotalBasis
from aeapp.domain.records import Patient, SafetyReview, Scale, Score
from aeapp.domain.scales.catalogue import scale_named
from aeapp.domain.scales.course import order_of
from aeapp.domain.scales.trend import trend_of
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Export
from aeapp.services.scales import PatientScales, Result
from forms.alive import while_alive
from forms.desk import Desk
from forms.dialogs.export import ExportStrip, default_name
from forms.models.paged import Column
from forms.reason_strip import ReasonStrip
from forms.scales.entry_card import ScaleCard
from forms.scales.safety_strip import SafetyStrip
from forms.scales.trend_chart import TrendChart
from forms.scales.words import (
    STRUCK_BECAUSE,
    WHY_STRUCK,
    change_words,
    name_of,
    review_words,
    total_words,
)
from forms.widgets.buttons import Button
from forms.widgets.history_table import HistoryTable
from forms.widgets.labels import label
from forms.widgets.options import ChipRow, Option


def _id_of(result: Result) -> str:
    return result.score.id


def _total_of(result: Result) -> str:
    words = total_words(result.score.total)
    return _("struck: {total}").format(total=words) if not result.score.stands else words


def _time_of(result: Result) -> str:
    return show_date(result.score.at) if isinstance(result.score.at, PartialDate) else _("unknown")


def _meaning_of(result: Result) -> str:
    if not result.score.stands:
        return result.score.struck_reason or ""
    words = [_(result.band)] if result.band else []
    if result.change is not None and result.baseline is not None:
        words.append(change_words(result.change, result.baseline.total))
    elif result.baseline is not None and result.baseline.id == result.score.id:
        words.append(_("baseline"))
    return ", ".join(words)


_SHORT = {
    TotalBasis.ITEMS: N_("all items"),
    TotalBasis.MEAN: N_("items filled"),
    TotalBasis.STATED: N_("total only"),
    TotalBasis.MISSING: N_("items missing"),
    TotalBasis.UNSCORED: N_("no total"),
}


def _basis_of(result: Result) -> str:
    return _(_SHORT[result.score.basis]) if result.score.basis else ""


def _basis_in_full(result: Result) -> str:
    return _(result.score.basis.words) if result.score.basis else ""


def _items_of(result: Result) -> str:
    """Return every answer with the topic of its item, for the tip of a line."""
    topics = {i.number: _(i.topic or "") for i in result.scale.items}
    return "\n".join(
        f"{i.number} {topics.get(i.number, '')}: {show(i.points) or '–'}"
        for i in result.score.items
    )


COLUMNS: tuple[Column[Result], ...] = (
    Column(head=N_("Time"), text=_time_of),
    Column(head=N_("Total"), text=_total_of, tip=_items_of),
    Column(head=N_("Meaning"), text=_meaning_of, tip=_meaning_of),
    Column(head=N_("Basis"), text=_basis_of, tip=_basis_in_full),
    Column(head=N_("Safety"), text=lambda r: review_words(r.review)),
)
WIDTHS = (104, 84, 0, 104, 104)


class ScalesOfPatient(QWidget):
    """The scales of one patient, and the way to a new one.

    Attributes:
        card: Takes a scale; who owns the chart says where it stands.
        strip: Asks what an answer about safety asks; likewise.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient = Patient()
        self._known: PatientScales | None = None
        self._code = ""
        self._striking: Result | None = None
        self.start = Button(_("Scale…"), self, kind="small", shortcut="F8")
        self.start.setObjectName("patient.scale")
        self.start.clicked.connect(self.ask)
        self.print = Button(_("Print…"), self, kind="small")
        self.print.setObjectName("patient.scale_print")
        self.print.clicked.connect(self._on_print)
        self.strike = Button(_("Strike through…"), self, kind="small")
        self.strike.setObjectName("patient.scale_strike")
        self.strike.clicked.connect(self._on_strike)
        self._state = label(kind="caption", parent=self, wrap=True)
        self.chart = TrendChart(self)
        self.list: HistoryTable[Result] = HistoryTable(
            _("Scores"), _("No scale filled yet."), COLUMNS, widths=WIDTHS, id_of=_id_of,
            parent=self,
        )  # fmt: skip
        self.reasons = ReasonStrip(self)
        self.reasons.answered.connect(self._on_struck)
        self.reasons.left.connect(self.list.table.setFocus)
        self.export = ExportStrip(desk.app, desk.runners.documents, desk.ask, self)
        self.card = ScaleCard(desk, self)
        self.card.filled.connect(self._on_filled)
        self.card.left.connect(self.start.setFocus)
        self.card.answered.connect(self.renew)
        self.strip = SafetyStrip(desk, self)
        self.strip.stored.connect(lambda _review: self._read())
        self.strip.left.connect(self.start.setFocus)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("Scales"), "strong", self))
        head.addWidget(self._state, 1)
        for button in (self.strike, self.print, self.start):
            head.addWidget(button)
        self._choices = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._choices)
        for widget in (self.chart, self.list, self.reasons, self.export):
            column.addWidget(widget)

    # --- what the chart of the patient uses

    def show_patient(self, patient: Patient) -> None:
        """Show the scales of a patient; one who is not stored has none."""
        self._patient, self._known, self._code = patient, None, ""
        self._striking = None
        for asking in (self.card, self.strip, self.reasons):
            asking.hide()
        self.start.setEnabled(bool(patient.id))
        self._show_codes(())
        self.show_scale("")
        if patient.id:
            self._read()

    def ask(self) -> None:
        """Open the card of entry."""
        if self._patient.id:
            self.card.ask(self._patient.id)

    def renew(self) -> None:
        """Read again what was stored, as after the patient filled a scale on the screen."""
        if self._patient.id:
            self._read()

    # --- reading and showing

    def _read(self) -> None:
        app, patient_id = self._desk.app, self._patient.id

        def found() -> tuple[PatientScales, tuple[str, ...]]:
            due = tuple(d.scale for d in app.schedules.due_for(patient_id))
            return app.scales.of_patient(patient_id), due

        self._desk.read(found, while_alive(self, self._on_read))

    def _on_read(self, found: tuple[PatientScales, tuple[str, ...]]) -> None:
        known, due = found
        if known.patient.id != self._patient.id:
            return
        self._known = known
        self._state.setText(self._due_words(known, due))
        codes = tuple(dict.fromkeys(s.scale or "" for s in _newest_first(known.scores)))
        codes = tuple(code for code in codes if scale_named(known.scales, code) is not None)
        self._show_codes(codes)
        kept = self._code if self._code in codes else ""
        self.show_scale(kept or next(iter(codes), ""))
        self.strip.show_reviews(self._open(known.reviews))

    @staticmethod
    def _open(reviews: Sequence[SafetyReview]) -> list[SafetyReview]:
        return [r for r in reviews if r.is_open]

    @staticmethod
    def _due_words(known: PatientScales, due: Sequence[str]) -> str:
        found = [scale_named(known.scales, code) for code in due]
        names = [name_of(scale) for scale in found if scale is not None]
        return _("due: {scales}").format(scales=", ".join(names)) if names else ""

    def _show_codes(self, codes: Sequence[str]) -> None:
        while taken := self._choices.takeAt(0):
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        if len(codes) < 2 or self._known is None:  # noqa: PLR2004 - nothing to choose from
            return
        scales = [(c, scale_named(self._known.scales, c)) for c in codes]
        options = [Option(value=c, text=name_of(s or Scale(code=c))) for c, s in scales]
        chips = ChipRow(options, self)
        chips.setObjectName("patient.scale_codes")
        chips.name_all(_("Which scale"))
        chips.picked.connect(lambda code: self.show_scale(str(code)))
        self._choices.addWidget(chips)

    def show_scale(self, code: str) -> None:
        """Show the course and the scores of one scale; none for an empty code."""
        self._code, known = code, self._known
        scale = scale_named(known.scales, code) if known is not None else None
        there = known is not None and scale is not None
        for widget in (self.chart, self.print, self.strike):
            widget.setVisible(there)
        if known is None or scale is None:
            self.list.show_lines(())
            return
        for chips in self.findChildren(ChipRow, "patient.scale_codes"):
            chips.show_chosen(frozenset({code}))
        self.list.show_lines(known.lines(code)[::-1])
        self.chart.show_data(
            trend_of(
                scale,
                known.scores,
                known.sessions,
                known.events,
                first_dose=known.first_dose,
                zone=self._desk.app.context.zone,
            )
        )

    # --- acting

    def _on_filled(self, result: Result) -> None:
        if result.score.patient_id != self._patient.id:
            # Another chart came on the screen meanwhile.
            return
        self._code = result.score.scale or ""
        self._read()
        if result.review is not None:
            self.strip.show_reviews([result.review])
            self.strip.focus_first()

    def _on_strike(self) -> None:
        chosen = self.list.chosen
        if chosen is not None and chosen.score.stands:
            self._striking = chosen
            self.reasons.ask(_(WHY_STRUCK), [_(words) for words in STRUCK_BECAUSE])

    def _on_struck(self, reason: str) -> None:
        # The one that was asked about: another may be chosen by now.
        asked, scales = self._striking, self._desk.app.scales
        self._striking = None
        if asked is None:
            return

        def done(_score: Score) -> None:
            self._desk.toast(_("Struck through; it counts nowhere any more."))
            self._read()

        score = asked.score
        self._desk.write(lambda: scales.strike(score, reason), while_alive(self, done))

    def _on_print(self) -> None:
        papers, patient, code = self._desk.app.course_papers, self._patient, self._code

        def make(path: Path, progress: Progress, overwrite: bool) -> Export:
            return papers.export(patient.id, code, path, progress=progress, overwrite=overwrite)

        name = default_name(f"course-{code}-{patient.code or 'patient'}")
        self.export.ask_for(name, make, _("Print the course"))


def _newest_first(scores: Sequence[Score]) -> list[Score]:
    return sorted(scores, key=order_of, reverse=True)
