"""Read the numbers of a .vital recording (Vital Recorder): packets in a gzip stream.

Little-endian. The header is VITA, a version (4 bytes), the length of the rest (2) and in it first
the minutes from local time to UTC (2). Then packets: a type (1), a length (4) and the content.
Type 9 names a device, type 0 a track (what it records, in which format, its name, its unit, its
device), type 1 is a record of a track. A record is the length of its own head (2), a time in
seconds of 1970 (8), the track (2), and a value. Waves and words are passed over. The stream is read
packet by packet, so that a large recording needs little memory.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.rejection import MAX_BYTES, printable, rejected
from aeapp.domain.vitals.intake.gathering import Figure, Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import DIASTOLIC, SYSTOLIC, TRACKS, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.numbers import plain_number
from aeapp.domain.vitals.intake.recorders import VITAL_RECORDER, group_of
from aeapp.domain.vitals.intake.tabular import left_out
from aeapp.domain.vitals.intake.units import Unit, own_unit, unit_for
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.i18n import N_, _

MAGIC = b"\x1f\x8b"
SIGNATURE = b"VITA"
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
_SMALL = 1_000_000
_PIECE = 65_536
# A packet of waves holds a second or so; a larger one is passed over piece by piece.
_LONGEST_KEPT = 65_536
_MAX_TRACKS = 10_000
_MAX_RECORDS = 500_000

_TRACK, _RECORD = 0, 1
_NUMBERS = 2
_FLOAT = 1
_FORMATS = {
    1: struct.Struct("<f"),
    2: struct.Struct("<d"),
    3: struct.Struct("<b"),
    4: struct.Struct("<B"),
    5: struct.Struct("<h"),
    6: struct.Struct("<H"),
    7: struct.Struct("<i"),
    8: struct.Struct("<I"),
}
# As many digits as a number of four bytes is sure of.
_SINGLE_DIGITS = 7
_HEAD = struct.Struct("<4sIH")
_PACKET = struct.Struct("<BI")
_RECORD_HEAD = struct.Struct("<HdH")
_TRACK_HEAD = struct.Struct("<HBB")
# Limits, colour, rate, gain, offset and kind of monitor, between a track's unit and its device.
_BETWEEN = 4 * 4 + 8 + 8 + 1
_FARTHEST = 14 * 60
_UTC = dt.UTC


@dataclass(frozen=True, slots=True)
class _Track:
    """A track of numbers that is a vital sign."""

    name: str
    measure: Measure
    unit: Unit | None
    spelt: str
    device: int
    number: struct.Struct
    is_single: bool


def is_vital(head: bytes) -> bool:
    """Tell whether the first bytes of a file are those of a recording."""
    if not head.startswith(MAGIC):
        return False
    try:
        return zlib.decompressobj(wbits=31).decompress(head, len(SIGNATURE)) == SIGNATURE
    except zlib.error:
        return False


def read_vital(source: bytes, terms: Terms) -> Parsed:
    """Return the vital signs of a recording.

    Raises:
        ImportRejected: It is none, is broken, or larger than this program takes.
    """
    if len(source) > MAX_BYTES:
        raise rejected(_("The file"), N_("{path} is larger than 25 MB."))
    with gzip.GzipFile(fileobj=io.BytesIO(source)) as file:
        return _Recording(_Stream(file, len(source)), terms).read()


class _Stream:
    """The unpacked bytes of a recording, counted."""

    def __init__(self, file: gzip.GzipFile, packed: int) -> None:
        self._file = file
        self._most = min(MAX_UNPACKED, max(packed * MAX_RATIO, _SMALL))
        self.at = 0

    def take(self, length: int) -> bytes:
        """Return the next ``length`` bytes, fewer at the end.

        Raises:
            ImportRejected: The stream is broken or too large.
        """
        self.at += length
        if self.at > self._most:
            raise rejected(_("The file"), N_("{path} unpacks to more than this program takes."))
        try:
            return self._file.read(length)
        except (OSError, EOFError, zlib.error):
            raise rejected(_("The file"), N_("{path} is a broken archive.")) from None

    def skip(self, length: int) -> bool:
        """Pass over ``length`` bytes; False where the file ends before."""
        while length:
            piece = min(length, _PIECE)
            if len(self.take(piece)) < piece:
                return False
            length -= piece
        return True


class _Recording:
    """Reads one recording."""

    def __init__(self, stream: _Stream, terms: Terms) -> None:
        self._stream = stream
        self._gathering = Gathering(terms, VITAL_RECORDER)
        self._clock: DeviceClock = terms.clock()
        self._tracks: dict[int, _Track | None] = {}
        self._unknown: list[str] = []
        self._known: dict[tuple[int, float], Figure | None] = {}
        # Records of one second make a row, those that say a thing again the next one:
        # {second and turn: {device and group: {item: figure}}}.
        self._rows: dict[tuple[int, int], dict[tuple[Any, ...], dict[str, Figure]]] = {}
        self._cut = False
        self._records = 0
        self._offset: int | None = None

    def read(self) -> Parsed:
        """Return its readings.

        Raises:
            ImportRejected: It cannot be read.
        """
        self._header()
        for kind, content in self._packets():
            if kind == _TRACK:
                self._track(content)
            else:
                self._record(content)
        left_out(self._gathering, self._unknown)
        for number, row in enumerate(sorted(self._rows), 1):
            self._row(number, row)
        if self._cut:
            told = N_("Times are kept to the second; fractions were cut off.")
            self._gathering.remark(_(told))
        return self._gathering.result(nothing=N_("{path} holds no vital signs."))

    def _header(self) -> None:
        head = self._stream.take(_HEAD.size)
        if len(head) < _HEAD.size or not head.startswith(SIGNATURE):
            raise rejected(_("The file"), N_("{path} is no recording of Vital Recorder."))
        rest = self._stream.take(_HEAD.unpack(head)[2])
        west = struct.unpack_from("<h", rest)[0] if len(rest) > 1 else 0
        self._offset = -west if rest and abs(west) <= _FARTHEST else None

    def _packets(self) -> Iterator[tuple[int, bytes]]:
        while head := self._stream.take(_PACKET.size):
            if len(head) < _PACKET.size:
                raise self._cut_short()
            kind, length = _PACKET.unpack(head)
            if kind in (_TRACK, _RECORD) and length <= _LONGEST_KEPT:
                content = self._stream.take(length)
                if len(content) < length:
                    raise self._cut_short()
                yield kind, content
            elif not self._stream.skip(length):
                raise self._cut_short()

    def _cut_short(self) -> Exception:
        where = _("byte {number}").format(number=self._stream.at)
        return rejected(where, N_("The recording ends in the middle of a packet."))

    def _track(self, content: bytes) -> None:
        if len(content) < _TRACK_HEAD.size or len(self._tracks) >= _MAX_TRACKS:
            return
        number, kind, form = _TRACK_HEAD.unpack_from(content)
        name, after = _text(content, _TRACK_HEAD.size)
        spelt, after = _text(content, after)
        measure = TRACKS.get(name)
        self._tracks[number] = None
        if kind != _NUMBERS or form not in _FORMATS:
            return
        if measure is None:
            self._unknown.append(name)
            return
        device = content[after + _BETWEEN : after + _BETWEEN + 4]
        self._tracks[number] = _Track(
            name=name,
            measure=measure,
            unit=self._unit(measure, name, spelt),
            spelt=spelt,
            device=int.from_bytes(device, "little"),
            number=_FORMATS[form],
            is_single=form == _FLOAT,
        )

    def _unit(self, measure: Measure, name: str, spelt: str) -> Unit | None:
        if not spelt:
            return own_unit(measure.kind)
        unit = unit_for(measure.kind, spelt)
        if unit is None:
            text = _(N_("The unit of the track {name} is not known."))
            self._gathering.problems.add(_("The file"), text.format(name=printable(name)))
        return unit

    def _record(self, content: bytes) -> None:
        if len(content) < _RECORD_HEAD.size:
            return
        length, moment, number = _RECORD_HEAD.unpack_from(content)
        track = self._tracks.get(number)
        if track is None:
            return
        self._records += 1
        if self._records > _MAX_RECORDS:
            raise rejected(
                _("The file"), N_("{path} holds more than 500,000 numbers of vital signs.")
            )
        # The length does not count its own two bytes.
        begin = length + 2
        if len(content) < begin + track.number.size or not math.isfinite(moment):
            return
        value = track.number.unpack_from(content, begin)[0]
        # A monitor's numbers are few, and a figure is never changed.
        if (number, value) not in self._known:
            self._known[number, value] = _figure(track, value)
        figure = self._known[number, value]
        if figure is None:
            self._gathering.no_signal(track.measure.kind)
        else:
            self._place(track, moment, figure)

    def _place(self, track: _Track, moment: float, figure: Figure) -> None:
        """Put a figure beside the others of its second; a second one of a track is a new row.

        Parts of one pressure come a fraction of a second apart.
        """
        key = (track.device, group_of("", track.name), track.measure.kind, track.measure.source)
        item, second, turn = track.measure.item, math.floor(moment), 0
        while item in self._rows.setdefault((second, turn), {}).setdefault(key, {}):
            if self._rows[second, turn][key][item] == figure:
                return
            turn += 1
        self._rows[second, turn][key][item] = figure
        self._cut = self._cut or bool(moment % 1)

    def _row(self, number: int, row: tuple[int, int]) -> None:
        gathering = self._gathering
        gathering.begin(_("record {number}").format(number=number))
        try:
            utc = dt.datetime.fromtimestamp(row[0], _UTC)
            at = self._clock.instant(utc, self._offset)
        except (ClockError, OverflowError, ValueError, OSError):
            gathering.problem(_(N_("No calendar and no clock has this time.")))
        else:
            for (_device, _group, kind, source), figures in self._rows[row].items():
                pressure = kind is ObservationKind.BLOOD_PRESSURE
                names = {SYSTOLIC: _("systolic"), DIASTOLIC: _("diastolic")} if pressure else {}
                gathering.take(kind, source, at, figures, names=names)
        gathering.end()


def _figure(track: _Track, value: float) -> Figure | None:
    if not math.isfinite(value):
        return None
    text = f"{value:.{_SINGLE_DIGITS}g}" if track.is_single else repr(value)
    number = plain_number(text)
    # Below zero or beyond six digits there is no vital sign; devices mark a lost signal so.
    return None if number is None else Figure(number, text, track.unit, track.spelt)


def _text(content: bytes, at: int) -> tuple[str, int]:
    """Return the text at ``at``, and where it ends; empty where the packet has none."""
    length = int.from_bytes(content[at : at + 4], "little")
    end = at + 4 + length
    if len(content) < end:
        return "", len(content)
    return content[at + 4 : end].decode("utf-8", "replace"), end


__all__ = ["is_vital", "read_vital"]
