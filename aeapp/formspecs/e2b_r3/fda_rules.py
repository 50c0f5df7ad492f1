"""FDA's rejection and warning rules as data: number, element, whose route, condition, our sentence.

Pairs of elements and what the guide asks of everybody carry FDA's numbers where they are checked.
What cannot be told from a message is named in ``NOT_HERE`` with the reason.

Source:
    FDA, E2B(R3) rejection and warning rules (R0004-R0114, W0001-W0012).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from aeapp.domain.items import NullFlavor
from aeapp.formspecs.e2b_r3.message import Part, Value
from aeapp.kernel.i18n import N_

POST, PRE = "fda-postmarket", "fda-premarket"
BOTH = frozenset({POST, PRE})
NOT_HERE: Mapping[str, str] = {
    "R0101": "What FDA has received before stands in no message; a version of ours says that it"
    " amends or nullifies only where an earlier one was sent.",
    "R0105": "FDA alone knows its IND numbers.",
    "R0106": "FDA alone knows its pre-ANDA numbers.",
    "W0009": "FDA alone knows which product an application names.",
    "W0012": "FDA alone knows its IND numbers.",
}
# The element that is missing beside its other half, and FDA's number for that.
PAIR_RULES: Mapping[str, str] = {
    "D.2.2a": "R0029", "D.2.2b": "R0030", "D.2.2.1a": "R0031", "D.2.2.1b": "R0032",
    "D.7.1.r.1a": "R0033", "D.7.1.r.1b": "R0034", "D.8.r.6a": "R0037", "D.8.r.6b": "R0038",
    "D.8.r.7a": "R0039", "D.8.r.7b": "R0040", "D.9.2.r.1a": "R0042", "D.9.2.r.1b": "R0043",
    "D.9.4.r.1a": "R0046", "D.9.4.r.1b": "R0047", "D.10.2.2a": "R0049", "D.10.2.2b": "R0050",
    "D.10.7.1.r.1a": "R0052", "D.10.7.1.r.1b": "R0053", "D.10.8.r.6a": "R0054",
    "D.10.8.r.6b": "R0055", "D.10.8.r.7a": "R0056", "D.10.8.r.7b": "R0057",
    "E.i.1.1b": "R0058", "E.i.6a": "R0059", "E.i.6b": "R0060", "F.r.2.2a": "R0063",
    "G.k.2.3.r.3b": "R0073", "G.k.3.2": "R0074", "G.k.4.r.1b": "R0075", "G.k.4.r.3": "R0076",
    "G.k.4.r.6a": "R0077", "G.k.4.r.6b": "R0078", "G.k.5a": "R0079", "G.k.5b": "R0080",
    "G.k.6a": "R0081", "G.k.6b": "R0082", "G.k.7.r.2a": "R0083", "G.k.7.r.2b": "R0084",
    "G.k.9.i.3.1a": "R0088", "G.k.9.i.3.1b": "R0089", "G.k.9.i.3.2a": "R0090",
    "G.k.9.i.3.2b": "R0091", "H.3.r.1a": "R0097", "H.3.r.1b": "R0098", "H.5.r.1b": "R0099",
}  # fmt: skip
# The same condition seen from another element: one finding carries the first number.
SAME_AS: Mapping[str, str] = {
    "R0064": "R0062", "R0066": "R0065", "R0068": "R0065",
}  # fmt: skip
_IND = frozenset({"CDER_IND", "CBER_IND"})
_NO_IND = "CDER_IND_EXEMPT_BA_BE"
_TOGETHER = frozenset({"AGGREGATE", "AGGREGRATE"})
_MANY = _TOGETHER | {"SUMMARY"}
# MedDRA: no adverse event.
_NO_EVENT = "10067482"
_PROBLEM = re.compile(r"C\d{3,6}|[A-G]\d{2,6}|\d{4}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message with what its batch says."""

    batch: Mapping[str, Value]
    message: Part

    def text(self, number: str) -> str:
        """Return a value of the message."""
        return self.message.text(number)

    def null(self, number: str) -> bool:
        """Tell whether the reason NI stands there."""
        return self.message.values.get(number) is NullFlavor.NI

    def has(self, number: str) -> bool:
        """Tell whether a value or a reason stands there."""
        return number in self.message.values

    @property
    def center(self) -> str:
        """Return to which centre it goes."""
        return self.text("N.2.r.3")

    @property
    def for_ind(self) -> bool:
        """Tell whether it is of an IND."""
        return self.center in _IND

    @property
    def devices(self) -> list[tuple[Part, Part]]:
        """Return each device part with its product."""
        products = self.message.members("G.k")
        return [(p, device) for p in products for device in p.members("FDA.G.k.12.r")]

    @property
    def fails(self) -> bool:
        """Tell whether a device part had a malfunction."""
        return any(d.text("FDA.G.k.12.r.1") == "true" for _p, d in self.devices)

    @property
    def combined(self) -> bool:
        """Tell whether it is of a combination product."""
        return self.text("FDA.C.1.12") == "true"

    @property
    def is_first(self) -> bool:
        """Tell whether it looks like a first report: nothing is newer than its first day."""
        return not self.has("C.1.11.1") and self.text("C.1.4") == self.text("C.1.5")

    @property
    def of_ind_study(self) -> bool:
        """Tell whether it is from a study under an IND."""
        return self.text("C.1.3") == "2" and self.has("FDA.C.5.5a")

    def roles(self) -> list[str]:
        """Return the roles of the products, in order."""
        return [product.text("G.k.1") for product in self.message.members("G.k")]


