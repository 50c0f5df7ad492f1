"""What counts as a good enough password, and the bytes a password stands for.

The limits follow NIST SP 800-63B-4 for a password that is the only factor: length and a
block list, no composition rules, no expiry.
"""

from __future__ import annotations

import re
import unicodedata

from aeapp.vault.errors import Weakness

MIN_LENGTH = 15
MAX_LENGTH = 128
_MIN_SCORE = 3
# Judging all of 128 characters took seven seconds for some; whoever fills 72 well has enough.
_JUDGED = 72


def password_bytes(password: str) -> bytes:
    """Return the bytes given to the key derivation: UTF-8 of the NFC form.

    Keyboards differ in whether they send an accent as one character or two.
    """
    # A lone surrogate can only come from a broken keyboard layer; it must end in "wrong
    # password", not in a traceback.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def weakness_of(password: str, *, user_name: str, clinic_name: str) -> Weakness | None:
    """Return the rule a new password breaks, or ``None``."""
    text = unicodedata.normalize("NFC", password)
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        return Weakness.TOO_SHORT if len(text) < MIN_LENGTH else Weakness.TOO_LONG
    if any(unicodedata.category(c) == "Cs" or c == "\0" for c in text):
        return Weakness.UNREADABLE
    if _letters(user_name) in _letters(text):
        return Weakness.HAS_USER_NAME
    if _letters(clinic_name) in _letters(text):
        return Weakness.HAS_CLINIC_NAME
    return Weakness.GUESSABLE if _score(text, user_name, clinic_name) < _MIN_SCORE else None


def _letters(text: str) -> str:
    """Return ``text`` without case and spaces, so that spacing hides no name."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def _score(text: str, user_name: str, clinic_name: str) -> int:
    # Its word lists are large: only who sets a password needs them.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    known = [user_name, clinic_name, *re.split(r"\W+", clinic_name), "aeapp"]
    known = [word for word in known if word]
    # It takes spaces for strength: "password password" alone would pass.
    spellings = {text[:_JUDGED], "".join(text.split())[:_JUDGED] or " "}
    return min(int(zxcvbn(s, user_inputs=known)["score"]) for s in spellings)
