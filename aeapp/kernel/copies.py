"""Copies of clinic data in the clear, for another program to open: as few and as short as can be.

They lie in a folder of their own, in memory where the system offers a folder there, for their owner
only. They are overwritten and removed when they are no longer wanted, at lock and at the end; what
a kill left is removed when the program starts next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from aeapp.kernel.files import trouble

PREFIX = "aeapp-copies-"
_HELD = "held"


def base() -> Path:
    """Return where copies go: a folder in memory if this system has one, else the temporary one."""
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    if own and os.access(own, os.W_OK):
        return Path(own)
    return Path(tempfile.gettempdir())


class TemporaryCopies:
    """The copies of one open clinic.

    Args:
        place: Folder in which the folder of the copies is made, when the first is.
    """

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or base()
        self._folder: Path | None = None
        self._hold: int | None = None

    def make(self, name: str, content: bytes) -> Path:
        """Write a copy that its owner can read and nobody can change; return where.

        Raises:
            FileTroubleError: It cannot be written.
        """
        try:
            folder = self._made()
            path = folder / name
            if path.exists():
                wipe(path)
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError as error:
            raise trouble(error) from None
        return path

    def wipe_all(self) -> None:
        """Remove every copy."""
        if self._folder is None:
            return
        if self._hold is not None:
            os.close(self._hold)
        _wipe_folder(self._folder)
        self._folder = self._hold = None

    def _made(self) -> Path:
        if self._folder is None:
            prefix = f"{PREFIX}{os.getpid()}-"
            self._folder = Path(tempfile.mkdtemp(prefix=prefix, dir=self._place))
            # Open as long as the program lives: another one sees that on Windows.
            self._hold = os.open(self._folder / _HELD, os.O_CREAT | os.O_RDWR, 0o600)
        return self._folder


def sweep(place: Path | None = None) -> int:
    """Remove the copies of programs that were killed; return of how many."""
    count = 0
    for folder in (place or base()).glob(f"{PREFIX}*"):
        if folder.is_symlink() or not _is_ours(folder) or _is_held(folder):
            continue
        _wipe_folder(folder)
        count += 1
    return count


def wipe(path: Path) -> None:
    """Overwrite a copy, then remove it; what is gone already is as good."""
    with contextlib.suppress(OSError):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _wipe_folder(folder: Path) -> None:
    for path in folder.iterdir():
        wipe(path)
    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    return os.name == "nt" or folder.lstat().st_uid == os.getuid()


def _is_held(folder: Path) -> bool:
    """Tell whether the program that made the folder is still there."""
    if os.name == "nt":
        try:
            (folder / _HELD).unlink(missing_ok=True)
        except OSError:
            return True
        return False
    number = folder.name.removeprefix(PREFIX).partition("-")[0]
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
