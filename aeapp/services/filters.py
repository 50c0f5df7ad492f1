"""Filters of the worklist that people keep under a name, each their own."""

from __future__ import annotations

from dataclasses import replace

from aeapp.domain.records import SavedFilter
from aeapp.domain.slips import folded
from aeapp.domain.worklist_filter import is_empty
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.sessions import of_kind


class NamelessFilterError(RefusedError):
    """A filter was to be kept without a name."""

    code = "filter.nameless"

    def __init__(self) -> None:
        super().__init__(
            N_("A kept filter needs a name."), remedy=N_("Type a name, then keep it again.")
        )


class EmptyFilterError(RefusedError):
    """A filter that filters nothing was to be kept."""

    code = "filter.empty"

    def __init__(self) -> None:
        super().__init__(
            N_("This filter lets every line through."),
            remedy=N_("Choose what it shall show, then keep it."),
        )


class NoSuchFilterError(RefusedError):
    """A filter was named that this person does not keep."""

    code = "filter.unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("You keep no filter of that name."),
            remedy=N_("Choose one of the filters that you keep."),
            option=N_("report waiting --filters lists them."),
        )


class FilterService:
    """Keep filters; they stand in the clinic's file, so that they are there on every computer."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def kept(self) -> tuple[SavedFilter, ...]:
        """Return the filters this person keeps, by name."""
        where = {"owner": self._context.who.user_name, "struck_reason": None}
        with self._context.new_uow() as uow:
            found = uow.records.query("saved_filter", where=where, order_by=["name"])
        return of_kind(SavedFilter, found)

    def by_name(self, name: str) -> SavedFilter:
        """Return one of them.

        Raises:
            NoSuchFilterError: This person keeps none of that name.
        """
        wanted = folded(name.strip())
        found = next((f for f in self.kept() if folded(f.name or "") == wanted), None)
        if found is None:
            raise NoSuchFilterError
        return found

    def keep(self, name: str, wanted: SavedFilter) -> SavedFilter:
        """Keep ``wanted`` under ``name``; one of the same name is changed.

        Raises:
            NamelessFilterError: The name is empty.
            EmptyFilterError: It lets every line through.
        """
        if not name.strip():
            raise NamelessFilterError
        if is_empty(wanted):
            raise EmptyFilterError
        known = {folded(kept.name or ""): kept for kept in self.kept()}
        before = known.get(folded(name.strip()), SavedFilter(name=name.strip()))
        kept = replace(
            before,
            owner=self._context.who.user_name,
            urgency=wanted.urgency or None,
            kinds=wanted.kinds or None,
            authorities=wanted.authorities or None,
            words=(wanted.words or "").strip() or None,
        )
        with self._context.new_uow() as uow:
            stored = uow.save(kept, who=self._context.who)
            uow.commit()
        return stored

    def drop(self, kept: SavedFilter) -> None:
        """Offer a kept filter no longer."""
        struck = replace(kept, struck_reason="no longer wanted")
        with self._context.new_uow() as uow:
            uow.save(struck, who=self._context.who)
            uow.commit()


__all__ = ["EmptyFilterError", "FilterService", "NamelessFilterError", "NoSuchFilterError"]
