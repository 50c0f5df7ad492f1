"""Quick lines of the notes card as data: a digit writes what is done most at a chair."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codelists.session import NoteKind
from aeapp.kernel.i18n import N_


@dataclass(frozen=True, slots=True)
class QuickNote:
    """One line that a digit writes.

    Attributes:
        open_end: The words want more, such as a litre or a name; the cursor then waits behind them.
    """

    digit: str
    words: str
    kind: NoteKind
    open_end: bool = False


QUICK: tuple[QuickNote, ...] = (
    QuickNote("1", N_("Oxygen given"), NoteKind.INTERVENTION, open_end=True),
    QuickNote("2", N_("Infusion paused"), NoteKind.INTERVENTION),
    QuickNote("3", N_("Physician told"), NoteKind.INTERVENTION, open_end=True),
    QuickNote("4", N_("Physician at chair"), NoteKind.INTERVENTION),
    QuickNote("5", N_("Position changed"), NoteKind.INTERVENTION),
    QuickNote("6", N_("Suction"), NoteKind.INTERVENTION),
    QuickNote("7", N_("IV line"), NoteKind.EQUIPMENT, open_end=True),
    QuickNote("8", N_("Monitor changed"), NoteKind.EQUIPMENT),
    QuickNote("9", N_("Pump changed"), NoteKind.EQUIPMENT),
)
