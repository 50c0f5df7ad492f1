"""Read the ASCII distribution of MedDRA that a clinic has from its maintainer.

``$`` stands between the fields, a record is a line, there is no head. No term of MedDRA is in this
program or its tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.coding.release import MOST_TERMS, Cells, Release
from aeapp.domain.records.terminology import TermEntry
from aeapp.domain.rejection import Problems, rejected
from aeapp.kernel.i18n import N_, _

FILES = (
    "meddra_release.asc",
    "soc.asc",
    "soc_hlgt.asc",
    "hlgt.asc",
    "hlgt_hlt.asc",
    "hlt.asc",
    "hlt_pt.asc",
    "pt.asc",
    "llt.asc",
    "mdhier.asc",
    "intl_ord.asc",
)
# The others are asked for, to tell a whole distribution from a part of one, and not read.
READ = ("meddra_release.asc", "soc.asc", "pt.asc", "llt.asc", "mdhier.asc")
MAX_FILE = 60_000_000
_LONGEST_LINE = 4000
# Places of fields, counted from 1 as the maintainer's documents do.
_PT_OF_LLT, _CURRENCY = 3, 10
_SOC_OF_PATH, _PRIMARY = 4, 12

Lines = Iterator[tuple[str, "_Fields"]]


@dataclass(frozen=True, slots=True, repr=False)
class _Fields:
    cells: Sequence[str]

    def at(self, place: int) -> str:
        """Return a field, counted from 1; empty where the line is shorter."""
        return self.cells[place - 1].strip() if place <= len(self.cells) else ""


def missing_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the files of a distribution that are not among ``names``."""
    there = {name.lower() for name in names}
    return tuple(name for name in FILES if name not in there)


def refuse_missing(names: Iterable[str]) -> None:
    """Refuse a folder or archive that is no whole distribution.

    Raises:
        ImportRejected: Files are missing; it names them.
    """
    missing = missing_of(names)
    if missing:
        text = _(N_("{path} is no whole distribution of MedDRA; missing: {names}."))
        raise rejected(_("The folder"), text.replace("{names}", ", ".join(missing)))


def meddra_of(read: Callable[[str], bytes]) -> Release:
    """Return the release of a distribution.

    Args:
        read: Returns the bytes of one of ``READ``.

    Raises:
        ImportRejected: A line is wrong; every problem has its file and line.
    """
    problems = Problems()
    files = _Files(read, problems)
    edition, language = _edition(files)
    classes = files.named("soc.asc")
    primary = _primary(files, classes)
    preferred = files.named("pt.asc")
    for code, (where, _term) in preferred.items():
        if code not in primary:
            problems.add(where, N_("The preferred term has no primary class in mdhier.asc."))
    lowest = list(_lowest(files, preferred))
    problems.raise_if_any()
    if not lowest:
        raise rejected("llt.asc", N_("The file holds no term."))
    entries = [
        *(_entry(code, term, TermLevel.CLASS) for code, (_w, term) in classes.items()),
        *(
            _entry(code, term, TermLevel.PREFERRED, primary[code])
            for code, (_w, term) in preferred.items()
        ),
        *lowest,
    ]
    return Release(TerminologyName.MEDDRA, edition, edition, language, tuple(entries))


def _entry(code: str, term: str, level: TermLevel, parent: str = "") -> TermEntry:
    return TermEntry(code=code, term=term, level=level, parent=parent or None, current=True)


class _Files:
    """The files of one distribution, line by line."""

    def __init__(self, read: Callable[[str], bytes], problems: Problems) -> None:
        self._read, self.problems = read, problems
        self.cells = Cells(problems)

    def lines(self, name: str) -> Lines:
        """Yield place and fields of each line that is not empty."""
        text = _decoded(name, self._read(name))
        for number, raw in enumerate(text.split("\n"), start=1):
            line = raw.rstrip("\r")
            where = _("{name} line {number}").format(name=name, number=number)
            if number > MOST_TERMS:
                raise rejected(where, N_("The file holds more lines than this program takes."))
            if len(line) > _LONGEST_LINE:
                raise rejected(where, N_("The line is longer than 4,000 characters."))
            if line.strip():
                yield where, _Fields(line.split("$"))

    def named(self, name: str) -> dict[str, tuple[str, str]]:
        """Return place and words of each code of a file; a code that comes twice is noted."""
        found: dict[str, tuple[str, str]] = {}
        for where, fields in self.lines(name):
            code = self.cells.code(where, fields.at(1))
            term = self.cells.term(where, fields.at(2))
            if code in found:
                self.problems.add(where, N_("The code stands in the file already."))
            elif code:
                found[code] = where, term
        return found


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MAX_FILE:
        raise rejected(name, N_("The file is larger than 60 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Releases of before 2019 or so.
        text = content.decode("latin-1")
    return text


def _edition(files: _Files) -> tuple[str, str]:
    """Return version and language of the release."""
    for where, fields in files.lines("meddra_release.asc"):
        version = fields.at(1)
        whole, _dot, part = version.partition(".")
        if not (whole.isdigit() and part.isdigit() and len(version) <= len("100.1")):
            raise rejected(where, N_("The version of the release is not a number like 28.0."))
        return version, files.cells.text(where, fields.at(2), len("x" * 40)) or "English"
    raise rejected("meddra_release.asc", N_("The file does not say the version of the release."))


def _primary(files: _Files, classes: Mapping[str, object]) -> dict[str, str]:
    """Return the primary class of each preferred term, by the flag Y."""
    found: dict[str, str] = {}
    for where, fields in files.lines("mdhier.asc"):
        flag = fields.at(_PRIMARY)
        if flag not in ("Y", "N"):
            files.problems.add(where, N_("The flag of the primary class is neither Y nor N."))
        if flag != "Y":
            continue
        code = files.cells.code(where, fields.at(1))
        soc = files.cells.code(where, fields.at(_SOC_OF_PATH))
        if soc and soc not in classes:
            files.problems.add(where, N_("The class is not in soc.asc."))
        if found.setdefault(code, soc) != soc:
            files.problems.add(where, N_("The preferred term has two primary classes."))
    return found


def _lowest(files: _Files, preferred: Mapping[str, object]) -> Iterator[TermEntry]:
    known: set[str] = set()
    for where, fields in files.lines("llt.asc"):
        code = files.cells.code(where, fields.at(1))
        term = files.cells.term(where, fields.at(2))
        parent = files.cells.code(where, fields.at(_PT_OF_LLT))
        currency = fields.at(_CURRENCY)
        if parent and parent not in preferred:
            files.problems.add(where, N_("The preferred term is not in pt.asc."))
        if currency not in ("Y", "N"):
            files.problems.add(where, N_("The tenth field, currency, is neither Y nor N."))
        if code and code in known:
            files.problems.add(where, N_("The code stands in the file already."))
        known.add(code)
        yield TermEntry(
            code=code,
            term=term,
            level=TermLevel.LOWEST,
            parent=parent or None,
            current=currency == "Y",
        )
