"""Make one case file of one published report, and keep account of where each value went."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aeapp.domain.archive import FORMAT, ImportRejected, dumps, loads
from aeapp.domain.codelists.safety import DrugRole
from tools.faers_cases.fates import NO_RULE, Fate, Path, Rule, words
from tools.faers_cases.sources import Line, Source, SourceError

OF_THE_WHOLE = "The source says it of the whole report, or of one of several products."
NOT_GIVEN = "of a product that was not given"
NO_PRODUCT = "its product is not in the report"
TAKEN = "the item holds another value already"
# Texts in which several values of a source may stand side by side.
_JOINED = ("dose_text", "indication")
_BETWEEN = "; "
_ONE = ("patient", "case")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of source is built, and its rules.

    Attributes:
        rules: By table and field.
        drug, event: Tables whose rows are products and events; ``term`` is what the latter tells.
        roles: Code of the part a product plays -> role, None for a product that was not given.
        attached: Tables whose rows belong to a product -> field that names it.
        therapy: Which of those brings the dates of one giving.
        lot: Fields by which a package is told from others.
        others: Tables, and what else of a case file their rows became, for the count of rows.
    """

    title: str
    rules: Mapping[str, Mapping[str, Rule]]
    drug: str
    event: str
    term: str
    role: str
    roles: Mapping[str, DrugRole | None]
    sequence: str
    lot: tuple[str, ...]
    attached: Mapping[str, str] = field(default_factory=dict)
    therapy: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one value of the source went.

    Attributes:
        items: Path of each item and what of it is this value's.
        why: Why it stands in the words, too or only; ``line`` is how.
    """

    name: str
    items: tuple[tuple[Path, Any], ...] = ()
    why: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One case file.

    Attributes:
        repeated: Items that repeat for a further giving what the source says once of its product.
    """

    number: str
    text: str
    entries: tuple[Entry, ...]
    repeated: frozenset[Path]


def made(source: Source, layout: Layout) -> Made:
    """Return the case file of ``source``, written by the program's own writer.

    Raises:
        SourceError: A value cannot stand in a case file.
    """
    tree = _Tree()
    lines = list(_Names(source, layout, tree).lines())
    entries = [entry for line in lines for entry in _entries(line, layout, tree)]
    terms = [event.get(layout.term) for event in source.of(layout.event)]
    tree.put(("case", "narrative"), _narrative(source, layout, terms, entries))
    if any(terms):
        # As the program does where a case is made of an event.
        tree.put(("case", "title"), next(filter(None, terms)))
    try:
        bundle = loads(json.dumps(tree.json()))
    except ImportRejected as error:
        msg = f"Report {source.number}: {error.problems[0].text}"
        raise SourceError(msg) from None
    return Made(source.number, dumps(bundle), tuple(entries), frozenset(tree.repeated))


class _Tree:
    """The records by section and id, as JSON will have them."""

    def __init__(self) -> None:
        self._sections: dict[str, dict[str, dict[str, Any]]] = {}
        self._stated: dict[str, str] = {}
        self.repeated: set[Path] = set()
        for name in _ONE:
            self.record(name, name)

    def record(self, section: str, name: str, **links: str) -> dict[str, Any]:
        """Return a record, made with its links where it is not there."""
        return self._sections.setdefault(section, {}).setdefault(name, {"id": name, **links})

    def put(self, path: Path, value: Any) -> bool:
        """Hold the value at ``path``; False where another one stands there."""
        if path[:2] == ("case", "stated"):
            text = value["unknown"] if isinstance(value, dict) else value
            return self._hold(self._stated, path[2], text, joins=True)
        record = self.record(path[0], path[1] if len(path) > len(_ONE) else path[0])
        if isinstance(value, list):
            old = record.get(path[-1], [])
            record[path[-1]] = old + [code for code in value if code not in old]
            return True
        return self._hold(record, path[-1], value, joins=path[-1] in _JOINED)

    def _hold(self, record: dict[str, Any], key: str, value: Any, *, joins: bool) -> bool:
        old = record.get(key)
        if old is None:
            record[key] = value
        elif joins and isinstance(old, str) and isinstance(value, str):
            if value not in old.split(_BETWEEN):
                record[key] = f"{old}{_BETWEEN}{value}"
        else:
            return bool(old == value)
        return True

    def json(self) -> dict[str, Any]:
        """Return the whole as a case file has it."""
        parts: dict[str, Any] = {
            name: records[name] if name in _ONE else list(records.values())
            for name, records in self._sections.items()
        }
        parts["case"]["stated"] = [
            {"path": path, "value": value, "reason": OF_THE_WHOLE}
            for path, value in self._stated.items()
        ]
        return {"format": FORMAT, **parts}


# ------------------------------------------------------------------ which record a line is about


