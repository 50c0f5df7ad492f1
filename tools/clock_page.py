"""Print the table of reporting clocks as the page docs/clocks.md.

Usage: python -m tools.clock_page > docs/clocks.md
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aeapp.domain.clock_left_out import LEFT_OUT
from aeapp.domain.clock_rules import RULES, WITHOUT_RECORD, ClockRule, DayZero
from aeapp.domain.clocks import due_words

_HEAD = """# Reporting clocks

Made by `python -m tools.clock_page` from `aeapp/domain/clock_rules.py`; a test holds it to the
data. The day after day 0 is day 1, hours run from the minute of recognition, work days leave out
weekends and federal holidays. Which rows bind a clinic is said on the page *Duties* of *Clinic*;
*Clocks* beside it shows the answer for each row."""
_LEFT = """## Left out

These bind nobody of a clinic, and no clock counts them."""


def page() -> str:
    """Return the page."""
    rows = [_row(rule) for rule in RULES]
    left = [(one.clause, one.who, one.due, one.why) for one in LEFT_OUT]
    lines = [
        *_HEAD.splitlines(),
        "",
        *_table(("clause", "clock", "who", "due", "to", "set by", "starts"), rows),
        "",
        *_LEFT.splitlines(),
        "",
        *_table(("clause", "who", "due", "why not here"), left),
    ]
    return "\n".join(lines) + "\n"


def _row(rule: ClockRule) -> tuple[str, ...]:
    due = due_words(rule, rule.span)
    if rule.span is not None and rule.zero is not DayZero.YEAR_END:
        due = f"{due} from {rule.zero.value}"
    by_hand = rule.trigger in WITHOUT_RECORD
    return (
        rule.clause,
        f"{rule.title}. {rule.note}" if rule.note else rule.title,
        rule.binds.value,
        due,
        rule.to,
        rule.authority.words,
        "by hand: no record tells that it happened" if by_hand else "by itself",
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for line in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(line)} |"


if __name__ == "__main__":
    print(page(), end="")
