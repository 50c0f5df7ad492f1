"""The closed code lists of the message: which codes may stand, by the short name of the list.

Source:
    FDA, E2B(R3) Core and Regional Data Elements; ICH E2B code lists.
"""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, frozenset[str]] = {
    name: frozenset(codes.split())
    for name, codes in {
        "C1": "1",
        "C2": "1 2 3 4",
        "C3": "1 2",
        "C5": "1 2",
        "C6": "1 2 3 4 5",
        "C7": "1 2 3 4 5 6 7",
        "C8": "1 2 3",
        "C9": "0 1 2 3 4 5 6",
        "C10": "1 2 3 4",
        "C11": "0 1 2 3 4 5",
        "C12": "1 2 3 4",
        "C13": "1 2 3 4",
        "C15": "0 1 2 3 4 9",
        "C16": "1 2 3 4",
        "C17": "1 2 3 4 5 6 7 8 9 10 11",
        "ISO5218": "1 2",
        "FDA2.1.1.1": "1 2 4 5 6",
        "FDA1.1.3": "1 2 3 4 5 6 7 8 9",
        "FDA1.1.4": "1 2 3",
        "FDA1.1.5": "1 2 3 4",
        "FDA1.1.6": "1 2 3",
        "FDA1.1.7": "1 2 3 4 5",
        "FDA1.1.8": "1",
    }.items()
}
