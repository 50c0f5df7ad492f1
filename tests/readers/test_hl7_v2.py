"""HL7 v2 results: grouped, timed, sourced; what the library does wrong never gets out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aeapp.domain.rejection import ImportRejected
from aeapp.domain.vitals.intake.gathering import Parsed
from aeapp.readers import segments
from aeapp.readers.guard import guarded
from aeapp.readers.hl7_v2 import Hl7Reader
from tests.helpers.readings import REAL, all_said, sample, terms
from tests.helpers.tools import lacking

HEAD = r"MSH|^~\&|M|R|||20261123144500-0500||ORU^R01^ORU_R01|1|P|2.6"
ORDER = "OBR|1|||182777000^monitoring of patient^SNOMED-CT|||20261123144000-0500"
RATE = "OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC|1.1.1.1|72|/min^/min^UCUM|||||R"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def read(folder: Path, *lines: str, content: bytes | None = None, **changes: object) -> Parsed:
    path = folder / "message.hl7"
    path.write_bytes("\r".join(lines).encode() if content is None else content)
    return Hl7Reader().read(path, terms(**changes))


def refused(folder: Path, *lines: str, content: bytes | None = None) -> list[str]:
    with pytest.raises(ImportRejected) as refusal:
        read(folder, *lines, content=content)
    return [problem.text for problem in refusal.value.problems]


def test_the_sample_is_read_with_sources_times_and_doubts(folder: Path) -> None:
    parsed = read(folder, content=sample("monitor.hl7"))

    assert all_said(parsed) == [
        "bp cuff 14:40:30-05:00 128.3/75.8/93 mmHg",
        "hr ecg 14:40:00-05:00 72 /min",
        "temperature monitor 14:42:00-05:00 37 Cel",
        "rr outside 14:42:00-05:00 15 /min",
        "hr outside 14:42:00-05:00 140 /min",
        "hr cuff 14:42:00-05:00 71 /min",
        "temperature outside 14:42:00-05:00 36.9 ?",
    ]
    pressure, warm = parsed.observations[0], parsed.observations[2]
    assert pressure.raw_value == "17.1/10.1/12.4"
    assert pressure.raw_unit == "265987^MDC_DIM_KILO_PASCAL^MDC"
    assert (warm.raw_value, warm.raw_unit) == ("98.6", "266560^MDC_DIM_FAHR^MDC")
    assert (parsed.rows, parsed.kept, parsed.skipped, parsed.converted) == (9, 7, 2, 2)
    assert parsed.no_signal == {"Heart rate": 1}
    assert parsed.questions() == (
        "line 16, Respiratory rate (Outside record): Its sender has not confirmed it.",
        "line 17, Heart rate (Outside record): Its sender gives only a bound of the value.",
        "line 18, Heart rate (Cuff monitor): The device itself doubts the value.",
        "line 19, Temperature (Outside record): The file names no unit.",
    )


def test_a_device_clock_that_disagrees_is_reported_beside_the_message(folder: Path) -> None:
    parsed = read(folder, content=sample("monitor.hl7"))

    assert parsed.notes[-1] == (
        "line 13: The device's clock showed 20261123143700; the message stamps that with "
        "20261123144000-0500, gives 20261123144000-0500 as the time of its results and "
        "20261123144500-0500 as its own. The times of the readings are the message's."
    )


@pytest.mark.parametrize(
    ("shown", "stamped", "told"),
    [
        ("20261123144500", "20261123144520-0500", False),
        ("20261123144500", "", False),
        ("20261123144300", "20261123144500-0500", True),
        ("2026", "20261123144500-0500", True),
        ("", "20261123144500-0500", False),
    ],
)
def test_a_device_clock_that_agrees_is_not_worth_a_word(
    folder: Path, shown: str, stamped: str, told: bool
) -> None:
    row = f"OBX|2|DTM|67975^MDC_ATTR_TIME_ABS^MDC|1.0.0.1|{shown}||||||R|||{stamped}"
    order = "OBR|1|||x|||20261123144500-0500"
    parsed = read(folder, HEAD, order, RATE, row)

    assert bool(parsed.notes) is told


def test_a_clock_offset_moves_the_times_and_not_the_comparison(folder: Path) -> None:
    row = "OBX|2|DTM|67975^MDC_ATTR_TIME_ABS^MDC|1.0.0.1|20261123144500||||||R"
    parsed = read(
        folder, HEAD, "OBR|1|||x|||20261123144500-0500", RATE, row, shift=dt.timedelta(minutes=3)
    )

    assert all_said(parsed) == ["hr ecg 14:48:00-05:00 72 /min"]
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (RATE + "|||20261123143000-0500", "hr ecg 14:30:00-05:00 72 /min"),
        ("OBX|1|NM|^MDC_BLD_PULS_RATE_INV^MDC||60|bpm|||||F", "hr arterial 14:40:00-05:00 60 /min"),
        ("OBX|1|NM|X^own^L^8867-4^HR^LN||60|bpm|||||F", "hr outside 14:40:00-05:00 60 /min"),
        ("OBX|1|SN|8867-4^Heart rate^LN||=^60|bpm|||||F", "hr outside 14:40:00-05:00 60 /min"),
        ("OBX|1|NM|8867-4^HR^LN||60|264864^X|||||U", "hr outside 14:40:00-05:00 60 /min"),
        ("OBX|1|NM|8867-4^HR^LN||60|^bpm|||||U", "hr outside 14:40:00-05:00 60 /min"),
    ],
)  # fmt: skip
def test_names_times_and_units_are_found_where_standards_put_them(
    folder: Path, row: str, line: str
) -> None:
    parsed = read(folder, HEAD, ORDER, row)

    assert all_said(parsed) == [line]
    assert parsed.questioned == 0


@pytest.mark.parametrize("status", ["X", "D", "W", "N"])
def test_a_row_that_its_sender_takes_back_is_no_reading(folder: Path, status: str) -> None:
    parsed = read(folder, HEAD, ORDER, RATE[:-1] + status)

    assert (parsed.rows, parsed.skipped) == (1, 1)
    assert parsed.notes == (f"line 3: There is no value ({status}).",)


def test_an_empty_value_is_no_reading(folder: Path) -> None:
    parsed = read(folder, HEAD, ORDER, RATE.replace("|72|", "||"))

    assert parsed.notes == ("line 3: There is no value (R).",)


def test_orders_and_messages_may_repeat(folder: Path) -> None:
    later = ORDER.replace("1440", "1441")
    parsed = read(
        folder,
        "BHS|^~\\&|x",
        HEAD,
        ORDER,
        RATE,
        later,
        RATE,
        "",
        HEAD,
        later,
        RATE,
        "NTE|1||x",
        "BTS|2",
    )

    assert all_said(parsed) == ["hr ecg 14:40:00-05:00 72 /min", "hr ecg 14:41:00-05:00 72 /min"]
    assert parsed.duplicate == 1
    assert parsed.notes == ("line 10: It says what line 6 says already, and was taken once.",)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((HEAD,), "The file holds no vital signs."),
        ((HEAD, ORDER), "The file holds no vital signs."),
        ((HEAD, RATE), "line 2: Neither the row nor its order has a time."),
        ((HEAD, "OBR|1|||x|||20261123", RATE), "line 3: The time is not written like"),
        ((HEAD, ORDER, RATE.replace("72", "fast")), "line 3: The value is no number"),
        ((HEAD, ORDER, RATE.replace("72", "72~73")), "line 3: The value is no number"),
        ((HEAD, ORDER, RATE.replace("/min^/min", "kPa^kPa")), "line 3: The unit is none"),
        ((HEAD.replace("ORU^R01^ORU_R01", "ADT^A01"), ORDER), "line 1: This is no result message"),
        ((HEAD.replace("|2.6", "|3.0"), ORDER), "line 1: This is no result message"),
        ((HEAD.replace("^~\\&", "#~\\&"), ORDER), "line 1: The message does not use the usual"),
        ((ORDER, RATE), "line 1: A segment stands before the head"),
        ((HEAD, "nothing of the kind"), "line 2: This is no segment"),
        ((HEAD, "x" * 100_001), "line 2: The line is longer"),
        ((" ",), "The file holds no message."),
        ((HEAD, ORDER, "ZZZ|" + "^" * 99_990, "ZZZ|" + "^" * 99), "line 1: The message holds more"),
        ((HEAD, "PID|||1", ORDER, RATE, HEAD, "PID|||2", ORDER, RATE), "more than one patient"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(
    folder: Path, lines: tuple[str, ...], sentence: str
) -> None:
    assert any(sentence in text for text in refused(folder, *lines))


def test_a_part_of_a_pressure_twice_is_refused(folder: Path) -> None:
    upper = "OBX|1|NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.0.1.1|120|266016^MDC_DIM_MMHG^MDC|||||R"

    assert refused(folder, HEAD, ORDER, upper, upper) == [
        "line 4: A part of the pressure stands there twice."
    ]


def test_an_hour_that_the_clocks_show_twice_is_told(folder: Path) -> None:
    parsed = read(folder, HEAD, "OBR|1|||x|||20261101013000", RATE)

    assert parsed.notes == (
        "line 3: The clocks showed this hour twice; it is read as the first showing.",
    )


def test_too_many_cells_are_refused(folder: Path) -> None:
    lines = [HEAD, *("ZZZ|" + "|" * 90_000 for _n in range(12))]

    assert refused(folder, *lines) == ["The file holds more than a million cells."]


def test_a_message_in_latin_1_that_says_so_is_read(folder: Path) -> None:
    head = HEAD + "|||NE|AL||8859/1"
    whole = "\r".join((head, "PID|||1||Müller", ORDER, RATE))

    assert len(read(folder, content=whole.encode("latin-1")).observations) == 1
    assert len(read(folder, content=whole.encode("utf-8")).observations) == 1
    with pytest.raises(ImportRejected, match="not UTF-8"):
        read(folder, content=whole.replace("8859/1", "").encode("latin-1"))


def test_frames_of_a_wire_and_seconds_are_no_hindrance(folder: Path) -> None:
    order = ORDER.replace("144000", "144000.5")
    parsed = read(folder, "\x0b" + HEAD, order, RATE, "\x1c")

    assert parsed.notes == ("Times are kept to the second; fractions were cut off.",)


@pytest.mark.parametrize("failure", [AssertionError("x"), RecursionError(), KeyError("y")])
def test_whatever_the_library_raises_becomes_a_refusal(
    folder: Path, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(_text: str) -> object:
        raise failure

    monkeypatch.setattr(segments.hl7, "parse", parse)
    assert refused(folder, HEAD, ORDER, RATE) == [
        "line 1: The structure of the file is broken here."
    ]


def test_a_library_that_loses_a_segment_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments.hl7, "parse", lambda _text: [["MSH"]])

    assert refused(folder, HEAD, ORDER, RATE) == [
        "line 1: The structure of the file is broken here."
    ]


def test_the_guard_lets_an_interruption_through() -> None:
    with pytest.raises(KeyboardInterrupt), guarded("line 1"):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"MSH|^~\\&|x", True),
        (b"\xef\xbb\xbfMSH|^~\\&|x", True),
        (b"\x0bMSH|^~\\&|x", True),
        (b"BHS|^~\\&|x", True),
        (b"Time,HR", False),
        (b"", False),
    ],
)
def test_a_message_is_known_by_its_head(head: bytes, known: bool) -> None:
    assert Hl7Reader().recognise(head) is known


@pytest.mark.parametrize(
    ("name", "lines", "counts", "clocks"),
    [
        ("continua-bp", ["bp cuff 09:57:15+00:00 120/80/100 mmHg"], (1, 1, 0, 0, 0), 1),
        ("continua-scale", ["weight monitor 07:07:07+00:00 80 kg"], (2, 1, 0, 1, 0), 2),
        ("continua-thermometer", ["temperature monitor 07:07:07+00:00 37 Cel"], (1, 1, 0, 0, 0), 0),
        ("pcd01-cuff-bp", ["bp cuff 09:57:15+05:00 120/80/100 mmHg"], (1, 1, 0, 0, 0), 0),
        (
            "pcd01-icu-gateway",
            [
                "hr ecg 14:45:00-05:00 60 /min",
                "bp arterial 14:45:00-05:00 120/80/92 mmHg",
                "hr arterial 14:45:00-05:00 60 /min",
            ],
            (3, 3, 0, 0, 0),
            0,
        ),
    ],
)
def test_the_published_messages_are_read(
    name: str, lines: list[str], counts: tuple[int, ...], clocks: int
) -> None:
    path = REAL / "vitals" / f"{name}.hl7"
    if not path.is_file():
        lacking("the published messages are not beside the repository")
    parsed = Hl7Reader().read(path, terms())

    assert all_said(parsed) == lines
    found = (parsed.rows, parsed.kept, parsed.skipped, parsed.duplicate, parsed.questioned)
    assert found == counts
    assert sum("clock showed" in note for note in parsed.notes) == clocks
