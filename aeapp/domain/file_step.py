"""Change some attributes of a case file as one step, which Undo takes back as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain.case import Case, settle
from aeapp.domain.items import Section
from aeapp.domain.records import CaseFile
from aeapp.domain.written import plain, section_of
from aeapp.kernel.errors import BadInputError


@dataclass(frozen=True, slots=True)
class FileStep:
    """What a step of one kind changes.

    Attributes:
        place: Where in the case it is, for who is told that it could not be taken.
        lists: Attributes that hold several sections, with what these are.
        texts: Attributes that hold a text.
    """

    place: str
    lists: Mapping[str, type[Section]]
    texts: tuple[str, ...] = ()

    def argument(self, before: CaseFile, after: CaseFile) -> list[str]:
        """Return the step from one state of the file to the other, as a journal keeps it."""
        return [self._written(before), self._written(after)]

    def done(self, case: Case, argument: Sequence[str]) -> Case:
        """Return ``case`` with the step taken."""
        return self._with(case, argument[1])

    def undone(self, case: Case, argument: Sequence[str]) -> Case:
        """Return ``case`` with the step taken back."""
        return self._with(case, argument[0])

    def _written(self, file: CaseFile) -> str:
        lists = {name: [plain(one) for one in getattr(file, name)] for name in self.lists}
        texts = {name: getattr(file, name) for name in self.texts}
        return json.dumps({**texts, **lists}, ensure_ascii=False)

    def _with(self, case: Case, written: str) -> Case:
        try:
            kept = json.loads(written)
            facts: dict[str, Any] = {name: kept[name] for name in self.texts}
            for name, kind in self.lists.items():
                facts[name] = tuple(section_of(kind, raw) for raw in kept[name])
            file = replace(case.case, **facts)
        except (BadInputError, TypeError, ValueError) as error:
            # A draft that another version of the program kept: the rest of it still counts.
            raise KeyError(self.place) from error
        return settle(replace(case, case=file))
