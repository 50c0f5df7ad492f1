"""Items of a record as options of a command: read, checked and explained as the window does."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from aeapp.domain.codecs import read
from aeapp.domain.findings import item_problem
from aeapp.domain.items import spec_at
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_


def add_options(verb: argparse.ArgumentParser, record: type, options: Mapping[str, str]) -> None:
    """Give a verb an option for each item; ``options`` names the item of each."""
    for option, item in options.items():
        words = spec_at(record, item).item.help
        verb.add_argument(f"--{option}", metavar="VALUE", help=words[:1].lower() + words[1:])


def given(args: argparse.Namespace, record: type, options: Mapping[str, str]) -> dict[str, Any]:
    """Return what the options answer, by item; ``UNK`` and its like are reasons for no value.

    Raises:
        BadInputError: A value cannot be read, or breaks a rule of its item.
    """
    texts = {option: getattr(args, option.replace("-", "_")) for option in options}
    return {
        options[option]: _read(record, option, options[option], text)
        for option, text in texts.items()
        if text is not None
    }


def _read(record: type, option: str, item: str, text: str) -> Any:
    spec = spec_at(record, item)
    reason = next((r for r in spec.nulls if r.value == text), None)
    if reason is not None:
        return reason
    try:
        value = read(spec, text)
    except BadInputError as error:
        raise _wrong(option, error.message) from error
    problem = item_problem(spec, value)
    if problem:
        raise _wrong(option, problem)
    return value


def _wrong(option: str, sentence: str) -> BadInputError:
    return BadInputError(
        f"--{option}: {sentence}", remedy=N_("Correct it and run the command again.")
    )
