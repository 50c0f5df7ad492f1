"""Invented releases of terminologies: no word of MedDRA, no sentence of CTCAE."""

from __future__ import annotations

import io
import itertools
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

VERSION = "91.1"
# Two classes, three preferred terms, seven lowest ones. One preferred term has a second class.
SMALL: dict[str, str] = {
    "meddra_release.asc": f"{VERSION}$English$$$$\n",
    "soc.asc": (
        "90000001$Weather disorders$Weath$$$$$$$\n90000002$Furniture disorders$Furn$$$$$$$\n"
    ),
    "soc_hlgt.asc": "90000001$91000001$\n90000002$91000002$\n",
    "hlgt.asc": "91000001$Skies$$$$$$$\n91000002$Chairs$$$$$$$\n",
    "hlgt_hlt.asc": "91000001$92000001$\n91000002$92000002$\n",
    "hlt.asc": "92000001$Clouds$$$$$$$\n92000002$Seats$$$$$$$\n",
    "hlt_pt.asc": "92000001$93000001$\n92000001$93000002$\n92000002$93000003$\n",
    "pt.asc": (
        "93000001$Drizzle syndrome$$90000001$$$$$$$$\n"
        "93000002$Thunder fright$$90000001$$$$$$$$\n"
        "93000003$Wobbling chair$$90000002$$$$$$$$\n"
    ),
    "llt.asc": (
        "93000001$Drizzle syndrome$93000001$$$$$$$Y$$\n"
        "94000001$Persistent drizzle$93000001$$$$$$$Y$$\n"
        "94000002$Old drizzle words$93000001$$$$$$$N$$\n"
        "93000002$Thunder fright$93000002$$$$$$$Y$$\n"
        "94000003$Fright by thunder$93000002$$$$$$$Y$$\n"
        "93000003$Wobbling chair$93000003$$$$$$$Y$$\n"
        "94000004$Hyperwobble$93000003$$$$$$$Y$$\n"
    ),
    "mdhier.asc": (
        "93000001$92000001$91000001$90000001$Drizzle syndrome$Clouds$Skies$Weather disorders"
        "$Weath$$90000001$Y$\n"
        "93000001$92000002$91000002$90000002$Drizzle syndrome$Seats$Chairs$Furniture disorders"
        "$Furn$$90000001$N$\n"
        "93000002$92000001$91000001$90000001$Thunder fright$Clouds$Skies$Weather disorders"
        "$Weath$$90000001$Y$\n"
        "93000003$92000002$91000002$90000002$Wobbling chair$Seats$Chairs$Furniture disorders"
        "$Furn$$90000002$Y$\n"
    ),
    "intl_ord.asc": "1$90000001$\n2$90000002$\n",
}


def distribution(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write an invented distribution; a file that is None in ``changes`` is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (SMALL | dict(changes or {})).items():
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
    return folder


def zipped(folder: Path, target: Path, inside: str = "MedAscii/") -> Path:
    """Write an archive of a distribution."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
    return target


HEADS = (
    "MedDRA Code",
    "MedDRA SOC",
    "CTCAE Term",
    "Grade 1",
    "Grade 2",
    "Grade 3 ",
    "Grade 4",
    "Grade 5",
    "Definition",
    "Navigational Note",
    "CTCAE v7.5 Change",
)
ROWS = (
    ("90100001", "Weather disorders", "Drizzle", "Damp", "Wet", "Soaked", "-", "-", "Rain.", "-",
     ""),
    ("90100002", "Weather disorders", "Hypertension", "Up a bit", "Up", "Far up", "Top", "End",
     "Pressure.", "Consider: Drizzle", "New"),
    ("90100009", "Weather disorders", "Weather disorders - Other, specify", "a", "b", "c", "d", "e",
     "", "", ""),
)  # fmt: skip


def ctcae_csv(rows: tuple[tuple[str, ...], ...] = ROWS, heads: tuple[str, ...] = HEADS) -> bytes:
    """Return an invented table of grades as a CSV."""
    lines = [",".join(f'"{cell}"' for cell in row) for row in (heads, *rows)]
    return ("\n".join(lines) + "\n").encode()


def workbook(
    target: Path | io.BytesIO,
    title: str = "CTCAE v7.5 Clean Copy",
    rows: tuple[tuple[str, ...], ...] = ROWS,
) -> Path | io.BytesIO:
    """Write an invented table of grades as a workbook, with a cover and a remark below."""
    book = Workbook()
    cover = book.active
    cover.title = "Cover"
    cover.append(["Common terms"])
    sheet = book.create_sheet(title)
    sheet.append(["Common terminology, version of the test"])
    sheet.append(list(HEADS))
    for row in rows:
        sheet.append([int(row[0]) if row[0].isdigit() else row[0], *row[1:]])
    sheet.append(["", "", "A remark that is no term."])
    book.save(target)
    return target


_BEGINS = [
    "hyper",
    "hypo",
    "acro",
    "brachy",
    "chloro",
    "dermo",
    "elasto",
    "fibro",
    "gloro",
    "hepto",
    "ictro",
    "jelo",
    "karno",
]
_MIDDLES = [
    "card",
    "derm",
    "gast",
    "hema",
    "lith",
    "neur",
    "oste",
    "path",
    "rhin",
    "scler",
    "tach",
    "vas",
    "xeph",
    "ylor",
    "zym",
]
_ENDS = ["itis", "osis", "emia", "pathy", "algia", "uria", "oma", "plegia", "trophy", "rrhea"]
_PLACES = [
    "of the leg",
    "in the wing",
    "of an antler",
    "with fever",
    "at rest",
    "after rain",
    "of a tail",
]
_KINDS = [
    "acute",
    "chronic",
    "recurrent",
    "silent",
    "severe",
    "partial",
    "upper",
    "lower",
    "inner",
    "outer",
]


def many_words(count: int, seed: int = 1) -> list[str]:
    """Return ``count`` invented names of as many words as terms of a terminology have."""
    chance = random.Random(seed)
    roots = [a + b + c for a, b, c in itertools.product(_BEGINS, _MIDDLES, _ENDS)]
    numbers = itertools.count()
    found: dict[str, None] = {}
    while len(found) < count:
        root = chance.choice(roots)
        tail = chance.choice(_PLACES) if chance.random() < 0.6 else ""
        grown = chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") + root[2:]
        word = root if chance.random() < 0.5 else grown
        name = f"{chance.choice(_KINDS)} {word} {tail}".strip().capitalize()
        found[name if name not in found else f"{name} type {next(numbers) % 90}"] = None
    return list(found)


def large(folder: Path, count: int) -> Path:
    """Write an invented distribution of ``count`` lowest terms, a third of them preferred."""
    names = many_words(count)
    preferred = names[: count // 3]
    parent = {n: n % len(preferred) for n in range(count)}
    llt, pt, path = io.StringIO(), io.StringIO(), io.StringIO()
    for n, name in enumerate(names):
        current = "N" if n >= len(preferred) and n % 10 == 0 else "Y"
        llt.write(f"{10_000_000 + n}${name}${10_000_000 + parent[n]}$$$$$$${current}$$\n")
    for n, name in enumerate(preferred):
        code = 10_000_000 + n
        pt.write(f"{code}${name}$$90000001$$$$$$$$\n")
        path.write(f"{code}$92000001$91000001$90000001${name}$a$b$c$d$$90000001$Y$\n")
    changes = {"llt.asc": llt, "pt.asc": pt, "mdhier.asc": path}
    return distribution(folder, {name: text.getvalue() for name, text in changes.items()})
