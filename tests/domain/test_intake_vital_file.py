"""Recordings of Vital Recorder: packets are followed, broken ones refused, bombs left packed."""

from __future__ import annotations

import gzip
import struct

import pytest

from aeapp.domain.rejection import ImportRejected
from aeapp.domain.vitals.intake import vital_file
from aeapp.domain.vitals.intake.gathering import Parsed
from aeapp.domain.vitals.intake.recorders import read_vital_recorder
from aeapp.domain.vitals.intake.vital_file import is_vital, read_vital
from tests.helpers.readings import (
    MOMENT,
    REAL,
    all_said,
    header,
    packet,
    record,
    recording,
    sample,
    sample_packets,
    terms,
    text,
    track,
)
from tests.helpers.tools import lacking

RECORDED = REAL / "vitals" / "intellivue-demo.vital"
TABLE = REAL / "vitals" / "intellivue-demo-1hz.csv"


def read(*packets: bytes, head: bytes | None = None) -> Parsed:
    return read_vital(recording(packets, head), terms())


def refused(source: bytes) -> str:
    with pytest.raises(ImportRejected) as refusal:
        read_vital(source, terms())
    return refusal.value.problems[0].text


def test_the_sample_is_the_one_that_the_helper_makes() -> None:
    assert gzip.decompress(sample("recording.vital")) == header() + b"".join(sample_packets())


def test_a_recording_gives_its_vital_signs() -> None:
    parsed = read_vital(sample("recording.vital"), terms())

    assert all_said(parsed) == [
        "bp cuff 14:40:05-05:00 128/76/93 mmHg",
        "hr ecg 14:40:05-05:00 71 /min",
        "spo2 oximeter 14:40:05-05:00 98 %",
        "temperature monitor 14:40:05-05:00 37 Cel",
        "bp cuff 14:40:06-05:00 128/76/93 mmHg",
        "hr ecg 14:40:06-05:00 72 /min",
    ]
    warm = parsed.observations[3]
    assert (warm.raw_value, warm.raw_unit) == ("98.6", "F")
    assert parsed.no_signal == {"Oxygen saturation": 1, "Temperature": 1}
    assert parsed.notes == (
        "Left out, because they are no vital signs of this program: PLETH_PERF_REL.",
        "The monitor shows cuff pressures again and again; these are marked.",
        "Times are kept to the second; fractions were cut off.",
    )


def test_the_recording_says_what_the_table_made_of_it_says() -> None:
    if not RECORDED.is_file() or not TABLE.is_file():
        lacking("the recording and its table are not beside the repository")
    recorded = read_vital(RECORDED.read_bytes(), terms())
    table = read_vital_recorder(TABLE.read_bytes(), terms())

    def numbers(parsed: Parsed) -> list[tuple[object, ...]]:
        return [
            (o.kind, o.source, o.unit, o.value, o.systolic, o.diastolic, o.mean)
            for o in parsed.observations
        ]

    assert (recorded.rows, recorded.kept, len(recorded.observations)) == (213, 213, 1704)
    assert numbers(recorded) == numbers(table)
    first, last = recorded.observations[0].at, recorded.observations[-1].at
    assert first is not None
    assert last is not None
    assert (first.iso(), last.iso()) == (  # type: ignore[union-attr]
        "2019-07-11T11:47:45+02:00",
        "2019-07-11T11:51:22+02:00",
    )


@pytest.mark.parametrize(
    ("form", "sign", "value", "shown"),
    [
        (1, "f", 36.6, "36.6"),
        (2, "d", 36.65, "36.65"),
        (3, "b", 71, "71"),
        (4, "B", 71, "71"),
        (5, "h", 71, "71"),
        (6, "H", 71, "71"),
        (7, "i", 71, "71"),
        (8, "I", 71, "71"),
    ],
)
def test_each_format_of_numbers_is_read(form: int, sign: str, value: float, shown: str) -> None:
    name = "BT" if form < 3 else "HR"
    parsed = read(track(1, name, "", form=form), record(1, MOMENT, value, sign))

    assert str(parsed.observations[0].value) == shown


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0, 1e12])
def test_what_marks_a_lost_signal_is_no_reading(value: float) -> None:
    parsed = read(track(1, "HR", ""), record(1, MOMENT, 70), record(1, MOMENT + 1, value))

    assert len(parsed.observations) == 1


@pytest.mark.parametrize(
    ("west", "at"),
    [
        (300, "14:40:05-05:00"),
        (-120, "21:40:05+02:00"),
        (0, "19:40:05+00:00"),
        (9999, "14:40:05-05:00"),
    ],
)
def test_times_are_on_the_clock_of_the_recording(west: int, at: str) -> None:
    parsed = read(track(1, "HR", "/min"), record(1, MOMENT, 71), head=header(west))

    assert all_said(parsed) == [f"hr monitor {at} 71 /min"]


def test_a_header_may_be_without_a_zone() -> None:
    head = struct.pack("<4sIH", b"VITA", 3, 0)

    assert all_said(read(track(1, "HR", "/min"), record(1, MOMENT, 71), head=head)) == [
        "hr monitor 14:40:05-05:00 71 /min"
    ]


