"""Differences as a paper may show them: with no word that tells who the patient is.

A paper of differences leaves the clinic as easily as a report does, so it goes by the same scan.
What a report never shows is said to have changed and not shown; in a text the words are taken out,
but for those that a person left in with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from aeapp.domain.archive import Bundle
from aeapp.domain.case import Case
from aeapp.domain.copies import OLDEST, VERY_OLD, Deidentifier, Handling, handling_of
from aeapp.domain.differences import Change
from aeapp.domain.items import Attribute, Section, attributes_of, generic
from aeapp.domain.narrative.identifiers import Identifier, find
from aeapp.domain.narrative.scan import identifiers_of
from aeapp.kernel.i18n import N_, _

HIDDEN = N_("[not shown: it tells who somebody is]")


def unnamed(changes: Iterable[Change], *cases: Case) -> tuple[Change, ...]:
    """Return ``changes`` with nothing in them that tells who the patient of ``cases`` is."""
    known = tuple(dict.fromkeys(i for case in cases for i in identifiers_of(case)))
    left_in = {(a.mark, a.place) for case in cases for a in case.case.left_in}
    return tuple(
        replace(
            change,
            before=_unnamed(change.before, known, left_in, whole=change.identifies),
            after=_unnamed(change.after, known, left_in, whole=change.identifies),
        )
        for change in changes
    )


def deidentified_changes(
    changes: Iterable[Change], known: Iterable[Identifier], *, texts_read: bool
) -> tuple[Change, ...]:
    """Return ``changes`` without what the Safe Harbor list names.

    That an item differs stays told, also where both of its values read alike in the copy.

    Source:
        45 CFR 164.514(b)(2)(i).
    """
    maker = Deidentifier(known, texts_read=texts_read)
    return tuple(
        replace(
            change,
            before=_left_of(change, change.before, maker),
            after=_left_of(change, change.after, maker),
        )
        for change in changes
    )


def _left_of(change: Change, text: str, maker: Deidentifier) -> str:
    if not text:
        return ""
    section, attribute = _owner(change.path)
    # A link names a record by its number, its name or its words.
    if attribute is None or attribute.item is None or change.identifies:
        return _(HIDDEN)
    match handling_of(section, attribute):
        case Handling.DROPPED:
            return _(HIDDEN)
        case Handling.YEAR:
            return next(iter(_YEAR.findall(text)), text)
        case Handling.TEXT:
            return maker.words(text)
    return _age(attribute, text)


_YEAR = re.compile(r"\b\d{4}\b")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _age(attribute: Attribute, text: str) -> str:
    """Return an age, the words for those over 89; any other item as it is."""
    old = attribute.name == "age" and _NUMBER.fullmatch(text) and float(text) > OLDEST
    return VERY_OLD if old else text


def _owner(path: str) -> tuple[type[Section], Attribute | None]:
    """Return the section that holds the item at a path of a case file, and the item in it."""
    section: type[Section] = Bundle
    attribute: Attribute | None = None
    for name in generic(path).replace("[]", "").split("."):
        if attribute is not None:
            section = attribute.type
        attribute = next((a for a in attributes_of(section) if a.name == name), None)
        if attribute is None:
            break
    return section, attribute


def _unnamed(
    text: str,
    known: tuple[Identifier, ...],
    left_in: set[tuple[str | None, str | None]],
    *,
    whole: bool,
) -> str:
    if whole:
        return text and _(HIDDEN)
    found = [f for f in find(text, known) if f.sure and (f.mark, f.place) not in left_in]
    # From the end, so that the places before stay where they are.
    for one in sorted(found, key=lambda f: f.begin, reverse=True):
        text = f"{text[: one.begin]}{_(HIDDEN)}{text[one.end :]}"
    return text
