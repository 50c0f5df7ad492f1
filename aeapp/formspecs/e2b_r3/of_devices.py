"""The device parts of a combination product (FDA.G.k.12.r)."""

from __future__ import annotations

import re

from aeapp.domain.case import Case
from aeapp.domain.codelists.safety import DeviceOperator, ReportType
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records.case import Device
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import put

OPERATORS = {
    DeviceOperator.PROFESSIONAL: "1", DeviceOperator.PATIENT: "2", DeviceOperator.OTHER: "3",
}  # fmt: skip
# Several answers, a member each.
SEVERAL = (
    ("follow_ups", "FDA.G.k.12.r.2.r"), ("remedial", "FDA.G.k.12.r.11.r"),
)  # fmt: skip
_PROCODE = re.compile(r"[A-Za-z]{3}")
_PROBLEM_CODE = re.compile(r"C\d{3,6}|[A-G]\d{2,6}|\d{4}")


def problem_codes_of(device: Device) -> tuple[list[str], list[str]]:
    """Return the problem codes of a device that an element takes, and what else stands there."""
    said = [code.strip() for code in (device.problem_code or "").split(",") if code.strip()]
    taken = [code for code in said if _PROBLEM_CODE.fullmatch(code)]
    return taken, [code for code in said if code not in taken]


def procode_of(device: Device) -> str:
    """Return FDA's code of a product; "" where something else stands there."""
    found = as_text(device.procode)
    return found if _PROCODE.fullmatch(found) else ""


def devices_of(part: Part, case: Case) -> None:
    """Put every suspect device as a part of the product."""
    for device in case.case.devices.values():
        _device(part.add("FDA.G.k.12.r"), case, device)


def _device(part: Part, case: Case, device: Device) -> None:
    failed = device.failed
    # A kind of report that nobody ticked is no answer that nothing failed.
    if failed is None and ReportType.PRODUCT_PROBLEM in (case.case.types or ()):
        failed = True
    put(part, "FDA.G.k.12.r.1", failed)
    for name, number in SEVERAL:
        for answer in sorted(getattr(device, name) or (), key=lambda one: one.value):
            part.add(number).put(number, answer.value)
    for code in problem_codes_of(device)[0]:
        part.add("FDA.G.k.12.r.3.r").put("FDA.G.k.12.r.3.r", code)
    brand, common = as_text(device.brand), as_text(device.common_name)
    part.put("FDA.G.k.12.r.4", brand or NullFlavor.NI)
    part.put("FDA.G.k.12.r.5", common or NullFlavor.NI)
    part.put("FDA.G.k.12.r.6", procode_of(device))
    part.put("FDA.G.k.12.r.7.1a", as_text(device.maker))
    put(part, "FDA.G.k.12.r.8", device.usage)
    part.put("FDA.G.k.12.r.9", as_text(device.lot))
    if isinstance(device.operator, DeviceOperator):
        part.put("FDA.G.k.12.r.10", OPERATORS[device.operator])
