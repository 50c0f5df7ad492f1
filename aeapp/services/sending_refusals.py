"""Why a line of the log of sending, or a request, is not taken."""

from __future__ import annotations

from collections.abc import Sequence

from aeapp.domain.lifecycle import Act, transition, who_may
from aeapp.domain.sending import LACKS, Lack
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _


class SendingIncompleteError(RefusedError):
    """A line of the log lacks what would prove it."""

    code = "sending.incomplete"

    def __init__(self, lacks: Sequence[Lack]) -> None:
        words = " ".join(_(LACKS[lack]) for lack in lacks)
        super().__init__(
            _("The entry does not say enough to be found again. {lacks}").format(lacks=words),
            remedy=N_("Give each, or choose why there is no number and no proof."),
        )


class SentInFutureError(RefusedError):
    """A line of the log lies in the future."""

    code = "sending.future"

    def __init__(self) -> None:
        super().__init__(
            N_("The time of sending lies in the future."),
            remedy=N_("Record a report after it was sent, with the time at which it was sent."),
        )


class TimeDoubtedError(RefusedError):
    """A report was to be recorded as sent before something that surely came first."""

    code = "sending.time-doubted"

    def __init__(self, doubts: Sequence[str]) -> None:
        super().__init__(
            " ".join(doubts),
            remedy=N_("Correct the time. If it is right, say why; that is kept with the line."),
            option=N_("--time-reason says why."),
        )


class SendingRoleError(RefusedError):
    """Somebody whose role it is not wanted to record what was sent in writing."""

    code = "sending.role"

    def __init__(self) -> None:
        super().__init__(
            N_("Your role does not record what was sent in writing."),
            remedy=_("It is a step of {who}; a call anybody records.").format(
                who=who_may(transition(Act.SUBMIT))
            ),
        )


class UnsignedError(RefusedError):
    """A report was to be recorded as sent that nobody had approved."""

    code = "sending.unsigned"

    def __init__(self) -> None:
        super().__init__(
            N_("Nobody approved this report before it went out."),
            remedy=N_("Approve it first. If it went out all the same, say why; that is kept."),
            option=N_("--unsigned says why."),
        )


class VoidReportError(RefusedError):
    """A void report was to be recorded as sent."""

    code = "sending.void"

    def __init__(self) -> None:
        super().__init__(
            N_("This report is void, so it was not sent."),
            remedy=N_("Take the report up again first, with the reason, if it was sent after all."),
        )


class ProofRefusedError(RefusedError):
    """A proof of sending is not what can be kept and opened later."""

    code = "sending.proof"

    def __init__(self) -> None:
        super().__init__(
            N_("This file is not kept as a proof."),
            remedy=N_("Give a PDF, a PNG or JPEG picture or a plain text of at most 25 MB."),
        )


class RequestIncompleteError(RefusedError):
    """A request lacks who asks."""

    code = "request.incomplete"

    def __init__(self) -> None:
        super().__init__(
            N_("It is not said who asks."),
            remedy=N_("Choose FDA, the maker or the board."),
        )


class QuestionAnsweredError(RefusedError):
    """A question was to be answered that is answered, or is not there."""

    code = "request.answered"

    def __init__(self) -> None:
        super().__init__(
            N_("This question has its answer already."),
            remedy=N_("Open the request again; it shows what was answered, when and by whom."),
        )


class SignatureOutdatedError(RefusedError):
    """A report was to be recorded as sent whose records changed after it was approved."""

    code = "sending.outdated"

    def __init__(self) -> None:
        super().__init__(
            N_("The records changed since this report was approved: it is not what was signed."),
            remedy=N_("Approve it again. If it went out all the same, say why; that is kept."),
        )


class NothingCameError(RefusedError):
    """A number or a proof was to be added to a line that has it, or nothing was given."""

    code = "sending.nothing-came"

    def __init__(self) -> None:
        super().__init__(
            N_("The line lacks nothing of what was given; it stays as it is."),
            remedy=N_("Give the number or the proof that it lacks; a line is never rewritten."),
        )


class SentElsewhereError(RefusedError):
    """A further line was to be recorded of what another clinic had sent."""

    code = "sending.elsewhere"

    def __init__(self) -> None:
        super().__init__(
            N_("This report was sent by the clinic whose case file came in; it is not kept here."),
            remedy=N_("Begin a further version; what goes out from here is kept."),
        )


__all__ = [
    "NothingCameError",
    "ProofRefusedError",
    "QuestionAnsweredError",
    "RequestIncompleteError",
    "SendingIncompleteError",
    "SendingRoleError",
    "SentElsewhereError",
    "SentInFutureError",
    "SignatureOutdatedError",
    "TimeDoubtedError",
    "UnsignedError",
    "VoidReportError",
]
