"""One key in the form: taken in, views computed, everything checked, what changed drawn again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from aeapp import formspecs
from aeapp.domain import lens
from aeapp.domain.case import write
from aeapp.domain.findings import Context, find_problems
from aeapp.editing.editor import Editor
from forms.form_view import FormView
from tests.bench.child import Act
from tests.bench.ours.window import SIZE, Typist, application, settle
from tests.bench.stored import facts_of, open_stored

FIELD = "suspects[0].product.name"
TODAY = Context(today=dt.date(2026, 11, 23))


def prepare(place: str) -> Act:
    """Show the form of the stored case, the cursor in the name of the product."""
    app = open_stored(Path(place))
    case = app.cases.gather(facts_of(Path(place))["case"])
    app.close()
    qt = application()
    editor = Editor(case, write)
    form = FormView(editor, formspecs.form("fda3500"))
    found: list[int] = []

    def check(_paths: object) -> None:
        findings = find_problems(editor.model, "fda3500", TODAY)
        found.append(len(findings))
        form.show_findings(findings)

    editor.subscribe(check)
    form.resize(*SIZE)
    form.show()
    form.go_to(FIELD)
    check(None)
    settle(qt)
    line = next(w for w in form.findChildren(QLineEdit) if w.isVisible() and w.hasFocus())
    typist = Typist(qt, line)
    before = len(found)
    typist.press()
    assert len(found) > before, "the key reached the case"
    assert lens.get(editor.model, FIELD) == line.text()
    facts = {
        "fields": sum(len(list(page.entries())) for page in form.pages),
        "fields on the page": len(form.show_page(form.current).fields),
        "items": len(list(lens.paths(case))),
        "readings": len(case.observations),
        "findings": found[-1],
    }
    return Act(run=typist.press, facts=facts, end=form.close)
