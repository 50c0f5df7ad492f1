"""What can be done from anywhere in an open clinic, and the words by which people look for it.

The words are those people say, not only ours: what an action is called elsewhere finds it, too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from aeapp.domain.lifecycle import Act
from aeapp.kernel.i18n import N_, _
from forms.actions import REPORT, Action
from forms.shell import Shell

# Further words by which the places are found.
PLACE_WORDS = {
    "today": N_("home start worklist due overdue morning board chairs reminders tasks"),
    "session": N_("chair treatment vitals dose infusion adverse event reaction side effect"),
    "patients": N_("chart people person demographics history medicines allergies consent"),
    "reports": N_("cases MedWatch list"),
    "outcomes": N_("response remission rates ideation statistics signals listings tables XLSX CSV"),
    "library": N_("products drugs lots stock inventory vial recall"),
    "clinic": N_("settings preferences options profile configuration"),
    "find": N_("search look up"),
}
# Steps of a report: act, title, icon, further words.
STEPS: tuple[tuple[Act, str, str, str], ...] = (
    (Act.REVIEW, N_("Hand the report to review"), "next", N_("submit for review forward check")),
    (Act.APPROVE, N_("Approve the report"), "signature",
     N_("sign signature e-signature password release ready finalize")),
    (Act.SUBMIT, N_("Record sending of the report"), "next",
     N_("sent send submit submitted submission transmit fax mail portal gateway proof")),
    (Act.ACKNOWLEDGE, N_("Record acknowledgement of the report"), "ok",
     N_("acknowledge acknowledged ack accepted received confirmation")),
    (Act.CORRECT, N_("Follow-up to what was sent"), "difference",
     N_("follow up followup version correction correct amend amendment nullify nullification "
        "retract withdraw update")),
    (Act.TAKE_BACK, N_("Take the further version back"), "back",
     N_("undo follow up followup begun mistake drop cancel")),
    (Act.CLOSE, N_("Close the report"), "ok", N_("finish done complete archive")),
    (Act.RETURN, N_("Give the report back to its owner"), "back", N_("return reject send back")),
    (Act.LOCK, N_("Lock the report"), "lock", N_("freeze hold")),
    (Act.UNLOCK, N_("Unlock the report"), "lock", N_("edit change unfreeze reopen")),
    (Act.VOID, N_("Void the report"), "close", N_("cancel delete discard remove duplicate")),
    (Act.RESTORE, N_("Take the void report up again"), "back", N_("restore undelete undo void")),
)  # fmt: skip
# What else is done with the report that is open: method of the room, title, icon, key, words.
ON_REPORT: tuple[tuple[str, str, str, str, str], ...] = (
    ("call", N_("Record a telephone call about the report"), "reports", "",
     N_("phone told tell telephone first report FDA")),
    ("request", N_("Request from outside"), "reports", "",
     N_("FDA maker manufacturer IRB board question inquiry letter asked")),
    ("ask", N_("Ask a colleague about the report"), "reports", "", N_("question query answer due")),
    ("owner", N_("Owner of the report"), "patients", "", N_("assign responsible hand over person")),
    ("assess", N_("Assess the event"), "reports", "",
     N_("assessment seriousness serious causality related naranjo who-umc expected expectedness "
        "listed outcome dechallenge")),
    ("decide", N_("Decide on the event"), "reports", "",
     N_("decision not report reportable duty")),
    ("narrative", N_("To the narrative"), "reports", "Alt+N",
     N_("story text describe description sentences")),
    ("finding", N_("Next finding of the report"), "flag", "F8",
     N_("missing blocked blocks problems errors readiness check validate")),
    ("versions", N_("Versions of the report"), "difference", "",
     N_("history compare differences changed since state status")),
    ("timeline", N_("Timeline of the report"), "reports", "",
     N_("timeline chronology chronological order when course what happened")),
    ("log", N_("Log of sending"), "reports", "", N_("submission log clocks due who got it")),
    ("files", N_("Files of the report"), "folder", "", N_("attach attachment upload scan lab")),
    ("pages", N_("Pages of the report"), "pdf", "Ctrl+P", N_("print preview printer paper")),
    ("export", N_("Export the report"), "pdf", "Ctrl+E", N_("save PDF file write MedWatch 3500")),
    ("official", N_("Export on the official form"), "pdf", "Ctrl+Shift+E",
     N_("official FDA fillable 3500")),
    ("message", N_("Export as an electronic message"), "reports", "Ctrl+Shift+M",
     N_("E2B R3 XML ICSR gateway")),
    ("message_draft", N_("Export a draft of the electronic message"), "reports", "",
     N_("E2B R3 XML ICSR")),
    ("archive", N_("Export a copy for the archive"), "pdf", "Ctrl+Shift+A", N_("PDF/A keep long")),
    ("fhir", N_("Export the case as FHIR, de-identified"), "reports", "",
     N_("FHIR JSON bundle HL7 record system hospital EHR exchange")),
    ("whole_fhir", N_("Export the case as FHIR, with name and dates"), "reports", "",
     N_("FHIR JSON bundle HL7 record system hospital EHR exchange identified whole")),
    ("difference", N_("Paper of what differs between versions"), "difference", "",
     N_("compare print PDF changes since sent redline")),
    ("copy", N_("Export a copy that leaves something out"), "pdf", "Ctrl+Alt+E",
     N_("de-identified deidentify anonymize mask redact manufacturer maker copy privacy")),
)  # fmt: skip
# Pages of the clinic and of the library: place, method, argument, title, words.
PAGES: tuple[tuple[str, str, str, str, str], ...] = (
    ("clinic", "show_page", "limits", N_("Limits of the readings"), N_("alarm threshold ranges")),
    ("clinic", "show_page", "schedules", N_("Schedules of the readings"), N_("interval minutes")),
    ("clinic", "show_page", "duties", N_("Duties of the clinic"),
     N_("profile address user facility IND REMS DEA CMS state")),
    ("clinic", "show_page", "studies", N_("Studies"), N_("trial sponsor protocol blinded")),
    ("clinic", "show_page", "clocks", N_("Reporting clocks"),
     N_("deadline deadlines law regulation days due")),
    ("clinic", "show_page", "register", N_("Export register"),
     N_("disclosure disclosures accounting HIPAA exported who got")),
    ("clinic", "show_page", "whole", N_("Export the whole clinic"),
     N_("everything data move leave switch migrate backup JSON CSV zip own portability")),
    ("clinic", "take_over", "", N_("Take over a clinic from a ZIP"),
     N_("import whole everything move restore migrate JSON zip empty new take in")),
    ("patients", "import_table", "", N_("Import a table of patients, sessions or scores"),
     N_("CSV Excel XLSX spreadsheet load migrate bring records columns mapping PHQ scales")),
    ("library", "show_terms", "", N_("Terminologies"),
     N_("MedDRA CTCAE coding dictionary load import terms recode")),
    ("library", "show_forms", "", N_("Official forms"), N_("blank PDF 3500 3500A register bring")),
    ("reports", "export_all", "", N_("Export all reports"), N_("batch many folder bulk")),
    ("patients", "open_blind", "", N_("Open the blind of a study drug"),
     N_("unblind unblinding code break reveal emergency")),
)  # fmt: skip


class Window(Protocol):
    """What the actions need of the window."""

    @property
    def shell(self) -> Shell:
        """The window itself."""

    def start_anew(self, what: str) -> None:
        """Begin a session, a patient, a near miss, an import, or the inspection pack."""


def actions_of(window: Window) -> list[Action]:
    """Return what can be done in a window with an open clinic."""
    return [*_plain(window), *_of_report(window), *_pages(window)]


def _plain(window: Window) -> list[Action]:
    begin = window.start_anew
    return [
        Action(
            title=_("New session"),
            run=partial(begin, "session"),
            icon="session",
            shortcut="F2",
            words=_("start begin treatment dose infusion"),
        ),
        Action(
            title=_("New patient"),
            run=partial(begin, "patient"),
            icon="add",
            words=_("add register enrol person chart"),
        ),
        Action(
            title=_("Near miss without a patient"),
            run=partial(begin, "near miss"),
            icon="reports",
            words=_("medication error caught mistake incident"),
        ),
        Action(
            title=_("Import a case"),
            run=partial(begin, "import"),
            icon="folder",
            words=_("take in read file JSON XML E2B message electronic manufacturer follow-up"),
        ),
        Action(
            title=_("Check an electronic message"),
            run=partial(begin, "check"),
            icon="reports",
            words=_("E2B R3 XML validate verify schema ICSR file anybody"),
        ),
        Action(
            title=_("Make an inspection pack"),
            run=partial(begin, "inspection"),
            icon="trail",
            words=_("inspector inspection audit trail auditor decisions quarter print bundle"),
        ),
    ]


def _of_report(window: Window) -> list[Action]:
    steps = [
        Action(
            title=_(title),
            run=partial(_do, window, "begin", act),
            icon=icon,
            words=_(words),
            reason=partial(_why_not, window, act),
            menu=REPORT,
        )
        for act, title, icon, words in STEPS
    ]
    return steps + [
        Action(
            title=_(title),
            run=partial(_do, window, "act", name),
            icon=icon,
            shortcut=key,
            words=_(words),
            reason=partial(_why_not, window, None),
            menu=REPORT,
        )
        for name, title, icon, key, words in ON_REPORT
    ]


def _pages(window: Window) -> list[Action]:
    return [
        Action(title=_(title), run=partial(_show, window, place, method, key), words=_(words))
        for place, method, key, title, words in PAGES
    ]


def _room(window: Window) -> Any:
    return window.shell.place("reports")


def _why_not(window: Window, act: Act | None) -> str:
    room = _room(window)
    if room is None or room.page is None:
        return _("open a report first")
    return "" if act is None else str(room.why_not(act))


def _do(window: Window, method: str, what: object) -> None:
    room: Any = window.shell.show_place("reports")
    getattr(room, method)(what)


def _show(window: Window, place: str, method: str, key: str) -> None:
    shown: Any = window.shell.show_place(place)
    getattr(shown, method)(*([key] if key else []))


# How the names of ``ON_REPORT`` are done on the page of a report.
def acts_on(page: Any) -> dict[str, Callable[[], object]]:
    """Return what each of them does on the page that is open."""
    from forms.dialogs.export import Written  # noqa: PLC0415 - with the first report

    return {
        "call": page.record_call,
        "request": page.ask_request,
        "ask": partial(page.ask_in_versions, "ask"),
        "owner": partial(page.ask_in_versions, "ask_owner"),
        "assess": page.show_assessment,
        "decide": page.show_log,
        "narrative": page.show_narrative,
        "finding": partial(page.walk, 1),
        "versions": page.show_versions,
        "timeline": page.show_timeline,
        "log": page.show_log,
        "files": page.show_files,
        "pages": page.show_pages,
        "export": partial(page.exports.write, Written.PAGES),
        "official": partial(page.exports.write, Written.OFFICIAL),
        "archive": partial(page.exports.write, Written.ARCHIVE),
        "message": partial(page.exports.write, Written.MESSAGE),
        "message_draft": partial(page.exports.write, Written.MESSAGE_DRAFT),
        "fhir": page.exports.write_fhir,
        "whole_fhir": page.exports.ask_whole_fhir,
        "difference": page.show_difference_paper,
        "copy": page.exports.ask_copy,
    }


__all__ = ["PLACE_WORDS", "actions_of", "acts_on"]
