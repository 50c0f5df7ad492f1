"""What a field of a card cannot be read as."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aeapp.kernel.errors import BadInputError


class FieldError(BadInputError):
    """A field cannot be read as it is; the cursor goes there."""

    def __init__(self, field: QWidget, sentence: str) -> None:
        super().__init__(sentence, remedy="")
        self.field = field
