"""What a line of the log of sending must say, and how it reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.codelists.clinic import Channel
from aeapp.domain.codelists.lifecycle import FrozenKind, NotThere, SentAs
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.records import ReportVersion, Sending
from aeapp.domain.records.report_version import FrozenPart
from aeapp.domain.sending import LACKS, Earlier, Lack, held_words, lacks_of, sending_words
from aeapp.domain.values import PartialDate

NOW = PartialDate(2026, 11, 23, 14, 40, None, -300)
CALL = Sending(channel=Channel.PHONE, at=NOW, person="M. Ortiz")
WRITTEN = Sending(channel=Channel.FAX, at=NOW, reference="7")
UNPROVEN = replace(WRITTEN, proof_lacks=NotThere.NOT_KEPT)


@pytest.mark.parametrize(
    ("line", "proven", "lacks"),
    [
        (CALL, False, []),
        (replace(CALL, person=" "), False, [Lack.NAMED]),
        (replace(CALL, person=None, reference="7"), False, []),
        (replace(CALL, at=PartialDate(2026, 11, 23)), False, [Lack.AT]),
        (WRITTEN, True, []),
        (WRITTEN, False, [Lack.PROOF]),
        (UNPROVEN, False, []),
        (replace(UNPROVEN, reference=" "), False, [Lack.REFERENCE]),
        (replace(UNPROVEN, reference=None, person="M. Ortiz"), False, [Lack.REFERENCE]),
        (replace(UNPROVEN, reference=None, reference_lacks=NotThere.AWAITED), False, []),
        (Sending(), False, [Lack.CHANNEL, Lack.AT, Lack.REFERENCE, Lack.PROOF]),
    ],
)
def test_a_line_says_what_it_lacks(line: Sending, proven: bool, lacks: list[Lack]) -> None:
    assert list(lacks_of(line, proven=proven)) == lacks


def test_every_lack_has_its_words() -> None:
    assert set(LACKS) == set(Lack)


def test_a_line_reads_with_its_number_its_proof_or_why_there_is_none() -> None:
    assert sending_words(replace(WRITTEN, proof="receipt.pdf")) == ("7", "proof receipt.pdf")
    told = replace(
        CALL,
        reference_lacks=NotThere.AWAITED,
        proof_lacks=NotThere.UNKNOWN,
        document=SentAs.OFFICIAL,
        at_because="typed in late",
    )
    assert sending_words(told) == (
        "M. Ortiz",
        "no number: Still to come",
        "on the official form",
        "no proof: Nobody knows",
        "time as given: typed in late",
    )


@pytest.mark.parametrize(
    ("earlier", "at", "told"),
    [
        (Earlier(), NOW, ()),
        (Earlier(sent=NOW, learnt=NOW), None, ()),
        # The same minute, or a day that may hold it, is not surely before.
        (Earlier(sent=NOW, version=1, learnt=PartialDate(2026, 11, 23)), NOW, ()),
        (Earlier(learnt=PartialDate(2026, 12)), NOW,
         ("It would have gone out before the clinic learnt of the event, Dec-2026.",)),
        (Earlier(sent=PartialDate(2026, 11, 24), version=1, learnt=NOW), NOW,
         ("It would have gone out before version 1, which was sent 24-Nov-2026.",)),
        (Earlier(sent=PartialDate(2026, 11, 24), learnt=PartialDate(2026, 11, 25)), NOW,
         ("It would have gone out before the first one, which was sent 24-Nov-2026.",
          "It would have gone out before the clinic learnt of the event, 25-Nov-2026.")),
    ],
)  # fmt: skip
def test_a_time_is_doubted_only_where_it_is_surely_too_early(
    earlier: Earlier, at: PartialDate | None, told: tuple[str, ...]
) -> None:
    assert earlier.doubts(at) == told


def test_what_holds_an_export_back_is_told_once() -> None:
    one = Finding(path="case.title", code="NR3", severity=Severity.BLOCKS, text="Take it out.")
    assert held_words([one, one, replace(one, item="B5")]) == (
        "-: Take it out.",
        "B5: Take it out.",
    )


def test_a_call_has_neither_proof_nor_document_to_read_of() -> None:
    assert sending_words(CALL) == ("M. Ortiz",)


def test_a_version_with_a_blank_file_was_sent_on_the_official_form() -> None:
    blank = FrozenPart(what=FrozenKind.BLANK, sha256="ab")
    assert ReportVersion(parts=(blank,)).sent_as is SentAs.OFFICIAL
    assert ReportVersion().sent_as is SentAs.PAGES
    values = FrozenPart(what=FrozenKind.VALUES, sha256="ef")
    assert ReportVersion(parts=(values,)).sent_as is SentAs.MESSAGE
