"""Lists of the symptom scales: what they measure, how they are added up, how they were filled."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class Measured(CodeList):
    """What a scale is about."""

    DEPRESSION = "depression", N_("Depression")
    ANXIETY = "anxiety", N_("Anxiety")
    TRAUMA = "trauma", N_("Trauma")
    OCD = "ocd", N_("Obsessive-compulsive disorder")
    SUICIDE = "suicide", N_("Suicidal ideation and behaviour")
    DISSOCIATION = "dissociation", N_("Dissociation")
    PSYCHOSIS = "psychosis", N_("Psychotic symptoms")
    HARM = "harm", N_("Longer-term harms")
    RECOVERY = "recovery", N_("Recovery after the dose")
    OTHER = "other", N_("Other")


class Scoring(CodeList):
    """How the points of the items become a total."""

    SUM = "sum", N_("Sum of the items")
    GROUP_HIGHEST = "group-highest", N_("Sum of the highest item of each group")
    LEVEL = "level", N_("Number of the highest item that is above zero")
    NONE = "none", N_("No total")


class MissingRule(CodeList):
    """What the publication of a scale lets one do with items nobody answered."""

    NO_TOTAL = "no-total", N_("No total while an item is missing")
    MEAN = "mean", N_("A few missing items count as the mean of the others")


class WordingTerms(CodeList):
    """Who may give out the wording of an instrument; the program holds none but its own."""

    FREE = "free", N_("Free to reproduce; the clinic loads it")
    LICENSED = "licensed", N_("Only under a licence of the clinic")
    OWN = "own", N_("Words of this program")


class ScorePhase(CodeList):
    """Where in a session a scale was filled."""

    BEFORE = "before", N_("Before the dose")
    DURING = "during", N_("After the dose, in the room")
    LEAVING = "leaving", N_("Before leaving")
    LATER = "later", N_("After leaving")


class ScoreMode(CodeList):
    """How the answers reached the record."""

    PAPER = "paper", N_("Typed from paper")
    SCREEN = "screen", N_("On the screen by the patient")
    INTERVIEW = "interview", N_("Rated in an interview")
    IMPORTED = "imported", N_("Taken from a file")


class Informant(CodeList):
    """Whose answers they are."""

    PATIENT = "patient", N_("Patient")
    RATER = "rater", N_("Rater")
    CARER = "carer", N_("Carer")


class TotalBasis(CodeList):
    """Where a total comes from, or why there is none."""

    ITEMS = "items", N_("Every item answered")
    MEAN = "mean", N_("Missing items filled with the mean of the others")
    STATED = "stated", N_("Only the total was on the paper")
    MISSING = "missing", N_("No total: items are missing")
    UNSCORED = "unscored", N_("The scale has no total")


class ScheduleStart(CodeList):
    """What an interval of the assessment schedule counts."""

    SESSIONS = "sessions", N_("Sessions")
    DAYS = "days", N_("Days")
