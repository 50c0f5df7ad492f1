"""The outcomes page on paper says of whom it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.codecs import show_date
from aeapp.domain.outcomes.harm import Harm, Occurred
from aeapp.domain.outcomes.page import Asked
from aeapp.kernel.progress import NoProgress
from aeapp.services.outcomes import OutcomesFile
from exports.pdf import outcomes_paper, sheets
from tests.exports.every_document import rich
from tests.exports.reading import squeezed
from tests.exports.session_files import STAMP
from tests.helpers.three_readers import pdfium_pages


def said(file: OutcomesFile) -> str:
    frame = sheets.Frame(outcomes_paper.TITLE, outcomes_paper.subtitle(file), STAMP)
    pdf, _pages = sheets.render(outcomes_paper.parts(file), frame, NoProgress())
    return squeezed("".join(pdfium_pages(pdf)))


def test_what_narrows_the_page_stands_over_who_is_counted() -> None:
    words = said(rich().outcomes)

    head = words.partition("Treatedintheperiod")[0]
    for line in (
        "OnlytherouteIVinfusion",
        "Onlytheproductketamine",
        "OnlythediagnosisDepression",
        "OnlytheprescriberDrI.Okafor",
    ):
        assert line in head


def test_a_copy_for_outside_does_not_name_the_prescriber() -> None:
    words = said(replace(rich().outcomes, shared=True))

    assert "Onlytheprescriber1chosen,notnamedinthiscopy" in words
    assert "Okafor" not in words


def test_a_copy_for_outside_nowhere_says_how_many_a_small_group_is() -> None:
    file = rich().outcomes
    given = replace(file.page.harm.exposure, patients=3)
    page = replace(file.page, harm=replace(file.page.harm, exposure=given, events=()))

    told = said(replace(file, page=page, shared=True))
    inside = said(replace(file, page=page))

    assert "under5people" in told
    assert "3people" not in told
    assert "Eventspersonnottold" in told.replace("perperson", "person")
    assert "3people" in inside


def events(term: str, people: int) -> tuple[Occurred, ...]:
    return tuple(
        Occurred(f"{term}{n}", f"P{n}", f"S{n}", term, 2, serious=False) for n in range(people)
    )


def test_a_term_of_few_is_not_the_rest_of_all_events() -> None:
    file = rich().outcomes
    given = replace(file.page.harm.exposure, patients=30, sessions=60)

    def told(*happened: Occurred) -> str:
        page = replace(file.page, harm=Harm(given, happened))
        return said(replace(file, page=page, shared=True))

    words = told(*events("Nausea", 12), *events("Anxiety", 9), *events("Vomiting", 3))
    # The sum is told, and two terms that are not; where they stand says nothing of how many.
    assert "Eventsper100sessions40.0" in words
    assert "Nausea1212/60" in words
    assert "AnxietynottoldVomitingnottold" in words
    lone = told(*events("Vomiting", 3))
    assert "Eventsper100sessionsnottold" in lone
    assert "Eventspergramnottold" in lone


def test_few_of_whom_nobody_said_if_they_are_serious_are_not_counted_out() -> None:
    file = rich().outcomes
    open_ones = tuple(replace(event, serious=None) for event in events("Nausea", 3))
    harm = Harm(replace(file.page.harm.exposure, patients=30, sessions=60), open_ones)
    told = said(replace(file, page=replace(file.page, harm=harm), shared=True))

    assert "under5events:nobodysaidiftheyareserious" in told


@pytest.mark.parametrize("shared", [True, False])
def test_it_says_as_of_when_the_records_were(shared: bool) -> None:
    words = said(replace(rich().outcomes, shared=shared))

    assert f"RecordsAstheystoodon{squeezed(show_date(rich().outcomes.as_of))}." in words


def test_one_of_a_kind_is_not_told_as_several() -> None:
    """The rich page leaves out one dose, two scores, three events, four of another edition."""
    words = said(rich().outcomes)

    assert "1dosewhosedayisnotknown" in words
    assert "2scoreswhosedayisnotknown" in words
    assert "1doses" not in words
    assert outcomes_paper.counted(2, "session") == "2 sessions"


def test_a_page_of_the_whole_clinic_says_nothing_of_the_kind() -> None:
    file = rich().outcomes
    asked = Asked(first=file.page.asked.first, last=file.page.asked.last)

    assert "Onlythe" not in said(replace(file, page=replace(file.page, asked=asked)))
