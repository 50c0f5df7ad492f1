"""A number is known again from the name of a file that was made of it."""

from __future__ import annotations

import pytest

from aeapp.domain.finding.words import typed_words, words_of
from aeapp.domain.numbers import means, safe_name, without_ending

NUMBER = "KC-2026-000031/3500/1"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        " kc-2026-000031/3500/1 ",
        "KC-2026-000031-3500-1",
        "KC-2026-000031-3500-1.pdf",
        "KC-2026-000031-3500-1-official.PDF",
        "KC-2026-000031-3500-1-maker-official.pdf",
        "C:\\Reports\\KC-2026-000031-3500-1-archive.pdf",
        "/reports/KC-2026-000031-3500-1.pdf",
    ],
)
def test_every_way_to_write_a_number_means_it(typed: str) -> None:
    assert means(typed, NUMBER)
    assert set(typed_words(typed)) <= words_of([NUMBER])


@pytest.mark.parametrize("typed", ["", "KC-2026-000031", "KC-2026-000031-3500-2", "archive"])
def test_another_number_is_not_meant(typed: str) -> None:
    assert not means(typed, NUMBER)


def test_a_name_of_a_file_holds_plain_letters_only() -> None:
    assert safe_name(NUMBER) == "KC-2026-000031-3500-1"
    assert safe_name("") == "report"
    assert without_ending("archive") == "archive"
    assert without_ending("post-session") == "post-session"
