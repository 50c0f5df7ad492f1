"""Count what a case tells into the pages that show it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import BRANCHES, Case, settle
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.items import Item, Privacy, Section, attributes_of
from aeapp.domain.values import PartialDate
from aeapp.formspecs.model import BOXED, FormSpec, Kind
from exports.pdf import fonts
from exports.pdf.filling import Entry, fill
from exports.pdf.flow import CONTINUED


def is_text(value: object) -> bool:
    """Tell whether a value is words that a person typed, no code."""
    return type(value) is str and bool(value)


def told(case: Case, form: FormSpec) -> Iterator[str]:
    """Yield every text of a case that the form shows, of each member of its lists."""
    counts = {repeat.path: len(lens.get(case, repeat.path)) for repeat in form.repeats}
    unasked = {repeat.path for repeat in form.repeats if not repeat.applies(case)}
    paths = {
        path
        for section in (*form.sections, *(r.page for r in form.repeats if r.page))
        for cell in section.cells
        if cell.kind not in BOXED and section.applies(case) and cell.applies(case)
        if cell.path.partition("[")[0] not in unasked
        for place in (cell.path, *cell.joins)
        for path in _of_each(place, counts)
    }
    for path in sorted(paths):
        value = lens.get(case, path)
        if is_text(value):
            yield value


def said_twice(case: Case, form: FormSpec) -> list[str]:
    """Return the starts that stand in cells too low for the whole, which stands behind the form."""
    low = {c.box for c in form.cells() if c.kind is not Kind.LONG}
    entries = fill(case, form).entries
    return [e.text.removesuffix(CONTINUED) for e in entries if e.box in low and _goes_on(e)]


def _goes_on(entry: Entry) -> bool:
    return entry.text.endswith(CONTINUED)


def _of_each(path: str, counts: dict[str, int]) -> Iterator[str]:
    head, bracket, tail = path.partition("[")
    if not bracket or head not in counts:
        yield path
        return
    rest = tail.partition("]")[2]
    yield from (f"{head}[{n}]{rest}" for n in range(counts[head]))


def ink(text: str) -> Counter[str]:
    """Return the characters of a text that are seen, as they are printed."""
    whole = unicodedata.normalize("NFC", fonts.visible(text))
    return Counter(c for c in whole if not c.isspace() and unicodedata.category(c) != "Cf")


def lost(texts: list[str], page_words: str) -> Counter[str]:
    """Return the characters of ``texts`` that the pages do not have."""
    wanted: Counter[str] = Counter()
    for text in texts:
        wanted += ink(text)
    return wanted - ink(page_words)


# Letters of which the forms print none, for each printed one: a missing letter of a text is never
# made up for by a caption that has it.
_OWN = [*range(0x0410, 0x0450), *range(0x0561, 0x0587)]
OWN_LETTERS = {code: chr(own) for code, own in zip(range(0x21, 0x7F), _OWN, strict=False)}


def in_own_letters(case: Case) -> Case:
    """Return ``case`` with every text in letters that no form prints."""
    return _each_text(case, lambda _item, text: text.translate(OWN_LETTERS))


def filled_with(case: Case, words: str, *, names: str = "") -> Case:
    """Return ``case`` with ``words`` in place of every text, or ``names`` of who is meant."""
    return _each_text(
        case, lambda item, _text: names if names and item.phi is not Privacy.CLINICAL else words
    )


Change = Callable[[Item, str], str]


def _each_text(case: Case, change: Change) -> Case:
    parts: dict[str, Any] = {}
    for name in BRANCHES:
        branch = getattr(case, name)
        one = not isinstance(branch, tuple)
        many = () if one else tuple(_changed(record, change) for record in branch)
        parts[name] = _changed(branch, change) if one else many
    return settle(replace(case, **parts))


def anything_filled_with(thing: Any, words: str) -> Any:
    """Return what a paper is made from with ``words`` in place of every text of its records."""
    if isinstance(thing, tuple):
        return tuple(anything_filled_with(member, words) for member in thing)
    if not is_dataclass(thing) or isinstance(thing, type | PartialDate):
        return thing
    items = {a.name for a in attributes_of(type(thing)) if a.item} if _is_record(thing) else set()
    changes = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        typed = field.name in items and is_text(value)
        changes[field.name] = words if typed else anything_filled_with(value, words)
    return replace(thing, **changes)


def _is_record(thing: Any) -> bool:
    return isinstance(thing, Section) and not isinstance(thing, SessionFile)


def _changed(section: Section, change: Change) -> Section:
    changes: dict[str, Any] = {}
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.item is not None and is_text(value):
            changes[a.name] = change(a.item, value)
        elif a.is_section:
            many = isinstance(value, tuple)
            inner = tuple(_changed(v, change) for v in value) if many else ()
            changes[a.name] = inner if many else _changed(value, change)
    return replace(section, **changes)
