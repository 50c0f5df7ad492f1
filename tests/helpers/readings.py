"""Files of readings for tests: the samples beside the tests, recordings and archives made here."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.column_map import column_map, read_mapped
from aeapp.domain.vitals.intake.gathering import Parsed, Terms
from aeapp.domain.vitals.intake.layouts import LAYOUTS
from aeapp.readers.late import vitals_readers

SAMPLES = Path(__file__).parent.parent / "data" / "vitals"
REAL = Path(__file__).parents[3] / "shared" / "data"
NEW_YORK = ZoneInfo("America/New_York")
BEGUN = PartialDate(2026, 11, 23, 14, 40, 0, -300)


def terms(**changes: object) -> Terms:
    """Return terms of a clinic in New York; recordings that only count began at 14:40."""
    facts: dict[str, object] = {"zone": NEW_YORK, "start": BEGUN, "links": {"session_id": "s"}}
    return Terms(**(facts | changes))  # type: ignore[arg-type]


def said(reading: Observation) -> str:
    """Return what a reading says in one line: kind, source, time, numbers, unit."""
    at = reading.at.iso()[11:] if isinstance(reading.at, PartialDate) else ""
    numbers = (reading.systolic, reading.diastolic, reading.mean, reading.value)
    shown = "/".join(str(n) for n in numbers if n is not None)
    unit = reading.unit.value if reading.unit else "?"
    return f"{reading.kind} {reading.source} {at} {shown} {unit}"


def all_said(parsed: Parsed) -> list[str]:
    """Return what each reading of a file says."""
    return [said(reading) for reading in parsed.observations]


# ------------------------------------------------------------------ recordings


def text(words: str) -> bytes:
    """Return words as a recording holds them."""
    raw = words.encode()
    return struct.pack("<I", len(raw)) + raw


def packet(kind: int, content: bytes) -> bytes:
    """Return a packet."""
    return struct.pack("<BI", kind, len(content)) + content


def track(
    number: int, name: str, unit: str, *, kind: int = 2, form: int = 1, device: int = 7
) -> bytes:
    """Return the packet that names a track."""
    between = struct.pack("<ff4sfddB", 0, 0, b"\0\0\0\0", 1, 1, 0, 0)
    head = struct.pack("<HBB", number, kind, form)
    return packet(0, head + text(name) + text(unit) + between + struct.pack("<I", device))


def record(number: int, at: float, value: float, form: str = "f") -> bytes:
    """Return a record of a track of numbers."""
    return packet(1, struct.pack("<HdH", 10, at, number) + struct.pack("<" + form, value))


def header(west: int = 300) -> bytes:
    """Return the header of a recording, local time ``west`` minutes behind UTC."""
    return struct.pack("<4sIHhII", b"VITA", 3, 10, west, 0, 0)


def recording(packets: Iterable[bytes], head: bytes | None = None) -> bytes:
    """Return a whole recording, packed."""
    body = (header() if head is None else head) + b"".join(packets)
    return gzip.compress(body, mtime=0)


# 14:40:05 in New York.
MOMENT = 1795462805.25


def sample_packets() -> list[bytes]:
    """Return the packets of the sample: two moments of a monitor, a wave, words, a command."""
    device = packet(9, struct.pack("<I", 7) + text("Quokka7") + text("Quokka7") + text("COM1"))
    names = (
        ("NIBP_SYS", "mmHg"), ("NIBP_DIA", "mmHg"), ("NIBP_MEAN", "mmHg"), ("ECG_HR", "/min"),
        ("PLETH_SAT_O2", "%"), ("BT", "F"), ("PLETH_PERF_REL", ""),
    )  # fmt: skip
    tracks = [track(n, name, unit) for n, (name, unit) in enumerate(names, 1)]
    wave = [
        track(20, "ECG_II", "mV", kind=1, form=6),
        packet(1, struct.pack("<HdHI", 10, MOMENT, 20, 2) + struct.pack("<HH", 1, 2)),
    ]
    words = [
        track(21, "EVENT", "", kind=5),
        packet(1, struct.pack("<HdHI", 10, MOMENT, 21, 0) + text("sedated")),
    ]
    first = (128.0, 76.0, 93.0, 71.0, 98.0, 98.6, 4.0)
    second = (128.0, 76.0, 93.0, 72.0, 0.0, float("nan"), 4.0)
    records = [record(n, MOMENT, value) for n, value in enumerate(first, 1)]
    records += [record(n, MOMENT + 1, value) for n, value in enumerate(second, 1)]
    return [device, *tracks, *wave, *words, *records, packet(6, b"\x06")]


# ------------------------------------------------------------------ archives and readers


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@dataclass(frozen=True)
class Case:
    """A layout, its sample, and how a file of it is read."""

    name: str
    sample: bytes
    read: Callable[[bytes, Path], Parsed]


def _library(name: str) -> Callable[[bytes, Path], Parsed]:
    reader = next(r for r in vitals_readers() if r.name == name)

    def read(content: bytes, folder: Path) -> Parsed:
        path = folder / "file"
        path.write_bytes(content)
        return reader.read(path, terms())

    return read


def _plain(name: str) -> Callable[[bytes, Path], Parsed]:
    layout = next(one for one in LAYOUTS if one.name == name)
    return lambda content, _folder: layout.read(content, terms())


def sample(name: str) -> bytes:
    """Return a sample file."""
    return (SAMPLES / name).read_bytes()


def _mapped(content: bytes, _folder: Path) -> Parsed:
    return read_mapped(content, terms(), column_map(sample("capnograph.columns.json")))


def _mapping(content: bytes, _folder: Path) -> Parsed:
    return read_mapped(sample("capnograph.tsv"), terms(), column_map(content))


def cases() -> list[Case]:
    """Return one case for each way in which a file of strangers is read."""
    apple = sample("apple-health.xml")
    packed = zipped([("apple_health_export/export.xml", apple)])
    return [
        Case("numerics", sample("numerics.csv"), _plain("numerics")),
        Case("vital-recorder", sample("vital-recorder.csv"), _plain("vital-recorder")),
        Case("vital-recorder s", sample("vital-recorder-seconds.csv"), _plain("vital-recorder")),
        Case("physionet", sample("physionet.csv"), _plain("physionet")),
        Case("omron", sample("omron.csv"), _plain("omron")),
        Case("withings", sample("withings-bp.csv"), _plain("withings")),
        Case("vital", sample("recording.vital"), _plain("vital")),
        Case("vital, unpacked", gzip.decompress(sample("recording.vital")), _repacked),
        Case("fhir", sample("bundle.json"), _plain("fhir")),
        Case("hl7", sample("monitor.hl7"), _library("hl7")),
        Case("apple-health", apple, _library("apple-health")),
        Case("apple-health, zip", packed, _library("apple-health")),
        Case("columns", sample("capnograph.tsv"), _mapped),
        Case("columns, the mapping", sample("capnograph.columns.json"), _mapping),
    ]


def _repacked(content: bytes, folder: Path) -> Parsed:
    return _plain("vital")(gzip.compress(content, 1), folder)