class _Names:
    """Tells which records the lines of one report are about, and makes those records."""

    def __init__(self, source: Source, layout: Layout, tree: _Tree) -> None:
        self._source, self._layout, self._tree = source, layout, tree
        drugs = source.of(layout.drug)
        suspects = [drug for drug in drugs if self._is_suspect(drug)]
        # What is said of the report is said of its event where it has only one.
        self._whole = {"event": "event-1"} if len(source.of(layout.event)) == 1 else {}
        self._alone = self._whole if len(suspects) == 1 else {}
        self._rows = {drug.get(layout.sequence) or str(n): drug for n, drug in _numbered(drugs)}
        if len(self._rows) < len(drugs):
            msg = f"Report {source.number}: two products have the same number."
            raise SourceError(msg)
        self._products = {key: self._product(key, drug) for key, drug in self._rows.items()}
        self._courses: dict[str, int] = {}

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the report with their names, table by table."""
        tables = dict.fromkeys(line.table for line in self._source.lines)
        for table in tables:
            for n, line in _numbered(self._source.of(table)):
                yield replace(line, names=self._of(line, n))

    def _of(self, line: Line, n: int) -> dict[str, str]:
        layout, own = self._layout, {"n": str(n), "report": self._source.number}
        own |= {"events": str(len(self._source.of(layout.event)))}
        if line.table == layout.event:
            return own | {"event": f"event-{n}"}
        if line.table == layout.drug:
            return own | self._products[line.get(layout.sequence) or str(n)]
        if line.table not in layout.attached:
            return own | self._whole
        key = line.get(layout.attached[line.table])
        product = self._products.get(key, {"left": NO_PRODUCT})
        if line.table == layout.therapy and "left" not in product:
            product = self._course(key, product)
        return own | product

    def _role(self, drug: Line) -> DrugRole | None:
        return self._layout.roles.get(drug.get(self._layout.role).upper())

    def _was_given(self, drug: Line) -> bool:
        known = drug.get(self._layout.role).upper() in self._layout.roles
        return not known or self._role(drug) is not None

    def _is_suspect(self, drug: Line) -> bool:
        # Without a role the program counts it as a suspect, too.
        return self._was_given(drug) and self._role(drug) in (None, DrugRole.SUSPECT)

    def _product(self, key: str, drug: Line) -> dict[str, str]:
        """Make product, lot and giving of a row; nothing where it was not given."""
        if not self._was_given(drug):
            return {"left": NOT_GIVEN}
        names = {"drug": f"drug-{key}", "giving": f"giving-{key}", "lot": ""}
        self._tree.record("products", names["drug"])
        links = {"product_id": names["drug"]}
        if any(drug.get(name) for name in self._layout.lot):
            names["lot"] = f"lot-{key}"
            self._tree.record("lots", names["lot"], **links)
            links |= {"lot_id": names["lot"]}
        self._tree.record("administrations", names["giving"], **links)
        if self._is_suspect(drug):
            names |= {"stated": f"suspects[@{names['drug']}/{names['lot']}]"}
            names |= self._alone
        return names

    def _course(self, key: str, product: dict[str, str]) -> dict[str, str]:
        """Return the names for one course of treatment; a further one is a giving of its own."""
        self._courses[key] = count = self._courses.get(key, 0) + 1
        if count == 1:
            return product
        giving = f"{product['giving']}-{count}"
        first = self._tree.record("administrations", product["giving"])
        links = {name: first[name] for name in ("product_id", "lot_id") if name in first}
        self._tree.record("administrations", giving, **links)
        if role := self._role(self._rows[key]):
            path = ("administrations", giving, "role")
            self._tree.put(path, role.value)
            self._tree.repeated.add(path)
        return product | {"giving": giving}


def _numbered(lines: list[Line]) -> Iterator[tuple[int, Line]]:
    return enumerate(lines, start=1)


# ------------------------------------------------------------------ where a value goes


def _entries(line: Line, layout: Layout, tree: _Tree) -> Iterator[Entry]:
    for field_name, value in line.cells:
        rule = layout.rules[line.table].get(field_name, words(NO_RULE))
        left = line.names.get("left", "")
        fate = Fate(words=left) if left else rule(line, value)
        held = tuple((path, what) for path, what in fate.items if tree.put(path, what))
        why = fate.words if len(held) == len(fate.items) else TAKEN
        name = f"{line.table}.{field_name}"
        yield Entry(name, held, why, _line(line, name, value, why) if why else "")


def _narrative(
    source: Source, layout: Layout, terms: Sequence[str], entries: Sequence[Entry]
) -> str:
    """Return what the source tells of the events, then each value that no item holds."""
    parts = [f"From report {source.number}, {layout.title}."]
    if terms:
        known = "MedDRA terms as published; the reporter's own words are not."
        parts.append(f"Events: {'; '.join(terms)} ({known})")
    left = [entry.line for entry in entries if entry.line]
    return "\n".join([*parts, *(["What no item here holds:", *left] if left else [])])


def _line(line: Line, name: str, value: str, why: str) -> str:
    # The number of its row tells what a value belongs to; a report has one row of its own.
    row = line.names["n"]
    return f"{name} ({row}): {value} [{why}]"


__all__ = ["Entry", "Layout", "Made", "made"]
