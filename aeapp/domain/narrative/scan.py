"""Look for identifiers in every text that a report sends out, and know what may stay in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.items import Privacy, as_text, specs_of
from aeapp.domain.narrative.identifiers import Found, Identifier, find, identifiers_in
from aeapp.domain.narrative.reading import name_of
from aeapp.domain.records.narrative import LeftIn

# Who a person is stands in these; the people who made or sell a product are no patients.
_PEOPLE = ("patient", "sessions", "calls", "checks", "reporters")
# The pieces repeat the narrative; the code of the patient has a rule of its own.
_NO_TEXTS = ("sentences", "left_in", "code")
_FORMS = ("3500", "E2B")
# The digest has the texts of readings; labels belong to the library. Who files, and from where,
# is what section G asks for.
_APART = ("observations", "labels", "reporters", "clinic")


@dataclass(frozen=True, slots=True)
class Met:
    """An identifier in a text that goes out.

    Attributes:
        path: The item it stands in.
        item: The same by the ids of its records.
        answer: Why it stays, where a person said so.
    """

    path: str
    item: str
    found: Found
    answer: LeftIn | None = None


def _texts_of(kind: type) -> tuple[str, ...]:
    """Return the texts of a record that a form or a message shows."""
    return tuple(
        path
        for path, spec in specs_of(kind).items()
        if spec.type is str
        and spec.item.phi is Privacy.CLINICAL
        and (any(f in spec.item.source for f in _FORMS) or path == "stated[].value")
        and not any(part in _NO_TEXTS for part in path.replace("[]", "").split("."))
    )


def _identifying_of(kind: type) -> tuple[str, ...]:
    specs = specs_of(kind).items()
    return tuple(path for path, spec in specs if spec.item.phi is Privacy.IDENTIFYING)


_IDENTIFYING = {branch: _identifying_of(BRANCHES[branch]) for branch in _PEOPLE}
_TEXTS = {branch: _texts_of(kind) for branch, kind in BRANCHES.items() if branch not in _APART}


def identifiers_of(case: Case) -> tuple[Identifier, ...]:
    """Return everything in the records that tells who the patient is, or who is around."""
    return identifiers_in(_identifying(case))


def _identifying(case: Case) -> Iterator[tuple[str, str, Any]]:
    for branch, names in _IDENTIFYING.items():
        for _head, record in _placed(branch, getattr(case, branch)):
            for name in names:
                yield branch, name, getattr(record, name)


def met_in(case: Case, of_others: tuple[Identifier, ...] = ()) -> tuple[Met, ...]:
    """Return each identifier in a text that goes out, those that stay on purpose included.

    Args:
        case: Whose texts are looked through.
        of_others: What tells who somebody outside of the case is, looked for in its place.
    """
    known = of_others or identifiers_of(case)
    if not known:
        return ()
    answers = {(a.item, a.mark, a.place): a for a in case.case.left_in}
    found = []
    for path, text in (*_texts(case), *case.digest.texts):
        for one in find(text, known):
            item = name_of(case, path)
            found.append(Met(path, item, one, answers.get((item, one.mark, one.place))))
    return tuple(found)


def left_in(met: Iterable[Met], reason: str, by: str) -> tuple[LeftIn, ...]:
    """Return the answer that the words stay at exactly these places."""
    return tuple(
        LeftIn(item=m.item, mark=m.found.mark, place=m.found.place, reason=reason, by=by)
        for m in met
    )


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    for branch, names in _TEXTS.items():
        for head, record in _placed(branch, getattr(case, branch)):
            for name in names:
                yield from _text(head, record, name)


def _placed(branch: str, held: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(held, tuple):
        yield from ((f"{branch}[{n}]", record) for n, record in enumerate(held))
    else:
        yield branch, held


def _text(head: str, record: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield a text and its path; of a repeat inside a record, each."""
    inside, repeat, rest = name.partition("[].")
    if repeat:
        for n, part in enumerate(getattr(record, inside)):
            yield from _text(f"{head}.{inside}[{n}]", part, rest)
        return
    text = as_text(lens.get(record, name) if "." in name else getattr(record, name))
    if text:
        yield f"{head}.{name}", text
