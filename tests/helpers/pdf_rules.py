"""What PDF/A-3a and PDF/UA-1 ask of a file, as far as a machine can tell; our own assertions.

A finished document has no fault. No validator is part of the project: these are the rules that our
way of making documents could break, each with a file in the tests that breaks it.

Source:
    ISO 19005-3; ISO 14289-1 and the Matterhorn protocol.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import pikepdf
import uharfbuzz

from tests.helpers.pdf_structure import elements_of, marked, marks_of, structured

ACTS = frozenset({"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/SubmitForm"})
ACTS |= {"/ResetForm", "/ImportData", "/GoToR", "/GoToE", "/RichMedia", "/Movie", "/Sound", "/3D"}
ACTS |= {"/XFA", "/NeedsRendering", "/URI"}
SHOWS = frozenset(["Tj", "TJ", "'", '"'])
LONGEST_STRING = 32_767
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}

OLD_PLACES = (
    ("/Title", "dc:title"),
    ("/Subject", "dc:description"),
    ("/Keywords", "pdf:Keywords"),
    ("/Producer", "pdf:Producer"),
    ("/Creator", "xmp:CreatorTool"),
)


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a file, one sentence a fault; empty for none."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        checks = (
            _file(content, pdf),
            _acts(pdf),
            _description(pdf),
            _colours(pdf),
            _fonts(pdf),
            _attachments(pdf),
            marked(pdf),
            structured(pdf),
        )
        return [fault for check in checks for fault in check]


# ------------------------------------------------------------------ the file


def _file(content: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    lines = content[:40].split(b"\n")
    if not lines[0].startswith(b"%PDF-1.7"):
        yield "file: not version 1.7"
    if not lines[1].startswith(b"%") or sum(byte > 127 for byte in lines[1][:5]) < 4:
        yield "file: no binary comment"
    if pdf.is_encrypted:
        yield "file: encrypted"
    if "/ID" not in pdf.trailer:
        yield "file: no ID"
    if re.search(rb"[^\r\n]endstream\r?\nendobj", content):
        yield "file: a stream without an end of line"
    if any(len(text) > LONGEST_STRING for text in _strings(pdf)):
        yield "file: a string that is too long"
    if not content.rstrip().endswith(b"%%EOF"):
        yield "file: something behind its end"


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for thing in pdf.objects:
        yield from _inside(thing)


def _strings(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    for one in _dictionaries(pdf):
        for key in one.keys():  # noqa: SIM118 - not a Python dictionary
            if isinstance(one[key], pikepdf.String):
                yield bytes(one[key])


def _inside(thing: Any) -> Iterator[Any]:
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        for key in thing.keys():  # noqa: SIM118 - not a Python dictionary
            inner = thing[key]
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _inside(inner)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _inside(inner)


def acting(content: bytes) -> frozenset[str]:
    """Return the names of everything in a file that would act, or lead out of it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return frozenset(name for one in _dictionaries(pdf) for name in _named(one) & ACTS)


def _named(one: Any) -> set[str]:
    keys = set(one.keys())
    return keys | {str(one[k]) for k in ("/S", "/Type", "/Subtype") if k in keys}


def _acts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in _dictionaries(pdf):
        keys = set(one.keys())
        for found in _named(one) & ACTS:
            yield f"acts: {found}"
        if keys & {"/SMask", "/ca", "/CA", "/BM"}:
            yield "acts: transparency"
        if "/F" in keys and isinstance(one, pikepdf.Stream):
            yield "file: content outside of it"
        filters = str(one.get("/Filter", "")) if isinstance(one, pikepdf.Stream) else ""
        if "LZW" in filters or "Crypt" in filters:
            yield "file: a filter that is not allowed"
    if "/AcroForm" in pdf.Root or any("/Annots" in page.obj for page in pdf.pages):
        yield "acts: fields or annotations"


# ------------------------------------------------------------------ description and colours


