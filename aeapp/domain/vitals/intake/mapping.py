"""What every mapping of the columns of a table says: a person writes it once as a small JSON file.

Of a table of readings and of a table of records alike; what its columns are is said by the module
of each.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from typing import Any

from aeapp.domain.rejection import Problems, rejected
from aeapp.domain.vitals.intake.strict_json import Digits, parsed
from aeapp.kernel.i18n import N_, _

FORMAT = "aeapp-columns/1"
MAX_COLUMNS = 200
SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t"}
DECIMALS = (".", ",")
LONGEST_NAME, MAX_HEADER_LINE = 100, 1000


def mapping_tree(source: str | bytes) -> dict[str, Any]:
    """Return the JSON of a mapping.

    Raises:
        ImportRejected: It is none.
    """
    tree = parsed(source)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise rejected("format", N_('{path} is not "aeapp-columns/1": this is no mapping.'))
    return tree


class MappingReader:
    """Reads one mapping; every method returns something, so that all problems are found.

    Attributes:
        tree: The mapping.
        problems: What is wrong with it so far.
    """

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.tree = tree
        self.problems = Problems()

    def name(self) -> str:
        """Return what the device or the table is called."""
        return self.text(self.tree.get("name"), "name")

    def separator(self) -> str:
        """Return the sign between two columns."""
        return self.choice("separator", SEPARATOR_NAMES, "comma")

    def decimal_comma(self) -> bool:
        """Tell whether decimals have a comma."""
        comma = self.choice("decimal", {d: d for d in DECIMALS}, ".") == ","
        if comma and self.tree.get("separator", "comma") == "comma":
            self.problems.add("decimal", N_("{path} cannot be the sign that separates columns."))
        return comma

    def keys(self, found: Mapping[str, Any], known: frozenset[str], path: str) -> None:
        """Note keys that are not known."""
        if not found.keys() <= known:
            self.problems.add(path or _("The mapping"), N_("{path} has a key that is not known."))

    def dict(self, value: Any, path: str) -> dict[str, Any]:
        """Return an object; an empty one where there is none."""
        if isinstance(value, dict):
            return value
        self.problems.add(path, N_("{path} is missing or no object."))
        return {}

    def text(self, value: Any, path: str) -> str:
        """Return a text of 1 to 100 characters."""
        plain = isinstance(value, str) and not isinstance(value, Digits)
        if plain and value.strip() and len(value) <= LONGEST_NAME and value.isprintable():
            return str(value.strip())
        self.problems.add(path, N_("{path} is missing or no text of 1 to 100 characters."))
        return ""

    def texts(self, value: Any, path: str) -> list[str]:
        """Return a list of texts."""
        if not isinstance(value, list) or not 0 < len(value) <= MAX_COLUMNS:
            self.problems.add(path, N_("{path} is missing or no list of 1 to 200 texts."))
            return []
        return [self.text(member, f"{path}[{n}]") for n, member in enumerate(value)]

    def choice(self, path: str, choices: Mapping[str, str], usual: str) -> str:
        """Return what a key chooses; the usual where it is not there."""
        given = self.tree.get(path, usual)
        if isinstance(given, str) and given in choices:
            return choices[given]
        text = _(N_("{path} is none of: {choices}.")).replace("{choices}", ", ".join(choices))
        self.problems.add(path, text)
        return choices[usual]

    def header_line(self) -> int:
        """Return the number of the line of names, from 1."""
        given = self.tree.get("header_line", Digits("1"))
        if isinstance(given, Digits) and given.isdigit() and len(given) <= len("1000"):
            number = int(given)
            if 1 <= number <= MAX_HEADER_LINE:
                return number
        self.problems.add("header_line", N_("{path} is no line number from 1 to 1000."))
        return 1

    def missing(self) -> frozenset[str]:
        """Return what means no value, without regard to case."""
        if "missing" not in self.tree:
            return frozenset()
        found = self.texts(self.tree["missing"], "missing")
        return frozenset(text.casefold() for text in found)

    def zone(self) -> zoneinfo.ZoneInfo | None:
        """Return the zone of the table's clock; None where it names none."""
        if "zone" not in self.tree:
            return None
        try:
            return zoneinfo.ZoneInfo(self.text(self.tree["zone"], "zone"))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            self.problems.add("zone", N_("{path} is no zone such as America/New_York."))
            return None
