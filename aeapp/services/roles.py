"""Refuse what is the deed of another role; the table of deeds is ``domain.access``."""

from __future__ import annotations

from typing import ClassVar

from aeapp.domain.access import Deed, roles_of, who_words, words_of
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import _
from aeapp.services.context import WorkContext


class DeedRoleError(RefusedError):
    """Somebody did what is for another role."""

    code: ClassVar[str] = "role.deed"

    def __init__(self, deed: Deed) -> None:
        super().__init__(
            _("“{deed}” is not for your role; nothing was changed.").format(deed=words_of(deed)),
            remedy=_("It is for {who}: ask one of them.").format(who=who_words(roles_of(deed))),
        )
        self.deed = deed


def refuse_others(context: WorkContext, deed: Deed) -> None:
    """Go on only for a person whose role does this.

    Raises:
        DeedRoleError: It is the deed of another role.
    """
    if not context.may(deed):
        raise DeedRoleError(deed)
