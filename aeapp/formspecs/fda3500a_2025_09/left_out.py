"""What the case holds and Form FDA 3500A (09/2025) does not ask for, each with its reason."""

from __future__ import annotations

from aeapp.formspecs.fda3500_2025_09.left_out import NOT_ON_FORM as OF_FDA3500
from aeapp.formspecs.fda3500_2025_09.left_out import OF_MESSAGE_DEVICE

_VIA_VIEW = "Shown through the view of the case that the item of the form reads."
_FILER = "Section E shows from whom it came; sections F and G show the clinic's own contact."
_MESSAGE = "Asked by the electronic message alone."
_PURCHASE = "The mandatory form has no item for the place of purchase."

_CHANGED: dict[str, str] = {
    "case.pictures": "The mandatory form has no item for pictures.",
    "report.nature": "F7 and G6 read it as first report or follow-up; the cover tells more.",
    "report.news": "The cover tells it; the description B5 tells what is new of the event.",
    "report.also_reported_to": "F10 and F12 say to whom the report goes.",
    "report.capacity": "Decides between sections F and G.",
    "report.facility_number": _VIA_VIEW,
    "report.follow_up": _VIA_VIEW,
    "happening.country": "G2 says whether it was foreign; no box names the country.",
    "clinic": "Sections F and G show it through views.",
    "studies[]": "G4 and G5 show IND and protocol through a view; the title has no item.",
    "awareness[]": "F6 and G3 show the earliest moment through a view.",
    "events[]": "B2, B3, C7, C8 and G7 read it through views; its words are told in B5.",
    "sessions[]": "C2 and C4 read it through views; its course is told in B5.",
    "administrations[]": "Sections C and D read it through views.",
    "reporters[]": _FILER,
    "filer": _FILER,
    "teller.files": _FILER,
    **dict.fromkeys(
        (f"teller.{name}" for name in ("title", "middle_name", "organisation", "department")),
        _MESSAGE,
    ),
    "teller.relation": "E2 and E3 say what the form asks of it.",
    "teller.may_be_called": "The form asks only for phone and e-mail.",
    "teller.withhold_identity": "The mandatory form has no box for it.",
    "suspects[].lot.bought_from": _PURCHASE,
    "suspects[].lot.bought_address": _PURCHASE,
    "suspects[].lot.bought_city": _PURCHASE,
    "suspects[].lot.bought_state": _PURCHASE,
    "suspects[].lot.bought_postal_code": _PURCHASE,
    "suspects[].lot.bought_country": _PURCHASE,
    "suspects[].lot.bought_website": _PURCHASE,
    "suspects[].lot.bought_on": _PURCHASE,
    "suspects[].giving.ongoing": "The mandatory form does not ask whether use goes on.",
    "suspects[].giving.package": "Section C shows product and lot as they are known now.",
    "suspects[].giving.indication": "C4 shows the indication of the suspect.",
    "suspects[].giving.role": "Decides between sections C and D and the other products.",
    "concomitants[].ongoing": "C9 leaves the end date empty while therapy goes on.",
    "concomitants[].role": "Decides whether the medicine stands in C9 and D10.",
    "companions[].ongoing": "D10 leaves the end date empty while therapy goes on.",
    **dict.fromkeys(
        (f"companions[].{name}" for name in ("indication_code", "reaction_code", "meddra_edition")),
        _MESSAGE,
    ),
    "companions[].role": "Decides whether the medicine stands in C9 and D10.",
}
_SHOWN_HERE = (
    "filer.files",
    "filer.relation",
    "filer.may_be_called",
    "filer.told_fda",
    "teller",
    "companions[]",
    "facility",
    "maker",
    "case.place",
    "case.place_text",
    "report.sent_to_fda",
    "report.sent_to_fda_on",
    "report.sent_to_maker",
    "report.sent_to_maker_on",
    "report.sources",
    "report.source_text",
    "report.time_limit",
)


def _is_of_device(path: str) -> bool:
    """Tell whether the form shows an item of a device; section H is for its makers alone."""
    of_device = path.startswith(("case.device.", "case.further_devices[]."))
    return of_device and path.rpartition(".")[2] not in OF_MESSAGE_DEVICE


NOT_ON_FORM: dict[str, str] = {
    path: reason
    for path, reason in {**OF_FDA3500, **_CHANGED}.items()
    if path not in _SHOWN_HERE and not _is_of_device(path)
}
