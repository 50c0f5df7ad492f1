"""The Assessment page of a report: six questions in a column, each answered by one key."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aeapp.domain.assessment import challenges, expectedness, onset
from aeapp.domain.assessment.challenges import Course, Derived
from aeapp.domain.assessment.recording import Pair, pairs_of, product_name
from aeapp.domain.case import Case
from aeapp.domain.case_parts import ASSESSED
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.grades import TermGrades, graded_by
from aeapp.domain.findings import Finding
from aeapp.domain.records import Event, LabelList, Product
from aeapp.editing.editor import Editor
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import _
from aeapp.services.assessing import NewLabel
from forms.alive import while_alive
from forms.assessment.answering import Answering
from forms.assessment.layout import AssessmentParts
from forms.assessment.pair_picker import Key, key_of
from forms.assessment.questions import ASKED, BY_NAME, QUESTIONS
from forms.assessment.words import (
    Words,
    differs_note,
    generic_words,
    offer_words,
    proposal_words,
)
from forms.desk import Desk

_OF_EVENT = re.compile(r"events\[(\d+)\]\.([a-z_]+)")
_OF_OPINION = re.compile(r"assessments\[(\d+)\]\.([a-z_]+)")


class AssessmentPage(AssessmentParts):
    """The questions about each event and product of one report.

    Signals:
        left: An answer was given.
    """

    left = Signal()

    def __init__(self, desk: Desk, editor: Editor[Case], parent: QWidget | None = None) -> None:
        super().__init__(desk.app.context.now, parent)
        self._desk = desk
        self._editor = editor
        self._answering = Answering(editor, desk.app.who, desk.app.context.minute)
        self._words = Words(desk.app.context.zone)
        self._pairs: tuple[Pair, ...] = ()
        self._key: Key = ("", "")
        self._read: tuple[Any, ...] = ()
        self._course: Course | None = None
        self._labels: tuple[LabelList, ...] = ()
        self._graded: tuple[str, tuple[TermGrades, ...]] = ("", ())
        self._connect()
        self._leave = editor.subscribe(self._on_changed)
        self._refresh()

    # --- building

    def _connect(self) -> None:
        for name, row in self.rows.items():
            row.answered.connect(partial(self._on_answered, name))
            row.gone_on.connect(partial(self.go_on, name, even_if_answered=True))
            row.taken.connect(partial(self._on_taken, name))
        self.picker.picked.connect(self._on_pair)
        self.rows["category"].acted.connect(self.open_naranjo)
        self.rows["expectedness"].acted.connect(self._on_new_label)
        self.grounds.told.connect(self._on_grounds)
        self.naranjo.answered.connect(self._on_naranjo)
        self.naranjo.taken.connect(self._on_total_taken)
        self.naranjo.closed.connect(partial(self._on_closed, "category"))
        self.label_card.closed.connect(partial(self._on_closed, "expectedness"))
        self.label_card.entered.connect(self._on_label)

    # --- showing

    @property
    def pair(self) -> Pair | None:
        """Return what is being assessed; None where the case has no event."""
        return next((p for p in self._pairs if key_of(p) == self._key), None)

    def _on_changed(self, _paths: frozenset[str]) -> None:
        self._refresh()

    def _refresh(self) -> None:
        case = self._editor.model
        blank = Product()
        self._pairs = pairs_of(case) or tuple(
            Pair(place, event, blank) for place, event in enumerate(case.events)
        )
        if self.pair is None:
            self._key = key_of(self._pairs[0]) if self._pairs else ("", "")
        self.picker.show_pairs(self._pairs, self._key, self._answering.own)
        pair = self.pair
        for name, row in self.rows.items():
            needs_product = BY_NAME[name].of_opinion and not case.suspects
            row.setVisible(pair is not None and not needs_product)
        for part in (self._event, self._facts, self._onset):
            part.setVisible(pair is not None)
        self._none.setVisible(pair is None)
        if pair is not None:
            self._read_grounds(case, pair)
            self._show_pair(pair)

    def _read_grounds(self, case: Case, pair: Pair) -> None:
        """Read the patient's whole course beside the pair, if what it depends on is new."""
        asked = (self._key, case.events, case.administrations)
        if len(self._read) == len(asked) and all(
            a is b or a == b for a, b in zip(asked, self._read, strict=True)
        ):
            return
        if self._read[:1] != asked[:1] or self._read[2:] != asked[2:]:
            # What was read of another product or other doses must not be offered here.
            self._course, self._labels = None, ()
        self._read = asked
        app, product_id = self._desk.app, pair.product.id

        def work() -> tuple[Course, tuple[LabelList, ...]]:
            return app.assessing.course(case, product_id), app.assessing.labels(product_id)

        def done(found: tuple[Course, tuple[LabelList, ...]]) -> None:
            if self._read == asked:
                self._course, self._labels = found
                current = self.pair
                if current is not None:
                    self._show_pair(current)

        self._desk.read(work, while_alive(self, done))

    def _show_pair(self, pair: Pair) -> None:
        event = pair.event
        name = event.verbatim or _("Event {n}").format(n=pair.place + 1)
        product = product_name(pair.product)
        self._event.setText(f"{name} · {product}" if product else name)
        self._facts.setText(self._words.event(event))
        self._onset.setText(self._onset_words(event))
        for plain in ("action_taken", "outcome", "situations"):
            self.rows[plain].show_answer(getattr(event, plain))
        by = _("Assessed by {name}.").format(name=event.assessed_by) if event.assessed_by else ""
        self.rows["seriousness"].show_answer(event.seriousness, facts=by)
        self._show_severity(event)
        self._show_challenges(pair)
        self._show_opinion(pair)

    def _show_severity(self, event: Event) -> None:
        """Show the grade, and what an edition of CTCAE says of the grades of this event."""
        words = graded_by(event)
        if words != self._graded[0]:
            self._graded = (words, ())
            self._read_grades(words)
        grades = self._graded[1]
        grade = event.severity if isinstance(event.severity, Severity) else None
        self.rows["severity"].show_answer(event.severity, facts=generic_words(grades, grade))
        self.grades.show_grades(grades, grade)

    def _read_grades(self, words: str) -> None:
        coding = self._desk.app.coding

        def done(found: tuple[TermGrades, ...]) -> None:
            if words == self._graded[0] and found and self.pair is not None:
                self._graded = (words, found)
                self._show_severity(self.pair.event)

        self._desk.read(lambda: coding.grades(words), while_alive(self, done))

    def _onset_words(self, event: Event) -> str:
        if self._course is None:
            return _("The records are being read.")
        found = onset.onset_after(self._course.givings, event.onset, self._course.zone)
        return self._words.onset(found)

    @property
    def _several_products(self) -> bool:
        return len({pair.product.id for pair in self._pairs}) > 1

    def _answered(self, pair: Pair, name: str) -> challenges.Answered:
        derive = challenges.dechallenge if name == "dechallenge" else challenges.rechallenge
        known = derive(pair.event, self._course) if self._course else Derived(None, ())
        return challenges.answered(getattr(pair.event, name), known)

    def _show_challenges(self, pair: Pair) -> None:
        for name in ("dechallenge", "rechallenge"):
            found = self._answered(pair, name)
            facts = self._words.derived(found.derived)
            if self._several_products:
                # One answer stands for all products; what the records say is of this one.
                facts += " " + _("The answer stands for every suspect product of the event.")
            row = self.rows[name]
            row.show_answer(found.answer, facts=facts, note=differs_note(found))
            row.offer("" if self._several_products else offer_words(found))

    def _show_opinion(self, pair: Pair) -> None:
        opinion = self._answering.own(pair)
        others = pair.others(self._answering.name)
        row = self.rows["category"]
        facts = self._words.category(opinion, others)
        row.show_answer(opinion.category, facts=facts, note=self._words.naranjo_note(opinion))
        compared = self._compared(pair)
        is_read = self._course is not None
        sentence = expectedness.comparison_words(compared) if is_read else ""
        row = self.rows["expectedness"]
        row.show_answer(opinion.expectedness, facts=self._words.listed(opinion, sentence, others))
        row.offer(proposal_words(compared.proposal, opinion.expectedness) if is_read else "")
        self.naranjo.show_answers(opinion.naranjo)
        self.grounds.show_text(opinion.comment or "")

    def _compared(self, pair: Pair) -> expectedness.Comparison:
        return expectedness.compared(pair.event.verbatim, self._labels, pair.product.id)

    # --- where the cursor goes

    def _open(self, pair: Pair) -> list[str]:
        """Return the questions of a pair that nobody answered."""
        opinion = self._answering.own(pair)
        asked = [n for n in ASKED if self._editor.model.suspects or not BY_NAME[n].of_opinion]
        return [
            n for n in asked if getattr(opinion if BY_NAME[n].of_opinion else pair.event, n) is None
        ]

    def focus_first(self) -> None:
        """Put the cursor on the first question that is open, of this pair or the next that has."""
        pair = self.pair
        if pair is None:
            return
        for candidate in (pair, *self._pairs):
            names = self._open(candidate)
            if names:
                self._show_key(key_of(candidate))
                self.rows[names[0]].focus()
                return
        self.rows["seriousness"].focus()

    def go_on(self, name: str, *, even_if_answered: bool = False) -> None:
        """Put the cursor on the next open question, else of the next pair that has one."""
        pair = self.pair
        if pair is None:
            return
        after = QUESTIONS.index(BY_NAME[name]) + 1
        names = [q.name for q in QUESTIONS[after:]]
        still = self._open(pair)
        following = [n for n in names if n in still]
        if following:
            self.rows[following[0]].focus()
        elif any(self._open(p) for p in self._pairs if key_of(p) != self._key) and not still:
            self.focus_first()
        elif even_if_answered and names:
            self.rows[names[0]].focus()

    def _show_key(self, key: Key) -> None:
        if key != self._key:
            # What is being typed belongs to the pair that was shown.
            self.grounds.tell()
            self._key = key
            self._refresh()

    def shows(self, path: str) -> bool:
        """Tell whether this page is where an answer at ``path`` is seen."""
        found = _OF_EVENT.fullmatch(path)
        return path == ASSESSED or (found is not None and found[2] in BY_NAME)

    def show_step(self, path: str) -> None:
        """Show where a step was taken back or done again."""
        found = _OF_EVENT.fullmatch(path)
        if found is not None:
            self._to_event(int(found[1]), found[2])
        self.left.emit()

    def _to_event(self, place: int, name: str) -> None:
        pairs = [p for p in self._pairs if p.place == place]
        if name == "stated_causality":
            pairs, name = [p for p in pairs if not p.is_judged] or pairs, "category"
        if pairs and name in self.rows:
            self._show_key(key_of(pairs[0]))
            self.rows[name].focus()

    def go_to(self, finding: Finding) -> None:
        """Put the cursor where a finding of the assessment is mended."""
        event = _OF_EVENT.fullmatch(finding.path)
        if event is not None:
            self._to_event(int(event[1]), event[2])
            return
        opinion = _OF_OPINION.match(finding.path)
        if opinion is None:
            return
        about = self._editor.model.assessments[int(opinion[1])]
        self._show_key((about.event_id, about.product_id))
        if opinion[2] == "naranjo":
            self.open_naranjo()
        elif opinion[2] == "comment":
            self.grounds.words.setFocus()
        else:
            self.rows["expectedness" if opinion[2] == "label" else "category"].focus()

    # --- answering

    def _on_pair(self, key: object) -> None:
        if isinstance(key, tuple):
            self._show_key(key)
            self.focus_first()

    def _on_answered(self, name: str, value: object) -> None:
        self._answer(name, value)
        ticking = isinstance(value, frozenset) and bool(value)
        if value is not None and not ticking:
            self.go_on(name)

    def _answer(self, name: str, value: object) -> None:
        pair = self.pair
        if pair is None:
            return
        if name == "category":
            self._answering.category(pair, value)
        elif name == "expectedness":
            self._answering.expectedness(pair, value, self._compared(pair))
        else:
            self._answering.of_event(pair, name, value)
        self.left.emit()

    def _on_taken(self, name: str) -> None:
        pair = self.pair
        if pair is None:
            return
        compared = self._compared(pair).proposal
        offer = compared if name == "expectedness" else self._answered(pair, name).derived.answer
        if offer is not None:
            self._on_answered(name, offer)

    # --- beside the questions

    def open_naranjo(self) -> None:
        """Open the Naranjo scale beside the questions, with the cursor in what is open."""
        self.open_side(self.naranjo, self.label_card)
        self.naranjo.focus_open()

    def _on_grounds(self, text: str) -> None:
        if self.pair is None:
            return
        try:
            self._answering.comment(self.pair, text)
        except BadInputError as error:
            # What cannot be stored stays in sight, as typed.
            self.grounds.say(error.message)
            return
        self.grounds.say("")
        self.left.emit()

    def _on_naranjo(self, question: str, value: object) -> None:
        if self.pair is not None:
            self._answering.naranjo(self.pair, question, value)
            self.left.emit()

    def _on_total_taken(self) -> None:
        if self.pair is not None:
            self._answering.category_of_total(self.pair)
            self.left.emit()
            self._on_closed("category")

    def _on_closed(self, name: str) -> None:
        self.close_side()
        self.rows[name].focus()

    def _on_new_label(self) -> None:
        pair = self.pair
        if pair is not None:
            self.open_side(self.label_card, self.naranjo)
            self.label_card.open(pair.product.id, product_name(pair.product))

    def _on_label(self, new: object) -> None:
        if not isinstance(new, NewLabel):
            return

        def done(_stored: LabelList) -> None:
            self.label_card.clear()
            self._on_closed("expectedness")
            self._read = ()
            self._refresh()

        self._desk.write(
            partial(self._desk.app.assessing.enter_label, new), while_alive(self, done)
        )

    def flush(self) -> None:
        """Take in what is being typed, as when the page is hidden or stored."""
        self.grounds.tell()

    def detach(self) -> None:
        """Hear no more of the editor; for a page that is thrown away."""
        self._leave()
