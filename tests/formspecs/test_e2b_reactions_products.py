"""Reactions and products both ways: message, records, message, and records, message, records."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.archive import case_from
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.assessment import SpecialSituation
from aeapp.domain.codelists.clinic import GestationUnit, TimeUnit
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    CombinationCategory,
    DeviceFollowUp,
    DeviceUsage,
    DrugInformation,
    DrugRole,
    FdaDrugInformation,
    Highlighting,
    RemedialAction,
    ReportType,
    Sex,
)
from aeapp.domain.codelists.session import Answer
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Clinic, Study
from aeapp.domain.records.case import Device
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.checking import Profile, check
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.of_case import Around, Envelope, batch_of
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.to_case import Told, told_by
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.test_e2b_message import found, sound
from tests.formspecs.test_e2b_of_case import case_of
from tests.formspecs.test_e2b_to_case import left, message, told

AT = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
ICH = Envelope(sender="LARKSPUR", receiver="CENTRE", made_at=AT)
POST = replace(ICH, receiver="ZZFDA", message_receiver="CDER", profile=Profile.FDA_POSTMARKET)
CLINIC = Clinic(
    name="Larkspur Ketamine Clinic", country=Country("US"), time_zone="America/New_York"
)
BEGIN, END = (PartialDate.from_iso(f"2026-10-23T14:{n}-04:00") for n in ("05", "45"))


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("P1")


def sent(case: Case, envelope: Envelope = ICH) -> Part:
    """The message of a case as it is read back from its bytes."""
    (back,) = read_batch(read_nodes(xml_of(batch_node(batch_of([case], envelope))))).messages
    return back


def again(one: Told, envelope: Envelope = ICH) -> Part:
    """What was told by a message, as a message of the clinic."""
    return sent(case_from(replace(one.bundle, clinic=CLINIC)), envelope)


# --- reactions

REACTIONS: list[dict[str, Any]] = [
    {"E.i.1.1a": "nausée", "E.i.1.1b": "fra", "E.i.1.2": "nausea"},
    {"E.i.6a": "3", "E.i.6b": "h"}, {"E.i.6a": "45", "E.i.6b": "s"},
    {"E.i.4": "202610231405-0400", "E.i.5": "202610231445-0400", "E.i.6a": "40", "E.i.6b": "min"},
    {"E.i.4": "20261023", "E.i.6a": "0.5", "E.i.6b": "h"},
    {"E.i.8": "true"}, {"E.i.8": "false"}, {"E.i.9": "FR"}, {"E.i.9": "US"}, {"E.i.3.1": "3"},
]  # fmt: skip


@pytest.mark.parametrize("values", REACTIONS)
def test_a_reaction_comes_back_as_it_was_told(values: dict[str, Any]) -> None:
    taken = told(message(E_i=values))
    assert not left(taken)

    (reaction,) = again(taken).members("E.i")
    assert {number: reaction.values.get(number) for number in values} == values


EVENTS: list[dict[str, Any]] = [
    {"verbatim": "Übelkeit", "language": "deu", "translation": "nausea"},
    {"duration": Decimal(3), "duration_unit": TimeUnit.HOUR},
    {"onset": BEGIN, "ended": END},
    {"onset": BEGIN, "ended": END, "duration": Decimal(1), "duration_unit": TimeUnit.HOUR},
    {"onset": PartialDate(2026, 10, 23), "ended": PartialDate(2026, 10, 24)},
    {"onset": BEGIN, "ended": PartialDate.from_iso("2026-10-24T14:06-04:00")},
    {"confirmed": True}, {"confirmed": False}, {"country": Country("CA")},
    {"highlighted": Highlighting.PLAIN_NOT_SERIOUS},
]  # fmt: skip


@pytest.mark.parametrize("facts", EVENTS)
def test_an_event_comes_back_out_of_its_message(case: Case, facts: dict[str, Any]) -> None:
    event = replace(case.events[0], **({"onset": None, "ended": None} | facts))
    taken = told_by(sent(replace(case, clinic=CLINIC, events=(event,))), "US")

    (back,) = taken.bundle.events
    names = ("language", "translation", "onset", "ended", "duration", "duration_unit", "country",
             "confirmed", "highlighted", "verbatim")  # fmt: skip
    assert {n: getattr(back, n) for n in names} == {n: getattr(event, n) for n in names}
    assert not [n for n in left(taken) if n.startswith("E.")]


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        (BEGIN, END, "40"), (BEGIN, BEGIN, "0"), (END, BEGIN, None),
        (BEGIN, PartialDate.from_iso("2026-10-24T14:05-04:00"), None),
        # Across the end of summer time: clocks showed the hour from one to two twice.
        (PartialDate.from_iso("2026-11-01T00:50"), PartialDate.from_iso("2026-11-01T02:10"), "140"),
        (PartialDate.from_iso("2026-11-01T00:50"), PartialDate.from_iso("2026-11-01T01:10"), None),
        (BEGIN, PartialDate(2026, 10, 23), None), (NullFlavor.UNK, END, None),
    ],
)  # fmt: skip
def test_only_of_a_short_reaction_whose_times_are_known_the_duration_goes_beside_them(
    case: Case, begin: Any, end: Any, minutes: str | None
) -> None:
    event = replace(case.events[0], onset=begin, ended=end)
    (reaction,) = sent(replace(case, clinic=CLINIC, events=(event,))).members("E.i")

    assert reaction.values.get("E.i.6a") == minutes
    assert reaction.values.get("E.i.6b") == (minutes and "min")


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"E.i.6a": "3"}, "E.i.6a"), ({"E.i.6a": "3", "E.i.6b": "fortnight"}, "E.i.6b"),
        ({"E.i.6b": "h"}, "E.i.6b"), ({"E.i.1.1b": "JA"}, "E.i.1.1b"), ({"E.i.9": "XX"}, "E.i.9"),
        ({"E.i.8": "perhaps"}, "E.i.8"), ({"E.i.3.1": "7"}, "E.i.3.1"),
    ],
)  # fmt: skip
def test_what_no_event_holds_is_left(values: dict[str, Any], number: str) -> None:
    assert number in left(told(message(E_i=values)))


def test_what_follows_from_the_reporters_is_not_kept_twice() -> None:
    whole = message(E_i={"E.i.8": "true"})
    whole.add("C.2.r").values |= {"C.2.r.4": "5", "C.2.r.5": "1"}
    whole.add("C.2.r").values |= {"C.2.r.4": "1"}
    taken = told(whole)

    assert taken.bundle.events[0].confirmed is None
    assert again(taken).members("E.i")[0].text("E.i.8") == "true"
    assert not left(taken)


SOUND: list[dict[str, str]] = [
    {"E.i.1.1b": "fra", "E.i.1.2": "nausea"},
    {"E.i.4": "202610231405-0400", "E.i.5": "202610231445-0400", "E.i.6a": "40", "E.i.6b": "min"},
    {"E.i.4": "202610231405-0400", "E.i.5": "202610231445-0400", "E.i.6a": "1", "E.i.6b": "h"},
    {"E.i.4": "202610231405-0400", "E.i.5": "202610231445-0400", "E.i.6a": "1", "E.i.6b": "mo"},
    {"E.i.4": "202610231405", "E.i.5": "202610231445-0400", "E.i.6a": "9", "E.i.6b": "h"},
    {"E.i.6a": "3", "E.i.6b": "wk"}, {"E.i.8": "false", "E.i.9": "FR", "E.i.3.1": "2"},
]  # fmt: skip
UNSOUND: list[tuple[str, dict[str, str]]] = [
    ("E.i.1.1b", {"E.i.1.1b": "JA"}), ("E.i.6b", {"E.i.6a": "40", "E.i.6b": "fortnight"}),
    ("E.i.6a", {"E.i.6a": "40"}), ("E.i.6b", {"E.i.6b": "min"}),
    ("E.i.6a", {"E.i.4": "202610231405-0400", "E.i.5": "202610231445-0400", "E.i.6a": "5",
                "E.i.6b": "h"}),
    ("E.i.8", {"E.i.8": "perhaps"}), ("E.i.3.1", {"E.i.3.1": "5"}),
    ("E.i.9", {"E.i.9": "FRA"}),
]  # fmt: skip


def with_values(group: str, values: dict[str, str]) -> Batch:
    made = sound()
    made.messages[0].members(group)[0].values |= values
    return made


@pytest.mark.parametrize("values", SOUND)
def test_a_sound_reaction_has_no_finding(values: dict[str, str]) -> None:
    assert found(with_values("E.i", values)) == ()


@pytest.mark.parametrize(("number", "values"), UNSOUND)
def test_what_is_wrong_with_a_reaction_names_its_element(
    number: str, values: dict[str, str]
) -> None:
    assert [f.number for f in check(with_values("E.i", values), Profile.ICH, AT.date())] == [number]


# --- times


@pytest.mark.parametrize(
    ("at", "zone", "written"),
    [
        ("2026-10-23T14:05", "America/New_York", "202610231405-0400"),
        ("2026-12-01T14:05:09", "America/New_York", "20261201140509-0500"),
        ("2026-10-23T14:05", "Asia/Kolkata", "202610231405+0530"),
        # Told with the offset of another clock: as told.
        ("2026-10-23T14:05+01:00", "America/New_York", "202610231405+0100"),
        # No clock showed it, one showed it twice; and nobody knows whose clock it was.
        ("2026-03-08T02:30", "America/New_York", "202603080230"),
        ("2026-11-01T01:30", "America/New_York", "202611010130"),
        ("2026-10-23T14:05", None, "202610231405"),
        ("1850-10-23T14:05", "America/New_York", "185010231405"),
        ("2026-10-23", "America/New_York", "20261023"), ("2026-10", "America/New_York", "202610"),
    ],
)  # fmt: skip
def test_a_time_of_a_clinic_goes_with_the_offset_of_its_clocks(
    case: Case, at: str, zone: str | None, written: str
) -> None:
    event = replace(case.events[0], onset=PartialDate.from_iso(at), ended=NullFlavor.ASKU)
    clinic = replace(CLINIC, time_zone=zone)
    message = sent(replace(case, clinic=clinic, events=(event,)))

    (reaction,) = message.members("E.i")
    assert reaction.text("E.i.4") == written
    assert reaction.values["E.i.5"] is NullFlavor.ASKU
    # What was told with an offset is read with it.
    back = told_by(message, "US").bundle.events[0].onset
    assert isinstance(back, PartialDate)
    assert (back.offset is None) == (not {"+", "-"} & set(written))
    assert back.iso().startswith(event.onset.iso())  # type: ignore[union-attr]


# --- products

PRODUCTS: list[tuple[str, dict[str, Any]]] = [
    ("G.k", {"G.k.5a": "266.5", "G.k.5b": "mg"}), ("G.k", {"G.k.5a": "3", "G.k.5b": "mL"}),
    ("G.k", {"G.k.6a": "12", "G.k.6b": "wk"}), ("G.k", {"G.k.6a": "2", "G.k.6b": "{trimester}"}),
    ("G.k", {"G.k.11": "Bought abroad."}), ("G.k", {"G.k.1": "3"}), ("G.k", {"G.k.1": "4"}),
    ("G.k", {"FDA.G.k.10a": "4"}), ("G.k", {"FDA.G.k.10.1": "C102835"}),
    ("G.k.4.r", {"G.k.4.r.9.1": "solution"}), ("G.k.4.r", {"G.k.4.r.9.1": NullFlavor.ASKU}),
    ("G.k.4.r", {"G.k.4.r.10.1": "Nasal", "G.k.4.r.10.2b": "C38284",
                 "G.k.4.r.10.2a": "2014.10.30"}),
    ("G.k.4.r", {"G.k.4.r.10.1": "Intravenous bolus", "G.k.4.r.10.2b": "C38276"}),
    ("G.k.4.r", {"G.k.4.r.10.1": "Rectal"}),
]  # fmt: skip


@pytest.mark.parametrize(("group", "values"), PRODUCTS)
def test_what_is_told_of_a_product_comes_back(group: str, values: dict[str, Any]) -> None:
    taken = told(message(**{group.replace(".", "_"): values}))
    assert not left(taken)

    (product,) = again(taken, POST).members("G.k")
    part = product if group == "G.k" else product.members(group)[0]
    assert {number: part.values.get(number) for number in values} == values


@pytest.mark.parametrize(
    ("code", "route"),
    [
        ("ROA-20045000", FormRoute.INTRAVENOUS), ("C38276", FormRoute.INTRAVENOUS),
        ("ROA-20049000", FormRoute.NASAL), ("C14:060", FormRoute.SUBLINGUAL), ("001", None),
        ("C14:999", None), ("ROA-1", None),
    ],
)  # fmt: skip
def test_a_route_is_known_by_the_codes_of_lists_that_can_be_checked(
    code: str, route: FormRoute | None
) -> None:
    taken = told(message(G_k_4_r={"G.k.4.r.10.2b": code}))

    assert taken.bundle.administrations[0].route is route
    assert left(taken) == ([] if route else ["G.k.4.r.10.2b"])


def test_a_code_that_contradicts_its_words_is_left() -> None:
    values = {"G.k.4.r.10.1": "Oral", "G.k.4.r.10.2b": "ROA-20049000"}
    taken = told(message(G_k_4_r=values))

    assert taken.bundle.administrations[0].route is FormRoute.ORAL
    assert left(taken) == ["G.k.4.r.10.2b"]


def test_a_code_of_the_old_list_is_written_as_one() -> None:
    whole = message(G_k_4_r={"G.k.4.r.10.2b": "C14:048"})
    content = xml_of(batch_node(Batch({}, [whole])))

    assert b'code="048" codeSystem="2.16.840.1.113883.3.989.2.1.1.14"' in content
    (back,) = read_batch(read_nodes(content)).messages
    assert back.members("G.k")[0].members("G.k.4.r")[0].values["G.k.4.r.10.2b"] == "C14:048"


GIVINGS: list[dict[str, Any]] = [
    {"cumulative": Decimal("266.5"), "cumulative_unit": DoseUnit.MG},
    {"gestation": Decimal(12), "gestation_unit": GestationUnit.WEEK},
    {"information": frozenset({DrugInformation.COUNTERFEIT, DrugInformation.OUTSIDE})},
    {"fda_information": FdaDrugInformation.COMPOUNDING}, {"remarks": "Bought abroad."},
    {"role": DrugRole.INTERACTING}, {"role": DrugRole.NOT_GIVEN}, {"dose_form": "spray"},
    {"route": FormRoute.INTRAVENOUS_DRIP}, {"route": FormRoute.SUBCUTANEOUS},
]  # fmt: skip


def with_giving(case: Case, **facts: Any) -> Case:
    giving = replace(case.administrations[0], frequency=None, frequency_text=None, **facts)
    events = tuple(replace(event, situations=None) for event in case.events)
    return settle(replace(case, clinic=CLINIC, administrations=(giving,), events=events))


@pytest.mark.parametrize("facts", GIVINGS)
@pytest.mark.parametrize("envelope", [ICH, POST], ids=["ich", "fda"])
def test_a_giving_comes_back_out_of_its_message(
    case: Case, envelope: Envelope, facts: dict[str, Any]
) -> None:
    if envelope is ICH and "fda_information" in facts:
        facts = {"fda_information": None}
    taken = told_by(sent(with_giving(case, **facts), envelope), "US")

    (back,) = taken.bundle.administrations
    assert {name: getattr(back, name) for name in facts} == facts
    assert not {n for n in left(taken) if n.startswith(("G.k.1", "G.k.4", "G.k.5", "G.k.6"))}


def test_the_amount_up_to_the_first_event_is_added_up_and_not_kept_twice(case: Case) -> None:
    told_case = with_giving(case, dose=Decimal(84), dose_unit=DoseUnit.MG)
    product = sent(told_case).members("G.k")[0]
    assert (product.text("G.k.5a"), product.text("G.k.5b")) == ("84", "mg")
    (back,) = told_by(sent(told_case), "US").bundle.administrations
    assert back.cumulative is None

    unknown = with_giving(case, dose=Decimal(84), dose_unit=DoseUnit.MG_KG, weight=None)
    assert "G.k.5a" not in sent(unknown).members("G.k")[0].values
    no_unit = with_giving(case, cumulative=Decimal(3), cumulative_unit=None)
    assert "G.k.5a" not in sent(no_unit).members("G.k")[0].values
    long = with_giving(case, dose=Decimal("84.123456789"), dose_unit=DoseUnit.MG)
    assert "G.k.5a" not in sent(long).members("G.k")[0].values


def test_what_was_not_given_is_no_dose_and_stands_apart(case: Case) -> None:
    given = with_giving(case, session_id="")
    (dose,) = given.administrations
    not_given = replace(
        dose,
        id="other",
        role=DrugRole.NOT_GIVEN,
        dose=None,
        dose_text=None,
        started=None,
        ended=None,
        remarks="The wrong drug was drawn up.",
    )
    both = settle(replace(given, administrations=(dose, not_given)))

    assert [(s.is_given, s.giving.dose_text) for s in both.suspects] == [
        (True, dose.dose_text),
        (False, "not given"),
    ]
    message = sent(both)
    first, second, *_taken_beside = message.members("G.k")
    assert [p.text("G.k.1") for p in (first, second)] == ["1", "4"]
    assert first.key != second.key
    assert first.text("G.k.5a") == sent(given).members("G.k")[0].text("G.k.5a")
    assert "G.k.5a" not in second.values
    assert "G.k.11" not in first.values
    assert not {"G.k.4.r.1a", "G.k.4.r.8"} & second.members("G.k.4.r")[0].values.keys()
    back = told_by(message, "US").bundle.administrations
    assert [g.is_suspect for g in back] == [True, False]
    # Nothing was done with it, and no reaction came after it or came again.
    events = tuple(
        replace(event, action_taken=ActionTaken.WITHDRAWN, rechallenge=Challenge.YES)
        for event in both.events
    )
    first, second, *_taken_beside = sent(replace(both, events=events)).members("G.k")
    assert (first.text("G.k.8"), bool(first.members("G.k.9.i"))) == ("1", True)
    assert "G.k.8" not in second.values
    assert not second.members("G.k.9.i")


def test_what_is_told_of_one_product_alone_is_told_of_no_other() -> None:
    one = message(G_k={"G.k.8": "1"})
    reaction, product = one.members("E.i")[0], one.members("G.k")[0]
    product.add("G.k.9.i").values |= {"G.k.9.i.1": reaction.key, "G.k.9.i.4": "1"}
    (event,) = told(one).bundle.events
    assert (event.action_taken, event.rechallenge) == (ActionTaken.WITHDRAWN, Challenge.YES)

    other = one.add("G.k", "33333333-3333-4333-8333-333333333333")
    other.values |= {"G.k.1": "1", "G.k.2.2": "midazolam"}
    found = told(one)
    (event,) = found.bundle.events
    assert (event.action_taken, event.rechallenge) == (None, None)
    assert left(found) == ["G.k.8", "G.k.9.i.4"]
    # One that was not given is no other.
    other.values["G.k.1"] = "4"
    (event,) = told(one).bundle.events
    assert (event.action_taken, event.rechallenge) == (ActionTaken.WITHDRAWN, Challenge.YES)


def test_situations_in_which_products_differ_stay_with_each() -> None:
    whole = message()
    first = whole.members("G.k")[0]
    second = whole.add("G.k", "33333333-3333-4333-8333-333333333333")
    second.values |= {"G.k.1": "1", "G.k.2.2": "midazolam"}
    for part, codes in ((first, ("11", "4")), (second, ("2",))):
        for code in codes:
            part.add("G.k.10.r").put("G.k.10.r", code)
    taken = told(whole)

    assert taken.bundle.events[0].situations is None
    assert [g.information for g in taken.bundle.administrations] == [
        frozenset({DrugInformation.OFF_LABEL, DrugInformation.EXPIRED}),
        frozenset({DrugInformation.OVERDOSE}),
    ]
    assert not left(taken)
    codes = [
        [m.text("G.k.10.r") for m in p.members("G.k.10.r")] for p in again(taken).members("G.k")
    ]
    assert codes == [["4", "11"], ["2"]]
    # Where they agree, it is of the event.
    second.members("G.k.10.r")[0].put("G.k.10.r", "11")
    agreed = told(whole)
    assert agreed.bundle.events[0].situations == frozenset({SpecialSituation.OFF_LABEL})
    assert [g.information for g in agreed.bundle.administrations] == [
        frozenset({DrugInformation.EXPIRED}),
        None,
    ]
    whole.groups.pop("E.i")
    second.members("G.k.10.r")[0].put("G.k.10.r", "12")
    assert left(told(whole)) == ["G.k.10.r"]


def test_none_of_the_kinds_of_fda_goes_where_a_study_has_a_pre_anda_number(case: Case) -> None:
    study = Study(id="s", pre_anda="123")
    pre = replace(POST, profile=Profile.FDA_PREMARKET)
    message = sent(replace(with_giving(case), studies=(study,)), pre)

    assert message.members("G.k")[0].values["FDA.G.k.10a"] is NullFlavor.NA
    taken = told_by(message, "US")
    assert taken.bundle.administrations[0].fda_information is None
    assert "FDA.G.k.10a" not in left(taken)


# --- devices

FIRST = Device(
    brand="Sprayer",
    usage=DeviceUsage.REUSE,
    problem_code="C62834",
    remedial=frozenset({RemedialAction.RECALL, RemedialAction.MONITORING}),
)
SECOND = Device(
    brand="Pump",
    common_name="infusion pump",
    lot="L2",
    follow_ups=frozenset({DeviceFollowUp.EVALUATION}),
)


def with_devices(case: Case, *devices: Device, types: ReportType | None = None) -> Case:
    product = replace(
        case.products[0], combination=True, category=CombinationCategory.PREFILLED_DRUG
    )
    kinds = frozenset({ReportType.ADVERSE_EVENT} | ({types} if types else set()))
    file = replace(case.case, device=devices[0], further_devices=devices[1:], types=kinds)
    return settle(replace(case, clinic=CLINIC, case=file, products=(product,)))


@pytest.mark.parametrize(
    ("devices", "types"),
    [
        ((FIRST,), None), ((FIRST, SECOND), None), ((FIRST, SECOND), ReportType.PRODUCT_PROBLEM),
        ((replace(FIRST, failed=True), replace(SECOND, failed=False)), ReportType.PRODUCT_PROBLEM),
    ],
)  # fmt: skip
def test_every_device_of_a_combination_product_comes_back(
    case: Case, devices: tuple[Device, ...], types: ReportType | None
) -> None:
    message = sent(with_devices(case, *devices, types=types), POST)
    parts = message.members("G.k")[0].members("FDA.G.k.12.r")
    assert len(parts) == len(devices)
    assert message.members("G.k")[0].text("FDA.G.k.10.1") == "C102835"

    taken = told_by(message, "US")
    file = taken.bundle.case
    back = [file.device, *file.further_devices]
    names = ("brand", "lot", "usage", "remedial", "follow_ups", "problem_code", "failed")
    assert [[getattr(d, n) for n in names] for d in back] == [
        [NullFlavor.NI if n == "brand" and not d.brand else getattr(d, n) for n in names]
        for d in devices
    ]
    assert (ReportType.PRODUCT_PROBLEM in (file.types or ())) == (types is not None)
    assert not [n for n in left(taken) if n.startswith("FDA.G.k.12")]


def test_a_device_of_which_only_the_failure_is_told_and_an_address_that_no_item_holds() -> None:
    whole = message()
    part = whole.members("G.k")[0].add("FDA.G.k.12.r")
    part.put("FDA.G.k.12.r.1", "true")
    part.put("FDA.G.k.12.r.7.1c", "Tampa")
    part.add("FDA.G.k.12.r.11.r").put("FDA.G.k.12.r.11.r", "77")
    taken = told(whole)

    assert taken.bundle.case.device.failed is True
    assert left(taken) == ["FDA.G.k.12.r.7.1c", "FDA.G.k.12.r.11.r"]


@pytest.mark.parametrize("told_of", ["true", "false", ""])
def test_that_nothing_failed_is_said_only_where_somebody_said_it(case: Case, told_of: str) -> None:
    message = sent(with_devices(case, FIRST), POST)
    part = message.members("G.k")[0].members("FDA.G.k.12.r")[0]
    assert part.text("FDA.G.k.12.r.1") == ""
    if told_of:
        part.put("FDA.G.k.12.r.1", told_of)

    taken = told_by(message, "US").bundle.case
    back = with_devices(case, taken.device, types=next(iter(_problems(taken.types)), None))
    part = sent(back, POST).members("G.k")[0].members("FDA.G.k.12.r")[0]
    assert part.text("FDA.G.k.12.r.1") == told_of


def _problems(types: object) -> frozenset[ReportType]:
    return types & {ReportType.PRODUCT_PROBLEM} if isinstance(types, frozenset) else frozenset()


# --- the mother of a child

MOTHER: dict[str, Any] = {
    "D.10.1": NullFlavor.MSK, "D.10.2.1": NullFlavor.MSK, "D.10.2.2a": "31", "D.10.2.2b": "a",
    "D.10.3": "20260709", "D.10.6": "2", "D.10.7.2": "Depression.",
}  # fmt: skip


def test_the_mother_of_a_child_is_a_patient_with_a_pregnancy_and_comes_back() -> None:
    route = {"G.k.4.r.11.1": "Nasal", "G.k.4.r.11.2b": "ROA-20049000"}
    taken = told(message(**{"": MOTHER}, G_k_4_r=route))
    parent = taken.parent
    assert parent is not None
    assert (parent.mother.age, parent.mother.sex) == (Decimal(31), Sex.FEMALE)
    assert parent.pregnancy.patient_id == parent.mother.id
    assert parent.pregnancy.child_affected is Answer.YES
    assert taken.bundle.administrations[0].route is FormRoute.NASAL
    assert {one.number for one in parent.told} == MOTHER.keys()
    assert not left(taken)

    around = Around(mother=parent.mother, pregnancy=parent.pregnancy)
    case = case_from(replace(taken.bundle, clinic=CLINIC))
    values = batch_of([case], ICH, around).messages[0].values
    assert {number: values.get(number) for number in MOTHER} == MOTHER
    dose = batch_of([case], ICH, around).messages[0].members("G.k")[0].members("G.k.4.r")[0]
    assert {n: dose.values.get(n) for n in route} == route


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        ({"D.10.6": "1", "D.10.1": "A.B."}, ["D.10.6", "D.10.1"]),
        ({"D.10.6": "2", "D.10.4": "70", "D.10.5": "165"}, ["D.10.4", "D.10.5"]),
        ({"D.10.6": "2", "D.10.2.2a": "3", "D.10.2.2b": "10.a"}, ["D.10.2.2a", "D.10.2.2b"]),
    ],
)  # fmt: skip
def test_what_no_record_holds_of_a_parent_is_left(
    values: dict[str, Any], numbers: list[str]
) -> None:
    taken = told(message(**{"": values}))

    assert left(taken) == numbers
    assert (taken.parent is None) == (values["D.10.6"] == "1")


def test_the_past_of_a_mother_is_left_and_a_route_of_hers_without_her_too() -> None:
    whole = message(G_k_4_r={"G.k.4.r.11.1": "Nasal"})
    assert told(whole).parent is None
    assert left(told(whole)) == ["G.k.4.r.11.1"]
    whole.add("D.10.8.r").put("D.10.8.r.1", "folic acid")
    taken = told(whole)
    assert taken.parent is not None
    assert taken.parent.told == ()
    assert left(taken) == ["D.10.8.r.1"]


# --- the check

SOUND_PRODUCTS: list[dict[str, str]] = [
    {"G.k.5a": "266.5", "G.k.5b": "mg"}, {"G.k.6a": "12", "G.k.6b": "wk"},
    {"G.k.6a": "2", "G.k.6b": "{Trimester}"}, {"G.k.1": "3"}, {"G.k.1": "4"},
    {"FDA.G.k.10a": "4", "FDA.G.k.10.1": "C102835"}, {"G.k.11": "Bought abroad."},
]  # fmt: skip
UNSOUND_PRODUCTS: list[tuple[str, dict[str, str]]] = [
    ("G.k.5a", {"G.k.5a": "266"}), ("G.k.5a", {"G.k.5a": "much", "G.k.5b": "mg"}),
    ("G.k.5b", {"G.k.5a": "2", "G.k.5b": "milligrams"}), ("G.k.6b", {"G.k.6a": "2", "G.k.6b": "a"}),
    ("G.k.6b", {"G.k.6b": "wk"}), ("G.k.1", {"G.k.1": "5"}), ("FDA.G.k.10a", {"FDA.G.k.10a": "9"}),
    ("G.k.11", {"G.k.11": "x" * 2001}),
]  # fmt: skip


@pytest.mark.parametrize("values", SOUND_PRODUCTS)
def test_a_sound_product_has_no_finding(values: dict[str, str]) -> None:
    assert found(with_values("G.k", values)) == ()


@pytest.mark.parametrize(("number", "values"), UNSOUND_PRODUCTS)
def test_what_is_wrong_with_a_product_names_its_element(
    number: str, values: dict[str, str]
) -> None:
    numbers = {f.number for f in check(with_values("G.k", values), Profile.ICH, AT.date())}
    assert numbers == {number}


@pytest.mark.parametrize(
    ("code", "numbers"), [("10", {"FDA.G.k.12.r.11.r"}), ("9", set()), ("1", set())]
)
def test_a_remedial_action_is_of_its_list(code: str, numbers: set[str]) -> None:
    made = sound()
    part = made.messages[0].members("G.k")[0].add("FDA.G.k.12.r")
    part.put("FDA.G.k.12.r.4", "Sprayer")
    part.add("FDA.G.k.12.r.11.r").put("FDA.G.k.12.r.11.r", code)

    assert {f.number for f in found(made)} == numbers
