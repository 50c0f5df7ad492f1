"""Acknowledgements as real ones are: with parts missing, numbers doubled, texts cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from aeapp.domain.codelists.lifecycle import BatchVerdict, CaseVerdict
from aeapp.domain.records import Acknowledgement
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.acknowledging import answer_of, lines, messages_of
from aeapp.readers.e2b import read_acknowledgement
from tests.formspecs.acknowledgement_samples import answer

REAL = sorted((Path(__file__).parents[3] / "shared" / "e2b" / "instances").rglob("*.ack"))


def test_an_answer_is_read_with_its_batch_and_cases() -> None:
    text = answer(batch="B-1", number="M-1 US-OWN-1", words=" one\n two; three ",
                  created="20220815101246-0400")  # fmt: skip
    found = answer_of(read_acknowledgement(text.encode()))

    assert (found.batch, found.sender, found.own_number) == ("B-1", "ZZFDA", "777")
    assert found.at == PartialDate(2022, 8, 15, 10, 12, 46, -240)
    assert found.verdict is BatchVerdict.SOME
    (case,) = found.cases
    assert case.numbers == ("M-1 US-OWN-1", "M-1", "US-OWN-1")
    assert (case.verdict, case.words, case.their_number) == (
        CaseVerdict.ACCEPTED, "one two; three", "888",
    )  # fmt: skip


def test_characters_that_no_record_holds_are_signs() -> None:
    text = answer(batch="B\u202e1", number="N-1", words="D.5 isn\x92t right")
    found = answer_of(read_acknowledgement(text.encode()))
    assert (found.batch, found.cases[0].words) == ("B\ufffd1", "D.5 isn\ufffdt right")


def test_what_is_missing_is_empty() -> None:
    bare = b'<MCCI_IN200101UV01 xmlns="urn:hl7-org:v3"/>'
    found = answer_of(read_acknowledgement(bare))
    assert (found.batch, found.at, found.verdict, found.cases) == ("", None, None, ())

    # Without a name space, and with another root of the id than the guide's.
    text = answer(batch="B-1", number="N-1", verdict="??").replace(' xmlns="urn:hl7-org:v3"', "")
    found = answer_of(read_acknowledgement(text.replace(".3.22", ".3.99").encode()))
    assert found.batch == "B-1"
    assert found.cases[0].verdict is None


@pytest.mark.parametrize(
    ("batch", "case", "words", "first"),
    [
        ("AA", "CA", "", "Accepted."),
        ("AE", "CA", "D.5 is unusual", "Accepted, with words of the receiver"),
        ("AE", "CR", "", "Rejected: the receiver did not take this case"),
        ("AR", None, "", "Rejected: the batch could not be read"),
        ("AA", None, "", "It does not say whether the case was taken"),
        (None, None, "", "It does not say whether the case was taken"),
    ],
)
def test_a_verdict_is_told_in_plain_words(
    batch: str | None, case: str | None, words: str, first: str
) -> None:
    one = Acknowledgement(
        batch_verdict=BatchVerdict(batch) if batch else None,
        verdict=CaseVerdict(case) if case else None, words=words, batch_words="of all",
    )  # fmt: skip

    told = list(lines(one))
    assert told[0].startswith(first)
    assert told[-1] == "of all"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ()),
        ("1: D.5 is missing; 2: other;", ("D.5 is missing [D.5: Sex]", "other")),
        ("Sex (D.5) must be there", ("Sex (D.5) must be there",)),
        ("Line 3, column 9: X.Y.9 is odd", ("Line 3, column 9: X.Y.9 is odd",)),
        ("FDA.D.12 has to...", (
            "FDA.D.12 has to... [FDA.D.12: Patient Ethnicity Code] (cut off by the receiver)",
        )),
    ],
)  # fmt: skip
def test_messages_stand_one_by_one_with_the_names_of_elements(
    words: str, expected: tuple[str, ...]
) -> None:
    assert messages_of(words) == expected


@pytest.mark.skipif(not REAL, reason="the sample acknowledgements are not on this machine")
def test_the_samples_are_read() -> None:
    found = [answer_of(read_acknowledgement(file.read_bytes())) for file in REAL]
    verdicts = {one.verdict for answered in found for one in answered.cases}
    assert verdicts == {CaseVerdict.ACCEPTED, CaseVerdict.REJECTED}
    assert all(one.batch.startswith("FAERS2022") for one in found)
