"""Prove that nothing of a source got lost and nothing was added, and count what became what."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from aeapp.domain.archive import loads
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.duplicates import LIKELY, POSSIBLE, Traits, likeness, traits_of
from aeapp.domain.records import Patient
from tools.faers_cases.fates import Path
from tools.faers_cases.making import NOT_GIVEN, Layout, Made
from tools.faers_cases.sources import Source

# Every pair of reports is compared, which grows with the square of their number.
MOST_COMPARED = 2000
_SUSPECT = DrugRole.SUSPECT.value
_OWN_KEYS = ("format", "id")
_STATED = ("case", "stated")
_WORDS = (("case", "narrative"), ("case", "title"))


@dataclass(slots=True)
class FieldCount:
    """What became of the values of one field.

    Attributes:
        found: Counted in the source before any rule saw it.
        whole, part, words: Held by items, by items and words, by words alone.
        items, reasons: Which items with how many values, and why words.
    """

    found: int = 0
    whole: int = 0
    part: int = 0
    words: int = 0
    items: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        """Tell whether every value of the source is accounted for."""
        return self.found == self.whole + self.part + self.words


def counted(
    sources: Iterable[Source], cases: Iterable[Made], layout: Layout
) -> dict[str, FieldCount]:
    """Return the counts of every field with a rule, empty ones too, and of every other one."""
    known = [f"{table}.{name}" for table, rules in layout.rules.items() for name in rules]
    counts = defaultdict(FieldCount, {name: FieldCount() for name in known})
    for source in sources:
        for line in source.lines:
            for name, _value in line.cells:
                counts[f"{line.table}.{name}"].found += 1
    for entry in (entry for case in cases for entry in case.entries):
        count = counts[entry.name]
        if entry.items and entry.why:
            count.part += 1
        elif entry.items:
            count.whole += 1
        elif entry.why:
            count.words += 1
        count.items.update({_generic(path) for path, _what in entry.items})
        count.reasons.update([entry.why] if entry.why else [])
    return dict(counts)


def _generic(path: Path) -> str:
    if path[:2] == _STATED:
        head, bracket, rest = path[2].partition("[@")
        return f"stated {head}{'[]' + rest.partition(']')[2] if bracket else ''}"
    middle = "[]." if len(path) > len(_STATED) else "."
    return f"{path[0]}{middle}{path[-1]}"


# ------------------------------------------------------------------ what is in the file


def faults_of(case: Made) -> list[str]:
    """Return what is wrong with one case file: a value that is not there, or one from nowhere."""
    written = dict(_leaves(json.loads(case.text)))
    narrative = str(written.get(("case", "narrative"), "")).split("\n")
    faults = [
        f"{entry.name} is not at {_generic(path)}"
        for entry in case.entries
        for path, what in entry.items
        if not _holds(written.get(path), what)
    ]
    faults += [
        f"{entry.name} is not in the words"
        for entry in case.entries
        if entry.line and entry.line not in narrative
    ]
    claimed = {path for entry in case.entries for path, _what in entry.items}
    faults += [
        f"{_generic(path)} comes from nowhere"
        for path in written
        if path not in claimed and path not in case.repeated and not _is_own(path)
    ]
    return [f"{case.number}: {fault}" for fault in faults]


def _holds(there: Any, what: Any) -> bool:
    """Tell whether an item holds a value, as a whole or beside others of its field."""
    if isinstance(what, dict):
        return bool(there == what or there == what["unknown"])
    if isinstance(what, list):
        return isinstance(there, list) and set(what) <= set(there)
    if isinstance(what, str) and isinstance(there, str):
        return there == what or f"; {what}; " in f"; {there}; "
    return bool(there == what)


def _is_own(path: Path) -> bool:
    """Tell whether an item is the tool's own: ids, links, the words for what is left, a title."""
    return path[-1] in _OWN_KEYS or path[-1].endswith("_id") or path in _WORDS


