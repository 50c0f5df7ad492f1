"""What stands on the screen for a form: pages of entries, made from the form's data and the case.

Plain data; the widgets are elsewhere. A page is one lettered section of the paper, one member of
a section that repeats, or one of the pages that the paper lacks: the events, the case, and what
only an electronic message asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aeapp.domain import lens
from aeapp.domain.case import Case, source_of
from aeapp.domain.case_parts import CONCOMITANT, DEVICE, DEVICE_OFF, SUSPECT
from aeapp.domain.medicines import past_medicines
from aeapp.domain.stating import is_stated
from aeapp.formspecs.model import Cell, FormSpec, Kind, Repeat, Section, member_page
from aeapp.kernel.i18n import N_, _
from forms.form_beside import case_page, died, events_page
from forms.form_beyond import message_page
from forms.form_message import doses_of, of_device, of_suspect
from forms.form_parts import Add, Block, Entry, Page

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
    "ADVERSE EVENT OR PRODUCT PROBLEM": (N_("Event"), N_("Adverse event or product problem")),
    "PRODUCTS GIVEN AT THE SAME TIME": (
        N_("Other products"),
        N_("Products given at the same time"),
    ),
    "INITIAL REPORTER": (N_("Initial reporter"), N_("Initial reporter")),
    "FOR USE BY USER FACILITY/IMPORTER (Devices Only)": (
        N_("User facility"),
        N_("For use by user facility (devices only)"),
    ),
    "ALL MANUFACTURERS": (N_("Manufacturer"), N_("All manufacturers")),
}
_OPTIONAL = frozenset({"SUSPECT MEDICAL DEVICE"})
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
        "operator_text",
        "follow_up",
        "age_months",
        "impact_code",
        "component_code",
        "sent_to_fda_on",
        "sent_to_maker_on",
        "place_text",
        "source_text",
        "outsourcing_name",
        "protocol",
    }
)
_COMPUTED = N_("Computed; what you type is kept as stated.")
_STATED = N_("Stated here in place of the computed value.")
_ELSEWHERE = N_("Several events: answer for each one under Events.")
_SHOWN = N_("Shown from the session; change it there.")


def shape(case: Case) -> tuple[object, ...]:
    """Return what the plan depends on besides the form; while it stays equal, so does the plan."""
    file = case.case
    return (
        case.sources,
        case.keys,
        tuple(stated.path for stated in case.case.stated),
        tuple(event.id for event in case.events),
        tuple(fact.id for fact in case.awareness),
        tuple((decision.id, decision.event_id) for decision in case.decisions),
        tuple(row.shown for row in case.tests),
        tuple(doses_of(case, n) for n in range(len(case.suspects))),
        len(case.concomitants),
        len(case.case.further_devices),
        *(len(some) for some in (file.other_numbers, file.diagnoses, file.summaries)),
        len(file.literature),
        tuple(condition.name for condition in case.patient.conditions),
        tuple(medicine.name for medicine in past_medicines(case)),
        len(case.patient.causes),
        died(case),
    )


def plan(form: FormSpec, case: Case, whose: str = "") -> tuple[Page, ...]:
    """Return the pages of ``form`` for ``case``, those of the paper first.

    Args:
        form: The form.
        case: The case.
        whose: For whom decisions are, where the person at the keyboard only reads them.
    """
    beside = (events_page(case, whose), case_page(case), message_page(case))
    return (*_paper(form, case), *beside)


def _paper(form: FormSpec, case: Case) -> Iterator[Page]:
    done: set[str] = set()
    for section in form.sections:
        repeat = _repeat_of(form, section) if section.cells else None
        path = "" if repeat is None else repeat.like or repeat.path
        if not section.cells or path in done or not section.applies(case):
            continue
        if repeat is not None and repeat.page is not None:
            done.add(path)
            yield from _members(repeat, repeat.page, case)
        elif repeat is not None and all(c.path.startswith(repeat.path) for c in section.cells):
            done.add(path)
            yield _list_page(section, repeat, case)
        else:
            follow = _following(form, section)
            page = _page(form, section, case)
            yield page if follow is None else _with_add(_with_message(page, follow.after))
            if follow is not None and follow.page is not None:
                yield from _further(follow, follow.page, case)


def _following(form: FormSpec, section: Section) -> Repeat | None:
    """Return the list that goes on after the one member that a section shows."""
    first = section.cells[0].path
    return next((r for r in form.repeats if r.after and first.startswith(f"{r.after}.")), None)


def _with_message(page: Page, device: str) -> Page:
    return replace(page, blocks=(*page.blocks, of_device(device)))


def _with_add(page: Page, *others: Add) -> Page:
    add = Add(part=DEVICE, text=_("Add device"))
    return replace(page, blocks=(*page.blocks, *(Block(add=one) for one in (add, *others))))


def _taking_off(n: int, number: int) -> Add:
    text = _("Remove device {number}").format(number=number)
    return Add(part=DEVICE_OFF, text=text, first=str(n), icon="remove")


def _further(repeat: Repeat, section: Section, case: Case) -> Iterator[Page]:
    """Yield a page for each further member, also for one of which nothing is said yet."""
    name, title = _words(section)
    for n in range(len(lens.get(case, repeat.path))):
        number = n + repeat.first
        cells = member_page(section, n, 0, repeat.first).cells
        asked = (c for c in cells if c.kind is not Kind.GIVEN and c.applies(case))
        entries = tuple(_entry(cell, case) for cell in asked)
        page = Page(
            key=f"{section.letter}-{number}",
            letter=section.letter,
            name=f"{name} {number}",
            title=f"{title} {number}",
            blocks=(Block(entries=entries), of_device(f"{repeat.path}[{n}]")),
            optional=True,
        )
        yield _with_add(page, _taking_off(n, number))


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
        if cell.kind is Kind.GIVEN:
            # The box is ticked with the number beside it; the number is asked once.
            continue
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
        optional=section.title in _OPTIONAL,
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
            blocks=(Block(entries=entries), of_suspect(case, n), Block(add=add)),
        )
    if not count:
        text = _("No suspect product yet.")
        mends = [("MC3", "suspects")]
        # Where nothing is said of a device, a drug is what is missing.
        if not case.case.devices:
            mends.append(("V3", "case.device.brand"))
        add = replace(add, mends=tuple(mends), about=_("a suspect product"))
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
        # Where the letter is that of the products as well, the number tells them apart.
        key=section.letter if repeat.number[1:] == "1" else repeat.number,
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
        room=cell.all_chars,
    )


def _note(case: Case, path: str, *, computed: bool, in_list: bool) -> str:
    if not computed:
        return ""
    if in_list:
        return _SHOWN
    if is_stated(case, path):
        return _STATED
    # A unit beside its number need not say it again.
    return "" if path.endswith("_unit") else _COMPUTED
