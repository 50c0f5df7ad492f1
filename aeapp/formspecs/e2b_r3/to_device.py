"""The device parts of products as the devices of the case, in the order of the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aeapp.domain.items import spec_at
from aeapp.domain.records.case import Device
from aeapp.formspecs.e2b_r3.of_devices import OPERATORS, SEVERAL
from aeapp.formspecs.e2b_r3.taking import Taking, fits, held

_ROWS = (
    ("brand", "FDA.G.k.12.r.4"), ("common_name", "FDA.G.k.12.r.5"), ("procode", "FDA.G.k.12.r.6"),
    ("maker", "FDA.G.k.12.r.7.1a"), ("usage", "FDA.G.k.12.r.8"), ("lot", "FDA.G.k.12.r.9"),
)  # fmt: skip
_OPERATORS = {code: operator for operator, code in OPERATORS.items()}
_FAILED = "FDA.G.k.12.r.1"
_FLAGS = {"true": True, "false": False}


def devices_of(top: Taking) -> tuple[tuple[Device, ...], bool]:
    """Return the devices, and whether one of them is said to have failed."""
    parts = [part for one in top.members("G.k") for part in one.members("FDA.G.k.12.r")]
    flags = [_FLAGS.get(part.text(_FAILED)) for part in parts]
    for part in parts:
        part.take_if(_FAILED, *_FLAGS)
    devices = [_device(part) for part in parts]
    return tuple(_told_apart(devices, flags)), True in flags


def _told_apart(devices: Sequence[Device], flags: Sequence[bool | None]) -> Sequence[Device]:
    """Return the devices with which of them failed, where the kind of report does not say it.

    That kind says that a device failed, and never that none did.
    """
    alike = set(flags) in ({True}, {None})
    return [
        device if alike and device.is_told else replace(device, failed=flag)
        for device, flag in zip(devices, flags, strict=True)
    ]


def _device(part: Taking) -> Device:
    several = {name: _answers(part, name, number) for name, number in SEVERAL}
    device = held(Device, part, _ROWS, **{n: found for n, found in several.items() if found})
    codes = part.members("FDA.G.k.12.r.3.r")
    told = fits(Device, "problem_code", ", ".join(c.text("FDA.G.k.12.r.3.r") for c in codes))
    for code in codes if told else ():
        code.take("FDA.G.k.12.r.3.r")
    operator = _OPERATORS.get(part.text("FDA.G.k.12.r.10"))
    part.take_if("FDA.G.k.12.r.10", *_OPERATORS)
    return replace(device, problem_code=told, operator=operator)


def _answers(part: Taking, name: str, number: str) -> frozenset[Any]:
    """Return the answers of an item that takes several, each of them a member of a group."""
    known = {answer.value: answer for answer in spec_at(Device, name).element}
    members = part.members(number)
    for one in members:
        one.take_if(number, *known)
    return frozenset(known[code] for one in members if (code := one.text(number)) in known)
