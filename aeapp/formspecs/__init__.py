"""The editions of paper forms, by their keys; they are data and know nothing of drawing."""

from __future__ import annotations

from aeapp.formspecs.cioms1 import CIOMS1
from aeapp.formspecs.fda3500_2025_09 import FDA3500_2025_09
from aeapp.formspecs.fda3500a_2025_09 import FDA3500A_2025_09
from aeapp.formspecs.model import FormSpec
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_

FORMS: dict[str, FormSpec] = {
    form.key: form for form in (FDA3500_2025_09, FDA3500A_2025_09, CIOMS1)
}


class NoSuchFormError(RefusedError):
    """The program does not have that edition."""

    code = "form.unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("There is no form of that name."),
            remedy=N_("Use one of the listed forms, such as fda3500-2025-09."),
        )


def form(key: str) -> FormSpec:
    """Return the edition called ``key``; ``fda3500`` is its newest edition.

    Raises:
        NoSuchFormError: There is none.
    """
    found = FORMS.get(key)
    if found is None:
        editions = [name for name in FORMS if name.startswith(f"{key}-")]
        found = FORMS[max(editions)] if key and editions else None
    if found is None:
        raise NoSuchFormError
    return found
