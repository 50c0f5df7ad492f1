"""Older case files, made into files of this format step by step.

A step knows two neighbouring formats and nothing else: it takes the JSON of a file of number ``n``
and returns that of ``n + 1``. A file of format 1 runs through all of them, so no reader ever knows
more than the newest format. A step is written when a key is renamed, moved or means something else;
a key or a code that is new needs none. What a step does is never changed later: the file of each
old format that is kept beside the tests proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

# The JSON of a whole file; a step changes it in place, so that keys that stood twice stay known.
Tree = dict[str, Any]
Step = Callable[[Tree], None]

# Number of the older format -> the step to the next one. Format 1 is the first there is.
STEPS: Mapping[int, Step] = {}


def told_by_lines(tree: Tree) -> None:
    """Make papers that stand as a text, a line each, the list that they are, in place.

    So programs wrote format 1 before its first release.
    """
    case = tree.get("case")
    if isinstance(case, dict) and isinstance(text := case.get("literature"), str):
        papers = (line.strip() for line in text.splitlines())
        # Of the very type that objects of the file have.
        case["literature"] = [type(tree)([("reference", paper)]) for paper in papers if paper]


def upcast(tree: Tree, number: int, newest: int, steps: Mapping[int, Step] = STEPS) -> None:
    """Make the JSON of a file of format ``number`` that of format ``newest``, in place.

    Raises:
        KeyError: A step is missing: an error of the program, which a test finds.
    """
    for older in range(number, newest):
        steps[older](tree)
