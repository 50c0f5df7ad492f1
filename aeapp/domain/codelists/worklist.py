"""Lists of the worklist: what waits, who set its date, and how urgent it is."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class NeedKind(CodeList):
    """What kind of thing waits."""

    REMS = "rems", N_("REMS form")
    CALL = "call", N_("Call")
    STOCK = "stock", N_("Stock")
    PLANNED = "planned", N_("Planned session")
    PROPOSAL = "proposal", N_("Proposed event")
    REPORT = "report", N_("Report")
    DECISION = "decision", N_("Decision")
    REQUEST = "request", N_("Request")
    QUESTION = "question", N_("Question")
    LOT = "lot", N_("Lot")
    PREGNANCY = "pregnancy", N_("Pregnancy")
    ANNUAL = "annual", N_("Annual report")
    SAFETY = "safety", N_("Safety answer")
    SCALE = "scale", N_("Scale due")


class Authority(CodeList):
    """Who set the date; a clinic's own target is never shown as law."""

    LAW = "law", N_("law")
    REMS = "rems", N_("REMS")
    PROTOCOL = "protocol", N_("protocol")
    CLINIC = "clinic", N_("clinic target")
    WISH = "wish", N_("their wish, no law")


class Urgency(CodeList):
    """What of the worklist a person looks at first."""

    OVERDUE = "overdue", N_("Overdue")
    BLOCKED = "blocked", N_("Blocked")
    WEEK = "week", N_("Due this week")
    MINE = "mine", N_("Mine")
