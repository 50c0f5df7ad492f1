"""Letters beyond Latin in the windows: their faces, and the word where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QImage
from pytestqt.qtbot import QtBot

from aeapp.kernel.typefaces import SOURCES, there
from forms import fonts, scripts
from forms.models.paged import Column, PagedModel
from forms.widgets.labels import label

TOLD_ONCE = "No font here shows these letters: CJK, Hangul. They are kept as typed."


def image_of(qtbot: QtBot, text: str) -> QImage:
    made = label(text, "heading")
    qtbot.addWidget(made)
    made.setFixedSize(40, 40)
    return made.grab().toImage()


def test_letters_of_each_script_are_drawn_as_themselves(qtbot: QtBot) -> None:
    assert [source for source, _path in there()] == list(SOURCES), "the extra is installed here"
    offered = scripts.offer_faces()
    try:
        for one, other in ("中文", "あい", "한국", "नम", "عش", "ไท"):
            assert scripts.is_shown(one)
            assert image_of(qtbot, one) != image_of(qtbot, other), "boxes are alike"
    finally:
        for number in offered:
            QFontDatabase.removeApplicationFont(number)


def test_what_no_face_shows_is_told_once_for_each_script() -> None:
    told: list[str] = []
    watch = scripts.Watch(told.append, shown=lambda char: char < "\u3000")
    for text in ("Zoë – 5 µg", "王小明 한", "王", "明 ok", "é\u0301\u200d"):
        watch(text)
    assert [words.partition(" Install")[0] for words in told] == [TOLD_ONCE]
    assert "the extra “cjk”" in told[0]
    watch("\U0001f9e0")
    assert "CJK, Hangul, U+1F9E0" in told[1]
    other: list[str] = []
    scripts.Watch(other.append, shown=lambda _char: False)("မြန်မာ")
    assert "Myanmar" in other[0]
    assert "the extra “scripts”" in other[0]
    assert "cjk" not in other[0]


def test_labels_and_lists_say_what_they_show(qtbot: QtBot) -> None:
    met: list[str] = []
    fonts.watch_texts(met.append)
    try:
        made = label("plain")
        qtbot.addWidget(made)
        made.setText("王")
        model = PagedModel[str](
            [Column(head="Name", text=lambda line: line)], lambda ids, give: give(ids), str
        )
        model.show_ids(["小明", "Avery"])
        for row in range(2):
            model.data(model.index(row, 0), Qt.ItemDataRole.DisplayRole)
    finally:
        fonts._watchers.remove(met.append)  # noqa: SLF001 - the next test has windows too
    assert met == ["王", "小明"]
