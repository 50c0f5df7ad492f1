"""Begin the report of an event; first a case that may be the same one is told, by score and fields.

Nothing is merged and nothing is refused: a person looks, or makes the case all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from aeapp.domain.records import Event, Report
from aeapp.kernel.i18n import _
from aeapp.services.duplicates import Alike
from forms.alive import while_alive
from forms.ask import Question
from forms.desk import Desk


def begin_report(
    desk: Desk, owner: QObject, event_id: str, on_report: Callable[[Report], None]
) -> None:
    """Make or find the report of an event and hand it over, after a look for cases like it.

    Args:
        desk: Of the window.
        owner: Who asks; once Qt has thrown it away nothing more happens.
        event_id: Of the event.
        on_report: Takes the report.
    """

    def make() -> None:
        desk.write(
            lambda: desk.app.cases.open_for_event(Event(id=event_id)), while_alive(owner, on_report)
        )

    def found(alike: tuple[Alike, ...]) -> None:
        if alike:
            first = alike[0]
            desk.ask.confirm(
                question_of(alike),
                while_alive(owner, make),
                while_alive(owner, lambda: desk.show_report(first.report_id)),
            )
        else:
            make()

    desk.read(lambda: desk.app.duplicates.before_report(event_id), while_alive(owner, found))


def question_of(alike: Sequence[Alike]) -> Question:
    """Return what is asked where cases may be the same as the one that would be made."""
    first = alike[0]
    likely = first.likeness.is_likely
    return Question(
        title=_("This is likely reported already") if likely else _("Is this reported already?"),
        text="\n".join(one.sentence() for one in alike),
        act=_("Make a new case"),
        keep=_("Leave it"),
        look=_("Look at {number}").format(number=first.number),
    )
