"""Start the program: a subcommand without Qt, or else the window."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from aeapp.bootstrap import LocalClinics
    from aeapp.formspecs.e2b_r3.checking import Profile
    from aeapp.kernel.progress import Progress
    from aeapp.services.app import App, Health, NewClinic
    from aeapp.services.clinic_archive import ClinicFile
    from aeapp.services.message_check import Checked


class _Clinics:
    """The clinics of this computer, loaded when first asked for: the window comes before them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: LocalClinics | None = None

    @property
    def _real(self) -> LocalClinics:
        with self._lock:
            if self._made is None:
                from aeapp.bootstrap import LocalClinics  # noqa: PLC0415 - that is the point

                self._made = LocalClinics()
            return self._made

    def load(self) -> None:
        self._real.load()

    def create(self, new: NewClinic) -> App:
        return self._real.create(new)

    def open(self, target: str, user_name: str, password: str) -> App:
        return self._real.open(target, user_name, password)

    def look_into(self, path: Path, progress: Progress) -> ClinicFile:
        return self._real.look_into(path, progress)

    def check_message(self, path: Path, profile: Profile, schemas: Path | None = None) -> Checked:
        return self._real.check_message(path, profile, schemas)

    def health(self, app: App) -> Health:
        return self._real.health(app)


def main(words: list[str]) -> int:
    """Run the command that ``words`` name, or open the window; return the exit code."""
    if words and not words[0].startswith("--clinic"):
        from aeapp.commands.line import run  # noqa: PLC0415 - only what is needed is loaded

        return run(words, _Clinics())
    from forms.application import open_window  # noqa: PLC0415

    return open_window(words, _Clinics())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
