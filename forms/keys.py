"""The keys of the program as people look them up: those of every place, and each place's own."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class Keys:
    """One line of the list.

    Attributes:
        sequences: Keys that do the same, as Qt writes them.
        words: What they do, marked for translation.
    """

    sequences: tuple[str, ...]
    words: str


EVERYWHERE = (
    Keys(("Ctrl+K",), N_("Find a patient, a session, an event, a report or an action")),
    Keys(("Ctrl+/",), N_("All keys of this place")),
    Keys(("F1",), N_("Help on this field")),
    Keys(("F9",), N_("Reason for no value, on the field")),
    Keys(("F2", "Ctrl+N"), N_("New session")),
    Keys(("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"), N_("Today, session, patients, reports")),
    Keys(("Ctrl+5", "Ctrl+6", "Ctrl+7", "Ctrl+8"), N_("Outcomes, library, clinic, search")),
    Keys(("Ctrl+Shift+W",), N_("Another window")),
    Keys(("F6", "Shift+F6"), N_("Next, previous region")),
    Keys(("Alt+Left",), N_("Back to where I was")),
    Keys(("Ctrl++", "Ctrl+-"), N_("Larger, smaller letters")),
    Keys(("Ctrl+L",), N_("Lock")),
)

PLACES: dict[str, tuple[Keys, ...]] = {
    "today": (
        Keys(("1", "2", "3"), N_("Open the session in that chair")),
        Keys(("Shift+1", "Shift+2", "Shift+3"), N_("To its row of readings")),
        Keys(("]", "["), N_("Next, previous filter of the list")),
        Keys(("F",), N_("Make a filter of the list, keep it under a name")),
        Keys(("Alt+1", "Alt+2", "Alt+3"), N_("Choose a kept filter")),
        Keys(("R", "Shift+R"), N_("Remind the owner of the line, of all lines shown")),
        Keys(("T",), N_("Take over the report of the line")),
        Keys(("F11",), N_("Chairs alone, for a wall screen")),
    ),
    "session": (
        Keys(("F3", "Shift+F3"), N_("Next, previous running session")),
        Keys(("F4", "Ctrl+Shift+A"), N_("Event palette")),
        Keys(("F5", "Ctrl+Shift+V"), N_("To the row of readings")),
        Keys(("F7", "Ctrl+Shift+N"), N_("Note or action")),
        Keys(("Alt+G",), N_("Questions before the dose")),
        Keys(("Alt+D",), N_("Dose")),
        Keys(("Alt+I",), N_("Dose that runs: rate, pause, stop, next device")),
        Keys(("Alt+R",), N_("Rescue medicine")),
        Keys(("Alt+W",), N_("Stock drawn and not accounted for")),
        Keys(("Alt+E",), N_("Events of this session")),
        Keys(("F8", "Shift+F8"), N_("Scale from paper; to the safety strip, Alt+H hands it over")),
        Keys(("F12",), N_("To the proposal; Alt+A, Alt+M, Alt+N answer it")),
        Keys(("Ctrl+D",), N_("End the session")),
        Keys(("Ctrl+T",), N_("Transfer to an ambulance")),
        Keys(("Ctrl+P",), N_("Papers of the session, once more prints the one shown")),
        Keys(("Ctrl+E",), N_("Write a paper of the session as a file")),
        Keys(("Ctrl+Alt+E",), N_("A de-identified copy of a paper")),
        Keys(("Ctrl+Alt+A",), N_("A copy of a paper for the archive, the case inside")),
        Keys(("Alt+F",), N_("Files of the session and its events: A adds, O opens, X strikes")),
        Keys(("Ctrl+I",), N_("Import readings from a file")),
        Keys(("Alt+V",), N_("More readings: temperature, EtCO₂, pain, nausea")),
        Keys(("Alt+T",), N_("Another time of the row: -12, 14:05, or with its day")),
        Keys(("Alt+Q",), N_("Next reading to be looked at")),
        Keys(("Ctrl+Z",), N_("Undo")),
        Keys(("Alt+U",), N_("Make a new product; amend a session that has ended")),
        Keys(("Alt+Y",), N_("Add to it what was missed; Alt+I and F7 amend doses and notes")),
        Keys(("Ctrl+S",), N_("Store again what could not be stored")),
    ),
    "patients": (
        Keys(("Alt+N",), N_("New patient")),
        Keys(("Alt+I",), N_("Import a table of patients, sessions or scores")),
        Keys(("Alt+M", "Alt+G"), N_("Table to import: what its columns hold; plan with them")),
        Keys(("F8",), N_("Scale of the patient from paper")),
        Keys(("Ctrl+S", "Ctrl+Return"), N_("Save")),
        Keys(("Ctrl+Z",), N_("Undo")),
        Keys(("Ctrl+Shift+Z", "Ctrl+Y"), N_("Redo")),
    ),
    "reports": (
        Keys(("F8", "Shift+F8"), N_("Next, previous finding")),
        Keys(("Ctrl+Down", "Ctrl+Up"), N_("Next, previous section")),
        Keys(("Ctrl+Tab",), N_("Form and narrative, assessment, versions, timeline")),
        Keys(("Ctrl+Shift+S",), N_("Next step of the report: review, sign, record sending")),
        Keys(("Alt+N",), N_("To the narrative")),
        Keys(("Alt+D",), N_("Narrative: draft from the records, or renew")),
        Keys(("Alt+U", "Alt+K"), N_("Stale sentence: use the new text, keep mine")),
        Keys(("Alt+J",), N_("To the sources of a sentence; Enter goes there")),
        Keys(("Alt+B", "Alt+I"), N_("Bring back what was left out; leave a name in")),
        Keys(("Ctrl+P",), N_("To the pages as they will print, once more prints them")),
        Keys(("Ctrl+E", "Ctrl+Return"), N_("Export")),
        Keys(("P",), N_("Versions: what differs, as a paper")),
        Keys(("Ctrl+Shift+E",), N_("Export on the official form; in the list, export all")),
        Keys(("Ctrl+Alt+E",), N_("A copy: de-identified, or for the manufacturer")),
        Keys(("Ctrl+Shift+M",), N_("Export as an electronic message, E2B(R3)")),
        Keys(("Ctrl+Shift+A", "Ctrl+Alt+A"), N_("Export a copy for the archive, the case inside")),
        Keys(("Ctrl+S",), N_("Save")),
        Keys(("Ctrl+Z",), N_("Undo")),
        Keys(("Ctrl+Shift+Z", "Ctrl+Y"), N_("Redo")),
    ),
    "outcomes": (
        Keys(("L", "Q", "P", "Y"), N_("Last or this quarter, last or this year")),
        Keys(("Return",), N_("Who stands behind a figure")),
        Keys(("Ctrl+P",), N_("The page as it will print")),
        Keys(("Ctrl+E",), N_("Write the page")),
        Keys(("Alt+T", "Alt+G"), N_("Listings; signals")),
        Keys(("Alt+C", "Alt+R"), N_("Signals: own cases, a reference set")),
    ),
    "library": (
        Keys(("Alt+N", "Alt+L"), N_("New product, new lot")),
        Keys(("H", "R", "P", "X"), N_("Lot: hold, reports, product problem, its paper")),
        Keys(("Ctrl+E", "Ctrl+Alt+E"), N_("Paper of a lot: the file, a copy")),
        Keys(("Ctrl+Alt+A",), N_("Paper of a lot: the copy for the archive")),
        Keys(("Alt+K", "Alt+O"), N_("Terminologies: load, search; official forms")),
        Keys(("Alt+R",), N_("Code many events with the chosen version")),
        Keys(("Alt+E", "Ctrl+Return"), N_("Take all with the same words; store what was taken")),
        Keys(("Ctrl+S",), N_("Save")),
        Keys(("Ctrl+Z", "Ctrl+Shift+Z"), N_("Undo, redo")),
    ),
    "clinic": (
        Keys(("L", "Q", "P", "Y"), N_("Inspection pack: last or this quarter, last or this year")),
        Keys(("Ctrl+E", "Return"), N_("Inspection pack, whole clinic: write the file")),
        Keys(("T",), N_("Inspection pack: write it with tables, trail and checker")),
        Keys(("Alt+O",), N_("Whole clinic: take one over from a ZIP, into an empty clinic")),
        Keys(("Ctrl+S",), N_("Save")),
        Keys(("Ctrl+Z", "Ctrl+Shift+Z"), N_("Undo, redo")),
    ),
    "find": (
        Keys(("Alt+K",), N_("Keep this search under a name")),
        Keys(("Alt+1", "Alt+2", "Alt+3"), N_("Ask a kept search again")),
    ),
}
