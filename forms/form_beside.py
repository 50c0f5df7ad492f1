"""The two pages on screen that a form on paper lacks: the events with decisions, and the case."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.case_parts import AWARENESS, CAUSE, DECISION
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.items import spec_at
from aeapp.kernel.i18n import _
from forms.form_message import of_event
from forms.form_parts import CASE, EVENTS, Add, Block, Entry, Page

_EVENT_ITEMS = (
    "verbatim",
    "onset",
    "ended",
    "severity",
    "seriousness",
    "assessed_by",
    "action_taken",
    "outcome",
    "dechallenge",
    "rechallenge",
    "treatment",
)
# Answered by one key each, one after the other.
QUESTIONS = ("seriousness", "action_taken", "outcome", "dechallenge", "rechallenge")
_CAUSE_ITEMS = ("words", "meddra_code", "meddra_edition", "by_autopsy")
_AWARE_ITEMS = ("at", "who", "teller", "what")
# Asked only where the case has a study.
_STUDY_ITEMS = ("subject_number",)
_DECISION_ITEMS = ("answer", "destinations", "obligation", "reason", "decided_by", "at")
_MOMENTS = frozenset({"onset", "ended", "at"})


def _items(
    prefix: str, names: tuple[str, ...], *, read_only: bool = False, extra: bool = False
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            path=f"{prefix}.{name}",
            caption=_(spec_at(Case, f"{prefix}.{name}").item.label),
            widget="moment" if name in _MOMENTS else "",
            read_only=read_only,
            extra=extra,
        )
        for name in names
    )


def events_page(case: Case, whose: str = "") -> Page:
    """Return the page of the events, each with its decision.

    Args:
        case: The case.
        whose: For whom decisions are, where this person only reads them.
    """
    many = len(case.events) > 1
    blocks: list[Block] = []
    for n in range(len(case.events)):
        heading = _("Event {n}").format(n=n + 1) if many else ""
        blocks.append(Block(heading=heading, entries=_items(f"events[{n}]", _EVENT_ITEMS)))
        blocks += _decisions(case, n, whose)
        blocks.append(of_event(n))
    if not blocks:
        blocks = [Block(text=_("No adverse event in this case."))]
    if died(case):
        blocks += _of_death(case)
    title = _("Assessment and decision")
    return Page(key=EVENTS, letter="", name=_("Events"), title=title, blocks=tuple(blocks))


def _of_death(case: Case) -> Iterator[Block]:
    """Yield what is asked of a death, and each cause that has a code or that an autopsy found."""
    known = _items("patient", ("death_source", "death_cause", "autopsy"))
    yield Block(heading=_("Death"), entries=known)
    for n in range(len(case.patient.causes)):
        yield Block(entries=_items(f"patient.causes[{n}]", _CAUSE_ITEMS, extra=True))
    yield Block(add=Add(part=CAUSE, text=_("Add cause")))


def _decisions(case: Case, event: int, whose: str) -> Iterator[Block]:
    event_id, heading = case.events[event].id, _("Decision")
    found = [n for n, d in enumerate(case.decisions) if d.event_id == event_id]
    for n in found:
        entries = _items(f"decisions[{n}]", _DECISION_ITEMS, read_only=bool(whose))
        yield Block(heading=heading, text=whose, entries=entries)
    if not found and whose:
        yield Block(heading=heading, text=f"{_('Not decided yet.')} {whose}")
    elif not found:
        mends = (("V25", f"events[{event}].verbatim"),)
        add = Add(part=DECISION, text=_("Decide"), first=event_id, mends=mends, about=_("decision"))
        yield Block(heading=heading, text=_("Not decided yet."), add=add)


# Rules that ask for a moment of awareness where there is none.
_OF_AWARENESS = ("V27", "UF2", "IN3")


def case_page(case: Case) -> Page:
    """Return the page of the case itself and of when the clinic learnt of it."""
    learnt = _("When we learnt of it")
    add = Add(
        part=AWARENESS,
        text=_("Add a moment"),
        mends=() if case.awareness else tuple((code, "case.title") for code in _OF_AWARENESS),
        about=_("when we learnt of it"),
    )
    blocks = (
        Block(entries=_items("case", ("title", "involvement", *_STUDY_ITEMS[: len(case.studies)]))),
        *(
            Block(heading=learnt, entries=_items(f"awareness[{n}]", _AWARE_ITEMS))
            for n in range(len(case.awareness))
        ),
        Block(add=add),
    )
    return Page(key=CASE, letter="", name=_("Case"), title=_("The case"), blocks=blocks)


def died(case: Case) -> bool:
    """Tell whether the patient of a case died."""
    met = case.happening.seriousness
    return isinstance(met, frozenset) and Seriousness.DEATH in met
