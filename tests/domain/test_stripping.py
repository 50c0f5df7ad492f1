"""What the shape of words tells is taken out of a text, and what only looks so stays."""

from __future__ import annotations

import pytest

from aeapp.domain.narrative.identifiers import identifiers_in
from aeapp.domain.narrative.stripping import stripped


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("on 16-Nov-2026 at noon", "on [date withheld, 2026] at noon"),
        ("on 16 November 2026.", "on [date withheld, 2026]."),
        ("November 17, 2026: well", "[date withheld, 2026]: well"),
        ("in Nov 2026 and Nov-2026", "in [date withheld, 2026] and [date withheld, 2026]"),
        ("2026-11-16T10:40-05:00 fell", "[date withheld, 2026] fell"),
        ("2026-11 fell", "[date withheld, 2026] fell"),
        ("11/16/2026, 16.11.2026", "[date withheld, 2026], [date withheld, 2026]"),
        ("11/16/26 fell", "[a date withheld] fell"),
        ("on 16 Nov he fell", "on [a date withheld] he fell"),
        ("on November 16th he fell", "on [a date withheld] he fell"),
        ("mail x.y@clinic.example now", "mail [an address of mail withheld] now"),
        ("see https://a.example/b?c now", "see [an address of the web withheld] now"),
        ("see www.a.example", "see [an address of the web withheld]"),
        ("SSN 123-45-6789", "SSN [a number like that of social security withheld]"),
        ("call (217) 555-0142", "call [a telephone number withheld]"),
        ("call 217.555.0142", "call [a telephone number withheld]"),
        ("call +44 20 7946 0958", "call [a telephone number withheld]"),
        ("from 192.168.0.17", "from [an address of the network withheld]"),
        ("Albany NY 12207", "Albany NY [a postal code withheld]"),
        ("a 92-year-old man, aged 93", "a 90 or more-year-old man, aged 90 or more"),
        ("age 94, age: 101", "age 90 or more, age: 90 or more"),
    ],
)  # fmt: skip
def test_what_tells_by_its_shape_is_taken_out(text: str, left: str) -> None:
    assert stripped(text, ())[0] == left


@pytest.mark.parametrize(
    "text",
    [
        "BP 182/106 mmHg, HR 101 /min, SpO2 96 %",
        "ketamine 37.5 mg over 40 minutes at T+52, 14:42",
        "a 67-year-old woman, 89 years old, 90 mg, 91 %",
        "a march of 10 minutes; she may sit up",
        "lot 12345, dose 0.5 mg/kg, 2 x/week",
    ],
)
def test_what_only_looks_so_stays(text: str) -> None:
    assert stripped(text, ()) == (text, {})


def test_what_the_records_know_goes_first_and_once() -> None:
    known = identifiers_in([("patient", "phone", "217 555 0142"), ("patient", "name", "May Oak")])
    text, found = stripped("May Oak, 217-555-0142, may stand.", known)
    assert text == "[the name of the patient withheld], [a phone number withheld], may stand."
    assert dict(found) == {"the name of the patient": 1, "a phone number": 1}
    shape = stripped("On 1 May 2026 May Oak fell.", known, only_known=True)[0]
    assert shape.startswith("On 1 [a part of the patient’s name withheld] 2026 [the name of the")
