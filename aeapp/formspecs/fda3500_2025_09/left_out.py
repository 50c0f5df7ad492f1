"""What the case holds and Form FDA 3500 (09/2025) does not ask for, each with its reason."""

from __future__ import annotations

_NUMBERS = "A number of the clinic's own; the report number stands in the foot of each page."
_VIA_VIEW = "Shown through the view of the case that the item of the form reads."
_CHART = "Identifies the patient; section A takes a code instead."
_NO_ITEM = "The form has no item for it; the description B5 tells it where it matters."
_REPORTER = "Section G shows the reporter who files; others are told by role in B5."

NOT_ON_FORM: dict[str, str] = {
    "case.number": _NUMBERS,
    "case.title": "For lists on screen.",
    "case.involvement": "Decides what A1 says; has no item of its own.",
    "case.occurred_on": _VIA_VIEW,
    "case.more_history": _VIA_VIEW,
    "case.stated[]": "Already applied to the items it was stated for.",
    "report.number": _NUMBERS,
    "report.form": "Names this form.",
    "report.destination": "For the clinic's register; the form does not ask it.",
    "report.state": "For the clinic's register; sending is recorded separately.",
    "clinic": "Section G gives the reporter's own address; B5 names no institution.",
    "patient.code": _VIA_VIEW,
    "patient.name": _CHART,
    "patient.record_number": _CHART,
    "patient.phone": _CHART,
    "patient.address": _CHART,
    "patient.birth_date": _VIA_VIEW,
    "patient.age": _VIA_VIEW,
    "patient.age_unit": _VIA_VIEW,
    "patient.age_on": "The age is meant at the event; the day it was told has no item.",
    "patient.history": _VIA_VIEW,
    "patient.allergies": _VIA_VIEW,
    "patient.deceased_on": _VIA_VIEW,
    "patient.medicines[]": _VIA_VIEW,
    "events[]": "B2, B3, D7 and D8 read it through views; its words are told in B5.",
    "sessions[]": "D2 and D4 read it through views; its course is told in B5.",
    "administrations[]": "Section D and F read it through views.",
    "observations[]": "A4 and B6 read it through views.",
    "products[]": _VIA_VIEW,
    "lots[]": _VIA_VIEW,
    "reporters[]": _REPORTER,
    "awareness[]": "Starts the clinic's clocks; the form does not ask it.",
    "decisions[]": "The clinic's own record of why it reports.",
    "suspects[].product.controlled": "Concerns the clinic's stock.",
    "suspects[].giving.rate": _NO_ITEM,
    "suspects[].giving.rate_unit": _NO_ITEM,
    "suspects[].giving.indication": "D4 shows the indication of the suspect.",
    "suspects[].giving.role": "Decides between sections D and F.",
    "concomitants[].dose": "F1 asks for names and dates only.",
    "concomitants[].ongoing": "F1 leaves the end date empty while therapy goes on.",
    "concomitants[].role": "Decides whether the medicine stands in section F.",
    "filer.files": _REPORTER,
    "filer.relation": "G2 and G3 say what the form asks of it.",
    "filer.may_be_called": "The form asks only for phone and e-mail.",
}
