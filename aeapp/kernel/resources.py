"""Find the files that installed packages bring along, without importing the packages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from aeapp.kernel.errors import KnownError
from aeapp.kernel.i18n import N_


class ResourceMissingError(KnownError):
    """A package whose files the program needs is not installed."""

    code = "resource.missing"


def package_folder(name: str) -> Path:
    """Return the folder of the installed top-level package ``name``.

    Raises:
        ResourceMissingError: There is no such package.
    """
    spec = find_spec(name)
    places = None if spec is None else spec.submodule_search_locations
    if not places:
        raise _missing()
    return Path(next(iter(places)))


def package_file(name: str, file: str) -> Path:
    """Return the path of ``file`` in the installed package ``name``.

    Raises:
        ResourceMissingError: Package or file is not there.
    """
    path = package_folder(name) / file
    if not path.is_file():
        raise _missing()
    return path


def files_of(folder: Path, begin: str, end: str) -> list[Path]:
    """Return the files in ``folder`` whose names begin and end so, sorted by name.

    Where there is no such folder there is no such file. The first window reads fonts by this; a
    pattern would be compiled for each of them.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return []
    return [folder / n for n in sorted(names) if n.startswith(begin) and n.endswith(end)]


def _missing() -> ResourceMissingError:
    return ResourceMissingError(
        N_("A file that belongs to the program is missing."),
        remedy=N_("Install the program again; what is stored in the clinic is not affected."),
    )
