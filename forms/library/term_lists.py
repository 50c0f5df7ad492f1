"""The tables of terminologies: releases that were loaded, and terms that were found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from aeapp.domain.codecs import show, show_date
from aeapp.domain.coding.index import Offer
from aeapp.domain.records import Terminology
from aeapp.kernel.i18n import _
from aeapp.services.terminologies import LoadSummary
from forms import fonts
from forms.library.lists import Index, TextTable
from forms.theme import Status


class ReleaseModel(TextTable):
    """The loaded releases; which of them new events are coded with."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Terminology"), _("Version"), _("Terms"), _("Loaded"), _("State"))
        self.right = frozenset({2})

    def cell(self, row: Terminology, column: int) -> str:
        loaded = show_date(row.loaded_at) if row.loaded_at is not None else ""
        by = ", ".join(part for part in (loaded, row.loaded_by or "") if part)
        terms = f"{row.terms or 0:,}"
        return (release_name(row), row.edition or "", terms, by, self._state(row))[column]

    @staticmethod
    def _state(row: Terminology) -> str:
        return _("in use") if row.current else _("kept")

    def pill(self, index: Index) -> tuple[Status, str] | None:
        """Return the state of a release."""
        row: Terminology = self.rows[index.row()]
        return (Status.OK, self._state(row)) if row.current else None


class OfferModel(TextTable):
    """Terms that were found, the likeliest first, and by what."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads = (_("Term"), _("From"), _("Code"), _("Found by"))

    def cell(self, row: Offer, column: int) -> str:
        return (self._term, self._source, self._code, self._found)[column](row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return fonts.sized("strong")
        return super().data(index, role)

    def _term(self, row: Offer) -> str:
        return _(row.coded.term)

    def _source(self, row: Offer) -> str:
        name, edition = _(row.coded.terminology.words), row.coded.edition
        own = not row.coded.meddra_edition and not row.coded.above
        source = name if own else f"{name} {edition}"
        return (
            source if row.coded.current else _("{source}, no longer current").format(source=source)
        )

    def _code(self, row: Offer) -> str:
        return row.coded.code

    def _found(self, row: Offer) -> str:
        how = _(row.how.words)
        return f"{how}: {row.by}" if row.by else how


def release_name(release: Terminology) -> str:
    """Return the name of a terminology."""
    return _(release.name.words) if release.name is not None else show(None)


def plan_words(summary: LoadSummary) -> str:
    """Return what loading a release would do, in one paragraph."""
    counts = ", ".join(f"{_(words)} {count:,}" for words, count in summary.counts.items())
    parts = [
        _("{name} {version}. {counts}.").format(
            name=summary.terminology, version=summary.edition, counts=counts
        )
    ]
    if summary.retired:
        parts.append(_("No longer current: {n}.").format(n=f"{summary.retired:,}"))
    if summary.loaded_already:
        parts.append(_("This version is loaded already; there is nothing to do."))
    elif summary.becomes_current:
        parts.append(_("New events will be coded with it; codes given before keep their version."))
    else:
        parts.append(_("A newer version stays in use for new events."))
    return " ".join(parts)
