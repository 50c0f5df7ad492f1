"""Take a command line apart and run its command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from aeapp.commands import case, clinic, demo, report, verify, vitals
from aeapp.commands.console import complain
from aeapp.kernel.errors import AppError
from aeapp.kernel.log import bug
from aeapp.services.app import Clinics

NAMES = frozenset({"demo", "new", "doctor", "case", "import", "report", "verify"})


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--clinic", metavar="FOLDER", help="the clinic's folder, NAME.aeclinic")
    common.add_argument("--user", metavar="NAME", help="your name in the program")
    common.add_argument("--password-file", metavar="FILE", help="file with the password")
    common.add_argument("--json", action="store_true", help="answer for machines")
    top = argparse.ArgumentParser(
        prog="aeapp",
        description="Log ketamine treatment sessions and export adverse event reports. "
        "Without a command the window opens.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (demo, clinic, case, vitals, report, verify):
        module.register(commands, common)
    return top


def run(words: Sequence[str], clinics: Clinics) -> int:
    """Run the command that ``words`` name and return its exit code; no traceback escapes."""
    args = parser().parse_args(words)
    try:
        code: int = args.run(args, clinics)
    except AppError as error:
        return complain(error)
    except Exception as error:  # noqa: BLE001 - its text may quote a patient, so only its type is told
        bug(error)
        return complain(UnexpectedError(type(error).__name__))
    return code


class UnexpectedError(AppError):
    """A bug; nothing of the patient is told."""

    code = "bug"

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"The program met an error of its own ({kind}); nothing was left half done.",
            remedy="Run 'doctor' on the clinic and tell the makers what you did.",
        )


__all__ = ["NAMES", "parser", "run"]
