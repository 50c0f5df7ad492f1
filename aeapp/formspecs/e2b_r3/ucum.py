"""Whether a text is a unit as UCUM writes it, as far as units of medicine go.

Source:
    The Unified Code for Units of Measure, case sensitive: prefix, unit, exponent, annotation.
"""

from __future__ import annotations

import re

_PREFIXES = "Y|Z|E|P|T|G|M|k|h|da|d|c|m|u|n|p|f|a|z|y"
_METRIC = (
    r"m|s|g|L|l|mol|eq|osm|A|K|Cd|cd|Hz|N|Pa|J|W|C|V|F|Ohm|S|Wb|T|H|Cel|lm|lx|Bq|Gy|Sv|kat|Ci|cal"
    r"|U|B|bar|eV|u|t|\[iU\]|\[IU\]|rad|sr|m\[H2O\]|m\[Hg\]"
)
_PLAIN = (
    r"min|h|d|wk|mo|a|%|10\*|10\^|\[pH\]|\[degF\]|\[lb_av\]|\[oz_av\]|\[in_i\]|\[ft_i\]|\[drp\]"
    r"|\[ppm\]|\[ppb\]|\[arb'U\]|\[USP'U\]|\[CFU\]|\[PFU\]|deg|mm\[Hg\]|cm\[H2O\]|diop|\[diop\]|bit|By"
)
_ATOM = rf"(?:(?:{_PREFIXES})?(?:{_METRIC})|{_PLAIN}|\d+(?:\.a)?)"
_TERM = rf"(?:{_ATOM}[+-]?\d*(?:\{{[^{{}}]*\}})?|\{{[^{{}}]*\}})"
_UNIT = re.compile(rf"/?{_TERM}(?:[./]{_TERM})*")


def is_ucum(unit: str) -> bool:
    """Tell whether a unit is written as UCUM writes it."""
    return _UNIT.fullmatch(unit) is not None
