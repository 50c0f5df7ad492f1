"""Lists of the chair: phases, checks before and after, notes, proposals, stock, calls."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class Phase(CodeList):
    """Where a session stands; read from its records, never stored."""

    PLANNED = "planned", N_("Planned")
    PRE_DOSE = "pre-dose", N_("Pre-dose")
    DOSING = "dosing", N_("Dosing")
    MONITORING = "monitoring", N_("Monitoring")
    DISCHARGED = "discharged", N_("Discharged")
    AGAINST_ADVICE = "against-advice", N_("Left against advice")
    TRANSFERRED = "transferred", N_("Transferred")
    ABORTED = "aborted", N_("Aborted")
    DIED = "died", N_("Died")

    @property
    def is_over(self) -> bool:
        """Tell whether the session has ended."""
        return self not in (Phase.PLANNED, Phase.PRE_DOSE, Phase.DOSING, Phase.MONITORING)


class Standing(CodeList):
    """Whether a session is still to come, in somebody's chair, or over; read from its records."""

    PLANNED = "planned", N_("Planned")
    RUNNING = "running", N_("Running")
    ENDED = "ended", N_("Ended")


class CheckKind(CodeList):
    """The list that a question belongs to."""

    GATE = "gate", N_("Before the dose")
    DISCHARGE = "discharge", N_("Before leaving")
    HOME = "home", N_("At home")


class Answer(CodeList):
    """Yes or no; nobody asked and not applicable are other things."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")


class MedicineClass(CodeList):
    """Classes of medicines that the REMS asks about at each nasal session."""

    BENZODIAZEPINE = "benzodiazepine", N_("Benzodiazepines")
    HYPNOTIC = "hypnotic", N_("Non-benzodiazepine sedative hypnotics")
    OPIOID = "opioid", N_("Opioids")
    STIMULANT = "stimulant", N_("Psychostimulants")
    MAOI = "maoi", N_("MAOIs")


class AnswerSource(CodeList):
    """Where an answer comes from."""

    ASKED = "asked", N_("Asked")
    CHART = "chart", N_("From the chart")
    READING = "reading", N_("From a reading")


class Applies(CodeList):
    """Whom a question of a protocol is put to."""

    EVERYBODY = "all", N_("Everybody")
    CAN_BE_PREGNANT = "can-be-pregnant", N_("Whoever can be pregnant")


class Evidence(CodeList):
    """What of the clinic's records answers a question by itself."""

    NOTHING = "none", N_("Nothing; it is asked")
    TREATMENT_CONSENT = "consent", N_("A consent to treatment")
    REMS_CONSENT = "rems", N_("An enrolment in the REMS")
    PRESSURE = "pressure", N_("The pressure before the dose")
    LAST_PRESSURE = "last-pressure", N_("The last pressure")
    PRESCRIBER = "prescriber", N_("The prescriber whom the session names")


class NoteKind(CodeList):
    """What a line of the session tells."""

    NOTE = "note", N_("Note")
    INTERVENTION = "intervention", N_("Intervention")
    EQUIPMENT = "equipment", N_("Equipment")
    AMENDMENT = "amendment", N_("Amendment")


class ProposalState(CodeList):
    """What a person made of a proposed event, or of the readings behind it."""

    OPEN = "open", N_("Open")
    ACCEPTED = "accepted", N_("Accepted as an event")
    MERGED = "merged", N_("Merged with an event")
    DISMISSED = "dismissed", N_("Not an event")
    WITHDRAWN = "withdrawn", N_("Withdrawn: its readings no longer count")


class NotAnEvent(CodeList):
    """Why a proposal is no event; that it was expected or passed by is no reason."""

    ARTEFACT = "artefact", N_("Artefact")
    CUFF = "cuff", N_("Cuff size or place")
    WRONG_PATIENT = "wrong-patient", N_("Another patient's reading")
    NO_CHANGE = "no-change", N_("No change for this person")


class ReadingPart(CodeList):
    """The number of a reading that a rule looks at."""

    VALUE = "value", N_("Value")
    SYSTOLIC = "systolic", N_("Systolic")
    DIASTOLIC = "diastolic", N_("Diastolic")


class Side(CodeList):
    """On which side of a limit a reading is abnormal."""

    ABOVE = "above", N_("Above")
    BELOW = "below", N_("Below")


class DueFrom(CodeList):
    """What the minute of a row of readings is counted from."""

    DOSE = "dose", N_("Begin of the first dose")
    INFUSION_END = "infusion-end", N_("End of the infusion")
    LEAVING = "leaving", N_("Before leaving")


class InfusionChange(CodeList):
    """What was done with an infusion that runs."""

    RATE = "rate", N_("Rate changed")
    PAUSE = "pause", N_("Paused")
    RESUME = "resume", N_("Resumed")


class AfterHold(CodeList):
    """What was done with what a sublingual dose left in the mouth."""

    SWALLOWED = "swallowed", N_("Swallowed")
    SPAT = "spat", N_("Spat out")


class MovementKind(CodeList):
    """How stock of a lot moved; what was given is read from the doses."""

    RECEIVED = "received", N_("Received")
    DRAWN = "drawn", N_("Drawn")
    WASTED = "wasted", N_("Wasted")
    RETURNED = "returned", N_("Returned")
    COUNTED = "counted", N_("Counted")


class Amount(CodeList):
    """Units in which stock is counted."""

    MG = "mg", "mg"
    ML = "mL", "mL"
    DEVICE = "{device}", N_("devices")
    TABLET = "{tablet}", N_("tablets")
