"""Why a dose, or a change of one, is refused."""

from __future__ import annotations

from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_


class ExpiredLotError(RefusedError):
    """The lot is past its date and nobody said why it was used."""

    code = "lot.expired"

    def __init__(self) -> None:
        super().__init__(
            N_("This lot is past its date."),
            remedy=N_("Take another lot, or say why this one is used."),
        )


class HeldLotError(RefusedError):
    """The lot is on hold and nobody said why it was used."""

    code = "lot.held"

    def __init__(self) -> None:
        super().__init__(
            N_("This lot is on hold."),
            remedy=N_("Take another lot, or say why this one is used; the Library says why it is."),
        )


class InfusionOverError(RefusedError):
    """The infusion has ended; it cannot be changed any more."""

    code = "infusion.over"

    def __init__(self) -> None:
        super().__init__(
            N_("This infusion has ended and takes no more changes."),
            remedy=N_("Look at it again: somebody else may have stopped it."),
        )


class InfusionRunsError(RefusedError):
    """The amount of an infusion was to be corrected that was not stopped."""

    code = "infusion.runs"

    def __init__(self) -> None:
        super().__init__(
            N_("This infusion was not stopped, so its amount is not known yet."),
            remedy=N_("Stop it, then enter the amount as read off."),
        )


class AmountUntoldError(RefusedError):
    """An infusion was to be stopped of which nothing says what went in."""

    code = "infusion.untold"

    def __init__(self) -> None:
        super().__init__(
            N_("Rate and time do not say how much of this infusion was given."),
            remedy=N_("Say the amount that was given, or that it is not known."),
        )


class PauseError(RefusedError):
    """It is paused already, or runs already."""

    code = "infusion.pause"

    def __init__(self) -> None:
        super().__init__(
            N_("The infusion was paused or resumed already."),
            remedy=N_("Look at it again: somebody else may have done it."),
        )


class RateUnitError(RefusedError):
    """A rate was given in another unit than the infusion runs in."""

    code = "infusion.rate-unit"

    def __init__(self) -> None:
        super().__init__(
            N_("This infusion runs in another unit."),
            remedy=N_("Enter the rate in the unit in which it was begun."),
        )


class DeviceGivenError(RefusedError):
    """The device was given already, or none is to come."""

    code = "device.given"

    def __init__(self) -> None:
        super().__init__(
            N_("This device was given already."),
            remedy=N_("Look at the doses: somebody else may have recorded it."),
        )


class DeviceRuleError(RefusedError):
    """The rest is not over, or it is one device too many, and nobody said why."""

    code = "device.rule"

    def __init__(self) -> None:
        super().__init__(
            N_("The rest of 5 minutes is not over, or 3 devices were given."),
            remedy=N_("Wait, or say why it is given all the same."),
        )


class HoldOverError(RefusedError):
    """The hold is over already."""

    code = "hold.over"

    def __init__(self) -> None:
        super().__init__(
            N_("The end of this hold was recorded already."),
            remedy=N_("Look at the dose again: somebody else may have done it."),
        )
