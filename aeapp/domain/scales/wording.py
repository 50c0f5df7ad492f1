"""What a patient reads: the wording the clinic loaded, and the program's own questions on harms.

No wording of anybody else's instrument stands in this program. The questions below are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aeapp.domain.records.scale import Scale
from aeapp.domain.records.scale_wording import ScaleWording, WordedAnswer, WordedItem
from aeapp.domain.scales.catalogue import FIRST, HARMS
from aeapp.kernel.i18n import N_

_QUESTIONS = (
    N_("Did you have to pass water so urgently that you could hardly wait?"),
    N_("Did you get up more than twice a night to pass water?"),
    N_("Did it hurt when your bladder was full or when you passed water?"),
    N_("Did you see blood in your urine?"),
    N_("Did you forget things that you would have remembered before the treatment?"),
    N_("Was it hard to follow a text or a talk to its end?"),
    N_("Did you search for words that used to come by themselves?"),
    N_("Did you take more of the medicine than was agreed, or more often?"),
    N_("Did you take ketamine that did not come from this clinic or its prescription?"),
    N_("Did you long for the next dose between the sessions?"),
    N_("Did ketamine bring trouble at home, at work or with money?"),
)
_ANSWERS = (N_("No"), N_("Sometimes"), N_("Often"))

OWN: tuple[ScaleWording, ...] = (
    ScaleWording(
        scale=HARMS,
        edition=FIRST,
        language="en",
        title=N_("How the treatment agrees with you"),
        instruction=N_("Think of the last four weeks."),
        items=tuple(WordedItem(number=n, words=q) for n, q in enumerate(_QUESTIONS, start=1)),
        answers=tuple(WordedAnswer(points=n, words=a) for n, a in enumerate(_ANSWERS)),
        licence="Words of this program, under its own licence",
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One item as the patient reads it.

    Attributes:
        answers: (points, words), in the order of the file.
    """

    number: int
    words: str
    answers: tuple[tuple[int, str], ...]


def wording_for(
    scale: Scale, wordings: Iterable[ScaleWording], language: str = ""
) -> ScaleWording | None:
    """Return the wording of a scale that was loaded last, in ``language`` where that is given."""
    found = [
        w
        for w in wordings
        if w.stands
        and (w.scale, w.edition) == (scale.code, scale.edition)
        and language in ("", w.language)
        and not unworded(scale, w)
    ]
    return found[-1] if found else None


def questions_of(scale: Scale, wording: ScaleWording) -> tuple[Question, ...]:
    """Return the items in their order, each with the answers that it may have."""
    words = {i.number: i.words or "" for i in wording.items}
    return tuple(
        Question(item.number or 0, words[item.number], _answers(wording.answers, item.number))
        for item in sorted(scale.items, key=lambda i: i.number or 0)
        if item.number in words
    )


def fits_one_page(questions: Sequence[Question]) -> bool:
    """Tell whether the items are usually printed as one table: all but one at most answer alike.

    The one is a closing question with answers of its own, as the PHQ-9 has.
    """
    alike = Counter(question.answers for question in questions)
    most = max(alike.values(), default=0)
    return most > 1 and most >= len(questions) - 1


def _answers(answers: Sequence[WordedAnswer], number: int | None) -> tuple[tuple[int, str], ...]:
    own = [a for a in answers if a.number == number]
    chosen = own or [a for a in answers if a.number is None]
    return tuple((a.points or 0, a.words or "") for a in chosen)


def unworded(scale: Scale, wording: ScaleWording) -> tuple[int, ...]:
    """Return the counted items that the wording does not ask with all of their answers."""
    asked = {
        q.number: {points for points, _words in q.answers} for q in questions_of(scale, wording)
    }
    return tuple(
        item.number or 0
        for item in scale.items
        if item.counted
        and asked.get(item.number or 0) != set(range(item.lowest or 0, (item.highest or 0) + 1))
    )
