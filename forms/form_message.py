"""What an electronic message alone asks of events, products and devices: blocks on their pages."""

from __future__ import annotations

from collections.abc import Iterable

from aeapp.domain.case import Case
from aeapp.domain.items import spec_at
from aeapp.kernel.i18n import _
from forms.form_parts import Block, Entry

_EVENT = (
    "language", "translation", "duration", "duration_unit", "country", "confirmed", "highlighted",
)  # fmt: skip
_GIVING = (
    "dose_form", "information", "fda_information", "cumulative", "cumulative_unit", "gestation",
    "gestation_unit", "remarks",
)  # fmt: skip
_DEVICE = ("usage", "failed", "remedial", "follow_ups")
_BESIDE = frozenset({"duration_unit", "cumulative_unit", "gestation_unit"})


def _entry(path: str, number: int = 0) -> Entry:
    caption = _(spec_at(Case, path).item.label)
    if number:
        caption = _("{item}, dose {number}").format(item=caption, number=number)
    beside = path.rpartition(".")[2] in _BESIDE
    return Entry(path=path, caption=caption, beside=beside, extra=True)


def _block(entries: Iterable[Entry]) -> Block:
    return Block(heading=_("For an electronic message"), entries=tuple(entries))


def of_event(n: int) -> Block:
    """Return what it asks of an event."""
    return _block(_entry(f"events[{n}].{name}") for name in _EVENT)


def of_device(path: str) -> Block:
    """Return what it asks of a device."""
    return _block(_entry(f"{path}.{name}") for name in _DEVICE)


def of_suspect(case: Case, n: int) -> Block:
    """Return what it asks of a product: the role of each dose, the rest once, at the first."""
    suspect = case.suspects[n]
    doses = [f"administrations[{k}]" for k in doses_of(case, n)]
    several = len(doses) > 1
    roles = [_entry(f"{dose}.role", k * several) for k, dose in enumerate(doses, start=1)]
    paths = [f"{dose}.{name}" for dose in doses[:1] for name in _GIVING]
    known = [k for k, product in enumerate(case.products) if product.id == suspect.product.id]
    paths += [f"products[{k}].category" for k in known[:1]]
    return _block((*roles, *map(_entry, paths)))


def doses_of(case: Case, n: int) -> tuple[int, ...]:
    """Return the places of the doses that a suspect of the form shows."""
    shown = case.suspects[n].giving
    single = case.sources.get(f"suspects[{n}].giving", "")
    if single:
        return (int(single.partition("[")[2].rstrip("]")),)
    lot = (shown.product_id, shown.lot_id)
    return tuple(
        k for k, giving in enumerate(case.administrations)
        if giving.is_suspect and (giving.product_id, giving.lot_id) == lot
    )  # fmt: skip
