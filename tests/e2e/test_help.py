"""The help of every command: what it needs, in plain words, with a line to copy that works."""

from __future__ import annotations

import argparse

from aeapp.commands.examples import EXAMPLES, verbs_of, words_of
from aeapp.commands.line import NAMES, parser

LEAVES = {path: verb for path, verb, _words in verbs_of(parser()) if verb.get_default("run")}


def options(verb: argparse.ArgumentParser) -> list[argparse.Action]:
    return [a for a in verb._actions if "--help" not in a.option_strings]  # noqa: SLF001 - no other way


def test_every_command_has_one_block_of_what_it_cannot_do_without() -> None:
    for path, verb in LEAVES.items():
        text = verb.format_help()
        needs = [o for o in options(verb) if o.option_strings and o.required]
        assert text.count("\nrequired:\n") == bool(needs), path
        for option in options(verb):
            marked = (option.help or "").endswith("(required)")
            assert marked is (option in needs), (path, option.dest)


def test_every_command_and_all_that_it_takes_is_told_in_a_sentence() -> None:
    assert {path[0] for path in LEAVES} == NAMES
    for path, verb, words in verbs_of(parser()):
        assert words, path
        assert " ".join(str(verb.description).split()) == f"{words[0].upper()}{words[1:]}.", path
        for option in options(verb):
            if isinstance(option, argparse._SubParsersAction):  # noqa: SLF001 - no other way
                continue
            assert option.help, (path, option.dest)
            if option.nargs != 0:
                # A value is called by what it is, never by the name of its option.
                shown = option.metavar or option.choices
                assert shown, (path, option.dest)


def test_every_command_has_an_example_that_it_takes() -> None:
    # A new command has a line in aeapp/commands/examples.py.
    assert sorted(EXAMPLES) == sorted(LEAVES)
    for path, verb in LEAVES.items():
        top = parser()
        again = {p: v for p, v, _words in verbs_of(top)}[path]
        assert top.parse_args(words_of(path)).run is again.get_default("run"), path
        assert "\nexample:\n  aeapp " + " ".join(path) in verb.format_help(), path
