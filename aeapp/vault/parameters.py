"""How hard it is made to guess a password.

The floor is a constant of the program, not a setting: a file that asks for less was
altered. Every slot keeps its own numbers, so a clinic on faster machines can have more.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

_TEST_SWITCH = "AEAPP_TEST_KDF"
_AIM_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfParameters:
    """Cost of one Argon2id run.

    Attributes:
        memory_kib: Memory, in KiB.
        passes: Rounds over that memory.
        lanes: Parallel lanes.
    """

    memory_kib: int
    passes: int
    lanes: int

    @classmethod
    def for_tests(cls) -> KdfParameters:
        """Return a cost far under the floor, for test suites that open hundreds of vaults.

        Accepted only while the environment has ``AEAPP_TEST_KDF=1``, which the suite's
        conftest sets and no installer does. The switch cannot weaken a clinic that
        exists: the numbers are associated data of the wrapped keys, so a real slot with
        lowered numbers does not open whatever the environment says. All it permits is to
        make a new weak file, and to open one.
        """
        return cls(memory_kib=64, passes=1, lanes=1)

    def covers(self, other: KdfParameters) -> bool:
        """Return whether each number is at least that of ``other``."""
        return (
            self.memory_kib >= other.memory_kib
            and self.passes >= other.passes
            and self.lanes >= other.lanes
        )


FLOOR = KdfParameters(memory_kib=64 * 1024, passes=3, lanes=4)
# A file may not make the program ask for more memory than a small machine has.
CEILING = KdfParameters(memory_kib=512 * 1024, passes=16, lanes=16)


def program_floor() -> KdfParameters:
    """Return the least cost this process accepts."""
    return KdfParameters.for_tests() if os.environ.get(_TEST_SWITCH) == "1" else FLOOR


def acceptable(parameters: KdfParameters, floor: KdfParameters) -> bool:
    """Return whether ``parameters`` lie between ``floor`` and the ceiling."""
    return parameters.covers(floor) and CEILING.covers(parameters)


def calibrated(
    run: Callable[[KdfParameters], object],
    *,
    timer: Callable[[], float] = time.perf_counter,
) -> KdfParameters:
    """Return the most memory whose run should stay within a second on this machine.

    Args:
        run: Does one derivation; timed once, at the floor.
        timer: Seconds, from any origin.
    """
    start = timer()
    run(FLOOR)
    expected = timer() - start
    chosen = FLOOR
    while 2 * expected <= _AIM_S and chosen.memory_kib < CEILING.memory_kib:
        expected *= 2
        chosen = replace(chosen, memory_kib=2 * chosen.memory_kib)
    return chosen
