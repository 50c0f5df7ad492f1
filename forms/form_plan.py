"""What stands on the screen for a form: pages of entries, made from the form's data and the case.

Plain data; the widgets are elsewhere. A page is one lettered section of the paper, one member of
a section that repeats, or one of the two pages that the paper lacks: the events and the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aeapp.domain import lens
from aeapp.domain.case import Case, source_of
from aeapp.domain.case_parts import AWARENESS, CONCOMITANT, DECISION, SUSPECT
from aeapp.domain.items import spec_at
from aeapp.formspecs.model import Cell, FormSpec, Repeat, Section, member_page
from aeapp.kernel.i18n import N_, _

EVENTS, CASE = "events", "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field.

    Attributes:
        note: What stands under the field while nothing is wrong.
        widget: Name of a widget, where type and item do not decide.
        beside: Stands in one row with the entry before.
        needs: ``path=code`` without which the field is not asked.
        instead_of: Path of an item that makes this one needless.
        room: Characters the official cell holds; what is longer goes on elsewhere. 0 for any.
    """

    path: str
    number: str = ""
    caption: str = ""
    note: str = ""
    widget: str = ""
    beside: bool = False
    read_only: bool = False
    needs: str = ""
    instead_of: str = ""
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """A button that adds a part of the case.

    Attributes:
        first: First id of the part where it belongs to something, such as the event.
        mends: Rule and path of the finding that asks for the part.
        about: What the part is called in a finding.
    """

    part: str
    text: str
    first: str = ""
    mends: tuple[str, str] | None = None
    about: str = ""

    @property
    def key(self) -> str:
        """Return a name of its own on its page."""
        return f"{self.part} {self.first}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Entries under a heading of their own.

    Attributes:
        text: A sentence in place of, or above, the entries.
        table: The path of a list that is shown as a table and not edited here.
    """

    heading: str = ""
    text: str = ""
    number: str = ""
    entries: tuple[Entry, ...] = ()
    table: str = ""
    add: Add | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the form on screen.

    Attributes:
        key: Name of the page, such as ``B`` or ``D2``.
        name: A word or two for the list of sections.
        rows: The page counts rows instead of answers.
        optional: The page may stay empty as a whole.
    """

    key: str
    letter: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    rows: str = ""
    optional: bool = False

    def entries(self) -> Iterator[Entry]:
        """Yield every field of the page in reading order."""
        for block in self.blocks:
            yield from block.entries

    @property
    def mends(self) -> dict[tuple[str, str], Add]:
        """Return the buttons that mend a finding, by its rule and path."""
        adds = (block.add for block in self.blocks)
        return {add.mends: add for add in adds if add is not None and add.mends}

    @property
    def skeleton(self) -> tuple[object, ...]:
        """Return what the widgets depend on; while it stays equal they need not be made anew."""
        return tuple(
            (b.table, b.text, b.add, tuple((e.path, e.read_only) for e in b.entries))
            for b in self.blocks
        )


# The form's section titles are in capitals; on screen they are words.
_NAMES: dict[str, tuple[str, str]] = {
    "PATIENT INFORMATION": (N_("Patient"), N_("Patient information")),
    "ADVERSE EVENT, PRODUCT PROBLEM": (N_("Event"), N_("Adverse event, product problem")),
    "PRODUCT AVAILABILITY": (N_("Availability"), N_("Product availability")),
    "SUSPECT PRODUCTS": (N_("Product"), N_("Suspect product")),
    "SUSPECT MEDICAL DEVICE": (N_("Device"), N_("Suspect medical device")),
    "OTHER (CONCOMITANT) MEDICAL PRODUCTS": (
        N_("Other products"),
        N_("Other (concomitant) medical products"),
    ),
    "REPORTER": (N_("Reporter"), N_("Reporter")),
}
_OPTIONAL = frozenset({"E"})
# Items that stand in one row with the item before them.
_BESIDE = frozenset(
    {
        "age_unit",
        "weight_unit",
        "strength_unit",
        "maker",
        "dose_unit",
        "duration_unit",
        "frequency_text",
        "route_text",
        "reported_on",
        "bought_state",
        "bought_postal_code",
        "state",
        "postal_code",
        "first_name",
        "email",
    }
)
_COMPUTED = N_("Computed; what you type is kept as stated.")
_STATED = N_("Stated here in place of the computed value.")
_ELSEWHERE = N_("Several events: answer for each one under Events.")
_SHOWN = N_("Shown from the session; change it there.")


