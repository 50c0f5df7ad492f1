"""What the page asks, with the answers and their keys: plain data, no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aeapp.domain.assessment.seriousness import WORDINGS
from aeapp.domain.assessment.who_umc import CATEGORIES
from aeapp.domain.codelists.assessment import Expectedness, SpecialSituation
from aeapp.domain.codelists.safety import ActionTaken, Challenge, Outcome, Seriousness, Severity
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.kernel.i18n import N_, _
from forms.chair.severities import severity_words
from forms.widgets.checks import NONE_OF_THESE
from forms.widgets.options import Option, letters_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        name: Item of the event, or of the opinion.
        many: Every answer that applies is ticked; Enter goes on.
        of_opinion: The answer belongs to the event and the product together.
    """

    name: str
    title: str
    number: str = ""
    many: bool = False
    of_opinion: bool = False


SERIOUSNESS: Final = "seriousness"
QUESTIONS: tuple[Question, ...] = (
    Question(name=SERIOUSNESS, number="1", title=N_("Seriousness"), many=True),
    Question(name="severity", title=N_("Severity")),
    Question(name="action_taken", number="2", title=N_("Action taken")),
    Question(name="outcome", number="3", title=N_("Outcome")),
    Question(name="category", number="4", title=N_("Causality"), of_opinion=True),
    Question(name="expectedness", number="5", title=N_("Listed in the label"), of_opinion=True),
    Question(name="dechallenge", number="6", title=N_("Dechallenge: abated once stopped")),
    Question(name="rechallenge", title=N_("Rechallenge: came back when given again")),
    Question(name="situations", title=N_("Special situations"), many=True),
)
BY_NAME: Mapping[str, Question] = {q.name: q for q in QUESTIONS}
# The six that an assessment consists of, and what is told beside them where there is anything.
BESIDE: Final = ("severity", "situations")
ASKED: tuple[str, ...] = tuple(q.name for q in QUESTIONS if q.name not in BESIDE)

_UNKNOWN = ((NullFlavor.UNK, "U"),)
_CHALLENGES = ((Challenge.YES, "Y"), (Challenge.NO, "N"), (Challenge.NOT_APPLICABLE, "A"))
_LISTED = ((Expectedness.LISTED, "1"), (Expectedness.NOT_LISTED, "2"), (Expectedness.NO_LABEL, "3"))
_CHIPS: Mapping[str, tuple[tuple[StrEnum, str], ...]] = {
    "severity": (*((grade, grade.value) for grade in Severity), *_UNKNOWN),
    "action_taken": (
        *((member, str(n)) for n, member in enumerate(ActionTaken, start=1)),
        *_UNKNOWN,
        (NullFlavor.NA, "X"),
    ),
    "outcome": (*((m, str(n)) for n, m in enumerate(Outcome, start=1)), *_UNKNOWN),
    "category": tuple((category.member, category.key) for category in CATEGORIES),
    "expectedness": _LISTED,
    "dechallenge": (*_CHALLENGES, *_UNKNOWN),
    "rechallenge": (*_CHALLENGES, *_UNKNOWN),
}


def options_of(name: str) -> tuple[Option, ...]:
    """Return the answers of a question, each with its key."""
    if name == SERIOUSNESS:
        return _serious()
    if name == "situations":
        texts = [_(m.words) for m in SpecialSituation]
        return _ticked(tuple(SpecialSituation), texts, texts, _("None of these"))
    if name == "severity":
        return tuple(_graded(member, key) for member, key in _CHIPS[name])
    return tuple(_option(member, key) for member, key in _CHIPS[name])


def _graded(member: StrEnum, key: str) -> Option:
    # The digit of a grade is its key; its words need not say it again.
    if isinstance(member, Severity):
        return Option(value=member, text=severity_words(member), key=key)
    return _option(member, key)


def _option(member: StrEnum, key: str) -> Option:
    if isinstance(member, NullFlavor):
        return Option(value=member, text=_(NULL_LABELS[member]), key=key)
    return Option(value=member, text=_(getattr(member, "words", "")), key=key)


def _serious() -> tuple[Option, ...]:
    names = [_(m.words) for m in Seriousness]
    texts = [f"{_(m.words)}: {_(WORDINGS[m])}" for m in Seriousness]
    return _ticked(tuple(Seriousness), names, texts, _("None of these: not serious"))


def _ticked(
    members: tuple[StrEnum, ...], names: list[str], texts: list[str], none: str
) -> tuple[Option, ...]:
    # The letters are those of the same question on the form.
    keys = letters_for(names, taken="NU")
    return (
        *(Option(value=m, text=t, key=k) for m, t, k in zip(members, texts, keys, strict=True)),
        Option(value=NONE_OF_THESE, text=none, key="N"),
        Option(value=NullFlavor.UNK, text=_(NULL_LABELS[NullFlavor.UNK]), key="U"),
    )


def after_press(value: object, pressed: object, *, many: bool) -> object:
    """Return the answer once ``pressed`` was pressed; pressing what is chosen clears it."""
    if not many or isinstance(pressed, NullFlavor):
        return None if value == pressed and type(value) is type(pressed) else pressed
    ticked = value if isinstance(value, frozenset) else None
    if pressed is NONE_OF_THESE:
        return None if ticked == frozenset() else frozenset()
    # The last box unticked is "not answered again", never a silent "none".
    return ((ticked or frozenset()) ^ {pressed}) or None


def chosen(value: object) -> frozenset[object]:
    """Return the answers to show as chosen."""
    if value is None:
        return frozenset()
    if isinstance(value, frozenset):
        return value or frozenset({NONE_OF_THESE})
    return frozenset({value})
