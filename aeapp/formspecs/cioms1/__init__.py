"""Content of the CIOMS I form, box by box, on pages of our own.

Numbers and labels are those of the form; the places are ours, as there is no official file to
follow to the millimetre. A clinic that is the sponsor fills boxes 24a to 24d itself; of others they
tell who the sponsor or manufacturer is and where the report comes from, as far as it is on record.
"""

from __future__ import annotations

from aeapp.formspecs.cioms1.left_out import NOT_ON_FORM, REASONS
from aeapp.formspecs.cioms1.page import (
    DRUGS,
    HEAD,
    HISTORY,
    MAKER,
    MEDICINES,
    REACTION,
    REACTIONS,
    SUSPECTS,
    TESTS,
)
from aeapp.formspecs.model import FormSpec

_TO = (
    "The sponsor, partner or authority that asks for this form, by the way it names. What stays "
    "empty of box 24 is filled in by whoever passes it on as manufacturer."
)

CIOMS1 = FormSpec(
    key="cioms1-1990",
    title="Content of the CIOMS I form",
    subtitle="Prepared by the clinic. Not the CIOMS form itself.",
    edition="1990",
    pages=1,
    width=215.9,
    height=279.4,
    foot_y=265.3,
    sections=(HEAD, REACTION, DRUGS, HISTORY, MAKER),
    repeats=(REACTIONS, TESTS, SUSPECTS, MEDICINES),
    not_on_form=NOT_ON_FORM,
    sending=(("To", _TO),),
    reasons=REASONS,
    tells_identity=True,
    edited_on="fda3500-2025-09",
)
