"""Closed lists of the life of a report: its versions, its approval, what is kept of it."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class VersionNature(CodeList):
    """What a version of a report is to the one before it.

    Source:
        Follow-up: 3500A G6 and 21 CFR 312.32(d). Amendment and nullification: E2B(R3) C.1.11.1.
    """

    INITIAL = "initial", N_("First report")
    FOLLOW_UP = "follow-up", N_("Follow-up")
    AMENDMENT = "amendment", N_("Amendment")
    NULLIFICATION = "nullification", N_("Nullification")


class SignatureMeaning(CodeList):
    """What a person means by signing (21 CFR 11.50(a)(3))."""

    APPROVED = "approved", N_("Approved for sending")
    MEDICAL = "medical", N_("Medical assessment")


class FrozenKind(CodeList):
    """What is kept of a version that was sent."""

    CASE = "case", N_("Case as sent (JSON)")
    STAMP = "stamp", N_("What its pages say of themselves (JSON)")
    DOCUMENT = "document", N_("Document")
    BLANK = "blank", N_("Blank official form")
    VALUES = "values", N_("Values of the message (JSON)")
    ATTACHMENT = "attachment", N_("Attachment")


class SentAs(CodeList):
    """Which document went out, or holds the content of what was typed into a portal."""

    PAGES = "pages", N_("Pages of this program")
    OFFICIAL = "official", N_("Official form")
    MESSAGE = "message", N_("Electronic message")


class NotThere(CodeList):
    """Why a line of the log has no number, or no proof."""

    NONE_GIVEN = "none-given", N_("The recipient gives none")
    AWAITED = "awaited", N_("Still to come")
    NOT_ASKED = "not-asked", N_("Was not asked for")
    NOT_KEPT = "not-kept", N_("Was not kept")
    UNKNOWN = "unknown", N_("Nobody knows")


class BatchVerdict(CodeList):
    """What a receiver says of a whole batch (ACK.A.4)."""

    ALL = "AA", N_("Every message of the batch was taken")
    SOME = "AE", N_("Some message of the batch needs something done")
    NONE = "AR", N_("The batch could not be read; nothing of it was taken")


class CaseVerdict(CodeList):
    """What a receiver says of one message (ACK.B.r.6)."""

    ACCEPTED = "CA", N_("Accepted")
    REJECTED = "CR", N_("Rejected")


class CopyKind(CodeList):
    """What a copy of a document leaves out."""

    FULL = "full", N_("Whole")
    DEIDENTIFIED = "deidentified", N_("De-identified")
    MAKER = "maker", N_("For the manufacturer")


class Medium(CodeList):
    """How a document left the program."""

    FILE = "file", N_("File")
    PRINT = "print", N_("Print")


class Purpose(CodeList):
    """Why a document left the clinic (45 CFR 164.528, 164.512)."""

    PUBLIC_HEALTH = "public-health", N_("Report of an adverse event (164.512(b))")
    LAW = "law", N_("Law, court or board")
    TREATMENT = "treatment", N_("Treatment")
    AUTHORIZED = "authorized", N_("Under the patient’s authorization")
    OWN = "own", N_("For the clinic itself")
    OTHER = "other", N_("Something else")
