"""Each of FDA's rules has a message that keeps it and one that breaks it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from aeapp.domain.findings import Severity
from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3.checking import Profile, check
from aeapp.formspecs.e2b_r3.conditions import CONDITIONS, INSIDE
from aeapp.formspecs.e2b_r3.fda_rules import NOT_HERE, PAIR_RULES, RULES, SAME_AS
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.model import elements
from tests.formspecs.test_e2b_message import drop, put, sound

TODAY = dt.date(2026, 11, 27)
SOURCE = Path(__file__).parents[3] / "shared/e2b/tables/source/fda-rejection-warning-rules.csv"
POST, PRE = Profile.FDA_POSTMARKET, Profile.FDA_PREMARKET
Spoil = Callable[[Batch], object]
NI, NA = NullFlavor.NI, NullFlavor.NA


def post() -> Batch:
    """Return a message after approval that breaks no numbered rule."""
    made = sound()
    made.values["N.1.4"] = "ZZFDA"
    (message,) = made.messages
    for number, value in (("N.2.r.3", "CDER"), ("FDA.C.1.7.1", "1"), ("FDA.C.1.12", "false")):
        message.put(number, value)
    return made


def pre() -> Batch:
    """Return a message of an IND study that breaks no numbered rule."""
    made = post()
    made.values["N.1.4"] = "ZZFDA_PREMKT"
    (message,) = made.messages
    for number, value in (("N.2.r.3", "CDER_IND"), ("C.1.3", "2"), ("C.5.4", "1"),
                          ("FDA.C.5.5a", "123456")):  # fmt: skip
        message.put(number, value)
    message.add("FDA.C.5.6.r").put("FDA.C.5.6.r", NA)
    (product,) = message.members("G.k")
    pair = product.add("G.k.9.i")
    pair.put("G.k.9.i.1", message.members("E.i")[0].key)
    opinion = pair.add("G.k.9.i.2.r")
    for number, value in zip("123", ("Sponsor", "FDA", "Suspected"), strict=True):
        opinion.put(f"G.k.9.i.2.r.{number}", value)
    return made


def device(batch: Batch, **values: str | NullFlavor | None) -> Part:
    """Make it a combination product with a device that failed."""
    (message,) = batch.messages
    message.put("FDA.C.1.12", "true")
    (product,) = message.members("G.k")
    part = product.add("FDA.G.k.12.r")
    told = {"1": "true", "4": "Pump", "5": "infusion pump", **values}
    for number, value in told.items():
        part.put(f"FDA.G.k.12.r.{number}", value)
    part.add("FDA.G.k.12.r.3.r").put("FDA.G.k.12.r.3.r", "C63093")
    return part


def of(spoil: Callable[[Part], object]) -> Spoil:
    return lambda batch: spoil(batch.messages[0])


def say(number: str, value: str | NullFlavor) -> Spoil:
    return of(put(number, value))


def leave(number: str) -> Spoil:
    return of(drop(number))


def both(*spoils: Spoil) -> Spoil:
    return lambda batch: [spoil(batch) for spoil in spoils]


def to(receiver: str) -> Spoil:
    return lambda batch: batch.values.update({"N.1.4": receiver})


def group(name: str, **values: str) -> Spoil:
    def act(batch: Batch) -> None:
        member = batch.messages[0].add(name)
        for number, value in values.items():
            member.put(number.replace("_", "."), value)

    return act


def no_opinion(number: str) -> Spoil:
    def act(batch: Batch) -> None:
        (product,) = batch.messages[0].members("G.k")
        del product.members("G.k.9.i")[0].members("G.k.9.i.2.r")[0].values[number]

    return act


def without(name: str) -> Spoil:
    return lambda batch: batch.messages[0].groups.pop(name)


def second_first(batch: Batch) -> None:
    products = batch.messages[0].members("G.k")
    part = Part(
        {"G.k.1": "2", "G.k.2.2": "Ondansetron"}, {}, "5f0c2b7e-9a1d-4c3e-b5f6-000000000001"
    )
    products.insert(0, part)


def code(batch: Batch, text: str) -> None:
    device(batch).members("FDA.G.k.12.r.3.r")[0].put("FDA.G.k.12.r.3.r", text)


def no_code(batch: Batch) -> None:
    device(batch).groups.pop("FDA.G.k.12.r.3.r")


NO_IND = both(say("N.2.r.3", "CDER_IND_EXEMPT_BA_BE"), leave("FDA.C.5.5a"),
              without("FDA.C.5.6.r"), say("FDA.C.5.5b", "234567"))  # fmt: skip
TOLD_NA = of(put("FDA.G.k.10a", NA, "G.k"))
FIRST = say("C.1.5", "20261023")
MANY = say("D.1", "AGGREGATE")
# Number, what it starts from, what breaks it.
CASES: list[tuple[str, Profile, Spoil]] = [
    ("R0004", POST, to("THEM")), ("R0005", PRE, to("ZZFDA")),
    ("R0006", POST, say("N.2.r.3", "CDER_IND")), ("R0007", PRE, say("N.2.r.3", "CDER")),
    ("R0008", PRE, say("C.1.3", "1")),
    ("R0110", PRE, leave("C.5.4")),
    ("R0111", PRE, both(NO_IND, TOLD_NA, say("C.1.3", "1"))),
    ("R0112", PRE, say("C.1.3", "4")),
    ("R0011", POST, both(FIRST, say("C.1.7", NI), say("FDA.C.1.7.1", "2"))),
    ("R0012", POST, both(device, say("FDA.C.1.7.1", "2"))),
    ("R0013", POST, both(device, say("C.1.7", "false"))),
    ("R0014", POST, say("FDA.C.1.7.1", "4")),
    ("R0015", POST, say("C.1.7", "false")),
    ("R0016", PRE, say("FDA.C.1.7.1", "2")),
    ("W0001", PRE, MANY), ("R0102", PRE, say("C.5.4", "9")),
    ("R0103", POST, say("C.5.4", "1")), ("R0104", POST, say("C.1.3", "2")),
    ("R0113", PRE, say("C.1.3", "1")),
    ("W0002", PRE, both(MANY, say("C.5.4", "2"))),
    ("R0024", PRE, leave("FDA.C.5.5a")), ("R0107", POST, say("FDA.C.5.5a", "123456")),
    ("R0025", PRE, both(NO_IND, leave("FDA.C.5.5b"))),
    ("R0108", POST, say("FDA.C.5.5b", "234567")), ("R0026", PRE, without("FDA.C.5.6.r")),
    ("R0109", POST, group("FDA.C.5.6.r", FDA_C_5_6_r="123")),
    ("R0027", POST, both(device, of(put("E.i.2.1b", "10067482", "E.i")))),
    ("W0010", PRE, group("C.1.10.r", C_1_10_r="US-OWN-2")),
    ("R0041", PRE, of(put("E.i.3.2a", "true", "E.i"))),
    ("W0003", PRE, MANY), ("W0004", PRE, MANY),
    ("R0069", POST, of(put("G.k.1", "2", "G.k"))), ("R0070", PRE, of(put("G.k.1", "4", "G.k"))),
    ("R0071", PRE, both(NO_IND, of(put("G.k.1", "2", "G.k")))), ("W0005", POST, second_first),
    ("R0072", POST, both(device, of(put("G.k.1", "4", "G.k")))),
    ("R0114", POST, both(say("C.1.3", "2"), say("C.5.4", "2"),
                         of(put("G.k.3.1", "IND123456", "G.k")))),
    ("R0085", PRE, no_opinion("G.k.9.i.2.r.1")), ("R0086", PRE, no_opinion("G.k.9.i.2.r.2")),
    ("R0087", PRE, no_opinion("G.k.9.i.2.r.3")), ("W0006", PRE, NO_IND),
    ("R0092", POST, say("FDA.C.1.7.1", "5")), ("R0093", POST, no_code),
    ("W0008", POST, lambda b: code(b, "pump")),
    ("R0094", POST, lambda b: device(b, **{"4": None})),
    ("R0095", POST, lambda b: device(b, **{"5": None})),
    ("R0096", POST, lambda b: device(b, **{"4": NI, "5": NI})),
    ("W0007", POST, both(device, say("FDA.C.1.7.1", "4"))),
]  # fmt: skip


def numbers(batch: Batch, profile: Profile) -> set[str]:
    return {finding.rule for finding in check(batch, profile, TODAY)} - {"", "FDA"}


@pytest.mark.parametrize(("made", "profile"), [(post, POST), (pre, PRE)])
def test_a_sound_message_breaks_no_rule(made: Callable[[], Batch], profile: Profile) -> None:
    assert numbers(made(), profile) == set()


@pytest.mark.parametrize(("number", "profile", "spoil"), CASES)
def test_what_breaks_a_rule_is_found_by_its_number_and_element(
    number: str, profile: Profile, spoil: Spoil
) -> None:
    made = post() if profile is POST else pre()
    spoil(made)

    (rule,) = [r for r in RULES if r.number == number and profile.value in r.routes]
    found = [f for f in check(made, profile, TODAY) if f.rule == number]
    assert [f.number for f in found] == [rule.element]
    assert (found[0].severity is Severity.WARNS) == number.startswith("W")
    assert number not in numbers(made, Profile.ICH)


# What mends it: each of these is kept although something near it was changed.
KEPT: list[tuple[str, Profile, Spoil]] = [
    ("R0004", POST, to("ZZFDATST")), ("R0111", PRE, both(NO_IND, TOLD_NA)),
    ("R0025", PRE, both(NO_IND, TOLD_NA)), ("W0006", PRE, both(NO_IND, TOLD_NA)),
    ("R0011", POST, both(FIRST, say("C.1.7", "true"))), ("R0012", POST, device),
    ("R0096", POST, lambda b: device(b, **{"4": NI, "5": NI, "6": "FRN"})),
    ("R0041", PRE, both(of(put("E.i.3.2a", "true", "E.i")), say("D.9.1", "20261023"))),
    ("W0003", PRE, both(MANY, group("FDA.D.11.r"),
                        of(lambda m: m.members("FDA.D.11.r")[0].put("FDA.D.11.r.1", NA)))),
    ("W0004", PRE, both(MANY, say("FDA.D.12", NA))),
    ("R0027", POST, both(device, of(put("E.i.2.1b", "10067482", "E.i")),
                         say("D.1", NA))),
    ("R0092", POST, both(device, say("FDA.C.1.7.1", "5"), say("C.1.7", "false"))),
]  # fmt: skip


@pytest.mark.parametrize(("number", "profile", "change"), KEPT)
def test_what_keeps_a_rule_is_not_told(number: str, profile: Profile, change: Spoil) -> None:
    made = post() if profile is POST else pre()
    change(made)

    assert number not in numbers(made, profile)


def test_a_pair_of_which_one_is_missing_has_the_number_of_fda() -> None:
    for missing, number in PAIR_RULES.items():
        stem = missing[:-1] if missing[-1] in "ab" else missing
        other = stem + {"a": "b", "b": "a"}.get(missing[-1], "")
        if missing in {"G.k.3.2", "G.k.4.r.3"}:
            other = {"G.k.3.2": "G.k.3.1", "G.k.4.r.3": "G.k.4.r.2"}[missing]
        made = post()
        part = made.messages[0]
        for name in ("C.2.r", "E.i", "F.r", "G.k", "D.7.1.r", "D.8.r", "D.9.2.r", "D.9.4.r",
                     "D.10.7.1.r", "D.10.8.r", "H.3.r", "H.5.r"):  # fmt: skip
            if elements()[other].group.startswith(name):
                part = part.add(elements()[other].group)
                break
        assert number not in numbers(made, POST), missing
        part.put(other, "1")
        assert number in numbers(made, POST), missing


def test_every_number_of_fda_is_a_rule_or_says_why_not() -> None:
    held = {rule.number for rule in RULES} | set(PAIR_RULES.values()) | set(SAME_AS)
    held |= {c.number for c in CONDITIONS} | {c.number for some in INSIDE.values() for c in some}
    held |= {"R0019", "R0020", "R0021", "R0100"}
    wanted = {f"R{n:04d}" for n in (*range(4, 28), *range(29, 115))} | {
        f"W{n:04d}" for n in (*range(1, 11), 12)
    }
    if SOURCE.is_file():
        with SOURCE.open(encoding="utf-8", newline="") as file:
            told = {cell for row in csv.reader(file) for cell in row}
        wanted = {cell for cell in told if re.fullmatch(r"[RW]\d{4}", cell)}

    assert held - {""} | NOT_HERE.keys() == wanted
    assert {number for number, *_rest in CASES} == {rule.number for rule in RULES}
    assert all(reason.endswith(".") for reason in NOT_HERE.values())
    assert all(rule.says.endswith(".") for rule in RULES)
