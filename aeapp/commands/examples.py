"""What the help of a command says first and last: a sentence, and a line to copy."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from textwrap import fill

_WHO = "--clinic larkspur.aeclinic --user dana"
_REPORT, _SESSION = "KC-2026-000031/3500/1", "S-2026-000012"
# One for each command, without who is logged in.
EXAMPLES: dict[tuple[str, ...], str] = {
    ("demo",): "--out practice --patients 3",
    ("new",): "--name 'Larkspur Clinic' --person 'Dana Reyes' --role prescriber",
    ("doctor",): "",
    ("case", "import"): "case.json --dry-run",
    ("case", "export"): "KC-2026-000031 --out case.json",
    ("clinic", "export"): "whole.zip",
    ("clinic", "import"): "whole.zip --apply",
    ("case", "alike"): "KC-2026-000031",
    ("case", "near-miss"): "'wrong strength drawn, seen in time'",
    ("event", "list"): "--undecided",
    ("event", "decide"): "EVENT report --to fda --owed choice --reason 'serious, not listed'",
    ("event", "strike"): "EVENT --reason 'entered twice'",
    ("attach", "add"): f"{_SESSION} strip.pdf --title 'ECG strip'",
    ("attach", "list"): _SESSION,
    ("attach", "get"): f"{_SESSION} 3fa1 --out strip.pdf",
    ("import", "ctcae"): "ctcae.xlsx --apply",
    ("import", "meddra"): "MedAscii --apply",
    ("import", "vitals"): f"monitor.csv --session {_SESSION} --apply",
    ("import", "columns"): "",
    ("import", "patients"): "people.xlsx --map people.json --errors mend.csv",
    ("import", "sessions"): "sessions.csv --apply",
    ("import", "scales"): "phq9.csv --scale phq-9 --apply",
    ("scale", "list"): "",
    ("scale", "schedule"): "--usual",
    ("scale", "add"): "own-scale.txt --apply",
    ("scale", "withdraw"): "own-scale --reason 'the licence ended'",
    ("score", "add"): f"phq-9 012301201 --session {_SESSION}",
    ("outcomes",): "--from 2026-10-01 --to 2026-12-31 --as pdf --out outcomes.pdf",
    ("signals",): "--product Ketamine",
    ("published",): "studies.csv",
    ("list",): "events --as csv --out events.csv",
    ("message", "acknowledgement"): "case.ack",
    ("message", "check"): "case.xml",
    ("message", "export"): "KC-2026-000031 --sender CLINIC --receiver CENTRE --out case.xml",
    ("message", "schemas"): "ich-icsr-schemas.zip",
    ("report", "list"): "",
    ("report", "check"): f"{_REPORT} --for all",
    ("report", "export"): f"{_REPORT} --as fda3500 --out report.pdf",
    ("report", "open"): "KC-2026-000031 --for fda3500a-facility",
    ("report", "versions"): _REPORT,
    ("report", "diff"): f"{_REPORT} --from 1",
    ("report", "submit"): f"{_REPORT} --channel online --reference ICSR-1 --no-proof awaited",
    ("report", "receipt"): f"{_REPORT} --proof receipt.pdf",
    ("report", "approve"): _REPORT,
    ("report", "step"): f"{_REPORT} take-back --reason 'begun by mistake'",
    ("report", "waiting"): "--only overdue blocked",
    ("report", "batch"): "--out reports",
    ("report", "register"): "--patient P-0412",
    ("question", "ask"): f"{_REPORT} --of 'J. Kim' --words 'Outcome?' --due 2026-12-01",
    ("question", "answer"): f"{_REPORT} 1 --words 'Recovered the same day.'",
    ("question", "try"): f"{_REPORT} 1 --words 'No answer by telephone.'",
    ("question", "list"): _REPORT,
    ("request", "take"): f"{_REPORT} --from fda --number FDA-12 --question 'Which lot?'",
    ("request", "answer"): f"{_REPORT} 1 --words 'Lot 4711.'",
    ("request", "list"): _REPORT,
    ("session", "list"): "--only running",
    ("session", "rems"): "",
    ("session", "rems-sent"): f"{_SESSION} --channel online --reference 4711",
    ("session", "add"): f"{_SESSION} --at 14:40 --reason 'missed in the hurry' --bp 142/88",
    ("study", "list"): "",
    ("study", "add"): "KET-301 --title 'A study' --sponsor 'Sponsor, Inc.' --hours 24",
    ("study", "openings"): "P-0412",
    ("study", "unblind"): "P-0412 --study KET-301 --reason 'in danger' --shown ketamine",
    ("study", "look"): "P-0412 --number 1",
    ("pregnancy", "list"): "P-0412",
    ("pregnancy", "add"): "P-0412 --exposed yes --due 2027-06",
    ("pregnancy", "answer"): "P-0412 --outcome live-birth --outcome-on 2027-06-12",
    ("pregnancy", "child"): "P-0412 --event 'low weight at birth'",
    ("terms", "list"): "",
    ("terms", "recode"): "ctcae --apply",
    ("terms", "recodings"): "",
    ("terms", "undo"): "412",
    ("form", "list"): "",
    ("form", "add"): "fda3500.pdf",
    ("lot", "events"): "L-4711",
    ("lot", "hold"): "L-4711 --reason 'two events in a week'",
    ("lot", "release"): "L-4711 --reason 'cleared by the maker'",
    ("lot", "export"): "L-4711 --out lot.pdf",
    ("inspection-pack",): "--from 2026-10-01 --to 2026-12-31 --out pack.pdf",
    ("verify",): "report.pdf",
}


def words_of(path: tuple[str, ...]) -> list[str]:
    """Return the words of the example of a command, as a shell would hand them over."""
    import shlex  # noqa: PLC0415 - only help wants it

    return shlex.split(_line(path))


def _line(path: tuple[str, ...]) -> str:
    who = "" if path == ("demo",) else _WHO
    return " ".join(part for part in (*path, EXAMPLES[path], who) if part)


Verbs = Iterator[tuple[tuple[str, ...], argparse.ArgumentParser, str]]


def verbs_of(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Verbs:
    """Yield each command with its parser and its sentence, groups of commands included."""
    for action in parser._actions:  # noqa: SLF001 - argparse shows its parts nowhere else
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - see above
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            for name, verb in action.choices.items():
                yield (*path, name), verb, told.get(name, "")
                yield from verbs_of(verb, (*path, name))


def describe(top: argparse.ArgumentParser) -> None:
    """Give each command its sentence and, where it does something, its example."""
    for path, verb, words in verbs_of(top):
        verb.description = fill(f"{words[:1].upper()}{words[1:]}.", 78)
        verb.formatter_class = argparse.RawDescriptionHelpFormatter
        for option in verb._actions:  # noqa: SLF001 - as above
            if option.nargs != 0 and option.choices is None and option.metavar is None:
                # A value is called by what it is, never by the name of its option.
                option.metavar = "N" if option.type is int else "WORDS"
        if path in EXAMPLES:
            verb.epilog = f"example:\n  {top.prog} {_line(path)}"
