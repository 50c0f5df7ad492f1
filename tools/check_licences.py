"""Refuse a dependency whose licence we have not weighed.

Reads requirements.lock and the metadata of what is installed. Why a licence is on the list, and
what it asks of us, stands in docs/adr/0001-dependencies.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "Bitstream-Vera",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "LGPL-3.0-only",  # unmodified and replaceable: PySide6, shiboken6, psycopg
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",  # unmodified: pathspec, hypothesis
        "OFL-1.1",
        "PSF-2.0",
        "Zlib",
    }
)

# Never in the lock, whatever their metadata say: AGPL tools, and what asks for them.
BANNED = frozenset({"rinohtype", "pymupdf", "pymupdf4llm", "borb", "outloud", "ghostscript"})

# Metadata in free words, read by a person: name -> SPDX expression.
READ_BY_HAND = {
    "colorama": "BSD-3-Clause",  # only on Windows, so not always installed
    "fhir-core": "BSD-3-Clause",
    "fhir-resources": "BSD-3-Clause",
    "grimp": "BSD-2-Clause",
    "hl7": "BSD-3-Clause",
    "import-linter": "BSD-2-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pathspec": "MPL-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only",  # offered under three; this is the one we take
    "python-bidi": "LGPL-3.0-only",  # for developers: the tests' second opinion
    "python-dateutil": "Apache-2.0 AND BSD-3-Clause",  # both, by the date of a contribution
    "reportlab": "BSD-3-Clause",
    "rinoh-typeface-dejavusans": "Bitstream-Vera",
    "rinoh-typeface-notosanscjk": "OFL-1.1",
    "shiboken6": "LGPL-3.0-only",
    "sortedcontainers": "Apache-2.0",
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",  # itself, SQLCipher, OpenSSL
    "uharfbuzz": "Apache-2.0 AND MIT",  # itself, HarfBuzz
}


def canonical(name: str) -> str:
    """Return a package name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path) -> Iterator[str]:
    """Yield the name of every package in a lock file."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^]]*\])?==", line):
            yield canonical(found[1])


def licence_of(package: Distribution) -> str:
    """Return the licence of a package: its own expression, else what we read, else its words."""
    metadata = package.metadata.json
    expression = str(metadata.get("license_expression", ""))
    words = str(metadata.get("license", ""))
    return expression or READ_BY_HAND.get(canonical(package.name)) or words.strip()


def accepts(expression: str) -> bool:
    """Tell whether an SPDX expression lets us use the package: all of AND, one of OR."""
    if not expression:
        return False
    plain = expression.replace("(", " ").replace(")", " ")
    return all(
        any(choice.strip() in ALLOWED for choice in re.split(r"\s+OR\s+", part))
        for part in re.split(r"\s+AND\s+", plain)
    )


def objections(names: Iterable[str], installed: Iterable[Distribution]) -> Iterator[str]:
    """Yield a sentence for each package that may not stay."""
    here = {canonical(package.name): licence_of(package) for package in installed}
    for name in names:
        licence = here.get(name) or READ_BY_HAND.get(name, "")
        if name in BANNED:
            yield f"{name} may not be a dependency: it is AGPL, or asks for what is."
        elif not accepts(licence):
            yield f"{name} states the licence {licence[:60] or 'nothing'!r}, which is not allowed."


def main(lock: Path = LOCK) -> int:
    """Print what is wrong; return 1 if anything is."""
    names = list(locked(lock))
    found = list(objections(names, distributions()))
    for sentence in found:
        print(sentence)
    if not names:
        print(f"{lock.name} names no package: nothing was checked.")
    print(f"{len(names)} licences read, {len(found)} refused.")
    return 1 if found or not names else 0


if __name__ == "__main__":
    sys.exit(main())