def _leaves(tree: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Yield each value of a case file by section, id and item."""
    for section, part in tree.items():
        if isinstance(part, list):
            for record in part:
                yield from (((section, record["id"], key), v) for key, v in record.items())
        elif isinstance(part, dict):
            stated = part.get("stated", [])
            yield from (((*_STATED, one["path"]), one["value"]) for one in stated)
            yield from (((section, key), v) for key, v in part.items() if key != "stated")
        else:
            yield (section,), part


# ------------------------------------------------------------------ rows and records


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows a table has, and how many records of them the files hold.

    Attributes:
        exact: The two have to be the same.
    """

    table: str
    rows: int
    what: str
    found: int
    exact: bool = True

    @property
    def is_whole(self) -> bool:
        """Tell whether no row got lost and none was added."""
        return not self.exact or self.rows == self.found


def rows_of(sources: Sequence[Source], cases: Sequence[Made], layout: Layout) -> list[RowCount]:
    """Return for each table its rows, and what the files hold of them."""
    rows = Counter(line.table for source in sources for line in source.lines)
    held: Counter[str] = Counter()
    for case in cases:
        held.update(_records(json.loads(case.text)))
        held["products"] += sum(
            entry.why == NOT_GIVEN and entry.name == f"{layout.drug}.{layout.role}"
            for entry in case.entries
        )
    pairs = {next(iter(layout.rules)): "cases", layout.drug: "products", layout.event: "events"}
    exact = [RowCount(table, rows[table], what, held[what]) for table, what in pairs.items()]
    return exact + [
        RowCount(table, rows[table], what, held[what], exact=False) for table, what in layout.others
    ]


def _records(file: dict[str, Any]) -> Iterator[str]:
    """Yield the name of each thing that one file holds, as often as it holds it."""
    yield "cases"
    yield from ("products" for _product in file.get("products", ()))
    yield from ("events" for _event in file.get("events", ()))
    for giving in file.get("administrations", ()):
        yield "suspects" if giving.get("role", _SUSPECT) == _SUSPECT else "taken at the time"
        yield "indications" if "indication" in giving else ""
        yield "dated givings" if {"started", "ended", "duration"} & giving.keys() else ""
    for event in file.get("events", ()):
        yield from ("criteria" for _code in event.get("seriousness", ()))
    for stated in file["case"].get("stated", ()):
        if stated["path"] == "happening.seriousness":
            yield from ("criteria" for _code in stated["value"].split("; "))


def uneven(counts: Mapping[str, FieldCount], rows: Sequence[RowCount]) -> list[str]:
    """Return the fields and tables of which something got lost or was counted twice."""
    fields = [name for name, count in counts.items() if not count.is_whole]
    return fields + [row.table for row in rows if not row.is_whole]


# ------------------------------------------------------------------ reports that look alike


def alike(cases: Sequence[Made]) -> Counter[str]:
    """Return how many pairs of cases reach the thresholds of the duplicate score; none is merged.

    Raises:
        ValueError: There are more cases than can be compared in pairs.
    """
    if len(cases) > MOST_COMPARED:
        msg = f"Only {MOST_COMPARED} reports can be compared in pairs."
        raise ValueError(msg)
    scores = [
        likeness(one, other).score
        for one, other in combinations([_traits(case.text) for case in cases], 2)
    ]
    return Counter(
        {
            "pairs": len(scores),
            "highest": max(scores, default=0),
            f"likely ({LIKELY} points)": sum(score >= LIKELY for score in scores),
            f"possible ({POSSIBLE} points)": sum(POSSIBLE <= score < LIKELY for score in scores),
        }
    )


def _traits(text: str) -> Traits:
    bundle = loads(text)
    # Ids of different files say nothing about each other.
    patient = replace(bundle.patient or Patient(), id="")
    return traits_of(patient, bundle.events, bundle.products, bundle.lots, bundle.reporters)


# ------------------------------------------------------------------ the table


def table_of(counts: Mapping[str, FieldCount]) -> Iterator[str]:
    """Yield the table of all fields, then the totals."""
    yield f"{'field':<34}{'source':>7}{'item':>7}{'both':>6}{'words':>7}  where, and why words"
    total = FieldCount()
    for name, count in counts.items():
        where = [f"{path} {n}" for path, n in count.items.most_common()]
        why = [f"{reason} {n}" for reason, n in count.reasons.most_common()]
        note = "; ".join([*where, *(f"words: {text}" for text in why)])
        yield f"{name:<34}{_figures(count)}  {note}".rstrip()
        total.found += count.found
        total.whole += count.whole
        total.part += count.part
        total.words += count.words
    yield f"{'all':<34}{_figures(total)}"


def _figures(count: FieldCount) -> str:
    return f"{count.found:>7}{count.whole:>7}{count.part:>6}{count.words:>7}"
