"""Answers of receivers: of a whole batch, of one case by its number alone, of strangers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Report
from aeapp.services.acknowledging import NoSubmissionError, Read
from aeapp.services.app import App
from aeapp.services.message_drawing import MessageWish
from tests.formspecs.acknowledgement_samples import answer
from tests.helpers.clinic import practice_app
from tests.helpers.report_case import a_serious_report

EMPTY = '<MCCI_IN200101UV01 xmlns="urn:hl7-org:v3"/>'


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


@pytest.fixture
def report(app: App) -> Report:
    return a_serious_report(app)


@pytest.fixture
def sent(app: App, report: Report, tmp_path: Path) -> str:
    out = tmp_path / "own.xml"
    wish = MessageWish(sender="LARKSPUR", receiver="TESTCENTRE", draft=True)
    app.messages.export(report.case_id, out, wish, report_id=report.id)
    return out.read_text(encoding="utf-8")


def read(app: App, folder: Path, text: str) -> Read:
    file = folder / "one.ack"
    file.write_text(text, encoding="utf-8")
    return app.acknowledgements.read(file)


def test_a_batch_that_could_not_be_read_is_about_each_of_its_cases(
    app: App, report: Report, sent: str, tmp_path: Path
) -> None:
    text = answer(sent, number="", verdict="", batch_verdict="AR")
    head, _one, rest = text.partition(" <MCCI_IN000002UV01>")
    bare = head + rest.partition("</MCCI_IN000002UV01>\n")[2]
    found = read(app, tmp_path, bare)

    assert [one.report_number for one in found.kept] == [report.number]
    assert found.kept[0].lines[0].startswith("Rejected: the batch could not be read")
    (kept,) = app.acknowledgements.of_report(report.id)
    assert kept.record.by == "Dana Reyes"
    assert kept.lines == found.kept[0].lines


def test_a_file_that_was_written_twice_is_answered_once(
    app: App, report: Report, tmp_path: Path
) -> None:
    wish = MessageWish(sender="LARKSPUR", receiver="TESTCENTRE", draft=True)
    for name in ("one.xml", "two.xml"):
        app.messages.export(report.case_id, tmp_path / name, wish, report_id=report.id)
    one = (tmp_path / "one.xml").read_text(encoding="utf-8")
    assert one == (tmp_path / "two.xml").read_text(encoding="utf-8")
    found = read(app, tmp_path, answer(one, number=""))
    assert [kept.report_number for kept in found.kept] == [report.number]


def test_of_a_batch_nobody_knows_the_number_of_the_case_counts(
    app: App, sent: str, tmp_path: Path
) -> None:
    found = read(app, tmp_path, answer(sent, batch="LOST"))
    assert found.kept[0].lines == ("Accepted.",)


def test_answers_about_others_are_told_and_not_kept(app: App, sent: str, tmp_path: Path) -> None:
    text = answer(sent)
    one = text[text.index(" <MCCI_IN000002UV01>") : text.index(" <sender>")]
    own = one[one.index("targetMessage><id extension=") :].split('"')[1]
    both = text.replace(one, one + one.replace(own, "US-OTHER-2"))
    found = read(app, tmp_path, both)

    assert len(found.kept) == 1
    assert found.strange == ("US-OTHER-2",)


@pytest.mark.parametrize("text", [EMPTY, answer(batch="", number=""), answer(batch="B", number="")])
def test_what_names_nothing_written_here_is_refused(
    app: App, sent: str, tmp_path: Path, text: str
) -> None:
    assert sent
    with pytest.raises(NoSubmissionError):
        read(app, tmp_path, text)
