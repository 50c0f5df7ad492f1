"""What somebody else saved in the same items that a draft changes: found, worded, never merged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case, source_of
from aeapp.domain.case_parts import PARTS, answered_at, path_of
from aeapp.domain.codecs import show
from aeapp.domain.items import NullFlavor
from aeapp.editing.editor import Editor, Step
from aeapp.kernel.i18n import _
from forms.widgets.reason import reason_words


def item_of(case: Case, path: str) -> str:
    """Return the item that a field at ``path`` writes: that of a record, or of the view itself."""
    return source_of(case, path) or path


def find_conflicts(
    editor: Editor[Case], stored: Case, steps: Iterable[tuple[str, Step]]
) -> dict[str, Any]:
    """Return {item: what is stored} where the draft and somebody else changed the same item.

    ``editor`` has the draft on top of ``stored`` already. What the draft only gave back as it was
    is no change: there the stored value is taken.
    """
    before: dict[str, Any] = {}
    for kind, step in steps:
        if kind == "edit" and step.path not in PARTS:
            before.setdefault(step.path, step.before)
    found: dict[str, Any] = {}
    for name, was in before.items():
        try:
            path = path_of(stored, name)
            theirs = answered_at(stored, path)
        except KeyError:
            # Of a part that only the draft has, or that is no longer there.
            continue
        mine = answered_at(editor.model, path)
        if not lens.differs(was, theirs) or not lens.differs(theirs, mine):
            continue
        if lens.differs(was, mine):
            found[item_of(editor.model, path)] = theirs
        else:
            editor.set(path, theirs)
            editor.close_step()
    return found


def value_words(value: Any) -> str:
    """Return a value in a few words; nothing and none of a list are told, too."""
    if isinstance(value, NullFlavor):
        return reason_words(value)
    if value is None:
        return _("no answer")
    return _("none of these") if value == frozenset() else show(value)


def conflict_words(theirs: Any, mine: Any) -> str:
    """Return both values for the note under the field."""
    words = _("Saved elsewhere: {theirs}. Yours: {mine}.")
    return words.format(theirs=value_words(theirs), mine=value_words(mine))


def undecided_words(count: int) -> str:
    """Return what stands over the page while a choice is open."""
    if count == 1:
        return _("1 item was changed here and elsewhere: choose, Alt+1 yours, Alt+2 theirs.")
    words = _("{n} items were changed here and elsewhere: choose, Alt+1 yours, Alt+2 theirs.")
    return words.format(n=count)
