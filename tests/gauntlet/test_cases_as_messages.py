"""Two thousand whole cases of any content: each a valid message that comes back as it was."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from aeapp.domain.archive import case_from
from aeapp.domain.case import Case
from aeapp.formspecs.e2b_r3.checking import MessageFinding, Profile, check
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.of_case import Around, Envelope, batch_of
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.to_case import Told, told_by
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.test_e2b_round_trip import differing, explained, row_of
from tests.helpers.drawn_cases import drawn_around, drawn_case
from tests.helpers.message_facts import facts_of

pytestmark = pytest.mark.gauntlet
SET = Path(__file__).parents[3] / "shared" / "e2b" / "schemas" / "multicacheschemas"
PARTS, EACH = 8, 250
LONG = 5000
AT = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
RECEIVERS = {
    Profile.ICH: ("TESTCENTRE", ""),
    Profile.FDA_POSTMARKET: ("ZZFDA", "CDER"),
    Profile.FDA_PREMARKET: ("ZZFDA_PREMKT", "CDER_IND"),
}
# Where records are silent, or say what a rule does not like. A finding about anything else is the
# writer's own.
_OF_RECORDS = frozenset({
    "C.1.9.1.r.1", "C.1.9.1.r.2", "E.i.6a", "FDA.G.k.1.a",
    "C.1.11.2", "C.1.4", "C.1.5", "C.1.7", "C.2.r.3", "C.2.r.5", "C.3.2", "C.3.3.1", "C.3.3.2",
    "C.3.3.3", "C.3.3.5", "C.3.4.1", "C.3.4.2", "C.3.4.3", "C.3.4.4", "C.3.4.5", "C.3.4.6",
    "C.3.4.7", "C.3.4.8", "D.1", "D.9.1", "E.i", "E.i.2.1a", "E.i.2.1b", "FDA.C.1.7.1",
    "FDA.C.5.5a", "FDA.D.11.r.1", "FDA.D.12", "FDA.G.k.12.r.1", "FDA.G.k.12.r.11.r",
    "FDA.G.k.12.r.3.r", "FDA.G.k.12.r.4", "FDA.G.k.12.r.5", "FDA.G.k.12.r.6", "G.k.1", "G.k.2.2",
    "G.k.3.1", "G.k.9.i.2.r.1", "G.k.9.i.2.r.2", "G.k.9.i.2.r.3", "H.1",
})  # fmt: skip
_ELEMENTS = {"patient": "D.7.2", "age": "D.2.2a"}
# Half a number or an address would be a wrong one, so a person has to shorten it.
_NEVER_CUT = frozenset({"C.3.4.6", "C.3.4.7", "C.3.4.8", "C.2.r.2.7", "FDA.C.2.r.2.8"})


def is_of_records(finding: MessageFinding) -> bool:
    """Tell whether a finding says what the records lack, not what the writer did to them."""
    if "characters" in finding.text:
        return finding.number in _NEVER_CUT
    if "belongs to it" in finding.text:
        # A diagnosis or a summary that is half told.
        return finding.number.startswith(("D.9.2.r", "D.9.4.r", "H.3.r", "H.5.r"))
    late = finding.text.startswith("It lies before")
    return late or finding.number in _OF_RECORDS


def has_several_doses(message: Part, case: Case) -> bool:
    given = Counter(giving.product_id for giving in case.administrations)
    shown = (len(one.members("G.k.4.r")) for one in message.members("G.k"))
    return max((*given.values(), *shown), default=0) > 1


def has_several_devices(message: Part, _case: Case) -> bool:
    parts = [p for one in message.members("G.k") for p in one.members("FDA.G.k.12.r")]
    return len(parts) > 1


def says_nothing_of_failure(message: Part, _case: Case) -> bool:
    parts = [p for one in message.members("G.k") for p in one.members("FDA.G.k.12.r")]
    return not any("FDA.G.k.12.r.1" in part.values for part in parts)


def has_opinions(message: Part, _case: Case) -> bool:
    pairs = [pair for one in message.members("G.k") for pair in one.members("G.k.9.i")]
    return any(pair.members("G.k.9.i.2.r") for pair in pairs)


def has_not_given(message: Part, _case: Case) -> bool:
    return any(one.text("G.k.1") == "4" for one in message.members("G.k"))


# What may stand otherwise although nothing was left, and in which messages.
_OTHERWISE: tuple[tuple[str, Callable[[Part, Case], bool]], ...] = (
    # Doses of one lot go as one, and so do their indications and what is reckoned by their times.
    (r"H\.1|G\.k\.(4\.r|5|6|7\.r|9\.i).*", has_several_doses),
    # Reckoned anew by the doses and the onset that came in, where nobody stated them.
    (r"G\.k\.[56].*", lambda _message, _case: True),
    # A device that has no place any more is told in words.
    (r"H\.1|FDA\.G\.k\.12\.r\b.*", has_several_devices),
    # A report without a word of a failed device is of a reaction alone.
    (r"FDA\.G\.k\.12\.r\.1", says_nothing_of_failure),
    # Causes of death go a member each and are joined to one; a paper has its words in one line,
    # and the file of a paper is one of those around the case.
    (r"D\.9\.2\.r.*|C\.4\.r.*", lambda _message, _case: True),
    (r"H\.1", lambda message, _case: len(message.members("D.9.2.r")) > 1),
    # An opinion of a sponsor or an authority comes in as causality in words, which H.1 tells.
    (r"H\.1", has_opinions),
    # What is told of a reaction beside a product that was not given is of no event, and so are the
    # places of opinions behind it.
    (r"G\.k\.9\.i.*", has_not_given),
    # A place without a code of ISO is told in words.
    (
        r"E\.i\.9",
        lambda message, _case: any("E.i.9" not in e.values for e in message.members("E.i")),
    ),
    # Asked where the study is one of bioequivalence, which only goes before approval.
    (r"FDA\.G\.k\.10a", lambda message, _case: not message.text("FDA.C.5.5b")),
)


def envelope_of(profile: Profile) -> Envelope:
    receiver, center = RECEIVERS[profile]
    return Envelope(
        sender="LARKSPUR", receiver=receiver, message_receiver=center, made_at=AT, profile=profile
    )


def bytes_of(case: Case, profile: Profile, around: Around) -> tuple[Batch, bytes]:
    made = batch_of([case], envelope_of(profile), around)
    return made, xml_of(batch_node(made))


def back_of(case: Case, told: Told) -> Case:
    """The case that a message became, with what is the clinic's own of the case it was of."""
    named = tuple(replace(one, withhold_identity=False) for one in told.bundle.reporters)
    file = replace(told.bundle.case, number=case.case.number)
    reports = (case.report,) if case.report.id else ()
    return case_from(
        replace(told.bundle, clinic=case.clinic, case=file, reporters=named, reports=reports)
    )