def shape(case: Case) -> tuple[object, ...]:
    """Return what the plan depends on besides the form; while it stays equal, so does the plan."""
    return (
        case.sources,
        tuple(stated.path for stated in case.case.stated),
        tuple(event.id for event in case.events),
        tuple(fact.id for fact in case.awareness),
        tuple((decision.id, decision.event_id) for decision in case.decisions),
        tuple(row.shown for row in case.tests),
        len(case.suspects),
        len(case.concomitants),
    )


def plan(form: FormSpec, case: Case) -> tuple[Page, ...]:
    """Return the pages of ``form`` for ``case``, those of the paper first."""
    return (*_paper(form, case), _events_page(case), _case_page(case))


def _paper(form: FormSpec, case: Case) -> Iterator[Page]:
    done: set[str] = set()
    for section in form.sections:
        if not section.cells or section.letter in done:
            continue
        repeat = _repeat_of(form, section)
        if repeat is not None and repeat.page is not None:
            done.add(section.letter)
            yield from _members(repeat, repeat.page, case)
        elif repeat is not None and all(c.path.startswith(repeat.path) for c in section.cells):
            yield _list_page(section, repeat, case)
        else:
            yield _page(form, section, case)


def _repeat_of(form: FormSpec, section: Section) -> Repeat | None:
    first = section.cells[0].path
    return next((r for r in form.repeats if first.startswith(f"{r.path}[")), None)


def _words(section: Section) -> tuple[str, str]:
    plain = section.title.capitalize()
    name, title = _NAMES.get(section.title, (plain, plain))
    return _(name), _(title)


def _page(form: FormSpec, section: Section, case: Case) -> Page:
    name, title = _words(section)
    tables = {r.path: r for r in form.repeats if r.page is None}
    blocks: list[Block] = []
    run: list[Entry] = []
    for cell in section.cells:
        head = cell.path.partition("[")[0]
        if head not in tables or "[" not in cell.path:
            run.append(_entry(cell, case))
        elif not any(block.table == head for block in blocks):
            blocks += [Block(entries=tuple(run)), _table(tables[head], case)]
            run = []
    blocks.append(Block(entries=tuple(run)))
    return Page(
        key=section.letter,
        letter=section.letter,
        name=name,
        title=title,
        blocks=tuple(block for block in blocks if block.entries or block.table),
        optional=section.letter in _OPTIONAL,
    )


def _table(repeat: Repeat, case: Case) -> Block:
    members = repeat.members(case)
    further = len(lens.get(case, repeat.path)) - min(len(members), repeat.room)
    text = ""
    if not members:
        text = _("No readings yet; they come from the session.")
    elif further:
        text = _("{n} further readings follow on the continuation page.").format(n=further)
    return Block(
        heading=_("Relevant test/laboratory data"),
        number=repeat.number,
        text=text,
        table=repeat.path,
    )


def _members(repeat: Repeat, section: Section, case: Case) -> Iterator[Page]:
    name, title = _words(section)
    add = Add(part=SUSPECT, text=_("Add product"))
    count = len(repeat.members(case))
    for n in range(count):
        cells = member_page(section, n, 0).cells
        entries = tuple(_entry(cell, case) for cell in cells)
        yield Page(
            key=f"{section.letter}{n + 1}",
            letter=section.letter,
            name=f"{name} {n + 1}",
            title=f"{title} {n + 1}",
            blocks=(Block(entries=entries), Block(add=add)),
        )
    if not count:
        text = _("No suspect product yet.")
        blocks = (Block(text=text, add=add),)
        yield Page(
            key=f"{section.letter}1", letter=section.letter, name=name, title=title, blocks=blocks
        )


