"""The papers that tell of a case: added, given their file, taken out, brought back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aeapp.domain.case_parts import PAPER, PAPER_OUT
from aeapp.domain.records.literature import Paper
from forms.form_parts import MESSAGE
from forms.report_page import ReportPage
from forms.widgets.paper import PaperField
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_room import open_report_room, settle

FIRST, FILE = "case.literature[0].reference", "case.literature[0].sha256"


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_a_paper_gets_its_file_and_comes_back_whole(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Invented A. A case of fainting. J Invent 2026;1:2.")
    bench.ask = Answers(path=paper)
    page = open_report_room(qtbot, bench).page
    assert isinstance(page, ReportPage)
    form = page.form
    shown = form.show_page(MESSAGE)
    shown.adds[PAPER].click()
    form.answer(FIRST, "Invented A. A case of fainting. J Invent 2026;1:2.")
    field = form.show_page(MESSAGE).fields[FILE]
    assert isinstance(field, PaperField)
    field.attach.click()
    settle(bench, qtbot)
    (told,) = page._work.case.case.literature  # noqa: SLF001 - what will be stored
    assert told.sha256
    assert field._title.text() == "paper"  # noqa: SLF001 - what is shown
    assert page._files_words() == "Files 1"  # noqa: SLF001 - the name of the tab
    assert_accessible(form)

    # The same file for another paper is known; a paper taken out comes back as it was.
    form.show_page(MESSAGE).adds[PAPER].click()
    form.show_page(MESSAGE).fields["case.literature[1].sha256"].attach.click()  # type: ignore[attr-defined]
    settle(bench, qtbot)
    assert [p.sha256 for p in page._work.case.case.literature] == [told.sha256] * 2  # noqa: SLF001
    form.show_page(MESSAGE).adds[f"{PAPER_OUT} 0"].click()
    assert page._work.case.case.literature == (Paper(sha256=told.sha256),)  # noqa: SLF001
    form.undo()
    assert page._work.case.case.literature[0] == told  # noqa: SLF001
    page._work.save()  # noqa: SLF001 - as Ctrl+S does
    settle(bench, qtbot)
    stored = bench.app.cases.gather(page._work.case.case.id)  # noqa: SLF001
    assert stored.case.literature == (told, Paper(sha256=told.sha256))
