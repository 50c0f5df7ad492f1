"""A paper that tells of the very case that is reported, as journals cite it, with its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aeapp.domain.items import Item, NullFlavor, Section
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Paper(Section):
    """One paper of a case.

    Source:
        E2B(R3) C.4.r: the reference in Vancouver style, and the paper itself where it goes along.
    """

    reference: Annotated[
        str | NullFlavor | None,
        Item(
            N_("Reference"),
            help=N_("The paper that tells of this very case, as journals cite it."),
            source="E2B(R3) C.4.r.1",
            e2b="C.4.r.1",
            nulls=(NullFlavor.ASKU, NullFlavor.NASK),
            max_len=500,
        ),
    ] = None
    sha256: Annotated[
        str | None,
        Item(
            N_("File of the paper"),
            help=N_("The attached file that is the paper, by the hash of its content."),
            source="E2B(R3) C.4.r.2; FIPS 180-4",
            e2b="C.4.r.2",
            widget="paper",
            max_len=64,
        ),
    ] = None

    @property
    def is_told(self) -> bool:
        """Tell whether anything is said of it."""
        return self != Paper()
