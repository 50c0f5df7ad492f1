"""What can go wrong with the key file, in words the person at the screen can act on."""

from __future__ import annotations

import errno
from enum import StrEnum

from aeapp.kernel.errors import BadInputError, KnownError, RefusedError
from aeapp.kernel.i18n import N_, _


class WrongPasswordError(KnownError):
    """The name is unknown or the password does not open its slot: never told apart."""

    code = "vault.wrong-password"

    def __init__(self) -> None:
        super().__init__(
            N_("The name or the password is wrong."),
            remedy=N_("Try again. After 5 wrong tries there is a wait of 30 seconds."),
        )


class VaultLockedOutError(KnownError):
    """Too many wrong tries; the password was not looked at.

    Attributes:
        wait_s: Seconds until the next try, or ``None`` where time alone does not help.
    """

    code = "vault.locked-out"

    def __init__(self, wait_s: int | None) -> None:
        if wait_s is None:
            super().__init__(
                N_("This name is locked after 10 wrong tries."),
                remedy=N_("Ask the administrator of the clinic to release it."),
            )
        else:
            super().__init__(
                N_("There were too many wrong tries."),
                remedy=_(N_("Wait {seconds} seconds, then try again.")).format(seconds=wait_s),
            )
        self.wait_s = wait_s


class VaultMissingError(KnownError):
    """The folder holds no key file."""

    code = "vault.missing"

    def __init__(self, *, has_database: bool = False) -> None:
        if has_database:
            super().__init__(
                N_("The key file of this clinic is missing."),
                remedy=N_("Put clinic.vault.a or clinic.vault.b back from a backup."),
            )
        else:
            super().__init__(
                N_("There is no clinic in this folder."),
                remedy=N_("Choose another folder, or set up a new clinic."),
            )


class VaultDamagedError(KnownError):
    """No copy of the key file is whole, or all were altered."""

    code = "vault.damaged"

    def __init__(self) -> None:
        super().__init__(
            N_("The key file of this clinic is damaged or was altered."),
            remedy=N_("Put clinic.vault.a and clinic.vault.b back from the last good backup."),
        )


class VaultUnreadableError(KnownError):
    """The computer refuses to read the key file."""

    code = "vault.unreadable"

    def __init__(self) -> None:
        super().__init__(
            N_("The key file of this clinic cannot be read."),
            remedy=N_("Check that the disk is connected and that you may read the folder."),
        )


class VaultNewerError(KnownError):
    """The key file was written by a newer program."""

    code = "vault.newer"

    def __init__(self) -> None:
        super().__init__(
            N_("This clinic was last used with a newer version of the program."),
            remedy=N_("Install the newer version and open the clinic with it."),
        )


class UnwritableFolderError(KnownError):
    """The key file cannot be written."""

    code = "vault.folder-unwritable"

    def __init__(
        self,
        message: str = N_("The folder of the clinic cannot be written to."),
        *,
        remedy: str = N_("Choose a folder you may change, or ask for the right to change it."),
    ) -> None:
        super().__init__(message, remedy=remedy)


class VaultDiskFullError(UnwritableFolderError):
    """No room for the few kilobytes of the key file."""

    code = "vault.disk-full"

    def __init__(self) -> None:
        super().__init__(
            N_("The disk with the folder of the clinic is full."),
            remedy=N_("Free at least 10 MB on it, then try again. Nothing was lost."),
        )


class VaultExistsError(RefusedError):
    """A new clinic would destroy the keys of one that is already there."""

    code = "vault.exists"

    def __init__(self) -> None:
        super().__init__(
            N_("There is already a clinic in this folder."),
            remedy=N_("Open it, or choose an empty folder for the new one."),
        )


class VaultClosedError(RefusedError):
    """The keys were wiped."""

    code = "vault.closed"

    def __init__(self) -> None:
        super().__init__(
            N_("The clinic is locked."),
            remedy=N_("Enter your password to unlock it."),
        )


class NoMemoryForKeyError(KnownError):
    """The password check needs more memory than is free."""

    code = "vault.no-memory"

    def __init__(self) -> None:
        super().__init__(
            N_("There is not enough free memory to check the password."),
            remedy=N_("Close other programs, then try again."),
        )


class UserNameError(BadInputError):
    """A login name outside ``[a-z0-9._-]{3,32}``."""

    code = "vault.user-name"

    def __init__(self) -> None:
        super().__init__(
            N_("This cannot be a login name."),
            remedy=N_("Use 3 to 32 of the letters a to z, digits, dot, dash and underscore."),
        )


class VaultTextError(BadInputError):
    """A printed name or clinic name that is empty or holds forbidden characters."""

    code = "vault.text"

    def __init__(self) -> None:
        super().__init__(
            N_("The name of the person or of the clinic cannot be used."),
            remedy=N_("Enter 1 to 200 ordinary characters on one line."),
        )


class Weakness(StrEnum):
    """Why a new password is refused."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    UNREADABLE = "unreadable"
    HAS_USER_NAME = "has-user-name"
    HAS_CLINIC_NAME = "has-clinic-name"
    GUESSABLE = "guessable"


_WEAK_WORDS = {
    Weakness.TOO_SHORT: N_("The password has fewer than 15 characters."),
    Weakness.TOO_LONG: N_("The password has more than 128 characters."),
    Weakness.UNREADABLE: N_("The password has a character that cannot be stored."),
    Weakness.HAS_USER_NAME: N_("The password contains your name."),
    Weakness.HAS_CLINIC_NAME: N_("The password contains the name of the clinic."),
    Weakness.GUESSABLE: N_("The password is easy to guess."),
}


class WeakPasswordError(BadInputError):
    """A new password that does not meet the policy.

    Attributes:
        weakness: Which rule it breaks.
    """

    code = "vault.weak-password"

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(
            _WEAK_WORDS[weakness],
            remedy=N_("Use 15 to 128 characters, such as four or five unrelated words."),
        )
        self.weakness = weakness


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_error(error: OSError) -> UnwritableFolderError:
    """Return the explanation of a failed write."""
    if error.errno in _NO_ROOM:
        return VaultDiskFullError()
    if error.errno in _NO_RIGHT:
        return UnwritableFolderError()
    return UnwritableFolderError(
        N_("The key file of the clinic could not be written."),
        remedy=N_("Check that the disk is connected and healthy, then try again."),
    )