def kept_otherwise(case: Case, back: Case, profile: Profile, told: Told) -> list[str]:
    """The facts that differ; a value that was left, such as one that is too long, is told."""
    one, other = facts_of(case, profile), facts_of(back, profile)
    left = {_ELEMENTS.get(name) for name in one} & {value.number for value in told.left}
    return [n for n, fact in one.items() if fact != other[n] and _ELEMENTS.get(n) not in left]


@cache
def schema() -> etree.XMLSchema | None:
    return etree.XMLSchema(etree.parse(SET / "MCCI_IN200100UV01.xsd")) if SET.is_dir() else None


def unexplained(case: Case, message: Part, again: Part, told: Told) -> set[str]:
    """The elements that differ though nothing of them was left, and no rule says why."""
    left = {one.number for one in told.left}
    rules = [re.compile(pattern) for pattern, holds in _OTHERWISE if holds(message, case)]
    return {
        number for number in differing(message, again) - left
        if not any(rule.fullmatch(number) for rule in rules)
    }  # fmt: skip


def untold(told: Told) -> set[str]:
    """The elements that were left though the table does not say so; too long a text it says."""
    return {
        one.number for one in told.left
        if "*left*" not in explained()[row_of(one.number)][0] and len(one.value) < LONG
    }  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_any_case_is_a_sound_message_and_comes_back(part: int) -> None:
    for seed in range(part * EACH, (part + 1) * EACH):
        case, around = drawn_case(seed), drawn_around(seed)
        profile = list(Profile)[seed % 3]
        made, content = bytes_of(case, profile, around)

        (message,) = (back := read_batch(read_nodes(content))).messages
        assert differing(made.messages[0], message) == set(), seed
        if (known := schema()) is not None:
            assert known.validate(etree.fromstring(content)), (seed, known.error_log.last_error)
        findings = check(back, profile, AT.date())
        assert [one for one in findings if not is_of_records(one)] == [], seed

        country = case.clinic.country
        told = told_by(message, country.value if country else "")
        assert untold(told) == set(), seed
        case_back = back_of(case, told)
        assert kept_otherwise(case, case_back, profile, told) == [], seed

        (again,) = read_batch(read_nodes(bytes_of(case_back, profile, around)[1])).messages
        assert unexplained(case, message, again, told) == set(), seed


def test_the_cases_were_held_against_the_schema() -> None:
    if schema() is None:
        pytest.skip("the ICH schema set is not on this machine")
