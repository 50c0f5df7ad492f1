"""Readers that take a library, which is loaded with the first file and not with the program."""

from __future__ import annotations

from pathlib import Path

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.coding.release import Release
from aeapp.services.ports import VitalsReader


class LateTerminologies:
    """Reads releases; the library is loaded with the first one, which few logins ever see."""

    def read(self, name: TerminologyName, path: Path, edition: str = "") -> tuple[Release, str]:
        """Return the release that ``path`` holds, and the hash of what was read."""
        from aeapp.readers.terminologies import TerminologyFiles  # noqa: PLC0415 - see above

        return TerminologyFiles().read(name, path, edition)


def vitals_readers() -> tuple[VitalsReader, ...]:
    """Return the readers of files that take a library, which is loaded here and not before."""
    from aeapp.readers.apple_health import AppleHealthReader  # noqa: PLC0415 - not before needed
    from aeapp.readers.hl7_v2 import Hl7Reader  # noqa: PLC0415 - not before needed

    return (Hl7Reader(), AppleHealthReader())
