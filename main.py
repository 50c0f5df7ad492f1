"""Start the program: a subcommand without Qt, or else the window."""

from __future__ import annotations

import sys


def main(words: list[str]) -> int:
    """Run the command that ``words`` name, or open the window; return the exit code."""
    from aeapp.bootstrap import LocalClinics  # noqa: PLC0415 - only what is needed is loaded

    clinics = LocalClinics()
    if words and not words[0].startswith("--clinic"):
        from aeapp.commands.line import run  # noqa: PLC0415

        return run(words, clinics)
    from forms.application import open_window  # noqa: PLC0415

    return open_window(words, clinics)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
