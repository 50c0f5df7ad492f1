"""Read CTCAE: a table of NCI's workbook or a CSV, its columns found by their heads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.coding.release import MOST_TERMS, Cells, Release
from aeapp.domain.records.terminology import TermEntry
from aeapp.domain.rejection import Problems, printable, rejected, text_of
from aeapp.domain.slips import folded
from aeapp.kernel.i18n import N_, _

# The MedDRA versions that NCI printed the codes of each edition from.
MEDDRA_OF = {"5.0": "20.1", "6.0": "28.0"}
# A head stands above the terms; titles and remarks may stand above the head.
_HEAD_WITHIN = 20
_GRADES = 5
_NEEDED = ("term", "code", "soc", *(f"grade{n}" for n in range(1, _GRADES + 1)))
_VERSION = re.compile(r"(?:ctcae\D{0,12}|\bv(?:ersion)? ?)(\d)(?:\.(\d))?(?!\d)")
_OTHER = "other, specify"
_NO_GRADE = {"-", "\u2013", "\u2014", "--"}

Row = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """A table: its title, and its rows with their place for a message."""

    title: str
    rows: Sequence[Row]


def csv_sheet(content: bytes) -> Sheet:
    """Return the rows of a CSV.

    Raises:
        ImportRejected: It is no CSV in UTF-8.
    """
    reader = csv.reader(io.StringIO(text_of(content)), strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            rows.append((_("line {number}").format(number=reader.line_num), cells))
            if len(rows) > MOST_TERMS:
                raise rejected(
                    _("The file"), N_("{path} holds more terms than this program takes.")
                )
    except csv.Error:
        where = _("line {number}").format(number=reader.line_num)
        raise rejected(where, N_("The line is no line of a CSV.")) from None
    return Sheet("", rows)


def ctcae_of(sheets: Iterable[Sheet], edition: str = "") -> Release:
    """Return the release that the first table with the heads of CTCAE holds.

    Args:
        sheets: The tables of a workbook, or the one of a CSV.
        edition: Its version as a person says it; empty where the file tells.

    Raises:
        ImportRejected: No table has the heads, or its rows are wrong.
    """
    best: tuple[str, ...] = _NEEDED
    for sheet in sheets:
        for n, (_where, cells) in enumerate(sheet.rows[:_HEAD_WITHIN]):
            columns = _columns(cells)
            missing = tuple(name for name in _NEEDED if name not in columns)
            if not missing:
                above = [sheet.title, *(c for _w, row in sheet.rows[: n + 1] for c in row)]
                return _release(sheet.rows[n + 1 :], columns, edition, above)
            best = missing if len(missing) < len(best) else best
    names = ", ".join(_HEADS[name] for name in best)
    text = _(N_("{path} has no table with the columns of CTCAE; missing: {names}."))
    raise rejected(_("The file"), text.replace("{names}", names))


_HEADS = {
    "term": "CTCAE Term",
    "code": "MedDRA Code",
    "soc": "MedDRA SOC",
    **{f"grade{n}": f"Grade {n}" for n in range(1, _GRADES + 1)},
}


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that the heads name; the first of a name counts."""
    found: dict[str, int] = {}
    for n, cell in enumerate(cells):
        name = _column(folded(cell))
        if name:
            found.setdefault(name, n)
    return found


# The first that fits counts; "change" stands in heads of what NCI changed in a column.
_COLUMNS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r".*change", ""),
        (r"(?=.*meddra)(?=.*code)", "code"),
        (r".*\bsoc\b|.*system organ class", "soc"),
        (r"ctcae version$", "edition"),
        (r"meddra version$", "meddra"),
        (r".*definition", "definition"),
        (r".*navigational", "remark"),
        (r".*\bterm\b", "term"),
    )
)


def _column(head: str) -> str:
    grade = re.fullmatch(r"grade ?([1-5])", head)
    if grade:
        return f"grade{grade[1]}"
    return next((name for pattern, name in _COLUMNS if pattern.match(head)), "")


def _release(
    rows: Sequence[Row], columns: Mapping[str, int], edition: str, above: Sequence[str]
) -> Release:
    problems = Problems()
    cells = Cells(problems)
    lines = [_Line(where, row, columns) for where, row in rows if any(c.strip() for c in row)]
    # NCI writes remarks below the terms; such a row has no code and no grade.
    lines = [line for line in lines if not line.is_remark]
    entries = [_entry(line, cells) for line in lines]
    _refuse_twice(lines, entries, problems)
    problems.raise_if_any()
    if not entries:
        raise rejected(_("The file"), N_("{path} holds no term."))
    found = edition or _edition(lines, above)
    return Release(
        name=TerminologyName.CTCAE,
        edition=found,
        meddra_edition=_one(lines, "meddra") or MEDDRA_OF.get(found, ""),
        language="English",
        entries=tuple(entries),
    )


@dataclass(frozen=True, slots=True, repr=False)
class _Line:
    where: str
    cells: Sequence[str]
    columns: Mapping[str, int]

    def cell(self, name: str) -> str:
        place = self.columns.get(name, len(self.cells))
        return self.cells[place].strip() if place < len(self.cells) else ""

    @property
    def is_remark(self) -> bool:
        return not (self.cell("code") or any(self.cell(f"grade{n + 1}") for n in range(_GRADES)))


def _entry(line: _Line, cells: Cells) -> TermEntry:
    term = cells.term(line.where, line.cell("term"))
    other = folded(term).endswith(_OTHER)
    grades = {f"grade{n}": _grade(line, cells, n) for n in range(1, _GRADES + 1)}
    return TermEntry(
        code=cells.code(line.where, line.cell("code")),
        term=term,
        level=TermLevel.OTHER if other else TermLevel.EVENT,
        soc=cells.text(line.where, line.cell("soc")) or None,
        current=True,
        definition=_stated(cells.text(line.where, line.cell("definition"))),
        remark=_stated(cells.text(line.where, line.cell("remark"))),
        **grades,
    )


def _grade(line: _Line, cells: Cells, number: int) -> str | None:
    return _stated(cells.text(line.where, line.cell(f"grade{number}")))


def _stated(text: str) -> str | None:
    """Return a text; a dash stands for none."""
    return None if text in _NO_GRADE else text or None


def _refuse_twice(lines: Sequence[_Line], entries: Sequence[TermEntry], problems: Problems) -> None:
    known: set[str] = set()
    for line, entry in zip(lines, entries, strict=True):
        name = folded(entry.term or "")
        if name and name in known:
            problems.add(line.where, N_("The term stands in the file already."))
        known.add(name)


def _edition(lines: Sequence[_Line], above: Sequence[str]) -> str:
    """Return the version that a column or the title says; never one that we suppose.

    Raises:
        ImportRejected: Nothing says it.
    """
    told = _one(lines, "edition")
    if told:
        return told
    found = {f"{m[1]}.{m[2] or 0}" for text in above for m in _VERSION.finditer(folded(text))}
    if len(found) == 1:
        return found.pop()
    raise rejected(
        _("The file"),
        N_("{path} does not say which version of CTCAE it is."),
        option=N_("--edition says it."),
    )


def _one(lines: Sequence[_Line], name: str) -> str:
    """Return what a column says in every row; empty where there is none."""
    told = {line.cell(name) for line in lines}
    if len(told) == 1:
        return printable(told.pop())
    raise rejected(_("The file"), N_("{path} holds terms of more than one version."))
