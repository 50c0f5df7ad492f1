"""Take a case file in as news of a case that is here: added to, never written over or merged away.

What was measured and given stays as it is here; of an event and of the case itself, what the file
answers otherwise is taken, and each item is told with what stood there before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from aeapp.domain import lens
from aeapp.domain.access import Deed
from aeapp.domain.archive import Bundle
from aeapp.domain.differences import differences
from aeapp.domain.items import NullFlavor, Record, Section, attributes_of
from aeapp.domain.lifecycle import SENT, state_of
from aeapp.domain.links import relinked
from aeapp.domain.records import Assessment, CaseFile, Decision, Event, Session
from aeapp.domain.records.beyond_forms import Beyond
from aeapp.domain.values import PartialDate, instant_in_zone
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.exporting import bundle_of
from aeapp.services.gathering import reports_of
from aeapp.services.importing_cases import AlreadyHereError, CaseIntake, ImportedCase
from aeapp.services.importing_patients import NEW

R = TypeVar("R", bound=Section)

REASON = N_("follow-up taken in from a case file")
# What must be equal for two records to be of one thing; of several, those that agree in more.
_ALIKE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "session": (("number",), ()),
    "event": (("verbatim",), ("onset", "session_id")),
    "administration": (("product_id", "started"), ("session_id", "lot_id", "dose")),
    "observation": (("kind", "at"), ("session_id", "test_name")),
    "reporter": (("last_name",), ("first_name", "relation")),
    "awareness": (("at",), ("event_id",)),
    "assessment": (("event_id", "product_id", "assessor"), ()),
    "safety_review": (("score_id",), ()),
    "proposal": (("session_id", "rule", "first"), ()),
}
# What a record is of: another event, session or answer is another thing, however alike the words.
_OF = ("event_id", "session_id", "score_id")
# What a person says of these may be said anew; what was measured, given or written is kept.
_TAKES = (Event, CaseFile)
# The case's own here: its number, its text with what it was made from, what was set aside.
_OURS = frozenset(
    {
        "number",
        "title",
        "narrative",
        "stated",
        "asides",
        "sentences",
        "left_in",
        "struck_reason",
        "sender_number",
        "worldwide_number",
        # What a sender makes of it: theirs is no opinion of the clinic.
        "beyond",
        "diagnoses",
    }
)


class OtherPersonError(RefusedError):
    """News of a case were said to be about another person."""

    code = "import.other-person"

    def __init__(self) -> None:
        super().__init__(
            N_("A follow-up is about the patient of the case that is here."),
            remedy=N_("Say that it is the same person, or take it in as another case."),
            option=N_("--patient known or --patient file; or --case new."),
        )


class NewsIntake(CaseIntake):
    """Stores what is new in a file about a case that is here."""

    def store_news(self, bundle: Bundle, answer: str) -> ImportedCase:
        """Add what the file has beyond the case of its number, and tell each item.

        Raises:
            PatientConflictError: A person has to say who the patient is.
            OtherPersonError: It was said to be about another person.
        """
        self._uow.lock()
        bundle = bundle.completed()
        ours = self._known(bundle)
        if ours is None:
            raise AlreadyHereError(here=False)
        if answer == NEW:
            raise OtherPersonError
        before = bundle_of(self._uow, ours.id)
        self._ours = _by_kind(before)
        self._left: dict[str, int] = {}
        self._ids[bundle.case.id] = ours.id
        patient = self._patient(bundle, answer)
        self._note_what_stays(ours, bundle)
        for record in (*bundle.studies, *bundle.products, *bundle.lots, *bundle.labels):
            self._once(record)
        for session in bundle.sessions:
            self._add(session)
        self._answer_anew(ours, bundle.case)
        for record in _told(bundle):
            self._add(record)
        self._note_left()
        self._note_sent(ours)
        news = differences(before, bundle_of(self._uow, ours.id))
        self._enter(ours)
        reports = reports_of(self._uow, ours.id)
        return ImportedCase(
            case_number=ours.number or "",
            report_number=reports[0].number or "" if reports else "",
            counts=tuple(self._counts.items()),
            patient=patient,
            notes=tuple(self._notes),
            news=tuple(change.sentence() for change in news),
        )

    def _enter(self, ours: CaseFile) -> None:
        self._uow.trail.note(
            "import", who=self._context.who, entity="case", entity_id=ours.id, data=self._counts
        )

    def _known(self, bundle: Bundle) -> CaseFile | None:
        number = bundle.case.number
        found = self._uow.records.find("case", number=number) if number else []
        return next((case for case in found if isinstance(case, CaseFile)), None)

    # --- records

    def _add(self, record: Record) -> None:
        """Store a record that is not here; one that is stays, or takes what is said anew."""
        linked = self._relinked(record)
        same = self._here(record, linked)
        if same is None and isinstance(record, Decision) and not self._context.may(Deed.DECIDE):
            # The latest decision counts: a file is no way around the role.
            self._note(N_("A decision of the file was not taken: to decide is not for your role."))
        elif same is None:
            numbered = self._numbered(record) if isinstance(record, Session) else record
            self._save(numbered)
        else:
            self._ids[record.id] = same.id
            self._taken.add(same.id)
            self._answer_anew(same, linked)

    def _here(self, record: Record, linked: Record) -> Record | None:
        known = [r for r in self._ours.get(record.KIND, ()) if r.id not in self._taken]
        if same := next((r for r in known if r.id == record.id), None):
            return same
        if same := next((r for r in known if _is_of(r, linked) and not _changes(r, linked)), None):
            return same
        must, may = _ALIKE.get(record.KIND, ((), ()))
        # One of which nobody said here what it is of may be meant; one of another thing is not.
        known = [r for r in known if _is_of(r, linked, or_unsaid=True)]
        alike = [r for r in known if must and all(_agree(r, linked, name) for name in must)]
        for name in may:
            alike = [r for r in alike if _agree(r, linked, name)] or alike
        return alike[0] if alike else None

    def _answer_anew(self, ours: Record, theirs: Record) -> None:
        changes = _changes(ours, theirs)
        takes = isinstance(ours, _TAKES)
        if (changes and not takes) or _leaves_parts(ours, theirs):
            self._left[ours.KIND] = self._left.get(ours.KIND, 0) + 1
        if not changes or not takes:
            return
        changed: Any = replace(ours, **changes)
        self._uow.save(changed, who=self._context.who, reason=_(REASON))
        self._counts[ours.KIND] = self._counts.get(ours.KIND, 0) + 1

    # --- what is told

    def _note_what_stays(self, ours: CaseFile, bundle: Bundle) -> None:
        self._note_what_stays_behind(bundle)
        if bundle.case.narrative is not None:
            self._note(N_("The narrative here stays; write into it what the news are."))
        said = ((bundle.case.beyond, ours.beyond), (bundle.case.diagnoses, ours.diagnoses))
        if any(theirs not in (Beyond(), (), mine) for theirs, mine in said):
            self._note(N_("What its sender says beside the narrative is not taken; ours stays."))
        if bundle.reports or bundle.sendings:
            self._note(N_("What the file says of reports and their sending is not taken."))
        if bundle.requests or bundle.questions:
            self._note(N_("What the file says of requests and questions is not taken."))

    def _note_left(self) -> None:
        if self._left:
            some = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in self._left.items())
            words = _("Entries that the file has otherwise stay as they are here: {some}.")
            self._note(words.format(some=some))

    def _note_sent(self, ours: CaseFile) -> None:
        for report in reports_of(self._uow, ours.id):
            if state_of(report) in SENT:
                words = _("{number} was sent: what is new shows as changed since. Begin its "
                          "follow-up.")  # fmt: skip
                self._note(words.format(number=report.number))


def _by_kind(bundle: Bundle) -> dict[str, list[Record]]:
    out: dict[str, list[Record]] = {}
    for record in bundle.records():
        out.setdefault(record.KIND, []).append(record)
    return out


def _told(bundle: Bundle) -> Iterator[Record]:
    """Yield what may be news, those first to which others link."""
    parts: tuple[Sequence[Record], ...] = (
        bundle.administrations, bundle.observations, bundle.events, bundle.checks, bundle.notes,
        bundle.scores, bundle.safety, bundle.proposals, bundle.calls, bundle.reporters,
        bundle.awareness, bundle.consents, bundle.decisions, bundle.assessments,
    )  # fmt: skip
    for part in parts:
        yield from part


def _agree(ours: Record, theirs: Record, name: str) -> bool:
    one, other = getattr(ours, name), getattr(theirs, name)
    if isinstance(one, str) and isinstance(other, str):
        return bool(one) and one.casefold() == other.casefold()
    return one is not None and not lens.differs(one, other)


def _is_of(ours: Record, theirs: Record, *, or_unsaid: bool = False) -> bool:
    """Tell whether the first one is of all that the second one says that it is of."""
    names = (*_OF, "product_id") if isinstance(ours, Assessment) else _OF
    pairs = ((getattr(ours, name, ""), getattr(theirs, name, "")) for name in names)
    return all(said in ("", mine) or (or_unsaid and not mine) for mine, said in pairs)


def _changes(ours: Section, theirs: Section) -> dict[str, Any]:
    """Return what the second one answers otherwise; silence is no contradiction, links stay.

    A part such as the device is told item by item, so that one without a word takes nothing away.
    """
    out: dict[str, Any] = {}
    for a in attributes_of(type(ours)):
        mine, said = getattr(ours, a.name), getattr(theirs, a.name)
        if a.name in _OURS or a.link is not None or said in (None, (), ""):
            continue
        if a.repeated:
            if mine:
                continue
            out[a.name] = said
        elif a.is_section:
            if inner := _changes(mine, said):
                out[a.name] = replace(mine, **inner)
        elif lens.differs(mine, said):
            out[a.name] = said
    return out


def _leaves_parts(ours: Record, theirs: Record) -> bool:
    """Tell whether the second one has a repeated part, such as a coding, that is not taken."""
    for a in attributes_of(type(ours)):
        mine = getattr(ours, a.name)
        if a.name in _OURS or not a.repeated or not mine:
            continue
        if {_bare(p) for p in getattr(theirs, a.name)} - {_bare(p) for p in mine}:
            return True
    return False


def _bare(part: Any) -> Any:
    """Return a repeated part without its links, which mean something in the file only."""
    return relinked(part, lambda _kind, _id: "") if isinstance(part, Section) else part


def more_told(ours: R, theirs: R, zone: dt.tzinfo | None) -> R:
    """Return the second record without what says no more than the first one.

    A message has to answer what its sender does not know, and it says nothing of a criterion that
    it does not tick: neither takes back what stands here, and no date makes one less exact.
    """
    changed: dict[str, Any] = {}
    for a in attributes_of(type(theirs)):
        mine, said = getattr(ours, a.name), getattr(theirs, a.name)
        if mine is None or said is None:
            continue
        if isinstance(said, NullFlavor) or _is_no_finer(mine, said, zone):
            changed[a.name] = None
        elif isinstance(mine, frozenset) and isinstance(said, frozenset) and said:
            changed[a.name] = mine | said
        elif isinstance(said, Section):
            changed[a.name] = more_told(mine, said, zone)
    whole: Any = theirs
    less: R = replace(whole, **changed)
    return less


_FROM_YEAR_DOWN = ("year", "month", "day", "hour", "minute", "second", "offset")


def _is_no_finer(mine: object, said: object, zone: dt.tzinfo | None) -> bool:
    """Tell whether a date is one that stands here, said as exactly or less so."""
    if not (isinstance(mine, PartialDate) and isinstance(said, PartialDate)):
        return False
    if all(getattr(said, name) in (None, getattr(mine, name)) for name in _FROM_YEAR_DOWN):
        return True
    instant = instant_in_zone(mine, zone)
    return instant is not None and instant == instant_in_zone(said, zone)


__all__ = ["NewsIntake", "OtherPersonError", "more_told"]
