"""The chart of a session on paper, read back by other tools."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from aeapp.domain.vitals.chart_data import ChartData, DoseKind, DoseMark
from exports.pdf import vitals_chart
from exports.pdf.pen import MM, Pen
from exports.pdf.vitals_chart import SIZE, WIDTH, draw_chart, laid_out
from tests.exports import reading
from tests.helpers import charting
from tests.helpers.charting import HR, at, rich

LEFT, TOP = 17.0, 12.0
PAGE = (215.9, 279.4)
LONG = "Ketamine hydrochloride in sodium chloride 0.9 %, " * 6
SESSIONS = {
    "rich": rich(),
    "over": replace(rich(), now=None),
    "before": charting.before_the_dose(),
    "480": charting.monitored(480),
    "long": charting.monitored(1920, 480),
    "wordy": ChartData(zero=at(0), doses=(DoseMark(60, None, LONG, DoseKind.BOLUS),)),
}


def printed(data: ChartData, height: float = 0.0) -> tuple[bytes, float]:
    pen = Pen(*PAGE)
    high = draw_chart(pen, data, LEFT, TOP, height)
    pen.end_page()
    return pen.finish(), high


def boxes(pdf: bytes) -> Iterator[tuple[float, float, float, float]]:
    """Yield left, top, right and bottom of everything drawn, in millimetres from the top left."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        for thing in page.get_objects():
            left, bottom, right, top = (v / MM for v in thing.get_bounds())
            yield left, PAGE[1] - top, right, PAGE[1] - bottom


def sizes(pdf: bytes) -> set[float]:
    with pypdfium2.PdfDocument(pdf) as document:
        found = set()
        for thing in document[0].get_objects():
            if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
                size = ctypes.c_float()
                assert pdfium.FPDFTextObj_GetFontSize(thing, size)
                found.add(round(size.value, 2))
        return found


def greys(pdf: bytes) -> bool:
    """Tell whether the page has no colour at all."""
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
    colours = image.getcolors(image.width * image.height)
    return all(red == green == blue for _count, (red, green, blue) in colours)


def test_labels_words_and_caption_are_text() -> None:
    pdf, _high = printed(rich())
    (page,) = reading.page_texts(pdf)
    words = reading.words(page)
    for expected in (
        *("Events", "Doses", "BP", "mmHg", "HR", "SpO₂", "RR", "MOAA/S", "CADSS-6", "Readings due"),
        *("Dissociation", "Nausea", "Pressure increased, proposed", "Ondansetron 4 mg IV, T+43"),
        *("128/78", "! 182/106", "! 91", "limit 170", "own baseline 128/78", "T+15", "T+120"),
        "T0 = 13:50, times in America/New_York",
        "Frame and !: beyond a limit.",
    ):
        assert expected in words, expected


@pytest.mark.parametrize("name", SESSIONS)
def test_nothing_stands_outside_the_frame(name: str) -> None:
    pdf, high = printed(SESSIONS[name])
    for left, top, right, bottom in boxes(pdf):
        assert left >= LEFT - 0.3, name
        assert top >= TOP - 0.3
        assert right <= LEFT + WIDTH + 0.3
        assert bottom <= TOP + high + 0.3


def test_what_stands_outside_would_be_found() -> None:
    pen = Pen(*PAGE)
    draw_chart(pen, rich(), LEFT, TOP)
    pen.say(LEFT - 4, TOP, "far left", SIZE)
    pen.end_page()
    assert any(left < LEFT - 0.3 for left, *_rest in boxes(pen.finish()))


def test_no_text_is_smaller_than_eight_points() -> None:
    pdf, _high = printed(rich())
    assert sizes(pdf) == {8.0}


def test_it_is_drawn_without_colour() -> None:
    pdf, _high = printed(rich())
    assert greys(pdf)


def test_colour_would_be_found() -> None:
    pen = Pen(*PAGE)
    pen._canvas.setFillColorRGB(0.8, 0.2, 0.2)  # noqa: SLF001 - no pen of ours has colour
    pen._canvas.rect(50, 50, 90, 90, fill=1)  # noqa: SLF001
    pen.end_page()
    assert not greys(pen.finish())


def test_the_same_session_gives_the_same_bytes() -> None:
    assert printed(rich()) == printed(rich())


def test_the_time_to_come_stays_white() -> None:
    chart = laid_out(rich())
    pdf, _high = printed(rich())
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=4).to_pil().convert("L")
    x = (LEFT + chart.axis.x(66) * vitals_chart.UNIT) * MM * 4
    y = (TOP + chart.plot.top * vitals_chart.UNIT) * MM * 4
    assert image.getpixel((round(x), round(y + 6))) == 255


def test_height_that_is_given_is_used() -> None:
    _pdf, low = printed(rich())
    _pdf, high = printed(rich(), 140)
    assert high == pytest.approx(140 + 2 * 4.6)
    assert low < 105


def test_readings_left_to_the_table_are_named_in_the_caption() -> None:
    far = charting.reading(HR, -600, 60)
    pdf, _high = printed(replace(rich(), readings=(far, *rich().readings)))
    assert "One reading is in the table only." in reading.words(reading.page_texts(pdf)[0])


def test_a_letter_that_the_face_lacks_is_printed_by_its_number() -> None:
    doses = (DoseMark(20, None, "Ketamin ཀ", DoseKind.BOLUS),)
    pdf, _high = printed(ChartData(zero=at(0), doses=doses))
    assert "Ketamin [U+0F40]" in reading.words(reading.page_texts(pdf)[0])
