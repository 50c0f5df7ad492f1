"""The export register: what left as a file or on paper, to whom it went and what for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from aeapp.domain.codecs import show
from aeapp.domain.codelists.lifecycle import CopyKind, Medium
from aeapp.domain.records import Disclosure
from aeapp.formspecs import FORMS
from aeapp.kernel.i18n import N_, _
from aeapp.services.documents import ARCHIVE_SUFFIX, OFFICIAL_SUFFIX
from aeapp.services.lot_documents import KIND
from aeapp.services.message_drawing import KIND as MESSAGE
from aeapp.services.session_documents import PAPERS
from forms.clinic.lines import Head
from forms.clinic.record_form import RecordForm
from forms.clinic.settings_page import SettingsPage
from forms.desk import Desk

_OTHERS = {
    KIND: N_("Lot record"),
    "case": N_("Case file"),
    "fhir": N_("Case as FHIR"),
    "clinic": N_("Whole clinic"),
    "inspection": N_("Inspection pack"),
    MESSAGE: N_("Electronic message"),
}
PATHS = ("recipient", "person", "address", "purpose")
# The command lists all of them.
NEWEST = 300


def what_words(what: str) -> str:
    """Return a document as people call it, by the name that the trail has for it."""
    kind, archive = what.removesuffix(ARCHIVE_SUFFIX), what.endswith(ARCHIVE_SUFFIX)
    form = kind.removesuffix(OFFICIAL_SUFFIX)
    if kind in PAPERS:
        words = _(PAPERS[kind].words)
    elif form in FORMS:
        # The edition stands in the document; there is no room for it here.
        words = FORMS[form].short_title.partition(" (")[0]
        words = _("official {form}").format(form=words) if form != kind else words
    else:
        words = _(_OTHERS.get(kind, kind))
    return _("{what}, archive").format(what=words) if archive else words


def _what(line: Disclosure) -> str:
    copy = "" if line.copy in (None, CopyKind.FULL) else f", {_(line.copy.words).lower()}"
    printed = _(", printed") if line.medium is Medium.PRINT else ""
    return f"{what_words(line.what or '')}{copy}{printed}"


def _by(line: Disclosure) -> str:
    return line.by or ""


def _hash(line: Disclosure) -> str:
    return line.sha256 or ""


def _title(line: Disclosure) -> str:
    return f"{line.seq}: {line.number or line.what or ''}"


def _whom(line: Disclosure) -> str:
    kind = _(line.recipient.words) if line.recipient else ""
    return ", ".join(part for part in (line.person or "", kind) if part) or _("not told")


def _counted(line: Disclosure) -> str:
    if line.is_open:
        return _("what for?")
    return _("in the accounting") if line.is_accounted else _("not in it")


HEADS = (
    Head(head=N_("When"), text=lambda d: show(d.at), width=170),
    Head(head=N_("Of"), text=lambda d: d.number or "", width=215),
    Head(head=N_("What"), text=_what, width=250),
    Head(head=N_("To"), text=_whom, width=120),
    Head(head=N_("Accounting"), text=_counted, width=130),
    Head(head=N_("By"), text=_by, width=110),
    Head(head=N_("SHA-256"), text=_hash, width=0),
)


def register_page(desk: Desk, parent: QWidget | None = None) -> SettingsPage:
    """Return the page of exports, the newest first."""
    register = desk.app.register

    def read() -> Sequence[Disclosure]:
        return register.lines(most=NEWEST)

    return SettingsPage(
        desk,
        _("Export register"),
        _(
            "Each document that was written or printed, by its hash. A patient may ask for those"
            " given to somebody, but for treatment, under an authorization, or de-identified"
            " (45 CFR 164.528). The newest {n} stand here; the command report register lists all."
        ).format(n=NEWEST),
        HEADS,
        RecordForm(desk, Disclosure(), PATHS, register.keep, parent),
        read=read,
        record_of=lambda line: line,
        title_of=_title,
        key_of=lambda line: line.id,
        parent=parent,
    )
