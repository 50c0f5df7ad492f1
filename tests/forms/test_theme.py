from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from forms import fonts
from forms.qss import TEMPLATE
from forms.theme import DARK, LIGHT, Mode, Status, Theme, Tokens, px, style_sheet, tokens
from forms.widgets.labels import label

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
TEXT, GRAPHICS = 4.5, 3.0


def luminance(color: str) -> float:
    c = QColor(color)
    parts = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (c.redF(), c.greenF(), c.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(look: Tokens, front: str, back: str) -> float:
    light, dark = sorted(
        (luminance(getattr(look, front)), luminance(getattr(look, back))), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("front", ["text", "text2", "text3", "accent"])
@pytest.mark.parametrize("back", ["surface", "window", "select", "hover", "accent_tint"])
def test_text_can_be_read_on_every_ground_it_stands_on(look: Tokens, front: str, back: str) -> None:
    assert contrast(look, front, back) >= TEXT


@THEMES
@pytest.mark.parametrize("status", Status)
def test_a_status_can_be_read_on_surface_window_and_its_tint(look: Tokens, status: Status) -> None:
    for back in ("surface", "window", f"{status}_tint"):
        assert contrast(look, status, back) >= TEXT


@THEMES
@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OK])
def test_words_on_a_pill_can_be_read(look: Tokens, status: Status) -> None:
    assert contrast(look, f"{status}_on", f"{status}_fill") >= TEXT


@THEMES
@pytest.mark.parametrize(
    ("front", "back"), [("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_ink", "ink")]
)
def test_words_on_filled_grounds_can_be_read(look: Tokens, front: str, back: str) -> None:
    assert contrast(look, front, back) >= TEXT


@THEMES
@pytest.mark.parametrize(
    "front",
    ["edge", "focus", "flag_edge", "hr", "spo2", "rr", "dose", "solid_bar", "ladder_bar"],
)
def test_graphics_stand_out_from_the_surface(look: Tokens, front: str) -> None:
    assert contrast(look, front, "surface") >= GRAPHICS


def test_every_colour_of_both_themes_is_a_colour() -> None:
    for look in (LIGHT, DARK):
        assert vars(look).keys() == Tokens.__annotations__.keys()
        for name, value in vars(look).items():
            if name != "dark":
                assert re.fullmatch("#[0-9A-F]{6}", value), name


@pytest.mark.parametrize("percent", [90, 100, 200])
def test_the_style_sheet_has_no_unfilled_word(percent: int) -> None:
    assert "@" not in style_sheet(LIGHT, percent)


def test_the_style_sheet_stays_short_and_leaves_type_to_the_fonts() -> None:
    assert len(TEMPLATE.splitlines()) <= 150
    assert "font-" not in TEMPLATE


def test_dark_is_followed_and_light_again(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(Mode.DARK)
    assert tokens() is DARK
    theme.set_mode(Mode.LIGHT)
    assert tokens() is LIGHT


@pytest.mark.parametrize(
    ("asked", "given"), [(80, 90), (90, 90), (150, 150), (200, 200), (250, 200)]
)
def test_letters_grow_from_90_to_200_percent(theme: Theme, asked: int, given: int) -> None:
    theme.set_percent(asked)
    assert theme.percent == given
    assert fonts.sized("body").pointSizeF() == pytest.approx(given / 10)
    assert px(100) == given


def test_labels_grow_with_the_theme(theme: Theme, qtbot: QtBot) -> None:
    words = label("Weight", "heading")
    qtbot.addWidget(words)
    before = words.sizeHint().height()
    theme.set_percent(200)
    assert words.sizeHint().height() > 1.8 * before


def test_labels_show_markup_as_it_is(qtbot: QtBot) -> None:
    shown: QLabel = label("<b>62</b>")
    qtbot.addWidget(shown)
    plain = label("62")
    qtbot.addWidget(plain)
    assert shown.sizeHint().width() > plain.sizeHint().width() + 20


def test_the_type_is_inter_and_its_weights_differ() -> None:
    assert QFontInfo(fonts.sized("body")).family() == "Inter"
    widths = [
        QFontMetricsF(fonts.sized(name)).horizontalAdvance("Hamburgefonstiv")
        for name in ("body", "button", "strong")
    ]
    assert widths == sorted(widths)
    assert len(set(widths)) == 3


def test_figures_have_one_width_and_words_do_not_suffer() -> None:
    figures, words = QFontMetricsF(fonts.sized("figures")), QFontMetricsF(fonts.sized("body"))
    assert figures.horizontalAdvance("1111") == figures.horizontalAdvance("8888")
    assert words.horizontalAdvance("-") < figures.horizontalAdvance("-")


@pytest.mark.parametrize("name", fonts.SIZES)
def test_no_type_is_smaller_than_eleven_pixels(name: str) -> None:
    assert fonts.SIZES[name].points >= 8.25
    assert fonts.sized(name).weight() in (
        QFont.Weight.Normal,
        QFont.Weight.Medium,
        QFont.Weight.DemiBold,
    )


def test_an_unreadable_font_is_told_and_not_drawn_as_boxes(tmp_path, qapp) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    with pytest.raises(fonts.FontMissingError):
        fonts.load_face(broken)
