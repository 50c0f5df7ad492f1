"""Take a command line apart and run its command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from aeapp.commands import (
    attach,
    case,
    clinic,
    clinic_copy,
    demo,
    event,
    form,
    inspection,
    listing,
    lot,
    message,
    outcomes,
    pregnancy,
    question,
    recode,
    report,
    request,
    scale,
    session,
    signals,
    study,
    verify,
    vitals,
)
from aeapp.commands.console import DONE, Parser, complain
from aeapp.commands.examples import describe
from aeapp.kernel.errors import AppError
from aeapp.kernel.log import bug
from aeapp.services.app import Clinics

NAMES = frozenset(
    {
        "attach",
        "case",
        "clinic",
        "demo",
        "doctor",
        "event",
        "form",
        "import",
        "inspection-pack",
        "list",
        "lot",
        "message",
        "new",
        "outcomes",
        "published",
        "pregnancy",
        "question",
        "report",
        "scale",
        "score",
        "request",
        "session",
        "signals",
        "study",
        "terms",
        "verify",
    }
)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--password-file", metavar="FILE", help="file with the password")
    common.add_argument("--json", action="store_true", help="answer for machines")
    top = Parser(
        prog="aeapp",
        description="Log ketamine treatment sessions and export adverse event reports. "
        "Without a command the window opens.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (
        demo,
        clinic,
        clinic_copy,
        case,
        event,
        attach,
        vitals,
        report,
        question,
        request,
        session,
        scale,
        form,
        lot,
        recode,
        study,
        pregnancy,
        inspection,
        listing,
        outcomes,
        signals,
        message,
        verify,
    ):
        module.register(commands, common)
    describe(top)
    return top


def run(words: Sequence[str], clinics: Clinics) -> int:
    """Run the command that ``words`` name and return its exit code; no traceback escapes."""
    try:
        args = parser().parse_args(words)
        code: int = args.run(args, clinics)
        sys.stdout.flush()
    except AppError as error:
        return complain(error)
    except BrokenPipeError:
        # Whoever reads has read enough, as ``head`` does; nothing is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
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
