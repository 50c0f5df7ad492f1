"""Light, dark or as the system has it, and the size of the letters: actions, remembered at once."""

from __future__ import annotations

from functools import partial

from aeapp.kernel.i18n import N_, _
from forms.actions import LOOK, Action
from forms.remembered import Remembered
from forms.theme import Mode, Theme

MODES = {
    Mode.LIGHT: N_("Appearance: light"),
    Mode.DARK: N_("Appearance: dark"),
    Mode.SYSTEM: N_("Appearance: follow the system"),
}


def appearance_actions(theme: Theme, remembered: Remembered) -> tuple[Action, ...]:
    """Return the actions that change how the program looks on this computer."""

    def choose(mode: Mode) -> None:
        theme.set_mode(mode)
        remembered.mode = mode

    def grow(steps: int) -> None:
        theme.grow(steps)
        remembered.percent = theme.percent

    def in_use(mode: Mode) -> str:
        return _("in use") if theme.mode is mode else ""

    modes = (
        Action(
            title=_(title),
            run=partial(choose, mode),
            icon="show",
            words="theme colors mode look",
            reason=partial(in_use, mode),
            menu=LOOK,
        )
        for mode, title in MODES.items()
    )
    sizes = (
        (_("Larger letters"), 1, "add", "Ctrl++"),
        (_("Smaller letters"), -1, "remove", "Ctrl+-"),
    )
    letters = (
        Action(
            title=title,
            run=partial(grow, step),
            icon=icon,
            shortcut=keys,
            words="font zoom",
            menu=LOOK,
        )
        for title, step, icon, keys in sizes
    )
    return (*letters, *modes)
