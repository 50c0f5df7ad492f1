"""Open the clinic that a command names, and close it whatever happens."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from aeapp.commands.console import needed, take_password
from aeapp.services.app import App, Clinics


@contextmanager
def opened(args: argparse.Namespace, clinics: Clinics) -> Iterator[App]:
    """Log in with the command's options and yield the services."""
    target, user = needed(args, "clinic"), needed(args, "user")
    app = clinics.open(target, user, take_password(args))
    try:
        yield app
    finally:
        app.close()
