"""Callbacks of jobs that may outlive what started them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject


def while_alive(owner: QObject, call: Callable[..., None]) -> Callable[..., None]:
    """Return ``call``, which then does nothing once Qt has thrown ``owner`` away.

    A lock or a change of page may come while a job is under way; its answer is for nobody then.
    """

    def guarded(*arguments: Any) -> None:
        if shiboken6.isValid(owner):
            call(*arguments)

    return guarded