def test_packets_that_say_nothing_are_passed_over() -> None:
    parsed = read(
        packet(0, b"\x01"),
        packet(1, b"\x01"),
        packet(0, struct.pack("<HBB", 9, 2, 1) + b"\xff\xff\xff\xff"),
        track(1, "HR", "/min"),
        track(2, "HR", "/min", form=77),
        record(99, MOMENT, 1),
        record(2, MOMENT, 1),
        packet(1, struct.pack("<HdH", 10, MOMENT, 1)),
        packet(1, struct.pack("<HdH", 60_000, MOMENT, 1)),
        record(1, float("nan"), 70),
        packet(200, b"x" * 200_000),
        record(1, MOMENT, 71),
    )

    assert all_said(parsed) == ["hr monitor 14:40:05-05:00 71 /min"]


def test_a_part_of_a_pressure_alone_is_left_out_by_name() -> None:
    parsed = read(track(1, "NIBP_SYS", "mmHg"), record(1, MOMENT, 120))

    assert parsed.observations == ()
    assert "record 1: No diastolic stands beside it" in parsed.notes[-1]


def test_parts_of_a_pressure_within_one_second_are_one_reading() -> None:
    parsed = read(
        track(1, "NIBP_SYS", "mmHg"),
        track(2, "NIBP_DIA", "mmHg"),
        record(1, MOMENT, 120),
        record(2, MOMENT + 0.2, 78),
    )

    assert all_said(parsed) == ["bp cuff 14:40:05-05:00 120/78 mmHg"]


def test_two_values_of_one_track_in_a_second_are_two_rows_and_the_same_one_is_one() -> None:
    parsed = read(
        track(1, "HR", "/min"),
        record(1, MOMENT, 70),
        record(1, MOMENT + 0.1, 70),
        record(1, MOMENT + 0.5, 75),
    )

    assert [str(o.value) for o in parsed.observations] == ["70", "75"]
    assert parsed.rows == 2


def test_figures_that_no_vital_sign_has_are_counted() -> None:
    parsed = read(track(1, "HR", "/min"), record(1, MOMENT, 70), record(1, MOMENT + 1, -1.0))

    assert parsed.no_signal == {"Heart rate": 1}


def test_two_monitors_of_one_moment_are_two_readings() -> None:
    parsed = read(
        track(1, "HR", "/min", device=1), track(2, "HR", "/min", device=2),
        record(1, MOMENT, 71), record(2, MOMENT, 75),
    )  # fmt: skip

    assert [str(o.value) for o in parsed.observations] == ["71", "75"]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "is no recording"),
        (b"Time,HR", "is a broken archive"),
        (gzip.compress(b"VITA", mtime=0), "is no recording"),
        (gzip.compress(b"NONE" + header()[4:], mtime=0), "is no recording"),
        (recording([]), "holds no vital signs"),
        (recording([b"\x01\x02"]), "ends in the middle of a packet"),
        (recording([struct.pack("<BI", 1, 60) + b"x"]), "ends in the middle of a packet"),
        (recording([struct.pack("<BI", 6, 600) + b"x"]), "ends in the middle of a packet"),
        (recording([struct.pack("<BI", 6, 2**32 - 1) + b"x" * 1000]), "ends in the middle"),
        (recording([track(1, "HR", "mmHg"), record(1, MOMENT, 71)]), "unit of the track HR"),
        (recording([track(1, "HR", ""), record(1, 1e300, 71)]), "record 1: No calendar"),
        (recording([track(1, "HR", ""), record(1, 1e11, 71)]), "record 1: No calendar"),
        (recording(sample_packets())[:-20], "is a broken archive"),
        (b"x" * 25_000_001, "is larger than 25 MB"),
    ],
)
def test_a_broken_recording_is_refused(source: bytes, sentence: str) -> None:
    assert sentence in refused(source)


def test_a_recording_that_unpacks_too_far_is_refused() -> None:
    bomb = recording([packet(6, bytes(1_000_000)) for _n in range(30)])

    assert len(bomb) < 100_000
    assert "unpacks to more than this program takes" in refused(bomb)


def test_tracks_and_records_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    packets = [track(1, "HR", ""), track(2, "ECG_HR", ""), record(1, MOMENT, 71)]
    packets += [record(2, MOMENT, 71), record(1, MOMENT + 1, 72)]

    monkeypatch.setattr(vital_file, "_MAX_TRACKS", 1)
    assert all_said(read(*packets)) == [
        "hr monitor 14:40:05-05:00 71 /min",
        "hr monitor 14:40:06-05:00 72 /min",
    ]
    monkeypatch.setattr(vital_file, "_MAX_RECORDS", 1)
    assert "more than 500,000 numbers" in refused(recording(packets))


def test_a_recording_is_known_by_its_first_bytes() -> None:
    assert is_vital(sample("recording.vital")[:60])
    assert not is_vital(gzip.compress(b"something else"))
    assert not is_vital(text("VITA"))
