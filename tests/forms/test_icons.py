from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from forms import icons
from forms.theme import Mode, Status, Theme


def drawn(role: str) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, QRectF(0, 0, 32, 32), role, QColor("black"))
    painter.end()
    return image


@pytest.mark.parametrize("role", sorted(icons.known()))
def test_every_role_draws_something(role: str) -> None:
    image = drawn(role)
    inked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32))
    assert inked > 20


def test_the_five_statuses_have_five_shapes() -> None:
    shapes = [bytes(drawn(status).constBits()) for status in Status]
    assert len(set(shapes)) == len(Status)


def test_an_icon_takes_the_colour_of_the_theme_in_use(theme: Theme) -> None:
    def brightest() -> int:
        image = icons.icon("brand", "text").pixmap(QSize(32, 32)).toImage()
        inked = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        return max((c.lightness() for c in inked if c.alpha() > 200), default=0)

    light = brightest()
    theme.set_mode(Mode.DARK)
    assert brightest() > light + 100


def test_a_disabled_icon_is_paler() -> None:
    def ink(mode: QIcon.Mode) -> QColor:
        image = icons.icon("lock", "text").pixmap(QSize(32, 32), mode).toImage()
        return max(
            (image.pixelColor(x, y) for x in range(32) for y in range(32)),
            key=lambda c: (c.alpha(), -c.lightness()),
        )

    assert ink(QIcon.Mode.Disabled) != ink(QIcon.Mode.Normal)


def test_an_unknown_role_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        icons.icon("unicorn")
