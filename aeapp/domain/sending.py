"""What a line of the log of sending must say, so that it can be found again and proven.

What went out in writing has its way, its minute, a number and a proof; where there is no number or
no proof, the line says why. A call has its person or a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import Channel
from aeapp.domain.codelists.lifecycle import SentAs
from aeapp.domain.findings import Finding
from aeapp.domain.records import Sending
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import N_, _


class Lack(StrEnum):
    """What a line lacks."""

    CHANNEL = "channel"
    NAMED = "named"
    AT = "at"
    REFERENCE = "reference"
    PROOF = "proof"


LACKS = {
    Lack.CHANNEL: N_("By what way?"),
    Lack.AT: N_("Give the time to the minute; n is now."),
    Lack.NAMED: N_("Give the person or the number."),
    Lack.REFERENCE: N_("Give the number, or choose why there is none."),
    Lack.PROOF: N_("Give the proof, or choose why there is none."),
}


def lacks_of(line: Sending, *, proven: bool, plain: bool = False) -> tuple[Lack, ...]:
    """Return what a line lacks, in the order in which it is asked for.

    Args:
        line: The line.
        proven: A file that proves it is at hand.
        plain: It is no report, such as the form of a REMS: the person or the number is enough.
    """
    told = plain or line.channel is Channel.PHONE
    person, number = (line.person or "").strip(), (line.reference or "").strip()
    lacking = {
        Lack.CHANNEL: line.channel is None,
        Lack.NAMED: told and not (person or number),
        Lack.AT: line.at is None or not line.at.has_time,
        Lack.REFERENCE: not told and not number and line.reference_lacks is None,
        Lack.PROOF: not told and not proven and line.proof_lacks is None,
    }
    return tuple(lack for lack, missing in lacking.items() if missing)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a report is hardly sent before; it may have been, and then a person says why.

    Attributes:
        learnt: When the clinic first learnt of what the report is about.
        sent: When the version before was first sent.
        version: Number of that version; 0 where it is not kept here.
    """

    learnt: PartialDate | None = None
    sent: PartialDate | None = None
    version: int = 0

    def doubts(self, at: PartialDate | None) -> tuple[str, ...]:
        """Return a sentence for each that is surely later than ``at``."""
        told = []
        if at is not None and self.sent is not None and at.surely_before(self.sent):
            before = _("version {n}").format(n=self.version) if self.version else _("the first one")
            words = _("It would have gone out before {version}, which was sent {when}.")
            told.append(words.format(version=before, when=show(self.sent)))
        if at is not None and self.learnt is not None and at.surely_before(self.learnt):
            words = _("It would have gone out before the clinic learnt of the event, {when}.")
            told.append(words.format(when=show(self.learnt)))
        return tuple(told)


ELSEWHERE = N_("It was sent by the clinic whose case file came in; what went out is not kept here.")


def held_words(held: Iterable[Finding]) -> tuple[str, ...]:
    """Return what an export would wait for, a sentence each."""
    return tuple(dict.fromkeys(f"{f.item or '-'}: {_(f.text)}" for f in held))


def sending_words(line: Sending) -> tuple[str, ...]:
    """Return person, number, document, proof and what was said of the time of a line.

    Where there is no number or no proof, it says why.
    """
    number, proof = line.reference or "", ""
    if line.reference_lacks:
        number = _("no number: {why}").format(why=_(line.reference_lacks.words))
    if line.proof:
        proof = _("proof {name}").format(name=line.proof)
    elif line.proof_lacks:
        proof = _("no proof: {why}").format(why=_(line.proof_lacks.words))
    how = {
        SentAs.OFFICIAL: _("on the official form"),
        SentAs.MESSAGE: _("as an electronic message"),
    }
    official = how.get(line.document, "") if line.document is not None else ""
    date = _("time as given: {why}").format(why=line.at_because) if line.at_because else ""
    return tuple(part for part in (line.person or "", number, official, proof, date) if part)
