from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from forms import icons
from forms.theme import Status


def drawn(role: str) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    try:
        icons.paint(painter, QRectF(0, 0, 32, 32), role, QColor("black"))
    finally:
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


def test_an_unknown_role_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        drawn("unicorn")


def test_whatever_is_offered_by_ctrl_k_has_an_icon_that_can_be_drawn() -> None:
    named = {
        role
        for module in Path(icons.__file__).parent.rglob("*.py")
        for role in re.findall(r'\bicon="(\w+)"', module.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= icons.known()