def _description(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "description: none"
        return
    tree = lxml.etree.fromstring(stream.read_bytes())
    yield from _claims(tree)
    for key, path in OLD_PLACES:
        if key in pdf.docinfo and str(pdf.docinfo[key]) != _words(tree, path):
            yield f"description: {key} is said otherwise in the old place"
    day = re.sub(r"\D", "", str(pdf.docinfo.get("/CreationDate", "")))
    if day and day != re.sub(r"\D", "", _words(tree, "xmp:CreateDate")):
        yield "description: the day is said otherwise in the old place"


def _words(tree: Any, path: str) -> str:
    return "".join(tree.xpath(f"//{path}//text()", namespaces=NAMESPACES)).strip()


def _claims(tree: Any) -> Iterator[str]:
    def said(path: str) -> str:
        return _words(tree, path)

    if (said("pdfaid:part"), said("pdfaid:conformance")) != ("3", "A"):
        yield "description: does not say PDF/A-3a"
    if said("pdfuaid:part") != "1":
        yield "description: does not say PDF/UA-1"
    if NAMESPACES["pdfuaid"] not in said("pdfaSchema:namespaceURI"):
        yield "description: schema of PDF/UA not described"
    if not said("dc:title"):
        yield "description: no title"


def _colours(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = list(pdf.Root.get("/OutputIntents", []))
    if len(intents) != 1 or intents[0].S != "/GTS_PDFA1":
        yield "colours: no output intent"
        return
    profile = intents[0].DestOutputProfile
    head = profile.read_bytes()
    if profile.N != 3 or head[36:40] != b"acsp" or head[16:20] != b"RGB " or head[12:16] != b"mntr":
        yield "colours: no profile of a screen in RGB"
    if int.from_bytes(head[:4]) != len(head):
        yield "colours: the profile has another length than it says"
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) in ("k", "K"):
                yield "colours: CMYK"


# ------------------------------------------------------------------ fonts


def _used_fonts(pdf: pikepdf.Pdf) -> dict[tuple[int, str], set[bytes]]:
    """Return what each font shows, by page and name."""
    used: dict[tuple[int, str], set[bytes]] = {}
    for number, page in enumerate(pdf.pages):
        name = ""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                name = str(operands[0])
            elif str(operator) in SHOWS:
                parts = operands[0] if str(operator) == "TJ" else [operands[-1]]
                shown = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
                used.setdefault((number, name), set()).update(shown)
    return used


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    done = set()
    for (number, name), shown in _used_fonts(pdf).items():
        font = pdf.pages[number].Resources.Font[name]
        codes = _codes(font, shown)
        if 0 in codes:
            yield f"fonts: {name} shows the sign of what it lacks"
        said = _said(font)
        for code in sorted(codes - said.keys()):
            yield f"fonts: {name} does not say what {code} is"
        if any(said.get(code) in ("", "\0", "\ufeff", "\ufffe") for code in codes):
            yield f"fonts: {name} says nothing for a character"
        if any(PRIVATE.search(said.get(code, "")) for code in codes):
            yield f"fonts: {name} says a private character"
        if font.objgen in done:
            continue
        done.add(font.objgen)
        yield from _program(font, codes)


def _codes(font: Any, shown: set[bytes]) -> set[int]:
    width = 2 if font.Subtype == "/Type0" else 1
    return {
        int.from_bytes(text[n : n + width]) for text in shown for n in range(0, len(text), width)
    }


def _said(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    text = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, words in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(words).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, _high, words in re.findall(r"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.DOTALL):
            for n, word in enumerate(re.findall(r"<(\w+)>", words)):
                found[int(low, 16) + n] = bytes.fromhex(word).decode("utf-16-be")
    return {code: words for code, words in found.items() if code}


def _program(font: Any, codes: set[int]) -> Iterator[str]:
    name = str(font.BaseFont)
    inner = font.DescendantFonts[0] if font.Subtype == "/Type0" else font
    descriptor = inner.get("/FontDescriptor")
    program = descriptor and (descriptor.get("/FontFile2") or descriptor.get("/FontFile3"))
    if not program:
        yield f"fonts: {name} is not embedded"
        return
    if not re.match(r"/[A-Z0-9]{6}\+", name):
        yield f"fonts: {name} is not marked as a part"
    if font.Subtype != "/Type0":
        return
    if font.Encoding != "/Identity-H":
        yield f"fonts: {name} has codes of its own"
    if inner.Subtype == "/CIDFontType2":
        if inner.get("/CIDToGIDMap") != "/Identity":
            yield f"fonts: {name} does not say which glyph a code is"
        yield from _widths(name, inner, program.read_bytes(), codes)


def _widths(name: str, inner: Any, program: bytes, codes: set[int]) -> Iterator[str]:
    face = uharfbuzz.Face(program)
    real = uharfbuzz.Font(face)
    said: dict[int, float] = {}
    items = list(inner.W)
    for first, widths in zip(items[::2], items[1::2], strict=True):
        said |= {int(first) + n: float(width) for n, width in enumerate(widths)}
    for code in codes:
        width = real.get_glyph_h_advance(code) * 1000 / face.upem
        if abs(said.get(code, float(inner.DW)) - width) > 1:
            yield f"fonts: {name} says another width of {code} than it has"


# ------------------------------------------------------------------ attachments


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    linked = [spec.objgen for spec in pdf.Root.get("/AF", [])]
    for one in _dictionaries(pdf):
        if one.get("/Type") != "/Filespec":
            continue
        if not {"/F", "/UF", "/AFRelationship", "/EF", "/Desc"} <= set(one.keys()):
            yield "attachments: one is not described"
            continue
        if one.objgen not in linked:
            yield "attachments: one belongs to nothing"
        stream = one.EF.F
        content = stream.read_bytes()
        if "/Subtype" not in stream or "/ModDate" not in stream.get("/Params", {}):
            yield "attachments: kind or day of one is not said"
        elif stream.Params.Size != len(content) or (
            bytes(stream.Params.CheckSum) != hashlib.md5(content, usedforsecurity=False).digest()
        ):
            yield "attachments: one is not what its sum says"


# ------------------------------------------------------------------ what it says


def spoken(content: bytes) -> list[tuple[str, str]]:
    """Return role and words of every element of the structure, in the order of reading."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        texts: list[dict[int | None, str]] = []
        for page in pdf.pages:
            texts.append({})
            for mark, words in _texts(page):
                texts[-1][mark] = texts[-1].get(mark, "") + words
        found = []
        for element in elements_of(pdf.Root.StructTreeRoot.K, pdf.Root.StructTreeRoot):
            marks = [(pages[page], mark) for page, mark in marks_of(element)]
            words = "".join(texts[page].get(mark, "") for page, mark in marks)
            found.append((str(element.S)[1:], words or str(element.get("/Alt", ""))))
        return found


def written(content: bytes) -> str:
    """Return everything that the pages and their fields say, in the order in which it is drawn."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        drawn = (part for page in pdf.pages for part in (page, *_appearances(page)))
        return "\n".join(words for part in drawn for _mark, words in _texts(part))


def _appearances(page: Any) -> Iterator[Any]:
    """Yield what the fields of a page show; boxes to tick show no words."""
    for one in page.obj.get("/Annots", []):
        shown = one.get("/AP", pikepdf.Dictionary()).get("/N")
        if isinstance(shown, pikepdf.Stream) and "/Resources" in shown:
            yield shown


def _texts(page: Any) -> Iterator[tuple[int | None, str]]:
    """Yield mark and words of each string: what stands for its glyphs, or what each says."""
    kept = page.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    fonts = {name: (_said(font), font.Subtype) for name, font in kept.items()}
    stack: list[tuple[int | None, str | None]] = [(None, None)]
    said, kind = fonts.get("", ({}, ""))
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC":
                stack.append(stack[-1])
            case "BDC":
                facts = operands[1]
                mark = int(facts.MCID) if "/MCID" in facts else stack[-1][0]
                instead = str(facts.ActualText) if "/ActualText" in facts else None
                stack.append((mark, instead))
                yield mark, instead or ""
            case "EMC":
                stack.pop()
            case "Tf":
                said, kind = fonts[str(operands[0])]
            case shows if shows in SHOWS and stack[-1][1] is None:
                parts = operands[0] if shows == "TJ" else [operands[-1]]
                shown = [bytes(p) for p in parts if isinstance(p, pikepdf.String)]
                yield stack[-1][0], "".join(_decoded(text, said, kind) for text in shown)


def _decoded(shown: bytes, said: dict[int, str], kind: Any) -> str:
    size = 2 if kind == "/Type0" else 1
    codes = (int.from_bytes(shown[n : n + size]) for n in range(0, len(shown), size))
    return "".join(said[code] for code in codes)