@dataclass(frozen=True, slots=True)
class FdaRule:
    """One rule.

    Attributes:
        number: FDA's.
        element: That the finding names.
        routes: Profiles for which it holds.
        broken: Tells whether a message breaks it.
        says: Our sentence of what is wrong.
    """

    number: str
    element: str
    routes: frozenset[str]
    broken: Callable[[Sent], bool]
    says: str

    @property
    def warns(self) -> bool:
        """Tell whether FDA takes the message all the same."""
        return self.number.startswith("W")


def _post(number: str, element: str, broken: Callable[[Sent], bool], says: str) -> FdaRule:
    return FdaRule(number, element, frozenset({POST}), broken, says)


def _pre(number: str, element: str, broken: Callable[[Sent], bool], says: str) -> FdaRule:
    return FdaRule(number, element, frozenset({PRE}), broken, says)


def _both(number: str, element: str, broken: Callable[[Sent], bool], says: str) -> FdaRule:
    return FdaRule(number, element, BOTH, broken, says)


def _receiver(sent: Sent, *known: str) -> bool:
    # The gateway for tests adds to the name.
    return str(sent.batch.get("N.1.4", "")) not in known


def _kind_unfit(sent: Sent, *, combined: bool, urgent: bool, fitting: Iterable[str]) -> bool:
    """Tell whether the kind of local report does not fit what it is of."""
    here = sent.combined is combined and (sent.text("C.1.7") == "true") is urgent
    return here and sent.has("FDA.C.1.7.1") and sent.text("FDA.C.1.7.1") not in fitting


def _unexplained(sent: Sent, number: str) -> bool:
    """Tell whether a suspect of an IND study lacks this part of the sponsor's opinion."""
    if not sent.of_ind_study:
        return False
    for product in sent.message.members("G.k"):
        pairs = product.members("G.k.9.i")
        opinions = [o for pair in pairs for o in pair.members("G.k.9.i.2.r")]
        if product.text("G.k.1") in {"1", "3"} and not any(o.text(number) for o in opinions):
            return True
    return False


def _not_na(sent: Sent, *numbers: str) -> bool:
    d1 = sent.message.values.get("D.1")
    if d1 is not NullFlavor.NA and d1 not in _MANY:
        return False
    (number,) = numbers
    parts = [sent.message, *sent.message.members("FDA.D.11.r")]
    return not any(part.values.get(number) is NullFlavor.NA for part in parts)