def _list_page(section: Section, repeat: Repeat, case: Case) -> Page:
    name, title = _words(section)
    first = [c for c in section.cells if c.path.startswith(f"{repeat.path}[0]")]
    blocks = []
    for n in repeat.members(case):
        cells = [(c, c.path.replace("[0]", f"[{n}]")) for c in first]
        entries = tuple(
            _entry(cell, case, path, beside=k > 0) for k, (cell, path) in enumerate(cells)
        )
        blocks.append(Block(entries=entries))
    text = "" if blocks else _("Nothing else was taken at the time, as far as entered.")
    blocks.append(Block(text=text, add=Add(part=CONCOMITANT, text=_("Add row"))))
    return Page(
        key=section.letter,
        letter=section.letter,
        name=name,
        title=title,
        blocks=tuple(blocks),
        rows=repeat.path,
    )


def _entry(cell: Cell, case: Case, path: str = "", *, beside: bool = False) -> Entry:
    path = path or cell.path
    name = path.rpartition(".")[2]
    beside = beside or name in _BESIDE
    several = path == "happening.seriousness" and len(case.events) > 1
    computed = source_of(case, path) is None
    in_list = path.startswith("concomitants[")
    return Entry(
        path=path,
        number=cell.number,
        caption=cell.caption,
        note=_ELSEWHERE if several else _note(case, path, computed=computed, in_list=in_list),
        beside=beside,
        # A value stated for a row would go to another reading or medicine when rows shift.
        read_only=several or (computed and in_list),
        needs=cell.needs,
        instead_of=cell.instead_of,
        room=cell.max_chars,
    )


def _note(case: Case, path: str, *, computed: bool, in_list: bool) -> str:
    if not computed:
        return ""
    if in_list:
        return _SHOWN
    if any(s.path == path for s in case.case.stated):
        return _STATED
    # A unit beside its number need not say it again.
    return "" if path.endswith("_unit") else _COMPUTED


# --- pages that the paper lacks

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
_AWARE_ITEMS = ("at", "who", "teller", "what")
_DECISION_ITEMS = ("answer", "destinations", "obligation", "reason", "decided_by", "at")
_MOMENTS = frozenset({"onset", "ended", "at"})


def _items(prefix: str, names: tuple[str, ...]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            path=f"{prefix}.{name}",
            caption=_(spec_at(Case, f"{prefix}.{name}").item.label),
            widget="moment" if name in _MOMENTS else "",
        )
        for name in names
    )


def _events_page(case: Case) -> Page:
    many = len(case.events) > 1
    blocks: list[Block] = []
    for n in range(len(case.events)):
        heading = _("Event {n}").format(n=n + 1) if many else ""
        blocks.append(Block(heading=heading, entries=_items(f"events[{n}]", _EVENT_ITEMS)))
        blocks += _decisions(case, n)
    if not blocks:
        blocks = [Block(text=_("No adverse event in this case."))]
    title = _("Assessment and decision")
    return Page(key=EVENTS, letter="", name=_("Events"), title=title, blocks=tuple(blocks))


def _decisions(case: Case, event: int) -> Iterator[Block]:
    event_id, heading = case.events[event].id, _("Decision")
    found = [n for n, d in enumerate(case.decisions) if d.event_id == event_id]
    for n in found:
        yield Block(heading=heading, entries=_items(f"decisions[{n}]", _DECISION_ITEMS))
    if not found:
        mends = ("V25", f"events[{event}].verbatim")
        add = Add(part=DECISION, text=_("Decide"), first=event_id, mends=mends, about=_("decision"))
        yield Block(heading=heading, text=_("Not decided yet."), add=add)


def _case_page(case: Case) -> Page:
    learnt = _("When we learnt of it")
    add = Add(
        part=AWARENESS,
        text=_("Add a moment"),
        mends=None if case.awareness else ("V27", "case.title"),
        about=_("when we learnt of it"),
    )
    blocks = (
        Block(entries=_items("case", ("title", "involvement"))),
        *(
            Block(heading=learnt, entries=_items(f"awareness[{n}]", _AWARE_ITEMS))
            for n in range(len(case.awareness))
        ),
        Block(add=add),
    )
    return Page(key=CASE, letter="", name=_("Case"), title=_("The case"), blocks=blocks)
