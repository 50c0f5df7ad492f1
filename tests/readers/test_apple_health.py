"""Apple Health: pressures once, fractions as per cent, entities and bombs refused by name."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from aeapp.domain.rejection import ImportRejected
from aeapp.domain.vitals.intake.gathering import Parsed
from aeapp.kernel.files import FileMissingError
from aeapp.readers import apple_health, archives, markup
from aeapp.readers.apple_health import AppleHealthReader
from aeapp.readers.archives import member_of
from tests.helpers.readings import all_said, sample, terms, zipped

EXPORT = "apple_health_export/export.xml"
SYS, DIA = "BloodPressureSystolic", "BloodPressureDiastolic"


def record(kind: str, value: str, unit: str, second: int = 0, source: str = "Cuff") -> str:
    at = f"2026-11-23 21:05:{second:02d} -0500"
    return (
        f'<Record type="HKQuantityTypeIdentifier{kind}" sourceName="{source}" unit="{unit}" '
        f'startDate="{at}" endDate="{at}" value="{value}"/>'
    )


def pair(upper: str, lower: str) -> str:
    both = record(SYS, upper, "mmHg") + record(DIA, lower, "mmHg")
    return f'<Correlation type="HKCorrelationTypeIdentifierBloodPressure">{both}</Correlation>'


def document(*records: str, before: str = "") -> bytes:
    return f"{before}<HealthData>{''.join(records)}</HealthData>".encode()


def read(folder: Path, content: bytes, **changes: object) -> Parsed:
    path = folder / "export"
    path.write_bytes(content)
    return AppleHealthReader().read(path, terms(**changes))


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(ImportRejected) as refusal:
        read(folder, content)
    return refusal.value.problems[0].text


# ------------------------------------------------------------------ readings


@pytest.mark.parametrize("packed", [False, True])
def test_the_sample_is_read_and_each_pressure_once(tmp_path: Path, packed: bool) -> None:
    content = sample("apple-health.xml")
    parsed = read(tmp_path, zipped([(EXPORT, content)]) if packed else content)

    assert all_said(parsed) == [
        "hr outside 21:04:00-05:00 71 /min",
        "spo2 outside 21:04:30-05:00 97 %",
        "temperature outside 21:06:00-05:00 37 Cel",
        "weight outside 21:07:00-05:00 69.99 kg",
        "hr outside 09:00:00-05:00 64 /min",
        "bp outside 21:05:00-05:00 126/79 mmHg",
    ]
    saturation = parsed.observations[1]
    assert (saturation.raw_value, saturation.raw_unit) == ("0.97", "%")
    assert (parsed.converted, parsed.questioned) == (3, 0)


def test_only_the_days_around_the_session_are_read(tmp_path: Path) -> None:
    days = (dt.date(2026, 11, 22), dt.date(2026, 11, 24))
    parsed = read(tmp_path, sample("apple-health.xml"), days=days)

    assert (parsed.kept, parsed.elsewhere) == (5, 1)


def test_single_parts_of_a_pressure_are_paired_by_moment_and_source(tmp_path: Path) -> None:
    parsed = read(
        tmp_path,
        document(
            record(SYS, "126", "mmHg"), record(DIA, "79", "mmHg"),
            record(SYS, "140", "mmHg", source="Other"),
        ),
    )  # fmt: skip

    assert all_said(parsed) == ["bp outside 21:05:00-05:00 126/79 mmHg"]
    assert "No diastolic stands beside it" in parsed.notes[0]


def test_correlations_tell_two_pressures_of_one_moment_apart(tmp_path: Path) -> None:
    singles = [record(SYS, "126", "mmHg"), record(DIA, "79", "mmHg")]
    singles += [record(SYS, "130", "mmHg"), record(DIA, "81", "mmHg")]

    told = read(tmp_path, document(*singles, pair("126", "79"), pair("130", "81")))
    rest = read(tmp_path, document(*singles, pair("126", "79")))
    untold = read(tmp_path, document(*singles))

    both = ["bp outside 21:05:00-05:00 126/79 mmHg", "bp outside 21:05:00-05:00 130/81 mmHg"]
    assert all_said(told) == both
    assert all_said(rest) == both
    assert untold.observations == ()
    assert "cannot be told apart" in untold.notes[0]


def test_a_correlation_with_one_part_is_no_pair(tmp_path: Path) -> None:
    half = record(SYS, "126", "mmHg")
    broken = f'<Correlation type="HKCorrelationTypeIdentifierBloodPressure">{half}</Correlation>'
    food = '<Correlation type="HKCorrelationTypeIdentifierFood"></Correlation>'

    assert read(tmp_path, document(broken, food)).observations == ()


def test_parts_of_two_moments_are_no_pair(tmp_path: Path) -> None:
    both = record(SYS, "126", "mmHg", second=1) + record(DIA, "79", "mmHg", second=2)
    broken = f'<Correlation type="HKCorrelationTypeIdentifierBloodPressure">{both}</Correlation>'
    parsed = read(tmp_path, document(broken))

    assert parsed.observations == ()
    assert ["stands beside it" in note for note in parsed.notes] == [True, True]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (document(record("HeartRate", "fast", "count/min")), "record 1: The value is no number"),
        (document(record("HeartRate", "71", "kPa")), "record 1: The unit is none"),
        (document(record("BodyTemperature", "", "degC")), "record 1: The value is no number"),
        (document(record("HeartRate", "7", "bpm").replace("21:05", "25:05")), "No calendar"),
        (document(record(SYS, "7", "mmHg").replace("21:05", "25:05")), "No calendar"),
        (document(), "holds no vital signs"),
    ],
)
def test_a_record_that_cannot_be_read_refuses_the_file(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    assert sentence in refused(tmp_path, content)


def test_pressures_that_wait_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_health, "_MAX_PRESSURES", 1)
    many = [record(SYS, "126", "mmHg", second=n) for n in range(3)]

    assert "more than 250,000 readings" in refused(tmp_path, document(*many))


# ------------------------------------------------------------------ hostile documents

BILLION = '<!DOCTYPE HealthData [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ENTITIES = "declares entities or names other files (DOCTYPE)"


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (BILLION, ENTITIES),
        ('<!DOCTYPE HealthData SYSTEM "file:///etc/passwd">', ENTITIES),
        ('<!DOCTYPE HealthData PUBLIC "x" "http://example.invalid/x.dtd">', ENTITIES),
        ('<!DOCTYPE HealthData [<!ENTITY % p "x"> %p;]>', ENTITIES),
        ('<!DOCTYPE HealthData [<!NOTATION n "x">]>', ENTITIES),
        ("<!-- <HealthData --><!DOCTYPE HealthData [<!ENTITY a 'x'>]>", "no document of the kind"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "is not in UTF-8"),
        ('<?xml version="1.0" encoding="utf-7"?>', "is not in UTF-8"),
        ("<Other/>", "no document of the kind"),
        ("<?php ?>", "no document of the kind"),
        (" " * 1_100_000, "no document of the kind"),
        (" " * 190_000 + "x", "no document of the kind"),
        ("<!--" * 40_000, "no document of the kind"),
        ("<!-- -->" * 20_000 + "x", "no document of the kind"),
        ("<!DOCTYPE a [" + "] " * 90_000, "no document of the kind"),
        ("<!DOCTYPE a " + "[" * 90_000 + ">", "no document of the kind"),
        ("<!DOCTYPE a><!DOCTYPE b>", "no document of the kind"),
        ("<!DOCTYPE a", "no document of the kind"),
        ("<?xml " + " " * 190_000, "no document of the kind"),
    ],
)
def test_what_stands_before_the_root_is_refused_by_name(
    tmp_path: Path, before: str, sentence: str
) -> None:
    hostile = document(record("HeartRate", "71", "bpm"), before=before)

    assert sentence in refused(tmp_path, hostile)


def test_a_grammar_of_elements_is_passed_over(tmp_path: Path) -> None:
    grammar = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT a (b)*>\n]>\n'
    )
    for before in (grammar, "\ufeff" + grammar, "<!DOCTYPE HealthData>", ""):
        parsed = read(tmp_path, document(record("HeartRate", "71", "bpm"), before=before))
        assert len(parsed.observations) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<HealthData>\n<Record", "line 2: This is no XML"),
        (b"\n\n<HealthData>&a;</HealthData>", "line 3: This is no XML"),
        (b"<HealthData>" + b"<a>" * 101, "is nested too deeply"),
        (b"<HealthData><!DOCTYPE x [<!ENTITY a 'b'>]></HealthData>", "This is no XML"),
        (b"<HealthData>\xff</HealthData>", "This is no XML"),
        (b"<HealthData></HealthData><x/>", "This is no XML"),
        (b"<HealthData>", "This is no XML"),
        (b"no markup at all", "no document of the kind"),
    ],
)
def test_broken_markup_is_refused_by_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert sentence in refused(tmp_path, content)


def test_the_parser_resolves_nothing_even_if_a_grammar_reached_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "_check_prolog", lambda _prolog, *, grammar: None)
    secret = tmp_path / "secret"
    secret.write_text("71")
    inside = f'<!DOCTYPE HealthData [<!ENTITY a SYSTEM "{secret}">]>'
    hostile = document("&a;", before=inside)

    assert "This is no XML" in refused(tmp_path, hostile)


# ------------------------------------------------------------------ hostile archives


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ([("a/other.xml", b"<x/>")], "does not hold one file export.xml"),
        ([("a/export.xml", b"<x/>"), ("b/export.xml", b"<x/>")], "does not hold one file"),
        ([("export.xml", b"<HealthData>" + b" " * 3_000_000)], "unpacks to more"),
        ([(f"{n}", b"") for n in range(10_001)], "holds more than 10,000 files"),
    ],
)
def test_an_archive_beyond_the_bounds_is_refused(
    tmp_path: Path, members: list[tuple[str, bytes]], sentence: str
) -> None:
    assert sentence in refused(tmp_path, zipped(members))


def test_the_size_that_an_archive_states_is_not_believed(tmp_path: Path) -> None:
    whole = bytearray(zipped([("export.xml", b"<HealthData>" + b" " * 3_000_000)]))
    size = (3_000_012).to_bytes(4, "little")
    at = whole.rfind(size)
    whole[at : at + 4] = (100).to_bytes(4, "little")

    # The library stops at the stated size, where the sum of the bytes is another.
    assert "is broken here" in refused(tmp_path, bytes(whole))


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    whole = bytearray(zipped([("export.xml", document(record("HeartRate", "71", "bpm")))]))
    whole[whole.rfind(b"PK\x01\x02") + 8] |= 1

    assert "asks for a password" in refused(tmp_path, bytes(whole))


@pytest.mark.parametrize("cut", [10, 30, 200])
def test_a_broken_archive_is_refused(tmp_path: Path, cut: int) -> None:
    whole = zipped([(EXPORT, sample("apple-health.xml"))])

    assert refused(tmp_path, whole[:-cut])
    assert refused(tmp_path, whole[:50] + bytes(cut) + whole[50 + cut :])


def test_a_huge_archive_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_PACKED", 10)

    assert "is larger than" in refused(tmp_path, zipped([(EXPORT, b"<x/>")]))


def test_an_archive_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError), member_of(tmp_path / "no.zip", "export.xml"):
        pass
    with pytest.raises(FileMissingError):
        AppleHealthReader().read(tmp_path / "no.zip", terms())


def test_a_member_packed_in_another_way_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("export.xml", sample("apple-health.xml"))

    assert len(AppleHealthReader().read(path, terms()).observations) == 6


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"PK\x03\x04x", True),
        (b"<?xml version='1.0'?><HealthData>", True),
        (b"\xef\xbb\xbf <HealthData>", True),
        (b"<ClinicalDocument>", False),
        (b"HealthData", False),
    ],
)
def test_an_export_is_known_by_its_first_bytes(head: bytes, known: bool) -> None:
    assert AppleHealthReader().recognise(head) is known