def _dead_without_date(sent: Sent) -> bool:
    died = any(r.text("E.i.3.2a") == "true" for r in sent.message.members("E.i"))
    return died and sent.for_ind and sent.text("C.1.3") == "2" and not sent.has("D.9.1")


def _device_lacks(sent: Sent, number: str) -> bool:
    if not sent.combined:
        return False
    return not sent.devices or any(number not in device.values for _p, device in sent.devices)


def _nameless(sent: Sent) -> bool:
    return sent.combined and any(
        not device.text("FDA.G.k.12.r.4")
        and not device.text("FDA.G.k.12.r.5")
        and not device.text("FDA.G.k.12.r.6")
        for _p, device in sent.devices
    )


def _codes(device: Part) -> list[str]:
    return [m.text("FDA.G.k.12.r.3.r") for m in device.members("FDA.G.k.12.r.3.r")]


def _similar(sent: Sent) -> bool:
    """Tell whether a device that was not used failed and nobody says that it is similar."""
    return sent.combined and any(
        product.text("G.k.1") == "4"
        and device.text("FDA.G.k.12.r.1") == "true"
        and not product.text("FDA.G.k.1.a")
        for product, device in sent.devices
    )


def _research_number(sent: Sent) -> bool:
    if sent.text("C.1.3") != "2" or sent.text("C.5.4") not in {"2", "3"}:
        return False
    found = [product.text("G.k.3.1").upper() for product in sent.message.members("G.k")]
    return any("IND" in number or "PANDA" in number for number in found)


def _no_problem_code(sent: Sent) -> bool:
    return any(d.text("FDA.G.k.12.r.1") == "true" and not _codes(d) for _p, d in sent.devices)


def _no_remedy(sent: Sent) -> bool:
    return sent.text("FDA.C.1.7.1") == "4" and any(
        d.text("FDA.G.k.12.r.1") == "true" and not d.members("FDA.G.k.12.r.11.r")
        for _p, d in sent.devices
    )


def _wants_number(sent: Sent) -> bool:
    numbers = sent.has("FDA.C.5.5a") or sent.has("FDA.C.5.5b")
    return numbers and sent.text("C.5.4") in {"1", "2", "3"} and sent.text("C.1.3") != "2"


def _unknown_study(sent: Sent) -> bool:
    return sent.text("C.1.3") == "2" and sent.text("C.5.4") not in {"1", "2", "3"}


def _spontaneous_study(sent: Sent) -> bool:
    return sent.text("C.1.3") == "1" and sent.has("C.5.4")


