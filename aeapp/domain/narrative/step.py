"""Change text, pieces and answers of a narrative as one step, which Undo takes back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aeapp.domain.case import Case
from aeapp.domain.file_step import FileStep
from aeapp.domain.narrative.keeping import Text
from aeapp.domain.records import CaseFile
from aeapp.domain.records.narrative import LeftIn, Sentence
from aeapp.domain.stating import with_ids
from aeapp.domain.values import PartialDate

STEP = FileStep("narrative", {"sentences": Sentence, "left_in": LeftIn}, ("narrative",))


def argument_of(case: Case, text: Text) -> list[str]:
    """Return the step that puts ``text`` in the place of the narrative of ``case``."""
    after = replace(case.case, narrative=text.narrative, sentences=text.sentences)
    return STEP.argument(case.case, after)


def leaving_in(case: Case, answers: Sequence[LeftIn]) -> list[str]:
    """Return the step by which words stay that look like an identifier."""
    after = replace(case.case, left_in=(*case.case.left_in, *answers))
    return STEP.argument(case.case, after)


def signed(before: CaseFile, after: CaseFile, who: str, at: PartialDate) -> CaseFile:
    """Return the case file with the name of who wrote under what was written since ``before``.

    A piece that is as the records gave it has nobody's name, nor has one whose words stood there
    before: they are not this person's.
    """
    stood = before.narrative or ""
    pieces = tuple(
        replace(piece, written_by=who, written_at=at)
        if piece.is_by_hand and not piece.written_by and not _stood(piece, stood)
        else piece
        for piece in after.sentences
    )
    return after if pieces == after.sentences else replace(after, sentences=pieces)


def _stood(piece: Sentence, text: str) -> bool:
    return piece.is_free and (piece.text or "") in text


def renamed(file: CaseFile, ids: dict[str, str]) -> CaseFile:
    """Return the case file with its sentences about the records of these new ids."""

    def about(text: str | None) -> str | None:
        return text and "/".join(ids.get(part, part) for part in text.split("/"))

    pieces = (
        replace(p, about=about(p.about), sources=p.sources and with_ids(p.sources, ids))
        for p in file.sentences
    )
    answers = (replace(a, item=a.item and with_ids(a.item, ids)) for a in file.left_in)
    return replace(file, sentences=tuple(pieces), left_in=tuple(answers))
