"""What the page of versions shows of one report, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.recipients import Owed
from aeapp.domain.records import Question
from aeapp.services.app import App
from aeapp.services.lifecycle import Standing
from aeapp.services.versions import Comparison, VersionLine


@dataclass(frozen=True, slots=True, repr=False)
class LifeRead:
    """The life of one report as it is stored.

    Attributes:
        compared: What changed since the newest version; None where nothing was sent.
    """

    standing: Standing
    lines: tuple[VersionLine, ...]
    owed: tuple[Owed, ...]
    questions: tuple[Question, ...]
    compared: Comparison | None


def read_life(app: App, report_id: str) -> LifeRead:
    """Read it; for the thread of readers."""
    return LifeRead(
        standing=app.lifecycle.standing(report_id),
        lines=app.versions.lines(report_id),
        owed=app.versions.owed(report_id),
        questions=app.questions.of(report_id),
        compared=app.versions.changed_since(report_id),
    )
