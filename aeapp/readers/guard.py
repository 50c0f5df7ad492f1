"""Let no exception of a parsing library out: the file is refused instead, by the library's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aeapp.domain.rejection import rejected
from aeapp.kernel.errors import AppError
from aeapp.kernel.i18n import N_


@contextmanager
def guarded(place: str) -> Iterator[None]:
    """Refuse the file for whatever goes wrong within, its own asserts and recursion included.

    Args:
        place: Where in the file the library is working.

    Raises:
        ImportRejected: The library failed. Errors for people pass as they are.
    """
    try:
        yield
    except AppError:
        raise
    except Exception:  # noqa: BLE001 - a library of parsers raises anything, asserts included
        sentence = N_("The structure of the file is broken here.")
        raise rejected(place, sentence) from None
