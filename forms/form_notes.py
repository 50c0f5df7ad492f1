"""What the note under a field of a form says: what is wrong, what was sent, how long it is."""

from __future__ import annotations

from aeapp.domain.case import Case
from aeapp.domain.checks import utf16_length
from aeapp.domain.findings import Finding, Severity
from aeapp.editing.editor import Editor
from aeapp.kernel.i18n import _
from forms.form_parts import Entry

_LONGEST = 120

Note = tuple[str, Severity | None]


def own_note(editor: Editor[Case], path: str, finding: Finding | None, entry: Entry | None) -> Note:
    """Return what is said of the value itself: what nobody can read, a finding, or its room."""
    problem = editor.problem(path)
    if problem:
        return _(problem), Severity.BLOCKS
    if finding is not None:
        return _(finding.text), finding.severity
    words = "" if entry is None else _plain_note(editor, entry)
    return (words, Severity.INFORMS) if words else ("", None)


def _plain_note(editor: Editor[Case], entry: Entry) -> str:
    if entry.room and utf16_length(editor.text(entry.path)) > entry.room:
        words = _("Longer than {n} characters: it goes on on a continuation page.")
        return words.format(n=f"{entry.room:,}")
    return _(entry.note)


def with_sent(note: Note, sent: str) -> Note:
    """Return a note that also says what was sent in place of the value."""
    text, severity = note
    was = _("Changed; it was sent as: {before}").format(before=_shortened(sent or _("nothing")))
    return (f"{text} {was}", severity) if text else (was, Severity.INFORMS)


def _shortened(text: str) -> str:
    """Return a text that fits a note; the list of differences has the whole."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
