"""Login names and the printable names kept in the key file."""

from __future__ import annotations

import re
import unicodedata

from aeapp.vault.errors import UserNameError, VaultTextError

_USER_NAME = re.compile(r"[a-z0-9._-]{3,32}")
_MAX_TEXT = 200


def fold_user_name(text: str) -> str:
    """Return the one spelling of a login name, so that case never makes two people."""
    folded = text.strip().casefold()
    if not _USER_NAME.fullmatch(folded):
        raise UserNameError
    return folded


def clean_text(text: str) -> str:
    """Return a printed or clinic name in its stored form (NFC, trimmed, one line)."""
    cleaned = unicodedata.normalize("NFC", text).strip()
    # Cc and Cs: line breaks, NUL and lone surrogates have no place in a name.
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in cleaned):
        raise VaultTextError
    if not 1 <= len(cleaned) <= _MAX_TEXT:
        raise VaultTextError
    return cleaned
