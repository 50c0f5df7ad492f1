"""Programs of the system that some tests need: PostgreSQL, poppler, MuPDF, Xvfb, a compiler.

Where one is missing the test is skipped with a reason; with AEAPP_REQUIRE_TOOLS=1 it fails, so
that a continuous-integration run cannot be green by leaving things out.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

# Debian keeps the server's programs out of PATH, one folder a version.
POSTGRESQL_FOLDERS = "/usr/lib/postgresql/*/bin"


def require_tool(name: str) -> str:
    """Return the path of a program such as ``initdb`` or ``pdftotext``, or skip the test."""
    return find_tool(name) or lacking(f"the program {name} is not installed")


def find_tool(name: str) -> str | None:
    """Return the path of a program, or None."""
    if found := shutil.which(name):
        return found
    servers = sorted(Path("/").glob(f"{POSTGRESQL_FOLDERS[1:]}/{name}"), key=version_of)
    return str(servers[-1]) if servers else None


def version_of(program: Path) -> float:
    """Read the version from .../postgresql/15/bin/initdb."""
    return float(program.parent.parent.name)


def lacking(reason: str) -> NoReturn:
    """Skip the test, or fail it where every tool must be there."""
    if os.environ.get("AEAPP_REQUIRE_TOOLS") == "1":
        pytest.fail(f"AEAPP_REQUIRE_TOOLS is set and {reason}")
    pytest.skip(reason)
