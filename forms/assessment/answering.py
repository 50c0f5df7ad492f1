"""Put an answer of the assessment into the case, with who gave it and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aeapp.domain import lens
from aeapp.domain.assessment.expectedness import Comparison, label_words
from aeapp.domain.assessment.naranjo import AS_CAUSALITY, sum_of
from aeapp.domain.assessment.recording import Pair, argument_of
from aeapp.domain.case import Case
from aeapp.domain.case_parts import ASSESSED
from aeapp.domain.codecs import clean_text
from aeapp.domain.codelists.assessment import CausalityMethod, Expectedness
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Assessment
from aeapp.domain.values import PartialDate
from aeapp.editing.editor import Editor
from aeapp.kernel.ids import new_id
from aeapp.trail.entry import Actor
from forms.assessment.questions import SERIOUSNESS

_BLANK = Assessment()
_SIGNATURE = ("assessor", "assessor_role", "assessed_at")
_OPINIONS = ("category", "expectedness", "naranjo", "comment")


class Answering:
    """Answers in the name of the person at the keyboard."""

    def __init__(self, editor: Editor[Case], who: Actor, minute: Callable[[], PartialDate]) -> None:
        self._editor = editor
        self._who = who
        self._minute = minute

    @property
    def name(self) -> str:
        """Return whose opinion is entered."""
        return self._who.name or self._who.user_name

    def own(self, pair: Pair) -> Assessment:
        """Return the opinion that this person's answers go to."""
        return pair.own(self.name)

    def of_event(self, pair: Pair, name: str, value: object) -> None:
        """Take an answer about the event itself."""
        path = f"events[{pair.place}].{name}"
        if name == SERIOUSNESS and value is not None and pair.event.assessed_by is None:
            # Whoever answers is the person who assessed it, unless another is named.
            self._editor.set(f"events[{pair.place}].assessed_by", self.name)
            self._editor.close_step()
        self._editor.set(path, value)
        self._editor.close_step()

    def category(self, pair: Pair, value: object) -> None:
        """Take the category that a person picked by the criteria."""
        method = None if value is None else CausalityMethod.WHO_UMC
        self._record(pair, {"category": value, "method": method})

    def category_of_total(self, pair: Pair) -> None:
        """Take the category that the Naranjo total stands for."""
        meant = sum_of(self.own(pair).naranjo).category
        if meant is not None:
            self._record(pair, {"category": AS_CAUSALITY[meant], "method": CausalityMethod.NARANJO})

    def comment(self, pair: Pair, text: str) -> None:
        """Take the grounds, in the words of the person; none where there are none."""
        self._record(pair, {"comment": clean_text(text).strip() or None})

    def naranjo(self, pair: Pair, question: str, value: object) -> None:
        """Take one of the ten answers."""
        self._record(pair, {f"naranjo.{question}": value})

    def expectedness(self, pair: Pair, value: object, comparison: Comparison) -> None:
        """Take whether the label lists it, with the name and date of that label."""
        compared = value in (Expectedness.LISTED, Expectedness.NOT_LISTED)
        label = comparison.label if compared else None
        words = None if label is None else label_words(label)
        self._record(pair, {"expectedness": value, "label": words})

    def _record(self, pair: Pair, changes: dict[str, Any]) -> None:
        opinion = self.own(pair)
        after = opinion
        for name, value in changes.items():
            after = lens.put(after, name, value)
        signature: tuple[Any, ...] = (None, None, None)
        if any(getattr(after, name) != getattr(_BLANK, name) for name in _OPINIONS):
            signature = (self.name, Role(self._who.role), self._minute())
        changes |= dict(zip(_SIGNATURE, signature, strict=True))
        self._editor.perform(ASSESSED, argument_of(opinion, new_id(), changes))
