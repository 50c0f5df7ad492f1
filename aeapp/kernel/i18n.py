"""Mark text for translation where it is declared, translate it where it is shown."""

from __future__ import annotations

import gettext as _gettext

_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def N_(text: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark ``text`` for translation and return it unchanged."""
    return text


def _(text: str) -> str:
    """Return ``text`` in the language of the program."""
    return _translations.gettext(text)


def install(translations: _gettext.NullTranslations) -> None:
    """Use ``translations`` from now on."""
    global _translations  # noqa: PLW0603 - one language a process
    _translations = translations
