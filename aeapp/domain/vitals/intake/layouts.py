"""The layouts that need nothing but the standard library, and how each is known by its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aeapp.domain.vitals import csv_numerics
from aeapp.domain.vitals.intake.fhir import is_fhir, read_fhir
from aeapp.domain.vitals.intake.gathering import Parsed, Terms
from aeapp.domain.vitals.intake.home import is_omron, is_withings, read_omron, read_withings
from aeapp.domain.vitals.intake.recorders import (
    is_physionet,
    is_vital_recorder,
    read_physionet,
    read_vital_recorder,
)
from aeapp.domain.vitals.intake.tabular import names_in, separator_of
from aeapp.domain.vitals.intake.vital_file import is_vital, read_vital
from aeapp.kernel.i18n import N_

# As much of a file as its layout is known by.
HEAD = 65_536
COLUMNS = "columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One layout of files.

    Attributes:
        name: What a person calls it on the command line.
        title: What it is.
        sign: By what it is known, for the person who imports.
        recognise: Whether the first bytes of a file are of this layout.
        read: The readings of a whole file.
    """

    name: str
    title: str
    sign: str
    recognise: Callable[[bytes], bool]
    read: Callable[[bytes, Terms], Parsed]


def _by_header(known: Callable[[str], bool]) -> Callable[[bytes], bool]:
    def recognise(head: bytes) -> bool:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        return known((text.splitlines() or [""])[0])

    return recognise


def _is_numerics(header: str) -> bool:
    names = names_in(header, separator_of(header, csv_numerics.known))
    found = {name.casefold() for name in names if csv_numerics.known(name)}
    return "time" in found and len(found) > 1


# In this order: a layout that is known by more of its header stands before one known by less.
LAYOUTS: tuple[Layout, ...] = (
    Layout(
        name="vital",
        title=N_("Recording of Vital Recorder (.vital)"),
        sign=N_("the file begins as a packed recording"),
        recognise=is_vital,
        read=read_vital,
    ),
    Layout(
        name="fhir",
        title=N_("FHIR R4 Observation or Bundle"),
        sign=N_("the file is JSON that names a FHIR resource"),
        recognise=is_fhir,
        read=read_fhir,
    ),
    Layout(
        name="physionet",
        title=N_("Numerics as PhysioNet publishes them (CSV)"),
        sign=N_("the header names Time [s]"),
        recognise=_by_header(is_physionet),
        read=read_physionet,
    ),
    Layout(
        name="vital-recorder",
        title=N_("Table of Vital Recorder (CSV)"),
        sign=N_("the header names Time and tracks of devices"),
        recognise=_by_header(is_vital_recorder),
        read=read_vital_recorder,
    ),
    Layout(
        name="omron",
        title=N_("Report of Omron Connect (CSV)"),
        sign=N_("the header names Date, Time, Systolic and Diastolic with units"),
        recognise=_by_header(is_omron),
        read=read_omron,
    ),
    Layout(
        name="withings",
        title=N_("Pressures of Withings (bp.csv)"),
        sign=N_("the header names Date, Systolic and Diastolic"),
        recognise=_by_header(is_withings),
        read=read_withings,
    ),
    Layout(
        name="numerics",
        title=N_("Numerics of a monitor, one row a minute (CSV)"),
        sign=N_("the header names Time and quantities of a monitor"),
        recognise=_by_header(_is_numerics),
        read=csv_numerics.read,
    ),
)
