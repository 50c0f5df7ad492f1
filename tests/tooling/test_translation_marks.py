"""Every visible word is marked for translation where it is declared."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.case import Case
from aeapp.domain.items import specs_of
from aeapp.domain.records import ALL_RECORDS

ROOT = Path(__file__).resolve().parents[2]
# Calls whose text a person reads. Names of objects, of settings and of properties are not among
# them.
SHOWN = {
    "QAction",
    "QCheckBox",
    "QGroupBox",
    "QLabel",
    "QPushButton",
    "addAction",
    "heading",
    "label",
    "setAccessibleDescription",
    "setAccessibleName",
    "setPlaceholderText",
    "setStatusTip",
    "setText",
    "setTitle",
    "setToolTip",
    "setWindowTitle",
    "toast",
}
WORDS = re.compile(r"[A-Za-z]{3,}")
# Names that are the same in every language.
NAMES = re.compile(r"AEApp|\b(?:Ctrl|Shift|Alt|Enter|Esc|Del|Tab)\b")


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of literals that are shown without a mark."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in SHOWN:
            # The first argument is the text; what follows is a look, a parent, a shortcut.
            for argument in node.args[:1]:
                yield from bare(argument)


def bare(node: ast.expr) -> Iterator[tuple[int, str]]:
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and WORDS.search(NAMES.sub("", node.value))
    ):
        yield node.lineno, node.value
    if isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.Constant):
                yield from bare(part)
    if isinstance(node, ast.IfExp):
        yield from bare(node.body)
        yield from bare(node.orelse)
    if isinstance(node, ast.BinOp):
        yield from bare(node.left)
        yield from bare(node.right)


@pytest.mark.parametrize(
    "line",
    ['label("Save now")', 'b.setText(f"Saved {x}")', 'b.setToolTip("On" if x else "Switched off")'],
)
def test_the_detector_finds_unmarked_words(line: str) -> None:
    assert list(unmarked(line))


@pytest.mark.parametrize("line", ['label(_("Save now"))', 'b.setText(f"{x}/{y}")', 'g("Save now")'])
def test_the_detector_lets_marked_words_pass(line: str) -> None:
    assert not list(unmarked(line))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "forms").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_words_in_windows_are_marked(path: Path) -> None:
    assert list(unmarked(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "aeapp/domain/records").glob("*.py")), ROOT / "aeapp/domain/case.py"],
    ids=lambda p: p.stem,
)
def test_words_of_items_are_marked(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) == "Item":
            helps = [k.value for k in node.keywords if k.arg == "help"]
            for text in (node.args[0], *helps):
                assert not isinstance(text, ast.Constant), (path.stem, text.lineno)


def test_every_item_says_what_it_is_for_and_who_asks() -> None:
    for kind in (*ALL_RECORDS, Case):
        for spec in specs_of(kind).values():
            assert spec.item.label, spec.path
            assert spec.item.help.endswith("."), spec.path
            assert spec.item.source, spec.path


# --- what windows show has no words of the command line

OPTION = re.compile(r"(?:^|\s)--[a-z]")


def options(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of marked texts that name an option, but for an error's ``option``."""
    tree = ast.parse(source)
    told = (k.value for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords
            if k.arg == "option")  # fmt: skip
    apart = {id(inner) for value in told for inner in ast.walk(value)}
    assigned = (n for n in ast.walk(tree) if isinstance(n, ast.Assign))
    names = {id(inner) for n in assigned if getattr(n.targets[0], "id", "") == "option"
             for inner in ast.walk(n)}  # fmt: skip
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called(node) not in ("_", "N_"):
            continue
        text = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
        if OPTION.search(str(text)) and id(node) not in apart | names:
            yield node.lineno, str(text)


def test_no_window_tells_of_an_option_of_the_command_line() -> None:
    files = [f for part in ("aeapp", "forms", "exports") for f in (ROOT / part).rglob("*.py")]
    shown = (f for f in files if "commands" not in f.parts)
    assert {f.name: found for f in shown if (found := list(options(f.read_text("utf-8"))))} == {}


def test_a_text_with_an_option_is_found() -> None:
    source = 'f(_("say --why"), option=N_("--so says it"))\noption = N_("--more")\n'
    assert list(options(source)) == [(1, "say --why")]
