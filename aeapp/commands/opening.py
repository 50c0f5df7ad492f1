"""Open the clinic that a command names, and close it whatever happens."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aeapp.commands.console import needed, take_password
from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import _
from aeapp.services.app import App, Clinics

# A try waits five seconds for another program; a login of ``doctor`` waits a minute.
TRIES = 12
_LOCKED = "store.locked"


@contextmanager
def opened(
    args: argparse.Namespace, clinics: Clinics, password: str = "", *, tries: int = 1
) -> Iterator[App]:
    """Log in with the command's options and yield the services.

    Args:
        args: The command's options.
        clinics: Opens the clinic.
        password: Where the command has asked for it already, because it signs with it.
        tries: How often to try while another program is writing.
    """
    target, user = needed(args, "clinic"), needed(args, "user")
    app = _patiently(clinics, target, (user, password or take_password(args)), tries)
    try:
        app.check_file()
        yield app
    finally:
        app.close()


def _patiently(clinics: Clinics, target: str, login: tuple[str, str], tries: int) -> App:
    """Open a clinic; say so and try again while another program is writing."""
    for left in reversed(range(tries)):
        try:
            return clinics.open(target, *login)
        except KnownError as error:
            if error.code != _LOCKED or not left:
                raise
            sys.stderr.write(_("Another program is writing; waiting for it.") + "\n")
    raise AssertionError  # pragma: no cover - the last try returns or raises
