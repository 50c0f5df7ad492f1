"""The page of clocks says what the data say."""

from __future__ import annotations

from pathlib import Path

from tools.clock_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "clocks.md"


def test_the_page_is_made_of_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.clock_page"
