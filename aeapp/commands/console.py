"""Words in and out of a terminal: answers, errors, the password."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from aeapp.domain.rejection import ImportRejected
from aeapp.kernel.errors import AppError, BadInputError, KnownError, RefusedError
from aeapp.kernel.files import FileMissingError, read_whole
from aeapp.kernel.i18n import N_, _

DONE, NO, WRONG_USE, COULD_NOT = 0, 1, 2, 3
PASSWORD_VARIABLE = "AEAPP_PASSWORD"  # noqa: S105 - the name of the variable
_PASSWORD_LIMIT = 4096


class WrongUseError(RefusedError):
    """The command was called with words that do not fit."""

    code = "use.wrong"


def say(text: str = "") -> None:
    """Print one line of an answer."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    """Print an answer for machines."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def complain(error: AppError) -> int:
    """Print what happened and what to do, and return the exit code for it."""
    lines = [_(error.message), _(error.remedy)]
    if error.option:
        lines.append(_(error.option))
    if isinstance(error, ImportRejected) and len(error.lines()) > 1:
        lines += [f"  {line}" for line in error.lines()]
    sys.stderr.write("\n".join(lines) + "\n")
    return exit_code(error)


def exit_code(error: AppError) -> int:
    """Return 2 for wrong use, 3 where the surroundings said no, else 1."""
    if isinstance(error, WrongUseError | FileMissingError):
        return WRONG_USE
    if isinstance(error, KnownError):
        return COULD_NOT
    return WRONG_USE if isinstance(error, BadInputError) else NO


def take_password(args: argparse.Namespace, *, twice: bool = False) -> str:
    """Return the password from a file, from the environment (removed at once), or a prompt."""
    from_environment = os.environ.pop(PASSWORD_VARIABLE, None)
    if args.password_file:
        raw = read_whole(Path(args.password_file), _PASSWORD_LIMIT)
        try:
            return raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise WrongUseError(
                N_("The password file is not text in UTF-8."),
                remedy=N_("Save it as UTF-8 text with the password on one line."),
            ) from None
    if from_environment is not None:
        return from_environment
    if not sys.stdin.isatty():
        raise WrongUseError(
            N_("There is no password and nobody to ask for it."),
            remedy=N_("Use --password-file, or set AEAPP_PASSWORD."),
        )
    password = getpass.getpass(_("Password: "))
    if twice and getpass.getpass(_("Again: ")) != password:
        raise WrongUseError(
            N_("The two passwords differ."), remedy=N_("Run the command again and retype both.")
        )
    return password


LOGIN = (
    ("--clinic", "FOLDER", "the clinic's folder, NAME.aeclinic"),
    ("--user", "NAME", "your name in the program"),
)


def must_have(verb: argparse.ArgumentParser, *options: tuple[str, str, str]) -> None:
    """Give a verb options that it cannot do without: flag, name of the value, help."""
    known = (g for g in verb._action_groups if g.title == _REQUIRED_GROUP)  # noqa: SLF001 - no other way
    group = next(known, None) or verb.add_argument_group(_REQUIRED_GROUP)
    for flag, metavar, words in options:
        group.add_argument(flag, metavar=metavar, required=True, help=f"{words} (required)")


_REQUIRED_GROUP = "required"
_REQUIRED = "the following arguments are required: "


class Parser(argparse.ArgumentParser):
    """Takes a command line apart; what does not fit is told like every other error."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong as a sentence.

        Raises:
            WrongUseError: Always.
        """
        head, _colon, missing = message.partition(_REQUIRED)
        if missing and not head:
            message = f"This command needs {missing}"
        raise WrongUseError(
            f"{message[:1].upper()}{message[1:]}.",
            remedy=f"'{self.prog} --help' shows what it takes.",
        )


def may_overwrite(verb: argparse.ArgumentParser) -> None:
    """Give a verb that writes a file the option to replace one."""
    verb.add_argument("--overwrite", action="store_true", help="replace a file that is there")


def needed(args: argparse.Namespace, name: str) -> str:
    """Return an option that this command needs.

    Raises:
        WrongUseError: It was not given.
    """
    value = getattr(args, name)
    if not value:
        raise WrongUseError(
            f"This command needs --{name.replace('_', '-')}.",
            remedy=N_("Give it and run the command again; --help shows all options."),
        )
    return str(value)
