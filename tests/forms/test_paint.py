from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from forms import paint
from forms.paint import ButtonFace, Level, Press
from forms.theme import Status, Theme, px, tokens


def canvas() -> QImage:
    image = QImage(320, 60, QImage.Format.Format_RGB32)
    image.fill(tokens().color("surface"))
    return image


def colours(image: QImage, y: int) -> list[str]:
    return [image.pixelColor(x, y).name().upper() for x in range(image.width())]


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OK])
def test_a_pill_is_filled_with_the_colour_of_its_status(status: Status) -> None:
    image = canvas()
    painter = QPainter(image)
    paint.pill(painter, QRectF(0, 0, 200, 60), status, "1 day over")
    painter.end()
    assert getattr(tokens(), f"{status}_fill") in colours(image, 22)


def test_a_pill_that_is_fine_has_no_fill() -> None:
    image = canvas()
    painter = QPainter(image)
    paint.pill(painter, QRectF(0, 0, 200, 60), Status.OK, "All in")
    painter.end()
    assert colours(image, 21).count(tokens().surface) > 300


@pytest.mark.parametrize(
    ("share", "filled"), [(0.0, 0), (0.5, 160), (1.0, 320), (1.7, 320), (-1, 0)]
)
def test_a_meter_is_filled_by_its_share(share: float, filled: int) -> None:
    image = canvas()
    painter = QPainter(image)
    paint.meter(painter, QRectF(0, 0, 320, 60), Level(share=share))
    painter.end()
    assert colours(image, 30).count(tokens().accent) == pytest.approx(filled, abs=4)


def test_a_meter_has_a_tick_at_the_minimum() -> None:
    image = canvas()
    painter = QPainter(image)
    paint.meter(painter, QRectF(0, 0, 320, 60), Level(share=0.0, minimum=0.5))
    painter.end()
    above_the_bar = colours(image, 30 - px(5))
    assert [x for x, c in enumerate(above_the_bar) if c == tokens().edge] == [159, 160]


def test_a_chip_keeps_its_width_when_it_is_chosen() -> None:
    assert paint.chip_size("Recovering", "2") == paint.chip_size("Recovering", "2")
    assert paint.chip_size("Recovering", "2").width() > paint.chip_size("Recovering").width()


def test_the_focus_ring_shows_on_a_filled_button() -> None:
    def grab(*, focus: bool) -> QImage:
        image = canvas()
        painter = QPainter(image)
        face = ButtonFace(text="Sign", kind="main")
        paint.button(painter, QRectF(0, 0, 200, 32), face, Press(focus=focus))
        painter.end()
        return image

    assert tokens().on_accent in colours(grab(focus=True), 4)[20:180]
    assert tokens().on_accent not in colours(grab(focus=False), 4)[20:180]


def test_a_button_that_is_off_does_not_look_like_the_main_one() -> None:
    image = canvas()
    painter = QPainter(image)
    paint.button(
        painter, QRectF(0, 0, 200, 32), ButtonFace(text="Sign", kind="main"), Press(enabled=False)
    )
    painter.end()
    assert tokens().accent not in colours(image, 8)


def test_parts_grow_with_the_letters(theme: Theme) -> None:
    small = paint.pill_size("1 day over")
    theme.set_percent(200)
    large = paint.pill_size("1 day over")
    assert large.height() == 2 * small.height()
    assert large.width() == pytest.approx(2 * small.width(), rel=0.05)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dana Reyes, RN", "DR"),
        ("Dr Ifeoma Okafor", "IO"),
        ("Dr. I. Okafor", "IO"),
        ("Kim", "K"),
        ("", ""),
    ],
)
def test_initials_leave_titles_out(name: str, letters: str) -> None:
    assert paint.initials(name) == letters
