"""The page of what only an electronic message asks: numbers, comments, codes of the history."""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.case_parts import DIAGNOSIS, OTHER_NUMBER, PAPER, PAPER_OUT, SUMMARY
from aeapp.domain.conditions import condition_words
from aeapp.domain.items import spec_at
from aeapp.domain.medicines import past_medicines
from aeapp.kernel.i18n import N_, _
from forms.form_parts import MESSAGE, Add, Block, Entry, Page

_COMMENTS = ("sender_comment", "reporter_comment", "documents", "other_therapies")
_REPORTER = ("title", "middle_name", "organisation", "department")
_CODES_OF_PAST = ("indication_code", "reaction_code", "meddra_edition")
# List of the case, its items, the part that adds one, and the words of the button.
_LISTS = {
    "other_numbers": (("source", "number"), OTHER_NUMBER, N_("Add number")),
    "diagnoses": (("code", "edition"), DIAGNOSIS, N_("Add diagnosis")),
    "summaries": (("text", "language"), SUMMARY, N_("Add summary")),
}
# Stand in one row with the item before them.
_BESIDE = frozenset(
    {"worldwide_number", "number", "edition", "meddra_edition", "reaction_code", "middle_name"}
    | {"department"}
)


def message_page(case: Case) -> Page:
    """Return the page; it may stay empty as a whole."""
    blocks = (
        Block(
            heading=_("Numbers of the case"),
            text=_("Those under which others sent it before; the clinic's own goes by itself."),
            entries=_items("case", "sender_number", "worldwide_number"),
        ),
        *_list(case, "other_numbers"),
        Block(
            heading=_("What is said of the case"),
            entries=_items("case.beyond", *_COMMENTS),
        ),
        *_papers(case),
        *_list(case, "diagnoses", _("What the clinic calls the events, as a diagnosis")),
        *_list(case, "summaries", _("The story in another language")),
        Block(heading=_("Who files the report"), entries=_items("filer", *_REPORTER)),
        Block(heading=_("The patient"), entries=_items("patient", "age_group", "height")),
        *_history(case),
    )
    title = _("For the electronic message")
    return Page(
        key=MESSAGE, letter="", name=_("Message"), title=title, blocks=blocks, optional=True
    )


def _papers(case: Case) -> Iterator[Block]:
    """Yield the papers that tell of the case, each with its file, and the way to add one."""
    count = len(case.case.literature)
    about = _(
        "Papers that tell of this very case. They go with the electronic message (C.4.r), each with"
        " its file where files go along."
    )
    yield Block(heading=_("Literature"), text=about if count else f"{_('None.')} {about}")
    for n in range(count):
        yield Block(
            heading=_("Paper {n}").format(n=n + 1),
            entries=_items(f"case.literature[{n}]", "reference", "sha256"),
            add=Add(part=PAPER_OUT, text=_("Take paper {n} out").format(n=n + 1), first=str(n),
                    icon="close"),
        )  # fmt: skip
    yield Block(add=Add(part=PAPER, text=_("Add a paper")))


def _items(prefix: str, *names: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            path=f"{prefix}.{name}",
            caption=_(spec_at(Case, f"{prefix}.{name}").item.label),
            beside=name in _BESIDE,
        )
        for name in names
    )


def _list(case: Case, name: str, heading: str = "") -> Iterator[Block]:
    """Yield a block for each member of a list of the case, and the button that adds one."""
    items, part, text = _LISTS[name]
    members = range(len(getattr(case.case, name)))
    for n in members:
        yield Block(heading=heading if n == 0 else "", entries=_items(f"case.{name}[{n}]", *items))
    yield Block(heading="" if members else heading, add=Add(part=part, text=_(text)))


def _history(case: Case) -> Iterator[Block]:
    """Yield the codes of what the history lists, under the words it has there."""
    for n, condition in enumerate(case.patient.conditions):
        yield Block(
            heading=condition_words(condition) or _("Condition {n}").format(n=n + 1),
            entries=_items(f"patient.conditions[{n}]", "meddra_code", "meddra_edition"),
        )
    past = past_medicines(case)
    for n, medicine in enumerate(case.patient.medicines):
        if medicine in past:
            yield Block(
                heading=medicine.name or _("Medicine {n}").format(n=n + 1),
                text=_("Taken in the past"),
                entries=_items(f"patient.medicines[{n}]", *_CODES_OF_PAST),
            )
