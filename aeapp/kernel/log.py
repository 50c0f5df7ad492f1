"""Log events by name with allow-listed keys, so that no patient data reaches a log.

``event("case.saved", case_id=…, items=7)``: ids, counts, paths, codes and durations only.
"""

from __future__ import annotations

import logging
import os

ALLOWED = frozenset(
    {
        "bytes",
        "case_id",
        "code",
        "count",
        "error",
        "file",
        "form",
        "items",
        "kind",
        "line",
        "ms",
        "pages",
        "path",
        "report_id",
        "role",
        "rows",
        "seq",
        "session_id",
        "version",
    }
)

_logger = logging.getLogger("aeapp")


def event(name: str, **facts: str | int) -> None:
    """Log ``name`` with its facts.

    Raises:
        ValueError: A key is not on the list; in production the fact is dropped instead.
    """
    foreign = sorted(set(facts) - ALLOWED)
    if foreign and os.environ.get("AEAPP_STRICT_LOG"):
        msg = f"not on the list of log keys: {foreign}"
        raise ValueError(msg)
    words = " ".join(f"{k}={v}" for k, v in sorted(facts.items()) if k in ALLOWED)
    _logger.info("%s %s", name, words)


def bug(error: BaseException) -> None:
    """Log an unexpected error by type, file and line only; its text may quote a patient."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = trace.tb_frame.f_code.co_filename.rpartition("/")[2] if trace else "?"
    line = trace.tb_lineno if trace else 0
    event("bug", error=type(error).__name__, file=place, line=line)
