"""Take a further device off a case, and bring it back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from aeapp.domain.case import Case
from aeapp.domain.file_step import FileStep
from aeapp.domain.records.case import Aside, Device

PLACE = "case.further_devices["
_ASIDE = re.compile(re.escape(PLACE) + r"(\d+)\](.*)", re.DOTALL)
STEP = FileStep(PLACE, {"further_devices": Device, "asides": Aside})


def taking_off(case: Case, n: int) -> list[str]:
    """Return the step by which the further device at place ``n`` leaves the case.

    Warnings of the devices behind it that were set aside stay with them; its own leave with it.
    """
    file = case.case
    further = (*file.further_devices[:n], *file.further_devices[n + 1 :])
    after = replace(file, further_devices=further, asides=tuple(_moved(file.asides, n)))
    return STEP.argument(file, after)


def _moved(asides: Sequence[Aside], gone: int) -> Iterator[Aside]:
    for aside in asides:
        match = _ASIDE.fullmatch(aside.path or "")
        n = int(match[1]) if match else -1
        if match and n > gone:
            yield replace(aside, path=f"{PLACE}{n - 1}]{match[2]}")
        elif n != gone:
            yield aside