_IND_MISSING = N_("A report of an IND names its number.")
_OPINION = N_("A report of an IND study gives the sponsor's opinion on each suspect.")
_KIND = N_("The kind of local report does not fit the product and whether it is urgent.")
RULES: tuple[FdaRule, ...] = (
    _post("R0004", "N.1.4", lambda s: _receiver(s, "ZZFDA", "ZZFDATST"),
          N_("A message after approval goes to ZZFDA.")),
    _pre("R0005", "N.1.4", lambda s: _receiver(s, "ZZFDA_PREMKT", "ZZFDATST_PREMKT"),
         N_("A message before approval goes to ZZFDA_PREMKT.")),
    _post("R0006", "N.2.r.3", lambda s: s.center != "CDER",
          N_("A message after approval is for the centre CDER.")),
    _pre("R0007", "N.2.r.3", lambda s: s.center not in {*_IND, _NO_IND},
         N_("A message before approval is for CDER_IND, CBER_IND or CDER_IND_EXEMPT_BA_BE.")),
    _pre("R0008", "C.1.3", _wants_number,
         N_("With the number and the type of a study it is a report from a study.")),
    _pre("R0110", "C.1.3",
         lambda s: s.for_ind and s.has("FDA.C.5.5a") and not s.has("C.5.4")
         and s.text("C.1.3") != "1",
         N_("Without a type of study it is a spontaneous report.")),
    _pre("R0111", "C.1.3", lambda s: s.center == _NO_IND and s.text("C.1.3") != "2",
         N_("A report of a study that needs no IND is a report from a study.")),
    _pre("R0112", "C.1.3", lambda s: s.for_ind and s.text("C.1.3") in {"3", "4"},
         N_("A report of an IND is spontaneous or from a study.")),
    _both("R0011", "C.1.7", lambda s: s.is_first and s.null("C.1.7"),
          N_("A first report says whether it is urgent by local rules.")),
    _post("R0012", "FDA.C.1.7.1",
          lambda s: _kind_unfit(s, combined=True, urgent=True, fitting="14"), _KIND),
    _post("R0013", "FDA.C.1.7.1",
          lambda s: _kind_unfit(s, combined=True, urgent=False, fitting="25"), _KIND),
    _post("R0014", "FDA.C.1.7.1",
          lambda s: _kind_unfit(s, combined=False, urgent=True, fitting="1"), _KIND),
    _post("R0015", "FDA.C.1.7.1",
          lambda s: _kind_unfit(s, combined=False, urgent=False, fitting="2"), _KIND),
    _pre("R0016", "FDA.C.1.7.1",
         lambda s: s.text("C.1.7") == "true" and s.text("C.1.3") in {"1", "2"}
         and s.text("FDA.C.1.7.1") not in {"1", "6"},
         N_("What is urgent before approval is a report of 15 or of 7 days.")),
    _both("W0001", "C.1.10.r",
          lambda s: s.text("D.1") in _TOGETHER and not s.message.members("C.1.10.r"),
          N_("A report of many cases names the numbers of all of them.")),
    _pre("R0102", "C.5.4", _unknown_study, N_("A report from a study names the type of study.")),
    _post("R0103", "C.5.4", _spontaneous_study,
          N_("A spontaneous report has no type of study.")),
    _post("R0104", "C.5.4", _unknown_study, N_("A report from a study names the type of study.")),
    _pre("R0113", "C.5.4", lambda s: s.for_ind and _spontaneous_study(s),
         N_("A spontaneous report has no type of study.")),
    _both("W0002", "C.5.4", lambda s: s.text("D.1") in _TOGETHER and s.text("C.5.4") != "1",
          N_("A report of many cases is of clinical trials.")),
    _pre("R0024", "FDA.C.5.5a",
         lambda s: s.for_ind and s.text("C.1.3") in {"1", "2"} and not s.has("FDA.C.5.5a"),
         _IND_MISSING),
    _post("R0107", "FDA.C.5.5a", lambda s: s.has("FDA.C.5.5a"),
          N_("After approval no IND number stands here.")),
    _pre("R0025", "FDA.C.5.5b", lambda s: s.center == _NO_IND and not s.has("FDA.C.5.5b"),
         N_("A report of a study that needs no IND names its pre-ANDA number.")),
    _post("R0108", "FDA.C.5.5b", lambda s: s.has("FDA.C.5.5b"),
          N_("After approval no pre-ANDA number stands here.")),
    _pre("R0026", "FDA.C.5.6.r",
         lambda s: s.has("FDA.C.5.5a") and not s.message.members("FDA.C.5.6.r"),
         N_("It says to which other INDs it is reported, or that there are none.")),
    _post("R0109", "FDA.C.5.6.r", lambda s: bool(s.message.members("FDA.C.5.6.r")),
          N_("After approval no other IND numbers stand here.")),
    _both("R0027", "D.1",
          lambda s: s.combined and s.fails
          and any(r.text("E.i.2.1b") == _NO_EVENT for r in s.message.members("E.i"))
          and s.message.values.get("D.1") not in {NullFlavor.NA, "SUMMARY"},
          N_("A device that failed without an event has no patient: NA stands there.")),
    _pre("W0010", "D.1",
         lambda s: s.of_ind_study and bool(s.message.members("C.1.10.r"))
         and s.text("D.1") not in _TOGETHER,
         N_("A report of an IND study that is linked to others is of many cases.")),
    _pre("R0041", "D.9.1", _dead_without_date,
         N_("A death in an IND study has its date, or why it is not known.")),
    _both("W0003", "FDA.D.11.r.1", lambda s: _not_na(s, "FDA.D.11.r.1"),
          N_("Without one patient the race does not apply: NA stands there.")),
    _both("W0004", "FDA.D.12", lambda s: _not_na(s, "FDA.D.12"),
          N_("Without one patient the ethnicity does not apply: NA stands there.")),
    _post("R0069", "G.k.1", lambda s: not {"1", "3", "4"} & set(s.roles()),
          N_("No product is a suspect, interacting, or not given.")),
    _pre("R0070", "G.k.1",
         lambda s: s.for_ind and s.text("C.1.3") == "2" and not {"1", "3"} & set(s.roles()),
         N_("No product of the IND study is a suspect or interacting.")),
    _pre("R0071", "G.k.1",
         lambda s: s.center == _NO_IND and not {"1", "3", "4"} & set(s.roles()),
         N_("No product of the study is a suspect, interacting, or not given.")),
    _both("W0005", "G.k.1", lambda s: s.roles()[:1] not in (["1"], ["3"], ["4"]),
          N_("The first product is a suspect, interacting, or not given.")),
    _both("R0072", "FDA.G.k.1.a", _similar,
          N_("A device that failed without being used is said to be similar.")),
    _post("R0114", "G.k.3.1", _research_number,
          N_("After approval the application number is none of an IND or pre-ANDA.")),
    _pre("R0085", "G.k.9.i.2.r.1", lambda s: _unexplained(s, "G.k.9.i.2.r.1"), _OPINION),
    _pre("R0086", "G.k.9.i.2.r.2", lambda s: _unexplained(s, "G.k.9.i.2.r.2"), _OPINION),
    _pre("R0087", "G.k.9.i.2.r.3", lambda s: _unexplained(s, "G.k.9.i.2.r.3"), _OPINION),
    _pre("W0006", "FDA.G.k.10a",
         lambda s: s.has("FDA.C.5.5b")
         and any("FDA.G.k.10a" not in p.values for p in s.message.members("G.k")),
         N_("Each product says what it was in the bioequivalence study, or NA.")),
    _both("R0092", "FDA.G.k.12.r.1", lambda s: s.text("FDA.C.1.7.1") == "5" and not s.fails,
          N_("A report of 30 days is of a device that failed.")),
    _both("R0093", "FDA.G.k.12.r.3.r", _no_problem_code,
          N_("A device that failed has a problem code.")),
    _both("W0008", "FDA.G.k.12.r.3.r",
          lambda s: any(not _PROBLEM.fullmatch(c) for _p, d in s.devices for c in _codes(d)),
          N_("This is no problem code of FDA or IMDRF.")),
    _both("R0094", "FDA.G.k.12.r.4", lambda s: _device_lacks(s, "FDA.G.k.12.r.4"),
          N_("The device of a combination product has a brand name, or why not.")),
    _both("R0095", "FDA.G.k.12.r.5", lambda s: _device_lacks(s, "FDA.G.k.12.r.5"),
          N_("The device of a combination product has a common name, or why not.")),
    _both("R0096", "FDA.G.k.12.r.6", _nameless,
          N_("A device without a name has its product code.")),
    _both("W0007", "FDA.G.k.12.r.11.r", _no_remedy,
          N_("A report of 5 days says what is done about the device.")),
)  # fmt: skip


def broken(batch: Mapping[str, Value], message: Part, route: str) -> Iterable[FdaRule]:
    """Yield the rules of a route that a message breaks."""
    sent = Sent(batch, message)
    return (rule for rule in RULES if route in rule.routes and rule.broken(sent))
